"""check-go-sum-copy, from the command line: the table of cases, its messages, --fix, and whatever the input is."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hooks import check_go_sum_copy as hook
from hooks.builds.subjects import Builds
from hooks.fixes import optional_sum
from tests._memory import Memory
from tests.cases import CASES, Case, Link

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.conftest import MakeRepository, RunHook

BARE = 'module example.com/app\n\ngo 1.21\n'
GO_MOD = BARE + '\nrequire example.com/dep v1.0.0\n'
MAIN = 'package main\n\nimport _ "example.com/dep"\n\nfunc main() {}\n'
HELLO = 'package main\n\nfunc main() {}\n'
NEVER = ', since the module requires no other, so go never writes a go.sum for it: write `go.sum*`, or leave it out'


def app(*steps: str) -> str:
    """A Dockerfile whose steps begin at line 3, in /app."""
    return ''.join(f'{line}\n' for line in ('FROM golang:1.21', 'WORKDIR /app', *steps))


COPIES = app('COPY go.mod go.sum ./', 'COPY . .', 'RUN go build .')


@pytest.mark.parametrize('case', CASES, ids=[case.name for case in CASES])
def test_the_table_of_cases(case: Case, repo: MakeRepository, run: RunHook) -> None:
    links = {path: text for path, text in case.files.items() if isinstance(text, Link)}
    untracked = {path: text for path, text in case.files.items() if path in case.untracked}
    repo({path: text for path, text in case.files.items() if path not in {**links, **untracked}})
    for path, target in links.items():
        os.makedirs(os.path.dirname(path) or '.', exist_ok=True)
        os.symlink(target, path)
    repo({}, untracked=untracked)
    for options, expected in ((), case.finds), (('--builder', 'any'), (*case.finds, *case.strict)):
        outcome = run(hook.main, *options, case.dockerfile)
        assert (places(outcome.out), outcome.err) == (sorted(expected), '')
        assert outcome.code == bool(expected)


def places(out: str) -> list[str]:
    """The `path:line` of each finding."""
    return sorted(':'.join(line.split(':')[:2]) for line in out.split('\n')[:-1])


COMPOSE = 'services:\n  app:\n    build:\n      context: {}\n      dockerfile: {}\n'


@pytest.mark.parametrize(
    ('files', 'untracked', 'out'),
    [
        pytest.param(
            {'go.mod': BARE, 'main.go': HELLO, 'Dockerfile': COPIES},
            {},
            f'Dockerfile:3: "/go.sum" not found in the build context at the top of the repository{NEVER}\n',
            id='the module requires nothing',
        ),
        pytest.param(
            {
                'go.mod': BARE,
                'main.go': HELLO,
                'Dockerfile': app('COPY . .', 'RUN --mount=type=bind,source=go.sum,target=go.sum go build -o /x .'),
            },
            {},
            'Dockerfile:4: "/go.sum" not found in the build context at the top of the repository'
            f'{NEVER.partition(": write")[0]}: leave that mount out\n',
            id='a mount, which takes no pattern',
        ),
        pytest.param(
            {'go.mod': GO_MOD, 'main.go': MAIN, 'Dockerfile': COPIES},
            {},
            'Dockerfile:3: "/go.sum" not found in the build context at the top of the repository, since no '
            'go.sum was ever generated: '
            'run `go mod tidy` and commit go.sum\n',
            id='it was never generated',
        ),
        pytest.param(
            {'go.mod': GO_MOD, 'Dockerfile': COPIES},
            {},
            'Dockerfile:3: "/go.sum" not found in the build context at the top of the repository, since the '
            'module has no Go file, so that a '
            'tidy writes no go.sum for it: write `go.sum*`, or leave it out\n',
            id='the module has no package',
        ),
        pytest.param(
            {'svc/go.mod': GO_MOD, 'svc/main.go': MAIN, 'svc/Dockerfile': COPIES},
            {'svc/go.sum': 'x'},
            'svc/Dockerfile:3: "/go.sum" not found in the build context svc, since svc/go.sum is on this disk '
            'but not in git, so a clean checkout lacks it: `git add svc/go.sum`\n',
            id='it is not in git',
        ),
        pytest.param(
            {'go.mod': GO_MOD, '.gitignore': '# sums\n*.sum\n', 'Dockerfile': COPIES},
            {'go.sum': 'x'},
            'Dockerfile:3: "/go.sum" not found in the build context at the top of the repository, since '
            '.gitignore:2 (`*.sum`) keeps it '
            'out of git: remove that line, then `git add go.sum`\n',
            id='git ignores it',
        ),
        pytest.param(
            {'go.mod': GO_MOD, '.gitignore': 'go.sum\n', 'Dockerfile': COPIES},
            {},
            'Dockerfile:3: "/go.sum" not found in the build context at the top of the repository, since '
            '.gitignore:1 (`go.sum`) keeps it '
            'out of git: remove that line, then run `go mod tidy` and commit go.sum\n',
            id='git ignores what is not on the disk',
        ),
        pytest.param(
            {'go.mod': GO_MOD, 'go.sum': 'x', '.dockerignore': 'docs\n*.sum\n', 'Dockerfile': COPIES},
            {},
            'Dockerfile:3: "/go.sum" not found in the build context at the top of the repository, since '
            '.dockerignore:2 (`*.sum`) hides it: '
            'add `!go.sum` at the end of .dockerignore\n',
            id='.dockerignore hides it',
        ),
        pytest.param(
            {
                'go.mod': GO_MOD,
                'go.sum': 'x',
                'main.go': MAIN,
                'Dockerfile': app('COPY go.mod main.go ./', 'RUN go build -o /x .'),
            },
            {},
            'Dockerfile:4: missing go.sum entry at `go build`, for lack of go.sum in the image, since no step before '
            'copies it: copy it beside go.mod, as `COPY go.mod go.sum ./` does\n',
            id='it is never copied',
        ),
        pytest.param(
            {
                'go.mod': GO_MOD,
                'go.sum': 'x',
                'main.go': MAIN,
                'Dockerfile': app('COPY go.mod ./', 'FROM golang:1.21', 'COPY --from=0 /app/go.mod /app/go.sum ./'),
            },
            {},
            'Dockerfile:5: "/app/go.sum" not found in stage 0, where no step copies or writes it: '
            'copy go.sum there first, or leave it out here\n',
            id='a stage lacks it',
        ),
        pytest.param(
            {
                'go.mod': GO_MOD,
                'go.sum': 'x',
                'svc/x': '',
                'compose.yaml': COMPOSE.format('svc', '../Dockerfile'),
                'Dockerfile': COPIES,
            },
            {},
            'Dockerfile:3: "/go.mod" and "/go.sum" not found in the build context svc '
            '(declared by compose.yaml:3), but at the top of the repository: in compose.yaml:3 set `context: .` and '
            '`dockerfile: Dockerfile`\n',
            id='the declared context is another folder',
        ),
        pytest.param(
            {
                'api/go.mod': GO_MOD,
                'api/go.sum': 'x',
                'deploy/compose.yaml': COMPOSE.format('..', 'api/Dockerfile'),
                'api/Dockerfile': COPIES,
            },
            {},
            'api/Dockerfile:3: "/go.mod" and "/go.sum" not found in the build context at the top of the '
            'repository (declared by '
            'deploy/compose.yaml:3), but in api: in deploy/compose.yaml:3 set `context: ../api` and '
            '`dockerfile: Dockerfile`, or copy `api/go.mod` and `api/go.sum`\n',
            id='the declared context is a folder above',
        ),
        pytest.param(
            {
                'api/go.mod': GO_MOD,
                'api/go.sum': 'x',
                'lib/lib.go': 'package lib\n',
                'deploy/compose.yaml': COMPOSE.format('..', 'api/Dockerfile'),
                'api/Dockerfile': COPIES.replace('COPY', 'COPY lib /lib/\nCOPY', 1),
            },
            {},
            'api/Dockerfile:4: "/go.mod" and "/go.sum" not found in the build context at the top of the '
            'repository (declared by '
            'deploy/compose.yaml:3), but in api: copy `api/go.mod` and `api/go.sum`\n',
            id='the declared context is a folder above, from which more is copied',
        ),
        pytest.param(
            {
                'api/go.mod': GO_MOD,
                'api/go.sum': 'x',
                '.github/workflows/ci.yml': 'jobs:\n  a:\n    steps:\n      - uses: docker/build-push-action@v6\n'
                '        with:\n          context: .\n          file: api/Dockerfile\n',
                'api/Dockerfile': COPIES,
            },
            {},
            'api/Dockerfile:3: "/go.mod" and "/go.sum" not found in the build context at the top of the '
            'repository (declared by '
            '.github/workflows/ci.yml:4), but in api: in .github/workflows/ci.yml:4 set `context: api` and '
            '`file: api/Dockerfile`, or copy `api/go.mod` and `api/go.sum`\n',
            id='a workflow declares a folder above',
        ),
        pytest.param(
            {'go.mod': GO_MOD, 'go.sum': 'x', 'Dockerfile': app('COPY go.work go.mod ./')},
            {},
            'Dockerfile:3: "/go.work" not found in the build context at the top of the repository: commit '
            'go.work, or remove it '
            'from the instruction\n',
            id='go.work is nowhere',
        ),
    ],
)
def test_what_it_says(
    files: dict[str, str], untracked: dict[str, str], out: str, repo: MakeRepository, run: RunHook
) -> None:
    repo(files, untracked=untracked)
    name = next(name for name in files if name.endswith('Dockerfile'))
    assert run(hook.main, name) == (1, out, '')


def test_what_it_says_of_a_glob_that_only_buildkit_accepts(repo: MakeRepository, run: RunHook) -> None:
    repo({'go.mod': BARE, 'main.go': HELLO, 'Dockerfile': app('COPY go.sum* ./', 'COPY . .')})
    expected = (
        'Dockerfile:3: no source files were specified, since `go.sum*` matches nothing and only BuildKit accepts that: '
        'name a file that is there in the same instruction, as `COPY go.mod go.sum* ./` does\n'
    )
    assert run(hook.main, 'Dockerfile') == (0, '', '')
    assert run(hook.main, '--builder=any', 'Dockerfile') == (1, expected, '')


def test_builds_in_several_contexts_are_all_judged_and_equal_findings_told_once(
    repo: MakeRepository, run: RunHook
) -> None:
    tree = {
        'Dockerfile': COPIES,
        'a/compose.yaml': COMPOSE.format('.', '../Dockerfile'),
        'a/go.mod': BARE,
        'a/main.go': HELLO,
    }
    repo(
        {
            **tree,
            'b/compose.yaml': COMPOSE.format('.', '../Dockerfile'),
            'b/go.mod': BARE,
            'b/go.sum': '',
            'b/main.go': HELLO,
        }
    )
    assert places(run(hook.main, 'Dockerfile', 'a/go.mod', 'b/go.mod').out) == ['Dockerfile:3']
    repo({'x/compose.yaml': COMPOSE.format('../a', '../Dockerfile')})
    outcome = run(hook.main, 'Dockerfile')
    assert outcome.out.count('\n') == 1
    assert '(declared by a/compose.yaml:3, x/compose.yaml:3)' in outcome.out


def test_an_ignored_finding_is_none(repo: MakeRepository, run: RunHook) -> None:
    text = app('# check-go-sum-copy: ignore, made by CI', 'COPY go.mod go.sum ./', 'COPY . .')
    repo({'go.mod': BARE, 'main.go': HELLO, 'Dockerfile': text})
    assert run(hook.main, 'Dockerfile') == (0, '', '')
    assert run(hook.main, '--fix', 'Dockerfile') == (0, '', '')
    with open('Dockerfile', encoding='ascii') as file:
        assert file.read() == text


# --fix


@pytest.mark.parametrize(
    ('before', 'after'),
    [
        pytest.param(COPIES, COPIES.replace('go.sum', 'go.sum*'), id='COPY'),
        pytest.param(
            COPIES.replace('COPY go', 'ADD go'), COPIES.replace('COPY go', 'ADD go').replace('.sum', '.sum*'), id='ADD'
        ),
        pytest.param(
            COPIES.replace('\n', '\r\n'), COPIES.replace('go.sum', 'go.sum*').replace('\n', '\r\n'), id='CRLF'
        ),
        pytest.param('\ufeff' + COPIES, '\ufeff' + COPIES.replace('go.sum', 'go.sum*'), id='a byte order mark'),
        pytest.param(
            '# caf\udce9\x0c\n' + COPIES, '# caf\udce9\x0c\n' + COPIES.replace('.sum', '.sum*'), id='other bytes'
        ),
        pytest.param(COPIES.rstrip('\n'), COPIES.rstrip('\n').replace('.sum', '.sum*'), id='no newline at the end'),
        pytest.param(
            app('COPY\tgo.mod   go.sum\t./  ', 'COPY . .'), app('COPY\tgo.mod   go.sum*\t./  ', 'COPY . .'), id='blanks'
        ),
        pytest.param(
            app('COPY ["go.mod","go.sum", "./"]', 'COPY . .'),
            app('COPY ["go.mod","go.sum*", "./"]', 'COPY . .'),
            id='JSON',
        ),
        pytest.param(
            app('COPY go.mod \\', '  ./go.sum \\', '  ./', 'COPY . .'),
            app('COPY go.mod \\', '  ./go.sum* \\', '  ./', 'COPY . .'),
            id='continued lines',
        ),
        pytest.param(
            app('COPY "go.mod" "go.sum" ./', 'COPY . .'), app('COPY "go.mod" "go.sum"* ./', 'COPY . .'), id='quotes'
        ),
        pytest.param(
            app('ARG D=.', 'COPY $D/go.mod ${D}/go.sum ./'),
            app('ARG D=.', 'COPY $D/go.mod ${D}/go.sum ./'),
            id='another folder for all that is known of the words',
        ),
        pytest.param(
            app('ARG D=.', 'COPY $D/go.mod $D/go.sum ./'),
            app('ARG D=.', 'COPY $D/go.mod $D/go.sum* ./'),
            id='variables',
        ),
        pytest.param(
            app('COPY --chown=a:b --link go.mod go.sum ./'),
            app('COPY --chown=a:b --link go.mod go.sum* ./'),
            id='flags',
        ),
        pytest.param(
            app('RUN <<EOF', 'echo COPY go.mod go.sum ./', 'EOF', 'COPY go.mod go.sum ./'),
            app('RUN <<EOF', 'echo COPY go.mod go.sum ./', 'EOF', 'COPY go.mod go.sum* ./'),
            id='the instruction alone',
        ),
        pytest.param(
            app('COPY go.mod go.sum ./', 'RUN go mod download', 'COPY go.mod go.sum /b/', 'COPY . .', 'RUN go build .'),
            app(
                'COPY go.mod go.sum* ./', 'RUN go mod download', 'COPY go.mod go.sum* /b/', 'COPY . .', 'RUN go build .'
            ),
            id='two instructions',
        ),
    ],
)
def test_fix_makes_go_sum_optional(before: str, after: str, repo: MakeRepository, run: RunHook) -> None:
    repo({'go.mod': BARE, 'main.go': HELLO, 'Dockerfile': before})
    outcome = run(hook.main, '--fix', 'Dockerfile')
    with open('Dockerfile', encoding='utf-8', errors='surrogateescape', newline='') as file:
        assert file.read() == after
    if before != after:
        assert outcome == (1, 'Rewriting Dockerfile\n', '')
        assert run(hook.main, '--fix', 'Dockerfile') == (0, '', '')


def test_fix_where_a_later_step_writes_go_sum(repo: MakeRepository, run: RunHook) -> None:
    repo(
        {
            'go.mod': GO_MOD,
            'main.go': MAIN,
            'Dockerfile': app('COPY go.mod go.sum ./', 'COPY . .', 'RUN go mod tidy && go build .'),
        }
    )
    assert run(hook.main, '--fix', 'Dockerfile') == (1, 'Rewriting Dockerfile\n', '')


@pytest.mark.parametrize(
    ('files', 'untracked'),
    [
        pytest.param({'Dockerfile': app('COPY go.sum ./', 'COPY . .')}, {}, id='no other source'),
        pytest.param({'Dockerfile': app('COPY ["go.sum", "./"]')}, {}, id='no other source, JSON'),
        pytest.param({'Dockerfile': app('COPY go.sum go.sum ./')}, {}, id='the same source twice'),
        pytest.param({'Dockerfile': app('COPY go.mod go.s\\', 'um ./')}, {}, id='a word over two lines'),
        pytest.param(
            {'Dockerfile': app('COPY go.mod \\', '# go.sum', 'go.sum ./')}, {}, id='the word in a comment too'
        ),
        pytest.param({'Dockerfile': app('RUN --mount=source=go.sum,target=go.sum go version')}, {}, id='a mount'),
        pytest.param({'Dockerfile': COPIES, '.dockerignore': 'go.sum\n', 'go.sum': ''}, {}, id='hidden'),
        pytest.param({'Dockerfile': COPIES}, {'go.sum': ''}, id='untracked'),
        pytest.param({'Dockerfile': COPIES, '.gitignore': '*.sum\n'}, {}, id='ignored by git'),
        pytest.param({'Dockerfile': COPIES, 'go.mod': GO_MOD, 'main.go': MAIN}, {}, id='go.sum is needed'),
        pytest.param(
            {
                'Dockerfile': app('COPY go.mod go.sum ./', 'RUN go mod tidy', 'COPY . .'),
                'go.mod': GO_MOD,
                'main.go': MAIN,
            },
            {},
            id='a tidy before the source writes nothing',
        ),
        pytest.param(
            {
                'Dockerfile': app(
                    'COPY go.mod go.sum ./', 'FROM golang:1.21', 'COPY --from=0 /app/go.mod /app/go.sum ./'
                )
            },
            {},
            id='another stage takes it',
        ),
        pytest.param(
            {'Dockerfile': app('COPY go.mod a/go.sum ./'), 'a/go.mod': BARE},
            {},
            id='nothing else of its folder is sent',
        ),
        pytest.param({'Dockerfile': app('COPY go.mod go.work ./')}, {}, id='another file'),
    ],
)
def test_fix_leaves_alone_what_it_does_not_cure(
    files: dict[str, str], untracked: dict[str, str], repo: MakeRepository, run: RunHook
) -> None:
    repo({'go.mod': BARE, 'main.go': HELLO, **files}, untracked=untracked)
    outcome = run(hook.main, '--fix', 'Dockerfile')
    assert (outcome.code, 'Rewriting' in outcome.out, outcome.err) == (1, False, '')
    with open('Dockerfile', encoding='ascii') as file:
        assert file.read() == files['Dockerfile']
    assert run(hook.main, 'Dockerfile').out == outcome.out


def test_fix_looks_at_every_context(repo: MakeRepository, run: RunHook) -> None:
    compose = {f'{name}/compose.yaml': COMPOSE.format('.', '../Dockerfile') for name in 'ab'}
    repo({'Dockerfile': COPIES, **compose, 'a/go.mod': BARE, 'a/main.go': HELLO, 'b/go.mod': GO_MOD, 'b/main.go': MAIN})
    assert 'Rewriting' not in run(hook.main, '--fix', 'Dockerfile').out
    repo({'b/go.sum': 'x'})
    assert run(hook.main, '--fix', 'Dockerfile') == (1, 'Rewriting Dockerfile\n', '')


# Whatever the input is


BROKEN = {'ok/Dockerfile': COPIES, 'ok/go.mod': BARE, 'ok/main.go': HELLO}


@pytest.mark.parametrize(
    'content',
    [
        pytest.param(b'', id='empty'),
        pytest.param(b'\xff\xfe\x00F\x00R', id='not UTF-8'),
        pytest.param(bytes(range(256)) * 50, id='binary'),
        pytest.param(b'FROM {{ .Base }}\nCOPY go.sum {{ .X }}\n', id='a template'),
        pytest.param(b'COPY go.sum ./\n', id='no FROM'),
        pytest.param(b'FROM golang\nRUN <<EOF\n', id='a heredoc without an end'),
        pytest.param(b'FROM golang\nCOPY\n', id='COPY of nothing'),
        pytest.param(b'x' * 10_000_000, id='10 MB in one line'),
        pytest.param(b'FROM golang\n' + (b'# ' + b'comment ' * 10 + b'\n') * 100_000, id='8 MB of comments'),
        pytest.param(b'FROM golang\n' + b'RUN a\n' * 5000, id='5000 steps'),
        pytest.param(b'FROM golang\nRUN ' + b'(' * 5000 + b')' * 5000, id='5000 parentheses'),
        pytest.param(b'FROM golang\nRUN ' + b'$(' * 500 + b')' * 500, id='500 substitutions'),
        pytest.param(b'FROM golang\nCOPY ' + b'a/' * 5000 + b'x ./\n', id='a path of 5000 folders'),
        pytest.param(b'FROM golang AS a\n' + b'FROM a AS a\n' * 3000, id='3000 stages'),
        pytest.param(b'FROM golang\nONBUILD ONBUILD RUN x\nONBUILD FROM x\n', id='ONBUILD of what may not be'),
        pytest.param(b'FROM golang\r\nCOPY go.mod ./\r\n', id='CRLF'),
    ],
)
def test_a_dockerfile_that_nobody_can_build_is_silence(content: bytes, repo: MakeRepository, run: RunHook) -> None:
    repo({**BROKEN, 'bad/Dockerfile': content, 'bad/go.mod': BARE})
    outcome = run(hook.main, 'bad/Dockerfile', 'ok/Dockerfile')
    assert (outcome.code, places(outcome.out), outcome.err) == (1, ['ok/Dockerfile:3'], '')


@pytest.mark.parametrize('kind', ['gone', 'dangling', 'folder', 'pipe', 'loop', 'outside', 'unreadable'])
def test_a_name_that_cannot_be_read_is_one_line_and_no_more(kind: str, repo: MakeRepository, run: RunHook) -> None:
    repo(BROKEN)
    os.mkdir('bad')
    path = 'bad/Dockerfile'
    if kind in ('dangling', 'loop'):
        os.symlink('nowhere' if kind == 'dangling' else 'Dockerfile', path)
    elif kind == 'folder':
        os.mkdir(path)
    elif kind == 'pipe':
        os.mkfifo(path)
    elif kind == 'outside':
        path = '../Dockerfile'
    elif kind == 'unreadable':
        if os.geteuid() == 0:
            pytest.skip('root reads everything')
        with open(path, 'w', encoding='ascii') as file:
            file.write(COPIES)
        os.chmod(path, 0)
    outcome = run(hook.main, path, 'ok/Dockerfile')
    lost = kind in ('gone', 'outside')
    assert (outcome.code, places(outcome.out)) == (2 if lost else 1, ['ok/Dockerfile:3'])
    assert (outcome.err.count('\n'), path in outcome.err, 'Traceback' in outcome.err) == (1, True, False)
    assert run(hook.main, path).code == (2 if lost else 0)


@pytest.mark.parametrize(
    ('path', 'content'),
    [
        ('compose.yaml', b'services: ['),
        ('compose.yaml', b'\xff\xfe'),
        ('compose.yaml', b'\0'),
        ('compose.yaml', b'- ' * 9000),
        ('compose.yaml', b'a: &a [*a]\nservices: {x: {build: *a}}\n'),
        ('.github/workflows/x.yml', b'{{{'),
        ('.go-docker-hooks.toml', b'\xff'),
        ('ok/go.mod', b'\xff\0('),
        ('ok/go.sum.x', b''),
        ('ok/.dockerignore', b'\xff\n[\n'),
        ('.gitignore', b'\xff[\n'),
        ('ok/main.go', b'\xff\0import "'),
        ('go.work', b'use ('),
    ],
)
def test_any_other_file_may_hold_anything(path: str, content: bytes, repo: MakeRepository, run: RunHook) -> None:
    repo({**BROKEN, path: content})
    outcome = run(hook.main, 'ok/Dockerfile', path)
    assert outcome.code in (0, 1)
    assert 'Traceback' not in outcome.err


def test_without_git_the_disk_is_checked(repo: MakeRepository, run: RunHook, monkeypatch: pytest.MonkeyPatch) -> None:
    repo(BROKEN)
    monkeypatch.setenv('PATH', '/nonexistent')
    outcome = run(hook.main, 'ok/Dockerfile')
    assert (outcome.code, places(outcome.out), outcome.err.count('\n')) == (1, ['ok/Dockerfile:3'], 1)


def test_a_broken_git_is_none(repo: MakeRepository, run: RunHook) -> None:
    repo(BROKEN)
    with open('.git/HEAD', 'w', encoding='ascii') as file:
        file.write('nonsense')
    assert places(run(hook.main, 'ok/Dockerfile').out) == ['ok/Dockerfile:3']


def test_names_and_places_are_relative_to_the_current_folder(
    repo: MakeRepository, run: RunHook, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo(BROKEN)
    monkeypatch.chdir('ok')
    assert places(run(hook.main, 'Dockerfile').out) == ['Dockerfile:3']
    assert places(run(hook.main, '../ok/go.mod').out) == ['Dockerfile:3']


@pytest.mark.parametrize('folder', ['é b', 'a\nb', 'caf\udce9', "it's", '-x', '$(x)', 'a:3'])
def test_a_folder_of_any_name(folder: str, repo: MakeRepository, run: RunHook) -> None:
    repo({path.replace('ok', folder): text for path, text in BROKEN.items()})
    outcome = run(hook.main, '--', f'{folder}/Dockerfile')
    assert (outcome.code, outcome.err) == (1, '')


def test_exit_codes(repo: MakeRepository, run: RunHook) -> None:
    repo({**BROKEN, 'ok/README.md': ''})
    assert run(hook.main, 'ok/README.md') == (0, '', '')
    assert run(hook.main, 'ok/main.go').code == 1
    assert run(hook.main, 'ok/Dockerfile').code == 1
    assert run(hook.main, '--help').code == 0
    assert run(hook.main, '--nonsense').code == 2
    assert run(hook.main, '--builder', 'other').code == 2


def test_the_command_itself(repo: MakeRepository) -> None:
    repo(BROKEN)
    top = os.path.dirname(os.path.dirname(os.path.abspath(hook.__file__)))
    command = (sys.executable, '-m', 'hooks.check_go_sum_copy', 'ok/Dockerfile')
    done = subprocess.run(command, env={**os.environ, 'PYTHONPATH': top}, capture_output=True)
    assert (done.returncode, done.stdout.startswith(b'ok/Dockerfile:3: '), done.stderr) == (1, True, b'')


# Fuzz: no text makes it raise.

INSTRUCTIONS = 'FROM COPY ADD RUN RUN RUN ENV ARG WORKDIR ONBUILD SHELL COPY COPY'.split()
WORDS = st.sampled_from(
    'golang:1.21 golang alpine scratch AS a b 0 --from=a --from=0 --mount=type=bind,target=. '
    '--mount=type=cache,target=/x --parents --exclude=*.sum --link go.mod go.sum go.* . ./ / ../x $X ${X:-y} X=y X '
    'GOFLAGS=-mod=mod go build test mod tidy go mod download get ./... && || ; | ( ) { } if then else fi for in do '
    'done case esac $( ` " \' \\ \\\n \n \r\n <<EOF EOF [ ] '
    '["go","build"] cd rm -rf cp mv touch sh -c set -e ! & > >> exit 1 * ? # \x0c \udce9 é'.split(' ')
)
LINES = st.tuples(st.sampled_from(INSTRUCTIONS), st.lists(WORDS, max_size=14).map(' '.join)).map(' '.join)
DOCKERFILES = st.one_of(
    st.text(max_size=200), st.lists(LINES, max_size=12).map(lambda lines: 'FROM golang\n' + '\n'.join(lines))
)
MODS = st.one_of(
    st.text(max_size=100),
    st.lists(
        st.sampled_from(
            'module x go 1.21 require ( ) example.com/dep v1.0.0 replace => ./dep // indirect " ` \n \n \n'.split(' ')
        ),
        max_size=30,
    ).map(' '.join),
)
GO = st.one_of(st.text(max_size=80), st.just(MAIN), st.just(HELLO))


def judged(files: Mapping[str, str]) -> None:
    repository = Memory(files)
    builds = Builds(repository)
    subject = builds.subject('svc/Dockerfile')
    if subject:
        found = hook.findings(subject, hook.rules(any_builder=True))
        assert all(
            problem.line >= 1 and '\n' not in problem.message
            for problem in found
            if '\n' not in files['svc/Dockerfile']
        )
        optional_sum.fixed(subject, found)


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(DOCKERFILES, MODS, GO, st.sampled_from(['', 'go.sum', '*\n!go.mod', '[']))
def test_no_text_makes_it_raise(dockerfile: str, mod: str, go: str, ignore: str) -> None:
    judged(
        {
            'svc/Dockerfile': dockerfile,
            'svc/go.mod': mod,
            'svc/main.go': go,
            'svc/.dockerignore': ignore,
            'svc/x/y.go': MAIN,
        }
    )

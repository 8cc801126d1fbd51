"""check-tidy-order, from the command line: the table of cases, its options, builds, and whatever the input is."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hooks import check_go_sum_copy
from hooks import check_tidy_order as hook
from hooks.builds.subjects import Builds
from hooks.cli import checking, explaining
from tests._memory import Memory, app
from tests._tidy import BARE, HELLO, MAIN, MOD, SUM, TREE
from tests.cases import CASES, Case, Link

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.conftest import MakeRepository, RunHook

TIDY_FIRST = app('COPY go.mod go.sum ./', 'RUN go mod tidy', 'COPY . .', 'RUN go build .')
DOES_NOTHING = (
    '`go mod tidy` runs before any Go file of the module is in the image{}, and line 5 copies go.mod again, '
    'so it does nothing: leave it out, or run it after line 5\n'
)
BROKEN = {'ok/Dockerfile': TIDY_FIRST, **{f'ok/{path}': text for path, text in TREE.items()}}
COMPOSE = 'services:\n  app:\n    build:\n      context: {}\n      dockerfile: {}\n'


def places(out: str) -> list[str]:
    """The `path:line` of each finding."""
    return sorted(':'.join(line.split(':')[:2]) for line in out.split('\n')[:-1])


def lay_out(case: Case, repo: MakeRepository) -> None:
    links = {path: text for path, text in case.files.items() if isinstance(text, Link)}
    untracked = {path: text for path, text in case.files.items() if path in case.untracked}
    repo({path: text for path, text in case.files.items() if path not in {**links, **untracked}})
    for path, target in links.items():
        os.makedirs(os.path.dirname(path) or '.', exist_ok=True)
        os.symlink(target, path)
    repo({}, untracked=untracked)


@pytest.mark.parametrize('case', CASES, ids=[case.name for case in CASES])
def test_the_table_of_cases(case: Case, repo: MakeRepository, run: RunHook) -> None:
    lay_out(case, repo)
    outcome = run(hook.main, case.dockerfile)
    expected = sorted(case.findings('check-tidy-order'))
    assert (places(outcome.out), outcome.err, outcome.code) == (expected, '', bool(expected))
    # A missing file is one hook's or the other's.
    assert set(places(run(check_go_sum_copy.main, case.dockerfile).out)).isdisjoint(expected)


# The border with check-go-sum-copy


@pytest.mark.parametrize(
    ('steps', 'without', 'more', 'untracked', 'whose'),
    [
        pytest.param(('COPY . .', 'RUN go build .'), 'go.sum', {}, {}, 'tidy 4', id='no go.sum anywhere'),
        pytest.param(
            ('COPY go.mod go.sum ./', 'COPY . .', 'RUN go build .'), 'go.sum', {}, {}, 'copy 3', id='a COPY of it'
        ),
        pytest.param(('COPY go.mod main.go ./', 'RUN go build .'), '', {}, {}, 'copy 4', id='it is not copied'),
        pytest.param(
            ('COPY . .', 'RUN go build .'), '', {'.dockerignore': 'go.sum\n'}, {}, 'copy 4', id='it is hidden'
        ),
        pytest.param(('COPY . .', 'RUN go build .'), 'go.sum', {}, {'go.sum': SUM}, 'copy 4', id='it is not in git'),
        pytest.param(
            ('COPY . .', 'RUN go build .'), 'go.sum', {'.gitignore': '*.sum\n'}, {}, 'copy 4', id='git would ignore it'
        ),
        pytest.param(('COPY . .', 'RUN go build .'), '', {'go.sum': ''}, {}, 'tidy 4', id='it lacks a line'),
        pytest.param(('COPY . .', 'RUN rm go.sum && go build .'), '', {}, {}, 'tidy 4', id='it is removed'),
        pytest.param(('COPY main.go ./', 'RUN go build .'), '', {}, {}, 'tidy 4', id='a go.mod that is not copied'),
    ],
)
def test_one_of_the_two_hooks_says_it(
    steps: tuple[str, ...],
    without: str,
    more: Mapping[str, str],
    untracked: Mapping[str, str],
    whose: str,
    repo: MakeRepository,
    run: RunHook,
) -> None:
    tree = {path: text for path, text in TREE.items() if path != without}
    repo({**tree, **more, 'Dockerfile': app(*steps)}, untracked=untracked)
    found = {'tidy': run(hook.main, 'Dockerfile').out, 'copy': run(check_go_sum_copy.main, 'Dockerfile').out}
    name, line = whose.split()
    assert {each: places(out) for each, out in found.items() if out} == {name: [f'Dockerfile:{line}']}


# Builds


def test_an_inferred_build(repo: MakeRepository, run: RunHook) -> None:
    repo({**TREE, 'Dockerfile': TIDY_FIRST})
    assert run(hook.main, 'Dockerfile') == (1, 'Dockerfile:4: ' + DOES_NOTHING.format(''), '')


def test_a_declared_build_says_who_declares_it(repo: MakeRepository, run: RunHook) -> None:
    repo({**TREE, 'Dockerfile': TIDY_FIRST, 'compose.yaml': COMPOSE.format('.', 'Dockerfile')})
    expected = 'Dockerfile:4: ' + DOES_NOTHING.format(' (declared by compose.yaml:3)')
    for name in ('Dockerfile', 'compose.yaml', 'go.mod', 'go.sum'):
        assert run(hook.main, name) == (1, expected, '')


def test_builds_that_are_declared_are_all_judged_and_equal_findings_told_once(
    repo: MakeRepository, run: RunHook
) -> None:
    modules = {f'{name}/{path}': text for name in 'ab' for path, text in TREE.items()}
    declared = {f'{name}/compose.yaml': COMPOSE.format('.', '../Dockerfile') for name in 'ab'}
    repo({**modules, **declared, 'Dockerfile': TIDY_FIRST})
    outcome = run(hook.main, 'Dockerfile')
    assert places(outcome.out) == ['Dockerfile:4']
    assert '(declared by a/compose.yaml:3)' in outcome.out
    repo({'Dockerfile': app('COPY . .', 'RUN go build .'), 'b/go.sum': ''})
    outcome = run(hook.main, 'Dockerfile')
    assert places(outcome.out) == ['Dockerfile:4']
    assert 'since b/go.sum has no h1: line of example.com/dep v1.0.0' in outcome.out
    repo({'a/go.sum': ''})
    assert places(run(hook.main, 'Dockerfile').out) == ['Dockerfile:4', 'Dockerfile:4']


def test_of_several_contexts_that_fit_only_what_holds_in_all(repo: MakeRepository, run: RunHook) -> None:
    both = {**TREE, **{f'svc/{path}': text for path, text in TREE.items()}, 'svc/go.sum': ''}
    repo({**both, 'svc/Dockerfile': app('COPY . .', 'RUN go build .')})
    assert run(hook.main, 'svc/Dockerfile') == (0, '', '')
    repo({'go.sum': ''})
    outcome = run(hook.main, 'svc/Dockerfile')
    assert places(outcome.out) == ['svc/Dockerfile:4']
    repo({'svc/Dockerfile': TIDY_FIRST, 'go.sum': SUM})
    assert run(hook.main, 'svc/Dockerfile').out == 'svc/Dockerfile:4: ' + DOES_NOTHING.format('')


def test_a_folder_that_git_ignores_is_made_before_the_build(repo: MakeRepository, run: RunHook) -> None:
    mod = MOD + '\nreplace example.com/dep => ./gen/dep\n'
    files = {**TREE, 'go.mod': mod, 'Dockerfile': app('COPY go.mod go.sum ./', 'RUN go mod download')}
    repo({**files, '.gitignore': 'gen/\n'})
    assert run(hook.main, 'Dockerfile') == (0, '', '')
    repo({'.gitignore': '\n'})
    assert run(hook.main, 'Dockerfile').out == (
        'Dockerfile:4: reading gen/dep/go.mod: no such file or directory at `go mod download`, since there is no '
        'gen/dep/go.mod in git: correct the path, or commit it\n'
    )


def test_a_module_behind_a_link_is_not_known(repo: MakeRepository, run: RunHook) -> None:
    repo({'src/main.go': HELLO, 'Dockerfile': app('COPY . .', 'RUN go mod tidy && go build .')})
    os.symlink('src/go.mod', 'go.mod')
    os.symlink('nowhere', 'go.sum')
    subprocess.run(('git', 'add', '--all'), check=True)
    assert run(hook.main, 'Dockerfile') == (0, '', '')


# Comments


def test_an_ignored_finding_is_none(repo: MakeRepository, run: RunHook) -> None:
    ignored = TIDY_FIRST.replace('RUN go mod', '# check-tidy-order: ignore, the team likes it\nRUN go mod')
    repo({**TREE, 'Dockerfile': ignored})
    assert run(hook.main, 'Dockerfile') == (0, '', '')
    repo({'Dockerfile': ignored.replace('tidy-order', 'go-sum-copy')})
    assert run(hook.main, 'Dockerfile').code == 1


def test_a_comment_ignores_one_step_and_both_of_its_findings(repo: MakeRepository, run: RunHook) -> None:
    text = app('COPY . .', '# check-tidy-order: ignore', 'RUN go mod tidy', 'RUN go get -u ./...')
    repo({**TREE, 'Dockerfile': text})
    assert places(run(hook.main, '--locked', '--cached', 'Dockerfile').out) == ['Dockerfile:6']


# Options


def test_the_policies_are_off_unless_asked_for(repo: MakeRepository, run: RunHook) -> None:
    repo({**TREE, 'Dockerfile': app('COPY . .', 'RUN go mod tidy', 'RUN go build .')})
    assert run(hook.main, 'Dockerfile') == (0, '', '')
    locked = (
        'Dockerfile:4: `go mod tidy` changes go.mod or go.sum inside the build: run `go mod tidy` outside and commit '
        'both files, and check with `go mod tidy -diff` here\n'
    )
    cached = (
        'Dockerfile:4: `go mod tidy` downloads modules in the layer of the source, so every change of a Go file '
        'downloads them again: run `go mod download` right after `COPY go.mod go.sum ./`, before the source is copied\n'
    )
    assert run(hook.main, '--locked', 'Dockerfile') == (1, locked, '')
    assert run(hook.main, '--cached', 'Dockerfile') == (1, cached, '')
    assert run(hook.main, '--cached', 'Dockerfile', '--locked') == (1, locked + cached, '')


def test_explain_marks_the_step(repo: MakeRepository, run: RunHook) -> None:
    repo({**TREE, 'Dockerfile': TIDY_FIRST})
    outcome = run(hook.main, '--explain', 'Dockerfile')
    assert (outcome.code, outcome.err) == (1, '')
    assert outcome.out == (
        'Dockerfile, built from the top of the repository\n'
        ' line  step                   in workdir  go.mod  go.sum  *.go\n'
        '    1  FROM golang:1.21       /go         no      no      no\n'
        '    2  WORKDIR /app           /app        no      no      no\n'
        '    3  COPY go.mod go.sum ./  /app        yes     yes     no\n'
        '    4  RUN go mod tidy        /app        yes     yes     no\n'
        '       ← `go mod tidy` runs before any Go file of the module is in the image,\n'
        '         and line 5 copies go.mod again, so it does nothing\n'
        '    5  COPY . .               /app        yes     yes     yes\n'
        '    6  RUN go build .         /app        yes     yes     yes\n'
    )


def test_explain_of_what_is_fine_or_ignored_or_a_policy(repo: MakeRepository, run: RunHook) -> None:
    ignored = TIDY_FIRST.replace('RUN go mod', '# check-tidy-order: ignore\nRUN go mod')
    repo({**TREE, 'Dockerfile': ignored, 'fine/Dockerfile': app('COPY . .', 'RUN go mod tidy'), 'fine/go.mod': BARE})
    for name, builds in (('Dockerfile', 1), ('fine/Dockerfile', 2)):
        outcome = run(hook.main, '--explain', name)
        assert (outcome.code, '←' in outcome.out, outcome.out.count('built from')) == (0, False, builds)
    assert run(hook.main, '--explain', '--locked', 'fine/Dockerfile').code == 1


def test_explain_shows_every_build(repo: MakeRepository, run: RunHook) -> None:
    modules = {f'{name}/{path}': text for name in 'ab' for path, text in TREE.items()}
    declared = {f'{name}/compose.yaml': COMPOSE.format('.', '../Dockerfile') for name in 'ab'}
    repo({**modules, **declared, 'Dockerfile': app('COPY . .', 'RUN go build .'), 'b/go.sum': ''})
    outcome = run(hook.main, '--explain', 'Dockerfile')
    first, empty, second = outcome.out.partition('\n\n')
    assert (outcome.code, bool(empty)) == (1, True)
    assert first.startswith('Dockerfile, built from a (declared by a/compose.yaml:3)\n')
    assert second.startswith('Dockerfile, built from b (declared by b/compose.yaml:3)\n')
    assert ('←' in first, '←' in second) == (False, True)
    assert run(hook.main, '--explain', 'a/go.mod').out == outcome.out


def test_explain_of_nothing_is_nothing(repo: MakeRepository, run: RunHook) -> None:
    repo({'x/Dockerfile': 'nonsense\n', 'main.go': HELLO})
    assert run(hook.main, '--explain', 'x/Dockerfile', 'main.go') == (0, '', '')


def test_exit_codes(repo: MakeRepository, run: RunHook) -> None:
    repo({**BROKEN, 'ok/README.md': ''})
    assert run(hook.main, 'ok/README.md') == (0, '', '')
    assert run(hook.main, 'ok/main.go').code == 1
    assert run(hook.main, 'ok/Dockerfile').code == 1
    assert run(hook.main, '--help').code == 0
    assert run(hook.main, '--nonsense').code == 2
    assert run(hook.main, '--fix', 'ok/Dockerfile').code == 2


def test_the_command_itself(repo: MakeRepository) -> None:
    repo(BROKEN)
    top = os.path.dirname(os.path.dirname(os.path.abspath(hook.__file__)))
    command = (sys.executable, '-m', 'hooks.check_tidy_order', 'ok/Dockerfile')
    done = subprocess.run(command, env={**os.environ, 'PYTHONPATH': top}, capture_output=True)
    assert (done.returncode, done.stdout.startswith(b'ok/Dockerfile:4: '), done.stderr) == (1, True, b'')


# Whatever the input is


@pytest.mark.parametrize(
    'content',
    [
        pytest.param(b'', id='empty'),
        pytest.param(b'\xff\xfe\x00F\x00R', id='not UTF-8'),
        pytest.param(bytes(range(256)) * 50, id='binary'),
        pytest.param(b'FROM {{ .Base }}\nRUN go mod tidy {{ .X }}\n', id='a template'),
        pytest.param(b'RUN go build .\n', id='no FROM'),
        pytest.param(b'FROM golang\nRUN <<EOF\ngo build .\n', id='a heredoc without an end'),
        pytest.param(b'FROM golang\nRUN go build . && (\n', id='a script that ends too early'),
        pytest.param(b'FROM golang\nRUN ' + b'cd x && ' * 3000 + b'go env\n', id='3000 commands'),
        pytest.param(b'FROM golang AS a\n' + b'FROM a AS a\n' * 3000, id='3000 stages'),
        pytest.param(b'FROM golang\nONBUILD RUN go build .\n', id='ONBUILD of a stage that nothing builds on'),
    ],
)
def test_a_dockerfile_that_nobody_can_build_is_silence(content: bytes, repo: MakeRepository, run: RunHook) -> None:
    repo({**BROKEN, 'bad/Dockerfile': content, 'bad/main.go': MAIN})
    for options in ((), ('--locked', '--cached')):
        outcome = run(hook.main, *options, 'bad/Dockerfile', 'ok/Dockerfile')
        assert (outcome.code, set(places(outcome.out)), outcome.err) == (1, {'ok/Dockerfile:4'}, '')


@pytest.mark.parametrize(
    'text',
    [
        pytest.param(TIDY_FIRST.replace('\n', '\r\n'), id='CRLF'),
        pytest.param('\ufeff' + TIDY_FIRST, id='a byte order mark'),
        pytest.param(TIDY_FIRST.rstrip('\n'), id='no newline at the end'),
        pytest.param(TIDY_FIRST.replace('1.21\n', '1.21 # caf\udce9\n', 1).replace(' # ', '\n#'), id='other bytes'),
    ],
)
def test_a_dockerfile_of_other_bytes(text: str, repo: MakeRepository, run: RunHook) -> None:
    crlf = {path: content.replace('\n', '\r\n') for path, content in TREE.items()}
    repo({**crlf, 'Dockerfile': text})
    line = 5 if '#' in text else 4
    assert places(run(hook.main, 'Dockerfile').out) == [f'Dockerfile:{line}']


@pytest.mark.parametrize('kind', ['gone', 'dangling', 'folder', 'pipe', 'outside'])
def test_a_name_that_cannot_be_read_is_one_line_and_no_more(kind: str, repo: MakeRepository, run: RunHook) -> None:
    repo(BROKEN)
    os.mkdir('bad')
    path = 'bad/Dockerfile'
    if kind == 'dangling':
        os.symlink('nowhere', path)
    elif kind == 'folder':
        os.mkdir(path)
    elif kind == 'pipe':
        os.mkfifo(path)
    elif kind == 'outside':
        path = '../Dockerfile'
    lost = kind in ('gone', 'outside')
    for option in ('--cached', '--explain'):
        outcome = run(hook.main, option, path, 'ok/Dockerfile')
        assert (outcome.code, outcome.out.count('go mod tidy` runs')) == (2 if lost else 1, 1)
        assert (outcome.err.count('\n'), path in outcome.err, 'Traceback' in outcome.err) == (1, True, False)
    assert run(hook.main, path).code == (2 if lost else 0)


@pytest.mark.parametrize(
    ('path', 'content'),
    [
        ('compose.yaml', b'services: ['),
        ('.go-docker-hooks.toml', b'\xff'),
        ('ok/go.mod', b'\xff\0('),
        ('ok/go.sum', b'\xff\0 a b c d\n<<<<<<<\n'),
        ('ok/go.work', b'use (\n\xff'),
        ('ok/go.work.sum', b'\0'),
        ('ok/vendor/modules.txt', b'# \xff =>\n## explicit\n'),
        ('ok/main.go', b'\xff\0import "'),
        ('ok/.dockerignore', b'\xff\n[\n'),
        ('.gitignore', b'\xff[\n'),
    ],
)
def test_any_other_file_may_hold_anything(path: str, content: bytes, repo: MakeRepository, run: RunHook) -> None:
    repo({**BROKEN, path: content})
    for option in ('--locked', '--cached', '--explain'):
        outcome = run(hook.main, option, 'ok/Dockerfile', path)
        assert outcome.code in (0, 1)
        assert 'Traceback' not in outcome.err


def test_the_problems_of_the_config_are_findings(repo: MakeRepository, run: RunHook) -> None:
    repo({**BROKEN, '.go-docker-hooks.toml': '[contexts]\n"ok/Dockerfile" = 1\n'})
    outcome = run(hook.main, '.go-docker-hooks.toml')
    assert (outcome.code, places(outcome.out)) == (1, ['.go-docker-hooks.toml:2'])


def test_without_git_the_disk_is_checked(repo: MakeRepository, run: RunHook, monkeypatch: pytest.MonkeyPatch) -> None:
    repo(BROKEN)
    monkeypatch.setenv('PATH', '/nonexistent')
    outcome = run(hook.main, 'ok/Dockerfile')
    assert (outcome.code, places(outcome.out), outcome.err.count('\n')) == (1, ['ok/Dockerfile:4'], 1)


def test_names_and_places_are_relative_to_the_current_folder(
    repo: MakeRepository, run: RunHook, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo(BROKEN)
    monkeypatch.chdir('ok')
    assert places(run(hook.main, 'Dockerfile').out) == ['Dockerfile:4']
    assert places(run(hook.main, '../ok/go.mod').out) == ['Dockerfile:4']


def test_many_dockerfiles_at_once(repo: MakeRepository, run: RunHook) -> None:
    files = {path.replace('ok/', f's{number}/'): text for number in range(120) for path, text in BROKEN.items()}
    repo(files)
    outcome = run(hook.main, *(f's{number}/Dockerfile' for number in range(120)))
    assert outcome.out.count(DOES_NOTHING.format('')) == 120


# Fuzz: no text makes it raise.

WORDS = st.sampled_from(
    'golang:1.21 golang alpine AS a b --from=a --mount=type=bind,target=. --mount=type=cache,target=/x go.mod go.sum '
    'go.work vendor dep . ./ / ../x $X X=y GOFLAGS=-mod=mod GOWORK=off GOPATH=/app go build test mod tidy vendor get '
    './... -mod=vendor -modfile=x install a.b/c@v1 list -m all && || ; ( ) if then fi rm -rf cd \\\n \n <<EOF EOF '
    'example.com/dep work sync use -e -diff'.split(' ')
)
LINES = st.tuples(
    st.sampled_from('FROM COPY ADD RUN RUN RUN ENV ARG WORKDIR ONBUILD'.split()),
    st.lists(WORDS, max_size=14).map(' '.join),
).map(' '.join)
MODS = st.lists(
    st.sampled_from(
        'module example.com/app go 1.21 require ( ) example.com/dep v1.0.0 replace => ./dep ../dep exclude tool use . '
        '# ## explicit // indirect " \n \n \n'.split(' ')
    ),
    max_size=30,
).map(' '.join)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(LINES, max_size=12).map('\n'.join), MODS, MODS, MODS)
def test_no_text_makes_it_raise(dockerfile: str, mod: str, work: str, vendored: str) -> None:
    texts = {'go.mod': mod, 'go.sum': SUM, 'go.work': work, 'vendor/modules.txt': vendored, 'main.go': MAIN}
    files = {**{f'svc/{path}': text for path, text in texts.items()}, 'svc/dep/go.mod': BARE, 'svc/dep/x.go': HELLO}
    repository = Memory({**files, 'svc/Dockerfile': 'FROM golang:1.21\nWORKDIR /app\nCOPY . .\n' + dockerfile})
    subject = Builds(repository).subject('svc/Dockerfile')
    for policies in (False, True):
        found = checking.findings(hook.rules(policies, policies), subject) if subject else []
        assert all(problem.line >= 1 and '\n' not in problem.message for problem in found)
    if subject:
        explaining.tables_of(subject, ((hook.HOOK, hook.rules(True, True)),), lambda found, _: found)

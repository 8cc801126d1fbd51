"""sync-dockerignore: what it prints, writes and refuses."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hooks import sync_dockerignore
from hooks.builds.subjects import Builds
from hooks.context import ignore
from hooks.context.index import Repository
from hooks.sync import blocks
from hooks.sync.ignorefiles import IgnoreFiles
from hooks.sync.syncing import Canonical
from hooks.sync_dockerignore import main

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.conftest import MakeRepository, RunHook

SOURCE = 'infrastructure/docker/.dockerignore'
SHARED = 'infrastructure/docker/base-go.dockerfile'
CONFIG = f"""\
[contexts]
"{SHARED}" = ["services/*"]

[dockerignore]
source = "{SOURCE}"
targets = ["services/*"]
"""
CANONICAL = '# Docs\n*.md\n\ndocs\n'
BLOCK = f'# >>> sync-dockerignore: {SOURCE}\n# Docs\n*.md\n\ndocs\n# <<< sync-dockerignore\n'
DOCKERFILE = """\
FROM golang:1.21
WORKDIR /app
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN go build -o main .
"""
MODULE = {
    'go.mod': 'module example.com/app\n\ngo 1.21\n\nrequire example.com/dep v1.0.0\n',
    'go.sum': '',
    'main.go': 'package main\n\nimport "example.com/dep"\n\nfunc main() { println(dep.Name()) }\n',
}


def service(name: str, files: Mapping[str, str] | None = None) -> dict[str, str]:
    return {f'services/{name}/{path}': text for path, text in {**MODULE, **(files or {})}.items()}


def tree(files: Mapping[str, str] | None = None) -> dict[str, str]:
    """The layout of a shared Dockerfile, a canonical file beside it, and two services."""
    shared = {SHARED: DOCKERFILE, SOURCE: CANONICAL, '.go-docker-hooks.toml': CONFIG}
    return {**shared, **service('api'), **service('web'), **(files or {})}


def alone(files: Mapping[str, str] | None = None) -> dict[str, str]:
    """The same with one service."""
    return {path: text for path, text in tree(files).items() if not path.startswith('services/web/')}


def read(path: str) -> str:
    with open(path, encoding='utf-8', errors='surrogateescape', newline='') as file:
        return file.read()


def missing(name: str) -> str:
    path = f'services/{name}/.dockerignore'
    return f'{path}:1: missing, while {SOURCE} is to be in step everywhere: run `sync-dockerignore {path}`\n'


# What it writes


def test_missing_targets_are_created(repo: MakeRepository, run: RunHook) -> None:
    repo(tree())
    assert run(main, SOURCE) == (
        1,
        'Writing services/api/.dockerignore\nWriting services/web/.dockerignore\n',
        '',
    )
    assert read('services/api/.dockerignore') == BLOCK
    repo({'services/api/.dockerignore': BLOCK, 'services/web/.dockerignore': BLOCK})
    assert run(main, SOURCE) == (0, '', '')


@pytest.mark.parametrize('check', [(), ('--check',)])
def test_what_is_written_and_not_added_is_not_in_step(
    repo: MakeRepository, run: RunHook, check: tuple[str, ...]
) -> None:
    path = 'services/api/.dockerignore'
    repo(tree({'services/web/.dockerignore': CANONICAL}), untracked={path: BLOCK})
    found = f'{path}:1: in step with {SOURCE}, but on this disk only: `git add {path}`\n'
    assert run(main, *check, SOURCE) == (1, found, '')
    assert read(path) == BLOCK


def test_what_git_ignores_is_not_in_step_though_it_would_be(repo: MakeRepository, run: RunHook) -> None:
    repo(alone({'.gitignore': '/services/*/.dockerignore\n'}), untracked={'services/api/.dockerignore': BLOCK})
    assert run(main, SOURCE).out.startswith('services/api/.dockerignore:1: git ignores this file by .gitignore:1 ')


def test_check_reports_and_writes_nothing(repo: MakeRepository, run: RunHook) -> None:
    repo(tree())
    assert run(main, '--check', SOURCE) == (1, missing('api') + missing('web'), '')
    assert not os.path.exists('services/api/.dockerignore')


@pytest.mark.parametrize(
    ('text', 'line', 'fact'),
    [
        pytest.param('*.md\n', 1, 'lacks `docs`', id='a pattern less'),
        pytest.param('', 1, 'lacks `*.md`, `docs`', id='empty'),
        pytest.param('docs\n*.md\n', 1, 'has the patterns in another order', id='another order'),
        pytest.param('docs\n*.md\ntmp\n', 1, 'has the patterns in another order', id='a line of its own among them'),
        pytest.param('tmp\n' + BLOCK.replace('docs', 'doc'), 2, 'lacks `docs`', id='an old block'),
        pytest.param(BLOCK.replace('docs', 'docs\ntmp'), 1, 'has `tmp` in its block', id='a line within the block'),
    ],
)
def test_drift_is_named(repo: MakeRepository, run: RunHook, text: str, line: int, fact: str) -> None:
    path = 'services/api/.dockerignore'
    repo(alone({path: text}))
    message = f'{path}:{line}: not in step with {SOURCE}, {fact}: run `sync-dockerignore {path}`\n'
    assert run(main, '--check', path) == (1, message, '')
    assert run(main, path) == (1, f'Rewriting {path}\n', '')
    assert run(main, path) == (0, '', '')
    assert 'tmp' not in text or 'tmp' not in text.replace(BLOCK, '') or 'tmp' in read(path) or 'docs\ntmp' in text


@pytest.mark.parametrize(
    'text', [BLOCK, BLOCK + 'tmp\n', CANONICAL, '*.md\r\ndocs', BLOCK.replace(SOURCE, 'its/old/name')]
)
def test_what_is_in_step_is_left_alone(repo: MakeRepository, run: RunHook, text: str) -> None:
    repo(tree({'services/api/.dockerignore': text, 'services/web/.dockerignore': text}))
    assert run(main, SOURCE, 'services/api/.dockerignore') == (0, '', '')
    assert read('services/api/.dockerignore') == text


def test_line_endings_mark_and_mode_are_kept(repo: MakeRepository, run: RunHook) -> None:
    path = 'services/api/.dockerignore'
    repo(alone({path: '\ufefftmp\r\n*.md\r\nlast \udcff'}))
    os.chmod(path, 0o640)
    assert run(main, path).out == f'Rewriting {path}\n'
    assert read(path) == '\ufeff' + (BLOCK + '\ntmp\n').replace('\n', '\r\n') + 'last \udcff'
    assert os.name == 'nt' or os.stat(path).st_mode & 0o777 == 0o640


def test_other_files_of_the_folders_are_left_alone(repo: MakeRepository, run: RunHook) -> None:
    top = repo(tree())
    before = {folder: sorted(names) for folder, _, names in os.walk(top) if '.git' not in folder.split(os.sep)}
    run(main, SOURCE)
    for folder, _, names in os.walk(top):
        if folder in before:
            assert set(names).difference(before[folder]) <= {'.dockerignore'}


# Which files are in question


@pytest.mark.parametrize(
    ('names', 'expected'),
    [
        pytest.param((), missing('api') + missing('web'), id='no name: the whole folder'),
        pytest.param(('services',), missing('api') + missing('web'), id='a folder'),
        pytest.param(
            ('services/api/go.mod',), missing('api') + missing('web'), id='a go.mod: all builds of its Dockerfile'
        ),
        pytest.param(
            ('services/web/.dockerignore',), missing('api') + missing('web'), id='an ignore file that is not there'
        ),
        pytest.param((SHARED,), missing('api') + missing('web'), id='the shared Dockerfile'),
        pytest.param(('.go-docker-hooks.toml',), missing('api') + missing('web'), id='the config'),
        pytest.param(('README.md',), '', id='something else'),
    ],
)
def test_only_the_targets_of_the_named_files(
    repo: MakeRepository, run: RunHook, names: tuple[str, ...], expected: str
) -> None:
    repo(tree({'README.md': ''}))
    assert run(main, '--check', *names).out == expected


def test_a_target_that_matches_nothing_is_wrong_usage(repo: MakeRepository, run: RunHook) -> None:
    repo(tree())
    said = 'sync-dockerignore: --target service/*: no folder with files that git tracks\n'
    assert run(main, '--check', '--target', 'service/*', SOURCE) == (2, '', said)


def test_from_a_folder_below_the_top(repo: MakeRepository, run: RunHook, monkeypatch: pytest.MonkeyPatch) -> None:
    repo(tree({'.go-docker-hooks.toml': CONFIG.partition('[dockerignore]')[0]}))
    monkeypatch.chdir('services')
    outcome = run(main, '--source', f'../{SOURCE}', '--target', 'a*', f'../{SOURCE}')
    assert outcome == (1, 'Writing api/.dockerignore\n', '')


COMPOSE = 'services:\n  api:\n    build: ./services/api\n  ui:\n    build: ./ui\n'


@pytest.mark.parametrize(
    ('files', 'options', 'expected'),
    [
        pytest.param(
            {'services/api/Dockerfile': DOCKERFILE, 'compose.yaml': COMPOSE}, (), 'api', id='a declared Go build'
        ),
        pytest.param({'services/api/Dockerfile': DOCKERFILE}, (), '', id='without globs a fitting one is none'),
        pytest.param({'services/api/Dockerfile': DOCKERFILE}, ('services/*',), 'api', id='with a glob it is one'),
        pytest.param({SHARED: DOCKERFILE}, ('services/*',), 'api web', id='a shared Dockerfile fits both'),
        pytest.param(
            {SHARED: 'FROM golang\nCOPY . .\nRUN go build .\n'}, ('services/*',), '', id='that names no go.mod'
        ),
        pytest.param(
            {
                'services/api/Dockerfile': DOCKERFILE,
                'services/api/ui.Dockerfile': 'FROM node\nCOPY . .\n',
                'compose.yaml': COMPOSE.replace('./services/api', '{context: services/api, dockerfile: ui.Dockerfile}'),
            },
            (),
            '',
            id='a declared build of something else',
        ),
        pytest.param({'services/api/Dockerfile': DOCKERFILE}, ('services/a*', 'no/*'), 'api', id='several globs'),
        pytest.param({'ui/Dockerfile': 'FROM node\nCOPY . .\n', 'compose.yaml': COMPOSE}, ('*',), '', id='no Go build'),
        pytest.param(
            {
                'services/api/Dockerfile': DOCKERFILE,
                'services/api/Dockerfile.dockerignore': '',
                'compose.yaml': COMPOSE,
            },
            (),
            '',
            id='the file beside the Dockerfile goes before it',
        ),
    ],
)
def test_targets(
    repo: MakeRepository, run: RunHook, files: dict[str, str], options: tuple[str, ...], expected: str
) -> None:
    repo({**service('api'), **service('web'), 'ui/x.ts': '', '.dockerignore': '*.md\n', **files})
    globs = [f'--target={glob}' for glob in options]
    run(main, '--source', '.dockerignore', *globs, '.dockerignore')
    written = [name for name in ('services/api', 'services/web', 'ui') if os.path.exists(f'{name}/.dockerignore')]
    assert written == [f'services/{name}' for name in expected.split()]


# Refused: nothing is written at all


@pytest.mark.parametrize(
    ('files', 'untracked', 'finding'),
    [
        pytest.param(
            {'.gitignore': 'bin\n.dockerignore\n'},
            True,
            f'1: git ignores the canonical ignore file by .gitignore:2 (`.dockerignore`): remove that line, then '
            f'`git add {SOURCE}`',
            id='git-ignored',
        ),
        pytest.param(
            {'.gitignore': 'bin\n'},
            True,
            f'1: the canonical ignore file is on this disk but not in git: `git add {SOURCE}`',
            id='untracked',
        ),
        pytest.param(
            {},
            False,
            f'1: the canonical ignore file is missing: create it and `git add {SOURCE}`, or name another',
            id='missing',
        ),
        pytest.param(
            {SOURCE: '*.md\n[\n'},
            False,
            '2: `[` is no pattern that every builder accepts: correct it',
            id='a pattern that the builder rejects',
        ),
    ],
)
def test_a_canonical_file_that_cannot_be_one(
    repo: MakeRepository, run: RunHook, files: dict[str, str], untracked: bool, finding: str
) -> None:
    tracked = {path: text for path, text in tree().items() if path != SOURCE}
    repo({**tracked, **files}, untracked={SOURCE: CANONICAL} if untracked else {})
    assert run(main, 'services/api/go.mod') == (1, f'{SOURCE}:{finding}\n', '')
    assert not os.path.exists('services/api/.dockerignore')


def test_a_tracked_file_is_canonical_though_git_would_ignore_it(repo: MakeRepository, run: RunHook) -> None:
    repo(tree({'.gitignore': '.dockerignore\n', 'services/web/.dockerignore': 'tmp\n'}))
    where = 'git ignores this file by .gitignore:1 (`.dockerignore`), so no clean checkout has it: remove that line'
    out = f'Rewriting services/web/.dockerignore\nservices/api/.dockerignore:1: {where}\n'
    assert run(main, SOURCE) == (1, out, '')
    assert not os.path.exists('services/api/.dockerignore')


BUILD = DOCKERFILE.replace('COPY . .', 'COPY config/app.yaml /etc/\nCOPY web* .\nCOPY . .')
EMBED = 'package main\n\nimport _ "embed"\n\n//go:embed schema.sql\nvar schema string\n\nfunc main() {}\n'
USES = 'package main\n\nimport "example.com/app/internal/x"\n\nfunc main() { x.X() }\n'
TREE = {'config/app.yaml': '', 'web.txt': '', 'internal/x/x.go': 'package x\n', 'internal/x/x_test.go': 'package x\n'}


@pytest.mark.parametrize(
    ('canonical', 'files', 'line', 'fact'),
    [
        pytest.param('*.md\ngo.sum\n', {}, 2, '`go.sum` would hide go.sum', id='a literal source'),
        pytest.param('config\n', {}, 1, '`config` would hide config/app.yaml', id='the folder of one'),
        pytest.param('**/*.yaml\n', {}, 1, '`**/*.yaml` would hide config/app.yaml', id='a pattern over folders'),
        pytest.param('web.*\n', {}, 1, '`web.*` would hide web.txt', id='all that a glob matches'),
        pytest.param('web.*\n', {'web2.txt': ''}, 0, '', id='not all of it'),
        pytest.param('*.go\n', {}, 1, '`*.go` would hide main.go', id='what go builds'),
        pytest.param(
            'internal\n', {'main.go': USES}, 1, '`internal` would hide internal/x/x.go', id='what is imported'
        ),
        pytest.param('internal\n', {}, 0, '', id='a package that nothing imports'),
        pytest.param('**/*_test.go\n', {'main.go': USES}, 0, '', id='tests that nothing runs'),
        pytest.param(
            '*.sql\n', {'main.go': EMBED, 'schema.sql': ''}, 1, '`*.sql` would hide schema.sql', id='embedded'
        ),
        pytest.param('*.sql\n', {'schema.sql': ''}, 0, '', id='and not embedded'),
        pytest.param('config\n', {'.dockerignore': '!config/app.yaml\n'}, 0, '', id='an exception of its own'),
        pytest.param('go.sum\n', {'.dockerignore': '*.sum\n'}, 0, '', id='what was hidden before'),
        pytest.param('config\n!config/app.yaml\n', {'.dockerignore': 'x\nconfig\n'}, 0, '', id='dropped, not repeated'),
    ],
)
def test_a_pattern_that_hides_what_a_build_takes(
    repo: MakeRepository, run: RunHook, canonical: str, files: dict[str, str], line: int, fact: str
) -> None:
    repo(alone({SHARED: BUILD, SOURCE: canonical, **service('api', {**TREE, **files})}))
    outcome = run(main, 'services/api/go.mod')
    assert outcome.code == 1
    if line:
        assert outcome.out.startswith(f'{SOURCE}:{line}: {fact} from the build context services/api, which ')
        assert f' at {SHARED}:' in outcome.out
        assert outcome.out.count('\n') == 1
        assert not os.path.exists('services/api/.dockerignore')
    else:
        done = 'Rewriting' if '.dockerignore' in files else 'Writing'
        assert outcome.out == f'{done} services/api/.dockerignore\n'


def test_the_whole_message_of_a_refusal(repo: MakeRepository, run: RunHook) -> None:
    repo(tree({SOURCE: '# sums\n*.sum\n'}))
    assert run(main, SOURCE).out == (
        f'{SOURCE}:2: `*.sum` would hide go.sum from the build context services/api, which COPY takes at {SHARED}:3 '
        '(declared by .go-docker-hooks.toml:2); it would hide 1 more that builds take: remove that pattern, or add '
        '`!go.sum` to services/api/.dockerignore; until then nothing is written\n'
    )


def test_one_refusal_and_nothing_is_written_anywhere(repo: MakeRepository, run: RunHook) -> None:
    repo(tree({SOURCE: 'config\n', 'services/web/Dockerfile': BUILD, 'services/web/config/app.yaml': ''}))
    assert run(main, SOURCE).out.count('\n') == 1
    assert not os.path.exists('services/api/.dockerignore')


def test_a_comment_accepts_what_a_pattern_hides(repo: MakeRepository, run: RunHook) -> None:
    repo(alone({SOURCE: '# sync-dockerignore: ignore, made in the image\n*.sum\n'}))
    assert run(main, 'services/api/go.mod') == (1, 'Writing services/api/.dockerignore\n', '')


def test_a_line_of_the_target_that_hides_is_named_there(repo: MakeRepository, run: RunHook) -> None:
    path = 'services/api/.dockerignore'
    repo(tree({SOURCE: '!*.sum\n', path: '*.sum\n!*.sum\n'}))
    outcome = run(main, path)
    assert outcome.code == 1
    assert outcome.out.startswith(f'{path}:1: `*.sum` would hide go.sum')


WORK = {
    'go.work': 'go 1.21\n\nuse (\n\t./app\n\t./lib\n)\n',
    'app/go.mod': 'module example.com/app\n\ngo 1.21\n',
    'app/main.go': 'package main\n\nimport "example.com/lib"\n\nfunc main() { lib.L() }\n',
    'lib/go.mod': 'module example.com/lib\n\ngo 1.21\n',
    'lib/lib.go': 'package lib\n\nfunc L() {}\n',
    'Dockerfile': 'FROM golang:1.21\nWORKDIR /src\nCOPY . .\nRUN go build -o /app ./app\n',
}
REPLACE = {
    'go.mod': 'module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\nreplace example.com/lib => ./lib\n',
    'main.go': WORK['app/main.go'],
    'lib/go.mod': WORK['lib/go.mod'],
    'lib/lib.go': WORK['lib/lib.go'],
    'Dockerfile': 'FROM golang:1.21\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\n',
}
VENDOR = {
    **MODULE,
    'vendor/modules.txt': '# example.com/dep v1.0.0\n## explicit\nexample.com/dep\n',
    'vendor/example.com/dep/dep.go': 'package dep\n\nfunc Name() string { return "" }\n',
    'vendor/example.com/dep/README.md': '',
    'Dockerfile': 'FROM golang:1.21\nWORKDIR /src\nCOPY . .\nRUN go build -mod=vendor -o /app .\n',
}


@pytest.mark.parametrize(
    ('files', 'pattern', 'hidden'),
    [
        pytest.param(WORK, 'lib', 'lib/go.mod', id='a workspace member'),
        pytest.param(WORK, 'lib/*.go', 'lib/lib.go', id='a package of one'),
        pytest.param(WORK, 'go.work', 'go.work', id='go.work'),
        pytest.param(WORK, 'docs', '', id='nothing of a workspace'),
        pytest.param(REPLACE, 'lib/go.mod', 'lib/go.mod', id='a replacement'),
        pytest.param(REPLACE, 'lib/*.go', 'lib/lib.go', id='a package of it'),
        pytest.param(VENDOR, 'vendor', 'vendor/modules.txt', id='vendor'),
        pytest.param(VENDOR, 'vendor/**/*.go', 'vendor/example.com/dep/dep.go', id='a vendored package'),
        pytest.param(VENDOR, '**/*.md', '', id='a file that vendoring does not need'),
        pytest.param(VENDOR, 'go.sum', '', id='a go.sum that vendoring does not need'),
    ],
)
def test_what_go_commands_read(
    repo: MakeRepository, run: RunHook, files: dict[str, str], pattern: str, hidden: str
) -> None:
    repo({**files, 'docker/.dockerignore': f'{pattern}\n'})
    outcome = run(main, '--source', 'docker/.dockerignore', '--target', '.', 'Dockerfile')
    if hidden:
        assert outcome.out.startswith(f'docker/.dockerignore:1: `{pattern}` would hide {hidden} from')
    else:
        assert outcome.out == 'Writing .dockerignore\n'


def test_a_file_made_before_the_build_is_not_hidden(repo: MakeRepository, run: RunHook) -> None:
    dockerfile = DOCKERFILE + 'COPY bin/app /app\n'
    repo(alone({'services/api/Dockerfile': dockerfile, SOURCE: 'bin\n', '.gitignore': 'bin\n'}))
    assert '`bin` would hide bin/app from the build context services/api' in run(main, 'services/api/Dockerfile').out


# Left alone


@pytest.mark.parametrize(
    ('text', 'finding'),
    [
        pytest.param(
            'a\n# >>> sync-dockerignore: x\n',
            '2: `# >>> sync-dockerignore: …` has no `# <<< sync-dockerignore` below it: restore the two marker lines, '
            'or remove both',
            id='damaged markers',
        ),
        pytest.param(
            'a\n[\n', '2: the builder rejects this pattern, or it is not known what it hides: correct it', id='a `[`'
        ),
    ],
)
def test_the_other_targets_are_written(repo: MakeRepository, run: RunHook, text: str, finding: str) -> None:
    path = 'services/api/.dockerignore'
    repo(tree({path: text}))
    assert run(main, SOURCE) == (1, f'Writing services/web/.dockerignore\n{path}:{finding}\n', '')
    assert read(path) == text


def test_no_link_is_followed_out_of_the_repository(
    repo: MakeRepository, run: RunHook, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp('outside')
    (outside / 'ignore').write_text('mine\n')
    repo(tree())
    os.symlink(outside / 'ignore', 'services/api/.dockerignore')
    os.rename('services/web', outside / 'web')
    os.symlink(outside / 'web', 'services/web')
    message = 'this is a link out of the repository: put a file in its place'
    out = f'services/api/.dockerignore:1: {message}\nservices/web/.dockerignore:1: {message}\n'
    assert run(main, SOURCE) == (1, out, '')
    assert (outside / 'ignore').read_text() == 'mine\n'
    assert not (outside / 'web' / '.dockerignore').exists()


def test_a_canonical_file_out_of_the_repository(
    repo: MakeRepository, run: RunHook, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp('outside') / 'ignore'
    outside.write_text('*.md\n')
    repo({path: text for path, text in tree().items() if path != SOURCE})
    os.symlink(outside, SOURCE)
    repo({})
    message = 'the canonical ignore file is a link out of the repository: put a file in its place'
    assert run(main, SOURCE) == (1, f'{SOURCE}:1: {message}\n', '')


def test_links_to_the_canonical_file_are_in_step(repo: MakeRepository, run: RunHook) -> None:
    repo(tree({'services/web/.dockerignore': BLOCK}))
    os.symlink(f'../../{SOURCE}', 'services/api/.dockerignore')
    assert run(main, SOURCE) == (0, '', '')
    assert os.path.islink('services/api/.dockerignore')


def test_a_link_to_something_else_is_not_written_through(repo: MakeRepository, run: RunHook) -> None:
    repo(tree({'services/web/.dockerignore': BLOCK, 'other': 'x\n'}))
    os.symlink('../../other', 'services/api/.dockerignore')
    assert run(main, SOURCE).out.startswith(
        'services/api/.dockerignore:1: this is a link to a file that is not in step'
    )
    assert read('other') == 'x\n'


def test_nothing_is_written_when_a_file_cannot_be(
    repo: MakeRepository, run: RunHook, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo(tree({'services/api/.dockerignore': 'tmp\n'}))
    replace = os.replace

    def fails(source: str, target: str) -> None:
        if 'web' in target:
            raise PermissionError(13, 'Permission denied')
        replace(source, target)

    monkeypatch.setattr(os, 'replace', fails)
    message = 'nothing is written, since a file cannot be (Permission denied): correct its permissions'
    assert run(main, SOURCE) == (1, f'services/api/.dockerignore:1: {message}\n', '')
    assert read('services/api/.dockerignore') == 'tmp\n'


# Ignore files that no build reads


UP = 'services:\n  api:\n    build:\n      context: .\n      dockerfile: services/api/Dockerfile\n'
FROM_TOP = 'FROM golang:1.21\nWORKDIR /app\nCOPY services/api/go.mod ./\nCOPY services/api .\nRUN go build .\n'


@pytest.mark.parametrize(
    ('files', 'expected'),
    [
        pytest.param(
            {'services/api/Dockerfile': FROM_TOP, 'compose.yaml': UP},
            'services/api/Dockerfile is built from the top of the repository (declared by compose.yaml:3), '
            'which has no .dockerignore: '
            'write its patterns, relative to the top, into services/api/Dockerfile.dockerignore or .dockerignore, and '
            'remove this file',
            id='a declared context that is another folder',
        ),
        pytest.param(
            {'services/api/Dockerfile': FROM_TOP, '.dockerignore': 'x\n'},
            'services/api/Dockerfile is built from the top of the repository, where .dockerignore counts: write '
            'its patterns, relative to the '
            'top, into services/api/Dockerfile.dockerignore or .dockerignore, and remove this file',
            id='an inferred one, with an ignore file',
        ),
        pytest.param(
            {'services/api/Dockerfile': DOCKERFILE, 'services/api/Dockerfile.dockerignore': ''},
            'services/api/Dockerfile.dockerignore goes before it: keep the patterns there, and remove this file',
            id='the file beside the Dockerfile',
        ),
        pytest.param({'services/api/Dockerfile': DOCKERFILE}, '', id='a context'),
        pytest.param({'services/api/Dockerfile': DOCKERFILE, 'compose.yaml': UP}, '', id='a folder that fits'),
        pytest.param({'services/api/Dockerfile': 'FROM alpine\nCOPY services/api/x .\n'}, '', id='no Go'),
        pytest.param(
            {
                'services/api/Dockerfile': FROM_TOP,
                'services/api/web.Dockerfile': 'FROM node\nCOPY x .\n',
                'services/api/x': '',
            },
            '',
            id='another Dockerfile reads it',
        ),
        pytest.param({'services/api/Dockerfile': 'FROM golang\nCOPY gone .\n'}, '', id='a context that nobody knows'),
        pytest.param(
            {
                'services/api/Dockerfile': FROM_TOP,
                'compose.yaml': UP + '      additional_contexts:\n        own: services/api\n',
            },
            '',
            id='a named context',
        ),
    ],
)
def test_an_ignore_file_that_no_build_reads(
    repo: MakeRepository, run: RunHook, files: dict[str, str], expected: str
) -> None:
    path = 'services/api/.dockerignore'
    repo({**service('api'), path: 'tmp\n', **files})
    out = f'{path}:1: no build reads this file, since {expected}\n' if expected else ''
    for name in (path, 'services/api/Dockerfile'):
        assert run(main, name) == (1 if expected else 0, out, '')


# Options and config


@pytest.mark.parametrize(
    ('argv', 'code'),
    [(('--source', '../x', 'Dockerfile'), 2), (('--nonsense',), 2), (('--help',), 0), (('gone/Dockerfile',), 2)],
)
def test_exit_codes(repo: MakeRepository, run: RunHook, argv: tuple[str, ...], code: int) -> None:
    repo(tree())
    outcome = run(main, *argv)
    assert outcome.code == code
    assert '--help' in argv or not outcome.out
    assert '--help' in argv or outcome.err


def test_a_broken_config_is_one_line_and_nothing_is_written(repo: MakeRepository, run: RunHook) -> None:
    repo(tree({'.go-docker-hooks.toml': CONFIG + 'targets =\n'}))
    outcome = run(main, SOURCE)
    assert outcome.code == 1
    assert outcome.out.startswith('.go-docker-hooks.toml:7: this is no TOML')
    assert outcome.out.count('\n') == 1
    assert not os.path.exists('services/api/.dockerignore')


def test_what_is_no_text_is_no_traceback(repo: MakeRepository, run: RunHook) -> None:
    repo(tree({SOURCE: '\x00\udcff\n' * 3}))
    os.makedirs('services/api/.dockerignore')
    out = 'Writing services/web/.dockerignore\nservices/api/.dockerignore:1: this cannot be read as a file: '
    assert run(main, SOURCE).out.startswith(out)


def test_outside_of_git(tmp_path: object, monkeypatch: pytest.MonkeyPatch, run: RunHook) -> None:
    monkeypatch.chdir(str(tmp_path))
    for path, text in alone().items():
        os.makedirs(os.path.dirname(path) or '.', exist_ok=True)
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text)
    outcome = run(main, 'services/api/go.mod')
    assert (outcome.code, outcome.out) == (1, 'Writing services/api/.dockerignore\n')
    assert outcome.err.count('\n') == 1


# After a sync, what a build takes by name is still in the context


class InMemory(Repository):
    """A repository whose tracked files are these texts."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        super().__init__('/nowhere', '', dict.fromkeys(texts, '100644'), git=False)
        self.texts = texts

    def read(self, path: str) -> str | None:
        return self.texts.get(path)

    def on_disk(self, path: str) -> bool:
        return path in self.texts


FILES = {
    'go.mod': MODULE['go.mod'],
    'go.sum': '',
    'main.go': 'package main\n\nimport (\n\t_ "embed"\n\n\t"example.com/app/pkg"\n\t"example.com/dep"\n)\n\n'
    '//go:embed web/index.html\nvar page string\n\nfunc main() { pkg.P(dep.Name()) }\n',
    'main_test.go': 'package main\n\nimport "example.com/app/testing"\n',
    'main_windows.go': 'package main\n',
    'pkg/p.go': 'package pkg\n\nfunc P(string) {}\n',
    'pkg/p_test.go': 'package pkg\n',
    'testing/t.go': 'package testing\n',
    'cmd/x/main.go': 'package main\n\nfunc main() {}\n',
    'web/index.html': '',
    'web/style.css': '',
    'config.yaml': '',
    'docs/a.md': '',
}
VENDORED = {path: text for path, text in VENDOR.items() if path.startswith('vendor/')}
MAIN = {'go.mod', 'main.go', 'pkg/p.go', 'web/index.html'}
DEP = {'vendor/modules.txt', 'vendor/example.com/dep/dep.go'}
# A step → the files that it takes by name, without vendor/ and with it.
STEPS: dict[str, tuple[set[str], set[str]]] = {
    'COPY go.mod go.sum ./': ({'go.mod', 'go.sum'}, {'go.mod', 'go.sum'}),
    'COPY config.yaml web/style.css /etc/': ({'config.yaml', 'web/style.css'}, {'config.yaml', 'web/style.css'}),
    'RUN go build -o /x .': (MAIN | {'go.sum'}, MAIN | DEP),
    'RUN go build ./cmd/x': ({'go.mod', 'cmd/x/main.go'}, {'go.mod', 'cmd/x/main.go', 'vendor/modules.txt'}),
    'RUN go vet .': (
        MAIN | {'go.sum', 'main_test.go', 'testing/t.go'},
        MAIN | DEP | {'main_test.go', 'testing/t.go'},
    ),
    'RUN --mount=type=bind,source=docs/a.md,target=/a true': ({'docs/a.md'}, {'docs/a.md'}),
    'RUN go version': (set(), set()),
    'RUN go install example.com/tool@v1.2.3': (set(), set()),
}  # fmt: skip
# What is read only because of other files: where those were hidden before, nothing asks for it.
BECAUSE = {
    'pkg/p.go': 'main.go',
    'web/index.html': 'main.go',
    'go.sum': 'main.go',
    'vendor/example.com/dep/dep.go': 'main.go',
    'testing/t.go': 'main_test.go',
}
NAMES = (
    '* ** *.go **/*.go *.md **/*.md docs pkg cmd cmd/* go.* go.sum go.mod *.sum vendor vendor/**/*.go **/*_test.go '
    'testing web web/*.css **/*.html *.yaml config.yaml main*.go *_windows.go [gv]* /pkg/ ./web **/modules.txt x'
).split()
IGNORES = st.lists(st.builds(str.__add__, st.sampled_from(['', '', '!']), st.sampled_from(NAMES)), max_size=6)


def taken(step: str, seen: set[str]) -> set[str]:
    """What a step takes by name of the files that are in the context."""
    paths = STEPS[step][any(path.startswith('vendor/') for path in seen)] & seen
    if ' go ' not in step:
        return paths
    return {path for path in paths if {'go.mod', BECAUSE.get(path, 'go.mod')} <= seen}


def visible(text: str, path: str) -> bool:
    patterns = ignore.parse(text)
    assert patterns is not None
    return ignore.matcher(patterns)(path) is None


@settings(max_examples=400, deadline=None)
@given(
    canonical=IGNORES,
    own=IGNORES,
    steps=st.lists(st.sampled_from(sorted(STEPS)), min_size=1, max_size=4, unique=True),
    gone=st.sets(st.sampled_from(['go.sum', 'config.yaml', 'docs/a.md', 'main_test.go'])),
    vendor=st.booleans(),
)
def test_a_sync_takes_nothing_from_a_build_and_refuses_nothing_else(
    canonical: list[str], own: list[str], steps: list[str], gone: set[str], vendor: bool
) -> None:
    files = {path: text for path, text in {**FILES, **(VENDORED if vendor else {})}.items() if path not in gone}
    first = [step for step in steps if step.startswith('COPY')]
    later = [step for step in steps if step not in first]
    dockerfile = '\n'.join(['FROM golang:1.21', 'WORKDIR /app', *first, 'COPY . .', *later, ''])
    text, old = '\n'.join([*canonical, '']), '\n'.join([*own, ''])
    source = Canonical('docker/.dockerignore', text, '')
    texts = {**files, 'Dockerfile': dockerfile, '.dockerignore': old, source.path: text}
    texts['.go-docker-hooks.toml'] = '[contexts]\nDockerfile = ["."]\n'

    def plan() -> sync_dockerignore.Plan:
        ignore_files = IgnoreFiles(Builds(InMemory(texts)))
        return sync_dockerignore.plan(ignore_files, source, ('.',), ['Dockerfile'], [])

    planned = plan()
    seen = {path for path in files if visible(old, path)}
    new = blocks.synced(old, text, source.path)
    assert new is not None
    lost = {path for step in steps for path in taken(step, seen) if not visible(new, path)}
    # What a build takes that fails already is not always known.
    fails = any(not STEPS[step][any(map(VENDORED.get, seen))] <= seen for step in steps)
    assert planned.findings if lost else fails or not planned.findings
    assert all('would hide' in finding.message for finding in planned.findings)
    assert [target.new for target in planned.targets] == (
        [] if planned.findings or blocks.in_step(old, text) else [new]
    )
    texts['.dockerignore'] = new
    assert plan() == ([], [])

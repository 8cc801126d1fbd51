"""sync-dockerignore --init: what a repository shows, and the config that is written from it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from hooks.sync_dockerignore import main

if TYPE_CHECKING:
    from tests.conftest import MakeRepository, RunHook

CONFIG = '.go-docker-hooks.toml'
WRITTEN = (1, f'Writing {CONFIG}\n', '')
REWRITTEN = (1, f'Rewriting {CONFIG}\n', '')
NOTHING = (0, '', f'sync-dockerignore: {CONFIG} needs nothing that this repository does not show by itself\n')
DOCKERFILE = 'FROM golang:1.21\nWORKDIR /app\nCOPY go.mod go.sum ./\nRUN go mod download\nCOPY . .\nRUN go build .\n'
SHARED = 'infrastructure/docker/base-go.dockerfile'
IGNORE = '.git\n*.md\ntmp\n'
HEADER = (
    '# What go-docker-hooks cannot see by itself. '
    '`sync-dockerignore --init` adds what it finds, and changes nothing else.\n'
)


def module(folder: str, program: bool = True) -> dict[str, str]:
    return {f'{folder}/go.mod': 'module x\n', f'{folder}/x.go': f'package {"main" if program else "x"}\n'}


def third_seed() -> dict[str, str]:
    """A Dockerfile and an ignore file that all services share."""
    services = {**module('services/gateway'), **module('services/presence'), **module('services/workflow')}
    return {**services, SHARED: DOCKERFILE, 'infrastructure/docker/.dockerignore': IGNORE, 'README.md': ''}


def read(path: str = CONFIG) -> str:
    with open(path, encoding='utf-8', newline='') as file:
        return file.read()


EXPECTED = (
    HEADER
    + f"""
[contexts] # where compose files and workflows do not say it: Dockerfile = the folders it is built from
# No folder above {SHARED} has what it copies; the folders of 3 Go programs have.
"{SHARED}" = ["services/*"]

[dockerignore] # one canonical ignore file, and the folders whose .dockerignore is kept in step with it
# It stands beside {SHARED}, which is built from folders below other ones.
source = "infrastructure/docker/.dockerignore"
# The build contexts of Go Dockerfiles; a folder that matches and is none is left alone.
targets = ["services/*"]
"""
)


def test_a_shared_dockerfile(repo: MakeRepository, run: RunHook) -> None:
    repo(third_seed())
    assert run(main, '--init') == WRITTEN
    assert read() == EXPECTED
    assert run(main, '--init') == NOTHING
    assert read() == EXPECTED


def test_its_ignore_file_need_not_be_in_git_yet(repo: MakeRepository, run: RunHook) -> None:
    files = third_seed()
    source = 'infrastructure/docker/.dockerignore'
    repo(
        {**{p: t for p, t in files.items() if p != source}, '.gitignore': '.dockerignore\n'}, untracked={source: IGNORE}
    )
    run(main, '--init')
    assert read() == EXPECTED


@pytest.mark.parametrize('compose', ['compose.yaml', ''])
def test_services_with_dockerfiles_of_their_own_need_no_config(
    repo: MakeRepository, run: RunHook, compose: str
) -> None:
    services = ('vms', 'storage', 'playback')
    files = {
        path: text
        for name in services
        for path, text in {**module(f'services/{name}'), f'services/{name}/Dockerfile': DOCKERFILE}.items()
    }
    if compose:
        files[compose] = 'services:\n' + ''.join(f'  {name}:\n    build: ./services/{name}\n' for name in services)
    repo(files)
    assert run(main, '--init') == NOTHING
    assert not os.path.exists(CONFIG)


def copies(**texts: str) -> dict[str, str]:
    """Services with a Dockerfile each, and with these ignore files."""
    files: dict[str, str] = {}
    for name, text in texts.items():
        files.update({**module(f'services/{name}'), f'services/{name}/Dockerfile': DOCKERFILE})
        files.update({f'services/{name}/.dockerignore': text} if text else {})
    return files


@pytest.mark.parametrize(
    ('files', 'source', 'targets'),
    [
        pytest.param(copies(a=IGNORE, b=IGNORE + 'x\n', c=IGNORE + 'y\n'), 'services/a', '"services/*"', id='drifted'),
        pytest.param(copies(a=IGNORE, b=IGNORE), 'services/a', '"services/b"', id='two equal ones'),
        pytest.param(copies(a=IGNORE, b=IGNORE, c=''), 'services/a', '"services/*"', id='and one that is missing'),
        pytest.param(copies(a=IGNORE, b='x\ny\n'), '', '', id='two that have nothing in common'),
        pytest.param(copies(a=IGNORE), '', '', id='one'),
        pytest.param(copies(a='#\n', b='#\n'), '', '', id='two without patterns'),
        pytest.param(copies(a=IGNORE, b=IGNORE, c='x', d='y', e='z'), '', '', id='alike in the minority'),
    ],
)
def test_the_likely_canonical_file(
    repo: MakeRepository, run: RunHook, files: dict[str, str], source: str, targets: str
) -> None:
    repo(files)
    if not source:
        assert run(main, '--init') == NOTHING
        return
    assert run(main, '--init') == WRITTEN
    assert f'source = "{source}/.dockerignore"\n' in read()
    assert f'targets = [{targets}]\n' in read()


EACH = '["services/gateway", "services/presence", "services/workflow"]'
DECLARED = f'services:\n  a:\n    build:\n      context: services/gateway\n      dockerfile: ../../{SHARED}\n'


@pytest.mark.parametrize(
    ('files', 'expected'),
    [
        pytest.param(module('services/lib', program=False), EACH, id='a library that lies beside is no context'),
        pytest.param({'services/README/x': ''}, EACH, id='nor is another folder'),
        pytest.param({'services/.github/x': ''}, '["services/*"]', id='a hidden folder matches no glob'),
        pytest.param(module('tools/gen'), '["services/*", "tools/gen"]', id='another program'),
        pytest.param({'compose.yaml': DECLARED}, '', id='who is declared is not guessed at'),
        pytest.param({SHARED: 'FROM golang\nCOPY . .\nRUN go build .\n'}, '', id='nor who would fit anywhere'),
    ],
)
def test_contexts(repo: MakeRepository, run: RunHook, files: dict[str, str], expected: str) -> None:
    repo({**third_seed(), **files})
    run(main, '--init')
    text = read() if os.path.exists(CONFIG) else ''
    assert (f'"{SHARED}" = {expected}\n' in text) if expected else ('[contexts]' not in text)


# Run again: comments, order and unknown tables are kept


@pytest.mark.parametrize(
    ('old', 'added'),
    [
        pytest.param('', EXPECTED, id='an empty file'),
        pytest.param('# mine\n', EXPECTED.replace(HEADER, ''), id='a comment'),
        pytest.param('# mine', EXPECTED.replace(HEADER, '\n'), id='without a final newline'),
        pytest.param('# mine\r\n', EXPECTED.replace(HEADER, '').replace('\n', '\r\n'), id='CRLF'),
        pytest.param('\ufeff# mine\n', EXPECTED.replace(HEADER, ''), id='a byte order mark'),
    ],
)
def test_what_is_there_is_kept(repo: MakeRepository, run: RunHook, old: str, added: str) -> None:
    repo({**third_seed(), CONFIG: old})
    assert run(main, '--init') == REWRITTEN
    assert read() == old + added
    assert run(main, '--init') == NOTHING


def test_only_what_is_missing_is_added(repo: MakeRepository, run: RunHook) -> None:
    other = 'deploy/other.dockerfile'
    old = f'# a\n[contexts] # b\n"{SHARED}" = [] # c\n\n# d\n[dockerignore]\ntargets = [ "services" ] # e\n'
    repo({**third_seed(), CONFIG: old, other: DOCKERFILE})
    assert run(main, '--init') == REWRITTEN
    text = read()
    assert f'"{other}" = ["services/*"]\n' in text
    lines = [line for line in text.split('\n') if line and line not in old.split('\n')]
    assert lines == [
        f'# No folder above {other} has what it copies; the folders of 3 Go programs have.',
        f'"{other}" = ["services/*"]',
    ]
    assert [line for line in text.split('\n') if line in old.split('\n') and line] == list(
        filter(None, old.split('\n'))
    )
    assert run(main, '--init') == NOTHING


@pytest.mark.parametrize(
    'old',
    [
        f'contexts = {{ "{SHARED}" = ["services/gateway"] }}\ndockerignore = {{ source = "x" }}\n',
        f'contexts."{SHARED}" = ["services/*"]\ndockerignore.source = "x"\n',
    ],
)
def test_what_is_said_in_another_form_is_said(repo: MakeRepository, run: RunHook, old: str) -> None:
    repo({**third_seed(), CONFIG: old})
    assert run(main, '--init') == NOTHING
    assert read() == old


@pytest.mark.parametrize(
    'old', ['contexts = { }\n', 'contexts."README.md" = []\n', '[contexts]\n[dockerignore]\n', '["contexts"]\n']
)
def test_other_forms_stay_readable(repo: MakeRepository, run: RunHook, old: str) -> None:
    repo({**third_seed(), CONFIG: old})
    outcome = run(main, '--init')
    assert outcome in (REWRITTEN, NOTHING)
    assert run(main, '--init') == NOTHING
    assert read().startswith(old.partition('\n')[0].rstrip(' }'))


def test_unknown_tables_are_named_and_kept(repo: MakeRepository, run: RunHook) -> None:
    old = '# ours\n[tool]   # unknown\nx = [ 1,2 ]\n'
    repo({**third_seed(), CONFIG: old})
    named = f'{CONFIG}:2: unknown key `tool`: the keys are contexts, dockerignore and ignore\n'
    assert run(main, '--init') == (1, REWRITTEN[1] + named, '')
    assert read() == old + EXPECTED.removeprefix(HEADER)
    assert run(main, '--init') == (1, named, '')


@pytest.mark.parametrize(
    ('old', 'finding'),
    [
        pytest.param('[contexts\n', ':1: this is no TOML', id='no TOML'),
        pytest.param('x = 1\ncontexts = 1\n', ':1: unknown key `x`', id='no table'),
        pytest.param('[contexts]\n[contexts]\n', ':2: this is no TOML', id='a table twice'),
    ],
)
def test_a_broken_config_is_not_written(repo: MakeRepository, run: RunHook, old: str, finding: str) -> None:
    repo({**third_seed(), CONFIG: old})
    outcome = run(main, '--init')
    assert outcome.code == 1
    assert outcome.out.startswith(CONFIG + finding)
    assert 'Rewriting' not in outcome.out
    assert read() == old

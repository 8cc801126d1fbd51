"""A real module with real sums: what the hooks say of its go.sum, beside the real go command and module proxy."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from hooks.golang import gomod
from tests._verdicts import HOOKS, finds
from tests.cases import Case
from tests.judges._proxy import go

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.usefixtures('proxy')

NET, TEXT = 'golang.org/x/net', 'golang.org/x/text'
# x/net/html/charset imports x/text, main.go does not.
MAIN = 'package main\n\nimport _ "golang.org/x/net/html/charset"\n\nfunc main() {}\n'
OLD, NEW = 'v0.19.0', 'v0.20.0'
BUILD = 'build -o /dev/null .'
LOST = 'missing go.sum entry'


def go_mod(version: str, *more: str) -> str:
    return '\n\n'.join(['module example.com/app', 'go 1.21', f'require {NET} {version}', *more]) + '\n'


def write(files: dict[str, str]) -> None:
    for name, text in files.items():
        with open(name, 'w', encoding='utf-8') as file:
            file.write(text)


def read(name: str) -> str:
    with open(name, encoding='utf-8') as file:
        return file.read()


def run(command: str, cache: str) -> str:
    """What a go command prints where it fails, '' where it passes; a build loads and compiles nothing."""
    verb, _, rest = command.partition(' ')
    done = go(*f'{verb} -n {rest}'.split() if verb == 'build' else command.split(), mod='-modcacherw', cache=cache)
    return '' if done.ok else done.error or 'fails'


@pytest.fixture(scope='module')
def cache(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A module cache with nothing in it: all that go uses is downloaded."""
    return str(tmp_path_factory.mktemp('cache'))


@pytest.fixture(scope='module')
def tidied(tmp_path_factory: pytest.TempPathFactory, cache: str) -> Callable[[str], dict[str, str]]:
    """`tidied(version)` are the go.mod and go.sum that `go mod tidy` makes of a module that requires x/net."""
    made: dict[str, dict[str, str]] = {}

    def tidy(version: str) -> dict[str, str]:
        if version not in made:
            with pytest.MonkeyPatch.context() as patch:
                patch.chdir(tmp_path_factory.mktemp('tidied'))
                write({'go.mod': go_mod(version), 'main.go': MAIN})
                assert run('mod tidy', cache) == ''
                made[version] = {name: read(name) for name in ('go.mod', 'go.sum')}
        return made[version]

    return tidy


def test_go_sum_is_read_as_go_wrote_it(
    tidied: Callable[[str], dict[str, str]], cache: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    files = tidied(NEW)
    write({**files, 'main.go': MAIN})
    listed = go('mod', 'download', '-json', NET, TEXT, mod='-modcacherw', cache=cache).out
    decoder, modules = json.JSONDecoder(), []
    while listed.strip():
        module, end = decoder.raw_decode(listed.lstrip())
        modules.append(module)
        listed = listed.lstrip()[end:]
    lines = [f'{each["Path"]} {each["Version"]} {each["Sum"]}' for each in modules]
    lines += [f'{each["Path"]} {each["Version"]}/go.mod {each["GoModSum"]}' for each in modules]
    assert sorted(files['go.sum'].splitlines()) == sorted(lines)
    assert gomod.parse_sum(files['go.sum']) == {
        (each['Path'], version) for each in modules for version in (each['Version'], f'{each["Version"]}/go.mod')
    }


def without(*starts: str) -> Callable[[str], str]:
    return lambda sums: ''.join(f'{line}\n' for line in sums.splitlines() if not line.startswith(starts))


REPLACE = f'replace {NET} => {NET} {OLD}'
TIDY, X = 'check-tidy-order', 'check-x-versions'


@pytest.mark.parametrize(
    ('commands', 'sums', 'fails', 'hook'),
    [
        # sums: which go.sum there is, and what is left of it; hook: the one that says so, '' where none may know.
        pytest.param((BUILD,), (NEW, str), '', TIDY, id='a whole go.sum'),
        pytest.param((BUILD,), (NEW, without(f'{NET} {NEW} ')), LOST, TIDY, id='no sum of an imported module'),
        pytest.param((BUILD,), (NEW, without(f'{NET} ')), LOST, TIDY, id='no line of an imported module'),
        pytest.param((BUILD,), (NEW, without(f'{NET} {NEW}/go.mod')), LOST, '', id='no sum of its go.mod'),
        pytest.param((BUILD,), (NEW, without(TEXT)), LOST, '', id='no line of what the imported module imports'),
        pytest.param((BUILD,), (OLD, str), LOST, TIDY, id='the go.sum of another version'),
        pytest.param((BUILD,), None, LOST, TIDY, id='no go.sum'),
        pytest.param(('mod download', BUILD), None, LOST, TIDY, id='no go.sum, and download'),
        pytest.param(('mod download all', BUILD), None, '', TIDY, id='no go.sum, and download all'),
        pytest.param(('mod tidy', BUILD), None, '', TIDY, id='no go.sum, and tidy'),
        pytest.param(('get ./...', BUILD), None, '', TIDY, id='no go.sum, and get'),
        pytest.param(('mod verify',), None, '', TIDY, id='no go.sum, and verify'),
        pytest.param(('mod vendor',), None, LOST, TIDY, id='no go.sum, and vendor'),
    ],
)
def test_a_finding_is_a_command_that_fails(
    commands: tuple[str, ...],
    sums: tuple[str, Callable[[str], str]] | None,
    fails: str,
    hook: str,
    tidied: Callable[[str], dict[str, str]],
    cache: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files = {'go.mod': tidied(NEW)['go.mod'], 'main.go': MAIN}
    if sums:
        files['go.sum'] = sums[1](tidied(sums[0])['go.sum'])
    judged(files, commands, fails, hook, cache, tmp_path, monkeypatch)


@pytest.mark.parametrize(('version', 'fails'), [(NEW, LOST), (OLD, '')])
def test_the_sum_is_that_of_the_replacement(
    version: str,
    fails: str,
    tidied: Callable[[str], dict[str, str]],
    cache: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files = {'go.mod': tidied(NEW)['go.mod'] + f'\n{REPLACE}\n', 'go.sum': tidied(version)['go.sum'], 'main.go': MAIN}
    judged(files, (BUILD,), fails, TIDY, cache, tmp_path, monkeypatch)


@pytest.mark.parametrize('command', ['mod download', 'mod tidy', 'get ./...'])
def test_a_version_that_never_existed(
    command: str, cache: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {'go.mod': go_mod('v1.20.0'), 'main.go': MAIN}
    judged(files, (command,), f'{NET}@v1.20.0', X, cache, tmp_path, monkeypatch)


def judged(
    files: dict[str, str],
    commands: tuple[str, ...],
    fails: str,
    hook: str,
    cache: str,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The real go fails with these words, or passes; and a hook that may know says the same of such a Dockerfile."""
    minor = '.'.join(go('env', 'GOVERSION').out[2:].split('.')[:2])
    steps = [f'RUN go {command}' for command in commands]
    dockerfile = '\n'.join([f'FROM golang:{minor}', 'WORKDIR /app', 'COPY . .', *steps, ''])
    monkeypatch.chdir(folder)
    write(files)
    errors = [error for error in (run(command, cache) for command in commands) if error][:1]
    assert (bool(errors), fails in ''.join(errors)) == (bool(fails), True), errors
    found = finds(Case('', {**files, 'Dockerfile': dockerfile}), monkeypatch)
    if hook in HOOKS:
        assert found == bool(fails)
    elif not fails:
        assert not found

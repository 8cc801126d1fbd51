"""go.mod and go.work, read by us and by `go mod edit -json` and `go work edit -json`.

Whenever Go accepts a file, ours has to find the same in it. What Go rejects is not compared: ours is laxer.
"""

from __future__ import annotations

import glob
import json
import os
import random
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from hooks.golang import gomod
from tests.judges._tally import tally

if TYPE_CHECKING:
    from pathlib import Path

GO = shutil.which('go')
FILES = 400
REAL = 300
PATHS = (
    'example.com/a', 'example.com/b/v2', 'gopkg.in/yaml.v3', 'x', 'golang.org/x/net', '"example.com/a"', 'a.b/~c',
    'é.x/é',
)  # fmt: skip
VERSIONS = (
    'v1.0.0', 'v1.2', 'v1', 'v0.0.0-20200101000000-abcdefabcdef', 'v2.0.0', 'v2.3.4+incompatible', 'v3.0.1', '"v1.2.3"',
    'v1.0.0-rc.1', 'v1.0.0+meta',
)  # fmt: skip
FOLDERS = ('./a', '../b', '/c', '"./with space"', '.', '..', '"./a//b"', '"./\\u00e9"')
COMMENTS = (
    '', '', '', ' // indirect', '// indirect', ' // indirect; x', ' // indirect x', ' //  indirect\t', ' // x', ' //',
)  # fmt: skip
NEWLINES = ('\n', '\n', '\r\n')
NOISE = ('', '', '', '// x', '  // indirect', '\t')


def edit(command: str, path: Path, text: str) -> dict[str, Any] | None:
    """What Go reads, None for a file that it rejects."""
    if GO is None:
        pytest.skip('judge missing: go mod edit')
    path.write_bytes(text.encode('utf-8', 'surrogateescape'))
    environ = {**os.environ, 'GOTOOLCHAIN': 'local', 'GOWORK': 'off', 'GOFLAGS': ''}
    done = subprocess.run([GO, command, 'edit', '-json', str(path)], capture_output=True, env=environ, check=False)
    return json.loads(done.stdout) if done.returncode == 0 else None


def same_replacements(ours: tuple[gomod.Replacement, ...], found: dict[str, Any]) -> None:
    """`edit` drops what a later line replaces otherwise."""
    theirs = {
        (one['Old']['Path'], one['Old'].get('Version', '')): (one['New']['Path'], one['New'].get('Version', ''))
        for one in found.get('Replace') or ()
    }
    assert {one[:2]: one[2:4] for one in ours} == theirs


def same_paths(ours: tuple[tuple[str, int], ...], found: dict[str, Any], key: str) -> None:
    """`edit` drops what stands there twice."""
    assert list(dict.fromkeys(path for path, _ in ours)) == [one['Path'] for one in found.get(key) or ()]


def same_mod(found: dict[str, Any], text: str) -> None:
    tally('go mod edit')
    ours = gomod.parse_mod(text)
    assert ours.module == found.get('Module', {}).get('Path', '')
    assert ours.go == found.get('Go', '')
    assert ours.toolchain == found.get('Toolchain', '')
    assert [one[:3] for one in ours.require] == [
        (one['Path'], one['Version'], one.get('Indirect', False)) for one in found.get('Require') or ()
    ]
    excluded = [(one['Path'], one['Version']) for one in found.get('Exclude') or ()]
    assert list(dict.fromkeys(one[:2] for one in ours.exclude)) == excluded
    same_replacements(ours.replace, found)
    same_paths(ours.tool, found, 'Tool')
    same_paths(ours.ignore, found, 'Ignore')


def same_work(found: dict[str, Any], text: str) -> None:
    tally('go work edit')
    ours = gomod.parse_work(text)
    assert ours.go == found.get('Go', '')
    assert [path for path, _ in ours.use] == [one['DiskPath'] for one in found.get('Use') or ()]
    same_replacements(ours.replace, found)


def replace_line(choose: random.Random) -> str:
    old = choose.choice(PATHS[:3]) + choose.choice(('', ' v1.0.0'))
    new = choose.choice(FOLDERS) if choose.random() < 0.6 else f'{choose.choice(PATHS)} {choose.choice(VERSIONS)}'
    return f'{old}{choose.choice((" ", "  "))}=> {new}'


def directive(choose: random.Random, verb: str) -> str:
    if verb == 'replace':
        return replace_line(choose)
    if verb in ('require', 'exclude'):
        version = choose.choice(VERSIONS[:4]) if choose.random() < 0.9 else choose.choice(VERSIONS)
        return choose.choice((' ', '\t')).join((choose.choice((PATHS[0], PATHS[4], *PATHS)), version))
    if verb == 'retract':
        return choose.choice(('v1.0.0', '[v1.0.0, v1.1.0]', '[ v1.0.0 ,v1.1.0 ]'))
    return {
        'tool': 'example.com/a/cmd',
        'godebug': 'default=go1.21',
        'ignore': choose.choice(('./x', '"a b"')),
        'use': choose.choice(FOLDERS),
    }[verb]


def statement(choose: random.Random, verb: str) -> list[str]:
    if choose.random() < 0.5:
        return [f'{verb} {directive(choose, verb)}{choose.choice(COMMENTS)}']
    if choose.random() < 0.1:
        return [f'{verb} ()']
    lines = [f'{verb} ({choose.choice(("", " // x", " ", "// indirect"))}']
    for _ in range(choose.randint(0, 4)):
        lines.append(f'\t{directive(choose, verb)}{choose.choice(COMMENTS)}')
        lines.extend(choose.choices(NOISE, k=choose.randint(0, 1)))
    return [*lines, choose.choice((')', ')', ' ) // indirect'))]


def file(choose: random.Random, verbs: tuple[str, ...], head: list[str]) -> str:
    lines = [line for line in head if choose.random() < 0.9]
    for _ in range(choose.randint(0, 4)):
        lines.extend(choose.choices(NOISE, k=choose.randint(0, 1)))
        lines.extend(statement(choose, choose.choice(verbs)))
    return choose.choice(NEWLINES).join(lines) + choose.choice(('', '\n'))


def test_go_mod_files(tmp_path: Path) -> None:
    choose = random.Random(1)
    head = ['module example.com/app', 'go 1.23', 'toolchain go1.23.4']
    verbs = ('require', 'require', 'exclude', 'replace', 'retract', 'tool', 'godebug', 'ignore')
    compared = 0
    for _ in range(FILES):
        text = file(choose, verbs, head)
        found = edit('mod', tmp_path / 'go.mod', text)
        if found is not None:
            same_mod(found, text)
            compared += 1
    assert compared > FILES // 2


def test_go_work_files(tmp_path: Path) -> None:
    choose = random.Random(2)
    compared = 0
    for _ in range(FILES):
        text = file(choose, ('use', 'use', 'replace', 'godebug'), ['go 1.23', 'toolchain default'])
        found = edit('work', tmp_path / 'go.work', text)
        if found is not None:
            same_work(found, text)
            compared += 1
    assert compared > FILES // 2


@pytest.mark.parametrize(
    'text',
    [
        pytest.param('module (\n\texample.com/app\n)\n', id='a module line in a block'),
        pytest.param('module "example.com/a\\x70p"\n', id='a quoted module path'),
        pytest.param('require (\n) // indirect\nmodule x', id='a block before the module'),
        pytest.param('module x\nrequire ( // one\n a v1 // indirect\n)\n', id='a comment behind the parenthesis'),
        pytest.param('module x//y\n', id='a comment that touches the module path'),
        pytest.param('module a/b\r\n\r\ngo 1.21\r\n', id='CR LF'),
        pytest.param('module a/b // x\n\nrequire a v1.0.0 // indirect // and more\n', id='a comment in a comment'),
        pytest.param('module x\nreplace a v1.0.0 => b v1.0.0\nreplace a => C:/x\n', id='a folder with a drive'),
        pytest.param('\n\n// x\n\nmodule x\n// y', id='comments around the module line'),
    ],
)
def test_odd_go_mod_files(tmp_path: Path, text: str) -> None:
    found = edit('mod', tmp_path / 'go.mod', text)
    assert found is not None
    same_mod(found, text)


def test_go_mod_files_of_real_modules(tmp_path: Path) -> None:
    """Those that the judges themselves are built from, in Go's module cache."""
    if GO is None:
        pytest.skip('judge missing: go mod edit')
    cache = subprocess.run((GO, 'env', 'GOMODCACHE'), capture_output=True, text=True, check=True).stdout.strip()
    paths = sorted(glob.glob(os.path.join(cache, 'cache', 'download', '**', '*.mod'), recursive=True))
    if not paths:
        pytest.skip('judge missing: go mod edit (no real go.mod files)')
    compared = 0
    for path in paths[:: len(paths) // REAL + 1]:
        with open(path, encoding='utf-8', errors='surrogateescape', newline='') as file:
            text = file.read()
        found = edit('mod', tmp_path / 'go.mod', text)
        if found is not None:
            same_mod(found, text)
            compared += 1
    assert compared > min(REAL, len(paths)) / 3

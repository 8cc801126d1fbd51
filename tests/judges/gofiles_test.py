"""The packages of Go's standard library and commands, read by us and by `go list`."""

from __future__ import annotations

import functools
import json
import os
import re
import shutil
import subprocess
from typing import Any, NamedTuple

import pytest

from hooks.golang import gofiles
from hooks.golang.gofiles import GoFile, Target
from tests.judges._tally import tally

GO = shutil.which('go')
FIELDS = (
    'Dir', 'ImportPath', 'GoFiles', 'CgoFiles', 'TestGoFiles', 'XTestGoFiles',
    'Imports', 'TestImports', 'XTestImports', 'EmbedPatterns', 'TestEmbedPatterns', 'XTestEmbedPatterns',
)  # fmt: skip
TEMPLATE = '{{join context.ReleaseTags " "}} {{join context.ToolTags " "}}'
ARCHES = ('amd64', 'arm64')
# go adds these to a package that uses cgo
CGO_IMPORTS = frozenset(('runtime/cgo', 'syscall', 'unsafe'))


class Package(NamedTuple):
    """One package as go lists it, and its Go files as we read them."""

    listed: dict[str, Any]
    files: dict[str, GoFile | None]


def run(arch: str, cgo: bool, *arguments: str) -> str:
    if GO is None:
        pytest.skip('judge missing: go list')
    environ = {**os.environ, 'GOOS': 'linux', 'GOARCH': arch, 'CGO_ENABLED': str(int(cgo))}
    environ |= {'GOFLAGS': '', 'GOWORK': 'off', 'GOTOOLCHAIN': 'local', 'GOEXPERIMENT': ''}
    return subprocess.run(
        [GO, 'list', '-e', *arguments], capture_output=True, text=True, env=environ, check=True, cwd='/'
    ).stdout


@functools.cache
def read(path: str) -> GoFile | None:
    with open(path, encoding='utf-8', errors='surrogateescape', newline='') as file:
        return gofiles.parse(file.read())


@functools.cache
def packages(arch: str, cgo: bool) -> tuple[Package, ...]:
    text = run(arch, cgo, f'-json={",".join(FIELDS)}', 'std', 'cmd')
    decoder = json.JSONDecoder()
    found = []
    at = 0
    while at < len(text.rstrip()):
        listed, at = decoder.raw_decode(text, at)
        at += 1
        names = [name for name in sorted(os.listdir(listed['Dir'])) if name.endswith('.go')]
        found.append(Package(listed, {name: read(os.path.join(listed['Dir'], name)) for name in names}))
    return tuple(found)


@functools.cache
def target(arch: str, cgo: bool) -> Target:
    """What go itself says that it builds for."""
    tags = run(arch, cgo, '-f', TEMPLATE, 'unsafe').split()
    minor = max(int(tag[len('go1.') :]) for tag in tags if tag.startswith('go1.'))
    return Target(arches=(arch,), tags=frozenset(tags), minor=minor, cgo=cgo)


def taken(listed: dict[str, Any]) -> set[str]:
    keys = ('GoFiles', 'CgoFiles', 'TestGoFiles', 'XTestGoFiles')
    return {name for key in keys for name in listed.get(key, ())}


@pytest.mark.parametrize('cgo', [False, True])
@pytest.mark.parametrize('arch', ARCHES)
def test_files(arch: str, cgo: bool) -> None:
    compared = unknown = 0
    for package in packages(arch, cgo):
        chosen = taken(package.listed)
        for name, file in package.files.items():
            assert file is not None, (package.listed['Dir'], name)
            verdict = gofiles.matches(name, file, target(arch, cgo))
            unknown += verdict is None
            if verdict is not None:
                compared += 1
                assert verdict == (name in chosen), (package.listed['Dir'], name)
    tally('go list', compared)
    assert compared > 5000
    assert unknown < 100, 'only files for experiments of Go that are off'


def of(package: Package, *keys: str) -> list[GoFile]:
    names = [name for key in keys for name in package.listed.get(key, ())]
    return [file for name in names if (file := package.files[name]) is not None]


@pytest.mark.parametrize('cgo', [False, True])
@pytest.mark.parametrize(
    ('prefix', 'keys'),
    [('', ('GoFiles', 'CgoFiles')), ('Test', ('TestGoFiles',)), ('XTest', ('XTestGoFiles',))],
    ids=['package', 'test', 'external test'],
)
def test_imports_and_embeds(cgo: bool, prefix: str, keys: tuple[str, ...]) -> None:
    compared = 0
    for package in packages('amd64', cgo):
        listed = package.listed
        files = of(package, *keys)
        imports = {path for file in files for path in file.imports}
        # the standard library vendors modules, go lists them from there; and what it builds with a profile, it marks
        theirs = {re.sub(r'^(cmd/)?vendor/| \[.*', '', path) for path in listed.get(f'{prefix}Imports', ())}
        if not prefix and listed.get('CgoFiles'):
            imports |= CGO_IMPORTS
            theirs |= CGO_IMPORTS
        assert imports == theirs, listed['ImportPath']
        assert {pattern for file in files for pattern in file.embeds} == set(listed.get(f'{prefix}EmbedPatterns', ()))
        compared += len(files)
    tally('go list', compared)
    assert compared > 500


def test_packages_are_standard() -> None:
    for package in packages('amd64', True):
        path = package.listed['ImportPath']
        assert gofiles.is_standard(path), path


def test_either_architecture() -> None:
    """True where go takes the file for both, False where for none, else unknown."""
    both = dict(zip(ARCHES, (packages(arch, False) for arch in ARCHES)))
    either = target('amd64', False)._replace(arches=ARCHES)
    differ = 0
    for one, two in zip(both['amd64'], both['arm64']):
        if one.listed['ImportPath'] != two.listed['ImportPath']:
            continue
        for name, file in one.files.items():
            assert file is not None
            verdict = gofiles.matches(name, file, either)
            if verdict is not None:
                assert (name in taken(one.listed)) is (name in taken(two.listed)) is verdict, (one.listed['Dir'], name)
            differ += verdict is None
    assert differ > 100

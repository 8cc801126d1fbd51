"""Programs that go really links: those that ask for a loader are the ones that the hook names, in scratch.

A program is read by its ELF header alone, so nothing is run; it takes go and a C compiler with its libraries.
"""

from __future__ import annotations

import os
import platform
import shutil
import struct
import subprocess
from typing import TYPE_CHECKING

import pytest

from hooks.check_static_binary import main
from tests.judges._tally import tally

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeRepository, RunHook

INTERPRETER = 3
MOD = 'module example.com/app\n\ngo 1.21\n'


def importing(*paths: str) -> str:
    return ''.join(['package main\n\n', *(f'import _ "{path}"\n' for path in paths), '\nfunc main() {}\n'])


def at(*paths: str) -> dict[str, str]:
    return {'go.mod': MOD, 'main.go': importing(*paths).replace('_ "C"', '"C"')}


INNER = 'package in\n\nimport _ "{}"\n'
PROGRAMS = {
    'nothing': at('fmt'),
    'net': at('net/http'),
    'os/user': at('os/user'),
    'os/user by archive/tar': at('archive/tar'),
    'C': at('C'),
    'C and net': at('C', 'net'),
    'net by a package of its own': {**at('example.com/app/in'), 'in/in.go': INNER.format('crypto/x509')},
    'net for another system': {**at('fmt'), 'x_windows.go': importing('net').replace('func main() {}\n', '')},
    'net in a test': {**at('fmt'), 'main_test.go': importing('net').replace('func main() {}\n', '')},
    'net without cgo': {**at('fmt'), 'x.go': '//go:build !cgo\n\npackage main\n\nimport _ "net"\n'},
    'net with cgo': {**at('fmt'), 'x.go': '//go:build cgo\n\npackage main\n\nimport _ "net"\n'},
    'net by a tag': {**at('fmt'), 'x.go': '//go:build big\n\npackage main\n\nimport _ "net"\n'},
}
EXTERNAL = '-ldflags \'-linkmode external -extldflags "-static"\''
# A command of a RUN, and whether the hook may be silent of a program that needs a loader.
COMMANDS = {
    'go build -o server .': False,
    'go build -o server main.go': True,
    'go build -o server ./...': False,
    'CGO_ENABLED=1 go build -o server': False,
    'CGO_ENABLED=0 go build -o server .': False,
    'GOOS=linux go build -o server .': False,
    # On another machine it is a cross build.
    'GOOS=linux GOARCH=amd64 go build -o server .': True,
    'GOARCH=arm64 go build -o server .': False,
    'CGO_LDFLAGS=-static go build -o server .': True,
    'go build -tags netgo -o server .': False,
    'go build -tags osusergo -o server .': False,
    'go build -tags=netgo,osusergo -o server .': False,
    'go build -tags "netgo big" -o server .': False,
    'go build -ldflags "-s -w" -trimpath -o server .': False,
    'go build -ldflags \'-extldflags "-static"\' -o server .': False,
    f'go build {EXTERNAL} -o server .': False,
    'go build -ldflags="-linkmode=external -extldflags=-static -s" -o server .': False,
    'go build -ldflags "-linkmode external" -o server .': False,
    f'go build -tags netgo {EXTERNAL} -o server .': False,
    'GOFLAGS=-tags=netgo go build -o server .': False,
    'go build -buildmode=pie -o server .': False,
    'export CGO_ENABLED=0 && go build -o server .': False,
}


def interpreter(path: Path) -> str:
    """The loader that a 64-bit ELF file asks for; '' for none."""
    data = path.read_bytes()
    start = struct.unpack_from('<Q', data, 32)[0]
    size, count = struct.unpack_from('<HH', data, 54)
    headers = [struct.unpack_from('<IIQQQQ', data, start + size * index) for index in range(count)]
    return next(
        (data[at : at + length - 1].decode() for kind, _, at, _, _, length in headers if kind == INTERPRETER), ''
    )


def link(top: Path, command: str) -> str | None:
    """The loader that the program asks for which a command links; None where the command fails."""
    if platform.machine() != 'x86_64' or not shutil.which('go') or not shutil.which('gcc'):
        pytest.skip('judge missing: go and gcc, on amd64')
    tally('go and gcc')
    unset = ('CGO_ENABLED', 'GOOS', 'GOARCH', 'CC', 'CGO_LDFLAGS')
    env = {name: value for name, value in os.environ.items() if name not in unset}
    env |= {'GOTOOLCHAIN': 'local', 'GOFLAGS': '', 'GOWORK': 'off', 'GOENV': 'off'}
    done = subprocess.run(['sh', '-c', command], cwd=top, env=env, capture_output=True)
    return interpreter(top / 'server') if done.returncode == 0 else None


@pytest.mark.parametrize('command', COMMANDS)
@pytest.mark.parametrize('program', PROGRAMS)
def test_what_asks_for_a_loader_is_named(
    program: str, command: str, tmp_path: Path, repo: MakeRepository, run: RunHook
) -> None:
    files = PROGRAMS[program]
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    asked = link(tmp_path, command)
    dockerfile = f'FROM golang:1.26\nWORKDIR /src\nCOPY . .\nRUN {command}\n'
    repo({**files, 'Dockerfile': dockerfile + 'FROM scratch\nCOPY --from=0 /src/server /server\nCMD ["/server"]\n'})
    said = run(main, 'Dockerfile').out
    # Of a command that fails nothing starts; that is another hook's to say.
    assert asked is None or bool(said) == bool(asked) or (not said and COMMANDS[command])
    assert not said or 'since line 4 links it to glibc' in said


@pytest.mark.parametrize('program', ['net', 'os/user', 'C'])
def test_a_new_glibc_is_asked_for(program: str, tmp_path: Path) -> None:
    if tuple(map(int, os.confstr('CS_GNU_LIBC_VERSION').split()[1].split('.'))) < (2, 34):  # type: ignore[union-attr]
        pytest.skip('judge missing: a glibc of 2.34 or newer')
    for path, text in PROGRAMS[program].items():
        (tmp_path / path).write_text(text)
    assert link(tmp_path, 'CGO_ENABLED=1 go build -o server .')
    assert b'GLIBC_2.34\0' in (tmp_path / 'server').read_bytes()

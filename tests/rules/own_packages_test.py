"""Packages of the module itself that the image lacks: what is said, and what may come from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests._tidy import BARE, HELLO, said

if TYPE_CHECKING:
    from collections.abc import Mapping

BUILD = 'RUN go build .'
COPY_ALL = 'COPY . .'


def importing(*names: str) -> str:
    return 'package main\n\n' + ''.join(f'import _ "example.com/app/{name}"\n' for name in names) + '\nfunc main() {}\n'


TREE: Mapping[str, str] = {
    'go.mod': BARE,
    'main.go': importing('pkg/a', 'pkg/b', 'lib'),
    'pkg/a/a.go': 'package a\n',
    'pkg/b/b.go': 'package b\n',
    'lib/lib.go': 'package lib\n',
}
A = 'no required module provides package example.com/app/pkg/a'
LIB = 'no required module provides package example.com/app/lib'


@pytest.mark.parametrize(
    ('steps', 'plus', 'expected'),
    [
        pytest.param(
            ('COPY go.mod main.go ./', BUILD),
            {},
            [
                f'4: {LIB} at `go build`, since no step before copies lib (imported by main.go:5): copy lib first',
                f'4: {A} (and 1 more) at `go build`, since no step before copies pkg (imported by main.go:3): '
                'copy pkg first',
            ],
            id='a finding for each folder to copy',
        ),
        pytest.param(
            ('COPY go.mod main.go ./', 'COPY lib lib', 'COPY pkg/a pkg/a', BUILD, 'RUN go test . && go vet .'),
            {},
            [
                f'6: {A[:-1]}b at `go build`, since no step before copies pkg/b (imported by main.go:4): '
                'copy pkg/b first'
            ],
            id='told once',
        ),
        pytest.param(
            ('COPY go.mod main.go ./', 'COPY lib lib', BUILD, 'COPY pkg pkg'),
            {},
            [
                f'5: {A} (and 1 more) at `go build`, since line 6 copies it only then (imported by main.go:3): '
                'run it after that'
            ],
            id='it is copied later',
        ),
        pytest.param(
            ('COPY go.mod main.go pkg lib/ ./', BUILD),
            {},
            [
                f'4: {LIB} at `go build`, since line 3 copies what is in lib, not the folder itself '
                '(imported by main.go:5): write `COPY lib lib`',
                f'4: {A} (and 1 more) at `go build`, since line 3 copies what is in pkg, not the folder itself '
                '(imported by main.go:3): write `COPY pkg pkg`',
            ],
            id='what is in a folder, not the folder',
        ),
        pytest.param(
            (COPY_ALL, 'RUN rm -r lib', BUILD),
            {},
            [
                f'5: {LIB} at `go build`, since a step before removes or moves it (imported by main.go:5): '
                'leave it where it is'
            ],
            id='a step removes it',
        ),
        pytest.param(
            (COPY_ALL, BUILD),
            {'.dockerignore': 'pkg\n'},
            [
                f'4: {A} (and 1 more) at `go build`, since .dockerignore:1 (`pkg`) hides it (imported by main.go:3): '
                'add `!pkg/**` at the end of .dockerignore'
            ],
            id='one line hides two',
        ),
        pytest.param(
            (COPY_ALL, BUILD),
            {'main.go': importing('lib', 'gone', 'lost')},
            [
                '4: no required module provides package example.com/app/gone (and 1 more) at `go build`, '
                'since there is no gone in git (imported by main.go:4): correct the import, or commit it'
            ],
            id='they are nowhere',
        ),
        pytest.param(
            (COPY_ALL, BUILD),
            {'main.go': importing('genproto/v1', 'x/mocks', 'docs', 'userpb')},
            [],
            id='named as generated',
        ),
        pytest.param(
            (COPY_ALL, BUILD), {'main.go': importing('proto'), 'proto/x.proto': ''}, [], id='of what else is there'
        ),
        pytest.param((COPY_ALL, 'RUN protoc x.proto', BUILD), {'main.go': importing('gone')}, [], id='a generator ran'),
        pytest.param(
            (COPY_ALL, BUILD),
            {'main.go': importing('sub'), '.dockerignore': 'sub\n', 'sub/go.mod': BARE, 'sub/s.go': ''},
            [],
            id='a module of its own',
        ),
        pytest.param(
            (COPY_ALL, 'RUN go build -mod=mod .'), {'.dockerignore': 'pkg\n'}, [], id='go looks for it elsewhere'
        ),
        pytest.param(
            ('COPY api api', COPY_ALL, BUILD), {'.dockerignore': 'pkg\n'}, [], id='what an instruction before lacks'
        ),
        pytest.param(
            (COPY_ALL, BUILD),
            {
                'go.mod': BARE + 'require example.com/app/sub v0.0.0\nreplace example.com/app/sub => ./other\n',
                'main.go': importing('sub/deep'),
                'other/go.mod': 'module example.com/app/sub\n\ngo 1.21\n',
                'other/o.go': 'package sub\n',
            },
            [],
            id='of a replacement whose path begins alike',
        ),
        pytest.param(
            (COPY_ALL, BUILD),
            {'main.go': HELLO, 'x.go': '//go:build !linux\n\n' + importing('gone'), 'x_test.go': importing('gone')},
            [],
            id='files that are not built',
        ),
    ],
)
def test_own_packages(steps: tuple[str, ...], plus: Mapping[str, str], expected: list[str]) -> None:
    assert said(steps, {**TREE, **plus}) == expected


def test_a_tidy_that_lacks_the_same_package_tells_it_alone() -> None:
    (found,) = said(('COPY go.mod main.go ./', 'COPY lib lib', 'RUN go mod tidy', BUILD), TREE)
    assert found.startswith('5: cannot find module providing package example.com/app/pkg/')

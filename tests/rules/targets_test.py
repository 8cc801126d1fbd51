"""What go is told to build, and what of it is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests._tidy import BARE, HELLO, said

if TYPE_CHECKING:
    from collections.abc import Mapping

COPY_ALL = 'COPY . .'
LIB = 'package lib\n'
ONE: Mapping[str, str] = {'go.mod': BARE, 'cmd/shop/main.go': HELLO, 'lib/lib.go': LIB}
TWO: Mapping[str, str] = {**ONE, 'cmd/job/main.go': HELLO}
FOUR: Mapping[str, str] = {**TWO, 'cmd/a/main.go': HELLO, 'cmd/b/main.go': HELLO}
INSIDE: Mapping[str, str] = {f'svc/{path}': text for path, text in ONE.items()}


@pytest.mark.parametrize(
    ('run', 'files', 'expected'),
    [
        pytest.param(
            'go build ./cmd/server',
            ONE,
            'stat /app/cmd/server: directory not found at `go build`, since the program lies in /app/cmd/shop: '
            'write `./cmd/shop`',
            id='there is one program, elsewhere',
        ),
        pytest.param(
            'go build ./shop',
            FOUR,
            'stat /app/shop: directory not found at `go build`, since shop lies in /app/cmd/shop: write `./cmd/shop`',
            id='one of that name, elsewhere',
        ),
        pytest.param(
            'go build ./server',
            TWO,
            'stat /app/server: directory not found at `go build`, since there is no server in git: '
            'correct the path: there is ./cmd/job and ./cmd/shop',
            id='two others',
        ),
        pytest.param(
            'go build ./server',
            FOUR,
            'stat /app/server: directory not found at `go build`, since there is no server in git: correct the path',
            id='many others',
        ),
        pytest.param(
            'go build .',
            {'go.mod': BARE, 'docs/text.md': ''},
            'no Go files in /app at `go build`, since git has no Go file at the top of the repository: commit the '
            'program',
            id='no source at all',
        ),
        pytest.param(
            'cd svc && go build ./cmd/server',
            {'main.go': HELLO, 'svc/go.mod': BARE, 'svc/main_test.go': HELLO},
            'stat /app/svc/cmd/server: directory not found at `go build`, since git has no Go file in svc: '
            'commit the program',
            id='no source of this module',
        ),
        pytest.param(
            'go build .',
            {'go.mod': BARE, 'lib/lib.go': LIB},
            'no Go files in /app at `go build`: correct the path',
            id='a module without a program',
        ),
        pytest.param(
            'go build .',
            {'go.mod': BARE, 'docs/text.md': '', 'gen.go': '//go:build ignore\n\n' + HELLO, '_main.go': HELLO},
            'build constraints exclude all Go files in /app at `go build`: correct the path, or set the system or the '
            'tags that gen.go asks for',
            id='a file that is not built by itself',
        ),
        pytest.param(
            'cd lib && go build ./lib',
            ONE,
            'stat /app/lib/lib: directory not found at `go build`, since the program lies in /app/cmd/shop: '
            'write `/app/cmd/shop`',
            id='from another folder',
        ),
        pytest.param(
            'go build cmd/job/job.go',
            TWO,
            'package cmd/job/job.go is not in std at `go build` in /app: correct the path: '
            'there is ./cmd/job and ./cmd/shop',
            id='a file of another name',
        ),
        pytest.param(
            'go build server.go',
            {**TWO, 'cmd/job/server.go': HELLO},
            'no required module provides package server.go at `go build` in /app, since server.go lies in '
            '/app/cmd/job: write `./cmd/job`',
            id='a file that moved',
        ),
        pytest.param(
            'go vet cmd/shop',
            TWO,
            'package cmd/shop is not in std at `go vet` in /app: write `./cmd/shop`',
            id='no ./ in front',
        ),
        pytest.param('go vet cmd/api', {**TWO, 'cmd/api/main.go': HELLO}, None, id='go has a command of that name'),
        pytest.param('go vet internal/x', {**TWO, 'internal/x/x.go': LIB}, None, id='go has folders of that name'),
        pytest.param('go vet -mod=mod job', TWO, None, id='go may look for it'),
        pytest.param(
            'go vet tool/x',
            {**TWO, 'go.mod': BARE + 'require tool v1.0.0\n'},
            'missing go.sum entry for module providing package tool/x at `go vet`, since there is no go.sum and no '
            'step before writes one: run `go mod tidy` and commit go.sum',
            id='a required module without a dot',
        ),
        pytest.param('go vet ./$(date)', TWO, None, id='of an unknown name'),
        pytest.param('go vet ./cmd/* "./a?b"', TWO, None, id='a pattern of the shell'),
        pytest.param('go build -n ./server || true', TWO, None, id='it may fail'),
        pytest.param('protoc x.proto; go build ./server', TWO, None, id='what a generator may write'),
        pytest.param(
            'go test ./internal/gone',
            ONE,
            'stat /app/internal/gone: directory not found at `go test`, since there is no internal/gone in git: '
            'correct the path',
            id='a program is no package to test',
        ),
        pytest.param('go test ./lib -run x ./y', TWO, None, id='what follows an option of go test'),
    ],
)
def test_a_target(run: str, files: Mapping[str, str], expected: str | None) -> None:
    assert said((COPY_ALL, f'RUN {run}'), files) == ([] if expected is None else [f'4: {expected}'])


@pytest.mark.parametrize(
    ('steps', 'files', 'expected'),
    [
        pytest.param(
            ('COPY go.mod ./', 'COPY lib lib', 'RUN go build ./cmd/shop'),
            ONE,
            ', since no step before copies cmd: copy cmd first',
            id='it is never copied',
        ),
        pytest.param(
            ('COPY go.mod ./', 'COPY lib lib', 'RUN go build ./cmd/shop', 'COPY cmd cmd'),
            ONE,
            ', since line 6 copies it only then: run it after that',
            id='it is copied later',
        ),
        pytest.param(
            ('COPY go.mod ./', 'COPY cmd/shop/main.go ./', 'RUN go build ./cmd/shop'),
            ONE,
            ', since line 4 copies it to another folder: correct where it goes',
            id='it is copied elsewhere',
        ),
        pytest.param(
            (COPY_ALL, 'RUN true', 'RUN go build ./cmd/shop'),
            {**ONE, '.dockerignore': '# cmd\n**/shop\n'},
            ', since .dockerignore:2 (`**/shop`) hides it: add `!cmd/shop/**` at the end of .dockerignore',
            id='an ignore file hides it',
        ),
        pytest.param(
            ('COPY go.mod ./', 'COPY . src', 'RUN go build ./cmd/shop'),
            ONE,
            ', since line 4 copies it to /app/src/cmd/shop: run it in /app/src/cmd/shop, or copy it to /app/cmd/shop',
            id='all is copied into a folder',
        ),
        pytest.param(
            ('COPY svc/go.mod ./', 'COPY svc svc', 'RUN go build ./cmd/shop'),
            INSIDE,
            ', since line 4 copies it to /app/svc/cmd/shop: run it in /app/svc/cmd/shop, or copy it to /app/cmd/shop',
            id='the module is copied deeper than its go.mod',
        ),
        pytest.param(
            ('COPY svc/go.mod ./', 'RUN true', 'RUN go build ./cmd/shop'),
            INSIDE,
            ', since no step before copies svc/cmd: copy svc/cmd first',
            id='the module is not at the top of the context',
        ),
    ],
)
def test_why_it_is_not_there(steps: tuple[str, ...], files: Mapping[str, str], expected: str) -> None:
    assert said(steps, files) == [f'5: stat /app/cmd/shop: directory not found at `go build`{expected}']


@pytest.mark.parametrize(
    ('steps', 'expected'),
    [
        pytest.param(('COPY go.mod ./', 'RUN go build'), 'main.go', id='a file at the top'),
        pytest.param(('COPY go.mod ./', 'RUN go vet . && go build .'), 'main.go', id='twice is once'),
    ],
)
def test_no_go_files(steps: tuple[str, ...], expected: str) -> None:
    files = {'go.mod': BARE, 'main.go': HELLO}
    (found,) = said(steps, files)
    assert found.endswith(f', since no step before copies {expected}: copy {expected} first')


def test_a_missing_source_is_not_said_twice() -> None:
    """What was to bring the module is what is wrong."""
    assert said(('COPY go.mod ./', COPY_ALL, 'RUN go build ./cmd/shop'), {'x/go.mod': BARE}) == []


@pytest.mark.parametrize('declared', [True, False])
def test_a_build_argument(declared: bool) -> None:
    """A default that nobody builds with says nothing, unless the build is declared."""
    steps = ('ARG NAME=name', COPY_ALL, 'RUN go build ./cmd/$NAME')
    assert bool(said(steps, TWO, declared=declared)) is declared


@pytest.mark.parametrize(
    ('step', 'finds'),
    [
        ('RUN go build ./cmd/name', True),
        ('RUN go build -o /bin/$NAME ./cmd/name', True),
        ('RUN go build ./cmd/${NAME:-name}', False),
        ('RUN N=${NAME:-name}; go build ./cmd/$N', False),
        ('RUN if [ -n "$NAME" ]; then go build ./cmd/name; fi', False),
        ('RUN cd cmd/${NAME:-name} && go build .', False),
    ],
)
def test_a_build_argument_without_a_value(step: str, finds: bool) -> None:
    """What hangs on it is not known; what does not is."""
    assert bool(said(('ARG NAME', 'ARG TARGETARCH', COPY_ALL, step), TWO, declared=False)) is finds

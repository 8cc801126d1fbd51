"""Where `go build` is to write its program, and what says that it cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests._tidy import BARE, HELLO, said

if TYPE_CHECKING:
    from collections.abc import Mapping

MANY = 'write `-o /x/` for a folder of programs, or name one package'
ONE_OF = 'write `./cmd/shop` for'
LIB = 'package lib\n'
ONE: Mapping[str, str] = {'go.mod': BARE, 'cmd/shop/main.go': HELLO, 'lib/lib.go': LIB}
TWO: Mapping[str, str] = {**ONE, 'cmd/job/main.go': HELLO}
MAIN: Mapping[str, str] = {'go.mod': BARE, 'main.go': HELLO, 'app/a.css': ''}
SEVERAL = 'cannot write multiple packages to non-directory /x at `go build`: '
FOLDER = 'build output "{}" already exists and is a directory at `go build`: write `-o` with another name, or with a '
INTO = FOLDER + 'folder, as in `-o bin/`'


@pytest.mark.parametrize(
    ('run', 'files', 'expected'),
    [
        pytest.param('go build -o /x ./...', ONE, f'{SEVERAL}write `./cmd/shop` for `./...`', id='one program'),
        pytest.param(
            'go build -o /x ./...',
            TWO,
            SEVERAL + MANY,
            id='two',
        ),
        pytest.param('go build -o /x ./cmd/shop ./lib', ONE, f'{SEVERAL}{ONE_OF} `./cmd/shop ./lib`', id='a list'),
        pytest.param('go build -o /x ./cmd/...', ONE, None, id='a pattern that one matches'),
        pytest.param('go build -o /x/ ./...', TWO, None, id='a folder'),
        pytest.param('mkdir /x; go build -o /x ./...', TWO, None, id='a folder that is there'),
        pytest.param('x; go build -o out ./...', TWO, None, id='a folder that may be there'),
        pytest.param('go build -o /dev/null ./...', TWO, None, id='nowhere'),
        pytest.param('go build -o "$OUT" ./...', TWO, None, id='nobody knows where'),
        pytest.param('go build -buildmode=c-archive -o /x ./...', TWO, None, id='another buildmode'),
        pytest.param('go vet ./...', TWO, None, id='vet writes nothing'),
        pytest.param(
            'mkdir /x; go build -o /x ./lib',
            ONE,
            'no main packages to build at `go build`: name the package of a program',
            id='no program',
        ),
        pytest.param('go build ./cmd/shop', {**ONE, 'shop/a.css': ''}, INTO.format('shop'), id='a folder of that name'),
        pytest.param('go build', MAIN, INTO.format('app'), id='the module'),
        pytest.param('go build ./lib', {**ONE, 'cmd/lib/x': ''}, None, id='a library is not written'),
        pytest.param('go build -o shop ./cmd/shop', {**ONE, 'shop/a.css': ''}, None, id='into that folder'),
        pytest.param('go build ./cmd/...', {**TWO, 'shop/a.css': ''}, None, id='programs that are not written'),
        *(
            pytest.param(f'go build -o {folder} ./...', TWO, None, id=f'{folder} is a folder')
            for folder in '/go/bin /go /usr/local/bin /tmp / /root /opt /app .. /srv /etc /home /var/lib /usr'.split()
        ),
    ],
)
def test_what_is_said(run: str, files: Mapping[str, str], expected: str | None) -> None:
    assert said(('COPY . .', f'RUN {run}'), files) == ([f'4: {expected}'] if expected else [])

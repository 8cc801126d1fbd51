"""Names that some files of a package call and others declare."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests._tidy import BARE, HELLO, said

if TYPE_CHECKING:
    from collections.abc import Mapping

COPY_ALL = 'COPY . .'
TREE: Mapping[str, str] = {
    'go.mod': BARE,
    'cmd/web/main.go': 'package main\n\nfunc main() { serve(); load() }\n',
    'cmd/web/serve.go': 'package main\n\nfunc serve() {}\n',
    'cmd/web/load.go': 'package main\n\nfunc load() {}\n',
    'cmd/web/web_test.go': 'package main\n\nfunc other() {}\n',
}


@pytest.mark.parametrize(
    ('steps', 'plus', 'expected'),
    [
        pytest.param(
            (COPY_ALL, 'RUN go build cmd/web/main.go cmd/web/load.go'),
            {},
            'undefined: serve at `go build`, since cmd/web/serve.go declares it and is not named: write `./cmd/web`',
            id='one of three is not named',
        ),
        pytest.param(
            (COPY_ALL, 'RUN cd cmd/web && go run main.go serve.go.txt'),
            {},
            'undefined: serve, load at `go run`, since cmd/web/serve.go and 1 more declare them and are not named: '
            'write `.`',
            id='two of three are not named',
        ),
        pytest.param(
            ('COPY go.mod ./', 'COPY cmd/web/main.go cmd/web/load.go cmd/web/', 'RUN go vet ./cmd/web'),
            {},
            'undefined: serve at `go vet`, since no step before copies cmd/web/serve.go, which declares it: '
            'copy cmd/web/serve.go first',
            id='one of three is not copied',
        ),
        pytest.param(
            (COPY_ALL, 'RUN go vet ./cmd/web'),
            {'.dockerignore': '**/serve*\n'},
            'undefined: serve at `go vet`, since .dockerignore:1 (`**/serve*`) hides cmd/web/serve.go, which declares '
            'it: add `!cmd/web/serve.go` at the end of .dockerignore',
            id='one of three is hidden',
        ),
        pytest.param(
            (COPY_ALL, 'RUN go vet cmd/web/main.go'),
            {
                'cmd/web/main.go': 'package main\n\nfunc main() { a(); b(); c(); d(); e() }\n',
                'cmd/web/more.go': 'package main\n\n' + ''.join(f'func {name}() {{}}\n\n' for name in 'abcde'),
            },
            'undefined: a, b, c and 2 more at `go vet`, since cmd/web/more.go declares them and is not named: '
            'write `./cmd/web`',
            id='many',
        ),
        pytest.param(
            (COPY_ALL, 'RUN go build cmd/web/main.go'), {'cmd/web/main.go': HELLO}, None, id='nothing is called'
        ),
        pytest.param(
            (COPY_ALL, 'RUN go build cmd/web/main.go'),
            {
                'cmd/web/serve.go': '//go:build ignore\n\n' + TREE['cmd/web/serve.go'],
                'cmd/web/load.go': TREE['cmd/web/load.go'].replace('main', 'other'),
            },
            None,
            id='files of other builds and packages',
        ),
        pytest.param(
            (COPY_ALL, 'RUN go generate', 'RUN go build cmd/web/main.go'), {}, None, id='what may be rewritten'
        ),
        pytest.param((COPY_ALL, 'RUN go build cmd/web/main.go ./cmd/web'), {}, None, id='a folder among the files'),
        pytest.param((COPY_ALL, 'RUN go build cmd/web/main.go || true'), {}, None, id='it may fail'),
        pytest.param(
            (COPY_ALL, 'RUN touch cmd/web/serve.go && go vet ./cmd/web'),
            {'.dockerignore': '**/serve*\n'},
            None,
            id='a step makes it',
        ),
    ],
)
def test_undefined(steps: tuple[str, ...], plus: Mapping[str, str], expected: str | None) -> None:
    found = said(steps, {**TREE, **plus})
    assert [each.partition(': ')[2] for each in found] == ([] if expected is None else [expected])

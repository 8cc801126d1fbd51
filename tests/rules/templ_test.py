"""Components of .templ files that are used and that no step generates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests._tidy import BARE, HELLO, said

if TYPE_CHECKING:
    from collections.abc import Mapping

STEPS = ('COPY . .', 'RUN true', 'RUN go build .')
MAIN = 'package main\n\nfunc main() { print(page()) }\n'
SHOWS = 'package main\n\nimport "example.com/app/views"\n\nfunc main() { print(views.Page()) }\n'
PAGE = 'package main\n\ntempl page() {\n\t<p>hi</p>\n}\n'
VIEW = 'package views\n\ntempl Page() {\n\t<p>hi</p>\n}\n'
WHY = (
    ' at `go build`, since {0}_templ.go is generated from {0}.templ, it is not in git and no step before generates it: '
    'run `go run github.com/a-h/templ/cmd/templ@latest generate` first'
)


@pytest.mark.parametrize(
    ('files', 'expected'),
    [
        pytest.param({'main.go': MAIN, 'page.templ': PAGE}, 'undefined: page' + WHY.format('page'), id='here'),
        pytest.param(
            {'main.go': SHOWS, 'views/page.templ': VIEW, 'views/doc.go': 'package views\n'},
            'undefined: views.Page' + WHY.format('views/page'),
            id='in a package',
        ),
        pytest.param(
            {'main.go': SHOWS, 'views/page.templ': VIEW},
            'no required module provides package example.com/app/views' + WHY.format('views/page'),
            id='in a package without a Go file',
        ),
        pytest.param({'main.go': MAIN, 'page.templ': PAGE, 'page_templ.go': 'package main\n'}, None, id='it is in git'),
        pytest.param({'main.go': HELLO, 'page.templ': PAGE}, None, id='it is not called'),
        pytest.param(
            {'main.go': MAIN, 'page.templ': PAGE, 'x.go': 'package main\n\nfunc page() {}\n'}, None, id='another'
        ),
        pytest.param(
            {'main.go': HELLO, 'views/page.templ': VIEW, 'views/doc.go': 'package views\n'}, None, id='unused'
        ),
    ],
)
def test_templ(files: Mapping[str, str], expected: str | None) -> None:
    found = said(STEPS, {'go.mod': BARE, **files})
    assert found == ([] if expected is None else [f'5: {expected}'])


@pytest.mark.parametrize('step', ['templ generate', 'go generate ./...', 'go tool templ generate', 'bring', 'make'])
def test_a_step_that_may_generate_it(step: str) -> None:
    steps = ('COPY . .', f'RUN {step}', 'RUN go build .')
    makefile = 'all: ; templ generate\n'
    assert said(steps, {'go.mod': BARE, 'main.go': MAIN, 'page.templ': PAGE, 'Makefile': makefile}) == []


def test_it_is_told_once() -> None:
    found = said((*STEPS, 'RUN go vet ./...'), {'go.mod': BARE, 'main.go': MAIN, 'page.templ': PAGE})
    assert [each.partition(':')[0] for each in found] == ['5']

"""Files that `//go:embed` names and the image lacks: what is said, and what may come from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests._tidy import BARE, HELLO, said

if TYPE_CHECKING:
    from collections.abc import Mapping

COPY_ALL = 'COPY . .'
BUILD = 'RUN go build .'


def embedding(*patterns: str) -> str:
    lines = ''.join(f'//go:embed {each}\n' for each in patterns)
    return f'package main\n\nimport "embed"\n\n{lines}var files embed.FS\n\nfunc main() {{ _ = files }}\n'


TREE: Mapping[str, str] = {
    'go.mod': BARE,
    'main.go': embedding('a.sql web', 'b.sql'),
    'a.sql': '',
    'b.sql': '',
    'web/dist/x.js': '',
}
FOUND = 'no matching files found'


@pytest.mark.parametrize(
    ('steps', 'plus', 'expected'),
    [
        pytest.param(
            (COPY_ALL, BUILD, 'RUN go vet .'),
            {'.dockerignore': '*.sql\nweb\n'},
            [
                f'4: pattern a.sql: {FOUND} (and 1 more) at `go build`, since .dockerignore:1 (`*.sql`) hides it '
                '(embedded by main.go:5): add `!a.sql` and `!b.sql` at the end of .dockerignore',
                f'4: pattern web: {FOUND} at `go build`, since .dockerignore:2 (`web`) hides it '
                '(embedded by main.go:5): add `!web/**` at the end of .dockerignore',
            ],
            id='a finding for each line that hides some, told once',
        ),
        pytest.param(
            ('COPY go.mod *.go *.sql ./', BUILD),
            {},
            [
                f'4: pattern web: {FOUND} at `go build`, since no step before copies web '
                '(embedded by main.go:5): copy web first'
            ],
            id='it is not copied',
        ),
        pytest.param(
            ('COPY go.mod *.go *.sql ./', BUILD, COPY_ALL),
            {},
            [
                f'4: pattern web: {FOUND} at `go build`, since line 5 copies it only then '
                '(embedded by main.go:5): run it after that'
            ],
            id='it is copied later',
        ),
        pytest.param(
            (COPY_ALL, BUILD),
            {
                'main.go': embedding('0.sql 1.sql 2.sql 3.sql 4.sql'),
                '.dockerignore': '*.sql\n',
                **{f'{each}.sql': '' for each in range(5)},
            },
            [
                f'4: pattern 0.sql: {FOUND} (and 4 more) at `go build`, since .dockerignore:1 (`*.sql`) hides it '
                '(embedded by main.go:5): add `!0.sql`, `!1.sql`, `!2.sql` and 2 more at the end of .dockerignore'
            ],
            id='many',
        ),
        pytest.param(
            (COPY_ALL, BUILD),
            {'main.go': embedding('pages/*.md'), '.dockerignore': '**/*.md\n', 'pages/a.md': '', 'pages/b.md': ''},
            [
                f'4: pattern pages/*.md: {FOUND} at `go build`, since .dockerignore:1 (`**/*.md`) hides it '
                '(embedded by main.go:5): add `!pages/*.md` at the end of .dockerignore'
            ],
            id='a glob',
        ),
        pytest.param((COPY_ALL, BUILD), {'main.go': embedding('dist', 'x/*.html', '../y', '/z')}, [], id='not in git'),
        pytest.param(
            (COPY_ALL, 'RUN npm run build', BUILD), {'.dockerignore': 'web\n'}, [], id='a step may have made it'
        ),
        pytest.param(
            (COPY_ALL, 'COPY --from=web /dist web/', BUILD), {'.dockerignore': 'web\n'}, [], id='it comes from an image'
        ),
        pytest.param(
            (COPY_ALL, BUILD),
            {'main.go': HELLO, 'x_windows.go': embedding('no.sql'), 'y.go': '//go:build y\n\n' + embedding('no.sql')},
            [],
            id='files that are not built',
        ),
        pytest.param(
            (COPY_ALL, BUILD), {'main.go': embedding('a.sql').replace('import', '// import')}, [], id='no embed'
        ),
        pytest.param(
            (COPY_ALL, BUILD), {'main.go': embedding('web'), 'web/go.mod': BARE}, [], id='a module of its own'
        ),
    ],
)
def test_embeds(steps: tuple[str, ...], plus: Mapping[str, str], expected: list[str]) -> None:
    assert said(steps, {**TREE, **plus}) == expected


def test_a_link_is_unknown() -> None:
    files = {**TREE, 'main.go': embedding('link', 'l*')}
    assert said((COPY_ALL, BUILD), files, opaque=['link']) == []

"""What is said of a stage that lacks what `COPY --from` takes, word for word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hooks import check_go_sum_copy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.conftest import MakeRepository, RunHook

TREE = {
    'go.mod': 'module example.com/app\n\ngo 1.21\n',
    'cmd/shop/main.go': 'package main\n',
    'cmd/admin/main.go': 'package main\n',
    'compose.yaml': 'services:\n  app:\n    build: .\n',
}
SHOP = 'RUN go build -o /out/shop ./cmd/shop'
BOTH = 'RUN go build -o /out/ ./cmd/...'
NO_STEP = 'where no step copies or writes it'


@pytest.mark.parametrize(
    ('step', 'path', 'plus', 'expected'),
    [
        pytest.param(
            SHOP,
            '/src/shop',
            {},
            'where line 4 writes /out/shop: write `COPY --from=build /out/shop …`',
            id='elsewhere',
        ),
        pytest.param(
            SHOP,
            '/server',
            {},
            'where line 4 writes /out/shop: write `COPY --from=build /out/shop …`',
            id='another name',
        ),
        pytest.param(
            SHOP + ' && mv /out/shop /shop',
            '/out/shop',
            {},
            'where line 4 writes /shop: write `COPY --from=build /shop …`',
            id='moved',
        ),
        pytest.param(
            BOTH,
            '/out/app',
            {},
            'where go writes /out/shop (line 4) and /out/admin (line 4): copy what is there',
            id='two',
        ),
        pytest.param(
            BOTH, '/shop', {}, 'where line 4 writes /out/shop: write `COPY --from=build /out/shop …`', id='one of two'
        ),
        pytest.param(
            SHOP,
            '/out/shop/shop',
            {},
            'where line 4 writes the file /out/shop: write `COPY --from=build /out/shop …`',
            id='below',
        ),
        pytest.param(
            SHOP,
            '/src/a.toml',
            {'a.toml.example': ''},
            f'{NO_STEP} (but /src/a.toml.example): commit a.toml, or copy the sample',
            id='a sample',
        ),
        pytest.param(
            SHOP,
            '/a.toml',
            {'a.toml': ''},
            'but /src/a.toml is: write `COPY --from=build /src/a.toml …`',
            id='of the context',
        ),
        pytest.param(
            SHOP,
            '/src/a.toml',
            {'.gitignore': 'a.toml\n'},
            'since .gitignore:1 (`a.toml`) keeps it out of git: remove that line, then commit a.toml',
            id='ignored by git',
        ),
        pytest.param(
            SHOP,
            '/src/a.toml',
            {'.dockerignore': 'a.toml\n', 'a.toml': ''},
            'since .dockerignore:1 (`a.toml`) hides it: add `!a.toml` at the end of .dockerignore',
            id='hidden',
        ),
        pytest.param(SHOP, '/src/css', {}, f'{NO_STEP}: copy css there first, or leave it out here', id='nowhere'),
        pytest.param(SHOP, '/src/a.toml', {'Makefile': 'x:\n\ttouch a.toml\n'}, '', id='what make makes'),
        pytest.param(SHOP, '/src/dist', {}, '', id='what a build makes'),
        pytest.param('RUN make -f $X', '/src/css', {}, '', id='behind what nobody can follow'),
    ],
)
def test_why(step: str, path: str, plus: Mapping[str, str], expected: str, repo: MakeRepository, run: RunHook) -> None:
    text = f'FROM golang:1.21 AS build\nWORKDIR /src\nCOPY . .\n{step}\nFROM alpine\n'
    text += f'COPY --from=build {path} /x/{path[1:]}\n'
    repo({**TREE, 'Dockerfile': text, **plus})
    said = f'Dockerfile:6: "{path}" not found in stage build, {expected}\n'
    assert run(check_go_sum_copy.main, 'Dockerfile').out == (said if expected else '')


def test_a_folder_that_keeps_its_name_is_no_program(repo: MakeRepository, run: RunHook) -> None:
    text = f'FROM golang:1.21 AS build\nWORKDIR /src\nCOPY . .\n{SHOP}\nFROM alpine\n'
    repo({**TREE, 'Dockerfile': f'{text}COPY --from=build /src/css ./css/\n'})
    said = f'Dockerfile:6: "/src/css" not found in stage build, {NO_STEP}: copy css there first, or leave it out here\n'
    assert run(check_go_sum_copy.main, 'Dockerfile').out == said

"""A name in COPY --from, a mount or FROM that is no stage's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hooks import check_go_sum_copy
from hooks.facts import official

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.conftest import MakeRepository, RunHook

TREE = {'go.mod': 'module example.com/app\n\ngo 1.21\n', 'main.go': 'package main\n\nfunc main() {}\n'}
BUILD = 'FROM golang:1.21 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /server .\n'
TAKE = 'FROM alpine\nCOPY --from={} /server /server\n'
SAYS = (
    ': pull access denied, repository does not exist or may require authorization, since neither a stage before it nor'
)
COMPOSE = 'services:\n  app:\n    build:\n      context: .\n      additional_contexts:\n        builder: ./b\n'


@pytest.mark.parametrize(
    ('dockerfile', 'plus', 'expected'),
    [
        pytest.param(BUILD + TAKE.format('builder'), {}, (6, 'builder', '--from=build'), id='longer'),
        pytest.param(BUILD + TAKE.format('bulid'), {}, (6, 'bulid', '--from=build'), id='two letters change places'),
        pytest.param(BUILD + TAKE.format('build'), {}, None, id='right'),
        pytest.param(BUILD + TAKE.format('Build'), {}, None, id='in another case'),
        pytest.param(BUILD + TAKE.format('0'), {}, None, id='by its number'),
        pytest.param(BUILD + TAKE.format('${BUILD:-builder}'), {}, None, id='a variable'),
        pytest.param(BUILD + TAKE.format('builder:1'), {}, None, id='a tag'),
        pytest.param(BUILD + TAKE.format('library/builder'), {}, None, id='an owner'),
        pytest.param(BUILD + TAKE.format('tools'), {}, None, id='like no stage'),
        pytest.param(BUILD.replace('build\n', 'nginxs\n') + TAKE.format('nginx'), {}, None, id='an official image'),
        pytest.param(
            BUILD + 'FROM builder\nRUN go vet ./...\n', {}, (5, 'builder', 'FROM build'), id='the base of a stage'
        ),
        pytest.param(
            BUILD + 'FROM alpine\nRUN --mount=from=builder,target=/x cp /x/server /server\n',
            {},
            (6, 'builder', 'from=build'),
            id='a mount',
        ),
        pytest.param(
            BUILD + TAKE.format('builder') + 'FROM scratch\nCOPY --from=build /server /\n', {}, None, id='not built'
        ),
        pytest.param(
            'FROM node AS build\nRUN npm ci\n' + TAKE.format('builder'), {}, None, id='a Dockerfile that builds no Go'
        ),
        pytest.param(BUILD + TAKE.format('builder'), {'compose.yaml': COMPOSE}, None, id='a named context'),
        pytest.param(
            BUILD.replace('build\n', 'builder\n', 1) + TAKE.format('build'),
            {'compose.yaml': 'services:\n  app:\n    build: .\n'},
            (6, 'build', '--from=builder'),
            id='a word of compose files',
        ),
        pytest.param(
            BUILD + TAKE.format('builder'), {'Makefile': 'x:\n\tdocker build -t builder b\n'}, None, id='built here'
        ),
        pytest.param(
            BUILD + TAKE.format('builder'),
            {'README.md': 'Run `docker build --tag builder:1 .` first.\n'},
            None,
            id='built by hand',
        ),
        pytest.param(
            BUILD + TAKE.format('builder'),
            {'README.md': 'The builder makes the image.\n'},
            (6, 'builder', '--from=build'),
            id='only told of',
        ),
    ],
)
def test_what_is_said(
    dockerfile: str,
    plus: Mapping[str, str],
    expected: tuple[int, str, str] | None,
    repo: MakeRepository,
    run: RunHook,
) -> None:
    repo({**TREE, **plus, 'Dockerfile': dockerfile})
    out = run(check_go_sum_copy.main, 'Dockerfile').out
    if expected is None:
        assert 'pull access denied' not in out
    else:
        line, name, cure = expected
        assert out == f'Dockerfile:{line}: {name}{SAYS} an official image is called so: write `{cure}`\n'


def test_the_table_has_the_images_that_everybody_takes() -> None:
    assert {'alpine', 'debian', 'golang', 'node', 'nginx', 'busybox', 'docker', 'centos'} <= official.NAMES
    assert not official.NAMES & {'build', 'builder', 'deps', 'final', 'production', 'app', 'release', 'test'}

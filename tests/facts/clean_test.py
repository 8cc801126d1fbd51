"""What is usually made before a build, in one that starts from a clean checkout."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hooks import go_docker

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.conftest import MakeRepository, RunHook

WORKFLOW = """on: push
jobs:
  image:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: docker/build-push-action@v6
        with: {context: .}
"""
BY = ' (declared by .github/workflows/image.yml:7)'
STEP = 'in a step before .github/workflows/image.yml:7, or commit it'
OUT = 'keeps it out of git'
MAIN = 'package main\n\nfunc main() {}\n'
TREE = {'go.mod': 'module example.com/shop\n\ngo 1.21\n', 'main.go': MAIN}
EMBEDDING = 'package main\n\nimport _ "embed"\n\n//go:embed {}\nvar page string\n\nfunc main() {{ print(page) }}\n'
IMPORTING = 'package main\n\nimport _ "example.com/shop/gen"\n\nfunc main() {}\n'


def _lacking(path: str, reason: str) -> str:
    where = f'the build context at the top of the repository{BY}'
    says = f'"/{path}" not found in {where}, since {reason}: make {path} {STEP}'
    return f'3: {says} [check-go-sum-copy/source-not-in-context]'


@pytest.mark.parametrize(
    ('copied', 'plus', 'expected'),
    [
        pytest.param(
            'dist/',
            {'.gitignore': 'dist\n'},
            _lacking('dist', f'.gitignore:1 (`dist`) {OUT}'),
            id='products',
        ),
        pytest.param('bin/shop', {}, _lacking('bin/shop', 'nothing of that name is in git'), id='not in .gitignore'),
        pytest.param(
            'app.toml',
            {'README.md': 'Create app.toml first.\n'},
            _lacking('app.toml', 'nothing of that name is in git'),
            id='a README says to make it',
        ),
        pytest.param(
            'gen/go.mod',
            {'.gitignore': 'gen/\n'},
            _lacking('gen/go.mod', f'.gitignore:1 (`gen/`) {OUT}'),
            id='a module',
        ),
        pytest.param(
            'main.go',
            {'.gitignore': 'web/\n', 'main.go': EMBEDDING.format('web/page.html')},
            f'4: pattern web/page.html: no matching files found at `go build`{BY}, since .gitignore:1 (`web/`) {OUT} '
            f'(embedded by main.go:5): make web/page.html {STEP} [check-tidy-order/embed-not-in-image]',
            id='embedded',
        ),
        pytest.param(
            'main.go',
            {'.gitignore': 'gen/\n', 'main.go': IMPORTING},
            f'4: no required module provides package example.com/shop/gen at `go build`{BY}, since .gitignore:1 '
            f'(`gen/`) {OUT} (imported by main.go:3): make gen {STEP} [check-tidy-order/own-package-not-in-image]',
            id='imported',
        ),
        pytest.param('go.mod', {'.gitignore': 'gen/\n'}, '', id='it is there'),
    ],
)
def test_what_is_said(copied: str, plus: Mapping[str, str], expected: str, repo: MakeRepository, run: RunHook) -> None:
    dockerfile = f'FROM golang:1.21\nWORKDIR /app\nCOPY go.mod main.go {copied} ./\nRUN go build\n'
    repo({**TREE, 'Dockerfile': dockerfile, '.github/workflows/image.yml': WORKFLOW, **plus})
    assert run(go_docker.main, 'Dockerfile').out == (f'Dockerfile:{expected}\n' if expected else '')


@pytest.mark.parametrize(
    'step',
    [
        pytest.param('run: make', id='make'),
        pytest.param('uses: actions/download-artifact@v4', id='an artifact'),
        pytest.param('uses: some/action@v1', id='an action that nobody knows'),
        pytest.param('run: mkdir dist', id='the folder itself'),
    ],
)
def test_a_step_before_may_make_it(step: str, repo: MakeRepository, run: RunHook) -> None:
    dockerfile = 'FROM golang:1.21\nWORKDIR /app\nCOPY go.mod main.go dist ./\nRUN go build\n'
    workflow = WORKFLOW.replace('checkout@v4\n', f'checkout@v4\n      - {step}\n')
    repo({**TREE, 'Dockerfile': dockerfile, '.github/workflows/image.yml': workflow, '.gitignore': 'dist\n'})
    assert run(go_docker.main, 'Dockerfile').out == ''


@pytest.mark.parametrize(
    ('before', 'after'),
    [
        pytest.param('on: push', 'on: workflow_call', id='called by others'),
        pytest.param('checkout@v4', 'checkout@v4\n        with: {ref: built}', id='another commit'),
        pytest.param('docker/build', './build\n      - uses: docker/build', id='an action of its own'),
    ],
)
def test_other_checkouts(before: str, after: str, repo: MakeRepository, run: RunHook) -> None:
    dockerfile = 'FROM golang:1.21\nWORKDIR /app\nCOPY go.mod main.go dist ./\nRUN go build\n'
    workflow = WORKFLOW.replace(before, after)
    repo({**TREE, 'Dockerfile': dockerfile, '.github/workflows/image.yml': workflow, '.gitignore': 'dist\n'})
    assert run(go_docker.main, 'Dockerfile').out == ''


def test_a_stage_lacks_it_too(repo: MakeRepository, run: RunHook) -> None:
    build = 'FROM golang:1.21 AS build\nWORKDIR /app\nCOPY . .\nRUN go build\n'
    dockerfile = f'{build}FROM alpine\nCOPY --from=build /app/dist /dist\n'
    repo({**TREE, 'Dockerfile': dockerfile, '.github/workflows/image.yml': WORKFLOW, '.gitignore': 'dist/\n'})
    assert run(go_docker.main, 'Dockerfile').out == (
        f'Dockerfile:6: "/app/dist" not found in stage build, since .gitignore:1 (`dist/`) {OUT}: make dist {STEP} '
        '[check-go-sum-copy/source-not-in-stage]\n'
    )
    repo({'.github/workflows/image.yml': 'on: push\n', 'compose.yaml': 'services: {a: {build: .}}\n'})
    assert run(go_docker.main, 'Dockerfile').out == ''


def test_a_command_of_the_job_builds_from_the_checkout_too(repo: MakeRepository, run: RunHook) -> None:
    dockerfile = 'FROM golang:1.21\nWORKDIR /app\nCOPY go.mod main.go dist ./\nRUN go build\n'
    start = WORKFLOW.index('      - uses: docker')
    workflow = f'{WORKFLOW[:start]}      - run: make image\n'
    makefile = 'image:\n\tdocker build -t x .\n'
    path, ignoring = '.github/workflows/image.yml', {'.gitignore': 'dist\n'}
    repo({**TREE, 'Dockerfile': dockerfile, path: workflow, 'Makefile': makefile, **ignoring})
    assert run(go_docker.main, 'Dockerfile').out.endswith(
        ': make dist in a step before Makefile:2, or commit it [check-go-sum-copy/source-not-in-context]\n'
    )
    repo({'Makefile': 'image: dist\n\tdocker build -t x .\ndist:\n\tnpm run build\n'})
    assert run(go_docker.main, 'Dockerfile').out == ''

"""A Dockerfile that is declared and not there: the words of the hook are those of BuildKit."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from hooks import check_go_sum_copy
from tests.cases._case import HELLO_TREE, app

if TYPE_CHECKING:
    from tests.conftest import MakeRepository, RunHook
    from tests.judges.conftest import Judge

IMAGE = 'docker.io/library/builder:latest'
NO_FILE = 'failed to read dockerfile: open {}: no such file or directory'


@pytest.mark.parametrize(
    ('by', 'text', 'dockerfile'),
    [
        pytest.param('Makefile', 'image:\n\tdocker build -f docker/Api .\n', 'docker/Api', id='a Makefile'),
        pytest.param(
            'build.sh', '#!/bin/sh\ncd "$(dirname "$0")"\ndocker build -f docker/Api .\n', 'docker/Api', id='a script'
        ),
        pytest.param(
            '.github/workflows/ci.yml',
            'on: push\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n'
            '      - uses: docker/build-push-action@v6\n        with: {context: ., file: Dockerfile.api}\n',
            'Dockerfile.api',
            id='a workflow',
        ),
        pytest.param('compose.yaml', 'services:\n  a:\n    build: {context: ., dockerfile: x}\n', 'x', id='compose'),
        pytest.param(
            'compose.yaml',
            'services:\n  a:\n    build: {context: ., dockerfile: dockerfile.api}\n',
            'dockerfile.api',
            id='another case',
        ),
    ],
)
def test_what_is_not_there(
    by: str, text: str, dockerfile: str, buildkit: Judge, repo: MakeRepository, run: RunHook
) -> None:
    top = str(repo({**HELLO_TREE, 'docker/Dockerfile': app('COPY . .'), 'Dockerfile.Api': app('COPY . .'), by: text}))
    subprocess.run(('git', 'add', '--all'), check=True)
    outcome = run(check_go_sum_copy.main, by)
    says = NO_FILE.format(dockerfile)
    assert says in outcome.out
    result = buildkit.builder.build(top, dockerfile)
    assert not result.ok
    # BuildKit is sent the folder of the Dockerfile, and says its name alone.
    assert NO_FILE.format(dockerfile.rpartition('/')[2]) in result.error or says in result.error


@pytest.mark.parametrize('take', ['FROM builder\nRUN go vet', 'FROM scratch\nCOPY --from=builder /app /app'])
def test_a_name_that_is_no_stage_is_that_of_an_image(
    take: str, buildkit: Judge, repo: MakeRepository, run: RunHook
) -> None:
    dockerfile = app('COPY . .', 'RUN go build -o /app .').replace('1.21', '1.21 AS build', 1) + take + '\n'
    top = str(repo({**HELLO_TREE, 'Dockerfile': dockerfile}))
    assert 'builder: pull access denied' in run(check_go_sum_copy.main, 'Dockerfile').out
    # Whether there is one, the registry says.
    assert IMAGE in buildkit.builder.build(top, 'Dockerfile').error

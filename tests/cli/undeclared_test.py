"""What follows from an ARG before FROM that a stage does not declare, and what does not."""

from __future__ import annotations

import pytest

from hooks import go_docker
from tests.conftest import MakeRepository, RunHook

FILES = {
    'go.mod': 'module example.com/app\n\ngo 1.24\n',
    'cmd/api/main.go': 'package main\n\nfunc main() {}\n',
    'api.toml': '',
}
HOLDS = 'since ARG {} in line 1 holds for FROM alone: write `ARG {}` below line {}, too'


def said(repo: MakeRepository, run: RunHook, *lines: str) -> list[str]:
    repo({**FILES, 'Dockerfile': ''.join(f'{line}\n' for line in lines)})
    return [line.rpartition(' [')[0] for line in run(go_docker.main).out.splitlines()]


@pytest.mark.parametrize(
    ('lines', 'fact', 'name'),
    [
        (('RUN go build ./cmd/$APP',), '5: no Go files in /src/cmd at `go build`', 'APP'),
        (('RUN <<EOF', 'set -e', 'go build ./cmd/${APP}', 'EOF'), '5: no Go files in /src/cmd at `go build`', 'APP'),
        (('COPY ${APP}.toml /etc/',), '5: "/.toml" not found in the build context at the top of the repository', 'APP'),
    ],
)
def test_the_cure_is_to_declare_it(
    lines: tuple[str, ...], fact: str, name: str, repo: MakeRepository, run: RunHook
) -> None:
    found = said(repo, run, 'ARG APP=api GO=1.24', 'FROM golang:$GO', 'WORKDIR /src', 'COPY . .', *lines)
    assert found == [f'Dockerfile:{fact}, {HOLDS.format(name, name, 2)}']


def test_one_without_a_value_where_the_step_itself_uses_it(repo: MakeRepository, run: RunHook) -> None:
    found = said(repo, run, 'ARG APP', 'FROM golang:1.24', 'WORKDIR /src', 'COPY . .', 'RUN go build ./cmd/$APP')
    assert found == [f'Dockerfile:5: no Go files in /src/cmd at `go build`, {HOLDS.format("APP", "APP", 2)}']
    steps = ('FROM golang:1.24', 'WORKDIR /src', 'RUN echo $APP && $APP', 'COPY . .', 'RUN go build ./cmd/web')
    (found_,) = said(repo, run, 'ARG APP', *steps)
    assert 'write `./cmd/api`' in found_


def test_two(repo: MakeRepository, run: RunHook) -> None:
    steps = ('FROM golang:1.24', 'WORKDIR /src', 'COPY . .', 'RUN go build ./$DIR/$APP')
    (found,) = said(repo, run, 'ARG DIR=cmd', 'ARG APP=api', *steps)
    assert found.endswith(
        'since ARG DIR in line 1 and ARG APP in line 2 hold for FROM alone: '
        'write `ARG DIR` and `ARG APP` below line 3, too'
    )


@pytest.mark.parametrize(
    'steps',
    [
        ('FROM golang:1.24', 'ARG APP', 'WORKDIR /src', 'COPY . .', 'RUN go build ./cmd/$APP'),
        ('FROM golang:1.24 AS base', 'ARG APP', 'FROM base', 'WORKDIR /src', 'COPY . .', 'RUN go build ./cmd/$APP'),
        ('FROM golang:1.24', 'ENV APP=api', 'WORKDIR /src', 'COPY . .', 'RUN go build ./cmd/$APP'),
    ],
)
def test_one_that_is_declared(steps: tuple[str, ...], repo: MakeRepository, run: RunHook) -> None:
    assert said(repo, run, 'ARG APP=api', *steps) == []


def test_another_cause_keeps_its_cure(repo: MakeRepository, run: RunHook) -> None:
    steps = ('FROM golang:1.22', 'WORKDIR /src', 'COPY . .', 'RUN echo $APP && go build ./cmd/web')
    found = said(repo, run, 'ARG APP=api', *steps)
    assert [each.partition(': ')[0] for each in found] == ['Dockerfile:2', 'Dockerfile:5']
    assert not any('ARG' in each for each in found)

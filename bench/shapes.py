"""Repositories that grow in one direction, each of a kind that once cost more than it holds."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

GO_MOD = 'module example.com/app\n\ngo 1.21\n'
MAIN = 'package main\n\nfunc main() {}\n'
COPY_ALL = 'FROM golang:1.24\nWORKDIR /app\nCOPY . .\nRUN go build -o /api .\n'


class Shape(NamedTuple):
    """What grows, how large it is tried, and the files that it has at a size; those without text are in git alone."""

    name: str
    sizes: tuple[int, int, int]
    files: Callable[[int], Mapping[str, str]]


def _steps(size: int) -> dict[str, str]:
    """COPY and RUN in turns, each of which makes an image of its own."""
    steps = ''.join(f'COPY f{step}.go ./\nRUN touch made{step}\n' for step in range(size))
    sources = {f'f{step}.go': f'package main\n\nconst c{step} = {step}\n' for step in range(size)}
    return {'Dockerfile': f'FROM golang:1.24\nWORKDIR /app\n{steps}COPY . .\nRUN go build .\n', **_module(), **sources}


def _stages(size: int) -> dict[str, str]:
    """Stages that copy from the one before."""
    stages = ''.join(
        f'FROM golang:1.24 AS s{stage}\nWORKDIR /app\nCOPY --from=s{stage - 1} /app /app\nRUN touch made{stage}\n'
        for stage in range(1, size)
    )
    return {'Dockerfile': f'{COPY_ALL.replace("1.24", "1.24 AS s0")}{stages}', **_module()}


def _globbed(size: int) -> dict[str, str]:
    """Folders below a glob."""
    copied = COPY_ALL.replace('COPY . .', 'COPY go.mod *.go ./\nCOPY modules/*/go.mod ./modules/\nCOPY . .')
    modules = {f'modules/m{number}/go.mod': GO_MOD.replace('app', f'm{number}') for number in range(size)}
    return {'Dockerfile': copied, **_module(), **modules}


def _ignored(size: int) -> dict[str, str]:
    """Ignore patterns, and a hundred files for each."""
    patterns = ''.join(f'**/kind{number}/*.log\n!keep{number}/**\n' for number in range(size // 2))
    files = {f'area{number % 97}/kind{number % size}/file{number}.txt': '' for number in range(100 * size)}
    return {'Dockerfile': COPY_ALL, '.dockerignore': patterns, **_module(), **files}


def _module() -> dict[str, str]:
    return {'go.mod': GO_MOD, 'main.go': MAIN}


SHAPES = (
    Shape('COPY and RUN in turns', (250, 500, 1_000), _steps),
    Shape('stages in a row', (25, 50, 100), _stages),
    Shape('folders below a glob', (750, 1_500, 3_000), _globbed),
    Shape('ignore patterns, 100 files for each', (250, 500, 1_000), _ignored),
)


def write(top: str, files: Mapping[str, str]) -> None:
    """Makes `top` a git repository of these files; the empty ones are in its index alone, which is fast."""
    os.makedirs(top)
    for path, text in files.items():
        if text:
            os.makedirs(os.path.dirname(os.path.join(top, path)), exist_ok=True)
            with open(os.path.join(top, path), 'w', encoding='utf-8') as file:
                file.write(text)
    for arguments in (('init', '--quiet'), ('add', '--all')):
        subprocess.run(('git', *arguments), cwd=top, check=True)
    track(top, [path for path, text in files.items() if not text])


def track(top: str, paths: list[str]) -> None:
    """Adds paths to the index of a repository, as empty files that are not on the disk."""
    empty = subprocess.run(
        ('git', 'hash-object', '-w', '--stdin'), cwd=top, input=b'', capture_output=True, check=True
    ).stdout.decode()
    lines = ''.join(f'100644 {empty.strip()}\t{path}\n' for path in paths)
    subprocess.run(('git', 'update-index', '--add', '--index-info'), cwd=top, input=lines.encode(), check=True)

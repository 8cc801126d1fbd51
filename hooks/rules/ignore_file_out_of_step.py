"""An ignore file does not hold the canonical patterns (`--check`).

A context of a Go build has an ignore file without the canonical patterns, or none. Without `--check` it is written.

Option: `--check --source docker/ignore`

Cure: run `sync-dockerignore` on it.

Bad:

    -- services/api/Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go build -o /server .
    -- services/api/go.mod --
    module example.com/app

    go 1.23
    -- services/api/main.go --
    package main

    func main() {}
    -- compose.yaml --
    services:
      api:
        build: services/api
    -- services/api/.dockerignore --
    .git
    -- docker/ignore --
    .git
    *.md
    -- says --
    services/api/.dockerignore:1: not in step with docker/ignore, lacks `*.md`: run `sync-dockerignore --source docker/ignore services/api/.dockerignore`

Good:

    -- services/api/Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go build -o /server .
    -- services/api/go.mod --
    module example.com/app

    go 1.23
    -- services/api/main.go --
    package main

    func main() {}
    -- compose.yaml --
    services:
      api:
        build: services/api
    -- services/api/.dockerignore --
    .git
    *.md
    -- docker/ignore --
    .git
    *.md

Silent: in folders that no build of a Go Dockerfile is made from.
"""

from __future__ import annotations

from hooks.context.paths import typed
from hooks.report.finding import Finding
from hooks.sync import blocks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hooks.sync.syncing import Canonical, Target

ID = 'ignore-file-out-of-step'


def find(target: Target, canonical: Canonical) -> Iterator[Finding]:
    cure = f'run `{blocks.HOOK}{canonical.option} {typed(target.path)}`'
    if target.old is None:
        yield Finding(target.path, 1, ID, f'missing, while {canonical.path} is to be in step everywhere', cure)
        return
    block, lines = blocks.find(target.old), target.old.split('\n')
    own = '\n'.join(lines[block.begin + 1 : block.end]) if isinstance(block, blocks.Block) else target.old
    has, wanted = blocks.patterns(own), blocks.patterns(canonical.text)
    lacks = [pattern for pattern in wanted if pattern not in has]
    extra = [pattern for pattern in has if pattern not in wanted] if block else []
    if lacks:
        what = f'lacks {_few(lacks)}'
    else:
        what = f'has {_few(extra)} in its block' if extra else 'has the patterns in another order'
    line = block.begin + 1 if isinstance(block, blocks.Block) else 1
    yield Finding(target.path, line, ID, f'not in step with {canonical.path}, {what}', cure)


def _few(patterns: Sequence[str]) -> str:
    shown = ', '.join(f'`{pattern}`' for pattern in patterns[:3])
    return shown if len(patterns) < 4 else f'{shown} and {len(patterns) - 3} more'

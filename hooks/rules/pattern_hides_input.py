"""A pattern of the canonical file, or of a target, would hide a file that a build takes by name.

The builder would say `not found`, or go `no required module provides package`. With the canonical patterns the context
would lack a file that a build names in COPY, or that its go commands read: nothing at all is written.

Option: `--check --source docker/ignore`

Cure: remove the pattern, or bring the file back with `!` in the target.

Bad:

    -- services/api/Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY go.mod main.go ./
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
    go.mod
    -- says --
    docker/ignore:2: `go.mod` would hide go.mod from the build context services/api, which COPY takes at services/api/Dockerfile:3 (declared by compose.yaml:3): remove that pattern, or add `!go.mod` to services/api/.dockerignore; until then nothing is written

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

Silent: of a file that the context lacks already.
"""

from __future__ import annotations

from hooks.context.paths import called
from hooks.report.finding import Finding
from hooks.sync import blocks
from hooks.sync.losses import inside

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hooks.sync.losses import Loss
    from hooks.sync.syncing import Canonical

ID = 'pattern-hides-input'


def find(lost: Iterable[Loss], canonical: Canonical) -> Iterator[Finding]:
    """One finding for each pattern."""
    causes: dict[tuple[str, int], list[Loss]] = {}
    for loss in lost:
        causes.setdefault(_place(loss, canonical), []).append(loss)
    for (path, line), same in causes.items():
        first = same[0]
        folder, inner = called(first.target.folder), inside(first.path, first.target.folder)[1:]
        more = len({(loss.path, loss.build.dockerfile) for loss in same}) - 1
        also = f'; it would hide {more} more that builds take' if more else ''
        step = f'{first.input.use} at {first.build.dockerfile}:{first.input.line}{first.build.says()}'
        fact = f'`{first.pattern}` would hide {inner} from the build context{folder}, which {step}{also}'
        cure = f'remove that pattern, or add `!{inner}` to {first.target.path}; until then nothing is written'
        yield Finding(path, line, ID, fact, cure)


def _place(loss: Loss, canonical: Canonical) -> tuple[str, int]:
    """The line that the user wrote: of the canonical file, or of the target itself."""
    block = blocks.find(loss.target.new)
    inside = isinstance(block, blocks.Block) and block.begin < loss.line - 1 < block.end
    path, text = (canonical.path, canonical.text) if inside else (loss.target.path, loss.target.old or '')
    lines = text.removeprefix('\ufeff').split('\n')
    return path, max((at for at, line in enumerate(lines, 1) if line.strip() == loss.pattern), default=1)

"""An ignore file that is not in step, and that writing alone does not bring into step.

The ignore file of a build context cannot be written: git ignores it, it is a link, its marker lines are damaged, or a
pattern of it is none. Or it was written, and nobody added it to git: no clean checkout has it.

Option: `--check --source docker/ignore`

Cure: what the message names; the other targets are written all the same.

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
    # >>> sync-dockerignore: docker/ignore
    .git
    -- docker/ignore --
    .git
    *.md
    -- says --
    services/api/.dockerignore:1: `# >>> sync-dockerignore: …` has no `# <<< sync-dockerignore` below it: restore the two marker lines, or remove both

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
    # >>> sync-dockerignore: docker/ignore
    .git
    *.md
    # <<< sync-dockerignore
    bin
    -- docker/ignore --
    .git
    *.md

Silent: where the file is in step: a plain copy of the canonical one is, too.
"""

from __future__ import annotations

from hooks.report.finding import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.sync.syncing import Left

ID = 'ignore-file-left-alone'


def find(left: Left) -> Iterator[Finding]:
    yield Finding(left.path, left.line, ID, left.fact, left.cure)

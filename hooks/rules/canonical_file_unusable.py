"""The canonical ignore file cannot be what others are kept in step with.

The canonical ignore file is missing, untracked, ignored by git, a link out of the repository, no text, or has a pattern
that a builder rejects: nothing is written.

Option: `--check --source docker/ignore`

Cure: what the message names.

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
    *.md
    -- docker/ignore --
    .git
    [
    -- says --
    docker/ignore:2: `[` is no pattern that every builder accepts: correct it

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

Silent: where no canonical file is named.
"""

from __future__ import annotations

from hooks.report.finding import Finding
from hooks.sync import syncing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.context.index import Repository

ID = 'canonical-file-unusable'


def find(repository: Repository, path: str) -> Iterator[Finding]:
    left = syncing.unusable(repository, path)
    if left:
        yield Finding(path, left.line, ID, left.fact, left.cure)

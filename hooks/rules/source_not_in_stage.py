"""A source of `COPY --from` is not in the stage.

Docker says: `"/app/go.sum": not found`. `COPY --from=STAGE` takes a file that no step of the stage copies or writes. What
`go build -o` and `go install` write is known, by WORKDIR, `cd`, `-C`, GOBIN and GOPATH, and so is where `mv` and `cp`
put it: the message names the line that writes the program, and where.

Cure: copy it there first, let a step write it, take it from where it is, or leave it out here.

Bad:

    -- Dockerfile --
    FROM golang:1.23 AS modules
    WORKDIR /app
    COPY go.mod ./
    RUN go mod download

    FROM golang:1.23
    WORKDIR /app
    COPY --from=modules /app/go.mod /app/go.sum ./
    COPY . .
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.23
    -- main.go --
    package main

    func main() {}
    -- says --
    Dockerfile:8: "/app/go.sum" not found in stage modules, where no step copies or writes it: copy go.sum there first, or leave it out here

Good:

    -- Dockerfile --
    FROM golang:1.23 AS modules
    WORKDIR /app
    COPY go.mod ./
    RUN go mod download

    FROM golang:1.23
    WORKDIR /app
    COPY --from=modules /app/go.mod ./
    COPY . .
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.23
    -- main.go --
    package main

    func main() {}

Silent: behind a step that nobody can follow; of what lies in folders of the system; and of what may be in the build
context although git does not track it.
"""

from __future__ import annotations

from hooks.context.tree import Context

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import At
    from hooks.report.finding import Finding

ID = 'source-not-in-stage'


def find(at: At) -> Iterator[Finding]:
    if not at.missing:
        return
    # Imported late: where all is well, nobody asks.
    from hooks.facts import sources

    missing = [lack for lack in sources.lacks(at) if not isinstance(lack.source.tree, Context)]
    yield from sources.findings(at, ID, missing)

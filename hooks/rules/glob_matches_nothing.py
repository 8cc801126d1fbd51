"""Every source of an instruction is a glob that matches nothing, which BuildKit alone accepts.

The classic builder and Buildah say: `COPY failed: no source files were specified`. BuildKit passes an instruction whose
every source is a glob that matches nothing; the others do not.

Option: `--builder any`

Cure: name a file that is there in the same instruction.

Bad:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY go.mod ./
    COPY go.sum* ./
    COPY . .
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.23
    -- main.go --
    package main

    func main() {}
    -- says --
    Dockerfile:4: no source files were specified, since `go.sum*` matches nothing and only BuildKit accepts that: name a file that is there in the same instruction, as `COPY go.mod go.sum* ./` does

Good:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY go.mod go.sum* ./
    COPY . .
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.23
    -- main.go --
    package main

    func main() {}

Silent: without the option: nearly all images are built by BuildKit.
"""

from __future__ import annotations

from hooks.facts.absence import Cause

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import At
    from hooks.report.finding import Finding

ID = 'glob-matches-nothing'
CURE = 'name a file that is there in the same instruction, as `COPY go.mod go.sum* ./` does'


def find(at: At) -> Iterator[Finding]:
    taken = at.moment.copies if at.moment.step.name != 'RUN' else ()
    if taken and all(source.glob and not source.missing and source.matches == () for source in taken):
        globs = ' and '.join(f'`{source.word}`' for source in taken)
        matches = 'matches' if len(taken) == 1 else 'match'
        cause = Cause(f', since {globs} {matches} nothing and only BuildKit accepts that', CURE)
        yield at.finding(ID, 'no source files were specified', cause, says=False)

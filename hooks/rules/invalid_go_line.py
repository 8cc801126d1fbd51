"""The go line of a go.mod or go.work is no version that go reads.

go says: `errors parsing go.mod: go.mod:3: invalid go version '1.22.0-rc1': must match format 1.23.0`. A go line is two
numbers, or three, or a pre-release without a dash (`1.23rc1`); `1`, `v1.22`, `go1.22`, `1.22.x`, `latest` and `1.22.0-rc1`
are none.

Cure: write the version as go has it.

Bad:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go v1.23
    -- main.go --
    package main

    func main() {}
    -- says --
    Dockerfile:4: errors parsing go.mod at `go build`: go.mod:3: invalid go version 'v1.23': must match format 1.23.0: write `go 1.23`

Good:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.23rc1
    -- main.go --
    package main

    func main() {}

Silent: where the go.mod that the command reads is not known, and before Go 1.16.
"""

from __future__ import annotations

from hooks.facts import reading
from hooks.facts.absence import Cause
from hooks.lean.lazy import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import Place
    from hooks.report.finding import Finding

ID = 'invalid-go-line'
_MEANT = regex(r".*?'(?:go|v)?([1-9][0-9]*\.(?:0|[1-9][0-9]*)(?:\.(?:0|[1-9][0-9]*))?)(?![0-9]).*")


def find(place: Place) -> Iterator[Finding]:
    for each in reading.refused(place):
        if each.fault.of_go_line:
            name, says = each.path.rpartition('/')[2], each.fault.says
            meant = _MEANT.fullmatch(says)
            cure = f'write `go {meant[1]}`' if meant else 'write it as in `go 1.23`'
            fact = f'errors parsing {name} at `{place.command}`: {each.says}'
            cause = Cause('', cure, related=((each.path, each.fault.line, says),))
            yield place.finding(ID, fact, cause, ('parse', each.path))

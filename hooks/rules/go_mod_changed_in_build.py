"""A go command changes go.mod or go.sum inside the build, which is to be reproducible (`--locked`).

go says nothing. A tidy, a `go get` or `-mod=mod` inside the build takes what is newest on that day: two builds of one
commit differ.

Option: `--locked`

Cure: run `go mod tidy` outside and commit both files; `go mod tidy -diff` checks that from Go 1.23 on.

Bad:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go mod tidy
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.23
    -- main.go --
    package main

    func main() {}
    -- says --
    Dockerfile:4: `go mod tidy` changes go.mod or go.sum inside the build: run `go mod tidy` outside and commit both files, and check with `go mod tidy -diff` here

Good:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go mod tidy -diff
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.23
    -- main.go --
    package main

    func main() {}

Silent: without the option.
"""

from __future__ import annotations

from hooks.facts.absence import Cause
from hooks.golang.commands import BUILDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import Place
    from hooks.report.finding import Finding


ID = 'go-mod-changed-in-build'


def find(place: Place) -> Iterator[Finding]:
    command, flags, name = place.command, place.command.flags, place.command.name
    complete = flags.get('mod') == 'mod' and name in BUILDS | {'list'}
    looks = {'diff', 'json', 'print'} & flags.keys() if name in ('mod tidy', 'mod edit') else command.versioned
    if place.module is None or looks or not (complete or name in ('mod tidy', 'mod edit', 'get')):
        return
    everywhere = complete and '-mod=mod' in (place.call.shell.env.get('GOFLAGS', '') or '').split()
    cure = 'run `go mod tidy` outside and commit both files'
    cure += ', and check with `go mod tidy -diff` here' if name == 'mod tidy' else ''
    cure += ', and take -mod=mod out of GOFLAGS' if everywhere else ', without -mod=mod here' if complete else ''
    fact = f'`{command}{" -mod=mod" if complete else ""}` changes go.mod or go.sum inside the build'
    yield place.finding(ID, fact, Cause('', cure), ('locked', 'GOFLAGS' if everywhere else f'{place.line} {name}'))

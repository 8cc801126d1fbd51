"""GO111MODULE=off, and a command that is for modules alone.

go says: `modules disabled by GO111MODULE=off; see 'go help modules'`. So it is with every `go mod`, with `go install` and `go
run` of a version, and from Go 1.22 on with `go get`: the setting is a leaving of the days of GOPATH.

Cure: leave the setting out.

Bad:

    -- Dockerfile --
    FROM golang:1.26
    ENV GO111MODULE=off
    WORKDIR /app
    COPY go.mod ./
    RUN go mod download
    -- go.mod --
    module example.com/app

    go 1.26
    -- main.go --
    package main

    func main() {}
    -- says --
    Dockerfile:5: modules disabled by GO111MODULE=off at `go mod download`: leave `GO111MODULE=off` out

Good:

    -- Dockerfile --
    FROM golang:1.26
    WORKDIR /app
    COPY go.mod ./
    RUN go mod download
    -- go.mod --
    module example.com/app

    go 1.26
    -- main.go --
    package main

    func main() {}

Silent: of commands that work in GOPATH mode, too, and where the image's Go is not known.
"""

from __future__ import annotations

from hooks.facts.absence import Cause
from hooks.replay import bases

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import At
    from hooks.report.finding import Finding

ID = 'modules-off'
# Measured from Go 1.21 on; from 1.22 on `go get` is one of them.
_FIRST, _FIRST_GET = 21, 22


def find(at: At) -> Iterator[Finding]:
    call = at.moment.call
    if call is None or call.shell.env.get('GO111MODULE', '') != 'off' or not (call.fatal and call.shell.sure):
        return
    command, minor = call.command, bases.minor(at.moment.go) or 0
    for_modules = command.name.startswith('mod ') or (command.versioned and command.name in ('install', 'run'))
    if minor >= (_FIRST if for_modules else _FIRST_GET) and (for_modules or command.name == 'get'):
        fact = f'modules disabled by GO111MODULE=off at `{command}`'
        yield at.finding(ID, fact, Cause('', 'leave `GO111MODULE=off` out'), ('modules off', str(at.moment.stage.line)))

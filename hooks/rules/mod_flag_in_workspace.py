"""`-mod=mod` inside a workspace.

go says: `-mod may only be set to readonly or vendor when in workspace mode, but it is set to "mod"`. It stands in the
command or in GOFLAGS; before Go 1.22 `-mod=vendor` is refused as well.

Cure: leave it out, or set GOWORK=off.

Bad:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go build -mod=mod -o /server ./svc
    -- go.work --
    go 1.23

    use ./svc
    -- svc/go.mod --
    module example.com/svc

    go 1.23
    -- svc/main.go --
    package main

    func main() {}
    -- says --
    Dockerfile:4: -mod may only be set to readonly or vendor when in workspace mode, but it is set to "mod" at `go build`, since go.work is in force: leave it out, or set `GOWORK=off`

Good:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN GOWORK=off go build -C svc -mod=mod -o /server .
    -- go.work --
    go 1.23

    use ./svc
    -- svc/go.mod --
    module example.com/svc

    go 1.23
    -- svc/main.go --
    package main

    func main() {}

Silent: for commands that do not look at workspaces (`go mod tidy`), and where nobody knows whether there is one.
"""

from __future__ import annotations

from hooks.facts.absence import Cause
from hooks.facts.places import FIRST_MEASURED
from hooks.golang.commands import BUILDS
from hooks.module import modules

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import Place
    from hooks.report.finding import Finding

ID = 'mod-flag-in-workspace'
# Measured from Go 1.21 on; from 1.22 on a workspace can be vendored.
FIRST_VENDOR = 22
_FLAGGED = (BUILDS | {'list', 'generate'}) - {'mod vendor'}


def find(place: Place) -> Iterator[Finding]:
    command, mode = place.command, place.command.flags.get('mod', '')
    if place.minor < FIRST_MEASURED or command.name not in _FLAGGED or command.versioned:
        return
    if mode != 'mod' and not (mode == 'vendor' and place.minor < FIRST_VENDOR):
        return
    entry = modules.work_file(place.view, place.cwd, place.call.shell.env)[1] if place.workspace else None
    if entry and (where := 'the go.work of a step before' if entry.text is not None else entry.origin):
        allowed = 'readonly or vendor' if place.minor >= FIRST_VENDOR else 'readonly'
        fact = f'-mod may only be set to {allowed} when in workspace mode, but it is set to "{mode}" at `{command}`'
        cause = Cause(f', since {where} is in force', 'leave it out, or set `GOWORK=off`')
        yield place.finding(ID, fact, cause, ('mod flag', str(place.line)))

"""A go.mod in the root of GOPATH or in the system's temp folder, where go does not want it.

go says: `$GOPATH/go.mod exists but should not`. The official images start in /go, which is GOPATH: a go.mod copied
there without a WORKDIR is refused, up to Go 1.21 by every command. One in the system's temp folder is ignored.

Cure: copy it into a folder of its own.

Bad:

    -- Dockerfile --
    FROM golang:1.21
    COPY go.mod main.go ./
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.21
    -- main.go --
    package main

    func main() {}
    -- says --
    Dockerfile:3: $GOPATH/go.mod exists but should not at `go build`, since a go.mod lies in GOPATH (/go): copy it into a folder of its own, as behind `WORKDIR /app`

Good:

    -- Dockerfile --
    FROM golang:1.21
    WORKDIR /app
    COPY go.mod main.go ./
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.21
    -- main.go --
    package main

    func main() {}

Silent: where GOPATH is not known.
"""

from __future__ import annotations

from hooks.context.tree import FILE
from hooks.facts.absence import Cause
from hooks.facts.places import FIRST_MEASURED
from hooks.module import needed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import Place
    from hooks.report.finding import Finding


ID = 'go-mod-not-wanted'
# Before Go 1.16 a build needed no go.mod. The corners were measured from 1.21 on.
FIRST_STRICT = 16
# From this Go on, many commands do without the go.mod that lies in GOPATH; these do not.
FIRST_LENIENT = 22
GOPATH_MATTERS = frozenset(f'mod {name}' for name in 'graph tidy vendor verify why'.split())


def find(place: Place) -> Iterator[Finding]:
    command, view, env = place.command, place.view, place.call.shell.env
    if place.minor < FIRST_STRICT or command.name not in needed.MODULE:
        return
    gopath, temp = place.gopath, env.get('TMPDIR', '')
    cause = Cause('', 'copy it into a folder of its own, as behind `WORKDIR /app`')
    if gopath and view.look(f'{gopath}/go.mod').kind == FILE:
        why = f', since a go.mod lies in GOPATH ({gopath})'
        if place.minor < FIRST_LENIENT:
            yield place.finding(
                ID, f'$GOPATH/go.mod exists but should not at `{command}`', cause._replace(why=why), ('gopath',)
            )
        elif command.name in GOPATH_MATTERS:
            yield place.finding(ID, f'go.mod file not found at `{command}`', cause._replace(why=why), ('gopath',))
    elif temp is not None and place.module and place.module.folder == (temp or '/tmp'):
        why = f', since go ignores a go.mod in the system temp root {place.module.folder}'
        needs = needed.needs_module(place.invocation, place.minor)
        if place.workspace is False and place.minor >= FIRST_MEASURED and needs:
            yield place.finding(ID, f'go.mod file not found at `{command}`', cause._replace(why=why), ('temp',))

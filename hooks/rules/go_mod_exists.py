"""`go mod init` where there is a go.mod, or `go work init` where there is a go.work.

go says: `go: /app/go.mod already exists`. So does a go.work in a folder above, but for `GOWORK=off`.

Cure: leave it out, or run it before the files are copied.

Bad:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go mod init example.com/app
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.23
    -- main.go --
    package main

    func main() {}
    -- says --
    Dockerfile:4: /app/go.mod already exists at `go mod init`, since go.mod is in git: leave it out

Good:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY main.go ./
    RUN go mod init example.com/app
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.23
    -- main.go --
    package main

    func main() {}

Silent: where the file is not known to be there, and where the failure is not the step's (`go mod init x || true`).
"""

from __future__ import annotations

from hooks.context.tree import ABSENT, FILE
from hooks.facts.absence import Cause
from hooks.module import modules

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import Place
    from hooks.report.finding import Finding

ID = 'go-mod-exists'
_FILES = {'mod init': 'go.mod', 'work init': 'go.work'}


def find(place: Place) -> Iterator[Finding]:
    name = _FILES.get(place.command.name)
    path = f'{place.cwd}/{name}'
    if name == 'go.work':
        # One in a folder above is in the way, too.
        folder, work = modules.work_file(place.view, place.cwd, place.call.shell.env)
        path = f'{folder}/{name}' if work.kind != ABSENT else path
    entry = place.view.look(path) if name else None
    if entry and entry.kind == FILE:
        why = f', since {entry.origin} is in git' if entry.origin else ', since a step before writes it'
        yield place.finding(
            ID, f'{path} already exists at `{place.command}`', Cause(why, 'leave it out'), ('init', path)
        )

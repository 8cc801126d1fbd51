"""A go.work uses a folder twice, or two folders with the same module.

go says: `path /app/svc appears multiple times in workspace`, or `module example.com/svc appears multiple times in
workspace`.

Cure: remove one of the two.

Bad:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go build -o /server ./svc
    -- go.work --
    go 1.23

    use (
        ./svc
        ./svc
    )
    -- svc/go.mod --
    module example.com/svc

    go 1.23
    -- svc/main.go --
    package main

    func main() {}
    -- says --
    Dockerfile:4: path ./svc appears multiple times in workspace at `go build`: remove go.work:5

Good:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go build -o /server ./svc
    -- go.work --
    go 1.23

    use ./svc
    -- svc/go.mod --
    module example.com/svc

    go 1.23
    -- svc/main.go --
    package main

    func main() {}

Silent: where a member's go.mod is not known, and for commands that do not look at workspaces.
"""

from __future__ import annotations

from hooks.facts import reading
from hooks.facts.absence import Cause
from hooks.facts.places import FIRST_MEASURED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import Place
    from hooks.report.finding import Finding

ID = 'work-lists-twice'


def find(place: Place) -> Iterator[Finding]:
    if place.minor < FIRST_MEASURED or not reading.loads_members(place) or not place.workspace:
        return
    here = reading.workspace(place)
    folders: set[str] = set()
    names: set[str] = set()
    for member in here.members if here else ():
        name = member.mod.module if member.mod else ''
        twice = f'path {member.use}' if member.folder in folders else f'module {name}' if name and name in names else ''
        if here and twice:
            cause = Cause('', f'leave {member.use} out of it, or give its module another name')
            if here.origin:
                related = ((here.origin, member.line, 'stands there a second time'),)
                cause = Cause('', f'remove {here.origin}:{member.line}', related=related)
            fact = f'{twice} appears multiple times in workspace at `{place.command}`'
            yield place.finding(ID, fact, cause, ('work', here.origin, 'twice'))
            return
        folders.add(member.folder)
        names.add(name)

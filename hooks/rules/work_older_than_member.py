"""A go.work lists an older Go than one of its modules requires.

go says: `module svc listed in go.work file requires go >= 1.23, but go.work lists go 1.22; to update it: go work use`.
The go line of go.work has to be at least as new as those of all its members, from 1.21 on.

Cure: run `go work use` and commit go.work.

Bad:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go build -o /server ./svc
    -- go.work --
    go 1.22

    use ./svc
    -- svc/go.mod --
    module example.com/svc

    go 1.23
    -- svc/main.go --
    package main

    func main() {}
    -- says --
    Dockerfile:4: module svc listed in go.work file requires go >= 1.23, but go.work lists go 1.22 at `go build`: run `go work use` and commit go.work, or write `go 1.23` in go.work

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

    go 1.22
    -- svc/main.go --
    package main

    func main() {}

Silent: where the image's Go is too old for that member anyway (`go-too-old`), and for commands that do not look at
workspaces.
"""

from __future__ import annotations

import posixpath

from hooks.facts import reading, toolchain
from hooks.facts.absence import Cause
from hooks.golang import versions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import Place
    from hooks.report.finding import Finding

ID = 'work-older-than-member'
# The first Go that takes a go line as a demand, and what a go.work without one means.
FIRST, IMPLIED = '1.21', '1.18'


def find(place: Place) -> Iterator[Finding]:
    # `go work sync` mends it.
    if not place.workspace or not reading.loads_members(place) or place.command.name.startswith('work '):
        return
    go = toolchain.of(place.moments[place.at], place.call.shell)
    here = reading.workspace(place) if go and go.minor >= toolchain.STRICT else None
    if go is None or here is None or not here.origin:
        return
    lists = here.work.go or IMPLIED
    for member in here.members:
        wanted = member.mod.go if member.mod else ''
        if not versions.is_line(wanted) or go.lacks(wanted) or versions.key(wanted) < versions.key(FIRST):
            continue
        if versions.key(wanted) > versions.key(lists):
            name = posixpath.normpath(member.use)
            says = f'go.work lists go {lists}' if here.work.go else f'go.work implicitly requires go {lists}'
            fact = f'module {name} listed in go.work file requires go >= {wanted}, but {says} at `{place.command}`'
            cure = f'run `go work use` and commit {here.origin}, or write `go {wanted}` in {here.origin}'
            cause = Cause('', cure, related=((here.origin, here.work.go_line or 1, f'go {lists}'),))
            yield place.finding(ID, fact, cause, ('work', here.origin, 'go'))
            return

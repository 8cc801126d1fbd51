"""A tidy has to write go.sum into a mount that cannot be written.

go says: `updating go.sum: open /app/go.sum: read-only file system`. A bind mount cannot be written unless it says so,
and the tidy has to write the go.sum that is not there.

Cure: commit go.sum, or add `,rw` to the mount.

Bad:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    RUN --mount=type=bind,target=. go mod tidy && go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.23

    require example.com/dep v1.0.0
    -- main.go --
    package main

    import _ "example.com/dep"

    func main() {}
    -- says --
    Dockerfile:3: updating go.sum: read-only file system at `go mod tidy`, since a bind mount cannot be written: commit go.sum, or add `,rw` to the mount

Good:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    RUN --mount=type=bind,target=.,rw go mod tidy && go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.23

    require example.com/dep v1.0.0
    -- main.go --
    package main

    import _ "example.com/dep"

    func main() {}

Silent: where go.sum is there.
"""

from __future__ import annotations

from hooks.context.tree import ABSENT
from hooks.facts import mounts, sums
from hooks.facts.absence import Cause

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import Place
    from hooks.report.finding import Finding


ID = 'go-sum-read-only'


def find(place: Place) -> Iterator[Finding]:
    module = place.module
    if module is None or module.mod is None or place.view.look(module.folder + '/go.sum').kind != ABSENT:
        return
    if not sums.writes_sum(place):
        return
    if mounts.is_closed(place, module.folder + '/go.sum') and sums.imported(place, sums.required(module)):
        fact = f'updating go.sum: read-only file system at `{place.command}`'
        cause = Cause(', since a bind mount cannot be written', 'commit go.sum, or add `,rw` to the mount')
        yield place.finding(ID, fact, cause, ('sum', module.origin))

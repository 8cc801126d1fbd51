"""A go.sum that exists is not in the image when a go command needs it.

go says: `missing go.sum entry for module providing package …`. The go.sum is in the repository, or on this disk, and no
step before the command brings it into the image: a third of such failures copy go.mod alone.

Cure: copy go.sum beside go.mod.

Bad:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY go.mod main.go ./
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.23

    require example.com/dep v1.0.0
    -- go.sum --
    example.com/dep v1.0.0 h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
    example.com/dep v1.0.0/go.mod h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
    -- main.go --
    package main

    import _ "example.com/dep"

    func main() {}
    -- says --
    Dockerfile:4: missing go.sum entry at `go build`, for lack of go.sum in the image, since no step before copies it: copy it beside go.mod, as `COPY go.mod go.sum ./` does

Good:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY go.mod go.sum main.go ./
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.23

    require example.com/dep v1.0.0
    -- go.sum --
    example.com/dep v1.0.0 h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
    example.com/dep v1.0.0/go.mod h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
    -- main.go --
    package main

    import _ "example.com/dep"

    func main() {}

Silent: before Go 1.16, where a build wrote the go.sum that it lacked, and for a command that needs none (`go mod
download`).
"""

from __future__ import annotations

from hooks.context.tree import ABSENT, REMOVED
from hooks.module import modules

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.absence import Cause
    from hooks.facts.places import Place
    from hooks.report.finding import Finding

ID = 'go-sum-not-copied'
# Before Go 1.16 a build wrote the go.sum that it lacked.
FIRST_STRICT_GO = 16


def find(place: Place) -> Iterator[Finding]:
    if place.minor < FIRST_STRICT_GO:
        return
    folder, mod = modules.find_up(place.view, place.cwd, 'go.mod')
    there = place.view.look(folder + '/go.sum')
    path = mod.origin.removesuffix('go.mod') + 'go.sum'
    if not mod.origin or there == REMOVED or not (there.kind == ABSENT or there.partial):
        return
    # Imported late, here and below: where all is well, nobody asks why.
    from hooks.facts import absence

    cause = absence.of_sum(place.build, path)
    if cause is None:
        return
    from hooks.module import needed

    if needed.needs_sum(place.invocation):
        fact = f'missing go.sum entry at `{place.command}`, for lack of {path} in the image'
        yield place.finding(ID, fact, _excluded(place) or cause, ('sum', path))


def _excluded(place: Place) -> Cause | None:
    """The COPY before the command whose --exclude leaves go.sum out."""
    steps = [moment.step for moment in place.moments[: place.at] if moment.copies]
    flags = [(step.line, value) for step in steps for name, value in step.flags if name == 'exclude']
    if not flags:
        return None
    from hooks.context import ignore
    from hooks.facts.absence import Cause

    for line, value in flags:
        patterns = ignore.parse(value)
        if patterns and ignore.matcher(patterns)('go.sum'):
            why = f', since `--exclude={value}` of {place.build.dockerfile}:{line} leaves it out'
            related = ((place.build.dockerfile, line, 'leaves go.sum out'),)
            return Cause(why, 'drop that flag, or copy go.sum besides', related=related)
    return None

"""A member of the go.work in force is not in the image.

go says: `cannot load module lib listed in go.work file`. A go.work that is in the image is in force, and each module
that it uses is read, whatever is built. A go.work that the build makes (`go work init`, `go work use`) is no other.

Cure: copy the member first, or set `GOWORK=off`.

Bad:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY go.work ./
    COPY api api
    RUN cd api && go build -o /server .
    -- go.work --
    go 1.23

    use (
        ./api
        ./lib
    )
    -- api/go.mod --
    module example.com/app

    go 1.23
    -- api/main.go --
    package main

    func main() {}
    -- lib/go.mod --
    module example.com/lib

    go 1.23
    -- says --
    Dockerfile:5: cannot load module ./lib listed in go.work at `go build`, since no step before copies it: copy lib first, or set `GOWORK=off`

Good:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY api api
    RUN cd api && go build -o /server .
    -- go.work --
    go 1.23

    use (
        ./api
        ./lib
    )
    -- api/go.mod --
    module example.com/app

    go 1.23
    -- api/main.go --
    package main

    func main() {}
    -- lib/go.mod --
    module example.com/lib

    go 1.23

Silent: with GOWORK=off, and for commands that know no workspaces.
"""

from __future__ import annotations

from hooks.context.paths import normal
from hooks.context.tree import ABSENT, FILE
from hooks.facts import absence, whereabouts
from hooks.facts.absence import Cause
from hooks.golang import gomod
from hooks.module import modules, needed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import Place
    from hooks.report.finding import Finding


ID = 'work-member-not-in-image'
NEVER = 10_000


def find(place: Place) -> Iterator[Finding]:
    command, view = place.command, place.view
    if place.minor < needed.MEMBERS.get(command.name, NEVER) or command.versioned:
        return
    folder, entry = modules.work_file(view, place.cwd, place.call.shell.env)
    if command.name == 'mod vendor' and entry.kind == FILE:
        cause = Cause('', 'run `go work vendor`, or set `GOWORK=off`')
        yield place.finding(ID, "'go mod vendor' cannot be run in workspace mode", cause, ('work', folder))
        return
    text = entry.read(place.repository)
    uses = gomod.parse_work(text).use if text is not None else ()
    gone = [use for use, _ in uses if view.look(normal(use, folder) + '/go.mod').kind == ABSENT]
    if gone and entry.text is not None:
        cause = Cause(', since a step before lists it there', 'copy {} first, or set `GOWORK=off`', gone[0])
        fact = f'cannot load module {gone[0]} listed in go.work at `{command}`'
        yield place.finding(ID, fact, cause, ('work', folder, gone[0]))
        return
    landed = dict(whereabouts.landed(place, entry.origin, gone, folder)) if gone and entry.origin else {}
    left = absence.of_folders(place.build, entry.origin, [use for use in gone if use not in landed], place.reads_graph)
    for cause, names in (*((cause, [use]) for use, cause in landed.items()), *left):
        fact = f'cannot load module{"s" * (len(names) > 1)} {absence.listed(names)} listed in go.work at `{command}`'
        cause = cause._replace(cure=f'{cause.cure}, or set `GOWORK=off`')
        lost = next((text for text in place.moments[place.at].step.args if 'GOWORK=off cd ' in text), '')
        if lost:
            why = f', since `GOWORK=off` before `cd` does not reach `{command}`, and{cause.why.removeprefix(", since")}'
            cause = Cause(why, f'write `cd … && GOWORK=off {command} …`')
        yield place.finding(ID, fact, cause, *(('work', entry.origin, name) for name in names))

"""`go generate` starts a program that the image comes without.

go says: `gen.go:3: running "mockgen": exec: "mockgen": executable file not found in $PATH`. What a `//go:generate` line names is
looked for like any program, and the images of Go bring no protoc, mockgen, stringer or their likes.

Cure: install the generator in a step before, or commit what it makes and leave the command out.

Bad:

    -- Dockerfile --
    FROM golang:1.26
    WORKDIR /app
    COPY . .
    RUN go generate ./... && go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.26
    -- main.go --
    package main

    //go:generate protoc --go_out=. app.proto

    func main() {}
    -- says --
    Dockerfile:4: main.go:3: running "protoc": executable file not found in $PATH at `go generate`, since golang:1.26 comes without it and no step before installs it: put `RUN apt-get update && apt-get install -y --no-install-recommends protobuf-compiler` before it

Good:

    -- Dockerfile --
    FROM golang:1.26
    RUN apt-get update && apt-get install -y --no-install-recommends protobuf-compiler
    WORKDIR /app
    COPY . .
    RUN go generate ./... && go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.26
    -- main.go --
    package main

    //go:generate protoc --go_out=. app.proto

    func main() {}

Silent: for programs that an image may have, files that may not be built, packages that are named otherwise than by `.` or
`./...`, and where another line may install something.
"""

from __future__ import annotations

from hooks.facts.absence import Cause
from hooks.replay import packages
from hooks.replay.systems import WATCHED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import Place
    from hooks.report.finding import Finding

ID = 'generator-not-in-image'


def find(place: Place) -> Iterator[Finding]:
    command, module = place.command, place.module
    if (
        command.name != 'generate'
        or module is None
        or module.mod is None
        or command.args not in ((), ('.',), ('./...',))
    ):
        return
    if not {'run', 'skip', 'n', 'tags'}.isdisjoint(command.flags):
        return
    # Imported late: few images generate anything.
    from hooks.facts import directives, packaged

    lines = directives.of(place)
    for each in lines or ():
        if each.program in WATCHED and packages.lacks(place.call.shell, each.program):
            moment = place.moments[place.at]
            reference = moment.base.reference
            why = f', since {reference} comes without it and no step before installs it'
            cure = packaged.install(each.program, reference, moment.go)
            fact = (
                f'{each.path}:{each.line}: running "{each.program}": executable file not found in $PATH at `{command}`'
            )
            related = ((each.path, each.line, f'runs {each.program}'),)
            yield place.finding(ID, fact, Cause(why, cure, related=related), ('program', str(place.line), each.program))
            return

"""No step asks whether the modules of the program are what go.sum says (`--hardened`).

go says nothing. It compares a module with go.sum when it downloads it, and trusts its cache from then on: in a layer or a
cache mount of an earlier build, anything may have changed it. `go mod verify` compares all that is there.

Option: `--hardened`

Cure: run `go mod verify` after `go mod download`.

Bad:

    -- Dockerfile --
    FROM golang:1.26 AS build
    WORKDIR /src
    COPY go.mod go.sum ./
    RUN go mod download
    COPY . .
    RUN CGO_ENABLED=0 go build -ldflags "-s -w" -o /server .

    FROM alpine:3.23
    COPY --from=build /server /server
    USER 65532
    ENTRYPOINT ["/server"]
    -- go.mod --
    module example.com/app

    go 1.26

    require example.com/dep v1.0.0
    -- go.sum --
    example.com/dep v1.0.0 h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
    example.com/dep v1.0.0/go.mod h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
    -- main.go --
    package main

    import _ "example.com/dep"

    func main() {}
    -- says --
    Dockerfile:6: `go build` takes modules that no step verifies: run `go mod download && go mod verify` before it

Good:

    -- Dockerfile --
    FROM golang:1.26 AS build
    WORKDIR /src
    COPY go.mod go.sum ./
    RUN go mod download && go mod verify
    COPY . .
    RUN CGO_ENABLED=0 go build -ldflags "-s -w" -o /server .

    FROM alpine:3.23
    COPY --from=build /server /server
    USER 65532
    ENTRYPOINT ["/server"]
    -- go.mod --
    module example.com/app

    go 1.26

    require example.com/dep v1.0.0
    -- go.sum --
    example.com/dep v1.0.0 h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
    example.com/dep v1.0.0/go.mod h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
    -- main.go --
    package main

    import _ "example.com/dep"

    func main() {}

Silent: without the option, for a module without requirements, for vendored ones, and where a script may verify them.
"""

from __future__ import annotations

from hooks.facts.absence import Cause
from hooks.facts.places import At as Here
from hooks.facts.places import place
from hooks.facts.starting import own

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import At
    from hooks.report.finding import Finding

ID = 'modules-not-verified'


def find(at: At) -> Iterator[Finding]:
    program = own(at)
    build = place(Here(at.build, at.moments, at.moments.index(program[1]))) if program else None
    if build is None or build.module is None or build.module.mod is None or not build.module.mod.require:
        return
    if build.vendored is not False or build.may_be_vendored or _may_verify(at):
        return
    cause = Cause('', 'run `go mod download && go mod verify` before it')
    fact = f'`{build.command}` takes modules that no step verifies'
    yield build.finding(ID, fact, cause, ('verified', build.module.origin))


def _may_verify(at: At) -> bool:
    calls = [moment.call for moment in at.moments if moment.call]
    texts = [at.build.repository.read(call.by.path) or '' for call in calls if call.by]
    texts += [step.text for moment in at.moments for step in moment.stage.steps if step.name == 'RUN']
    return any(call.command.name == 'mod verify' for call in calls) or any('verify' in text for text in texts)

"""The Go of the image is older than the go.mod, go.work or a local replacement wants that a go command reads.

go says: `go.mod requires go >= 1.24 (running go 1.23; GOTOOLCHAIN=local)`. The official images set GOTOOLCHAIN=local,
so that go fetches no newer one. The finding stands at the FROM line, which is what is edited; where an ARG holds the
version, the message names its line, or the place where the build passes it. The go line may be that of go.mod, of
go.work and its members, of a local replacement, or of a tool that go.mod names.

Cure: build from the image that the message names, which is new enough for the tools that the same image installs, too.

Bad:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.24
    -- main.go --
    package main

    func main() {}
    -- says --
    Dockerfile:1: go.mod:3 requires go >= 1.24 (running go 1.23; GOTOOLCHAIN=local): build from `golang:1.24`, or set `ENV GOTOOLCHAIN=auto`

Good:

    -- Dockerfile --
    FROM golang:1.24
    WORKDIR /app
    COPY . .
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.24.1
    -- main.go --
    package main

    func main() {}

Silent: where the tag floats (`latest`, `alpine`, `1`), the image is unknown, or GOTOOLCHAIN lets go fetch a newer one.
"""

from __future__ import annotations

from hooks.facts import demands, images, toolchain
from hooks.facts.absence import Cause

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import At
    from hooks.facts.toolchain import Toolchain
    from hooks.replay.shell import Call
    from hooks.report.finding import Finding

ID = 'go-too-old'


def find(at: At) -> Iterator[Finding]:
    call = at.moment.call
    go = toolchain.of(at.moment, call.shell) if call and toolchain.counts(call) else None
    if call is None or go is None or go.minor < toolchain.OLDEST:
        return
    demand = demands.hardest(go, demands.demands(at.build.repository, call, go))
    # A tag that never existed is the builder's to report first.
    if demand and not images.never(go.base.reference):
        # A go.mod that a step wrote has no line in the repository.
        related = ((demand.path, demand.line, demand.says),) if demand.line else ()
        where = f'{demand.path}:{demand.line}' if related else 'go.mod'
        fact = f'{where} {demand.says} {go.running()}'
        # Imported late: most images are new enough.
        from hooks.facts import cures

        cure = cures.newer(at, go, demand.wanted)
        cause = Cause(cure.why, cure.text + _auto(call, go), related=related)
        # The image is what the user edits.
        yield cure.at(at.finding(ID, fact, cause, ('go', str(go.base.line), demand.path)))


def _auto(call: Call, go: Toolchain) -> str:
    """The other cure: go fetches a newer Go by itself, where it is allowed to."""
    # In OpenShift's builders go is a script that sets it back.
    may = not go.fixed and 'openshift' not in go.base.reference
    fetches = go.minor >= toolchain.STRICT and may and call.shell.env.get('GOPROXY', '') != 'off'
    return ', or set `ENV GOTOOLCHAIN=auto`' * fetches

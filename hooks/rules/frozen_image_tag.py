"""A tag without a patch that stands still, below the patch that go.mod wants.

go says: `go.mod requires go >= 1.24.7 (running go 1.24.3; GOTOOLCHAIN=local)`. The official image is built on the two
newest Alpines and Debians alone: `golang:1.24-alpine3.20` got no patch of Go after the one that was out when Alpine
3.20 was dropped. A table knows the last of each.

Cure: build from the tag that the message names, which floats.

Bad:

    -- Dockerfile --
    FROM golang:1.24-alpine3.20
    WORKDIR /app
    COPY . .
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.24.7
    -- main.go --
    package main

    func main() {}
    -- says --
    Dockerfile:1: go.mod:3 requires go >= 1.24.7 (running go 1.24.3, the last that came as golang:1.24-alpine3.20; GOTOOLCHAIN=local): build from `golang:1.24-alpine`

Good:

    -- Dockerfile --
    FROM golang:1.24-alpine
    WORKDIR /app
    COPY . .
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.24.7
    -- main.go --
    package main

    func main() {}

Silent: of a tag that may still move, of a digest, of Windows, and of mirrors that have tags of their own.
"""

from __future__ import annotations

from hooks.facts import demands, images, toolchain
from hooks.facts.absence import Cause

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import At
    from hooks.report.finding import Finding

ID = 'frozen-image-tag'


def find(at: At) -> Iterator[Finding]:
    call = at.moment.call
    last = images.stands(at.moment.base.reference) if call and toolchain.counts(call) else ''
    go = toolchain.of(at.moment, call.shell) if call and last else None
    if call is None or go is None or go.fixed or go.minor < toolchain.STRICT:
        return
    stuck = go._replace(version=last)
    demand = demands.hardest(stuck, demands.demands(at.build.repository, call, stuck))
    # An image of an older minor is too old, whatever its patch.
    if demand and not go.lacks(demand.wanted):
        running = f'(running go {last}, the last that came as {go.base.reference}; GOTOOLCHAIN=local)'
        fact = f'{demand.path}:{demand.line} {demand.says} {running}'
        # Imported late: few tags stand still.
        from hooks.facts import cures

        cure = cures.newer(at, go, demand.wanted)
        cause = Cause(cure.why, cure.text, related=((demand.path, demand.line, demand.says),))
        yield cure.at(at.finding(ID, fact, cause, ('go', str(go.base.line), demand.path)))

"""The last image is built on a whole system (`--hardened`).

Docker says nothing. A Go program that is linked statically needs nothing of Debian or of Go's own image, and what is not
in the image can neither be attacked nor be reported by a scanner.

Option: `--hardened`

Cure: build the last stage on scratch, distroless or Alpine.

Bad:

    -- Dockerfile --
    FROM golang:1.26 AS build
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build -ldflags "-s -w" -o /server .

    FROM debian:bookworm-slim
    COPY --from=build /server /server
    USER 65532
    ENTRYPOINT ["/server"]
    -- go.mod --
    module example.com/app

    go 1.26
    -- main.go --
    package main

    func main() {}
    -- says --
    Dockerfile:6: the last image is built on debian:bookworm-slim: build it on scratch, distroless or alpine

Good:

    -- Dockerfile --
    FROM golang:1.26 AS build
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build -ldflags "-s -w" -o /server .

    FROM alpine:3.23
    COPY --from=build /server /server
    USER 65532
    ENTRYPOINT ["/server"]
    -- go.mod --
    module example.com/app

    go 1.26
    -- main.go --
    package main

    func main() {}

Silent: without the option, and for images of which it is not known what they are: those of a registry of one's own.
"""

from __future__ import annotations

from hooks.facts.absence import Cause
from hooks.facts.places import found
from hooks.facts.starting import own
from hooks.replay import bases

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import At
    from hooks.report.finding import Finding

ID = 'base-not-minimal'
_WHOLE = (bases.DISTRIBUTIONS - {'alpine'}) | {'golang'}


def find(at: At) -> Iterator[Finding]:
    base = at.moment.base
    path, tag = bases.split(base.reference)
    name = path.rpartition('/')[2]
    if name not in _WHOLE or not bases.is_official(path, name) or own(at) is None:
        return
    if name == 'golang' and 'alpine' in tag:
        cure = 'copy the program into a last stage on scratch, distroless or alpine'
    else:
        cure = 'build it on scratch, distroless or alpine'
    yield found(at.build, base.line, ID, f'the last image is built on {base.reference}', Cause('', cure), says=False)

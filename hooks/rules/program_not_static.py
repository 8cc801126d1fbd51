"""The program that the image starts is not linked statically (`--hardened`).

go says nothing. With cgo on, which it is where a C compiler is found, go links what imports net, os/user or C to the C
library of the image that builds. Where the last image has that one the program starts, and hangs on its version.

Option: `--hardened`

Cure: build with `CGO_ENABLED=0`.

Bad:

    -- Dockerfile --
    FROM golang:1.26 AS build
    WORKDIR /src
    COPY . .
    RUN go build -ldflags "-s -w" -o /server .

    FROM gcr.io/distroless/base-debian12
    COPY --from=build /server /server
    USER 65532
    ENTRYPOINT ["/server"]
    -- go.mod --
    module example.com/app

    go 1.26
    -- main.go --
    package main

    import "net/http"

    func main() { http.ListenAndServe(":8080", nil) }
    -- says --
    Dockerfile:4: `go build` links /server to glibc, since golang:1.26 has cgo on and main.go:3 imports net/http: set `CGO_ENABLED=0`

Good:

    -- Dockerfile --
    FROM golang:1.26 AS build
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build -ldflags "-s -w" -o /server .

    FROM gcr.io/distroless/base-debian12
    COPY --from=build /server /server
    USER 65532
    ENTRYPOINT ["/server"]
    -- go.mod --
    module example.com/app

    go 1.26
    -- main.go --
    package main

    import "net/http"

    func main() { http.ListenAndServe(":8080", nil) }

Silent: without the option, and where it is not known how the program is linked.
"""

from __future__ import annotations

from hooks.facts.absence import Cause
from hooks.facts.places import found
from hooks.facts.starting import own

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import At
    from hooks.report.finding import Finding

ID = 'program-not-static'


def find(at: At) -> Iterator[Finding]:
    start = (own(at) or (None,))[0]
    program = start.entry.program if start else None
    if start is None or program is None:
        return
    # Imported late: not every program is asked for.
    from hooks.facts import linking

    linked = linking.linked(at, program)
    if linked is None:
        return
    place = linked.place
    golang = place.moments[place.at].base.reference
    asks = f'{linked.file}:{linked.line} {linked.what}' if linked.file else linked.what
    cure = 'link it with `-linkmode external -extldflags "-static"`' if linked.own else 'set `CGO_ENABLED=0`'
    cause = Cause(f', since {golang} has cgo on and {asks}', cure)
    fact = f'`{place.command}` links {start.path} to {linked.libc}'
    # That the loader is not there is another rule's to say.
    causes = ('start', str(at.line))
    yield found(at.build, place.line, ID, fact, cause, causes, says=False, by=place.call.by)

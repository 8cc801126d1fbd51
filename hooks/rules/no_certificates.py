"""The program calls https, and the image has no certificates (`--certificates`).

The build passes, the container starts; then the call says: `x509: certificate signed by unknown authority`. go takes the
certificates that it trusts from the system, and scratch has none; distroless and Alpine have.

Option: `--certificates`

Cure: copy the bundle of the image that builds, or import `golang.org/x/crypto/x509roots/fallback`.

Bad:

    -- Dockerfile --
    FROM golang:1.26 AS build
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build -o /server .

    FROM scratch
    COPY --from=build /server /server
    ENTRYPOINT ["/server"]
    -- go.mod --
    module example.com/app

    go 1.26
    -- main.go --
    package main

    import "net/http"

    func main() { http.Get("https://example.com/") }
    -- says --
    Dockerfile:7: x509: certificate signed by unknown authority when the program calls https://example.com/ (main.go:5), since scratch has no certificates: write `COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/`

Good:

    -- Dockerfile --
    FROM golang:1.26 AS build
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build -o /server .

    FROM scratch
    COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
    COPY --from=build /server /server
    ENTRYPOINT ["/server"]
    -- go.mod --
    module example.com/app

    go 1.26
    -- main.go --
    package main

    import "net/http"

    func main() { http.Get("https://example.com/") }

Silent: without the option; in other images than scratch; where SSL_CERT_FILE or SSL_CERT_DIR is set; for addresses that are
not literal, and for programs that choose their certificates (RootCAs, InsecureSkipVerify, a module of certificates).
"""

from __future__ import annotations

from hooks.facts.absence import Cause
from hooks.facts.places import found
from hooks.facts.starting import bringing, mentioning, started

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import At
    from hooks.report.finding import Finding

ID = 'no-certificates'


def find(at: At) -> Iterator[Finding]:
    start = started(at)
    program = start.entry.program if start else None
    if start is None or program is None or at.moment.base.reference != 'scratch':
        return
    place = mentioning(at, program, '"https://')
    if place is None:
        return
    # Imported late: not every program calls somebody.
    from hooks.facts import certificates

    call = certificates.called(place, program) if certificates.has_none(at) else None
    if call is None:
        return
    what = 'x509: certificate signed by unknown authority when the program calls'
    fact = f'{what} https://{call.value} ({call.file}:{call.line})'
    line, bundle = bringing(at, start), certificates.BUNDLE
    flags = next((dict(step.flags) for step in at.moment.stage.steps if step.line == line), {})
    cure = f'write `COPY --from={flags.get("from", "STAGE")} {bundle} {bundle.rpartition("/")[0]}/`'
    related = ((call.file, call.line, 'calls it'),)
    cause = Cause(', since scratch has no certificates', cure, related=related)
    yield found(at.build, line, ID, fact, cause, ('certificates', str(at.line)))

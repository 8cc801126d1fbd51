"""The program loads a time zone by its name, and the image has no time zones.

The build passes, the container starts; then `time.LoadLocation` says: `unknown time zone Europe/Berlin`. go finds zones in
/usr/share/zoneinfo, in its own folder, or in the program, where that imports `time/tzdata`. scratch and Alpine have none;
distroless images have. "UTC" and "Local" need none, "Etc/UTC" does.

Cure: build with `-tags timetzdata`, import `time/tzdata` in the main package, or bring the zones into the image.

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

    import "time"

    var berlin, err = time.LoadLocation("Europe/Berlin")

    func main() {}
    -- says --
    Dockerfile:7: unknown time zone Europe/Berlin when the program loads it (main.go:5), since scratch has no time zones: add `-tags timetzdata` in line 4, or copy /usr/share/zoneinfo

Good:

    -- Dockerfile --
    FROM golang:1.26 AS build
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build -tags timetzdata -o /server .

    FROM scratch
    COPY --from=build /server /server
    ENTRYPOINT ["/server"]
    -- go.mod --
    module example.com/app

    go 1.26
    -- main.go --
    package main

    import "time"

    var berlin, err = time.LoadLocation("Europe/Berlin")

    func main() {}

Silent: where a step may have brought zones, where ZONEINFO or GOROOT is set, for names that are not literal, where the
program makes do without the zone (`time.FixedZone`, `time.UTC`), and where it imports a module of which it is not
known that it does without `time/tzdata`.
"""

from __future__ import annotations

from hooks.facts import contents
from hooks.facts.absence import Cause
from hooks.facts.places import found
from hooks.facts.starting import bringing, mentioning, started

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import At
    from hooks.report.finding import Finding

ID = 'no-time-zones'
_ZONES = '/usr/share/zoneinfo'


def find(at: At) -> Iterator[Finding]:
    start = started(at)
    program = start.entry.program if start else None
    if start is None or program is None or not contents.lacks(at, _ZONES):
        return
    place = mentioning(at, program, 'LoadLocation("')
    if place is None:
        return
    # Imported late: few programs load a zone.
    from hooks.facts import zones

    literal = zones.missing(place, program) if zones.has_none(at) else None
    if literal is None:
        return
    fact = f'unknown time zone {literal.value} when the program loads it ({literal.file}:{literal.line})'
    base, line = at.moment.base.reference, place.line
    apk = 'run `apk add --no-cache tzdata`' if base.rpartition('/')[2].startswith('alpine') else ''
    cure = f'add `-tags timetzdata` in line {line}, or {apk or "copy /usr/share/zoneinfo"}'
    related = ((literal.file, literal.line, f'loads {literal.value}'),)
    cause = Cause(f', since {base} has no time zones', cure, related=related)
    yield found(at.build, bringing(at, start), ID, fact, cause, ('zones', str(at.line)))

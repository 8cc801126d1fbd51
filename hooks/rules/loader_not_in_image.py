"""The program that an image starts is linked to a C library whose loader is not in the image.

The build passes; the container does not start: `exec /server: no such file or directory`. What is missing is not the
program but what it asks for, `/lib64/ld-linux-x86-64.so.2` for one. With cgo on, which it is where a C compiler is
found, go links dynamically what imports net, os/user or C, and nearly every service imports net/http. Debian's golang
image has gcc and glibc; scratch and distroless/static have no C library, and Alpine has musl.

Cure: turn cgo off, or build on an image with the C library of the last one.

Bad:

    -- Dockerfile --
    FROM golang:1.26 AS build
    WORKDIR /src
    COPY . .
    RUN go build -o /server .

    FROM alpine:3.23
    COPY --from=build /server /server
    ENTRYPOINT ["/server"]
    -- go.mod --
    module example.com/app

    go 1.26
    -- main.go --
    package main

    import "net/http"

    func main() { http.ListenAndServe(":8080", nil) }
    -- says --
    Dockerfile:7: exec /server: no such file or directory when the container starts, since line 4 links it to glibc (golang:1.26 has cgo on, main.go:3 imports net/http) and alpine:3.23 has another C library: set `CGO_ENABLED=0` for line 4, or build from `golang:1.26-alpine`

Good:

    -- Dockerfile --
    FROM golang:1.26 AS build
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build -o /server .

    FROM alpine:3.23
    COPY --from=build /server /server
    ENTRYPOINT ["/server"]
    -- go.mod --
    module example.com/app

    go 1.26
    -- main.go --
    package main

    import "net/http"

    func main() { http.ListenAndServe(":8080", nil) }

Silent: where a step may have brought a loader (gcompat, libc6-compat, a COPY into /lib64), for other images, where the
source that is in the repository imports none of these, and where -ldflags is not known.
"""

from __future__ import annotations

from hooks.context.tree import ABSENT
from hooks.facts import linking
from hooks.facts.absence import Cause
from hooks.facts.places import found
from hooks.facts.starting import bringing, started
from hooks.replay import bases
from hooks.replay.systems import LOADERS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.linking import Linked
    from hooks.facts.places import At
    from hooks.report.finding import Finding

ID = 'loader-not-in-image'


def find(at: At) -> Iterator[Finding]:
    start = started(at)
    linked = linking.linked(at, start.entry.program) if start and start.entry.program else None
    if (
        start is None
        or linked is None
        or any(at.moment.view.look(path).kind != ABSENT for path in LOADERS[linked.libc])
    ):
        return
    exec_form = start.order.step.exec or start.order.words[0].split()[:1] == ['exec']
    says = f'exec {start.path}: no such file or directory' if exec_form else f'{start.word}: not found'
    fact, line = f'{says} when the container starts', bringing(at, start)
    yield found(at.build, line, ID, fact, _cause(at, linked), ('start', str(at.line)))


def _cause(at: At, linked: Linked) -> Cause:
    place, final = linked.place, at.moment.base.reference
    golang = place.moments[place.at].base.reference
    asks = f'{linked.file}:{linked.line} {linked.what}' if linked.file else linked.what
    other = any(at.moment.view.look(path).kind != ABSENT for paths in LOADERS.values() for path in paths)
    has = 'another C library' if other else 'no C library'
    why = f', since line {place.line} links it to {linked.libc} ({golang} has cgo on, {asks}) and {final} has {has}'
    related = [(at.build.dockerfile, place.line, 'links the program'), (at.build.dockerfile, at.line, 'starts it')]
    related += [(linked.file, linked.line, linked.what)] if linked.file else []
    return Cause(why, _cure(linked, golang, other), related=tuple(related))


def _cure(linked: Linked, golang: str, other: bool) -> str:
    line = linked.place.line
    same = _of_same(golang, linked.libc) if other else ''
    if linked.own:
        fitting = f'build from `{same}`' if same else f'start from an image with {linked.libc}'
        return f'link it statically (`-ldflags \'-linkmode external -extldflags "-static"\'`), or {fitting}'
    if linked.flag:
        return f'leave out `-{linked.flag}` in line {line}'
    return f'set `CGO_ENABLED=0` for line {line}' + (f', or build from `{same}`' if same else '')


def _of_same(golang: str, libc: str) -> str:
    """The image of Go on the C library of the other kind, as exact as it is now; '' for a digest."""
    path, tag = bases.split(golang)
    version = tag.partition('-')[0]
    if '@' in golang:
        return ''
    number = version if version[:1].isdecimal() else ''
    alpine = [number, 'alpine'] if libc == 'glibc' else [number]
    return f'{path}:{"-".join(filter(None, alpine))}' if any(alpine) else path

"""The program that an image starts is linked to a newer glibc than the image has.

The build passes; the container does not start: `version 'GLIBC_2.34' not found (required by /server)`. With cgo on, go
links what imports net, os/user or C to the glibc of the image that builds, and of a glibc from 2.34 on a program asks for
that version at least. The image of Go stands on Debian 12 since Go 1.21, and on Debian 13 since; Debian 11, Ubuntu 20.04
and their likes have an older one.

Cure: turn cgo off, or start from an image that is as new.

Bad:

    -- Dockerfile --
    FROM golang:1.24 AS build
    WORKDIR /src
    COPY . .
    RUN go build -o /server .

    FROM debian:bullseye-slim
    COPY --from=build /server /server
    ENTRYPOINT ["/server"]
    -- go.mod --
    module example.com/app

    go 1.24
    -- main.go --
    package main

    import "net/http"

    func main() { http.ListenAndServe(":8080", nil) }
    -- says --
    Dockerfile:7: GLIBC_2.34 not found (required by /server) when the container starts, since line 4 links it to a newer glibc (golang:1.24 has cgo on, main.go:3 imports net/http) than that of debian:bullseye-slim, which is 2.31: set `CGO_ENABLED=0` for line 4, or start from `debian:bookworm-slim`

Good:

    -- Dockerfile --
    FROM golang:1.24-bookworm AS build
    WORKDIR /src
    COPY . .
    RUN go build -o /server .

    FROM debian:bookworm-slim
    COPY --from=build /server /server
    ENTRYPOINT ["/server"]
    -- go.mod --
    module example.com/app

    go 1.24
    -- main.go --
    package main

    import "net/http"

    func main() { http.ListenAndServe(":8080", nil) }

Silent: where a COPY may have brought another glibc, for images whose release is not known, and between two releases that
are both newer, or older, than 2.34.
"""

from __future__ import annotations

from hooks.context.tree import FILE
from hooks.facts.absence import Cause
from hooks.facts.places import found
from hooks.facts.starting import bringing, started
from hooks.replay import bases, systems

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.linking import Linked
    from hooks.facts.places import At
    from hooks.facts.starting import Started
    from hooks.report.finding import Finding

ID = 'c-library-too-old'
# With this glibc the functions of threads moved: a program that is linked to it, or to a newer one, asks for it.
_MOVED = 34
_LIBRARIES = ('/lib', '/lib64', '/usr/lib', '/usr/lib64')
_NEWER = {'debian': 'bookworm', 'ubuntu': '22.04'}


def find(at: At) -> Iterator[Finding]:
    start = started(at)
    program, end = (start.entry.program if start else None), at.moment.end
    has = _of_image(at.moment.base.reference) if program else 0
    if start is None or program is None or end is None or not 0 < has < _MOVED or 'LD_LIBRARY_PATH' in end.env:
        return
    # Imported late: few images are that old.
    from hooks.facts import linking

    linked = linking.linked(at, program)
    if linked is None or linked.libc != 'glibc' or _of_go(linked) < _MOVED or _may_bring_another(at):
        return
    fact = f'GLIBC_2.{_MOVED} not found (required by {start.path}) when the container starts'
    yield found(at.build, bringing(at, start), ID, fact, _cause(at, start, linked, has), ('start', str(at.line)))


def _of_image(reference: str) -> int:
    path, tag = bases.split(reference)
    name = path.rpartition('/')[2]
    if '@' in reference:
        return 0
    return systems.distroless_glibc(path, tag) or (systems.glibc(name, tag) if bases.is_official(path, name) else 0)


def _of_go(linked: Linked) -> int:
    reference = linked.place.moments[linked.place.at].base.reference
    path, tag = bases.split(reference)
    if not bases.is_official(path) or '@' in reference:
        return 0
    return systems.glibc('golang', tag, bases.minor(bases.go_version(tag)) or 0)


def _may_bring_another(at: At) -> bool:
    """Whether a COPY into the last image may bring a C library."""
    for moment in at.moments:
        for source in moment.copies if moment.stage is at.moment.stage else ():
            files = all(source.tree.look(match).kind == FILE for match in source.matches or ())
            if source.target is None or source.target.startswith(_LIBRARIES) or (not source.target and not files):
                return True
    return False


def _cause(at: At, start: Started, linked: Linked, has: int) -> Cause:
    place, final = linked.place, at.moment.base.reference
    golang = place.moments[place.at].base.reference
    asks = f'{linked.file}:{linked.line} {linked.what}' if linked.file else linked.what
    why = (
        f', since line {place.line} links it to a newer glibc ({golang} has cgo on, {asks}) than that of {final}, '
        f'which is 2.{has}'
    )
    newer = _newer(final)
    image = f'start from `{newer}`' if newer else 'start from a newer image'
    cure = f'set `CGO_ENABLED=0` for line {place.line}, or {image}' if not linked.own and not linked.flag else image
    related = [(at.build.dockerfile, place.line, 'links the program'), (at.build.dockerfile, at.line, 'starts it')]
    related += [(linked.file, linked.line, linked.what)] if linked.file else []
    return Cause(why, cure, related=tuple(related))


def _newer(reference: str) -> str:
    """The same image of a newer release; '' where its name does not say how that is called."""
    path, tag = bases.split(reference)
    head, debian, release = path.rpartition('-debian')
    if debian and release.isdecimal():
        return f'{head}-debian12{f":{tag}" if tag else ""}'
    release, dash, rest = tag.partition('-')
    newer = _NEWER.get(path.rpartition('/')[2], '')
    return f'{path}:{newer}{dash}{rest}' if newer and rest in ('', 'slim') else ''

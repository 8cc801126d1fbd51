"""The image starts a program by a path at which there is none, while it holds the one that the build links.

The build passes; the container does not start: `exec: "/app/server": stat /app/server: no such file or directory`, or,
where the path is that of a folder, `exec: "/app": permission denied`. A `COPY --from=build /src/server /app` makes a file of
that name, unless there is a folder; `go build -o server` writes into a folder of that name; and a program without -o is
named like the folder of its package.

Cure: start it where it is.

Bad:

    -- Dockerfile --
    FROM golang:1.26 AS build
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build -o /out/server ./cmd/server

    FROM alpine:3.23
    WORKDIR /app
    COPY --from=build /out/server .
    ENTRYPOINT ["/server"]
    -- go.mod --
    module example.com/app

    go 1.26
    -- cmd/server/main.go --
    package main

    func main() {}
    -- says --
    Dockerfile:9: exec: "/server": stat /server: no such file or directory when the container starts, since the program is at /app/server: write `/app/server`

Good:

    -- Dockerfile --
    FROM golang:1.26 AS build
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build -o /out/server ./cmd/server

    FROM alpine:3.23
    WORKDIR /app
    COPY --from=build /out/server .
    ENTRYPOINT ["/app/server"]
    -- go.mod --
    module example.com/app

    go 1.26
    -- cmd/server/main.go --
    package main

    func main() {}

Silent: where no program of the build is in the image, behind a program that may have written another, for names that
are looked up in PATH, and where git ignores a file of that name, which may be made before the build.
"""

from __future__ import annotations

from hooks.context.tree import FOLDER
from hooks.facts import contents
from hooks.facts.absence import Cause
from hooks.facts.starting import started

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import At
    from hooks.facts.starting import Started
    from hooks.report.finding import Finding

ID = 'program-not-in-image'


def find(at: At) -> Iterator[Finding]:
    start = started(at)
    if start is None or start.entry.program:
        return
    fact = _fact(at, start)
    there = contents.programs(at) if fact else []
    if there:
        folder = f'{start.path} is a folder, and ' * (start.entry.kind == FOLDER)
        cause = Cause(f', since {folder}the program is at {" and ".join(there)}', f'write `{there[0]}`')
        yield at.finding(ID, f'{fact} when the container starts', cause, ('start', str(at.line)))


def _fact(at: At, start: Started) -> str:
    """What is said of the path where there is no file; '' where there may be one."""
    is_folder = start.entry.kind == FOLDER
    if not is_folder and not contents.lacks(at, start.path):
        return ''
    if not start.order.step.exec:
        return f'{start.word}: {"Permission denied" if is_folder else "not found"}'
    says = 'permission denied' if is_folder else f'stat {start.word}: no such file or directory'
    return f'exec: "{start.word}": {says}'

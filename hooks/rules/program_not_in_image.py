"""The image starts a program by a path at which there is none.

The build passes; the container does not start: `exec: "/app/server": stat /app/server: no such file or directory`, or,
where the path is that of a folder, `exec: "/app": permission denied`. A `COPY --from=build /src/server /app` makes a file of
that name, unless there is a folder; `go build -o server` writes into a folder of that name; a program without -o is
named like the folder of its package; and `go build -o /server` writes beside the folder that is copied.

Cure: start it where it is, or copy it there.

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

Silent: where no stage that the image is made from links a program, behind a program that may have written another, for
names that are looked up in PATH, for a path that a compose file mounts, and where git ignores a file of that name, which
may be made before the build.
"""

from __future__ import annotations

from hooks.context.paths import upwards
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
# What may stand between a colon and a path.
_QUOTES = str.maketrans('', '', ' "\'')


def find(at: At) -> Iterator[Finding]:
    start = started(at)
    if start is None or start.entry.program:
        return
    fact = _fact(at, start)
    cause = _cause(at, start) if fact and not _mounted(at, start.path) else None
    if cause:
        yield at.finding(ID, f'{fact} when the container starts', cause, ('start', str(at.line)))


def _cause(at: At, start: Started) -> Cause | None:
    """What there is instead: a file of that name, a program, or one in a stage that is copied from."""
    from hooks.facts import stages

    name = start.path.rpartition('/')[2]
    folder = f'{start.path} is a folder, and ' * (start.entry.kind == FOLDER)
    programs, alike = contents.programs(at), contents.named(at, name)
    if alike and alike[0] not in programs:
        return Cause(f', since {folder}{name} is at {alike[0]}', f'write `{alike[0]}`')
    if programs:
        there = [path for path in programs if path in alike] or programs
        return Cause(f', since {folder}the program is at {" and ".join(there)}', f'write `{there[0]}`')
    if folder:
        return None
    left = sorted(stages.left(at), key=lambda each: not each.path.endswith(f'/{name}'))
    return stages.uncopied(left[0], start.path) if left else None


def _mounted(at: At, path: str) -> bool:
    """Whether who declares the build may mount something there, or above."""
    texts = (at.build.repository.read(each.by) or '' for each in at.build.declared)
    bare = (text.translate(_QUOTES) for text in texts if 'volume' in text or 'mount' in text or ' -v' in text)
    return any(f':{above}' in text for text in bare for above in (path, *upwards(path)) if above)


def _fact(at: At, start: Started) -> str:
    """What is said of the path where there is no file; '' where there may be one."""
    is_folder = start.entry.kind == FOLDER
    if not is_folder and not contents.lacks(at, start.path):
        return ''
    if not start.order.step.exec:
        return f'{start.word}: {"Permission denied" if is_folder else "not found"}'
    says = 'permission denied' if is_folder else f'stat {start.word}: no such file or directory'
    return f'exec: "{start.word}": {says}'

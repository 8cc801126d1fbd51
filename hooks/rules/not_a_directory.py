"""A COPY, ADD or WORKDIR goes into what is a file by then, or puts a file where a folder is.

The builders say: `mkdir /app: not a directory`, or `cannot copy to non-directory: /app`; of a folder in the way BuildKit
alone says `cannot replace to directory /app/server with file`. Mostly a step before copies the program to `/app`, which
makes a file of that name where there is no such folder yet.

Cure: a slash behind the target that is to be a folder, or another path.

Bad:

    -- Dockerfile --
    FROM golang:1.23 AS build
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build -o /server .
    FROM alpine:3.20
    COPY --from=build /server /app
    COPY --from=build /src/static /app/static
    -- go.mod --
    module example.com/app

    go 1.23
    -- main.go --
    package main

    func main() {}
    -- static/index.html --
    -- says --
    Dockerfile:7: mkdir /app: not a directory, since line 6 copies a file to /app: write `/app/` there

Good:

    -- Dockerfile --
    FROM golang:1.23 AS build
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build -o /server .
    FROM alpine:3.20
    COPY --from=build /server /app/
    COPY --from=build /src/static /app/static
    -- go.mod --
    module example.com/app

    go 1.23
    -- main.go --
    package main

    func main() {}
    -- static/index.html --

Silent: where it is not known what lies at the target, and for a Dockerfile that builds no Go.
"""

from __future__ import annotations

from hooks.context.paths import upwards
from hooks.context.tree import FILE, FOLDER
from hooks.facts.absence import Cause
from hooks.replay.copying import ARCHIVES, is_folder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import At
    from hooks.replay.copying import Source
    from hooks.report.finding import Finding

ID = 'not-a-directory'


def find(at: At) -> Iterator[Finding]:
    step = at.moment.step
    if step.name == 'WORKDIR':
        clash = _file(at, at.moment.workdir or '', inside=True)
    elif step.name in ('COPY', 'ADD') and 'parents' not in dict(step.flags):
        into = is_folder(step.args[-1])
        sources = (source for source in at.moment.copies if source.target and source.matches)
        clash = next(filter(None, (_clash(at, source, into) for source in sources)), None)
    else:
        return
    if clash and any(moment.call or moment.go for moment in at.moments):
        yield at.finding(ID, *clash, ('directory', clash[0]), says=False)


def _clash(at: At, source: Source, into: bool) -> tuple[str, Cause] | None:
    """What the builder says of a source, and why; None where it copies it."""
    look, target = at.moment.view.look, source.target or ''
    kinds = {source.tree.look(match).kind for match in source.matches or ()}
    file = _file(at, target, inside=into or FOLDER in kinds, says='mkdir' if into else 'cannot copy to non-directory:')
    if file or kinds != {FILE} or not (into or look(target).kind == FOLDER):
        return file
    paths = (f'{target}/{match.rpartition("/")[2]}' for match in source.matches or () if not match.endswith(ARCHIVES))
    folder = next((path for path in paths if look(path).kind == FOLDER), '')
    cause = Cause(', since that is a folder', 'copy it to another path')
    return (f'cannot replace to directory {folder} with file', cause) if folder else None


def _file(at: At, path: str, inside: bool, says: str = 'mkdir') -> tuple[str, Cause] | None:
    """What the builder says of a path that is to be a folder, if `inside`, and of those above it; which are files."""
    file = next((each for each in (path, *upwards(path)) if at.moment.view.look(each).kind == FILE), '')
    if not file or (file == path and not inside):
        return None
    steps = (moment for moment in at.moments[: at.at] if moment.stage is at.moment.stage)
    line = next((m.step.line for m in steps if any(source.target == file for source in m.copies)), 0)
    why = f', since line {line} copies a file to {file}' if line else f', since {file} is a file by then'
    words = f'{says} {file}' if says != 'mkdir' and file == path else f'mkdir {file}: not a directory'
    return words, Cause(why, f'write `{file}/` there' if line else 'correct the path')

"""What the image starts cannot be executed: an archive, since the package is not main, or a file without that right.

The build passes; the container does not start: `exec: "/server": permission denied`. `go build -o FILE` of a package that
is not named main writes a library of it, which nothing can execute; and `COPY --chmod=644` takes the right away that go
gave. A script that git keeps without the executable bit comes without it, too.

Cure: build the package of the program, leave out the --chmod, or commit the bit.

Bad:

    -- Dockerfile --
    FROM golang:1.26 AS build
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build -o /server ./internal/server

    FROM alpine:3.23
    COPY --from=build /server /server
    ENTRYPOINT ["/server"]
    -- go.mod --
    module example.com/app

    go 1.26
    -- main.go --
    package main

    import "example.com/app/internal/server"

    func main() { server.Serve() }
    -- internal/server/server.go --
    package server

    func Serve() {}
    -- says --
    Dockerfile:8: exec: "/server": permission denied when the container starts, since line 4 builds ./internal/server, which is package server and not main: build the package of a program in line 4

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

    import "example.com/app/internal/server"

    func main() { server.Serve() }
    -- internal/server/server.go --
    package server

    func Serve() {}

Silent: where the files of the package are not all known, and where a step may change the rights.
"""

from __future__ import annotations

from hooks.context.paths import typed
from hooks.context.tree import ABSENT
from hooks.facts.absence import Cause
from hooks.facts.starting import bringing, mounted, started
from hooks.replay.scripts import LOOSENED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.context.tree import Program
    from hooks.facts.places import At
    from hooks.facts.starting import Started
    from hooks.report.finding import Finding

ID = 'program-not-executable'


def find(at: At) -> Iterator[Finding]:
    start = started(at)
    if start is None:
        return
    if start.entry.program:
        cause = _library(at, start.entry.program) or _mode(at, bringing(at, start))
    else:
        cause = _bit(at, start) if start.script else None
    if cause:
        said = (
            f'exec: "{start.word}": permission denied' if start.order.step.exec else f'{start.word}: Permission denied'
        )
        yield at.finding(ID, f'{said} when the container starts', cause, ('start', str(at.line)))


def _library(at: At, program: Program) -> Cause | None:
    """The package that it is built from is known, and is no main package."""
    moment = next((moment for moment in at.moments if moment.call is program.call), None)
    if moment is None or moment.call is None or moment.call.command.flags.get('buildmode', '') not in ('', 'default'):
        return None
    # Imported late: few images start what go writes, and nearly all of these a main package.
    from hooks.facts.places import At, place
    from hooks.module import outputs

    here = place(At(at.build, at.moments, at.moments.index(moment)))
    run = here.invocation if here else None
    name = outputs.package(run._replace(command=run.command._replace(args=program.args))) if run else None
    if name in (None, 'main'):
        return None
    line = moment.step.line
    why = f', since line {line} builds {program.args[0]}, which is package {name} and not main'
    return Cause(
        why,
        f'build the package of a program in line {line}',
        related=((at.build.dockerfile, line, 'builds it'),),
    )


def _bit(at: At, start: Started) -> Cause | None:
    """A script is as git keeps it, and no step has changed its rights."""
    repository, path = at.build.repository, start.entry.origin
    if 'chmod' in (repository.read(at.build.dockerfile) or 'chmod') or at.moment.view.look(LOOSENED).kind != ABSENT:
        return None
    if not any(moment.call or moment.go for moment in at.moments) or mounted(at, start.path):
        return None
    if repository.is_executable(path) is not False:
        return None
    why = f', since git keeps {path} without the executable bit'
    return Cause(why, f'run `git update-index --chmod=+x {typed(path)}`')


def _mode(at: At, line: int) -> Cause | None:
    """The COPY that brings it sets a mode without the right to execute, and no RUN comes after it."""
    steps = at.moment.stage.steps
    step = next((step for step in steps if step.line == line), None)
    mode = dict(step.flags).get('chmod', '') if step else ''
    if step is None or any(each.name == 'RUN' and each.line > line for each in steps):
        return None
    plain = len(mode) in (3, 4) and set(mode) <= set('01234567')
    if not plain or any(int(digit) % 2 for digit in mode[-3:]):
        return None
    return Cause(f', since line {line} copies it with --chmod={mode}', f'write `--chmod={mode[:-3]}755`')

"""`go work use`, `edit`, `sync` or `vendor` without a go.work, or one that is told of a folder which is not there.

go says: `go: no go.work file found (run 'go work init' first or specify path using GOWORK environment variable)`. Of a
folder that no step has copied yet `go work init ./lib` and `go work use ./lib` say: `go: directory lib does not exist`.

Cure: run `go work init` first; copy the folder first.

Bad:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY api api
    RUN go work use ./api
    RUN go build -o /server ./api
    -- api/go.mod --
    module example.com/api

    go 1.23
    -- api/main.go --
    package main

    func main() {}
    -- says --
    Dockerfile:4: no go.work file found at `go work use` in /app: run `go work init` first

Good:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY api api
    RUN go work init ./api
    RUN go build -o /server ./api
    -- api/go.mod --
    module example.com/api

    go 1.23
    -- api/main.go --
    package main

    func main() {}

Silent: of `-r`, and where it is not known what lies there.
"""

from __future__ import annotations

from hooks.context.paths import normal
from hooks.context.tree import ABSENT
from hooks.facts import absence, places
from hooks.facts.absence import Cause
from hooks.facts.places import FIRST_MEASURED
from hooks.module import modules
from hooks.shell import has_glob

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import Place
    from hooks.report.finding import Finding

ID = 'no-go-work'
_CHANGES = ('work use', 'work edit', 'work sync', 'work vendor')


def find(place: Place) -> Iterator[Finding]:
    command, view = place.command, place.view
    if place.minor < FIRST_MEASURED or command.name not in ('work init', *_CHANGES):
        return
    if command.name != 'work init' and modules.work_file(view, place.cwd, place.call.shell.env)[1].kind == ABSENT:
        if command.name == 'work edit' and command.args:
            # It names its file.
            return
        off = place.call.shell.env.get('GOWORK', '') == 'off'
        cause = Cause(', since workspaces are off', 'leave `GOWORK=off` out') if off else None
        fact = f'no go.work file found at `{command}` in {place.cwd or "/"}'
        yield place.finding(ID, fact, cause or Cause('', 'run `go work init` first'), ('no work', place.cwd))
        return
    for arg in command.args if command.name in ('work init', 'work use') and 'r' not in command.flags else ():
        folder = normal(arg or '', place.cwd)
        gone = arg and not has_glob(arg) and view.look(folder).kind == ABSENT
        for cause, _ in _why_not_there(place, folder) if gone and not places.is_settable(place, arg or '') else ():
            yield place.finding(ID, f'directory {arg} does not exist at `{command}`', cause, ('work', folder))
            return


def _why_not_there(place: Place, folder: str) -> Iterator[tuple[Cause, list[str]]]:
    """Why a folder is not in the image; nothing where it may be made before the build, or is not of the context."""
    below = place.cwd + '/'
    paths = (f'{below}{name}{file}' for name in place.view.some_names(place.cwd) for file in ('', '/go.mod'))
    origins = ((path[len(below) :], place.view.look(path).origin) for path in paths)
    top = next((origin[: -len(path)] for path, origin in origins if origin and origin.endswith(path)), None)
    if top is not None and folder.startswith(below):
        yield from absence.of_folders(place.build, f'{top}go.work', [folder[len(below) :]], mod=False)

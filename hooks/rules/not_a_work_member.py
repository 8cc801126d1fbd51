"""A go command builds a module that the go.work in force does not use.

go says: `current directory is contained in a module that is not one of the workspace modules listed in go.work`, or of
`./...`: `directory prefix . does not contain modules listed in go.work`. In a folder below a go.work, only the modules
that it uses are there.

Cure: add the module to go.work, or set GOWORK=off.

Bad:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN cd tool && go build -o /tool .
    -- go.work --
    go 1.23

    use ./svc
    -- svc/go.mod --
    module example.com/svc

    go 1.23
    -- tool/go.mod --
    module example.com/tool

    go 1.23
    -- tool/main.go --
    package main

    func main() {}
    -- says --
    Dockerfile:4: tool is contained in a module that is not one of the workspace modules listed in go.work at `go build`: add `use ./tool` to go.work, or set `GOWORK=off`

Good:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN cd tool && GOWORK=off go build -o /tool .
    -- go.work --
    go 1.23

    use ./svc
    -- svc/go.mod --
    module example.com/svc

    go 1.23
    -- tool/go.mod --
    module example.com/tool

    go 1.23
    -- tool/main.go --
    package main

    func main() {}

Silent: for Go files that are named themselves, packages by their import path, and where the go.work is not known.
"""

from __future__ import annotations

from hooks.context.paths import normal
from hooks.context.tree import FILE
from hooks.facts import reading
from hooks.facts.absence import Cause
from hooks.golang.commands import BUILDS
from hooks.module import modules
from hooks.module.packages import is_source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import Place
    from hooks.facts.reading import Workspace
    from hooks.report.finding import Finding

ID = 'not-a-work-member'
_PACKAGES = (BUILDS | {'list'}) - {'mod vendor'}


def find(place: Place) -> Iterator[Finding]:
    command = place.command
    if command.name not in _PACKAGES or command.versioned or not {'e', 'm'}.isdisjoint(command.flags):
        return
    here = reading.workspace(place)
    if here is None or any(member.entry.kind != FILE for member in here.members):
        # At one that is missing, go stops before.
        return
    args = (command.args[:1] if command.name == 'run' else command.args) or ('.',)
    folder = next((lost for arg in args if (lost := _outside(place, here, arg))), '')
    if folder:
        below = here.folder + '/'
        name = f'./{folder[len(below) :]}' if folder.startswith(below) else folder
        words = 'is contained in a module that is not one of the workspace modules listed in go.work'
        fact = f'{name.removeprefix("./")} {words} at `{command}`'
        cause = Cause(
            '', f'add `use {name}` to {here.origin}, or set `GOWORK=off`', related=((here.origin, 1, 'go.work'),)
        )
        yield place.finding(ID, fact, cause, ('work', here.origin, folder))


def _outside(place: Place, here: Workspace, arg: str | None) -> str:
    """The folder of the module that an argument lies in, where go.work does not use it; '' else.

    Of a folder that has no Go file go says that, and not this.
    """
    path, dots, rest = (arg or '').partition('...')
    if not path.startswith(('.', '/')) or rest or path.endswith('.go') or any(char in path for char in '*?[$'):
        return ''
    named = normal(path, place.cwd)
    folder, entry = modules.find_up(place.view, named, 'go.mod')
    used = {member.folder for member in here.members}
    if entry.kind != FILE or folder in used or (dots and (named != folder or _above(folder, used))):
        return ''
    if not dots and not any(is_source(name) for name in place.view.some_names(named)):
        return ''
    return folder


def _above(folder: str, used: set[str]) -> bool:
    """Whether a pattern finds a module below the folder, which go.work uses."""
    return any(each.startswith(folder + '/') for each in used)

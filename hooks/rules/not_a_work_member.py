"""A go command builds a module that the go.work in force does not use.

go says: `current directory is contained in a module that is not one of the workspace modules listed in go.work`. In a
folder below a go.work, only the modules that it uses are there. Of `./...` it says `directory prefix . does not contain
modules listed in go.work or their selected dependencies`, also at the top of a workspace whose modules lie below: a
pattern begins in a module. Of a go.work that uses none: `no modules were found in the current workspace`.

Cure: add the module to go.work, or set GOWORK=off; name the modules, as in `./api/... ./lib/...`.

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

from hooks.context.paths import normal, within
from hooks.context.tree import FILE, FOLDER, UNKNOWN
from hooks.facts import reading
from hooks.facts.absence import Cause
from hooks.golang.commands import BUILDS
from hooks.module import modules, needed
from hooks.module.packages import is_source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import Place
    from hooks.facts.reading import Workspace
    from hooks.report.finding import Finding

ID = 'not-a-work-member'
_PACKAGES = (BUILDS | {'list', 'generate'}) - {'mod vendor'}
# What go knows without go.mod: its own packages.
_APART = ('/usr/local/go', '/go/pkg')


def find(place: Place) -> Iterator[Finding]:
    command = place.command
    if command.name not in _PACKAGES or command.versioned or not {'e', 'm'}.isdisjoint(command.flags):
        return
    here = reading.workspace(place) if reading.loads_members(place) else None
    if here is None or any(member.entry.kind != FILE for member in here.members):
        # At one that is missing, go stops before.
        return
    args = (command.args[:1] if command.name == 'run' else command.args) or ('.',)
    found = (_nowhere(place, here, arg) if '...' in (arg or '') else _outside(place, here, arg) for arg in args)
    said = next(filter(None, found), None) if here.members else _empty(here)
    if said:
        fact, cause = said
        yield place.finding(ID, f'{fact} at `{command}`', cause, ('work', here.origin, fact))


def _empty(here: Workspace) -> tuple[str, Cause]:
    return 'no modules were found in the current workspace', _lists(here, '.')


def _lists(here: Workspace, folder: str) -> Cause:
    """A go.work that lists a folder, too."""
    related = ((here.origin, 1, 'go.work'),) if here.origin else ()
    cure = f'add `use {folder}` to {here.origin}' if here.origin else f'run `go work use {folder}` before'
    return Cause('', f'{cure}, or set `GOWORK=off`', related=related)


def _named(here: Workspace, folder: str) -> str:
    """A folder as go.work would name it."""
    below = here.folder + '/'
    return f'./{folder[len(below) :]}' if folder.startswith(below) else folder


def _outside(place: Place, here: Workspace, arg: str | None) -> tuple[str, Cause] | None:
    """That a package lies in a module which go.work does not use; of a folder without a Go file go says only that."""
    path = arg or ''
    if not path.startswith(('.', '/')) or path.endswith('.go') or any(char in path for char in '*?[$'):
        return None
    named = normal(path, place.cwd)
    folder, entry = modules.find_up(place.view, named, 'go.mod')
    if entry.kind != FILE or folder in {member.folder for member in here.members} or place.command.name == 'generate':
        return None
    if not any(is_source(name) for name in place.view.some_names(named)):
        return None
    name = _named(here, folder)
    words = 'is contained in a module that is not one of the workspace modules listed in go.work'
    return f'{name.removeprefix("./")} {words}', _lists(here, name)


def _nowhere(place: Place, here: Workspace, arg: str | None) -> tuple[str, Cause] | None:
    """That the folder of a pattern lies in no module which go.work uses, whatever lies below."""
    path, _, rest = (arg or '').partition('...')
    above = path.rpartition('/')[0] or '.'
    folder = normal(above, place.cwd)
    if not path.startswith(('.', '/')) or rest or any(char in path for char in '*?[$') or _is_apart(folder):
        return None
    top, entry = modules.find_up(place.view, folder, 'go.mod')
    uses = [member.folder for member in here.members]
    if place.command.name == 'generate' and place.minor < needed.FIRST_GENERATE:
        return None
    if entry.kind == UNKNOWN or (entry.kind == FILE and top in uses) or place.view.look(folder).kind != FOLDER:
        return None
    below = next((each for each in uses if each.startswith(folder + '/')), '')
    cause = _lists(here, _named(here, top if entry.kind == FILE else folder))
    if below:
        cause = Cause('', f'name the modules themselves, as in `./{below[len(folder) + 1 :]}/...`')
    fact = f'directory prefix {above} does not contain modules listed in go.work or their selected dependencies'
    return f'pattern {arg}: {fact}', cause


def _is_apart(folder: str) -> bool:
    return any(within(folder, each) for each in _APART)

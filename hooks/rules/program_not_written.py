"""`go build` has nowhere to write its program: `-o` names a file for several packages, or something is in its way.

go says: `cannot write multiple packages to non-directory app`; without -o, where a folder is called like the program:
`build output "api" already exists and is a directory`; `no main packages to build`, where -o names a folder and none of
the packages is a program; `build output "app" already exists and is not an object file`; and in a bind mount, which
cannot be written unless it says so, `open app: read-only file system`.

Cure: name the package of the program; write a slash behind what is to be a folder; or another name with -o, in no mount.

Bad:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go build -o /server ./...
    -- go.mod --
    module example.com/app

    go 1.23
    -- cmd/server/main.go --
    package main

    func main() {}
    -- store/store.go --
    package store
    -- says --
    Dockerfile:4: cannot write multiple packages to non-directory /server at `go build`: write `./cmd/server` for `./...`

Good:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go build -o /server ./cmd/server
    -- go.mod --
    module example.com/app

    go 1.23
    -- cmd/server/main.go --
    package main

    func main() {}
    -- store/store.go --
    package store

Silent: where it is not known what lies there, or which packages are built; with a -buildmode.
"""

from __future__ import annotations

from hooks.context.paths import normal
from hooks.context.tree import ABSENT, FILE, FOLDER
from hooks.facts.absence import Cause
from hooks.facts.places import is_moot, is_settable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import Place
    from hooks.module.outputs import Program
    from hooks.report.finding import Finding

ID = 'program-not-written'


def find(place: Place) -> Iterator[Finding]:
    command = place.command
    if command.name != 'build' or not {'n', 'buildmode', 'i'}.isdisjoint(command.flags) or place.minor < 16:
        return
    out = command.flags.get('o', '')
    if out is None or (out and is_settable(place, out)):
        return
    name = _in_mount(place) if place.view.mounts else ''
    if name and not is_moot(place):
        fact, cure = f'open {name}: read-only file system', 'write `-o` with a name outside of the mount'
        cause = Cause(', since a bind mount cannot be written', cure)
        yield place.finding(ID, f'{fact} at `{command}`', cause, ('output', str(place.line), fact))
        return
    one = len(command.args) < 2 and not any(arg is None or '...' in arg for arg in command.args)
    if out and not out.endswith('/') and one and place.view.look(normal(out, place.cwd)).kind != FOLDER:
        # Nearly every build writes one program to a file.
        return
    found = _of_packages(place, out)
    if found and not is_moot(place):
        fact, cure = found
        yield place.finding(ID, f'{fact} at `{command}`', Cause('', cure), ('output', str(place.line), fact))


def _in_mount(place: Place) -> str:
    """The name of a program that goes into a mount which cannot be written; '' for none."""
    # Imported late: few steps build in a mount.
    from hooks.facts import mounts
    from hooks.module import outputs

    paths = [output.path for output in outputs.outputs(place.invocation).files]
    closed = next((path for path in paths if mounts.is_closed(place, path)), '')
    return closed.removeprefix(f'{place.cwd}/')


def _of_packages(place: Place, out: str) -> tuple[str, str] | None:
    # Imported late: nearly every build names the file of its one program.
    from hooks.module import outputs

    programs = outputs.programs(place.invocation)
    if not programs or (out and normal(out, place.cwd) == '/dev/null'):
        return None
    target = normal(out, place.cwd)
    kind = place.view.look(target).kind
    if out.endswith('/') or (out and kind == FOLDER):
        if all(each.main is False for each in programs):
            return 'no main packages to build', 'name the package of a program'
        return None
    if out:
        sure = [each for each in programs if each.main is not None]
        several = len(sure) > 1 and kind in (ABSENT, FILE)
        return (
            (f'cannot write multiple packages to non-directory {out}', _one(place, out, programs)) if several else None
        )
    if len(programs) == 1 and programs[0].main and place.view.look(f'{place.cwd}/{programs[0].name}').kind == FOLDER:
        name = programs[0].name
        cure = 'write `-o` with another name, or with a folder, as in `-o bin/`'
        return f'build output "{name}" already exists and is a directory', cure
    return None


def _one(place: Place, out: str, programs: list[Program]) -> str:
    """What to write instead of several packages."""
    # Imported late, as above.
    from hooks.facts import whereabouts

    mains = [each for each in programs if each.main is not False]
    if len(mains) != 1:
        return f'write `-o {out}/` for a folder of programs, or name one package'
    args = ' '.join(word for word in place.command.args if word)
    return f'write `{whereabouts.written(mains[0].args[0], place.cwd)}` for `{args}`'

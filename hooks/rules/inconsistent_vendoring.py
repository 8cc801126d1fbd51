"""vendor/modules.txt is not there, or says something else than go.mod.

go says: `inconsistent vendoring in /app`. With a vendor folder (or `-mod=vendor`) go takes all packages from it, and
first compares vendor/modules.txt with go.mod. The image lacks it, since an ignore file hides it or no step copies it;
or it was not made again after go.mod changed.

Cure: run `go mod vendor` and commit vendor, or let the image have it.

Bad:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go build -mod=vendor -o /server .
    -- go.mod --
    module example.com/app

    go 1.23

    require example.com/dep v1.0.0
    -- main.go --
    package main

    import _ "example.com/dep"

    func main() {}
    -- vendor/modules.txt --
    # example.com/dep v1.0.0
    ## explicit
    example.com/dep
    -- vendor/example.com/dep/dep.go --
    package dep
    -- .dockerignore --
    vendor
    -- says --
    Dockerfile:4: inconsistent vendoring at `go build`, for lack of vendor/modules.txt in the image, since .dockerignore:1 (`vendor`) hides it: add `!vendor/**` at the end of .dockerignore

Good:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go build -mod=vendor -o /server .
    -- go.mod --
    module example.com/app

    go 1.23

    require example.com/dep v1.0.0
    -- main.go --
    package main

    import _ "example.com/dep"

    func main() {}
    -- vendor/modules.txt --
    # example.com/dep v1.0.0
    ## explicit
    example.com/dep
    -- vendor/example.com/dep/dep.go --
    package dep

Silent: where git ignores vendor/ and no step downloads modules: somebody vendors before the build.
"""

from __future__ import annotations

from hooks.context.paths import in_folder
from hooks.context.tree import ABSENT, FILE
from hooks.facts import absence
from hooks.facts.absence import Cause
from hooks.module import modules, needed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import Place
    from hooks.module.modules import Module
    from hooks.report.finding import Finding


ID = 'inconsistent-vendoring'
# Go 1.22 is the first that vendors a workspace.
FIRST_WORK_VENDOR = 22


def find(place: Place) -> Iterator[Finding]:
    module = place.module
    if module is None or module.mod is None or place.command.name not in needed.VENDOR or place.command.versioned:
        return
    # To clean a cache takes no packages.
    if place.command.name == 'clean' and any(flag.endswith('cache') for flag in place.command.flags):
        return
    if place.workspace:
        yield from _of_workspace(place, module)
    if place.workspace is not False or not place.vendored:
        return
    file = place.view.look(module.folder + '/vendor/modules.txt')
    text = place.repository.read(file.origin) if file.origin else None
    if file.kind != ABSENT and text is None:
        return
    from hooks.golang import vendoring

    lines = vendoring.inconsistencies(module.mod, text)
    cause = _why_inconsistent(place, module.origin) if lines and not _changed(place, module.origin) else None
    if cause:
        more = f' (and {len(lines) - 1} more)' if len(lines) > 1 else ''
        lack = f', since {lines[0]}{more}' if text is not None else ', for lack of vendor/modules.txt in the image'
        fact = f'inconsistent vendoring at `{place.command}`'
        yield place.finding(ID, fact, cause._replace(why=lack + cause.why), ('vendor', module.origin))


def _of_workspace(place: Place, module: Module) -> Iterator[Finding]:
    """`-mod=vendor` reads the vendor/ beside go.work, which `go work vendor` writes."""
    folder, entry = modules.work_file(place.view, place.cwd, place.call.shell.env)
    if place.command.flags.get('mod') != 'vendor' or place.minor < FIRST_WORK_VENDOR or not entry.origin:
        return
    beside = entry.origin.removesuffix('go.work') + 'vendor/modules.txt'
    unclear = beside in place.repository.files or place.repository.generated(beside)
    # What a member provides is no vendored module; members mostly share the start of their paths.
    family = _family(module.mod.module) if module.mod else []
    wanted = [each for each in (module.mod.require if module.mod else ()) if _family(each.path) != family]
    if unclear or not wanted or place.view.look(f'{folder}/vendor/modules.txt').kind != ABSENT:
        return
    why = f', since {entry.origin} is in force and no vendor/modules.txt lies beside it'
    cause = Cause(why, 'run `go work vendor` and commit vendor, or set `GOWORK=off`')
    yield place.finding(ID, f'inconsistent vendoring at `{place.command}`', cause, ('vendor', entry.origin))


def _family(path: str) -> list[str]:
    return path.split('/')[:2]


def _why_inconsistent(place: Place, origin: str) -> Cause | None:
    repository, folder = place.repository, origin.rpartition('/')[0]
    path = f'{folder}/vendor/modules.txt'.lstrip('/')
    again = Cause('', f'run `go mod vendor`{in_folder(folder)} and commit vendor')
    if place.view.look(f'{place.module.folder if place.module else ""}/vendor/modules.txt').kind == FILE:
        return again
    if path in repository.files:
        cause = absence.tracked(place.build, path, 'copy it first', path.replace('/modules.txt', '/**'))
        return cause and cause._replace(why=cause.why.replace('{them}', 'vendor'))
    return None if repository.generated(path) else absence.out_of_git(repository, path) or again


def _changed(place: Place, origin: str) -> bool:
    """Whether a command before may have changed go.mod or vendor/."""
    calls = (moment.call for moment in place.moments[: place.at])
    changing = ('mod tidy', 'mod vendor', 'get')
    names = {call.command.name for call in calls if call and call.shell.cwd is not None}
    return not names.isdisjoint(changing)

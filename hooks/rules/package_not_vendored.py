"""go takes all packages from vendor/, and one that is imported is not there.

go says: `cannot find module providing package example.com/dep: import lookup disabled by -mod=vendor`. An ignore file or
a line of a .gitignore that means something else (`build/`, `docs`) keeps the folder of a vendored package away; or there
is no vendor/ at all, and go.mod is so old (go 1.13, or no go line) that go does not compare them.

Cure: let that line leave vendor/ alone; or run `go mod vendor`, and commit what it writes.

Bad:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go build -o /server .
    -- .dockerignore --
    **/docs
    -- go.mod --
    module example.com/app

    go 1.23

    require example.com/dep v1.0.0
    -- main.go --
    package main

    import _ "example.com/dep/docs"

    func main() {}
    -- vendor/modules.txt --
    # example.com/dep v1.0.0
    ## explicit
    example.com/dep/docs
    -- vendor/example.com/dep/docs/docs.go --
    package docs
    -- says --
    Dockerfile:4: cannot find module providing package example.com/dep/docs: import lookup disabled by -mod=vendor at `go build`, since .dockerignore:1 (`**/docs`) hides it (imported by main.go:3): add `!vendor/example.com/dep/docs/**` at the end of .dockerignore

Good:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go build -o /server .
    -- .dockerignore --
    docs
    -- go.mod --
    module example.com/app

    go 1.23

    require example.com/dep v1.0.0
    -- main.go --
    package main

    import _ "example.com/dep/docs"

    func main() {}
    -- vendor/modules.txt --
    # example.com/dep v1.0.0
    ## explicit
    example.com/dep/docs
    -- vendor/example.com/dep/docs/docs.go --
    package docs

Silent: where git ignores vendor/ as a whole: somebody vendors before the build; in a workspace; and where a step before
may have changed vendor/.
"""

from __future__ import annotations

from hooks.context.paths import in_folder
from hooks.context.tree import FILE, FOLDER
from hooks.facts import absence
from hooks.facts.absence import Cause
from hooks.golang import gofiles
from hooks.golang.commands import BUILDS
from hooks.module import needed
from hooks.module.packages import Modules, Packages

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import Place
    from hooks.module.modules import Module
    from hooks.module.packages import Import
    from hooks.report.finding import Finding

ID = 'package-not-vendored'
# Before Go 1.16 a build looked elsewhere.
FIRST_STRICT = 16


def find(place: Place) -> Iterator[Finding]:
    module, command = place.module, place.command
    if module is None or module.mod is None or place.minor < FIRST_STRICT or not module.mod.module:
        return
    if command.name not in BUILDS - needed.ONE_MODULE or command.versioned or 'e' in command.flags:
        return
    if not place.vendored or place.workspace is not False or not module.origin:
        return
    by = _lost(place, module) if _may_lack(place, module) else None
    cause = _why(place, module, by.path) if by else None
    if by and cause:
        line = _line(place, by)
        fact = f'cannot find module providing package {by.path}: import lookup disabled by -mod=vendor at `{command}`'
        why = f'{cause.why} (imported by {line})'
        yield place.finding(ID, fact, cause._replace(why=why), ('vendor', module.origin))


def _may_lack(place: Place, module: Module) -> bool:
    """A look at what vendor/ has by its own list, and at what the module itself imports: its files are not read."""
    entry = place.view.look(f'{module.folder}/vendor/modules.txt')
    text = entry.read(place.repository) if entry.kind == FILE else ''
    listed = (line for line in (text or '').split('\n') if line.strip() and not line.startswith('#'))
    imported = (each.path for each in needed.packages(place.invocation).imports.values() if each.sure)
    paths = (*listed, *(path for path in imported if not gofiles.is_standard(path)))
    return any(_has(place, module, path.strip()) is False for path in paths)


def _has(place: Place, module: Module, path: str) -> bool | None:
    """Whether vendor/ has a package; None where nobody knows."""
    names = place.view.names(f'{module.folder}/vendor/{path}')
    return None if names is None else any(name.endswith('.go') for name in names)


def _lost(place: Place, module: Module) -> Import | None:
    """The first import that is surely built, and that vendor/ surely has not."""
    assert module.mod
    run, vendor = place.invocation, f'{module.folder}/vendor'
    modules = Modules({module.mod.module: module.folder}, vendor=vendor, mains=(module,))
    found = Packages(run.repository, run.tree, modules, needed.target(run.command, run.env, run.minor))
    found.load(run.command, run.folder, module.folder)
    for each in (*found.imports.values(), *found.lost.values()):
        own = f'{each.path}/'.startswith(f'{module.mod.module}/')
        if not each.sure or not each.file or own or gofiles.is_standard(each.path) or each.path.startswith('.'):
            continue
        if _has(place, module, each.path) is False:
            return each
    return None


def _why(place: Place, module: Module, path: str) -> Cause | None:
    """Why vendor/ has no such package; None where it may be vendored before the build."""
    repository, top = place.repository, module.origin.removesuffix('go.mod')
    folder = f'{top}vendor/{path}'
    file = next((name for name in repository.names(folder) if name.endswith('.go')), '')
    if file:
        cause = absence.tracked(place.build, f'{folder}/{file}', 'copy {} first', f'{folder}/**')
        return cause and cause._replace(why=cause.why.replace('{them}', 'it'), item=cause.item or f'{top}vendor')
    if f'{top}vendor/modules.txt' not in repository.files:
        if (
            repository.generated(f'{top}vendor/modules.txt')
            or place.view.look(f'{module.folder}/vendor').kind == FOLDER
        ):
            return None
        return Cause(
            ', since there is no vendor in git', f'run `go mod vendor`{in_folder(top.rstrip("/"))} and commit vendor'
        )
    return _out_of_git(place, folder, top)


def _out_of_git(place: Place, folder: str, top: str) -> Cause:
    """A vendor/ that git tracks lacks a package."""
    repository = place.repository
    again = f'run `go mod vendor`{in_folder(top.rstrip("/"))} and commit vendor'
    ignored = repository.ignored(folder) or repository.ignored(f'{folder}/x.go')
    if ignored is None:
        return Cause(f', since there is no {folder} in git', again)
    where = f'{ignored.file}:{ignored.line} (`{ignored.pattern}`)'
    related = ((ignored.file, ignored.line, f'`{ignored.pattern}` keeps it out of git'),)
    return Cause(f', since {where} keeps it out of git', f'correct that line, then {again}', related=related)


def _line(place: Place, by: Import) -> str:
    """Where a file imports it."""
    entry = place.view.look(by.file)
    text = entry.read(place.repository) if entry.kind == FILE else None
    lines = enumerate((text or '').split('\n'), 1)
    line = next((number for number, line in lines if f'"{by.path}"' in line), 0)
    return f'{entry.origin}:{line}' if entry.origin and line else by.file

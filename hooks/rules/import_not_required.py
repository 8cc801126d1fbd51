"""A package that is built imports one of a module that go.mod does not require.

go says: `no required module provides package example.com/dep; to add it: go get example.com/dep` (or, where another
module of go.mod happens to need it, `updates to go.mod needed`). Often the package is found on the laptop by a go.work
that is not in the image, or is switched off there.

Cure: run `go mod tidy` and commit go.mod and go.sum, or copy the go.work.

Bad:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.23
    -- main.go --
    package main

    import _ "example.com/dep"

    func main() {}
    -- says --
    Dockerfile:4: no required module provides package example.com/dep at `go build`, since main.go:3 imports it: run `go mod tidy` and commit go.mod and go.sum

Good:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go mod tidy && go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.23
    -- main.go --
    package main

    import _ "example.com/dep"

    func main() {}

Silent: under -mod=mod, inside a workspace, where vendor/ serves the packages, where a required module's path is the
beginning of the import path, and behind a command that may have changed go.mod.
"""

from __future__ import annotations

from hooks.context.paths import in_folder, normal, parent, within
from hooks.context.tree import FILE
from hooks.facts import changes
from hooks.facts.absence import Cause
from hooks.golang import gofiles, gomod
from hooks.golang.commands import BUILDS
from hooks.module import needed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import Place
    from hooks.module.modules import Module
    from hooks.module.packages import Import
    from hooks.report.finding import Finding

ID = 'import-not-required'
# Before Go 1.16 a build added what go.mod lacked.
FIRST_STRICT = 16


def find(place: Place) -> Iterator[Finding]:
    module, command = place.module, place.command
    if module is None or module.mod is None or place.minor < FIRST_STRICT or 'e' in command.flags:
        return
    if (
        command.name not in BUILDS
        or not needed.reads_sum(place.invocation)
        or changes.of_go_mod(place)
        or place.may_be_vendored
    ):
        return
    by = next((each for each in needed.packages(place.invocation).imports.values() if _is_lost(module, each)), None)
    if by:
        fact = f'no required module provides package {by.path} at `{command}`'
        yield place.finding(ID, fact, _cause(place, module, by), ('import', module.origin))


def _is_lost(module: Module, each: Import) -> bool:
    """Whether nothing that go.mod names may have the package of an import."""
    assert module.mod
    path = each.path
    if not each.sure or not each.file or gofiles.is_standard(path) or path.startswith('.'):
        return False
    # Without pruning, what a replacement imports may be required by another module.
    own = module.pruned or _is_own(module, each.file)
    return own and not needed.owners(module, each) and not f'{path}/'.startswith(f'{module.mod.module}/')


def _is_own(module: Module, file: str) -> bool:
    """Whether a file is the main module's, and not that of a folder which replaces another."""
    assert module.mod
    folders = [normal(each.new_path, module.folder) for each in module.mod.replace if not each.new_version]
    return within(file, module.folder) and not any(within(file, folder) for folder in folders)


def _cause(place: Place, module: Module, by: Import) -> Cause:
    origin = place.view.look(by.file).origin
    line = _line(place, origin, by.path) if origin else 0
    where = f'{origin}:{line}' if line else origin or by.file
    related = ((origin, line, f'imports {by.path}'),) if line else ()
    work = _workspace_with(place, module, by.path)
    if work:
        why = f', since {where} imports it, and {work}, which has its module, is not in force here'
        return Cause(why, 'copy go.work and its members, or require that module and replace it', related=related)
    cure = f'run `go mod tidy`{in_folder(parent(module.origin))} and commit go.mod and go.sum'
    return Cause(f', since {where} imports it', cure, related=related)


def _line(place: Place, origin: str, path: str) -> int:
    lines = (place.repository.read(origin) or '').split('\n')
    return next((number for number, line in enumerate(lines, 1) if f'"{path}"' in line), 0)


def _workspace_with(place: Place, module: Module, path: str) -> str:
    """The go.work of the repository that has the module in use, with one whose package it is; '' for none."""
    folder = module.origin.rpartition('/')[0]
    while True:
        name = f'{folder}/go.work'.lstrip('/')
        text = place.repository.read(name) if place.repository.kind(name) == FILE else None
        for use, _ in gomod.parse_work(text).use if text is not None else ():
            member = '/'.join(part for part in f'{folder}/{use}/go.mod'.split('/') if part not in ('', '.'))
            mod = place.repository.read(member) if '..' not in member else None
            own = gomod.parse_mod(mod).module if mod else ''
            if own and f'{path}/'.startswith(f'{own}/'):
                return name
        if not folder:
            return ''
        folder = folder.rpartition('/')[0]

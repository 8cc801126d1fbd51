"""A package of a local replacement, or any that a tidy or a vendor follows an import to, is not in the image yet.

go says: `cannot find module providing package example.com/app/pkg`, or `no required module provides package …`. Not all
of the source is there yet when a tidy or a vendor follows its imports, or of a local replacement go.mod alone was
copied. What a build lacks of the module itself is own-package-not-in-image.

Cure: run it after the whole source is copied; copy the folder of a replacement as a whole.

Bad:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY go.mod main.go ./
    RUN go mod tidy
    COPY . .
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.23
    -- main.go --
    package main

    import _ "example.com/app/pkg"

    func main() {}
    -- pkg/pkg.go --
    package pkg
    -- says --
    Dockerfile:4: cannot find module providing package example.com/app/pkg at `go mod tidy`, since no step before copies pkg: run it after the whole source is copied

Good:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go mod tidy
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.23
    -- main.go --
    package main

    import _ "example.com/app/pkg"

    func main() {}
    -- pkg/pkg.go --
    package pkg

Silent: of a package that git does not have: it may be generated.
"""

from __future__ import annotations

from hooks.context.paths import normal
from hooks.context.tree import FILE, Context
from hooks.facts import absence
from hooks.golang import gofiles
from hooks.golang.commands import BUILDS
from hooks.module import needed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.context.index import Repository
    from hooks.facts.absence import Cause
    from hooks.facts.places import Place
    from hooks.module.modules import Module
    from hooks.report.finding import Finding


ID = 'package-not-in-image'


def find(place: Place) -> Iterator[Finding]:
    module, command = place.module, place.command
    if module is None or module.mod is None or 'e' in command.flags or command.name not in BUILDS | needed.ONE_MODULE:
        return
    if command.name not in needed.ONE_MODULE and not any(not r.new_version for r in module.mod.replace):
        return
    if command.name not in needed.ONE_MODULE and (place.workspace is not False or place.vendored is not False):
        return
    lost = needed.packages(place.invocation).lost if not command.versioned else {}
    for path, by in lost.items():
        cause = _why_no_package(place, module, path) if by.sure else None
        if cause and not place.may_be_vendored:
            tidies = command.name == 'mod tidy'
            words = 'cannot find module providing package' if tidies else 'no required module provides package'
            yield place.finding(ID, f'{words} {path} at `{command}`', cause, *(('package', each) for each in lost))
            return


def _why_no_package(place: Place, module: Module, path: str) -> Cause | None:
    """Why a package is not there; None where git does not have it either, or it is none of these modules'."""
    assert module.mod
    own = path == module.mod.module or path.startswith(module.mod.module + '/')
    top: str | None = module.origin.rpartition('/')[0]
    if own and (place.command.name not in needed.ONE_MODULE or gofiles.is_standard(module.mod.module)):
        # Without a dot in its first element, a tidy takes what it does not find for the standard library's.
        return None
    inner = path[len(module.mod.module) :]
    for requirement in module.mod.require if not own else ():
        replacement = module.replaced(requirement.path)
        if not replacement or not f'{path}/'.startswith(f'{requirement.path}/'):
            continue
        if place.view.look(normal(replacement.new_path, module.folder) + '/go.mod').kind != FILE:
            # Then the folder is what is missing.
            return None
        joined = None if replacement.new_path.startswith('/') else absence.joined(top or '', replacement.new_path)
        top, inner = joined, path[len(requirement.path) :]
    folder = f'{top}{inner}'.lstrip('/') if top is not None else None
    if folder is None or (own and _is_nested(place.repository, folder, module.origin)):
        return None
    file = next((name for name in place.repository.names(folder) if name.endswith('.go')), '')
    cause = (
        absence.tracked(
            place.build,
            f'{folder}/{file}',
            'run it after the whole source is copied' if own else f'copy {_in_context(place, top or "")} first',
            f'{folder}/**',
        )
        if file
        else None
    )
    return cause and cause._replace(why=cause.why.replace('{them}', folder))


def _in_context(place: Place, path: str) -> str:
    context = place.build.context
    start = len(context.folder) + bool(context.folder) if isinstance(context, Context) else 0
    return path[start:] or 'it'


def _is_nested(repository: Repository, folder: str, origin: str) -> bool:
    """Whether a folder of the repository belongs to a module below the one of this go.mod."""
    top = origin.rpartition('/')[0]
    while folder != top and folder:
        if f'{folder}/go.mod' in repository.files:
            return True
        folder = folder.rpartition('/')[0]
    return False

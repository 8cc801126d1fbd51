"""GOPROXY=off, and a command that needs a module which nothing has downloaded before.

go says: `module lookup disabled by GOPROXY=off`. The setting is for images whose modules are vendored, or come from a
cache; in an image that has neither, a build, a download and an install all end there.

Cure: leave the setting out, or set it behind `go mod download`.

Bad:

    -- Dockerfile --
    FROM golang:1.26
    WORKDIR /app
    COPY . .
    RUN GOPROXY=off go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.26

    require example.com/dep v1.0.0
    -- go.sum --
    example.com/dep v1.0.0 h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
    example.com/dep v1.0.0/go.mod h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
    -- main.go --
    package main

    import _ "example.com/dep"

    func main() {}
    -- says --
    Dockerfile:4: example.com/dep: module lookup disabled by GOPROXY=off at `go build`, since no step before downloads it: run `go mod download` first, or leave `GOPROXY=off` out

Good:

    -- Dockerfile --
    FROM golang:1.26
    WORKDIR /app
    COPY . .
    RUN go mod download
    RUN GOPROXY=off go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.26

    require example.com/dep v1.0.0
    -- go.sum --
    example.com/dep v1.0.0 h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
    example.com/dep v1.0.0/go.mod h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
    -- main.go --
    package main

    import _ "example.com/dep"

    func main() {}

Silent: where modules are vendored, where a step, a stage, a mount or an image before may bring the module cache, and of
commands that take nothing from other modules.
"""

from __future__ import annotations

from hooks.facts import module_cache, places, sums
from hooks.facts.absence import Cause
from hooks.facts.places import FIRST_MEASURED
from hooks.golang.commands import BUILDS
from hooks.module import needed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import Place
    from hooks.module.modules import Module
    from hooks.report.finding import Finding

ID = 'module-lookup-disabled'
# Commands that ask for each module that go.mod requires.
_ALL = frozenset(('mod download', 'mod verify', 'mod graph'))


def find(place: Place) -> Iterator[Finding]:
    env = place.call.shell.env
    if not module_cache.is_off(env) or place.minor < FIRST_MEASURED or places.is_settable(place, 'off'):
        return
    path = _wanted(place)
    if path and module_cache.is_empty(place):
        cause = Cause(', since no step before downloads it', 'run `go mod download` first, or leave `GOPROXY=off` out')
        if place.command.versioned:
            cause = Cause('', 'leave `GOPROXY=off` out')
        fact = f'{path}: module lookup disabled by GOPROXY=off at `{place.command}`'
        yield place.finding(ID, fact, cause, ('proxy off', str(place.moments[place.at].stage.line)))


def _wanted(place: Place) -> str:
    """A package or a module that a command surely asks for; '' where there is none, or nobody knows."""
    command, module = place.command, place.module
    if command.versioned:
        return command.args[0] or ''
    if module is None or module.mod is None or place.workspace is not False:
        return ''
    remote = [each.path for each in module.mod.require if _is_remote(module, each.path)]
    if command.name in _ALL and not command.args:
        return next(iter(remote), '')
    if command.name not in BUILDS | needed.ONE_MODULE or place.may_be_vendored:
        return ''
    if command.name not in needed.ONE_MODULE and place.vendored is not False:
        return ''
    return next(iter(sums.imported(place, set(remote))), '') if module.pruned else next(iter(remote), '')


def _is_remote(module: Module, path: str) -> bool:
    replacement = module.replaced(path)
    return replacement is None or bool(replacement.new_version)

"""A go.mod says what go would write otherwise: a module is required twice, or at no exact version.

go says: `updates to go.mod needed; to update it: go mod tidy`. `go mod download` and `go mod tidy` read such a go.mod;
a build, which may not write it, does not.

Cure: run `go mod tidy` and commit go.mod.

Bad:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.23

    require example.com/dep v1.0.0

    require example.com/dep v1.1.0
    -- main.go --
    package main

    func main() {}
    -- says --
    Dockerfile:4: updates to go.mod needed at `go build`, since go.mod requires example.com/dep twice, on lines 5 and 7: run `go mod tidy` and commit go.mod and go.sum

Good:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go mod tidy && go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.23

    require example.com/dep v1.0.0

    require example.com/dep v1.1.0
    -- main.go --
    package main

    func main() {}

Silent: under -mod=mod, inside a workspace, with a vendor/ folder, and behind a command that may have changed go.mod.
"""

from __future__ import annotations

from hooks.context.paths import in_folder, parent
from hooks.facts import changes
from hooks.facts.absence import Cause
from hooks.golang.commands import BUILDS
from hooks.golang.versions import semver

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import Place
    from hooks.module.modules import Module
    from hooks.report.finding import Finding

ID = 'go-mod-not-up-to-date'
# Where it was measured; before, go.mod was not always what counts.
FIRST_STRICT = 21
_READ_ONLY = BUILDS | frozenset(('list', 'generate', 'fmt'))


def find(place: Place) -> Iterator[Finding]:
    module, command = place.module, place.command
    if module is None or module.mod is None or command.versioned or command.name not in _READ_ONLY:
        return
    if place.minor < FIRST_STRICT or command.flags.get('mod', '') not in ('', 'readonly'):
        return
    why = _outdated(module) if module.pruned and place.workspace is False else ''
    if why and not place.vendored and not changes.of_go_mod(place) and not place.may_be_vendored:
        cure = f'run `go mod tidy`{in_folder(parent(module.origin))} and commit go.mod and go.sum'
        fact = f'updates to go.mod needed at `{command}`'
        # The tidy mends go.sum, too.
        causes = ('parse', module.origin), ('sum', module.origin.removesuffix('mod') + 'sum')
        yield place.finding(ID, fact, Cause(f', since {module.origin} {why}', cure), *causes)


def _outdated(module: Module) -> str:
    assert module.mod
    seen: dict[str, tuple[str, int]] = {}
    for each in module.mod.require:
        if semver(each.version)[0] == (-1, -1, -1):
            return f'requires {each.path} at {each.version}, which is no version'
        version, line = seen.setdefault(each.path, (each.version, each.line))
        if version != each.version:
            return f'requires {each.path} twice, on lines {line} and {each.line}'
    return ''

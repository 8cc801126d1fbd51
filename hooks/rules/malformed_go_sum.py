"""A go.sum has a line that is not made of three words: the markers of a merge, mostly.

go says: `malformed go.sum: go.sum:1: wrong number of fields 2`. A line of go.sum is a module, a version and a hash; from
Go 1.22 on, every command that looks a module up there stops at one that is not.

Cure: delete what is not go's, and run `go mod tidy`.

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
    -- go.sum --
    example.com/dep v1.0.0 h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
    example.com/dep v1.0.0/go.mod h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
    >>>>>>> main
    -- main.go --
    package main

    import _ "example.com/dep"

    func main() {}
    -- says --
    Dockerfile:4: malformed go.sum at `go build`: go.sum:3: wrong number of fields 2: delete that line, run `go mod tidy` and commit go.sum

Good:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.23

    require example.com/dep v1.0.0
    -- go.sum --
    example.com/dep v1.0.0 h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
    example.com/dep v1.0.0/go.mod h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
    -- main.go --
    package main

    import _ "example.com/dep"

    func main() {}

Silent: for a command that looks no module up, before Go 1.22, inside a workspace, and where vendor/ serves the packages.
"""

from __future__ import annotations

from hooks.context.paths import in_folder, parent
from hooks.context.tree import FILE
from hooks.facts import sums
from hooks.facts.absence import Cause
from hooks.golang import strict
from hooks.golang.commands import BUILDS
from hooks.module import needed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import Place
    from hooks.module.modules import Module
    from hooks.report.finding import Finding

ID = 'malformed-go-sum'
# Before that, go read on behind such a line, or not at all.
FIRST_STRICT = 22
_GRAPH = needed.GRAPH - {'get'}


def find(place: Place) -> Iterator[Finding]:
    module = place.module
    if module is None or module.mod is None or place.minor < FIRST_STRICT or place.workspace is not False:
        return
    entry = place.view.look(module.folder + '/go.sum')
    text = place.repository.read(entry.origin) if entry.kind == FILE and entry.origin else None
    fault = strict.of_sum(text) if text is not None else None
    if fault and _looks_up(place, module) and not place.may_be_vendored:
        fact = f'malformed go.sum at `{place.command}`: {entry.origin}:{fault.line}: {fault.says}'
        cure = f'delete that line, run `go mod tidy`{in_folder(parent(entry.origin))} and commit go.sum'
        cause = Cause('', cure, related=((entry.origin, fault.line, fault.says),))
        yield place.finding(ID, fact, cause, ('sum', entry.origin))


def _looks_up(place: Place, module: Module) -> bool:
    """Whether a command looks a module up in go.sum."""
    assert module.mod
    command = place.command
    outside = {r.path for r in module.mod.require if not (each := module.replaced(r.path)) or each.new_version}
    if command.name in _GRAPH:
        return bool(outside) and (command.name != 'mod download' or command.args in ((), ('all',)))
    if command.name not in BUILDS or not needed.reads_sum(place.invocation):
        return False
    return bool(sums.imported(place, outside))

"""There is no go.sum, or it has no line for a module that a go command takes a package from.

go says: `missing go.sum entry for module providing package example.com/dep`. There is no go.sum and no step before
writes one (a plain `go mod download` does not), or it has no `h1:` line for the version that go.mod requires: go.mod
and go.sum disagree.

Cure: run `go mod tidy` and commit go.sum.

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
    -- main.go --
    package main

    import _ "example.com/dep"

    func main() {}
    -- says --
    Dockerfile:4: missing go.sum entry for module providing package example.com/dep at `go build`, since there is no go.sum and no step before writes one: run `go mod tidy` in . and commit go.sum

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

Silent: for a command that takes no package of another module, inside a workspace, and where vendor/ serves the
packages. A go.sum that exists and is not copied is `go-sum-not-copied`.
"""

from __future__ import annotations

from hooks.context.tree import ABSENT, FILE, REMOVED, Context
from hooks.facts import absence, sums
from hooks.facts.absence import Cause
from hooks.golang import gomod
from hooks.module import needed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import Place
    from hooks.report.finding import Finding


ID = 'missing-go-sum-entry'
# Before Go 1.16 it was written on the fly.
FIRST_STRICT = 16


def find(place: Place) -> Iterator[Finding]:
    module, view = place.module, place.view
    if module is None or module.mod is None or place.minor < FIRST_STRICT:
        return
    entry = view.look(module.folder + '/go.sum')
    if (entry.kind == ABSENT and not sums.writes_sum(place)) or entry.partial:
        yield from _without_sum(place)
    elif entry.kind == FILE and entry.origin:
        yield from _short_sum(place, entry.origin)


def _without_sum(place: Place) -> Iterator[Finding]:
    """No go.sum at all: one that exists and was not copied is check-go-sum-copy's."""
    module = place.module
    assert module
    assert module.mod
    folder = module.origin.rpartition('/')[0]
    path = f'{folder}/go.sum'.lstrip('/')
    removed = place.view.look(module.folder + '/go.sum') == REMOVED
    taken = (source for moment in place.moments for source in moment.copies if source.missing)
    if any(isinstance(source.tree, Context) and source.tree.path(source.missing) == path for source in taken):
        # A COPY of it fails already.
        return
    if not removed and (place.repository.generated(path) or absence.of_sum(place.build, path)):
        return
    if not needed.needs_sum(place.invocation) or place.may_be_vendored:
        return
    package = next(iter(sums.imported(place, sums.required(module))), None)
    fact = _missing_entry(place, package)
    if removed:
        cause = Cause(', since a step before removes go.sum', 'leave it there')
    else:
        cause = Cause(
            ', since there is no go.sum and no step before writes one',
            f'run `go mod tidy` in {folder or "."} and commit go.sum',
        )
    yield place.finding(ID, fact, cause, ('sum', path))


def _short_sum(place: Place, path: str) -> Iterator[Finding]:
    """A go.sum that disagrees with go.mod."""
    module = place.module
    assert module
    assert module.mod
    text = place.repository.read(path)
    short = needed.lacking(module, gomod.parse_sum(text)) if text is not None and module.mod.require else {}
    if not short or not needed.reads_sum(place.invocation):
        return
    for package, owner in sums.imported(place, set(short)).items() if not place.may_be_vendored else ():
        name, version = short[owner]
        fact = _missing_entry(place, package)
        why = f', since {path} has no h1: line of {name} {version}'
        cure = f'run `go mod tidy` in {path.rpartition("/")[0] or "."} and commit go.sum'
        yield place.finding(ID, fact, Cause(why, cure), ('sum', path))
        return


def _missing_entry(place: Place, package: str | None) -> str:
    if place.command.name == 'mod tidy':
        return f'go.sum is not tidy at `{place.command} -diff`'
    providing = f' for module providing package {package}' if package else ''
    return f'missing go.sum entry{providing} at `{place.command}`'

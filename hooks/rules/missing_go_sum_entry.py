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
    Dockerfile:4: missing go.sum entry for module providing package example.com/dep at `go build`, since there is no go.sum and no step before writes one: run `go mod tidy` and commit go.sum

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

from hooks.context.paths import in_folder, parent
from hooks.context.tree import ABSENT, FILE, REMOVED, Context
from hooks.facts import absence, changes, sums
from hooks.facts.absence import Cause
from hooks.golang import gomod, strict
from hooks.module import needed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import Place
    from hooks.report.finding import Finding


ID = 'missing-go-sum-entry'
# Before Go 1.16 it was written on the fly.
FIRST_STRICT = 16
LAST_LENIENT = 21


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
            f'run `go mod tidy`{in_folder(folder)} and commit go.sum',
        )
    yield place.finding(ID, fact, cause, ('sum', path))


def _short_sum(place: Place, path: str) -> Iterator[Finding]:
    """A go.sum that disagrees with go.mod."""
    module = place.module
    assert module
    assert module.mod
    text = _read(place, path)
    lines = gomod.parse_sum(text) if text is not None and module.mod.require else None
    short = needed.lacking(module, lines) if lines is not None else {}
    files = needed.lacking(module, lines, '/go.mod') if lines is not None and not changes.of_sums(place) else {}
    if not (short or files) or not needed.reads_sum(place.invocation) or place.may_be_vendored:
        return
    package, owner = next(iter(sums.imported(place, set(short)).items()), ('', ''))
    if package:
        name, version = short[owner]
        fact, why = _missing_entry(place, package), f'h1: line of {name} {version}'
    elif owner := next(iter(files), '') if place.command.name == 'list' else _provider(place, files):
        name, version = files[owner]
        fact = f'missing go.sum entry for go.mod file of {name}@{version} at `{place.command}`'
        why = f'line of {name} {version}/go.mod'
    else:
        return
    cure = f'run `go mod tidy`{in_folder(parent(path))} and commit go.sum'
    yield place.finding(ID, fact, Cause(f', since {path} has no {why}', cure), ('sum', path))


def _read(place: Place, path: str) -> str | None:
    """A go.sum as far as go reads it: Go 1.21 stops at a line that is malformed, later ones fail at it."""
    text = place.repository.read(path)
    fault = strict.of_sum(text) if text is not None else None
    if text is None or fault is None:
        return text
    return '\n'.join(text.split('\n')[: fault.line - 1]) if place.minor == LAST_LENIENT else None


def _provider(place: Place, files: dict[str, tuple[str, str]]) -> str:
    """The first of some modules that a package is surely taken from: then its go.mod is read as well."""
    assert place.module
    required = sums.required(place.module)
    for package, owner in sums.imported(place, set(files)).items():
        if len([path for path in required if f'{package}/'.startswith(f'{path}/')]) == 1:
            return owner
    return ''


def _missing_entry(place: Place, package: str | None) -> str:
    if place.command.name == 'mod tidy':
        return f'go.sum is not tidy at `{place.command} -diff`'
    providing = f' for module providing package {package}' if package else ''
    return f'missing go.sum entry{providing} at `{place.command}`'

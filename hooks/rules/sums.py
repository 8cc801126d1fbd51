"""A go.sum that is nowhere, that cannot be written, or that has no line for what a go command takes.

Each rule takes the place of a command that must pass, and gives what is wrong there.
"""

from __future__ import annotations

from hooks.context.tree import ABSENT, FILE, REMOVED, Context
from hooks.facts import absence
from hooks.facts.absence import Cause
from hooks.golang import gomod
from hooks.golang.commands import BUILDS
from hooks.module import needed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import Place, Problem
    from hooks.module.modules import Module

# Before Go 1.16 it was written on the fly.
FIRST_STRICT = 16


def lacks_sums(place: Place) -> Iterator[Problem]:
    """A go.sum that is nowhere, or that has no line for a module which the command takes a package from."""
    module, view = place.module, place.view
    if module is None or module.mod is None or place.minor < FIRST_STRICT:
        return
    entry = view.look(module.folder + '/go.sum')
    if entry.kind == ABSENT and _writes_sum(place):
        yield from _cannot_write(place)
    elif entry.kind == ABSENT or entry.partial:
        yield from _without_sum(place)
    elif entry.kind == FILE and entry.origin:
        yield from _short_sum(place, entry.origin)


def _writes_sum(place: Place) -> bool:
    return place.command.name == 'mod tidy' and 'diff' not in place.command.flags


def _cannot_write(place: Place) -> Iterator[Problem]:
    """A tidy that has to write go.sum into a mount that cannot be written."""
    module = place.module
    assert module
    mounts = [value.split(',') for name, value in place.moments[place.at].step.flags if name == 'mount']
    bound = [options for options in mounts if not any(o.startswith('type=') and o != 'type=bind' for o in options)]
    closed = bound and not any({'rw', 'readwrite'} & {o.partition('=')[0] for o in options} for options in bound)
    if closed and place.view.at(module.folder) >= 0 and _imported(place, _required(module)):
        fact = f'updating go.sum: read-only file system at `{place.command}`'
        cause = Cause(', since a bind mount cannot be written', 'commit go.sum, or add `,rw` to the mount')
        yield place.problem(fact, cause, ('sum', module.origin))


def _without_sum(place: Place) -> Iterator[Problem]:
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
    if not place.ask(needed.needs_sum) or place.may_be_vendored:
        return
    package = next(iter(_imported(place, _required(module))), None)
    fact = _missing_entry(place, package)
    if removed:
        cause = Cause(', since a step before removes go.sum', 'leave it there')
    else:
        cause = Cause(
            ', since there is no go.sum and no step before writes one',
            f'run `go mod tidy` in {folder or "."} and commit go.sum',
        )
    yield place.problem(fact, cause, ('sum', path))


def _short_sum(place: Place, path: str) -> Iterator[Problem]:
    """A go.sum that disagrees with go.mod."""
    module = place.module
    assert module
    assert module.mod
    text = place.repository.read(path)
    short = needed.lacking(module, gomod.parse_sum(text)) if text is not None and module.mod.require else {}
    if not short or not place.ask(needed.reads_sum):
        return
    for package, owner in _imported(place, set(short)).items() if not place.may_be_vendored else ():
        name, version = short[owner]
        fact = _missing_entry(place, package)
        why = f', since {path} has no h1: line of {name} {version}'
        cure = f'run `go mod tidy` in {path.rpartition("/")[0] or "."} and commit go.sum'
        yield place.problem(fact, Cause(why, cure), ('sum', path))
        return


def _imported(place: Place, owners: set[str]) -> dict[str, str]:
    """The packages of some required modules that the command surely loads, sorted: import path → module."""
    module = place.module
    assert module
    if place.command.name not in BUILDS | needed.ONE_MODULE:
        return {}
    found = place.ask(needed.packages).imports.values()
    pairs = ((each.path, r.path) for each in found if each.sure for r in needed.owners(module, each))
    return dict(sorted(pair for pair in pairs if pair[1] in owners))


def _required(module: Module) -> set[str]:
    return {requirement.path for requirement in module.mod.require} if module.mod else set()


def _missing_entry(place: Place, package: str | None) -> str:
    if place.command.name == 'mod tidy':
        return f'go.sum is not tidy at `{place.command} -diff`'
    providing = f' for module providing package {package}' if package else ''
    return f'missing go.sum entry{providing} at `{place.command}`'

"""When a Dockerfile tidies, changes and downloads: before the source is there, inside a locked build, after the source.

Each rule takes the place of a command and gives what is wrong there, also where the command may not run or may fail.
"""

from __future__ import annotations

from hooks import _module
from hooks._absence import Cause
from hooks._context import FILE
from hooks._image import within

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hooks._module import Module
    from hooks._place import Place, Problem
    from hooks._script import Call


def rules(locked: bool, cached: bool) -> tuple[Callable[[Place], Iterator[Problem]], ...]:
    """The rules in force: in a locked build, that a command tidies at all goes before when it does."""
    return ((changes,) if locked else (tidies_nothing,)) + ((downloads_late,) if cached else ())


def tidies_nothing(place: Place) -> Iterator[Problem]:
    """A tidy or a vendor before any Go file of the module is there."""
    module, name = place.module, place.command.name
    if module is None or name not in ('mod tidy', 'mod vendor') or 'diff' in place.command.flags:
        return
    # Source that is not in git may come from elsewhere.
    folder = module.origin.rpartition('/')[0]
    if not module.origin or not any(path.endswith('.go') for path in place.repository.under(folder)):
        return
    # What a tool line names counts as imported.
    if _module.has_go_files(place.view, module.folder) is not False or (module.mod and module.mod.tool):
        return
    fact = f'`{place.command}` runs before any Go file of the module is in the image'
    restored, bare = _copied_again(place, module), module.mod is not None and not module.mod.require
    again = f', and line {restored} copies go.mod again' if restored else ''
    result = 'vendors nothing' if name == 'mod vendor' else 'deletes every requirement from go.mod'
    result = 'does nothing' if bare or (restored and name == 'mod tidy') else result
    leave = 'leave it out, or ' if bare or restored else ''
    after = f'line {restored}' if restored else 'the source is copied'
    cause = Cause(f'{again}, so it {result}', f'{leave}run it after {after}')
    yield place.problem(fact, cause, 'source', module.folder)


def _copied_again(place: Place, module: Module) -> int:
    """The line of a later step that copies the module's go.mod once more; 0 for none."""
    for moment in place.moments[place.at + 1 :]:
        for source in moment.copies if moment.stage is place.moments[place.at].stage else ():
            target = source.target
            if moment.step.name == 'RUN' or target is None or source.path is None:
                continue
            inner = module.folder[len(target) :] if within(module.folder, target) else None
            if inner is not None and source.tree.look(f'{source.path}{inner}/go.mod').kind == FILE:
                return moment.step.line
    return 0


def changes(place: Place) -> Iterator[Problem]:
    """What changes go.mod or go.sum inside the build."""
    command, flags, module = place.command, place.command.flags, place.module
    writes = command.name in ('mod tidy', 'get', 'mod edit') or flags.get('mod') == 'mod'
    reads = 'diff' in flags or command.versioned or {'json', 'print'} & flags.keys() or command.name == 'mod download'
    if module is None or not writes or reads:
        return
    shown = f'{command} -mod=mod' if flags.get('mod') == 'mod' and command.name != 'mod tidy' else str(command)
    fact = f'`{shown}` changes go.mod or go.sum inside the build'
    outside = '`go mod tidy` outside, commit both files, and check with `go mod tidy -diff` here'
    cure = f'run {outside}' if command.name == 'mod tidy' else 'run it outside and commit both files'
    yield place.problem(fact, Cause('', cure), 'locked', place.line, command.name)


def downloads_late(place: Place) -> Iterator[Problem]:
    """No download of the modules in a layer before the source."""
    module, command, step = place.module, place.command, place.moments[place.at].step
    # A cache of the modules makes that layer needless.
    if (
        module is None
        or not module.mod
        or not module.mod.require
        or any('type=cache' in value for _, value in step.flags)
    ):
        return
    if command.versioned or any(_downloads(place, moment.call, module) for moment in place.moments[: place.at]):
        return
    late = _module.has_go_files(place.view, module.folder)
    if command.name == 'mod download':
        fact = f'`{command}` runs in a layer after the source' if late else ''
    else:
        fact = f'`{command}` downloads modules in the layer of the source' if _needs_modules(place) else ''
    if fact:
        why = ', so every change of a Go file downloads them again'
        cure = 'run `go mod download` right after `COPY go.mod go.sum ./`, before the source is copied'
        yield place.problem(fact, Cause(why, cure), 'cached', module.origin)


def _downloads(place: Place, call: Call | None, module: Module) -> bool:
    """Whether a command downloads the modules of this go.mod."""
    if call is None or call.command.name != 'mod download' or call.shell.cwd is None:
        return False
    return _module.find_up(call.shell.view, call.shell.cwd, 'go.mod')[1].origin == module.origin


def _needs_modules(place: Place) -> bool | None:
    """Whether a command takes packages of other modules, from the network or the module cache."""
    from hooks import _needs

    if place.command.name in ('mod tidy', 'get'):
        return True
    return place.ask(_needs.needs_sum)

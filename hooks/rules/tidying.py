"""When a Dockerfile tidies, changes and downloads: before the source is there, inside a locked build, after the source.

It counts also where the command may not run, or may fail.
"""

from __future__ import annotations

from hooks.context.paths import within
from hooks.context.tree import FILE, Context
from hooks.facts import absence
from hooks.facts.absence import Cause
from hooks.golang.commands import BUILDS
from hooks.module import modules

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import Place, Problem
    from hooks.module.modules import Module
    from hooks.replay.copying import Source
    from hooks.replay.script import Call


def tidying(place: Place, locked: bool, cached: bool) -> Iterator[Problem]:
    """What is wrong with when a command runs; that a locked build tidies at all goes before when it does."""
    yield from (locked and list(changes(place))) or tidies_nothing(place)
    if cached:
        yield from downloads_late(place)


def tidies_nothing(place: Place) -> Iterator[Problem]:
    """A tidy or a vendor before any Go file of the module is there."""
    module, name = place.module, place.command.name
    compares = 'diff' in place.command.flags
    if module is None or name not in ('mod tidy', 'mod vendor') or (compares and not place.call.fatal):
        return
    # Source that is not in git may come from elsewhere. In GOPATH itself the command fails.
    if not _has_source(place, module) or module.folder == place.gopath:
        return
    # What a tool line names counts as imported.
    if modules.has_go_files(place.view, module.folder) is not False or (module.mod and module.mod.tool):
        return
    restored, bare = _copied_again(place, module), module.mod is not None and not module.mod.require
    hiding = _hidden_source(place, module)
    if compares and bare:
        return
    again = f', and line {restored} copies go.mod again' if restored and not compares else ''
    result = _result(place, module, restored, bare)
    leave = 'leave it out, or ' if result == 'does nothing' or again else ''
    after = f'line {restored}' if restored else 'the source is copied'
    fact = f'`{place.command}{" -diff" if compares else ""}` runs before any Go file of the module is in the image'
    cause = Cause(f'{again}, so it {result}', f'{leave}run it after {after}')
    if hiding:
        cause = hiding._replace(why=f'{hiding.why}, so it {result}')
    yield place.problem(fact, cause, ('source', module.folder))


def _result(place: Place, module: Module, restored: int, bare: bool) -> str:
    """What becomes of go.mod, or of vendor/."""
    if place.command.name == 'mod vendor':
        return 'does nothing' if bare else 'vendors nothing'
    if 'diff' in place.command.flags:
        return 'fails: it would delete every requirement from go.mod'
    if bare or restored or not module.origin:
        return 'does nothing'
    return 'deletes every requirement from go.mod'


def _hidden_source(place: Place, module: Module) -> Cause | None:
    """The line of an ignore file that hides every Go file of the module."""
    context, folder = place.build.context, module.origin.rpartition('/')[0]
    if not isinstance(context, Context) or not module.origin or not context.holds(folder):
        return None
    start = len(context.folder)
    if modules.has_go_files(context, f'/{folder[start:].lstrip("/")}'.rstrip('/')) is not False:
        return None
    file = next((path for path in place.repository.under(folder) if path.endswith('.go')), '')
    hiding = context.hidden('/' + file[start:].lstrip('/'))
    return absence.hidden(hiding, '**/*.go') if hiding else None


def _has_source(place: Place, module: Module) -> bool:
    """Whether git has Go files where the module lies, or, of one that a step made, in the context."""
    context = place.build.context
    folder = module.origin.rpartition('/')[0] if module.origin or not isinstance(context, Context) else context.folder
    return any(path.endswith('.go') for path in place.repository.under(folder))


def _copied_again(place: Place, module: Module) -> int:
    """The line of a later step, in this stage or one that stands on it, that copies the module's go.mod; 0 for none."""
    stage = place.moments[place.at].stage
    names = {stage.name} - {''}
    for moment in place.moments[place.at + 1 :]:
        if moment.stage.base.lower() in names:
            names.add(moment.stage.name)
        elif moment.stage is not stage and moment.stage.name not in names:
            continue
        if moment.step.name != 'RUN' and any(_brings(source, module.folder) for source in moment.copies):
            return moment.step.line
    return 0


def _brings(source: Source, folder: str) -> bool:
    """Whether a source of a COPY puts a go.mod into a folder of the image."""
    target = source.target
    if target is None or source.path is None or not within(folder, target):
        return False
    return source.tree.look(f'{source.path}{folder[len(target) :]}/go.mod').kind == FILE


def changes(place: Place) -> Iterator[Problem]:
    """What changes go.mod or go.sum inside the build."""
    command, flags, name = place.command, place.command.flags, place.command.name
    complete = flags.get('mod') == 'mod' and name in BUILDS | {'list'}
    looks = {'diff', 'json', 'print'} & flags.keys() if name in ('mod tidy', 'mod edit') else command.versioned
    if place.module is None or looks or not (complete or name in ('mod tidy', 'mod edit', 'get')):
        return
    everywhere = complete and '-mod=mod' in (place.call.shell.env.get('GOFLAGS', '') or '').split()
    cure = 'run `go mod tidy` outside and commit both files'
    cure += ', and check with `go mod tidy -diff` here' if name == 'mod tidy' else ''
    cure += ', and take -mod=mod out of GOFLAGS' if everywhere else ', without -mod=mod here' if complete else ''
    fact = f'`{command}{" -mod=mod" if complete else ""}` changes go.mod or go.sum inside the build'
    yield place.problem(fact, Cause('', cure), ('locked', 'GOFLAGS' if everywhere else f'{place.line} {name}'))


def downloads_late(place: Place) -> Iterator[Problem]:
    """No download of the modules in a layer before the source."""
    module, command, step = place.module, place.command, place.moments[place.at].step
    # A cache of the modules makes that layer needless.
    cached = any(_keeps_modules(value) for name, value in step.flags if name == 'mount')
    if module is None or module.mod is None or not module.mod.require or cached:
        return
    if command.versioned or any(_downloads(place, moment.call, module) for moment in place.moments[: place.at]):
        return
    late = modules.has_go_files(place.view, module.folder)
    if command.name == 'mod download':
        fact = f'`{command}` runs in a layer after the source' if late else ''
    else:
        fact = f'`{command}` downloads modules in the layer of the source' if _needs_modules(place) else ''
    if fact:
        why = ', so every change of a Go file downloads them again'
        cure = 'run `go mod download` right after `COPY go.mod go.sum ./`, before the source is copied'
        yield place.problem(fact, Cause(why, cure), ('cached', module.origin))


def _keeps_modules(mount: str) -> bool:
    """Whether a --mount is a cache of the folder in which go keeps modules, or may be."""
    options = dict(option.partition('=')[::2] for option in mount.split(','))
    target = options.get('target') or options.get('dst') or options.get('destination') or ''
    modules = '$' in target or target.rstrip('/').endswith(('/go', '/pkg', '/pkg/mod')) or 'mod' in target
    return options.get('type') == 'cache' and modules


def _downloads(place: Place, call: Call | None, module: Module) -> bool:
    """Whether a command downloads the modules of this go.mod."""
    if call is None or call.command.name != 'mod download' or call.shell.cwd is None:
        return False
    return modules.find_up(call.shell.view, call.shell.cwd, 'go.mod')[1].origin == module.origin


def _needs_modules(place: Place) -> bool | None:
    """Whether a command takes packages of other modules, from the network or the module cache."""
    from hooks.module import needed

    if place.command.name in ('mod tidy', 'get') or place.command.flags.get('mod') == 'mod':
        return True
    return place.ask(needed.needs_sum)

"""The folders that a module or a workspace names, and packages in them: not in the image when a go command wants them.

Each rule takes the place of a command that must pass, and gives what is wrong there.
"""

from __future__ import annotations

from hooks.context.paths import normal
from hooks.context.tree import ABSENT, FILE
from hooks.facts import absence
from hooks.facts.absence import Cause
from hooks.golang import gofiles, gomod
from hooks.golang.commands import BUILDS
from hooks.module import modules, needed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.context.index import Repository
    from hooks.facts.places import Place, Problem
    from hooks.module.modules import Module

NEVER = 10_000


def lacks_members(place: Place) -> Iterator[Problem]:
    """A go.work in force, and a member of it that is not in the image."""
    command, view = place.command, place.view
    if place.minor < needed.MEMBERS.get(command.name, NEVER) or command.versioned:
        return
    folder, entry = modules.work_file(view, place.cwd, place.call.shell.env)
    if command.name == 'mod vendor' and entry.kind == FILE:
        cause = Cause('', 'run `go work vendor`, or set `GOWORK=off`')
        yield place.problem("'go mod vendor' cannot be run in workspace mode", cause, ('work', folder))
        return
    text = place.repository.read(entry.origin) if entry.kind == FILE and entry.origin else None
    uses = gomod.parse_work(text).use if text is not None else ()
    gone = [use for use, _ in uses if view.look(normal(use, folder) + '/go.mod').kind == ABSENT]
    for cause, names in absence.of_folders(place.build, entry.origin, gone, _reads_graph(place)):
        fact = f'cannot load module{"s" * (len(names) > 1)} {absence.listed(names)} listed in go.work at `{command}`'
        cure = f'{cause.cure}, or set `GOWORK=off`'
        yield place.problem(fact, cause._replace(cure=cure), *(('work', entry.origin, name) for name in names))


def lacks_replacements(place: Place) -> Iterator[Problem]:
    """A local replacement that the command reads and that is not in the image."""
    module = place.module
    if module is None or module.mod is None or not any(not r.new_version for r in module.mod.replace):
        return
    members = _members(place) if place.command.name not in needed.ONE_MODULE else ()
    if members is None:
        return
    if place.command.name not in needed.ONE_MODULE | needed.GRAPH and place.vendored is not False:
        return
    lost = [each.new_path for each in place.ask(needed.lost_replacements) if each.path not in members]
    if lost and place.may_be_vendored:
        return
    for cause, names in absence.of_folders(place.build, module.origin, lost, _reads_graph(place)):
        directories, do = ('directory', 'does') if len(names) == 1 else ('directories', 'do')
        fact = f'replacement {directories} {absence.listed(names)} {do} not exist at `{place.command}`'
        yield place.problem(fact, cause, *(('replace', module.origin, name) for name in names))


def _members(place: Place) -> tuple[str, ...] | None:
    """The modules of the workspace in force, which need no replacement; None when they are not known."""
    folder, entry = modules.work_file(place.view, place.cwd, place.call.shell.env)
    if entry.kind == ABSENT:
        return ()
    text = place.repository.read(entry.origin) if entry.kind == FILE and entry.origin else None
    uses = gomod.parse_work(text).use if text is not None else ()
    found = [modules.main_module(place.repository, place.view, normal(use, folder)) for use, _ in uses]
    known = text is not None and all(each and each.mod for each in found)
    return tuple(each.mod.module for each in found if each and each.mod) if known else None


def _reads_graph(place: Place) -> bool:
    """Whether a go.mod is all that the command reads of the folder."""
    return place.command.name in needed.GRAPH or place.command.name == 'list'


def lacks_packages(place: Place) -> Iterator[Problem]:
    """A package of the module itself, or of a local replacement, that is imported, tracked, and not there yet.

    Of its own module, only what a tidy and a vendor look for: a build tells that by itself.
    """
    module, command = place.module, place.command
    if module is None or module.mod is None or 'e' in command.flags or command.name not in BUILDS | needed.ONE_MODULE:
        return
    if command.name not in needed.ONE_MODULE and not any(not r.new_version for r in module.mod.replace):
        return
    if command.name not in needed.ONE_MODULE and (place.workspace is not False or place.vendored is not False):
        return
    for path, by in place.ask(needed.packages).lost.items() if not command.versioned else ():
        cause = _why_no_package(place, module, path) if by.sure else None
        if cause and not place.may_be_vendored:
            tidies = command.name == 'mod tidy'
            words = 'cannot find module providing package' if tidies else 'no required module provides package'
            yield place.problem(f'{words} {path} at `{command}`', cause, ('packages', module.origin))
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
        absence.tracked(place.build, f'{folder}/{file}', 'run it after the whole source is copied', f'{folder}/**')
        if file
        else None
    )
    return cause and cause._replace(why=cause.why.replace('{them}', folder))


def _is_nested(repository: Repository, folder: str, origin: str) -> bool:
    """Whether a folder of the repository belongs to a module below the one of this go.mod."""
    top = origin.rpartition('/')[0]
    while folder != top and folder:
        if f'{folder}/go.mod' in repository.files:
            return True
        folder = folder.rpartition('/')[0]
    return False

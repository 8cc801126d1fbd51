"""The go.mod, go.work and go.sum that a go command reads, and what go refuses of them."""

from __future__ import annotations

from hooks.context.paths import normal
from hooks.golang import gomod, strict
from hooks.golang.commands import BUILDS
from hooks.lean.record import Record
from hooks.module import modules, needed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.context.tree import Entry
    from hooks.facts.places import Place
    from hooks.golang.gomod import GoMod, GoWork
    from hooks.golang.strict import Fault

# Commands that read the go.mod of the main module.
LOADS = BUILDS | needed.GRAPH | frozenset('list generate fmt fix get'.split()) | {'mod tidy', 'mod why'}
# Before Go 1.16 none of this was measured; before 1.18 there are no workspaces.
OLDEST, FIRST_WORKSPACE = 16, 18


class Member(Record):
    """A folder that a go.work uses: as it is written and on which line, the folder in the image, and its go.mod."""

    use: str
    line: int
    folder: str
    entry: Entry
    mod: GoMod | None


class Workspace(Record):
    """The workspace in force: its folder, its go.work in the repository ('' where a step wrote it), its members."""

    folder: str
    origin: str
    work: GoWork
    members: tuple[Member, ...]


class Refused(Record):
    """A file (a repository path) that go refuses to read, why, and the folder by which go.work names its module."""

    path: str
    fault: Fault
    member: str = ''

    @property
    def says(self) -> str:
        line = f':{self.fault.line}' if self.fault.line else ''
        return f'{self.path}{line}: {self.fault.says}'


def workspace(place: Place) -> Workspace | None:
    """The workspace in force; None where there is none, or its text is not known."""
    folder, entry = modules.work_file(place.view, place.cwd, place.call.shell.env)
    text = entry.read(place.repository)
    if place.minor < FIRST_WORKSPACE or text is None:
        return None
    work = gomod.parse_work(text)
    origin = entry.origin if entry.text is None else ''
    return Workspace(folder, origin, work, tuple(_member(place, folder, *use) for use in work.use))


def _member(place: Place, top: str, use: str, line: int) -> Member:
    folder = normal(use, top)
    entry = place.view.look(f'{folder}/go.mod')
    text = _text(place, entry)
    return Member(use, line, folder, entry, None if text is None else gomod.parse_mod(text))


def loads_members(place: Place) -> bool:
    """Whether a command reads the go.mod of each member of a workspace."""
    return place.minor >= needed.MEMBERS.get(place.command.name, 10_000) and not place.command.versioned


def refused(place: Place) -> Iterator[Refused]:
    """The files that a command reads and go refuses."""
    command = place.command
    if place.minor < OLDEST or command.versioned or place.workspace is None:
        return
    if place.workspace and loads_members(place):
        yield from _of_workspace(place)
    elif command.name in LOADS and (not place.workspace or command.name in needed.ONE_MODULE):
        entry = modules.find_up(place.view, place.cwd, 'go.mod')[1]
        text = _text(place, entry)
        fault = strict.of_mod(text) if text is not None else None
        if fault and _is_certain(place, fault):
            yield Refused(entry.origin, fault)


def _of_workspace(place: Place) -> Iterator[Refused]:
    folder, entry = modules.work_file(place.view, place.cwd, place.call.shell.env)
    text = _text(place, entry)
    fault = strict.of_work(text) if text is not None else None
    if fault and _is_certain(place, fault):
        yield Refused(entry.origin, fault)
    for use, _ in gomod.parse_work(text).use if text is not None and not fault else ():
        member = place.view.look(f'{normal(use, folder)}/go.mod')
        text = _text(place, member)
        wrong = strict.of_mod(text) if text is not None else None
        if wrong and _is_certain(place, wrong):
            yield Refused(member.origin, wrong, use)


def _is_certain(place: Place, fault: Fault) -> bool:
    """A Go that is newer than those known here may know a directive that they do not."""
    return not fault.directive or place.minor <= strict.NEWEST


def _text(place: Place, entry: Entry) -> str | None:
    # Of what a step writes the lines are nobody's to correct here.
    return entry.read(place.repository) if entry.text is None else None

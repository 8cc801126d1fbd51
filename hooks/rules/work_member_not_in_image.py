"""A member of the go.work in force is not in the image."""

from __future__ import annotations

from hooks.context.paths import normal
from hooks.context.tree import ABSENT, FILE
from hooks.facts import absence
from hooks.facts.absence import Cause
from hooks.golang import gomod
from hooks.module import modules, needed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import Place
    from hooks.report.finding import Finding


ID = 'work-member-not-in-image'
NEVER = 10_000


def find(place: Place) -> Iterator[Finding]:
    command, view = place.command, place.view
    if place.minor < needed.MEMBERS.get(command.name, NEVER) or command.versioned:
        return
    folder, entry = modules.work_file(view, place.cwd, place.call.shell.env)
    if command.name == 'mod vendor' and entry.kind == FILE:
        cause = Cause('', 'run `go work vendor`, or set `GOWORK=off`')
        yield place.finding(ID, "'go mod vendor' cannot be run in workspace mode", cause, ('work', folder))
        return
    text = place.repository.read(entry.origin) if entry.kind == FILE and entry.origin else None
    uses = gomod.parse_work(text).use if text is not None else ()
    gone = [use for use, _ in uses if view.look(normal(use, folder) + '/go.mod').kind == ABSENT]
    for cause, names in absence.of_folders(place.build, entry.origin, gone, place.reads_graph):
        fact = f'cannot load module{"s" * (len(names) > 1)} {absence.listed(names)} listed in go.work at `{command}`'
        cure = f'{cause.cure}, or set `GOWORK=off`'
        yield place.finding(ID, fact, cause._replace(cure=cure), *(('work', entry.origin, name) for name in names))

"""The `//go:generate` lines that a `go generate` runs.

Source: cmd/go/internal/generate: the files of the packages that are built, in the order of their names; a line begins
with `//go:generate `, words may be quoted, `-command` gives a name to others, and the first that fails ends it.
"""

from __future__ import annotations

from hooks.context.paths import within
from hooks.context.tree import FILE
from hooks.golang import gofiles
from hooks.lean.record import Record
from hooks.module import needed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.facts.places import Place

_MARK = '//go:generate '
# Who may install what another line runs.
_MAY_INSTALL = ('bash', 'make', 'mage', 'sh', 'task')


class Directive(Record):
    """A line, and the program that it runs."""

    path: str
    line: int
    program: str


def of(place: Place) -> list[Directive] | None:
    """Those that a command surely runs; None where one may install what another needs, or nobody knows."""
    module, view, target = place.module, place.view, needed.target(place.command, place.call.shell.env)
    if module is None or not within(place.cwd, module.folder):
        return None
    top = module.origin.removesuffix('go.mod').rstrip('/')
    found = []
    for path in sorted(place.repository.under(top)):
        there = f'{module.folder}/{path[len(top) :].lstrip("/")}'
        folder, _, name = there.rpartition('/')
        if not name.endswith('.go') or not _is_meant(place, folder, module.folder):
            continue
        text = place.repository.read(path) or ''
        entry = view.look(there)
        if _MARK not in text or entry.kind != FILE or entry.origin != path or entry.text is not None:
            continue
        file = gofiles.parse(text)
        sure = file is not None and gofiles.matches(name, file, target) is True
        for number, line in enumerate(text.split('\n'), 1):
            words = line[len(_MARK) :].split() if line.startswith(_MARK) else []
            if words and (words[0] in _MAY_INSTALL or '/' in words[0] or '-command' in words or 'install' in words):
                return None
            if words and sure and '"' not in words[0] and '$' not in words[0]:
                found.append(Directive(path, number, words[0]))
    return found


def _is_meant(place: Place, folder: str, top: str) -> bool:
    """Whether a folder is that of a package which the command names: no other module's, and not left out."""
    if './...' not in place.command.args:
        return folder == place.cwd
    if not within(folder, place.cwd):
        return False
    names = folder[len(place.cwd) :].split('/')
    if any(name[:1] in ('_', '.') or name in ('testdata', 'vendor') for name in names if name):
        return False
    while folder != top and within(folder, top):
        if place.view.look(f'{folder}/go.mod').kind == FILE:
            return False
        folder = folder.rpartition('/')[0]
    return True

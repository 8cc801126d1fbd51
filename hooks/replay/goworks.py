"""What `go work` leaves in the image when it passes: go.work, with the folders that it uses as far as known."""

from __future__ import annotations

from hooks.context.paths import normal, within
from hooks.context.tree import ABSENT, FILE, FOLDER, UNKNOWN, WRITTEN, Entry
from hooks.golang import gomod, strict
from hooks.module import modules
from hooks.replay.shell import UNKNOWN_OPTION
from hooks.replay.writing import opaque, opaque_in, written
from hooks.shell import has_glob

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.context.index import Repository
    from hooks.golang.commands import GoCommand
    from hooks.replay.shell import Shell, View

WRITES = ('work init', 'work use', 'work edit', 'work sync')


def left(shell: Shell, command: GoCommand, repository: Repository) -> Shell:
    """The shell after a command of WRITES."""
    folder, entry = modules.work_file(shell.view, shell.cwd or '', shell.exported)
    if entry.kind == UNKNOWN and command.name != 'work init':
        folder = modules.find_up(shell.view, shell.cwd or '', 'go.work')[0]
        return opaque(shell) if command.name == 'work sync' else opaque_in(shell, (f'{folder}/go.work',))
    if command.name == 'work init' and entry.kind == FILE:
        # It fails.
        return shell
    if command.name == 'work init' or entry.kind == ABSENT:
        # Without one the others fail: they are taken as if an init had gone before.
        named = (shell.exported.get('GOWORK', '') or '').startswith('/')
        folder, entry = folder if named else shell.cwd or '', Entry(FILE, text='')
    if command.name == 'work sync':
        uses = gomod.parse_work(entry.read(repository) or '').use
        if any(shell.view.look(f'{normal(use, folder)}/go.mod').kind == ABSENT for use, _ in uses):
            # It stops there, before it writes anything.
            return shell
        return opaque(written(shell, f'{folder}/go.work'))
    return written(shell, f'{folder}/go.work', _changed(shell, command, entry, folder, repository))


def _changed(shell: Shell, command: GoCommand, entry: Entry, top: str, repository: Repository) -> Entry:
    """The go.work that an init, a use or an edit leaves in the folder `top`."""
    text = entry.read(repository)
    if text is None or strict.of_work(text):
        return WRITTEN
    # Imported late: few images make a workspace.
    from hooks.golang import workspaces

    if command.name == 'work edit':
        after = workspaces.edited(text, top, command.words[2:])
    else:
        uses = [normal(use, top) for use, _ in gomod.parse_work(text).use]
        meant = _meant(shell, command, uses)
        kinds = {path: shell.view.look(f'{path}/go.mod').kind for path in meant or ()}
        used = [path for path, kind in kinds.items() if kind == FILE]
        known = meant is not None and {FILE, ABSENT}.issuperset(kinds.values())
        after = workspaces.using(text, top, used, kinds) if known else None
    return WRITTEN if after is None else entry._replace(text=after)


def _meant(shell: Shell, command: GoCommand, uses: list[str]) -> list[str] | None:
    """The folders that a command asks about, with -r those below, and what the go.work uses of these."""
    folders = [normal(arg, shell.cwd or '') for arg in command.args if arg is not None and not has_glob(arg)]
    if len(folders) < len(command.args) or UNKNOWN_OPTION.strip('-') in command.flags:
        return None
    if 'r' not in command.flags:
        return folders
    below = [_below(shell.view, folder) for folder in folders]
    found = [path for paths in below for path in paths or ()]
    return None if None in below else found + [use for use in uses if any(within(use, folder) for folder in folders)]


def _below(view: View, folder: str) -> list[str] | None:
    """A folder and all those below it; None where not all are known."""
    names = view.names(folder, modules.MODULE_NAMES)
    paths = {path: view.look(path).kind for path in (f'{folder}/{name}' for name in names or ())}
    below = [_below(view, path) for path, kind in paths.items() if kind == FOLDER]
    if names is None or UNKNOWN in paths.values() or None in below:
        return None
    return [folder, *(path for paths in below for path in paths or ())]

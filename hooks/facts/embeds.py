"""Which files a pattern of `//go:embed` finds in a tree.

Source: the documentation of package embed, and resolveEmbed in cmd/go/internal/load.
"""

from __future__ import annotations

from hooks.context.tree import ABSENT, FILE, FOLDER, UNKNOWN
from hooks.replay import copying

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.context.tree import Tree

ALL = 'all:'


def is_plain(pattern: str) -> bool:
    """Whether it names one file or folder."""
    return not copying.has_wildcard(pattern)


def matches(tree: Tree, folder: str, pattern: str) -> list[str] | None:
    """The files and folders that a pattern names in the folder of its package; None when not all is known."""
    found = [folder]
    for name in pattern.removeprefix(ALL).split('/'):
        below: list[str] = []
        for path in found:
            names = [name] if is_plain(name) else tree.names(path)
            if names is None:
                return None
            below += [f'{path}/{each}' for each in names if each == name or copying.matches_name(name, each)]
        found = below
    kinds = {path: tree.look(path).kind for path in found}
    return None if UNKNOWN in kinds.values() else [path for path, kind in kinds.items() if kind != ABSENT]


def first_file(tree: Tree, path: str, everything: bool) -> str | None:
    """A file that is embedded with a path: itself, or one below that folder; '' for none, None when it is not known."""
    kind = tree.look(path).kind
    if kind != FOLDER:
        return path if kind == FILE else '' if kind == ABSENT else None
    if tree.look(path + '/go.mod').kind != ABSENT:
        return ''
    names = tree.names(path)
    if names is None:
        return None
    found = [first_file(tree, f'{path}/{name}', everything) for name in names if everything or name[0] not in '._']
    return next((file for file in found if file), None if None in found else '')

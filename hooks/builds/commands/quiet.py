"""The functions of a library that a script sources: whether one only prints, looks, or ends the script."""

from __future__ import annotations

from hooks.lean.lazy import regex
from hooks.shell.tree import Function, Redirect, Simple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from hooks.shell.tree import Node

_PRINTS = frozenset(
    ': [ [[ (( basename cat clear command date echo false grep local printf sleep test tput true'.split()
)
_ENDS = frozenset(('exit', 'return'))
_DATE = regex(r'\$\(date[^()]*\)')
# So deep a library's functions call each other.
_DEEPEST = 3


def ends(name: str, library: Mapping[str, Node], depth: int = 0) -> bool | None:
    """Whether a function may end the script; None where it may do something else."""
    return _ends(library[name], library, depth) if name in library and depth < _DEEPEST else None


def _ends(node: object, library: Mapping[str, Node], depth: int) -> bool | None:
    if isinstance(node, str):
        return None if '`' in node or '$(' in _DATE.sub('', node) else False
    if not isinstance(node, tuple):
        return False
    if isinstance(node, Function) or (isinstance(node, Redirect) and _writes(node)):
        return None
    own: bool | None = False
    if isinstance(node, Simple):
        name = node.words[0] if node.words and not node.assigns else ''
        own = False if name in _PRINTS else True if name in _ENDS else ends(name, library, depth + 1)
        if own is None:
            return None
    for part in node:
        more = _ends(part, library, depth)
        if more is None:
            return None
        own = own or more
    return own


def _writes(redirect: Redirect) -> bool:
    return '>' in redirect.op and not redirect.target.startswith('/dev/') and redirect.target.strip('0123456789-') != ''

"""Command substitutions that name a folder of the repository: `$(dirname "$0")`, `$(cd … && pwd)` and their like."""

from __future__ import annotations

import posixpath

from hooks.builds.declarations import MARK, TOP, join
from hooks.shell import parse, substitutions
from hooks.shell.tree import And, Seq, Simple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from hooks.shell.tree import Node


def printed(raw: str, cwd: str | None, word: Callable[[str], str]) -> str:
    """What `$(…)` prints in a folder, MARK where that is not known; `word` expands one."""
    scripts = substitutions(raw)
    tree = parse(scripts[0]) if len(scripts) == 1 else None
    parts = _chain(tree) if tree is not None else []
    here = cwd
    text = MARK
    for part in parts:
        words = [word(raw) for raw in part.words]
        if words[:1] == ['cd'] and len(words) > 1:
            known = MARK not in words[-1] and (here is not None or words[-1].startswith(TOP))
            here = join(here or '', words[-1]) if known else None
            text = MARK
        elif words == ['pwd'] or words[:1] == ['pwd']:
            text = MARK if here is None else f'{TOP}/{here}'
        elif words == ['git', 'rev-parse', '--show-toplevel']:
            text = TOP
        elif words[:1] == ['dirname'] and MARK not in words[-1]:
            text = posixpath.dirname(words[-1]) or '.'
        elif words[:1] in (['realpath'], ['readlink']):
            text = words[-1]
        elif words[:1] == ['basename'] and len(words) == 2 and MARK not in words[1]:
            text = posixpath.basename(words[1])
        elif words[:1] == ['echo'] and len(words) == 2:
            text = words[1]
        else:
            return MARK
    return text


def _chain(node: Node) -> list[Simple]:
    """The commands of `a && b; c`; [] for anything else."""
    if isinstance(node, Simple):
        return [node] if node.words else []
    if isinstance(node, And):
        left, right = _chain(node.left), _chain(node.right)
        return left + right if left and right else []
    if isinstance(node, Seq):
        parts = [_chain(part) for part in node.parts]
        return [each for part in parts for each in part] if all(parts) else []
    return []

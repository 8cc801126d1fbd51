"""Whether what a script runs behind a command hangs on what that found out, of files above all."""

from __future__ import annotations

from hooks.shell.tree import And, Simple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.shell.tree import Node

# They fail only where something is wrong.
_DOES = frozenset(
    ': cd docker docker-compose echo export go make mkdir npm podman printf pushd pwd set source sudo true .'.split()
)


def asks(node: Node) -> bool:
    """Whether a command may fail without anything being wrong, as `[ -f Dockerfile ]` does."""
    match node:
        case Simple(_, words):
            return bool(words) and words[0] not in _DOES
        case And(left, right):
            return asks(left) or asks(right)
    return True

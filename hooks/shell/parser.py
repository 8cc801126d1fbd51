"""Text → syntax tree, by recursive descent: lists and pipelines."""

from __future__ import annotations

from hooks.lean.lazy import regex
from hooks.shell.commands import CLOSING
from hooks.shell.compound import Compound
from hooks.shell.lexer import NotUnderstood
from hooks.shell.tree import And, Background, Not, Or, Pipe, Seq

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.shell.tree import Node

# A level of the tree costs its readers a few frames.
_DEEPEST_TREE = 200
_TIME = regex(r'time(?:[ \t]+-p)?[ \t]+(?=\(|(?:if|while|until|for|case|\{|\[\[|!)[ \t\n])')


def read(text: str) -> Node | None:
    """The tree of a script of any kind, as `parse` gives it."""
    try:
        tree = Parser(text).script()
    except (NotUnderstood, RecursionError):
        return None
    return tree if _is_shallow(tree) else None


def _is_shallow(tree: Node) -> bool:
    level: list[tuple[object, ...]] = [tree]
    for _ in range(_DEEPEST_TREE):
        level = [child for node in level for child in node if isinstance(child, tuple)]
        if not level:
            return True
    return False


class Parser(Compound):
    """Recursive descent: every method starts at the token that it reads, and stops behind it."""

    def commands(self) -> Node:
        """Commands up to what cannot begin one; none at all is an empty Seq."""
        parts: list[Node] = []
        self.newlines()
        while self.at < len(self.text) and not self.starts(')', ';') and self.reserved() not in CLOSING:
            parts.append(self.and_or())
            if self.starts('&'):
                self.at += 1
                parts[-1] = Background(parts[-1])
            elif self.starts(';') and not self.starts(';;', ';&'):
                self.at += 1
            elif not self.starts('\n'):
                break
            self.newlines()
        return parts[0] if len(parts) == 1 else Seq(tuple(parts))

    def and_or(self) -> Node:
        node = self.pipeline()
        while self.starts('&&', '||'):
            operator = And if self.starts('&&') else Or
            self.at += 2
            self.newlines()
            node = operator(node, self.pipeline())
        return node

    def pipeline(self) -> Node:
        timed = _TIME.match(self.text, self.at)
        if timed:
            self.at = timed.end()
        negated = self.reserved() == '!'
        if negated:
            self.at += 1
            self.blank()
        parts = [self.command()]
        while self.starts('|') and not self.starts('||'):
            self.at += 2 if self.starts('|&') else 1
            self.newlines()
            parts.append(self.command())
        node = parts[0] if len(parts) == 1 else Pipe(tuple(parts))
        return Not(node) if negated else node

"""The nodes of a script's syntax tree. Words stay as they are written, quotes included."""

from __future__ import annotations

from hooks.lean.record import Record


class Redirect(Record):
    """`fd` is None where none is written; `target` a raw word, or a here-document's body (then `op` is '<<').

    `op` is one of > >> >| < <> >& <& &> &>> << <<<. `literal` is True for a here-document whose delimiter is quoted, so
    that nothing in its body is expanded. The tabs that `<<-` strips are stripped.
    """

    fd: int | None
    op: str
    target: str
    literal: bool = False


class Simple(Record):
    """`assigns` are name and raw value: for `expand_value`, to which an array is unknown; `a+=b` is ('a', '${a}b')."""

    assigns: tuple[tuple[str, str], ...]
    words: tuple[str, ...]
    redirects: tuple[Redirect, ...]


class And(Record):
    left: Node
    right: Node


class Or(Record):
    left: Node
    right: Node


class Not(Record):
    body: Node


class Pipe(Record):
    parts: tuple[Node, ...]


class Seq(Record):
    """Commands that `;`, `&` or newlines separate; without any parts an empty script or an empty `case` branch."""

    parts: tuple[Node, ...]


class Background(Record):
    body: Node


class Subshell(Record):
    body: Node
    redirects: tuple[Redirect, ...]


class Group(Record):
    body: Node
    redirects: tuple[Redirect, ...]


class If(Record):
    """`branches` are (condition, body) of `if` and of each `elif`."""

    branches: tuple[tuple[Node, Node], ...]
    orelse: Node | None
    redirects: tuple[Redirect, ...]


class Loop(Record):
    """`kind` is 'for' (`name` and `words`, no condition), 'while' or 'until'; `for ((…))` is a 'while' of `((…))`."""

    kind: str
    name: str
    words: tuple[str, ...]
    condition: Node | None
    body: Node
    redirects: tuple[Redirect, ...]


class Case(Record):
    """`branches` are (raw patterns, body)."""

    word: str
    branches: tuple[tuple[tuple[str, ...], Node], ...]
    redirects: tuple[Redirect, ...]


class Function(Record):
    name: str
    body: Node


Node = Simple | And | Or | Not | Pipe | Seq | Background | Subshell | Group | If | Loop | Case | Function

"""HCL, the language of bake files → blocks, and attributes whose expressions are evaluated where somebody asks.

Read are literals, templates, names, conditions and comparisons. Anything else makes unknown what it stands in.
A text that is no HCL is not understood as a whole, as its tools refuse it.

Reference: github.com/hashicorp/hcl (hclsyntax/spec.md, json/spec.md).
"""

from __future__ import annotations

from hooks.lean.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeAlias

    # UNKNOWN stands for what is not known.
    Value: TypeAlias = 'str | int | float | list[Value] | dict[str, Value] | Unknown | None'
    Expression: TypeAlias = 'Callable[[Scope], Value]'


class NotUnderstood(Exception):
    """A text that is no HCL, or an expression whose value is not known."""


class Unknown:
    """What stands for an element that is not known, of a list or a mapping that is."""


UNKNOWN = Unknown()


class Scope:
    """What names and functions mean where an expression stands: nothing is known here."""

    def value(self, name: str) -> Value:
        raise NotUnderstood

    def call(self, name: str, args: list[Expression]) -> Value:
        raise NotUnderstood


class Block(Record):
    """A block with its labels, the attributes in it, the blocks in it, and the line that it begins at."""

    kind: str
    labels: tuple[str, ...]
    attributes: Mapping[str, Expression]
    blocks: tuple[Block, ...]
    line: int


def known(value: Value) -> Value:
    """A value that an operator needs."""
    if value is UNKNOWN:
        raise NotUnderstood
    return value


def text(value: Value) -> str:
    """A value as the string that it becomes where one is wanted."""
    if isinstance(value, bool):
        return 'true' if value else 'false'
    if isinstance(value, float):
        number = repr(value).removesuffix('.0')
        if 'e' in number:
            raise NotUnderstood
        return number
    if isinstance(value, (str, int)):
        return str(value)
    raise NotUnderstood


def evaluated(expression: Expression, scope: Scope) -> Value:
    """The value of an expression, UNKNOWN where it is not known."""
    try:
        return expression(scope)
    except (NotUnderstood, RecursionError):
        return UNKNOWN

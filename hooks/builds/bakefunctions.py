"""The functions that bake files call, as far as they decide what is built from where.

Follows github.com/docker/buildx (package bake/hclparser), whose functions are go-cty's.
"""

from __future__ import annotations

from hooks.hcl import NotUnderstood, known
from hooks.hcl.expressions import equal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from hooks.hcl import Value


def _texts(values: list[Value]) -> list[str]:
    if not all(isinstance(value, str) for value in values):
        raise NotUnderstood
    return [value for value in values if isinstance(value, str)]


def _of_texts(count: int, function: Callable[..., Value]) -> Callable[[list[Value]], Value]:
    def applied(values: list[Value]) -> Value:
        if len(values) != count:
            raise NotUnderstood
        return function(*_texts(values))

    return applied


def _equal(values: list[Value]) -> bool:
    if len(values) != 2:
        raise NotUnderstood
    return equal(values[0], values[1])


def _truths(values: list[Value]) -> list[bool]:
    found = [value for value in values if isinstance(value, bool)]
    if len(found) != 2 or len(values) != 2:
        raise NotUnderstood
    return found


def _not(values: list[Value]) -> bool:
    if len(values) != 1 or not isinstance(values[0], bool):
        raise NotUnderstood
    return not values[0]


def _concat(values: list[Value]) -> Value:
    if not values or not all(isinstance(value, list) for value in values):
        raise NotUnderstood
    return [item for value in values if isinstance(value, list) for item in value]


def _join(values: list[Value]) -> str:
    separator, *lists = values
    items = _texts([item for each in lists if isinstance(each, list) for item in each])
    if not isinstance(separator, str) or not lists or not all(isinstance(each, list) for each in lists):
        raise NotUnderstood
    return separator.join(items)


def _coalesce(values: list[Value]) -> Value:
    """The first that is not null."""
    texts = _texts([known(value) for value in values if value is not None])
    if not texts:
        raise NotUnderstood
    return texts[0]


FUNCTIONS: dict[str, Callable[[list[Value]], Value]] = {
    'and': lambda values: all(_truths(values)),
    'coalesce': _coalesce,
    'concat': _concat,
    'equal': _equal,
    'join': lambda values: _join(values) if values else None,
    'lower': _of_texts(1, str.lower),
    'not': _not,
    'notequal': lambda values: not _equal(values),
    'or': lambda values: any(_truths(values)),
    'replace': _of_texts(3, str.replace),
    'split': _of_texts(2, lambda separator, of: [*of.split(separator)] if separator else [*of]),
    'trimprefix': _of_texts(2, str.removeprefix),
    'trimspace': _of_texts(1, str.strip),
    'trimsuffix': _of_texts(2, str.removesuffix),
    'upper': _of_texts(1, str.upper),
}

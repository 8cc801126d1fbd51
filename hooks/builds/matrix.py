"""The matrix of a workflow's job: its combinations, and what an expression is in one of them."""

from __future__ import annotations

import itertools
import math

from hooks.builds import yamlnodes
from hooks.builds.declarations import TOP
from hooks.lean.lazy import regex
from hooks.lean.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from hooks.builds.yamlnodes import Node

_MATRIX = regex(r'(?i)matrix((?:\.[A-Za-z_][\w-]*)+)')
_MOST = 256  # combinations; GitHub refuses more


class Matrix(Record):
    """One combination of a job's matrix; keys in lower case. Where it is `open`, it may have other keys as well."""

    values: dict[str, Node]
    open: bool = False


UNKNOWN = Matrix({}, open=True)


def value(expression: str, matrix: Matrix) -> str | None:
    """`matrix.name.key`, '' where there is none, and `github.workspace`; None for any other expression."""
    if expression == 'github.workspace':
        return TOP
    names = _MATRIX.fullmatch(expression)
    if not names:
        return None
    first, *others = names[1].lower().split('.')[1:]
    if first not in matrix.values and matrix.open:
        return None
    node = matrix.values.get(first)
    for name in others:
        if node is not None and node.id != 'mapping':
            return None
        node = _lower(node).get(name)
    return '' if yamlnodes.null(node) else yamlnodes.scalar(node)


def _lower(node: Node | None) -> dict[str, Node]:
    return {key.lower(): value for key, value in yamlnodes.mapping(node).items()}


def combinations(node: Node | None) -> list[Matrix]:
    """The combinations of `strategy.matrix`: all of the lists' values, less `exclude`, with `include`.

    What is no literal makes what hangs on it unknown.
    """
    keys = _lower(node)
    include, exclude = keys.pop('include', None), keys.pop('exclude', None)
    if not keys and include is None:
        return [UNKNOWN]
    lists = [yamlnodes.items(value) or [value] for value in keys.values()]
    if math.prod(map(len, lists)) > _MOST or (exclude is not None and exclude.id != 'sequence'):
        return [UNKNOWN]
    products = (dict(zip(keys, values)) for values in itertools.product(*lists)) if keys else ()
    filters = [_lower(item) for item in yamlnodes.items(exclude)]
    kept = [values for values in products if not any(_fits(values, item) is not False for item in filters)]
    if include is not None and include.id != 'sequence':
        return [Matrix(values, open=True) for values in kept or [{}]]
    return _with_included(kept, [_lower(item) for item in yamlnodes.items(include)])


def _with_included(kept: list[dict[str, Node]], items: list[dict[str, Node]]) -> list[Matrix]:
    """Each item adds its keys to the combinations whose own values it leaves alone; to none: it is a combination."""
    found = [dict(values) for values in kept]
    for item in items:
        fits = [_fits(values, {key: item[key] for key in item.keys() & values.keys()}) for values in kept]
        if None in fits:
            return [UNKNOWN]
        for values, fit in zip(found, fits):
            if fit:
                values.update(item)
        if True not in fits:
            found.append(item)
    return [Matrix(values) for values in found]


def _fits(values: Mapping[str, Node], item: Mapping[str, Node]) -> bool | None:
    """Whether a combination has all the values of an item; None where that is not known."""
    answers = {key in values and _same(values[key], value) for key, value in item.items()}
    return False if False in answers else None if None in answers else True


def _same(one: Node, other: Node) -> bool | None:
    if one is other:
        return True
    if one.id != other.id:
        return False
    first, second = yamlnodes.scalar(one), yamlnodes.scalar(other)
    if first is None or second is None or '${{' in first + second:
        return None
    return first == second

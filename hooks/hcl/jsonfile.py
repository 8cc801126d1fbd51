"""The same as JSON: objects are blocks where their keys name some, and strings are templates."""

from __future__ import annotations

from hooks.hcl import Block, NotUnderstood
from hooks.hcl.expressions import items, literal, mapping
from hooks.hcl.reader import Reader
from hooks.lean.lazy import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from hooks.hcl import Expression


def read(source: str, kinds: frozenset[str]) -> Block:
    """The file as a block without a kind; each object under one of `kinds` is a block with its key for a label."""
    import json

    try:
        top = json.loads(source)
        if not isinstance(top, dict):
            raise NotUnderstood
        blocks = tuple(block for kind in kinds & top.keys() for block in _blocks(source, kind, top[kind]))
        attributes = {key: _expression(value) for key, value in top.items() if key not in kinds}
    except (ValueError, RecursionError):
        raise NotUnderstood from None
    return Block('', (), attributes, blocks, 1)


def _blocks(source: str, kind: str, value: Any) -> Iterator[Block]:
    for each in value if isinstance(value, list) else [value]:
        if not isinstance(each, dict):
            raise NotUnderstood
        for label, body in each.items():
            for one in body if isinstance(body, list) else [body]:
                if not isinstance(one, dict):
                    raise NotUnderstood
                attributes = {key: _expression(item) for key, item in one.items()}
                yield Block(kind, (label,), attributes, (), _line(source, kind, label))


def _line(source: str, kind: str, label: str) -> int:
    """Where a label stands, as a key below its kind."""
    start = source.find(f'"{kind}"')
    found = re.compile(rf'"{re.escape(label)}"\s*:').search(source, max(start, 0))
    return source.count('\n', 0, found.start() if found else 0) + 1


def _expression(value: Any) -> Expression:
    if isinstance(value, str):
        return Reader(value).quoted(raw=True)
    if isinstance(value, list):
        return items([_expression(item) for item in value])
    if isinstance(value, dict):
        return mapping([(Reader(key).quoted(raw=True), _expression(item)) for key, item in value.items()])
    return literal(value)

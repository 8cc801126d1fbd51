"""YAML text → node graphs, which keep their lines and are never expanded, so that no document can blow up."""

from __future__ import annotations

from hooks.lean.lazy import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, Protocol

    class Node(Protocol):
        """PyYAML's node: `id` is 'scalar', 'sequence' or 'mapping', and says what `value` is."""

        id: str
        tag: str
        value: Any
        start_mark: Any


# libyaml's composer recurses in C: without a limit, a file of 100,000 `[` ends the process.
_DEEPEST = 1000

_TAG = 'tag:yaml.org,2002:'
_INTEGER = regex(r'0|[-+]?[1-9][0-9]{0,14}')
# Go prints a float of a million or more with an exponent, GitHub does not.
_FLOAT = regex(r'[-+]?[0-9]{0,6}\.[0-9]{0,8}')
# Numbers for Go and for GitHub that are strings for PyYAML.
_NUMBER = regex(r'(?i)[-+]?(?:0[0-9_]+|0[box][0-9a-f_]+|[0-9_]*\.?[0-9_]*e[-+]?[0-9]+)')


def documents(text: str) -> tuple[tuple[Node, ...], str]:
    """The root nodes of the documents that are not empty, and '' or what is wrong with the text, in one line."""
    import yaml

    loader = getattr(yaml, 'CSafeLoader', yaml.SafeLoader)
    try:
        # Bytes: the reader itself has to meet what is not UTF-8, or it raises a UnicodeEncodeError.
        data = text.encode('utf-8', 'surrogateescape')
        if _nesting(text, data) > _DEEPEST:
            return (), f'nested deeper than {_DEEPEST} levels'
        roots: Iterable[Any] = tuple(yaml.compose_all(data, Loader=loader))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return (), _message(error)
    return tuple(root for root in roots if not null(root)), ''


def _nesting(text: str, data: bytes) -> int:
    """How deep a document nests at most. Each level costs a bracket or a column, so that most texts need no count."""
    bound = text.count('[') + text.count('{') + max(map(len, text.split('\n')))
    if bound <= _DEEPEST:
        return bound
    import yaml

    depth = deepest = 0
    for event in yaml.parse(data, Loader=getattr(yaml, 'CSafeLoader', yaml.SafeLoader)):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        deepest = max(deepest, depth)
        if deepest > _DEEPEST:
            break
    return deepest


def _message(error: Exception) -> str:
    mark = getattr(error, 'problem_mark', None)
    fact = getattr(error, 'problem', None) or getattr(error, 'reason', None) or str(error)
    where = f'line {mark.line + 1}: ' if mark else ''
    return ' '.join(f'{where}{fact}'.split())


def mapping(node: Node | None) -> dict[str, Node]:
    """The entries of a mapping, `<<` merged in; empty for anything else, and when a key stands twice (real tools
    refuse that)."""
    return {key: value for key, (_, value) in entries(node).items()}


def entries(node: Node | None) -> dict[str, tuple[int, Node]]:
    """Like `mapping`, with the 1-based line of each key, which for a merged key is where it is written."""
    found: dict[str, tuple[int, Node]] = {}
    waiting, seen = [node], set()
    while waiting:
        node = waiting.pop()
        if node is None or node.id != 'mapping' or id(node) in seen:
            continue
        seen.add(id(node))
        own: set[str] = set()
        for key, value in node.value:
            if key.id != 'scalar' or key.value in own:
                return {}
            own.add(key.value)
            if key.tag == _TAG + 'merge':
                merged = [value] if value.id == 'mapping' else items(value)
                waiting += reversed(merged)
            else:
                found.setdefault(key.value, (key.start_mark.line + 1, value))
    return found


def items(node: Node | None) -> list[Node]:
    """The elements of a sequence; empty for anything else."""
    return list(node.value) if node is not None and node.id == 'sequence' else []


def null(node: Node | None) -> bool:
    return node is None or (node.id == 'scalar' and node.tag == _TAG + 'null')


def scalar(node: Node | None) -> str | None:
    """A scalar as Go's and GitHub's tools print it: `1.20` without quotes is the number 1.2, `010` nobody's guess.

    None for what is not a scalar, for null, and where the tools differ.
    """
    if node is None or node.id != 'scalar' or not node.tag.startswith(_TAG):
        return None
    value: str = node.value
    kind = node.tag.removeprefix(_TAG)
    if kind == 'int':
        return str(int(value)) if _INTEGER.fullmatch(value) else None
    if kind == 'float':
        number = repr(float(value)).removesuffix('.0') if _FLOAT.fullmatch(value) else 'e'
        return None if 'e' in number else number
    if kind == 'bool':
        return value.lower() if value.lower() in ('true', 'false') else value
    plain = getattr(node, 'style', None) in (None, '')
    return value if kind == 'str' and not (plain and _NUMBER.fullmatch(value)) else None

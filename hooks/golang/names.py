"""Names of Go files: what they declare at their top, and which of these another file calls without declaring them.

A look at words, not at syntax: a name that is anything but called in a file may be declared there, and is left out.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_SKIPPED = re.compile(r'//[^\n]*|/\*[\s\S]*?(?:\*/|\Z)|"(?:\\.|[^"\\\n])*"?|`[^`]*`?|\'(?:\\.|[^\'\\\n])*\'?')
_TOP = re.compile(r'^(?:func|var|const|type)\s+([^\W\d]\w*)', re.MULTILINE)
_BLOCK = re.compile(r'^(?:var|const|type)\s*\(\n(.*?)^\)', re.MULTILINE | re.DOTALL)
_LINE = re.compile(r'^\t([^\W\d]\w*)', re.MULTILINE)
_DOT_IMPORT = re.compile(r'^\s*(?:import\s+)?\.\s+""', re.MULTILINE)
_INTERFACE = re.compile(r'\binterface\s*\{')
_COMPONENT = re.compile(r'^templ\s+([^\W\d]\w*)\s*\(', re.MULTILINE)
_PREDECLARED = frozenset(
    'any bool byte comparable complex64 complex128 error float32 float64 int int8 int16 int32 int64 rune string uint '
    'uint8 uint16 uint32 uint64 uintptr append cap clear close complex copy delete imag len make max min new panic '
    'print println real recover init main'.split()
)


def declared(text: str) -> set[str]:
    """The names that a gofmt'ed file declares at its top."""
    plain = _plain(text)
    found = {match[1] for match in _TOP.finditer(plain)}
    for block in _BLOCK.finditer(plain):
        found.update(match[1] for match in _LINE.finditer(block[1]))
    return found - _PREDECLARED - {'_'}


def components(text: str) -> set[str]:
    """What a .templ file declares: a function for each component."""
    return {match[1] for match in _COMPONENT.finditer(text)}


def called(texts: Iterable[str], names: set[str]) -> list[str]:
    """Which of some names the files of a package call, and do nothing else with; in the order of their calls."""
    calls: dict[str, None] = {}
    others: set[str] = set()
    for text in texts:
        plain = _without_interfaces(_plain(text))
        if _DOT_IMPORT.search(plain):
            return []
        for match in re.finditer(r'[^\W\d]\w*', plain) if names else ():
            if match[0] not in names:
                continue
            before, behind = plain[: match.start()].rstrip(), plain[match.end() :].lstrip(' \t')
            if before.endswith('.') or _is_method(before):
                continue
            is_call = behind.startswith('(') and not re.search(r'\bfunc\Z', before)
            calls.setdefault(match[0]) if is_call else others.add(match[0])
    return [name for name in calls if name not in others]


def called_of(text: str, package: str, names: set[str]) -> list[str]:
    """Which of some names a file calls as those of an imported package, which it calls so."""
    found = re.findall(rf'(?<![\w.]){re.escape(package)}\.([^\W\d]\w*)\(', _plain(text))
    return [name for name in dict.fromkeys(found) if name in names]


def _is_method(before: str) -> bool:
    line = before.rpartition('\n')[2]
    return line.startswith('func') and line.endswith(')')


def _plain(text: str) -> str:
    """A text without comments, and with empty strings."""
    return _SKIPPED.sub(lambda match: '\n' * match[0].count('\n') if match[0][:1] == '/' else '""', text)


def _without_interfaces(text: str) -> str:
    """A text without the methods of interfaces, which look like calls."""
    while match := _INTERFACE.search(text):
        depth, at = 1, match.end()
        while at < len(text) and depth:
            depth += {'{': 1, '}': -1}.get(text[at], 0)
            at += 1
        text = text[: match.start()] + text[at:]
    return text

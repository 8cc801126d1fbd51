"""Heredocs of RUN, COPY and ADD: the operators on an instruction's line, and the lines behind it that they take.

Reference: moby/buildkit, frontend/dockerfile/parser/parser.go.
"""

from __future__ import annotations

from hooks.dockerfile.expansion import split
from hooks.lean.lazy import re
from hooks.lean.record import Record

_OPERATOR = r'([0-9]*)<<(-?)[\t\n\f\r ]*([^<]*)\Z'
_HIGHEST_FD = 2**64 - 1


class Heredoc(Record):
    """A heredoc. The leading tabs of a `<<-` heredoc are already gone from its content."""

    name: str
    content: str
    expand: bool  # not quoted: variables in it are expanded
    chomp: bool  # written `<<-`
    fd: int


def operator(word: str) -> Heredoc | None:
    """A word of the form `<<EOF` as a heredoc that has no content yet; None: it is another word."""
    found = re.match(_OPERATOR, word) if '<<' in word else None
    if not found or not found[3]:
        return None
    names = split(found[3], raw_quotes=False, raw_escapes=False)
    quoted = split(found[3], raw_quotes=True, raw_escapes=False)
    if not names or not quoted or len(names) != 1:
        return None
    plain = len(re.findall('[\'"]', names[0])) == len(re.findall('[\'"]', quoted[0]))
    fd = min(int(found[1].lstrip('0')[:21] or 0), _HIGHEST_FD)
    return Heredoc(names[0], '', plain, found[2] == '-', fd)


def operators(line: str) -> list[Heredoc]:
    """The heredocs that a joined line opens, in order; none where the line is malformed for the lexer."""
    words = split(line, raw_quotes=True, raw_escapes=True) or []
    return [found for found in map(operator, words) if found]


def bodies(found: list[Heredoc], lines: list[str], at: int) -> tuple[tuple[Heredoc, ...], int] | None:
    """Give each heredoc its content from `lines[at:]`, and say which line comes next; None: a heredoc has no end."""
    filled = []
    for heredoc in found:
        start = at
        while at < len(lines) and not _ends(lines[at], heredoc):
            at += 1
        if at == len(lines):
            return None
        content = ''.join(lines[start:at])
        if heredoc.chomp:
            content = re.sub(r'^\t+', '', content, flags=re.MULTILINE)
        filled.append(heredoc._replace(content=content))
        at += 1
    return tuple(filled), at


def _ends(line: str, heredoc: Heredoc) -> bool:
    line = line.rstrip('\r\n')
    return (line.lstrip('\t') if heredoc.chomp else line) == heredoc.name

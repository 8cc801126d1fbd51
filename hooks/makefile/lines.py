"""The text of a Makefile → its logical lines: what a backslash continues, and what a `#` ends."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


def logical(text: str) -> Iterator[tuple[int, str]]:
    """The logical lines, with the number of the first of each, as they are written (see `joined`)."""
    lines, at = text.split('\n'), 0
    if lines[-1] == '':
        lines.pop()
    while at < len(lines):
        start, line = at, lines[at]
        while continues(line) and at + 1 < len(lines):
            at += 1
            line += '\n' + lines[at]
        yield start + 1, line
        at += 1


def continues(line: str) -> bool:
    """Whether a line ends in a backslash that no other one escapes."""
    return (len(line) - len(line.rstrip('\\'))) % 2 == 1


def joined(line: str) -> str:
    """A logical line outside of recipes: what continues it follows after one blank."""
    if '\n' not in line:
        return line
    first, *others = line.split('\n')
    for other in others:
        first = first[:-1].rstrip(' \t') + ' ' + other.lstrip(' \t')
    return first


def command(line: str) -> str:
    """A logical line of a recipe, as the shell gets it: backslashes stay, and the tab in front of each line goes."""
    return line.replace('\n\t', '\n')


def uncommented(line: str) -> str:
    """A joined line without its comment; `\\#` is a `#`."""
    at = line.find('#')
    while at > 0:
        slashes = at - len(line[:at].rstrip('\\'))
        # Of the backslashes in front of a `#` each second one escapes the other.
        kept = line[: at - slashes] + '\\' * (slashes // 2)
        if slashes % 2 == 0:
            return kept
        line = kept + line[at:]
        at = line.find('#', len(kept) + 1)
    return line[:at] if at == 0 else line


def opened(text: str) -> bool:
    """Whether a `$(` or `${` is not closed: versions of make disagree on a `#` in there."""
    at = text.find('$')
    while 0 <= at < len(text) - 1:
        if text[at + 1] in '({':
            end = closing(text, at + 1)
            if end < 0:
                return True
            at = text.find('$', end)
        else:
            at = text.find('$', at + 2)
    return False


def closing(text: str, start: int) -> int:
    """Where what is opened at `start` is closed, by the parenthesis or brace of its own kind; -1 where it is not."""
    opening, depth = text[start], 0
    ending = ')' if opening == '(' else '}'
    for at in range(start, len(text)):
        depth += (text[at] == opening) - (text[at] == ending)
        if not depth:
            return at
    return -1


def outside(text: str, sought: str) -> int:
    """The index of the first of some characters outside of `$(…)` and `${…}`; -1 where none is."""
    at = 0
    while at < len(text):
        if text[at] in sought:
            return at
        if text[at] == '$' and text[at + 1 : at + 2] in ('(', '{'):
            at = closing(text, at + 1)
            if at < 0:
                return -1
        elif text[at] == '$':
            at += 1
        at += 1
    return -1

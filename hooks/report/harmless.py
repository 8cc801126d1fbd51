"""Text that drives neither a terminal nor a CI log, whatever stood in the names and lines that it quotes."""

from __future__ import annotations

from hooks.lean.lazy import regex

# Azure and older GitHub runners look for `##[error]` and `##vso[…]` anywhere in a line.
_COMMAND = regex(r'##(?=\w*\[)')


def harmless(text: str) -> str:
    """A text in one line, with what is not printable escaped as Python does; bytes above 0x9f stay what they are."""
    if not text.isprintable():
        text = ''.join(map(_escaped, text))
    if '##' in text:
        text = _COMMAND.sub(r'#\\x23', text)
    # GitHub takes a line that begins with `::` for a command.
    return text.replace(':', '\\x3a', 1) if text.lstrip().startswith('::') else text


def _escaped(char: str) -> str:
    if char.isprintable() or '\udca0' <= char <= '\udcff':
        return char
    if '\udc80' <= char <= '\udc9f':
        return f'\\x{ord(char) - 0xDC00:02x}'
    return char.encode('unicode_escape').decode()

"""String literals of Go, as Go files, go.mod and go.work hold them."""

from __future__ import annotations

from hooks.lean.lazy import re, regex

_QUOTED = regex(r'"(?:[^"\\\n]|\\(?:[abfnrtv\\"]|[0-3][0-7]{2}|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}))*"')
_ESCAPE = rb'\\(x..|u....|U........|[0-7]{3}|.)'
_LETTERS = {b'a': b'\a', b'b': b'\b', b'f': b'\f', b'n': b'\n', b'r': b'\r', b't': b'\t', b'v': b'\v'}


def unquote(literal: str) -> str | None:
    r"""The value of `"…"` or of a raw string between backquotes; None when it is no string literal of Go.

    Bytes that make no UTF-8 (`"\xff"`) come back as surrogates, as they do in the texts that we read.
    See strconv.Unquote.
    """
    if len(literal) > 1 and literal[0] == literal[-1] == '`' and '`' not in literal[1:-1]:
        return literal[1:-1].replace('\r', '')
    if '\\' not in literal:
        plain = len(literal) > 1 and literal[0] == literal[-1] == '"' and '"' not in literal[1:-1]
        return literal[1:-1] if plain and '\n' not in literal else None
    if not _QUOTED.fullmatch(literal):
        return None
    try:
        value = re.sub(_ESCAPE, _replace, literal[1:-1].encode('utf-8', 'surrogateescape'))
    except ValueError:
        # \ud800 or \U00110000: no character
        return None
    return value.decode('utf-8', 'surrogateescape')


def _replace(match: re.Match[bytes]) -> bytes:
    escape = match[1]
    if escape[0] in b'uU':
        return chr(int(escape[1:], 16)).encode()
    if escape[0] in b'x':
        return bytes((int(escape[1:], 16),))
    if escape[0] in b'01234567':
        return bytes((int(escape, 8),))
    return _LETTERS.get(escape, escape)

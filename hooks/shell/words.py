"""Words as they are written: their quoted and their expanded parts, the scripts inside them."""

from __future__ import annotations

from hooks.lean.lazy import re, regex
from hooks.shell.lexer import NotUnderstood
from hooks.shell.parser import Parser

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_UNQUOTED = regex(r"""([^'"\\$`]+)|'([^']*)'|\\\n()|\\([\s\S])|(\\\Z)""")
_QUOTED = regex(r'([^"\\$`]+)|\\\n()|\\([$`"\\])|(\\)')


def scripts(word: str) -> tuple[str, ...]:
    """The scripts inside a word, as `substitutions` gives them."""
    try:
        raws = [raw for raw, _, expands in parts(word) if expands and raw.startswith(('$(', '`'))]
    except (NotUnderstood, RecursionError):
        return ()
    found = (re.sub(r'\\([\\`$"])', r'\1', raw[1:-1]) if raw[0] == '`' else raw[2:-1] for raw in raws)
    return tuple(script for script, raw in zip(found, raws) if not raw.startswith('$(('))


def parts(word: str) -> Iterator[tuple[str, bool, bool]]:
    """(text without its quotes, whether it was quoted, whether it is a `$…` still to be expanded)."""
    lexer, quoted = Parser(word), False
    while lexer.at < len(word):
        start = lexer.at
        if lexer.starts('"'):
            quoted = not quoted
            lexer.at += 1
            yield '', True, False
        elif lexer.starts('$', '`'):
            lexer.expansion(quoted)
            raw = word[start : lexer.at]
            # `$'…'`, `$"…"` and `$[…]` are bash's, which splits no fields beside a lone `$` either.
            yield raw, quoted, raw != '$' or not quoted or lexer.starts('[')
        else:
            match = lexer.skip(_QUOTED if quoted else _UNQUOTED)
            yield match[match.lastindex or 0], quoted or match.lastindex in (2, 4), False
    if quoted:
        raise lexer.fail()


def outline_of(word: str) -> str | None:
    """The word with `"` for each part that is quoted or expanded; None when it is no word."""
    try:
        return ''.join('"' if quoted or expands else text for text, quoted, expands in parts(word))
    except (NotUnderstood, RecursionError):
        return None


def has_braces(outline: str) -> bool:
    """Whether bash would expand {a,b} or {1..3}; other shells do not."""
    start, end = outline.find('{'), outline.rfind('}')
    inside = outline[start:end] if start >= 0 else ''
    return ',' in inside or '..' in inside

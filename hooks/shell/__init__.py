"""Text → the syntax tree of a script, and words → fields: POSIX sh, and what Dockerfiles use of bash.

`parse` understands lists, pipelines, groups, subshells, `if`, loops, `case`, functions, redirections and
here-documents; `[[ … ]]` and `((…))` become simple commands. Words stay as they are written, quotes included, until
`expand` makes fields of them. Whatever is not understood, or is too deep to walk by recursion, is None.

Two spellings mean different things to different shells, and are read as bash (and Alpine's sh) reads them:
`a &> f` is a redirection, where dash runs `a` in the background; `[[ a && b ]]` is one command.

Reference: POSIX.1-2017, Shell Command Language, 2.2 to 2.10; the grammars of dash and bash.
"""

from __future__ import annotations

from functools import lru_cache

from hooks.lean.lazy import regex
from hooks.shell.tree import Simple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hooks.shell.tree import Node

# Linux takes no longer argument, so that `sh -c` cannot run it (MAX_ARG_STRLEN, with its final NUL).
_LONGEST_SCRIPT = 131_071
# Most commands, and most arguments of the others, need no closer look, and what would take it is imported late.
_WORD = r"""(?:[a-zA-Z0-9_./:,@%+=-]|'[^']*'|"[^"\\$`]*")+"""
_PLAIN_WORD = regex(_WORD)
_PLAIN_COMMAND = regex(rf'[a-zA-Z0-9_./-]+(?:[ \t]+{_WORD})*[ \t]*')
_KEYWORDS = frozenset(
    'if then elif else fi do done while until for case esac { } [[ function ! in select coproc time'.split()
)
# What makes a word more than its own text.
_MARKS = frozenset('$`\'"\\~{}*?[]()<>|&;#! \t\n')
_ALL_QUOTED = regex(r"""'[^']*'|"[^"\\$`]*["]""")


@lru_cache(maxsize=4096)  # the Dockerfiles of a repository share most of their commands
def parse(text: str) -> Node | None:
    """The tree of a script; None for a syntax error and for what is not supported (`select`, `coproc`, `;&`).

    No tree is so deep that a recursive walk would fail. Time grows linearly with the text, and there is a longest text.
    """
    if len(text) > _LONGEST_SCRIPT:
        return None
    words = tuple(_PLAIN_WORD.findall(text)) if _PLAIN_COMMAND.fullmatch(text) else ()
    if words and words[0] not in _KEYWORDS:
        return Simple((), words, ())
    from hooks.shell.parser import read

    return read(text)


def expand(word: str, env: Mapping[str, str | None]) -> tuple[str, ...] | None:
    """The fields that a raw word becomes: expansion, field splitting with the default IFS, quote removal.

    `env` maps a name to its value, or to None where that is unknown; a name that is missing is unset. None is: not
    known (a command substitution, arithmetic, positional parameters, what only some shells expand, an unquoted value
    with glob characters), or no word. Globs are left as they are: see `has_glob`.
    """
    if _MARKS.isdisjoint(word) and word:
        return (word,)
    if _ALL_QUOTED.fullmatch(word):
        return (word[1:-1],)
    from hooks.shell.expansion import fields

    return fields(word, env)


def expand_value(word: str, env: Mapping[str, str | None]) -> str | None:
    """The value that an assignment of this raw word gives: like `expand`, without field splitting."""
    if _MARKS.isdisjoint(word):
        return word
    from hooks.shell.expansion import value

    return value(word, env)


def prefix(word: str, env: Mapping[str, str | None]) -> str:
    """The text with which a raw word surely begins, where the rest is not known."""
    from hooks.shell.expansion import known_prefix

    return known_prefix(word, env)


def assigned(word: str, env: Mapping[str, str | None]) -> Iterator[tuple[str, str | None]]:
    """The variables that `${NAME=VALUE}` and `${NAME:=VALUE}` in a raw word set."""
    if '${' not in word or '=' not in word:
        return iter(())
    from hooks.shell.expansion import assignments

    return assignments(word, env)


@lru_cache(maxsize=4096)
def literal(words: tuple[str, ...]) -> tuple[str, ...]:
    """The fields of words that are the same in every environment; () where one of them may not be, or is no word."""
    fields = [None if '$' in word or '`' in word else expand(word, {}) for word in words]
    return () if None in fields else tuple([field for found in fields for field in found or ()])


def has_glob(word: str) -> bool:
    """Whether a raw word has a `*`, a `?` or a `[…]` outside quotes and expansions."""
    if '*' not in word and '?' not in word and '[' not in word:
        return False
    from hooks.shell.words import outline_of

    outline = outline_of(word) or ''
    opening = outline.find('[')
    return '*' in outline or '?' in outline or -1 < opening < outline.rfind(']') - 1


def substitutions(word: str) -> tuple[str, ...]:
    """The scripts that `$(…)` and backquotes run while a word is expanded; () for what is no word."""
    if '$(' not in word and '`' not in word:
        return ()
    from hooks.shell.words import scripts

    return scripts(word)

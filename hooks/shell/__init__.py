"""Text → the syntax tree of a script, and words → fields: POSIX sh, and what Dockerfiles use of bash.

`parse` understands lists, pipelines, groups, subshells, `if`, loops, `case`, functions, redirections and
here-documents; `[[ … ]]` and `((…))` become simple commands. Words stay as they are written, quotes included, until
`expand` makes fields of them. Whatever is not understood, or is too deep to walk by recursion, is None.

Two spellings mean different things to different shells, and are read as bash (and Alpine's sh) reads them:
`a &> f` is a redirection, where dash runs `a` in the background; `[[ a && b ]]` is one command.

Reference: POSIX.1-2017, Shell Command Language, 2.2 to 2.10; the grammars of dash and bash.
"""

from __future__ import annotations

from hooks.lean.memo import memo
from hooks.shell.tree import And, Simple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hooks.shell.tree import Node

# Linux takes no longer argument, so that `sh -c` cannot run it (MAX_ARG_STRLEN, with its final NUL).
_LONGEST_SCRIPT = 131_071
_LONGEST_CHAIN = 50
# Most commands, and most arguments of the others, need no closer look, and what would take it is imported late.
_PLAIN = frozenset('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-')
_PLAIN_TEXT = _PLAIN | frozenset(':,@%+=*?[]^! \t')
# What means something between double quotes.
_SPECIAL = frozenset('\\$`')
_KEYWORDS = frozenset(
    'if then elif else fi do done while until for case esac { } [[ function ! in select coproc time'.split()
)
# What quotes or expands, and with it what else makes a word more than its own text.
_EXPANDING = frozenset('$`\'"\\')
_MARKS = _EXPANDING | frozenset('~{}()<>|&; \t\n')


@memo  # the Dockerfiles of a repository share most of their commands
def parse(text: str) -> Node | None:
    """The tree of a script; None for a syntax error and for what is not supported (`select`, `coproc`, `;&`).

    No tree is so deep that a recursive walk would fail. Time grows linearly with the text, and there is a longest text.
    """
    if len(text) > _LONGEST_SCRIPT:
        return None
    commands = text.split('&&')
    plain = [_plain(command.strip(' \t')) for command in commands] if len(commands) < _LONGEST_CHAIN else [None]
    tree: Node | None = plain[0]
    for each in plain[1:]:
        tree = And(tree, each) if tree and each else None
    if tree:
        return tree
    from hooks.shell.parser import read

    return read(text)


def _plain(text: str) -> Simple | None:
    """A command of which nothing but quotes and assignments in front means anything to a shell; None for any other."""
    assigns, words = [], _words(text)
    while words and '=' in words[0]:
        name, _, value = words.pop(0).partition('=')
        if not (name.isascii() and name.isidentifier()):
            return None
        assigns.append((name, value))
    if words:
        known = _PLAIN.issuperset(words[0]) and words[0] not in _KEYWORDS
        return Simple(tuple(assigns), tuple(words), ()) if known else None
    return Simple(tuple(assigns), (), ()) if assigns else None


def _words(text: str) -> list[str]:
    """The raw words of a text in which nothing but quotes means anything to a shell; none of any other text."""
    quote = "'" if '"' not in text else '"'
    pieces = text.split(quote)
    if len(pieces) % 2 == 0 or text[:1] in (' ', '\t'):
        return []
    words, word = [], ''
    for at, piece in enumerate(pieces):
        if at % 2:
            if not _is_literal(piece, quote):
                return []
            word += f'{quote}{piece}{quote}'
        elif not _PLAIN_TEXT.issuperset(piece):
            return []
        else:
            first, *more = piece.replace('\t', ' ').split(' ')
            word += first
            for each in more:
                words += [word] if word else []
                word = each
    return [*words, word] if word else words


def _is_literal(text: str, quote: str) -> bool:
    """Whether a text between two quotes stands for itself."""
    return quote not in text and (quote == "'" or (quote == '"' and not _SPECIAL.intersection(text)))


def expand(word: str, env: Mapping[str, str | None]) -> tuple[str, ...] | None:
    """The fields that a raw word becomes: expansion, field splitting with the default IFS, quote removal.

    `env` maps a name to its value, or to None where that is unknown; a name that is missing is unset. None is: not
    known (a command substitution, arithmetic, positional parameters, what only some shells expand, an unquoted value
    with glob characters), or no word. Globs are left as they are: see `has_glob`.
    """
    if _MARKS.isdisjoint(word) and word:
        return (word,)
    inner = word[1:-1]
    if len(word) > 1 and word[0] == word[-1] and _is_literal(inner, word[0]):
        return (inner,)
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


def sketch(word: str, env: Mapping[str, str | None]) -> str | None:
    """The text of a raw word with U+FFFD for each part that is not known; None where it may be several fields."""
    from hooks.shell.expansion import outlined

    return outlined(word, env)


def assigned(word: str, env: Mapping[str, str | None]) -> Iterator[tuple[str, str | None]]:
    """The variables that `${NAME=VALUE}` and `${NAME:=VALUE}` in a raw word set."""
    if '${' not in word or '=' not in word:
        return iter(())
    from hooks.shell.expansion import assignments

    return assignments(word, env)


@memo
def literal(words: tuple[str, ...]) -> tuple[str, ...]:
    """The fields of words that are the same in every environment; () where one of them may not be, or is no word."""
    fields = [None if '$' in word or '`' in word else expand(word, {}) for word in words]
    return () if None in fields else tuple([field for found in fields for field in found or ()])


def has_glob(word: str) -> bool:
    """Whether a raw word has a `*`, a `?` or a `[…]` outside quotes and expansions."""
    if '*' not in word and '?' not in word and '[' not in word:
        return False
    outline = word
    if not _EXPANDING.isdisjoint(word):
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

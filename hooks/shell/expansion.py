"""Words → fields and values, as far as the environment is known: parameters, field splitting, quote removal."""

from __future__ import annotations

from hooks.lean.lazy import re, regex
from hooks.lean.record import Record
from hooks.shell.lexer import NotUnderstood
from hooks.shell.words import has_braces, outline_of, parts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Stands for a part of a word that nobody knows.
HOLE = '\ufffd'
_METACHARACTER = regex(r'[ \t\n;&|()<>]')
_FIELD_SEPARATOR = regex('[ \t\n]+')
_GLOB_CHARACTER = regex(r'[*?[\\]')
_SHORT = regex(r'\$([a-zA-Z_][a-zA-Z_0-9]*|[1-9#])')
_BRACED = regex(r'\$\{(#?)([a-zA-Z_][a-zA-Z_0-9]*|[1-9](?![0-9]))(:?[-+=?]|%%?|##?)?')
# Names that a shell or the builder sets: where nobody says what they hold, it is unknown.
_PRESET = frozenset(
    'HOME PATH PWD OLDPWD IFS PPID OPTIND OPTERR HOSTNAME HOSTTYPE OSTYPE MACHTYPE SHELL SHELLOPTS SHLVL TERM _ UID'
    ' EUID GROUPS RANDOM SECONDS EPOCHSECONDS EPOCHREALTIME LINENO FUNCNAME PIPESTATUS DIRSTACK PS1 PS2 PS4'.split()
)


def fields(word: str, env: Mapping[str, str | None]) -> tuple[str, ...] | None:
    """The fields of a raw word, as `expand` gives them."""
    outline = outline_of(word)
    if outline is None or _METACHARACTER.search(outline) or has_braces(outline) or outline.startswith('~'):
        return None
    try:
        return tuple(_fields(_Expansion(env).pieces(word)))
    except (NotUnderstood, RecursionError):
        return None


def value(word: str, env: Mapping[str, str | None]) -> str | None:
    """The value of a raw word, as `expand_value` gives it."""
    outline = outline_of(word)
    if outline is None or _METACHARACTER.search(outline) or outline.startswith('~') or ':~' in outline:
        return None
    try:
        return ''.join(piece.text for piece in _Expansion(env, assigns=True).pieces(word))
    except (NotUnderstood, RecursionError):
        return None


def known_prefix(word: str, env: Mapping[str, str | None]) -> str:
    """The text in front of the first part that is not known, as `prefix` gives it."""
    text, expansion = '', _Expansion(env, assigns=True)
    try:
        for part, quoted, expands in parts(word):
            text += ''.join(piece.text for piece in expansion.parameter(part, quoted)) if expands else part
    except (NotUnderstood, RecursionError):
        return text
    return text


def outlined(word: str, env: Mapping[str, str | None]) -> str | None:
    """The one field that a word is, with HOLE in place of what is not known, as `sketch` gives it."""
    text, expansion = '', _Expansion(env, assigns=True)
    try:
        for part, quoted, expands in parts(word):
            if expands and not quoted:
                return None
            text += expansion.sketch(part) if expands else part
    except (NotUnderstood, RecursionError):
        return None
    return text


def assignments(word: str, env: Mapping[str, str | None]) -> Iterator[tuple[str, str | None]]:
    """What `assigned` gives; whether one inside another happens is not asked."""
    try:
        found = [part for part, _, expands in parts(word) if expands and part.startswith('${')]
    except (NotUnderstood, RecursionError):
        return
    for part in found:
        match = _BRACED.match(part)
        if match is None:
            continue
        for name, _ in assignments(part[match.end() : -1], env):
            yield name, None
        if match[3] in ('=', ':='):
            yield match[2], value(part, env)


class _Piece(Record):
    """A part of what a word expands to: `splits` where blanks separate fields, `quoted` makes even nothing a field."""

    text: str
    splits: bool
    quoted: bool


class _Expansion:
    """The pieces of words in an environment. In assignments nothing is split, and a glob in a value is text."""

    def __init__(self, env: Mapping[str, str | None], assigns: bool = False) -> None:
        self.env, self.assigns = env, assigns
        # What ${X=default} set on the way.
        self.changed: set[str] = set()

    def pieces(self, word: str, splits: bool = False) -> Iterator[_Piece]:
        """`splits`: the word is the default in an unquoted ${…}, so that its own blanks separate fields."""
        for text, quoted, expands in parts(word):
            if not expands:
                yield _Piece(text, splits and not quoted, quoted)
            else:
                yield from self.parameter(text, quoted)

    def sketch(self, raw: str) -> str:
        """What stands for a quoted expansion: HOLE where it is not known."""
        try:
            return ''.join(piece.text for piece in self.parameter(raw, quoted=True))
        except NotUnderstood:
            return HOLE

    def parameter(self, raw: str, quoted: bool) -> Iterator[_Piece]:
        short = _SHORT.fullmatch(raw)
        match = short or _BRACED.match(raw)
        if not match:
            raise NotUnderstood
        length, name, operator = ('', match[1], None) if short else match.groups()
        value, rest = self.known(name), '' if short else raw[match.end() : -1]
        if not operator:
            if rest or (length and not (value or '').isascii()):
                raise NotUnderstood
            yield self.piece(str(len(value or '')) if length else value, quoted)
        elif length:
            raise NotUnderstood
        elif operator[0] in '#%':
            pattern = self.pattern(rest, quoted)
            trim = str.removeprefix if operator[0] == '#' else str.removesuffix
            yield self.piece(trim(value or '', pattern), quoted)
        else:
            yield from self.alternative(name, operator, rest, quoted)

    def alternative(self, name: str, operator: str, rest: str, quoted: bool) -> Iterator[_Piece]:
        """${X-rest}, ${X=rest}, ${X+rest}, ${X?rest}; with a `:` an empty value counts as none."""
        value = self.known(name)
        is_set = bool(value) if operator[0] == ':' else value is not None
        if is_set == (operator[-1] == '+') and operator[-1] != '?':
            default = self.default(rest, quoted)
            if operator[-1] != '=':
                return default
            self.changed.add(name)
            value = ''.join(piece.text for piece in default)
        if operator[-1] == '?' and not is_set:
            raise NotUnderstood
        return iter([self.piece('' if operator[-1] == '+' else value, quoted)])

    def default(self, rest: str, quoted: bool) -> Iterator[_Piece]:
        # Shells disagree about quotes inside quotes.
        if quoted and re.search(r'["\'\\]', rest):
            raise NotUnderstood
        outline = '' if quoted else outline_of(rest)
        if outline is None or _GLOB_CHARACTER.search(outline) or has_braces(outline) or '~' in outline:
            raise NotUnderstood
        return self.pieces(f'"{rest}"') if quoted else self.pieces(rest, splits=True)

    def pattern(self, rest: str, quoted: bool) -> str:
        """The text that a pattern without globs matches."""
        outline = outline_of(rest)
        if outline is None or '~' in outline or _GLOB_CHARACTER.search(outline) or (quoted and '"' in rest):
            raise NotUnderstood
        inner = _Expansion(self.env)
        inner.changed = self.changed
        return ''.join(piece.text for piece in inner.pieces(rest))

    def piece(self, value: str | None, quoted: bool) -> _Piece:
        if not (quoted or self.assigns) and (_GLOB_CHARACTER.search(value or '') or 'IFS' in self.env):
            raise NotUnderstood
        return _Piece(value or '', not quoted, quoted)

    def known(self, name: str) -> str | None:
        """The value of a variable; None when it is unset."""
        value = self.env.get(name)
        if name == '#' and value is None:
            raise NotUnderstood
        if name in self.changed or (value is None and (name in self.env or name in _PRESET or name.startswith('BASH'))):
            raise NotUnderstood
        return value


def _fields(pieces: Iterator[_Piece]) -> Iterator[str]:
    field: list[str] = []
    for text, splits, quoted in pieces:
        first, *others = _FIELD_SEPARATOR.split(text) if splits else [text]
        if first or quoted:
            field.append(first)
        for chunk in others:
            if field:
                yield ''.join(field)
            field = [chunk] if chunk else []
    if field:
        yield ''.join(field)

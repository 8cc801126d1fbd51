"""Words of a Dockerfile, expanded and split as BuildKit's shell lexer does it (frontend/dockerfile/shell/lex.go)."""

from __future__ import annotations

from hooks.lean.lazy import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

# What Go's unicode.IsSpace holds for space; str.strip() would take \x1c to \x1f too.
SPACE = (
    '\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007'
    '\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000'
)

# What a replacement may grow to, and the time that it may take.
_LONGEST = 1_000_000
_PATTERN_TOKEN = r'\\([*?\\])|\\(?=[}/])|(\\)|([\s\S])'
_NO_RUNE = '\ufffd'
_UNEXPECTED = 'unexpected end of statement while looking for matching'
_REFERENCE = r'\$(?:(\$)|\{(\w+)\}|(\w+))'


class _Malformed(Exception):
    """BuildKit refuses the word, and says this; '' where that is not known."""


def expand(word: str, env: Mapping[str, str | None], escape: str = '\\') -> str | None:
    """Expand variables and remove quotes and escapes, as BuildKit does for COPY, ENV, WORKDIR and their like.

    A name that is not in `env` is unset; a name mapped to None has an unknown value. `escape` is the Dockerfile's
    escape character. None: the word is malformed, or what comes out depends on an unknown value.
    Reference: Lex.ProcessWord.
    """
    if word.isascii() and not ('$' in word or '"' in word or "'" in word or escape in word):
        return word
    try:
        return _Lexer(word, env, escape).until('')
    except (_Malformed, RecursionError):
        return None


def fault(word: str, escape: str = '\\') -> str:
    """What BuildKit says of a word that it refuses whatever its variables are; '' of one that it may take."""
    if '"' not in word and "'" not in word and '${' not in word:
        return ''
    try:
        _Lexer(word, _Unknown(), escape).until('')
    except _Malformed as malformed:
        return str(malformed)
    except RecursionError:
        return ''
    return ''


class _Unknown(dict[str, 'str | None']):
    """Every variable, of which no value is known."""

    def get(self, name: str, default: object = None) -> None:
        return None

    def __contains__(self, name: object) -> bool:
        return True


def split(text: str, *, raw_quotes: bool, raw_escapes: bool) -> list[str] | None:
    """Split a text into words, with the variables left as they stand; None: malformed.

    Reference: Lex.ProcessWords with SkipUnsetEnv and no variables, as the search for heredocs uses it.
    """
    words = _Words()
    try:
        _Lexer(text, {}, '\\', raw_quotes, raw_escapes, keep_unset=True).until('', words)
    except (_Malformed, RecursionError):
        return None
    return words.end()


def valid(text: str) -> str:
    """Replace what is not UTF-8 (a surrogate escape here) by U+FFFD, as Go does where it goes rune by rune."""
    return text if text.isascii() else re.sub('[\ud800-\udfff]', '\ufffd', text)


class _Words:
    """Collects the words of a text piece by piece."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.word = ''
        self.inside = False

    def add(self, piece: str) -> None:
        for char in piece:
            if char not in SPACE:
                self.add_quoted(char)
            elif self.inside and self.word:
                self.words.append(self.word)
                self.word, self.inside = '', False

    def add_quoted(self, piece: str) -> None:
        self.word += piece
        self.inside = True

    def end(self) -> list[str]:
        return [*self.words, self.word] if self.word else self.words


class _Lexer:
    """One pass over one word. A piece of text that depends on an unknown value is None."""

    def __init__(
        self,
        text: str,
        env: Mapping[str, str | None],
        escape: str,
        raw_quotes: bool = False,
        raw_escapes: bool = False,
        keep_unset: bool = False,
    ) -> None:
        self.text = valid(text).removeprefix('\ufeff')
        self.at = 0
        self.env = env
        self.escape = escape
        self.raw_quotes = raw_quotes
        self.raw_escapes = raw_escapes
        self.keep_unset = keep_unset
        self.operands = 0

    def peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def next(self) -> str:
        char = self.peek()
        self.at += 1
        return char

    def until(self, stop: str, words: _Words | None = None, pattern: bool = False) -> str | None:
        """Read up to and including `stop`, '' being the end. `pattern`: escapes in quotes stay escapes."""
        pieces: list[str | None] = []
        while (char := self.peek()) != stop:
            if not char:
                raise _Malformed
            operands = self.operands
            piece = self.piece(char, pattern)
            pieces.append(piece)
            if words is None or piece is None:
                continue
            if self.operands != operands:
                words.word = ''  # the lexer's one word buffer is emptied by the operand of a ${name:-operand}
            if char in '\'"<' or char == self.escape:
                words.add_quoted(piece)
            else:
                words.add(piece)
        self.next()
        return _join(pieces)

    def piece(self, char: str, pattern: bool) -> str | None:
        if char == '$':
            return self.dollar()
        if char == "'":
            return self.single_quoted(pattern)
        if char == '"':
            return self.double_quoted(pattern)
        if char == '<':
            return self.heredoc_operator()
        self.next()
        if char == self.escape:
            return (char if self.raw_escapes else '') + self.next()
        return char

    def heredoc_operator(self) -> str:
        """A `<<` and the blanks behind it belong to the word that follows."""
        start = self.at
        self.next()
        if self.peek() == '<':
            self.next()
            while self.peek() in ('\t', '\r', ' '):
                self.next()
        return self.text[start : self.at]

    def single_quoted(self, pattern: bool) -> str:
        end = self.text.find("'", self.at + 1)
        if end < 0:
            self.at = len(self.text)
            raise _Malformed(f'{_UNEXPECTED} single-quote')
        body = self.text[self.at + 1 : end]
        self.at = end + 1
        if pattern:
            body = body.replace(self.escape, self.escape * 2)
        return f"'{body}'" if self.raw_quotes else body

    def double_quoted(self, pattern: bool) -> str | None:
        quote = '"' if self.raw_quotes else ''
        pieces: list[str | None] = [quote]
        self.next()
        while (char := self.peek()) != '"':
            if not char:
                raise _Malformed(f'{_UNEXPECTED} double-quote')
            pieces.append(self.dollar() if char == '$' else self.double_quoted_char(pattern))
        self.next()
        return _join([*pieces, quote])

    def double_quoted_char(self, pattern: bool) -> str:
        char = self.next()
        if char != self.escape:
            return char
        escaped = self.peek()
        if not escaped:
            return ''
        if escaped in ('"', '$', self.escape):
            return (char if self.raw_escapes else '') + self.next()
        return char * 2 if self.raw_escapes and (pattern or not self.raw_quotes) else char

    def dollar(self) -> str | None:
        self.next()
        if self.peek() != '{':
            name = self.name()
            return self.value(name, '$' + name) if name else '$'
        self.next()
        if self.peek() in ('', '{', '}', ':'):
            raise _Malformed('syntax error: bad substitution' if self.peek() else "syntax error: missing '}'")
        name = self.name()
        operator = self.next()
        if operator == '}':
            return self.value(name, '${' + name + '}')
        if operator == '/':
            return self.replacement(name)
        if operator == ':':
            operator += self.next()
        elif operator not in ('+', '-', '?', '#', '%'):
            raise _Malformed(_unsupported(operator))
        return self.modified(name, operator)

    def name(self) -> str:
        start = self.at
        if self.peek().isdecimal():
            while self.peek().isdecimal():
                self.at += 1
        elif self.peek() in ('@', '*', '#', '?', '-', '$', '!'):
            self.at += 1
        else:
            while (char := self.peek()).isalpha() or char.isdecimal() or char == '_':
                self.at += 1
        return self.text[start : self.at]

    def value(self, name: str, written: str) -> str | None:
        return written if self.keep_unset and name not in self.env else self.env.get(name, '')

    def operand(self, stop: str, raw_escapes: bool, pattern: bool) -> str | None:
        self.operands += 1
        outer, self.raw_escapes = self.raw_escapes, raw_escapes
        try:
            text = self.until(stop, pattern=pattern)
        except _Malformed:
            if self.peek():
                raise
            # Whatever was to be closed before it.
            raise _Malformed(f"syntax error: missing '{stop}'{' in ${}' * (stop == '/')}") from None
        self.raw_escapes = outer
        return text

    def modified(self, name: str, operator: str) -> str | None:
        """`${name:-word}` and its like, from behind the operator."""
        trims = operator in ('#', '%')
        if operator in (':#', ':%'):
            raise _Malformed(_unsupported(operator))
        word = self.operand('}', trims, trims)
        value = self.env.get(name, '')
        unset = name not in self.env
        if unset and self.keep_unset:
            return None if word is None else '${' + name + operator + word + '}'
        if operator[-1] not in '-+?#%':
            raise _Malformed(_unsupported(operator))
        if value is None or (trims and word is None):
            return None
        if trims:
            return _trim(operator, word or '', value)
        empty = unset or (operator[0] == ':' and not value)
        if operator[-1] == '+':
            return '' if empty else word
        if empty and operator[-1] == '?':
            raise _Malformed
        return word if empty else value

    def replacement(self, name: str) -> str | None:
        """`${name/pattern/text}` and `${name//pattern/text}`, from behind the first slash."""
        everywhere = self.peek() == '/'
        if everywhere:
            self.next()
        pattern = self.operand('/', True, True)
        text = self.operand('}', True, False)
        if pattern is None or text is None:
            return None
        if name not in self.env and self.keep_unset:
            return '${' + name + '/' + pattern + '/' + text + '}'
        value = self.env.get(name, '')
        regex = _regex(pattern, greedy=True)
        if value is None or len(value) * (len(text) + len(pattern)) > _LONGEST:
            return None
        return _replace_all(regex, value, text) if everywhere else regex.sub(lambda _: text, value, count=1)


def _unsupported(operator: str) -> str:
    return f'unsupported modifier ({operator or _NO_RUNE}) in substitution'


def _join(pieces: list[str | None]) -> str | None:
    known = [piece for piece in pieces if piece is not None]
    return ''.join(known) if len(known) == len(pieces) else None


def _trim(operator: str, word: str, value: str) -> str:
    greedy = word.startswith(operator)
    if greedy:
        word = word[1:]
    if operator == '#':
        found = _regex(word, greedy).match(value)
        return value[found.end() :] if found else value
    # A shortest match at the end is a shortest match at the start of the text read backwards.
    backwards = valid(value)[::-1]
    found = _regex(_reversed(word), greedy).match(backwards)
    return (backwards[found.end() :] if found else backwards)[::-1]


def _reversed(pattern: str) -> str:
    return ''.join(reversed(re.findall(r'\\.|.', pattern, re.DOTALL)))


def _regex(pattern: str, greedy: bool) -> re.Pattern[str]:
    """A shell pattern of `*` and `?` as a regular expression; a backslash escapes, whatever the escape character."""
    parts = ['']
    for escaped, stray, char in re.findall(_PATTERN_TOKEN, pattern.removeprefix('\ufeff')):
        if stray:
            raise _Malformed
        if char == '*':
            parts.append('')
        else:
            parts[-1] += '.' if char == '?' else re.escape(escaped or char)
    from hooks.lean.stars import starred

    return re.compile(starred(parts, lazy=not greedy))


def _replace_all(regex: re.Pattern[str], value: str, template: str) -> str:
    """Regexp.ReplaceAllString: an empty match right behind a match does not count, and the template has its `$`."""
    pieces, end = [], 0
    for found in regex.finditer(value):
        pieces.append(value[end : found.start()])
        if found.end() > end or found.start() == 0:
            pieces.append(_filled(template, found.group()))
        end = found.end()
    return ''.join([*pieces, value[end:]])


def _filled(template: str, whole: str) -> str:
    """`$0` is the whole match, every other group is empty, `$$` is a dollar."""

    def fill(reference: re.Match[str]) -> str:
        dollar, braced, bare = reference.groups()
        return dollar or (whole if (braced or bare) == '0' else '')

    return re.sub(_REFERENCE, fill, template)

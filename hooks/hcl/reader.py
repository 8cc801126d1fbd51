"""The text of an HCL file → its blocks."""

from __future__ import annotations

from hooks.hcl import Block, NotUnderstood
from hooks.hcl.expressions import (
    LEVELS,
    binary,
    call,
    chosen,
    element,
    items,
    literal,
    mapping,
    name,
    template,
    unary,
    unknown,
)
from hooks.lean.lazy import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from hooks.hcl import Expression

_BLANK = regex(r'(?:[ \t\r]|#[^\n]*|//[^\n]*|/\*(?s:.*?)\*/)+')
_TOKEN = regex(
    r'[^\W\d][\w-]*|[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?'
    r'|[=!<>]=|&&|\|\||=>|\.\.\.|\.\*|<<-?[^\W\d][\w-]*[ \t\r]*\n|\S|\n'
)
_IDENTIFIER = regex(r'[^\W\d][\w-]*')
_PLAIN = regex(r'[^"\\$%\n]+')
_RAW = regex(r'[^$%]+')
_ESCAPES = {'n': '\n', 'r': '\r', 't': '\t', '"': '"', '\\': '\\'}
_LITERALS = {'true': True, 'false': False, 'null': None}
_DEEPEST = 60


def read(source: str) -> Block:
    """The file as a block without a kind; NotUnderstood where it is no HCL."""
    try:
        return Reader(source).body('', (), '', 1)
    except (RecursionError, ValueError):
        raise NotUnderstood from None


class Reader:
    """A position in a text."""

    def __init__(self, source: str) -> None:
        self.source, self.at, self.depth = source, 0, 0
        # Whether ends of lines are blanks, as they are inside of parentheses and brackets.
        self.joins = False

    def peek(self) -> str:
        """The next token, '' at the end."""
        while True:
            blank = _BLANK.match(self.source, self.at)
            self.at = blank.end() if blank else self.at
            if not self.joins or self.source[self.at : self.at + 1] != '\n':
                break
            self.at += 1
        found = _TOKEN.match(self.source, self.at)
        return found[0] if found else ''

    def next(self) -> str:
        token = self.peek()
        self.at += len(token)
        return token

    def takes(self, *tokens: str) -> str:
        """Step over the next token if it is one of these; '' otherwise."""
        token = self.peek()
        if token not in tokens:
            return ''
        self.at += len(token)
        return token

    def expect(self, token: str) -> None:
        if self.next() != token:
            raise NotUnderstood

    def body(self, kind: str, labels: tuple[str, ...], end: str, line: int) -> Block:
        """Attributes and blocks up to what ends them."""
        attributes: dict[str, Expression] = {}
        blocks: list[Block] = []
        while True:
            token = self.next()
            if token == end:
                return Block(kind, labels, attributes, tuple(blocks), line)
            if token == '\n':
                continue
            if not _IDENTIFIER.fullmatch(token):
                raise NotUnderstood
            if self.takes('='):
                if token in attributes:
                    raise NotUnderstood
                attributes[token] = self.expression()
            else:
                blocks.append(self.block(token))
            if self.peek() not in ('\n', end):
                raise NotUnderstood

    def block(self, kind: str) -> Block:
        line, labels = self.source.count('\n', 0, self.at) + 1, list[str]()
        while not self.takes('{'):
            token = self.next()
            if token == '"':
                start, self.at = self.at, self.source.index('"', self.at) + 1
                labels.append(self.source[start : self.at - 1])
            elif _IDENTIFIER.fullmatch(token):
                labels.append(token)
            else:
                raise NotUnderstood
        return self.body(kind, tuple(labels), '}', line)

    # Expressions

    def expression(self) -> Expression:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise NotUnderstood
        found = self.binary(0)
        if self.takes('?'):
            then = self.expression()
            self.expect(':')
            found = chosen(found, then, self.expression())
        self.depth -= 1
        return found

    def binary(self, level: int) -> Expression:
        if level == len(LEVELS):
            return self.unary()
        left = self.binary(level + 1)
        while operator := self.takes(*LEVELS[level]):
            left = binary(operator, left, self.binary(level + 1))
        return left

    def unary(self) -> Expression:
        operator = self.takes('!', '-')
        if not operator:
            return self.postfix()
        self.depth += 1
        if self.depth > _DEEPEST:
            raise NotUnderstood
        found = unary(operator, self.unary())
        self.depth -= 1
        return found

    def postfix(self) -> Expression:
        found = self.primary()
        while token := self.takes('.', '.*', '['):
            if token == '.*':
                found = unknown
            elif token == '.':
                word = self.next()
                key = literal(int(word)) if word.isdigit() else literal(word)
                if not word.isdigit() and not _IDENTIFIER.fullmatch(word):
                    raise NotUnderstood
                found = element(found, key)
            else:
                found = self.inside(lambda of=found: self.index(of))  # type: ignore[misc]
        return found

    def index(self, of: Expression) -> Expression:
        if self.takes('*'):
            self.expect(']')
            return unknown
        key = self.expression()
        self.expect(']')
        return element(of, key)

    def primary(self) -> Expression:
        token = self.next()
        if token == '"':
            return self.quoted()
        if token.startswith('<<'):
            return self.heredoc(token[2:].strip().lstrip('-'))
        if token[:1].isdigit():
            return literal(int(token) if token.isdigit() else float(token))
        if token in ('(', '['):
            return self.inside(self.parenthesis if token == '(' else self.brackets)
        if token == '{':
            return self.inside(self.braces, joins=False)
        if not _IDENTIFIER.fullmatch(token):
            raise NotUnderstood
        if self.source[self.at : self.at + 1] == '(':
            self.at += 1
            return self.inside(lambda: self.call(token))
        return literal(_LITERALS[token]) if token in _LITERALS else name(token)

    def inside(self, read: Callable[[], Expression], joins: bool = True) -> Expression:
        """Read what stands in brackets of some kind."""
        before, self.joins = self.joins, joins
        found = read()
        self.joins = before
        return found

    def parenthesis(self) -> Expression:
        found = self.expression()
        self.expect(')')
        return found

    def call(self, function: str) -> Expression:
        args: list[Expression] = []
        while not self.takes(')'):
            args.append(self.expression())
            if self.takes('...'):
                # A list whose elements are the arguments.
                args = [unknown]
            if self.peek() != ')':
                self.expect(',')
        return call(function, args)

    def brackets(self) -> Expression:
        if self.peek() == 'for':
            return self.comprehension(']')
        found: list[Expression] = []
        while not self.takes(']'):
            found.append(self.expression())
            if self.peek() != ']':
                self.expect(',')
        return items(found)

    def braces(self) -> Expression:
        pairs: list[tuple[Expression, Expression]] = []
        while True:
            while self.takes('\n'):
                pass
            if self.takes('}'):
                return mapping(pairs)
            if self.peek() == 'for' and not pairs:
                return self.inside(lambda: self.comprehension('}'))
            word = _IDENTIFIER.match(self.source, self.at)
            key = literal(self.next()) if word else self.expression()
            if not self.takes('=', ':'):
                raise NotUnderstood
            pairs.append((key, self.expression()))
            if self.peek() not in ('\n', '}'):
                self.expect(',')

    def comprehension(self, end: str) -> Expression:
        """`for`, which is not evaluated."""
        self.expect('for')
        while self.next() != 'in':
            if not self.peek():
                raise NotUnderstood
        self.expression()
        self.expect(':')
        while not self.takes(end):
            self.expression()
            while self.takes('=>', '...', 'if'):
                pass
        return unknown

    # Strings

    def quoted(self, raw: bool = False) -> Expression:
        """A template up to the quote that ends it; a `raw` one is the whole text, and knows no backslashes."""
        parts: list[Expression] = []
        plain, whole = '', True
        ending = '' if raw else '"'
        while True:
            found = (_RAW if raw else _PLAIN).match(self.source, self.at)
            plain += found[0] if found else ''
            self.at = found.end() if found else self.at
            sign, two, three = (self.source[self.at : self.at + many] for many in (1, 2, 3))
            if sign == ending:
                self.at += 1
                parts += [literal(plain)] if plain or not parts else []
                return template(parts) if whole else unknown
            if two in ('${', '%{'):
                parts += [literal(plain)] if plain else []
                parts.append(self.interpolated(two))
                # Nor is it known what `~` takes away.
                whole = whole and two == '${' and '~' not in (three[2:], self.source[self.at - 2])
                plain = ''
            elif three in ('$${', '%%{'):
                plain += three[1:]
                self.at += 3
            elif sign and sign in '$%':
                plain += sign
                self.at += 1
            elif sign == '\\':
                plain += self.escaped()
            else:
                raise NotUnderstood

    def interpolated(self, sign: str) -> Expression:
        """`${…}`; of `%{…}` no more than where it ends."""
        self.at += 3 if self.source[self.at + 2 : self.at + 3] == '~' else 2

        def read() -> Expression:
            if sign == '%{' and self.takes('else', 'endif', 'endfor', 'if'):
                found = unknown if self.peek() in ('}', '~') else self.expression()
            elif sign == '%{':
                while self.next() != 'in':
                    if not self.peek():
                        raise NotUnderstood
                found = self.expression()
            else:
                found = self.expression()
            self.takes('~')
            self.expect('}')
            return found

        return self.inside(read)

    def escaped(self) -> str:
        letter = self.source[self.at + 1 : self.at + 2]
        many = {'u': 4, 'U': 8}.get(letter, 0)
        code = self.source[self.at + 2 : self.at + 2 + many]
        self.at += 2 + many
        if many:
            number = int(code, 16) if len(code) == many else 0x110000
            if number > 0x10FFFF:
                raise NotUnderstood
            return chr(number)
        if letter not in _ESCAPES:
            raise NotUnderstood
        return _ESCAPES[letter]

    def heredoc(self, word: str) -> Expression:
        """A text of several lines, which is not evaluated."""
        while self.at < len(self.source):
            end = self.source.find('\n', self.at)
            end = len(self.source) if end < 0 else end
            line, self.at = self.source[self.at : end], end
            if line.strip() == word:
                return unknown
            self.at += 1
        raise NotUnderstood

"""Simple commands: assignments, words, redirections, here-documents; blanks and newlines between them."""

from __future__ import annotations

from hooks.lean.lazy import re, regex
from hooks.lean.numbers import number
from hooks.shell.lexer import Lexer
from hooks.shell.tree import Redirect, Simple

OPENING = ('if', 'while', 'until', 'for', 'case', '{', '[[', 'function')
CLOSING = ('then', 'elif', 'else', 'fi', 'do', 'done', 'esac', '}')
RESERVED_WORDS = (*OPENING, *CLOSING, '!', 'in', 'select', 'coproc')
_DECLARING = ('declare', 'export', 'local', 'readonly', 'typeset')
_BLANK = regex(r'(?:[ \t]+|\\\n)*(?:#[^\n]*)?')
_PLAIN_ARGUMENTS = regex(r'(?:[a-zA-Z0-9_./:,@%+-]+[ \t]+){1,1000}')
_REDIRECT = regex(r'([0-9]*)(<<<|<<-|<<|<>|<&|>>|>&|>\||[<>](?!\())|(&>>?)')
_ASSIGN = regex(r'([a-zA-Z_][a-zA-Z_0-9]*)(\[[^]\s]*\])?(\+?)=')
_RESERVED = regex(
    '(' + '|'.join(RESERVED_WORDS).replace('{', r'\{').replace('[', r'\[') + r')(?=[ \t\n;&|()<>]|\\\n|\Z)'
)


class Commands(Lexer):
    """What stands between the operators of a script."""

    def blank(self) -> None:
        self.skip(_BLANK)

    def newlines(self) -> None:
        """Move over blanks, comments, and newlines with the here-documents behind them."""
        self.blank()
        while self.starts('\n'):
            if self.newline < 0:
                self.at += 1
            elif self.newline == self.at:
                self.at, self.newline = self.resume, -1
            else:
                # A newline inside a word stood between the here-document and its body.
                raise self.fail()
            self.blank()

    def reserved(self) -> str:
        match = _RESERVED.match(self.text, self.at)
        return match[1] if match else ''

    def keyword(self, word: str) -> None:
        self.newlines()
        if self.reserved() != word:
            raise self.fail()
        self.at += len(word)

    def redirects(self) -> tuple[Redirect, ...]:
        found: list[Redirect] = []
        self.blank()
        while self.redirect(found):
            self.blank()
        return tuple(found)

    def redirect(self, found: list[Redirect]) -> bool:
        match = _REDIRECT.match(self.text, self.at)
        if not match:
            return False
        fd, operator = match[1] or '', match[2] or match[3]
        self.at = match.end()
        self.blank()
        target, literal = self.word(), False
        # Of several digits bash makes a descriptor, dash a word; in `> 2>f` the 2 is a descriptor, and no target.
        if not target or len(fd) > 1 or (target.isdigit() and self.starts('<', '>')):
            raise self.fail()
        if operator in ('<<', '<<-'):
            target, literal = self.heredoc(target, operator == '<<-')
            operator = '<<'
        found.append(Redirect(number(fd) if fd else None, operator, target, literal))
        return True

    def heredoc(self, delimiter: str, strips: bool) -> tuple[str, bool]:
        """Find the body behind the end of this line, for `newlines` to jump over."""
        if self.newline < 0:
            self.newline = self.resume = self.text.find('\n', self.at)
        if self.newline < 0:
            raise self.fail()
        word = re.sub(r'\\([\s\S])|[\'"]', lambda match: match[1] or '', delimiter)
        start = at = self.resume + 1
        while True:
            end = self.text.find('\n', at)
            line = self.text[at : end if end >= 0 else None]
            if (line.lstrip('\t') if strips else line) == word:
                break
            if end < 0:
                raise self.fail()
            at = end + 1
        body, self.resume = self.text[start:at], at + len(line)
        # A backslash above an unquoted delimiter joins the two lines.
        if word == delimiter and body.endswith('\\\n'):
            raise self.fail()
        return re.sub(r'(?m)^\t+', '', body) if strips else body, word != delimiter

    def simple(self) -> Simple:
        assigns: list[tuple[str, str]] = []
        words: list[str] = []
        redirects: list[Redirect] = []
        while self.redirect(redirects) or (not words and self.assignment(assigns)) or self.argument(words):
            self.blank()
            plain = _PLAIN_ARGUMENTS.match(self.text, self.at) if words else None
            if plain:
                words += plain[0].split()
                self.at = plain.end()
                self.blank()
        if not (assigns or words or redirects) or _is_split_keyword(words):
            raise self.fail()
        return Simple(tuple(assigns), tuple(words), tuple(redirects))

    def argument(self, words: list[str]) -> bool:
        word = self.word()
        if self.starts('(') and words and words[0] in _DECLARING and _ASSIGN.fullmatch(word):
            word += self.array()
        if word:
            words.append(word)
        return bool(word)

    def assignment(self, assigns: list[tuple[str, str]]) -> bool:
        match = _ASSIGN.match(self.text, self.at)
        if not match:
            return False
        self.at = match.end()
        name, subscript, appends = match.groups()
        old = f'${{{name}}}' if appends else ''
        value = self.array() if self.starts('(') else old + self.word()
        assigns.append((name, f'({value})' if subscript else value))
        return True

    def array(self) -> str:
        """Move over the (…) of `name=(…)`."""
        start = self.at
        self.at += 1
        self.newlines()
        while self.word():
            self.newlines()
        self.expect(')')
        return self.text[start : self.at]


def _is_split_keyword(words: list[str]) -> bool:
    """A reserved word with a line continuation in it."""
    return bool(words) and '\\\n' in words[0] and words[0].replace('\\\n', '') in RESERVED_WORDS

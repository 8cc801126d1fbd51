"""A position in a script, and what moves it over a word: quotes, `$`, `${…}`, `$(…)`, backquotes, `$((…))`."""

from __future__ import annotations

from hooks.lean.lazy import re, regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.shell.tree import Node

# A level of nesting costs the parser up to ten frames.
_DEEPEST_NESTING = 50
# In tokens: what begins with `((` may have to be read twice.
_LONGEST_ARITHMETIC = 1000

# What nests nothing, in a word, in "…" and in ${…}.
_PLAIN = regex(r"""(?:[^ \t\n;&|()<>'"\\$`]+|\\[\s\S]|\\\Z|'[^']*'|\$[a-zA-Z_0-9])*""")
_IN_QUOTES = regex(r'(?:[^"\\$`]+|\\[\s\S]|\$[a-zA-Z_0-9])*')
_IN_BRACES = regex(r"""(?:[^}"'\\$`]+|\\[\s\S]|\$[a-zA-Z_0-9])*""")
_SINGLE_QUOTED = regex(r"'[^']*'")
_BOTH_WAYS = regex(r"""'[^}"'\\$`]*'""")
_ANSI_QUOTED = regex(r"\$'[^'\\]*(?:\\[\s\S][^'\\]*)*'")
_BACKQUOTED = regex(r'`([^`\\]*(?:\\[\s\S][^`\\]*)*)`')
_DOLLAR = regex(r'\$(?:[a-zA-Z_][a-zA-Z_0-9]*|[0-9@*#?$!-])?')
_PARAMETER = regex(r'\$\{(?:[#!]?[a-zA-Z_][a-zA-Z_0-9]*|#?[0-9]+|#?[@*#?$!-])')
_ARITHMETIC = regex(r"""[^()'"\\`]+|'[^']*'|"[^"\\]*(?:\\[\s\S][^"\\]*)*"|\\[\s\S]|[()]""")


class NotUnderstood(Exception):
    """A syntax error, or an unsupported construct."""


class Lexer:
    """The scripts inside a word are its subclass's to read: `commands` moves over one."""

    def __init__(self, text: str, depth: int = 0) -> None:
        self.text, self.at, self.depth = text, 0, depth
        # Where a line with here-documents ends (-1: none is open), and where the last one's delimiter ends.
        self.newline = self.resume = -1

    def fail(self) -> NotUnderstood:
        return NotUnderstood(self.at)

    def starts(self, *prefixes: str) -> bool:
        return self.text.startswith(prefixes, self.at)

    def skip(self, pattern: re.Pattern[str]) -> re.Match[str]:
        """Move over what must match here."""
        match = pattern.match(self.text, self.at)
        if not match:
            raise self.fail()
        self.at = match.end()
        return match

    def expect(self, token: str) -> None:
        if not self.starts(token):
            raise self.fail()
        self.at += len(token)

    def enter(self) -> None:
        self.depth += 1
        if self.depth > _DEEPEST_NESTING:
            raise self.fail()

    def commands(self) -> Node:
        raise NotImplementedError

    def script(self) -> Node:
        tree = self.commands()
        if self.at < len(self.text) or self.newline >= 0:
            raise self.fail()
        return tree

    def word(self) -> str:
        """Move over a word, which may be empty, and return it as it is written."""
        start = self.at
        if self.starts('<(', '>('):
            self.at += 2
            self.substitution()
        self.skip(_PLAIN)
        while self.starts('"', "'", '$', '`'):
            if self.starts('"'):
                self.quoted()
            elif self.starts("$'"):
                self.skip(_ANSI_QUOTED)
            else:
                # A `'` here is one that nothing closes, and fails.
                self.expansion()
            self.skip(_PLAIN)
        return self.text[start : self.at]

    def quoted(self) -> None:
        """Move over "…"."""
        self.at += 1
        self.skip(_IN_QUOTES)
        while not self.starts('"'):
            self.expansion(quoted=True)
            self.skip(_IN_QUOTES)
        self.at += 1

    def expansion(self, quoted: bool = False) -> None:
        """Move over what `$` or a backquote begins; over the `$` alone where that begins nothing."""
        self.enter()
        if self.starts('`'):
            script = self.skip(_BACKQUOTED)[1]
            type(self)(re.sub(r'\\([\\`$"])' if quoted else r'\\([\\`$])', r'\1', script), self.depth).script()
        elif self.starts('$(('):
            self.at += 1
            if not self.arithmetic():
                raise self.fail()
        elif self.starts('$('):
            self.at += 2
            self.substitution()
        elif self.starts('${'):
            self.parameter(quoted)
        elif self.starts('$\\\n'):
            raise self.fail()
        else:
            self.skip(_DOLLAR)
            if self.starts('\\\n'):
                # The name may go on in the next line.
                raise self.fail()
        self.depth -= 1

    def substitution(self) -> None:
        """Move over a command or process substitution, from behind its `(`."""
        inner = type(self)(self.text, self.depth)
        inner.at = self.at
        inner.commands()
        if inner.newline >= 0:
            raise self.fail()
        self.at = inner.at
        self.expect(')')

    def arithmetic(self) -> bool:
        """Move over ((…)); False when the second parenthesis is not closed right before the first."""
        start, nesting = self.at, 1
        self.expect('((')
        for _ in range(_LONGEST_ARITHMETIC):
            token = self.skip(_ARITHMETIC)[0]
            nesting += (token == '(') - (token == ')')
            if not nesting:
                break
        else:
            raise self.fail()
        if self.starts(')'):
            self.at += 1
            return True
        self.at = start
        return False

    def parameter(self, quoted: bool) -> None:
        """Move over ${…}. In double quotes, but for patterns, a `'` is a plain character in dash, a quote in bash."""
        self.skip(_PARAMETER)
        single_quoted = _BOTH_WAYS if quoted and not self.starts('#', '%', '/') else _SINGLE_QUOTED
        self.skip(_IN_BRACES)
        while not self.starts('}'):
            if self.starts('"'):
                self.quoted()
            elif self.starts("'"):
                self.skip(single_quoted)
            else:
                self.expansion(quoted)
            self.skip(_IN_BRACES)
        self.at += 1

"""The text of a RUN as a small syntax tree: POSIX sh, and what Dockerfiles use of bash.

`parse` understands lists, pipelines, groups, subshells, `if`, loops, `case`, functions, redirections and
here-documents; `[[ … ]]` and `((…))` become simple commands. Words stay as they are written, quotes included, until
`expand` makes fields of them. Whatever is not understood, or is too deep to walk by recursion, is None.

Two spellings mean different things to different shells, and are read as bash (and Alpine's sh) reads them:
`a &> f` is a redirection, where dash runs `a` in the background; `[[ a && b ]]` is one command.

Reference: POSIX.1-2017, Shell Command Language, 2.2 to 2.10; the grammars of dash and bash.
"""

from __future__ import annotations

import re
from functools import lru_cache

from hooks.lean.lazy import regex
from hooks.lean.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Redirect(Record):
    """`fd` is None where none is written; `target` a raw word, or a here-document's body (then `op` is '<<').

    `op` is one of > >> >| < <> >& <& &> &>> << <<<. `literal` is True for a here-document whose delimiter is quoted, so
    that nothing in its body is expanded. The tabs that `<<-` strips are stripped.
    """

    fd: int | None
    op: str
    target: str
    literal: bool = False


class Simple(Record):
    """`assigns` are name and raw value: for `expand_value`, to which an array is unknown; `a+=b` is ('a', '${a}b')."""

    assigns: tuple[tuple[str, str], ...]
    words: tuple[str, ...]
    redirects: tuple[Redirect, ...]


class And(Record):
    left: Node
    right: Node


class Or(Record):
    left: Node
    right: Node


class Not(Record):
    body: Node


class Pipe(Record):
    parts: tuple[Node, ...]


class Seq(Record):
    """Commands that `;`, `&` or newlines separate; without any parts an empty script or an empty `case` branch."""

    parts: tuple[Node, ...]


class Background(Record):
    body: Node


class Subshell(Record):
    body: Node
    redirects: tuple[Redirect, ...]


class Group(Record):
    body: Node
    redirects: tuple[Redirect, ...]


class If(Record):
    """`branches` are (condition, body) of `if` and of each `elif`."""

    branches: tuple[tuple[Node, Node], ...]
    orelse: Node | None
    redirects: tuple[Redirect, ...]


class Loop(Record):
    """`kind` is 'for' (`name` and `words`, no condition), 'while' or 'until'; `for ((…))` is a 'while' of `((…))`."""

    kind: str
    name: str
    words: tuple[str, ...]
    condition: Node | None
    body: Node
    redirects: tuple[Redirect, ...]


class Case(Record):
    """`branches` are (raw patterns, body)."""

    word: str
    branches: tuple[tuple[tuple[str, ...], Node], ...]
    redirects: tuple[Redirect, ...]


class Function(Record):
    name: str
    body: Node


Node = Simple | And | Or | Not | Pipe | Seq | Background | Subshell | Group | If | Loop | Case | Function


@lru_cache(maxsize=4096)  # the Dockerfiles of a repository share most of their commands
def parse(text: str) -> Node | None:
    """The tree of a script; None for a syntax error and for what is not supported (`select`, `coproc`, `;&`).

    No tree is so deep that a recursive walk would fail. Time grows linearly with the text, and there is a longest text.
    """
    if len(text) > _LONGEST_SCRIPT:
        return None
    plain = _plain(text)
    if plain:
        return plain
    try:
        tree = _Parser(text).script()
    except (_NotUnderstood, RecursionError):
        return None
    return tree if _is_shallow(tree) else None


def _plain(text: str) -> Node | None:
    """A command in which nothing but quotes means anything to a shell; None for any other text."""
    words = tuple(_PLAIN_WORD.findall(text)) if _PLAIN_COMMAND.fullmatch(text) else ()
    return Simple((), words, ()) if words and words[0] not in (*_RESERVED_WORDS, 'time') else None


# What makes a word more than its own text.
_MARKS = frozenset('$`\'"\\~{}*?[]()<>|&;#! \t\n')
_ALL_QUOTED = regex(r"""'[^']*'|"[^"\\$`]*["]""")


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
    outline = _outline(word)
    if outline is None or _METACHARACTER.search(outline) or _has_braces(outline) or outline.startswith('~'):
        return None
    try:
        return tuple(_fields(_Expansion(env).pieces(word)))
    except (_NotUnderstood, RecursionError):
        return None


@lru_cache(maxsize=4096)
def literal(words: tuple[str, ...]) -> tuple[str, ...]:
    """The fields of words that are the same in every environment; () where one of them may not be, or is no word."""
    fields = [None if '$' in word or '`' in word else expand(word, {}) for word in words]
    return () if None in fields else tuple([field for found in fields for field in found or ()])


def expand_value(word: str, env: Mapping[str, str | None]) -> str | None:
    """The value that an assignment of this raw word gives: like `expand`, without field splitting."""
    outline = _outline(word)
    if outline is None or _METACHARACTER.search(outline) or outline.startswith('~') or ':~' in outline:
        return None
    try:
        return ''.join(piece.text for piece in _Expansion(env, assigns=True).pieces(word))
    except (_NotUnderstood, RecursionError):
        return None


def substitutions(word: str) -> tuple[str, ...]:
    """The scripts that `$(…)` and backquotes run while a word is expanded; () for what is no word."""
    try:
        raws = [raw for raw, _, expands in _parts(word) if expands and raw.startswith(('$(', '`'))]
    except (_NotUnderstood, RecursionError):
        return ()
    scripts = (re.sub(r'\\([\\`$"])', r'\1', raw[1:-1]) if raw[0] == '`' else raw[2:-1] for raw in raws)
    return tuple(script for script, raw in zip(scripts, raws) if not raw.startswith('$(('))


def has_glob(word: str) -> bool:
    """Whether a raw word has a `*`, a `?` or a `[…]` outside quotes and expansions."""
    outline = _outline(word) or ''
    opening = outline.find('[')
    return '*' in outline or '?' in outline or -1 < opening < outline.rfind(']') - 1


class _NotUnderstood(Exception):
    """A syntax error, or an unsupported construct."""


# Linux takes no longer argument, so that `sh -c` cannot run it (MAX_ARG_STRLEN, with its final NUL).
_LONGEST_SCRIPT = 131_071
# A level of nesting costs the parser up to ten frames, a level of the tree costs its readers a few.
_DEEPEST_NESTING = 50
_DEEPEST_TREE = 200
# In tokens: what begins with `((` may have to be read twice.
_LONGEST_ARITHMETIC = 1000

_BLANK = regex(r'(?:[ \t]+|\\\n)*(?:#[^\n]*)?')
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
# Most commands, and most arguments of the others, need no closer look.
_WORD = r"""(?:[a-zA-Z0-9_./:,@%+=-]|'[^']*'|"[^"\\$`]*")+"""
_PLAIN_WORD = regex(_WORD)
_PLAIN_COMMAND = regex(rf'[a-zA-Z0-9_./-]+(?:[ \t]+{_WORD})*[ \t]*')
_PLAIN_ARGUMENTS = regex(r'(?:[a-zA-Z0-9_./:,@%+-]+[ \t]+){1,1000}')
_REDIRECT = regex(r'([0-9]*)(<<<|<<-|<<|<>|<&|>>|>&|>\||[<>](?!\())|(&>>?)')
_ASSIGN = regex(r'([a-zA-Z_][a-zA-Z_0-9]*)(\[[^]\s]*\])?(\+?)=')
_NAME = regex(r'[a-zA-Z_][a-zA-Z_0-9]*')
_FUNCTION_NAME = regex(r"""[^ \t\n;&|()<>'"\\$`={}#!]+""")
_TIME = regex(r'time(?:[ \t]+-p)?[ \t]+(?=\(|(?:if|while|until|for|case|\{|\[\[|!)[ \t\n])')
_OPENING = ('if', 'while', 'until', 'for', 'case', '{', '[[', 'function')
_CLOSING = ('then', 'elif', 'else', 'fi', 'do', 'done', 'esac', '}')
_DECLARING = ('declare', 'export', 'local', 'readonly', 'typeset')
_RESERVED_WORDS = (*_OPENING, *_CLOSING, '!', 'in', 'select', 'coproc')
_RESERVED = regex('(' + '|'.join(map(re.escape, _RESERVED_WORDS)) + r')(?=[ \t\n;&|()<>]|\\\n|\Z)')


def _is_shallow(tree: Node) -> bool:
    level: list[tuple[object, ...]] = [tree]
    for _ in range(_DEEPEST_TREE):
        level = [child for node in level for child in node if isinstance(child, tuple)]
        if not level:
            return True
    return False


class _Lexer:
    """A position in a text, and what moves it over a word."""

    def __init__(self, text: str, depth: int = 0) -> None:
        self.text, self.at, self.depth = text, 0, depth

    def fail(self) -> _NotUnderstood:
        return _NotUnderstood(self.at)

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
            _Parser(re.sub(r'\\([\\`$"])' if quoted else r'\\([\\`$])', r'\1', script), self.depth).script()
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
        inner = _Parser(self.text, self.depth)
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


class _Parser(_Lexer):
    """Recursive descent: every method starts at the token that it reads, and stops behind it."""

    def __init__(self, text: str, depth: int = 0) -> None:
        super().__init__(text, depth)
        # Where a line with here-documents ends (-1: none is open), and where the last one's delimiter ends.
        self.newline = self.resume = -1

    def script(self) -> Node:
        tree = self.commands()
        if self.at < len(self.text) or self.newline >= 0:
            raise self.fail()
        return tree

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

    def commands(self) -> Node:
        """Commands up to what cannot begin one; none at all is an empty Seq."""
        parts: list[Node] = []
        self.newlines()
        while self.at < len(self.text) and not self.starts(')', ';') and self.reserved() not in _CLOSING:
            parts.append(self.and_or())
            if self.starts('&'):
                self.at += 1
                parts[-1] = Background(parts[-1])
            elif self.starts(';') and not self.starts(';;', ';&'):
                self.at += 1
            elif not self.starts('\n'):
                break
            self.newlines()
        return parts[0] if len(parts) == 1 else Seq(tuple(parts))

    def body(self) -> Node:
        """Commands, at least one."""
        node = self.commands()
        if isinstance(node, Seq) and not node.parts:
            raise self.fail()
        return node

    def and_or(self) -> Node:
        node = self.pipeline()
        while self.starts('&&', '||'):
            operator = And if self.starts('&&') else Or
            self.at += 2
            self.newlines()
            node = operator(node, self.pipeline())
        return node

    def pipeline(self) -> Node:
        timed = _TIME.match(self.text, self.at)
        if timed:
            self.at = timed.end()
        negated = self.reserved() == '!'
        if negated:
            self.at += 1
            self.blank()
        parts = [self.command()]
        while self.starts('|') and not self.starts('||'):
            self.at += 2 if self.starts('|&') else 1
            self.newlines()
            parts.append(self.command())
        node = parts[0] if len(parts) == 1 else Pipe(tuple(parts))
        return Not(node) if negated else node

    def command(self) -> Node:
        """A command, and the blanks behind it."""
        self.enter()
        word = self.reserved()
        if self.starts('('):
            node = self.parenthesis()
        elif not word:
            node = self.simple()
        elif word in _OPENING:
            self.at += len(word)
            self.blank()
            node = self.compound(word)
        else:
            raise self.fail()
        self.depth -= 1
        return node

    def compound(self, word: str) -> Node:
        match word:
            case '{':
                body = self.body()
                self.keyword('}')
                return Group(body, self.redirects())
            case 'if':
                return self.conditional()
            case 'for':
                return self.counting_loop() if self.starts('((') else self.loop_over_words()
            case 'while' | 'until':
                condition = self.body()
                return Loop(word, '', (), condition, self.do(), self.redirects())
            case 'case':
                return self.case()
            case 'function':
                name = self.skip(_FUNCTION_NAME)[0]
                self.blank()
                return self.function(name)
            case _:
                return self.test()

    def parenthesis(self) -> Node:
        """A subshell, or bash's ((…)) where the parentheses allow that reading, as bash does."""
        if self.starts('(('):
            expression = self.expression()
            if expression:
                return expression
        self.expect('(')
        body = self.body()
        self.expect(')')
        return Subshell(body, self.redirects())

    def expression(self) -> Simple | None:
        start = self.at
        if not self.arithmetic():
            return None
        inside = self.text[start + 2 : self.at - 2]
        return Simple((), ('((', inside, '))'), self.redirects())

    def conditional(self) -> Node:
        branches: list[tuple[Node, Node]] = []
        orelse = None
        while not branches or self.reserved() == 'elif':
            self.at += 4 if branches else 0
            condition = self.body()
            self.keyword('then')
            branches.append((condition, self.body()))
        if self.reserved() == 'else':
            self.at += 4
            orelse = self.body()
        self.keyword('fi')
        return If(tuple(branches), orelse, self.redirects())

    def do(self) -> Node:
        self.keyword('do')
        body = self.body()
        self.keyword('done')
        return body

    def loop_over_words(self) -> Node:
        name = self.skip(_NAME)[0]
        self.newlines()
        words: tuple[str, ...] = ('"$@"',)
        if self.reserved() == 'in':
            self.at += 2
            words = self.words()
        self.separator()
        return Loop('for', name, words, None, self.do(), self.redirects())

    def counting_loop(self) -> Node:
        condition = self.expression()
        if not condition:
            raise self.fail()
        self.separator()
        return Loop('while', '', (), condition, self.do(), self.redirects())

    def separator(self) -> None:
        """Move over the `;` that may stand between the head of a loop and `do`."""
        self.blank()
        if self.starts(';') and not self.starts(';;'):
            self.at += 1

    def words(self) -> tuple[str, ...]:
        """The words up to a `;` or the end of the line."""
        words: list[str] = []
        self.blank()
        while word := self.word():
            words.append(word)
            self.blank()
        if not self.starts(';', '\n'):
            raise self.fail()
        return tuple(words)

    def case(self) -> Node:
        word = self.word()
        self.keyword('in')
        self.newlines()
        branches: list[tuple[tuple[str, ...], Node]] = []
        while word and self.reserved() != 'esac':
            branches.append((self.patterns(), self.commands()))
            if not self.starts(';;') or self.starts(';;&'):
                # The last branch, or one that falls through, which is not supported.
                break
            self.at += 2
            self.newlines()
        self.keyword('esac')
        return Case(word, tuple(branches), self.redirects())

    def patterns(self) -> tuple[str, ...]:
        patterns: list[str] = []
        if self.starts('('):
            self.at += 1
        while not patterns or self.starts('|'):
            self.at += 1 if patterns else 0
            self.blank()
            patterns.append(self.word())
            if not patterns[-1]:
                raise self.fail()
            self.blank()
        self.expect(')')
        return tuple(patterns)

    def function(self, name: str) -> Node:
        """The rest of a definition: `()`, which `function` may go without, and a compound command."""
        if self.starts('('):
            self.at += 1
            self.blank()
            self.expect(')')
        self.newlines()
        if not self.starts('(') and self.reserved() not in _OPENING:
            raise self.fail()
        return Function(name, self.command())

    def test(self) -> Node:
        """The rest of `[[ … ]]`."""
        words = ['[[']
        while words[-1] != ']]':
            self.newlines()
            words.append(self.operand())
        return Simple((), tuple(words), self.redirects())

    def operand(self) -> str:
        """What stands between blanks in `[[ … ]]`: operators, parentheses and regular expressions too."""
        start = self.at
        if self.word() != ']]':
            while self.starts('&', '|', '(', ')', '<', '>'):
                self.at += 1
                self.word()
        if start == self.at:
            raise self.fail()
        return self.text[start : self.at]

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
        found.append(Redirect(int(fd) if fd else None, operator, target, literal))
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

    def simple(self) -> Node:
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
        if self.starts('('):
            if len(words) > 1 or assigns or redirects or not words or not _FUNCTION_NAME.fullmatch(words[0]):
                raise self.fail()
            return self.function(words[0])
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
    return bool(words) and '\\\n' in words[0] and words[0].replace('\\\n', '') in _RESERVED_WORDS


class _Piece(Record):
    """A part of what a word expands to: `splits` where blanks separate fields, `quoted` makes even nothing a field."""

    text: str
    splits: bool
    quoted: bool


_METACHARACTER = regex(r'[ \t\n;&|()<>]')
_FIELD_SEPARATOR = regex('[ \t\n]+')
_GLOB_CHARACTER = regex(r'[*?[\\]')
_UNQUOTED = regex(r"""([^'"\\$`]+)|'([^']*)'|\\\n()|\\([\s\S])|(\\\Z)""")
_QUOTED = regex(r'([^"\\$`]+)|\\\n()|\\([$`"\\])|(\\)')
_SHORT = regex(r'\$([a-zA-Z_][a-zA-Z_0-9]*)')
_BRACED = regex(r'\$\{(#?)([a-zA-Z_][a-zA-Z_0-9]*)(:?[-+=?]|%%?|##?)?')
# Names that a shell or the builder sets: where nobody says what they hold, it is unknown.
_PRESET = frozenset(
    'HOME PATH PWD OLDPWD IFS PPID OPTIND OPTERR HOSTNAME HOSTTYPE OSTYPE MACHTYPE SHELL SHELLOPTS SHLVL TERM _ UID'
    ' EUID GROUPS RANDOM SECONDS EPOCHSECONDS EPOCHREALTIME LINENO FUNCNAME PIPESTATUS DIRSTACK PS1 PS2 PS4'.split()
)


def _parts(word: str) -> Iterator[tuple[str, bool, bool]]:
    """(text without its quotes, whether it was quoted, whether it is a `$…` still to be expanded)."""
    lexer, quoted = _Lexer(word), False
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


def _outline(word: str) -> str | None:
    """The word with `"` for each part that is quoted or expanded; None when it is no word."""
    try:
        return ''.join('"' if quoted or expands else text for text, quoted, expands in _parts(word))
    except (_NotUnderstood, RecursionError):
        return None


def _has_braces(outline: str) -> bool:
    """Whether bash would expand {a,b} or {1..3}; other shells do not."""
    start, end = outline.find('{'), outline.rfind('}')
    inside = outline[start:end] if start >= 0 else ''
    return ',' in inside or '..' in inside


class _Expansion:
    """The pieces of words in an environment. In assignments nothing is split, and a glob in a value is text."""

    def __init__(self, env: Mapping[str, str | None], assigns: bool = False) -> None:
        self.env, self.assigns = env, assigns
        # What ${X=default} set on the way.
        self.changed: set[str] = set()

    def pieces(self, word: str, splits: bool = False) -> Iterator[_Piece]:
        """`splits`: the word is the default in an unquoted ${…}, so that its own blanks separate fields."""
        for text, quoted, expands in _parts(word):
            if not expands:
                yield _Piece(text, splits and not quoted, quoted)
            else:
                yield from self.parameter(text, quoted)

    def parameter(self, raw: str, quoted: bool) -> Iterator[_Piece]:
        short = _SHORT.fullmatch(raw)
        match = short or _BRACED.match(raw)
        if not match:
            raise _NotUnderstood
        length, name, operator = ('', match[1], None) if short else match.groups()
        value, rest = self.known(name), '' if short else raw[match.end() : -1]
        if not operator:
            if rest or (length and not (value or '').isascii()):
                raise _NotUnderstood
            yield self.piece(str(len(value or '')) if length else value, quoted)
        elif length:
            raise _NotUnderstood
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
            raise _NotUnderstood
        return iter([self.piece('' if operator[-1] == '+' else value, quoted)])

    def default(self, rest: str, quoted: bool) -> Iterator[_Piece]:
        # Shells disagree about quotes inside quotes.
        if quoted and re.search(r'["\'\\]', rest):
            raise _NotUnderstood
        outline = '' if quoted else _outline(rest)
        if outline is None or _GLOB_CHARACTER.search(outline) or _has_braces(outline) or '~' in outline:
            raise _NotUnderstood
        return self.pieces(f'"{rest}"') if quoted else self.pieces(rest, splits=True)

    def pattern(self, rest: str, quoted: bool) -> str:
        """The text that a pattern without globs matches."""
        outline = _outline(rest)
        if outline is None or '~' in outline or _GLOB_CHARACTER.search(outline) or (quoted and '"' in rest):
            raise _NotUnderstood
        inner = _Expansion(self.env)
        inner.changed = self.changed
        return ''.join(piece.text for piece in inner.pieces(rest))

    def piece(self, value: str | None, quoted: bool) -> _Piece:
        if not (quoted or self.assigns) and (_GLOB_CHARACTER.search(value or '') or 'IFS' in self.env):
            raise _NotUnderstood
        return _Piece(value or '', not quoted, quoted)

    def known(self, name: str) -> str | None:
        """The value of a variable; None when it is unset."""
        value = self.env.get(name)
        if name in self.changed or (value is None and (name in self.env or name in _PRESET or name.startswith('BASH'))):
            raise _NotUnderstood
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

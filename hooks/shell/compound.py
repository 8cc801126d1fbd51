"""Compound commands: groups, subshells, `if`, loops, `case`, functions, `[[ … ]]` and `((…))`."""

from __future__ import annotations

from hooks.lean.lazy import regex
from hooks.shell.commands import OPENING, Commands
from hooks.shell.tree import Case, Function, Group, If, Loop, Seq, Simple, Subshell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.shell.tree import Node

_NAME = regex(r'[a-zA-Z_][a-zA-Z_0-9]*')
_FUNCTION_NAME = regex(r"""[^ \t\n;&|()<>'"\\$`={}#!]+""")


class Compound(Commands):
    """What nests scripts in a script."""

    def body(self) -> Node:
        """Commands, at least one."""
        node = self.commands()
        if isinstance(node, Seq) and not node.parts:
            raise self.fail()
        return node

    def command(self) -> Node:
        """A command, and the blanks behind it."""
        self.enter()
        word = self.reserved()
        if self.starts('('):
            node = self.parenthesis()
        elif not word:
            node = self.simple()
            if self.starts('('):
                node = self.function(self.defined(node))
        elif word in OPENING:
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

    def defined(self, head: Simple) -> str:
        """The name in front of a definition's `()`."""
        name = head.words[0] if head.words else ''
        if head != ((), (name,), ()) or not _FUNCTION_NAME.fullmatch(name):
            raise self.fail()
        return name

    def function(self, name: str) -> Node:
        """The rest of a definition: `()`, which `function` may go without, and a compound command."""
        if self.starts('('):
            self.at += 1
            self.blank()
            self.expect(')')
        self.newlines()
        if not self.starts('(') and self.reserved() not in OPENING:
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

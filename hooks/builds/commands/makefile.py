"""A Makefile → its rules and its variables, as far as plain text says what they are.

Reference: the manual of GNU make, "Writing Rules" and "How to Use Variables".
"""

from __future__ import annotations

from hooks.builds.declarations import MARK, TOP
from hooks.lean.lazy import regex
from hooks.lean.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ASSIGN = regex(r'(?:(?:export|override)[ \t]+)*([\w.-]+)[ \t]*(\?|:{1,3}|\+|!)?=[ \t]*(.*)')
_RULE = regex(r'((?:[^:=#$]|\$\([^()]*\)|\$\{[^{}]*\})+?)(::?)(?!=)(.*)')
_CONDITION = regex(r'(ifn?eq|ifn?def|else|endif)\b')
_DEEPEST = 20
_LONGEST = 20_000


class Rule(Record):
    """A target with what it depends on and its recipe: lines with their 1-based numbers, as they are written."""

    needs: tuple[str, ...]
    recipe: tuple[tuple[int, str], ...]


class Makefile(Record):
    """`variables` of None are not known; those in `defaults` were set by `?=`."""

    rules: dict[str, Rule]
    variables: dict[str, str | None]
    defaults: frozenset[str]
    includes: tuple[str, ...]


def read(text: str, folder: str = '', given: Mapping[str, str | None] | None = None) -> Makefile:
    """The rules of a Makefile; of two for one target the recipes stand one behind the other.

    `folder` is where make runs, `given` what its command line sets.
    """
    rules: dict[str, Rule] = {}
    variables = Variables(folder, given or {})
    includes: list[str] = []
    current: list[str] = []
    depth, defining = 0, False
    for number, line in _lines(text):
        plain = line.strip()
        if defining:
            defining = plain != 'endef'
        elif line.startswith('\t') and current:
            for name in current:
                rule = rules[name]
                rules[name] = rule._replace(recipe=(*rule.recipe, (number, line[1:])))
        elif plain.startswith('define '):
            defining = True
            variables.values[plain.split()[1].rstrip('=')] = None
        elif condition := _CONDITION.match(plain):
            depth += {'else': 0, 'endif': -1}.get(condition[1], 1)
        elif plain.startswith(('include ', '-include ', 'sinclude ')):
            includes += plain.split()[1:]
        elif assign := _ASSIGN.fullmatch(_uncommented(line.lstrip())):
            # Blanks behind a value are part of it.
            variables.assign(assign[1], assign[2] or '', assign[3], depth > 0)
        elif plain and not plain.startswith('#'):
            current = _rule(rules, variables, _uncommented(plain).rstrip(), number)
    return Makefile(rules, variables.values, frozenset(variables.defaults), tuple(includes))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The logical lines, with the number of the first of each. In a recipe a continuation is the shell's."""
    lines, at = text.replace('\r\n', '\n').split('\n'), 0
    while at < len(lines):
        start, line = at, lines[at]
        while line.endswith('\\') and not line.endswith('\\\\') and at + 1 < len(lines):
            at += 1
            more = lines[at]
            line = f'{line}\n{more[1:] if more[:1] == chr(9) else more}' if line[:1] == '\t' else line[:-1] + ' ' + more
        yield start + 1, line
        at += 1


def _uncommented(line: str) -> str:
    return line.partition('#')[0] if '#' in line and '\\#' not in line else line


class Variables:
    """The variables of a Makefile, while it is read from its first line to its last."""

    def __init__(self, folder: str, given: Mapping[str, str | None]) -> None:
        self.folder, self.given = folder, given
        self.values: dict[str, str | None] = dict(given)
        self.defaults: set[str] = set()
        # Those whose value was expanded when they were set.
        self.simple: set[str] = set()

    def assign(self, name: str, kind: str, value: str, conditional: bool) -> None:
        if name in self.given or (kind == '?' and name in self.values and not conditional):
            return
        if kind == '?':
            self.defaults.add(name)
        if kind.startswith(':'):
            self.simple.add(name)
        elif kind != '+':
            self.simple.discard(name)
        if name in self.simple and not conditional:
            value = expand(value, self.values, self.folder).replace('$', '$$')
        # What a condition decides, and what a shell prints, nobody knows.
        if conditional or kind == '!':
            self.values[name] = None
        elif kind == '+' and name in self.values:
            before = self.values[name]
            self.values[name] = None if before is None else f'{before} {value}' if value else before
        else:
            self.values[name] = value


def _rule(rules: dict[str, Rule], variables: Variables, line: str, number: int) -> list[str]:
    """Take in the rule that a line begins; the targets that the recipe below it is for."""
    rule = _RULE.fullmatch(line)
    if rule is None:
        return []
    own = _ASSIGN.fullmatch(rule[3].strip())
    if own:
        # A variable of its own for a target.
        variables.values[own[1]] = None
        return []
    needs, semicolon, command = rule[3].partition(';')
    needs = expand(needs.replace('|', ' '), variables.values, variables.folder)
    found = [name for name in expand(rule[1], variables.values, variables.folder).split() if name != '.PHONY']
    for name in found:
        before = rules.get(name, Rule((), ()))
        recipe = (*before.recipe, (number, command.strip())) if semicolon else before.recipe
        rules[name] = Rule((*before.needs, *needs.split()), recipe)
    return found


def expand(text: str, variables: Mapping[str, str | None], folder: str, depth: int = 0) -> str:
    """A text with its variables replaced, MARK for those that are not known; `$$` becomes `$`.

    `folder` is where make runs.
    """
    if '$' not in text:
        return text
    if depth > _DEEPEST or len(text) > _LONGEST:
        return MARK
    out, at = '', 0
    while at < len(text):
        start = text.find('$', at)
        if start < 0 or start + 1 == len(text):
            return out + text[at:]
        out += text[at:start]
        opening = text[start + 1]
        if opening in '({':
            end = _closing(text, start + 1)
            out += _value(text[start + 2 : end], variables, folder, depth)
            at = end + 1
        else:
            out += '$' if opening == '$' else _value(opening, variables, folder, depth)
            at = start + 2
        if len(out) > _LONGEST:
            return MARK
    return out


def _closing(text: str, start: int) -> int:
    opening, depth = text[start], 0
    closing = ')' if opening == '(' else '}'
    for at in range(start, len(text)):
        depth += (text[at] == opening) - (text[at] == closing)
        if not depth:
            return at
    return len(text)


def _value(inner: str, variables: Mapping[str, str | None], folder: str, depth: int) -> str:
    """What `$(inner)` stands for."""
    if inner in variables:
        value = variables[inner]
        return MARK if value is None else expand(value, variables, folder, depth + 1)
    if inner in ('CURDIR', 'PWD', 'shell pwd', 'shell echo $$PWD'):
        return f'{TOP}/{folder}'.rstrip('/')
    if inner == 'shell git rev-parse --show-toplevel':
        return TOP
    function, _, words = inner.partition(' ')
    if function in ('abspath', 'realpath', 'strip', 'addsuffix') and function != 'addsuffix':
        return expand(words.strip(), variables, folder, depth + 1)
    return MARK

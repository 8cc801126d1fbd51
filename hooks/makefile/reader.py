"""A Makefile, line by line: assignments, conditions, includes and rules."""

from __future__ import annotations

from copy import copy

from hooks.lean.lazy import regex
from hooks.makefile import Lost, functions, is_known, lines
from hooks.makefile.conditions import Conditions
from hooks.makefile.rules import Assignment, Line, Rule, Rules

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.makefile.variables import Variables

_ASSIGN = regex(r'(?s)((?:[^\s:#=$]|\$[({][^(){}]*[)}]|\$[^({\s])+?)\s*(\?|:{1,3}|\+|!)?=[ \t]*(.*)')
_MODIFIERS = frozenset(('export', 'override', 'private', 'unexport'))
_DEEPEST = 10
_MOST = 20_000


class Reader:
    """What has been read of a Makefile, and of those that it includes."""

    def __init__(self, variables: Variables) -> None:
        self.variables, self.rules = variables, Rules(variables.around.open)
        # The Makefiles that it consists of, those that are included and not there with them.
        self.paths: list[str] = []
        self.conditions = Conditions(variables)
        # The rule that a recipe may follow, by its targets; None where a line that begins with a tab is none of one.
        self.pending: dict[str, Rule] | None = None
        self.definition: _Definition | None = None
        self.steps = self.depth = 0
        variables.evaluate = self._evaluate

    def read(self, path: str, text: str) -> None:
        """Take in a Makefile."""
        if self.depth > _DEEPEST or '\r' in text:
            raise Lost
        self.paths.append(path)
        self.variables.assign('MAKEFILE_LIST', '+', path)
        outer, self.conditions = self.conditions, Conditions(self.variables, self.conditions.now())
        self.depth += 1
        for number, line in lines.logical(text):
            try:
                self._line(path, number, line)
            except Lost:
                if not self.variables.around.open:
                    raise
        self._flush()
        if (self.conditions.open or self.definition) and not self.variables.around.open:
            raise Lost
        self.conditions = outer
        self.depth -= 1

    def fresh(self) -> Reader:
        """Another one that has read the same: what goals change of one of them is as it was in the other."""
        other = copy(self)
        other.variables, other.rules = copy(self.variables), copy(self.rules)
        other.variables.values, other.variables.exports = {**self.variables.values}, {**self.variables.exports}
        other.variables.busy, other.variables.steps = set(), 0
        other.variables.evaluate = other._evaluate
        other.conditions = Conditions(other.variables)
        other.rules.explicit, other.rules.patterns = {**self.rules.explicit}, [*self.rules.patterns]
        other.rules.vague = [*self.rules.vague]
        other.rules.special = {name: {*targets} for name, targets in self.rules.special.items()}
        return other

    def remakes(self) -> bool:
        """Whether the Makefile says how one is made of which it consists: make makes that first, and starts anew.

        A pattern without prerequisites, such as a `%:` for words that are no targets, leaves alone what is there.
        What a program names, as in `$(shell find …): gen`, is no Makefile.
        """
        own = (self.rules.explicit[path] for path in self.paths if path in self.rules.explicit)
        implied = (rule for path in self.paths for rule in self.rules.implied(path))
        return any(rule.written for rule in own) or any(rule.needs or not rule.recipe for rule in implied)

    def _evaluate(self, text: str) -> None:
        """`$(eval TEXT)`, and what a line of functions becomes."""
        if not is_known(text) and ('\n' in text or not _ASSIGN.fullmatch(text)):
            raise Lost
        pending, self.pending = self.pending, None
        for number, line in lines.logical(text):
            self._line(self.paths[-1] if self.paths else '', number, line)
        self._flush()
        self.pending = pending

    def _line(self, path: str, number: int, line: str) -> None:
        self.steps += 1
        if self.steps > _MOST:
            raise Lost
        counts = self.conditions.now()
        if self.definition:
            self._define(line)
        elif line.startswith('\t') and self.pending is not None:
            if counts is not False:
                self._recipe(Line(path, number, lines.command(line[1:])))
        else:
            plain = lines.joined(line).strip(' \t')
            if not plain or plain.startswith('#'):
                return
            if self.conditions.take(_uncommented(plain)):
                return
            if _Definition.begins(plain):
                self._flush()
                self.definition = _Definition(plain, counts)
            elif counts is not False:
                # Blanks behind a value are part of it.
                self._statement(Line(path, number, _uncommented(lines.joined(line).lstrip(' \t'))))

    @property
    def _unsure(self) -> bool:
        return self.conditions.now() is None

    # Recipes

    def _recipe(self, line: Line) -> None:
        line = line._replace(perhaps=self._unsure)
        for target, rule in (self.pending or {}).items():
            recipe = (*(rule.recipe or ()), line)
            assert self.pending is not None
            # It may set variables for all that follows.
            sets = line.perhaps and 'eval' in line.text
            self.pending[target] = rule._replace(recipe=recipe, unsure=rule.unsure or sets)

    def _flush(self) -> None:
        for target, rule in (self.pending or {}).items():
            # There may be no recipe at all.
            empty = bool(rule.recipe) and all(line.perhaps for line in rule.recipe or ())
            self.rules.add(target, rule._replace(unsure=rule.unsure or empty))
        self.pending = None

    def _define(self, line: str) -> None:
        definition = self.definition
        assert definition
        if definition.take(line):
            return
        self.definition = None
        if definition.counts is not False:
            name = self.variables.expand(definition.name).strip()
            text = '\n'.join(definition.lines)
            self._assign(name, definition.operator, text, definition.override, definition.export)

    # Statements

    def _statement(self, line: Line) -> None:
        text = line.text
        first, *others = text.split() or ['']
        if first in ('include', '-include', 'sinclude') and not text[len(first) :].lstrip().startswith((':', '=')):
            self._flush()
            self._include(text[len(first) :], first == 'include')
        elif first in ('vpath', 'load', '-load') and others:
            raise Lost
        elif first == 'undefine' and others:
            self._flush()
            self._undefine(text[len('undefine') :])
        elif first in _MODIFIERS and self._modified(text):
            self._flush()
        elif assign := _ASSIGN.fullmatch(text):
            self._flush()
            self._assign(assign[1], assign[2] or '', assign[3])
        else:
            self._rule(line)

    def _assign(self, name: str, operator: str, text: str, override: bool = False, export: bool = False) -> None:
        name = self.variables.expand(name)
        if not is_known(name) or name in ('VPATH', '.RECIPEPREFIX', 'GPATH'):
            raise Lost
        self.variables.assign(name, operator, text, override, self._unsure)
        if export:
            self.variables.exports[name] = None if self._unsure else True

    def _modified(self, text: str) -> bool:
        """A line that begins with `export` or `override`; False where it is none of these after all."""
        words, rest = _modifiers(text)
        assign = _ASSIGN.fullmatch(rest)
        if assign:
            self._assign(assign[1], assign[2] or '', assign[3], 'override' in words, 'export' in words)
            return True
        if rest.startswith(':') or not words & {'export', 'unexport'}:
            return False
        names, value = self.variables.expand(rest).split(), None if self._unsure else 'export' in words
        if not rest:
            self.variables.exports_all = value
        elif not all(map(is_known, names)):
            raise Lost
        self.variables.exports.update(dict.fromkeys(names, value))
        return True

    def _undefine(self, rest: str) -> None:
        name = self.variables.expand(rest).strip()
        if not is_known(name):
            raise Lost
        if self._unsure:
            self.variables.assign(name, '', '', unsure=True)
        else:
            self.variables.undefine(name)

    def _include(self, rest: str, must: bool) -> None:
        around = self.variables.around
        for name in self.variables.expand(rest).split():
            if not around.open and (not is_known(name) or self._unsure or any(sign in name for sign in '*?[')):
                raise Lost
            there = around.exists(name)
            text = around.text(name) if there is not False else None
            if text is not None:
                self.read(name, text)
            elif around.open:
                continue
            elif there is not False or must:
                raise Lost
            else:
                self.paths.append(name)

    # Rules

    def _rule(self, line: Line) -> None:
        text = line.text
        colon = lines.outside(text, ':')
        if colon < 0:
            text = self.variables.expand(text)
            if not text.strip():
                return
            colon = -1 if '\n' in text else text.find(':')
            if colon < 0:
                raise Lost
        self._flush()
        targets, rest = self.variables.expand(text[:colon]).removesuffix('&').split(), text[colon + 1 :]
        double, rest = rest.startswith(':'), rest.removeprefix(':').lstrip()
        if self._own(targets, rest):
            return
        semicolon = lines.outside(rest, ';')
        self.pending = self._needs(targets, rest if semicolon < 0 else rest[:semicolon], double or self._unsure)
        if semicolon >= 0:
            self._recipe(line._replace(text=rest[semicolon + 1 :].lstrip()))

    def _own(self, targets: list[str], rest: str) -> bool:
        """A variable that is set for some targets."""
        words, rest = _modifiers(rest)
        assign = _ASSIGN.fullmatch(rest)
        if assign is None:
            return False
        if lines.opened(rest):
            raise Lost
        name, operator = self.variables.expand(assign[1]), assign[2] or ''
        for target in targets:
            text = self._expanded(target, assign[3]) if operator.startswith(':') else assign[3]
            own = Assignment(name, operator, text, 'export' in words, 'override' in words)
            self.rules.assign(target, own, self._unsure or not is_known(name) or 'unexport' in words)
        return True

    def _expanded(self, target: str, text: str) -> str:
        """A value that is expanded where it is set, for a target that has some of its own already."""
        rule, before = self.rules.explicit.get(target), dict(self.variables.values)
        for each in rule.own if rule else ():
            self.variables.assign(each.name, each.operator, each.text, each.override)
        try:
            return self.variables.expand(text).replace('$', '$$')
        finally:
            self.variables.values = before

    def _needs(self, targets: list[str], rest: str, unsure: bool) -> dict[str, Rule]:
        colon = lines.outside(rest, ':')
        pattern = self.variables.expand(rest[:colon]).strip() if colon >= 0 else ''
        normal, _, after = self.variables.expand(rest[colon + 1 :]).partition('|')
        needs = (*normal.split(), *(f'|{name}' for name in after.split()))
        unsure = unsure or '.SECONDEXPANSION' in self.rules.special
        found: dict[str, Rule] = {}
        for target in targets:
            if not pattern:
                several = '%' in target and len(targets) > 1
                found[_plain(target)] = Rule(tuple(map(_plain, needs)), unsure=unsure or several)
                continue
            stem = functions.matches(pattern, target) if is_known(pattern + target) and '%' in pattern else None
            filled = tuple(_plain(need.replace('%', stem or '', 1)) for need in needs)
            own = (Assignment('*', ':', (stem or '').replace('$', '$$'), False, False),)
            found[_plain(target)] = Rule(filled, None, own, unsure or stem is None)
        return found


def _plain(name: str) -> str:
    """The name of a target or of what it needs, as make knows it."""
    bar, name = ('|', name[1:]) if name[:1] == '|' else ('', name)
    while name.startswith('./') and name.strip('./'):
        name = name[2:].lstrip('/')
    return bar + name


class _Definition:
    """A `define` that is open; `counts` as the line does that begins it."""

    def __init__(self, plain: str, counts: bool | None) -> None:
        words, rest = _modifiers(plain)
        name, operator = rest.removeprefix('define').strip(), ''
        if name.endswith('='):
            bare = name[:-1].rstrip(':?+!')
            name, operator = bare, name[len(bare) : -1]
        self.name, self.operator, self.counts = name, operator, counts
        self.override, self.export = 'override' in words, 'export' in words
        self.depth, self.lines = 1, list[str]()

    @staticmethod
    def begins(plain: str) -> bool:
        rest = _modifiers(plain)[1]
        return (rest.split()[:1] == ['define'] and not _ASSIGN.fullmatch(rest)) or rest.startswith('define ')

    def take(self, line: str) -> bool:
        """Whether a line is still part of it."""
        word = '' if line.startswith('\t') else (line.split('#')[0].split() or [''])[0]
        self.depth += (word == 'define') - (word == 'endef')
        if self.depth:
            self.lines.append(line)
        return self.depth > 0


def _modifiers(text: str) -> tuple[set[str], str]:
    """The words in front of an assignment, and the rest."""
    words = set[str]()
    while (first := text.split(None, 1)[:1]) and first[0] in _MODIFIERS and not _ASSIGN.fullmatch(text):
        words.add(first[0])
        text = text[len(first[0]) :].lstrip()
    return words, text


def _uncommented(line: str) -> str:
    kept = lines.uncommented(line)
    if kept != line and lines.opened(kept):
        raise Lost
    return kept

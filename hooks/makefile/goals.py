"""What make does for its goals: which recipes it runs, in which order, and which commands they are."""

from __future__ import annotations

from hooks.lean.record import Record
from hooks.makefile import FILES, MARK, Lost, is_known
from hooks.makefile import lines as logical
from hooks.makefile.rules import BUILT_IN, Rule
from hooks.makefile.variables import Variable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Protocol

    from hooks.makefile.reader import Reader
    from hooks.makefile.rules import Line

    class Runner(Protocol):
        """Who runs what is to be run."""

        def command(self, command: Command) -> None: ...

        def maybe(self, run: Callable[[], None]) -> None:
            """What make may run or leave."""

        def unknown(self) -> None:
            """Something that nobody can follow runs."""

        def missing(self, target: str) -> None:
            """There is no rule to make a target."""


# What has become of a target: it is newer now than what depends on it, perhaps, or not.
MADE, PERHAPS, OLD = 'made', 'perhaps', 'old'
_GLOB = frozenset('*?[')


class Command(Record):
    """A command of a recipe: its text for the shell, and whether its failure is ignored."""

    line: Line
    text: str
    ignored: bool


class Goals:
    """One run of make, after its Makefile has been read."""

    def __init__(self, reader: Reader, runner: Runner, flags: str = '') -> None:
        self.reader, self.rules, self.variables = reader, reader.rules, reader.variables
        self.around, self.runner, self.flags = reader.variables.around, runner, flags
        self.done: dict[str, str] = {}
        self.busy: set[str] = set()

    def default(self) -> str | None:
        """The goal where none is named: '' where there is none, None where it is not known."""
        named = self.variables.find('.DEFAULT_GOAL')
        if named and named.text:
            goal = self.variables.value('.DEFAULT_GOAL').strip()
            return goal if is_known(goal) else None
        return self.rules.first

    def goal(self, name: str) -> None:
        """Make a target, after what it needs; each once."""
        name = name.removeprefix('./') or name
        if name in self.done:
            if name in self.busy:
                # It needs itself.
                self.runner.unknown()
            return
        self.done[name] = PERHAPS
        self.busy.add(name)
        self._goal(name)
        self.busy.discard(name)

    def _goal(self, name: str) -> None:
        rule, phony = self.rules.get(name), self.rules.is_special('.PHONY', name)
        implied = self._implied(name) if not phony and (rule is None or rule.recipe is None) else None
        if implied:
            before = rule or Rule()
            needs, own = (*implied.needs, *before.needs), (*before.own, *implied.own)
            rule = Rule(needs, implied.recipe, own, before.unsure or implied.unsure, True)
        if rule is None:
            self.done[name] = self._without_rule(name, phony)
        elif (rule.unsure and not self.around.open) or len(self.done) > 1000:
            self._give_up(name)
        else:
            whole = rule
            self._own(rule, lambda: self._make(name, whole, phony))

    def _give_up(self, name: str) -> None:
        self.done[name] = PERHAPS
        self.runner.unknown()

    def _own(self, rule: Rule, run: Callable[[], None]) -> None:
        """With the variables of a target's own, which hold for what it needs, too."""
        before, exports = dict(self.variables.values), dict(self.variables.exports)
        try:
            for each in rule.own:
                self.variables.assign(each.name, each.operator, each.text, each.override)
                if each.exported:
                    self.variables.exports[each.name] = True
            run()
        finally:
            if rule.own:
                self.variables.values, self.variables.exports = before, exports

    def _make(self, name: str, rule: Rule, phony: bool) -> None:
        all_of = [each for need in rule.needs for each in self._expanded(need)]
        names = [each.removeprefix('|') for each in all_of]
        known = all(is_known(each) or each == FILES for each in names)
        if not known or (FILES in names and self._may_make_files()):
            self.runner.unknown()
            if not self.around.open:
                return
        for each in names:
            if is_known(each) or each in self.rules.explicit:
                self.goal(each)
        needs = [each for each in all_of if each[0] != '|']
        if rule.recipe is None:
            self.done[name] = MADE if phony or self.around.exists(name) is False else PERHAPS
            return
        there = False if phony else self.around.exists(name)
        runs = self._runs(there, needs)
        self.done[name] = OLD if runs is False else MADE if runs and there is False else PERHAPS
        try:
            commands = list(self._commands(name, rule, needs, names)) if runs is not False else []
        except Lost:
            self._give_up(name)
            return
        if commands and runs is None:
            self.runner.maybe(lambda: self._run(commands))
        else:
            self._run(commands)

    def _run(self, commands: list[Command]) -> None:
        for command in commands:
            if command.line.perhaps:
                self.runner.maybe(lambda command=command: self.runner.command(command))  # type: ignore[misc]
            else:
                self.runner.command(command)

    def _runs(self, there: bool | None, needs: list[str]) -> bool | None:
        """Whether a recipe runs, given whether its target is there; which file is newer nobody knows."""
        states = {self.done.get(need, PERHAPS) for need in needs}
        if there is False or 'B' in self.flags or MADE in states:
            return True
        return None if states or there is None else False

    # Targets without a recipe

    def _without_rule(self, name: str, phony: bool) -> str:
        there = self.around.exists(name)
        if '.DEFAULT' in self.rules.special:
            self.runner.unknown()
            return PERHAPS
        if phony:
            return MADE
        if there is False:
            self.runner.missing(name)
        return OLD if there else PERHAPS

    def _implied(self, name: str) -> Rule | None:
        """The rule that is about a target by its name; an unsure one where nobody knows which it is."""
        exists, unsure = self.around.exists, Rule(unsure=True)
        for rule in self.rules.implied(name):
            if rule.unsure:
                return unsure
            there = {self._can_be_made(need.removeprefix('|')) for need in rule.needs}
            if False not in there:
                return rule if None not in there else unsure
        return unsure if any(exists(name + ending) is not False for ending in BUILT_IN) else None

    def _can_be_made(self, need: str) -> bool | None:
        """Whether what a pattern rule needs is there, or the Makefile says how to make it."""
        if not is_known(need) or not _GLOB.isdisjoint(need):
            return None
        if self.rules.get(need):
            return True
        there = self.around.exists(need)
        return None if there is False and self.rules.implied(need) else there

    def _may_make_files(self) -> bool:
        """Whether files that are there already may have to be made anew."""
        exists, phony = self.around.exists, self.rules.is_special
        return bool(self.rules.patterns or self.rules.vague) or any(
            rule.recipe and not phony('.PHONY', name) and exists(name) is not False
            for name, rule in self.rules.explicit.items()
        )

    def _expanded(self, need: str) -> list[str]:
        bar, name = ('|', need[1:]) if need[0] == '|' else ('', need)
        if _GLOB.isdisjoint(name) or not is_known(name):
            return [need]
        found = self.around.glob(name)
        return [bar + each for each in ([FILES] if found is None else found or [name])]

    # Recipes

    def _commands(self, name: str, rule: Rule, needs: list[str], names: list[str]) -> Iterator[Command]:
        stem = self.variables.values.get('*')
        automatic = {
            '@': name,
            '<': needs[0] if needs else '',
            '^': ' '.join(dict.fromkeys(needs)),
            '+': ' '.join(needs),
            '|': ' '.join(dict.fromkeys(each for each in names if each not in needs)),
            '?': MARK,
            '*': stem.text if stem else '',
        }
        before = dict(self.variables.values)
        self.variables.values.update({key: Variable(text, True) for key, text in automatic.items()})
        try:
            texts = [(line, self.variables.expand(line.text)) for line in rule.recipe or ()]
        finally:
            # Only `$(eval …)` sets a variable meanwhile.
            changed = {key: value for key, value in self.variables.values.items() if value is not before.get(key)}
            self.variables.values = {**before, **{k: v for k, v in changed.items() if k not in automatic}}
        if len(texts) > 1 and self.rules.is_special('.ONESHELL') and not self.around.open:
            raise Lost
        ignored = 'i' in self.flags or self.rules.is_special('.IGNORE', name)
        for line, text in texts:
            marks = _marks(line.text)
            for _, part in logical.logical(text):
                own = marks + _marks(part)
                bare = part.lstrip(' \t@-+')
                if bare.strip():
                    yield Command(line, bare, ignored or '-' in own)


def _marks(text: str) -> str:
    """The signs in front of a command."""
    return text[: len(text) - len(text.lstrip(' \t@-+'))]

"""The rules of a Makefile: its targets, what they need and their recipes."""

from __future__ import annotations

from hooks.lean.record import Record
from hooks.makefile import FILES, MARK, functions, is_known

# Of these the names behind the colon are no prerequisites.
SPECIAL = frozenset(
    '.PHONY .SUFFIXES .DEFAULT .PRECIOUS .INTERMEDIATE .SECONDARY .SECONDEXPANSION .DELETE_ON_ERROR .IGNORE .SILENT '
    '.LOW_RESOLUTION_TIME .EXPORT_ALL_VARIABLES .NOTPARALLEL .ONESHELL .POSIX .MAKE .NOTINTERMEDIATE .WAIT'.split()
)
# Names of files from which make's own rules make one without the ending.
BUILT_IN = tuple('.o .c .cc .C .cpp .p .f .F .r .S .s .sh .mod .y .l .ym .yl .def .m'.split())


class Line(Record):
    """A logical line of a recipe, as it is written, in the line `number` of the Makefile `path`.

    `perhaps` says that it stands in a condition of which nobody knows how it ends.
    """

    path: str
    number: int
    text: str
    perhaps: bool = False


class Assignment(Record):
    """A variable that is set for one target."""

    name: str
    operator: str
    text: str
    exported: bool
    override: bool


class Rule(Record):
    """What the Makefile says of one target. One of `needs` may be MARK, for any number of names, or FILES.

    Those that begin with `|` are made before it, and do not make it older than they are.
    `recipe` is None where none is written. `unsure` says that nobody knows whether this is all, or so at all.
    """

    needs: tuple[str, ...] = ()
    recipe: tuple[Line, ...] | None = None
    own: tuple[Assignment, ...] = ()
    unsure: bool = False
    # Whether there is a rule, and not only a variable of the target's own.
    written: bool = False


class Rules:
    """The rules of a Makefile, in the order in which it names them."""

    def __init__(self, open_: bool) -> None:
        self.open = open_
        self.explicit: dict[str, Rule] = {}
        self.patterns: list[tuple[str, Rule]] = []
        # Targets of which not all is known, and whether a recipe is written for them.
        self.vague: list[tuple[str, bool]] = []
        self.special: dict[str, set[str]] = {}
        # The first target, None where that is not known, '' before there is one.
        self.first: str | None = ''

    def add(self, target: str, rule: Rule) -> None:
        """A rule of a target: one with a recipe takes its place in front of those without, and of an earlier one's."""
        if target in SPECIAL:
            names = self.special.setdefault(target, set())
            names.update(rule.needs)
            if rule.unsure or not all(map(is_known, rule.needs)):
                names.add(MARK)
            return
        if self.first == '' and '%' not in target and not (target.startswith('.') and '/' not in target):
            self.first = None if rule.unsure or not is_known(target) else target
        if not is_known(target) or any(sign in target for sign in '*?['):
            self.vague.append((target, rule.recipe is not None))
            if self.open:
                self._add(target, rule)
        elif '%' in target:
            # One that is alike takes the place of an earlier one; without a recipe it takes it back, or make's own.
            self.patterns = [(each, old) for each, old in self.patterns if (each, old.needs) != (target, rule.needs)]
            self.patterns += [(target, rule)] if rule.recipe is not None else []
        else:
            self._suffixes(target)
            self._add(target, rule)

    def _add(self, target: str, rule: Rule) -> None:
        before = self.explicit.get(target, Rule())
        first, then = (rule, before) if rule.recipe is not None else (before, rule)
        recipe = first.recipe
        if rule.unsure and before.recipe:
            # One of the two.
            recipe = (*before.recipe, *(rule.recipe or ()))
        self.explicit[target] = Rule(
            (*first.needs, *then.needs),
            recipe,
            (*before.own, *rule.own),
            before.unsure or rule.unsure,
            True,
        )

    def _suffixes(self, target: str) -> None:
        """`.c.o:` is about every target that ends in `.o`, `.c:` about any."""
        endings = target.split('.')[1:] if target.startswith('.') and '/' not in target else []
        if len(endings) == 2 or (len(endings) == 1 and target in BUILT_IN):
            self.patterns.append((f'%.{endings[1]}' if len(endings) == 2 else '%', Rule(unsure=True)))

    def assign(self, target: str, assignment: Assignment, unsure: bool) -> None:
        """A variable of a target's own."""
        if not is_known(target) or '%' in target:
            self.vague.append((MARK if '%' in target else target, False))
            return
        rule = self.explicit.get(target, Rule())
        self.explicit[target] = rule._replace(own=(*rule.own, assignment), unsure=rule.unsure or unsure)

    def get(self, target: str) -> Rule | None:
        """The rule of a target; an unsure one where a rule whose target is not known may be about it."""
        rule = self.explicit.get(target)
        for vague, has_recipe in self.vague:
            # Two recipes for one target are a mistake that make warns of.
            apart = has_recipe and rule is not None and rule.recipe is not None
            if not apart and _may_be(vague, target):
                return (rule or Rule())._replace(unsure=True)
        return rule if rule and rule.written else None

    def implied(self, target: str) -> list[Rule]:
        """The pattern rules that may be about a target, the closest one first."""
        found: list[tuple[int, Rule]] = []
        for pattern, rule in self.patterns:
            # In which folder its prerequisites are then, and what may go before a rule for anything, is make's to say.
            bare = pattern == '%' or ('/' not in pattern and '/' in target)
            stem = functions.matches(pattern, target.rpartition('/')[2] if '/' not in pattern else target)
            # Behind a folder even nothing is a stem.
            if stem or (bare and stem is not None):
                needs = tuple(need.replace('%', stem, 1) for need in rule.needs)
                own = (*rule.own, Assignment('*', ':', stem.replace('$', '$$'), False, False))
                found.append((len(stem), Rule(needs, rule.recipe, own, rule.unsure or bare, True)))
        return [rule for _, rule in sorted(found, key=lambda each: each[0])]

    def is_special(self, name: str, target: str = '') -> bool:
        """Whether `.PHONY` and its like may be about a target: those that name nobody are about all."""
        names = self.special.get(name)
        return names is not None and (not names or target in names or MARK in names)


def _may_be(vague: str, target: str) -> bool:
    """Whether a name of which not all is known may be another one."""
    first, *others = vague.replace(FILES, MARK).split(MARK)
    return target.startswith(first) and target.endswith(others[-1] if others else '')

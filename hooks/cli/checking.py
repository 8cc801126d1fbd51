"""The rules of a hook, asked of every build of a Dockerfile."""

from __future__ import annotations

from hooks.facts.places import At, place
from hooks.facts.targets import Built
from hooks.lean.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any, Protocol

    from hooks.builds.subjects import Subject
    from hooks.facts.places import Place
    from hooks.replay.build import Build
    from hooks.replay.replayer import Moment
    from hooks.report.finding import Finding

    class Rule(Protocol):
        """A module of `hooks.rules`: the id of a failure, and who finds it."""

        ID: str

        @property
        def find(self) -> Callable[[Any], Iterator[Finding]]: ...


class Rules(Record):
    """What a hook asks, group by group: of every moment; of every go command in module mode; of those that must pass;
    of a build as a whole.

    Within a group a tuple of rules is asked in order until one of it speaks.
    """

    moments: tuple[Rule, ...] = ()
    places: tuple[Rule | tuple[Rule, ...], ...] = ()
    must_pass: tuple[Rule, ...] = ()
    builds: tuple[Rule, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all."""
        groups = (*self.moments, *self.places, *self.must_pass, *self.builds)
        return tuple(rule.ID for group in groups for rule in (group if isinstance(group, tuple) else (group,)))


def check(rules: Rules, build: Build, moments: Sequence[Moment]) -> Iterator[Finding]:
    """What is wrong with a build, each cause once."""
    told: set[tuple[str, ...]] = set()
    for finding in _asked(rules, build, moments):
        if not finding.causes or not told.issuperset(finding.causes):
            told.update(finding.causes)
            yield finding
            if finding.last:
                return


def _asked(rules: Rules, build: Build, moments: Sequence[Moment]) -> Iterator[Finding]:
    for index, moment in enumerate(moments):
        at = At(build, moments, index)
        for rule in rules.moments:
            yield from rule.find(at)
        if build.declared and any(source.missing for source in moment.copies):
            # Imported late: most builds have all that they copy.
            from hooks.facts import sources

            if sources.misplaced(at):
                # From another context, every step behind it is another one.
                return
        here = place(at) if moment.call and (rules.places or rules.must_pass) else None
        if here is None:
            continue
        for group in rules.places:
            yield from _first(group, here) if isinstance(group, tuple) else group.find(here)
        for rule in rules.must_pass if here.must_pass else ():
            yield from rule.find(here)


def _first(group: tuple[Rule, ...], here: Place) -> list[Finding]:
    return next(filter(None, (list(rule.find(here)) for rule in group)), [])


def findings(rules: Rules, subject: Subject) -> list[Finding]:
    """What is wrong with a Dockerfile: in any of its declared builds, or in all whose context fits."""
    found = [list(of_build(rules, build, moments, subject)) for build, moments in subject.replays()]
    if found and subject.builds[0].declared:
        return agreed(found, True, lambda finding: finding._replace(says='', related=(), causes=(), edit=('', '')))
    return agreed(found, False, lambda finding: finding.line)


def of_build(rules: Rules, build: Build, moments: Sequence[Moment], subject: Subject) -> Iterable[Finding]:
    """What is wrong with one build of a Dockerfile."""
    found = asked(rules, build, moments, subject)
    if not subject.dockerfile.args:
        return found
    all = list(found)
    if not all:
        return all
    from hooks.cli import undeclared

    return undeclared.cured(rules, build, subject, all)


def asked(rules: Rules, build: Build, moments: Sequence[Moment], subject: Subject) -> Iterator[Finding]:
    """What the rules say of it."""
    for rule in rules.builds:
        yield from rule.find(Built(build, subject.dockerfile, moments))
    yield from check(rules, build, moments)


def agreed(found: Sequence[Sequence[Finding]], declared: bool, same: Callable[[Finding], object]) -> list[Finding]:
    """What to say of a Dockerfile, given what was found in each of its builds.

    Of declared builds all, alike findings (`same`) once; of inferred ones only what is found in every context.
    """
    if declared or not found:
        return list({same(each): each for one in reversed(found) for each in reversed(one)}.values())[::-1]
    shared = set.intersection(*({same(each) for each in one} for one in found))
    return [each for each in found[0] if same(each) in shared]

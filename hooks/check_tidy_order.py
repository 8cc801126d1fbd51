"""Every go command of a Dockerfile runs after what it needs is in the image.

That is a go.mod, the source for a tidy, a go.sum that has what is imported, the folders of local replacements and of
workspace members, and a vendor folder that agrees with go.mod.
"""

from __future__ import annotations

import sys

from hooks.builds import subjects
from hooks.cli import runner
from hooks.context import index
from hooks.facts import places
from hooks.report import printing
from hooks.report.printing import Finding
from hooks.rules import shortfalls, tidying

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Iterator, Sequence

    from hooks.builds.subjects import Subject
    from hooks.facts.places import Problem
    from hooks.replay.build import Build
    from hooks.replay.replayer import Moment

HOOK = 'check-tidy-order'


def check(build: Build, moments: Sequence[Moment], locked: bool = False, cached: bool = False) -> Iterator[Problem]:
    """What is not in the image when a go command needs it, each cause once."""
    told: set[tuple[str, ...]] = set()
    for place in places.places(build, moments):
        found = list(tidying.tidying(place, locked, cached))
        if place.call.fatal and place.call.shell.sure:
            found += [problem for rule in shortfalls.RULES for problem in rule(place)]
        for problem in found:
            if not told.issuperset(problem.causes):
                told.update(problem.causes)
                yield problem


def problems(subject: Subject, locked: bool, cached: bool) -> list[Problem]:
    """The problems of a Dockerfile: of each declared build, or those that all fitting contexts share."""
    found = [list(check(build, moments, locked, cached)) for build, moments in subject.replays()]
    if found and subject.builds[0].declared:
        return runner.agreed(found, True, lambda problem: problem._replace(says='', causes=()))
    return runner.agreed(found, False, lambda problem: problem.line)


def explained(subject: Subject, locked: bool, cached: bool) -> str:
    """The replay of each build as a table, with what is wrong behind the step."""
    from hooks.report import explain

    tables = []
    for build, moments in subject.replays():
        marks: dict[int, list[str]] = {}
        for problem in check(build, moments, locked, cached):
            if not printing.is_ignored(subject.text, problem.line, HOOK):
                marks.setdefault(problem.line, []).append(f'{problem.fact}{problem.why}')
        tables.append(explain.explain(build, subject.dockerfile, marks, explain.width()))
    return '\n'.join(tables)


def main(argv: Sequence[str] | None = None) -> int:
    defaults = {'locked': False, 'cached': False, 'explain': False}
    options = runner.arguments(HOOK, __doc__, argv, _options, defaults)
    repository = index.find()
    builds = subjects.Builds(repository)
    tables: list[str] = []

    def find(subject: Subject) -> list[Finding]:
        if options.explain:
            tables.append(explained(subject, options.locked, options.cached))
        found = problems(subject, options.locked, options.cached)
        return [Finding(subject.path, problem.line, problem.message) for problem in found]

    findings = [*runner.config_findings(builds)]
    findings += runner.findings(builds, options.names, HOOK, find, alone=options.explain)
    if options.explain:
        from hooks.report.layout import MARK

        printing.write(text := '\n'.join(tables))
        return 1 if MARK in text else 0
    return 1 if printing.show(findings, repository.read, HOOK) else 0


def _options(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add('--locked', action='store_true', help='also report what changes go.mod or go.sum inside the build')
    add('--cached', action='store_true', help='also ask for `go mod download` in a layer before the source')
    add('--explain', action='store_true', help='show what the image holds after each step, instead of findings')


if __name__ == '__main__':
    sys.exit(main())

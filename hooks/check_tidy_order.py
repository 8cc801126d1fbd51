"""Every go command of a Dockerfile runs after what it needs is in the image.

That is a go.mod, the source for a tidy, a go.sum that has what is imported, the folders of local replacements and of
workspace members, and a vendor folder that agrees with go.mod.
"""

from __future__ import annotations

import sys

from hooks import _builds, _command, _findings, _place, _repository, _shortfalls, _tidying
from hooks._findings import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Iterator, Sequence

    from hooks._builds import Build, Subject
    from hooks._place import Problem
    from hooks._replay import Moment

HOOK = 'check-tidy-order'


def check(build: Build, moments: Sequence[Moment], locked: bool = False, cached: bool = False) -> Iterator[Problem]:
    """What is not in the image when a go command needs it, each cause once."""
    told: set[tuple[str, ...]] = set()
    for place in _place.places(build, moments):
        found = list(_tidying.tidying(place, locked, cached))
        if place.call.fatal and place.call.shell.sure:
            found += [problem for rule in _shortfalls.RULES for problem in rule(place)]
        for problem in found:
            if not told.issuperset(problem.causes):
                told.update(problem.causes)
                yield problem


def problems(subject: Subject, locked: bool, cached: bool) -> list[Problem]:
    """The problems of a Dockerfile: of each declared build, or those that all fitting contexts share."""
    found = [list(check(build, moments, locked, cached)) for build, moments in subject.replays()]
    if found and subject.builds[0].declared:
        return _command.agreed(found, True, lambda problem: problem._replace(says='', causes=()))
    return _command.agreed(found, False, lambda problem: problem.line)


def explained(subject: Subject, locked: bool, cached: bool) -> str:
    """The replay of each build as a table, with what is wrong behind the step."""
    from hooks import _explain

    tables = []
    for build, moments in subject.replays():
        marks: dict[int, list[str]] = {}
        for problem in check(build, moments, locked, cached):
            if not _findings.is_ignored(subject.text, problem.line, HOOK):
                marks.setdefault(problem.line, []).append(f'{problem.fact}{problem.why}')
        tables.append(_explain.explain(build, subject.dockerfile, marks, _explain.width()))
    return '\n'.join(tables)


def main(argv: Sequence[str] | None = None) -> int:
    defaults = {'locked': False, 'cached': False, 'explain': False}
    options = _command.arguments(HOOK, __doc__, argv, _options, defaults)
    repository = _repository.find()
    builds = _builds.Builds(repository)
    tables: list[str] = []

    def find(subject: Subject) -> list[Finding]:
        if options.explain:
            tables.append(explained(subject, options.locked, options.cached))
        found = problems(subject, options.locked, options.cached)
        return [Finding(subject.path, problem.line, problem.message) for problem in found]

    findings = [*_command.config_findings(builds)]
    findings += _command.findings(builds, options.names, HOOK, find, alone=options.explain)
    if options.explain:
        from hooks._table import MARK

        _findings.write(text := '\n'.join(tables))
        return 1 if MARK in text else 0
    return 1 if _findings.show(findings, repository.read, HOOK) else 0


def _options(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add('--locked', action='store_true', help='also report what changes go.mod or go.sum inside the build')
    add('--cached', action='store_true', help='also ask for `go mod download` in a layer before the source')
    add('--explain', action='store_true', help='show what the image holds after each step, instead of findings')


if __name__ == '__main__':
    sys.exit(main())

"""Every golang.org/x version that a go.mod or a Dockerfile names exists.

It reads require and replace in go.mod and go.work, and `go install`, `go run`, `go get` and `go mod download` of
PACKAGE@VERSION in a RUN, and knows the versions from a table.
"""

from __future__ import annotations

import sys

from hooks.cli import arguments, net
from hooks.cli.running import Run

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Iterable, Sequence

    from hooks.cli.checking import Rules
    from hooks.report.finding import Finding

HOOK = 'check-x-versions'
# They are imported when a file names one of the modules, or all versions are asked for.
RULES = ('no-such-x-version', 'floating-version')
NAMES = (HOOK, *RULES)
ROOT = 'golang.org/x/'
MODULES = ('go.mod', 'go.work')
# A go.mod below these is a dependency's, or a test's.
NO_SUBJECTS = frozenset(('vendor', 'node_modules', 'testdata'))
# What may declare a build, and its arguments.
DECLARING = ('.yml', '.yaml', '.toml')


@net.hook(HOOK)
def main(argv: Sequence[str] | None = None) -> int:
    options = arguments.read(HOOK, __doc__, argv, _options, {'fix': False, 'pinned': False})
    run = Run(HOOK, options, NAMES)
    run.add(findings(run))
    return run.end()


def findings(run: Run) -> list[Finding]:
    """What is wrong with the named files, after a fix what is left of it."""
    modules, others = _sorted(run)
    found = [finding for path in modules for finding in net.guarded(path, _module, run, path)]
    if others:
        for path in _dockerfiles(run, others):
            found += net.guarded(path, _dockerfile, run, path)
    return found


def _options(parser: ArgumentParser) -> None:
    parser.add_argument('--fix', action='store_true', help='write `v0.N.P` for `v1.N.P` where there is such a release')
    parser.add_argument('--pinned', action='store_true', help='also report `@latest`, `@master` and their like')


def _sorted(run: Run) -> tuple[list[str], list[str]]:
    """The paths of the go.mod and go.work files that are subjects, and of what may name a version otherwise."""
    modules, others = set(), set()
    for path in run.paths:
        base = path.rpartition('/')[2]
        if base in MODULES:
            modules.update([path] if run.can_read(path) and NO_SUBJECTS.isdisjoint(path.split('/')) else [])
        elif base.endswith(DECLARING) or (_may_be_dockerfile(base) and _may_name_one(run, path)):
            others.add(path)
    return sorted(modules), sorted(others)


def _may_be_dockerfile(name: str) -> bool:
    """A look that needs no import; `builds.subjects` knows."""
    return 'dockerfile' in name.lower() or 'containerfile' in name.lower()


def _may_name_one(run: Run, path: str) -> bool:
    text = run.repository.read(path)
    return text is None or run.options.pinned or ROOT in text


def _module(run: Run, path: str) -> list[Finding]:
    """What is wrong with a go.mod or go.work, after a fix what is left of it."""
    text = run.repository.read(path) or ''
    if ROOT not in text:
        return []
    from hooks.rules import no_such_x_version

    found = list(no_such_x_version.in_module(run.repository, path, text))
    if not (run.options.fix and found):
        return found
    from hooks.fixes import x_version

    if not run.rewrite(path, text, x_version.in_module(text, run.heeded(found, HOOK))):
        return found
    left = list(no_such_x_version.in_module(run.repository, path, run.repository.read(path) or ''))
    stay = {each.fact for each in left}
    gone = [each for each in found if each.fact not in stay]
    return [*left, *no_such_x_version.left_hashes(run.repository, path, gone)]


def _dockerfiles(run: Run, paths: Iterable[str]) -> list[str]:
    """The Dockerfiles among these, and those that the compose files, workflows and config among them declare."""
    from hooks.builds.subjects import is_dockerfile

    named, declared = set(paths), run.builds.declared
    found = {path for path in sorted(named) if is_dockerfile(path) and run.can_read(path)}
    if any(path.endswith(DECLARING) for path in named):
        found.update(dockerfile for dockerfile, all in declared().items() if any(each.by in named for each in all))
    return [path for path in sorted(found) if _may_name_one(run, path)]


def rules(pinned: bool = False) -> Rules:
    """Those of a Dockerfile, with what `--pinned` asks for."""
    from hooks.cli.checking import Rules
    from hooks.rules import floating_version, no_such_x_version

    return Rules((no_such_x_version, floating_version) if pinned else (no_such_x_version,))


def _dockerfile(run: Run, path: str) -> list[Finding]:
    """What is wrong with a Dockerfile, after a fix what is left of it."""
    from hooks.cli import checking

    subject = run.builds.subject(path)
    if subject is None:
        return []
    asked = rules(run.options.pinned)
    found = checking.findings(asked, subject)
    if not (run.options.fix and found):
        return found
    from hooks.fixes import x_version

    if run.rewrite(subject.path, subject.text, x_version.in_dockerfile(subject, run.heeded(found, HOOK))):
        return checking.findings(asked, run.builds.subject(subject.path) or subject)
    return found


if __name__ == '__main__':
    sys.exit(main())

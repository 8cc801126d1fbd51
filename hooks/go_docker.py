"""All checks in one process: check-go-sum-copy, check-go-version, check-static-binary, check-tidy-order and
check-x-versions.

Each finding ends with its hook and the id of its rule; a comment ignores it by either, as with the hook alone.
"""

from __future__ import annotations

import sys

from hooks import check_go_sum_copy, check_go_version, check_static_binary, check_tidy_order, check_x_versions
from hooks.cli import arguments, net
from hooks.cli.running import Run

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Iterable, Sequence
    from typing import Any

    from hooks.builds.subjects import Subject
    from hooks.cli.checking import Rules
    from hooks.report.finding import Finding

HOOK = 'go-docker'
CHECKS = (check_go_sum_copy, check_go_version, check_tidy_order, check_static_binary)
DEFAULTS = {
    'fix': False,
    'builder': 'buildkit',
    'locked': False,
    'cached': False,
    'pinned': False,
    'explain': False,
    **check_static_binary.DEFAULTS,
}


@net.hook(HOOK)
def main(argv: Sequence[str] | None = None) -> int:
    options = arguments.read(HOOK, __doc__, argv, _options, DEFAULTS)
    run = Run(HOOK, options, (HOOK, *(name for check in (*CHECKS, check_x_versions) for name in check.NAMES)))
    if options.explain:
        from hooks.cli import explaining

        return explaining.builds(run, _rules(options))
    finders = [(check.HOOK, check.finder(run, options)) for check in CHECKS]

    def find(subject: Subject) -> list[Finding]:
        found: list[Finding] = []
        subject = subject.once()
        for hook, finder in finders:
            found += _of(hook, net.guarded(subject.path, finder, subject))
            if run.wrote(subject.path):
                subject = run.builds.subject(subject.path) or subject
        return found

    run.check(find, alone=options.fix)
    run.add(_of(check_go_sum_copy.HOOK, check_go_sum_copy.composed(run)))
    run.add(_of(check_x_versions.HOOK, check_x_versions.findings(run)))
    return run.end()


def _rules(options: Any) -> tuple[tuple[str, Rules], ...]:
    """What each check asks of a Dockerfile."""
    return (
        (check_go_sum_copy.HOOK, check_go_sum_copy.rules(options.builder == 'any')),
        (check_go_version.HOOK, check_go_version.RULES),
        (check_tidy_order.HOOK, check_tidy_order.rules(options.locked, options.cached)),
        (check_static_binary.HOOK, check_static_binary.rules(options.hardened, options.certificates)),
        (check_x_versions.HOOK, check_x_versions.rules(options.pinned)),
    )


def _of(hook: str, found: Iterable[Finding]) -> list[Finding]:
    return [each._replace(hook=hook) for each in found]


def _options(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add('--fix', action='store_true', help='write the cures that the checks with that option can write')
    add('--builder', choices=('buildkit', 'any'), help='any: also report what only BuildKit accepts')
    add('--locked', action='store_true', help='also report what changes go.mod or go.sum inside the build')
    add('--cached', action='store_true', help='also ask for `go mod download` in a layer before the source')
    check_static_binary.add_options(parser)
    help = 'show what each Dockerfile is taken as built from, and its image after each step, instead of findings'
    add('--explain', action='store_true', help=help)
    add('--pinned', action='store_true', help='also report `@latest`, `@master` and their like')


if __name__ == '__main__':
    sys.exit(main())

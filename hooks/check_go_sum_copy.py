"""Every go.mod, go.sum, go.work and go.work.sum that a Dockerfile copies is in the build context that a clean checkout
sends, and go.sum is copied where go needs it.

It reads COPY, ADD, COPY --from and bind mounts, and says why the file is not there.
"""

from __future__ import annotations

import sys

from hooks.cli import arguments, checking, net
from hooks.cli.checking import Rules
from hooks.cli.running import Run
from hooks.rules import (
    go_sum_not_copied,
    malformed_pattern,
    malformed_word,
    no_such_image,
    no_such_stage,
    not_a_directory,
    source_not_in_context,
    source_not_in_stage,
    wrong_context,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Callable, Sequence
    from typing import Any

    from hooks.builds.subjects import Subject
    from hooks.report.finding import Finding

HOOK = 'check-go-sum-copy'
RULES = Rules(
    moments=(malformed_word, wrong_context, source_not_in_context, source_not_in_stage, not_a_directory),
    must_pass=(go_sum_not_copied,),
    builds=(malformed_pattern, no_such_stage, no_such_image),
)
# What --builder any asks for, and what is asked of a declared build of what is not there: imported with these.
OPTIONAL = ('glob-matches-nothing', 'source-outside-context', 'no-trailing-slash')
DECLARED = ('no-such-build',)
NAMES = (HOOK, *RULES.ids, *OPTIONAL, *DECLARED)


def rules(any_builder: bool = False) -> Rules:
    """With what only BuildKit accepts."""
    if not any_builder:
        return RULES
    from hooks.rules import glob_matches_nothing, no_trailing_slash, source_outside_context

    return RULES._replace(moments=(*RULES.moments, glob_matches_nothing, source_outside_context, no_trailing_slash))


def findings(subject: Subject, rules: Rules = RULES) -> list[Finding]:
    """What is wrong with a Dockerfile, with both cures where a glob is one as well."""
    found = checking.findings(rules, subject)
    if not any(each.edit[0] for each in found):
        return found
    # Imported late: only a go.sum that was never generated can be made optional.
    from hooks.fixes import optional_sum

    return optional_sum.offered(subject, found)


@net.hook(HOOK)
def main(argv: Sequence[str] | None = None) -> int:
    options = arguments.read(HOOK, __doc__, argv, _options, {'fix': False, 'builder': 'buildkit'})
    run = Run(HOOK, options, NAMES)
    run.check(finder(run, options), alone=options.fix)
    run.add(composed(run))
    return run.end()


def composed(run: Run) -> list[Finding]:
    """What is wrong with the named files that declare builds."""
    from hooks.builds.triggers import declares

    repository, paths = run.repository, [path for path in run.paths if declares(path.rpartition('/')[2])]
    compose = [path for path in paths if path.endswith(('.yml', '.yaml')) and 'compose' in path.lower()]
    if not paths:
        return []

    def find() -> list[Finding]:
        run.builds.declared()
        missing = [each for each in run.builds.absent if each.by in paths]
        if compose:
            from hooks.builds.absent import absent

            missing += absent(repository, compose, run.builds.composed)
        if not missing:
            return []
        from hooks.rules import no_such_build

        return [found for each in missing for found in no_such_build.find(repository, each)]

    return net.guarded(paths[0], find)


def finder(run: Run, options: Any) -> Callable[[Subject], list[Finding]]:
    """What finds out what is wrong with a Dockerfile, after a fix what is left of it."""
    asked = rules(options.builder == 'any')

    def find(subject: Subject) -> list[Finding]:
        found = findings(subject, asked)
        if options.fix and any(each.edit[0] for each in found):
            from hooks.fixes import optional_sum

            text = optional_sum.fixed(subject, run.heeded(found, HOOK))
            if run.rewrite(subject.path, subject.text, text):
                return findings(run.builds.subject(subject.path) or subject, asked)
        return found

    return find


def _options(parser: ArgumentParser) -> None:
    parser.add_argument('--fix', action='store_true', help='write `go.sum*` for `go.sum` where that is the whole cure')
    parser.add_argument('--builder', choices=('buildkit', 'any'), help='any: also report what only BuildKit accepts')


if __name__ == '__main__':
    sys.exit(main())

"""The image's tag exists, its Go is new enough for the go.mod files it builds and the tools it installs, and it has the
C compiler and the programs that the build runs.

It follows ARG, build arguments, stages on stages and GOTOOLCHAIN, and names the tag to write.
"""

from __future__ import annotations

import sys

from hooks.cli import arguments, checking, net
from hooks.cli.checking import Rules
from hooks.cli.running import Run
from hooks.rules import (
    cgo_off,
    command_not_found,
    frozen_image_tag,
    generator_not_in_image,
    git_of_another_owner,
    go_too_old,
    invalid_go_line,
    no_c_compiler,
    no_git,
    no_package_lists,
    no_such_image_tag,
    sqlite_without_cgo,
    tool_dropped,
    tool_moved,
    tool_needs_newer_go,
    work_older_than_member,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Callable, Sequence
    from typing import Any

    from hooks.builds.subjects import Subject
    from hooks.report.finding import Finding

HOOK = 'check-go-version'
RULES = Rules(
    moments=(
        no_such_image_tag,
        command_not_found,
        no_package_lists,
        tool_needs_newer_go,
        tool_moved,
        tool_dropped,
        go_too_old,
        frozen_image_tag,
    ),
    must_pass=(
        invalid_go_line,
        work_older_than_member,
        cgo_off,
        no_c_compiler,
        no_git,
        generator_not_in_image,
        sqlite_without_cgo,
        git_of_another_owner,
    ),
)
NAMES = (HOOK, *RULES.ids)


@net.hook(HOOK)
def main(argv: Sequence[str] | None = None) -> int:
    options = arguments.read(HOOK, __doc__, argv, _options, {'fix': False})
    run = Run(HOOK, options, NAMES)
    run.check(finder(run, options), alone=options.fix)
    return run.end()


def findings(subject: Subject) -> list[Finding]:
    """What is wrong with a Dockerfile."""
    return checking.findings(RULES, subject)


def finder(run: Run, options: Any) -> Callable[[Subject], list[Finding]]:
    """What finds out what is wrong with a Dockerfile, after a fix what is left of it."""

    def find(subject: Subject) -> list[Finding]:
        found = findings(subject)
        if options.fix and any(each.edit[0] for each in found):
            from hooks.fixes import newer_image

            text = newer_image.fixed(subject, run.heeded(found, HOOK), findings)
            if run.rewrite(subject.path, subject.text, text):
                return findings(run.builds.subject(subject.path) or subject)
        return found

    return find


def _options(parser: ArgumentParser) -> None:
    parser.add_argument(
        '--fix', action='store_true', help='write the tag that is proposed where that is the whole cure'
    )


if __name__ == '__main__':
    sys.exit(main())

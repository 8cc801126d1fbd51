"""The image's tag exists, its Go is new enough for the go.mod files it builds and the tools it installs, and it has the
C compiler and the programs that the build runs.

It follows ARG, build arguments, stages on stages and GOTOOLCHAIN, and names the tag to write.
"""

from __future__ import annotations

import sys

from hooks.cli import arguments, checking
from hooks.cli.checking import Rules
from hooks.cli.running import Run
from hooks.rules import (
    cgo_off,
    command_not_found,
    frozen_image_tag,
    go_too_old,
    invalid_go_line,
    no_c_compiler,
    no_such_image_tag,
    tool_moved,
    tool_needs_newer_go,
    work_older_than_member,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from hooks.builds.subjects import Subject
    from hooks.report.finding import Finding

HOOK = 'check-go-version'
RULES = Rules(
    moments=(no_such_image_tag, command_not_found, tool_needs_newer_go, tool_moved, go_too_old, frozen_image_tag),
    must_pass=(invalid_go_line, work_older_than_member, cgo_off, no_c_compiler),
)
NAMES = (HOOK, *RULES.ids)


def main(argv: Sequence[str] | None = None) -> int:
    options = arguments.read(HOOK, __doc__, argv)
    run = Run(HOOK, options, NAMES)
    run.check(finder(run, options))
    return run.end()


def finder(run: Run, options: Any) -> Callable[[Subject], list[Finding]]:
    """What finds out what is wrong with a Dockerfile."""
    return lambda subject: checking.findings(RULES, subject)


if __name__ == '__main__':
    sys.exit(main())

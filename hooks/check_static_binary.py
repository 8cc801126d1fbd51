"""The Go program that an image starts is there, was built for its platform, and finds its loader and its shell.

The build passes, the container does not start: what only shows when the image runs is said here.
"""

from __future__ import annotations

import sys

from hooks.cli import arguments, checking
from hooks.cli.checking import Rules
from hooks.cli.running import Run
from hooks.rules import (
    loader_not_in_image,
    no_shell,
    no_time_zones,
    program_not_executable,
    program_not_in_image,
    tool_not_in_image,
    wrong_platform,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from hooks.builds.subjects import Subject
    from hooks.report.finding import Finding

HOOK = 'check-static-binary'
RULES = Rules(
    moments=(
        no_shell,
        program_not_in_image,
        program_not_executable,
        wrong_platform,
        loader_not_in_image,
        tool_not_in_image,
        no_time_zones,
    )
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

"""The Go program that an image starts is there, was built for its platform, and finds its loader and its shell.

The build passes, the container does not start: what only shows when the image runs is said here.
"""

from __future__ import annotations

import sys

from hooks.cli import arguments, checking, net
from hooks.cli.checking import Rules
from hooks.cli.running import Run
from hooks.rules import (
    c_library_too_old,
    interpreter_not_in_image,
    loader_not_in_image,
    no_shell,
    no_such_user,
    no_time_zones,
    program_hidden,
    program_not_executable,
    program_not_in_image,
    template_not_in_image,
    tool_not_in_image,
    wrong_platform,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Callable, Sequence
    from typing import Any

    from hooks.builds.subjects import Subject
    from hooks.cli.checking import Rule
    from hooks.report.finding import Finding

HOOK = 'check-static-binary'
RULES = (
    no_shell,
    program_not_in_image,
    program_hidden,
    program_not_executable,
    wrong_platform,
    loader_not_in_image,
    c_library_too_old,
    interpreter_not_in_image,
    tool_not_in_image,
    no_such_user,
    no_time_zones,
    template_not_in_image,
)
# What the options ask for: their rules are imported with them.
OPTIONAL = (
    'runs-as-root',
    'base-not-minimal',
    'program-not-stripped',
    'program-not-static',
    'modules-not-verified',
    'no-certificates',
)
NAMES = (HOOK, *Rules(moments=RULES).ids, *OPTIONAL)
DEFAULTS = {'hardened': False, 'certificates': False}


def rules(hardened: bool = False, certificates: bool = False) -> Rules:
    """With the opt-in policies."""
    more: tuple[Rule, ...] = ()
    if hardened:
        from hooks.rules import (
            base_not_minimal,
            modules_not_verified,
            program_not_static,
            program_not_stripped,
            runs_as_root,
        )

        more = (runs_as_root, base_not_minimal, program_not_stripped, program_not_static, modules_not_verified)
    if certificates:
        from hooks.rules import no_certificates

        more = (*more, no_certificates)
    return Rules(moments=(*RULES, *more))


@net.hook(HOOK)
def main(argv: Sequence[str] | None = None) -> int:
    options = arguments.read(HOOK, __doc__, argv, add_options, DEFAULTS)
    run = Run(HOOK, options, NAMES)
    run.check(finder(run, options))
    return run.end()


def finder(run: Run, options: Any) -> Callable[[Subject], list[Finding]]:
    """What finds out what is wrong with a Dockerfile."""
    asked = rules(options.hardened, options.certificates)
    return lambda subject: checking.findings(asked, subject)


def add_options(parser: ArgumentParser) -> None:
    """Those that go-docker has, too."""
    add = parser.add_argument
    help = 'also report what a small image is for: not root, a minimal base, a stripped, static and verified program'
    add('--hardened', action='store_true', help=help)
    help = 'also report https calls of the program where the image has no certificates'
    add('--certificates', action='store_true', help=help)


if __name__ == '__main__':
    sys.exit(main())

"""Every go command of a Dockerfile runs after what it needs is in the image.

That is a go.mod, the source for a tidy, a go.sum that has what is imported, the folders of local replacements and of
workspace members, and a vendor folder that agrees with go.mod; what go is told to build, the packages that it imports
and the files that it embeds.
"""

from __future__ import annotations

import sys

from hooks.cli import arguments, checking, net
from hooks.cli.checking import Rules
from hooks.cli.running import Run
from hooks.rules import (
    build_target_not_there,
    command_fails,
    embed_not_in_image,
    go_mod_exists,
    go_mod_not_parsed,
    go_mod_not_up_to_date,
    go_mod_not_wanted,
    go_sum_read_only,
    import_not_required,
    inconsistent_vendoring,
    malformed_go_sum,
    missing_go_sum_entry,
    mod_flag_in_workspace,
    modfile_without_sum,
    module_lookup_disabled,
    modules_off,
    no_go_mod,
    no_go_work,
    no_package_clause,
    not_a_work_member,
    own_package_not_in_image,
    package_not_in_image,
    package_not_vendored,
    program_not_written,
    replacement_not_in_image,
    several_modules_installed,
    templ_not_generated,
    tidy_before_source,
    tool_under_mod_vendor,
    undefined_name,
    unknown_flag,
    work_lists_twice,
    work_member_not_in_image,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Callable, Sequence
    from typing import Any

    from hooks.builds.subjects import Subject
    from hooks.cli.checking import Rule
    from hooks.report.finding import Finding

HOOK = 'check-tidy-order'
MUST_PASS = (
    unknown_flag,
    several_modules_installed,
    no_go_mod,
    no_go_work,
    go_mod_not_wanted,
    go_mod_exists,
    go_mod_not_parsed,
    mod_flag_in_workspace,
    tool_under_mod_vendor,
    work_lists_twice,
    not_a_work_member,
    work_member_not_in_image,
    inconsistent_vendoring,
    package_not_vendored,
    replacement_not_in_image,
    build_target_not_there,
    no_package_clause,
    package_not_in_image,
    own_package_not_in_image,
    embed_not_in_image,
    undefined_name,
    templ_not_generated,
    program_not_written,
    go_mod_not_up_to_date,
    import_not_required,
    go_sum_read_only,
    malformed_go_sum,
    missing_go_sum_entry,
    module_lookup_disabled,
)


def rules(locked: bool = False, cached: bool = False) -> Rules:
    """With the opt-in policies; that a locked build tidies at all goes before when it does."""
    places: tuple[Rule | tuple[Rule, ...], ...] = (tidy_before_source,)
    if locked:
        from hooks.rules import go_mod_changed_in_build

        places = ((go_mod_changed_in_build, tidy_before_source),)
    if cached:
        from hooks.rules import download_after_source

        places = (*places, download_after_source)
    return Rules(moments=(command_fails, modules_off, modfile_without_sum), places=places, must_pass=MUST_PASS)


# What the options ask for: their rules are imported with them.
OPTIONAL = ('go-mod-changed-in-build', 'download-after-source')
NAMES = (HOOK, *rules().ids, *OPTIONAL)


@net.hook(HOOK)
def main(argv: Sequence[str] | None = None) -> int:
    defaults = {'locked': False, 'cached': False, 'explain': False}
    options = arguments.read(HOOK, __doc__, argv, _options, defaults)
    run = Run(HOOK, options, NAMES)
    if options.explain:
        from hooks.cli import explaining

        return explaining.tables(run, ((HOOK, rules(options.locked, options.cached)),))
    run.check(finder(run, options))
    return run.end()


def finder(run: Run, options: Any) -> Callable[[Subject], list[Finding]]:
    """What finds out what is wrong with a Dockerfile."""
    asked = rules(options.locked, options.cached)
    return lambda subject: checking.findings(asked, subject)


def _options(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add('--locked', action='store_true', help='also report what changes go.mod or go.sum inside the build')
    add('--cached', action='store_true', help='also ask for `go mod download` in a layer before the source')
    add('--explain', action='store_true', help='show what the image holds after each step, instead of findings')


if __name__ == '__main__':
    sys.exit(main())

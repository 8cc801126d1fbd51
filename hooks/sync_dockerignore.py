"""The .dockerignore of every Go build context is in step with one canonical file.

The canonical patterns stand in a marked block at the top of each; what a service adds below the block is its own.
"""

from __future__ import annotations

import sys

from hooks.builds.subjects import CONFIG, Builds
from hooks.cli import arguments, net
from hooks.cli.running import Run
from hooks.context.paths import typed, within
from hooks.context.tree import Context
from hooks.lean.record import Record
from hooks.report import ignores, printing
from hooks.report.finding import Finding
from hooks.rules import (
    canonical_file_unusable,
    ignore_file_left_alone,
    ignore_file_out_of_step,
    ignore_file_unread,
    pattern_hides_input,
)
from hooks.sync import blocks, syncing
from hooks.sync.ignorefiles import IgnoreFiles, path_in
from hooks.sync.syncing import Canonical, Target

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Iterable, Sequence

    from hooks.builds.config import Config
    from hooks.builds.subjects import Subject
    from hooks.context.index import Repository

HOOK = blocks.HOOK
RULES = (
    canonical_file_unusable,
    ignore_file_left_alone,
    ignore_file_out_of_step,
    ignore_file_unread,
    pattern_hides_input,
)


# Targets


def folders(builds: Builds, patterns: Sequence[str]) -> list[str]:
    """The folders that globs name; without globs the contexts of all declared builds."""
    if not patterns:
        return sorted({each.context for declared in builds.declared().values() for each in declared if not each.remote})
    from hooks.builds.globs import matching

    return sorted({folder for pattern in patterns for folder in matching(builds.repository, pattern)})


def in_question(found: Iterable[str], names: Sequence[str], touched: Sequence[Subject], canonical: str) -> list[str]:
    """The folders that the named files have to do with."""
    if canonical in names or CONFIG in names:
        return list(found)
    contexts = [build.context for subject in touched for build in subject.builds]
    places = {context.folder for context in contexts if isinstance(context, Context)}
    anywhere = any(not isinstance(context, Context) for context in contexts)
    return [f for f in found if anywhere or f in places or any(within(name, f) for name in names)]


def is_target(ignore_files: IgnoreFiles, folder: str, explicit: bool) -> bool:
    """Whether a Go build reads a folder's ignore file; where no glob names the folder, a declared one."""
    readers = {build.dockerfile for build in ignore_files.readers(folder) if explicit or build.declared}
    return any(map(ignore_files.is_go, readers))


# The command


class Plan(Record):
    """What a run found, and the targets that are to be written."""

    findings: list[Finding]
    targets: list[Target]


def plan(
    ignore_files: IgnoreFiles,
    canonical: Canonical,
    patterns: Sequence[str],
    names: Sequence[str],
    touched: Sequence[Subject],
) -> Plan:
    """The targets in question that are out of step, less those that must be left alone; none when one is refused."""
    repository = ignore_files.repository
    found: list[Finding] = []
    targets: list[Target] = []
    for folder in in_question(folders(ignore_files.builds, patterns), names, touched, canonical.path):
        target = syncing.read_target(repository, folder, canonical) if path_in(folder) != canonical.path else None
        if target is None or not is_target(ignore_files, folder, bool(patterns)):
            continue
        if isinstance(target, Target):
            targets.append(target)
        else:
            found += ignore_file_left_alone.find(target)
    if not targets:
        return Plan(found, [])
    from hooks.sync import losses

    lost = [loss for target in targets for loss in losses.losses(ignore_files, target)]
    refused = [each for each in pattern_hides_input.find(lost, canonical) if not _accepted(repository, each)]
    return Plan([*found, *refused], [] if refused else targets)


def _accepted(repository: Repository, finding: Finding) -> bool:
    """Whether the user says, by an ignore comment, that a pattern hides what it should."""
    return bool(ignores.ignored_by(repository.read(finding.path) or '', finding.line, HOOK, finding.rule))


@net.hook(HOOK)
def main(argv: Sequence[str] | None = None) -> int:
    defaults = {'source': None, 'targets': None, 'check': False, 'init': False}
    options = arguments.read(HOOK, __doc__, argv, _options, defaults)
    run = Run(HOOK, options, (HOOK, *(rule.ID for rule in RULES)))
    source = run.repository.name(options.source) if options.source is not None else ''
    if source is None:
        printing.warn(HOOK, f'{options.source} is no file of this repository')
        return 2
    if options.targets and not folders(run.builds, _patterns(run.repository, options.targets)):
        printing.warn(HOOK, f'--target {" ".join(options.targets)}: no folder with files that git tracks')
        return 2
    if options.init:
        _init(run)
    elif not run.builds.config or not run.findings:
        _sync(run, source)
    return run.end()


def _sync(run: Run, source: str) -> None:
    """Write, or with --check report, what is out of step."""
    repository, options, config = run.repository, run.options, run.builds.config
    names = run.paths
    touched = list(run.builds.touched_by(run.readable(names)))
    ignore_files = IgnoreFiles(run.builds)
    canonical = source or (config.source if config else '')
    run.findings += [each for each in ignore_file_unread.find(ignore_files, names, touched) if each.path != canonical]
    unusable = list(canonical_file_unusable.find(repository, canonical)) if canonical else []
    if not canonical or unusable:
        run.findings += unusable or _without_source(config)
        return
    option = f' --source {typed(options.source)}' if source else ''
    named = Canonical(canonical, repository.read(canonical) or '', option)
    patterns = _patterns(repository, options.targets) or (config.targets if config else ())
    planned = plan(ignore_files, named, patterns, names, touched)
    run.findings += planned.findings
    if options.check:
        run.findings += [each for target in planned.targets for each in ignore_file_out_of_step.find(target, named)]
    elif planned.targets:
        run.write({target.path: target.new for target in planned.targets})


def _without_source(config: Config | None) -> list[Finding]:
    """What is wrong where targets are named and nothing that they are to be in step with."""
    if not config or not config.targets:
        return []
    from hooks.builds.config import IDLE

    fact, cure = '`dockerignore.targets` stands without `source`', 'name the canonical ignore file: `source = "PATH"`'
    return [Finding(CONFIG, config.targets_line, IDLE, fact, cure)]


def _patterns(repository: Repository, targets: Sequence[str] | None) -> tuple[str, ...]:
    """Globs of the command line, relative to the repository's top."""
    return tuple(f'{repository.prefix}/{each}' if repository.prefix else each for each in targets or ())


def _init(run: Run) -> None:
    """Write the config file from what the repository shows; what it says already is kept."""
    from hooks.sync import initial, survey

    repository, builds = run.repository, run.builds
    old = repository.read(CONFIG)
    if (old is None and repository.on_disk(CONFIG)) or syncing.leaves(repository, CONFIG):
        run.findings = [
            Finding(CONFIG, 1, 'config-not-understood', 'this cannot be read', 'put a text file in its place')
        ]
        return
    new = initial.initial(old or '', survey.survey(builds)) or old
    if new is not None and new != old:
        run.write({CONFIG: new})
    elif not run.findings:
        printing.warn(HOOK, f'{CONFIG} needs nothing that this repository does not show by itself')


def _options(parser: ArgumentParser) -> None:
    parser.add_argument('--source', metavar='PATH', help="the canonical ignore file, in place of the config's")
    parser.add_argument(
        '--target', metavar='GLOB', action='append', dest='targets', help='folders to keep in step; can be given again'
    )
    parser.add_argument('--check', action='store_true', help='report what is not in step, and write nothing')
    parser.add_argument('--init', action='store_true', help=f'write {CONFIG} from what the repository shows')


if __name__ == '__main__':
    sys.exit(main())

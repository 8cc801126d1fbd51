"""The .dockerignore of every Go build context is in step with one canonical file.

The canonical patterns stand in a marked block at the top of each; what a service adds below the block is its own.
"""

from __future__ import annotations

import sys

from hooks.builds.subjects import CONFIG, Builds
from hooks.cli import runner
from hooks.context import index
from hooks.context.paths import within
from hooks.context.tree import Context
from hooks.lean.record import Record
from hooks.report import printing
from hooks.report.printing import Finding
from hooks.sync import blocks, syncing
from hooks.sync.ignorefiles import IgnoreFiles, path_in
from hooks.sync.syncing import Canonical, Target

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from hooks.builds.subjects import Subject
    from hooks.context.index import Repository
    from hooks.replay.build import Build

HOOK = blocks.HOOK


# Targets


def folders(builds: Builds, patterns: Sequence[str]) -> list[str]:
    """The folders that globs name; without globs the contexts of all declared builds."""
    if not patterns:
        return sorted({each.context for declared in builds.declared().values() for each in declared if not each.remote})
    from hooks.builds.config import matching

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


# Ignore files that no build reads


def unread(ignore_files: IgnoreFiles, names: Iterable[str], touched: Sequence[Subject]) -> Iterator[Finding]:
    """The tracked ignore files beside Go Dockerfiles in question that no build reads."""
    folders = {name.rpartition('/')[0] for name in names if name.rpartition('/')[2] == '.dockerignore'}
    folders.update(subject.path.rpartition('/')[0] for subject in touched)
    # Most are read by the Dockerfile beside them: the others of the repository need no look.
    read = {_reads(build) for subject in touched for build in subject.builds}
    for folder in sorted(folders):
        path = path_in(folder)
        known = path not in ignore_files.repository.files or path in read
        build = None if known else ignore_files.unread(folder)
        if build:
            yield Finding(path, 1, f'no build reads this file, since {_instead(ignore_files, build)}')


def _reads(build: Build) -> str:
    return build.context.ignore_file if isinstance(build.context, Context) else ''


def _instead(ignore_files: IgnoreFiles, build: Build) -> str:
    """Which ignore file a build reads, and the cure."""
    own = f'{build.dockerfile}.dockerignore'
    if own in ignore_files.repository.files:
        return f'{own} goes before it: keep the patterns there, and remove this file'
    assert isinstance(build.context, Context)
    folder, reads = build.context.folder, build.context.ignore_file
    read = f', where {reads} counts' if reads else ', which has no .dockerignore'
    if ignore_files.goes_before(build):
        return f'{build.dockerfile} is built from a git URL{build.says()}, where none counts: remove this file'
    start = f'{build.dockerfile} is built from {folder or "."}{build.says()}{read}'
    cure = f'write its patterns, relative to {folder or "."}, into {own} or {reads or path_in(folder)}'
    return f'{start}: {cure}, and remove this file'


# Out of step


def drift(target: Target, canonical: Canonical) -> Finding:
    """What --check says of a target."""
    command = f'run `{HOOK}{canonical.option} {target.path}`'
    if target.old is None:
        return Finding(target.path, 1, f'missing, while {canonical.path} is to be in step everywhere: {command}')
    block, lines = blocks.find(target.old), target.old.split('\n')
    own = '\n'.join(lines[block.begin + 1 : block.end]) if isinstance(block, blocks.Block) else target.old
    has, wanted = blocks.patterns(own), blocks.patterns(canonical.text)
    lacks = [pattern for pattern in wanted if pattern not in has]
    extra = [pattern for pattern in has if pattern not in wanted] if block else []
    if lacks:
        fact = f'lacks {_few(lacks)}'
    else:
        fact = f'has {_few(extra)} in its block' if extra else 'has the patterns in another order'
    line = block.begin + 1 if isinstance(block, blocks.Block) else 1
    return Finding(target.path, line, f'not in step with {canonical.path}, {fact}: {command}')


def _few(patterns: Sequence[str]) -> str:
    shown = ', '.join(f'`{pattern}`' for pattern in patterns[:3])
    return shown if len(patterns) < 4 else f'{shown} and {len(patterns) - 3} more'


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
            found.append(target)
    if not targets:
        return Plan(found, [])
    from hooks.sync import losses

    lost = [loss for target in targets for loss in losses.losses(ignore_files, target)]
    refused = [each for each in losses.refusals(lost, canonical) if not _accepted(repository, each)]
    return Plan([*found, *refused], [] if refused else targets)


def _accepted(repository: Repository, finding: Finding) -> bool:
    """Whether the user says, by an ignore comment, that a pattern hides what it should."""
    return printing.is_ignored(repository.read(finding.path) or '', finding.line, HOOK)


def write(repository: Repository, texts: Mapping[str, str]) -> list[Finding]:
    """Write all files or none; the finding says why none."""
    from hooks.report.writing import write_all

    try:
        write_all(repository.top, texts)
    except OSError as error:
        message = f'nothing is written, since a file cannot be ({error.strerror}): correct its permissions'
        return [Finding(min(texts), 1, message)]
    printing.write(''.join(f'Rewriting {path}\n' for path in texts))
    return []


def main(argv: Sequence[str] | None = None) -> int:
    defaults = {'source': None, 'targets': None, 'check': False, 'init': False}
    options = runner.arguments(HOOK, __doc__, argv, _options, defaults)
    if not options.names and not options.init:
        return 0
    repository = index.find()
    source = repository.name(options.source) if options.source is not None else ''
    if source is None:
        printing.warn(HOOK, f'{options.source} is no file of this repository')
        return 2
    builds = Builds(repository)
    if options.init:
        return init(builds)
    findings, written = run(builds, source, options)
    shown = printing.show(findings, repository.read, HOOK)
    return 1 if shown or written else 0


def run(builds: Builds, source: str, options: Any) -> tuple[list[Finding], bool]:
    """What is found, and whether a file was changed."""
    repository = builds.repository
    findings = runner.config_findings(builds)
    if findings:
        return findings, False
    names = [path for path in map(repository.name, options.names) if path is not None]
    touched = list(runner.subjects(repository, builds, options.names, HOOK))
    ignore_files = IgnoreFiles(builds)
    canonical = source or (builds.config.source if builds.config else '')
    findings += [finding for finding in unread(ignore_files, names, touched) if finding.path != canonical]
    if not canonical:
        return findings, False
    problem = syncing.unusable(repository, canonical)
    if problem:
        return [*findings, Finding(canonical, *problem)], False
    text = repository.read(canonical) or ''
    named = Canonical(canonical, text, f' --source {options.source}' if source else '')
    patterns = _patterns(repository, options.targets) or (builds.config.targets if builds.config else ())
    planned = plan(ignore_files, named, patterns, names, touched)
    findings += planned.findings
    if options.check:
        return [*findings, *(drift(target, named) for target in planned.targets)], False
    failed = write(repository, {target.path: target.new for target in planned.targets}) if planned.targets else []
    return [*findings, *failed], bool(planned.targets) and not failed


def _patterns(repository: Repository, targets: Sequence[str] | None) -> tuple[str, ...]:
    """Globs of the command line, relative to the repository's top."""
    return tuple(f'{repository.prefix}/{each}' if repository.prefix else each for each in targets or ())


def init(builds: Builds) -> int:
    """Write the config file from what the repository shows; what it says already is kept."""
    from hooks.sync import initial, survey

    repository = builds.repository
    findings = runner.config_findings(builds)
    old = repository.read(CONFIG)
    if (old is None and repository.on_disk(CONFIG)) or syncing.leaves(repository, CONFIG):
        findings, new = [Finding(CONFIG, 1, 'this cannot be read: put a text file in its place')], old
    else:
        new = initial.initial(old or '', survey.survey(builds)) or old
    if new is not None and new != old:
        findings += write(repository, {CONFIG: new})
    elif not findings:
        printing.warn(HOOK, f'{CONFIG} needs nothing that this repository does not show by itself')
    return 1 if printing.show(findings, repository.read, HOOK) or new != old else 0


def _options(parser: ArgumentParser) -> None:
    parser.add_argument('--source', metavar='PATH', help="the canonical ignore file, in place of the config's")
    parser.add_argument(
        '--target', metavar='GLOB', action='append', dest='targets', help='folders to keep in step; can be given again'
    )
    parser.add_argument('--check', action='store_true', help='report what is not in step, and write nothing')
    parser.add_argument('--init', action='store_true', help=f'write {CONFIG} from what the repository shows')


if __name__ == '__main__':
    sys.exit(main())

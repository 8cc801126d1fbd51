"""The Dockerfiles that the files of a command line put in question."""

from __future__ import annotations

import os
import sys

from hooks.cli import net

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from hooks.builds.subjects import Builds, Subject
    from hooks.report.finding import Finding

# From here on it is worth a look whether several processes are.
MANY = 100


def findings(
    builds: Builds, paths: Sequence[str], hook: str, find: Callable[[Subject], Iterable[Finding]], alone: bool = False
) -> list[Finding]:
    """What is found in the Dockerfiles that some files (relative to the repository's top) put in question.

    `find` may run in several processes, unless it is to be `alone` since it writes.
    """
    candidates = builds.candidates(paths)
    if candidates:
        builds.declared()
        for path, problem in builds.problems:
            from hooks.report import printing

            printing.warn(hook, f'{path}: {problem}')

    own = os.getpid() if len(candidates) > 1 and sys.stderr.isatty() else 0

    def work(paths: Sequence[str]) -> list[Finding]:
        watched = _watched(paths, len(candidates)) if own == os.getpid() else paths
        return [finding for path in watched for finding in net.guarded(path, _of, builds, path, find)]

    if alone or len(candidates) < MANY:
        return work(candidates)
    from hooks.lean.workers import spread

    return spread(work, candidates)


def _watched(paths: Sequence[str], total: int) -> Iterable[str]:
    from hooks.cli import progress

    return progress.shown(paths, total) if progress.looked_on() else paths


def _of(builds: Builds, path: str, find: Callable[[Subject], Iterable[Finding]]) -> Iterator[Finding]:
    for subject in builds.subjects([path]):
        yield from find(subject)

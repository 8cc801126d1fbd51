"""What every hook does around its check: read the arguments, find the builds, print, exit.

What reads builds is imported late: not every run needs it.
"""

from __future__ import annotations

import sys

from hooks.report import printing
from hooks.report.printing import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any

    from hooks.builds.subjects import Builds, Subject
    from hooks.context.index import Repository

# From here on it is worth a look whether several processes are.
MANY = 100


def arguments(
    hook: str,
    doc: str | None,
    argv: Sequence[str] | None,
    add: Callable[[argparse.ArgumentParser], None],
    defaults: Mapping[str, object],
) -> Any:
    """The options, and in `names` the files named; `defaults` are the options of a run that names none."""
    argv = sys.argv[1:] if argv is None else argv
    if not any(word.startswith('-') for word in argv):
        # argparse would be a fifth of a run on one file.
        return type('Options', (), {**defaults, 'names': list(argv)})
    import argparse

    sentence, _, rest = (doc or '').partition('\n\n')
    parser = argparse.ArgumentParser(
        hook, description=' '.join(sentence.split()), epilog=' '.join(rest.split()) or None
    )
    parser.add_argument('names', nargs='*', metavar='FILE', help='relative to the current directory')
    parser.set_defaults(**defaults)
    add(parser)
    return parser.parse_args(argv)


def findings(
    builds: Builds, names: Iterable[str], hook: str, find: Callable[[Subject], Iterable[Finding]], alone: bool = False
) -> list[Finding]:
    """What is found in the Dockerfiles that the files of a command line put in question.

    `find` may run in several processes, unless it is to be `alone` since it writes.
    """
    candidates = builds.candidates(_paths(builds.repository, names, hook))
    if candidates:
        builds.declared()
        for path, problem in builds.problems:
            printing.warn(hook, f'{path}: {problem}')

    def work(paths: Sequence[str]) -> list[Finding]:
        return [finding for subject in builds.subjects(paths) for finding in find(subject)]

    if alone or len(candidates) < MANY:
        return work(candidates)
    from hooks.lean.workers import spread

    return [Finding(*found) for found in spread(work, candidates)]


def agreed(found: Sequence[Sequence[Any]], declared: bool, same: Callable[[Any], object]) -> list[Any]:
    """What to say of a Dockerfile, given what was found in each of its builds.

    Of declared builds all, alike findings (`same`) once; of inferred ones only what is found in every context.
    """
    if declared or not found:
        return list({same(each): each for one in reversed(found) for each in reversed(one)}.values())[::-1]
    shared = set.intersection(*({same(each) for each in one} for one in found))
    return [each for each in found[0] if same(each) in shared]


def subjects(repository: Repository, builds: Builds, names: Iterable[str], hook: str) -> Iterable[Subject]:
    """The Dockerfiles that the files of a command line put in question."""
    return builds.touched_by(_paths(repository, names, hook))


def _paths(repository: Repository, names: Iterable[str], hook: str) -> list[str]:
    """The files of a command line, relative to the repository's top; what cannot be read is named and left out."""
    from hooks.builds.subjects import is_dockerfile

    paths = []
    for name in names:
        path = repository.name(name)
        if path is None or (is_dockerfile(path) and repository.read(path) is None):
            printing.warn(hook, f'{name} is no file of this repository that can be read: it is left out')
        else:
            paths.append(path)
    return paths


def config_findings(builds: Builds) -> list[Finding]:
    """What is wrong with the config, in the hook's own words."""
    from hooks.builds.subjects import CONFIG

    return [Finding(CONFIG, each.line, each.message) for each in builds.config.problems] if builds.config else []

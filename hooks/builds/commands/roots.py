"""The Makefiles and scripts of a repository → the builds on their command lines, each followed from where it is run."""

from __future__ import annotations

from hooks.builds import elsewhere
from hooks.builds.commands import make
from hooks.builds.commands.places import absent, continued, resolve
from hooks.builds.commands.sources import Files
from hooks.builds.commands.walk import Walk, is_shell, run_script
from hooks.builds.declarations import MARK, Partly
from hooks.lean.lazy import regex
from hooks.replay.build import Declared

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hooks.builds.absent import Absent
    from hooks.builds.commands.walk import Found
    from hooks.context.index import Repository

    Root = tuple[str, str]

_MAY_BUILD = regex(r'bui?l?d|compose|make|\.sh|/')


def builds(repository: Repository, files: Files | None, walks: list[Walk]) -> Iterator[Declared | Partly | Absent]:
    """What is built on the command lines of some files; `walks` went through the steps of workflows before.

    A script or target that another one runs is followed from there: who runs it says where, and with what.
    """

    roots = [*_roots(repository, files)] if files else []
    times: dict[Root, int] = {}
    for ran in (*(walk.ran for walk in walks), *(walk.ran - {root} for root, walk in roots)):
        times.update((each, 1) for each in ran)
    walks += [walk for root, walk in roots if root not in times]
    yield from _not_followed(repository, files or Files(), walks)
    lines: dict[tuple[str, int], list[str]] = {}
    absences: dict[tuple[str, int], set[Absent | None]] = {}
    for found in (found for walk in walks for found in walk.found):
        at = _line(repository, found, lines)
        each = resolve(repository, found, at)
        if each is not None:
            yield each
        absences.setdefault((found.by, at), set()).add(absent(repository, found, at) if found.sure else None)
    for (_, at), (first, *others) in absences.items():
        # Whoever runs a command, it has to be absent for all.
        if first and not others:
            yield first._replace(line=at)


def _not_followed(repository: Repository, files: Files, walks: list[Walk]) -> Iterator[Partly]:
    """The arguments that a file passes somewhere where nobody could follow it."""
    seen: dict[str, set[str]] = {}
    for found in (found for walk in walks for found in walk.found):
        seen.setdefault(found.by, set()).update(name for name, _ in found.line.args)
    for path in (*files.makefiles, *files.scripts):
        names = elsewhere.passed(repository.read(path) or '') - seen.get(path, set())
        if names:
            yield Partly(MARK, tuple(sorted(names)))


def _line(repository: Repository, found: Found, lines: dict[tuple[str, int], list[str]]) -> int:
    """The line that a command stands at: of a script only where its text begins is known."""
    if not found.searched:
        return found.at
    key = found.by, found.at
    if key not in lines:
        lines[key] = (repository.read(found.by) or '').split('\n')[found.at - 1 :]
    for number, line in enumerate(lines[key]):
        if found.words[0] in line and all(word in continued(lines[key][number:]) for word in found.words):
            return found.at + number
    return found.at


def _roots(repository: Repository, files: Files) -> Iterator[tuple[Root, Walk]]:
    """Every target of a Makefile and every script that may build an image, followed by itself."""

    for path in files.makefiles:
        folder = path.rpartition('/')[0]
        loaded = make.load(repository, path, folder, {}, {})
        for name, rule in loaded.reader.rules.explicit.items():
            # One without a recipe says what is made before a target that builds.
            joins = not rule.recipe and name[0] != '.'
            if joins or any(_MAY_BUILD.search(line.text) for line in rule.recipe or ()):
                walk = Walk(repository, folder)
                make.run_goals(walk, loaded, (name,), 0)
                yield (path, name), walk
    for path in files.scripts:
        script = _script(repository, path, ('', path.rpartition('/')[0]))
        if script:
            yield (path, ''), script


def _script(repository: Repository, path: str, folders: Iterable[str | None]) -> Walk | None:
    """A script, followed from the one of some folders in which it finds what it builds; None where it is no script."""

    text = repository.read(path) or ''
    if not is_shell(path, text):
        return None
    fitting: dict[tuple[object, ...], Walk] = {}
    for folder in dict.fromkeys(folders):
        walk = Walk(repository, folder)
        run_script(walk, path, text, [], 0)
        built: tuple[object, ...] = tuple(
            each for each in (resolve(repository, found, 0) for found in walk.found) if isinstance(each, Declared)
        )
        baked = ((run.cwd, *run.found(repository)) for run in walk.baked)
        built += tuple(run for run in baked if len(run) > 1 and MARK not in run)
        if built:
            fitting.setdefault(built, walk)
    if len(fitting) == 1:
        return next(iter(fitting.values()))
    walk = Walk(repository, None)
    run_script(walk, path, text, [], 0)
    return walk

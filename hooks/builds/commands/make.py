"""The targets of a Makefile, followed as make runs them: what a target needs, then its recipe."""

from __future__ import annotations

from contextlib import suppress

from hooks.builds.commands.sources import MAKEFILES
from hooks.builds.commands.walk import MOST_FILES, Env, Place
from hooks.builds.commands.writes import ANYTHING
from hooks.builds.declarations import MARK, TOP, join
from hooks.lean.memo import memo
from hooks.lean.record import Record
from hooks.makefile import FILES, Lost, options
from hooks.makefile.goals import Goals
from hooks.makefile.reader import Reader
from hooks.makefile.surroundings import Surroundings
from hooks.makefile.variables import Variables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hooks.builds.commands.walk import Walk
    from hooks.context.index import Repository
    from hooks.makefile.goals import Command

    Values = tuple[tuple[str, 'str | None'], ...]

_DEEPEST = 12


class Checkout(Surroundings):
    """A folder of the repository in which somebody runs make."""

    open = True

    def __init__(self, repository: Repository, folder: str, env: dict[str, str | None]) -> None:
        super().__init__(dict(env))
        self.repository, self.cwd = repository, folder
        self.folder = f'{TOP}/{folder}'.rstrip('/')

    def path(self, name: str) -> str | None:
        """The path of the repository that a name means."""
        return join(self.cwd, name)

    def exists(self, path: str) -> bool | None:
        found = self.path(path)
        return found is not None and (found in self.repository.files or self.repository.has_folder(found))

    def text(self, path: str) -> str | None:
        found = self.path(path)
        return self.repository.read(found) if found is not None and found in self.repository.files else None

    def printed(self, script: str) -> str | None:
        return {'echo $PWD': self.folder, 'git rev-parse --show-toplevel': TOP}.get(script)


class Make(Record):
    """A Makefile that has been read, in the folder in which make runs."""

    path: str
    around: Checkout
    reader: Reader


def load(
    repository: Repository, path: str, folder: str, given: Mapping[str, str | None], env: Mapping[str, str | None]
) -> Make:
    """A Makefile with what it includes, as far as that is tracked; read once for all who run it alike."""
    read = _read(repository, path, folder, *(tuple(sorted(each.items())) for each in (given, env)))
    return read._replace(reader=read.reader.fresh())


@memo
def _read(repository: Repository, path: str, folder: str, given: Values, env: Values) -> Make:
    around = Checkout(repository, folder, dict(env))
    reader = Reader(Variables(around, dict(given)))
    with suppress(Lost):
        # What was read before it is lost counts.
        reader.read(f'{TOP}/{path}', (repository.read(path) or '').replace('\r\n', '\n'))
    return Make(path, around, reader)


def run_make(walk: Walk, args: list[str], depth: int) -> None:
    """Follow `make ARGS` where the walk is; it may write anything where its Makefile is not known."""
    called = options.read(args, '')
    folder = walk.cwd
    for each in called.folders if called else ():
        folder = None if MARK in each or folder is None else join(folder, each)
    path = _file(walk.repository, folder, called.file) if called else None
    if called is None or path is None or folder is None or depth > _DEEPEST or MARK in ''.join(called.goals):
        walk.writes(ANYTHING)
        return
    walk.files += 1
    if walk.files > MOST_FILES:
        walk.writes(ANYTHING)
        return
    make = load(walk.repository, path, folder, dict(called.given), walk.env)
    run_goals(walk, make, called.goals, depth)


def _file(repository: Repository, folder: str | None, file: str) -> str | None:
    if folder is None or MARK in file:
        return None
    names = [file] if file else MAKEFILES
    paths = [join(folder, name) for name in names]
    return next((path for path in paths if path is not None and path in repository.files), None)


def run_goals(walk: Walk, make: Make, goals: tuple[str, ...], depth: int) -> None:
    """Follow what goals need, then their recipes; each once."""
    follower = _Follower(walk, make, depth)
    run = Goals(make.reader, follower)
    for goal in goals or (run.default() or '',):
        try:
            run.goal(goal)
        except Lost:
            follower.unknown()
    walk.ran.update((make.path, target) for target in run.done if target in make.reader.rules.explicit)


class _Follower:
    """Takes the walk through what make runs."""

    def __init__(self, walk: Walk, make: Make, depth: int) -> None:
        self.walk, self.make, self.depth = walk, make, depth

    def command(self, command: Command) -> None:
        walk = self.walk
        cwd, env, functions, sure = walk.cwd, walk.env, walk.functions, walk.sure
        walk.sure, walk.over = sure and not command.ignored, False
        walk.cwd, walk.functions = self.make.around.cwd, {}
        walk.env = Env({**env, **self.make.reader.variables.exported()})
        path = self.make.around.path(command.line.path) or self.make.path
        walk.run(command.text.replace(FILES, MARK), Place(path, command.line.number, self.depth, script=False))
        walk.cwd, walk.env, walk.functions, walk.sure, walk.over = cwd, env, functions, sure, False

    def maybe(self, run: Callable[[], None]) -> None:
        sure, self.walk.sure = self.walk.sure, False
        run()
        self.walk.sure = sure

    def unknown(self) -> None:
        self.walk.writes(ANYTHING)

    def missing(self, target: str) -> None:
        self.walk.writes(ANYTHING)

"""What a run of a script has to do with: the builds that it starts, its variables, the file that it stands in."""

from __future__ import annotations

from hooks.builds.declarations import MARK
from hooks.lean.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.builds.commands.docker import Line
    from hooks.context.index import Repository

# What `bake` reads where it is told nothing.
FOUND = ('docker-bake.json', 'docker-bake.hcl', 'docker-bake.override.json', 'docker-bake.override.hcl')


class Found(Record):
    """A build on a command line: where it runs, what may be made before it, and the words that it stands in.

    `sure` says that no condition about files decides whether it runs, and that nobody ignores its failure; `clean` that
    it runs in a clean checkout.
    """

    line: Line
    cwd: str | None
    made: tuple[str, ...]
    by: str
    at: int
    words: tuple[str, ...]
    searched: bool
    sure: bool = False
    clean: bool = False


class Baked(Record):
    """A run of `bake`: the files that it is told to read, () where it finds them itself, and the folder it runs in.

    `sets` are the attributes that it sets, as in `a.args.B`. `open` says that it has more files, or targets of nobody
    knows where; `remote` that the repository is fetched by it, and nothing made before counts.
    """

    files: tuple[str, ...]
    cwd: str | None
    sets: tuple[str, ...] = ()
    made: tuple[str, ...] = ()
    open: bool = False
    remote: bool = False

    def found(self, repository: Repository) -> Iterator[str]:
        """The tracked ones of its files, MARK for each other one."""
        tracked = repository.files
        for file in self.files:
            yield file if file in tracked else MARK
        if not self.files and self.cwd is not None:
            yield from (path for name in FOUND if (path := f'{self.cwd}/{name}'.lstrip('/')) in tracked)


class Env(dict[str, 'str | None']):
    """The variables of a script: what it does not set itself, its caller may have set."""

    def __contains__(self, name: object) -> bool:
        return name != 'IFS'


class Place(Record):
    """The file that a command stands in, and the line where its text begins; a `script` goes on below that."""

    by: str
    line: int
    depth: int = 0
    script: bool = True

"""What a run of a script has to do with: the builds that it starts, its variables, the file that it stands in."""

from __future__ import annotations

from hooks.lean.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.builds.commands.docker import Line


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

"""A build context: the tracked files of one folder, less what its ignore file hides.

A path in a tree, be it a context or an image, is absolute from the tree's root: `/go.mod`, `''` for the root itself.
Sources: the Docker reference on build contexts, and on `.dockerignore` (the file beside the Dockerfile goes first).
"""

from __future__ import annotations

from hooks.lean.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from hooks.context import ignore
    from hooks.context.index import Repository

FILE, FOLDER, ABSENT, UNKNOWN = 'file', 'folder', 'absent', 'unknown'


class Program:
    """A program that a go command linked: the call of that command (see `replay.shell`), and the package it was given.

    Two are never equal, so that a copy still tells which command wrote it.
    """

    __slots__ = ('args', 'call')

    def __init__(self, call: object, args: tuple[str, ...]) -> None:
        self.call, self.args = call, args


class Entry(Record):
    """What lies at a path: `kind` is FILE, FOLDER, ABSENT or UNKNOWN.

    `origin` is the repository path whose text a file has, '' where its text is not known (a build step wrote it);
    `partial` marks a go.sum that lacks what `go build` needs, as `touch` leaves it; `text` is what a build step wrote,
    as far as that is known: it goes before the repository's. `program` is what go linked.
    """

    kind: str
    origin: str = ''
    partial: bool = False
    text: str | None = None
    program: Program | None = None

    def read(self, repository: Repository) -> str | None:
        """The text of a file, None where it is not known."""
        if self.text is not None or self.kind != FILE:
            return self.text
        return repository.read(self.origin) if self.origin else None


LACKS, DONT_KNOW, IS_FOLDER, WRITTEN = Entry(ABSENT), Entry(UNKNOWN), Entry(FOLDER), Entry(FILE)
# Absent because a step removed it.
REMOVED = Entry(ABSENT, 'removed')


class Tree:
    """A tree of which nothing is known; those of which something is override this."""

    # What `module.modules` found from a folder upwards.
    nearest: dict[tuple[str, str], tuple[str, Entry]] | None = None

    def look(self, path: str) -> Entry:
        """What lies at a path, links not followed."""
        return DONT_KNOW

    def names(self, folder: str, leaving: frozenset[str] = frozenset()) -> list[str] | None:
        """The names in a folder, sorted; None when one may be missing from the list, or be too much.

        Of the names in `leaving` it does not matter whether they are there.
        """
        return None

    def some_names(self, folder: str) -> list[str]:
        """Those of the names in a folder that are known."""
        return self.names(folder) or []

    def remembered(self, path: str) -> Entry:
        """`look`, for who asks again and again."""
        return self.look(path)

    def remembered_names(self, folder: str) -> list[str] | None:
        return self.names(folder)


class Hiding(Record):
    """The line of an ignore file that hides a path; `file` is relative to the repository's top."""

    file: str
    line: int
    pattern: str


class Context(Tree):
    """The files of `folder` (relative to the repository's top) that a builder is sent for a Dockerfile.

    `text` is what the ignore file would hold, where it is not what is on the disk.
    """

    def __init__(self, repository: Repository, folder: str, ignore_file: str = '', text: str | None = None) -> None:
        self.repository, self.folder, self.ignore_file = repository, folder, ignore_file
        self._hides: Callable[[str], ignore.Pattern | None] | None = None
        self._broken = False
        self._names: dict[str, list[str] | None] = {}
        self._entries: dict[str, Entry] = {}
        if ignore_file:
            # Imported late: many contexts have none.
            from hooks.context import ignore

            patterns = ignore.parse((repository.read(ignore_file) or '') if text is None else text)
            self._broken = patterns is None
            self._hides = ignore.matcher(patterns) if patterns else None

    @property
    def refused(self) -> tuple[int, str, str] | None:
        """The pattern of the ignore file that the builder rejects for certain: line, text, what the builder says."""
        if not self._broken:
            return None
        from hooks.context import ignore

        return ignore.refused(self.repository.read(self.ignore_file) or '')

    def path(self, path: str) -> str:
        """A path of this context as one of the repository."""
        return f'{self.folder}{path}' if self.folder else path[1:]

    def holds(self, path: str) -> bool:
        """Whether a path of the repository lies in this context's folder."""
        return not self.folder or path == self.folder or path.startswith(self.folder + '/')

    def hidden(self, path: str) -> Hiding | None:
        """What hides a path, whether or not a file is there."""
        pattern = self._hides(path[1:]) if self._hides else None
        return Hiding(self.ignore_file, pattern.line, pattern.text) if pattern else None

    def look(self, path: str) -> Entry:
        entry = self._entries.get(path)
        if entry is None:
            entry = self._entries[path] = self._find(path)
        return entry

    def _find(self, path: str) -> Entry:
        kind = UNKNOWN if self._broken else self.repository.kind(self.path(path))
        if not self.folder and (path == '/.git' or path.startswith('/.git/')):
            # It is sent with the rest, and in no list of files; of some checkouts it is a file.
            kind = ABSENT if self._hides and self._hides(path[1:]) else UNKNOWN
        if kind == FILE:
            return LACKS if self._hides and self._hides(path[1:]) else Entry(FILE, self.path(path))
        if kind == FOLDER and path and self._hides and self._hides(path[1:]):
            return IS_FOLDER if self._shows_below(path) else LACKS
        return Entry(kind)

    def names(self, folder: str, leaving: frozenset[str] = frozenset()) -> list[str] | None:
        if folder not in self._names:
            self._names[folder] = self._list(folder)
        return self._names[folder]

    def _list(self, folder: str) -> list[str] | None:
        if self._broken or self.repository.kind(self.path(folder)) == UNKNOWN:
            return None
        names = self.repository.names(self.path(folder))
        return [name for name in names if self.look(f'{folder}/{name}').kind != ABSENT] if self._hides else names

    def _shows_below(self, folder: str) -> bool:
        """Whether a `!` pattern brings back a file below an ignored folder."""
        start = len(self.folder) + 1 if self.folder else 0
        below = self.repository.under(self.path(folder))
        return self._hides is not None and not all(self._hides(path[start:]) for path in below)


def ignore_file(repository: Repository, dockerfile: str, context: str) -> str:
    """The ignore file that a build reads, relative to the top; '' when there is none.

    A named context has no Dockerfile of its own (''): only the file in it counts.
    """
    own = f'{context}/.dockerignore' if context else '.dockerignore'
    candidates = (f'{dockerfile}.dockerignore', own) if dockerfile else (own,)
    return next((path for path in candidates if path in repository.files), '')

"""What a build is: a Dockerfile, the context that it is built from, and what is passed to it."""

from __future__ import annotations

from hooks.context.paths import in_words, parent
from hooks.lean.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from hooks.context.index import Repository
    from hooks.context.tree import Tree


class Check(Record):
    """The health check that a compose file gives a service, and where it stands.

    `words` are a command, or where `exec` is False a script; () for none.
    """

    path: str
    line: int
    service: str
    words: tuple[str, ...] = ()
    exec: bool = True


class Mount(Record):
    """A folder of the repository that a compose file mounts over one of a service, and where it says so.

    `others` are what else is mounted there.
    """

    path: str
    line: int
    service: str
    source: str
    target: str
    others: tuple[str, ...] = ()


class Declared(Record):
    """One build, as a compose file, a workflow or the config declares it."""

    dockerfile: str
    context: str
    target: str  # '' = the last stage
    args: tuple[tuple[str, str | None], ...]  # None: given, but the value is not known
    contexts: tuple[tuple[str, str | None], ...]  # named contexts; None: an image, a URL, or not in the repository
    by: str  # the file that declares it, and the line of the build there
    line: int
    remote: bool = False  # BuildKit fetches the context from git by itself, and reads no ignore file
    beside: tuple[str, ...] = ()  # the other files that have a say in it
    platforms: tuple[str, ...] = ()  # those that it names, as far as all are known
    check: Check | None = None
    made: tuple[str, ...] = ()  # paths of the repository that steps before the build may make or change; '': anything
    clean: bool = False  # a job of a workflow checks the repository out for it, and nothing else writes there
    mounts: tuple[Mount, ...] = ()


class Build(Record):
    """One build of a Dockerfile. `context` is an unknown tree where no folder fits; `declared` are those who say so."""

    repository: Repository
    dockerfile: str
    context: Tree
    target: str = ''
    args: tuple[tuple[str, str | None], ...] = ()
    contexts: Mapping[str, Tree] = {}
    declared: tuple[Declared, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether somebody builds it from a clean checkout: what git does not track is surely not there."""
        return any(each.clean for each in self.declared)

    def says(self, behind: str = '') -> str:
        """Who declares it, for a message: a stale declaration explains itself. It stands `behind` a text."""
        by = ', '.join(sorted({f'{each.by}:{each.line}' for each in self.declared}))
        return _aside(f'declared by {by}', ' in the build ', behind) if by else ''

    def supposed(self, behind: str = '') -> str:
        """Where nobody declares it: the folder that it is taken as built from, unless that is the Dockerfile's own."""
        folder: str | None = getattr(self.context, 'folder', None)
        if self.declared or folder is None or folder == parent(self.dockerfile):
            return ''
        return _aside(f'taken as built from {in_words(folder)}', ', ', behind)


def _aside(text: str, joined: str, behind: str) -> str:
    """In brackets, unless it stands behind some that are not about it."""
    return f'{joined}{text}' if behind.endswith(')') else f' ({text})'

"""A build context in which steps before the build may have made or changed files."""

from __future__ import annotations

from hooks.context.paths import within
from hooks.context.tree import ABSENT, DONT_KNOW, FILE, WRITTEN, Context

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.context.index import Repository
    from hooks.context.tree import Entry

# What a step may write again, whatever else it does. What a go.mod says of the Go that it needs stays,
# and no step makes a workspace by the way.
_REWRITTEN = ('go.sum', 'go.work.sum', 'modules.txt')
_LEFT_ALONE = ('go.work',)


class Prepared(Context):
    """The files of a folder, of which those below `made` (paths of the repository, '' for its top) may be others."""

    def __init__(self, repository: Repository, folder: str, ignore_file: str, made: tuple[str, ...]) -> None:
        super().__init__(repository, folder, ignore_file)
        self.made = made

    def _find(self, path: str) -> Entry:
        entry = super()._find(path)
        own = self.path(path)
        # What an ignore file hides is hidden, whoever made it.
        makes = entry.kind == ABSENT and self._may_be_made(own) and not self.hidden(path)
        if own.endswith(_REWRITTEN) and (makes or (entry.kind == FILE and self._may_be_made(own))):
            # No folder is called so. Where it is not made, the build ends at what copies it.
            return WRITTEN
        if entry.kind == FILE and own in self.made:
            return WRITTEN
        return DONT_KNOW if makes else entry

    def _may_be_made(self, path: str) -> bool:
        if path.endswith(_LEFT_ALONE):
            return path in self.made
        return any(within(path, made) or within(made, path) for made in self.made)

    def _list(self, folder: str) -> list[str] | None:
        names = super()._list(folder)
        own = self.path(folder)
        if names is None or any(within(own, made) for made in self.made):
            return None
        known = set(names)
        start = len(own) + bool(own)
        below = (made[start:].partition('/')[0] for made in self.made if within(made, own))
        return names if known.issuperset(below) else None

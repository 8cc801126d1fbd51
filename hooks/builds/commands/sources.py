"""Which Makefiles and scripts of a repository build images, by a look at their text."""

from __future__ import annotations

from hooks.lean.lazy import regex
from hooks.lean.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from hooks.context.index import Repository

MAKEFILES = ('GNUmakefile', 'makefile', 'Makefile')
_NOT_OURS = frozenset(('vendor', 'node_modules', 'testdata', 'third_party'))
# What a file that builds an image is about; make may hold the program's name in a variable.
_BUILDS = regex(
    r'(?i)(?:docker|podman|nerdctl|buildah|container\w*|oci\w*|engine)\S*["\'})]*\s[^\n#]*?\b(?:bu(?:il)?d|bake)\b'
    r'|compose\S*\s[^\n#]*?\b(?:up|run|create|watch)\b'
)


class Files(Record):
    """The Makefiles and the scripts of a repository that build images."""

    makefiles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()

    @classmethod
    def of(cls, repository: Repository, named: Iterable[str], scripts: Iterable[str]) -> Files:
        """Those whose text looks like it; they are read, and not parsed."""
        makefiles = [path for path in named if path.rpartition('/')[2] in MAKEFILES]
        all_of = (makefiles, [*scripts])
        found = [[path for path in paths if _is_about(repository, path)] for paths in all_of]
        # What runs one of those scripts says where, and with what.
        names = {path.rpartition('/')[2] for path in found[1]}
        for paths, own in zip(all_of, found) if names else ():
            texts = ((path, repository.read(path) or '') for path in paths if path not in own)
            own += [path for path, text in texts if any(name in text for name in names)]
        return cls(*map(tuple, found))

    def may_be_run(self, text: str) -> bool:
        """Whether a script may run one of them."""
        makes = bool(self.makefiles) and 'make' in text
        return makes or any(path.rpartition('/')[2] in text for path in self.scripts)


def _is_about(repository: Repository, path: str) -> bool:
    if not _NOT_OURS.isdisjoint(path.split('/')):
        return False
    text = repository.read(path)
    return text is not None and builds_images(text)


def builds_images(text: str) -> bool:
    """Whether a text may have the command line of an image's build in it."""
    return any(word in text for word in ('bu', 'bake', 'compose')) and _BUILDS.search(text) is not None

"""What a sync would take from a build: files that it takes by name and that the new ignore file would hide."""

from __future__ import annotations

from hooks.context.paths import within
from hooks.context.tree import ABSENT, UNKNOWN, Context
from hooks.lean.record import Record
from hooks.replay import replayer
from hooks.sync import ignorefiles, inputs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.replay.build import Build
    from hooks.sync.ignorefiles import IgnoreFiles
    from hooks.sync.inputs import Input
    from hooks.sync.syncing import Target


class Loss(Record):
    """What a sync would take from a build: `target` hides `path` (relative to the top), which an input of it names."""

    target: Target
    path: str
    build: Build
    input: Input
    line: int
    pattern: str


def losses(ignore_files: IgnoreFiles, target: Target) -> Iterator[Loss]:
    """The files that a build takes by name, that its context has, and that the new text would hide."""
    repository = ignore_files.repository
    before = Context(repository, target.folder, target.path, target.old or '')
    after = Context(repository, target.folder, target.path, target.new)
    for build in (*ignore_files.readers(target.folder), *ignore_files.beside(target.folder)):
        dockerfile = ignorefiles.dockerfile_of(build)
        now = _with(build, before, ignore_files.goes_before(build) == '')
        for each in inputs.inputs(now, replayer.replay(now, dockerfile)) if dockerfile else ():
            if any(_shown(before, path) for path in each.paths) and not any(_shown(after, path) for path in each.paths):
                path = next(path for path in each.paths if _shown(before, path))
                hiding = after.hidden(inside(path, target.folder))
                if hiding:
                    yield Loss(target, path, build, each, hiding.line, hiding.pattern)


def _with(build: Build, context: Context, main: bool) -> Build:
    """The build with this context wherever it takes the context's folder."""
    contexts = {
        name: context if isinstance(tree, Context) and tree.folder == context.folder else tree
        for name, tree in build.contexts.items()
    }
    same = main and isinstance(build.context, Context) and build.context.folder == context.folder
    return build._replace(context=context if same else build.context, contexts=contexts)


def inside(path: str, folder: str) -> str:
    """A path of the repository as one of a context."""
    return '/' + (path[len(folder) + 1 :] if folder else path)


def _shown(context: Context, path: str) -> bool:
    """Whether a context has a file or folder; one that git ignores may be made before the build."""
    if not within(path, context.folder):
        return True
    repository, inner = context.repository, inside(path, context.folder)
    kind = context.look(inner).kind
    if kind not in (ABSENT, UNKNOWN):
        return True
    if context.hidden(inner):
        return False
    return kind == UNKNOWN or repository.on_disk(path) or repository.generated(path) or bool(repository.ignored(path))

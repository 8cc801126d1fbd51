"""What an image holds and lacks of programs, however little is known of what its steps wrote."""

from __future__ import annotations

from hooks.context.paths import parent, within
from hooks.context.tree import ABSENT, FILE, FOLDER, Context
from hooks.module.outputs import outputs
from hooks.replay.image import Copied, Either, Image, Somewhere

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.context.index import Repository
    from hooks.context.tree import Tree
    from hooks.facts.places import At
    from hooks.replay.copying import Source


# Packages of a distribution bring folders of their own there.
_OTHERS = ('/opt/', '/srv/')


def lacks(at: At, path: str) -> bool:
    """Whether nothing lies at a path of the image that is built, for certain.

    A program that nobody knows may have written anywhere, a build before this one may have made what git ignores, and
    what a pattern takes may not be there yet.
    """
    patterns = (source for moment in at.moments for source in moment.copies if source.glob and not source.matches)
    if path.startswith(_OTHERS) and at.moment.view.look(parent(path)).kind != FOLDER:
        return False
    made = any(source.target is None or within(path, source.target) for source in patterns)
    return not made and _lacks(at.build.repository, at.moment.view.image, path)


def _lacks(repository: Repository, tree: Tree, path: str) -> bool:
    if tree.look(path).kind != ABSENT:
        return False
    if isinstance(tree, Context):
        own = tree.path(path)
        return not repository.ignored(own) and not repository.generated(own)
    return isinstance(tree, Image) and all(_is_known(repository, layer, path) for layer in _layers(tree))


def _is_known(repository: Repository, layer: Image, path: str) -> bool:
    """Whether a layer cannot hold more at a path than it says."""
    if isinstance(layer, Copied) and within(path, layer.folder):
        return layer.excluded is None and _lacks(repository, layer.tree, layer.source + path[len(layer.folder) :])
    if isinstance(layer, Somewhere):
        # Of a folder in which something may lie nobody knows either.
        return not layer.touches(path)
    return not isinstance(layer, Either)


def _layers(image: Image) -> Iterator[Image]:
    layer: Image | None = image
    while layer is not None:
        yield layer
        layer = layer.below


def named(at: At, name: str) -> list[str]:
    """The paths of the files of a name that COPY brings into the image."""
    copies = (source for moment in at.moments if moment.stage is at.moment.stage for source in moment.copies)
    found = dict.fromkeys(path for source in copies for path in _taken(source) if path.rpartition('/')[2] == name)
    return [path for path in found if at.moment.view.look(path).kind == FILE]


def programs(at: At) -> list[str]:
    """The paths of the programs in the image that this build links, in the order in which they come."""
    found: dict[str, None] = {}
    for moment in at.moments:
        if moment.stage is not at.moment.stage:
            continue
        for source in moment.copies:
            found.update(dict.fromkeys(_taken(source)))
        call = moment.call
        if call and call.shell.cwd is not None and call.command.name in ('build', 'install'):
            from hooks.facts.places import At as Here
            from hooks.facts.places import place

            here = place(Here(at.build, at.moments, at.moments.index(moment)))
            found.update((each.path, None) for each in (outputs(here.invocation).files if here else ()))
    return [path for path in found if at.moment.view.look(path).program]


def _taken(source: Source) -> Iterator[str]:
    """Where the programs may lie now that a COPY takes."""
    for match in source.matches or () if source.target is not None else ():
        kind, name = source.tree.look(match).kind, match.rpartition('/')[2]
        if kind == FILE:
            yield from (source.target or '', f'{source.target}/{name}')
        elif kind == FOLDER:
            yield from (f'{source.target}/{each}' for each in source.tree.some_names(match))

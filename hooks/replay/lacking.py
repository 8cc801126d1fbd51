"""Whether an image surely lacks a path, whatever lies there: a stricter question than what lies at one of Go's files.

A step that nobody can follow may have written it, be it before a module is copied or after; and of a base image's own
folders nothing is known but that nobody installs Go programs into GOPATH by the way.
"""

from __future__ import annotations

from hooks.context.paths import parent, within
from hooks.context.tree import ABSENT, FILE, FOLDER, Context
from hooks.lean.record import Record
from hooks.replay.image import Base, Copied, Either, Image, Somewhere, Wrote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.context.tree import Tree

# What packages bring lies in folders of the system, and may lie in these.
_PACKAGED = ('/home', '/media', '/mnt', '/opt', '/root', '/snap', '/srv', '/tmp', '/go/src', '/go/pkg')
_GOPATH = '/go/bin/'


class Lack(Record):
    """What came of the question. `contexts` are the paths of build contexts that would have to be there."""

    sure: bool
    contexts: tuple[tuple[Context, str], ...] = ()


_HAS, _LACKS = Lack(False), Lack(True)


def ask(tree: Tree, path: str) -> Lack:
    """Whether a tree lacks a path for sure; for a build context, as far as git knows."""
    if isinstance(tree, Context):
        return Lack(tree.look(path).kind == ABSENT, ((tree, path),))
    if not isinstance(tree, Image):
        return _HAS
    # Stages that copy twice from the one before would ask it twice as often each.
    if tree.lacking is None:
        tree.lacking = {}
    if path not in tree.lacking:
        tree.lacking[path] = _ask(tree, path)
    return tree.lacking[path]


def _ask(image: Image, path: str) -> Lack:
    found: dict[tuple[Context, str], None] = {}
    layer: Image | None = image
    while layer is not None:
        answer = _of_layer(image, layer, path)
        if answer is not None:
            contexts = tuple(dict.fromkeys((*found, *answer.contexts)))
            return answer._replace(contexts=contexts) if answer.sure else _HAS
        if isinstance(layer, Copied) and within(path, layer.folder):
            below = ask(layer.tree, layer.source + path[len(layer.folder) :])
            if not below.sure:
                return _HAS
            found.update(dict.fromkeys(below.contexts))
        layer = layer.below
    return _HAS


def _of_layer(image: Image, layer: Image, path: str) -> Lack | None:
    """What a layer says for good; None where the layers below it have a say."""
    if isinstance(layer, Somewhere):
        return _HAS if layer.touches(path) else None
    if isinstance(layer, Wrote):
        return _of_path(layer, path)
    if isinstance(layer, Either):
        each = [ask(one, path) for one in layer.images]
        return Lack(all(one.sure for one in each), tuple(place for one in each for place in one.contexts))
    if isinstance(layer, Copied):
        return _HAS if within(layer.folder, path) else None
    return _of_base(image, layer, path)


def _of_path(layer: Wrote, path: str) -> Lack | None:
    if within(path, layer.path) and layer.entry.kind == ABSENT:
        return _LACKS
    if path != layer.path and within(path, layer.path) and layer.entry.kind == FILE:
        # Below a file there is nothing.
        return _LACKS
    return _HAS if within(layer.path, path) and layer.entry.kind != ABSENT else None


def _of_base(image: Image, base: Image, path: str) -> Lack:
    if not isinstance(base, Base):
        # scratch
        return _LACKS
    if path.rpartition('/')[2] in base.without:
        return _LACKS
    if path.startswith(_GOPATH):
        return Lack(bool(base.go))
    if base.own(path, ()) is None or base.look(path).kind != ABSENT:
        return _HAS
    folder = parent(path)
    while folder and image.look(folder).kind != FOLDER:
        folder = parent(folder)
    # In a folder that the Dockerfile has made packages put nothing.
    own = base.look(folder).kind == ABSENT
    return Lack(own or not path.startswith(_PACKAGED))

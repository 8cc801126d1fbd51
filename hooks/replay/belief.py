"""What most likely lies in an image still, where a program ran that nobody knows.

An installer, a generator, `npm ci` may write wherever it likes. But it does not lower the go line of a go.mod that a
step before has copied from the build context, nor does it write a Makefile or a script anew: what is asked of them is
asked of the image without such programs.
"""

from __future__ import annotations

from hooks.context.tree import UNKNOWN
from hooks.replay.image import Copied, Either, Image, Unknown
from hooks.replay.shell import View

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.context.tree import Entry


def believed(view: View) -> View:
    """The view without what programs that nobody knows may have written."""
    known: dict[int, Image] = {}
    return View(_without(view.image, known), tuple((folder, _without(image, known)) for folder, image in view.mounts))


def look(view: View, path: str) -> Entry:
    """What lies at a path, or most likely lies there still."""
    entry = view.look(path)
    return believed(view).look(path) if entry.kind == UNKNOWN else entry


def _without(image: Image, known: dict[int, Image]) -> Image:
    """The same layers on each other; each is made once, since two images are compared down to the one below both."""
    chain: list[Image] = []
    layer: Image | None = image
    while layer is not None and id(layer) not in known:
        chain.append(layer)
        layer = layer.below
    below = known[id(layer)] if layer is not None else None
    for layer in reversed(chain):
        if below is None:
            below = known[id(layer)] = layer
        elif isinstance(layer, Unknown) and layer.program:
            known[id(layer)] = below
        else:
            below = known[id(layer)] = _on(layer, below, known)
    return known[id(image)]


def _on(layer: Image, below: Image, known: dict[int, Image]) -> Image:
    copy = object.__new__(type(layer))
    # What was found out of the layers below holds of others no more.
    found_out = {'journal': None, 'run': 0, 'lacking': None, '_looks': None, '_lists': None}
    copy.__dict__.update(layer.__dict__, below=below, **found_out)
    if isinstance(copy, Either):
        copy.images = tuple([_without(each, known) for each in copy.images])
    if isinstance(copy, Copied) and isinstance(copy.tree, Image):
        copy.tree = _without(copy.tree, known)
    return copy

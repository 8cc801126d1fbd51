"""A long run of layers that each say something of one path and what lies around it, found by that path.

To ask a thousand layers one after the other for each path of a thousand steps would take a million questions.
"""

from __future__ import annotations

from bisect import bisect_right

from hooks.context.paths import upwards

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hooks.context.tree import Entry
    from hooks.replay.image import Image, Layer


class Journal:
    """The layers of a run, from the lowest to the highest; `start` is the image below them."""

    def __init__(self, start: Image) -> None:
        self.start = start
        self.layers: list[Layer] = []
        # The places in the run of the layers at a path, and below a folder.
        self._at: dict[str, list[int]] = {}
        self._below: dict[str, list[int]] = {}
        # What a folder has by these: name → the first place that adds it. And the places that bring a tree to a path.
        self._names: dict[str, dict[str, int]] = {}
        self._trees: dict[str, list[int]] = {}
        self._modules: list[int] = []

    @classmethod
    def of(cls, layer: Layer) -> Journal:
        """The journal of a layer and of those below it that are of its kind and in no journal yet."""
        run: list[Layer] = [layer]
        while (below := run[-1].below) and below.run and not below.journal:
            run.append(below)  # type: ignore[arg-type]
        journal = cls(below)  # type: ignore[arg-type]
        for each in reversed(run):
            journal.add(each)
        return journal

    def add(self, layer: Layer) -> None:
        """One more layer, on top of the highest."""
        layer.journal, layer.place = self, len(self.layers)
        if layer.modules:
            self._modules.append(layer.place)
        self._at.setdefault(layer.path, []).append(layer.place)
        if layer.spreads:
            self._trees.setdefault(layer.path, []).append(layer.place)
        for folder in upwards(layer.path):
            self._below.setdefault(folder, []).append(layer.place)
            for name in layer.own_names(folder, ()) or ():
                self._names.setdefault(folder, {}).setdefault(name, layer.place)
        self.layers.append(layer)

    def look(self, path: str, first: int, last: int) -> Entry | None:
        """What the layers from one place to another say of a path; None where they say nothing."""
        for place in self._places(path, first, last):
            found = self.layers[place].own(path, ())
            if found is not None:
                return found
        return None

    def names(self, folder: str, first: int, last: int) -> set[str] | None:
        """The names that the layers from one place to another add to a folder; None when they are not known."""
        if first:
            places = self._places(folder, first, last)
            found: set[str] = set()
        else:
            places = self._merged([self._trees.get(each) for each in (folder, *upwards(folder))], first, last)
            found = {name for name, place in self._names.get(folder, {}).items() if place <= last}
        for place in places:
            names = self.layers[place].own_names(folder, ())
            if names is None:
                return None
            found.update(names)
        return found

    def modules(self, first: int, last: int) -> tuple[str, ...]:
        """The folders into which the layers from one place to another copy a go.mod or go.work, from the top down."""
        places = [place for place in reversed(self._modules) if first <= place <= last]
        return tuple(module for place in places for module in self.layers[place].modules)

    def _places(self, path: str, first: int, last: int) -> Iterator[int]:
        """The places of the layers that may say something of a path, the highest first."""
        return self._merged(
            [self._below.get(path), *(self._at.get(each) for each in (path, *upwards(path)))], first, last
        )

    def _merged(self, kinds: Sequence[list[int] | None], first: int, last: int) -> Iterator[int]:
        lists = [places for places in kinds if places]
        ends = [bisect_right(places, last) for places in lists]
        while True:
            tops = [places[end - 1] if end else -1 for places, end in zip(lists, ends, strict=True)]
            place = max(tops, default=-1)
            if place < first:
                return
            ends[tops.index(place)] -= 1
            yield place

"""An image while it is built: a stack of layers, asked from the top down what lies at a path.

The image has a file, lacks it, or nobody knows: that is decided here and nowhere else. Paths are those of a tree (see
`context.tree`); the WORKDIR that a base image brings and nobody knows is the folder `UNKNOWN_FOLDER`. Images are
values: a step makes a new one on top of the old, so stages and snapshots share what they have in common.
"""

from __future__ import annotations

from hooks.context.paths import PROGRAMS, is_program, parent, prefixes, within
from hooks.context.tree import ABSENT, DONT_KNOW, FILE, FOLDER, IS_FOLDER, LACKS, UNKNOWN, WRITTEN, Context, Entry, Tree

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from hooks.replay.journal import Journal
    from hooks.replay.lacking import Lack

# A look takes up to five frames a level, of which Python has a thousand.
DEEPEST = 60
# Fewer layers are walked through faster than they are looked up.
LONG = 32
UNKNOWN_FOLDER = '/?'
MODULE_FILES = ('/go.mod', '/go.work')
GO_FILES = ('/go.mod', '/go.sum', '/go.work', '/go.work.sum')
# Where an image's Go is: a layer that changes it brings another Go.
GO_FOLDER = '/usr/local/go/bin'
GO = f'{GO_FOLDER}/go'
# What only those change who name it: the Go of the image, and the file in which root keeps go's settings.
SPARED = ('/usr/local/go', '/root/.config/go')


# Whence packages come: a step that changes these may bring others.
PACKAGES = ('/etc/apk/repositories', '/etc/apt/sources.list')
_GO, _LOCAL = 'the go of ', ', which stays local'


def go_entry(version: str, stays: bool = False) -> Entry:
    """What lies at GO in an image that brings this Go: no other image's Go is equal to it.

    `stays`: by its own settings it fetches no newer one.
    """
    return Entry(FILE, f'{_GO}{version}{_LOCAL * stays}')


def which_go(entry: Entry) -> tuple[str, bool]:
    """The version of a Go that lies somewhere, and whether it stays; '' for another file."""
    version = entry.origin.removeprefix(_GO) if entry.kind == FILE and entry.origin.startswith(_GO) else ''
    return version.removesuffix(_LOCAL), version.endswith(_LOCAL)


class Image(Tree):
    """An empty file system. A layer overrides `own` and `own_names`; `below` is the image that it stands on."""

    below: Image | None = None
    # How deep a look goes, from layer into layer.
    depth = 0
    # The folders into which this layer copies a go.mod or go.work from a build context.
    modules: tuple[str, ...] = ()
    # Whether a build context, or another image, has been copied into it.
    fed = False
    # How many layers of one path lie on each other here, and what finds them where they are many.
    run = 0
    journal: Journal | None = None
    place = 0

    def own(self, path: str, modules: tuple[str, ...]) -> Entry | None:
        """What this layer says of a path; None where it leaves the word to the layer below.

        `modules` are the folders into which a layer above copies a go.mod or go.work from a build context.
        """
        return LACKS if path else IS_FOLDER

    def own_names(self, folder: str, modules: tuple[str, ...]) -> Iterable[str] | None:
        """The names that this layer adds to a folder; None when they are not known."""
        return ()

    def look(self, path: str, modules: tuple[str, ...] = ()) -> Entry:
        return self.down_to(None, path, modules) or LACKS

    def remembered(self, path: str) -> Entry:
        """`look` for who may ask again: many rules do, and all that copy from an image."""
        if self._looks is None:
            self._looks = {}
        found = self._looks.get(path)
        if found is None:
            found = self._looks[path] = self.down_to(None, path, ()) or LACKS
        return found

    def remembered_names(self, folder: str) -> list[str] | None:
        if self._lists is None:
            self._lists = {}
        if folder not in self._lists:
            self._lists[folder] = self.names(folder)
        return self._lists[folder]

    # What `replay.lacking` found out.
    lacking: dict[str, Lack] | None = None
    _looks: dict[str, Entry] | None = None
    _lists: dict[str, list[str] | None] | None = None

    def down_to(self, base: Image | None, path: str, modules: tuple[str, ...]) -> Entry | None:
        """What the layers above `base` say of a path."""
        layer: Image | None = self
        while layer is not base and layer is not None:
            if layer.journal:
                journal, first, last, layer = _passed(layer.journal, layer, base)
                found = journal.look(path, first, last)
                more = journal.modules(first, last) if found is None else ()
            else:
                found, more, layer = layer.own(path, modules), layer.modules, layer.below
            if found is not None:
                return found
            if more:
                modules += more
        return None

    def names(self, folder: str, leaving: frozenset[str] = frozenset()) -> list[str] | None:
        found = self.names_down_to(None, folder, ())
        kinds = {name: self.look(f'{folder}/{name}').kind for name in (found or set()) - leaving}
        unsure = found is None or UNKNOWN in kinds.values()
        return None if unsure else sorted(name for name, kind in kinds.items() if kind != ABSENT)

    def names_down_to(self, base: Image | None, folder: str, modules: tuple[str, ...]) -> set[str] | None:
        """Every name that a layer above `base` adds to a folder, whether or not it is still there."""
        found: set[str] = set()
        layer: Image | None = self
        while layer is not base and layer is not None:
            names: Iterable[str] | None
            if layer.journal:
                journal, first, last, layer = _passed(layer.journal, layer, base)
                names, more = journal.names(folder, first, last), journal.modules(first, last)
            else:
                names, more, layer = layer.own_names(folder, modules), layer.modules, layer.below
            if names is None:
                return None
            found.update(names)
            modules += more
        return found


def _passed(journal: Journal, layer: Image, base: Image | None) -> tuple[Journal, int, int, Image]:
    """What lies between a layer and `base` of a journal, as the first and the last place; and the image below that."""
    inside = base is not None and base.journal is journal and base.place <= layer.place
    return (journal, base.place + 1, layer.place, base) if inside and base else (journal, 0, layer.place, journal.start)


SCRATCH = Image()


class Base(Image):
    """A base image that is known to hold none of a project's files: a distribution's, or Go's own, of version `go`.

    `lacks` are the paths that it is known to come without, `has` those that it brings, `without` programs that are in
    none of its folders. `package` is the Go of its distribution's packages.
    """

    FOLDERS = PROGRAMS | frozenset(
        '/boot /go /go/bin /go/src /home /media /mnt /opt /root /srv /tmp /usr /usr/local /usr/src'.split()
    )
    # The packages that are there and the module cache, to which every go command may add.
    SYSTEM = tuple(
        f'/{folder}/' for folder in 'bin dev etc lib lib32 lib64 libx32 proc run sbin sys usr var go/bin go/pkg'.split()
    )

    def __init__(
        self,
        go: str = '',
        lacks: frozenset[str] = frozenset(),
        has: frozenset[str] = frozenset(),
        without: frozenset[str] = frozenset(),
        package: Entry | None = None,
    ) -> None:
        self.go, self.lacks, self.has, self.without, self.package = go, lacks, has, without, package

    def own(self, path: str, modules: tuple[str, ...]) -> Entry | None:
        if not path or path in self.FOLDERS:
            return IS_FOLDER
        if path in self.lacks:
            return LACKS
        if path in self.has:
            return WRITTEN
        if self.go and GO.startswith(path):
            return go_entry(self.go) if path == GO else IS_FOLDER
        if self.package and path in PACKAGES:
            return self.package
        if path.startswith('/usr/src/') or not f'{path}/'.startswith(self.SYSTEM):
            return LACKS
        if self.without and path.rpartition('/')[2] in self.without and (is_program(path) or parent(path) == GO_FOLDER):
            return LACKS
        brought = path.startswith(('/usr/local/go/', '/go/pkg/'))
        return DONT_KNOW if brought or not path.endswith(GO_FILES) else LACKS


class Somewhere(Image):
    """What a step may have written in `folders` ('' is everywhere)."""

    def __init__(self, below: Image | None, folders: Iterable[str]) -> None:
        self.below, self.folders = below, tuple(folders)
        self.prefixes = prefixes(self.folders)
        self.depth = below.depth if below else 0
        self.fed = below.fed if below else False

    def touches(self, path: str) -> bool:
        """Whether a path lies in one of the folders, or one of them in it."""
        path = path and f'{path}/'
        return path.startswith(self.prefixes) or any(prefix.startswith(path) for prefix in self.prefixes)


class Unknown(Somewhere):
    """What nobody knows: anything may lie in `folders`, but in those that it `spares`.

    A base image (`base`) fills no folder into which the Dockerfile itself copies a module, and has no settings of go. A
    step that ran before such a copy has written none of what go keeps beside that go.mod, and no workspace around it.
    Without these, one opaque image in front hides a whole build. `program`: it is what a program may have written that
    nobody knows, and that has nothing to do with go.mod (see `belief`).
    """

    def __init__(
        self,
        below: Image | None,
        folders: Iterable[str] = ('',),
        base: bool = False,
        spares: tuple[str, ...] = (),
        program: bool = False,
    ) -> None:
        super().__init__(below, folders)
        self.base, self.program = base, program
        self.spares = SPARED[1:] if base and not spares else spares
        self._spared = prefixes(self.spares)

    def own(self, path: str, modules: tuple[str, ...]) -> Entry | None:
        if not path:
            return IS_FOLDER
        if not f'{path}/'.startswith(self.prefixes) or self._yields(path, modules):
            return None
        return None if f'{path}/'.startswith(self._spared) else DONT_KNOW

    def own_names(self, folder: str, modules: tuple[str, ...]) -> Iterable[str] | None:
        return () if not self.touches(folder) or self._yields(f'{folder}/', modules) else None

    def _yields(self, path: str, modules: tuple[str, ...]) -> bool:
        if self.base and any(path.startswith(module + '/') for module in modules):
            return True
        if self.below is None:
            return False
        folder, _, name = path.rpartition('/')
        if name in ('go.sum', 'go.work', 'go.work.sum'):
            beside = [m for m in modules if m == folder or (name != 'go.sum' and within(m, folder))]
        elif '/vendor' in path:
            beside = [module for module in modules if within(path, module + '/vendor')]
        else:
            return False
        # Of a module that was there before and is copied again it may well be the work.
        below = self.below or SCRATCH
        return any(all(below.look(m + file).kind != FILE for file in MODULE_FILES) for m in beside)


class Perhaps(Somewhere):
    """Nothing that says what lies where; only what a step may have written besides Go's own files."""

    def own(self, path: str, modules: tuple[str, ...]) -> Entry | None:
        return None


class Layer(Image):
    """What a step left at one path: it says something of that path, of what lies below it and of the folders above.

    One that `spreads` has names of its own below its path.
    """

    spreads = False

    def __init__(self, below: Image, path: str) -> None:
        self.below, self.path = below, path
        self.depth, self.fed = below.depth, below.fed

    def settle(self) -> None:
        """Join the layers below, once all is known of this one."""
        below = self.below or SCRATCH
        self.run = below.run + 1
        journal = below.journal
        if journal and journal.layers[-1] is below:
            journal.add(self)
        elif self.run >= LONG and not journal:
            from hooks.replay.journal import Journal

            Journal.of(self)


class Copied(Layer):
    """The tree below `source` of another tree, copied into `folder`.

    `excluded` tells which paths below `source` were left out: True, False, or None when nobody knows.
    """

    spreads = True

    def __init__(
        self, below: Image, folder: str, tree: Tree, source: str, excluded: Callable[[str], bool | None] | None = None
    ) -> None:
        super().__init__(below, folder)
        self.folder, self.tree, self.source, self.excluded = folder, tree, source, excluded
        self._prefix = folder + '/'
        self.fed = True
        if isinstance(tree, Image):
            self.depth = max(below.depth, tree.depth + 1)
        module = isinstance(tree, Context) and any(tree.look(source + name).kind == FILE for name in MODULE_FILES)
        self.modules = (folder,) if module else ()
        self.settle()

    def own(self, path: str, modules: tuple[str, ...]) -> Entry | None:
        if not path.startswith(self._prefix):
            return IS_FOLDER if within(self.folder, path) else None
        inner = path[len(self.folder) :]
        found = self.tree.remembered(self.source + inner)
        if found.kind == ABSENT:
            return None
        left_out = self.excluded(inner) if self.excluded else False
        if found.kind == FOLDER and left_out is not True:
            return found
        return None if left_out else DONT_KNOW if left_out is None else found

    def own_names(self, folder: str, modules: tuple[str, ...]) -> Iterable[str] | None:
        if within(self.folder, folder) and self.folder != folder:
            return (self.folder[len(folder) + 1 :].split('/')[0],)
        if not within(folder, self.folder):
            return ()
        inside = self.source + folder[len(self.folder) :]
        names = self.tree.remembered_names(inside) if self.tree.remembered(inside).kind not in (ABSENT, FILE) else ()
        return names if names is None or not self.excluded else [n for n in names if self._keeps(folder, n)]

    def _keeps(self, folder: str, name: str) -> bool:
        return self.own(f'{folder}/{name}', ()) is not None


class Wrote(Layer):
    """One path, as a COPY or a command left it: a file, a folder, or nothing any more (ABSENT, with all below it)."""

    def __init__(self, below: Image, path: str, entry: Entry, from_context: bool = False, copied: bool = False) -> None:
        super().__init__(below, path)
        self.entry = entry
        self.fed = below.fed or copied
        self.modules = (parent(path),) if from_context and path.endswith(MODULE_FILES) else ()
        self.settle()

    def own(self, path: str, modules: tuple[str, ...]) -> Entry | None:
        if path == self.path:
            return self.entry
        if self.entry.kind == ABSENT:
            return self.entry if path.startswith(self.path + '/') else None
        return IS_FOLDER if self.path.startswith(path + '/') else None

    def own_names(self, folder: str, modules: tuple[str, ...]) -> Iterable[str] | None:
        if self.entry.kind == ABSENT or not within(self.path, folder) or self.path == folder:
            return ()
        return (self.path[len(folder) + 1 :].split('/')[0],)


class Either(Image):
    """What is there when only one of several histories happened since `below`: known is what they agree on."""

    def __init__(self, below: Image, images: tuple[Image, ...]) -> None:
        self.below, self.images = below, images
        self.depth = 1 + max(image.depth for image in (below, *images))
        self.fed = any(image.fed for image in (below, *images))
        self._owns: dict[tuple[str, tuple[str, ...]], Entry | None] = {}

    def own(self, path: str, modules: tuple[str, ...]) -> Entry | None:
        # Histories within histories share what is below them: each asks it for itself.
        key = path, modules
        if key not in self._owns:
            self._owns[key] = self._agreed(path, modules)
        return self._owns[key]

    def _agreed(self, path: str, modules: tuple[str, ...]) -> Entry | None:
        found = {image.down_to(self.below, path, modules) for image in self.images}
        if None in found and len(found) > 1:
            assert self.below is not None
            found = found - {None} | {self.below.look(path, modules)}
        return found.pop() if len(found) == 1 else DONT_KNOW

    def own_names(self, folder: str, modules: tuple[str, ...]) -> Iterable[str] | None:
        lists = [image.names_down_to(self.below, folder, modules) for image in self.images]
        return None if None in lists else {name for names in lists for name in names or ()}


def either(below: Image, *images: Image) -> Image:
    """One image for what may have happened in several ways since `below`."""
    distinct = tuple(dict.fromkeys(images))
    if len(distinct) == 1:
        return distinct[0]
    return Either(below, distinct) if max(image.depth for image in distinct) < DEEPEST else Unknown(below)

"""Which folder a Dockerfile is built from, where nothing declares it: one in which all exists that it takes by name.

Folders are relative to the repository's top, `''` for the top itself; what a Dockerfile needs, to its context.
"""

from __future__ import annotations

from hooks.context.paths import normal, upwards, within
from hooks.dockerfile import parser
from hooks.golang.commands import BUILDS
from hooks.lean.lazy import regex
from hooks.lean.memo import memo
from hooks.lean.numbers import number
from hooks.lean.record import Record
from hooks.replay.image import MODULE_FILES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.context.index import Repository
    from hooks.context.tree import Tree
    from hooks.dockerfile.parser import Dockerfile, Stage, Step
    from hooks.replay.replayer import Moment
    from hooks.replay.shell import Call

# A Dockerfile may take them although they are not there: that is what the hooks are for.
_SUMS = ('/go.sum', '/go.work.sum')
_GOPATH = '/go/src/'
# Where one folder has so many of the things that a Dockerfile takes, and no other has, it is built from there.
MOST = 3
_MODULES = frozenset(('go.mod', 'go.work'))
_TAKES_FOLDERS = BUILDS | {'work init', 'work use'}
# What stands around a path in a script or in JSON.
_BETWEEN = str.maketrans(dict.fromkeys('"\'`=,:;()[]{}<>|&$\\', ' '))
_PATH = regex(r'[\w./@+-]+')


class Needs(Record):
    """What a Dockerfile takes from its context by name, as paths relative to the context.

    `modules` are the go.mod and go.work files among them, `globbed` the folders in front of globs, `folders` those that
    lie below the target of a `COPY .` and are worked in, `packages` those that are built. `sums` are the go.sum files,
    which a folder that fits may lack. `imports` are the folders below GOPATH/src that are worked in, as import paths;
    `inits` those where `go mod init` runs, with `''` for the context itself: a go.mod there speaks for no context.
    """

    sources: tuple[str, ...]
    modules: tuple[str, ...]
    globbed: tuple[str, ...]
    folders: tuple[str, ...]
    sums: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    imports: tuple[str, ...] = ()
    inits: tuple[str, ...] = ()


def read_needs(context: Tree, moments: list[Moment]) -> Needs:
    """What a build asks of its context, whether it is there or not."""
    sources: dict[str, None] = {}
    modules, globbed, folders, sums, packages = (sources.copy() for _ in range(5))
    roots: list[str] = []
    imports: set[str] = set()
    inits: set[str] = set()
    for moment in moments:
        for source in moment.copies:
            if source.tree is not context or source.path is None:
                continue
            if source.glob:
                globbed[source.folder] = None
            elif source.path.endswith(_SUMS):
                sums[source.path] = None
            else:
                (modules if source.path.endswith(MODULE_FILES) else sources)[source.path] = None
            if not source.path and source.target is not None:
                roots.append(source.target)
        if moment.call and moment.call.shell.sure:
            cwd = moment.call.shell.cwd or ''
            if cwd.startswith(_GOPATH) and '.' in cwd[len(_GOPATH) :].partition('/')[0]:
                imports.add(cwd[len(_GOPATH) :])
            for path, is_built in _worked_in(moment.call, roots):
                (packages if is_built else folders)[path] = None
                if moment.call.command.name == 'mod init':
                    inits.add(path[1:])
    found = (sources, modules, globbed, folders, sums, packages)
    needs = Needs(*(tuple(path[1:] for path in paths if path) for paths in found))
    return needs._replace(imports=tuple(sorted(imports)), inits=tuple(sorted(inits)))


def _worked_in(call: Call, roots: list[str]) -> Iterator[tuple[str, bool]]:
    """The folders of the context that a go command works in and, with True, builds."""
    cwd = call.shell.cwd
    root = max((root for root in roots if cwd is not None and within(cwd, root)), key=len, default=None)
    if cwd is None or root is None:
        return
    yield cwd[len(root) :], False
    args = call.command.args[:1] if call.command.name == 'run' else call.command.args
    for arg in args if call.command.name in _TAKES_FOLDERS else ():
        if arg and arg.startswith('./') and not any(char in arg for char in '*?[$') and '...' not in arg:
            yield normal(arg, cwd)[len(root) :], True


class Firsts(Record):
    """The first names of what may be paths in a text; of those with a glob, what is in front of that."""

    names: frozenset[str]
    globs: tuple[str, ...]


def read_firsts(text: str) -> Firsts:
    """The first names of what may be paths in a Dockerfile's text."""
    words = set(text.translate(_BETWEEN).split())
    names = {word.partition('/')[0] for word in words}
    # A path from the root is one of the context, too.
    names.update([word.removeprefix('./').lstrip('/').partition('/')[0] for word in words if word[0] in './'])
    # What leaves the context by `..` is looked for in its top.
    names.update(name for word in words if '..' in word for name in word.split('/'))
    globs = [name for name in names if '*' in name or '?' in name] if '*' in text or '?' in text else []
    return Firsts(frozenset(names.difference(globs)), tuple(name.replace('?', '*').partition('*')[0] for name in globs))


def _join(folder: str, path: str) -> str:
    return f'{folder}/{path}' if folder else path


class Inference:
    """Asks a repository which folders fit."""

    def __init__(self, repository: Repository) -> None:
        self.repository = repository
        self._nowhere: dict[str, bool] = {}
        self._names: dict[str, frozenset[str]] = {}

    def fits(self, folder: str, needs: Needs) -> bool:
        """Whether all that a Dockerfile takes by name exists in a folder."""
        prefix = folder and folder + '/'
        for path in (*needs.sources, *needs.folders):
            if self.repository.kind(prefix + path) == 'absent':
                return False
        for path in needs.packages:
            # One that is nowhere is misspelt, or generated: it speaks for no context.
            if self.repository.kind(prefix + path) == 'absent' and not self.is_nowhere(path):
                return False
        for path in (*needs.modules, *needs.globbed):
            if not self._has(prefix, path):
                return False
        return bool(needs.sources or needs.modules or needs.globbed) or self.has_module(folder, needs)

    def has_module(self, folder: str, needs: Needs) -> bool:
        """Whether a go.mod or go.work is in a folder, or where a Dockerfile works below that."""
        prefix, below = folder and folder + '/', (*needs.folders, *needs.packages)
        places = {'', *(place for path in below for place in (path, *upwards(path)))}
        return any(
            f'{prefix}{place}{place and "/"}{name}' in self.repository.files
            for place in places
            for name in ('go.mod', 'go.work')
        ) or self._is_bare(folder, needs)

    def _is_bare(self, folder: str, needs: Needs | None = None) -> bool:
        """Whether a folder has Go files and no module: in a repository without any, or where the build makes it."""
        made = needs is not None and any(self._has_sources(_join(folder, path).rstrip('/')) for path in needs.inits)
        return made or (self._has_sources(folder) and self.is_nowhere('go.mod') and self.is_nowhere('go.work'))

    def _has_sources(self, folder: str) -> bool:
        return any(name.endswith('.go') for name in self.names(folder))

    def _has(self, prefix: str, name: str) -> bool:
        """Whether a folder has a file or folder; one that is nowhere in the repository speaks for no context."""
        if self.repository.kind(prefix + name) != 'absent':
            return True
        # Without any go.mod this is no repository of Go modules: the Dockerfile is meant for others.
        others = name.endswith('go.mod') and self.is_nowhere('go.mod') and not self.repository.on_disk(prefix + name)
        return self.is_nowhere(name) and not others

    def is_nowhere(self, name: str) -> bool:
        """Whether no tracked file or folder has a name."""
        if name not in self._nowhere:
            self._nowhere[name] = not self.repository.files.has_name(name)
        return self._nowhere[name]

    def is_another(self, folder: str, needs: Needs) -> bool:
        """Whether a folder's module is not the one for which a Dockerfile makes a folder in GOPATH/src."""
        if not needs.imports:
            return False
        # Imported late: hardly a Dockerfile works there.
        from hooks.golang import gomod

        text = self.repository.read(_join(folder, 'go.mod')) or ''
        module = gomod.parse_mod(text).module + '/'
        return module != '/' and not any(
            f'{path}/'.startswith(module) or module.startswith(f'{path}/') for path in needs.imports
        )

    def is_foreign(self, needs: Needs) -> bool:
        """Whether a Dockerfile is meant for another repository, or for another time of this one.

        One go.mod that is nowhere may be a slip; where there are several, it is the tree that is another.
        """
        return sum(map(self.is_nowhere, needs.modules)) > 1

    def fits_elsewhere(self, folders: list[str], needs: Needs) -> bool:
        """Whether a folder that is none of these has everything, go.sum included, while none of these has.

        A Dockerfile in build/ may be built from services/a: that the top lacks a go.sum says nothing then.
        """
        lacking = [
            path for path in needs.sums if not any(_join(folder, path) in self.repository.files for folder in folders)
        ]
        found = (path[: -len(lacking[0])].rstrip('/') for path in self._sums(lacking))
        return any(folder not in folders and self.fits(folder, needs) for folder in found)

    def _sums(self, lacking: list[str]) -> list[str]:
        return self.repository.files.ending('/' + lacking[0]) if lacking else []

    def may_take(self, folder: str, firsts: Firsts) -> bool:
        """Whether a Dockerfile may take anything from a folder, by the first names of the paths in its text.

        It is cheaper than to parse the text, and of a thousand Dockerfiles below a folder hardly one takes from there.
        """
        names = self.names(folder)
        return (
            not names.isdisjoint(_MODULES)
            or not names.isdisjoint(firsts.names)
            or any(name.startswith(firsts.globs) for name in names)
            or self._is_bare(folder)
            or ('init' in firsts.names and self._has_sources(folder))
        )

    def names(self, folder: str) -> frozenset[str]:
        """The names of the tracked files and folders directly in a folder."""
        if folder not in self._names:
            self._names[folder] = frozenset(self.repository.names(folder))
        return self._names[folder]

    def may_fit(self, folder: str, needs: Needs) -> bool:
        """Whether a folder may fit, by what a look at the Dockerfile tells: no folder that fits is missed."""
        prefix = folder and folder + '/'
        lacking = [path for path in needs.sources if self.repository.kind(prefix + path) == 'absent']
        if lacking:
            # It may be the likely one nevertheless: it has the rest, or most.
            named = (*needs.sources, *needs.modules)
            held = sum(self.repository.kind(prefix + path) != 'absent' for path in named) + len(needs.globbed)
            return held >= MOST or all(map(self.is_nowhere, lacking))
        if needs.sources or needs.modules:
            return all(self._has(prefix, path) for path in needs.modules)
        below = (path for path in needs.folders if path.partition('/')[0] in self.names(folder))
        places = {'', *(path for path in below if self.repository.has_folder(prefix + path))}
        names = (f'{prefix}{place}{place and "/"}{name}' for place in places for name in ('go.mod', 'go.work'))
        found = bool(needs.globbed) or any(name in self.repository.files for name in names)
        return found or self._is_bare(folder, needs)


def outline(dockerfile: Dockerfile) -> Needs | None:
    """What a build of the last stage needs, by a look at its text: fewer sources than it has, and more folders.

    None where a look is not enough.
    """
    reader = _Outline(dockerfile)
    return reader.needs() if reader.read(len(dockerfile.stages) - 1) is not None else None


class _Outline:
    def __init__(self, dockerfile: Dockerfile) -> None:
        self.dockerfile = dockerfile
        self.sources: set[str] = set()
        self.globbed: set[str] = set()
        self.folders: set[str] = set()
        self.makes_module = False
        self._ends: dict[int, tuple[str, tuple[str, ...]] | None] = {}
        self._named: dict[str, list[int]] = {}
        for at, stage in enumerate(dockerfile.stages):
            self._named.setdefault(stage.name, []).append(at)

    def needs(self) -> Needs:
        found = {path for path in self.sources if not path.endswith(_SUMS)}
        modules = {path for path in found if path.endswith(MODULE_FILES)}
        sources, modules_, globbed = (
            tuple(path[1:] for path in paths) for paths in (found - modules, modules, self.globbed)
        )
        folders = tuple(self.folders)
        return Needs(sources, modules_, globbed, folders, inits=('', *folders) if self.makes_module else ())

    def read(self, index: int) -> tuple[str, tuple[str, ...]] | None:
        """The WORKDIR at the end of a stage, and the targets of its `COPY .`; None where a look is not enough."""
        if index not in self._ends:
            self._ends[index] = None
            self._ends[index] = self._stage(self.dockerfile.stages[index], index)
        return self._ends[index]

    def _stage(self, stage: Stage, index: int) -> tuple[str, tuple[str, ...]] | None:
        env: dict[str, str | None] = {}
        for step in self.dockerfile.args:
            self._set(step, env)
        base = self._earlier(stage.base, index)
        start: tuple[str, tuple[str, ...]] | None = ('/?', ()) if base is None else self.read(base)
        for step in stage.steps:
            start = self._step(step, start, env, index) if start else None
        return start

    def _earlier(self, name: str, index: int) -> int | None:
        named = [number(name)] if name.isdecimal() else self._named.get(name.lower(), []) if name else []
        return next((at for at in reversed(named) if at < index), None)

    def _step(
        self, step: Step, at: tuple[str, tuple[str, ...]], env: dict[str, str | None], index: int
    ) -> tuple[str, tuple[str, ...]] | None:
        workdir, roots = at
        if step.name in ('ARG', 'ENV'):
            self._set(step, env)
        elif step.name == 'WORKDIR':
            path = parser.expand(step.args[0], env)
            if path is None:
                return None
            workdir = normal(path, workdir)
            self.folders.update(workdir[len(root) + 1 :] for root in roots if within(workdir, root))
        elif step.name in ('COPY', 'ADD'):
            return self._copy(step, at, env, index)
        elif step.name == 'RUN':
            paths = _paths(' '.join(step.args))
            self.folders.update(paths)
            self.makes_module |= 'init' in paths
            return None if any(name == 'mount' and 'bind' in value for name, value in step.flags) else at
        return workdir, roots

    def _copy(
        self, step: Step, at: tuple[str, tuple[str, ...]], env: dict[str, str | None], index: int
    ) -> tuple[str, tuple[str, ...]] | None:
        origin = dict(step.flags).get('from')
        if origin is not None:
            stage = self._earlier(origin, index)
            return at if stage is None or self.read(stage) is not None else None
        *words, target = (parser.expand(word, env) for word in step.args)
        if target is None or None in words or step.heredocs:
            return None
        paths = [normal(word or '') for word in words]
        self.globbed.update(path for path in paths if '*' in path or '?' in path or '[' in path)
        self.sources.update(path for path in paths if path and path not in self.globbed and ':' not in path)
        return (at[0], (*at[1], normal(target, at[0]))) if '' in paths else at

    def _set(self, step: Step, env: dict[str, str | None]) -> None:
        for pair in step.args:
            name, equals, raw = pair.partition('=')
            if equals or name not in env:
                env[name] = parser.expand(raw, env) if equals else None


@memo  # the Dockerfiles of a repository share most of their commands
def _paths(script: str) -> frozenset[str]:
    """What may be a path in a script."""
    return frozenset(path.removeprefix('./').rstrip('/.') for path in _PATH.findall(script))

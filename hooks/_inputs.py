"""The files of the repository that a build takes by name: the sources of its COPYs, and what its go commands read.

A COPY of the whole context names nothing. What a go command reads is followed from the packages it builds, import by
import, so that a Go file, a test or an example that no package of the command needs is not among its files.
"""

from __future__ import annotations

from hooks import _copy, _gofiles, _gomod, _module
from hooks._context import ABSENT, FILE, FOLDER, Context
from hooks._image import normal
from hooks._module import BUILDS
from hooks._record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hooks._builds import Build
    from hooks._gocommand import GoCommand
    from hooks._module import Module
    from hooks._replay import Moment
    from hooks._repository import Repository
    from hooks._script import Call, View

# Commands that fail where no go.mod is; any other reads nothing of the repository.
MODULE_COMMANDS = BUILDS.union(
    ('fmt', 'generate', 'get', 'list', 'mod download', 'mod edit', 'mod graph', 'mod tidy', 'mod verify', 'mod why'),
    ('work sync', 'work vendor'),
)


class Input(Record):
    """Paths of the repository of which the step at `line` needs at least one; `use` is who takes it: `COPY takes`."""

    paths: tuple[str, ...]
    line: int
    use: str


def inputs(build: Build, moments: Sequence[Moment]) -> list[Input]:
    """What a build takes from its context and from named contexts, each once."""
    found: dict[tuple[str, ...], Input] = {}
    for moment in moments:
        for paths in _copied(moment):
            found.setdefault(paths, Input(paths, moment.step.line, f'{moment.step.name} takes'))
        if moment.call:
            for paths in _read(build.repository, moment.call):
                found.setdefault(paths, Input(paths, moment.step.line, f'`{moment.call.command}` reads'))
    return list(found.values())


def _copied(moment: Moment) -> Iterator[tuple[str, ...]]:
    """The literal sources; of a glob the files of Go's that it matches, and one of all that it matches."""
    for source in moment.copies:
        if not isinstance(source.tree, Context) or not source.path:
            continue
        matches = tuple(source.tree.path(path) for path in source.matches or ())
        if not source.glob:
            yield (source.tree.path(source.path),)
        elif matches:
            yield matches


def _read(repository: Repository, call: Call) -> Iterable[tuple[str, ...]]:
    """What a go command reads of the repository."""
    command, shell = call.command, call.shell
    if shell.cwd is None or command.name not in MODULE_COMMANDS or command.versioned:
        return ()
    reader = _Reader(repository, shell.view, command, shell.cwd)
    reader.modules(call)
    if command.name in BUILDS:
        reader.packages(call)
    return reader.found


class _Reader:
    """Collects in `found` what a command reads; `owners` maps the path of a module that lies here to its folder."""

    def __init__(self, repository: Repository, tree: View, command: GoCommand, cwd: str) -> None:
        self.repository, self.tree, self.command, self.cwd = repository, tree, command, cwd
        self.found: dict[tuple[str, ...], None] = {}
        self.owners: dict[str, str] = {}
        self.vendor = ''
        self._seen: set[str] = set()

    def note(self, *paths: str) -> None:
        """Of these paths of the tree one is needed, where they are the repository's files."""
        entries = [self.tree.look(path) for path in paths]
        origins = tuple(entry.origin for entry in entries if entry.kind == FILE and entry.origin)
        if origins and len(origins) == len(paths):
            self.found[origins] = None

    def _names(self, folder: str) -> Iterable[str]:
        """The names in a folder that are known: one that is not (a link) does not hide the others."""
        names = self.tree.names(folder)
        return (self.tree.image.names_down_to(None, folder, ()) or ()) if names is None else names

    # Modules

    def modules(self, call: Call) -> None:
        """go.mod, go.sum, go.work and its like, and those of local replacements and workspace members."""
        env = call.shell.env
        sums = _module.needs_sum(self.repository, self.tree, self.cwd, self.command, env) is not False
        main = _module.main_module(self.repository, self.tree, self.cwd)
        if _module.workspace(self.tree, self.cwd, env) and self._workspace(sums):
            return
        if main:
            self._module(main, sums)
            if _module.vendored(self.tree, main, self.command.flags):
                self._vendored(main.folder)

    def _workspace(self, sums: bool) -> bool:
        folder, entry = _module.find_up(self.tree, self.cwd, 'go.work')
        text = self.repository.read(entry.origin) if entry.kind == FILE and entry.origin else None
        if text is None:
            return False
        self.note(f'{folder}/go.work')
        self.note(f'{folder}/go.work.sum')
        work = _gomod.parse_work(text)
        for use, _ in work.use:
            member = _module.main_module(self.repository, self.tree, normal(use, folder))
            if member and member.folder == normal(use, folder):
                self._module(member, sums)
        self._replaced(work.replace, folder)
        if self.tree.look(f'{folder}/vendor/modules.txt').kind == FILE:
            self._vendored(folder)
        return True

    def _module(self, module: Module, sums: bool) -> None:
        self.note(f'{module.folder}/go.mod')
        if sums:
            self.note(f'{module.folder}/go.sum')
        if module.mod:
            self.owners[module.mod.module] = module.folder
            required = {requirement.path for requirement in module.mod.require}
            self._replaced([each for each in module.mod.replace if each.path in required], module.folder)

    def _replaced(self, replacements: Iterable[_gomod.Replacement], folder: str) -> None:
        for replacement in replacements:
            if not replacement.new_version:
                place = normal(replacement.new_path, folder)
                self.owners.setdefault(replacement.path, place)
                self.note(f'{place}/go.mod')

    def _vendored(self, folder: str) -> None:
        self.vendor = f'{folder}/vendor'
        self.note(f'{self.vendor}/modules.txt')

    # Packages

    def packages(self, call: Call) -> None:
        """The Go files of the packages that the command builds, and of those that they import."""
        command = self.command
        self.target = _module.target(command, call.shell.env)
        if command.name == 'mod vendor':
            main = _module.main_module(self.repository, self.tree, self.cwd)
            return self._below(main.folder) if main else None
        args = command.args[:1] if command.name == 'run' else command.args or ('.',)
        files = [arg for arg in command.args if arg and arg.endswith('.go')]
        if files and files[0] == command.args[0]:
            for file in files:
                self._file(normal(file, self.cwd), always=True)
            return None
        if _module.find_up(self.tree, self.cwd, 'go.mod')[1].kind == ABSENT and not self.owners:
            # It fails before it reads a package.
            return None
        for arg in args:
            self._argument(arg)
        return None

    def _argument(self, arg: str | None) -> None:
        if arg is None or any(char in arg for char in '*?[$'):
            return
        path, dots, _ = arg.partition('...')
        local = arg.startswith(('./', '../', '/')) or arg in ('.', '..', '...')
        folder = normal(path, self.cwd) if local else self._folder(path.rstrip('/'))
        if folder is not None:
            (self._below if dots else self._tested)(folder)

    def _below(self, folder: str) -> None:
        """`./...`: every package below a folder that belongs to the module."""
        self._tested(folder)
        for name in self._names(folder):
            path = f'{folder}/{name}'
            outside = name[0] in '._' or name in ('testdata', 'vendor', 'node_modules')
            if not outside and self.tree.look(path).kind == FOLDER and self.tree.look(path + '/go.mod').kind == ABSENT:
                self._below(path)

    def _tested(self, folder: str) -> None:
        """A package that the command names: with its tests, where the command reads those."""
        self._package(folder)
        for name in self._names(folder) if self.command.name in _module.TESTS else ():
            if name.endswith('_test.go'):
                self._file(f'{folder}/{name}')

    def _package(self, folder: str) -> None:
        if folder in self._seen:
            return
        self._seen.add(folder)
        for name in self._names(folder):
            if name.endswith('.go') and name[0] not in '._' and not name.endswith('_test.go'):
                self._file(f'{folder}/{name}')

    def _file(self, path: str, always: bool = False) -> None:
        entry = self.tree.look(path)
        text = self.repository.read(entry.origin) if entry.kind == FILE and entry.origin else None
        source = _gofiles.parse(text) if text is not None else None
        if source and not always:
            if _gofiles.matches(path.rpartition('/')[2], source, self.target) is False:
                return
            if self.target.cgo is False and 'C' in source.imports:
                return
        self.note(path)
        for name in source.imports if source else ():
            folder = self._folder(name)
            if folder is not None:
                self._package(folder)
        for pattern in source.embeds if source else ():
            self._embedded(path.rpartition('/')[0], pattern.removeprefix('all:'))

    def _folder(self, path: str) -> str | None:
        """Where the package of an import path lies; None where that is the standard library or the module cache."""
        owners = [name for name in self.owners if path == name or path.startswith(name + '/')]
        if owners:
            owner = max(owners, key=len)
            return self.owners[owner] + path[len(owner) :]
        return f'{self.vendor}/{path}' if self.vendor and path != 'C' else None

    def _embedded(self, folder: str, pattern: str) -> None:
        """A file that is named; of a folder or a glob, one file."""
        matches = _copy.glob(self.tree, normal(pattern, folder)) or ()
        files = [file for path in matches for file in self._files(path)]
        if files:
            self.note(*files)

    def _files(self, path: str) -> Iterator[str]:
        if self.tree.look(path).kind != FOLDER:
            yield path
            return
        for name in sorted(self._names(path)):
            if name[0] not in '._':
                yield from self._files(f'{path}/{name}')

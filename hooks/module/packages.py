"""The packages that a go command loads, followed import by import through the modules that lie in a tree.

A tree is an image at some moment, or a context; folders and files are paths in it. Source: `go help packages`; the
search for the module of an import is that of cmd/go/internal/modload (import.go).
"""

from __future__ import annotations

from hooks.context.paths import normal, upwards
from hooks.context.tree import ABSENT, FOLDER
from hooks.golang import gofiles
from hooks.lean.record import Record
from hooks.module.modules import MODULE_NAMES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from hooks.context.index import Repository
    from hooks.context.tree import Tree
    from hooks.golang.commands import GoCommand
    from hooks.module.modules import Module

# Commands that load test files too, and those that load all packages of the main module, for every system.
TESTS = frozenset(('test', 'vet', 'mod vendor', 'mod tidy'))
EVERYTHING = frozenset(('mod vendor', 'mod tidy'))


class Import(Record):
    """An import path, a Go file that imports it, and whether that file is surely part of the build."""

    path: str
    file: str
    sure: bool


class Modules(Record):
    """The modules whose packages a command finds without asking for another: path → folder.

    `vendor` is the folder of vendored packages, '' for none; `others` are the paths of modules that do not lie here.
    `mains` are the main module, or the members of a workspace.
    """

    owners: Mapping[str, str]
    others: Container[str] = ()
    vendor: str = ''
    mains: tuple[Module, ...] = ()

    def folder(self, tree: Tree, path: str) -> str | None:
        """Where the package of an import path lies; None where that is the standard library or the module cache."""
        owner = _longest(self.owners, path)
        other = _longest(self.others, path)
        if owner is not None and (other is None or len(other) <= len(owner)):
            return self.owners[owner] + path[len(owner) :]
        folder = f'{self.vendor}/{path}'
        return folder if self.vendor and tree.look(folder).kind == FOLDER else None


def _longest(modules: Container[str], path: str) -> str | None:
    return next((module for module in (path, *upwards(path)) if module and module in modules), None)


def is_source(name: str, tests: bool = False) -> bool:
    """Whether go takes a file of this name for a package's, the tests counted or not."""
    return name.endswith('.go') and name[0] not in '._' and (tests or not name.endswith('_test.go'))


class Packages:
    """What a command loads.

    `folders` and `files` are those of packages that may be built; `imports` what they import of modules that do not
    lie here; `lost` what they import of modules that do, and which has no Go file; `built` the files that are built for
    certain. `whole` is False where more may come to these, since not all of the tree is known.
    """

    def __init__(self, repository: Repository, tree: Tree, modules: Modules, target: gofiles.Target) -> None:
        self.repository, self.tree, self.modules, self.target = repository, tree, modules, target
        self.whole = True
        self.everything = False
        self.folders: dict[str, bool] = {}
        self.files: dict[str, gofiles.GoFile | None] = {}
        self.built: set[str] = set()
        self.imports: dict[str, Import] = {}
        self.lost: dict[str, Import] = {}
        self._empty: set[str] = set()
        self._queue: list[tuple[str, Import]] = []

    def load(self, command: GoCommand, cwd: str, main: str) -> None:
        """Follow the packages that a command names, in `cwd` of the module in `main`."""
        tests = command.name in TESTS
        self.everything = command.name in EVERYTHING
        if self.everything:
            self._below(main, tests)
        else:
            args = command.args[:1] if command.name == 'run' else command.args or ('.',)
            files = [arg for arg in command.args if arg and arg.endswith('.go')]
            if files and files[0] == args[0]:
                for file in files:
                    self._file(normal(file, cwd), True, always=True)
                args = ()
            for arg in args:
                self._argument(arg, cwd, tests)
        while self._queue:
            self._package(*self._queue.pop())

    def _argument(self, arg: str | None, cwd: str, tests: bool) -> None:
        if arg is None or any(char in arg for char in '*?[$') or arg in ('all', 'std', 'cmd', 'tool'):
            self.whole = False
            return
        path, dots, _ = arg.partition('...')
        local = arg.startswith(('./', '../', '/')) or arg in ('.', '..', '...')
        folder = normal(path, cwd) if local else self.modules.folder(self.tree, path.rstrip('/'))
        if folder is not None:
            self._below(folder, tests) if dots else self._package(folder, Import(arg, '', True), tests)
        elif dots:
            self.whole = False
        else:
            self._import(arg, '', True)

    def _below(self, folder: str, tests: bool) -> None:
        """`./...`: every package below a folder that belongs to the module."""
        self._package(folder, None, tests)
        for name in self.names(folder):
            path = f'{folder}/{name}'
            outside = name[0] in '._' or name in ('testdata', 'vendor', 'node_modules')
            outside = outside or any(main.ignores(path) for main in self.modules.mains)
            if not outside and self.tree.look(path).kind == FOLDER and self.tree.look(path + '/go.mod').kind == ABSENT:
                self._below(path, tests)

    def names(self, folder: str) -> list[str]:
        """The names in a folder that are known."""
        names = self.tree.names(folder, MODULE_NAMES)
        if names is None:
            self.whole = False
        return self.tree.some_names(folder) if names is None else names

    def _package(self, folder: str, by: Import | None, tests: bool = False) -> None:
        """A package by its folder, and the import that asks for it (None: a pattern, which may match nothing)."""
        sure = by is None or by.sure
        if by and by.file and folder in self._empty:
            self.lost[by.path] = by
        if self.folders.get(folder) in (True, sure):
            return
        self.folders[folder] = sure
        names = self.names(folder)
        files = [name for name in names if is_source(name, tests=True)]
        if not files and self.tree.names(folder, MODULE_NAMES) is not None:
            self._empty.add(folder)
            if by and by.file:
                self.lost[by.path] = by
        if not files and by:
            self.whole = False
        for name in files:
            if tests or not name.endswith('_test.go'):
                self._file(f'{folder}/{name}', sure)

    def _file(self, path: str, sure: bool, always: bool = False) -> None:
        entry = self.tree.look(path)
        text = entry.read(self.repository)
        source = gofiles.parse(text) if text is not None else None
        built: bool | None = True
        if source is None:
            self.whole = False
        elif not always:
            built = self._built(path.rpartition('/')[2], source)
        if built is False:
            return
        self.files[path] = source
        if sure and built:
            self.built.add(path)
        for name in source.imports if source else ():
            self._import(name, path, sure and built is True)

    def _built(self, name: str, source: gofiles.GoFile) -> bool | None:
        if self.everything and not any('ignore' in line for line in source.constraint):
            # For every system and every tag.
            return True
        if self.target.cgo is False and 'C' in source.imports:
            return False
        return gofiles.matches(name, source, self.target)

    def _import(self, path: str, file: str, sure: bool) -> None:
        if path == 'C':
            return
        folder = self.modules.folder(self.tree, path)
        by = Import(path, file, sure)
        if folder is not None:
            self._queue.append((folder, by))
        elif path not in self.imports or (sure and not self.imports[path].sure):
            self.imports[path] = by

"""What a go command sees of its module in a tree: go.mod, go.work, vendor/, and what its packages import.

A tree is an image at some moment, or a context; folders are paths in it. Every answer has three values: True, False,
and None where it hangs on something that nobody knows. Source: the Go modules reference, sections on minimal version
selection, vendoring and workspaces; what each command needs was measured.
"""

from __future__ import annotations

from hooks import _gofiles, _gomod
from hooks._context import ABSENT, FILE, FOLDER, UNKNOWN
from hooks._image import normal, parent
from hooks._record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hooks._context import Entry, Tree
    from hooks._gocommand import GoCommand
    from hooks._repository import Repository

# Commands that load packages, and those of them that load test files too.
BUILDS = frozenset(('build', 'install', 'run', 'test', 'vet', 'mod vendor'))
TESTS = frozenset(('test', 'vet', 'mod vendor'))


class Module(Record):
    """The main module: its folder, its go.mod as far as its text is known, and the repository path of that text."""

    folder: str
    mod: _gomod.GoMod | None
    origin: str

    def replaced(self, path: str) -> _gomod.Replacement | None:
        """The replacement of a required module."""
        versions = {r.version for r in self.mod.require if r.path == path} if self.mod else set()
        found = [r for r in self.mod.replace if r.path == path] if self.mod else []
        return next((r for r in found if not r.version or r.version in versions), None)


def find_up(tree: Tree, folder: str, name: str) -> tuple[str, Entry]:
    """The nearest folder, from `folder` upwards, that holds a file, and what lies there (absent: in none of them)."""
    while True:
        entry = tree.look(f'{folder}/{name}')
        if entry.kind in (FILE, UNKNOWN) or not folder:
            return folder, entry
        folder = parent(folder)


def main_module(repository: Repository, tree: Tree, folder: str) -> Module | None:
    """The module that a command in `folder` works in; None when there is none or nobody knows."""
    found, entry = find_up(tree, folder, 'go.mod')
    if entry.kind != FILE:
        return None
    text = repository.read(entry.origin) if entry.origin else None
    return Module(found, None if text is None else _gomod.parse_mod(text), entry.origin)


def workspace(tree: Tree, folder: str, env: Mapping[str, str | None]) -> bool | None:
    """Whether a go.work is in force."""
    value = env.get('GOWORK', '')
    if value:
        return value != 'off'
    kind = find_up(tree, folder, 'go.work')[1].kind
    return None if value is None or kind == UNKNOWN else kind == FILE


def vendored(tree: Tree, module: Module, flags: Mapping[str, str | None]) -> bool | None:
    """Whether packages come from vendor/: by -mod=vendor, or because it is there and go.mod says go 1.14 or newer."""
    mode = flags.get('mod', '')
    if mode:
        return mode == 'vendor'
    kind = tree.look(f'{module.folder}/vendor').kind
    return None if mode is None or kind == UNKNOWN else kind == FOLDER


def needs_sum(
    repository: Repository, tree: Tree, folder: str, command: GoCommand, env: Mapping[str, str | None]
) -> bool | None:
    """Whether a command fails where its module has no go.sum: it loads a package of another module."""
    lists = command.name == 'list' and 'm' in command.flags
    compares = command.name == 'mod tidy' and 'diff' in command.flags
    if command.name not in BUILDS and not lists and not compares:
        return False
    if command.versioned or command.flags.get('mod') == 'mod':
        return False
    module = main_module(repository, tree, folder)
    if module is None or module.mod is None or workspace(tree, folder, env) is not False:
        return None
    if 'modfile' in command.flags or env.get('GO111MODULE', '') == 'off' or command.flags.get('mod', '') is None:
        return None
    if command.name != 'mod vendor' and (vendor := vendored(tree, module, command.flags)) is not False:
        return None if vendor is None else False
    if compares:
        return imports_other_modules(repository, tree, module.folder)
    if lists:
        return command.args == ('all',) and any(not _is_local(module, r) for r in module.mod.require)
    return Loader(repository, tree, module, command.name in TESTS, target(command, env)).loads(folder, command)


def _is_local(module: Module, requirement: _gomod.Requirement) -> bool:
    replacement = module.replaced(requirement.path)
    return replacement is not None and not replacement.new_version


def target(command: GoCommand, env: Mapping[str, str | None]) -> _gofiles.Target:
    tags, system = command.flags.get('tags', ''), env.get('GOOS', '')
    race = {'race', 'msan', 'asan'}.intersection(command.flags)
    known = tags is not None and system is not None and not race
    return _gofiles.Target(
        tags=frozenset((tags or '').replace(',', ' ').split()) if known else None,
        cgo={'0': False, '1': True}.get(env.get('CGO_ENABLED', '') or ''),
        system=system or 'linux',
    )


class Loader:
    """Follows imports from the packages of a command until one of another module turns up."""

    def __init__(
        self, repository: Repository, tree: Tree, module: Module, tests: bool, target: _gofiles.Target
    ) -> None:
        self.repository, self.tree, self.module, self.tests, self.target = repository, tree, module, tests, target
        self.unsure = False
        self.seen: set[str] = set()

    def loads(self, folder: str, command: GoCommand) -> bool | None:
        """Whether the command loads a package that only go.sum can vouch for."""
        everything = command.name == 'mod vendor'
        args = ('./...',) if everything else command.args[:1] if command.name == 'run' else command.args or ('.',)
        start = self.module.folder if everything else folder
        try:
            external = any([self._argument(start, arg, command) for arg in args])
        except RecursionError:
            return None
        return True if external else None if self.unsure else False

    def _argument(self, folder: str, arg: str | None, command: GoCommand) -> bool:
        if arg is None or any(char in arg for char in '*?[$'):
            return self._unknown()
        if arg.endswith('.go'):
            files = [a for a in command.args if a and a.endswith('.go')]
            return any([self._file(normal(file, folder), always=True) for file in files])
        path, dots, _ = arg.partition('...')
        if arg.startswith(('.', '/')):
            return self._tree(normal(path, folder)) if dots else self._package(normal(path, folder))
        if arg in ('all', 'std', 'cmd', 'tool') or dots:
            return self._unknown()
        return self._import(arg)

    def _unknown(self) -> bool:
        self.unsure = True
        return False

    def _tree(self, folder: str) -> bool:
        """`./...`: every package below a folder that belongs to the module."""
        names = self.tree.names(folder)
        if names is None:
            return self._unknown()
        below = (f'{folder}/{n}' for n in names if n[0] not in '._' and n not in ('testdata', 'vendor', 'node_modules'))
        folders = [path for path in below if self.tree.look(path).kind == FOLDER]
        inside = [path for path in folders if self.tree.look(path + '/go.mod').kind == ABSENT]
        return self._package(folder, required=False) or any(self._tree(path) for path in inside)

    def _package(self, folder: str, required: bool = True) -> bool:
        """A package by its folder; one without Go files fails for a reason of its own."""
        if folder in self.seen:
            return False
        self.seen.add(folder)
        names = self.tree.names(folder)
        if names is None:
            return self._unknown()
        files = [name for name in names if name.endswith('.go') and name[0] not in '._']
        if not files and required:
            return self._unknown()
        return any([self._file(f'{folder}/{name}') for name in files])

    def _file(self, path: str, always: bool = False) -> bool:
        entry = self.tree.look(path)
        text = self.repository.read(entry.origin) if entry.kind == FILE and entry.origin else None
        if path.endswith('_test.go') and not self.tests:
            return False
        source = _gofiles.parse(text) if text is not None else None
        if source is None:
            return self._unknown()
        built = True if always else _gofiles.matches(path.rpartition('/')[2], source, self.target)
        if built is False or (self.target.cgo is False and 'C' in source.imports):
            return False
        external = any([self._import(path) for path in source.imports])
        return self._unknown() if external and built is None else external

    def _import(self, path: str) -> bool:
        """Whether a package is another module's, which is not replaced by a folder; its own imports are followed."""
        mod = self.module.mod
        assert mod is not None
        if path == 'C':
            return False
        if path == mod.module or path.startswith(mod.module + '/'):
            return self._package(self.module.folder + path[len(mod.module) :])
        required = [r.path for r in mod.require if path == r.path or path.startswith(r.path + '/')]
        if not required:
            return False if _gofiles.is_standard(path) else self._unknown()
        owner = max(required, key=len)
        replacement = self.module.replaced(owner)
        if replacement is None or replacement.new_version:
            return True
        return self._package(normal(replacement.new_path, self.module.folder) + path[len(owner) :])


def packages(
    repository: Repository, tree: Tree, module: Module, folder: str, command: GoCommand, env: Mapping[str, str | None]
) -> frozenset[str]:
    """The folders of the packages that a command loads, of its own module and of those that replace one."""
    loader = Loader(repository, tree, module, command.name in TESTS, target(command, env))
    loader.loads(folder, command)
    return frozenset(loader.seen)


def imports_other_modules(repository: Repository, tree: Tree, folder: str) -> bool | None:
    """Whether any Go file of the module in `folder` imports what is neither its own nor the standard library's."""
    module = main_module(repository, tree, folder)
    if module is None or module.mod is None:
        return None
    return any(_foreign(repository, tree, module, path) for path in _go_files(tree, folder))


def _foreign(repository: Repository, tree: Tree, module: Module, path: str) -> bool:
    assert module.mod
    own = module.mod.module
    source = _gofiles.parse(repository.read(tree.look(path).origin) or '')
    imports = source.imports if source else ()
    return any(not (i == own or i.startswith(own + '/') or _gofiles.is_standard(i)) for i in imports)


def _go_files(tree: Tree, folder: str) -> Iterator[str]:
    for name in tree.names(folder) or ():
        path = f'{folder}/{name}'
        if name.endswith('.go'):
            yield path
        elif tree.look(path).kind == FOLDER and tree.look(path + '/go.mod').kind == ABSENT and name != 'vendor':
            yield from _go_files(tree, path)


def has_go_files(tree: Tree, folder: str) -> bool | None:
    """Whether a module has any Go file."""
    names = tree.names(folder)
    if names is None:
        return None
    if any(name.endswith('.go') for name in names):
        return True
    below = [f'{folder}/{name}' for name in names if name not in ('vendor', 'testdata') and name[0] not in '._']
    answers = [
        has_go_files(tree, path)
        for path in below
        if tree.look(path).kind == FOLDER and tree.look(path + '/go.mod').kind == ABSENT
    ]
    return True if True in answers else None if None in answers else False

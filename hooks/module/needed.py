"""What a go command needs of its module, and whether a tree has it.

Answers have three values, as in `module.modules`. Source: the Go modules reference, on minimal version selection,
go.sum and workspaces; what each command needs was measured with Go 1.21 to 1.27, and one that is not named here needs
nothing.
"""

from __future__ import annotations

from hooks.context.paths import normal, upwards
from hooks.context.tree import ABSENT, FOLDER
from hooks.golang import gofiles, gomod, toolnames
from hooks.golang.commands import BUILDS
from hooks.module import modules
from hooks.module.packages import Import, Modules, Packages

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from hooks.context.index import Repository
    from hooks.context.tree import Tree
    from hooks.golang.commands import GoCommand
    from hooks.module.invocation import Invocation
    from hooks.module.modules import Module

# Commands that know nothing of workspaces.
ONE_MODULE = frozenset(('mod tidy', 'mod vendor'))
# They need a go.mod of their own also where a workspace is in force.
OWN_MODULE = ONE_MODULE | {'fmt', 'get', 'mod edit'}
# Commands that take packages of other modules.
TAKES = BUILDS | {'tool'}
# Commands that fail where no go.mod is, and those that read the go.mod of every module in the graph.
MODULE = (
    BUILDS
    | {'fmt', 'generate', 'get', 'list'}
    | {f'mod {name}' for name in 'download edit graph tidy verify why'.split()}
)
GRAPH = frozenset(('get', 'mod download', 'mod graph', 'mod verify'))
# Commands that read the go.mod of each workspace member, and the minor number of the Go from which on they do; those
# that look whether vendor/ agrees with go.mod.
MEMBERS = {
    **dict.fromkeys((BUILDS - ONE_MODULE) | GRAPH | {'list', 'mod why', 'work sync', 'work vendor'}, 18),
    'generate': 21,
    'mod vendor': 22,
    'get': 25,
}
VENDOR = (BUILDS - ONE_MODULE) | {'clean', 'fmt', 'generate', 'list'}
# Before this Go, `go get` works outside a module; before this one, `go generate ./...` does.
FIRST_GET, FIRST_GENERATE = 18, 22


def target(command: GoCommand, env: Mapping[str, str | None], minor: int | None = None) -> gofiles.Target:
    """What a command builds for."""
    tags, system = command.flags.get('tags', ''), env.get('GOOS', '')
    race = {'race', 'msan', 'asan'}.intersection(command.flags)
    known = tags is not None and system is not None and not race
    return gofiles.Target(
        tags=frozenset((tags or '').replace(',', ' ').split()) if known else None,
        minor=minor,
        cgo={'0': False, '1': True}.get(env.get('CGO_ENABLED', '') or ''),
        system=system or 'linux',
    )


# The last command that was asked about: rule after rule asks about the same.
_last: list[tuple[Invocation, Packages]] = []


def packages(run: Invocation) -> Packages:
    """What a command loads of its main module, and of the folders that replace others; see `Packages.whole`."""
    if not _last or any(one is not other for one, other in zip(_last[0][0], run)):
        _last[:] = [(run, _packages(run))]
    return _last[0][1]


def _packages(run: Invocation) -> Packages:
    module = run.module
    if module is None or module.mod is None:
        unknown = Packages(run.repository, run.tree, Modules({}, frozenset()), target(run.command, run.env, run.minor))
        unknown.whole = False
        return unknown
    owners, others = {module.mod.module: module.folder}, []
    for requirement in module.mod.require:
        replacement = module.replaced(requirement.path)
        if replacement and not replacement.new_version:
            owners[requirement.path] = normal(replacement.new_path, module.folder)
        else:
            others.append(requirement.path)
    found = Packages(
        run.repository,
        run.tree,
        Modules(owners, frozenset(others), mains=(module,)),
        target(run.command, run.env, run.minor),
    )
    command = toolnames.named(run.command, module.mod)
    if command.args or command.name != 'tool':
        found.load(command, run.folder, module.folder)
    return found


# go.mod


def needs_module(run: Invocation, minor: int) -> bool | None:
    """Whether a command fails where neither `folder` nor a parent has a go.mod, on Go 1.MINOR."""
    command = run.command
    name, args = command.name, command.args
    if name not in MODULE or command.versioned or (name == 'get' and minor < FIRST_GET):
        return False
    if name == 'generate':
        whole = any((arg or '').endswith('...') for arg in args)
        return not any((arg or '.go').endswith('.go') for arg in args) and (minor >= FIRST_GENERATE or not whole)
    if name == 'list' and 'm' in command.flags:
        return None if None in args else args == ('all',)
    if name == 'mod download':
        return None if None in args else not any('@' in (arg or '') for arg in args)
    if name == 'mod edit' or (name == 'list' and 'e' in command.flags):
        return name == 'mod edit' and not args
    if name.startswith('mod ') or name == 'get':
        return True
    return _any(_asks_for_module(run, arg) for arg in args[:1] or ('.',))


def _asks_for_module(run: Invocation, arg: str | None) -> bool | None:
    command = run.command
    if arg is None:
        return None
    if not arg.endswith('.go'):
        return not gofiles.is_standard(arg) or arg.startswith(('.', '/'))
    if command.name == 'fmt' or command.flags.get('mod') == 'mod':
        return False
    found = Packages(run.repository, run.tree, Modules({}), gofiles.Target())
    found.load(command, run.folder, run.folder)
    return any(not gofiles.is_standard(path) for path in found.imports)


def _any(answers: Iterable[bool | None]) -> bool | None:
    known = list(answers)
    return True if True in known else None if None in known else False


# Replacements


def lost_replacements(run: Invocation) -> tuple[gomod.Replacement, ...]:
    """The local replacements that a command reads, in whose folder the tree has no go.mod; outside of workspaces."""
    command = run.command
    module = run.module
    assert module
    assert module.mod
    local = {each.path: r for each in module.mod.require if (r := module.replaced(each.path)) and not r.new_version}
    places = {path: normal(each.new_path, module.folder) for path, each in local.items()}
    bare = {path for path, place in places.items() if run.tree.look(place + '/go.mod').kind == ABSENT}
    if command.versioned or (command.name == 'mod download' and command.args not in ((), ('all',))) or not local:
        return ()
    if reads_graph(module, command):
        return tuple(each for path, each in local.items() if path in bare)
    if command.name not in BUILDS | ONE_MODULE:
        return ()
    found = packages(run)
    gone = {path for path in bare if any(sure and _below(each, places[path]) for each, sure in found.folders.items())}
    return tuple(each for path, each in local.items() if path in gone)


def reads_graph(module: Module, command: GoCommand) -> bool:
    """Whether a command reads the go.mod of every module: without pruning, all of them do."""
    lists = command.name == 'list' and 'm' in command.flags and command.args == ('all',)
    compares = command.name == 'mod tidy' and 'diff' in command.flags
    one = command.name == 'mod edit' or (command.name == 'list' and 'm' in command.flags)
    unpruned = not module.pruned and command.name in MODULE and not one
    return command.name in GRAPH or lists or compares or unpruned


def _below(path: str, module: str) -> bool:
    return path == module or path.startswith(module + '/')


# go.sum


def needs_sum(run: Invocation) -> bool | None:
    """Whether a command fails where its module has no go.sum: it loads a package of another module."""
    reads = reads_sum(run)
    module = run.module if reads else None
    if module is None or module.mod is None:
        return reads
    if run.command.name == 'mod tidy':
        return imports_other_modules(run.repository, run.tree, module.folder)
    if run.command.name == 'list':
        return any(not _is_local(module, r) for r in module.mod.require)
    if not module.pruned and run.tree.look(module.folder + '/go.sum').kind == ABSENT:
        # The go.mod of every module is read, and has to be vouched for.
        return any(not _is_local(module, r) for r in module.mod.require)
    found = packages(run)
    if any(each.sure and owners(module, each) for each in found.imports.values()):
        return True
    unsure = any(owners(module, each) or not gofiles.is_standard(each.path) for each in found.imports.values())
    return None if unsure or not found.whole else False


def reads_sum(run: Invocation) -> bool | None:
    """Whether a command takes packages only if go.sum has their modules, and writes no go.sum itself."""
    command = run.command
    # With -e it goes on where a go.mod is not vouched for.
    lists = command.name == 'list' and 'm' in command.flags and command.args == ('all',) and 'e' not in command.flags
    compares = command.name == 'mod tidy' and 'diff' in command.flags
    if command.name not in TAKES and not lists and not compares:
        return False
    if command.versioned or command.flags.get('mod') == 'mod':
        return False
    module = run.module
    if module is None or module.mod is None:
        return None
    if command.name not in ONE_MODULE and modules.workspace(run.tree, run.folder, run.env) is not False:
        return None
    if 'modfile' in command.flags or run.env.get('GO111MODULE', '') == 'off' or command.flags.get('mod', '') is None:
        return None
    vendored = command.name not in ONE_MODULE and modules.vendored(run.tree, module, command.flags)
    return None if vendored is None else not vendored


def _is_local(module: Module, requirement: gomod.Requirement) -> bool:
    replacement = module.replaced(requirement.path)
    return replacement is not None and not replacement.new_version


def owners(module: Module, each: Import) -> tuple[gomod.Requirement, ...]:
    """The required modules that may have a package."""
    found = [one for path in (each.path, *upwards(each.path)) for one in module.required(path)]
    return tuple(found if len(found) < 2 or not module.mod else sorted(found, key=module.mod.require.index))


def lacking(module: Module, lines: frozenset[tuple[str, str]], of: str = '') -> dict[str, tuple[str, str]]:
    """The requirements without a line in go.sum for what they stand for: path → that module's path and version.

    The line is that of the module, or of its go.mod (`of` is '/go.mod'). Without pruning, another module may ask for a
    later version: only one of which no version is there counts.
    """
    assert module.mod
    found = {}
    excluded = {each[:2] for each in module.mod.exclude}
    others = set() if module.pruned else {path for path, version in lines if not version.endswith('/go.mod')}
    for requirement in module.mod.require:
        replacement = module.replaced(requirement.path)
        path, version = (replacement.new_path, replacement.new_version) if replacement else requirement[:2]
        if not version.startswith('v') or requirement[:2] in excluded:
            continue
        other = path in others
        if (path, version + of) not in lines and not other:
            found[requirement.path] = path, version
    return found


def imports_other_modules(repository: Repository, tree: Tree, folder: str) -> bool | None:
    """Whether any Go file of the module in `folder` imports what is neither its own nor the standard library's."""
    module = modules.main_module(repository, tree, folder)
    if module is None or module.mod is None:
        return None
    return any(_foreign(repository, tree, module, path) for path in _go_files(tree, folder))


def _foreign(repository: Repository, tree: Tree, module: Module, path: str) -> bool:
    assert module.mod
    own = module.mod.module
    source = gofiles.parse(repository.read(tree.look(path).origin) or '')
    imports = source.imports if source else ()
    return any(not (i == own or i.startswith(own + '/') or gofiles.is_standard(i)) for i in imports)


def _go_files(tree: Tree, folder: str) -> Iterator[str]:
    """Every Go file of the module in a folder."""
    for name in tree.names(folder) or ():
        path = f'{folder}/{name}'
        if name.endswith('.go'):
            yield path
        elif tree.look(path).kind == FOLDER and tree.look(path + '/go.mod').kind == ABSENT and name != 'vendor':
            yield from _go_files(tree, path)

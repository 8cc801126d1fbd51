"""What go.mod, go.work and their like ask of the Go that reads them."""

from __future__ import annotations

from hooks.context.paths import normal
from hooks.context.tree import FOLDER
from hooks.facts.toolchain import STRICT
from hooks.golang import gomod, tools, versions
from hooks.golang.commands import BUILDS
from hooks.lean.record import Record
from hooks.module import modules

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.context.index import Repository
    from hooks.context.tree import Entry
    from hooks.facts.toolchain import Toolchain
    from hooks.replay.shell import Call

# What go.mod of the main module is read by, and refused; what go.work and its members are.
PACKAGES = frozenset(('build', 'install', 'run', 'test', 'vet', 'list'))
GRAPH = frozenset(('mod download', 'mod verify', 'mod graph'))
LOADS_MOD = PACKAGES | GRAPH | {'mod tidy', 'mod vendor', 'mod why', 'get', 'generate', 'fmt', 'fix'}
LOADS_MEMBERS = PACKAGES | GRAPH | {'mod why'}
LOADS_WORK = LOADS_MEMBERS | {'work sync'}
FIRST_WORKSPACE = 18


class Demand(Record):
    """What a go.mod or go.work (a repository path) asks of Go: the line, the version, and in go's words what it is."""

    path: str
    line: int
    wanted: str
    says: str


def hardest(go: Toolchain, demands: Iterator[Demand]) -> Demand | None:
    """One bump of the image cures them all, so the one that asks for most is named."""
    return max(demands, key=lambda demand: versions.key(demand.wanted), default=None)


def demands(repository: Repository, call: Call, go: Toolchain) -> Iterator[Demand]:
    """What the command's go.mod, go.work, members and local replacements ask for that this Go refuses."""
    command, cwd, view = call.command, call.shell.cwd, call.shell.view
    if cwd is None or command.versioned or 'modfile' in command.flags or command.flags.get('mod', '') is None:
        return
    off = go.minor < FIRST_WORKSPACE
    workspace = False if off else modules.workspace(view, cwd, call.shell.env)
    module = modules.main_module(repository, view, cwd)
    sure = workspace is not None and module is not None
    if not sure:
        # Imported late: most images know their go.mod.
        from hooks.replay.belief import believed

        view = believed(view)
        call = call._replace(shell=call.shell._replace(view=view))
        workspace = False if off else modules.workspace(view, cwd, call.shell.env)
        # A folder that a program may have made may have a go.mod from there, too.
        module = modules.main_module(repository, view, cwd) if view.look(cwd).kind == FOLDER else None
    if workspace:
        yield from _workspace(repository, call, go)
    if module is None or module.mod is None or command.name not in LOADS_MOD or workspace is None:
        return
    if not workspace or command.name in ('mod tidy', 'mod vendor', 'fmt', 'fix'):
        written = view.look(module.folder + '/go.mod').text is not None
        for each in _refused(go, module.mod, module.origin):
            yield each._replace(line=0) if written else each
    if sure and workspace is False and go.minor >= STRICT:
        yield from _replacements(repository, call, go, module)
        yield from _tool_lines(go, module) if command.name in GRAPH or command.name == 'mod tidy' else ()


def _workspace(repository: Repository, call: Call, go: Toolchain) -> Iterator[Demand]:
    value, view = call.shell.env.get('GOWORK', ''), call.shell.view
    cwd, name = call.shell.cwd or '', call.command.name
    folder = normal(value, cwd).rpartition('/')[0] if value else modules.find_up(view, cwd, 'go.work')[0]
    entry = view.look(normal(value, cwd) if value else f'{folder}/go.work')
    text = _text(repository, entry)
    if text is None or name not in LOADS_WORK:
        return
    work = gomod.parse_work(text)
    yield from _refused(go, work, entry.origin) if entry.text is None else ()
    for path, _ in work.use if name in LOADS_MEMBERS else ():
        member = view.look(f'{normal(path, folder)}/go.mod')
        inner = _text(repository, member)
        if inner is not None:
            yield from _refused(go, gomod.parse_mod(inner), member.origin)


def _replacements(repository: Repository, call: Call, go: Toolchain, module: modules.Module) -> Iterator[Demand]:
    """The go.mod of folders that replace a required module: read with the graph, or when a package of it is built."""
    command, view = call.command, call.shell.view
    assert module.mod
    seen: frozenset[str] | None = None
    for requirement in module.mod.require:
        replacement = module.replaced(requirement.path)
        if replacement is None or replacement.new_version:
            continue
        folder = normal(replacement.new_path, module.folder)
        entry = view.look(folder + '/go.mod')
        mod = gomod.parse_mod(text) if (text := _text(repository, entry)) is not None else None
        if mod is None or not versions.is_line(mod.go) or not go.lacks(mod.go):
            continue
        if command.name not in GRAPH:
            seen = _imported(repository, call, module) if seen is None else seen
        if command.name in GRAPH or any(each == folder or each.startswith(folder + '/') for each in seen or ()):
            yield Demand(entry.origin, mod.go_line, mod.go, f'requires go >= {mod.go}')


def _tool_lines(go: Toolchain, module: modules.Module) -> Iterator[Demand]:
    """The required versions of the tools that go.mod names, as far as they are known ones."""
    assert module.mod
    for package, _ in module.mod.tool:
        within = (r for r in module.mod.require if f'{package}/'.startswith(f'{r.path}/'))
        owners = [requirement for requirement in within if not module.replaced(requirement.path)]
        owner = max(owners, key=lambda requirement: len(requirement.path), default=None)
        tool = tools.find(f'{package}@{owner.version}') if owner else None
        if owner and tool and tool.module == owner.path and go.lacks(tool.run.go):
            says = f'requires {owner.path}@{owner.version}, which requires go >= {tool.run.go}'
            yield Demand(module.origin, owner.line, tool.run.go, says)


def _imported(repository: Repository, call: Call, module: modules.Module) -> frozenset[str]:
    """The folders of the packages that a command builds, as far as they are known."""
    # Imported late: most images build no such module.
    from hooks.module import needed
    from hooks.module.invocation import Invocation

    command, shell = call.command, call.shell
    vendored = command.name not in needed.ONE_MODULE and modules.vendored(shell.view, module, command.flags)
    if command.name not in BUILDS | needed.ONE_MODULE or vendored is not False:
        return frozenset()
    return frozenset(needed.packages(Invocation(repository, shell.view, shell.cwd or '', command, shell.env)).folders)


def _refused(go: Toolchain, file: gomod.GoMod | gomod.GoWork, path: str) -> Iterator[Demand]:
    """What this Go refuses to read, or to build: nothing that every Go refuses."""
    if file.go and versions.is_line(file.go):
        if go.minor >= STRICT and go.lacks(file.go):
            yield Demand(path, file.go_line, file.go, f'requires go >= {file.go}')
        elif go.minor < STRICT and not versions.is_line(file.go, old=True):
            newest = max(file.go, '1.21', key=versions.key)
            yield Demand(path, file.go_line, newest, f"says go {file.go}: invalid go version '{file.go}'")
    lines = {'toolchain': file.toolchain_line}
    if isinstance(file, gomod.GoMod):
        lines.update({name: one[0][1] for name, one in (('tool', file.tool), ('ignore', file.ignore)) if one})
    for name, line in lines.items():
        first = versions.DIRECTIVES[name]
        if line and go.minor < first:
            wanted = max(f'1.{first}', file.go, key=versions.key)
            article = 'an' if name[0] in 'aeiou' else 'a'
            yield Demand(path, line, wanted, f'has {article} {name} line: unknown directive: {name}')


def _text(repository: Repository, entry: Entry) -> str | None:
    return entry.read(repository)

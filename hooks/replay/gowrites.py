"""What a go command leaves in the image when it passes: go.mod, go.sum, go.work, vendor/, the module cache."""

from __future__ import annotations

from hooks.context.paths import normal, within
from hooks.context.tree import ABSENT, FILE, UNKNOWN, WRITTEN, Entry
from hooks.golang.commands import BUILDS
from hooks.module import modules
from hooks.replay import goworks
from hooks.replay.writing import module_folder, opaque, opaque_in, speaks_of_modules, written

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.context.index import Repository
    from hooks.golang.commands import GoCommand
    from hooks.module.modules import Module
    from hooks.replay.shell import Shell

# Commands that complete go.sum under -mod=mod.
LOADS = BUILDS | {'list'}
_WRITES = frozenset(
    ('mod tidy', 'mod vendor', 'mod init', 'mod edit', 'get', 'generate', 'run', 'work init', 'work use')
)
# Commands that bring no module to the cache.
_OFFLINE = frozenset(('env', 'version', 'mod init', 'mod edit', 'work init', 'work use', 'work edit', 'fmt', 'clean'))
# The base images keep the cache here, and say that nobody knows what it holds.
CACHE = '/go/pkg'


def left(shell: Shell, command: GoCommand, repository: Repository) -> Shell:
    """The shell after a go command."""
    if shell.cwd is None:
        return opaque(shell) if command.name in _WRITES else shell
    shell = _cached(shell, command)
    if _runs_code(command):
        return opaque(shell, program=not speaks_of_modules(word or '' for word in command.words))
    if command.name == 'mod init':
        return written(shell, f'{shell.cwd}/go.mod')
    if command.name in goworks.WRITES:
        return goworks.left(shell, command, repository)
    if command.name in ('mod vendor', 'work vendor'):
        return _vendor(shell, command)
    return _sums(shell, command, repository)


def _runs_code(command: GoCommand) -> bool:
    """Whether it runs a program of somebody's own, which may write wherever it likes."""
    if not {'exec', 'toolexec', 'vettool'}.isdisjoint(command.flags):
        return True
    if command.name == 'test':
        return 'c' not in command.flags
    return command.name == 'run' or (command.name in ('generate', 'tool') and not command.versioned)


def _cached(shell: Shell, command: GoCommand) -> Shell:
    """The module cache, where the environment puts it elsewhere."""
    if command.name in _OFFLINE:
        return shell
    env = shell.exported
    folder = env.get('GOMODCACHE', '') or (env.get('GOPATH', '') or '').partition(':')[0]
    if not folder or not folder.startswith('/') or within(normal(folder), '/go'):
        return shell
    return opaque_in(shell, (normal(folder if env.get('GOMODCACHE', '') else f'{folder}/pkg'),))


def _vendor(shell: Shell, command: GoCommand) -> Shell:
    out = command.flags.get('o', 'vendor')
    folder = module_folder(shell, shell.cwd or '')
    if command.name == 'work vendor':
        folder = modules.find_up(shell.view, shell.cwd or '', 'go.work')[0]
    return opaque(shell) if out is None else opaque_in(shell, (normal(out, folder),))


def _sums(shell: Shell, command: GoCommand, repository: Repository) -> Shell:
    """tidy, get and -mod=mod complete go.sum; the go.mod that they leave asks for no more than go.sum has."""
    name, flags = command.name, command.flags
    everything = name == 'mod download' and command.args[:1] == ('all',)
    lists = name == 'list' and 'm' in flags
    changes = name in LOADS and flags.get('mod', '') in ('mod', None)
    completes = name in ('mod tidy', 'get') or (changes and not lists)
    if changes and lists:
        # It writes what it needs of the graph, which is less than a build does.
        path = module_folder(shell, shell.cwd or '') + '/go.sum'
        absent = shell.view.look(path).kind == ABSENT
        return written(shell, path, Entry(FILE, partial=True)) if absent else shell
    if not (completes or everything or name in ('mod edit', 'mod download')) or 'diff' in flags:
        return shell
    folder, entry = modules.find_up(shell.view, shell.cwd or '', 'go.mod')
    if entry.kind != FILE:
        return opaque_in(shell, (shell.cwd or '',)) if entry.kind == UNKNOWN else shell
    if name == 'mod edit' and len(command.words) > 2 and not command.args:
        from hooks.golang import editing

        text = entry.read(repository)
        text = editing.edited(text, command.words[2:]) if text is not None else None
        shell = written(shell, folder + '/go.mod', WRITTEN if text is None else entry._replace(text=text))
    elif name == 'mod edit' or (name == 'get' and not all(map(_is_local, command.args))):
        shell = written(shell, folder + '/go.mod')
    return shell if name == 'mod edit' else _go_sum(shell, folder, command, completes or everything, repository)


def _is_local(argument: str | None) -> bool:
    """Whether `go get` is told of the module's own packages: to go.mod it adds no more than these import."""
    return argument is not None and argument.startswith('.')


def _go_sum(shell: Shell, folder: str, command: GoCommand, completes: bool, repository: Repository) -> Shell:
    path, downloads = folder + '/go.sum', command.name == 'mod download'
    now = shell.view.look(path)
    bare = not modules.has_go_files(shell.view, folder)
    if command.name == 'get' and bare and set(command.args) <= {'.', './...'}:
        # It gets what the source imports.
        return shell
    # A tidy without source drops every requirement: what follows from that is not said twice.
    drops = command.name == 'mod tidy' and bare
    if now.kind == UNKNOWN or (now.kind == FILE and not now.partial):
        added = (completes and not drops) or (now.origin and downloads and command.args)
        return written(shell, path) if added else shell
    module = modules.main_module(repository, shell.view, folder)
    if downloads and module and module.mod and not module.mod.require:
        return shell
    if completes and not drops and module and _needs_none(shell, command, module, repository):
        return shell
    # Of what a download names it writes the sums, which may be all that is needed.
    named = downloads and not completes and bool(command.args)
    if module is None or module.mod is None or not module.mod.require or drops or named:
        return written(shell, path, Entry(UNKNOWN))
    return written(shell, path, WRITTEN if completes else Entry(FILE, partial=True))


def _needs_none(shell: Shell, command: GoCommand, module: Module, repository: Repository) -> bool:
    """Whether a module requires no other, and its source imports none: then go writes no go.sum."""
    if module.mod is None or module.mod.require or command.args:
        return False
    from hooks.golang.gofiles import is_standard
    from hooks.module import needed
    from hooks.module.invocation import Invocation

    found = needed.packages(Invocation(repository, shell.view, shell.cwd or '', command, shell.exported, None))
    return found.whole and not found.lost and all(map(is_standard, found.imports))

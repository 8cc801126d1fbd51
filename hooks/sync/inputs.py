"""The files of the repository that a build takes by name: the sources of its COPYs, and what its go commands read.

A COPY of the whole context names nothing. What a go command reads is followed from the packages it builds, import by
import, so that a Go file, a test or an example that no package of the command needs is not among its files.
"""

from __future__ import annotations

from hooks.context.paths import normal
from hooks.context.tree import FILE, FOLDER, Context
from hooks.golang import gomod
from hooks.golang.commands import BUILDS
from hooks.lean.record import Record
from hooks.module import modules, needed
from hooks.module.invocation import Invocation
from hooks.module.packages import Modules, Packages
from hooks.replay import copying

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hooks.context.index import Repository
    from hooks.golang.commands import GoCommand
    from hooks.module.modules import Module
    from hooks.replay.build import Build
    from hooks.replay.replayer import Moment
    from hooks.replay.shell import Call, View

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

    def note(self, *paths: str) -> None:
        """Of these paths of the tree one is needed, where they are the repository's files."""
        entries = [self.tree.look(path) for path in paths]
        origins = tuple(entry.origin for entry in entries if entry.kind == FILE and entry.origin)
        if origins and len(origins) == len(paths):
            self.found[origins] = None

    # Modules

    def modules(self, call: Call) -> None:
        """go.mod, go.sum, go.work and its like, and those of local replacements and workspace members."""
        env = call.shell.env
        sums = needed.needs_sum(Invocation(self.repository, self.tree, self.cwd, self.command, env)) is not False
        main = modules.main_module(self.repository, self.tree, self.cwd)
        if modules.workspace(self.tree, self.cwd, env) and self._workspace(sums):
            return
        if main:
            self._module(main, sums)
            if modules.vendored(self.tree, main, self.command.flags):
                self._vendored(main.folder)

    def _workspace(self, sums: bool) -> bool:
        folder, entry = modules.find_up(self.tree, self.cwd, 'go.work')
        text = self.repository.read(entry.origin) if entry.kind == FILE and entry.origin else None
        if text is None:
            return False
        self.note(f'{folder}/go.work')
        self.note(f'{folder}/go.work.sum')
        work = gomod.parse_work(text)
        for use, _ in work.use:
            member = modules.main_module(self.repository, self.tree, normal(use, folder))
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

    def _replaced(self, replacements: Iterable[gomod.Replacement], folder: str) -> None:
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
        main = modules.main_module(self.repository, self.tree, self.cwd)
        if main is None and not self.owners and not any((arg or '').endswith('.go') for arg in self.command.args):
            # It fails before it reads a package.
            return
        found = Packages(
            self.repository,
            self.tree,
            Modules(self.owners, vendor=self.vendor),
            needed.target(self.command, call.shell.env),
        )
        found.load(self.command, self.cwd, main.folder if main else self.cwd)
        for path, source in found.files.items():
            self.note(path)
            for pattern in source.embeds if source else ():
                self._embedded(path.rpartition('/')[0], pattern.removeprefix('all:'))

    def _embedded(self, folder: str, pattern: str) -> None:
        """A file that is named; of a folder or a glob, one file."""
        matches = copying.glob(self.tree, normal(pattern, folder)) or ()
        files = [file for path in matches for file in self._files(path)]
        if files:
            self.note(*files)

    def _files(self, path: str) -> Iterator[str]:
        if self.tree.look(path).kind != FOLDER:
            yield path
            return
        for name in self.tree.some_names(path):
            if name[0] not in '._':
                yield from self._files(f'{path}/{name}')

"""The module that a go command works in, as it lies in a tree: go.mod, go.work, vendor/, Go files.

A tree is an image at some moment, or a context; folders are paths in it. Every answer has three values: True, False,
and None where it hangs on something that nobody knows. Source: the Go modules reference, sections on vendoring and
workspaces.
"""

from __future__ import annotations

from hooks.context.paths import normal, parent
from hooks.context.tree import ABSENT, DONT_KNOW, FILE, FOLDER, LACKS, UNKNOWN
from hooks.golang import gomod, strict
from hooks.lean.memo import memo
from hooks.lean.numbers import number
from hooks.lean.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hooks.context.index import Repository
    from hooks.context.tree import Entry, Tree

# From this go line on, vendor/ is used where it is; and from this one on, go.mod names every module that is needed.
FIRST_VENDORED, FIRST_PRUNED = 14, 17

MODULE_NAMES = frozenset(('go.mod', 'go.sum', 'go.work', 'go.work.sum'))


class Module(Record):
    """The main module: its folder, its go.mod as far as it is known and go reads it, and the repository path of it."""

    folder: str
    mod: gomod.GoMod | None
    origin: str

    def replaced(self, path: str) -> gomod.Replacement | None:
        """The replacement of a required module: one of its version goes before one of all versions."""
        if self.mod is None or not self.mod.replace:
            return None
        found = _by_path(self.mod)[1].get(path, ())
        wanted = [requirement.version for requirement in self.required(path)]
        return next((r for r in found if r.version in wanted), next((r for r in found if not r.version), None))

    def required(self, path: str) -> Sequence[gomod.Requirement]:
        """What go.mod says of a module: mostly nothing, or one requirement."""
        return _by_path(self.mod)[0].get(path, ()) if self.mod else ()

    def ignores(self, folder: str) -> bool:
        """Whether `./...` leaves a folder out: go.mod names its path from the module's own, or the end of it."""
        names = [path for path, _ in self.mod.ignore] if self.mod else ()
        return any(
            folder == normal(n, self.folder) if n[:2] == './' else f'{folder}/'.endswith(f'/{n}/') for n in names
        )

    @property
    def pruned(self) -> bool:
        """Whether go.mod names all modules that its packages need, at the versions that are used."""
        return self.mod is not None and _at_least(self.mod.go, FIRST_PRUNED)


# The last go.mod that was asked for replacements: a build asks of each requirement.
_LAST: list[tuple[gomod.GoMod, dict[str, list[gomod.Requirement]], dict[str, list[gomod.Replacement]]]] = []


def _by_path(mod: gomod.GoMod) -> tuple[dict[str, list[gomod.Requirement]], dict[str, list[gomod.Replacement]]]:
    """Path → the requirements, and the replacements."""
    if not _LAST or _LAST[0][0] is not mod:
        required: dict[str, list[gomod.Requirement]] = {}
        replacements: dict[str, list[gomod.Replacement]] = {}
        for requirement in mod.require:
            required.setdefault(requirement.path, []).append(requirement)
        for each in mod.replace:
            replacements.setdefault(each.path, []).append(each)
        _LAST[:] = [(mod, required, replacements)]
    return _LAST[0][1:]


def _at_least(go: str, minor: int) -> bool:
    """Whether a go line says Go 1.MINOR or newer."""
    digits = go.split('.')[1:2]
    line = digits[0].partition('rc')[0].partition('beta')[0] if digits else ''
    return line.isdecimal() and number(line) >= minor


def find_up(tree: Tree, folder: str, name: str) -> tuple[str, Entry]:
    """The nearest folder, from `folder` upwards, that holds a file, and what lies there (absent: in none of them)."""
    # Nearly every rule asks for go.mod, for go.work, or for both.
    if tree.nearest is None:
        tree.nearest = {}
    if (folder, name) not in tree.nearest:
        tree.nearest[folder, name] = _find_up(tree, folder, name)
    return tree.nearest[folder, name]


def _find_up(tree: Tree, folder: str, name: str) -> tuple[str, Entry]:
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
    text = entry.read(repository)
    return Module(found, None if text is None else _parsed(text), entry.origin)


@memo
def _parsed(text: str) -> gomod.GoMod | None:
    """A go.mod, which every command of a Dockerfile asks for; None for one that go refuses to read."""
    return None if strict.of_mod(text) else gomod.parse_mod(text)


def work_file(tree: Tree, folder: str, env: Mapping[str, str | None]) -> tuple[str, Entry]:
    """The folder of the go.work that a command in `folder` reads, and what lies there (absent: it reads none)."""
    value = env.get('GOWORK', '')
    if value is None:
        return folder, DONT_KNOW
    if value == 'off':
        return folder, LACKS
    if not value:
        return find_up(tree, folder, 'go.work')
    # One that is not absolute fails.
    return parent(value), tree.look(normal(value)) if value.startswith('/') else DONT_KNOW


def workspace(tree: Tree, folder: str, env: Mapping[str, str | None]) -> bool | None:
    """Whether a go.work is in force."""
    value = env.get('GOWORK', '')
    if value:
        return value != 'off'
    kind = work_file(tree, folder, env)[1].kind
    return None if kind == UNKNOWN else kind == FILE


def vendored(tree: Tree, module: Module, flags: Mapping[str, str | None]) -> bool | None:
    """Whether packages come from vendor/: by -mod=vendor, or because it is there and go.mod says go 1.14 or newer."""
    mode = flags.get('mod', '')
    if mode:
        return mode == 'vendor'
    if module.mod and not _at_least(module.mod.go, FIRST_VENDORED):
        return False
    kind = tree.look(f'{module.folder}/vendor').kind
    return None if mode is None or kind == UNKNOWN else kind == FOLDER


def has_go_files(tree: Tree, folder: str) -> bool | None:
    """Whether a module has any Go file."""
    names = tree.names(folder, MODULE_NAMES)
    if names is None:
        return None
    if any(name.endswith('.go') and name[0] not in '._' for name in names):
        return True
    below = [f'{folder}/{name}' for name in names if name not in ('vendor', 'testdata') and name[0] not in '._']
    answers = [
        has_go_files(tree, path)
        for path in below
        if tree.look(path).kind == FOLDER and tree.look(path + '/go.mod').kind == ABSENT
    ]
    return True if True in answers else None if None in answers else False

"""Why a file of the repository is not in a build context, or not in the image, and the cure."""

from __future__ import annotations

from hooks.context.paths import in_folder, in_words, located, typed
from hooks.context.tree import ABSENT, Context
from hooks.lean.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from hooks.context.index import Ignored, Repository
    from hooks.context.tree import Hiding
    from hooks.golang.gomod import Replacement
    from hooks.replay.build import Build

# So many names stand in one message.
MOST = 4
# A go.mod below these is a dependency's, or a test's.
_APART = frozenset(('vendor', 'node_modules', 'testdata'))


class Cause(Record):
    """Why a file is not there: `why` follows the place where it is not, and `item` stands for `{}` in the cure.

    Files of one instruction with the same cause are one finding. `never` says that no go.sum exists at all; `related`
    are the places of the reason: path, line and what stands there.
    """

    why: str
    cure: str
    item: str = ''
    never: bool = False
    elsewhere: bool = False
    related: tuple[tuple[str, int, str], ...] = ()

    @property
    def whole(self) -> str:
        """The cure with its item. A name may hold `{}`, too: one without an item stays what it is."""
        return self.cure.replace('{}', self.item, 1) if self.item else self.cure


def hidden(hiding: Hiding, path: str) -> Cause:
    """A line of an ignore file keeps it out of the context; `path` is relative to that."""
    where = f'{hiding.file}:{hiding.line} (`{hiding.pattern}`)'
    related = ((hiding.file, hiding.line, f'`{hiding.pattern}` hides it'),)
    cure = f'add {{}} at the end of {hiding.file}'
    return Cause(f', since {where} hides it', cure, f'`!{path}`', related=related)


def out_of_git(repository: Repository, path: str) -> Cause | None:
    """It is not in git: ignored by its name, or only on this disk. `path` is relative to the repository's top."""
    folder, _, name = path.rpartition('/')
    ignored, there = repository.ignored(path), repository.on_disk(path)
    made = f'run `go mod tidy`{in_folder(folder)} and commit {name}' if name == 'go.sum' else f'commit {path}'
    add = f'`git add {typed(path)}`' if there else made
    if ignored:
        where = f'{ignored.file}:{ignored.line} (`{ignored.pattern}`)'
        related = ((ignored.file, ignored.line, f'`{ignored.pattern}` keeps it out of git'),)
        return Cause(f', since {where} keeps it out of git', f'remove that line, then {add}', related=related)
    return Cause(f', since {path} is on this disk but not in git, so a clean checkout lacks it', add) if there else None


def unmade(build: Build, path: str, ignored: Ignored | None) -> Cause | None:
    """What is usually made before a build is not, where that starts from a clean checkout; None where it may be."""
    by = next((f'{each.by}:{each.line}' for each in build.declared if each.clean), '')
    if not by:
        return None
    cure = f'make {{}} in a step before {by}, or commit it'
    if ignored is None:
        return Cause(', since nothing of that name is in git', cure, path)
    where = f'{ignored.file}:{ignored.line} (`{ignored.pattern}`)'
    related = ((ignored.file, ignored.line, f'`{ignored.pattern}` keeps it out of git'),)
    return Cause(f', since {where} keeps it out of git', cure, path, related=related)


def tracked(build: Build, path: str, cure: str, item: str = '') -> Cause | None:
    """A tracked file (or one of a tracked folder) that no ignore file hides was not copied; None outside the context.

    `cure` is that; `item` what an ignore file is to show again, relative to the top, where it is not the file alone.
    """
    context = build.context
    if not isinstance(context, Context) or not context.holds(path):
        return None
    start = len(context.folder) + bool(context.folder)
    hiding = context.hidden('/' + path[start:])
    return hidden(hiding, (item or path)[start:]) if hiding else Cause(', since no step before copies {them}', cure)


def of_sum(build: Build, path: str) -> Cause | None:
    """Why a go.sum of the repository is not in the image; None when there is none at all."""
    context, repository = build.context, build.repository
    if not isinstance(context, Context) or not context.holds(path):
        return None
    if path in repository.files:
        cause = tracked(build, path, 'copy it beside go.mod, as `COPY go.mod go.sum ./` does')
        return cause and _of_one(cause)
    return None if repository.generated(path) else out_of_git(repository, path)


def of_folders(
    build: Build, origin: str, names: Iterable[str], mod: bool, modules: Mapping[str, Replacement] = {}
) -> Iterator[tuple[Cause, list[str]]]:
    """Folders that a go.mod or go.work (`origin`) names, by the reason why they are not in the image.

    With `mod`, their go.mod is all that is needed. `modules` are, of some names, the lines that want them. Left out are
    those that may be made before the build.
    """
    groups: dict[tuple[str, str], list[tuple[str, Cause]]] = {}
    for name in dict.fromkeys(names):
        cause = _of_folder(build, origin, name, mod, modules.get(name))
        if cause:
            groups.setdefault((cause.why, cause.cure), []).append((name, cause))
    for group in groups.values():
        cause, named = group[0][1], [name for name, _ in group]
        cause = _of_one(cause) if len(named) == 1 else _of_many(cause)
        yield cause._replace(item=listed([each.item for _, each in group])), named


def _of_folder(build: Build, origin: str, name: str, mod: bool, wanted: Replacement | None) -> Cause | None:
    repository, context = build.repository, build.context
    path = joined(origin.rpartition('/')[0], name)
    if not isinstance(context, Context) or name.startswith('/'):
        return Cause('', 'copy {} there first', name)
    if path is None:
        return Cause(', since {they} outside the repository', 'require a version, or commit {} and copy it', name)
    file = f'{path}/go.mod'.lstrip('/')
    if repository.kind(file) == ABSENT and not repository.generated(file) and not repository.on_disk(file):
        nowhere = Cause(f', since there is no {file} in git', 'correct the path, or commit it')
        return out_of_git(repository, file) or (wanted and _moved(repository, origin, file, wanted)) or nowhere
    if not context.holds(path):
        why, meant = f', since {{they}} outside the build context {context.folder}', shared(path, context.folder)
        return Cause(why, f'make {in_words(meant)} the context, and copy {{}} too', path or 'it')
    if file in repository.files:
        start = len(context.folder) + bool(context.folder)
        cause = tracked(build, file, 'copy {} first', f'{path}/**'.lstrip('/'))
        return cause and cause._replace(item=cause.item or (file if mod else path)[start:] or 'it')
    if repository.kind(file) != ABSENT or repository.generated(file):
        return None
    return out_of_git(repository, file)


def _moved(repository: Repository, origin: str, file: str, wanted: Replacement) -> Cause | None:
    """Where the one module lies that a replacement (of `origin`) means, and its path does not."""
    from posixpath import relpath

    from hooks.golang import gomod

    mods = [path for path in repository.files.named('go.mod') if _APART.isdisjoint(path.split('/'))]
    found = [path for path in mods if gomod.parse_mod(repository.read(path) or '').module == wanted.path]
    if len(found) != 1:
        return None
    folder = found[0].rpartition('/')[0]
    path = relpath(f'/{folder}', f'/{origin.rpartition("/")[0]}')
    cure = f'write `{path if path.startswith("..") else f"./{path}"}` in {origin}:{wanted.line}'
    return Cause(f', since there is no {file} in git, and that module is {located(folder)}', cure)


def _of_one(cause: Cause) -> Cause:
    return cause._replace(why=cause.why.replace('{they}', 'it lies').replace('{them}', 'it'))


def _of_many(cause: Cause) -> Cause:
    return cause._replace(why=cause.why.replace('{they}', 'they lie').replace('{them}', 'them'))


def joined(folder: str, name: str) -> str | None:
    """A path from a folder of the repository; None when it leads out of that."""
    parts = folder.split('/') if folder else []
    for part in name.replace('\\', '/').split('/'):
        if part == '..':
            if not parts:
                return None
            parts.pop()
        elif part not in ('', '.'):
            parts.append(part)
    return '/'.join(parts)


def shared(path: str, folder: str) -> str:
    """The folder that both lie in."""
    while folder and path != folder and not path.startswith(folder + '/'):
        folder = folder.rpartition('/')[0]
    return folder


def listed(names: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`; of many the first two, and how many more there are."""
    *first, last = dict.fromkeys(names)
    if len(first) >= MOST:
        first, last = first[:2], f'{len(first) - 1} more'
    return f'{", ".join(first)} and {last}' if first else last

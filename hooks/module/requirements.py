"""The module versions that a go.mod or a go.work really asks for: what Go fetches, and fails without.

Of several requirements of a module the highest counts; an excluded one does not, nor one that is replaced; a
replacement counts where its left side is required. Source: the Go modules reference (exclude, replace, workspaces).
"""

from __future__ import annotations

import posixpath

from hooks.golang import gomod
from hooks.lean.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hooks.context.index import Repository


class Asked(Record):
    """A module version, and the line that asks for it. `replaces` says that it is the right side of a replacement."""

    path: str
    version: str
    line: int
    replaces: bool


def asked(repository: Repository, path: str, text: str) -> Iterator[Asked]:
    """What a go.mod asks for (by itself: see `is_replaced`), or what a go.work replaces its members' modules by.

    `path` is relative to the repository's top.
    """
    if path.rpartition('/')[2] == 'go.work':
        work = gomod.parse_work(text)
        yield from _replacements(work.replace, _of_members(repository, path, work))
        return
    mod = gomod.parse_mod(text)
    versions = _selected(mod)
    yield from _replacements(mod.replace, versions)
    for each in mod.require:
        if versions.get(each.path) == each.version and not _covers(mod.replace, each.path, each.version):
            yield Asked(each.path, each.version, each.line, False)


def is_replaced(repository: Repository, path: str, one: Asked) -> bool:
    """Whether a go.work above a go.mod, which uses that module, replaces what it asks for."""
    folder = path.rpartition('/')[0]
    above = folder
    while not one.replaces:
        text = repository.read(f'{above}/go.work'.lstrip('/'))
        work = gomod.parse_work(text or '')
        if folder in (_inside(above, use) for use, _ in work.use) and _covers(work.replace, one.path, one.version):
            return True
        if not above:
            break
        above = above.rpartition('/')[0]
    return False


def _selected(mod: gomod.GoMod) -> dict[str, str]:
    """Module → the version that its requirements come to."""
    excluded = {(each.path, each.version) for each in mod.exclude}
    found: dict[str, str] = {}
    for each in mod.require:
        if (each.path, each.version) not in excluded:
            found[each.path] = _higher(found.get(each.path, each.version), each.version)
    return found


def _of_members(repository: Repository, path: str, work: gomod.GoWork) -> dict[str, str]:
    """Module → the highest version that a member of a go.work requires."""
    folder = path.rpartition('/')[0]
    found: dict[str, str] = {}
    for use, _ in work.use:
        member = repository.read(f'{_inside(folder, use)}/go.mod'.lstrip('/'))
        for name, version in _selected(gomod.parse_mod(member or '')).items():
            found[name] = _higher(found.get(name, version), version)
    return found


def _higher(one: str, other: str) -> str:
    if one == other:
        return one
    # Imported late: hardly any go.mod requires a module twice.
    from hooks.golang.versions import semver

    return max(one, other, key=semver)


def _covers(replacements: Iterable[gomod.Replacement], path: str, version: str) -> bool:
    return any(each.path == path and each.version in ('', version) for each in replacements)


def _replacements(replacements: Iterable[gomod.Replacement], versions: dict[str, str]) -> Iterator[Asked]:
    for each in replacements:
        if each.new_version and each.path in versions and each.version in ('', versions[each.path]):
            yield Asked(each.new_path, each.new_version, each.line, True)


def _inside(folder: str, path: str) -> str:
    """A path that a file in `folder` names, relative to the top; one that leads out of it begins with `..`."""
    normal = posixpath.normpath(posixpath.join(folder, path))
    return '' if normal == '.' else normal

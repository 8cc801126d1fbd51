"""Globs of a config, asked of what git tracks. Paths are relative to the repository's top; `**` is any folders."""

from __future__ import annotations

from hooks.builds.declarations import join

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hooks.context.index import Repository


def matching(repository: Repository, pattern: str) -> tuple[str, ...]:
    """The folders that hold tracked files and match a glob, sorted; `**` stands for any number of folders.

    As in a shell, a wildcard does not match the dot of a hidden folder. A pattern that leaves the top matches nothing.
    """
    path = join('', pattern)
    if path is None:
        return ()
    found = {''}
    for part in path.split('/') if path else ():
        if part == '**':
            found = _below(repository, found)
        else:
            found = {below for folder in found for below in _step(repository, folder, part)}
    return tuple(sorted(found))


def _below(repository: Repository, folders: set[str]) -> set[str]:
    """Some folders, and all below them that are not hidden."""
    found: set[str] = set()
    waiting = list(folders)
    while waiting:
        folder = waiting.pop()
        if folder not in found:
            found.add(folder)
            waiting += _step(repository, folder, '*')
    return found


def _step(repository: Repository, folder: str, part: str) -> Iterator[str]:
    from fnmatch import fnmatchcase

    for name in repository.names(folder):
        hidden = name.startswith('.') and not part.startswith('.')
        below = f'{folder}/{name}'.lstrip('/')
        if not hidden and fnmatchcase(name, part) and repository.has_folder(below):
            yield below


def files(repository: Repository, pattern: str) -> list[str]:
    """The tracked files that a glob names, or that lie below a folder which it names; sorted."""
    literal = pattern.split('*')[0].split('?')[0].split('[')[0]
    if literal == pattern and pattern in repository.files:
        return [pattern]
    below = repository.under(pattern if literal == pattern else literal.rpartition('/')[0])
    return [path for path in below if names(pattern, path)]


def names(pattern: str, path: str) -> bool:
    """Whether a glob names a path, or a folder above it."""
    return _names(pattern.split('/') if pattern else [], path.split('/'))


def _names(parts: Sequence[str], path: Sequence[str]) -> bool:
    from fnmatch import fnmatchcase

    # How much of the path the parts so far may have taken.
    taken = {0}
    for part in parts:
        if part == '**':
            taken = set(range(min(taken), len(path)))
        else:
            taken = {at + 1 for at in taken if at < len(path) and fnmatchcase(path[at], part)}
        if not taken:
            return False
    return True

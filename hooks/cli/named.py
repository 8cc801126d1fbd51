"""The files that a command line names."""

from __future__ import annotations

import os

from hooks.context.paths import located, parent, typed, within

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hooks.context.index import Repository


def paths(repository: Repository, names: Sequence[str]) -> tuple[list[str], list[str]]:
    """The named files, relative to the repository's top, and the names that are none of its files.

    Names are relative to the current directory; none at all is the current directory, and a folder is all that git
    tracks below it. An ignore file may be about to be written.
    """
    found: dict[str, None] = {}
    lost = []
    for name in names or ('.',):
        path = repository.name(name)
        path = '' if path == '.' else path
        if path is not None and path not in repository.files and repository.has_folder(path):
            found.update(dict.fromkeys(repository.under(path)))
        elif path is not None and _may_be(repository, path):
            found[path] = None
        else:
            lost.append(name)
    return list(found), lost


def _may_be(repository: Repository, path: str) -> bool:
    there = path in repository.files or repository.on_disk(path)
    return there or (path.endswith('.dockerignore') and repository.has_folder(parent(path)))


def unseen(repository: Repository, names: Sequence[str]) -> Iterator[str]:
    """What to say of named files that git does not track, and of such Dockerfiles in the folders that are looked at.

    pre-commit names none, and there may be some which are not meant for the commit.
    """
    if not repository.git or 'PRE_COMMIT' in os.environ:
        return
    folders: list[str] = []
    nothing: list[str] = []
    for name in names or ('.',):
        path = repository.name(name)
        path = '' if path == '.' else path
        if path is None or path in repository.files:
            continue
        file = os.path.join(repository.top, path)
        folder = path if os.path.isdir(file) else parent(path)
        if repository.names(folder):
            folders += [folder] if folder == path else []
        elif (os.path.isfile(file) or folder == path) and _is_ours(repository, path, folder):
            nothing.append(folder)
    for folder in nothing[:1]:
        by = repository.ignored(folder) if folder else None
        why = f', since {by.file}:{by.line} (`{by.pattern}`) keeps it out of git' if by else ''
        cure = 'correct that line, then `git add` it' if by else '`git add` it first'
        yield f'git tracks nothing {located(folder)}{why}, and what it does not track is in no build: {cure}'
    if folders:
        yield from _beside(repository, folders)


def _is_ours(repository: Repository, path: str, folder: str) -> bool:
    """Whether what git does not track is the user's: not git's own, a submodule's, a folder named like Dockerfiles."""
    from hooks.builds.triggers import is_dockerfile

    ours = folder.partition('/')[0] != '.git' and repository.kind(folder) != 'unknown'
    return ours and not (path == folder and is_dockerfile(path))


def _beside(repository: Repository, folders: Sequence[str]) -> Iterator[str]:
    from hooks.builds.triggers import is_dockerfile

    found = repository.not_tracked('dockerfile', 'containerfile')
    mine = [path for path in found if is_dockerfile(path) and any(within(path, folder) for folder in folders)]
    if len(mine) == 1:
        yield f'{mine[0]} is not in git, and left out: `git add {typed(mine[0])}`'
    elif mine:
        yield f'{len(mine)} Dockerfiles are not in git, and left out ({mine[0]} and others): `git add` them'

"""The files that a command line names."""

from __future__ import annotations

from hooks.context.paths import parent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

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

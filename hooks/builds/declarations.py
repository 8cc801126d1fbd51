"""Builds that a repository declares: which Dockerfile is built from which folder, with what, and who says so.

All paths are relative to the repository's top, with `/`; '' is the top itself.
"""

from __future__ import annotations

from hooks.lean.lazy import re, regex
from hooks.lean.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hooks.context.index import Repository

# What `join` takes for the repository's top. No file of ours can hold it: YAML forbids NUL.
TOP = '\0'

# Stands in a word for a part of it that is not known.
MARK = '\1'
# The name of an argument that stands for every one, and the folder that a Dockerfile lies in.
EVERY = '*'
OWN = '\0.'

_ELSEWHERE = regex(r'[/~\\]|[A-Za-z]:[\\/]|[\w+.-]+://|git@|github\.com/')


class Partly(Record):
    """A build of which not all is known, but that it passes these arguments: EVERY may be any.

    `dockerfile` has MARK for what is not known of its path. `context` is the folder that it is built from, OWN its
    Dockerfile's. With `whole` nobody knows that folder, or the target.
    """

    dockerfile: str
    args: tuple[str, ...] = ()
    whole: bool = False
    context: str | None = None

    def may_build(self, path: str) -> bool:
        """Whether it may be a build of a Dockerfile."""
        first, *others = self.dockerfile.split(MARK)
        if not others:
            return path == first
        if not path.startswith(first) or not path.endswith(others[-1].lstrip('/')):
            return False
        # A folder that is not known may be the one in front of it.
        rest = (f'(?:.*/)?{re.escape(each[1:])}' if each[:1] == '/' else f'.*{re.escape(each)}' for each in others)
        return re.fullmatch(re.escape(first) + ''.join(rest), path) is not None

    def folder(self, path: str) -> str | None:
        """The folder that a Dockerfile is built from, if this is its build."""
        return path.rpartition('/')[0] if self.context == OWN else self.context


def join(folder: str, path: str) -> str | None:
    """A path as written in a file whose paths start from `folder`; None when it is not in the repository.

    None for URLs, for absolute paths (they belong to somebody's machine), for what leaves the top by `..`, and for ''.
    """
    if path.startswith(TOP):
        folder, path = '', path[1:].lstrip('/') or '.'
    if not path or TOP in path or MARK in path or _ELSEWHERE.match(path):
        return None
    parts = folder.split('/') if folder else []
    for part in path.split('/'):
        if part == '..':
            if not parts:
                return None
            parts.pop()
        elif part not in ('', '.'):
            parts.append(part)
    return '/'.join(parts)


def tracked_file(repository: Repository, path: str) -> str | None:
    """The tracked file of that name, in any case where only one has it (on macOS and Windows the build finds it)."""
    return path if path in repository.files else _folded(repository, path, repository.files.__contains__)


def tracked_folder(repository: Repository, path: str) -> str | None:
    """The folder of that name that holds tracked files, in any case where only one has it."""
    return path if repository.has_folder(path) else _folded(repository, path, repository.has_folder)


def _folded(repository: Repository, path: str, exists: Callable[[str], bool]) -> str | None:
    folder, rest = path, ''
    while folder and not repository.has_folder(folder):
        folder, _, name = folder.rpartition('/')
        rest = f'{name}/{rest}'
    found = [folder]
    for part in rest.casefold().split('/')[:-1]:
        found = [
            _under(parent, name) for parent in found for name in repository.names(parent) if name.casefold() == part
        ]
    found = [name for name in found if exists(name)]
    return found[0] if len(found) == 1 else None


def _under(folder: str, name: str) -> str:
    return f'{folder}/{name}' if folder else name


def named_contexts(repository: Repository, paths: Mapping[str, str | None]) -> tuple[tuple[str, str | None], ...]:
    """Names and joined paths → `Declared.contexts`."""
    return tuple((name, None if path is None else tracked_folder(repository, path)) for name, path in paths.items())

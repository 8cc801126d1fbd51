"""The canonical ignore file, and the files that are to be in step with it.

Paths are relative to the repository's top, `''` for the top itself.
"""

from __future__ import annotations

import os

from hooks.context import ignore
from hooks.context.paths import typed
from hooks.lean.record import Record
from hooks.sync import blocks
from hooks.sync.ignorefiles import path_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.context.index import Repository


class Canonical(Record):
    """The canonical ignore file: its path relative to the repository's top, its text, and the option that named it."""

    path: str
    text: str
    option: str


class Left(Record):
    """An ignore file that must be left alone, and why: the fact and the cure."""

    path: str
    line: int
    fact: str
    cure: str


class Target(Record):
    """An ignore file that is not in step: what it holds (None: there is no file) and what it would hold."""

    folder: str
    old: str | None
    new: str

    @property
    def path(self) -> str:
        return path_in(self.folder)


def unusable(repository: Repository, path: str) -> Left | None:
    """Why a file cannot be the canonical one; None when it can."""
    add = f'`git add {typed(path)}`'
    if not repository.on_disk(path):
        return Left(path, 1, 'the canonical ignore file is missing', f'create it and {add}, or name another')
    if path not in repository.files:
        ignored = repository.ignored(path)
        where = f'{ignored.file}:{ignored.line} (`{ignored.pattern}`)' if ignored else ''
        if ignored:
            fact, cure = f'git ignores the canonical ignore file by {where}', f'remove that line, then {add}'
            return Left(path, 1, fact, cure)
        return Left(path, 1, 'the canonical ignore file is on this disk but not in git', add)
    if leaves(repository, path):
        return Left(path, 1, 'the canonical ignore file is a link out of the repository', 'put a file in its place')
    text = repository.read(path)
    if text is None:
        return Left(path, 1, 'the canonical ignore file cannot be read', 'put a text file in its place')
    line = rejected(text)
    if line:
        written = text.split('\n')[line - 1].strip()
        return Left(path, line, f'`{written}` is no pattern that every builder accepts', 'correct it')
    return None


def leaves(repository: Repository, path: str) -> bool:
    """Whether a path leads out of the repository, through a link of its own or of a folder on the way."""
    top = os.path.realpath(repository.top)
    real = os.path.realpath(os.path.join(top, path))
    return not (real == top or real.startswith(top + os.sep))


def rejected(text: str) -> int:
    """The first line that the builder rejects, or whose meaning is not known; 0 when there is none."""
    if ignore.parse(text) is not None:
        return 0
    return next((at for at, line in enumerate(text.split('\n'), 1) if ignore.parse(line) is None), 1)


def read_target(repository: Repository, folder: str, canonical: Canonical) -> Target | Left | None:
    """What a sync makes of a folder's ignore file; None where it is in step, why where it must be left alone."""
    path = path_in(folder)
    if leaves(repository, folder) or os.path.islink(os.path.join(repository.top, path)):
        return _linked(repository, path, canonical)
    old = repository.read(path)
    if old is None and repository.on_disk(path):
        return Left(path, 1, 'this cannot be read as a file', 'put a text file in its place')
    in_step, tracked = old is not None and blocks.in_step(old, canonical.text), path in repository.files
    if old is None and tracked:
        # Its own lines are in git: a new file would take them away.
        fact = 'git tracks this file, and it is not on this disk'
        return Left(path, 1, fact, f'`git checkout {path}`, or `git rm` it')
    if in_step and tracked:
        return None
    ignored = None if tracked else repository.ignored(path)
    if ignored:
        where = f'{ignored.file}:{ignored.line} (`{ignored.pattern}`)'
        return Left(path, 1, f'git ignores this file by {where}, so no clean checkout has it', 'remove that line')
    if in_step:
        return Left(path, 1, f'in step with {canonical.path}, but on this disk only', f'`git add {typed(path)}`')
    damage = blocks.find(old or '')
    if isinstance(damage, blocks.Damage):
        return Left(path, damage.line, damage.what, 'restore the two marker lines, or remove both')
    line = rejected(old or '')
    if line:
        return Left(path, line, 'the builder rejects this pattern, or it is not known what it hides', 'correct it')
    new = blocks.synced(old or '', canonical.text, canonical.path)
    return None if new is None else Target(folder, old, new)


def _linked(repository: Repository, path: str, canonical: Canonical) -> Left | None:
    """A link is never written through; it is in step where it leads to a file of the repository that is."""
    if leaves(repository, path):
        return Left(path, 1, 'this is a link out of the repository', 'put a file in its place')
    text = repository.read(path)
    if text is not None and blocks.in_step(text, canonical.text):
        return None
    fact = f'this is a link to a file that is not in step with {canonical.path}'
    return Left(path, 1, fact, 'put a file in its place')

"""Paths, with `/` whatever the machine: of an image or a context they start with `/`, of the repository they do not.

The top of each is ''.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


# Where PATH leads to, in any image: no folder lies there.
PROGRAMS = frozenset('/bin /sbin /usr/bin /usr/sbin /usr/local/bin /usr/local/sbin /go/bin'.split())

# What '' is called.
TOP = 'the top of the repository'


def parent(path: str) -> str:
    return path.rpartition('/')[0]


# What a shell takes as it is.
_PLAIN = frozenset('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@%+=:,./-_')


def typed(path: str) -> str:
    """A path as a word that can be typed into a shell: in quotes where it needs them."""
    return path if path and _PLAIN.issuperset(path) else "'" + path.replace("'", "'\\''") + "'"


def in_folder(folder: str) -> str:
    """Where to type a command: ' in FOLDER', and nothing for the top of the repository."""
    return f' in {typed(folder)}' if folder else ''


def in_words(folder: str) -> str:
    """A folder of the repository in a sentence."""
    return folder or TOP


def located(folder: str) -> str:
    """Where something lies, in a sentence."""
    return f'in {folder}' if folder else f'at {TOP}'


def called(folder: str) -> str:
    """Behind the name of something that is a folder: which one."""
    return f' {folder}' if folder else f' at {TOP}'


def normal(path: str, workdir: str = '') -> str:
    """A path, from `workdir` when it is relative, without `.`, `..` and doubled slashes; it never leaves the root."""
    whole = path if path.startswith('/') else f'{workdir}/{path}'
    if '/.' not in whole and '//' not in whole:
        return whole.removesuffix('/')
    names: list[str] = []
    for name in whole.split('/'):
        if name == '..':
            del names[-1:]
        elif name not in ('', '.'):
            names.append(name)
    return ''.join('/' + name for name in names)


def within(path: str, folder: str) -> bool:
    """Whether a path is a folder, or lies below it."""
    return not folder or path == folder or path.startswith(folder + '/')


def prefixes(folders: Iterable[str]) -> tuple[str, ...]:
    """What the paths within some folders begin with, each with a `/` behind it: `within` of many is one question."""
    return tuple([folder and f'{folder}/' for folder in folders])


def is_program(path: str) -> bool:
    """Whether a path is that of a program, and of no folder, whatever the base image holds."""
    return parent(path) in PROGRAMS


def upwards(path: str) -> Iterator[str]:
    """The folder of a path, and every one above it up to the top."""
    while path:
        path = path.rpartition('/')[0]
        yield path

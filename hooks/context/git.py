"""git, asked by its command line."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    # What waits for git to end: its standard output, or None where git is missing or fails.
    Output = Callable[[], bytes | None]

# What moves git's idea of the repository away from the folder with `.git`.
MOVES = ('GIT_DIR', 'GIT_WORK_TREE', 'GIT_COMMON_DIR', 'GIT_CEILING_DIRECTORIES', 'GIT_DISCOVERY_ACROSS_FILESYSTEM')


def top(here: str) -> str | None:
    """The top of the repository that a folder lies in; None where there is none.

    The nearest folder with `.git`, as git finds it; where anything may make a difference, git is asked.
    """
    folder = here
    while not any(name in os.environ for name in MOVES):
        dot = os.path.join(folder, '.git')
        if os.path.isfile(dot) or os.path.lexists(os.path.join(dot, 'HEAD')):
            if _is_plain(dot):
                return folder
            break
        if os.path.dirname(folder) == folder:
            return None
        folder = os.path.dirname(folder)
    return (run(here, 'rev-parse', '--show-toplevel') or '').removesuffix('\n') or None


def _is_plain(dot: str) -> bool:
    """Whether nothing in a repository's own config puts its work tree elsewhere."""
    try:
        with open(os.path.join(dot, 'config'), 'rb') as file:
            text = file.read()
    except NotADirectoryError:
        # A work tree of its own, or a submodule: git made them for this folder.
        return True
    except OSError:
        return False
    return b'worktree' not in text.lower() and b'bare = true' not in text and b'include' not in text.lower()


def listing(top: str) -> Output:
    """Every path of the index and NUL; those of a merge that is not done up to three times."""
    return started(top, 'ls-files', '-z')


def run(folder: str, *arguments: str) -> str | None:
    """git's standard output, or None where git is missing or fails."""
    out = output(folder, *arguments)
    return None if out is None else out.decode('utf-8', 'surrogateescape')


def output(folder: str, *arguments: str) -> bytes | None:
    """git's standard output as bytes, or None where git is missing or fails."""
    return started(folder, *arguments)()


def started(folder: str, *arguments: str) -> Output:
    """git, which runs from now on; its output is there as soon as it ends."""
    command = ['git', '-C', folder, *arguments]
    if not hasattr(os, 'posix_spawnp'):
        return lambda: ask(command)
    # subprocess would cost as much as half of a run on one file.
    read, write = _between()
    null = (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)
    try:
        pid = os.posix_spawnp('git', command, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, write, 1), null])
    except OSError:
        os.close(read)
        return lambda: None
    finally:
        if write != read:
            os.close(write)

    def ended() -> bytes | None:
        status = os.waitpid(pid, 0)[1] if write == read else None
        with open(read, 'rb', buffering=0) as file:
            if write == read:
                file.seek(0)
            out = file.read()
        if status is None:
            _, status = os.waitpid(pid, 0)
        return None if status else out

    return ended


def _between() -> tuple[int, int]:
    """The two ends of what git's output goes through: a file in memory, or a pipe where the system has none.

    A pipe holds 64 KiB: while modules are imported, nobody reads it, and git would wait.
    """
    try:
        file = os.memfd_create('git')
    except (AttributeError, OSError):
        return os.pipe()
    return file, file


def ask(command: list[str], given: Sequence[str] = ()) -> bytes | None:
    """A command's output; `given` are the names that it reads. check-ignore exits with 1 when it finds nothing."""
    import subprocess

    data = '\0'.join((*given, '')).encode('utf-8', 'surrogateescape')
    try:
        done = subprocess.run(command, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    except OSError:
        return None
    return done.stdout if done.returncode in (0, 1) else None

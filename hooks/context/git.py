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
    try:
        return _kept(command) if hasattr(os, 'memfd_create') else _piped(command)
    except OSError:
        return lambda: None


def _kept(command: list[str]) -> Output:
    """A command that writes to a file in memory: it never waits until somebody reads, as it does for a full pipe."""
    file = os.memfd_create('git')
    try:
        pid = _spawned(command, file)
    except OSError:
        os.close(file)
        raise

    def ended() -> bytes | None:
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        with open(file, 'rb', buffering=0) as out:
            out.seek(0)
            text = out.read()
        # A limit on the size of files holds for this one, too.
        return text if code == 0 else None if code == 1 else ask(command)

    return ended


def _piped(command: list[str]) -> Output:
    read, write = os.pipe()
    try:
        pid = _spawned(command, write)
    except OSError:
        os.close(read)
        raise
    finally:
        os.close(write)

    def ended() -> bytes | None:
        with open(read, 'rb') as pipe:
            out = pipe.read()
        return None if os.waitpid(pid, 0)[1] else out

    return ended


def _spawned(command: list[str], out: int) -> int:
    """A process whose standard output is a file: subprocess would cost as much as half of a run on one file."""
    null = (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)
    return os.posix_spawnp(command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, out, 1), null])


def ask(command: list[str], given: Sequence[str] = ()) -> bytes | None:
    """A command's output; `given` are the names that it reads. check-ignore exits with 1 when it finds nothing."""
    import subprocess

    data = '\0'.join((*given, '')).encode('utf-8', 'surrogateescape')
    try:
        done = subprocess.run(command, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    except OSError:
        return None
    return done.stdout if done.returncode in (0, 1) else None

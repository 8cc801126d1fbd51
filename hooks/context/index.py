"""The repository as a clean checkout has it: the files of git's index, and what git ignores.

Paths are relative to the repository's top, with `/` between names, `''` for the top itself. File names that are not
UTF-8 are kept by `surrogateescape`. Where there is no git, the files on disk stand in for the tracked ones.
"""

from __future__ import annotations

import os
import re
import stat
from bisect import bisect_left

from hooks.lean.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

# git's modes; a file that may be executed is a regular one here.
REGULAR, LINK, SUBMODULE = '100644', '120000', '160000'
# So many paths fit on a command line, and are worth a question of their own.
FEW = 2
# Opening a pipe that nobody writes to would wait for ever.
_READ = os.O_RDONLY | getattr(os, 'O_NONBLOCK', 0) | getattr(os, 'O_BINARY', 0)


class Ignored(Record):
    """The line of a `.gitignore` (or `.git/info/exclude`) that keeps a path out of git."""

    file: str
    line: int
    pattern: str


class Repository:
    """What git tracks below `top`.

    `top` is an absolute path, `prefix` the current directory relative to it; `files` maps each tracked path to its
    mode (REGULAR, LINK, SUBMODULE).
    """

    def __init__(self, top: str, prefix: str, files: dict[str, str], git: bool) -> None:
        self.top, self.prefix, self.files, self._git = top, prefix, files, git
        self.paths = sorted(files)
        self._texts: dict[str, str | None] = {}
        self._ignored: dict[str, Ignored | None] = {}
        self._all_asked = False
        odd = {LINK, SUBMODULE} & set(files.values())
        self._opaque = tuple(path + '/' for path, mode in files.items() if mode in odd) if odd else ()

    def name(self, argument: str) -> str | None:
        """The path of a file named on the command line, relative to the top; None when it lies outside."""
        tracked = f'{self.prefix}/{argument}' if self.prefix else argument
        if tracked in self.files:
            return tracked
        path = os.path.relpath(os.path.join(self.top, self.prefix, argument), self.top) if argument else '..'
        path = path.replace(os.sep, '/')
        return None if path == '..' or path.startswith('../') else path

    def read(self, path: str) -> str | None:
        """The text of a file on disk, read losslessly; None when it is no readable regular file."""
        if path not in self._texts:
            self._texts[path] = _read(os.path.join(self.top, path))
        return self._texts[path]

    def rewrite(self, path: str, text: str) -> None:
        """Write a file, all of it or nothing."""
        _rewrite(os.path.join(self.top, path), text)
        self._texts[path] = text

    def on_disk(self, path: str) -> bool:
        return os.path.lexists(os.path.join(self.top, path))

    def kind(self, path: str) -> str:
        """'file', 'folder', 'absent', or 'unknown' (a link, a submodule, or below one)."""
        mode = self.files.get(path)
        if mode is not None:
            return 'unknown' if mode in (LINK, SUBMODULE) else 'file'
        if self._opaque and path.startswith(self._opaque):
            return 'unknown'
        return 'folder' if self.has_folder(path) else 'absent'

    def has_folder(self, folder: str) -> bool:
        at = bisect_left(self.paths, folder + '/')
        return not folder or (at < len(self.paths) and self.paths[at].startswith(folder + '/'))

    def names(self, folder: str) -> list[str]:
        """The names of the tracked files and folders directly in a folder, sorted."""
        prefix, names = folder and folder + '/', []
        at = bisect_left(self.paths, prefix)
        while at < len(self.paths) and self.paths[at].startswith(prefix):
            name, slash, _ = self.paths[at][len(prefix) :].partition('/')
            names.append(name)
            # '0' is the character after '/': this skips all that lies below the folder `name`.
            at = bisect_left(self.paths, prefix + name + '0', at) if slash else at + 1
        return sorted(set(names))

    def under(self, folder: str) -> list[str]:
        """Every tracked path below a folder, sorted."""
        prefix = folder and folder + '/'
        end = bisect_left(self.paths, folder + '0') if folder else len(self.paths)
        return self.paths[bisect_left(self.paths, prefix) : end]

    def ignored(self, path: str) -> Ignored | None:
        """The git ignore line that hides a path, which need not exist; None when git would add it."""
        self._ask(path)
        return self._ignored.get(path)

    def _ask(self, *paths: str) -> None:
        """Ask git what hides some paths. After a few questions, all that may still be asked is asked at once."""
        asked = [path for path in paths if path not in self._ignored]
        if not asked or not self._git:
            return
        if len(self._ignored) >= FEW and not self._all_asked:
            self._all_asked = True
            asked += [path for path in self._sums() if path not in self._ignored]
        self._ignored.update(dict.fromkeys(asked))
        lines = (
            (run_git(self.top, 'check-ignore', '--no-index', '-v', '--', *asked) or '') if len(asked) <= FEW else '"'
        )
        if '"' in lines:
            # git quotes names that it takes for odd; with -z it does not, but then it reads them from a pipe.
            lines = (
                _subprocess(['git', '-C', self.top, 'check-ignore', '--no-index', '-v', '-z', '--stdin'], asked) or ''
            )
            fields = lines.split('\0')
            found = list(zip(*(fields[at::4] for at in range(4))))
        else:
            found = [match.groups() for match in re.finditer(r'^(.*?):(\d+):(.*)\t(.*)$', lines, re.MULTILINE)]
        for file, line, pattern, name in found:
            self._ignored[name] = None if pattern.startswith('!') else Ignored(self._relative(file), int(line), pattern)

    def _sums(self) -> Iterator[str]:
        """The go.sum files that are not tracked, and their folders: what is asked for once is asked for often."""
        for path in self.paths:
            folder, _, name = path.rpartition('/')
            if name == 'go.mod' and path[: -len('mod')] + 'sum' not in self.files:
                yield from ((path[: -len('mod')] + 'sum', folder) if folder else ('go.sum',))

    def _relative(self, file: str) -> str:
        return os.path.relpath(file, self.top).replace(os.sep, '/') if os.path.isabs(file) else file

    def generated(self, path: str) -> bool:
        """Whether a path lies in a folder that git ignores as a whole: what is there is made before the build."""
        folder = path.rpartition('/')[0]
        if folder:
            # One question for both, since what is not made before the build is asked for next.
            self._ask(folder, path)
        return bool(folder) and self.ignored(folder if self.has_folder(folder) else path) is not None


def find() -> Repository:
    """The repository of the current directory."""
    listing = start_git('.', 'ls-files', '-z', '--stage', '--full-name', '--', ':/')
    top = (run_git('.', 'rev-parse', '--show-toplevel') or '').removesuffix('\n')
    out = listing()
    here = os.getcwd()
    if not top or out is None:
        return Repository(here, '', dict.fromkeys(_walk(here), REGULAR), git=False)
    prefix = os.path.relpath(os.path.realpath(here), os.path.realpath(top))
    return Repository(top, '' if prefix == '.' else prefix, _index(out), git=True)


def _index(out: str) -> dict[str, str]:
    """`git ls-files --stage` → path: mode. All entries are alike up to the tab: mode, hash, stage."""
    name = out.find('\t') + 1
    # Links and submodules are rare, and a pass over every entry is half of a run on one file among many.
    files = dict.fromkeys(re.findall(rf'.{{{name}}}([^\0]*)\0', out, re.DOTALL), REGULAR)
    if any(f'\0{mode} ' in f'\0{out}' for mode in (LINK, SUBMODULE)):
        odd = (entry for entry in out.split('\0') if entry.startswith((LINK, SUBMODULE)))
        files.update({entry[name:]: entry[:6] for entry in odd})
    return files


def _walk(top: str) -> Iterator[str]:
    """Every regular file below `top`; links to folders are not followed, nor is `.git`."""
    for folder, folders, names in os.walk(top):
        folders[:] = [name for name in folders if name != '.git']
        relative = os.path.relpath(folder, top).replace(os.sep, '/')
        for name in names:
            if os.path.isfile(os.path.join(folder, name)):
                yield name if relative == '.' else f'{relative}/{name}'


def _read(path: str) -> str | None:
    # By the system's calls: a file object's own would take twice as long.
    try:
        file = os.open(path, _READ)
        try:
            status, data = os.fstat(file), b''
            if not stat.S_ISREG(status.st_mode):
                return None
            while more := os.read(file, status.st_size - len(data)):
                data += more
        finally:
            os.close(file)
    except (OSError, ValueError):
        return None
    return data.decode('utf-8', 'surrogateescape')


def run_git(folder: str, *arguments: str) -> str | None:
    """git's standard output, or None where git is missing or fails."""
    return start_git(folder, *arguments)()


def start_git(folder: str, *arguments: str) -> Callable[[], str | None]:
    """Start git and return what waits for its output, so that two of them can run side by side."""
    command = ['git', '-C', folder, *arguments]
    if not hasattr(os, 'posix_spawnp'):
        return lambda: _subprocess(command)
    # subprocess would be a third of the whole start-up.
    read, write = os.pipe()
    null = (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)
    try:
        pid = os.posix_spawnp('git', command, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, write, 1), null])
    except OSError:
        os.close(read)
        return lambda: None
    finally:
        os.close(write)
    return lambda: _wait(pid, read)


def _wait(pid: int, read: int) -> str | None:
    with open(read, encoding='utf-8', errors='surrogateescape', newline='') as pipe:
        out = pipe.read()
    _, status = os.waitpid(pid, 0)
    return None if status else out


def _subprocess(command: list[str], given: Sequence[str] = ()) -> str | None:
    """A command's output; `given` are the names that it reads. check-ignore exits with 1 when it finds nothing."""
    import subprocess

    data = '\0'.join((*given, '')).encode('utf-8', 'surrogateescape')
    try:
        done = subprocess.run(command, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    except OSError:
        return None
    return done.stdout.decode('utf-8', 'surrogateescape') if done.returncode in (0, 1) else None


def _rewrite(path: str, text: str) -> None:
    """Write a file at once or not at all, with the mode that it had; a link stays a link."""
    import shutil
    import tempfile

    path = os.path.realpath(path)
    handle, temporary = tempfile.mkstemp(dir=os.path.dirname(path))
    try:
        with open(handle, 'w', encoding='utf-8', errors='surrogateescape', newline='') as file:
            file.write(text)
        shutil.copymode(path, temporary)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise

"""The repository as a clean checkout has it: the files of git's index, and what git ignores.

Paths are relative to the repository's top, with `/` between names, `''` for the top itself. File names that are not
UTF-8 are kept by `surrogateescape`. Where there is no git, the files on disk stand in for the tracked ones.
"""

from __future__ import annotations

import os
import stat

from hooks.context import git
from hooks.context.listing import Listing
from hooks.context.paths import parent
from hooks.lean.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

# So many paths fit on a command line, and are worth a question of their own.
FEW = 2
# Opening a pipe that nobody writes to would wait for ever; a link is followed only where it stays in the repository.
_READ = os.O_RDONLY | getattr(os, 'O_NONBLOCK', 0) | getattr(os, 'O_BINARY', 0) | getattr(os, 'O_NOFOLLOW', 0)
# No file that builds are made of is as large, in bytes and lines; what is, nobody knows.
LARGEST, LONGEST = 10 * 1024 * 1024, 200_000
# The repository that was begun with, before somebody asked.
_begun: list[Callable[[], Repository]] = []
# Windows has no links for most of its users, and git writes where they lead to into files.
LINKS_ARE_FILES = os.name == 'nt'
# git's mode of a link.
LINK = '120000'
# No folder of a project that is not in git has more files; a home has.
MOST = 100_000


class TooManyError(Exception):
    """Without git, a folder holds more files than a project has."""


class Ignored(Record):
    """The line of a `.gitignore` (or `.git/info/exclude`) that keeps a path out of git."""

    file: str
    line: int
    pattern: str


class Repository:
    """What git tracks below `top`.

    `top` is an absolute path, `prefix` the current directory relative to it, `files` are the tracked paths. Where `git`
    is not, these are the files on disk.
    """

    def __init__(self, top: str, prefix: str, files: Iterable[str] | Listing, git: bool) -> None:
        self.top, self.prefix, self.git = top, prefix, git
        self.files = files if isinstance(files, Listing) else Listing.of(files)
        self._texts: dict[str, str | None] = {}
        self._reals: dict[str, str | None] = {}
        self._ignored: dict[str, Ignored | None] = {}
        self._all_asked = False
        self._opaque: dict[str, bool] = {}
        self._links: frozenset[str] | None = None

    @property
    def paths(self) -> list[str]:
        """Every tracked path, sorted. To split them takes long where there are many: `files` can be searched."""
        return self.files.paths

    def name(self, argument: str) -> str | None:
        """The path of a file named on the command line, relative to the top; None when it lies outside."""
        tracked = f'{self.prefix}/{argument}' if self.prefix else argument
        if tracked in self.files:
            return tracked
        path = os.path.relpath(os.path.join(self.top, self.prefix, argument), self.top) if argument else '..'
        path = path.replace(os.sep, '/')
        if path == '..' or path.startswith('../'):
            return None
        return self._spelled(path) if self._is_there(path) and not self.on_disk(path) else path

    def read(self, path: str) -> str | None:
        """The text of a file on disk, read losslessly; None when it is no readable regular file."""
        if path not in self._texts:
            self._texts[path] = self._read(path)
        return self._texts[path]

    def _read(self, path: str) -> str | None:
        folder, _, name = path.rpartition('/')
        real = self._real(folder)
        if real is None or not name:
            return None
        file = os.path.join(real, name)
        try:
            return _read(file)
        except OSError:
            # A link of its own, or nothing that can be read.
            real = self._real(path) if os.path.islink(file) else None
        try:
            return _read(real) if real is not None else None
        except OSError:
            return None

    def _real(self, path: str) -> str | None:
        """Where a path leads to, through links; None where that is outside of the repository."""
        if path not in self._reals:
            folder, _, name = path.rpartition('/')
            above = self._real(folder) if path else None
            plain = os.path.join(above, name) if above and name not in ('', '.', '..') else ''
            # Most folders are no links, and only these lead elsewhere.
            self._reals[path] = plain if plain and not os.path.islink(plain) else self._followed(path)
        return self._reals[path]

    def _followed(self, path: str) -> str | None:
        top = self._reals.get('') or os.path.realpath(self.top)
        try:
            real = os.path.realpath(os.path.join(top, path))
        except (OSError, ValueError):
            return None
        return real if real == top or real.startswith(top.rstrip(os.sep) + os.sep) else None

    def renew(self, path: str, text: str) -> None:
        """A file was written: from now on it has this text."""
        self._texts[path] = text

    def on_disk(self, path: str) -> bool:
        """Whether a path is there, spelled like that: macOS and Windows find it in another case, too."""
        return self._is_there(path) and not (self._is_there(path.swapcase()) and self._spelled(path) != path)

    def _is_there(self, path: str) -> bool:
        return os.path.lexists(os.path.join(self.top, path))

    def _spelled(self, path: str) -> str:
        """A path as its folders list it, where they list it in another case alone."""
        found = ''
        for name in path.split('/'):
            try:
                names = os.listdir(os.path.join(self.top, found))
            except OSError:
                names = []
            cased = [each for each in names if each.lower() == name.lower()]
            found = os.path.join(found, name if name in cased or not cased else cased[0])
        return found.replace(os.sep, '/')

    def kind(self, path: str) -> str:
        """'file', 'folder', 'absent', or 'unknown' (a link, a submodule, or below one)."""
        if path in self.files:
            return 'unknown' if self.is_opaque(path) else 'file'
        if self.has_folder(path):
            return 'folder'
        return 'absent' if self.has_folder(parent(path)) or not self._leads_out(path) else 'unknown'

    def _leads_out(self, path: str) -> bool:
        """Whether a link or a submodule lies on the way to a path: what is below it is in no index."""
        at = path.find('/')
        while at >= 0 and self.has_folder(path[:at]):
            at = path.find('/', at + 1)
        return at >= 0 and path[:at] in self.files and self.is_opaque(path[:at])

    def is_opaque(self, path: str) -> bool:
        """Whether a tracked path is a link or a submodule, by what a checkout makes of it: git lists modes slowly."""
        if path not in self._opaque:
            try:
                mode = os.lstat(os.path.join(self.top, path)).st_mode
            except (OSError, ValueError):
                mode = stat.S_IFREG
            self._opaque[path] = not stat.S_ISREG(mode) or path in self._written_links()
        return self._opaque[path]

    def _written_links(self) -> frozenset[str]:
        """The links that are files here: only git still knows."""
        if self._links is None:
            out = git.output(self.top, 'ls-files', '-z', '--stage') if self.git and LINKS_ARE_FILES else None
            entries = (out or b'').decode('utf-8', 'surrogateescape').split('\0')
            self._links = frozenset(each.partition('\t')[2] for each in entries if each.startswith(LINK))
        return self._links

    def has_folder(self, folder: str) -> bool:
        return self.files.has_folder(folder)

    def names(self, folder: str) -> list[str]:
        """The names of the tracked files and folders directly in a folder, sorted."""
        return self.files.names(folder)

    def under(self, folder: str) -> list[str]:
        """Every tracked path below a folder, sorted."""
        return self.files.under(folder)

    def not_tracked(self, *words: str) -> list[str]:
        """The files with one of these words in their path, in any case, that git neither tracks nor ignores."""
        named = (f':(icase)*{word}*' for word in words)
        out = git.run(self.top, 'ls-files', '-z', '--others', '--exclude-standard', '--', *named) if self.git else None
        return (out or '').split('\0')[:-1]

    def ignored(self, path: str) -> Ignored | None:
        """The git ignore line that hides a path, which need not exist; None when git would add it."""
        self._ask(path)
        return self._ignored.get(path)

    def _ask(self, *paths: str) -> None:
        """Ask git what hides some paths. After a few questions, all that may still be asked is asked at once."""
        asked = [path for path in paths if path not in self._ignored]
        if not asked or not self.git:
            return
        if len(self._ignored) >= FEW and not self._all_asked:
            self._all_asked = True
            asked += [path for path in self._sums() if path not in self._ignored]
        self._ignored.update(dict.fromkeys(asked))
        # A path that begins with `:` is magic to git.
        named = [f'./{path}' if path.startswith(':') else path for path in asked]
        for file, line, pattern, name in _hiding(self.top, named):
            found = None if pattern.startswith('!') else Ignored(self._relative(file), int(line), pattern)
            self._ignored[name.removeprefix('./')] = found

    def _sums(self) -> Iterator[str]:
        """The go.sum files that are not tracked, and their folders: what is asked for once is asked for often."""
        for path in self.files.ending('go.mod'):
            folder, _, name = path.rpartition('/')
            if name == 'go.mod' and path[: -len('mod')] + 'sum' not in self.files:
                yield from ((path[: -len('mod')] + 'sum', folder) if folder else ('go.sum',))

    def _relative(self, file: str) -> str:
        return os.path.relpath(file, self.top).replace(os.sep, '/') if os.path.isabs(file) else file

    def ends_lines_in_crlf(self, path: str) -> bool:
        """Whether git itself keeps a file with CRLF, whatever it makes of that on this machine."""
        out = git.run(self.top, '--literal-pathspecs', 'ls-files', '--eol', '--', path) if self.git else None
        return out is not None and out.startswith(('i/crlf', 'i/mixed'))

    def is_executable(self, path: str) -> bool | None:
        """Whether git keeps a file as one that may be executed; None where there is no git."""
        out = git.run(self.top, '--literal-pathspecs', 'ls-files', '--stage', '--', path) if self.git else None
        return out.startswith('100755') if out else None

    def generated(self, path: str) -> bool:
        """Whether a path lies in a folder that git ignores as a whole: what is there is made before the build."""
        folder = path.rpartition('/')[0]
        if folder:
            # One question for both, since what is not made before the build is asked for next.
            self._ask(folder, path)
        return bool(folder) and self.ignored(folder if self.has_folder(folder) else path) is not None


def _hiding(top: str, paths: list[str]) -> Iterator[tuple[str, str, str, str]]:
    """What git says of paths that it ignores: the file, the line, the pattern, the path."""
    if len(paths) <= FEW:
        lines = git.run(top, 'check-ignore', '--no-index', '-v', '--', *paths) or ''
        if '"' not in lines:
            for line in lines.split('\n')[:-1]:
                where, _, path = line.rpartition('\t')
                file, _, rest = where.partition(':')
                number, _, pattern = rest.partition(':')
                yield file, number, pattern, path
            return
    # git quotes names that it takes for odd; with -z it does not, but then it reads them from a pipe.
    out = git.ask(['git', '-C', top, 'check-ignore', '--no-index', '-v', '-z', '--stdin'], paths) or b''
    fields = out.decode('utf-8', 'surrogateescape').split('\0')
    yield from zip(*(fields[at::4] for at in range(4)))


def find() -> Repository:
    """The repository of the current directory."""
    return sought()()


def begin() -> None:
    """Have git list the files of the current directory's repository from now on, for the first who asks for it."""
    try:
        _begun.append(sought())
    except FileNotFoundError:
        # The directory is gone: who asks is told.
        return


def sought() -> Callable[[], Repository]:
    """What gives the repository of the current directory, whose files git lists from now on."""
    if _begun:
        return _begun.pop()
    here = os.getcwd()
    top = git.top(here)
    # A work tree's own top has no `..` and no links in it, as `here` has none.
    listed = git.listing(top) if top else None

    def found() -> Repository:
        out = listed() if listed else None
        if top is None or out is None:
            files: list[str] = []
            for path in _walk(here):
                if len(files) == MOST:
                    raise TooManyError
                files.append(path)
            return Repository(here, '', files, git=False)
        prefix = os.path.relpath(os.path.realpath(here), os.path.realpath(top)).replace(os.sep, '/')
        return Repository(top, '' if prefix == '.' else prefix, Listing(out), git=True)

    return found


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
    except ValueError:
        return None
    try:
        status, data = os.fstat(file), b''
        if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST:
            return None
        while more := os.read(file, status.st_size - len(data)):
            data += more
    finally:
        os.close(file)
    return None if data.count(b'\n') > LONGEST else data.decode('utf-8', 'surrogateescape')

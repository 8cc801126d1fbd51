"""The tracked files, as git lists them: sorted by their bytes, and not split before that is worth it.

A commit of one file asks for a few paths among many, and to split the list takes longer than all else. So it is kept
as git printed it and searched; once the questions have cost as much as splitting, it is split.
"""

from __future__ import annotations

from bisect import bisect_left

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

# git's modes; a file that may be executed is a regular one here.
REGULAR, LINK, SUBMODULE = '100644', '120000', '160000'
EXECUTABLE = '100755'
# A question by bisection takes as long as splitting so many bytes does.
QUESTION = 2_000


def encoded(path: str) -> bytes:
    return path.encode('utf-8', 'surrogateescape')


def decoded(path: bytes) -> str:
    return path.decode('utf-8', 'surrogateescape')


class Listing:
    """A mapping of paths to git's modes. `out` has an entry for each: mode, perhaps hash and stage, tab, path, NUL."""

    def __init__(self, out: bytes) -> None:
        self._out, self._lowered = out, b''
        # All entries are alike up to the path.
        self._start = out.find(b'\t') + 1
        self._patience = len(out) // QUESTION
        self._modes: dict[str, str] | None = None
        self._paths: list[str] | None = None

    @classmethod
    def of(cls, modes: Mapping[str, str]) -> Listing:
        """The listing of some paths with these modes."""
        entries = sorted((encoded(path), mode) for path, mode in modes.items())
        return cls(b''.join(b'%s\t%s\0' % (mode.encode(), path) for path, mode in entries))

    # One path

    def get(self, path: str) -> str | None:
        """The mode of a tracked path."""
        if self._modes is None and self._is_impatient():
            self._split()
        if self._modes is not None:
            return self._modes.get(path)
        wanted = encoded(path)
        at = self._find(wanted)
        if not self._out.startswith(wanted + b'\0', at + self._start) or b'\0' in wanted:
            return None
        return self._mode(at)

    def __contains__(self, path: str) -> bool:
        return self.get(path) is not None

    def _mode(self, at: int) -> str:
        mode = self._out[at : at + 6].decode()
        return REGULAR if mode == EXECUTABLE else mode

    # All paths

    def __iter__(self) -> Iterator[str]:
        return iter(self.paths)

    def __len__(self) -> int:
        return len(self.paths)

    @property
    def paths(self) -> list[str]:
        """Every tracked path, sorted."""
        if self._paths is None:
            self._split()
        return self._paths or []

    def _split(self) -> None:
        start = self._start
        paths = [entry[start:] for entry in self._out.decode('utf-8', 'surrogateescape').split('\0')[:-1]]
        # Links and submodules are rare, and a second look at every entry is half of the work.
        self._modes = dict.fromkeys(paths, REGULAR)
        self._modes.update(self.odd())
        # An unmerged path stands there up to three times.
        self._paths = sorted(self._modes)

    def odd(self) -> dict[str, str]:
        """The links and submodules."""
        found = {}
        for mode in (LINK, SUBMODULE):
            for at in _occurrences(self._out, b'\0' + mode.encode()):
                found[self._path(at + 1)] = mode
            if self._out.startswith(mode.encode()):
                found[self._path(0)] = mode
        return found

    def executable(self, path: str) -> bool:
        """Whether git tracks a path as one that may be executed."""
        at = self._find(encoded(path))
        return path in self and self._out.startswith(EXECUTABLE.encode(), at)

    # Below a folder

    def has_folder(self, folder: str) -> bool:
        """Whether a tracked path lies below a folder."""
        return not folder or self._first(folder + '/').startswith(folder + '/')

    def names(self, folder: str) -> list[str]:
        """The names of the files and folders directly in a folder, sorted."""
        prefix, found = folder and folder + '/', []
        path = self._first(prefix)
        while path.startswith(prefix) and path:
            name, slash, _ = path[len(prefix) :].partition('/')
            found.append(name)
            # '0' is the character after '/': this skips all that lies below the folder `name`.
            path = self._first(f'{prefix}{name}0' if slash else f'{path}\0')
        return sorted(set(found))

    def under(self, folder: str) -> list[str]:
        """Every path below a folder, sorted."""
        if not folder:
            return self.paths
        if self._paths is not None:
            return self._paths[bisect_left(self._paths, folder + '/') : bisect_left(self._paths, folder + '0')]
        start, end = (self._find(encoded(folder + end)) for end in '/0')
        entries = self._out[start:end].split(b'\0')[:-1]
        return sorted({decoded(entry[self._start :]) for entry in entries})

    def _first(self, path: str) -> str:
        """The first path that is not before another one; '' when there is none."""
        if self._paths is None and self._is_impatient():
            self._split()
        if self._paths is None:
            return self._path(self._find(encoded(path)))
        at = bisect_left(self._paths, path)
        return self._paths[at] if at < len(self._paths) else ''

    # By a part of the path

    def ending(self, *ends: str) -> list[str]:
        """The paths that end in one of these."""
        return self._with(encoded(end) + b'\0' for end in ends)

    def mentioning(self, *words: str) -> list[str]:
        """The paths that hold one of these words, which are in lower case, in any case."""
        if not self._lowered:
            self._lowered = self._out.lower()
        found = {self._path_around(at) for word in words for at in _occurrences(self._lowered, word.encode())}
        return sorted(found - {''})

    def has_name(self, name: str) -> bool:
        """Whether a tracked file or folder has a name (or the last names of its path are these)."""
        return bool(self._naming(name))

    def named(self, name: str) -> list[str]:
        """The tracked files and folders that have a name (or the last names of whose paths are these), sorted."""
        found, middle = set(), f'/{name}/'
        for path in self._naming(name):
            whole = f'/{path}/'
            at = whole.find(middle)
            while at >= 0:
                found.add(whole[1 : at + len(middle) - 1])
                at = whole.find(middle, at + 1)
        return sorted(found)

    def _naming(self, name: str) -> list[str]:
        return self._with(start + encoded(name) + end for start in (b'/', b'\t') for end in (b'\0', b'/'))

    def _with(self, parts: Iterable[bytes]) -> list[str]:
        return sorted({self._path_around(at) for part in parts for at in _occurrences(self._out, part)} - {''})

    # The bytes

    def _is_impatient(self) -> bool:
        self._patience -= 1
        return self._patience < 0

    def _find(self, path: bytes) -> int:
        """Where the first entry begins whose path is not before another one; the end when there is none."""
        low, high = 0, len(self._out)
        while low < high:
            middle = self._out.rfind(b'\0', low, (low + high) // 2) + 1 or low
            end = self._out.find(b'\0', middle)
            if self._out[middle + self._start : end] < path:
                low = end + 1
            else:
                high = middle
        return low

    def _path(self, at: int) -> str:
        """The path of the entry that begins here; '' at the end."""
        return decoded(self._out[at + self._start : self._out.find(b'\0', at)]) if at < len(self._out) else ''

    def _path_around(self, at: int) -> str:
        """The path that a place lies in; '' where it lies in front of the path."""
        begin = self._out.rfind(b'\0', 0, at) + 1
        return self._path(begin) if at + 1 >= begin + self._start else ''


def _occurrences(text: bytes, part: bytes) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)

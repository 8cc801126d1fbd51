"""The tracked files, as git lists them: sorted by their bytes, and not split before that is worth it.

A commit of one file asks for a few paths among many, and to split the list takes longer than all else. So it is kept
as git printed it and searched; once the questions have cost as much as splitting, it is split.
"""

from __future__ import annotations

from bisect import bisect_left

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# A question by bisection takes as long as splitting so many bytes does.
QUESTION = 2_000


def encoded(path: str) -> bytes:
    return path.encode('utf-8', 'surrogateescape')


def decoded(path: bytes) -> str:
    return path.decode('utf-8', 'surrogateescape')


class Listing:
    """Paths that can be searched. `out` is each path and NUL, in the order of their bytes."""

    def __init__(self, out: bytes) -> None:
        self._out, self._lowered = out, b''
        self._patience = len(out) // QUESTION
        self._paths: list[str] | None = None
        self._tracked: frozenset[str] | None = None

    @classmethod
    def of(cls, paths: Iterable[str]) -> Listing:
        """The listing of some paths."""
        return cls(b''.join(path + b'\0' for path in sorted(map(encoded, paths))))

    # One path

    def __contains__(self, path: str) -> bool:
        """Whether a path is tracked."""
        if self._tracked is None and self._is_impatient():
            self._split()
        if self._tracked is not None:
            return path in self._tracked
        wanted = encoded(path)
        return self._out.startswith(wanted + b'\0', self._find(wanted)) and b'\0' not in wanted

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
        # An unmerged path stands there up to three times.
        self._tracked = frozenset(self._out.decode('utf-8', 'surrogateescape').split('\0')[:-1])
        self._paths = sorted(self._tracked)

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
        return sorted({*map(decoded, entries)})

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
        return sorted({*self._with(encoded(end) + b'\0' for end in ends)})

    def mentioning(self, *words: str) -> list[str]:
        """The paths that hold one of these words, which are in lower case, in any case."""
        if not self._lowered:
            self._lowered = self._out.lower()
        found = {self._path_around(at) for word in words for at in _occurrences(self._lowered, word.encode())}
        return sorted(found)

    def has_name(self, name: str) -> bool:
        """Whether a tracked file or folder has a name (or the last names of its path are these)."""
        return any(self._naming(name))

    def named(self, name: str) -> list[str]:
        """The tracked files and folders that have a name (or the last names of whose paths are these), sorted."""
        found, middle = set(), f'/{name}/'
        for path in {*self._naming(name)}:
            whole = f'/{path}/'
            at = whole.find(middle)
            while at >= 0:
                found.add(whole[1 : at + len(middle) - 1])
                at = whole.find(middle, at + 1)
        return sorted(found)

    def _naming(self, name: str) -> Iterator[str]:
        wanted = encoded(name)
        for end in (b'\0', b'/'):
            yield from self._with(start + wanted + end for start in (b'/', b'\0'))
            if self._out.startswith(wanted + end):
                yield self._path(0)

    def _with(self, parts: Iterable[bytes]) -> Iterator[str]:
        return (self._path_around(at) for part in parts for at in _occurrences(self._out, part))

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
            if self._out[middle:end] < path:
                low = end + 1
            else:
                high = middle
        return low

    def _path(self, at: int) -> str:
        """The path that begins here; '' at the end."""
        return decoded(self._out[at : self._out.find(b'\0', at)]) if at < len(self._out) else ''

    def _path_around(self, at: int) -> str:
        """The path that a place lies in, or that begins behind a NUL."""
        return self._path(self._out.rfind(b'\0', 0, at + 1) + 1)


def _occurrences(text: bytes, part: bytes) -> Iterator[int]:
    """Every place of a part, the last one first: Python searches bytes twice as fast from their end."""
    at = text.rfind(part)
    while at >= 0:
        yield at
        at = text.rfind(part, 0, at + len(part) - 1)

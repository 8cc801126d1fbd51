"""Findings: what a hook says, and how it is printed."""

from __future__ import annotations

import os
import re
import sys
from functools import lru_cache

from hooks.lean.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Finding(Record):
    """`path` is relative to the repository's top, `line` is counted from 1, `message` is `fact: cure`."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f'{self.path}:{self.line}: {self.message}'


@lru_cache(maxsize=1)
def _lines(text: str) -> list[str]:
    return text.split('\n')


def is_ignored(text: str, line: int, hook: str) -> bool:
    """Whether a comment at the end of a line, or in the comment lines right above it, says `# HOOK: ignore`."""
    comment = re.compile(rf'(?:#|//)\s*{re.escape(hook)}:\s*ignore\b')
    lines = _lines(text)
    if line > len(lines):
        return False
    above = line - 1
    while above > 0 and lines[above - 1].lstrip().startswith(('#', '//')):
        above -= 1
    return any(comment.search(each) for each in lines[above : line - 1]) or (
        '//' in lines[line - 1] and comment.search(lines[line - 1]) is not None
    )


def show(findings: Iterable[Finding], read: Callable[[str], str | None], hook: str) -> int:
    """Print the findings that no comment in their file ignores, sorted, each once; how many there are."""
    kept = [f for f in sorted(set(findings)) if not is_ignored(read(f.path) or '', f.line, hook)]
    write(''.join(f'{finding}\n' for finding in kept))
    return len(kept)


def write(text: str) -> None:
    """To standard output, whatever encoding it has: file names are bytes."""
    if not text:
        return
    try:
        sys.stdout.flush()
        try:
            sys.stdout.buffer.write(text.encode('utf-8', 'surrogateescape'))
        except AttributeError:
            sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read it has read enough. The interpreter, too, flushes once more when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def warn(hook: str, problem: str) -> None:
    """One line on standard error, for what cannot be read."""
    sys.stderr.write(f'{hook}: {problem}\n'.encode('utf-8', 'surrogateescape').decode('utf-8', 'replace'))

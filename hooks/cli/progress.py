"""Which Dockerfile of how many, on standard error, where a run takes long and somebody looks on; gone when done."""

from __future__ import annotations

import os
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Seconds before the first line, and between two.
PATIENCE, PAUSE = 2, 0.1
CLEAR = '\r\033[K'


def looked_on() -> bool:
    """Whether somebody sees standard error; pre-commit, which runs hooks on a terminal of its own, shows it later."""
    return sys.stderr.isatty() and 'PRE_COMMIT' not in os.environ and os.environ.get('TERM') != 'dumb'


def shown(paths: Sequence[str], total: int) -> Iterator[str]:
    """The paths, a share of `total` where other processes have one, too; each is named when its turn comes."""
    due, said = time.monotonic() + PATIENCE, False
    try:
        for at, path in enumerate(paths):
            if time.monotonic() > due:
                due, said = time.monotonic() + PAUSE, True
                _say(f'{at * total // len(paths) + 1} of {total}: {path}')
            yield path
    finally:
        if said:
            sys.stderr.write(CLEAR)
            sys.stderr.flush()


def _say(text: str) -> None:
    import shutil

    shown = ''.join(sign if sign.isprintable() else '?' for sign in text)[: shutil.get_terminal_size().columns - 1]
    sys.stderr.write(
        CLEAR + shown.encode(sys.stderr.encoding or 'ascii', 'replace').decode(sys.stderr.encoding or 'ascii')
    )
    sys.stderr.flush()

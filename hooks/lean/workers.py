"""Work on many items by several processes: a whole repository at once is the slow case."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

# Fewer items than this are done before a process has started.
WORTH_IT = 150


def spread(work: Callable[[Sequence[str]], list[Any]], items: Sequence[str]) -> list[Any]:
    """What `work` makes of all items, in no order: each process takes every n-th of them.

    Where there is no fork, or a process fails, this one does the work.
    """
    count = min(os.cpu_count() or 1, len(items) // WORTH_IT, 8)
    if count < 2 or not hasattr(os, 'fork'):
        return work(items)
    pipes = [_start(work, items[at::count]) for at in range(1, count)]
    results = work(items[::count])
    for at, (pid, pipe) in enumerate(pipes, 1):
        done = _result(pid, pipe)
        results += work(items[at::count]) if done is None else done
    return results


def _start(work: Callable[[Sequence[str]], list[Any]], items: Sequence[str]) -> tuple[int, int]:
    import pickle

    read, write = os.pipe()
    pid = os.fork()
    if pid:
        os.close(write)
        return pid, read
    status = 1
    try:
        with open(write, 'wb') as pipe:
            pickle.dump(work(items), pipe)
        status = 0
    finally:
        os._exit(status)


def _result(pid: int, pipe: int) -> list[Any] | None:
    import pickle

    with open(pipe, 'rb') as file:
        data = file.read()
    _, status = os.waitpid(pid, 0)
    return None if status else list(pickle.loads(data))

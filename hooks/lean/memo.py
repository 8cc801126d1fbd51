"""Answers that are kept: `functools.lru_cache` without importing `functools`, which is a tenth of a run on one file.

Its cache is the interpreter's own, in C; `functools` gives it no more than a tuple of counts, which nothing here asks.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    F = TypeVar('F', bound=Callable[..., Any])

# The Dockerfiles of a repository share most of their lines, commands and images.
_MOST = 4096


def memo(function: F) -> F:
    """A function of hashable arguments that works out the answer to equal ones once."""
    try:
        from _functools import _lru_cache_wrapper  # type: ignore[import-not-found]
    except ImportError:  # an interpreter that is not CPython
        from functools import lru_cache

        return lru_cache(maxsize=_MOST)(function)  # type: ignore[return-value]
    cached = _lru_cache_wrapper(function, _MOST, False, tuple)
    cached.__doc__, cached.__name__, cached.__module__ = function.__doc__, function.__name__, function.__module__
    return cached  # type: ignore[no-any-return]

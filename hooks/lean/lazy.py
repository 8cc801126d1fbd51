"""Regular expressions, compiled when they are first used: most runs need few of them, and start-up is a feature."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """`re.compile`, later."""
    lazy: Any = _Lazy(pattern, flags)
    return lazy  # type: ignore[no-any-return]


class _Lazy:
    def __init__(self, pattern: str, flags: int) -> None:
        self._pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        # From here on the method is found on the instance itself.
        method = getattr(re.compile(self._pattern, self._flags), name)
        setattr(self, name, method)
        return method

"""Regular expressions, and the package that has them, when they are first used: most runs need few of them or none.

Importing `re` takes as long as a third of all else that a run on one file does; start-up is a feature.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re as re
    from typing import Any
else:

    class _Package:
        def __getattr__(self, name: str) -> Any:
            import re

            return getattr(re, name)

    re = _Package()


def regex(pattern: str) -> re.Pattern[str]:
    """`re.compile`, later. Flags stand in the pattern, as in `(?i)`."""
    lazy: Any = _Lazy(pattern)
    return lazy  # type: ignore[no-any-return]


class _Lazy:
    def __init__(self, pattern: str) -> None:
        self._pattern = pattern

    def __getattr__(self, name: str) -> Any:
        # From here on the method is found on the instance itself.
        method = getattr(re.compile(self._pattern), name)
        setattr(self, name, method)
        return method

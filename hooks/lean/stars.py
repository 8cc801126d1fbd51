"""Patterns with stars as regular expressions that take no more than one try a star.

`.*a.*a.*b` tries every place of each `a` before it gives up, which takes the length of the text to the power of the
stars. Of a glob, the first place that fits is as good as any other for all but the last star.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def starred(pieces: Sequence[str], star: str = '.*', lazy: bool = False, name: str = 'star') -> str:
    """A regular expression for pieces, each of a fixed length, with a star between each two; `lazy`: as short as it is.

    A group that looks ahead and is then taken as it was found is never tried anew; `name` is what groups are called.
    """
    first, *others = pieces
    if not others:
        return first
    *middle, last = others
    once = [f'(?=(?P<{name}{at}>{star}?{piece}))(?P={name}{at})' for at, piece in enumerate(middle) if piece]
    return first + ''.join(once) + star + '?' * lazy + last

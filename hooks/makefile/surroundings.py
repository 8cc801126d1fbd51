"""What a Makefile asks of the place where make runs: its folder, its environment and its files."""

from __future__ import annotations

from hooks.makefile import MARK

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


class Surroundings:
    """A place of which nothing is known; those of which something is override this.

    `folder` is what make calls CURDIR. In `env` a value of None is not known, and a name that is missing is unset; if
    it is `open`, whoever runs make may have set it, and what is not understood counts as far as it is.
    """

    folder = MARK
    open = False

    def __init__(self, env: Mapping[str, str | None]) -> None:
        self.env = env

    def exists(self, path: str) -> bool | None:
        """Whether a file or folder is there; None when that is not known."""
        return None

    def text(self, path: str) -> str | None:
        """The text of a file that is there, None when it is not known."""
        return None

    def glob(self, pattern: str) -> list[str] | None:
        """The paths that match a pattern, None when they are not known."""
        return None

    def printed(self, script: str) -> str | None:
        """What a script prints that runs while make reads, None when it is not known."""
        return None

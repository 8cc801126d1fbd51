"""Writing several files, all of them or none."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


def write_all(top: str, texts: Mapping[str, str]) -> None:
    """Write files whose paths are relative to `top`; each keeps the mode that it had, a new one gets the usual mode.

    Every text is on the disk before the first file is replaced, and when a step fails (OSError) what was replaced is
    put back.
    """
    paths = {os.path.join(top, path): text for path, text in texts.items()}
    ready: dict[str, str] = {}
    replaced: dict[str, str | None] = {}
    try:
        for path, text in paths.items():
            ready[path] = _prepared(path, text)
        for path in paths:
            replaced[path] = _kept(path)
            os.replace(ready[path], path)
            del ready[path]
    except BaseException:
        for path, kept in replaced.items():
            _put_back(path, kept, path not in ready)
        raise
    finally:
        for temporary in (*ready.values(), *(kept for kept in replaced.values() if kept)):
            if os.path.lexists(temporary):
                os.unlink(temporary)


def _prepared(path: str, text: str) -> str:
    """The text in a new file beside the one that it replaces."""
    import tempfile

    handle, temporary = tempfile.mkstemp(dir=os.path.dirname(path), prefix='.sync-')
    try:
        with open(handle, 'w', encoding='utf-8', errors='surrogateescape', newline='') as file:
            file.write(text)
        os.chmod(temporary, _mode(path))
    except BaseException:
        os.unlink(temporary)
        raise
    return temporary


def _mode(path: str) -> int:
    try:
        return os.stat(path).st_mode & 0o7777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def _kept(path: str) -> str | None:
    """A second name for what a file holds now; None when there is no file."""
    import shutil
    import tempfile

    if not os.path.lexists(path):
        return None
    handle, kept = tempfile.mkstemp(dir=os.path.dirname(path), prefix='.sync-')
    os.close(handle)
    shutil.copy2(path, kept)
    return kept


def _put_back(path: str, kept: str | None, done: bool) -> None:
    if kept:
        os.replace(kept, path)
    elif done and os.path.lexists(path):
        os.unlink(path)

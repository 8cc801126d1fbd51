"""Writing files, all of them or none."""

from __future__ import annotations

import errno
import os
from contextlib import suppress

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


_PREFIX = '.go-docker-hooks-'


def write_all(top: str, texts: Mapping[str, str]) -> None:
    """Write files whose paths are relative to `top`; each keeps the mode that it had, a new one gets the usual mode.

    A link stays a link, and the file that it leads to is written; one that leads out of `top` is an error. Every text
    is on the disk before the first file is replaced, and when a step fails (OSError) what was replaced is put back.
    """
    paths = {_target(top, path): text for path, text in texts.items()}
    _clean(_git_folder(top))
    ready: dict[str, str] = {}
    replaced: dict[str, str | None] = {}
    try:
        for path, text in paths.items():
            ready[path] = _prepared(top, path, text)
        for path in paths:
            replaced[path] = _kept(top, path)
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


def _target(top: str, path: str) -> str:
    """The file that a path leads to, through links of its own and of the folders on the way."""
    root, real = os.path.realpath(top), os.path.realpath(os.path.join(top, path))
    if not real.startswith(root + os.sep):
        raise OSError(errno.EXDEV, 'it is a link out of the repository')
    return real


def _git_folder(top: str) -> str:
    """git's own folder; a work tree beside the first one, and a submodule, have a file in its place that names it."""
    own = os.path.join(top, '.git')
    try:
        with open(own, encoding='utf-8', errors='surrogateescape') as file:
            return os.path.join(top, file.readline().removeprefix('gitdir:').strip())
    except OSError:
        return own


def _clean(own: str) -> None:
    """Remove what a run that was killed has left, a minute ago or longer."""
    import time

    with suppress(OSError):
        for name in os.listdir(own):
            path = os.path.join(own, name)
            if name.startswith(_PREFIX) and os.stat(path).st_mtime < time.time() - 60:
                os.unlink(path)


def _temporary(top: str, path: str) -> tuple[int, str]:
    """A new file that can take the place of another: in git's own folder, where a kill leaves nothing in a context."""
    import tempfile

    folder, own = os.path.dirname(path), _git_folder(top)
    beside = not (os.path.isdir(own) and os.access(own, os.W_OK) and os.stat(own).st_dev == os.stat(folder).st_dev)
    return tempfile.mkstemp(dir=folder if beside else own, prefix=_PREFIX)


def _prepared(top: str, path: str, text: str) -> str:
    """The text in a new file."""
    handle, temporary = _temporary(top, path)
    try:
        with open(handle, 'w', encoding='utf-8', errors='surrogateescape', newline='') as file:
            file.write(text)
        os.chmod(temporary, _mode(path))
        _give(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
    return temporary


def _give(temporary: str, path: str) -> None:
    """Let the file have the owner that it had, where root writes a user's file."""
    with suppress(OSError):
        old = os.stat(path)
        if hasattr(os, 'chown') and (old.st_uid, old.st_gid) != (os.getuid(), os.getgid()):
            os.chown(temporary, old.st_uid, old.st_gid)


def _mode(path: str) -> int:
    try:
        return os.stat(path).st_mode & 0o7777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def _kept(top: str, path: str) -> str | None:
    """A second name for what a file holds now; None when there is no file."""
    import shutil

    if not os.path.lexists(path):
        return None
    handle, kept = _temporary(top, path)
    os.close(handle)
    shutil.copy2(path, kept)
    return kept


def _put_back(path: str, kept: str | None, done: bool) -> None:
    if kept:
        os.replace(kept, path)
    elif done and os.path.lexists(path):
        os.unlink(path)

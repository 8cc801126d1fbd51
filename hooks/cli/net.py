"""The last net: whatever a rule raises is one line on standard error, and the other files are checked all the same."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any

    from hooks.report.finding import Finding

    Main = Callable[[Sequence[str] | None], int]

# What a net catches. The tests and the fuzzers run without one.
CAUGHT: tuple[type[Exception], ...] = (Exception,)
# The rule of a finding that says so; it is printed on standard error.
FAILED = 'hook-failed'
# As a shell has it for a command that Ctrl-C ends.
INTERRUPTED = 130


def guarded(path: str, find: Callable[..., Iterable[Finding]], *about: Any) -> list[Finding]:
    """What is found in a file, by asking `find` about something; or that the hook failed on it."""
    try:
        return list(find(*about))
    except CAUGHT as error:
        from hooks.report.finding import Finding

        return [Finding(path, 1, FAILED, *_said(error))]


def hook(name: str) -> Callable[[Main], Callable[..., int]]:
    """Make the command of a hook of its `main`: it ends with an exit code, whatever happens."""

    def command(main: Main) -> Callable[..., int]:
        def caught(argv: Sequence[str] | None = None) -> int:
            try:
                _open_all()
                if argv is None and sys.getfilesystemencoding() != 'utf-8':
                    # File names are git's bytes, whatever the locale.
                    os.execv(sys.executable, (sys.executable, '-X', 'utf8', *sys.orig_argv[1:]))
                return main(argv)
            except KeyboardInterrupt:
                return INTERRUPTED
            except CAUGHT as error:
                from hooks.report import printing

                fact, cure = _said(error)
                printing.warn(name, f'{_read_last(error)}{fact}: {cure}')
                return 1

        return caught

    return command


def _open_all() -> None:
    """A standard stream that is closed leads nowhere: else the next file that is opened would get its number."""
    for number, name in enumerate(('stdin', 'stdout', 'stderr')):
        if getattr(sys, name) is None:
            try:
                os.fstat(number)
            except OSError:
                os.open(os.devnull, os.O_RDWR)
            # What is found must not be lost in silence: this standard output takes nothing.
            setattr(sys, name, open(os.devnull, 'w' if name == 'stderr' else 'r', encoding='utf-8'))  # noqa: SIM115


def _said(error: Exception) -> tuple[str, str]:
    """What went wrong, and what to do."""
    at = error.__traceback__
    while at and at.tb_next:
        at = at.tb_next
    file = at.tb_frame.f_code.co_filename.replace(os.sep, '/').rpartition('/hooks/')[2] if at else ''
    where = f' at hooks/{file}:{at.tb_lineno}' if at else ''
    what = f'{type(error).__name__}: {str(error)[:200]}'.removesuffix(': ')
    return f'this hook failed ({what}{where})', 'please report it, with the file'


def _read_last(error: Exception) -> str:
    """The file that was being read, as far as the frames tell."""
    path, at = '', error.__traceback__
    while at:
        named = at.tb_frame.f_locals.get('path')
        path = named if isinstance(named, str) and named else path
        at = at.tb_next
    return f'{path}: ' if path else ''

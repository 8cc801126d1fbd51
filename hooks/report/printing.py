"""Findings on standard output, warnings on standard error."""

from __future__ import annotations

import errno
import os
import sys

from hooks.report.harmless import harmless
from hooks.report.ignores import heeded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from hooks.report.finding import Finding
    from hooks.report.formats import About


def kept(findings: Iterable[Finding], read: Callable[[str], str | None], hook: str) -> list[Finding]:
    """The findings that no comment in their file ignores, sorted, each once."""
    each = {(finding.path, finding.line, finding.message): finding for finding in findings}
    return heeded((each[key] for key in sorted(each)), read, hook)


def show(
    kept: Sequence[Finding],
    hook: str,
    style: str = 'text',
    prefix: str = '',
    about: Callable[[str], About | None] = lambda rule: None,
) -> None:
    """Print findings; as text they stand at paths from the folder `prefix`, where the command was started.

    `about` tells of a rule.
    """
    if style == 'text':
        line = _line() if kept else str
        write(''.join(line(_harmless(each, prefix)) + '\n' for each in kept), hook)
    else:
        from hooks.report import formats

        write(formats.render(style, kept, hook, about), hook)


def _line() -> Callable[[Finding], str]:
    from hooks.report import colours

    return colours.coloured if colours.wanted() else str


def _harmless(finding: Finding, prefix: str) -> Finding:
    return finding._replace(
        path=harmless(place(finding.path, prefix)),
        fact=harmless(finding.fact),
        says=harmless(finding.says),
        why=harmless(finding.why),
        cure=harmless(finding.cure),
    )


def place(path: str, prefix: str) -> str:
    """A path, from the folder where the command was started, as a terminal or an editor opens it."""
    return os.path.relpath(path, prefix).replace(os.sep, '/') if prefix else path


def write(text: str, hook: str) -> None:
    """To standard output, whatever encoding it has: file names are bytes. Where it takes no more, that is said."""
    if not text:
        return
    try:
        sys.stdout.flush()
        try:
            sys.stdout.buffer.write(text.encode('utf-8', 'surrogateescape'))
        except AttributeError:
            sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        _silence()
        if not _is_left(error):
            warn(hook, f'standard output cannot be written ({error.strerror or error}): what was found is lost')


def _is_left(error: OSError) -> bool:
    """Whether whoever read it has read enough; Windows says it in its own way."""
    return isinstance(error, BrokenPipeError) or (os.name == 'nt' and error.errno == errno.EINVAL)


def _silence() -> None:
    """The interpreter, too, flushes once more when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def warn(hook: str, problem: str) -> None:
    """One line on standard error, for what cannot be read."""
    line = harmless(f'{hook}: {problem}').encode('utf-8', 'surrogateescape').decode('utf-8', 'replace')
    try:
        sys.stderr.write(f'{line}\n')
        sys.stderr.flush()
    except OSError:
        # There is nobody to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())

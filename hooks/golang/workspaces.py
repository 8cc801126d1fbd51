"""The go.work that `go work init`, `use` and `edit` leave, as far as these are known: which folders it uses.

Source: `go help work`, and cmd/go/internal/workcmd (use.go). Go reads it again alone, so the order of lines and blanks
is not kept; nor is the go line, which `init` and `use` raise to the highest of the members.
"""

from __future__ import annotations

import posixpath

from hooks.golang import gomod

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Flags of `go work edit` that change no line that is asked for here.
_READS = ('fmt', 'json', 'print', 'go', 'toolchain')


def using(text: str, top: str, folders: Iterable[str], without: Iterable[str] = ()) -> str:
    """The go.work of the folder `top` that uses some folders more, and others no more; all of them are absolute."""
    added = dict.fromkeys(folders)
    gone = {*added, *without}
    lost = {line for path, line in gomod.parse_work(text).use if _from(top, path) in gone}
    kept = [line for number, line in enumerate(text.split('\n'), 1) if number not in lost]
    return '\n'.join(kept) + ''.join(f'\nuse {_shown(each, top)}' for each in added) + '\n'


def edited(text: str, top: str, words: Sequence[str | None]) -> str | None:
    """The go.work after the flags of a `go work edit`; None where it is not known."""
    for word in words:
        name, equals, value = (word or '').lstrip('-').partition('=')
        if not (word or '').startswith('-') or (name not in _READS and not equals):
            return None
        path = value if gomod.is_folder(value) else f'./{value}'
        if name == 'use':
            text = using(text, top, (_from(top, path),))
        elif name == 'dropuse' and path in (use for use, _ in gomod.parse_work(text).use):
            text = using(text, top, (), (_from(top, path),))
        elif name not in _READS:
            return None
    return text


def _from(top: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(top or '/', path)).rstrip('/')


def _shown(folder: str, top: str) -> str:
    """A folder as go writes it: below its own one from there, any other one as it is."""
    below = folder.startswith(top + '/')
    return '.' if folder == top else f'.{folder[len(top) :]}' if below else folder

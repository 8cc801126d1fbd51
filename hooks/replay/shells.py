"""How a shell is started: its options, its script, and the files that it reads first.

Source: the manuals of dash, busybox and bash, on invocation and startup files.
"""

from __future__ import annotations

from hooks.lean.record import Record
from hooks.replay.bases import UnknownEnvironment
from hooks.replay.builtins import positional
from hooks.replay.shell import Shell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

NAMES = ('sh', 'bash', 'ash', 'dash')
_LETTERS = frozenset('abcefhiklmprstuvxBCEHPT')
_LONG = frozenset(('--login', '--norc', '--noprofile', '--posix', '--noediting', '--verbose'))


class Started(Record):
    """A shell's name and options; `command` says that the first of `rest` is the script (`-c`)."""

    name: str
    errexit: bool
    pipefail: bool
    allexport: bool
    command: bool
    # -l and -i read profiles.
    profiles: bool
    rest: tuple[str | None, ...]


def read(words: Sequence[str | None]) -> Started | None:
    """A shell as it is called; None where an option is not known."""
    letters, names, queue = '', [''], list(words[1:])
    while queue and (queue[0] or '').startswith(('-', '+')):
        word = queue.pop(0) or ''
        if word in ('--', '-'):
            break
        if word.startswith('--'):
            if word not in _LONG:
                return None
            letters += 'l' * (word == '--login')
        elif not _LETTERS.issuperset(word[1:].replace('o', '')) or (word[0] == '+' and 'c' in word):
            return None
        else:
            takes = word.count('o')
            taken, queue = queue[:takes], queue[takes:]
            if len(taken) < takes or None in taken:
                return None
            if word[0] == '-':
                letters += word[1:]
                names += [name or '' for name in taken]
    name = (words[0] or '').rpartition('/')[2]
    errexit = 'e' in letters or 'errexit' in names
    profiles = 'l' in letters or 'i' in letters
    if 'noexec' in names:
        return None
    allexport = 'a' in letters or 'allexport' in names
    return Started(name, errexit, 'pipefail' in names, allexport, 'c' in letters, profiles, tuple(queue))


def start(started: Started, shell: Shell) -> Shell:
    """The new shell: its variables are what the one that calls it exports, or what nobody knows."""
    env = shell.exported
    child = Shell(shell.view, shell.cwd, env, started.errexit, started.pipefail, shell.sure)
    child = child._replace(allexport=started.allexport, bash=started.name == 'bash')
    child = positional(child, started.rest[2:] if started.command else ())
    # BASH_ENV names a file that bash reads, ENV one that busybox and interactive shells do.
    files = ('BASH_ENV',) if started.name == 'bash' else ('ENV',)
    if started.profiles or any(dict.get(env, name, '') != '' for name in files):
        return child._replace(cwd=None, env=UnknownEnvironment(dict.fromkeys(env)))
    return child

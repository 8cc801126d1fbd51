"""The programs that run the command behind them: which of their words are options, and what these change.

Sources: the manuals of GNU coreutils, findutils and time, busybox, sudo, doas, util-linux, gosu and su-exec.
"""

from __future__ import annotations

from hooks.context.paths import normal
from hooks.lean.record import Record
from hooks.replay.bases import Environment, UnknownEnvironment
from hooks.replay.shell import ANYTHING, Shell, setting

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    Words = tuple[str | None, ...]


class Options(Record):
    """What a program takes in front of its command: options without and with a value, then so many `operands`.

    Letters of `glued` have a value only where it follows in the same word.
    """

    plain: str = ''
    valued: str = ''
    glued: str = ''
    long: frozenset[str] = frozenset()
    long_valued: frozenset[str] = frozenset()
    operands: int = 0
    assigns: bool = False


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


WRAPPERS: Mapping[str, Options] = {
    'builtin': Options(),
    'command': Options('p'),
    'doas': Options('n', 'uC'),
    'env': Options(
        'i0v', 'uCSa', '', _names('ignore-environment null debug block-signal default-signal ignore-signal'),
        _names('unset chdir split-string argv0'), assigns=True,
    ),
    'exec': Options('cl', 'a'),
    'gosu': Options(operands=1),
    'ionice': Options('t', 'cn', '', _names('ignore'), _names('class classdata')),
    'nice': Options('', 'n', '0123456789', frozenset(), _names('adjustment')),
    'nohup': Options(),
    'setsid': Options('cfw', '', '', _names('ctty fork wait')),
    'stdbuf': Options('', 'ioe', '', frozenset(), _names('input output error')),
    'su-exec': Options(operands=1),
    'sudo': Options(
        'AbEHknPS', 'ugCDhpRrtT', '', _names('askpass background preserve-env set-home reset-timestamp non-interactive '
        'preserve-groups stdin'), _names('user group close-from chdir host prompt chroot role type command-timeout'),
        assigns=True,
    ),
    'time': Options('pavq', 'f', '', _names('portability append verbose quiet'), _names('format')),
    'timeout': Options(
        'fpv', 'ks', '', _names('foreground preserve-status verbose'), _names('kill-after signal'), operands=1,
    ),
    'xargs': Options(
        '0oprtx', 'adEILnPs', 'eil', _names('null open-tty interactive no-run-if-empty verbose exit'),
        _names('arg-file delimiter max-chars max-procs process-slot-var max-args'),
    ),
}  # fmt: skip


class Wrapped(Record):
    """The command behind a wrapper, and the shell in which it runs."""

    words: Words
    shell: Shell


def unwrap(shell: Shell, words: Words) -> Wrapped | None:
    """What the first word runs; None for an option that is not known, so that it could run and change anything."""
    name = words[0] or ''
    found = read(WRAPPERS[name], words[1:])
    if found is None:
        return None
    options, rest = found
    if name == 'env' and 'S' in dict(options):
        return None
    for option, value in options:
        changed = _CHANGES.get(name, _nothing)(shell, option, value)
        if changed is None:
            return None
        shell = changed
    while WRAPPERS[name].assigns and rest and rest[0] and '=' in rest[0]:
        variable, _, text = rest[0].partition('=')
        shell = shell.export(variable)._replace(env=setting(shell.env, variable, text))
        rest = rest[1:]
    if name in ('sudo', 'doas') and not {'E', 'preserve-env'}.intersection(dict(options)):
        # What it keeps is its configuration's to say.
        kept = dict.fromkeys(shell.env)
        shell = shell._replace(env=UnknownEnvironment(kept))
    if name == 'xargs':
        return Wrapped(_filled(dict(options), rest), shell)
    return Wrapped(rest, shell)


def read(options: Options, words: Words) -> tuple[list[tuple[str, str | None]], Words] | None:
    """The options in front of a command, by letter or long name, and the command; None where one is not known."""
    found: list[tuple[str, str | None]] = []
    queue = list(words)
    while queue and queue[0] is not None and queue[0].startswith('-'):
        word = queue.pop(0)
        assert word is not None
        if word == '--':
            break
        if word == '-':
            word = '-i'
        if word.startswith('--'):
            name, equals, value = word[2:].partition('=')
            if name in options.long_valued and (equals or queue):
                found.append((name, value if equals else queue.pop(0)))
            elif name in options.long:
                found.append((name, value))
            else:
                return None
        elif not _short(options, word[1:], queue, found):
            return None
    return (found, tuple(queue[options.operands :])) if len(queue) >= options.operands else None


def _short(options: Options, letters: str, queue: list[str | None], found: list[tuple[str, str | None]]) -> bool:
    """The options of one word of letters, of which the last may take the next word."""
    while letters:
        letter, letters = letters[0], letters[1:]
        if letter in options.valued:
            if not letters and not queue:
                return False
            found.append((letter, letters or queue.pop(0)))
            return True
        if letter in options.glued:
            found.append((letter, letters))
            return True
        if letter not in options.plain:
            return False
        found.append((letter, None))
    return True


def _nothing(shell: Shell, option: str, value: str | None) -> Shell | None:
    return shell


def _chdir(shell: Shell, folder: str | None) -> Shell:
    known = folder is not None and (folder.startswith('/') or shell.cwd is not None)
    return shell._replace(cwd=normal(folder or '', shell.cwd or '') if known else None)


def _emptied(shell: Shell) -> Shell:
    return shell._replace(env=Environment({'PATH': None, 'HOME': None}), local=frozenset())


def _env(shell: Shell, option: str, value: str | None) -> Shell | None:
    match option:
        case 'i' | 'ignore-environment':
            return _emptied(shell)
        case 'u' | 'unset':
            if value is None:
                return shell._replace(env=UnknownEnvironment(dict.fromkeys(shell.env)))
            return shell._replace(env=setting(shell.env, value, ''))
        case 'C' | 'chdir':
            return _chdir(shell, value)
        case 'split-string':
            return None
    return shell


def _sudo(shell: Shell, option: str, value: str | None) -> Shell | None:
    return None if option in ('R', 'chroot') else _chdir(shell, value) if option in ('D', 'chdir') else shell


def _exec(shell: Shell, option: str, value: str | None) -> Shell | None:
    if option == 'a' and (value or '-').startswith('-'):
        # Of a shell it makes a login shell.
        return None
    return _emptied(shell) if option == 'c' else shell


_CHANGES = {'env': _env, 'sudo': _sudo, 'exec': _exec}


def _filled(options: Mapping[str, str | None], words: Words) -> Words:
    """The command of xargs, with what nobody knows in place of what it reads."""
    mark = options.get('I') or ('{}' if 'i' in options else '')
    if mark:
        return tuple([each for word in words for each in _placed(word, mark)])
    return (*(words or ('echo',)), *ANYTHING)


def _placed(word: str | None, mark: str) -> Words:
    """A word of the command of xargs, with `mark` for what it reads: one that begins so may be a flag."""
    if word is None or mark not in word:
        return (word,)
    return ANYTHING if word.startswith((mark, '-')) else (None,)

"""What a shell does itself: its folder, its variables and options, and tests.

Each function takes the shell before a command and gives the one after it, and how it ends.
Source: POSIX.1-2017, Shell Command Language, 2.14; the manuals of dash, busybox and bash.
"""

from __future__ import annotations

from hooks.context.paths import normal
from hooks.context.tree import ABSENT, FILE, FOLDER, LACKS, UNKNOWN
from hooks.lean.numbers import number
from hooks.replay.bases import UnknownEnvironment
from hooks.replay.image import GO_FILES, Base
from hooks.replay.shell import FAILS, MAYBE, OK, UNKNOWN_OPTION, Shell
from hooks.shell import has_glob

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Words = Sequence[str | None]
    Ended = tuple[Shell, str]

# How `test` compares two numbers: which signs of their difference hold.
_COMPARED = {'-eq': (0,), '-ne': (-1, 1), '-gt': (1,), '-ge': (0, 1), '-lt': (-1,), '-le': (-1, 0)}
# What a folder is not in, the Dockerfile has made.
_DISTRIBUTION = Base()


def _cd(shell: Shell, args: Words) -> Ended:
    args = [arg for arg in args if arg not in ('--', '-P', '-L', '-e', '-@')]
    target = shell.env.get('OLDPWD') if args == ['-'] else args[0] if len(args) == 1 else None
    return _go_to(shell, target)


def _go_to(shell: Shell, target: str | None) -> Ended:
    left = shell.cwd
    # CDPATH leads a relative path elsewhere; no base image sets it.
    astray = dict.get(shell.exported, 'CDPATH', '') != '' and not (target or '').startswith(('/', './', '../'))
    relative = shell.cwd is None and not (target or '').startswith('/')
    if not target or target.startswith('-') or has_glob(target) or astray or relative:
        return shell._replace(cwd=None).assign('OLDPWD', left), MAYBE
    path = normal(target, shell.cwd or '')
    kind = shell.view.look(path).kind
    status = OK if kind == FOLDER else FAILS if kind == FILE or lacks(shell, path) else MAYBE
    return (shell if status == FAILS else shell._replace(cwd=path).assign('OLDPWD', left or None)), status


def lacks(shell: Shell, path: str) -> bool:
    """Whether nothing is at a path for sure: what package managers bring lies in no folder of the Dockerfile's own."""
    if shell.view.look(path).kind != ABSENT:
        return False
    if path.endswith(GO_FILES):
        return True
    folder = path
    while folder and shell.view.look(folder).kind != FOLDER:
        folder = folder.rpartition('/')[0]
    return _DISTRIBUTION.own(folder, ()) == LACKS


def why(shell: Shell, words: Words) -> str:
    """What the shell says of a `cd` that fails."""
    if words[0] not in ('cd', 'pushd'):
        return ''
    is_file = shell.view.look(normal(words[-1] or '', shell.cwd or '')).kind == FILE
    return 'Not a directory' if is_file else 'No such file or directory'


def _pushd(shell: Shell, args: Words) -> Ended:
    left = shell.cwd
    if len(args) != 1 or (args[0] or '').startswith(('+', '-')):
        return shell._replace(cwd=None, stack=(None,)), MAYBE
    shell, status = _go_to(shell, args[0])
    return (shell if status == FAILS else shell._replace(stack=(*shell.stack, left))), status


def _popd(shell: Shell, args: Words) -> Ended:
    if args or not shell.stack:
        return shell._replace(cwd=None, stack=(None,)), MAYBE
    *rest, back = shell.stack
    # A folder that nobody knows stands for a stack that nobody knows.
    return shell._replace(cwd=back, stack=tuple(rest) if back is not None else (None,)), OK if back else MAYBE


def _export(shell: Shell, args: Words) -> Ended:
    """Behind its assignments: `export NAME`, `export $(cat .env)`."""
    if None in args:
        return forget(shell), MAYBE
    for arg in args:
        name, equals, value = (arg or '').partition('=')
        shell = shell.assign(name, value) if equals else shell
        shell = shell.export(name) if '-n' not in args else shell._replace(local=shell.local | {name})
    return shell, OK


def _readonly(shell: Shell, args: Words) -> Ended:
    if None in args:
        return forget(shell), MAYBE
    for arg in args:
        name, equals, value = (arg or '').partition('=')
        shell = shell.assign(name, value) if equals else shell
    return shell, OK


def _declare(shell: Shell, args: Words) -> Ended:
    flags = ''.join(arg for arg in args if arg and arg.startswith('-'))
    if flags.strip('-x'):
        # Integers, arrays, references, upper case.
        for arg in args:
            shell = shell.assign((arg or '').partition('=')[0], None)
        return (shell if None not in args else forget(shell)), MAYBE
    names = [arg for arg in args if arg is None or not arg.startswith('-')]
    return _export(shell, names) if flags else _readonly(shell, names)


def forget(shell: Shell) -> Shell:
    """The shell where any variable may hold anything."""
    return shell._replace(env=UnknownEnvironment(dict.fromkeys(shell.env)), local=frozenset())


def _unset(shell: Shell, args: Words) -> Ended:
    if None in args:
        return forget(shell), MAYBE
    env = shell.env.copy()
    for name in (arg for arg in args if arg and not arg.startswith('-')):
        env.pop(name, None)
        if name in env:
            env[name] = ''
    return shell._replace(env=env), OK


def _read(shell: Shell, args: Words) -> Ended:
    """Where a value of an option is taken for a name, nothing is lost."""
    if None in args:
        return forget(shell), MAYBE
    for name in ('REPLY', *(arg for arg in args if arg and arg.isidentifier())):
        shell = shell.assign(name, None)
    return shell, MAYBE


def _set(shell: Shell, args: Words) -> Ended:
    for at, arg in enumerate(args):
        if arg is None or arg in (UNKNOWN_OPTION, '--', '-'):
            shell = positional(shell, args[at + 1 :] if arg == '--' else (None,))
            return (shell._replace(errexit=None, pipefail=None) if arg in (None, UNKNOWN_OPTION) else shell), OK
        on = arg.startswith('-')
        if not on and not arg.startswith('+'):
            behind = at and (args[at - 1] or '').endswith('o') and (args[at - 1] or '').startswith(('-', '+'))
            if not behind:
                return positional(shell, args[at:]), OK
            continue
        option = args[at + 1] if arg.endswith('o') and at + 1 < len(args) else ''
        if 'e' in arg.strip('-+') or option == 'errexit':
            shell = shell._replace(errexit=on)
        if 'a' in arg.strip('-+') or option == 'allexport':
            shell = shell._replace(allexport=on)
        if option == 'pipefail':
            shell = shell._replace(pipefail=on)
    return shell, OK


def positional(shell: Shell, args: Words) -> Shell:
    """The shell with $1, $2, …; `$#` is unknown where their number is."""
    env = shell.env.copy()
    known = None not in args
    for at in range(1, 10):
        value = (args[at - 1] if at <= len(args) else '') if known else None
        env[str(at)] = value
    env['#'] = str(len(args)) if known else None
    return shell._replace(env=env)


def _shift(shell: Shell, args: Words) -> Ended:
    count = shell.env.get('#', '0')
    if count is None or args or not (count.isdecimal() and 0 < number(count) < 10):
        return positional(shell, (None,)), MAYBE
    return positional(shell, [shell.env[str(at)] for at in range(2, int(count) + 1)]), OK


def _test(shell: Shell, words: Words) -> Ended:
    """`[ -f FILE ]`, `test -d FOLDER`, `[ "$A" = b ]`: known when the image and the variables are."""
    holds = _holds(shell, list(words))
    return shell, MAYBE if holds is None else OK if holds else FAILS


def _holds(shell: Shell, args: Words) -> bool | None:
    if None in args or UNKNOWN_OPTION in args:
        return None
    for sign, decides in (('-o', True), ('-a', False)):
        # Of fewer words one of them is what is tested.
        if sign in args[1:-1] and len(args) > 4:
            at = args.index(sign, 1)
            sides = {_holds(shell, args[:at]), _holds(shell, args[at + 1 :])}
            return decides if decides in sides else None if None in sides else not decides
    match args:
        case []:
            return False
        case ['!', _, *_]:
            holds = _holds(shell, args[1:])
            return None if holds is None else not holds
        case [text]:
            return bool(text)
        case ['-n' | '-z' as operator, text]:
            return bool(text) is (operator == '-n')
        case ['-f' | '-e' | '-d' | '-s' | '-r' as operator, str(path)]:
            return _is(shell, operator, path)
        case [left, '=' | '==', right]:
            return left == right
        case [left, '!=', right]:
            return left != right
        case [str(left), str(sign), str(right)] if sign in _COMPARED and left.isdecimal() and right.isdecimal():
            return (number(left) > number(right)) - (number(left) < number(right)) in _COMPARED[sign]
    return None


def _is(shell: Shell, operator: str, name: str) -> bool | None:
    if not name:
        return False
    if has_glob(name) or (shell.cwd is None and not name.startswith('/')):
        return None
    path = normal(name, shell.cwd or '')
    kind = shell.view.look(path).kind
    if kind == UNKNOWN or (operator == '-s' and kind == FILE):
        return None
    if kind == ABSENT:
        return False if lacks(shell, path) else None
    return kind == FILE if operator == '-f' else kind == FOLDER if operator == '-d' else True


def _bracket(shell: Shell, args: Words) -> Ended:
    return _test(shell, args[:-1]) if args and args[-1] == ']' else (shell, MAYBE)


def _double_bracket(shell: Shell, args: Words) -> Ended:
    """Its `=` matches patterns."""
    plain = all(arg is not None and not has_glob(arg) for arg in args[:-1])
    return _test(shell, args[:-1]) if args and args[-1] == ']]' and plain else (shell, MAYBE)


BUILTINS: dict[str, Callable[[Shell, Words], Ended]] = {
    'cd': _cd, 'chdir': _cd, 'pushd': _pushd, 'popd': _popd, 'export': _export, 'readonly': _readonly,
    'declare': _declare, 'typeset': _declare, 'local': _readonly, 'unset': _unset, 'read': _read, 'set': _set,
    'shift': _shift, 'test': _test, '[': _bracket, '[[': _double_bracket,
    'true': lambda shell, _: (shell, OK), ':': lambda shell, _: (shell, OK), 'false': lambda shell, _: (shell, FAILS),
}  # fmt: skip

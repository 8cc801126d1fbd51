"""What the programs that handle files leave: cp, mv, rm, ln, install, mkdir, touch, sed, tee, find.

Sources: the manuals of GNU coreutils, findutils and sed, and of busybox.
"""

from __future__ import annotations

from hooks.context.paths import is_program, normal, parent
from hooks.context.tree import ABSENT, FILE, FOLDER, IS_FOLDER, REMOVED, UNKNOWN, Entry
from hooks.replay.builtins import lacks
from hooks.replay.image import GO_FILES, SPARED, which_go
from hooks.replay.shell import FAILS, MAYBE, OK
from hooks.replay.writing import bounded, opaque, opaque_in, operands, written

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hooks.replay.shell import Shell

    Words = Sequence[str | None]

# Options of cp and mv that change neither what is copied nor where to.
_PLAIN_LETTERS = frozenset('afrRpvLPHdnuxi')
_PLAIN = frozenset(
    '--archive --force --recursive --verbose --no-clobber --update --dereference --no-dereference --preserve '
    '--no-preserve --one-file-system --interactive --reflink --sparse'.split()
)
_MODULE_FILES = ('go.mod', 'go.sum', 'go.work')
# What cp and mv say of a folder that they do not make; behind it stands its name.
NO_FOLDER = 'No such file or directory: '
# The actions of find that change something, or run what does.
_ACTS = ('-exec', '-execdir', '-ok', '-okdir', '-delete', '-fprint', '-fprint0', '-fprintf', '-fls')


def _rm(shell: Shell, args: Words) -> tuple[Shell, str]:
    paths, known = operands(shell, args)
    if not known:
        folders = bounded(shell, args)
        return (opaque(shell) if folders is None else opaque_in(shell, folders)), MAYBE
    forced = any(arg and arg.startswith('-') and 'f' in arg for arg in args)
    if not forced and _is_gone(shell, paths):
        return shell, FAILS
    for path in paths:
        shell = written(shell, path, REMOVED)
    return shell, OK if forced else MAYBE


def _is_gone(shell: Shell, paths: Sequence[str]) -> bool:
    """Whether one of Go's own files is not there; what else a program needs may have come from anywhere."""
    return any(path.endswith(GO_FILES) and shell.view.look(path).kind == ABSENT for path in paths)


def _touch(shell: Shell, args: Words) -> tuple[Shell, str]:
    paths, known = operands(shell, args)
    for path in paths:
        entry = shell.view.look(path)
        if entry.kind != FILE:
            shell = written(shell, path, Entry(FILE, partial=True) if entry.kind == ABSENT else Entry(UNKNOWN))
    return (shell if known else opaque(shell)), MAYBE


def _mkdir(shell: Shell, args: Words) -> tuple[Shell, str]:
    paths, known = operands(shell, args)
    if not known:
        folders = bounded(shell, args)
        return (opaque(shell) if folders is None else opaque_in(shell, folders)), MAYBE
    for path in paths:
        if shell.view.look(path).kind == ABSENT:
            shell = written(shell, path, IS_FOLDER)
    return shell, OK if any(arg and arg.startswith('-') and 'p' in arg for arg in args) else MAYBE


def _cp(shell: Shell, args: Words, move: bool = False) -> tuple[Shell, str]:
    """A file with a known text is followed; of anything else the destination becomes unknown."""
    paths, known = operands(shell, args)
    if not _are_plain(args) or shell.cwd is None:
        return opaque(shell), MAYBE
    if not known or len(paths) < 2:
        targets = bounded(shell, args if move else args[-1:])
        return (opaque(shell) if targets is None else opaque_in(shell, targets)), MAYBE
    *sources, target = paths
    # No program makes the folder that a file goes into.
    if _is_gone(shell, sources) or lacks(shell, parent(target)):
        return opaque_in(shell, (target,)), FAILS
    entries = [shell.view.look(path) for path in sources]
    into = shell.view.look(target).kind
    for path, entry in zip(sources, entries):
        to = f'{target}/{path.rpartition("/")[2]}' if into == FOLDER or len(sources) > 1 else target
        followed = entry.kind == FILE and (into != UNKNOWN or is_program(target))
        if move and entry.kind == FOLDER and into in (ABSENT, FOLDER):
            go = shell.view.look(f'{path}/bin/go')
            shell = opaque_in(shell, (to,))
            shell = written(shell, f'{to}/bin/go', go) if which_go(go)[0] else shell
        else:
            shell = written(shell, to, entry) if followed else opaque_in(shell, (target,))
        if move:
            shell = written(shell, path, REMOVED)
    return shell, MAYBE


def lacking_folder(shell: Shell, words: Words) -> str:
    """What a cp or mv that fails says, where it fails for lack of the folder of its target; else ''."""
    target = (words[-1] or '').rstrip('/')
    gone = words[0] in ('cp', 'mv') and lacks(shell, parent(normal(target, shell.cwd or '')))
    return NO_FOLDER + parent(target) if gone else ''


def _mv(shell: Shell, args: Words) -> tuple[Shell, str]:
    return _cp(shell, args, move=True)


def _are_plain(args: Words) -> bool:
    """Whether all options are known to change neither what is copied nor where to."""
    options = [arg for arg in args if arg is not None and arg.startswith('-') and arg != '--']
    return all(
        option.partition('=')[0] in _PLAIN if option.startswith('--') else _PLAIN_LETTERS.issuperset(option[1:])
        for option in options
    )


def _link(shell: Shell, args: Words) -> tuple[Shell, str]:
    """Both names are the same file or folder from here on, so what either holds is unknown."""
    paths, known = operands(shell, args)
    letters = ''.join(arg for arg in args if arg is not None and arg.startswith('-')).replace('-', '')
    if not known or not paths or shell.cwd is None or not set('sfnvr').issuperset(letters):
        return opaque(shell), MAYBE
    raw = [arg for arg in args if arg is not None and not arg.startswith('-')]
    *sources, target = [*paths, shell.cwd] if len(paths) == 1 else paths
    ends = [target if len(paths) > 1 else f'{target}/{sources[0].rpartition("/")[2]}']
    for name, path in zip(raw, sources):
        # A symbolic link is read from where it lies.
        ends += [path, normal(name, target), normal(name, parent(target))]
    return opaque_in(shell, dict.fromkeys(ends), SPARED), MAYBE


def _install(shell: Shell, args: Words) -> tuple[Shell, str]:
    paths, known = operands(shell, args)
    options = [arg for arg in args if arg is not None and arg.startswith('-')]
    if not known or not paths or any(option.startswith(('-t', '--target')) for option in options):
        return opaque(shell), MAYBE
    folders = any(option == '--directory' or (option[1:2] != '-' and 'd' in option) for option in options)
    return opaque_in(shell, paths if folders else paths[-1:]), MAYBE


def _sed(shell: Shell, args: Words) -> tuple[Shell, str]:
    """`sed -i`: the files named are there, with a text nobody knows; a script may write any file by itself."""
    scripts, in_place = _scripts(args)
    if scripts is None or any(map(_may_write, scripts)):
        return opaque(shell), MAYBE
    if not in_place:
        return shell, MAYBE
    paths, known = operands(shell, args)
    for path in paths:
        if shell.view.look(path).kind != ABSENT or path.rpartition('/')[2] in _MODULE_FILES:
            shell = written(shell, path)
    folders = [] if known else bounded(shell, args)
    return (opaque(shell) if folders is None else opaque_in(shell, folders)), MAYBE


def _scripts(args: Words) -> tuple[list[str] | None, bool]:
    """The scripts of a sed, None where not all are known; whether it edits in place."""
    scripts: list[str | None] = []
    named: list[str] = []
    queue, in_place = list(args), False
    while queue:
        word = queue.pop(0)
        if word is None:
            return None, True
        option, equals, value = word.partition('=') if word.startswith('--') else _letter(word)
        if option in ('-i', '--in-place'):
            in_place = True
        elif option in ('-e', '--expression'):
            scripts.append(value if equals or not queue else queue.pop(0))
        elif option in ('-f', '--file'):
            return None, True
        elif option == '':
            named.append(word)
    known = [script for script in scripts or named[:1] if script is not None]
    return known if len(known) == len(scripts or named[:1]) else None, in_place


def _letter(word: str) -> tuple[str, str, str]:
    """The option among letters that takes what follows it, and what does; '' for a word that is none."""
    if not word.startswith('-') or word == '-':
        return '', '', ''
    letters = word[1:].lstrip('nErsuzbl')
    return f'-{letters[:1]}', letters[1:], letters[1:]


def _may_write(script: str) -> bool:
    """Whether a script of sed may hold its command `w` or `W`, or the flag `w` of an `s`."""
    rest, delimiters = script, 0
    if script[:1] == 's' and not {';', '\n', '{', '}'}.intersection(script):
        # Of one `s` the flags alone matter, behind the third delimiter.
        rest, delimiter = script[2:], script[1:2]
        while rest and delimiters < 2:
            delimiters += rest[0] == delimiter
            rest = rest[2:] if rest[0] == '\\' else rest[1:]
    return 'w' in rest.lower()


def _tee(shell: Shell, args: Words) -> tuple[Shell, str]:
    paths, known = operands(shell, args)
    for path in paths if known else ():
        shell = written(shell, path)
    return (shell if known else opaque(shell)), MAYBE


def _find(shell: Shell, args: Words) -> tuple[Shell, str]:
    acts = any(arg is None or arg in _ACTS for arg in args)
    return (opaque(shell) if acts else shell), MAYBE


FILES: dict[str, Callable[[Shell, Words], tuple[Shell, str]]] = {
    'cp': _cp, 'find': _find, 'install': _install, 'ln': _link, 'mkdir': _mkdir, 'mv': _mv, 'rm': _rm, 'sed': _sed,
    'tee': _tee, 'touch': _touch,
}  # fmt: skip

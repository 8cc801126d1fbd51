"""What every program has in common that changes an image: a path written, and all that nobody knows any more."""

from __future__ import annotations

from hooks.context.paths import normal
from hooks.context.tree import FILE, WRITTEN, Entry
from hooks.lean.memo import memo
from hooks.module import modules
from hooks.replay.image import SPARED, Perhaps, Unknown, Wrote
from hooks.shell import has_glob

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from hooks.replay.image import Image
    from hooks.replay.shell import Shell

    Words = Sequence[str | None]

# What lies below is a link to somewhere else: /proc/self/cwd.
_LINKS = ('/proc/', '/dev/fd/')


def written(shell: Shell, path: str, entry: Entry = WRITTEN) -> Shell:
    """A file (or a folder, or nothing any more) at a path of the image."""
    if path.startswith(_LINKS):
        return opaque(shell)
    return shell._replace(view=shell.view.change(path, lambda image: Wrote(image, path, entry)))


def opaque(shell: Shell, program: bool = False) -> Shell:
    """After a program that nobody knows: it may write wherever it likes, but to Go itself and to its settings.

    Who runs before anything of a context is in the image fetches tools, as a base image brings them. `program`: it is
    one that nobody knows, and does not speak of go.mod.
    """
    base = not shell.view.image.fed and not shell.view.mounts
    return shell._replace(
        view=shell.view.everywhere(lambda image: Unknown(image, spares=SPARED, base=base, program=program))
    )


def opaque_in(shell: Shell, folders: Iterable[str], spares: tuple[str, ...] = (), program: bool = False) -> Shell:
    """Anything may lie at these paths now, and below them; '' is everywhere."""
    for folder in folders:
        folder = '' if folder.startswith(_LINKS) else folder
        change = _unknown(folder, spares, program)
        shell = shell._replace(view=shell.view.change(folder, change) if folder else shell.view.everywhere(change))
    return shell


def perhaps(shell: Shell, folders: Iterable[str]) -> Shell:
    """Programs, reports and their like may lie at these paths now, and below them, but none of Go's own files."""
    for folder in folders:
        change = _perhaps(folder)
        shell = shell._replace(view=shell.view.change(folder, change) if folder else shell.view.everywhere(change))
    return shell


def _perhaps(folder: str) -> Callable[[Image], Image]:
    return lambda image: Perhaps(image, (folder,))


def _unknown(folder: str, spares: tuple[str, ...], program: bool) -> Callable[[Image], Image]:
    return lambda image: Unknown(image, (folder,), spares=spares, program=program)


def speaks_of_modules(texts: Iterable[str | None]) -> bool:
    """Whether a command, or a file of commands, may be about a go.mod: what it names and changes is not believed."""
    return any(text is None or _speaks(text) for text in texts)


@memo  # of a Makefile it is asked for each target that is given up
def _speaks(text: str) -> bool:
    return 'go.mod' in text or 'mod edit' in text or 'go get' in text


def module_folder(shell: Shell, folder: str) -> str:
    """The folder of the module that `folder` lies in, or itself."""
    found, entry = modules.find_up(shell.view, folder, 'go.mod')
    return found if entry.kind == FILE else folder


def operands(shell: Shell, args: Words) -> tuple[list[str], bool]:
    """The paths that a command names, and whether these are all."""
    named = [arg for arg in args if arg is not None and not arg.startswith('-')]
    plain = [arg for arg in named if not has_glob(arg)]
    if shell.cwd is None:
        plain = [arg for arg in plain if arg.startswith('/')]
    known = len(plain) == len(named) and None not in args
    return [normal(arg, shell.cwd or '') for arg in plain], known


def bounded(shell: Shell, args: Words) -> list[str] | None:
    """The paths that a command names, of a glob the folder that it does not leave; None where not all are known."""
    found = [_globbed(shell, arg) for arg in args if arg is None or not arg.startswith('-')]
    return None if None in found else [path for path in found if path is not None]


def _globbed(shell: Shell, arg: str | None) -> str | None:
    """A path; the folder that a glob does not leave, `/var/lib/apt/lists` of `/var/lib/apt/lists/*`."""
    if arg is None or (shell.cwd is None and not arg.startswith('/')):
        return None
    if not has_glob(arg):
        return normal(arg, shell.cwd or '')
    literal = arg.replace('?', '*').replace('[', '*').replace('{', '*').partition('*')[0]
    if '..' in arg[len(literal) :]:
        return None
    return normal(literal.rpartition('/')[0] + '/' * literal.startswith('/'), shell.cwd or '')


def named(shell: Shell, args: Words) -> list[str] | None:
    """Every path that words could name, alone or glued to an option or a name (`-O/x`, `--prefix=/x`, `of=x`)."""
    found: list[str] = []
    for arg in args:
        if arg is None or shell.cwd is None:
            return None
        words = {arg, arg.partition('=')[2], arg.partition('=')[2].partition(':')[2]}
        if arg.startswith('-'):
            words |= {arg[2:] if arg[1:2] != '-' else '', '/' * ('/' in arg) + arg.partition('/')[2]}
        for word in words:
            if word and not word.startswith('-'):
                path = _globbed(shell, word)
                if path is None:
                    return None
                found.append(path)
    return found

"""A Go that is fetched and unpacked: `go1.20.5.linux-amd64.tar.gz` is called so wherever it comes from.

All that it holds lies in one folder, `go`, and its settings let it fetch a newer Go from 1.21 on. Sources:
https://go.dev/doc/install; the manuals of GNU tar, curl and wget.
"""

from __future__ import annotations

from hooks.context.paths import normal
from hooks.context.tree import FILE, Entry
from hooks.lean.lazy import regex
from hooks.lean.record import Record
from hooks.replay.image import Unknown, Wrote, go_entry
from hooks.replay.writing import written

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from hooks.replay.image import Image
    from hooks.replay.shell import Shell

_NAME = regex(r'(?:.*/)?go(1\.[0-9]+(?:\.[0-9]+)?(?:(?:rc|beta)[0-9]+)?)\.linux-[^/]+\.tar\.gz')
# Where all archives of Go are, and what no machine is called there.
_OFFICIAL = regex(
    r'https?://(?:go\.dev/dl|golang\.org/dl|golang\.google\.cn/dl|(?:redirector\.gvt1|dl\.google)\.com/(?:edgedl/)?go|'
    r'storage\.googleapis\.com/golang)/go1\.([0-9]+)(\.[0-9]+|(?:rc|beta)[0-9]+)?\.linux-([a-z0-9_]*)\.tar\.gz'
)
_NO_MACHINES = ('', 'x86_64', 'x64', 'x86', 'i386', 'i686', 'aarch64', 'armv7l', 'armhf', 'arm')
_ARCHIVE = 'the archive of go '
_STREAM = '-'
# Options of tar that take a value, by their letters, and those that change nothing of where a file lands.
_VALUED = {'--file': 'f', '--directory': 'C', '--strip-components': 's', '--strip': 's'}
_PLAIN = {
    '--extract': 'x',
    '--get': 'x',
    **dict.fromkeys('--gzip --gunzip --ungzip --verbose --no-same-owner --overwrite'.split(), 'z'),
}


def never_was(name: str) -> str:
    """The name of an archive that Go's own server never had, by its URL there; '' for any other."""
    match = _OFFICIAL.fullmatch(name) if '.linux-' in name else None
    if match is None:
        return ''
    minor, patch, machine = match.groups()
    # From Go 1.21 on the first release is `.0`.
    without = not patch and int(minor[:4]) >= 21
    return name.rpartition('/')[2] if without or machine in _NO_MACHINES else ''


def version(name: str) -> str:
    """The Go whose archive is called so, by a path or a URL; '' for another file."""
    match = _NAME.fullmatch(name) if '.linux-' in name else None
    return match[1] if match else ''


def entry(go: str) -> Entry:
    """An archive, whatever it is called."""
    return Entry(FILE, f'{_ARCHIVE}{go}')


def unpacked(image: Image, folder: str, go: str) -> Image:
    """The image with that Go in a folder."""
    return Wrote(Unknown(image, (folder,)), f'{folder}/bin/go', go_entry(go))


class Fetched(Record):
    """What came of a command: the shell behind it, the Go whose archive it prints, and the one that it unpacked."""

    shell: Shell
    prints: str = ''
    brings: str = ''


def fetched(shell: Shell, words: Sequence[str | None], piped: str) -> Fetched | None:
    """What a command does with the archive of a Go; None where it is of none. `piped` is the Go that it is handed."""
    name, *args = [word for word in words if word is not None]
    if len(args) + 1 < len(words) or shell.cwd is None:
        return None
    if name in ('tar', 'bsdtar'):
        return _untarred(shell, shell.cwd, args, piped)
    found = [go for arg in args if (go := _held(shell, normal(arg, shell.cwd)) if name == 'cat' else version(arg))]
    if len(found) != 1:
        return None
    path = _STREAM if name == 'cat' else _target(name, args)
    if path == _STREAM:
        return Fetched(shell, prints=found[0])
    return Fetched(written(shell, normal(path, shell.cwd), entry(found[0])))


def _held(shell: Shell, path: str) -> str:
    """The Go whose archive a file is."""
    origin = shell.view.look(path).origin
    return origin.removeprefix(_ARCHIVE) if origin.startswith(_ARCHIVE) else version(path)


def _target(name: str, args: list[str]) -> str:
    """Where curl or wget writes."""
    letter, long = ('o', '--output') if name == 'curl' else ('O', '--output-document')
    folder, url = '', next(arg.rpartition('/')[2] for arg in args if version(arg))
    for at, arg in enumerate(args, 1):
        option, equals, value = arg.partition('=')
        value = value if equals else args[at] if at < len(args) else ''
        letters = arg[1:] if arg[:1] == '-' and arg[:2] != '--' else ''
        if option == long:
            return value
        if letter in letters:
            return letters.partition(letter)[2] or value
        if name == 'wget' and option in ('-P', '--directory-prefix'):
            folder = f'{value}/'
        elif name == 'curl' and ('O' in letters or option == '--remote-name'):
            return url
    return folder + url if name == 'wget' else _STREAM


def _untarred(shell: Shell, cwd: str, args: list[str], piped: str) -> Fetched | None:
    options = _options(args)
    if options is None or 'x' not in options:
        return None
    name, folder = options.get('f', _STREAM), normal(options.get('C', '.'), cwd)
    go = piped if name == _STREAM else _held(shell, normal(name, cwd))
    root = {'0': f'{folder}/go', '1': folder}.get(options.get('s', '0'))
    if not go or root is None:
        return None
    return Fetched(shell._replace(view=shell.view.change(root, lambda image: unpacked(image, root, go))), brings=go)


def _options(args: list[str]) -> dict[str, str] | None:
    """Letter → value; None where tar is told something else, or to unpack but some of the files."""
    queue, found = list(args), dict[str, str]()
    while queue:
        word = queue.pop(0)
        option, equals, value = word.partition('=')
        if option in _VALUED:
            found[_VALUED[option]] = value if equals else _next(queue)
        elif word in _PLAIN:
            found[_PLAIN[word]] = ''
        # `xzf FILE` is `-xzf FILE`.
        elif word[:2] == '--' or (word[:1] != '-' and len(queue) + 1 < len(args)) or not _bundled(word, queue, found):
            return None
    return found


def _bundled(word: str, queue: list[str], found: dict[str, str]) -> bool:
    """Take the options of `-xzf FILE`; whether all of them are known."""
    letters = word.removeprefix('-')
    for at, letter in enumerate(letters, 1):
        if letter in 'fC':
            # Behind a dash the value may be glued to the letter.
            glued = letters[at:] if letters != word else ''
            found[letter] = glued or _next(queue)
            if glued:
                break
        elif letter in 'xzvpok':
            found[letter] = ''
        else:
            return False
    return True


def _next(queue: list[str]) -> str:
    return queue.pop(0) if queue else ''

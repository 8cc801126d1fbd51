"""Whether a program that a go command links asks for the loader of a C library when it starts.

Source: measured with Go 1.21 to 1.27 on Linux. With cgo on, go links what imports net, os/user or C dynamically, also
where the import is blank or comes by way of another package; a program of none of these is static.
"""

from __future__ import annotations

from hooks.context.paths import normal
from hooks.context.tree import ABSENT, FILE
from hooks.facts import places
from hooks.facts.places import At
from hooks.golang.gofiles import is_standard, matches
from hooks.lean.record import Record
from hooks.replay import bases, systems
from hooks.replay.image import GO, go_entry
from hooks.replay.systems import GCC
from hooks.shell.expansion import HOLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hooks.context.tree import Program
    from hooks.facts.places import Place
    from hooks.module.invocation import Invocation
    from hooks.module.packages import Packages

# The packages of the standard library that are or import net, and those that are or import os/user: Go 1.21 to 1.27.
NET = frozenset(
    'crypto/tls crypto/x509 expvar log/syslog mime/multipart net net/http net/http/cgi net/http/cookiejar '
    'net/http/fcgi net/http/httptest net/http/httptrace net/http/httputil net/http/pprof net/mail net/rpc '
    'net/rpc/jsonrpc net/smtp net/textproto'.split()
)
USER = frozenset(('archive/tar', 'os/user'))
# Packages of well-known modules that import net, in every version; and those that are C's.
NET_MODULES = frozenset(
    'github.com/gin-gonic/gin github.com/gorilla/mux github.com/gorilla/websocket github.com/lib/pq '
    'google.golang.org/grpc'.split()
)
C_MODULES = frozenset(('github.com/mattn/go-sqlite3',))
# The oldest Go of which this is known: before Go 1.20 a compiled net came with it, which is linked no other way.
OLDEST = 16
# What else decides how a program is linked.
_OWN_WAYS = ('CC', 'CGO_LDFLAGS', 'GO_EXTLINK_ENABLED', 'GOEXPERIMENT')
_MODES = frozenset(('', 'default', 'exe', 'pie'))


class Linked(Record):
    """A program that is linked to a C library: by which command, and what of its source asks for that.

    `file` and `line` are the import's, `what` what it says; `own`: it is C of its own. `flag` is the flag of the
    command that asks for it where no import does.
    """

    place: Place
    libc: str
    what: str
    file: str = ''
    line: int = 0
    own: bool = False
    flag: str = ''


def linked(at: At, program: Program) -> Linked | None:
    """How the program is linked, where it is for certain to a C library; None where it is not, or nobody knows."""
    index = next((index for index, moment in enumerate(at.moments) if moment.call is program.call), None)
    place = places.place(At(at.build, at.moments, index)) if index is not None else None
    libc = _libc(place) if place else ''
    if place is None or not libc or not _plain(place) or not _cgo(place):
        return None
    flags = Flags.read(place)
    return _linked(place, libc, flags, program.args) if flags else None


def _libc(place: Place) -> str:
    """The C library of the image of Go."""
    moment = place.moments[place.at]
    path, tag = bases.split(moment.base.reference)
    return systems.libc('golang', tag) if bases.is_official(path) else ''


def _plain(place: Place) -> bool:
    """Whether it is a build by the image's Go, which links with its C compiler."""
    moment, command, env = place.moments[place.at], place.command, place.call.shell.env
    brought = moment.go and place.view.look(GO) == go_entry(moment.go)
    usual = '?' not in command.flags and all(env.get(name, '') == '' for name in _OWN_WAYS)
    own = {'toolexec', 'linkshared', 'msan', 'asan'}.isdisjoint(command.flags)
    known = command.flags.get('compiler', 'gc') == 'gc' and command.flags.get('buildmode', '') in _MODES
    return bool(brought) and place.minor >= OLDEST and not command.versioned and usual and own and known


def _cgo(place: Place) -> bool:
    """Whether cgo is on for certain: by CGO_ENABLED, or since there is a compiler and nothing is cross-compiled."""
    env, moment = place.call.shell.env, place.moments[place.at]
    if env.get('GOOS', '') not in ('', 'linux') or env.get('GOARCH', '') not in ('', 'amd64'):
        return False
    if env.get('GOARCH', '') and any(part in moment.stage.platform for part in ('arm', '$', '386')):
        return False
    # On a machine of another architecture a named one is a cross build, which turns cgo off.
    if env.get('GOARCH', '') and env.get('CGO_ENABLED', '') != '1':
        return False
    setting, kind = env.get('CGO_ENABLED', ''), place.view.look(GCC).kind
    # That cgo is on, and that there is no compiler, is another failure.
    return kind != ABSENT if setting == '1' else setting == '' and kind == FILE


class Flags(Record):
    """What -tags and -ldflags say: that the external linker is to link statically, and that it is asked in any case."""

    tags: frozenset[str]
    static: bool
    external: bool
    race: bool

    @classmethod
    def read(cls, place: Place) -> Flags | None:
        """None where they are not known."""
        flags = place.command.flags
        tags, words = flags.get('tags', ''), linker_words(flags)
        if tags is None or words is None:
            return None
        external = any(
            word.endswith('-linkmode') and 'external' in words[at + 1 : at + 2] for at, word in enumerate(words)
        )
        return cls(
            frozenset(tags.replace(',', ' ').split()),
            any(word.endswith('-extldflags') for word in words) and any('static' in word for word in words),
            external,
            flags.get('race') in ('', 'true'),
        )


def linker_words(flags: Mapping[str, str | None]) -> list[str] | None:
    """What -ldflags says, word by word; None where that is not known."""
    linker = flags.get('ldflags')
    if 'ldflags' in flags and not linker:
        return None
    # Quotes around the words for the external linker do not matter here.
    words = (linker or '').replace('=', ' ').replace('"', ' ').replace("'", ' ').split()
    return words if all(_is_value(words, at) for at, word in enumerate(words) if HOLE in word) else None


def _is_value(words: list[str], at: int) -> bool:
    """Whether a word, which is not known, is the value of a `-X NAME=VALUE`."""
    return at > 1 and words[at - 2].endswith('-X') and HOLE not in words[at - 1]


def _linked(place: Place, libc: str, flags: Flags, args: tuple[str, ...]) -> Linked | None:
    if flags.static and flags.external:
        return None
    # Imported late: few images are of another C library than their stages.
    from hooks.module import needed

    run = of_package(place, args)
    run = run._replace(env={**run.env, 'CGO_ENABLED': '1'})
    module = run.module
    # Of a go.mod that a step wrote nothing is known.
    if module is None or module.mod is None or not module.origin:
        return None
    found = needed.packages(run)
    own = next(_own(place, found, run.env), None)
    if flags.static:
        # One package of C's, and the external linker is asked; of musl that was not measured.
        pure = libc == 'glibc' and found.whole and not own and all(is_standard(path) for path in found.imports)
        return _of_standard(place, libc, flags, found) if pure else None
    return _imported(place, libc, 'C', own, own=True) if own else _of_standard(place, libc, flags, found)


def of_package(place: Place, args: tuple[str, ...]) -> Invocation:
    """The command as one for its package alone: in a workspace that may be of another module than the folder is."""
    run = place.invocation
    run = run._replace(command=run.command._replace(args=args))
    if len(args) != 1 or not args[0].startswith(('.', '/')) or args[0].endswith('.go') or '...' in args[0]:
        return run
    return run._replace(folder=normal(args[0], run.folder), command=run.command._replace(args=('.',)))


def _of_standard(place: Place, libc: str, flags: Flags, found: Packages) -> Linked | None:
    """An import by which the standard library's own C comes in."""
    wanted = C_MODULES | {'runtime/cgo', 'plugin'}
    if 'netgo' not in flags.tags:
        wanted |= NET | NET_MODULES
    if 'osusergo' not in flags.tags:
        wanted |= USER
    for path, each in found.imports.items():
        if path in wanted and each.sure:
            return _imported(place, libc, path, each.file, own=path in C_MODULES)
    asked = {'buildmode=pie': place.command.flags.get('buildmode') == 'pie', 'linkmode external': flags.external}
    flag = next((name for name, is_asked in {**asked, 'race': flags.race}.items() if is_asked), '')
    return Linked(place, libc, f'it is built with -{flag}', flag=flag) if flag else None


def _own(place: Place, found: Packages, env: Mapping[str, str | None]) -> Iterator[str]:
    """The files of the program that import "C", and are built for certain."""
    from hooks.module import needed

    target = needed.target(place.command, env)
    for path, file in found.files.items():
        folder, _, name = path.rpartition('/')
        if file and 'C' in file.imports and found.folders.get(folder) is True and matches(name, file, target):
            yield path


def _imported(place: Place, libc: str, path: str, file: str, own: bool = False) -> Linked:
    """An import, with its line in the repository."""
    entry = place.view.look(file)
    text = entry.read(place.repository) or ''
    line = text[: text.find(f'"{path}"')].count('\n') + 1 if f'"{path}"' in text else 0
    return Linked(place, libc, f'imports {path}', entry.origin if line else '', line, own)

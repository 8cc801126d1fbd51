"""What a step may have brought to an image that comes without: programs, a C compiler, the loader of another C library.

A package brings what it depends on, too; of a package that is in no table here nobody knows what that is. Sources: the
packages of Alpine, and those of Debian 12, as apt installs them with all that they recommend. What may have brought a
compiler leaves /usr/bin unknown.
"""

from __future__ import annotations

from hooks.context.paths import PROGRAMS
from hooks.context.tree import ABSENT, FILE, WRITTEN
from hooks.replay import lacking
from hooks.replay.image import PACKAGES, Unknown, Wrote, which_go
from hooks.replay.systems import GCC, LOADERS, WATCHED, ZONES
from hooks.replay.writing import perhaps

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hooks.replay.shell import Shell

    Words = Sequence[str | None]

MANAGERS = frozenset('apk apt apt-get aptitude dpkg dnf microdnf tdnf yum zypper pacman rpm gem pip pip3 pipx'.split())
_FOLDER = '/usr/bin'
# Where packages put programs.
_FOLDERS = tuple(sorted(PROGRAMS - {'/go/bin'}))
_ZONES = '/usr/share/zoneinfo'
# No package of a table brings it: where an image surely lacks it, it is known to lack others.
_PROBE = f'{_FOLDER}/yum'
# Packages of Alpine that bring the loader of glibc, or one that stands in for it.
_COMPATIBLE = frozenset(('gcompat', 'libc6-compat'))
# Packages that bring no program that is asked for here.
_QUIET = frozenset(
    'bind-tools busybox-extras bzip2 ca-certificates ca-certificates-bundle coreutils dumb-init findutils gawk gcompat '
    'gettext grep gzip iputils less libc6-compat libcap libcap-utils linux-headers musl-dev nano ncurses '
    'netcat-openbsd openssl patch procps sed sqlite su-exec tar tini tree tzdata unzip util-linux '
    'vim wget xz yq'.split()
)
_DEBIAN_QUIET = frozenset(
    'apt-transport-https apt-utils binutils bzip2 ca-certificates coreutils dialog dnsutils dumb-init file '
    'gettext-base gnupg gnupg2 gosu gzip htop iproute2 iputils-ping less libcap2-bin locales lsof nano net-tools '
    'netbase netcat-openbsd openssl patch procps sqlite3 strace tar telnet tini tree tzdata vim xxd xz-utils'.split()
)
# A package → the programs that come with it, or may.
_APK: dict[str, str] = {
    **dict.fromkeys(_QUIET, ''),
    **{name: name for name in 'bash curl file git jq make rsync sudo upx zip'.split()},
    'build-base': 'make gcc g++ cc',
    'g++': 'gcc g++ cc',
    'gcc': 'gcc cc',
    'git-lfs': 'git',
    'gnupg': 'gpg',
    'go': 'go gcc cc',
    'openssh': 'ssh',
    'openssh-client': 'ssh',
    'pkgconf': 'pkg-config',
    'pkgconfig': 'pkg-config',
    'protobuf': 'protoc',
    'protobuf-dev': 'protoc pkg-config',
    'python3': 'python python3 pip pip3',
    'shadow': 'useradd groupadd usermod',
}
_APT: dict[str, str] = {
    **dict.fromkeys(_DEBIAN_QUIET, ''),
    **{name: name for name in 'curl jq make rsync sudo unzip wget'.split()},
    'build-essential': 'make gcc g++ cc',
    'g++': 'gcc g++ cc',
    'gcc': 'gcc cc',
    'git': 'git ssh',
    'git-lfs': 'git ssh',
    'golang': 'go gcc g++ cc',
    'golang-go': 'go gcc g++ cc',
    'openssh-client': 'ssh',
    'protobuf-compiler': 'protoc gcc cc',
    'zip': 'zip unzip',
}
_COMPILERS = frozenset('alpine-sdk build-base gcc g++'.split())
# These bring no loader, either.
_LOADERLESS = (
    (_QUIET | set(_APK) | frozenset('ffmpeg libstdc++ musl postgresql-client mysql-client redis alpine-sdk'.split()))
    - _COMPATIBLE
    - {'go', 'protobuf', 'protobuf-dev', 'python3'}
)
# Nor do these bring time zones.
_ZONELESS = (_LOADERLESS | _COMPATIBLE) - {'tzdata'}
_SWITCHES = frozenset(
    '--no-cache --update --update-cache -U --quiet -q --no-progress --upgrade -u -t --virtual'.split()
)
_REMOVES = frozenset('remove purge autoremove erase del'.split())
# Options of apt that take the next word.
_VALUED = frozenset(('-o', '-c', '-t', '--option', '--target-release'))
# The machine that an archive is fetched for.
_ASKS = ('--print-architecture', '--print-arch')
_BRING_NOTHING = frozenset('autoclean autoremove clean dist-clean purge remove update upgrade'.split())


def installed(shell: Shell, words: Words) -> Shell:
    """The shell after a program of which it is not known that it brings nothing, a package manager for one."""
    added = _added(words)
    found = _brought(words, added)
    known = words[0] in MANAGERS and lacking.ask(shell.view.image, _PROBE).sure
    shell = _with_compiler(shell, words, added, found)
    if known:
        shell = perhaps(shell, _FOLDERS) if found is None else there(shell, found - {'go'})
    if known and found and 'go' in found:
        shell = _with_go(shell, words[0] or '')
    zoneless = words[0] not in MANAGERS or (words[0] == 'apk' and added is not None and _ZONELESS.issuperset(added))
    if not zoneless and shell.view.look(_ZONES).kind == ABSENT:
        shell = shell._replace(view=shell.view.change(_ZONES, lambda image: Unknown(image, ZONES)))
    return loaded(shell, words)


def _with_go(shell: Shell, manager: str) -> Shell:
    """The shell with the Go of the distribution, where that is known."""
    view, (for_apk, for_apt) = shell.view, PACKAGES
    entry = view.look(for_apk if manager == 'apk' else for_apt)
    own = manager == 'apk' or not view.some_names('/etc/apt/sources.list.d')
    if not (which_go(entry)[0] and own):
        return there(shell, ('go',))
    path = f'{_FOLDER}/go'
    return shell._replace(view=view.change(path, lambda image: Wrote(image, path, entry)))


def loaded(shell: Shell, words: Words) -> Shell:
    """The shell after a program that may have brought a loader."""
    for folder in _loaders(shell, words, _added(words)):
        shell = shell._replace(view=shell.view.change(folder, lambda image, f=folder: Unknown(image, (f,))))  # type: ignore[misc]
    return shell


def lacks(shell: Shell, program: str) -> bool:
    """Whether the image surely comes without a program, which no step has brought to a folder of PATH since."""
    folder, _, name = program.rpartition('/')
    path = shell.env.get('PATH')
    if name not in WATCHED or not path or (folder and folder not in PROGRAMS):
        return False
    return all(_is_nowhere(shell, each, name) for each in (sorted(PROGRAMS) if folder else path.split(':')))


def _is_nowhere(shell: Shell, folder: str, name: str) -> bool:
    path = f'{folder}/{name}'
    if not folder.startswith('/') or shell.view.at(path) >= 0:
        return False
    lack = lacking.ask(shell.view.image, path)
    return lack.sure and not lack.contexts


def there(shell: Shell, programs: Iterable[str]) -> Shell:
    """The shell where programs are in one of the folders of the system: which one is not known."""
    paths = tuple([f'{folder}/{name}' for name in sorted(programs) for folder in _FOLDERS])
    paths = tuple([path for path in paths if path != GCC or shell.view.look(GCC).kind == ABSENT])
    return shell._replace(view=shell.view.change(_FOLDER, lambda image: Unknown(image, paths))) if paths else shell


def _with_compiler(shell: Shell, words: Words, added: list[str] | None, found: set[str] | None) -> Shell:
    kind = shell.view.look(GCC).kind
    if words[0] == 'apk' and added is not None and not _COMPILERS.isdisjoint(added):
        return shell._replace(view=shell.view.change(GCC, lambda image: Wrote(image, GCC, WRITTEN)))
    brings = found is None or 'gcc' in found
    if (kind == ABSENT and brings) or (kind == FILE and not _REMOVES.isdisjoint(words)):
        return shell._replace(view=shell.view.change(_FOLDER, lambda image: Unknown(image, (_FOLDER,))))
    return shell


def _brought(words: Words, added: list[str] | None) -> set[str] | None:
    """The programs that a package manager brings; None where nobody knows."""
    table = _APK if words[0] == 'apk' else _APT
    if added is None or not set(added) <= table.keys():
        return None
    return {program for name in added for program in table[name].split()}


def _added(words: Words) -> list[str] | None:
    """The packages that apk or apt is told to install; None for another program, and where they are not all known."""
    if len(words) == 2 and words[1] in _ASKS:
        return []
    if words[0] == 'apk':
        return _added_by_apk(words)
    if words[0] not in ('apt', 'apt-get') or None in words:
        return None
    args, queue = list[str](), [word or '' for word in words[1:]]
    while queue:
        word = queue.pop(0)
        if word in _VALUED:
            queue = queue[1:]
        elif not word.startswith('-'):
            args.append(word)
    if args[:1] == ['install']:
        return [arg.partition('=')[0] for arg in args[1:]]
    return [] if args and args[0] in _BRING_NOTHING else None


def _added_by_apk(words: Words) -> list[str] | None:
    args = [word for word in words[1:] if word is None or word not in _SWITCHES]
    if not args or None in args:
        return None
    if args[0] != 'add':
        return [] if args[0] in ('update', 'upgrade', 'del') else None
    # A virtual package (`.build-deps`) is a name, and stands for what follows it.
    virtual = {words[at] for at, word in enumerate(words[1:], 1) if words[at - 1] in ('-t', '--virtual')}
    names = [(arg or '').partition('=')[0].partition('~')[0].partition('<')[0].partition('>')[0] for arg in args[1:]]
    return [name for name in names if not name.startswith('.') and name not in virtual]


def _loaders(shell: Shell, words: Words, added: list[str] | None) -> set[str]:
    """The folders of the loaders that the image lacks, where the program may have brought one."""
    lacks = {path for paths in LOADERS.values() for path in paths if shell.view.look(path).kind == ABSENT}
    if words[0] == 'apk' and added:
        silent = _LOADERLESS.issuperset(added)
    elif words[0] in MANAGERS:
        # Only on Alpine packages are asked for one by one: elsewhere it takes that of musl itself.
        foreign = set(LOADERS['glibc']) <= lacks
        quiet = words[0] == 'apk' and added == []
        silent = quiet if foreign else not any(word is None or 'musl' in word for word in words)
    else:
        silent = words[0] in ('curl', 'wget') and not any(word is None or 'lib' in word for word in words)
    return set() if silent else {path.rpartition('/')[0] for path in lacks}

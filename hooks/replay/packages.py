"""Whether a step may have brought a C compiler, the loader of another C library, or a tool, to an image without.

Of the official golang image the Alpine variant has no compiler: its Dockerfile installs ca-certificates and nothing
else. The compiler stands for all of /usr/bin: what may have brought one leaves that folder unknown.
"""

from __future__ import annotations

from hooks.context.tree import ABSENT, FILE, WRITTEN
from hooks.replay.image import Unknown, Wrote
from hooks.replay.systems import GCC, LOADERS, TOOLS, ZONES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from hooks.replay.shell import Shell

PROGRAMS = '/usr/bin'
MANAGERS = frozenset('apk apt apt-get aptitude dpkg dnf microdnf tdnf yum zypper pacman rpm gem pip pip3 pipx'.split())
# Packages of Alpine that bring the loader of glibc, or one that stands in for it.
_COMPATIBLE = frozenset(('gcompat', 'libc6-compat'))
# Packages of Alpine that bring no compiler, nor does what they depend on.
_QUIET = frozenset(
    'bash bind-tools busybox-extras bzip2 ca-certificates ca-certificates-bundle coreutils curl dumb-init file '
    'findutils gawk gcompat gettext git git-lfs gnupg grep gzip iputils jq less libc6-compat libcap libcap-utils '
    'linux-headers make musl-dev nano ncurses netcat-openbsd openssh openssh-client openssl patch pkgconf pkgconfig '
    'procps rsync sed shadow sqlite su-exec sudo tar tini tree tzdata unzip upx util-linux vim wget xz yq zip'.split()
)
_COMPILERS = frozenset('alpine-sdk build-base gcc g++'.split())
# These bring no loader, either.
_LOADERLESS = (
    _QUIET | _COMPILERS | frozenset('ffmpeg libstdc++ musl postgresql-client mysql-client redis'.split())
) - (_COMPATIBLE)
# Nor do these of Debian bring curl or wget, nor does what they recommend.
_DEBIAN_QUIET = frozenset(
    'bash build-essential bzip2 ca-certificates dnsutils dumb-init file g++ gcc gettext-base git gnupg gnupg2 gosu '
    'gzip iproute2 iputils-ping jq less libc6 libc6-dev libpq5 libsqlite3-0 libsqlite3-dev libssl-dev libssl3 '
    'locales lsof make nano net-tools netbase netcat netcat-openbsd netcat-traditional openssh-client openssl '
    'pkg-config procps rsync sqlite3 strace sudo tar telnet tini tzdata unzip vim vim-tiny xz-utils zip zlib1g'.split()
)
# What else an image may come without: a path that stands for all of them, and the packages that bring them.
_OTHERS = (
    ('/usr/bin/curl', TOOLS, frozenset(('curl', 'wget'))),
    ('/usr/share/zoneinfo', ZONES, frozenset(('tzdata',))),
)
_APT_SWITCHES = frozenset(
    '-y --yes -q -qq --no-install-recommends --fix-missing --assume-yes -yq -yqq -qy -qqy'.split()
)
_SWITCHES = frozenset('--no-cache --update --update-cache -U --quiet -q --no-progress --upgrade -u --virtual'.split())
_REMOVES = frozenset('remove purge autoremove erase del'.split())


def installed(shell: Shell, words: Sequence[str | None]) -> Shell:
    """The shell after a program of which it is not known that it brings no compiler, a package manager for one."""
    kind, added = shell.view.look(GCC).kind, _added(words)
    if added is not None and not _COMPILERS.isdisjoint(added):
        shell = shell._replace(view=shell.view.change(GCC, lambda image: Wrote(image, GCC, WRITTEN)))
    elif (kind == ABSENT and not _is_quiet(words, added)) or (kind == FILE and not _REMOVES.isdisjoint(words)):
        shell = shell._replace(view=shell.view.change(PROGRAMS, lambda image: Unknown(image, (PROGRAMS,))))
    for path, paths, names in _OTHERS if words[0] in MANAGERS else ():
        if shell.view.look(path).kind == ABSENT and _may_bring(words, added, names):
            shell = shell._replace(view=shell.view.change(path, lambda image, p=paths: Unknown(image, p)))  # type: ignore[misc]
    for folder in _loaders(shell, words, added):
        shell = shell._replace(view=shell.view.change(folder, lambda image, f=folder: Unknown(image, (f,))))  # type: ignore[misc]
    return shell


def _added(words: Sequence[str | None]) -> list[str] | None:
    """The packages that an `apk add` names; None for another program, and where they are not all known."""
    args = [word for word in words[1:] if word is None or word not in _SWITCHES]
    if words[0] != 'apk' or not args or None in args or args[0] != 'add':
        return None
    # A virtual package (`.build-deps`) is a name, and stands for what follows it.
    names = [(arg or '').partition('=')[0].partition('~')[0].partition('<')[0].partition('>')[0] for arg in args[1:]]
    return [name for name in names if not name.startswith('.')]


def _may_bring(words: Sequence[str | None], added: list[str] | None, wanted: frozenset[str]) -> bool:
    """Whether a package manager may bring one of some packages, by itself or since another package needs it."""
    if added is not None:
        return not wanted.isdisjoint(added) or not (_LOADERLESS | _COMPATIBLE).issuperset(added)
    args = [word for word in words[1:] if word is None or word not in _APT_SWITCHES]
    if words[0] not in ('apt', 'apt-get') or None in args or not args:
        return not _is_quiet(words, added)
    if args[0] == 'install':
        names = [(arg or '').partition('=')[0] for arg in args[1:]]
        return not wanted.isdisjoint(names) or not _DEBIAN_QUIET.issuperset(names)
    return args[0] not in ('update', 'clean', 'autoclean', 'upgrade') and args[0] not in _REMOVES


def _is_quiet(words: Sequence[str | None], added: list[str] | None) -> bool:
    """Whether it is an apk that brings no compiler."""
    if added is not None:
        return _QUIET.issuperset(added)
    args = [word for word in words[1:] if word is None or word not in _SWITCHES]
    return words[0] == 'apk' and None not in args and args[:1] in (['update'], ['upgrade'], ['del'])


def _loaders(shell: Shell, words: Sequence[str | None], added: list[str] | None) -> set[str]:
    """The folders of the loaders that the image lacks, where the program may have brought one."""
    lacking = {path for paths in LOADERS.values() for path in paths if shell.view.look(path).kind == ABSENT}
    if added is not None:
        silent = _LOADERLESS.issuperset(added)
    elif words[0] in MANAGERS:
        # Only on Alpine packages are asked for one by one: elsewhere it takes that of musl itself.
        foreign = set(LOADERS['glibc']) <= lacking
        silent = _is_quiet(words, added) if foreign else not any(word is None or 'musl' in word for word in words)
    else:
        silent = words[0] in ('curl', 'wget') and not any(word is None or 'lib' in word for word in words)
    return set() if silent else {path.rpartition('/')[0] for path in lacking}

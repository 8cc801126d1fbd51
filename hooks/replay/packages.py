"""Whether a step may have brought a C compiler to an image that comes without one.

Of the official golang image that is the Alpine variant: its Dockerfile installs ca-certificates and nothing else. The
compiler stands for all of /usr/bin: what may have brought one leaves that folder unknown.
"""

from __future__ import annotations

from hooks.context.tree import ABSENT
from hooks.replay.image import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from hooks.replay.shell import Shell

PROGRAMS = '/usr/bin'
GCC = f'{PROGRAMS}/gcc'
MANAGERS = frozenset('apk apt apt-get aptitude dpkg dnf microdnf tdnf yum zypper pacman rpm gem pip pip3 pipx'.split())
# Packages of Alpine that bring no compiler, nor does what they depend on.
_QUIET = frozenset(
    'bash bind-tools busybox-extras bzip2 ca-certificates ca-certificates-bundle coreutils curl dumb-init file '
    'findutils gawk gcompat gettext git git-lfs gnupg grep gzip iputils jq less libc6-compat libcap libcap-utils '
    'linux-headers make musl-dev nano ncurses netcat-openbsd openssh openssh-client openssl patch pkgconf pkgconfig '
    'procps rsync sed shadow sqlite su-exec sudo tar tini tree tzdata unzip upx util-linux vim wget xz yq zip'.split()
)
_SWITCHES = frozenset('--no-cache --update --update-cache -U --quiet -q --no-progress --upgrade -u --virtual'.split())


def installed(shell: Shell, words: Sequence[str | None]) -> Shell:
    """The shell after a program of which it is not known that it brings no compiler, a package manager for one."""
    if shell.view.look(GCC).kind != ABSENT or _is_quiet(words):
        return shell
    return shell._replace(view=shell.view.change(PROGRAMS, lambda image: Unknown(image, (PROGRAMS,))))


def _is_quiet(words: Sequence[str | None]) -> bool:
    """Whether it is an apk that brings no compiler."""
    args = [word for word in words[1:] if word is None or word not in _SWITCHES]
    if words[0] != 'apk' or not args or None in args:
        return False
    # A virtual package (`.build-deps`) is a name, and stands for what follows it.
    names = [(arg or '').partition('=')[0].partition('~')[0].partition('<')[0].partition('>')[0] for arg in args[1:]]
    return args[0] in ('update', 'upgrade', 'del') or (
        args[0] == 'add' and all(name in _QUIET or name.startswith('.') for name in names)
    )

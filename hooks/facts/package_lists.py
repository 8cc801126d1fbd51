"""Whether a stage installs packages by apt of which it has no lists.

Source: the Dockerfiles of the official images debian, ubuntu and buildpack-deps, which remove /var/lib/apt/lists, and
the packages that these install.
"""

from __future__ import annotations

from hooks.facts import plainly
from hooks.replay import bases, systems

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.dockerfile.parser import Stage

_PROGRAMS = ('apt', 'apt-get')
# Packages that no image of these comes with; and those that only Debian and Ubuntu come without.
_NOWHERE = frozenset(
    'build-essential chromium cmake default-mysql-client dnsutils ffmpeg htop imagemagick iputils-ping jq '
    'librdkafka-dev libvips-dev nano netcat-openbsd nginx nodejs npm postgresql-client protobuf-compiler redis-tools '
    'rsync sqlite3 sudo supervisor telnet tini upx-ucl vim zip'.split()
)
_BARE = frozenset(
    'ca-certificates curl gcc g++ git golang golang-go gnupg libc6-dev make pkg-config unzip wget'.split()
)


def missing(stage: Stage, reference: str) -> tuple[int, str, str] | None:
    """The line of the first such step, a package and the program that is told; None where there is none for certain."""
    path, tag = bases.split(reference)
    name = path.rpartition('/')[2]
    known = name in ('debian', 'ubuntu', 'golang') and bases.is_official(path, name) and '@' not in reference
    if not known or systems.libc(name, tag) != 'glibc':
        return None
    absent = _NOWHERE | (_BARE if name != 'golang' else frozenset())
    for step in stage.steps:
        if step.name in ('RUN', 'ADD', 'SHELL'):
            commands = plainly.commands(step)
            if commands is None or 'update' in step.text or '||' in step.text or step.flags:
                return None
            for words in commands:
                told = words[1:] if words[0] in _PROGRAMS and 'install' in words else []
                package = next((word for word in told if word in absent), '')
                if package:
                    return step.line, package, words[0]
                if told:
                    return None
        elif step.name == 'COPY' and ('/etc' in step.text or '/var' in step.text):
            return None
    return None

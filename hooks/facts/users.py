"""Whether an image has a user of a name: the accounts that images come with, and what a step may add to them.

Sources: /etc/passwd of the official images of Alpine, Debian, Ubuntu and busybox, all releases together, and of
GoogleContainerTools/distroless. A package may add the account of a service, whose name says so.
"""

from __future__ import annotations

from hooks.context.paths import within
from hooks.context.tree import FILE
from hooks.facts import contents
from hooks.replay import bases, systems

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.dockerfile.parser import Step
    from hooks.facts.places import At
    from hooks.replay.copying import Source

PASSWD = '/etc/passwd'
_USERS = frozenset(
    '_apt adm at avahi backup bin cron cyrus daemon dbus ftp games gnats guest halt irc klogd list lp mail man '
    'messagebus news nobody ntp operator postmaster proxy root shutdown smmsp squid sshd sync sys systemd '
    'ubuntu utmp uucp vpopmail www-data xfs'.split()
)
_OF_DISTROLESS = frozenset('root nobody nonroot'.split())
# Commands that add nobody, whatever they are told.
_PLAIN = frozenset(
    '[ apk apt apt-get cd chgrp chmod chown cp curl date echo env export false find go grep ls mkdir mv printf rm '
    'sed set sh sleep test touch true uname unset update-ca-certificates wget'.split()
)
_MANAGERS = frozenset('apk apt apt-get'.split())
# What adds somebody, and what may hold it.
_ADDS = ('passwd', 'useradd', 'adduser', 'users', '/etc', 'sh ', '.sh', '| sh')
_ENDS = str.maketrans(dict.fromkeys(';&|()\n', '\n'))


def lacks(at: At, name: str) -> bool:
    """Whether the image of a stage surely has no user of a name, all its steps taken together."""
    stage, base = at.moment.stage, at.moment.base
    if base.line != stage.line or name in _known(base.reference, name):
        return False
    steps = [step for step in stage.steps if step.name in ('RUN', 'SHELL', 'ADD', 'ONBUILD')]
    if not all(_is_plain(step, name) for step in steps if step.name != 'ADD'):
        return False
    if base.reference == 'scratch':
        return contents.lacks(at, PASSWD)
    copies = [source for moment in at.moments if moment.stage is stage for source in moment.copies]
    return not any(_may_bring(source) for source in copies)


def _known(reference: str, name: str) -> frozenset[str]:
    """The users that an image may come with; of one that nobody knows that one, too."""
    path, tag = bases.split(reference)
    if reference == 'scratch':
        return frozenset()
    if systems.distroless(path, tag) is not None:
        return _OF_DISTROLESS
    official = any(bases.is_official(path, each) for each in ('alpine', 'debian', 'ubuntu', 'golang'))
    windows = any(part in tag for part in bases.WINDOWS)
    return _USERS if official and not windows and tag != 'digest' else frozenset((name,))


def _is_plain(step: Step, name: str) -> bool:
    """Whether a step adds nobody."""
    if step.name != 'RUN' or step.exec or step.heredocs or any(flag == 'mount' for flag, _ in step.flags):
        return False
    text = ' '.join(step.args)
    firsts = [_first(line) for line in text.translate(_ENDS).split('\n') if line.strip()]
    installs = not _MANAGERS.isdisjoint(firsts) and name in text
    return not installs and not any(word in text for word in _ADDS) and all(first in _PLAIN for first in firsts)


def _first(command: str) -> str:
    """The program of a command, behind the variables that are set for it."""
    words = command.split()
    return next((word for word in words if not word.partition('=')[0].isidentifier() or '=' not in word), 'true')


def _may_bring(source: Source) -> bool:
    """Whether a COPY may bring a file of accounts."""
    target, matches, tree = source.target, source.matches, source.tree
    if target is None or not matches:
        return True
    if within(PASSWD, target) and target != PASSWD and all(tree.look(match).kind == FILE for match in matches):
        return any(match.endswith('/passwd') for match in matches)
    return within(PASSWD, target)

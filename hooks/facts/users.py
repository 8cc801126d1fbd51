"""Whether an image has a user of a name: the accounts that images come with, and what a step may add to them.

Sources: /etc/passwd of the official images of Alpine, Debian, Ubuntu and busybox, all releases together, and of
GoogleContainerTools/distroless. A package may add the account of a service, whose name says so.
"""

from __future__ import annotations

from hooks.context.paths import within
from hooks.context.tree import FILE
from hooks.facts import contents, plainly
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
_MANAGERS = frozenset('apk apt apt-get'.split())
# What adds somebody, and what may hold it.
_ADDS = ('passwd', 'useradd', 'adduser', 'users', '/etc', 'sh ', '.sh', '| sh')


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
    found = plainly.commands(step)
    if found is None or any(flag == 'mount' for flag, _ in step.flags):
        return False
    text = ' '.join(step.args)
    installs = name in text and any(words[0] in _MANAGERS for words in found)
    return not installs and not any(word in text for word in _ADDS)


def _may_bring(source: Source) -> bool:
    """Whether a COPY may bring a file of accounts."""
    target, matches, tree = source.target, source.matches, source.tree
    if target is None or not matches:
        return True
    if within(PASSWD, target) and target != PASSWD and all(tree.look(match).kind == FILE for match in matches):
        return any(match.endswith('/passwd') for match in matches)
    return within(PASSWD, target)

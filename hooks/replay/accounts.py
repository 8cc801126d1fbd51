"""adduser and addgroup: the short options of busybox, which those of Debian do not take.

Source: adduser of Debian 11, 12 and 13, of which these stand for several long options each; `-h` and `-H` ask for help
there, and nothing fails. Debian 13 and Ubuntu 24.04 come without it.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

PROGRAMS = ('adduser', 'addgroup')
REFUSED = 'Option '
_OF_BUSYBOX = ('-D', '-G', '-S', '-g', '-s')
_WITH = {
    'debian': ('10', '11', '12', 'buster', 'bullseye', 'bookworm', 'oldstable'),
    'ubuntu': ('18', '20', '22', 'bionic', 'focal', 'jammy'),
}
_HELP = ('-h', '-H', '-v', '-V', '--h', '--v')
# What groupadd and useradd call them; None for what they do without being told.
_LONG = {'-D': None, '-G': '--gid', '-H': '--no-create-home', '-S': '--system', '-h': '--home-dir', '-s': '--shell'}
_OF_USER, _OF_GROUP = {**_LONG, '-g': '--comment', '-u': '--uid'}, {'-S': '--system', '-g': '--gid'}


def refused(words: Sequence[str | None]) -> str:
    """What one of them says on Debian of its words; '' where it may take them."""
    if None in words or any(word and word.startswith(_HELP) for word in words):
        return ''
    option = next((word for word in words if word in _OF_BUSYBOX), '')
    return f'{REFUSED}{option[1:].lower()} is ambiguous' if option else ''


def has_them(name: str, tag: str) -> bool:
    """Whether the image of a Debian comes with them; that of Go on top of one does, for openssh-client wants them."""
    return name not in _WITH or tag.startswith(_WITH[name])


def portable(words: Sequence[str]) -> str:
    """The same by useradd or groupadd, which every Debian has; '' where that is not known."""
    program, known = ('useradd', _OF_USER) if words[0] == 'adduser' else ('groupadd', _OF_GROUP)
    if any((word.startswith('-') and word not in known) or not word or ' ' in word for word in words[1:]):
        return ''
    named = [known.get(word, word) for word in words[1:]]
    return ' '.join((program, *(word for word in named if word)))

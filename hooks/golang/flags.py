"""The flags that go's commands have: asked of Go 1.21 to 1.27, command by command; what older ones had is in the notes.

Commands that are not named here, as `go test`, hand on what they do not know.
"""

from __future__ import annotations

from hooks.golang.commands import ANY_FLAG, SWITCHES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.golang.commands import GoCommand

_BUILD = (
    'C a n p race msan asan v work x asmflags buildmode buildvcs compiler gccgoflags gcflags installsuffix ldflags '
    'linkshared modcacherw modfile overlay pgo pkgdir tags trimpath toolexec debug-actiongraph debug-runtime-trace '
    'debug-trace h help'
)
_PACKAGES = f'{_BUILD} mod cover covermode coverpkg json'
_MODULE = 'C modcacherw modfile overlay h help'
_FLAGS = {
    'build': f'{_PACKAGES} o i',
    'install': f'{_PACKAGES} i',
    'run': f'{_PACKAGES} exec',
    'get': f'{_BUILD} json f m u t d insecure fix tool',
    'mod download': f'{_MODULE} json x reuse',
    'mod tidy': f'{_MODULE} v x e go compat diff',
    'mod vendor': f'{_MODULE} v e o',
    'mod verify': _MODULE,
    'mod graph': f'{_MODULE} x go',
}
NAMES = sorted({name for names in _FLAGS.values() for name in names.split()})
# The minor number of the first Go that has a flag, and of the last.
FIRST = {('get', 'tool'): 24, ('mod tidy', 'diff'): 23}
FIRST |= {(name, 'json'): 24 for name in ('build', 'install', 'run', 'get')}
_LAST = {('build', 'i'): 19, ('install', 'i'): 19}
# The first Go that was asked; of an older one no more is known than that it had no more flags, but for a few.
ASKED = 21
_OLDER = frozenset(('mod', 'v', 'x', 'workfile'))
# What a Go that is newer than that has is not known; an image that floats has one of today.
NEWEST, FLOATING = 27, 9999


def undefined(command: GoCommand, minor: int) -> tuple[str, str]:
    """The first flag that a command of Go 1.MINOR (0: nobody knows) does not have, and what follows it; else ''."""
    if command.name not in _FLAGS or NEWEST < minor < FLOATING:
        return '', ''
    known = _FLAGS[command.name].split()
    words = list(command.words[len(command.name.split()) :])
    while words:
        word = words.pop(0)
        if word is None or word in (ANY_FLAG, '-', '--') or not word.startswith('-') or word.startswith('---'):
            break
        name, equals, value = word.removeprefix('-').removeprefix('-').partition('=')
        following = value if equals else words[0] or '' if words else ''
        if name not in known:
            return ('', '') if 0 <= minor < ASKED and name in _OLDER else (name, following)
        first, last = FIRST.get((command.name, name), 0), _LAST.get((command.name, name), NEWEST)
        if minor and (minor < first or (minor > last and last < NEWEST)):
            return name, following
        if not equals and name not in SWITCHES:
            words = words[1:]
    return '', ''

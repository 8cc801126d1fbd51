"""Whether cgo is on where a go command runs, and whether there is a C compiler.

Source: go/build and cmd/go/internal/work of Go: CGO_ENABLED says so; where it does not, from Go 1.20 on cgo is on if
the compiler is found and nothing is cross-compiled.
"""

from __future__ import annotations

from hooks.context.tree import ABSENT
from hooks.replay import bases
from hooks.replay.systems import GCC

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.facts.places import Place

# The first Go that turns cgo off where there is no compiler, and that brings no compiled packages which need none.
FIRST = 20
_IMAGES = bases.DISTRIBUTIONS | {'golang', 'go'}
BUILDS = frozenset(('build', 'install', 'run', 'test'))


def counts(place: Place) -> bool:
    """Whether it is a build of the main module's packages, by a Go of which all of this is known."""
    command = place.command
    plain = command.name in BUILDS and not command.versioned and command.flags.get('compiler', 'gc') == 'gc'
    # The go of other images may be a script that turns cgo on.
    known = bases.split(place.moments[place.at].base.reference)[0].rpartition('/')[2] in _IMAGES
    return plain and known and 'n' not in command.flags and place.minor >= FIRST


def lacks_compiler(place: Place) -> bool:
    """Whether there is none for certain."""
    env = place.call.shell.env
    return place.view.look(GCC).kind == ABSENT and env.get('CC', '') == ''


def install(place: Place) -> str:
    """How to get one."""
    from hooks.facts import packaged

    return packaged.install('gcc', place.moments[place.at].base.reference)


def setting(place: Place) -> str | None:
    """CGO_ENABLED, '' where it is not set, None where nobody knows."""
    return place.call.shell.env.get('CGO_ENABLED', '')


def off(place: Place) -> str:
    """Why cgo is off for certain; '' where it may be on."""
    value = setting(place)
    if value == '0':
        return 'CGO_ENABLED is 0'
    return 'there is no C compiler and CGO_ENABLED is not 1' if value == '' and lacks_compiler(place) else ''

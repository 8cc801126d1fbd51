"""Whether cgo is on where a go command runs, and whether there is a C compiler.

Source: go/build and cmd/go/internal/work of Go: CGO_ENABLED says so; where it does not, from Go 1.20 on cgo is on if
the compiler is found and nothing is cross-compiled.
"""

from __future__ import annotations

from hooks.context.tree import ABSENT, FILE
from hooks.facts import plainly
from hooks.replay import bases, packages, systems
from hooks.replay.systems import GCC

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.facts.places import Place

# The first Go that turns cgo off where there is no compiler, and that brings no compiled packages which need none.
FIRST = 20
_IMAGES = bases.DISTRIBUTIONS | {'golang', 'go'}
# Packages of Alpine that bring no header of the C library.
_HEADERLESS = frozenset(
    'bash bind-tools bzip2 ca-certificates coreutils curl findutils gcc git grep gzip jq libgcc make openssh '
    'openssh-client openssl sed sqlite sqlite-libs tar tzdata unzip upx wget xz zip'.split()
)
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


def lacks_headers(place: Place) -> int:
    """The line whose apk installs gcc, and no step the headers of musl, which gcc does not ask for; 0 where one may."""
    moment = place.moments[place.at]
    reference, stage = moment.base.reference, moment.stage
    if moment.base.line != stage.line or place.call.shell.env.get('CC', '') or '@' in reference:
        return 0
    path, tag = bases.split(reference)
    name = path.rpartition('/')[2]
    if name not in ('golang', 'alpine') or not bases.is_official(path, name) or systems.libc(name, tag) != 'musl':
        return 0
    line, steps = 0, [step for step in stage.steps if step.name in ('RUN', 'COPY', 'ADD', 'SHELL', 'ONBUILD')]
    for step in steps:
        if step.line >= place.line:
            break
        found = plainly.commands(step) if step.name != 'COPY' else []
        if found is None or (step.name == 'COPY' and '/usr' in step.text):
            return 0
        for words in found:
            if words[0] == 'apk' and 'add' in words:
                added = [word.partition('=')[0] for word in words if word[0] not in '-.' and word not in ('apk', 'add')]
                if not _HEADERLESS.issuperset(added):
                    return 0
                line = step.line if 'gcc' in added else line
    # What the step itself installs comes before the command, or behind it.
    own = place.moments[place.at].step
    return line if line and 'apk' not in ' '.join(own.args) else 0


def lacks_pkg_config(place: Place) -> bool:
    """Whether there is no pkg-config for certain."""
    shell = place.call.shell
    return shell.env.get('PKG_CONFIG', '') == '' and packages.lacks(shell, 'pkg-config')


def install(place: Place) -> str:
    """How to get one."""
    from hooks.facts import packaged

    return packaged.install('gcc', place.moments[place.at].base.reference)


def setting(place: Place) -> str | None:
    """CGO_ENABLED, '' where it is not set, None where nobody knows."""
    return place.call.shell.env.get('CGO_ENABLED', '')


def is_on(place: Place) -> bool:
    """Whether cgo is on for certain, by CGO_ENABLED or by a compiler that is there."""
    env, value = place.call.shell.env, setting(place)
    native = env.get('GOOS', '') in ('', 'linux') and env.get('GOARCH', '') == ''
    return place.view.look(GCC).kind == FILE and (value == '1' or (value == '' and native))


def off(place: Place) -> str:
    """Why cgo is off for certain; '' where it may be on."""
    value = setting(place)
    if value == '0':
        return 'CGO_ENABLED is 0'
    return 'there is no C compiler and CGO_ENABLED is not 1' if value == '' and lacks_compiler(place) else ''

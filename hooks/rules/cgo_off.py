"""A build that needs cgo while that is off: CGO_ENABLED=0, or an image without a C compiler.

go says: `build constraints exclude all Go files in /app` where every file of a package imports "C", `-race requires
cgo; enable cgo by setting CGO_ENABLED=1`, and `-buildmode=c-shared requires external (cgo) linking, but cgo is not
enabled`. Without a word go turns cgo off where it finds no compiler, and `golang:*-alpine` has none. Modules that are C's
do not compile then (`undefined: Gravity` in bimg), or lack what is called: `undefined: kafka.NewProducer`.

Cure: turn cgo on, and install a compiler where there is none.

Bad:

    -- Dockerfile --
    FROM golang:1.26
    WORKDIR /app
    COPY . .
    RUN CGO_ENABLED=0 go test -race ./...
    -- go.mod --
    module example.com/app

    go 1.26
    -- main.go --
    package main

    func main() {}
    -- says --
    Dockerfile:4: -race requires cgo at `go test`, since CGO_ENABLED is 0: set `CGO_ENABLED=1`

Good:

    -- Dockerfile --
    FROM golang:1.26
    WORKDIR /app
    COPY . .
    RUN go test -race ./...
    -- go.mod --
    module example.com/app

    go 1.26
    -- main.go --
    package main

    func main() {}

Silent: where a step may have installed a compiler, and where the image is not known.
"""

from __future__ import annotations

from hooks.facts import cgo
from hooks.facts.absence import Cause

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import Place
    from hooks.module.packages import Packages
    from hooks.report.finding import Finding

ID = 'cgo-off'
_OF_C = (
    'github.com/DataDog/', 'github.com/confluentinc/', 'github.com/davidbyttow/', 'github.com/godror/',
    'github.com/h2non/', 'github.com/pebbe/', 'github.com/valyala/', 'gocv.io/',
)  # fmt: skip
_MODES = frozenset(('c-shared', 'c-archive', 'plugin', 'shared'))


def find(place: Place) -> Iterator[Finding]:
    why = cgo.off(place) if cgo.counts(place) else ''
    fact = _fact(place) if why else ''
    if fact:
        cure = 'set `CGO_ENABLED=1`'
        if cgo.lacks_compiler(place):
            cure = cgo.install(place) + f', and {cure}' * (cgo.setting(place) == '0')
        yield place.finding(ID, f'{fact} at `{place.command}`', Cause(f', since {why}', cure), ('cgo', str(place.line)))


def _fact(place: Place) -> str:
    """What go says of a command that needs cgo; '' where it may need none."""
    flags = place.command.flags
    if flags.get('race') in ('', 'true'):
        return '-race requires cgo'
    if flags.get('buildmode') in _MODES:
        return f'-buildmode={flags["buildmode"]} requires external (cgo) linking'
    folder = _excluded(place)
    if folder is not None:
        return f'build constraints exclude all Go files in {folder or "/"}'
    mod = place.module.mod if place.module else None
    # Most modules require nothing of C.
    if mod is None or not any(each.path.startswith(_OF_C) for each in mod.require):
        return ''
    # Imported late, as above.
    from hooks.facts import c_modules

    return c_modules.refusal(place)


def _excluded(place: Place) -> str | None:
    """A package that is built for certain, and all of whose files import "C"."""
    module, command = place.module, place.command
    if module is None or module.mod is None or place.workspace is not False or place.vendored is not False:
        return None
    if command.name == 'test' or 'tags' in command.flags or not all(_is_named(arg) for arg in command.args):
        return None
    # Imported late: most builds have no such flag, and nothing of C.
    from hooks.module import needed

    found = needed.packages(place.invocation._replace(env={**place.call.shell.env, 'CGO_ENABLED': '1'}))
    return next((folder for folder, sure in found.folders.items() if sure and _is_c(place, found, folder)), None)


def _is_named(arg: str | None) -> bool:
    """Whether an argument is a package, which has to have a file: a pattern leaves out what has none."""
    return arg is not None and '...' not in arg and not arg.endswith('.go')


def _is_c(place: Place, found: Packages, folder: str) -> bool:
    """Whether a package has Go files, all known, which all import "C"."""
    names = place.view.names(folder)
    paths = [f'{folder}/{name}' for name in names or () if name.endswith('.go') and not name.endswith('_test.go')]
    files = [found.files.get(path) for path in paths]
    return bool(files) and names is not None and all(file is not None and 'C' in file.imports for file in files)

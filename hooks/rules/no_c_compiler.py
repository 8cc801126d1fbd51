"""cgo is turned on, and the image has no C compiler.

go says: `cgo: C compiler "gcc" not found: exec: "gcc": executable file not found in $PATH`. `golang:*-alpine` has none.
With CGO_ENABLED=1 go needs one for the race detector, for every package that imports "C", and for net, os/user and
what imports these (without `-tags netgo,osusergo`). Alpine's gcc comes without the headers of the C library, which is
musl-dev: `fatal error: errno.h: No such file or directory`, or another header, as the Go is. Nor has Alpine the pkg-config
that a `#cgo pkg-config:` line asks for.

Cure: install a compiler, and musl-dev, in a step before, or leave cgo off.

Bad:

    -- Dockerfile --
    FROM golang:1.26-alpine
    WORKDIR /app
    COPY . .
    RUN CGO_ENABLED=1 go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.26
    -- main.go --
    package main

    import "net/http"

    func main() { http.ListenAndServe(":80", nil) }
    -- says --
    Dockerfile:4: cgo: C compiler "gcc" not found at `go build`, since golang:1.26-alpine has none and no step before installs one: put `RUN apk add --no-cache gcc musl-dev` before it

Good:

    -- Dockerfile --
    FROM golang:1.26-alpine
    RUN apk add --no-cache gcc musl-dev
    WORKDIR /app
    COPY . .
    RUN CGO_ENABLED=1 go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.26
    -- main.go --
    package main

    import "net/http"

    func main() { http.ListenAndServe(":80", nil) }

Silent: where a step may have installed a compiler, CC names one, the image is not known, and nothing is known to need cgo.
"""

from __future__ import annotations

from hooks.facts import cgo
from hooks.facts.absence import Cause
from hooks.golang.gofiles import matches

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hooks.facts.places import Place
    from hooks.golang.gofiles import GoFile, Target
    from hooks.report.finding import Finding

ID = 'no-c-compiler'
# Modules all of whose code is C's; without cgo they are a stub or do not build.
_MODULES = frozenset(('github.com/mattn/go-sqlite3', 'github.com/confluentinc/confluent-kafka-go/v2/kafka'))


# Those of them that ask pkg-config for their library, in every version.
_BY_PKG_CONFIG = frozenset(('github.com/h2non/bimg', 'github.com/davidbyttow/govips/v2/vips'))


def find(place: Place) -> Iterator[Finding]:
    line = cgo.lacks_headers(place) if cgo.is_on(place) else 0
    if line and cgo.counts(place) and _needs(place):
        why = f', since line {line} installs gcc, which brings no header of the C library'
        fact = f'runtime/cgo: fatal error: errno.h: No such file or directory at `{place.command}`'
        cause = Cause(why, f'add `musl-dev` to line {line}')
        yield place.finding(ID, fact, cause, ('cgo', str(place.line)))
    elif cgo.is_on(place) and cgo.counts(place) and cgo.lacks_pkg_config(place) and _asks_pkg_config(place):
        base = place.moments[place.at].base.reference
        why = f', since {base} comes without it and no step before installs it'
        fact = f'exec: "pkg-config": executable file not found in $PATH at `{place.command}`'
        cause = Cause(why, 'put `RUN apk add --no-cache pkgconf` before it')
        yield place.finding(ID, fact, cause, ('pkg-config', str(place.line)))
    if cgo.setting(place) == '1' and cgo.lacks_compiler(place) and cgo.counts(place) and _needs(place):
        why = f', since {place.moments[place.at].base.reference} has none and no step before installs one'
        cause = Cause(why, cgo.install(place))
        fact = f'cgo: C compiler "gcc" not found at `{place.command}`'
        yield place.finding(ID, fact, cause, ('cgo', str(place.line)))


def _needs(place: Place) -> bool:
    """Whether what is built needs a compiler for certain."""
    if place.command.flags.get('race') in ('', 'true'):
        return True
    module = place.module
    if module is None or module.mod is None or place.workspace is not False or place.vendored is not False:
        return False
    # Imported late: few builds turn cgo on.
    from hooks.module import needed

    env = {**place.call.shell.env, 'CGO_ENABLED': '1'}
    found = needed.packages(place.invocation._replace(env=env))
    if any(each.sure and path in _wanting(place) for path, each in found.imports.items()):
        return True
    target = needed.target(place.command, env)
    return any(_is_c(found.folders, path, file, target) for path, file in found.files.items())


def _asks_pkg_config(place: Place) -> bool:
    """Whether a file that is built for certain says `#cgo pkg-config:`, of the module's own or of a known one."""
    if place.module is None or place.module.mod is None or place.workspace is not False:
        return False
    from hooks.module import needed

    env = {**place.call.shell.env, 'CGO_ENABLED': '1'}
    found = needed.packages(place.invocation._replace(env=env))
    if any(each.sure and path in _BY_PKG_CONFIG for path, each in found.imports.items()):
        return True
    target = needed.target(place.command, env)
    for path, file in found.files.items():
        text = (place.view.look(path).read(place.repository) or '') if file and 'C' in file.imports else ''
        if '#cgo pkg-config:' in text and _is_c(found.folders, path, file, target):
            return True
    return False


def _wanting(place: Place) -> frozenset[str]:
    """The packages that want C: of the standard library what -tags do not make plain Go of."""
    from hooks.facts import linking

    tags = place.command.flags.get('tags', '')
    named = frozenset(('netgo', 'osusergo') if tags is None else tags.replace(',', ' ').split())
    net = linking.NET if 'netgo' not in named else frozenset()
    user = linking.USER if 'osusergo' not in named else frozenset()
    return _MODULES | {'runtime/cgo'} | net | user


def _is_c(folders: Mapping[str, bool], path: str, file: GoFile | None, target: Target) -> bool:
    """Whether a file that is built for certain imports "C"."""
    folder, _, name = path.rpartition('/')
    return (
        file is not None and 'C' in file.imports and folders.get(folder) is True and matches(name, file, target) is True
    )

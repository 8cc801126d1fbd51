"""The modules are not downloaded in a layer before the source, as `--cached` asks for.

go says nothing. Where the modules are downloaded in the layer of the source, or after it, every change of a Go file
downloads them again.

Option: `--cached`

Cure: run `go mod download` right after go.mod and go.sum are copied, or keep the modules in a cache mount.

Bad:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go mod download
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.23

    require example.com/dep v1.0.0
    -- go.sum --
    example.com/dep v1.0.0 h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
    example.com/dep v1.0.0/go.mod h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
    -- main.go --
    package main

    import _ "example.com/dep"

    func main() {}
    -- says --
    Dockerfile:4: `go mod download` runs in a layer after the source, so every change of a Go file downloads them again: run `go mod download` right after `COPY go.mod go.sum ./`, before the source is copied

Good:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY go.mod go.sum ./
    RUN go mod download
    COPY . .
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.23

    require example.com/dep v1.0.0
    -- go.sum --
    example.com/dep v1.0.0 h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
    example.com/dep v1.0.0/go.mod h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
    -- main.go --
    package main

    import _ "example.com/dep"

    func main() {}

Silent: without the option, for a module without requirements, and where a cache mount holds the modules.
"""

from __future__ import annotations

from hooks.facts.absence import Cause
from hooks.module import modules

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import Place
    from hooks.module.modules import Module
    from hooks.replay.shell import Call
    from hooks.report.finding import Finding


ID = 'download-after-source'


def find(place: Place) -> Iterator[Finding]:
    module, command, step = place.module, place.command, place.moments[place.at].step
    # A cache of the modules makes that layer needless.
    cached = any(_keeps_modules(value) for name, value in step.flags if name == 'mount')
    if module is None or module.mod is None or not module.mod.require or cached:
        return
    if command.versioned or any(_downloads(place, moment.call, module) for moment in place.moments[: place.at]):
        return
    late = modules.has_go_files(place.view, module.folder)
    if command.name == 'mod download':
        fact = f'`{command}` runs in a layer after the source' if late else ''
    else:
        fact = f'`{command}` downloads modules in the layer of the source' if _needs_modules(place) else ''
    if fact:
        why = ', so every change of a Go file downloads them again'
        cure = 'run `go mod download` right after `COPY go.mod go.sum ./`, before the source is copied'
        yield place.finding(ID, fact, Cause(why, cure), ('cached', module.origin))


def _keeps_modules(mount: str) -> bool:
    """Whether a --mount is a cache of the folder in which go keeps modules, or may be."""
    options = dict(option.partition('=')[::2] for option in mount.split(','))
    target = options.get('target') or options.get('dst') or options.get('destination') or ''
    modules = '$' in target or target.rstrip('/').endswith(('/go', '/pkg', '/pkg/mod')) or 'mod' in target
    return options.get('type') == 'cache' and modules


def _downloads(place: Place, call: Call | None, module: Module) -> bool:
    """Whether a command downloads the modules of this go.mod."""
    if call is None or call.command.name != 'mod download' or call.shell.cwd is None:
        return False
    return modules.find_up(call.shell.view, call.shell.cwd, 'go.mod')[1].origin == module.origin


def _needs_modules(place: Place) -> bool | None:
    """Whether a command takes packages of other modules, from the network or the module cache."""
    from hooks.module import needed

    if place.command.name in ('mod tidy', 'get') or place.command.flags.get('mod') == 'mod':
        return True
    return needed.needs_sum(place.invocation)

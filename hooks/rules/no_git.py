"""go fetches a module from its repository, and the image has no git.

go says: `exec: "git": executable file not found in $PATH`. What GOPRIVATE or GONOPROXY names go does not ask a proxy for, and
with GOPROXY=direct nothing; it starts git instead, which `golang:*-alpine` comes without.

Cure: install git in a step before (and, for modules by ssh, openssh-client).

Bad:

    -- Dockerfile --
    FROM golang:1.26-alpine
    ENV GOPRIVATE=github.com/acme
    WORKDIR /app
    COPY go.mod go.sum ./
    RUN go mod download
    COPY . .
    RUN go build -o /server .
    -- go.mod --
    module github.com/acme/app

    go 1.26

    require github.com/acme/lib v1.0.0
    -- go.sum --
    github.com/acme/lib v1.0.0 h1:gK/Kv2otX8gz+wn7Rmb3vT96ZwuoxnQlY+HlJVj7Qug=
    github.com/acme/lib v1.0.0/go.mod h1:D4IsuqiFMhST5bX19pQ9ikHC2GsaKyk/oF+pn3ducp4=
    -- main.go --
    package main

    import _ "github.com/acme/lib"

    func main() {}
    -- says --
    Dockerfile:5: exec: "git": executable file not found in $PATH at `go mod download`, since GOPRIVATE names github.com/acme/lib and golang:1.26-alpine comes without git: put `RUN apk add --no-cache git` before it

Good:

    -- Dockerfile --
    FROM golang:1.26-alpine
    RUN apk add --no-cache git
    ENV GOPRIVATE=github.com/acme
    WORKDIR /app
    COPY go.mod go.sum ./
    RUN go mod download
    COPY . .
    RUN go build -o /server .
    -- go.mod --
    module github.com/acme/app

    go 1.26

    require github.com/acme/lib v1.0.0
    -- go.sum --
    github.com/acme/lib v1.0.0 h1:gK/Kv2otX8gz+wn7Rmb3vT96ZwuoxnQlY+HlJVj7Qug=
    github.com/acme/lib v1.0.0/go.mod h1:D4IsuqiFMhST5bX19pQ9ikHC2GsaKyk/oF+pn3ducp4=
    -- main.go --
    package main

    import _ "github.com/acme/lib"

    func main() {}

Silent: where a mount or a COPY may bring the module cache, modules are vendored, or a host may serve them by other means than
git.
"""

from __future__ import annotations

from hooks.facts.absence import Cause
from hooks.replay import packages

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import Place
    from hooks.report.finding import Finding

ID = 'no-git'
_LOADS = frozenset(('mod download', 'build', 'install', 'test', 'vet', 'run'))


def find(place: Place) -> Iterator[Finding]:
    command, module, shell = place.command, place.module, place.call.shell
    if command.name not in _LOADS or command.versioned or module is None or module.mod is None:
        return
    if command.name == 'mod download' and command.args:
        return
    if not packages.lacks(shell, 'git') or place.workspace is not False or place.vendored is not False:
        return
    # Imported late: nearly all images have git, or need none.
    from hooks.facts import private

    found = private.fetched(place)
    if found:
        path, name = found
        base = place.moments[place.at].base.reference
        what = f'{name} names {path}' if name != 'GOPROXY' else f'GOPROXY is direct, {path} comes from its repository,'
        cause = Cause(f', since {what} and {base} comes without git', 'put `RUN apk add --no-cache git` before it')
        fact = f'exec: "git": executable file not found in $PATH at `{command}`'
        yield place.finding(ID, fact, cause, ('git', str(place.moments[place.at].stage.line)))

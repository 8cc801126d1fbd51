"""A command of a RUN is a program that the image comes without, and no step before brings it.

The shell says `make: not found`, and the step ends with exit code 127. `golang:*-alpine` and `alpine` have neither make
nor git, bash, curl or a C compiler; `debian`, `debian:*-slim` and `ubuntu` have no make, git, curl or wget; none of them
has another's package manager, only images of Go have go, and none has the tools that `go install` brings (and, since Go
1.18, `go get` does not). So it is with the shell that SHELL, an exec form or the first line of a script or heredoc names,
and with `curl … | tar -xz`, where tar gets nothing. protoc starts a program for `--go_out` and `--go-grpc_out` each, and
says `protoc-gen-go: program not found or is not executable`. `pushd`, `popd` and `shopt` are bash's own: sh is another
shell on Debian and Alpine, and says the same of them.

Cure: install the package that the message names in a step before.

Bad:

    -- Dockerfile --
    FROM golang:1.26-alpine
    WORKDIR /app
    COPY . .
    RUN git describe --always > version && go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.26
    -- Makefile --
    build:
        go build -o /server .
    -- main.go --
    package main

    func main() {}
    -- says --
    Dockerfile:4: git: not found, since golang:1.26-alpine comes without it and no step before installs it: put `RUN apk add --no-cache git` before it

Good:

    -- Dockerfile --
    FROM golang:1.26-alpine
    RUN apk add --no-cache git
    WORKDIR /app
    COPY . .
    RUN git describe --always > version && go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.26
    -- Makefile --
    build:
        go build -o /server .
    -- main.go --
    package main

    func main() {}

Silent: in images that are not the official ones, where a step may have brought the program (a package that is in no
table, an archive, a script), and where the command may fail.
"""

from __future__ import annotations

from hooks.context.tree import FILE
from hooks.facts.absence import Cause
from hooks.replay.image import GO, GO_FOLDER
from hooks.replay.systems import OF_BASH

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import At
    from hooks.replay.shell import Failure
    from hooks.report.finding import Finding

ID = 'command-not-found'
_RELINKS = frozenset('alternatives cp ln mv update-alternatives'.split())
_MANAGERS = frozenset('apk apt apt-get dnf microdnf yum'.split())


def find(at: At) -> Iterator[Finding]:
    absent = at.moment.absent
    # What other images lack is not ours to judge.
    if absent is None or not any(moment.call or moment.go for moment in at.moments):
        return
    # Which shell /bin/sh is may have been changed.
    if absent.program in OF_BASH and _changes_shell(at):
        return
    yield at.finding(ID, _fact(at, absent), _cause(at, absent), ('program', str(at.line), absent.program))


def _changes_shell(at: At) -> bool:
    text = at.build.repository.read(at.build.dockerfile) or ''
    return 'dash' in text or any('bin/sh' in line and _RELINKS & set(line.split()) for line in text.split('\n'))


def _fact(at: At, absent: Failure) -> str:
    """What is said of it: by the shell, or by the builder where that starts it."""
    word = absent.words[0]
    if at.moment.step.exec and at.moment.step.args[:1] == (word,):
        return f'exec: "{word}": executable file not found in $PATH'
    return absent.says or f'{word}: not found'


def _cause(at: At, absent: Failure) -> Cause:
    # Imported late: most programs are there.
    from hooks.facts import packaged

    reference = at.moment.base.reference
    why = f', since {reference} comes without it and no step before installs it'
    if absent.program == 'go' and at.moment.view.look(GO).kind == FILE:
        return Cause(f', since PATH does not lead to {GO_FOLDER}', f'put `ENV PATH=$PATH:{GO_FOLDER}` before it')
    if absent.program == 'go':
        return Cause(why, 'build in a stage of `golang`, or copy /usr/local/go from one and set PATH')
    if absent.program in OF_BASH:
        why = ', since only bash has it, and this shell is sh'
        return Cause(why, 'run it with bash, as `SHELL ["/bin/bash", "-c"]` does')
    if absent.program in _MANAGERS:
        manager = '`apk add --no-cache`' if packaged.is_alpine(reference) else '`apt-get install`'
        return Cause(why, f'install with {manager}, as this image does')
    got = packaged.got(at, absent.program)
    return got or Cause(why, packaged.install(absent.program, reference, at.moment.go))

"""The program that the image starts keeps its symbols and what a debugger reads (`--hardened`).

go says nothing. `-ldflags "-s"` leaves out the symbol table and DWARF, a third of the program; `-w` alone leaves out
DWARF, and `-s -w`, which many write, is the same as `-s` on Linux. Stack traces of a panic need neither.

Option: `--hardened`

Cure: build with `-ldflags "-s -w"`.

Bad:

    -- Dockerfile --
    FROM golang:1.26 AS build
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build -o /server .

    FROM alpine:3.23
    COPY --from=build /server /server
    USER 65532
    ENTRYPOINT ["/server"]
    -- go.mod --
    module example.com/app

    go 1.26
    -- main.go --
    package main

    func main() {}
    -- says --
    Dockerfile:4: `go build` links /server with its symbols: add `-ldflags "-s -w"`

Good:

    -- Dockerfile --
    FROM golang:1.26 AS build
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build -ldflags "-s -w" -o /server .

    FROM alpine:3.23
    COPY --from=build /server /server
    USER 65532
    ENTRYPOINT ["/server"]
    -- go.mod --
    module example.com/app

    go 1.26
    -- main.go --
    package main

    func main() {}

Silent: without the option, where -ldflags is not known, and where `strip` or `upx` runs.
"""

from __future__ import annotations

from hooks.facts.absence import Cause
from hooks.facts.places import found
from hooks.facts.starting import own

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import At
    from hooks.report.finding import Finding

ID = 'program-not-stripped'
_STRIPS = ('-s', '--s')
_OTHERS = ('strip', 'upx')


def find(at: At) -> Iterator[Finding]:
    program = own(at)
    start, moment = program or (None, None)
    if start is None or moment is None or moment.call is None:
        return
    # Imported late: not every program is asked for.
    from hooks.facts.linking import linker_words

    call = moment.call
    words = linker_words(call.command.flags) if '?' not in call.command.flags else None
    if words is None or any(word in _STRIPS for word in words):
        return
    texts = [step.text for each in at.moments for step in each.stage.steps if step.name == 'RUN']
    texts += [at.build.repository.read(call.by.path) or ''] if call.by else []
    if any(word in text for text in texts for word in _OTHERS):
        return
    cure = 'add -s to its -ldflags' if words else 'add `-ldflags "-s -w"`'
    fact = f'`{call.command}` links {start.path} with its symbols'
    yield found(at.build, moment.step.line, ID, fact, Cause('', cure), says=False, by=call.by)

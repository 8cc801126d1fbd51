"""The script that an image starts names, in its first line, a program that is not in the image.

The build passes; the container does not start: `exec /entrypoint.sh: no such file or directory`. What is missing is not the
script but what its first line asks for: `#!/bin/bash` on Alpine, which has no bash; and where that line ends in CRLF, a
program whose name ends in a carriage return.

Cure: write the script for sh, install the shell, keep the file with LF.

Bad:

    -- Dockerfile --
    FROM golang:1.26-alpine AS build
    WORKDIR /src
    COPY . .
    RUN go build -o /server .

    FROM alpine:3.23
    COPY --from=build /server /server
    COPY --chmod=755 entrypoint.sh /entrypoint.sh
    ENTRYPOINT ["/entrypoint.sh"]
    -- entrypoint.sh --
    #!/bin/bash
    exec /server "$@"
    -- go.mod --
    module example.com/app

    go 1.26
    -- main.go --
    package main

    func main() {}
    -- says --
    Dockerfile:9: exec /entrypoint.sh: no such file or directory when the container starts, since its first line asks for /bin/bash, and alpine:3.23 comes without it: write `#!/bin/sh`, or run `apk add --no-cache bash` before it

Good:

    -- Dockerfile --
    FROM golang:1.26-alpine AS build
    WORKDIR /src
    COPY . .
    RUN go build -o /server .

    FROM alpine:3.23
    COPY --from=build /server /server
    COPY --chmod=755 entrypoint.sh /entrypoint.sh
    ENTRYPOINT ["/entrypoint.sh"]
    -- entrypoint.sh --
    #!/bin/sh
    exec /server "$@"
    -- go.mod --
    module example.com/app

    go 1.26
    -- main.go --
    package main

    func main() {}

Silent: where a step may have brought the program, or changed the script, and for a path that a compose file mounts.
"""

from __future__ import annotations

from hooks.facts import contents
from hooks.facts.absence import Cause
from hooks.facts.starting import mounted, started
from hooks.replay.systems import FOLDERS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import At
    from hooks.facts.starting import Started
    from hooks.report.finding import Finding

ID = 'interpreter-not-in-image'
_ENV = '/usr/bin/env'


def find(at: At) -> Iterator[Finding]:
    start = started(at)
    if start is None or not start.script or not any(moment.call or moment.go for moment in at.moments):
        return
    text = start.entry.read(at.build.repository) or ''
    first = text.partition('\n')[0]
    words = first[2:].split() if first[:2] == '#!' else []
    if not words or mounted(at, start.path):
        return
    program = words[1] if words[0] == _ENV and len(words) == 2 else words[0]
    why = _ending(at, start, first, program) or _absence(at, program)
    if why is None:
        return
    fact = f'exec {start.path}: no such file or directory' if start.order.step.exec else f'{start.word}: not found'
    if program != words[0]:
        fact = f"env: can't execute '{program}': No such file or directory"
    related = ((start.entry.origin, 1, f'asks for {program}'),)
    cause = why._replace(related=related)
    yield at.finding(ID, f'{fact} when the container starts', cause, ('start', str(at.line)))


def _ending(at: At, start: Started, first: str, program: str) -> Cause | None:
    """The line ends in CRLF, which makes the carriage return a part of the name: behind a blank it is an argument."""
    if (
        first[-1:] != '\r'
        or not first[:-1].endswith(program)
        or not at.build.repository.ends_lines_in_crlf(start.entry.origin)
    ):
        return None
    return Cause(
        f', since its first line ends in CRLF, and no program is called {program} and a carriage return',
        f'write {start.entry.origin} with LF (`eol=lf` in .gitattributes)',
    )


def _absence(at: At, program: str) -> Cause | None:
    name = program.rpartition('/')[2]
    folders = (program.rpartition('/')[0],) if '/' in program else FOLDERS
    if not name or not all(contents.lacks(at, f'{folder}/{name}') for folder in folders):
        return None
    base = at.moment.base.reference
    why = f', since its first line asks for {program}, and {base} comes without it'
    if name in ('sh', 'bash') and contents.lacks(at, '/bin/sh'):
        return Cause(why, 'start the program itself')
    # Imported late: nearly all scripts are for sh.
    from hooks.facts import packaged

    install = packaged.install(name, base).removeprefix('put ').replace('RUN ', '', 1)
    return Cause(why, f'{"write `#!/bin/sh`, or " * (name == "bash")}run {install}')

"""A compose file mounts a folder over the one that holds the program.

The build passes; then the container says: `exec: "./server": stat ./server: no such file or directory`. What is mounted
hides what the image has there, and the sources that it brings instead hold no program.

Cure: put the program where nothing is mounted, as in /usr/local/bin, or leave the volume out.

Bad:

    -- Dockerfile --
    FROM golang:1.26
    WORKDIR /app
    COPY . .
    RUN go build -o server .
    CMD ["./server"]
    -- compose.yaml --
    services:
      web:
        build: .
        volumes:
          - .:/app
    -- go.mod --
    module example.com/app

    go 1.26
    -- main.go --
    package main

    func main() {}
    -- says --
    compose.yaml:5: exec: "./server": stat ./server: no such file or directory when the container starts (Dockerfile:5), since this volume hides /app, and brings no server: put the program where nothing is mounted, as in /usr/local/bin

Good:

    -- Dockerfile --
    FROM golang:1.26
    WORKDIR /app
    COPY . .
    RUN go build -o /usr/local/bin/server .
    CMD ["server"]
    -- compose.yaml --
    services:
      web:
        build: .
        volumes:
          - .:/app
    -- go.mod --
    module example.com/app

    go 1.26
    -- main.go --
    package main

    func main() {}

Silent: where git ignores a file of that name, or a Makefile or a README names it, for it may be built beside the sources;
where another volume lies over the program; where the service starts something else; and where another compose file speaks
of it.
"""

from __future__ import annotations

from hooks.context.paths import within
from hooks.context.tree import ABSENT
from hooks.facts.absence import Cause
from hooks.facts.places import found
from hooks.facts.starting import own
from hooks.report.finding import Related

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import At
    from hooks.replay.build import Mount
    from hooks.report.finding import Finding

ID = 'program-hidden'


def find(at: At) -> Iterator[Finding]:
    mounts = dict.fromkeys(mount for each in at.build.declared for mount in each.mounts)
    started = own(at) if mounts else None
    if started is None:
        return
    start, _ = started
    path, name = start.path, start.path.rpartition('/')[2]
    for mount in mounts:
        if not _hides(at, mount, path):
            continue
        says = f'exec: "{start.word}": stat {start.word}: no such file or directory'
        fact = f'{says if start.order.step.exec else f"{start.word}: not found"} when the container starts'
        cure = 'put the program where nothing is mounted, as in /usr/local/bin'
        cause = Cause(f', since this volume hides {mount.target}, and brings no {name}', cure)
        hidden = found(at.build, mount.line, ID, fact, cause, ('hidden', mount.path, str(mount.line)), says=False)
        where = Related(at.build.dockerfile, at.line, 'starts the program')
        yield hidden._replace(path=mount.path, says=f' ({at.build.dockerfile}:{at.line})', related=(where,))


def _hides(at: At, mount: Mount, path: str) -> bool:
    """Whether a path of the image is below a mount that surely has nothing there."""
    repository, target = at.build.repository, mount.target.rstrip('/')
    if not target or not within(path, target) or any(within(path, other.rstrip('/')) for other in mount.others):
        return False
    file = f'{mount.source}{path[len(target) :]}'.lstrip('/')
    if repository.kind(file) != ABSENT or repository.ignored(file) or repository.generated(file):
        return False
    # Imported late: few volumes hide a program.
    from hooks.facts import makers

    if makers.names(repository, file):
        return False
    folder, _, name = mount.path.rpartition('/')
    others = (each for each in repository.names(folder) if each != name and 'compose' in each.lower())
    texts = (repository.read(f'{folder}/{each}'.lstrip('/')) or '' for each in others)
    return not any(f'{mount.service}:' in text for text in texts)

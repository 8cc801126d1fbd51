"""A compose file builds from a folder, or with a Dockerfile, that does not exist.

Docker says: `unable to prepare context: path "…" not found`, or `failed to read dockerfile: open Dockerfile: no such
file or directory`. A service's `build:` names a folder that nothing tracked lies in, or a Dockerfile that git does not
track. `context` starts from the compose file, and `dockerfile` from the context. The finding stands at the `build:`.

Cure: write the path of what is meant, or commit it.

Bad:

    -- compose.yaml --
    services:
      api:
        build:
          context: api
          dockerfile: api/Dockerfile
    -- api/Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go build -o /server .
    -- api/go.mod --
    module example.com/app

    go 1.23
    -- api/main.go --
    package main

    func main() {}
    -- says --
    compose.yaml:3: failed to read dockerfile: open api/api/Dockerfile: no such file or directory: write `dockerfile: Dockerfile`

Good:

    -- compose.yaml --
    services:
      api:
        build: api
    -- api/Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go build -o /server .
    -- api/go.mod --
    module example.com/app

    go 1.23
    -- api/main.go --
    package main

    func main() {}

Silent: where a variable, a profile or an image of a registry decides; where git ignores the path, it lies in a submodule
or outside of the repository; where a README, a Makefile or a script says to clone or to make it.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.builds.absent import Absent
    from hooks.context.index import Repository
    from hooks.report.finding import Finding

ID = 'no-such-build'


def find(repository: Repository, absent: Absent) -> Iterator[Finding]:
    """One `build` section of a compose file."""
    # Imported late: where all is well, nobody asks.
    from hooks.facts import makers
    from hooks.report.finding import Finding

    path = absent.path
    if repository.ignored(path) or repository.ignored(f'{path}/x') or repository.generated(path):
        return
    if makers.makes(repository, path):
        return
    if absent.is_folder:
        fact = f'unable to prepare context: path "{path}" not found'
        cure = f'write `context: {absent.meant}`' if absent.meant else 'correct the path, or commit the folder'
    else:
        fact = f'failed to read dockerfile: open {path}: no such file or directory'
        cure = f'write `dockerfile: {absent.meant}`' if absent.meant else 'correct the path, or commit the file'
        if absent.meant and path.rpartition('/')[2] != absent.meant.rpartition('/')[2]:
            cure = f'correct the path ({absent.meant} is there), or commit the file'
    yield Finding(absent.by, absent.line, ID, fact, cure)

"""A build is declared with a Dockerfile, or a compose file builds from a folder, that does not exist.

Docker says: `unable to prepare context: path "…" not found`, or `failed to read dockerfile: open Dockerfile: no such
file or directory`. A service's `build:` names a folder that nothing tracked lies in, or a Dockerfile that git does not
track. `context` starts from the compose file, and `dockerfile` from the context. The same goes for the Dockerfile of a
workflow's step, and of `docker build` in a Makefile or a script: there the path starts from the working folder. The
finding stands where the build is declared.

A path that is there in another case is found on macOS and Windows, and not on Linux; only for `Dockerfile` docker takes
`dockerfile` as well.

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
or outside of the repository; where a README, a Makefile or a script says to clone or to make it, or a step before may;
where a condition decides whether the command runs; where a workflow runs on another checkout, or is called by others.
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
    """One declared build."""
    # Imported late: where all is well, nobody asks.
    from hooks.facts import makers
    from hooks.report.finding import Finding

    path = absent.path
    if repository.ignored(path) or repository.ignored(f'{path}/x') or repository.generated(path):
        return
    folder = path.rpartition('/')[0]
    if makers.makes(repository, path, file=not absent.is_folder):
        return
    if folder and not repository.has_folder(folder) and makers.makes(repository, folder):
        return
    why = f', since it is called {absent.meant} (Linux tells the case apart)' if absent.cased else ''
    if absent.is_folder:
        fact = f'unable to prepare context: path "{path}" not found'
        cure = f'write `context: {absent.meant}`' if absent.meant else 'correct the path, or commit the folder'
    else:
        fact = f'failed to read dockerfile: open {path}: no such file or directory'
        cure = f'write `{absent.key}{absent.meant}`' if absent.meant else 'correct the path, or commit the file'
        if absent.meant and not absent.cased and path.rpartition('/')[2] != absent.meant.rpartition('/')[2]:
            cure = f'correct the path ({absent.meant} is there), or commit the file'
    yield Finding(absent.by, absent.line, ID, fact, cure, why)

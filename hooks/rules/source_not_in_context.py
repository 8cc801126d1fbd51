"""A source is not in the build context that a clean checkout sends.

Docker says: `"/go.sum": not found`. Its builders are sent the files of one folder, less what an ignore file hides; what
git does not track is not even in that folder on a clean checkout. The message says which it is: go.sum was never
generated; the module requires nothing, so that go never writes one; git ignores the file, or it is on this disk only; a
line of an ignore file hides it; it lies elsewhere; nothing of that name is in git. So for every source, of any kind, of
a Dockerfile that builds Go.

Cure: what the message names: `go mod tidy` and a commit, another line in an ignore file, or `go.sum*`, which BuildKit
lets match nothing (`--fix` writes it where that is the whole cure).

Bad:

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
    -- main.go --
    package main

    import _ "example.com/dep"

    func main() {}
    -- says --
    Dockerfile:3: "/go.sum" not found in the build context at the top of the repository, since no go.sum was ever generated: run `go mod tidy` and commit go.sum

Good:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY go.mod go.sum* ./
    COPY . .
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.23
    -- main.go --
    package main

    func main() {}

Silent: below a folder that git ignores as a whole: what lies there is made before the build. So is, of other files than
Go's own, what looks like the product of a build (`dist/`, a binary, an archive), and what a Makefile, a script or a
workflow names, or a README says to make. Not so where a workflow builds from a clean checkout and no step before the
build may make anything: there it is surely absent.
"""

from __future__ import annotations

from hooks.context.tree import Context

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import At
    from hooks.report.finding import Finding

ID = 'source-not-in-context'


def find(at: At) -> Iterator[Finding]:
    if not at.missing:
        return
    # Imported late: where all is well, nobody asks.
    from hooks.facts import sources

    missing = [lack for lack in sources.lacks(at) if isinstance(lack.source.tree, Context)]
    yield from sources.findings(at, ID, missing)

"""A source is tracked in another folder, which could be the context that was meant.

Docker says: `"/go.mod": not found`. A compose file or a workflow declares the build from one folder, and what the
Dockerfile copies is in another one: paths of COPY start at the build context, not at the Dockerfile. Nothing else of
that build is judged, since it follows from this.

Cure: make the folder the context, where it is declared, or write the paths from the context that is declared.

Bad:

    -- api/Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY go.mod ./
    COPY . .
    RUN go build -o /server .
    -- api/go.mod --
    module example.com/app

    go 1.23
    -- api/main.go --
    package main

    func main() {}
    -- compose.yaml --
    services:
      api:
        build:
          context: .
          dockerfile: api/Dockerfile
    -- says --
    api/Dockerfile:3: "/go.mod" not found in the build context at the top of the repository (declared by compose.yaml:3), but in api: in compose.yaml:3 set `context: api` and `dockerfile: Dockerfile`, or copy `api/go.mod`

Good:

    -- api/Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY go.mod ./
    COPY . .
    RUN go build -o /server .
    -- api/go.mod --
    module example.com/app

    go 1.23
    -- api/main.go --
    package main

    func main() {}
    -- compose.yaml --
    services:
      api:
        build: api

Silent: where nobody declares the build: then the context is one in which all that is copied exists.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import At
    from hooks.report.finding import Finding

ID = 'wrong-context'


def find(at: At) -> Iterator[Finding]:
    if not at.missing:
        return
    # Imported late: where all is well, nobody asks.
    from hooks.facts import sources

    # Whatever else is not in that context follows from it.
    yield from (finding._replace(last=True) for finding in sources.findings(at, ID, sources.misplaced(at)))

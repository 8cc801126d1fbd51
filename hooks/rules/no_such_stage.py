"""A build names a target that is no stage of its Dockerfile.

Docker says: `target stage "production" could not be found`. The name of a stage is what stands behind AS in its FROM, in
any case; a number counts them from 0. A compose file, a workflow, a Makefile or a script still names one that was
renamed, or that another Dockerfile has.

Cure: name a stage that there is, where the build is declared, or name the stage so.

Bad:

    -- Dockerfile --
    FROM golang:1.23 AS build
    WORKDIR /app
    COPY . .
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.23
    -- main.go --
    package main

    func main() {}
    -- compose.yaml --
    services:
      api:
        build:
          context: .
          target: production
    -- says --
    compose.yaml:3: target stage "production" could not be found in Dockerfile: name one of its stages (build)

Good:

    -- Dockerfile --
    FROM golang:1.23 AS build
    WORKDIR /app
    COPY . .
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.23
    -- main.go --
    package main

    func main() {}
    -- compose.yaml --
    services:
      api:
        build:
          context: .
          target: build

Silent: where the target is not known, and for a Dockerfile that runs no go command.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.targets import Built
    from hooks.report.finding import Finding

ID = 'no-such-stage'


def find(built: Built) -> Iterator[Finding]:
    build, dockerfile, moments = built
    if moments or not build.target:
        return
    # Imported late: nearly every target is a stage.
    from hooks.replay.replayer import Replayer, replay
    from hooks.report.finding import Finding

    if Replayer(build, dockerfile).index(build.target) is not None:
        return
    if not any(moment.call for moment in replay(build._replace(target=''), dockerfile)):
        return
    names = ', '.join(stage.name for stage in dockerfile.stages if stage.name)
    cure = f'name one of its stages ({names})' if names else 'leave it out, or name the stage so'
    fact = f'target stage "{build.target}" could not be found in {build.dockerfile}'
    for each in build.declared:
        yield Finding(each.by, each.line, ID, fact, cure)

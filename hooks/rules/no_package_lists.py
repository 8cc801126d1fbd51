"""apt is told to install a package before it has fetched the lists of packages.

apt says: `E: Unable to locate package ca-certificates`. The official images of Debian, of Ubuntu and of Go on top come without
the lists, so that they are small: `apt-get install` finds there only what is installed already.

Cure: fetch the lists in the same RUN.

Bad:

    -- Dockerfile --
    FROM golang:1.26 AS build
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build -o /server .

    FROM debian:bookworm-slim
    RUN apt-get install -y ca-certificates
    COPY --from=build /server /server
    ENTRYPOINT ["/server"]
    -- go.mod --
    module example.com/app

    go 1.26
    -- main.go --
    package main

    func main() {}
    -- says --
    Dockerfile:7: E: Unable to locate package ca-certificates, since debian:bookworm-slim comes without the lists of packages: write `apt-get update && apt-get install`

Good:

    -- Dockerfile --
    FROM golang:1.26 AS build
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build -o /server .

    FROM debian:bookworm-slim
    RUN apt-get update && apt-get install -y ca-certificates
    COPY --from=build /server /server
    ENTRYPOINT ["/server"]
    -- go.mod --
    module example.com/app

    go 1.26
    -- main.go --
    package main

    func main() {}

Silent: for packages that may be installed already, other images, stages on stages, behind a command that may fetch the lists,
and where the command may fail.
"""

from __future__ import annotations

from hooks.facts.absence import Cause
from hooks.facts.places import found

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import At
    from hooks.report.finding import Finding

ID = 'no-package-lists'


def find(at: At) -> Iterator[Finding]:
    stage, before = at.moment.stage, at.moments[: at.at]
    if any(moment.stage is stage for moment in before) or at.moment.base.line != stage.line:
        return
    if not any(step.name == 'RUN' and ' install' in step.text and 'apt' in step.text for step in stage.steps):
        return
    if not any(moment.call or moment.go for moment in at.moments):
        return
    # Imported late: many images install nothing by apt.
    from hooks.facts import package_lists

    missing = package_lists.missing(stage, at.moment.base.reference)
    if missing:
        line, package, program = missing
        cause = Cause(
            f', since {at.moment.base.reference} comes without the lists of packages',
            f'write `{program} update && {program} install`',
        )
        fact = f'E: Unable to locate package {package}'
        yield found(at.build, line, ID, fact, cause, ('package lists', str(stage.line)))

"""Several sources go to a target without a slash at its end, which the classic builder refuses.

The classic builder says: `When using COPY with more than one source file, the destination must be a directory and end
with a /`, whether they are written out or what a glob matches, and though the target is a folder or `.`. BuildKit takes
a folder for one, and where there is none writes one file after the other to that path.

Option: `--builder any`

Cure: a slash at the end of the target.

Bad:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY go.mod main.go .
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.23
    -- main.go --
    package main

    func main() {}
    -- says --
    Dockerfile:3: when using COPY with more than one source file, the destination must be a directory and end with a /, which only BuildKit does not ask for: write `./`

Good:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY go.mod main.go ./
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.23
    -- main.go --
    package main

    func main() {}

Silent: without the option: nearly all images are built by BuildKit. Of a glob of which nobody knows what it matches.
"""

from __future__ import annotations

from hooks.facts.absence import Cause

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import At
    from hooks.report.finding import Finding

ID = 'no-trailing-slash'


def find(at: At) -> Iterator[Finding]:
    step, taken = at.moment.step, at.moment.copies
    # Where a source is not there, that is what is said.
    if step.name == 'RUN' or not taken or step.heredocs or any(source.missing for source in taken):
        return
    target = step.args[-1].strip('"\'')
    several = sum(len(source.matches or ()) for source in taken) > 1
    if several and not target.endswith('/') and '$' not in target:
        fact = f'when using {step.name} with more than one source file, the destination must be a directory and end with a /'
        yield at.finding(ID, fact, Cause(', which only BuildKit does not ask for', f'write `{target}/`'), says=False)

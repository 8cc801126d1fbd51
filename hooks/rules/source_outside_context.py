"""A source leaves the build context by `..`, which only BuildKit and Buildah take for its top.

The classic builder says: `forbidden path outside the build context`. The others stop at the top of the context, so that
`../go.mod` is the go.mod there.

Option: `--builder any`

Cure: the path from the top of the context, or a context that holds the file.

Bad:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY ../go.mod ../main.go ./
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.23
    -- main.go --
    package main

    func main() {}
    -- says --
    Dockerfile:3: forbidden path outside the build context, since only the newer builders take `../go.mod` and `../main.go` from its top: write `go.mod` and `main.go`

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

Silent: without the option: nearly all images are built by BuildKit. Of `COPY --from`.
"""

from __future__ import annotations

from hooks.facts import absence
from hooks.facts.absence import Cause

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import At
    from hooks.replay.copying import Source
    from hooks.report.finding import Finding

ID = 'source-outside-context'


def find(at: At) -> Iterator[Finding]:
    taken = at.moment.copies if at.moment.step.name != 'RUN' else ()
    outside = [source for source in taken if source.tree is at.build.context and _leaves(source)]
    # Where a source is not there, that is what is said.
    if outside and not any(source.missing for source in taken):
        words = absence.listed([f'`{source.word}`' for source in outside])
        paths = absence.listed([f'`{(source.path or "")[1:] or "."}`' for source in outside])
        cause = Cause(f', since only the newer builders take {words} from its top', f'write {paths}')
        yield at.finding(ID, 'forbidden path outside the build context', cause, says=False)


def _leaves(source: Source) -> bool:
    """Whether its `..` lead out of the context; a slash in front changes nothing."""
    depth = 0
    for name in source.word.split('/') if source.path is not None and '$' not in source.word else ():
        depth += -1 if name == '..' else 0 if name in ('', '.') else 1
        if depth < 0:
            return True
    return False

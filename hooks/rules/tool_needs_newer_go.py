"""A tool that a RUN installs at a version which the Go of the image refuses.

go says: `TOOL@VERSION requires go >= 1.25 (running go 1.23; GOTOOLCHAIN=local)`. A table says which Go each version of
the usual tools needs; of `@latest` the newest version that the table knows counts, since a later one needs no less.

Cure: build from a newer image, or install the newest version that this Go builds.

Bad:

    -- Dockerfile --
    FROM golang:1.21
    RUN go install github.com/golangci/golangci-lint/cmd/golangci-lint@v1.64.8
    -- says --
    Dockerfile:2: github.com/golangci/golangci-lint/cmd/golangci-lint@v1.64.8 requires go >= 1.23.0 (running go 1.21; GOTOOLCHAIN=local): build from `golang:1.23` in line 1, or install `github.com/golangci/golangci-lint/cmd/golangci-lint@v1.59.1`

Good:

    -- Dockerfile --
    FROM golang:1.21
    RUN go install github.com/golangci/golangci-lint/cmd/golangci-lint@v1.55.2

Silent: of a tool or a version that the table does not know.
"""

from __future__ import annotations

from hooks.facts import installs
from hooks.facts.absence import Cause
from hooks.golang import tools

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import At
    from hooks.report.finding import Finding

ID = 'tool-needs-newer-go'


def find(at: At) -> Iterator[Finding]:
    for each, says, wanted in installs.refused(at):
        tool, go = each.tool, each.go
        assert go
        # Imported late: most images are new enough.
        from hooks.facts import cures

        cure = cures.newer(at, go, wanted)
        # What go.mod wants is wanted in any case.
        fits = tools.fitting(tool, installs.limit(go), go.minor)
        image = cure.text + f' in line {cure.line}' * (cure.text.startswith(('build ', 'unpack ')))
        both = f'{image}, or {each.verb} `{fits}`' if fits else image
        fact = f'{installs.named(tool)} {says} {go.running()}'
        yield at.finding(ID, fact, Cause(cure.why, both), ('tool', str(at.line), fact))

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
from hooks.facts.toolchain import OLDEST, STRICT
from hooks.golang import tools, versions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import At
    from hooks.facts.toolchain import Toolchain
    from hooks.report.finding import Finding

ID = 'tool-needs-newer-go'


def find(at: At) -> Iterator[Finding]:
    for verb, tool, go in installs.installed(at):
        if go and go.minor >= OLDEST and not tool.run.moved and (needs := _needs(verb, tool, go)):
            says, wanted = needs
            fits = tools.fitting(tool, installs.limit(go), go.minor)
            image = go.cure(wanted) + f' in line {go.base.line}' * (not go.fixed)
            cause = Cause('', f'{image}, or {verb} `{fits}`' if fits else image)
            fact = f'{installs.named(tool)} {says} {go.running()}'
            yield at.finding(ID, fact, cause, ('tool', str(at.line), fact))


def _needs(verb: str, tool: tools.Tool, go: Toolchain) -> tuple[str, str] | None:
    """What the version says that this Go refuses, and the version that it wants."""
    run = tool.run
    if go.minor >= STRICT and go.lacks(run.go):
        return f'requires go >= {run.go}', run.go
    refused = '' if verb == 'get' else tools.refused(run, go.minor)
    if not refused:
        return None
    needs = [f'1.{versions.DIRECTIVES[name]}' for name in run.directives]
    return f'says {refused}', max([run.go, f'1.{STRICT}', *needs], key=versions.key)

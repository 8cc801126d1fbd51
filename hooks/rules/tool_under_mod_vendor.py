"""A tool is installed or run by its version while -mod=vendor is in force.

go says: `example.com/tool@v1.2.3: cannot query module due to -mod=vendor`. The flag mostly stands in GOFLAGS, for the
builds of the module; with it go asks no proxy, and what a version stands for it would have to ask there.

Cure: install the tool before GOFLAGS is set, or with another one in front of the command.

Bad:

    -- Dockerfile --
    FROM golang:1.23
    ENV GOFLAGS=-mod=vendor
    RUN go install github.com/swaggo/swag/cmd/swag@v1.16.4
    -- go.mod --
    module example.com/app

    go 1.23
    -- says --
    Dockerfile:3: github.com/swaggo/swag/cmd/swag@v1.16.4: cannot query module due to -mod=vendor at `go install`, since GOFLAGS says so: write `GOFLAGS=-mod=mod go install github.com/swaggo/swag/cmd/swag@v1.16.4`

Good:

    -- Dockerfile --
    FROM golang:1.23
    RUN go install github.com/swaggo/swag/cmd/swag@v1.16.4
    ENV GOFLAGS=-mod=vendor
    -- go.mod --
    module example.com/app

    go 1.23

Silent: where a variable that nobody knows sets GOFLAGS.
"""

from __future__ import annotations

from hooks.facts.absence import Cause

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import Place
    from hooks.report.finding import Finding

ID = 'tool-under-mod-vendor'
# The first Go that installs by a version.
FIRST = 16


def find(place: Place) -> Iterator[Finding]:
    command = place.command
    tool = next((arg for arg in command.args if arg and '@' in arg), None)
    if not command.versioned or tool is None or command.flags.get('mod') != 'vendor' or place.minor < FIRST:
        return
    if any((word or '').lstrip('-').startswith('mod=') for word in command.words):
        cause = Cause('', 'leave out `-mod=vendor`')
    else:
        cause = Cause(', since GOFLAGS says so', f'write `GOFLAGS=-mod=mod {command} {tool}`')
    yield place.finding(ID, f'{tool}: cannot query module due to -mod=vendor at `{command}`', cause, ('tool', tool))

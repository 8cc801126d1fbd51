"""A go.mod or a go.work has a line that go refuses.

go says: `errors parsing go.mod: go.mod:9: unknown directive: foo`. It is a word that no Go knows, the markers of a
merge, a replacement by a folder with a version behind it, a version that does not fit the path (`v2.0.0` without
`/v2`), a directive that stands twice. Every command that loads the module stops there.

Cure: correct that line.

Bad:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.23

    replace example.com/dep => ./dep v1.0.0
    -- main.go --
    package main

    func main() {}
    -- says --
    Dockerfile:4: errors parsing go.mod at `go build`: go.mod:5: replacement module directory path "./dep" cannot have version: correct that line

Good:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.23

    replace example.com/dep => ./dep
    -- main.go --
    package main

    func main() {}

Silent: for a directive that a newer Go may know where the image's tag floats, and for versions that go has to ask a
proxy about (`master`). A go line that no Go reads is `invalid-go-line`, one that only the image's does not is
`go-too-old`.
"""

from __future__ import annotations

from hooks.facts import reading
from hooks.facts.absence import Cause

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import Place
    from hooks.report.finding import Finding

ID = 'go-mod-not-parsed'
_X = ('require golang.org/x/', 'replace golang.org/x/')


def find(place: Place) -> Iterator[Finding]:
    for each in reading.refused(place):
        # Versions of golang.org/x modules are check-x-versions' to name.
        if not each.fault.of_go_line and not each.fault.says.startswith(_X):
            name = each.path.rpartition('/')[2]
            of = f', module {each.member} listed in go.work,' if each.member else ''
            fact = f'errors parsing {name}{of} at `{place.command}`: {each.says}'
            line = each.fault.line or 1
            cause = Cause('', _cure(each.fault.line, name), related=((each.path, line, each.fault.says),))
            yield place.finding(ID, fact, cause, ('parse', each.path))


def _cure(line: int, name: str) -> str:
    return 'correct that line' if line else f'write the `module` line of {name}'

"""A Go file that is built holds nothing, or nothing but comments.

go says: `p/a.go:1:1: expected 'package', found 'EOF'`, of the whole package, however good its other files are.

Cure: write the file, or remove it.

Bad:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.23
    -- main.go --
    package main

    func main() {}
    -- handler.go --
    // To be done.
    -- says --
    Dockerfile:4: handler.go: expected 'package', found 'EOF' at `go build`, since it is empty: write it, or remove it

Good:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.23
    -- main.go --
    package main

    func main() {}
    -- handler.go --
    package main

Silent: for tests, which a build need not have; for a name that ends in a system or an architecture; and where it is not
certain that the package is built, or that the file is the repository's.
"""

from __future__ import annotations

from hooks.facts import loading
from hooks.facts.absence import Cause
from hooks.golang import gofiles
from hooks.module import needed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import Place
    from hooks.report.finding import Finding

ID = 'no-package-clause'
# What any name may hold that go takes for every system.
_PLAIN = gofiles.GoFile('main', (), (), ())


def find(place: Place) -> Iterator[Finding]:
    here = loading.loaded(place)
    if here is None:
        return
    target = needed.target(place.command, place.call.shell.env, place.minor)
    files = here.packages.files
    for path in sorted(path for path in here.packages.built if files[path] is None):
        entry = place.view.look(path)
        text = (entry.read(place.repository) if entry.origin else None) or ''
        read = entry.origin and not entry.partial and gofiles.is_empty(text)
        if read and gofiles.matches(path.rpartition('/')[2], _PLAIN, target):
            fact = f"{entry.origin}: expected 'package', found 'EOF' at `{place.command}`"
            yield place.finding(ID, fact, Cause(', since it is empty', 'write it, or remove it'), ('empty', path))
            return

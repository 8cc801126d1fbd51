"""A program whose database is go-sqlite3 is built while cgo is off.

The build passes. The program says at its first query: `Binary was compiled with 'CGO_ENABLED=0', go-sqlite3 requires cgo
to work. This is a stub`. All of that driver is C; without cgo it answers everything with these words (static_mock.go).

Cure: turn cgo on, in an image with a C compiler, or import a driver in Go, such as modernc.org/sqlite.

Bad:

    -- Dockerfile --
    FROM golang:1.26
    WORKDIR /app
    COPY . .
    RUN CGO_ENABLED=0 go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.26

    require github.com/mattn/go-sqlite3 v1.14.22
    -- go.sum --
    github.com/mattn/go-sqlite3 v1.14.22 h1:2gZY6PC6kBnID23Tichd1K+Z0oS6nE/XwU+Vz/5o4kU=
    github.com/mattn/go-sqlite3 v1.14.22/go.mod h1:Uh1q+B4BYcTPb+yiD3kU8Ct7aC0hY9fxUwlHK0RXw+Y=
    -- main.go --
    package main

    import (
        "database/sql"

        _ "github.com/mattn/go-sqlite3"
    )

    func main() {
        db, _ := sql.Open("sqlite3", ":memory:")
        panic(db.Ping())
    }
    -- says --
    Dockerfile:4: Binary was compiled with 'CGO_ENABLED=0', go-sqlite3 requires cgo to work, says the program of `go build` at its first query, since CGO_ENABLED is 0: set `CGO_ENABLED=1`, or import `modernc.org/sqlite`

Good:

    -- Dockerfile --
    FROM golang:1.26
    WORKDIR /app
    COPY . .
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.26

    require github.com/mattn/go-sqlite3 v1.14.22
    -- go.sum --
    github.com/mattn/go-sqlite3 v1.14.22 h1:2gZY6PC6kBnID23Tichd1K+Z0oS6nE/XwU+Vz/5o4kU=
    github.com/mattn/go-sqlite3 v1.14.22/go.mod h1:Uh1q+B4BYcTPb+yiD3kU8Ct7aC0hY9fxUwlHK0RXw+Y=
    -- main.go --
    package main

    import (
        "database/sql"

        _ "github.com/mattn/go-sqlite3"
    )

    func main() {
        db, _ := sql.Open("sqlite3", ":memory:")
        panic(db.Ping())
    }

Silent: where the program has another database as well, which it may use instead, and where cgo may be on.
"""

from __future__ import annotations

from hooks.facts import cgo
from hooks.facts.absence import Cause

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import Place
    from hooks.report.finding import Finding

ID = 'sqlite-without-cgo'
# The driver, and what imports it in every version.
_DRIVERS = ('github.com/mattn/go-sqlite3', 'gorm.io/driver/sqlite')
# What the paths of other drivers have in their names.
_OTHERS = ('sql', 'pq', 'pgx', 'postgres', 'oracle', 'godror', 'duckdb', 'clickhouse', 'gorm.io/driver/')
_OWN = ('database/sql', 'sqlx', 'sqlc', 'squirrel')


def find(place: Place) -> Iterator[Finding]:
    mod = place.module.mod if place.module else None
    # Most modules require no such thing.
    if mod is None or place.command.name == 'test' or not any(each.path in _DRIVERS for each in mod.require):
        return
    why = cgo.off(place) if cgo.counts(place) else ''
    if why and _is_all(place):
        cure = 'set `CGO_ENABLED=1`'
        if cgo.lacks_compiler(place):
            cure = cgo.install(place) + f', and {cure}' * (cgo.setting(place) == '0')
        says = "Binary was compiled with 'CGO_ENABLED=0', go-sqlite3 requires cgo to work"
        fact = f'{says}, says the program of `{place.command}` at its first query'
        cause = Cause(f', since {why}', f'{cure}, or import `modernc.org/sqlite`')
        yield place.finding(ID, fact, cause, ('cgo', str(place.line)))


def _is_all(place: Place) -> bool:
    """Whether the driver is imported for certain, and no other is to be seen."""
    # Imported late: few builds turn cgo off and import it.
    from hooks.module import needed

    found = needed.packages(place.invocation._replace(env={**place.call.shell.env, 'CGO_ENABLED': '0'})).imports
    others = [path for path in found if path not in _DRIVERS and not path.endswith(_OWN)]
    imported = any(path in found and found[path].sure for path in _DRIVERS)
    return imported and not any(name in path for path in others for name in _OTHERS)

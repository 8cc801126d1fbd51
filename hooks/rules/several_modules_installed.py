"""`go install` of tools of several modules, or of several versions, by one command.

go says: `all arguments must refer to packages in the same module at the same version (@v0.20.0)`, or `All packages must
be provided by the same module`. An install by version takes the packages of one module only.

Cure: write one `go install` for each.

Bad:

    -- Dockerfile --
    FROM golang:1.26
    RUN go install github.com/acme/gen@latest github.com/acme/lint@latest
    WORKDIR /app
    COPY . .
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.26
    -- main.go --
    package main

    func main() {}
    -- says --
    Dockerfile:2: github.com/acme/gen and github.com/acme/lint: all packages must be provided by the same module at `go install`: write one `go install` for each

Good:

    -- Dockerfile --
    FROM golang:1.26
    RUN go install github.com/acme/gen@latest && go install github.com/acme/lint@latest
    WORKDIR /app
    COPY . .
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.26
    -- main.go --
    package main

    func main() {}

Silent: of packages that may be of one module, and of a word that is not known.
"""

from __future__ import annotations

from hooks.facts.absence import Cause
from hooks.facts.places import FIRST_MEASURED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import Place
    from hooks.report.finding import Finding

ID = 'several-modules-installed'
# Where a module's path has three elements at least.
_DEEP = ('github.com', 'golang.org')


def find(place: Place) -> Iterator[Finding]:
    args = place.command.args
    # A flag behind the packages is unknown-flag's.
    known = [arg for arg in args if arg and arg[0] != '-' and not any(sign in arg for sign in '$*?[')]
    if place.command.name != 'install' or len(known) < max(len(args), 2) or place.minor < FIRST_MEASURED:
        return
    pairs = [(path, version) for path, _, version in (arg.partition('@') for arg in known)]
    first, wanted = next((pair for pair in pairs if pair[1]), ('', ''))
    cause = Cause('', 'write one `go install` for each')
    other = next((arg for arg, (_, version) in zip(known, pairs) if version != wanted), '') if wanted else ''
    stranger = next((path for path, _ in pairs if _module(path) != _module(first)), '') if wanted else ''
    if other:
        words = f'all arguments must refer to packages in the same module at the same version (@{wanted})'
        yield place.finding(ID, f'{other}: {words} at `{place.command}`', cause, ('install', other))
    elif stranger:
        words = 'all packages must be provided by the same module'
        fact = f'{first} and {stranger}: {words} at `{place.command}`'
        yield place.finding(ID, fact, cause, ('install', stranger))


def _module(path: str) -> list[str]:
    """The elements that the path of a package shares with that of its module at least."""
    elements = path.split('/')
    return elements[: 3 if elements[0] in _DEEP else 1]

"""A package of the module itself, or of another member of the workspace, that a build imports is not in the image.

go says: `no required module provides package example.com/app/pkg`, or, where the module's path has no dot in its first
name, `package app/pkg is not in std`. No step copies its folder, an ignore file hides it, or it is not in git.

Cure: copy it too, or show it again at the end of the ignore file.

Bad:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY go.mod ./
    COPY cmd cmd
    RUN go build -o /server ./cmd/server
    -- go.mod --
    module example.com/app

    go 1.23
    -- cmd/server/main.go --
    package main

    import _ "example.com/app/pkg/money"

    func main() {}
    -- pkg/money/money.go --
    package money
    -- says --
    Dockerfile:5: no required module provides package example.com/app/pkg/money at `go build`, since no step before copies pkg (imported by cmd/server/main.go:3): copy pkg first

Good:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY go.mod ./
    COPY cmd cmd
    COPY pkg pkg
    RUN go build -o /server ./cmd/server
    -- go.mod --
    module example.com/app

    go 1.23
    -- cmd/server/main.go --
    package main

    import _ "example.com/app/pkg/money"

    func main() {}
    -- pkg/money/money.go --
    package money

Silent: of a folder that git ignores as a whole, or that is named as generated code is (gen, pb, mocks) and not in git;
of files that a build constraint may leave out; and where a program ran before that may have written it.
"""

from __future__ import annotations

from hooks.facts import loading
from hooks.facts.places import is_moot
from hooks.golang import gofiles
from hooks.module import modules

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.absence import Cause
    from hooks.facts.loading import Loaded
    from hooks.facts.places import Place
    from hooks.module.packages import Import
    from hooks.report.finding import Finding


ID = 'own-package-not-in-image'


def find(place: Place) -> Iterator[Finding]:
    found = loading.loaded(place)
    # By their cure.
    groups: dict[str, list[tuple[Cause, Import]]] = {}
    for _, by in sorted(found.packages.lost.items()) if found else ():
        cause = _why(place, found, by) if found and by.sure else None
        if cause:
            groups.setdefault(cause.whole, []).append((cause, by))
    for same in groups.values():
        yield _said(place, same)


def _why(place: Place, found: Loaded, by: Import) -> Cause | None:
    own = found.owner(by.path)
    folder = found.owners[own] + by.path[len(own) :] if own else ''
    if not own or found.packages.modules.folder(place.view, by.path) != folder:
        # A replacement's, though its path begins alike.
        return None
    if is_moot(place) or modules.find_up(place.view, folder, 'go.mod')[0] != found.owners[own]:
        return None
    # Imported late: most builds have what they import.
    from hooks.facts import whereabouts

    return whereabouts.why_no_import(place, folder)


def _said(place: Place, same: list[tuple[Cause, Import]]) -> Finding:
    from hooks.facts import whereabouts

    cause, first = same[0]
    standard = gofiles.is_standard(first.path)
    says = f'package {first.path} is not in std' if standard else f'no required module provides package {first.path}'
    more = f' (and {len(same) - 1} more)' if len(same) > 1 else ''
    importer = whereabouts.line_of(place, first.file, f'"{first.path}"')
    cause = cause._replace(why=f'{cause.why} (imported by {importer})')
    return place.finding(ID, f'{says}{more} at `{place.command}`', cause, *(('package', by.path) for _, by in same))

"""A file that `//go:embed` names is not in the image.

go says: `main.go:5:12: pattern schema.sql: no matching files found`, or, of a folder that is there without them,
`cannot embed directory web: contains no embeddable files`. No step copies it, or an ignore file that lets the Go files
through hides all others.

Cure: copy it too, or show it again at the end of the ignore file.

Bad:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go build -o /server .
    -- .dockerignore --
    **
    !**/*.go
    !go.mod
    -- go.mod --
    module example.com/app

    go 1.23
    -- main.go --
    package main

    import _ "embed"

    //go:embed schema.sql
    var schema string

    func main() { print(schema) }
    -- schema.sql --
    CREATE TABLE t (id int);
    -- says --
    Dockerfile:4: pattern schema.sql: no matching files found at `go build`, since .dockerignore:1 (`**`) hides it (embedded by main.go:5): add `!schema.sql` at the end of .dockerignore

Good:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go build -o /server .
    -- .dockerignore --
    **
    !**/*.go
    !go.mod
    !schema.sql
    -- go.mod --
    module example.com/app

    go 1.23
    -- main.go --
    package main

    import _ "embed"

    //go:embed schema.sql
    var schema string

    func main() { print(schema) }
    -- schema.sql --
    CREATE TABLE t (id int);

Silent: of what git does not have (unless it is on the disk and git does not ignore it), for it may be made before the
build; of a folder that a step before may have filled; and of files that a build constraint may leave out.
"""

from __future__ import annotations

from hooks.context.paths import parent
from hooks.context.tree import ABSENT, FOLDER
from hooks.facts import loading
from hooks.facts.places import is_moot
from hooks.lean.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.absence import Cause
    from hooks.facts.places import Place
    from hooks.report.finding import Finding


ID = 'embed-not-in-image'
# So many files are named in a cure.
_FEW = 3


class Lack(Record):
    """A pattern that finds nothing, the Go file that has it, what go says of it, and the reason."""

    pattern: str
    file: str
    says: str
    cause: Cause


def find(place: Place) -> Iterator[Finding]:
    found = loading.loaded(place)
    groups: dict[str, list[Lack]] = {}
    for file in sorted(found.packages.built) if found else ():
        source = found.packages.files.get(file) if found else None
        for pattern in dict.fromkeys(source.embeds) if source else ():
            lack = _lack(place, file, pattern)
            if lack:
                groups.setdefault(lack.cause.why, []).append(lack)
    for same in groups.values():
        yield _said(place, same)


def _lack(place: Place, file: str, pattern: str) -> Lack | None:
    # Imported late: few packages embed anything.
    from hooks.facts import embeds, whereabouts

    folder, everything = parent(file), pattern.startswith(embeds.ALL)
    if '..' in pattern or pattern.startswith('/') or is_moot(place):
        return None
    paths = embeds.matches(place.view, folder, pattern)
    if paths is None:
        return None
    says = f'pattern {pattern}: no matching files found'
    if paths:
        if not embeds.is_plain(pattern) or embeds.first_file(place.view, paths[0], everything) != '':
            return None
        says = f'pattern {pattern}: cannot embed directory {pattern}: contains no embeddable files'
        if place.view.look(paths[0]).kind != FOLDER or place.view.look(f'{paths[0]}/go.mod').kind != ABSENT:
            return None
    cause = whereabouts.why_no_embed(place, folder, pattern)
    return Lack(pattern, file, says, cause) if cause else None


def _said(place: Place, same: list[Lack]) -> Finding:
    from hooks.facts import absence, whereabouts

    first = same[0]
    more = f' (and {len(same) - 1} more)' if len(same) > 1 else ''
    items = list(dict.fromkeys(lack.cause.item for lack in same))
    rest = f' and {len(items) - _FEW} more' if len(items) > _FEW else ''
    line = whereabouts.line_of(place, first.file, '//go:embed', first.pattern)
    cause = first.cause._replace(
        why=f'{first.cause.why} (embedded by {line})',
        item=', '.join(items[:_FEW]) + rest if rest else absence.listed(items),
    )
    causes = (('embed', parent(lack.file), lack.pattern) for lack in same)
    return place.finding(ID, f'{first.says}{more} at `{place.command}`', cause, *causes)

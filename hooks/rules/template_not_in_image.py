"""The program reads templates from a folder, and the image has no such folder.

The build passes, the container starts; then the program says: `html/template: pattern matches no files`, or `open
templates/index.html: no such file or directory`. It looks below its working directory, and what the stage of the build
held does not come with the program. `COPY templates web ./` copies what is in the folders, and not the folders.

Cure: copy the folder as well, or let the program bring it, with `//go:embed`.

Bad:

    -- Dockerfile --
    FROM golang:1.26 AS build
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build -o /server .

    FROM alpine:3.23
    WORKDIR /app
    COPY --from=build /server ./
    CMD ["./server"]
    -- go.mod --
    module example.com/app

    go 1.26
    -- main.go --
    package main

    import (
        "html/template"
        "os"
    )

    var pages = template.Must(template.ParseGlob("pages/*.html"))

    func main() { pages.Execute(os.Stdout, nil) }
    -- pages/index.html --
    <h1>Hello</h1>
    -- says --
    Dockerfile:8: html/template: pattern matches no files: `pages/*.html` when the program reads them (main.go:8), since /app/pages is not in the image: copy pages to /app/pages/

Good:

    -- Dockerfile --
    FROM golang:1.26 AS build
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build -o /server .

    FROM alpine:3.23
    WORKDIR /app
    COPY --from=build /server ./
    COPY pages ./pages/
    CMD ["./server"]
    -- go.mod --
    module example.com/app

    go 1.26
    -- main.go --
    package main

    import (
        "html/template"
        "os"
    )

    var pages = template.Must(template.ParseGlob("pages/*.html"))

    func main() { pages.Execute(os.Stdout, nil) }
    -- pages/index.html --
    <h1>Hello</h1>

Silent: for paths that are not literal, below an `if` or a `case`, or of which the repository has no file; where the program
embeds files, changes its folder or asks whether a file is there; and where the folder is mounted, there is a VOLUME,
another is worked in, or one that is empty, for it is to be filled.
"""

from __future__ import annotations

from hooks.context.tree import FILE, Context
from hooks.facts import absence
from hooks.facts.absence import Cause
from hooks.facts.places import found
from hooks.facts.starting import bringing, mentioning, started

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import At
    from hooks.facts.templates import Unread
    from hooks.report.finding import Finding

ID = 'template-not-in-image'
_WORDS = ('.Parse', '.LoadHTML')


def find(at: At) -> Iterator[Finding]:
    start = started(at)
    program = start.entry.program if start else None
    if start is None or program is None:
        return
    place = next((place for word in _WORDS if (place := mentioning(at, program, word))), None)
    if place is None:
        return
    # Imported late: few programs read templates.
    from hooks.facts import templates

    unread = templates.unread(at, place, program)
    if unread is None:
        return
    literal = unread.literal
    them = 'them' if 'pattern' in unread.says else 'it'
    fact = f'{unread.says} when the program reads {them} ({literal.file}:{literal.line})'
    yield found(at.build, bringing(at, start), ID, fact, _cause(at, unread), ('templates', str(at.line)))


def _cause(at: At, unread: Unread) -> Cause:
    context, source, target = at.build.context, unread.source, unread.target
    related = ((unread.literal.file, unread.literal.line, 'reads it'),)
    why, slash = f', since {target} is not in the image', '' if at.build.repository.kind(source) == FILE else '/'
    if not isinstance(context, Context) or not context.holds(source):
        return Cause(why, f'bring {source} there', related=related)
    inside = source[len(context.folder) :].lstrip('/')
    hiding = context.hidden(f'/{inside}')
    if hiding:
        return absence.hidden(hiding, inside)._replace(related=related)
    return Cause(why, f'copy {inside} to {target}{slash}', related=related)

"""A pattern that no builder reads: a `[` that is never closed in a COPY or ADD or an ignore file, a `!` of nothing.

BuildKit says: `syntax error in pattern`, and of a lone `!` in an ignore file `illegal exclusion pattern: "!"`. It reads
the ignore file of a build context before the first step, whatever the steps take.

Cure: a `]`, or `[[]` for a `[` of a name; a path behind the `!`.

Bad:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go build -o /server .
    -- .dockerignore --
    *
    !
    !go.mod
    !*.go
    -- go.mod --
    module example.com/app

    go 1.23
    -- main.go --
    package main

    func main() {}
    -- says --
    .dockerignore:2: illegal exclusion pattern: "!": remove it, or write what it is to bring back behind the `!`

Good:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go build -o /server .
    -- .dockerignore --
    *
    !go.mod
    !*.go
    -- go.mod --
    module example.com/app

    go 1.23
    -- main.go --
    package main

    func main() {}

Silent: where the build context is not known, and for a Dockerfile that builds no Go.
"""

from __future__ import annotations

from hooks.context.tree import Context
from hooks.facts.absence import Cause
from hooks.facts.places import found

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.targets import Built
    from hooks.report.finding import Finding

ID = 'malformed-pattern'
_SYNTAX, _CLOSE = 'syntax error in pattern', 'close the `[`, or write `[[]` for one that opens nothing'


def find(built: Built) -> Iterator[Finding]:
    build, _, moments = built
    if not any(moment.call or moment.go for moment in moments):
        return
    context = build.context
    if isinstance(context, Context) and (refused := context.refused):
        line, pattern, says = refused
        whole = says if pattern in says else f'{says} `{pattern}`'
        cure = _cure(pattern) if says == _SYNTAX else 'remove it, or write what it is to bring back behind the `!`'
        finding = found(build, line, ID, whole, Cause('', cure), ('pattern', context.ignore_file), says=False)
        yield finding._replace(path=context.ignore_file)
    for moment in moments:
        for source in moment.copies:
            if source.glob and not source.missing and source.path and '[' in source.path:
                # Imported late: hardly a name has a bracket.
                from hooks.context import ignore

                if not ignore.is_pattern(source.path[1:]):
                    fact, cure = f'{_SYNTAX} `{source.word}`', _cure(source.word)
                    yield found(
                        build, moment.step.line, ID, fact, Cause('', cure), ('pattern', source.word), says=False
                    )


def _cure(pattern: str) -> str:
    return _CLOSE if '[' in pattern else 'remove the backslash at its end'

"""A word of an instruction whose quotes or braces do not match.

BuildKit says: `failed to process "…": unexpected end of statement while looking for matching double-quote`, and of
`${NAME` that a modifier is not supported. A path with a space ends at the space, even in quotes: COPY and ADD read
quotes only after they have split the line. An apostrophe opens a quote.

Cure: a JSON array for paths with spaces; double quotes around an apostrophe; the quote or brace that is missing.

Bad:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    COPY "site files" /srv/site/
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.23
    -- main.go --
    package main

    func main() {}
    -- site files/index.html --
    -- says --
    Dockerfile:4: failed to process "\\"site": unexpected end of statement while looking for matching double-quote: write `COPY ["site files", "/srv/site/"]`

Good:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    COPY ["site files", "/srv/site/"]
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.23
    -- main.go --
    package main

    func main() {}
    -- site files/index.html --

Silent: for instructions that a shell reads, for stages that the target does not need, and for a Dockerfile that builds
no Go.
"""

from __future__ import annotations

from hooks.facts.absence import Cause

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.dockerfile.parser import Step
    from hooks.facts.places import At
    from hooks.report.finding import Finding

ID = 'malformed-word'


def find(at: At) -> Iterator[Finding]:
    word, says = at.moment.refused
    if says and any(moment.call or moment.go for moment in at.moments):
        import json

        fact = f'failed to process {json.dumps(word, ensure_ascii=False)}: {says}'
        yield at.finding(ID, fact, Cause('', _cure(at.moment.step, says)), says=False)


def _cure(step: Step, says: str) -> str:
    if 'quote' not in says:
        if '/' in says:
            return 'write `${NAME/pattern/text}`'
        return 'close it with `}`' if 'missing' in says or '\ufffd' in says else 'write `${NAME}`, or a `$` as `\\$`'
    array = _array(step) if step.name in ('COPY', 'ADD') and not step.exec else ''
    if array:
        return f'write `{array}`'
    if step.exec:
        return 'write a quote of a name as `\\\\\\"`' if 'double' in says else "write a quote of a name as `\\\\'`"
    return (
        'close the quote, or write `\\"` for one of the text' if 'double' in says else 'put the text in double quotes'
    )


def _array(step: Step) -> str:
    """The instruction as it is meant, where its quotes match across the words; '' where they do not."""
    import json
    import shlex

    try:
        words = shlex.split(' '.join(step.args))
    except ValueError:
        return ''
    flags = ''.join(f'--{name}={value} ' if value else f'--{name} ' for name, value in step.flags)
    return f'{step.name} {flags}{json.dumps(words, ensure_ascii=False)}' if len(words) > 1 else ''

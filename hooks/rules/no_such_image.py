"""COPY --from, a mount or FROM names neither a stage before it nor an image.

A name that is no stage's is that of an image. Docker says: `builder: pull access denied, repository does not exist or may
require authorization`, since the stage is called `build`, was renamed, or stands further below.

Cure: write the name of the stage.

Bad:

    -- Dockerfile --
    FROM golang:1.23 AS build
    WORKDIR /app
    COPY . .
    RUN CGO_ENABLED=0 go build -o /server .

    FROM alpine:3.20
    COPY --from=builder /server /server
    ENTRYPOINT ["/server"]
    -- go.mod --
    module example.com/app

    go 1.23
    -- main.go --
    package main

    func main() {}
    -- says --
    Dockerfile:7: builder: pull access denied, repository does not exist or may require authorization, since neither a stage before it nor an official image is called so: write `--from=build`

Good:

    -- Dockerfile --
    FROM golang:1.23 AS build
    WORKDIR /app
    COPY . .
    RUN CGO_ENABLED=0 go build -o /server .

    FROM alpine:3.20
    COPY --from=build /server /server
    ENTRYPOINT ["/server"]
    -- go.mod --
    module example.com/app

    go 1.23
    -- main.go --
    package main

    func main() {}

Silent: for a name that is like none of the stages before, for an official image and for one with an owner or a tag;
where a file of the repository builds an image, or gives a context, of that name; and where no stage runs go.
"""

from __future__ import annotations

from hooks.facts.absence import Cause
from hooks.facts.places import found
from hooks.replay.replayer import replay

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.dockerfile.parser import Stage
    from hooks.facts.targets import Built
    from hooks.report.finding import Finding

ID = 'no-such-image'


def find(built: Built) -> Iterator[Finding]:
    build, dockerfile, moments = built
    for stage in dict.fromkeys(moment.stage for moment in moments) if len(dockerfile.stages) > 1 else ():
        before = [each.name for each in dockerfile.stages[: dockerfile.stages.index(stage)] if each.name]
        for line, word, name in _named(stage) if before else ():
            if name.lower() in before or name.lower() in build.contexts or not _is_bare(name):
                continue
            # Imported late: most names are those of stages.
            from difflib import get_close_matches

            from hooks.facts import makers, official

            meant = next(iter(get_close_matches(name.lower(), before, n=1, cutoff=0.75)), '')
            if (
                meant
                and _builds_go(built, meant)
                and not (name in official.NAMES or makers.tags(build.repository, name))
            ):
                fact = f'{name}: pull access denied, repository does not exist or may require authorization'
                why = ', since neither a stage before it nor an official image is called so'
                cause = Cause(why, f'write `{word.removesuffix(name)}{meant}`')
                yield found(build, line, ID, fact, cause, ('image', name), says=False)


def _named(stage: Stage) -> Iterator[tuple[int, str, str]]:
    """Where a stage or an image is named: the line, the word with it, and the name."""
    if stage.base.isalnum():
        yield stage.line, f'FROM {stage.base}', stage.base
    for step in stage.steps:
        for flag, value in step.flags:
            if flag == 'from':
                yield step.line, f'--from={value}', value
            elif flag == 'mount' and 'from=' in value:
                name = value.partition('from=')[2].partition(',')[0]
                yield step.line, f'from={name}', name


def _builds_go(built: Built, stage: str) -> bool:
    """Whether the build runs go, or would with a stage."""
    more = replay(built.build._replace(target=stage), built.dockerfile)
    return any(moment.call for moment in (*built.moments, *more))


def _is_bare(name: str) -> bool:
    """Whether it may be a slip: no tag, no owner, no variable, no number of a stage."""
    return name.replace('-', '').replace('_', '').isalnum() and not name.isdecimal()

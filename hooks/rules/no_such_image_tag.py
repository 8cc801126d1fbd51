"""A tag of the official golang image that never existed.

The builder says: `docker.io/library/golang:1.23-alpine3.17: not found`. A release of Go comes on the distributions of
its day: the two newest Alpines, the two newest Debians. A version of one and a distribution of the other do not make a
tag, nor does `-slim`; a table knows every tag that there was. The version goes before the distribution, with a `-` between: there is no `golang:alpine-1.24`.

Cure: build from the tag that the message names.

Bad:

    -- Dockerfile --
    FROM golang:1.23-alpine3.17
    WORKDIR /app
    COPY . .
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.23
    -- main.go --
    package main

    func main() {}
    -- says --
    Dockerfile:1: docker.io/library/golang:1.23-alpine3.17: not found, since the official image never had that tag (as of 2026-08-19): build from `golang:1.23-alpine`

Good:

    -- Dockerfile --
    FROM golang:1.23-alpine3.20
    WORKDIR /app
    COPY . .
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.23
    -- main.go --
    package main

    func main() {}

Silent: of what is newer than the table, of a digest, of Windows, and of mirrors that have tags of their own.
"""

from __future__ import annotations

from hooks.facts import images
from hooks.facts.absence import Cause
from hooks.replay import bases

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import At
    from hooks.golang.image_tags import Tag
    from hooks.report.finding import Finding

ID = 'no-such-image-tag'


def find(at: At) -> Iterator[Finding]:
    base = at.moment.base
    if not images.never(base.reference):
        return
    # Imported late: most tags exist.
    from hooks.facts import cures
    from hooks.golang import image_tags

    path, tag = bases.split(base.reference)
    parsed = image_tags.parse(images.mended(base.reference) or tag)
    meant = _meant(parsed) if parsed else images.mended(base.reference)
    cure = (
        cures.image(at.build, base, cures.fitting(at, base, f'{path}:{meant}'))
        if meant
        else cures.Cure('build from a tag that exists', '', base.line)
    )
    why = f', since the official image never had that tag (as of {image_tags.date()}){cure.why.replace(", since", ", and")}'
    fact = f'{_full(path)}:{tag}: not found'
    yield cure.at(at.finding(ID, fact, Cause(why, cure.text), ('tag', str(base.line), base.reference)))


def _meant(tag: Tag) -> str:
    from hooks.golang import image_tags

    return str(tag) if image_tags.exists(tag) else image_tags.meant(tag)


def _full(path: str) -> str:
    """As the builder names an image."""
    name = path.rpartition('/')[2]
    return path if path.partition('/')[0] not in (*bases.HUB, 'library', name) else f'docker.io/library/{name}'

"""The container runs as root (`--hardened`).

Docker says nothing. Without a USER a container runs as root, but for images that bring another user, such as
distroless with the tag nonroot. What breaks out of the program is root then.

Option: `--hardened`

Cure: end with a `USER 65532`, or another number that is not 0, or start from distroless with the tag nonroot.

Bad:

    -- Dockerfile --
    FROM golang:1.26 AS build
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build -ldflags "-s -w" -o /server .

    FROM alpine:3.23
    COPY --from=build /server /server
    ENTRYPOINT ["/server"]
    -- go.mod --
    module example.com/app

    go 1.26
    -- main.go --
    package main

    func main() {}
    -- says --
    Dockerfile:6: the container runs as root, since no USER comes after it: write `USER 65532` before the ENTRYPOINT

Good:

    -- Dockerfile --
    FROM golang:1.26 AS build
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build -ldflags "-s -w" -o /server .

    FROM alpine:3.23
    COPY --from=build /server /server
    USER 65532
    ENTRYPOINT ["/server"]
    -- go.mod --
    module example.com/app

    go 1.26
    -- main.go --
    package main

    func main() {}

Silent: without the option, for base images whose user is not known, and where the user is not known.
"""

from __future__ import annotations

from hooks.facts.absence import Cause
from hooks.facts.places import found
from hooks.facts.starting import own
from hooks.replay import bases

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import At
    from hooks.report.finding import Finding

ID = 'runs-as-root'
_ROOT = ('', 'root', '0')


def find(at: At) -> Iterator[Finding]:
    program, end = own(at), at.moment.end
    if program is None or end is None or end.user is None:
        return
    if end.user.partition(':')[0] not in _ROOT or (not end.user and not _is_root(at.moment.base.reference)):
        return
    line = end.user_line or at.moment.stage.line
    why = f', since USER is {end.user}' if end.user else ', since no USER comes after it'
    order = program[0].order.step.name
    cure = 'write `USER 65532`' + (f' before the {order}' if not end.user else '')
    yield found(at.build, line, ID, 'the container runs as root', Cause(why, cure), says=False)


def _is_root(reference: str) -> bool:
    """Whether an image that is known brings no other user."""
    path, tag = bases.split(reference)
    if path.startswith('gcr.io/distroless/'):
        return 'nonroot' not in tag and tag != 'digest'
    return bases.start(reference).plain

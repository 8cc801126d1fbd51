"""USER names somebody who has no account in the image.

The build passes; the container does not start: `unable to find user app: no matching entries in passwd file`. A RUN behind it
fails in the build. What a stage before adds stays there: `adduser` in the stage that builds makes no account in the last
image, scratch has none at all, and `nonroot` is known to distroless alone.

Cure: name the user by a number, or add the account to the image that starts.

Bad:

    -- Dockerfile --
    FROM golang:1.26-alpine AS build
    RUN adduser -D app
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build -o /server .

    FROM scratch
    COPY --from=build /server /server
    USER app
    ENTRYPOINT ["/server"]
    -- go.mod --
    module example.com/app

    go 1.26
    -- main.go --
    package main

    func main() {}
    -- says --
    Dockerfile:9: unable to find user app: no matching entries in passwd file when the container starts, since scratch has no such user and no step adds one: write `USER 65532`, or copy /etc/passwd from a stage that has the user

Good:

    -- Dockerfile --
    FROM golang:1.26-alpine AS build
    RUN adduser -D app
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build -o /server .

    FROM scratch
    COPY --from=build /etc/passwd /etc/passwd
    COPY --from=build /server /server
    USER app
    ENTRYPOINT ["/server"]
    -- go.mod --
    module example.com/app

    go 1.26
    -- main.go --
    package main

    func main() {}

Silent: for other images than the official ones of Alpine, Debian, Ubuntu and Go, scratch and distroless; where a command that
may add somebody runs, a stage stands on another, or a compose file names the user.
"""

from __future__ import annotations

from hooks.facts.absence import Cause
from hooks.facts.places import found
from hooks.replay import bases, systems

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import At
    from hooks.report.finding import Finding

ID = 'no-such-user'
_USUAL = frozenset(('', 'root', 'nobody', 'nonroot'))


def find(at: At) -> Iterator[Finding]:
    end = at.moment.end
    name = (end.user or '').partition(':')[0] if end else ''
    reference = at.moment.base.reference
    if end is None or name.isdecimal() or name in ('', 'root') or not any(each.call or each.go for each in at.moments):
        return
    # Most name one of these, and most images have them.
    if name in _USUAL and reference != 'scratch' and not (name == 'nonroot' and 'distroless' not in reference):
        return
    # Imported late: most images run as root, or as a number.
    from hooks.facts import users

    texts = (at.build.repository.read(each.by) or '' for each in at.build.declared)
    if not users.lacks(at, name) or any('user' in text for text in texts):
        return
    fails = any(step.name == 'RUN' and step.line > end.user_line for step in at.moment.stage.steps)
    fact = (
        f'unable to find user {name}: no matching entries in passwd file{"" if fails else " when the container starts"}'
    )
    why = f', since {reference} has no such user and no step adds one'
    yield found(at.build, end.user_line, ID, fact, Cause(why, _cure(reference, name)), ('user', str(end.user_line)))


def _cure(reference: str, name: str) -> str:
    path, tag = bases.split(reference)
    if reference == 'scratch':
        return 'write `USER 65532`, or copy /etc/passwd from a stage that has the user'
    if systems.distroless(path, tag) is not None:
        return 'write `USER nonroot`'
    alpine = systems.libc(path.rpartition('/')[2], tag) == 'musl'
    return f'put `RUN {"adduser -D" if alpine else "useradd"} {name}` before it, or write `USER 65532`'

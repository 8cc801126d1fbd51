"""A HEALTHCHECK runs curl, wget or a probe for gRPC, and the image has none.

The build passes, and so does the start; each check fails: `/bin/sh: curl: not found`, or in exec form `exec: "curl":
executable file not found in $PATH`. The container is `unhealthy` for good, and whatever waits for it waits for ever. Alpine
has the wget of busybox and no curl; Debian's and Ubuntu's images, slim or not, have neither; scratch and distroless
have nothing at all.

Cure: check with what the image has, install the tool, or let the program itself check.

Bad:

    -- Dockerfile --
    FROM golang:1.26 AS build
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build -o /server .

    FROM alpine:3.23
    COPY --from=build /server /server
    HEALTHCHECK CMD curl -f http://localhost:8080/health || exit 1
    ENTRYPOINT ["/server"]
    -- go.mod --
    module example.com/app

    go 1.26
    -- main.go --
    package main

    func main() {}
    -- says --
    Dockerfile:8: /bin/sh: curl: not found at every check, since alpine:3.23 has no curl: write `wget -qO- URL`, or run `apk add --no-cache curl` before

Good:

    -- Dockerfile --
    FROM golang:1.26 AS build
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build -o /server .

    FROM alpine:3.23
    COPY --from=build /server /server
    HEALTHCHECK CMD wget -qO- http://localhost:8080/health || exit 1
    ENTRYPOINT ["/server"]
    -- go.mod --
    module example.com/app

    go 1.26
    -- main.go --
    package main

    func main() {}

Silent: where a step may have brought the tool, for other images, where PATH is set, and where the check may pass
without the tool (`curl … || wget …`).
"""

from __future__ import annotations

from hooks.facts.absence import Cause
from hooks.facts.places import found
from hooks.replay.systems import PROBES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import At
    from hooks.report.finding import Finding

ID = 'tool-not-in-image'


def find(at: At) -> Iterator[Finding]:
    order = at.moment.end.starts.healthcheck if at.moment.end else None
    if order is None:
        return
    # Imported late: few images have a HEALTHCHECK.
    from hooks.facts import checks

    word = checks.missing(at, order)
    if not word:
        return
    shell = order.words[0] if order.step.exec else '/bin/sh'
    direct = order.step.exec and word == order.words[0]
    fact = f'exec: "{word}": executable file not found in $PATH' if direct else f'{shell}: {word}: not found'
    cause = Cause(f', since {at.moment.base.reference} has no {word}', _cure(at, word))
    yield found(at.build, order.step.line, ID, f'{fact} at every check', cause, ('tool', str(order.step.line)))


def _cure(at: At, word: str) -> str:
    from hooks.facts import contents

    name = word.rpartition('/')[2]
    if name in PROBES:
        return f'copy {name} into the image'
    if contents.lacks(at, '/bin/sh'):
        return 'let the program itself check'
    if contents.lacks(at, '/usr/bin/wget'):
        return f'run `apt-get install -y {name}` before, or let the program itself check'
    return 'write `wget -qO- URL`, or run `apk add --no-cache curl` before'

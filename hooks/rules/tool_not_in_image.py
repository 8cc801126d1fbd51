"""A HEALTHCHECK runs curl, wget or a probe for gRPC, and the image has none.

The build passes, and so does the start; each check fails: `/bin/sh: curl: not found`, or in exec form `exec: "curl":
executable file not found in $PATH`. The container is `unhealthy` for good, and whatever waits for it waits for ever. Alpine
has the wget of busybox and no curl; Debian's and Ubuntu's images, slim or not, have neither; scratch and distroless
have nothing at all. The same goes for the `healthcheck` of a service that a compose file builds.

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
    Dockerfile:8: /bin/sh: curl: not found at every check, since alpine:3.23 has no curl: write `wget -qO- URL`, or run `apk add --no-cache curl` before it

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
    from collections.abc import Iterator, Sequence

    from hooks.facts.places import At
    from hooks.report.finding import Finding

ID = 'tool-not-in-image'


def find(at: At) -> Iterator[Finding]:
    end = at.moment.end
    order = end.starts.healthcheck if end else None
    if end is None or (order is None and not any(each.check for each in at.build.declared)):
        return
    # Imported late: few images have a check.
    from hooks.facts import checks

    if order:
        said = _said(at, order.words, order.step.exec)
        if said:
            yield found(at.build, order.step.line, ID, *said, ('tool', str(order.step.line)))
    for check in checks.of_services(at):
        said = _said(at, check.words, check.exec)
        if said:
            yield checks.of_service(at, check, ID, *said)


def _said(at: At, words: Sequence[str], is_exec: bool) -> tuple[str, Cause] | None:
    """What is said at every check, and why; None where it may pass."""
    from hooks.facts import checks

    word = checks.missing(at, words, is_exec)
    if not word:
        return None
    direct = is_exec and word == words[0]
    shell = words[0] if is_exec else '/bin/sh'
    none = f'stat {word}: no such file or directory' if '/' in word else 'executable file not found in $PATH'
    fact = f'exec: "{word}": {none}' if direct else f'{shell}: {word}: not found'
    return f'{fact} at every check', Cause(f', since {at.moment.base.reference} has no {word}', _cure(at, word))


def _cure(at: At, word: str) -> str:
    from hooks.facts import contents

    name = word.rpartition('/')[2]
    if name in PROBES:
        return f'copy {name} into the image'
    if contents.lacks(at, '/bin/sh'):
        return 'let the program itself check'
    if contents.lacks(at, '/usr/bin/wget'):
        return f'run `apt-get install -y {name}` before it, or let the program itself check'
    return 'write `wget -qO- URL`, or run `apk add --no-cache curl` before it'

"""A command in shell form, and the image has no shell.

A RUN fails: `exec: "/bin/sh": stat /bin/sh: no such file or directory`. So does the container that an ENTRYPOINT or CMD in
shell form starts, and every check of a HEALTHCHECK, which then is `unhealthy` for good. `scratch` and distroless images
have no shell.

Cure: write the exec form, `["/server", "--port", "80"]`; do the work of a RUN in a stage before.

Bad:

    -- Dockerfile --
    FROM golang:1.26 AS build
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build -o /server .

    FROM scratch
    COPY --from=build /server /server
    ENTRYPOINT /server --port 80
    -- go.mod --
    module example.com/app

    go 1.26
    -- main.go --
    package main

    func main() {}
    -- says --
    Dockerfile:8: exec: "/bin/sh": stat /bin/sh: no such file or directory when the container starts, since scratch has no shell: write `ENTRYPOINT ["/server", "--port", "80"]`

Good:

    -- Dockerfile --
    FROM golang:1.26 AS build
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build -o /server .

    FROM scratch
    COPY --from=build /server /server
    ENTRYPOINT ["/server", "--port", "80"]
    -- go.mod --
    module example.com/app

    go 1.26
    -- main.go --
    package main

    func main() {}

Silent: in distroless images with the tag debug, where SHELL names another program, and where a step may have brought a
shell.
"""

from __future__ import annotations

from hooks.facts import contents
from hooks.facts.absence import Cause
from hooks.facts.places import found
from hooks.replay.systems import FOLDERS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import At
    from hooks.replay.starts import Order
    from hooks.report.finding import Finding

ID = 'no-shell'
_DEFAULT = ('/bin/sh', '-c')
_SHELLS = ('sh', '/bin/sh', 'bash', 'ash')
_TOOLS = ('curl', 'wget')
_SPECIAL = frozenset('|&;<>()$`\\"\'*?[]#~=%!{}')


def find(at: At) -> Iterator[Finding]:
    moment = at.moment
    if moment.lacks_shell and _lacks(at, 'sh'):
        fact = 'exec: "/bin/sh": stat /bin/sh: no such file or directory'
        yield at.finding(ID, fact, Cause(_why(at), 'run it in a stage before, and copy what it makes'))
    orders = moment.end.starts.orders if moment.end else ()
    for order in orders:
        cause = _cause(at, order)
        if cause:
            when = 'at every check' if order.step.name == 'HEALTHCHECK' else 'when the container starts'
            fact = f'exec: {cause.item} {when}'
            # That the program which starts is not there is the same.
            same = [('start', str(at.line))] if order.step.exec and order.step.line == at.line else []
            yield found(at.build, order.step.line, ID, fact, cause, ('shell', str(order.step.line)), *same)
    if moment.end and any(each.check for each in at.build.declared):
        yield from _of_services(at)


def _of_services(at: At) -> Iterator[Finding]:
    """The checks in shell form that compose files give their services."""
    # Imported late: few images have one.
    from hooks.facts import checks

    for check in checks.of_services(at):
        if check.words and not check.exec and _lacks(at, 'sh'):
            cure = 'let the program itself check, as `["CMD", …]`'
            fact = 'exec: "/bin/sh": stat /bin/sh: no such file or directory at every check'
            yield checks.of_service(at, check, ID, fact, Cause(_why(at), cure))


def _cause(at: At, order: Order) -> Cause | None:
    """Why an instruction has no program to start; `item` is what is said of it."""
    if not _lacks(at, 'sh'):
        return None
    text = order.words[0] if order.words else ''
    if order.step.exec and text in _SHELLS and _lacks(at, text.rpartition('/')[2]):
        none = 'stat /bin/sh: no such file or directory' if '/' in text else 'executable file not found in $PATH'
        return Cause(_why(at), 'start the program itself', f'"{text}": {none}')
    if order.step.exec or order.shell != _DEFAULT:
        return None
    return Cause(_why(at), _cure(order, text), '"/bin/sh": stat /bin/sh: no such file or directory')


def _why(at: At) -> str:
    return f', since {at.moment.base.reference} has no shell'


def _cure(order: Order, text: str) -> str:
    words = text.split()
    if order.step.name == 'HEALTHCHECK' and words[:1] and words[0] in _TOOLS:
        return 'let the program itself check, in exec form'
    if not words or not _SPECIAL.isdisjoint(text):
        return 'write the exec form'
    listed = ', '.join(f'"{word}"' for word in (words[1:] if words[0] == 'exec' else words))
    return f'write `{order.step.name}{" CMD" * (order.step.name == "HEALTHCHECK")} [{listed}]`'


def _lacks(at: At, name: str) -> bool:
    return all(contents.lacks(at, f'{folder}/{name}') for folder in FOLDERS)

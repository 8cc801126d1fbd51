"""A tool that its module does not contain any more, or never did.

go says: `module golang.org/x/tools@latest found (v0.52.0), but does not contain package golang.org/x/tools/cmd/gorename`. A
release of the module left the command out, and `@latest` means every release since.

Cure: use what is there instead, or leave it out.

Bad:

    -- Dockerfile --
    FROM golang:1.26
    RUN go install golang.org/x/tools/cmd/gorename@latest
    -- says --
    Dockerfile:2: module golang.org/x/tools@latest found, but does not contain package golang.org/x/tools/cmd/gorename at `go install`, since the last release with it is v0.25.1: use `gopls rename`

Good:

    -- Dockerfile --
    FROM golang:1.26
    RUN go install golang.org/x/tools/gopls@v0.20.0

Silent: of a release that has it still, and of what is no release.
"""

from __future__ import annotations

from hooks.facts.absence import Cause
from hooks.facts.toolchain import counts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import At
    from hooks.report.finding import Finding

ID = 'tool-dropped'
_HOSTS = ('github.com/golang-migrate/', 'golang.org/x/tools/', 'google.golang.org/grpc/', 'honnef.co/go/tools/')


def find(at: At) -> Iterator[Finding]:
    call = at.moment.call
    command = call.command if call else None
    if call is None or command is None or not counts(call) or command.name not in ('install', 'run', 'get'):
        return
    for word in command.args[:1] if command.name == 'run' else command.args:
        package, version, query = (word or '').partition('@')
        if not version or not package.startswith(_HOSTS):
            continue
        # Imported late: few tools are of these modules.
        from hooks.golang import dropped

        found = dropped.find(package, query)
        if found:
            fact = f'module {found.module}@{query} found, but does not contain package {package} at `go {command.name}`'
            why = f', since the last release with it is {found.last}' if found.last else ', since no release has it'
            yield at.finding(ID, fact, Cause(why, found.instead or 'leave it out'), ('tool', str(at.line), package))

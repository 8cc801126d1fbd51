"""`-modfile=other.mod`, and there is no other.sum beside it.

go says: `missing go.sum entry for module providing package example.com/dep`. With `-modfile` go reads the sums, too, from
the file that is called like the other go.mod: of `ci.mod` from `ci.sum`, and never from go.sum.

Cure: run `go mod tidy -modfile=ci.mod` and commit ci.sum.

Bad:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go build -modfile=ci.mod -o /server .
    -- ci.mod --
    module example.com/app

    go 1.23

    require example.com/dep v1.0.0
    -- go.mod --
    module example.com/app

    go 1.23
    -- main.go --
    package main

    import _ "example.com/dep"

    func main() {}
    -- says --
    Dockerfile:4: missing go.sum entry for module providing package example.com/dep at `go build`, since -modfile reads ci.sum, and there is none: run `go mod tidy -modfile=ci.mod` and commit ci.sum

Good:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go build -modfile=ci.mod -o /server .
    -- ci.mod --
    module example.com/app

    go 1.23

    require example.com/dep v1.0.0
    -- ci.sum --
    example.com/dep v1.0.0 h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
    example.com/dep v1.0.0/go.mod h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
    -- go.mod --
    module example.com/app

    go 1.23
    -- main.go --
    package main

    import _ "example.com/dep"

    func main() {}

Silent: behind another command with `-modfile`, which may write the file, and for what takes no package of another module.
"""

from __future__ import annotations

from hooks.context.paths import in_folder, normal
from hooks.context.tree import ABSENT, FILE, LACKS
from hooks.facts import absence
from hooks.facts.absence import Cause
from hooks.facts.places import FIRST_MEASURED
from hooks.module import modules, needed
from hooks.module.invocation import Invocation
from hooks.replay import bases
from hooks.replay.image import Wrote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.context.tree import Entry
    from hooks.facts.places import At
    from hooks.replay.shell import Call, View
    from hooks.report.finding import Finding

ID = 'modfile-without-sum'


def find(at: At) -> Iterator[Finding]:
    call = at.moment.call
    name = call.command.flags.get('modfile') if call else None
    if call is None or not name or not (call.fatal and call.shell.sure) or call.shell.cwd is None:
        return
    before = (moment.call for moment in at.moments[: at.at])
    if (bases.minor(at.moment.go) or 0) < FIRST_MEASURED or any(c and 'modfile' in c.command.flags for c in before):
        return
    path, view = normal(name, call.shell.cwd), call.shell.view
    entry, sums = view.look(path), path.removesuffix('.mod') + '.sum'
    if entry.kind != FILE or not entry.origin.endswith('.mod') or view.look(sums).kind != ABSENT:
        return
    run = _as_go_mod(at, call, entry)
    cause = _why(at, entry.origin) if run and needed.needs_sum(run) else None
    if run and cause:
        package = next((each for each, by in sorted(needed.packages(run).imports.items()) if by.sure), '')
        providing = f' for module providing package {package}' if package else ''
        fact = f'missing go.sum entry{providing} at `{call.command}`'
        yield at.finding(ID, fact, cause, ('sum', entry.origin))


def _as_go_mod(at: At, call: Call, entry: Entry) -> Invocation | None:
    """The command, as if the other files were called go.mod and go.sum; None where there is no module."""
    shell, repository = call.shell, at.build.repository
    folder, mod = modules.find_up(shell.view, shell.cwd or '', 'go.mod')
    if mod.kind != FILE or shell.env.get('GO111MODULE', '') not in ('', 'on'):
        return None
    view = _with(_with(shell.view, f'{folder}/go.mod', entry), f'{folder}/go.sum', LACKS)
    flags = {flag: value for flag, value in call.command.flags.items() if flag != 'modfile'}
    command = call.command._replace(flags=flags)
    return Invocation(repository, view, shell.cwd or '', command, shell.env, bases.minor(at.moment.go))


def _with(view: View, path: str, entry: Entry) -> View:
    return view.change(path, lambda image: Wrote(image, path, entry))


def _why(at: At, origin: str) -> Cause | None:
    """Why the sums are not there; None where they may be made before the build."""
    repository, sums = at.build.repository, origin.removesuffix('.mod') + '.sum'
    if sums in repository.files:
        cause = absence.tracked(at.build, sums, f'copy {sums} beside it')
        return cause and cause._replace(why=cause.why.replace('{them}', sums))
    folder, _, name = origin.rpartition('/')
    tidy = f'run `go mod tidy -modfile={name}`{in_folder(folder)} and commit {sums}'
    lost = Cause(f', since -modfile reads {sums}, and there is none', tidy)
    return None if repository.generated(sums) else absence.out_of_git(repository, sums) or lost

"""The repository that is copied belongs to another user than the one who runs go, and git does not read it.

go says: `error obtaining VCS status: exit status 128`, since it stamps a program with the commit that it is built from,
and git refuses: `detected dubious ownership in repository`. .git comes into the image with `COPY . .`; what COPY brings
is root's, or with --chown somebody else's, and USER says who runs go.

Cure: hide .git in .dockerignore, or build with -buildvcs=false.

Bad:

    -- Dockerfile --
    FROM golang:1.26
    WORKDIR /app
    COPY --chown=1000 . .
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.26
    -- main.go --
    package main

    func main() {}
    -- says --
    Dockerfile:4: error obtaining VCS status: exit status 128 at `go build`, since root runs it and line 3 copies .git for 1000: add `.git` to .dockerignore, or build with `-buildvcs=false`

Good:

    -- Dockerfile --
    FROM golang:1.26
    WORKDIR /app
    COPY . .
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.26
    -- main.go --
    package main

    func main() {}

Silent: where git may be missing, .git is hidden or not in the context, a step changes owners or speaks of .git or
safe.directory, and where a stage stands on another.
"""

from __future__ import annotations

from hooks.context.paths import within
from hooks.context.tree import UNKNOWN, Context
from hooks.facts import toolchain
from hooks.facts.absence import Cause
from hooks.replay import bases, systems

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import Place
    from hooks.report.finding import Finding

ID = 'git-of-another-owner'
# The first Go whose images hold a git that looks at owners.
_FIRST = 21
_OLD = ('bullseye', 'buster')
_ROOT = ('', '0', 'root')
# What changes owners, or what git thinks of them.
_TOUCHES = ('chown ', 'safe.directory', '.git', 'GIT_')


def find(place: Place) -> Iterator[Finding]:
    moment, command = place.moments[place.at], place.command
    if command.name not in ('build', 'install') or command.versioned or 'buildvcs' in command.flags or place.call.by:
        return
    if moment.base.line != moment.stage.line or not _may_stamp(place):
        return
    owner = _owner(place)
    user = moment.user.partition(':')[0] if moment.user is not None else None
    if owner is None or user is None or (owner[0] in _ROOT) == (user in _ROOT):
        return
    text = place.repository.read(place.build.dockerfile) or ''
    runs = [step for step in moment.stage.steps if step.name == 'RUN']
    if any(word in f'{step.args}' for step in runs for word in _TOUCHES) or any(word in text for word in _TOUCHES[1:2]):
        return
    # Imported late: few builds copy a repository for somebody else.
    from hooks.module import outputs

    if outputs.package(place.invocation) == 'main':
        names = [name if name not in _ROOT else 'root' for name in (user, owner[0])]
        why = f', since {names[0]} runs it and line {owner[1]} copies .git for {names[1]}'
        cause = Cause(why, 'add `.git` to .dockerignore, or build with `-buildvcs=false`')
        fact = f'error obtaining VCS status: exit status 128 at `{command}`'
        yield place.finding(ID, fact, cause, ('vcs', str(place.line)))


def _may_stamp(place: Place) -> bool:
    """Whether the image is Debian's official one, which has git, with a Go that asks it."""
    path, tag = bases.split(place.moments[place.at].base.reference)
    go = toolchain.of(place.moments[place.at], place.call.shell)
    debian = bases.is_official(path) and systems.libc('golang', tag) == 'glibc' and tag != 'digest'
    return debian and go is not None and go.minor >= _FIRST and not any(name in tag for name in _OLD)


def _owner(place: Place) -> tuple[str, int] | None:
    """For whom a COPY brings the whole repository around the module, and its line; None where none does for certain."""
    context, module = place.build.context, place.module
    if not isinstance(context, Context) or context.folder or context.look('/.git').kind != UNKNOWN or module is None:
        return None
    if any(each.remote for each in place.build.declared):
        return None
    found = None
    for moment in place.moments[: place.at]:
        for source in moment.copies if moment.stage is place.moments[place.at].stage else ():
            flags = dict(moment.step.flags)
            whole = source.tree is context and source.path == '' and not flags.keys() & {'exclude', 'parents'}
            if whole and moment.step.name in ('COPY', 'ADD') and source.target == module.folder:
                found = (flags.get('chown', '').partition(':')[0], moment.step.line)
    known = found and '$' not in found[0] and within(place.cwd, module.folder)
    return found if known else None

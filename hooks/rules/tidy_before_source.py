"""A tidy or a vendor runs before any Go file of the module is in the image.

go says: `warning: "all" matched no packages`, and passes: a tidy without any Go file deletes every requirement from
go.mod and empties go.sum, so that the build after it fails, or does nothing where a later COPY brings the files back.

Cure: run it after the source is copied, or leave it out.

Bad:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY go.mod ./
    RUN go mod tidy
    COPY *.go ./
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.23

    require example.com/dep v1.0.0
    -- main.go --
    package main

    import _ "example.com/dep"

    func main() {}
    -- says --
    Dockerfile:4: `go mod tidy` runs before any Go file of the module is in the image, so it deletes every requirement from go.mod: run it after the source is copied

Good:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY go.mod ./
    COPY *.go ./
    RUN go mod tidy
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.23

    require example.com/dep v1.0.0
    -- main.go --
    package main

    import _ "example.com/dep"

    func main() {}

Silent: where git has no Go file of the module: its source comes from elsewhere.
"""

from __future__ import annotations

from hooks.context.paths import within
from hooks.context.tree import FILE, Context
from hooks.facts import absence
from hooks.facts.absence import Cause
from hooks.module import modules

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import Place
    from hooks.module.modules import Module
    from hooks.replay.copying import Source
    from hooks.report.finding import Finding


ID = 'tidy-before-source'


def find(place: Place) -> Iterator[Finding]:
    module, name = place.module, place.command.name
    compares = 'diff' in place.command.flags
    if module is None or name not in ('mod tidy', 'mod vendor') or (compares and not place.call.fatal):
        return
    # Source that is not in git may come from elsewhere. In GOPATH itself the command fails.
    if not _has_source(place, module) or module.folder == place.gopath:
        return
    # What a tool line names counts as imported.
    if modules.has_go_files(place.view, module.folder) is not False or (module.mod and module.mod.tool):
        return
    restored, bare = _copied_again(place, module), module.mod is not None and not module.mod.require
    hiding = _hidden_source(place, module)
    if compares and bare:
        return
    again = f', and line {restored} copies go.mod again' if restored and not compares else ''
    result = _result(place, module, restored, bare)
    leave = 'leave it out, or ' if result == 'does nothing' or again else ''
    after = f'line {restored}' if restored else 'the source is copied'
    fact = f'`{place.command}{" -diff" if compares else ""}` runs before any Go file of the module is in the image'
    cause = Cause(f'{again}, so it {result}', f'{leave}run it after {after}')
    if hiding:
        cause = hiding._replace(why=f'{hiding.why}, so it {result}')
    yield place.finding(ID, fact, cause, ('source', module.folder))


def _result(place: Place, module: Module, restored: int, bare: bool) -> str:
    """What becomes of go.mod, or of vendor/."""
    if place.command.name == 'mod vendor':
        return 'does nothing' if bare else 'vendors nothing'
    if 'diff' in place.command.flags:
        return 'fails: it would delete every requirement from go.mod'
    if bare or restored or not module.origin:
        return 'does nothing'
    return 'deletes every requirement from go.mod'


def _hidden_source(place: Place, module: Module) -> Cause | None:
    """The line of an ignore file that hides every Go file of the module."""
    context, folder = place.build.context, module.origin.rpartition('/')[0]
    if not isinstance(context, Context) or not module.origin or not context.holds(folder):
        return None
    start = len(context.folder)
    if modules.has_go_files(context, f'/{folder[start:].lstrip("/")}'.rstrip('/')) is not False:
        return None
    file = next((path for path in place.repository.under(folder) if path.endswith('.go')), '')
    hiding = context.hidden('/' + file[start:].lstrip('/'))
    return absence.hidden(hiding, '**/*.go') if hiding else None


def _has_source(place: Place, module: Module) -> bool:
    """Whether git has Go files where the module lies, or, of one that a step made, in the context."""
    context = place.build.context
    folder = module.origin.rpartition('/')[0] if module.origin or not isinstance(context, Context) else context.folder
    return any(path.endswith('.go') for path in place.repository.under(folder))


def _copied_again(place: Place, module: Module) -> int:
    """The line of a later step, in this stage or one that stands on it, that copies the module's go.mod; 0 for none."""
    stage = place.moments[place.at].stage
    names = {stage.name} - {''}
    for moment in place.moments[place.at + 1 :]:
        if moment.stage.base.lower() in names:
            names.add(moment.stage.name)
        elif moment.stage is not stage and moment.stage.name not in names:
            continue
        if moment.step.name != 'RUN' and any(_brings(source, module.folder) for source in moment.copies):
            return moment.step.line
    return 0


def _brings(source: Source, folder: str) -> bool:
    """Whether a source of a COPY puts a go.mod into a folder of the image."""
    target = source.target
    if target is None or source.path is None or not within(folder, target):
        return False
    return source.tree.look(f'{source.path}{folder[len(target) :]}/go.mod').kind == FILE

"""No go.mod where a go command runs, nor above.

go says: `go.mod file not found in current directory or any parent directory`, of a download `no modules specified`, of
an install without a version `'go install' requires a version when current directory is not in a module`. The module
lies in another folder, an ignore file hides its go.mod, or no step copies it.

Cure: copy go.mod there first, or run the command in the folder that the message names.

Bad:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . src/
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.23
    -- main.go --
    package main

    func main() {}
    -- says --
    Dockerfile:4: go.mod file not found at `go build` in /app, since the module lies in /app/src: run it in /app/src

Good:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . src/
    RUN cd src && go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.23
    -- main.go --
    package main

    func main() {}

Silent: where not even the source is in git, and for commands that need no module (`go env`, `go install TOOL@VERSION`).
"""

from __future__ import annotations

from hooks.context.paths import in_folder, in_words, located, normal, parent, upwards, within
from hooks.context.tree import ABSENT, FILE, FOLDER, Context
from hooks.facts import absence
from hooks.facts.absence import Cause
from hooks.module import modules, needed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.context.tree import Tree
    from hooks.facts.places import Place
    from hooks.report.finding import Finding


ID = 'no-go-mod'
# Before Go 1.16 a build needed no go.mod.
FIRST_STRICT = 16
# How deep below its folder the module of a lost command is looked for.
DEEP = 3


def find(place: Place) -> Iterator[Finding]:
    command, view, cwd = place.command, place.view, place.cwd
    if place.minor < FIRST_STRICT or modules.find_up(view, cwd, 'go.mod')[1].kind != ABSENT:
        return
    if place.gopath and view.look(f'{place.gopath}/go.mod').kind == FILE:
        # What is wrong is that one, and not the lack of another.
        return
    if view.look(cwd).kind != FOLDER or (place.workspace is not False and command.name not in needed.OWN_MODULE):
        return
    if not needed.needs_module(place.invocation, place.minor):
        return
    words = 'no modules specified' if command.name == 'mod download' and not command.args else 'go.mod file not found'
    fact = f'{words} at `{command}` in {cwd or "/"}'
    package = command.args[0] if command.name in ('install', 'get') and command.args else None
    if package and not package.startswith(('.', '/')):
        path, _, version = package.partition('@')
        own = _own_module(place)
        if own and f'{path}/'.startswith(f'{own}/'):
            yield place.finding(ID, fact, Cause('', "run it where that module's go.mod is"), ('module', cwd))
            return
        # Imported late: hardly a command asks for a tool there.
        from hooks.golang import tools

        cure = f'write `go install {tools.home(path, version or "latest")}`'
        if command.name == 'install':
            fact = f"'go install' requires a version when current directory is not in a module, as in {cwd or '/'}"
        else:
            fact += ", and 'go get' is no longer supported outside a module"
            cure += '' if tools.knows(path) else ', if that is a program, or run `go mod init` first'
        yield place.finding(ID, fact, Cause('', cure), ('module', cwd, path))
    elif why := _why_no_module(place):
        yield place.finding(ID, fact, why, ('module', cwd))


def _own_module(place: Place) -> str:
    """The path of the module at the top of the build context; '' when there is none."""
    context = place.build.context
    found = modules.main_module(place.repository, context, '') if isinstance(context, Context) else None
    return found.mod.module if found and found.mod else ''


def _why_no_module(place: Place) -> Cause | None:
    """Why there is no go.mod; None where not even the source is in git, so that it may come from elsewhere."""
    context, at = place.build.context, place.view.at(place.cwd)
    if at >= 0 and modules.find_up(place.view.image, place.cwd, 'go.mod')[1].kind == FILE:
        mounted = place.view.mounts[at][0]
        return Cause(f', since what is mounted at {mounted} hides it', f'mount it elsewhere than over {mounted}')
    hiding = context.hidden('/go.mod') if isinstance(context, Context) else None
    if hiding and isinstance(context, Context) and context.path('/go.mod') in place.repository.files:
        return absence.hidden(hiding, 'go.mod')
    below = list(_modules_below(place.view, place.cwd, DEEP))
    meant = {path for arg in place.command.args if arg for path in below if within(normal(arg, place.cwd), path)}
    if below:
        found = meant or set(below)
        where = found.pop() if len(found) == 1 else ''
        return Cause(
            f', since the module lies in {where or "a folder below"}', f'run it {f"in {where}" if where else "there"}'
        )
    if not isinstance(context, Context):
        return Cause('', 'copy go.mod there first')
    path = context.path('/go.mod')
    if path in place.repository.files:
        cause = absence.tracked(place.build, path, 'copy it first, as `COPY go.mod go.sum* ./` does')
        return cause and cause._replace(why=cause.why.replace('{them}', 'go.mod there'))
    source = _source(place)
    folders = (source, *upwards(source))
    own = next((each for each in folders if f'{each}/go.mod'.lstrip('/') in place.repository.files), None)
    if source and own is not None and not within(own, context.folder):
        why = f', since its go.mod lies {located(own)}, outside the build context {context.folder}'
        return Cause(why, f'make {in_words(own)} the context, and copy go.mod with the source')
    inside = [f'/{own[len(context.folder) :].strip("/")}'] if own else list(_modules_below(context, '', DEEP))
    if inside and (own or not source):
        where = f'{inside[0][1:]}/go.mod' if len(inside) == 1 else 'its go.mod'
        return Cause('', f'copy {where} there first, or run it where that is')
    if not source and not modules.has_go_files(context, ''):
        return _empty(place, context)
    why = '' if place.repository.files.has_name('go.mod') else ', since the repository has none'
    folder = source or context.folder
    cause = absence.out_of_git(place.repository, f'{folder and f"{folder}/"}go.mod')
    return cause or Cause(why, f'run `go mod init`{in_folder(folder)} and commit go.mod')


def _source(place: Place) -> str:
    """The folder of the repository whose Go files lie where the command runs; '' where that is not known, or the top."""
    files = (name for name in place.view.some_names(place.cwd) if name.endswith('.go'))
    return parent(place.view.look(f'{place.cwd}/{name}').origin if (name := next(files, '')) else '')


def _empty(place: Place, context: Context) -> Cause | None:
    """A context without any source, which a clean checkout has no more of: it is copied, and brings no module."""
    stage, before = place.moments[place.at].stage, place.moments[: place.at]
    copies = [source for moment in before if moment.stage is stage for source in moment.copies]
    if not place.build.clean or not context.folder or not any(source.tree is context for source in copies):
        return None
    top = 'go.mod' in place.repository.files
    cure = (
        f'build it from the top, as `docker build -f {place.build.dockerfile} .` does'
        if top
        else 'build it where one is'
    )
    return Cause(f', since the build context {context.folder} holds no go.mod', cure)


def _modules_below(tree: Tree, folder: str, depth: int) -> Iterator[str]:
    """The folders below that hold a go.mod, the nearest first."""
    names = [name for name in tree.some_names(folder) if name[0] not in '._' and name not in ('vendor', 'testdata')]
    folders = [f'{folder}/{name}' for name in names if tree.look(f'{folder}/{name}').kind == FOLDER]
    yield from (path for path in folders if tree.look(path + '/go.mod').kind == FILE)
    for path in folders if depth > 1 else ():
        yield from _modules_below(tree, path, depth - 1)

"""The folder of a local replacement is not in the image when a go command reads it.

go says: `example.com/lib@v0.0.0 (replaced by ../lib): reading ../lib/go.mod: no such file or directory`. A `replace` by
a folder holds in the image as well: the folder has to be there, at the same place relative to go.mod, when a command
reads it, and the build context has to hold it.

Cure: copy the folder first; where it lies outside the context, make a folder above both the context.

Bad:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY go.mod ./
    RUN go mod download
    COPY . .
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.23

    require example.com/lib v0.0.0

    replace example.com/lib => ./lib
    -- main.go --
    package main

    func main() {}
    -- lib/go.mod --
    module example.com/lib

    go 1.23
    -- says --
    Dockerfile:4: reading lib/go.mod: no such file or directory at `go mod download`, since no step before copies it: copy lib/go.mod first

Good:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY go.mod ./
    COPY lib lib
    RUN go mod download
    COPY . .
    RUN go build -o /server .
    -- go.mod --
    module example.com/app

    go 1.23

    require example.com/lib v0.0.0

    replace example.com/lib => ./lib
    -- main.go --
    package main

    func main() {}
    -- lib/go.mod --
    module example.com/lib

    go 1.23

Silent: of a replacement that nothing requires, and of a folder that git ignores as a whole.
"""

from __future__ import annotations

from hooks.context.paths import normal
from hooks.context.tree import ABSENT, FOLDER
from hooks.facts import absence, whereabouts
from hooks.golang import gomod
from hooks.module import modules, needed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import Place
    from hooks.module.modules import Module
    from hooks.report.finding import Finding


ID = 'replacement-not-in-image'


def find(place: Place) -> Iterator[Finding]:
    module = place.module
    if module is None or module.mod is None or not any(not r.new_version for r in module.mod.replace):
        return
    members = _members(place) if place.command.name not in needed.ONE_MODULE else ()
    if members is None:
        return
    if place.command.name not in needed.ONE_MODULE | needed.GRAPH and place.vendored is not False:
        return
    wanted = {each.new_path: each for each in needed.lost_replacements(place.invocation) if each.path not in members}
    lost = [*wanted]
    if lost and place.may_be_vendored:
        return
    there = [name for name in lost if place.view.look(normal(name, module.folder)).kind == FOLDER]
    for cause, names in absence.of_folders(place.build, module.origin, there, True, wanted):
        fact = _reading(place, names)
        yield place.finding(ID, fact, cause, *(('replace', module.origin, name) for name in names))
    # What reads the whole graph looks for a go.mod, and what loads packages for the folder.
    says = _reading if needed.reads_graph(module, place.command) and 'diff' not in place.command.flags else _no_folder
    gone = [name for name in lost if name not in there]
    landed = dict(whereabouts.landed(place, module.origin, gone, module.folder)) if gone else {}
    for name, cause in landed.items():
        yield place.finding(ID, says(place, [name]), cause, ('replace', module.origin, name))
    gone = [name for name in gone if name not in landed]
    for cause, names in absence.of_folders(place.build, module.origin, gone, place.reads_graph, wanted):
        if len(names) == 1 and (cause.cure.endswith(' copy {} too') or not _is_mirrored(module)):
            # Where nothing lies yet, a target without a slash would be a file.
            to = f'copy {{}} to {normal(names[0], module.folder)}/'
            cause = cause._replace(cure=cause.cure.replace('copy {} first', f'{to} first').replace('copy {} too', to))
        yield place.finding(ID, says(place, names), cause, *(('replace', module.origin, name) for name in names))


def _reading(place: Place, names: list[str]) -> str:
    files = absence.listed([f'{name.removeprefix("./").rstrip("/")}/go.mod' for name in names])
    return f'reading {files}: no such file or directory at `{place.command}`'


def _no_folder(place: Place, names: list[str]) -> str:
    directories, do = ('directory', 'does') if len(names) == 1 else ('directories', 'do')
    return f'replacement {directories} {absence.listed(names)} {do} not exist at `{place.command}`'


def _is_mirrored(module: Module) -> bool:
    """Whether the module lies in the image as in the repository: then what lies beside it is copied as it lies there."""
    folder = module.origin.rpartition('/')[0]
    return not folder or module.folder.endswith(f'/{folder}')


def _members(place: Place) -> tuple[str, ...] | None:
    """The modules of the workspace in force, which need no replacement.

    None when they are not known, are not there, or the module is none of them: go reads the replacements of members.
    """
    folder, entry = modules.work_file(place.view, place.cwd, place.call.shell.env)
    if entry.kind == ABSENT:
        return ()
    text = entry.read(place.repository)
    uses = gomod.parse_work(text).use if text is not None else ()
    folders = [normal(use, folder) for use, _ in uses]
    found = [modules.main_module(place.repository, place.view, each) for each in folders]
    known = [each.mod.module for each, own in zip(found, folders) if each and each.mod and each.folder == own]
    is_member = place.module is not None and place.module.folder in folders
    return tuple(known) if is_member and len(known) == len(folders) else None

"""Some of a package's files are built, and call what the others declare.

go says: `undefined: serve`. One file is named where the folder is meant, or a step copies only some files of the folder.

Cure: name the folder, or copy all its Go files.

Bad:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go build -o /web cmd/web/main.go
    -- go.mod --
    module example.com/app

    go 1.23
    -- cmd/web/main.go --
    package main

    func main() { serve() }
    -- cmd/web/serve.go --
    package main

    func serve() {}
    -- says --
    Dockerfile:4: undefined: serve at `go build`, since cmd/web/serve.go declares it and is not named: write `./cmd/web`

Good:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go build -o /web ./cmd/web
    -- go.mod --
    module example.com/app

    go 1.23
    -- cmd/web/main.go --
    package main

    func main() { serve() }
    -- cmd/web/serve.go --
    package main

    func serve() {}

Silent: of names that are not called, or that may be declared in the files that are built; of imported packages; and
where a program ran before that may have written a file of the folder.
"""

from __future__ import annotations

from itertools import takewhile

from hooks.context.paths import normal, parent
from hooks.context.tree import ABSENT, Context
from hooks.facts import loading
from hooks.facts.absence import Cause
from hooks.facts.places import is_moot, is_settable
from hooks.lean.record import Record
from hooks.module import modules
from hooks.module.packages import is_source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import Place
    from hooks.report.finding import Finding


ID = 'undefined-name'
_COMMANDS = frozenset(('build', 'install', 'run', 'test', 'vet'))
# So many names are in a message.
_FEW = 3


class Part(Record):
    """The Go files of a folder of the image that are built, and those beside them that are not: path → text.

    The paths of the others are the repository's; `named` says that the built ones are named themselves.
    """

    folder: str
    built: dict[str, str]
    others: dict[str, str]
    named: bool


def find(place: Place) -> Iterator[Finding]:
    command = place.command
    if command.name not in _COMMANDS or command.versioned:
        return
    for part in _parts(place):
        if part.built and part.others and not is_moot(place):
            yield from _undefined(place, part)


def _parts(place: Place) -> Iterator[Part]:
    args = [arg for arg in place.command.args if arg is not None]
    if place.command.name == 'run':
        args = list(takewhile(lambda arg: arg.endswith('.go'), args)) or args[:1]
    files = [normal(arg, place.cwd) for arg in args if arg.endswith('.go')]
    if files and len(files) == len(args):
        yield from _beside(place, parent(files[0]), files)
    for arg in (args or ['.']) if not files and _copies_files(place) else ():
        if (arg == '.' or arg.startswith(('./', '../', '/'))) and '...' not in arg and not is_settable(place, arg):
            yield from _left_out(place, normal(arg, place.cwd))


def _copies_files(place: Place) -> bool:
    """Whether the Go files of a folder may be in the image in part: most builds copy whole folders."""
    context = place.build.context
    matches = (match for moment in place.moments[: place.at] for s in moment.copies for match in s.matches or ())
    return (isinstance(context, Context) and context.ignore_file != '') or any(m.endswith('.go') for m in matches)


def _beside(place: Place, folder: str, files: list[str]) -> Iterator[Part]:
    """Files that are named, and those of the same folder that are not."""
    view, repository = place.view, place.repository
    names = [name for name in view.some_names(folder) if is_source(name) and f'{folder}/{name}' not in files]
    if names and all(parent(file) == folder for file in files):
        built = {file: view.look(file).read(repository) for file in files}
        others = {
            entry.origin: entry.read(repository) for name in names if (entry := view.look(f'{folder}/{name}')).origin
        }
        if None not in built.values():
            yield Part(folder, _texts(built), _texts(others), True)


def _left_out(place: Place, folder: str) -> Iterator[Part]:
    """The files of a package, and those that the repository has besides and the image lacks."""
    view, repository = place.view, place.repository
    at = _origin(place, folder)
    names = repository.names(at) if at is not None else []
    lost = [name for name in names if is_source(name) and view.look(f'{folder}/{name}').kind == ABSENT]
    found = loading.loaded(place) if lost else None
    if found and view.names(folder, modules.MODULE_NAMES) is not None:
        built = {path: view.look(path).read(repository) for path in found.packages.built if parent(path) == folder}
        paths = [f'{at}/{name}'.lstrip('/') for name in lost]
        yield Part(folder, _texts(built), _texts({path: repository.read(path) for path in paths}), False)


def _origin(place: Place, folder: str) -> str | None:
    """The folder of the repository that a folder of the image is copied from, by its first Go file there."""
    entries = (place.view.look(f'{folder}/{name}') for name in place.view.some_names(folder) if is_source(name))
    return next((parent(entry.origin) for entry in entries if entry.origin), None)


def _texts(files: dict[str, str | None]) -> dict[str, str]:
    return {path: text for path, text in files.items() if text is not None}


def _undefined(place: Place, part: Part) -> Iterator[Finding]:
    # Imported late: most builds take whole folders.
    from hooks.golang import gofiles, names
    from hooks.module import needed

    run = place.invocation
    target = needed.target(run.command, run.env, run.minor)
    package = {source.package for text in part.built.values() if (source := gofiles.parse(text))}
    declared: dict[str, str] = {}
    for path, text in part.others.items():
        source = gofiles.parse(text)
        if source and {source.package} == package and gofiles.matches(path.rpartition('/')[2], source, target):
            declared.update(dict.fromkeys(names.declared(text), path))
    found = names.called(part.built.values(), set(declared))
    if found:
        paths = list(dict.fromkeys(declared[name] for name in found))
        cause = _cause(place, part, paths, len(found) > 1)
        more = f' and {len(found) - _FEW} more' * (len(found) > _FEW)
        fact = f'undefined: {", ".join(found[:_FEW])}{more} at `{place.command}`'
        yield place.finding(ID, fact, cause, ('undefined', part.folder))


def _cause(place: Place, part: Part, paths: list[str], many: bool) -> Cause:
    from hooks.facts import whereabouts

    them = 'them' if many else 'it'
    if part.named:
        shown, declares = (f'{paths[0]} and {len(paths) - 1} more', 'declare') if paths[1:] else (paths[0], 'declares')
        why = f', since {shown} {declares} {them} and {"are" if paths[1:] else "is"} not named'
        return Cause(why, f'write `{whereabouts.written(part.folder, place.cwd)}`')
    path = paths[0]
    cause = whereabouts.why_no_file(place, f'{part.folder}/{path.rpartition("/")[2]}')
    if cause is None:
        return Cause('', 'copy the whole folder')
    why = cause.why.replace(' hides it', f' hides {path}').replace(' copies it', f' copies {path}')
    return cause._replace(why=f'{why}, which declares {them}')

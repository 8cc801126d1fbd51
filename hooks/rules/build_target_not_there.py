"""What go is told to build is not there: a folder, a Go file, or a path that go takes for one of its own library.

go says: `stat /app/cmd/server: directory not found`, `no Go files in /app`, `no required module provides package
main.go`, or, of a path without `./` in front, `package cmd/tool is not in std`, and of a `go get` without a package
`no package to get in current directory`. The program has moved, no step copies its folder, or an ignore file hides it.
Where Go files are there, but all of them for another system or a tag that is not set: `build constraints exclude all Go
files in /app`.

Cure: name the folder where it is, with `./` in front; or copy it first.

Bad:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go build -o /server main.go
    -- go.mod --
    module example.com/app

    go 1.23
    -- cmd/server/main.go --
    package main

    func main() {}
    -- says --
    Dockerfile:4: no required module provides package main.go at `go build` in /app, since main.go lies in /app/cmd/server: write `./cmd/server`

Good:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go build -o /server ./cmd/server
    -- go.mod --
    module example.com/app

    go 1.23
    -- cmd/server/main.go --
    package main

    func main() {}

Silent: of a folder that git ignores as a whole, for it may be made before the build; of what hangs on a build argument,
where nothing declares the build; and where a program ran before that may have written it.
"""

from __future__ import annotations

from itertools import takewhile

from hooks.context.paths import normal, within
from hooks.context.tree import ABSENT, FILE, FOLDER
from hooks.facts.absence import Cause
from hooks.facts.places import is_moot, is_settable
from hooks.golang import gofiles
from hooks.lean.record import Record
from hooks.module import modules, needed
from hooks.module.needed import FIRST_GET
from hooks.module.packages import is_source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import Place
    from hooks.golang.commands import GoCommand
    from hooks.golang.gomod import GoMod
    from hooks.report.finding import Finding


ID = 'build-target-not-there'
_COMMANDS = frozenset(('build', 'get', 'install', 'run', 'test', 'vet'))
_TESTS = frozenset(('test', 'vet'))
_OPERATORS = ('&&', '||', '|', ';', '&', '>')
# Patterns that go knows, and signs of a pattern of the shell's.
_META, _SIGNS = ('', 'all', 'std', 'cmd', 'tool', 'work'), '*?[$@\\'


class Lack(Record):
    """What go says of an argument, and the path in the image that it means: a Go file, or a folder of them.

    `cause` is the reason where it is plain.
    """

    says: str
    path: str
    cause: Cause | None = None
    file: bool = False


def find(place: Place) -> Iterator[Finding]:
    command = place.command
    known = place.workspace if place.module is None else place.module.mod is not None
    if command.name not in _COMMANDS or command.versioned or not known or place.view.look(place.cwd).kind != FOLDER:
        return
    for lack in _lacks(place) if command.name != 'get' else _nothing_to_get(place):
        cause = None if is_moot(place) else lack.cause or _why(place, lack)
        if cause:
            where = '' if lack.path in lack.says else f' in {place.cwd or "/"}'
            told = 'got' if command.name == 'get' else 'target', lack.path
            yield place.finding(ID, f'{lack.says} at `{command}`{where}', cause, told)


def _why(place: Place, lack: Lack) -> Cause | None:
    # Imported late: most builds are told of what is there.
    from hooks.facts import whereabouts

    if lack.file:
        return whereabouts.why_no_file(place, lack.path)
    return whereabouts.why_no_package(place, lack.path, place.command.name in _TESTS)


def _lacks(place: Place) -> Iterator[Lack]:
    args = _targets(place.command)
    if any((arg or '').startswith('-') for arg in args):
        # A flag that stands behind: then go reads none of them.
        return
    operator = next((arg for arg in args if arg in _OPERATORS), None)
    if operator:
        # Of a list in brackets each word is one of go's.
        cause = Cause(', since a RUN in brackets starts no shell', 'write it without them, as `RUN go …`')
        yield Lack(f'malformed import path "{operator}": invalid char {operator[0]!r}', operator, cause)
        return
    files = [arg for arg in args if arg and arg.endswith('.go')]
    if files and len(files) == len(args):
        yield from _lost_files(place, files)
    for arg in (args or ('.',)) if not files else ():
        if arg is None or arg in _META or any(sign in arg for sign in _SIGNS):
            continue
        local = arg in ('.', '..') or arg.startswith(('./', '../', '/'))
        lack = _folder(place, arg) if local else None if '...' in arg else _package(place, arg)
        if lack and not is_settable(place, arg):
            yield lack


def _targets(command: GoCommand) -> tuple[str | None, ...]:
    """The arguments that name what is built: behind those of `go run` and `go test` come the program's."""
    args = command.args
    if command.name == 'run':
        behind = next((at for at, arg in enumerate(args) if not (arg or '').endswith('.go')), len(args))
        return args[: behind or 1]
    if command.name == 'test' and args and None not in command.words:
        behind = command.words.index(args[0])
        return tuple(takewhile(lambda word: not (word or '').startswith('-'), command.words[behind:]))
    return args


def _nothing_to_get(place: Place) -> Iterator[Lack]:
    """A `go get` where no Go file lies; before Go 1.18 it installs, and says it otherwise."""
    args = place.command.args
    if args not in ((), ('.',)) or place.minor < FIRST_GET or place.workspace is not False:
        return
    names = place.view.names(place.cwd, modules.MODULE_NAMES)
    if names is not None and not any(name.endswith('.go') for name in names):
        cause = Cause('', 'leave it out, or write `go get ./...`')
        yield Lack('.: ' * len(args) + 'no package to get in current directory', place.cwd, cause)


# Files


def _lost_files(place: Place, files: list[str]) -> Iterator[Lack]:
    kinds = {file: place.view.look(normal(file, place.cwd)).kind for file in files}
    alone = place.command.name != 'run' and FILE not in kinds.values()
    for file, kind in kinds.items():
        if kind == ABSENT and not any(sign in file for sign in _SIGNS) and not is_settable(place, file):
            path = normal(file, place.cwd)
            says = _says(file, path) if alone else f'stat {file}: no such file or directory'
            yield Lack(says, path, file=True)


def _says(file: str, path: str) -> str:
    """Of a file that is not there go thinks that it is a package."""
    return f'stat {path}: directory not found' if file.startswith(('./', '../', '/')) else _not_provided(file)


def _not_provided(package: str) -> str:
    standard = gofiles.is_standard(package)
    return f'package {package} is not in std' if standard else f'no required module provides package {package}'


# Folders


def _folder(place: Place, arg: str) -> Lack | None:
    path, dots, rest = arg.partition('...')
    if rest:
        return None
    above = path.rpartition('/')[0] if dots else path
    folder = normal(above, place.cwd)
    kind = place.view.look(folder).kind
    if kind == ABSENT:
        says = f'pattern {arg}: lstat {above}/: no such file or directory'
        return Lack(says if dots else f'stat {folder}: directory not found', folder)
    if kind != FOLDER or dots:
        return None
    return _nested(place, arg, folder) or _bare(place, folder)


def _bare(place: Place, folder: str) -> Lack | None:
    """A folder without a Go file."""
    tests = place.command.name in _TESTS
    sources = [name for name in place.view.some_names(folder) if is_source(name, tests)]
    if sources:
        return _excluded(place, folder, sources)
    names = place.view.names(folder, modules.MODULE_NAMES)
    if names is None:
        return None
    only = any(is_source(name, tests=True) for name in names)
    return Lack(f'no {"non-test " * only}Go files in {folder or "/"}', folder)


def _excluded(place: Place, folder: str, sources: list[str]) -> Lack | None:
    """A folder whose Go files are all for another system, or for tags that are not set."""
    texts = {}
    for name in sources:
        text = place.view.look(f'{folder}/{name}').read(place.repository)
        if text is None or ('_' not in name and 'build' not in text):
            # Most files are built everywhere, as a look shows.
            return None
        texts[name] = text
    run = place.invocation
    if run.command.flags.get('tags') == '':
        # Somebody may well give the variable in it a value.
        return None
    target = needed.target(run.command, run.env, run.minor)
    for name, text in texts.items():
        file = gofiles.parse(text)
        # That cgo is off is another finding.
        if file is None or 'C' in file.imports or gofiles.matches(name, file, target) is not False:
            return None
    if place.view.names(folder, modules.MODULE_NAMES) is None:
        return None
    cause = Cause('', f'correct the path, or set the system or the tags that {sources[0]} asks for')
    return Lack(f'build constraints exclude all Go files in {folder or "/"}', folder, cause)


def _nested(place: Place, arg: str, folder: str) -> Lack | None:
    """A folder of another module below this one."""
    module = place.module
    other, entry = modules.find_up(place.view, folder, 'go.mod')
    if module is None or module.mod is None or place.workspace is not False or entry.kind != FILE:
        return None
    if other == module.folder or not within(other, module.folder):
        return None
    own = module.mod.module
    says = f'main module ({own}) does not contain package {own}{folder[len(module.folder) :]}'
    inside = f'./{folder[len(other) + 1 :]}'
    cure = f'run `go -C {arg} {place.command.name} .`' if folder == other else f'run it in {other}, as `{inside}`'
    return Lack(says, folder, Cause(f', since {other}/go.mod makes that a module of its own', cure))


# Packages by their import path


def _package(place: Place, arg: str) -> Lack | None:
    module, path = place.module, arg.rstrip('/')
    if place.workspace is None or place.command.flags.get('mod') == 'mod':
        return None
    own = module.mod.module if module and module.mod else ''
    if module and own and within(path, own):
        folder = module.folder + path[len(own) :]
        lost = place.workspace is False and place.view.look(folder).kind == ABSENT
        return Lack(_not_provided(path), folder) if lost else None
    if not gofiles.is_standard(path) or _may_be_standard(path) or _may_be_of_another(place, path):
        return None
    folder = normal(path, place.cwd)
    kind = place.view.look(folder).kind
    here = Cause('', f'write `./{path}`') if kind == FOLDER else None
    return Lack(_not_provided(path), folder, here) if kind in (FOLDER, ABSENT) else None


def _may_be_standard(path: str) -> bool:
    # Imported late: hardly any command names a package so.
    from hooks.golang import standard

    return standard.may_have(path)


def _may_be_of_another(place: Place, path: str) -> bool:
    """Whether another module may have a package: a required one, or a member of the workspace."""
    mods: list[GoMod | None] = [place.module.mod] if place.module else []
    if place.workspace:
        from hooks.facts import reading

        work = reading.workspace(place)
        mods += [member.mod for member in work.members] if work else [None]
    return any(mod is None or any(within(path, name) for name in _named(mod)) for mod in mods)


def _named(mod: GoMod) -> Iterator[str]:
    yield mod.module
    yield from (each.path for each in mod.require)

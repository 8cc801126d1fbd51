"""Where the source that an image lacks lies in the repository, and why it is not in the image."""

from __future__ import annotations

from itertools import islice

from hooks.context.paths import located, normal, parent, typed, upwards, within
from hooks.context.tree import ABSENT, FILE, FOLDER, REMOVED, Context
from hooks.facts import absence, embeds
from hooks.facts.absence import Cause
from hooks.golang import gofiles
from hooks.module import modules
from hooks.module.packages import is_source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hooks.context.index import Ignored, Repository
    from hooks.context.tree import Tree
    from hooks.facts.places import Place
    from hooks.replay.replayer import Moment

# Folders that no pattern of go's leads into.
_APART = ('vendor', 'testdata', 'node_modules')
# How deep below the module's folder what has moved is looked for, and among how many folders.
_DEEP, _MANY = 5, 500
# Of a path in whose place there is nothing to propose.
_UNKNOWN = Cause('', 'correct the path')
# So many programs are named in a message.
_FEW = 3
# Lines of a .gitignore that mean what go leaves there; a folder of source has such a name by chance.
_BINARIES = frozenset('bin cmd internal pkg src'.split())
# Ends of the names of files that people write, which a line `*.json` of a .gitignore hides by chance.
_TYPED = tuple(
    f'.{end}' for end in 'sql json yaml yml toml html htm tmpl tpl gohtml txt md csv xml graphql ini'.split()
)
# How the folders of generators' output are called.
_GENERATED = tuple(
    'api asset auto bind build client db dist doc ent fake gen gql graph grpc i18n idl locale mock model openapi orm '
    'out pb proto query rpc schema sdk sql static stub swag templ thrift version web wire'.split()
)


def line_of(place: Place, file: str, *texts: str) -> str:
    """Where a file of the image has a line with these texts: `path:line` in the repository, as far as that is known."""
    path = place.view.look(file).origin
    lines = (place.repository.read(path) or '').split('\n') if path else []
    line = next((number for number, line in enumerate(lines, 1) if all(text in line for text in texts)), 0)
    return f'{path}:{line}' if line else path or file


def origin(place: Place, path: str) -> str | None:
    """The path in the repository that a path of the image has beside its go.mod; None where nobody knows."""
    folder, entry = modules.find_up(place.view, path, 'go.mod')
    if entry.kind != FILE or not entry.origin:
        return None
    return (entry.origin.rpartition('/')[0] + path[len(folder) :]).lstrip('/')


def _made(place: Place, path: str) -> Ignored | None:
    """The line of a .gitignore that hides a path, not by chance: what lies there is made before the build."""
    ignored = None if place.repository.has_folder(path) else _ignored(place.repository, path)
    return None if ignored is None or _by_chance(ignored, path) else ignored


def _ignored(repository: Repository, path: str) -> Ignored | None:
    """The line of a .gitignore that hides a folder: of one that is not there git asks what it would hold."""
    return repository.ignored(path) or repository.ignored(f'{path}/x.go')


def _by_chance(ignored: Ignored, path: str) -> bool:
    """Whether a line of a .gitignore hides a folder of source that its author did not mean."""
    pattern = ignored.pattern
    last = pattern.strip('/').rpartition('/')[2]
    inside = path.split('/')
    if last in _BINARIES and pattern.endswith('/') and last in inside:
        return not _is_named_as_generated('/'.join(inside[inside.index(last) + 1 :]))
    # `server`, as `go build` names the binary.
    return '/' not in pattern and '*' not in pattern and len(inside) > 1 and last == inside[-1]


def why_no_file(place: Place, path: str) -> Cause | None:
    """Why a Go file is not in the image; None where it may be made before the build."""
    at = origin(place, path)
    if at is not None and at in place.repository.files:
        return _of_tracked(place, parent(path), at, at, at)
    if at is not None and (ignored := _made(place, at)):
        return absence.unmade(place.build, at, ignored)
    name, programs = path.rpartition('/')[2], _programs(place)
    return _there(place, [each for each in programs if place.view.look(f'{each}/{name}').kind == FILE], name, programs)


def why_no_package(place: Place, folder: str, tests: bool = False) -> Cause | None:
    """Why a folder of the image has no Go file; None where it may have some that are made before the build."""
    at = origin(place, folder)
    if at is not None and (ignored := _made(place, at)):
        return absence.unmade(place.build, at, ignored)
    cause = of_package(place, folder, at, tests) if at is not None else None
    if cause:
        return cause
    name, programs = folder.rpartition('/')[2], _programs(place)
    alike = [each for each in programs if each.rpartition('/')[2] == name and each != folder]
    cause = _there(place, alike, name, programs)
    if at is None or cause.why:
        return cause
    if cause == _UNKNOWN and (bare := _bare(place, folder, at)):
        return bare
    nowhere = not place.repository.has_folder(at)
    return cause._replace(why=f', since there is no {at} in git') if nowhere else cause


def _bare(place: Place, folder: str, path: str) -> Cause | None:
    """Why there is nothing to build at all: git has no Go file of the module. `path` is the repository's `folder`."""
    top = origin(place, modules.find_up(place.view, folder, 'go.mod')[0])
    repository = place.repository
    if top is None or any(is_source(path.rpartition('/')[2]) for path in repository.under(top)):
        return None
    there = absence.out_of_git(repository, f'{path}/main.go'.lstrip('/'))
    return there or Cause(f', since git has no Go file {located(top)}', 'commit the program')


def why_no_import(place: Place, folder: str) -> Cause | None:
    """Why the folder of an imported package has no Go file; None where it may be made, or is another module's."""
    at = origin(place, folder)
    if at is None or _is_nested(place, folder, at):
        return None
    cause = of_package(place, folder, at)
    if cause or place.repository.has_folder(at):
        return cause
    if (ignored := _made(place, at)) or _is_named_as_generated(at):
        return absence.unmade(place.build, at, ignored)
    nowhere = Cause(f', since there is no {at} in git', 'correct the import, or commit it')
    return absence.out_of_git(place.repository, at) or nowhere


def _is_nested(place: Place, folder: str, path: str) -> bool:
    """Whether a folder of the repository lies in a module of its own, below the one that it has in the image."""
    deep = folder[len(modules.find_up(place.view, folder, 'go.mod')[0]) :].count('/')
    return any(f'{each}/go.mod' in place.repository.files for each in islice((path, *upwards(path)), deep))


def _is_named_as_generated(path: str) -> bool:
    names = path.lower().split('/')
    return any(name.startswith(_GENERATED) or name.endswith(('pb', 'gen', 'mock', 'mocks')) for name in names)


def of_package(place: Place, folder: str, path: str, tests: bool = False) -> Cause | None:
    """Why the Go files of a folder of the repository (`path`) are not in that of the image; None where it has none."""
    repository = place.repository
    name = next((name for name in repository.names(path) if is_source(name, tests)), '')
    if name:
        return _of_tracked(place, folder, f'{path}/{name}'.lstrip('/'))
    ignored = None if repository.has_folder(path) else _ignored(repository, path)
    if ignored is None or not _by_chance(ignored, path):
        return None
    while parent(path) and _ignored(repository, parent(path)) == ignored:
        path = parent(path)
    line = f'{ignored.file}:{ignored.line}'
    related = ((ignored.file, ignored.line, f'`{ignored.pattern}` keeps it out of git'),)
    why = f', since {line} (`{ignored.pattern}`) keeps {path} out of git'
    return Cause(why, f'correct that line, then `git add {typed(path)}`', related=related)


def why_no_embed(place: Place, folder: str, pattern: str) -> Cause | None:
    """Why nothing in the folder of a package matches a pattern of `//go:embed`; None where it may be made."""
    at = origin(place, folder)
    if at is None:
        return None
    everything, plain = pattern.startswith(embeds.ALL), embeds.is_plain(pattern)
    tree, pattern = Context(place.repository, ''), pattern.removeprefix(embeds.ALL)
    found = embeds.matches(tree, f'/{at}'.rstrip('/'), pattern) or []
    files = [file[1:] for path in found if (file := embeds.first_file(tree, path, everything))]
    named = f'{at}/{pattern}'.lstrip('/')
    if files:
        is_file = plain and files == [named]
        return _of_tracked(place, folder, files[0], named, named if is_file or not plain else f'{named}/**')
    return _out_of_git(place, named, bool(found)) if plain else None


def _out_of_git(place: Place, path: str, is_there: bool) -> Cause | None:
    """Why git has no file to embed at a path, unless one may be made before the build."""
    repository = place.repository
    if is_there:
        made = next(filter(None, (repository.ignored(f'{path}/{name}') for name in ('x', 'index.html', 'x.js'))), None)
        if made:
            return absence.unmade(place.build, path, made)
        why = ', since the names of all that it holds begin with `.` or `_`'
        return Cause(why, f'write `all:{path.rpartition("/")[2]}`, or commit a file there')
    ignored = repository.ignored(path)
    # Others may be made, and are left out because they are.
    by_chance = ignored is not None and ignored.pattern.startswith('*.') and path.endswith(_TYPED)
    if repository.generated(path) or (ignored and not by_chance):
        return absence.unmade(place.build, path, ignored)
    return absence.out_of_git(repository, path)


def _of_tracked(place: Place, folder: str, file: str, shown: str = '', item: str = '') -> Cause | None:
    """Why tracked files, of which this is one, are not in a folder of the image.

    `shown` is what a step has to copy, and `item` what an ignore file has to show again, where these are not the
    topmost folders that are not there.
    """
    context = place.build.context
    if not isinstance(context, Context) or not context.holds(file):
        return None
    start = len(context.folder) + bool(context.folder)
    own = parent(file)[start:]
    hiding = context.hidden(f'/{file[start:]}')
    if hiding:
        while parent(own) and context.hidden(f'/{parent(own)}/_.go') == hiding:
            own = parent(own)
        return absence.hidden(hiding, item[start:] or (f'{own}/**' if own else file[start:]))
    line, source, landed = _taken(place, f'/{file[start:]}', place.moments[: place.at])
    if line and place.view.look(folder) == REMOVED:
        return Cause(', since a step before removes or moves it', 'leave it where it is')
    if source == f'/{file[start:]}':
        return Cause(f', since line {line} copies it to another folder', 'correct where it goes')
    if line and landed and landed not in (folder, folder.replace(source, '', 1)):
        return Cause(f', since line {line} copies it to {landed}', f'run it in {landed}, or copy it to {folder or "/"}')
    if source:
        why = f', since line {line} copies what is in {source[1:]}, not the folder itself'
        words = f'["{source[1:]}", "{source[1:]}"]' if ' ' in source else f'{source[1:]} {source[1:]}'
        return Cause(why, f'write `COPY {words}`')
    line, *_ = _taken(place, f'/{file[start:]}', place.moments[place.at + 1 :])
    if line:
        return Cause(f', since line {line} copies it only then', 'run it after that')
    while place.view.look(parent(folder)).kind == ABSENT and parent(own):
        # Of folders that are not there the topmost is the one to copy.
        folder, own = parent(folder), parent(own)
    shown = shown[start:] or own or file[start:]
    return Cause(f', since no step before copies {shown}', f'copy {shown} first')


def landed(place: Place, origin: str, names: Iterable[str], folder: str) -> Iterator[tuple[str, Cause]]:
    """Of the modules that a go.mod or go.work (`origin`, in `folder` of the image) names, those copied elsewhere."""
    context = place.build.context
    if not isinstance(context, Context):
        return
    for name in names:
        path, wanted = absence.joined(parent(origin), name), normal(name, folder)
        if path and context.holds(path):
            inner = path[len(context.folder) + bool(context.folder) :]
            line, _, there = _taken(place, f'/{inner}/go.mod', place.moments[: place.at])
            if there and there != wanted:
                yield name, Cause(f', since line {line} copies it to {there}', f'copy it to {wanted}/')


def _taken(place: Place, path: str, moments: Sequence[Moment]) -> tuple[int, str, str]:
    """The line of a step of the stage that copies a path of the context, 0 for none; and the source it does so by.

    The last is the folder of the image that the file lands in, '' where that is not known.
    """
    here = place.moments[place.at].stage
    for moment in moments:
        copies = moment.copies if moment.stage is here and moment.step.name != 'RUN' else ()
        own = [source for source in copies if source.tree is place.build.context]
        taken = ((source, match) for source in own for match in source.matches or () if within(path, match))
        for source, match in taken:
            landed = '' if source.target is None or match == path else f'{source.target}{parent(path)[len(match) :]}'
            return moment.step.line, match, landed
    return 0, '', ''


# What has moved


def _programs(place: Place) -> list[str]:
    """The folders of the image's module that hold a program; [] where none is meant, or too many are there to look."""
    if place.command.name not in ('build', 'install', 'run'):
        return []
    top = place.module.folder if place.module else place.cwd
    found: list[str] = []
    for count, folder in enumerate(_folders(place.view, top, _DEEP)):
        if count > _MANY:
            return []
        names = [name for name in place.view.some_names(folder) if is_source(name)]
        if any(_is_main(place, f'{folder}/{name}') for name in names):
            found.append(folder)
    return found


def _is_main(place: Place, path: str) -> bool:
    text = place.view.look(path).read(place.repository)
    source = gofiles.parse(text) if text is not None else None
    ignored = source is not None and any('ignore' in line for line in source.constraint)
    return source is not None and source.package == 'main' and not ignored


def _folders(tree: Tree, folder: str, depth: int) -> Iterator[str]:
    """A folder, and those below that belong to the same module."""
    yield folder
    names = [name for name in tree.some_names(folder) if name[0] not in '._' and name not in _APART]
    for path in (f'{folder}/{name}' for name in names) if depth else ():
        if tree.look(path).kind == FOLDER and tree.look(path + '/go.mod').kind == ABSENT:
            yield from _folders(tree, path, depth - 1)


def _there(place: Place, having: list[str], name: str, programs: list[str]) -> Cause:
    """What lies elsewhere under that name, or the only program; else what programs there are."""
    found = having if len(having) == 1 else programs if len(programs) == 1 else []
    if found:
        inside = name if having else 'the program'
        return Cause(f', since {inside} lies in {found[0] or "/"}', f'write `{written(found[0], place.cwd)}`')
    if not 1 < len(programs) <= _FEW:
        return _UNKNOWN
    return Cause('', f'correct the path: there is {absence.listed([written(each, place.cwd) for each in programs])}')


def written(folder: str, cwd: str) -> str:
    """A folder as an argument of a go command in `cwd`."""
    if folder == cwd:
        return '.'
    return f'./{folder[len(cwd) + 1 :]}' if within(folder, cwd) else folder

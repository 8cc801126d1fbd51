"""What a go command that must pass lacks: go.mod, workspace members, local replacements, agreeing vendoring, go.sum.

Each rule takes the place of a command and gives what is wrong there. Only what the image surely lacks counts; a folder
that git ignores may be made before the build.
"""

from __future__ import annotations

from hooks import _absence, _gofiles, _gomod, _module, _needs
from hooks._absence import Cause
from hooks._context import ABSENT, FILE, FOLDER, REMOVED, Context
from hooks._gocommand import BUILDS
from hooks._image import normal, within

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hooks._context import Tree
    from hooks._module import Module
    from hooks._place import Place, Problem
    from hooks._repository import Repository

# Before Go 1.16 a build needed no go.mod and wrote go.sum on the fly. The corners were measured from 1.21 on.
FIRST_STRICT, FIRST_MEASURED, NEVER = 16, 21, 10_000
# From this Go on, many commands do without the go.mod that lies in GOPATH; these do not.
FIRST_LENIENT = 22
GOPATH_MATTERS = frozenset(f'mod {name}' for name in 'graph tidy vendor verify why'.split())
# How deep below its folder the module of a lost command is looked for.
DEEP = 3


# go.mod


def lacks_module(place: Place) -> Iterator[Problem]:
    """No go.mod where the command runs, nor above."""
    command, view, cwd = place.command, place.view, place.cwd
    if place.minor < FIRST_STRICT or _module.find_up(view, cwd, 'go.mod')[1].kind != ABSENT:
        return
    if place.gopath and view.look(f'{place.gopath}/go.mod').kind == FILE:
        # What is wrong is that one, and not the lack of another.
        return
    if view.look(cwd).kind != FOLDER or (place.workspace is not False and command.name not in _needs.OWN_MODULE):
        return
    if not _needs.needs_module(place.repository, view, cwd, command, place.minor):
        return
    words = 'no modules specified' if command.name == 'mod download' and not command.args else 'go.mod file not found'
    fact = f'{words} at `{command}` in {cwd or "/"}'
    package = command.args[0] if command.name in ('install', 'get') and command.args else None
    if package and not package.startswith(('.', '/')):
        path, _, version = package.partition('@')
        own = _own_module(place)
        if command.name == 'install' and own and path.startswith(own):
            yield place.problem(fact, Cause('', "run it where that module's go.mod is"), ('module', cwd))
            return
        if command.name == 'install':
            fact = f"'go install' requires a version when current directory is not in a module, as in {cwd or '/'}"
        else:
            fact += ", and 'go get' is no longer supported outside a module"
        yield place.problem(fact, Cause('', f'write `go install {path}@{version or "latest"}`'), ('module', cwd, path))
    elif cause := _why_no_module(place):
        yield place.problem(fact, cause, ('module', cwd))


def _own_module(place: Place) -> str:
    """The path of the module at the top of the build context; '' when there is none."""
    context = place.build.context
    found = _module.main_module(place.repository, context, '') if isinstance(context, Context) else None
    return found.mod.module if found and found.mod else ''


def ignores_module(place: Place) -> Iterator[Problem]:
    """A go.mod in the root of GOPATH or in the system's temp folder, where go does not want it."""
    command, view, env = place.command, place.view, place.call.shell.env
    if place.minor < FIRST_STRICT or command.name not in _needs.MODULE:
        return
    gopath, temp = place.gopath, env.get('TMPDIR', '')
    cause = Cause('', 'copy it into a folder of its own, as behind `WORKDIR /app`')
    if gopath and view.look(f'{gopath}/go.mod').kind == FILE:
        why = f', since a go.mod lies in GOPATH ({gopath})'
        if place.minor < FIRST_LENIENT:
            yield place.problem(
                f'$GOPATH/go.mod exists but should not at `{command}`', cause._replace(why=why), ('gopath',)
            )
        elif command.name in GOPATH_MATTERS:
            yield place.problem(f'go.mod file not found at `{command}`', cause._replace(why=why), ('gopath',))
    elif temp is not None and place.module and place.module.folder == (temp or '/tmp'):
        why = f', since go ignores a go.mod in the system temp root {place.module.folder}'
        needs = _needs.needs_module(place.repository, view, place.cwd, command, place.minor)
        if place.workspace is False and place.minor >= FIRST_MEASURED and needs:
            yield place.problem(f'go.mod file not found at `{command}`', cause._replace(why=why), ('temp',))


def _why_no_module(place: Place) -> Cause | None:
    """Why there is no go.mod; None where not even the source is in git, so that it may come from elsewhere."""
    context = place.build.context
    hiding = context.hidden('/go.mod') if isinstance(context, Context) else None
    if hiding and isinstance(context, Context) and context.path('/go.mod') in place.repository.files:
        return _absence.hidden(hiding, 'go.mod')
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
        cause = _absence.tracked(place.build, path, 'copy it first, as `COPY go.mod go.sum* ./` does')
        return cause and cause._replace(why=cause.why.replace('{them}', 'go.mod there'))
    inside = list(_modules_below(context, '', DEEP))
    if inside:
        where = f'{inside[0][1:]}/go.mod' if len(inside) == 1 else 'its go.mod'
        return Cause('', f'copy {where} there first, or run it where that is')
    if not _module.has_go_files(context, ''):
        return None
    return _absence.out_of_git(place.repository, path) or Cause('', 'run `go mod init` outside and commit go.mod')


def _modules_below(tree: Tree, folder: str, depth: int) -> Iterator[str]:
    """The folders below that hold a go.mod, the nearest first."""
    names = [name for name in tree.some_names(folder) if name[0] not in '._' and name not in ('vendor', 'testdata')]
    folders = [f'{folder}/{name}' for name in names if tree.look(f'{folder}/{name}').kind == FOLDER]
    yield from (path for path in folders if tree.look(path + '/go.mod').kind == FILE)
    for path in folders if depth > 1 else ():
        yield from _modules_below(tree, path, depth - 1)


# Folders that a module names: workspace members and local replacements


def lacks_members(place: Place) -> Iterator[Problem]:
    """A go.work in force, and a member of it that is not in the image."""
    command, view = place.command, place.view
    if place.minor < _needs.MEMBERS.get(command.name, NEVER) or command.versioned:
        return
    folder, entry = _module.work_file(view, place.cwd, place.call.shell.env)
    if command.name == 'mod vendor' and entry.kind == FILE:
        cause = Cause('', 'run `go work vendor`, or set `GOWORK=off`')
        yield place.problem("'go mod vendor' cannot be run in workspace mode", cause, ('work', folder))
        return
    text = place.repository.read(entry.origin) if entry.kind == FILE and entry.origin else None
    uses = _gomod.parse_work(text).use if text is not None else ()
    gone = [use for use, _ in uses if view.look(normal(use, folder) + '/go.mod').kind == ABSENT]
    for cause, names in _absence.of_folders(place.build, entry.origin, gone, _reads_graph(place)):
        fact = f'cannot load module{"s" * (len(names) > 1)} {_absence.listed(names)} listed in go.work at `{command}`'
        cure = f'{cause.cure}, or set `GOWORK=off`'
        yield place.problem(fact, cause._replace(cure=cure), *(('work', entry.origin, name) for name in names))


def lacks_replacements(place: Place) -> Iterator[Problem]:
    """A local replacement that the command reads and that is not in the image."""
    module = place.module
    if module is None or module.mod is None or not any(not r.new_version for r in module.mod.replace):
        return
    members = _members(place) if place.command.name not in _needs.ONE_MODULE else ()
    if members is None:
        return
    if place.command.name not in _needs.ONE_MODULE | _needs.GRAPH and place.vendored is not False:
        return
    lost = [each.new_path for each in place.ask(_needs.lost_replacements) if each.path not in members]
    for cause, names in _absence.of_folders(place.build, module.origin, lost, _reads_graph(place)):
        directories, do = ('directory', 'does') if len(names) == 1 else ('directories', 'do')
        fact = f'replacement {directories} {_absence.listed(names)} {do} not exist at `{place.command}`'
        yield place.problem(fact, cause, *(('replace', module.origin, name) for name in names))


def _members(place: Place) -> tuple[str, ...] | None:
    """The modules of the workspace in force, which need no replacement; None when they are not known."""
    folder, entry = _module.work_file(place.view, place.cwd, place.call.shell.env)
    if entry.kind == ABSENT:
        return ()
    text = place.repository.read(entry.origin) if entry.kind == FILE and entry.origin else None
    uses = _gomod.parse_work(text).use if text is not None else ()
    found = [_module.main_module(place.repository, place.view, normal(use, folder)) for use, _ in uses]
    known = text is not None and all(each and each.mod for each in found)
    return tuple(each.mod.module for each in found if each and each.mod) if known else None


def _reads_graph(place: Place) -> bool:
    """Whether a go.mod is all that the command reads of the folder."""
    return place.command.name in _needs.GRAPH or place.command.name == 'list'


# vendor/


def disagrees(place: Place) -> Iterator[Problem]:
    """vendor/modules.txt is not there, or says something else than go.mod."""
    module = place.module
    if module is None or module.mod is None or place.command.name not in _needs.VENDOR or place.command.versioned:
        return
    # To clean a cache takes no packages.
    if place.command.name == 'clean' and any(flag.endswith('cache') for flag in place.command.flags):
        return
    if place.workspace is not False or not place.vendored:
        return
    file = place.view.look(module.folder + '/vendor/modules.txt')
    text = place.repository.read(file.origin) if file.origin else None
    if file.kind != ABSENT and text is None:
        return
    from hooks import _vendoring

    lines = _vendoring.inconsistencies(module.mod, text)
    cause = _why_inconsistent(place, module.origin) if lines and not _changed(place, module.origin) else None
    if cause:
        more = f' (and {len(lines) - 1} more)' if len(lines) > 1 else ''
        lack = f', since {lines[0]}{more}' if text is not None else ', for lack of vendor/modules.txt in the image'
        fact = f'inconsistent vendoring at `{place.command}`'
        yield place.problem(fact, cause._replace(why=lack + cause.why), ('vendor', module.origin))


def _why_inconsistent(place: Place, origin: str) -> Cause | None:
    repository, folder = place.repository, origin.rpartition('/')[0]
    path = f'{folder}/vendor/modules.txt'.lstrip('/')
    again = Cause('', f'run `go mod vendor` in {folder or "."} and commit vendor')
    if place.view.look(f'{place.module.folder if place.module else ""}/vendor/modules.txt').kind == FILE:
        return again
    if path in repository.files:
        cause = _absence.tracked(place.build, path, 'copy it first', path.replace('/modules.txt', '/**'))
        return cause and cause._replace(why=cause.why.replace('{them}', 'vendor'))
    return None if repository.generated(path) else _absence.out_of_git(repository, path) or again


def _changed(place: Place, origin: str) -> bool:
    """Whether a command before may have changed go.mod or vendor/."""
    calls = (moment.call for moment in place.moments[: place.at])
    changing = ('mod tidy', 'mod vendor', 'get')
    names = {call.command.name for call in calls if call and call.shell.cwd is not None}
    return not names.isdisjoint(changing)


# go.sum


def lacks_sums(place: Place) -> Iterator[Problem]:
    """A go.sum that is nowhere, or that has no line for a module which the command takes a package from."""
    module, view = place.module, place.view
    if module is None or module.mod is None or place.minor < FIRST_STRICT:
        return
    entry = view.look(module.folder + '/go.sum')
    if entry.kind == ABSENT and _writes_sum(place):
        yield from _cannot_write(place)
    elif entry.kind == ABSENT or entry.partial:
        yield from _without_sum(place)
    elif entry.kind == FILE and entry.origin:
        yield from _short_sum(place, entry.origin)


def _writes_sum(place: Place) -> bool:
    return place.command.name == 'mod tidy' and 'diff' not in place.command.flags


def _cannot_write(place: Place) -> Iterator[Problem]:
    """A tidy that has to write go.sum into a mount that cannot be written."""
    module = place.module
    assert module
    mounts = [value.split(',') for name, value in place.moments[place.at].step.flags if name == 'mount']
    bound = [options for options in mounts if not any(o.startswith('type=') and o != 'type=bind' for o in options)]
    closed = bound and not any({'rw', 'readwrite'} & {o.partition('=')[0] for o in options} for options in bound)
    if closed and place.view.at(module.folder) >= 0 and _imported(place, _required(module)):
        fact = f'updating go.sum: read-only file system at `{place.command}`'
        cause = Cause(', since a bind mount cannot be written', 'commit go.sum, or add `,rw` to the mount')
        yield place.problem(fact, cause, ('sum', module.origin))


def _without_sum(place: Place) -> Iterator[Problem]:
    """No go.sum at all: one that exists and was not copied is check-go-sum-copy's."""
    module = place.module
    assert module
    assert module.mod
    folder = module.origin.rpartition('/')[0]
    path = f'{folder}/go.sum'.lstrip('/')
    removed = place.view.look(module.folder + '/go.sum') == REMOVED
    taken = (source for moment in place.moments for source in moment.copies if source.missing)
    if any(isinstance(source.tree, Context) and source.tree.path(source.missing) == path for source in taken):
        # A COPY of it fails already.
        return
    if not removed and (place.repository.generated(path) or _absence.of_sum(place.build, path)):
        return
    if not place.ask(_needs.needs_sum):
        return
    package = next(iter(_imported(place, _required(module))), None)
    fact = _missing_entry(place, package)
    if removed:
        cause = Cause(', since a step before removes go.sum', 'leave it there')
    else:
        cause = Cause(
            ', since there is no go.sum and no step before writes one',
            f'run `go mod tidy` in {folder or "."} and commit go.sum',
        )
    yield place.problem(fact, cause, ('sum', path))


def _short_sum(place: Place, path: str) -> Iterator[Problem]:
    """A go.sum that disagrees with go.mod."""
    module = place.module
    assert module
    assert module.mod
    text = place.repository.read(path)
    short = _needs.lacking(module, _gomod.parse_sum(text)) if text is not None and module.mod.require else {}
    if not short or not place.ask(_needs.reads_sum):
        return
    for package, owner in _imported(place, set(short)).items():
        name, version = short[owner]
        fact = _missing_entry(place, package)
        why = f', since {path} has no h1: line of {name} {version}'
        cure = f'run `go mod tidy` in {path.rpartition("/")[0] or "."} and commit go.sum'
        yield place.problem(fact, Cause(why, cure), ('sum', path))
        return


def _imported(place: Place, owners: set[str]) -> dict[str, str]:
    """The packages of some required modules that the command surely loads, sorted: import path → module."""
    module = place.module
    assert module
    if place.command.name not in BUILDS | _needs.ONE_MODULE:
        return {}
    found = place.ask(_needs.packages).imports.values()
    pairs = ((each.path, r.path) for each in found if each.sure for r in _needs.owners(module, each))
    return dict(sorted(pair for pair in pairs if pair[1] in owners))


def _required(module: Module) -> set[str]:
    return {requirement.path for requirement in module.mod.require} if module.mod else set()


def _missing_entry(place: Place, package: str | None) -> str:
    if place.command.name == 'mod tidy':
        return f'go.sum is not tidy at `{place.command} -diff`'
    providing = f' for module providing package {package}' if package else ''
    return f'missing go.sum entry{providing} at `{place.command}`'


# Packages


def lacks_packages(place: Place) -> Iterator[Problem]:
    """A package of the module itself, or of a local replacement, that is imported, tracked, and not there yet.

    Of its own module, only what a tidy and a vendor look for: a build tells that by itself.
    """
    module, command = place.module, place.command
    if module is None or module.mod is None or 'e' in command.flags or command.name not in BUILDS | _needs.ONE_MODULE:
        return
    if command.name not in _needs.ONE_MODULE and not any(not r.new_version for r in module.mod.replace):
        return
    if command.name not in _needs.ONE_MODULE and (place.workspace is not False or place.vendored is not False):
        return
    for path, by in place.ask(_needs.packages).lost.items() if not command.versioned else ():
        cause = _why_no_package(place, module, path) if by.sure else None
        if cause:
            tidies = command.name == 'mod tidy'
            words = 'cannot find module providing package' if tidies else 'no required module provides package'
            yield place.problem(f'{words} {path} at `{command}`', cause, ('packages', module.origin))
            return


def _why_no_package(place: Place, module: Module, path: str) -> Cause | None:
    """Why a package is not there; None where git does not have it either, or it is none of these modules'."""
    assert module.mod
    own = path == module.mod.module or path.startswith(module.mod.module + '/')
    top: str | None = module.origin.rpartition('/')[0]
    if own and (place.command.name not in _needs.ONE_MODULE or _gofiles.is_standard(module.mod.module)):
        # Without a dot in its first element, a tidy takes what it does not find for the standard library's.
        return None
    inner = path[len(module.mod.module) :]
    for requirement in module.mod.require if not own else ():
        replacement = module.replaced(requirement.path)
        if not replacement or not f'{path}/'.startswith(f'{requirement.path}/'):
            continue
        if place.view.look(normal(replacement.new_path, module.folder) + '/go.mod').kind != FILE:
            # Then the folder is what is missing.
            return None
        joined = None if replacement.new_path.startswith('/') else _absence.joined(top or '', replacement.new_path)
        top, inner = joined, path[len(requirement.path) :]
    folder = f'{top}{inner}'.lstrip('/') if top is not None else None
    if folder is None or (own and _is_nested(place.repository, folder, module.origin)):
        return None
    file = next((name for name in place.repository.names(folder) if name.endswith('.go')), '')
    cause = (
        _absence.tracked(place.build, f'{folder}/{file}', 'run it after the whole source is copied', f'{folder}/**')
        if file
        else None
    )
    return cause and cause._replace(why=cause.why.replace('{them}', folder))


def _is_nested(repository: Repository, folder: str, origin: str) -> bool:
    """Whether a folder of the repository belongs to a module below the one of this go.mod."""
    top = origin.rpartition('/')[0]
    while folder != top and folder:
        if f'{folder}/go.mod' in repository.files:
            return True
        folder = folder.rpartition('/')[0]
    return False


RULES: tuple[Callable[[Place], Iterator[Problem]], ...] = (
    lacks_module,
    ignores_module,
    lacks_members,
    disagrees,
    lacks_replacements,
    lacks_packages,
    lacks_sums,
)

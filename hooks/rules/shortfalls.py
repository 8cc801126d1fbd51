"""What a go command that must pass lacks: go.mod, the folders that it names, agreeing vendoring, go.sum.

Each rule takes the place of a command and gives what is wrong there. Only what the image surely lacks counts; a folder
that git ignores may be made before the build. `RULES` are all of them, also of `rules.folders` and `rules.sums`.
"""

from __future__ import annotations

from hooks.context.paths import normal, within
from hooks.context.tree import ABSENT, FILE, FOLDER, Context
from hooks.facts import absence
from hooks.facts.absence import Cause
from hooks.module import modules, needed
from hooks.rules import folders, sums

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hooks.context.tree import Tree
    from hooks.facts.places import Place, Problem

# Before Go 1.16 a build needed no go.mod and wrote go.sum on the fly. The corners were measured from 1.21 on.
FIRST_STRICT, FIRST_MEASURED = 16, 21
# From this Go on, many commands do without the go.mod that lies in GOPATH; these do not.
FIRST_LENIENT = 22
GOPATH_MATTERS = frozenset(f'mod {name}' for name in 'graph tidy vendor verify why'.split())
# How deep below its folder the module of a lost command is looked for.
DEEP = 3


# go.mod


def lacks_module(place: Place) -> Iterator[Problem]:
    """No go.mod where the command runs, nor above."""
    command, view, cwd = place.command, place.view, place.cwd
    if place.minor < FIRST_STRICT or modules.find_up(view, cwd, 'go.mod')[1].kind != ABSENT:
        return
    if place.gopath and view.look(f'{place.gopath}/go.mod').kind == FILE:
        # What is wrong is that one, and not the lack of another.
        return
    if view.look(cwd).kind != FOLDER or (place.workspace is not False and command.name not in needed.OWN_MODULE):
        return
    if not needed.needs_module(place.repository, view, cwd, command, place.minor):
        return
    words = 'no modules specified' if command.name == 'mod download' and not command.args else 'go.mod file not found'
    fact = f'{words} at `{command}` in {cwd or "/"}'
    package = command.args[0] if command.name in ('install', 'get') and command.args else None
    if package and not package.startswith(('.', '/')):
        path, _, version = package.partition('@')
        own = _own_module(place)
        if own and f'{path}/'.startswith(f'{own}/'):
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
    found = modules.main_module(place.repository, context, '') if isinstance(context, Context) else None
    return found.mod.module if found and found.mod else ''


def ignores_module(place: Place) -> Iterator[Problem]:
    """A go.mod in the root of GOPATH or in the system's temp folder, where go does not want it."""
    command, view, env = place.command, place.view, place.call.shell.env
    if place.minor < FIRST_STRICT or command.name not in needed.MODULE:
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
        needs = needed.needs_module(place.repository, view, place.cwd, command, place.minor)
        if place.workspace is False and place.minor >= FIRST_MEASURED and needs:
            yield place.problem(f'go.mod file not found at `{command}`', cause._replace(why=why), ('temp',))


def _why_no_module(place: Place) -> Cause | None:
    """Why there is no go.mod; None where not even the source is in git, so that it may come from elsewhere."""
    context = place.build.context
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
    inside = list(_modules_below(context, '', DEEP))
    if inside:
        where = f'{inside[0][1:]}/go.mod' if len(inside) == 1 else 'its go.mod'
        return Cause('', f'copy {where} there first, or run it where that is')
    if not modules.has_go_files(context, ''):
        return None
    return absence.out_of_git(place.repository, path) or Cause('', 'run `go mod init` outside and commit go.mod')


def _modules_below(tree: Tree, folder: str, depth: int) -> Iterator[str]:
    """The folders below that hold a go.mod, the nearest first."""
    names = [name for name in tree.some_names(folder) if name[0] not in '._' and name not in ('vendor', 'testdata')]
    folders = [f'{folder}/{name}' for name in names if tree.look(f'{folder}/{name}').kind == FOLDER]
    yield from (path for path in folders if tree.look(path + '/go.mod').kind == FILE)
    for path in folders if depth > 1 else ():
        yield from _modules_below(tree, path, depth - 1)


# vendor/


def disagrees(place: Place) -> Iterator[Problem]:
    """vendor/modules.txt is not there, or says something else than go.mod."""
    module = place.module
    if module is None or module.mod is None or place.command.name not in needed.VENDOR or place.command.versioned:
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
    from hooks.golang import vendoring

    lines = vendoring.inconsistencies(module.mod, text)
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
        cause = absence.tracked(place.build, path, 'copy it first', path.replace('/modules.txt', '/**'))
        return cause and cause._replace(why=cause.why.replace('{them}', 'vendor'))
    return None if repository.generated(path) else absence.out_of_git(repository, path) or again


def _changed(place: Place, origin: str) -> bool:
    """Whether a command before may have changed go.mod or vendor/."""
    calls = (moment.call for moment in place.moments[: place.at])
    changing = ('mod tidy', 'mod vendor', 'get')
    names = {call.command.name for call in calls if call and call.shell.cwd is not None}
    return not names.isdisjoint(changing)


RULES: tuple[Callable[[Place], Iterator[Problem]], ...] = (
    lacks_module,
    ignores_module,
    folders.lacks_members,
    disagrees,
    folders.lacks_replacements,
    folders.lacks_packages,
    sums.lacks_sums,
)

"""The programs that `go build` and `go install` write, and what they may write besides.

Source: `go help build`, `go help install`, `go help environment`, and DefaultExecName of cmd/go/internal/load.
"""

from __future__ import annotations

from hooks.context.paths import is_program, normal
from hooks.context.tree import ABSENT, FOLDER, UNKNOWN
from hooks.golang import gofiles
from hooks.lean.record import Record
from hooks.module import modules
from hooks.module.modules import MODULE_NAMES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.module.invocation import Invocation

# Folders that `...` does not reach into.
_APART = frozenset(('testdata', 'vendor', 'node_modules'))
_MEANT = frozenset(('all', 'std', 'cmd', 'tool', 'work'))


class Program(Record):
    """What is named on the command line, as one package: its name as a program, and whether it is a main package."""

    name: str
    args: tuple[str, ...]
    main: bool | None


class Output(Record):
    """A file in the tree that a command writes, and the arguments, one package, that it is built from."""

    path: str
    args: tuple[str, ...]


class Outputs(Record):
    """What a command that passes writes: `files` for certain, and of what lies in `unsure` nobody knows ('': anywhere).

    Not the caches of Go (GOCACHE, GOMODCACHE), nor what `go test` leaves.
    """

    files: tuple[Output, ...] = ()
    unsure: tuple[str, ...] = ()


def outputs(run: Invocation) -> Outputs:
    """What a go command leaves in its tree besides go.mod and go.sum: programs, for `build` and `install`."""
    flags = run.command.flags
    if 'n' in flags or run.command.name not in ('build', 'install'):
        return Outputs()
    if run.command.name == 'install':
        return _installed(run)
    out = flags.get('o', '')
    if out is None:
        return Outputs(unsure=('',))
    return _written(run, out) if out else _beside(run)


def _written(run: Invocation, out: str) -> Outputs:
    """`go build -o OUT`: a file, or what a folder of that name gets."""
    place = normal(out, run.folder)
    if place == '/dev/null':
        return Outputs()
    kind = run.tree.look(place).kind
    if out.endswith('/') or kind == FOLDER:
        return _into(run, place)
    if kind == UNKNOWN and not is_program(place):
        return Outputs(unsure=(place,))
    return Outputs((Output(place, tuple(arg or '' for arg in run.command.args) or ('.',)),))


def _into(run: Invocation, folder: str) -> Outputs:
    """Every main package goes into the folder; where there is none the command fails."""
    found = programs(run)
    if found is None:
        return Outputs(unsure=(folder,))
    if len(found) == 1:
        found = [found[0]._replace(main=True)]
    # Where a folder has the name of a program go fails.
    found = [each for each in found if run.tree.look(f'{folder}/{each.name}').kind != FOLDER]
    return Outputs(
        tuple(Output(f'{folder}/{each.name}', each.args) for each in found if each.main),
        tuple(f'{folder}/{each.name}' for each in found if each.main is None),
    )


def _beside(run: Invocation) -> Outputs:
    """Without -o: the one package that is built, if it is a main package, goes into the working folder."""
    found = programs(run)
    if found is None:
        return Outputs(unsure=(run.folder,))
    if len(found) != 1 or found[0].main is False:
        return Outputs()
    path = f'{run.folder}/{found[0].name}'
    if run.tree.look(path).kind == FOLDER:
        # As there: go fails.
        return Outputs()
    return Outputs((Output(path, found[0].args),)) if found[0].main else Outputs(unsure=(path,))


def _installed(run: Invocation) -> Outputs:
    """`go install`: into GOBIN, or the bin of the first GOPATH; what is cross-compiled into a folder there."""
    env = run.env
    bin, path = env.get('GOBIN', ''), env.get('GOPATH', '')
    if bin == '' and path:
        bin = path.partition(':')[0].rstrip('/') + '/bin'
    if not bin:
        return Outputs(unsure=('',))
    native = env.get('GOARCH', '') == '' and env.get('GOOS', '') in ('', 'linux')
    return _into(run, normal(bin)) if native and _is_main(run) else Outputs(unsure=(normal(bin),))


def _is_main(run: Invocation) -> bool:
    """Whether an install that passes has written something: a package of a library is only looked at."""
    found = programs(run)
    return run.command.versioned or found is None or len(found) != 1 or found[0].main is True


def programs(run: Invocation) -> list[Program] | None:
    """The packages that are built; None where nobody knows which."""
    args = run.command.args or ('.',)
    if (args[0] or '').endswith('.go'):
        name = (args[0] or '').rpartition('/')[2].removesuffix('.go')
        return None if None in args else [Program(name, tuple(arg or '' for arg in args), True)]
    found: dict[str, Program] = {}
    for arg in args:
        packages = _of_argument(run, arg) if arg and arg not in _MEANT and not any(c in arg for c in '*?[$') else None
        if packages is None:
            return None
        found.update((each.args[0], each) for each in packages)
    return list(found.values())


def _of_argument(run: Invocation, arg: str) -> list[Program] | None:
    """One package, or those of a pattern."""
    if run.command.versioned:
        path = arg.partition('@')[0]
        return None if '...' in path else [Program(_exec_name(path), (arg,), True)]
    path, dots, rest = arg.partition('...')
    local = path.startswith(('./', '../', '/')) or path in ('.', '..')
    # In a workspace the folder that a command runs in need be no module's.
    folder = normal(path, run.folder) if local else run.folder
    module = modules.main_module(run.repository, run.tree, folder)
    if rest or (dots and not path.endswith('/')) or module is None or module.mod is None or not module.mod.module:
        return None
    own = module.mod.module
    if not local and path.rstrip('/') != own and not path.startswith(own + '/'):
        # Of another module: go builds it, if it is required.
        return None if dots else [Program(_exec_name(path), (arg,), None)]
    folder = folder if local else module.folder + path[len(own) :].rstrip('/')
    folders = _below(run, folder) if dots else [folder]
    return (
        None
        if folders is None
        else [
            Program(_exec_name(own + each[len(module.folder) :]), (each or '/',), _main(run, each))
            for each in folders
            if not dots or _go_files(run, each) != []
        ]
    )


def _below(run: Invocation, folder: str) -> list[str] | None:
    """The folders that `...` stands for; None where not all are known."""
    names = run.tree.names(folder, MODULE_NAMES)
    if names is None:
        return None
    found = [folder]
    for name in names:
        path = f'{folder}/{name}'
        apart = name[0] in '._' or name in _APART or (run.module is not None and run.module.ignores(path))
        if not apart and run.tree.look(path).kind == FOLDER and run.tree.look(path + '/go.mod').kind == ABSENT:
            below = _below(run, path)
            if below is None:
                return None
            found += below
    return found


def _go_files(run: Invocation, folder: str) -> list[str] | None:
    names = run.tree.names(folder, MODULE_NAMES)
    if names is None:
        return None
    return [name for name in names if name.endswith('.go') and name[0] not in '._' and not name.endswith('_test.go')]


def package(run: Invocation) -> str | None:
    """The name of the one package, of this repository, that a command is given; None where nobody knows."""
    args, found = run.command.args or ('.',), None
    if len(args) == 1 and args[0] and args[0].startswith(('.', '/')) and '...' not in args[0]:
        found = _package(run, normal(args[0], run.folder))
    return found


def _main(run: Invocation, folder: str) -> bool | None:
    """Whether a package is a main package; None where nobody knows."""
    name = _package(run, folder)
    return None if name is None else name == 'main'


def _package(run: Invocation, folder: str) -> str | None:
    """The name of a package, as the first of its files that is built for certain gives it."""
    # Imported late: nearly every build says which file it writes.
    from hooks.module import needed

    target = needed.target(run.command, run.env, run.minor)
    for name in _go_files(run, folder) or ():
        text = run.tree.look(f'{folder}/{name}').read(run.repository)
        file = gofiles.parse(text) if text is not None else None
        if file and gofiles.matches(name, file, target):
            return file.package
    return None


def _exec_name(path: str) -> str:
    """The last name of an import path that is no major version."""
    names = path.strip('/').split('/')
    version = names[-1][:1] == 'v' and names[-1][1:].isdecimal() and names[-1] not in ('v0', 'v1')
    return names[-2] if version and names[-1][1] != '0' and len(names) > 1 else names[-1]

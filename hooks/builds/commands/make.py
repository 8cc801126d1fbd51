"""The targets of a Makefile, followed as make runs them: what a target needs, then its recipe."""

from __future__ import annotations

from hooks.builds.commands import makefile
from hooks.builds.commands.sources import MAKEFILES
from hooks.builds.commands.walk import Env, Place, Walk
from hooks.builds.commands.writes import ANYTHING
from hooks.builds.declarations import MARK, join
from hooks.lean.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.builds.commands.makefile import Makefile
    from hooks.context.index import Repository

_DEEPEST = 12
_VALUED = ('-C', '-f', '--directory', '--file', '--makefile', '-j', '-l', '-o', '-W', '-I')


class Make(Record):
    """A Makefile that is read: the file, the folder that make runs in, what it sets and what its command line does."""

    path: str
    folder: str
    file: Makefile
    variables: dict[str, str | None]


def load(
    repository: Repository, path: str, folder: str, given: dict[str, str | None], walk: Walk | None = None
) -> Make:
    """A Makefile with what it includes, as far as that is tracked."""
    file = makefile.read(repository.read(path) or '', folder, given)
    rules, variables, defaults = dict(file.rules), dict(file.variables), file.defaults
    for name in file.includes:
        included = join(folder, makefile.expand(name, variables, folder).replace(MARK, '\0'))
        if included is not None and included != path and included in repository.files:
            more = makefile.read(repository.read(included) or '', folder, given)
            rules, variables = {**more.rules, **rules}, {**more.variables, **variables}
    # `?=` leaves alone what the environment sets.
    set_before = {name: value for name, value in (walk.env if walk else {}).items() if name in defaults}
    variables = {'MAKE': 'make', **variables, **set_before, **given}
    return Make(path, folder, file._replace(rules=rules), variables)


def run_make(walk: Walk, args: list[str], depth: int) -> None:
    """Follow `make ARGS` where the walk is; it may write anything where its Makefile is not known."""
    folder, file, targets, given = walk.cwd, '', [], {}
    waiting = iter(args)
    for arg in waiting:
        name, equals, value = arg.partition('=')
        if arg.startswith('-'):
            option = next(
                (
                    each
                    for each in _VALUED
                    if arg == each or arg.startswith((f'{each}=', each) if len(each) == 2 else f'{each}=')
                ),
                '',
            )
            text = arg[len(option) :].lstrip('=') if option else ''
            if option in ('-C', '-f', '--directory', '--file', '--makefile'):
                text = text or next(waiting, MARK)
                if option in ('-C', '--directory'):
                    folder = None if MARK in text or folder is None else join(folder, text)
                else:
                    file = text
        elif equals:
            given[name] = None if MARK in value else value
        else:
            targets.append(arg)
    path = _file(walk.repository, folder, file)
    if path is None or folder is None or depth > _DEEPEST or any(MARK in target for target in targets):
        walk.writes(ANYTHING)
        return
    make = load(walk.repository, path, folder, given, walk)
    first = next((name for name in make.file.rules if not name.startswith('.') and '%' not in name), '')
    for target in targets or [first]:
        run_target(walk, make, target, depth, set())


def _file(repository: Repository, folder: str | None, file: str) -> str | None:
    if folder is None or MARK in file:
        return None
    names = [file] if file else MAKEFILES
    paths = [join(folder, name) for name in names]
    return next((path for path in paths if path is not None and path in repository.files), None)


def run_target(walk: Walk, make: Make, target: str, depth: int, done: set[str]) -> None:
    """Follow what a target needs, then its recipe; each once."""
    if target in done or len(done) > 500:
        return
    done.add(target)
    rule = make.file.rules.get(target)
    if rule is None:
        path = join(make.folder, target)
        if path is None or path not in walk.repository.files:
            walk.writes(ANYTHING)
        return
    walk.ran.add((make.path, target))
    for need in rule.needs:
        run_target(walk, make, need, depth, done)
    variables = {**make.variables, '@': target, '<': rule.needs[0] if rule.needs else '', '^': ' '.join(rule.needs)}
    for number, line in rule.recipe:
        text = makefile.expand(line.lstrip('@+- \t'), variables, make.folder)
        env, functions = walk.env, walk.functions
        cwd, walk.cwd = walk.cwd, make.folder
        walk.env, walk.functions = Env(env), {}
        walk.run(text, Place(make.path, number, depth, script=False))
        walk.cwd, walk.env, walk.functions = cwd, env, functions

"""The calls of `docker_build` in Tiltfiles, as far as their arguments are literal → the builds that they declare.

Tiltfiles are written in Starlark, which Python's own parser reads. Reference: docs.tilt.dev/api.html#api.docker_build.
"""

from __future__ import annotations

from hooks.builds.declarations import EVERY, MARK, Partly, join, tracked_file, tracked_folder
from hooks.replay.build import Declared

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Iterable, Iterator

    from hooks.context.index import Repository

_CALLS = ('docker_build', 'docker_build_with_restart')
# What they say that we do not read makes the build another one.
_NOT_READ = frozenset(('only', 'dockerfile_contents'))


def declared(repository: Repository, paths: Iterable[str]) -> Iterator[Declared | Partly]:
    """The builds of the Tiltfiles among some paths; of one that is not wholly known, the Dockerfile."""
    for path in paths:
        text = repository.read(path)
        if text and 'docker_build' in text and path.rpartition('/')[2] == 'Tiltfile':
            yield from _calls(repository, path, text)


def _calls(repository: Repository, path: str, text: str) -> Iterator[Declared | Partly]:
    import ast

    try:
        nodes = [*ast.walk(ast.parse(text))]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        yield Partly(MARK, (EVERY,))
        return
    calls = [node for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    # What runs on the machine may make what an image takes.
    made = ('',) if any(_name(call) in ('local', 'local_resource') for call in calls) else ()
    for call in calls:
        if _name(call) in _CALLS:
            yield _build(repository, path, call, made)


def _name(call: ast.Call) -> str:
    return getattr(call.func, 'id', '')


def _build(repository: Repository, path: str, call: ast.Call, made: tuple[str, ...]) -> Declared | Partly:
    given = dict(zip(('ref', 'context', 'build_args', 'dockerfile'), call.args))
    given.update({word.arg or '**': word.value for word in call.keywords})
    context, file, target = (_text(given.get(key)) for key in ('context', 'dockerfile', 'target'))
    args = _args(given.get('build_args'))
    start = path.rpartition('/')[0]
    folder = None if context is None else join(start, context or '.')
    folder = None if folder is None else tracked_folder(repository, folder)
    inside = None if folder is None else join(folder, 'Dockerfile')
    named = None if file is None else join(start, file) if file else inside
    dockerfile = None if named is None else tracked_file(repository, named)
    known = args is not None and target is not None and not (_NOT_READ | {'**'}) & given.keys()
    if folder is None or dockerfile is None or target is None or args is None or not known:
        return Partly(dockerfile or MARK, (EVERY,), whole=dockerfile is not None)
    return Declared(dockerfile, folder, target, args, (), path, call.lineno, made=made)


def _text(node: ast.expr | None) -> str | None:
    """'' where it is not given, None where it is no literal."""
    value = '' if node is None else getattr(node, 'value', None)
    return value if isinstance(value, str) else None


def _args(node: ast.expr | None) -> tuple[tuple[str, str | None], ...] | None:
    """A dictionary with literal keys; None for anything else."""
    if node is None:
        return ()
    names = [_text(key) or None for key in getattr(node, 'keys', [None])]
    pairs = zip(names, getattr(node, 'values', ()))
    return None if None in names else tuple((name, _text(value)) for name, value in pairs if name)

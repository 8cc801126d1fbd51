"""The calls of `docker_build` in Tiltfiles, as far as their arguments are literal → the builds that they declare.

The commands of `custom_build` are walked like any other. Tiltfiles are written in Starlark, which Python's own parser
reads. Reference: docs.tilt.dev/api.html#api.docker_build.
"""

from __future__ import annotations

from hooks.builds.declarations import EVERY, MARK, Partly, join, tracked_file, tracked_folder
from hooks.replay.build import Declared

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Iterable, Iterator

    from hooks.builds.commands.walk import Walk
    from hooks.context.index import Repository

_CALLS = ('docker_build', 'docker_build_with_restart')
_CUSTOM = ('custom_build', 'custom_build_with_restart')
_ALL = (*_CALLS, *_CUSTOM)
# What they say that we do not read makes the build another one.
_NOT_READ = frozenset(('only', 'dockerfile_contents'))


def declared(repository: Repository, paths: Iterable[str]) -> Iterator[Declared | Partly]:
    """The builds of the Tiltfiles among some paths; of one that is not wholly known, the Dockerfile."""
    for path in paths:
        text = repository.read(path)
        if text and any(name in text for name in _ALL) and path.rpartition('/')[2] == 'Tiltfile':
            yield from _calls(repository, path, text)


def walks(repository: Repository, paths: Iterable[str]) -> Iterator[Walk]:
    """A walk through each command of the Tiltfiles among some paths that builds an image by itself."""
    for path in paths:
        text = repository.read(path) or ''
        if 'custom_build' not in text or path.rpartition('/')[2] != 'Tiltfile':
            continue
        from hooks.builds.commands.walk import Place, Walk

        for call in _parsed(text) or ():
            elsewhere = any(word.arg in ('dir', None) for word in call.keywords)
            walk = Walk(repository, None if elsewhere else path.rpartition('/')[0])
            walk.run(_command(call) or '', Place(path, call.lineno, script=False))
            yield walk


def _calls(repository: Repository, path: str, text: str) -> Iterator[Declared | Partly]:
    calls = _parsed(text)
    if calls is None:
        yield Partly(MARK, (EVERY,))
        return
    # What runs on the machine may make what an image takes.
    made = ('',) if any(_name(call) in ('local', 'local_resource') for call in calls) else ()
    for call in calls:
        if _name(call) in _CALLS:
            yield _build(repository, path, call, made)
        elif _command(call) is None:
            yield Partly(MARK, (EVERY,))


def _parsed(text: str) -> list[ast.Call] | None:
    """The calls of functions by their names; None of what is no Starlark."""
    import ast

    try:
        nodes = [*ast.walk(ast.parse(text))]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return [node for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]


def _command(call: ast.Call) -> str | None:
    """What a `custom_build` runs: '' for another call, None where it is no literal."""
    return _text(_given(call, ('ref', 'command')).get('command')) if _name(call) in _CUSTOM else ''


def _given(call: ast.Call, names: tuple[str, ...]) -> dict[str, ast.expr]:
    """The arguments of a call by their names; `names` are those that may stand without."""
    return {**dict(zip(names, call.args)), **{word.arg or '**': word.value for word in call.keywords}}


def _name(call: ast.Call) -> str:
    return getattr(call.func, 'id', '')


def _build(repository: Repository, path: str, call: ast.Call, made: tuple[str, ...]) -> Declared | Partly:
    given = _given(call, ('ref', 'context', 'build_args', 'dockerfile'))
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

"""The workflows of a repository → the builds of their `docker/build-push-action` steps.

Read are literal values and literal matrices; what any other `${{ }}` decides is not known, and a build whose context,
Dockerfile or target is not known is not declared. Scripts (`run:`) declare nothing.
"""

from __future__ import annotations

import itertools
import math

from hooks.builds import yamlnodes
from hooks.builds.declarations import TOP, join, named_contexts, tracked_file, tracked_folder
from hooks.lean.lazy import re, regex
from hooks.lean.record import Record
from hooks.replay.build import Declared

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hooks.builds.yamlnodes import Node
    from hooks.context.index import Repository

_FOLDERS = ('.github/workflows', '.gitea/workflows', '.forgejo/workflows')
# Version 1 of the action had other inputs.
_ACTION = regex(r'(?:https://[^/]+/)?docker/build-push-action@(?!v1(?:\.|$)).+')
_CHECKOUT = regex(r'(?:https://[^/]+/)?actions/checkout@.+')
_EXPRESSION = regex(r'(?s)\$\{\{(.*?)\}\}')
_MATRIX = regex(r'(?i)matrix((?:\.[A-Za-z_][\w-]*)+)')
_DEFAULT_CONTEXT = regex(r'\{\{\s*defaultContext\s*\}\}(?::(.*))?')
_MOST = 256  # combinations; GitHub refuses more


class _Matrix(Record):
    """One combination of a job's matrix; keys in lower case. Where it is `open`, it may have other keys as well."""

    values: dict[str, Node]
    open: bool = False


_UNKNOWN = _Matrix({}, open=True)


def is_workflow(path: str) -> bool:
    """Whether a file is a workflow by its path: `.github/workflows/*.yml`, and Gitea's and Forgejo's likewise."""
    folder, _, name = path.rpartition('/')
    return folder in _FOLDERS and name.endswith(('.yml', '.yaml'))


def declared(repository: Repository, problems: list[tuple[str, str]] | None = None) -> Iterator[Declared]:
    """Every build of every tracked workflow, each once.

    A file that is no YAML declares nothing; `problems` collects its path and what is wrong with it.
    """
    folders = [folder for folder in _FOLDERS if repository.has_folder(folder)]
    paths = [f'{folder}/{name}' for folder in folders for name in repository.names(folder)]
    for path in paths:
        text = repository.read(path) if is_workflow(path) and path in repository.files else None
        if text and 'build-push-action' in text:
            roots, problem = yamlnodes.documents(text)
            if problem and problems is not None:
                problems.append((path, problem))
            jobs = yamlnodes.mapping(yamlnodes.mapping(roots[0]).get('jobs')) if len(roots) == 1 else {}
            yield from dict.fromkeys(found for job in jobs.values() for found in _job(repository, path, job))


def _job(repository: Repository, path: str, job: Node) -> Iterator[Declared]:
    """The builds of one job; none where a checkout puts the repository, or another one, somewhere else."""
    keys = yamlnodes.mapping(job)
    steps = [yamlnodes.entries(step) for step in yamlnodes.items(keys.get('steps'))]
    uses = [(yamlnodes.scalar(step['uses'][1]) or '', step) for step in steps if 'uses' in step]
    if any(_CHECKOUT.fullmatch(action) and {'path', 'repository'} & {*_inputs(step)} for action, step in uses):
        return
    combinations = _combinations(yamlnodes.mapping(keys.get('strategy')).get('matrix'))
    for action, step in uses:
        if _ACTION.fullmatch(action):
            # A condition on the matrix picks some of its combinations.
            chosen = 'if' in step and 'matrix' in (yamlnodes.scalar(step['if'][1]) or '')
            for matrix in [_UNKNOWN] if chosen else combinations:
                found = _build(repository, _inputs(step), matrix)
                if found:
                    yield found._replace(by=path, line=step['uses'][0])


def _inputs(step: Mapping[str, tuple[int, Node]]) -> dict[str, Node]:
    return yamlnodes.mapping(step['with'][1]) if 'with' in step else {}


def _build(repository: Repository, inputs: Mapping[str, Node], matrix: _Matrix) -> Declared | None:
    """The build of one step in one combination of the matrix, for `by` and `line` to be filled in.

    Without a context the action builds from git's URL of the repository: its Dockerfile is then relative to that
    context, and elsewhere to the top.
    """
    context, file, target = (_expanded(inputs.get(name), matrix) for name in ('context', 'file', 'target'))
    args, contexts = (_pairs(inputs.get(name), matrix) for name in ('build-args', 'build-contexts'))
    if context is None or file is None or target is None or args is None or contexts is None:
        return None
    by_url = _DEFAULT_CONTEXT.fullmatch(context or '{{defaultContext}}')
    written = join('', (by_url[1] or '.') if by_url else context)
    folder = None if written is None else tracked_folder(repository, written)
    path = None if folder is None else join(folder if by_url or not file else '', file or 'Dockerfile')
    dockerfile = None if path is None else tracked_file(repository, path)
    if folder is None or dockerfile is None:
        return None
    known = tuple((name, None if value and TOP in value else value) for name, value in args.items())
    paths = {name: None if value is None else join('', value) for name, value in contexts.items()}
    return Declared(dockerfile, folder, target, known, named_contexts(repository, paths), '', 0, bool(by_url))


def _pairs(node: Node | None, matrix: _Matrix) -> dict[str, str | None] | None:
    """A list of `NAME=value` lines. A value of None is not known; None instead of the list: a name is not known."""
    found: dict[str, str | None] = {}
    text = '' if node is None else yamlnodes.scalar(node)
    for line in (None,) if text is None else map(str.strip, text.split('\n')):
        quoted = line is not None and re.fullmatch('"([^"]*)"', line)
        name, equals, value = ((quoted[1] if quoted else line) or '').partition('=')
        known = _text(name, matrix)
        if line is None or known is None or known.startswith('"'):
            return None
        if known:
            found[known] = _text(value, matrix) if equals else None
    return found


def _expanded(node: Node | None, matrix: _Matrix) -> str | None:
    """An input of a step: '' where it is not given, None where its value is not known."""
    if yamlnodes.null(node):
        return ''
    text = yamlnodes.scalar(node)
    text = None if text is None else _text(text, matrix)
    return None if text is None else text.strip()


def _text(text: str, matrix: _Matrix) -> str | None:
    out = ''
    for at, part in enumerate(_EXPRESSION.split(text)):
        value = _value(part.strip(), matrix) if at % 2 else part
        if value is None or '${{' in value:
            return None
        out += value
    return out


def _value(expression: str, matrix: _Matrix) -> str | None:
    """`matrix.name.key`, '' where there is none, and `github.workspace`; None for any other expression."""
    if expression == 'github.workspace':
        return TOP
    names = _MATRIX.fullmatch(expression)
    if not names:
        return None
    first, *others = names[1].lower().split('.')[1:]
    if first not in matrix.values and matrix.open:
        return None
    node = matrix.values.get(first)
    for name in others:
        if node is not None and node.id != 'mapping':
            return None
        node = _lower(node).get(name)
    return '' if yamlnodes.null(node) else yamlnodes.scalar(node)


def _lower(node: Node | None) -> dict[str, Node]:
    return {key.lower(): value for key, value in yamlnodes.mapping(node).items()}


def _combinations(node: Node | None) -> list[_Matrix]:
    """The combinations of `strategy.matrix`: all of the lists' values, less `exclude`, with `include`.

    What is no literal makes what hangs on it unknown.
    """
    keys = _lower(node)
    include, exclude = keys.pop('include', None), keys.pop('exclude', None)
    if not keys and include is None:
        return [_UNKNOWN]
    lists = [yamlnodes.items(value) or [value] for value in keys.values()]
    if math.prod(map(len, lists)) > _MOST or (exclude is not None and exclude.id != 'sequence'):
        return [_UNKNOWN]
    products = (dict(zip(keys, values)) for values in itertools.product(*lists)) if keys else ()
    filters = [_lower(item) for item in yamlnodes.items(exclude)]
    kept = [values for values in products if not any(_fits(values, item) is not False for item in filters)]
    if include is not None and include.id != 'sequence':
        return [_Matrix(values, open=True) for values in kept or [{}]]
    return _with_included(kept, [_lower(item) for item in yamlnodes.items(include)])


def _with_included(kept: list[dict[str, Node]], items: list[dict[str, Node]]) -> list[_Matrix]:
    """Each item adds its keys to the combinations whose own values it leaves alone; to none: it is a combination."""
    found = [dict(values) for values in kept]
    for item in items:
        fits = [_fits(values, {key: item[key] for key in item.keys() & values.keys()}) for values in kept]
        if None in fits:
            return [_UNKNOWN]
        for values, fit in zip(found, fits):
            if fit:
                values.update(item)
        if True not in fits:
            found.append(item)
    return [_Matrix(values) for values in found]


def _fits(values: Mapping[str, Node], item: Mapping[str, Node]) -> bool | None:
    """Whether a combination has all the values of an item; None where that is not known."""
    answers = {key in values and _same(values[key], value) for key, value in item.items()}
    return False if False in answers else None if None in answers else True


def _same(one: Node, other: Node) -> bool | None:
    if one is other:
        return True
    if one.id != other.id:
        return False
    first, second = yamlnodes.scalar(one), yamlnodes.scalar(other)
    if first is None or second is None or '${{' in first + second:
        return None
    return first == second

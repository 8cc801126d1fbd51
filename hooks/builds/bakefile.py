"""Bake files → their targets, each with what it inherits.

Follows github.com/docker/buildx (package bake). Paths are as they are written. A variable has its default, unless
somebody sets it in the environment; what is not known makes that of a target unknown which hangs on it, and no more.
"""

from __future__ import annotations

import itertools
import math

from hooks.builds.bakefunctions import FUNCTIONS
from hooks.hcl import UNKNOWN, NotUnderstood, Scope, evaluated, text
from hooks.hcl.reader import read
from hooks.lean.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from hooks.hcl import Block, Expression, Value

    Values = dict[str, 'str | None']

KINDS = frozenset(('target', 'group', 'variable', 'function'))
FIELDS = ('context', 'dockerfile', 'target')
# Other programs write these targets, into a file of their own: tags and labels, and arguments that no Dockerfile knows.
_METADATA = ('docker-metadata-action', 'ghaction-docker-meta')
_MOST = 256  # combinations of a matrix


class Target(Record):
    """A target, as far as it is known: of `fields`, `args` and `contexts` a value of None is not.

    `inline` says that its Dockerfile stands in the bake file. Where it is `open`, it may have anything else as well.
    """

    fields: Values
    args: Values
    contexts: Values
    platforms: tuple[str, ...]
    inline: bool
    open: bool


NOTHING = Target({}, {}, {}, (), False, False)


class Written(Record):
    """A target as one block has it: in which file, and in which combination of its matrix."""

    path: str
    block: Block
    scope: Scope


class Bake(Scope):
    """Some bake files, as one `bake` reads them; `is_set` says whether somebody may set a variable."""

    def __init__(self, files: Iterable[tuple[str, str]], is_set: Callable[[str], bool]) -> None:
        self.is_set = is_set
        self.variables: dict[str, Mapping[str, Expression]] = {}
        self.functions: dict[str, Mapping[str, Expression]] = {}
        self.targets: dict[str, list[Written]] = {}
        # The names that groups build.
        self.grouped: set[str] = set()
        self._asked: set[str] = set()
        blocks = [(path, block) for path, source in files for block in _parsed(path, source)]
        for _, block in blocks:
            if block.labels and block.kind in ('variable', 'function'):
                (self.variables if block.kind == 'variable' else self.functions)[block.labels[0]] = block.attributes
        for path, block in blocks:
            if block.labels and block.kind == 'target':
                for name, scope in self._matrix(block):
                    self.targets.setdefault(name, []).append(Written(path, block, scope))
            elif block.kind == 'group':
                self.grouped.update(_texts(_attribute(block.attributes, 'targets', self)) or ())

    # What names mean

    def value(self, name: str) -> Value:
        if name == 'BAKE_CMD_CONTEXT':
            return 'cwd://'
        attributes = self.variables.get(name)
        if attributes is None or name in self._asked or self.is_set(name):
            raise NotUnderstood
        kind = attributes['type'](_Words()) if 'type' in attributes else ''
        if 'default' not in attributes:
            return None if kind else ''
        self._asked.add(name)
        try:
            value = attributes['default'](self)
        finally:
            self._asked.discard(name)
        return text(value) if kind == 'string' and value is not None else value

    def call(self, name: str, args: list[Expression], scope: Scope | None = None) -> Value:
        values = [arg(scope or self) for arg in args]
        if name not in self.functions:
            if name not in FUNCTIONS:
                raise NotUnderstood
            return FUNCTIONS[name](values)
        function = self.functions[name]
        params = _texts(_attribute(function, 'params', _Words()))
        if params is None or len(params) != len(values) or 'variadic_params' in function or 'result' not in function:
            raise NotUnderstood
        return function['result'](_Within(self, dict(zip(params, values))))

    def _matrix(self, block: Block) -> Iterator[tuple[str, Scope]]:
        """The names of the targets that a block makes, each with the scope of its attributes."""
        if 'matrix' not in block.attributes:
            yield block.labels[0], self
            return
        axes = evaluated(block.attributes['matrix'], self)
        lists = list(axes.values()) if isinstance(axes, dict) else []
        if not isinstance(axes, dict) or not all(isinstance(each, list) for each in lists):
            yield block.labels[0], _Within(self, {})
            return
        sizes = [each for each in lists if isinstance(each, list)]
        if math.prod(map(len, sizes)) > _MOST:
            yield block.labels[0], _Within(self, dict.fromkeys(axes, UNKNOWN))
            return
        for values in itertools.product(*sizes):
            scope = _Within(self, dict(zip(axes, values)))
            name = _attribute(block.attributes, 'name', scope)
            yield name if isinstance(name, str) else block.labels[0], scope

    # Targets

    def resolved(self, name: str, inheriting: tuple[str, ...] = ()) -> Target:
        """A target with what it inherits, merged in that order."""
        if name in inheriting or name not in self.targets:
            return NOTHING if name in _METADATA else NOTHING._replace(open=True)
        found = NOTHING
        for parent in self.parents(name):
            found = _merged(found, self.resolved(parent, (*inheriting, name)) if parent else _OPEN)
        for each in self.targets[name]:
            found = _merged(found, _own(each))
        return found

    def parents(self, name: str) -> list[str]:
        """What a target inherits, '' for what is not known."""
        found: list[str] = []
        for _, block, scope in self.targets[name]:
            names = _texts(_attribute(block.attributes, 'inherits', scope))
            found += names if names is not None else ['']
        return found

    def built(self) -> list[str]:
        """The targets that are there to be built: less those that are there to be inherited, in no group."""
        inherited = {parent for name in self.targets for parent in self.parents(name)}
        return [name for name in self.targets if name in self.grouped or name not in {*inherited, *_METADATA}]


_OPEN = NOTHING._replace(open=True)


class _Within(Scope):
    """Where a matrix, or the parameters of a function, give names a meaning."""

    def __init__(self, around: Bake, values: Mapping[str, Value]) -> None:
        self.around, self.values = around, values

    def value(self, name: str) -> Value:
        if name not in self.values:
            return self.around.value(name)
        if self.values[name] is UNKNOWN:
            raise NotUnderstood
        return self.values[name]

    def call(self, name: str, args: list[Expression]) -> Value:
        return self.around.call(name, args, self)


class _Words(Scope):
    """Where names are words that stand for themselves: those of types and of parameters."""

    def value(self, name: str) -> Value:
        return name

    def call(self, name: str, args: list[Expression]) -> Value:
        return name


def _parsed(path: str, source: str) -> tuple[Block, ...]:
    if not path.endswith('.json'):
        return read(source).blocks
    from hooks.hcl import jsonfile

    return jsonfile.read(source, KINDS).blocks


def _attribute(attributes: Mapping[str, Expression], name: str, scope: Scope) -> Value:
    """An attribute's value; None where there is none, UNKNOWN where it is not known."""
    return evaluated(attributes[name], scope) if name in attributes else None


def _texts(value: Value) -> list[str] | None:
    """A list of strings; None where not all of it is known."""
    if value is None:
        return []
    known = [each for each in value if isinstance(each, str)] if isinstance(value, list) else None
    return known if known is not None and isinstance(value, list) and len(known) == len(value) else None


def _own(written: Written) -> Target:
    """What a block itself says."""
    _, block, scope = written
    values = {key: _attribute(block.attributes, key, scope) for key in block.attributes}
    fields = {key: _text(values[key]) for key in FIELDS if values.get(key) is not None}
    pairs = [values.get(key, {}) or {} for key in ('args', 'contexts')]
    args, contexts = (
        {name: _text(value) for name, value in each.items()} if isinstance(each, dict) else {} for each in pairs
    )
    # What is empty by default is there to be given by somebody.
    args = {name: value or None for name, value in args.items()}
    platforms = tuple(_texts(values.get('platforms')) or ())
    inline = values.get('dockerfile-inline') is not None
    return Target(fields, args, contexts, platforms, inline, not all(isinstance(each, dict) for each in pairs))


def _text(value: Value) -> str | None:
    try:
        return None if value is UNKNOWN else text(value)
    except NotUnderstood:
        return None


def _merged(base: Target, over: Target) -> Target:
    fields, args = {**base.fields, **over.fields}, {**base.args, **over.args}
    if over.open:
        fields, args = dict.fromkeys(FIELDS), dict.fromkeys(args)
        fields.update(over.fields)
    contexts = {name: value for name, value in {**base.contexts, **over.contexts}.items() if value != ''}
    platforms = over.platforms or base.platforms
    return Target(fields, args, contexts, platforms, base.inline or over.inline, base.open or over.open)

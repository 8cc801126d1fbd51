"""vendor/modules.txt, and whether go finds it inconsistent with the go.mod beside it.

The reading and the checks, their order and their words are those of cmd/go/internal/modload/vendor.go (readVendorList
and checkVendorConsistency), outside workspaces. A module is a path and a version, '' in a replacement of all versions.
"""

from __future__ import annotations

from hooks.golang import versions
from hooks.lean.lazy import regex
from hooks.lean.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.golang.gomod import GoMod

    Module = tuple[str, str]
    Said = Iterator[tuple[Module, str]]

TXT = 'vendor/modules.txt'
_ID = '(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)'
_REST = rf'(?:-{_ID}(?:\.{_ID})*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?'
_SEMVER = regex(rf'v(?:0|[1-9][0-9]*)(?:\.(?:0|[1-9][0-9]*)(?:\.(?:0|[1-9][0-9]*){_REST})?)?')
# An element of module.CheckImportPath: no name that Windows reserves, and none of its short names (`a~1`).
_ELEMENT = r'(?!(?:(?:con|prn|aux|nul|com[1-9]|lpt[1-9])|[^./]*~[0-9]+)(?:[./]|\Z))[a-z0-9._~+-]*[a-z0-9_~+-]'
_PACKAGE = regex(rf'(?ia)(?!-){_ELEMENT}(?:/{_ELEMENT})*')


class _Vendored(Record):
    explicit: set[Module]
    """Marked as required in go.mod."""
    replaced: dict[Module, Module]
    packages: dict[Module, None]
    """Those with packages in vendor/, in order."""
    selected: dict[str, str]
    """Path → version of those, the highest of several."""


def inconsistencies(mod: GoMod, text: str | None, go_minor: int | None = None) -> tuple[str, ...]:
    """What go says, a line a module, where vendor/ is in force; () for a modules.txt that agrees with go.mod.

    `text` is the content of vendor/modules.txt, None where there is none: go reads that as an empty one. `go_minor` is
    the minor of the Go that looks, as far as it is known: before 1.14 none looked, up to 1.21 one looks twice at a
    replacement. That a vendored module wants a newer Go, or that go.mod itself is not tidy, is another error.
    """
    if go_minor is not None and go_minor < 14:
        return ()
    vendored = _parse(text or '')
    replaced = {(one.path, one.version): (one.new_path, one.new_version) for one in mod.replace}
    early = go_minor is not None and go_minor < 22
    if not early:
        replaced.pop((mod.module, ''), None)  # the main module itself cannot be replaced
    # Before 1.14 modules.txt held too little to tell more than versions that differ.
    old = versions.key(mod.go) < versions.key('1.14')
    required = [(one.path, one.version) for one in mod.require]
    said = [*_unmarked(required, vendored, old), *_otherwise(replaced, vendored, old)]
    said += _extra(required, replaced, vendored, twice=early)
    return tuple(f'{_name(module)}: {what}' for module, what in dict.fromkeys(said))


def _parse(text: str) -> _Vendored:
    vendored = _Vendored(set(), {}, {}, {})
    module = '', ''
    for line in text.split('\n'):
        if line.startswith('# '):
            module = _module(line.split(), module, vendored.replaced)
        elif not module[0]:
            continue
        elif line.startswith('## '):
            if 'explicit' in [entry.strip() for entry in line[3:].split(';')]:
                vendored.explicit.add(module)
        elif _PACKAGE.fullmatch(line.strip()):
            path, version = module
            known = vendored.selected.get(path)
            if known is None or versions.semver(known) < versions.semver(version):
                vendored.packages[module] = None
                vendored.selected[path] = version
    return vendored


def _module(words: list[str], before: Module, replaced: dict[Module, Module]) -> Module:
    """The module that a line names, noting what replaces it. A line of two words changes nothing."""
    if len(words) < 3:
        return before
    versioned = _SEMVER.fullmatch(words[2]) is not None
    if not versioned and words[2] != '=>':
        return '', ''
    module, rest = (words[1], words[2] if versioned else ''), words[3 if versioned else 2 :]
    if rest[:1] == ['=>'] and (len(rest) == 2 or (len(rest) == 3 and _SEMVER.fullmatch(rest[2]))):
        replaced[module] = (rest[1], rest[2] if len(rest) == 3 else '')
    return module


def _unmarked(required: list[Module], vendored: _Vendored, old: bool) -> Said:
    for path, version in required:
        found = vendored.selected.get(path, version)
        if (path, version) not in vendored.explicit and not (old and found == version):
            words = f'{TXT} indicates {path}@{found}' if old else f'not marked as explicit in {TXT}'
            yield (path, version), f'is explicitly required in go.mod, but {words}'


def _otherwise(replaced: dict[Module, Module], vendored: _Vendored, old: bool) -> Said:
    for module, new in replaced.items():
        marked = vendored.replaced.get(module)
        # Before 1.14 modules.txt named no replacement of all versions, and none without packages.
        if marked is None and (not old or (module[1] and vendored.selected.get(module[0]) == module[1])):
            yield module, f'is replaced in go.mod, but not marked as replaced in {TXT}'
        elif marked is not None and marked != new:
            words = f'but marked as replaced by {_name(marked)} in {TXT}'
            yield module, f'is replaced by {_name(new)} in go.mod, {words}'


def _extra(required: list[Module], replaced: dict[Module, Module], vendored: _Vendored, twice: bool) -> Said:
    explicit = set(required)
    for module in vendored.packages:
        if module in vendored.explicit and module not in explicit:
            yield module, f'is marked as explicit in {TXT}, but not explicitly required in go.mod'
    for module, marked in vendored.replaced.items():
        new = replaced.get(module) or replaced.get((module[0], ''))
        if new is None:
            yield module, f'is marked as replaced in {TXT}, but not replaced in go.mod'
        elif twice and marked != new:
            yield module, f'is marked as replaced by {_name(marked)} in {TXT}, but replaced by {_name(new)} in go.mod'


def _name(module: Module) -> str:
    return '@'.join(word for word in module if word)

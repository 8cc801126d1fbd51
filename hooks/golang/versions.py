"""Versions of Go and of modules, in the order that Go has for them.

Sources: internal/gover of the go command (`1.21` < `1.21rc1` < `1.21.0`; before 1.21 a missing patch is `.0`), and
golang.org/x/mod/semver. Whatever is no version comes before all that are.
"""

from __future__ import annotations

from hooks.lean.lazy import regex
from hooks.lean.memo import memo
from hooks.lean.numbers import number

TYPE_CHECKING = False
if TYPE_CHECKING:
    Key = tuple[int, int, int, str, int]

# As long as Python converts a number without asking.
_INT = '0|[1-9][0-9]{0,99}'
_GO = regex(rf'({_INT})(?:\.({_INT})(?:\.({_INT})|([a-z]+)({_INT})?)?)?')
# What a go line may hold, from Go 1.21 on, and before.
_LINE = regex(r'[1-9][0-9]*\.(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*))?([a-z]+[0-9]+)?')
_OLD_LINE = regex(r'[1-9][0-9]*\.(0|[1-9][0-9]*)')
_SEMVER = regex(rf'v({_INT})\.({_INT})\.({_INT})(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?')
# Directives of go.mod → the first minor of Go that reads them; any other Go refuses the file.
DIRECTIVES = {'toolchain': 21, 'godebug': 23, 'tool': 24, 'ignore': 25}


def key(version: str) -> Key:
    """What to compare Go versions by: '1.21', '1.22rc1', '1.23.4'."""
    numbers = _numbers(version)
    if numbers:
        return (numbers[0], numbers[1], (0 if numbers[1] < 21 else -1) if len(numbers) == 2 else numbers[2], '', -1)
    match = _GO.fullmatch(version)
    if match is None:
        return (-1, -1, -1, '', -1)
    major, minor, patch, kind, pre = match.groups()
    if minor is None:
        minor, patch = '0', '0'
    if patch is None and kind is None and number(minor) < 21:
        patch = '0'
    return (
        number(major),
        number(minor),
        -1 if patch is None else number(patch),
        kind or '',
        -1 if pre is None else number(pre),
    )


@memo
def _numbers(version: str) -> tuple[int, ...]:
    """Two or three numbers, as most versions are; () for others."""
    parts = version.split('.')
    plain = all(p.isascii() and p.isdecimal() and len(p) < 10 and (p == '0' or p[0] != '0') for p in parts)
    return tuple(map(int, parts)) if plain and 1 < len(parts) < 4 else ()


def release(version: str) -> str:
    """The first release of a version: the first of 1.21, and of each later minor, has a patch."""
    _, _, patch, kind, _ = key(version)
    return version if patch >= 0 or kind else f'{version}.0'


def is_valid(version: str) -> bool:
    return _GO.fullmatch(version) is not None


def minor(version: str) -> int:
    """The minor number of a Go version, -1 for what is none."""
    return key(version)[1]


def is_line(version: str, old: bool = False) -> bool:
    """Whether a go line may say so; `old` for a Go before 1.21, which knows no patch and no pre-release."""
    numbers = _numbers(version)
    if numbers and numbers[0]:
        return len(numbers) == 2 or not old
    return (_OLD_LINE if old else _LINE).fullmatch(version) is not None


def semver(version: str) -> tuple[tuple[int, int, int], int, tuple[tuple[int, int, str], ...]]:
    """What to compare module versions by; a pre-release comes before its release."""
    plain = _numbers(version[1:].removesuffix('+incompatible')) if version[:1] == 'v' else ()
    if len(plain) == 3:
        return (plain[0], plain[1], plain[2]), 1, ()
    match = _SEMVER.fullmatch(version)
    if match is None:
        return (-1, -1, -1), -1, ()
    numbers = (number(match[1]), number(match[2]), number(match[3]))
    parts = (
        tuple((0, int(p), '') if p.isdecimal() and len(p) < 99 else (1, 0, p) for p in match[4].split('.'))
        if match[4]
        else ()
    )
    return numbers, 0 if match[4] else 1, parts

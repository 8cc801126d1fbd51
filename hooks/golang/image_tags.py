"""Tags of the official golang image: which never existed, and which stand still.

The table is image-tags.txt: a variant a line (`.` is a plain tag), the full versions that came with it behind it. A
floating tag (`1.22-alpine3.20`) is there where one of its versions is. What may have come after the table is not
judged: a patch or a minor above its newest, and a distribution that it does not know, while Go releases that minor.
Go releases the newest two; Windows is not in the table.
"""

from __future__ import annotations

import os

from hooks.golang import versions
from hooks.lean.memo import memo
from hooks.lean.record import Record

_TABLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'image-tags.txt')
# The oldest minor of which all tags are known.
_FIRST = 3
_FAMILIES = ('alpine', 'bookworm', 'bullseye', 'buster', 'stretch', 'trixie')
# What the table leaves out, and floating release candidates.
_OTHERS = ('windowsservercore', 'nanoserver', 'rc')


class Tag(Record):
    """A tag that begins with a version: `1.22.3-alpine3.20` is of the version 1.22.3 and the variant alpine3.20."""

    version: str
    variant: str

    @property
    def minor(self) -> int:
        return versions.minor(self.version)

    @property
    def floats(self) -> bool:
        return self.version == f'1.{self.minor}'

    def __str__(self) -> str:
        return f'{self.version}-{self.variant}' if self.variant else self.version


def parse(tag: str) -> Tag | None:
    """None for what the table says nothing of."""
    version, _, variant = tag.partition('-')
    minor = versions.minor(version) if version.startswith('1.') else -1
    if minor < _FIRST or variant.partition('-')[0] in _OTHERS or minor > _newest_minor():
        return None
    return Tag(version, variant)


def mended(tag: str) -> str:
    """What a tag of a form that no tag ever had is meant to be; '' for any other.

    The version goes first, and a `-` between it and the distribution: not `alpine-1.24`, `1.24alpine`, `latest-alpine`;
    and none between that and its release: not `alpine-3.22`.
    """
    first, dash, rest = tag.partition('-')
    if first == 'latest' and dash:
        return rest
    if first.isalpha() and first in _FAMILIES and rest[:2] == '1.':
        version, _, more = rest.partition('-')
        return '-'.join([version, first, *([more] if more else [])])
    if first == 'alpine' and (rest[:2] == '3.' or rest == 'latest'):
        return first + rest.removeprefix('latest')
    version = first.rstrip('0123456789.').rstrip('abcdefghijklmnopqrstuvwxyz') if first[:2] == '1.' else ''
    family = first[len(version) :]
    return f'{version}-{family}' if version and family.startswith(_FAMILIES) else ''


def never(tag: Tag) -> bool:
    """Whether there never was such a tag, nor will be."""
    if _is_known(tag):
        return False
    closed = _is_closed(tag.minor)
    if not tag.floats and not closed and versions.key(tag.version) > versions.key(_last(tag.minor, '')):
        return False
    return closed or (tag.variant or '.') in _table() or _is_old_alpine(tag.variant)


def stands(tag: Tag) -> str:
    """The version with which a floating tag stands still; '' where it moves, or is none."""
    last = _last(tag.minor, tag.variant) if tag.floats else ''
    return last if _is_closed(tag.minor) or last != _last(tag.minor, '') else ''


def holds(tag: Tag, wanted: str) -> bool:
    """Whether a tag may be built from, and holds a Go of that version or newer."""
    last = stands(tag) or ('' if tag.floats else tag.version)
    return not never(tag) and (not last or versions.key(last) >= versions.key(wanted))


def exists(tag: Tag) -> bool:
    """Whether there was such a tag when the table was made."""
    return _is_known(tag)


def meant(tag: Tag) -> str:
    """The nearest tag that exists; '' for none."""
    family = 'alpine' if 'alpine' in tag.variant else ''
    floating = f'1.{tag.minor}'
    tries = ((tag.version, family), (floating, tag.variant), (floating, family), (floating, ''))
    return next((str(each) for each in (Tag(*words) for words in tries) if _is_known(each)), '')


@memo
def date() -> str:
    """The day of the newest tags in the table."""
    return _lines()[0].split()[-1]


def _is_known(tag: Tag) -> bool:
    full = _table().get(tag.variant or '.', ())
    return bool(_last(tag.minor, tag.variant)) if tag.floats else tag.version in full


def _last(minor: int, variant: str) -> str:
    """The last release of a minor that came with a variant."""
    start = f'1.{minor}.'
    return next((each for each in reversed(_table().get(variant or '.', ())) if each.startswith(start)), '')


def _is_closed(minor: int) -> bool:
    """Whether Go releases no more of a minor: two newer ones are out."""
    return minor <= _newest_minor() - 2


@memo
def _newest_minor() -> int:
    return versions.minor(next(each for each in reversed(_table()['.']) if each.count('.') == 2))


def _is_old_alpine(variant: str) -> bool:
    """Whether it is a release of Alpine before one that the table knows."""
    number = variant.removeprefix('alpine3.')
    known = (int(each.removeprefix('alpine3.')) for each in _table() if each.startswith('alpine3.'))
    return number.isascii() and number.isdecimal() and len(number) < 4 and int(number) < max(known)


def _lines() -> list[str]:
    with open(_TABLE, encoding='utf-8') as file:
        return file.read().split('\n')


@memo
def _table() -> dict[str, tuple[str, ...]]:
    """Variant → the versions that came with it, in order."""
    rows = (line.split() for line in _lines()[1:] if line)
    return {variant: tuple(each for run in runs for each in _unfolded(run)) for variant, *runs in rows}


def _unfolded(run: str) -> list[str]:
    """`1.21.0-3`, `1.21rc2-4` → the versions."""
    first, dash, last = run.partition('-')
    number = first[len(first.rstrip('0123456789')) :]
    start = first[: -len(number)]
    return [f'{start}{each}' for each in range(int(number), int(last) + 1)] if dash else [first]

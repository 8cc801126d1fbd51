"""The marked block: a canonical ignore file's lines at the top of another, above what that one adds itself.

Text in, text out. A line is compared as BuildKit reads it: without the white space around it, a comment only where `#`
is its first character.
"""

from __future__ import annotations

from hooks.lean.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

HOOK = 'sync-dockerignore'
BEGIN, END = f'# >>> {HOOK}', f'# <<< {HOOK}'
_BOM = '\ufeff'


class Damage(Record):
    """Markers that do not stand in one pair; `line` is counted from 1, `what` is the fact."""

    line: int
    what: str


class Block(Record):
    """The indexes of the two marker lines."""

    begin: int
    end: int


def patterns(text: str) -> tuple[str, ...]:
    """The patterns of an ignore file, as written, without the comments."""
    return _patterns(text.removeprefix(_BOM).split('\n'))


def _patterns(lines: Sequence[str]) -> tuple[str, ...]:
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith('#'))


def find(text: str) -> Block | Damage | None:
    """Where the block stands; None when there is none."""
    lines = text.removeprefix(_BOM).split('\n')
    marks = [(at, line.strip().startswith(BEGIN)) for at, line in enumerate(lines) if _is_marker(line)]
    if not marks:
        return None
    indented = next((at for at, _ in marks if not lines[at].startswith('#')), None)
    if indented is not None:
        return Damage(indented + 1, f'`{lines[indented].strip()}` is indented, which makes a pattern of it')
    if [begins for _, begins in marks] == [True, False]:
        return Block(marks[0][0], marks[1][0])
    if not marks[0][1]:
        return Damage(marks[0][0] + 1, f'`{END}` has no `{BEGIN}: …` above it')
    if len(marks) == 1 or marks[1][1]:
        return Damage(marks[0][0] + 1, f'`{BEGIN}: …` has no `{END}` below it')
    return Damage(marks[2][0] + 1, 'the marked block stands here a second time')


def _is_marker(line: str) -> bool:
    return line.strip().startswith(BEGIN) or line.strip() == END


def in_step(text: str, source: str) -> bool:
    """Whether the block, or the whole file, has the patterns of the canonical text, in their order."""
    block, wanted = find(text), patterns(source)
    if isinstance(block, Block):
        lines = text.removeprefix(_BOM).split('\n')
        return _patterns(lines[block.begin + 1 : block.end]) == wanted
    return block is None and patterns(text) == wanted


def synced(text: str, source: str, name: str) -> str | None:
    """The text with the block of a canonical text, whose path is `name`; None when the markers are damaged.

    At the first contact the lines that the block has are dropped from the rest.
    """
    place = find(text)
    if isinstance(place, Damage):
        return None
    mark = _BOM if text.startswith(_BOM) else ''
    lines = text[len(mark) :].split('\n')
    ending = '\r' if lines[0].endswith('\r') or (not text and '\r\n' in source) else ''
    canonical = _lines(source)
    block = [f'{BEGIN}: {_one_line(name)}', *canonical, END]
    block = [line + ending for line in block]
    if place is None:
        rest = _rest(lines, canonical)
        result = [*block, *([ending] if rest and rest[0].strip() else []), *rest, *([''] if _ends(text) else [])]
    else:
        result = [*lines[: place.begin], *block, *lines[place.end + 1 :]]
    joined = '\n'.join(result)
    # The last line has no line ending where there was none.
    return mark + (joined if not text or text.endswith(('\n', '\r')) else joined.removesuffix('\r'))


def _ends(text: str) -> bool:
    return not text or text.endswith('\n')


def _one_line(name: str) -> str:
    return name.replace('\n', '?').replace('\r', '?')


def _lines(source: str) -> list[str]:
    """The lines of a canonical text that a block takes over."""
    lines = [line.removesuffix('\r') for line in source.removeprefix(_BOM).split('\n')]
    lines = [line for line in lines if not _is_marker(line)]
    while lines and not lines[-1].strip():
        del lines[-1]
    return lines


def _rest(lines: Sequence[str], canonical: Sequence[str]) -> list[str]:
    """The lines that a block does not have, without the blank lines around those that it has."""
    taken = {(line.startswith('#'), line.strip()) for line in canonical if line.strip()}
    kept: list[str] = []
    dropped = True
    for line in lines:
        if (line.startswith('#'), line.strip()) in taken:
            dropped = True
        elif line.strip() or not dropped or (kept and kept[-1].strip()):
            kept.append(line)
            dropped = dropped and not line.strip()
    while kept and not kept[-1].strip():
        del kept[-1]
    return kept

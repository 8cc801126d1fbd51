"""A table for a terminal: steps, the folder that they work in, cells, and marks behind them.

Columns are those of a terminal: a wide character takes two (Unicode Standard Annex #11), a combining one none.
"""

from __future__ import annotations

import unicodedata

from hooks.lean.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NARROWEST = 80
# A step's text keeps this much, whatever stands beside it; a folder gets no more than that.
LEAST_TEXT, MOST_FOLDER = 20, 24

# Over the folder: what is said behind it is said of what lies there.
FOLDER = 'in workdir'
# In front of what is wrong with a step.
MARK = '←'


class Row(Record):
    """A line of the table, of which every text is `plain`; `marks` stand behind its cells.

    `telling` is the end of the text, from its go command on, or from behind its flags; '' when there is neither.
    """

    line: int
    text: str
    telling: str
    folder: str
    cells: tuple[str, ...]
    marks: tuple[str, ...]


def table(names: Sequence[str], rows: Sequence[Row], width: int) -> Iterator[str]:
    """The lines of a table of some rows, with a header; `names` are those of the cells.

    No line is longer than `width`, unless a word alone is: what gives way is the step's text, and a long folder.
    """
    number = max(5, len(str(rows[-1].line)))
    room = width - number - 4 - sum(2 + len(name) for name in names)
    folders = [_end(row.folder, min(MOST_FOLDER, room - LEAST_TEXT)) for row in rows]
    folder = max(len(FOLDER), *map(columns, folders))
    text = min(room - folder, max(columns(row.text) for row in rows))
    widths = (number, text, folder, *map(len, names))
    yield _line(widths, ('line', 'step', FOLDER, *names))
    for row, end in zip(rows, folders):
        line = _line(widths, (str(row.line), _shortened(row, text), end, *row.cells))
        yield from _marked(line, row.marks, widths, width)


def _shortened(row: Row, most: int) -> str:
    """A step's text, cut at its end; and in front of what tells most, where that would be cut off."""
    front = row.text.removesuffix(row.telling) if row.telling else ''
    if columns(row.text) <= most or columns(front) + LEAST_TEXT // 2 <= most:
        return _cut(row.text, most)
    return _cut(f'{row.text.partition(" ")[0]} … {row.telling}', most)


def _line(widths: Sequence[int], cells: Sequence[str]) -> str:
    number, *rest = cells
    padded = (cell + ' ' * (width - columns(cell)) for cell, width in zip(rest, widths[1:]))
    return '  '.join((number.rjust(widths[0]), *padded)).rstrip()


def _marked(line: str, marks: Sequence[str], widths: Sequence[int], width: int) -> Iterator[str]:
    """A line with its marks behind it where there is room for them, else below its step."""
    behind, below = sum(widths) + 2 * len(widths), widths[0] + 2
    if all(behind + 2 + columns(mark) <= width for mark in marks):
        first, *others = [f'{MARK} {mark}' for mark in marks] or ['']
        yield f'{line}{" " * (behind - columns(line))}{first}' if first else line
        yield from (' ' * behind + other for other in others)
    else:
        yield line
        for mark in marks:
            yield from wrapped(mark, ' ' * below + f'{MARK} ', ' ' * below + '  ', width)


def wrapped(text: str, first: str, others: str, width: int) -> Iterator[str]:
    """A text in lines no longer than that, with what they begin with."""
    word, *words = text.split(' ')
    line = first + word
    for word in words:
        if columns(line) + 1 + columns(word) > width:
            yield line
            line = others + word
        else:
            line += f' {word}'
    yield line


# Characters


def columns(text: str) -> int:
    """How many columns of a terminal a printable text takes."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(char: str) -> int:
    if unicodedata.category(char) in ('Mn', 'Me'):
        return 0
    return 2 if unicodedata.east_asian_width(char) in 'WF' else 1


def plain(text: str) -> str:
    """A text that a terminal prints in one line, as it stands: no control characters, no bytes that are not UTF-8."""
    if not (text.isascii() and text.isprintable()):
        text = ''.join(map(_printed, text))
    return ' '.join(text.split())


def _printed(char: str) -> str:
    category = unicodedata.category(char)
    if category == 'Cs':
        return f'\\x{ord(char) - 0xDC00:02x}' if '\udc80' <= char <= '\udcff' else '?'
    # Of the characters that format, some turn the direction of a line.
    return ' ' if category in ('Cc', 'Zl', 'Zp') else '' if category == 'Cf' else char


def _cut(text: str, most: int) -> str:
    """A text in no more columns than that, with `…` for what is left out at its end."""
    if columns(text) <= most:
        return text
    kept, used = '', 0
    for char in text:
        used += columns(char)
        if used >= most:
            break
        kept += char
    return kept.rstrip() + '…'


def _end(folder: str, most: int) -> str:
    """The end of a path, whole names if possible, in no more columns than that."""
    if columns(folder) <= most:
        return folder
    names = folder.split('/')
    ends = ('/'.join(('…', *names[at:])) for at in range(1, len(names)))
    return next((end for end in ends if columns(end) <= most), _cut(folder[::-1], most)[::-1])

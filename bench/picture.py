"""The growth as a picture: seconds over services, both in powers of ten."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib as mpl
from matplotlib import pyplot as plt

if TYPE_CHECKING:
    from collections.abc import Mapping

# Colours that are told apart on white and on black, by most eyes (Okabe and Ito).
COLOURS = {'hadolint': '#999999', 'go-docker': '#d55e00'}
OTHERS = ('#0072b2', '#009e73', '#56b4e9', '#cc79a7', '#e69f00')
TEXT = '#808080'


def draw(path: str, growth: Mapping[str, Mapping[int, float]]) -> None:
    """Writes an SVG; the same figures give the same file."""
    mpl.rcParams.update({'svg.hashsalt': 'go-docker-hooks', 'svg.fonttype': 'none', 'font.family': 'sans-serif'})
    figure, axes = plt.subplots(figsize=(7, 4))
    others = iter(OTHERS)
    for name, times in growth.items():
        bold = name in COLOURS
        axes.plot(
            list(times),
            list(times.values()),
            marker='o',
            markersize=4,
            linewidth=2 if bold else 1,
            color=COLOURS.get(name) or next(others),
            label=name,
        )
    axes.set(xscale='log', yscale='log', xlabel='services', ylabel='seconds')
    for side in axes.spines.values():
        side.set_color(TEXT)
    axes.tick_params(which='both', colors=TEXT)
    axes.xaxis.label.set_color(TEXT)
    axes.yaxis.label.set_color(TEXT)
    axes.grid(color=TEXT, alpha=0.25)
    axes.legend(frameon=False, labelcolor=TEXT)
    figure.savefig(path, transparent=True, bbox_inches='tight', metadata={'Date': None, 'Creator': None})

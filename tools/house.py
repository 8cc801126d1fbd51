"""The picture of the house, docs/house.svg: the packages under hooks/ storey by storey, and who imports whom.

The storeys are those of the import contract in setup.cfg, the sentences those of the packages, the arrows the imports.
An arrow that follows from others is left out: that the hooks stand on `lean` is clear where all else does.
"""

from __future__ import annotations

import ast
import configparser
import glob
import html
import os
import sys
import textwrap
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PATH = os.path.join(TOP, 'docs', 'house.svg')

# The hooks are modules, not packages, and one box.
HOOKS = 'the hooks'
SENTENCE = 'What a user names: a sentence, options, a list of rules.'

# Boxes are filled and lines are of a middle grey, so that the picture is the same on a dark and on a light page.
WIDTH, WIDEST, GAP, LINE, LANE = 860, 270, 34, 15, 14
LETTER = 6.8  # pixels that one takes at most, on the average of a line
STYLE = """\
<style>
text { font: 12px system-ui, sans-serif; fill: #33404d }
.name { font: bold 14px ui-monospace, monospace; fill: #0b3d63 }
rect { fill: #eef4fa; stroke: #5b8db8 }
path { fill: none; stroke: #7d8894; stroke-width: 1.5; marker-end: url(#tip) }
marker path { fill: #7d8894; stroke: none; marker-end: none }
</style>
<marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">\
<path d="M0 0 8 4 0 8z"/></marker>
"""


class Box(NamedTuple):
    """Where a package stands in the picture, and what it says of itself."""

    row: int
    left: float
    top: float
    width: float
    height: float
    lines: Sequence[str]

    @property
    def middle(self) -> float:
        return self.left + self.width / 2

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height


def storeys() -> list[list[str]]:
    """The packages of each storey, top to bottom, as the contract has them."""
    setup = configparser.ConfigParser()
    setup.read(os.path.join(TOP, 'setup.cfg'), encoding='utf-8')
    lines = setup['importlinter:contract:storeys']['layers'].strip().split('\n')
    named = [tuple(dict.fromkeys(room(f'hooks.{name}') for name in line.split(' | '))) for line in lines]
    # The hook that runs the others stands above them, in the same room.
    return [list(names) for names in dict.fromkeys(named)]


def room(module: str) -> str:
    """The package that a module is in, or that it is itself; every hook is in the same."""
    name = module.split('.')[1]
    return name if os.path.isdir(os.path.join(TOP, 'hooks', name)) else HOOKS


def imports() -> dict[str, set[str]]:
    """Package → those that it imports, for annotations alone too."""
    found: dict[str, set[str]] = {}
    for path in glob.glob(os.path.join(TOP, 'hooks', '**', '*.py'), recursive=True):
        module = os.path.relpath(path, TOP)[: -len('.py')].replace(os.sep, '.')
        if module != 'hooks.__init__':
            with open(path, encoding='utf-8') as file:
                rooms = {room(name) for name in imported(file.read())}
            found.setdefault(room(module), set()).update(rooms - {room(module)})
    return found


def imported(source: str) -> Iterator[str]:
    """The modules of ours that a module imports, anywhere in it."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names):
                found = [alias.name for alias in names]
            case ast.ImportFrom('hooks', names):
                found = [f'hooks.{alias.name}' for alias in names]
            case ast.ImportFrom(str(module)):
                found = [module]
            case _:
                continue
        yield from (name for name in found if name.startswith('hooks.'))


def arrows(imports: Mapping[str, AbstractSet[str]]) -> list[tuple[str, str]]:
    """The imports that do not follow from others."""
    return sorted(
        (upper, lower)
        for upper, lowers in imports.items()
        for lower in lowers
        if not any(lower in below(other, imports) for other in lowers - {lower})
    )


def below(package: str, imports: Mapping[str, AbstractSet[str]]) -> set[str]:
    """All that a package stands on."""
    seen: set[str] = set()
    todo = [package]
    while todo:
        new = imports.get(todo.pop(), set()) - seen
        seen |= new
        todo += new
    return seen - {package}


def sentence(package: str) -> str:
    if package == HOOKS:
        return SENTENCE
    with open(os.path.join(TOP, 'hooks', package, '__init__.py'), encoding='utf-8') as file:
        return (ast.get_docstring(ast.parse(file.read())) or '').partition('\n')[0]


def boxes(storeys: Sequence[Sequence[str]]) -> dict[str, Box]:
    """Each storey in the middle, its packages side by side."""
    placed: dict[str, Box] = {}
    top = 1.0
    for row, names in enumerate(storeys):
        width = min(WIDEST, (WIDTH - GAP / 2) / len(names) - GAP / 2)
        texts = [textwrap.wrap(sentence(name), int(width / LETTER)) for name in names]
        height = LINE * max(map(len, texts)) + 2 * LINE
        left = WIDTH / 2 - (width + GAP / 2) * len(names) / 2 + GAP / 4
        for column, (name, text) in enumerate(zip(names, texts)):
            placed[name] = Box(row, left + column * (width + GAP / 2), top, width, height, text)
        top += height + GAP
    return placed


def drawn(name: str, box: Box) -> Iterator[str]:
    at = f'x="{box.middle:g}" text-anchor="middle"'
    yield f'<rect x="{box.left:g}" y="{box.top:g}" width="{box.width:g}" height="{box.height:g}" rx="6"/>'
    yield f'<text class="name" {at} y="{box.top + 19:g}">{html.escape(name)}</text>'
    for number, line in enumerate(box.lines):
        yield f'<text {at} y="{box.top + 36 + number * LINE:g}">{html.escape(line)}</text>'


def route(upper: Box, lower: Box, boxes: Sequence[Box], lane: float) -> str:
    """The way of an arrow: straight to the next storey; farther down, beside what stands between."""
    if lower.row == upper.row + 1:
        start, end, middle = upper.middle, lower.middle, (upper.bottom + lower.top) / 2
        return f'M{start:g} {upper.bottom:g}C{start:g} {middle:g} {end:g} {middle:g} {end:g} {lower.top:g}'
    height = upper.top + upper.height / 2
    between = [box for box in boxes if upper.row < box.row < lower.row]
    if any(box.left <= lower.middle <= box.right for box in between):
        return f'M{upper.right:g} {height:g}H{lane:g}V{lower.top + lower.height / 2:g}H{lower.right:g}'
    start = upper.left if lower.middle < upper.middle else upper.right
    return f'M{start:g} {height:g}H{lower.middle:g}V{lower.top:g}'


def routes(boxes: Mapping[str, Box]) -> Iterator[str]:
    lane = WIDTH - LANE / 2
    for upper, lower in arrows(imports()):
        way = route(boxes[upper], boxes[lower], list(boxes.values()), lane)
        lane -= LANE if f'H{lane:g}V' in way else 0
        yield f'<path d="{way}"/>'


def picture() -> str:
    placed = boxes(storeys())
    height = max(box.bottom for box in placed.values()) + 1
    size = f'width="{WIDTH}" height="{height:g}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}" {size} role="img">',
        '<title>The packages under hooks/ and their imports</title>',
        STYLE.rstrip('\n'),
        *routes(placed),
        *(line for name, box in placed.items() for line in drawn(name, box)),
        '</svg>',
    ]
    return '\n'.join(lines) + '\n'


def main() -> int:
    os.makedirs(os.path.dirname(PATH), exist_ok=True)
    with open(PATH, 'w', encoding='utf-8', newline='\n') as file:
        file.write(picture())
    return 0


if __name__ == '__main__':
    sys.exit(main())

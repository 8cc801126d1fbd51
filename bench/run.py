"""The figures, measured side by side in one run: whole processes of the hooks, of hadolint and of a bare interpreter.

Times differ from machine to machine; what may not be exceeded are ratios. The table is written to docs/figures.md, so
that a regression shows in a diff, and the growth is drawn beside it. The exit code is 1 where a ratio is exceeded.
"""

from __future__ import annotations

import os
import sys
import sysconfig
import tempfile
from typing import TYPE_CHECKING

from bench import measuring, picture, services, shapes, table
from bench.measuring import measure
from bench.table import Figure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.measuring import Measured

HADOLINT = os.path.join(sysconfig.get_path('scripts'), 'hadolint')
LISTING = ('git', 'ls-files', '-z')
SINGLE = ('check-go-sum-copy', 'check-go-version', 'check-static-binary', 'check-tidy-order', 'check-x-versions')
ALL = (*SINGLE, 'go-docker')
COUNTS = (10, 100, 1_000, 10_000)


def main() -> int:
    for name in [name for name in os.environ if name.startswith('GIT_')]:
        del os.environ[name]
    with tempfile.TemporaryDirectory(prefix='go-docker-hooks-') as folder:
        bench = Bench(folder)
        figures = [*bench.small(), *bench.services(), *bench.many_files(), *bench.shapes()]
    table.write('docs/figures.md', figures)
    picture.draw('docs/growth.svg', bench.growth)
    print(*(figure for figure in figures), sep='\n')
    return 0 if all(figure.ok() for figure in figures) else 1


class Bench:
    """The hooks as a user has them, and the repositories that they are tried on, in a folder of their own."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.bin = measuring.install(os.path.join(folder, 'environment'))
        # What each took for so many services, in seconds.
        self.growth: dict[str, dict[int, float]] = {}

    def hook(self, name: str) -> str:
        return os.path.join(self.bin, name)

    def small(self) -> Iterator[Figure]:
        """One good Dockerfile in a repository of one service."""
        top = os.path.join(self.folder, '1')
        dockerfiles, _ = services.write(top, services.GOOD)
        hooks = [(self.hook(name), *dockerfiles) for name in ALL]
        bare = (self.hook('python'), '-c', 'pass')
        *ours, interpreter, hadolint = measure(top, 31, *hooks, bare, (HADOLINT, *dockerfiles))
        self.alone = dict(zip(ALL, ours, strict=True))
        for name, limit in zip(SINGLE, (3.5, 3.5, 3.5, 3.5, 2), strict=True):
            case = f'one Dockerfile, {name}'
            yield Figure(case, self.alone[name].seconds, 'python -c pass', interpreter.seconds, limit)
        first = self.alone[SINGLE[0]].seconds
        yield Figure(f'one Dockerfile, {SINGLE[0]}', first, 'hadolint', hadolint.seconds, 2)
        yield self._all('one Dockerfile', self.alone)

    def services(self) -> Iterator[Figure]:
        """Up to 10,000 services at once."""
        for count in COUNTS:
            top = os.path.join(self.folder, f'{count}')
            dockerfiles, modules = services.write(top, range(count))
            times = 1 if count == COUNTS[-1] else 3
            ours = [measure(top, times, (self.hook(name), *dockerfiles, *modules))[0] for name in ALL]
            found = dict(zip(ALL, ours, strict=True))
            for name in ALL:
                self.growth.setdefault(name, {})[count] = found[name].seconds
            if count <= 1_000:
                (hadolint,) = measure(top, 1, (HADOLINT, *dockerfiles))
                self.growth.setdefault('hadolint', {})[count] = hadolint.seconds
            if count == 1_000:
                for name in SINGLE:
                    yield Figure(f'1,000 services, {name}', found[name].seconds, 'hadolint', hadolint.seconds, 1 / 15)
                yield self._all('1,000 services', found)
                thousand = found
        for name in (SINGLE[0], 'go-docker'):
            case = f'10,000 services, {name}'
            yield Figure(case, found[name].seconds, '1,000 services', thousand[name].seconds, 12)
            yield Figure(f'{case}: memory', found[name].mebibytes, 'one mebibyte', 1, 250, 'MiB')

    def many_files(self) -> Iterator[Figure]:
        """One file of a thousand services in a repository of 200,000 tracked files."""
        top = os.path.join(self.folder, '200000')
        dockerfiles, modules = services.write(top, range(1_000))
        shapes.track(top, [f'web/app{n % 300}/src/part{n % 977}/file{n}.ts' for n in range(197_000)])
        for name in (SINGLE[0], 'go-docker'):
            hook, alone = self.hook(name), self.alone[name]
            dockerfile, module, listing = measure(top, 9, (hook, dockerfiles[500]), (hook, modules[500]), LISTING)
            budget = alone.seconds + listing.seconds
            case, held = f'among 200,000 files, {name}', 'git ls-files + the small case'
            yield Figure(f'one Dockerfile {case}', dockerfile.seconds, held, budget, 2)
            yield Figure(f'one go.mod {case}', module.seconds, held, budget, 3)

    def shapes(self) -> Iterator[Figure]:
        """What grows in one direction: four times as much takes at most five times as long."""
        for at, shape in enumerate(shapes.SHAPES):
            taken: list[Measured] = []
            for size in shape.sizes:
                top = os.path.join(self.folder, f'shape{at}-{size}')
                shapes.write(top, shape.files(size))
                taken += measure(top, 3, (self.hook('go-docker'), 'Dockerfile'))
            case = f'{shape.sizes[-1]:,} {shape.name}'
            yield Figure(case, taken[-1].seconds, f'{shape.sizes[0]:,} of them', taken[0].seconds, 5)

    def _all(self, case: str, found: dict[str, Measured]) -> Figure:
        dearest = max(SINGLE, key=lambda name: found[name].seconds)
        return Figure(f'{case}, go-docker', found['go-docker'].seconds, dearest, found[dearest].seconds, 1.5)


if __name__ == '__main__':
    sys.exit(main())

"""The figures, measured side by side in one run: whole processes of the hook, of hadolint and of a bare interpreter.

Times differ from machine to machine; what may not be exceeded are ratios. The exit code is 1 where one is.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tempfile
import time
from statistics import median
from typing import NamedTuple

from bench import services
from demo import precommit

HADOLINT = os.path.join(sysconfig.get_path('scripts'), 'hadolint')
GIT = ('git', 'ls-files', '-z')

TABLE = '{:38} {:>12}   {:34} {:>12} {:>8} {:>8}  {}'


class Installed(NamedTuple):
    """The hook and its interpreter, in an environment of their own."""

    hook: str
    python: str


class Measured(NamedTuple):
    seconds: float
    mebibytes: float


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

    def __str__(self) -> str:
        ours, value = f'{self.ours:.3f} {self.unit}', f'{self.value:.3f} {self.unit}'
        ratio, limit = f'{self.ours / self.value:.3f}', f'{self.limit:.3f}'
        return TABLE.format(self.case, ours, self.reference, value, ratio, limit, 'ok' if self.ok() else 'MISSED')


def main() -> int:
    for name in [name for name in os.environ if name.startswith('GIT_')]:
        del os.environ[name]
    with tempfile.TemporaryDirectory(prefix='go-docker-hooks-') as folder:
        ours = install(os.path.join(folder, 'environment'))
        one, thousand, myriad = (os.path.join(folder, name) for name in ('1', '1000', '10000'))
        figures = [*small(ours, one), *large(ours, one, thousand, myriad)]
    print(TABLE.format('case', 'ours', 'held against', 'its', 'ratio', 'at most', ''), *figures, sep='\n')
    return 0 if all(figure.ok() for figure in figures) else 1


def install(folder: str) -> Installed:
    """Installs the hooks as a user has them: an editable install adds its finder to every start of the interpreter."""
    source = precommit.source(os.path.join(folder, 'source'))
    subprocess.run((sys.executable, '-m', 'venv', folder), check=True)
    scripts = os.path.join(folder, 'bin')
    python = os.path.join(scripts, 'python')
    subprocess.run((python, '-m', 'pip', 'install', '--quiet', source), check=True)
    return Installed(os.path.join(scripts, 'check-go-sum-copy'), python)


def small(installed: Installed, top: str) -> list[Figure]:
    """One Dockerfile in a repository of one service."""
    dockerfiles, _ = services.write(top, 1)
    commands = (installed.hook, *dockerfiles), (installed.python, '-c', 'pass'), (HADOLINT, *dockerfiles)
    ours, bare, hadolint = measure(top, 31, *commands)
    case = 'one Dockerfile in a small repository'
    return [
        Figure(case, ours.seconds, 'python -c pass', bare.seconds, 3),
        Figure(case, ours.seconds, 'hadolint', hadolint.seconds, 2),
    ]


def large(installed: Installed, one: str, thousand: str, myriad: str) -> list[Figure]:
    """1,000 and 10,000 services at once, then a commit of one file among the 10,000."""
    hook = installed.hook
    dockerfiles, modules = services.write(thousand, 1_000)
    (all_1000,) = measure(thousand, 5, (hook, *dockerfiles, *modules))
    (hadolint,) = measure(thousand, 1, (HADOLINT, *dockerfiles))
    figures = [Figure('1,000 services at once', all_1000.seconds, 'hadolint', hadolint.seconds, 1 / 50)]

    dockerfiles, modules = services.write(myriad, 10_000)
    (everything,) = measure(myriad, 3, (hook, *dockerfiles, *modules))
    dockerfile, module, listing = measure(myriad, 9, (hook, dockerfiles[5_000]), (hook, modules[5_000]), GIT)
    (alone,) = measure(one, 9, (hook, f'{services.folder(0)}/Dockerfile'))
    budget = 4 * listing.seconds + alone.seconds
    return [
        *figures,
        Figure('10,000 services at once', everything.seconds, '1,000 services at once', all_1000.seconds, 12),
        Figure('10,000 services at once, memory', everything.mebibytes, 'one mebibyte', 1, 200, 'MiB'),
        Figure('one Dockerfile among 10,000', dockerfile.seconds, '4 × git ls-files + the small case', budget, 1),
        Figure('one go.mod among 10,000', module.seconds, '10,000 services at once', everything.seconds, 1 / 3),
    ]


def measure(top: str, times: int, *commands: tuple[str, ...]) -> list[Measured]:
    """Runs commands in the folder `top`, in turn, `times` times; the median of each."""
    rounds = [[process(top, command) for command in commands] for _ in range(times)]
    return [Measured(*(median(values) for values in zip(*runs, strict=True))) for runs in zip(*rounds, strict=True)]


def process(top: str, command: tuple[str, ...]) -> Measured:
    """Time and peak memory of a whole process, whose exit code has to be 0 or 1 (findings)."""
    start = time.perf_counter()
    started = subprocess.Popen(command, cwd=top, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(started.pid, 0)
    seconds = time.perf_counter() - start
    started.returncode = os.waitstatus_to_exitcode(status)
    if started.returncode not in (0, 1):
        raise SystemExit(f'{command[0]} ended with exit code {started.returncode}')
    return Measured(seconds, usage.ru_maxrss / (2**20 if sys.platform == 'darwin' else 2**10))


if __name__ == '__main__':
    sys.exit(main())

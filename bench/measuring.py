"""Times and memory of whole processes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from statistics import median
from typing import NamedTuple

from demo import precommit


class Measured(NamedTuple):
    seconds: float
    mebibytes: float


def install(folder: str) -> str:
    """Installs the hooks as pre-commit does: by virtualenv, and the commands that its pip writes.

    An editable install would add its finder to every start. The folder of the commands, and of their interpreter.
    """
    source = precommit.source(os.path.join(folder, 'source'))
    subprocess.run((sys.executable, '-m', 'virtualenv', '--quiet', folder), check=True)
    scripts = os.path.join(folder, 'bin')
    subprocess.run((os.path.join(scripts, 'python'), '-m', 'pip', 'install', '--quiet', source), check=True)
    return scripts


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

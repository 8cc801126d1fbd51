"""Fuzz every hook for some seconds: half of the time by grammar, half guided by coverage.

`python -m tests.hostile.fuzz SECONDS [FOLDER]`: what is found ends the run and is printed, and lies in FOLDER as a file
that belongs into tests/hostile/corpus once it is mended. New inputs of the guided half are kept there, too.
"""

from __future__ import annotations

import glob
import importlib.util
import os
import random
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.cases import CASES
from tests.hostile import _grammar
from tests.hostile._fuzzed import RUNS, packed, try_all, unpacked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HERE = os.path.dirname(os.path.abspath(__file__))
CORPUS = os.path.join(HERE, 'corpus')
BATCH = 200


def by_grammar(seconds: float, folder: str) -> int:
    """How many made-up repositories were tried."""
    tried, end = 0, time.monotonic() + seconds

    @settings(
        max_examples=BATCH, deadline=None, database=None, suppress_health_check=list(HealthCheck), print_blob=False,
        phases=(Phase.generate, Phase.shrink),
    )  # fmt: skip
    @given(_grammar.repositories())
    def one(files: Mapping[str, str]) -> None:
        nonlocal tried
        tried += 1
        try:
            try_all(files)
        except BaseException:
            keep(folder, files)
            raise

    while time.monotonic() < end:
        seed(random.getrandbits(64))(one)()
        print(f'grammar: {tried} repositories', flush=True)
    return tried


def keep(folder: str, files: Mapping[str, str]) -> None:
    """The smallest that was found so far is the one that is written last."""
    with open(os.path.join(folder, 'found-by-grammar.txtar'), 'wb') as file:
        file.write(packed(files).encode('utf-8', 'surrogatepass' if '\ud800' in packed(files) else 'surrogateescape'))


def guided(seconds: int, folder: str) -> int:
    """Of a process of its own, which libFuzzer ends: its exit code."""
    seeds = os.path.join(folder, 'corpus')
    os.makedirs(seeds, exist_ok=True)
    for at, case in enumerate(CASES):
        with open(os.path.join(seeds, f'case-{at}.txtar'), 'wb') as file:
            file.write(packed(case.files).encode('utf-8', 'surrogateescape'))
    with open(os.path.join(folder, 'words.txt'), 'w', encoding='utf-8') as file:
        file.write(''.join(f'"{_escaped(word)}"\n' for word in sorted(_grammar.VOCABULARY)))
    options = (
        f'-max_total_time={seconds} -timeout=60 -rss_limit_mb=2000 -max_len=6000 -len_control=0 -print_final_stats=1 '
        f'-artifact_prefix={folder}/found- -dict={folder}/words.txt'
    )
    command = [sys.executable, '-m', 'tests.hostile.fuzz', '--guided', seeds, CORPUS, *options.split()]
    return subprocess.run(command, check=False).returncode


def _escaped(word: str) -> str:
    return ''.join(char if char.isalnum() else ''.join(f'\\x{byte:02x}' for byte in char.encode()) for char in word)


def libfuzzer(arguments: Sequence[str]) -> None:
    """The process that `guided` starts: every branch of hooks/ counts."""
    import atheris

    for name in [name for name in sys.modules if name.startswith(('hooks', 'tests.hostile._fuzzed', 'tests._memory'))]:
        del sys.modules[name]
    with atheris.instrument_imports(include=['hooks']):
        import pkgutil

        import hooks

        for module in pkgutil.walk_packages(hooks.__path__, 'hooks.'):
            importlib.import_module(module.name)
    fuzzed = importlib.import_module('tests.hostile._fuzzed')

    def one(data: bytes) -> None:
        files = fuzzed.unpacked(data.decode('utf-8', 'surrogateescape'))
        if files:
            fuzzed.try_all(files, (0, 1 + len(data) % (len(RUNS) - 1)))

    atheris.Setup([sys.argv[0], *arguments], one)
    atheris.Fuzz()


def replay(paths: Sequence[str]) -> None:
    """Try what was found before."""
    for path in paths:
        with open(path, 'rb') as file:
            try_all(unpacked(file.read().decode('utf-8', 'surrogateescape')))


def main(argv: Sequence[str]) -> int:
    if argv[0] == '--guided':
        libfuzzer(argv[1:])
    if argv[0] == '--replay':
        replay([path for name in argv[1:] for path in sorted(glob.glob(os.path.join(name, '*')))])
        return 0
    seconds, folder = float(argv[0]), argv[1] if len(argv) > 1 else os.path.join('.cache', 'fuzz')
    os.makedirs(folder, exist_ok=True)
    if not importlib.util.find_spec('atheris'):
        print('There is no atheris for this Python: all of the time is by grammar.', flush=True)
        by_grammar(seconds, folder)
        return 0
    by_grammar(seconds / 2, folder)
    return guided(int(seconds / 2), folder)


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))

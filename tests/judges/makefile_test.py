"""The commands of a Makefile's targets: our reading beside GNU make's, on made-up Makefiles."""

from __future__ import annotations

import random
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from hooks.builds.commands import make
from hooks.builds.commands.walk import Walk
from hooks.builds.declarations import MARK
from tests._memory import Memory
from tests.judges._tally import tally

if TYPE_CHECKING:
    from pathlib import Path

    from hooks.builds.commands.walk import Place

MAKEFILES = 400
SEEDS = range(2)
NAMES = 'ABC'
TARGETS = ('one', 'two', 'three', 'four')
VALUES = ('x', '', 'a b', '$(A)', '${B}/y', '$(C)$(A)', 'v$$HOME', '$(shell echo s)', 'x # why', 'y:z')
COMMANDS = (
    'echo $(A)',
    '@echo $(B) ${C}', '-echo $$X $A', '-@echo $@ $<', 'echo \\\n\t  $(C)', 'echo $(NONE)|', '@-echo "$(A)"',
    'echo $^', "echo '$(B)'", 'echo $(strip $(A))',
)  # fmt: skip


class Recorder(Walk):
    """Notes the scripts that it would follow."""

    def __init__(self, repository: Memory) -> None:
        super().__init__(repository, '')
        self.texts: list[str] = []

    def run(self, text: str, place: Place) -> None:
        self.texts.append(text)


def makefile(choose: random.Random) -> str:
    lines = []
    for _ in range(choose.randrange(6)):
        operator = choose.choice(('=', ':=', '?=', '+=', '::='))
        lines.append(f'{choose.choice(("", "", "export "))}{choose.choice(NAMES)} {operator} {choose.choice(VALUES)}')
    lines.append('.PHONY: ' + ' '.join(TARGETS))
    for at, target in enumerate(TARGETS):
        needs = ' '.join(choose.sample(TARGETS[at + 1 :], choose.randrange(len(TARGETS) - at)))
        inline = choose.random() < 0.1
        lines.append(f'{target}: {needs}' + (' ; echo inline' if inline else ''))
        lines += [f'\t{choose.choice(COMMANDS)}' for _ in range(choose.randrange(3))]
        if choose.random() < 0.2:
            lines.append('# a comment\n')
        if choose.random() < 0.2:
            lines += ['ifeq ($(A),x)', f'{choose.choice(NAMES)} = conditional', 'endif']
    return '\n'.join(lines) + '\n'


def ours(text: str, target: str) -> str:
    repository = Memory({'Makefile': text})
    walk = Recorder(repository)
    make.run_target(walk, make.load(repository, 'Makefile', '', {}), target, 0, set())
    return '\n'.join(walk.texts)


@pytest.mark.parametrize('seed', SEEDS)
def test_the_commands_are_those_of_make(seed: int, tmp_path: Path) -> None:
    if shutil.which('make') is None:
        pytest.skip('judge missing: GNU make')
    choose, wrong, asked = random.Random(seed), [], 0
    for _ in range(MAKEFILES):
        text, target = makefile(choose), choose.choice(TARGETS)
        (tmp_path / 'Makefile').write_text(text, encoding='utf-8')
        command = ['make', '-n', '--no-print-directory', target]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env={'PATH': '/usr/bin:/bin'})
        mine = ours(text, target)
        if done.returncode or MARK in mine:
            continue
        asked += 1
        if [*map(str.split, mine.split('\n'))] != [*map(str.split, done.stdout.split('\n')[:-1])] and mine:
            wrong.append((text, target, mine, done.stdout))
    tally('GNU make', asked)
    assert not wrong[:1]
    assert asked > MAKEFILES / 5

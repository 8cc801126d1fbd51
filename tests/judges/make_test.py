"""What make runs: our reading beside GNU make's, on made-up Makefiles.

Each is made by the real make, and each command that we say make runs is run by a shell of its own, with the variables
that we say it finds in its environment: both have to print the same.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from glob import glob
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hooks.makefile import Lost
from hooks.makefile.goals import Goals
from hooks.makefile.reader import Reader
from hooks.makefile.surroundings import Surroundings
from hooks.makefile.variables import Variables
from tests.judges._tally import tally

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hooks.makefile.goals import Command

ENV = {'PATH': '/usr/bin:/bin', 'E': 'from env', 'LC_ALL': 'C'}
NAMES = ('A', 'B', 'C', 'E', 'CC', 'D.x')
TARGETS = ('one', 'two', 'three', 'four', 'dir/five', 'there', 'six')
PATTERNS = ('w%', '%-x', 'dir/%', '%')
GOALS = (*TARGETS, 'wow', 'w-x', 'dir/w', 'dir/a-x')
OPERATORS = ('=', ':=', '?=', '+=', '::=', ' = ', ' ?= ')
VALUES = (
    'x', '', 'a b', '$(A)', '${B}/y', '$(C)$(A)', 'v$$HOME', 'x # why', 'y:z', 'a.c b.c', '$(A:.c=.o)', '$(E)',
    '$(CC)', '$(if $(A),yes,no)', '$(call f,$(A),z)', '$(subst a,b,$(B))', '$(patsubst %.c,%.o,$(A))',
    '$(addprefix p/,$(B))', '$(foreach i,$(A),<$(i)>)', '$(filter a% x,$(A))', '$(filter-out x,$(B))', '$(words $(A))',
    '$(word 2,$(A))', '$(sort b a $(A))', '$(firstword $(B))', '$(or $(A),$(B))', '$(and $(A),$(B))', '\\# no',
    '$(notdir p/q $(C))', '$(dir p/q r)', '$(basename a.b.c d/e.f)', '$(suffix a.b.c d)', '$(origin A)',
    '$(wildcard th*)', '$(wildcard there nowhere)', '$(strip  a   b )', 'a\\\n   b', '$($(D.x))', '$(join a b,1 2 3)',
    '$(lastword $(MAKEFILE_LIST))', '$(abspath x/../y)', '$(findstring a,$(A))', '(p) $(subst p,[,$(A))', "it's",
    '$(value B)', 'x,y', '$(patsubst a,b,$(A)) c', '$(info said)', '%', '$(if $(filter x,$(A)),$(B),)',
)  # fmt: skip
COMMANDS = (
    'echo $(A)', '@echo $(B) ${C}', '-echo $$E $A', '-@echo "$@" "$<"', 'echo \\\n\t  $(C)', 'echo $(NONE)|cat',
    '@-echo "$(A)"', 'echo "$^" "$(@D)/$(@F)"', "echo '$(B)'", 'echo $(strip $(A))', '$(Q)echo quiet', '$(lines)',
    'echo "$$A-$$B-$$C"', '+echo plus', '# a comment', 'A=1; echo "$$A"', 'echo "$+" "$|" "$*"', 'false', '-false',
)  # fmt: skip
CONDITIONS = (
    'ifeq ($(A),x)', 'ifneq ($(A), $(B))', 'ifdef C', 'ifndef A', "ifeq '$(A)' 'x'", 'ifeq ($(E),from env)',
    'ifeq ($(strip $(B)),)', 'ifdef $(C)',
)  # fmt: skip


@st.composite
def statements(draw: st.DrawFn, depth: int = 0) -> list[str]:
    found: list[str] = []
    for _ in range(draw(st.integers(0, 4 if depth else 9))):
        kind = draw(st.sampled_from(('assign',) * 3 + ('rule',) * 4 + ('condition', 'other', 'own')))
        name = draw(st.sampled_from(NAMES))
        if kind == 'assign':
            before = draw(st.sampled_from(('', '', '', 'export ', 'override ')))
            found.append(f'{before}{name}{draw(st.sampled_from(OPERATORS))}{draw(st.sampled_from(VALUES))}')
        elif kind == 'rule':
            found += draw(rules())
        elif kind == 'own':
            found.append(f'{draw(st.sampled_from(TARGETS))}: {name} := {draw(st.sampled_from(VALUES))}')
        elif kind == 'condition' and depth < 2:
            found.append(draw(st.sampled_from(CONDITIONS)))
            found += draw(statements(depth + 1))
            if draw(st.booleans()):
                found.append(draw(st.sampled_from(('else', f'else {draw(st.sampled_from(CONDITIONS))}'))))
                found += draw(statements(depth + 1))
            found.append('endif')
        else:
            found.append(draw(st.sampled_from((
                '# a comment', '', f'export {name}', f'unexport {name}', 'export', '.SILENT:', f'undefine {name}',
                '-include nowhere.mk', 'include more.mk', '$(eval A := evaluated $(B))', '# a \\\n comment',
                f'.DEFAULT_GOAL := {draw(st.sampled_from(TARGETS))}', f'define {name}\nx\ny z\nendef',
            ))))  # fmt: skip
    return found


@st.composite
def rules(draw: st.DrawFn) -> list[str]:
    targets = draw(st.lists(st.sampled_from(TARGETS), min_size=1, max_size=2, unique=True))
    first = TARGETS.index(max(targets, key=TARGETS.index)) + 1
    later = TARGETS[first:]
    needs = draw(st.lists(st.sampled_from(later), max_size=2)) if later else []
    after = draw(st.lists(st.sampled_from(later), max_size=1)) if later else []
    pattern = draw(st.sampled_from(('',) * 6 + (' t%: ', ' %: ')))
    if draw(st.integers(0, 5)) == 0:
        targets, pattern = [draw(st.sampled_from(PATTERNS))], ''
        needs += draw(st.sampled_from(((), ('th%',), ('%re',), ('w%',))))
    line = f'{" ".join(targets)}:{pattern}{" ".join(needs)}' + (f' | {" ".join(after)}' if after else '')
    inline = draw(st.sampled_from(('',) * 6 + (' ; echo inline $@', ';')))
    recipe = [f'\t{each}' for each in draw(st.lists(st.sampled_from(COMMANDS), max_size=3))]
    return [*([f'.PHONY: {targets[0]}'] if draw(st.booleans()) else []), line + inline, *recipe]


class Folder(Surroundings):
    """A folder of this machine."""

    def __init__(self, folder: Path) -> None:
        super().__init__(ENV)
        self.path, self.folder = folder, str(folder)

    def exists(self, path: str) -> bool | None:
        return os.path.exists(self.path / path)

    def text(self, path: str) -> str | None:
        return (self.path / path).read_text()

    def glob(self, pattern: str) -> list[str] | None:
        return sorted(glob(pattern, root_dir=self.path))


class Unsure(Exception):
    """We do not say what runs."""


class Recorder:
    """Runs in a shell what we say that make runs, until a command fails."""

    def __init__(self, folder: Path, variables: Variables) -> None:
        self.folder, self.variables, self.printed = folder, variables, ''

    def command(self, command: Command) -> None:
        # Where an environment is unset and where it is empty is the same to echo.
        env = {**ENV, **{name: value or '' for name, value in self.variables.exported().items()}}
        done = subprocess.run(['/bin/sh', '-c', command.text], cwd=self.folder, env=env, capture_output=True, text=True)
        self.printed += done.stdout
        if done.returncode and not command.ignored:
            raise InterruptedError

    def maybe(self, run: Callable[[], None]) -> None:
        raise Unsure

    def unknown(self) -> None:
        raise Unsure

    def missing(self, target: str) -> None:
        raise InterruptedError


def ours(folder: Path, goals: list[str], given: dict[str, str | None]) -> tuple[str, bool]:
    """What is printed, and whether make passes."""
    variables = Variables(Folder(folder), given)
    reader = Reader(variables)
    reader.read('Makefile', (folder / 'Makefile').read_text())
    if reader.remakes():
        raise Unsure
    recorder = Recorder(folder, variables)
    run = Goals(reader, recorder)
    named = goals or [run.default() or '']
    if not named[0]:
        raise Unsure
    try:
        for goal in named:
            run.goal(goal)
    except InterruptedError:
        return recorder.printed, False
    return recorder.printed, True


@pytest.fixture(scope='module')
def counts() -> dict[str, int]:
    return {'asked': 0, 'all': 0}


@settings(
    max_examples=int(os.environ.get('MAKEFILES', '400')),
    deadline=None,
    derandomize='MAKEFILES' not in os.environ,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(
    statements(), st.lists(st.sampled_from(GOALS), max_size=2),
    st.dictionaries(st.sampled_from(NAMES[:3]), st.sampled_from(('given', '', '$(B)'))),
)  # fmt: skip
def test_what_runs_is_what_make_runs(
    tmp_path: Path, counts: dict[str, int], text: list[str], goals: list[str], values: dict[str, str]
) -> None:
    if shutil.which('make') is None:
        pytest.skip('judge missing: GNU make')
    (tmp_path / 'Makefile').write_text('\n'.join(['Q = @', 'f = $(2)-$(1)-$(0)', *text]) + '\n')
    (tmp_path / 'there').write_text('')
    (tmp_path / 'whow').write_text('')
    (tmp_path / 'more.mk').write_text('B += included\nsix: ; echo more\n')
    counts['all'] += 1
    try:
        mine, passes = ours(tmp_path, goals, {**values})
    except (Lost, Unsure):
        return
    words = ['make', '-s', '--no-print-directory', *(f'{name}={value}' for name, value in values.items()), *goals]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, env=ENV)
    counts['asked'] += 1
    said = '\n'.join(line for line in done.stdout.split('\n') if line != 'said' and not line.startswith('make: '))
    assert (mine, passes) == (said, done.returncode == 0), done.stderr
    tally('GNU make', 1)


def test_most_of_them_are_understood(counts: dict[str, int]) -> None:
    assert counts['asked'] > counts['all'] / 4

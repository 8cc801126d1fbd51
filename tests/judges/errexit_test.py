"""The walk of a script beside real shells: whose failure fails it, which commands run, and whether it can pass at all.

Random scripts nest lists, groups, subshells, functions, loops, branches, pipes and other shells, with `set -e` on and
off. Their commands pass (`:`), fail (`false`) or are nobody's to know (`go vet N`): the shells run each script with all
of those passing, with one of them failing, and with all of them failing. In every one of these runs has to hold:

- it fails where a command failed of which the walk says that its failure is the script's;
- it fails where a command did not run of which the walk says that it surely runs;
- it fails where a command ran that the walk leaves out, and where the walk finds no way to the end.

The other way round the walk may be unsure, but not often: where in no run of any shell the failure of a command let the
script pass, though it passes otherwise, the walk should say so.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from typing import TYPE_CHECKING, NamedTuple

import pytest

from hooks.replay.image import Base
from hooks.replay.script import Script
from hooks.replay.shell import Shell, View
from tests._memory import Memory
from tests.judges._tally import tally

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

SHELLS = {'dash': ['dash'], 'busybox': ['busybox', 'sh'], 'bash': ['bash']}
# Scripts a seed; more of both for a long look.
SEEDS, SCRIPTS = range(int(os.environ.get('ERREXIT_SEEDS', '2'))), 1000
MOST_UNKNOWN = 4

GO = """#!/bin/sh
printf '%s ' "$2" >>"$LOG"
case " $FAILING " in *" $2 "*) exit 1;; esac
exit 0
"""
PRELUDE = """exec 2>/dev/null </dev/null
go() { printf '%s ' "$2" >>"$LOG"; case " $FAILING " in *" $2 "*) return 1;; esac; return 0; }
words() { case " $FAILING " in *" 1 "*) ;; *) echo a b;; esac; }
export LOG FAILING
"""


class Writer:
    """One random script."""

    def __init__(self, seed: int) -> None:
        self.choose, self.unknown, self.functions = random.Random(seed), 0, list[str]()
        # How many more commands there may be.
        self.left = self.choose.randint(2, 14)
        # What stands around the commands that are written.
        self.loops, self.inside_function, self.quoted, self.rounds = 0, False, 0, 0

    def one_of(self, *choices: str) -> str:
        return self.choose.choice(choices)

    def often(self, share: float) -> bool:
        return self.choose.random() < share

    def script(self) -> str:
        text = self.one_of('', '', 'set -e; ', 'set -e; ') + self.sequence(0)
        return text if self.unknown else f'{text}; {self.go()}'

    def go(self) -> str:
        self.unknown += 1
        return f'go vet {self.unknown}'

    def simple(self) -> str:
        kind = self.choose.random()
        if kind < 0.5 and self.unknown < MOST_UNKNOWN:
            return self.go()
        if kind < 0.72:
            return self.one_of(':', ':', 'false', 'false', '[ a = a ]', '[ a = b ]', 'x=1', '[ "$x" = 1 ]')
        if kind < 0.8:
            return self.leaving()
        if kind < 0.87 and self.functions:
            return self.choose.choice(self.functions)
        if kind < 0.93:
            return self.one_of('set -e', 'set -e', 'set +e', 'eval false', 'eval :', 'command false', 'set -- a b')
        return self.substitution()

    def leaving(self) -> str:
        kinds = ['exit 0', 'exit 1', 'exit', 'exit 3']
        if self.inside_function:
            kinds = [*kinds, 'return 0', 'return 1', 'return 1', 'return']
        if self.loops:
            kinds = [*kinds, 'break', 'continue', 'break', 'continue']
        return self.choose.choice(kinds)

    def substitution(self) -> str:
        around, self.loops, self.inside_function = (self.loops, self.inside_function), 0, False
        found = self.one_of('x=$({})', 'x=$({})', 'export x=$({})', ': $({})', 'x=a$({})').format(self.sequence(3))
        self.loops, self.inside_function = around
        return found

    def sequence(self, depth: int) -> str:
        found = self.and_or(depth)
        while self.left > 0 and self.often(0.5 if depth < 3 else 0.25):
            found += '; ' + self.and_or(depth)
        return found

    def and_or(self, depth: int) -> str:
        found = self.pipeline(depth)
        while self.left > 0 and self.often(0.35):
            found += self.one_of(' && ', ' || ') + self.pipeline(depth)
        return found

    def pipeline(self, depth: int) -> str:
        found = '! ' if self.often(0.12) else ''
        if self.often(0.1):
            self.loops, around = 0, self.loops
            inside, self.inside_function = self.inside_function, False
            found += self.command(depth) + ' | ' + self.command(depth)
            self.loops, self.inside_function = around, inside
            return found
        return found + self.command(depth)

    def command(self, depth: int) -> str:
        if depth > 2 or self.left < 0 or self.often(0.45 + depth / 8):
            self.left -= 1
            return self.simple()
        kinds = (
            self.group, self.group, self.subshell, self.subshell, self.conditional, self.conditional, self.loop,
            self.unknown_loop, self.case, self.function, self.function, self.other, self.evaluated,
        )  # fmt: skip
        return self.choose.choice(kinds)(depth + 1)

    def group(self, depth: int) -> str:
        return '{ ' + self.sequence(depth) + '; }'

    def subshell(self, depth: int) -> str:
        around, self.loops, self.inside_function = (self.loops, self.inside_function), 0, False
        found = '( ' + self.sequence(depth) + ' )'
        self.loops, self.inside_function = around
        return found

    def conditional(self, depth: int) -> str:
        found = f'if {self.sequence(depth)}; then {self.sequence(depth)}; '
        if self.often(0.25):
            found += f'elif {self.sequence(depth)}; then {self.sequence(depth)}; '
        return found + (f'else {self.sequence(depth)}; ' if self.often(0.5) else '') + 'fi'

    def loop(self, depth: int) -> str:
        self.loops += 1
        found = f'for i in {self.one_of("a", "a b", "a", "")}; do {self.sequence(depth)}; done'
        self.loops -= 1
        return found

    def unknown_loop(self, depth: int) -> str:
        self.loops += 1
        body = self.sequence(depth)
        self.loops -= 1
        if self.often(0.5):
            return f'for i in $(words); do {body}; done'
        # However often the body goes on, there are few rounds.
        self.rounds += 1
        n = f'n{self.rounds}'
        head = self.one_of(f'while {n}=x${n}; [ ${{#{n}}} -lt 3 ] &&', f'until {n}=x${n}; [ ${{#{n}}} -gt 2 ] ||')
        return f'{head} {{ {self.sequence(3)}; }}; do {body}; done'

    def case(self, depth: int) -> str:
        word = self.one_of('a', 'b', '$x', '$(words)')
        branches = ' '.join(f'{pattern}) {self.sequence(depth)};;' for pattern in ('a', '"a b"', '*')[:3])
        return f'case {word} in {branches} esac'

    def function(self, depth: int) -> str:
        around, self.loops = (self.loops, self.inside_function), 0
        self.inside_function, before = True, list(self.functions)
        name = f'g{len(self.functions)}_{self.choose.randint(0, 10**6)}'
        found = f'{name}() {{ {self.sequence(depth)}; }}; '
        self.loops, self.inside_function = around
        self.functions = [*before, name]
        return found + name if self.often(0.7) else found.removesuffix('; ')

    def other(self, depth: int) -> str:
        """Another shell: a process of its own."""
        if self.quoted:
            return self.group(depth)
        around = (self.loops, self.inside_function, self.functions)
        self.loops, self.inside_function, self.functions, self.quoted = 0, False, [], 1
        found = f"SHELL {self.one_of('-c', '-ec')} '{self.sequence(depth)}'"
        (self.loops, self.inside_function, self.functions), self.quoted = around, 0
        return found

    def evaluated(self, depth: int) -> str:
        if self.quoted:
            return self.group(depth)
        self.quoted = 1
        found = f"eval '{self.sequence(depth)}'"
        self.quoted = 0
        return found


class Walked(NamedTuple):
    """What the walk says: of which commands the failure is the script's, which surely run, which may, and the end."""

    fatal: frozenset[int]
    sure: frozenset[int]
    may_run: frozenset[int]
    lost: bool
    followed: bool


def walk(text: str) -> Walked:
    script = Script(Shell(View(Base()), '/app', {'PATH': '/bin'}), Memory({}))
    script.run(text.replace('SHELL', 'sh'))
    calls = [(int(call.command.args[0] or ''), call) for call in script.calls]
    fatal = {number for number, call in calls if call.fatal} - {number for number, call in calls if not call.fatal}
    sure = {number for number, call in calls if call.shell.sure}
    followed = script.shell.cwd is not None or script.failure is not None
    return Walked(frozenset(fatal), frozenset(sure), frozenset(number for number, _ in calls), script.gone, followed)


class Run(NamedTuple):
    failing: frozenset[int]
    ran: frozenset[int]
    status: int


def sets(count: int) -> Iterator[frozenset[int]]:
    everything = frozenset(range(1, count + 1))
    yield frozenset()
    yield from (frozenset((number,)) for number in everything)
    if count > 1:
        yield everything
    if count > 2:
        yield from (everything - {number} for number in everything)


def runs(name: str, scripts: Sequence[tuple[str, int]], folder: Path) -> list[list[Run]]:
    """What a shell does with each script, for each choice of failing commands."""
    (folder / 'go').write_text(GO)
    (folder / 'go').chmod(0o755)
    lines, asked = [PRELUDE], []
    for text, count in scripts:
        for failing in sets(count):
            asked.append(failing)
            names = ' '.join(map(str, sorted(failing)))
            own = text.replace('SHELL', 'sh' if name != 'bash' else 'bash')
            lines.append(f"FAILING='{names}'; (\n{own}\n) >/dev/null; printf '=%s\\n' $? >>\"$LOG\"")
    (folder / 'script').write_text('\n'.join(lines) + '\n')
    (folder / 'log').write_text('')
    for link in ('sh',):
        (folder / link).unlink(missing_ok=True)
        (folder / link).symlink_to(shutil.which(SHELLS[name][0]) or '')
    env = {'PATH': f'{folder}:{os.environ["PATH"]}', 'LC_ALL': 'C', 'LOG': str(folder / 'log')}
    subprocess.run([*SHELLS[name], str(folder / 'script')], cwd=folder, env=env, check=False, timeout=600)
    answers = iter((folder / 'log').read_text().split('\n'))
    found: list[list[Run]] = []
    for _, count in scripts:
        own_runs = []
        for failing in sets(count):
            ran, _, status = next(answers).partition('=')
            own_runs.append(Run(failing, frozenset(map(int, ran.split())), int(status)))
        found.append(own_runs)
    return found


def wrong(walked: Walked, run: Run) -> str:
    """What a run proves wrong; '' where it agrees."""
    if run.status:
        return ''
    if walked.lost:
        return 'it passes'
    for number in sorted(run.failing & run.ran & walked.fatal):
        return f'it passes although {number} failed'
    for number in sorted(walked.sure - run.ran):
        return f'{number} does not run'
    for number in sorted(run.ran - walked.may_run) if walked.followed else ():
        return f'{number} runs'
    return ''


@pytest.mark.parametrize('seed', SEEDS)
def test_the_walk_says_what_the_shells_do(seed: int, tmp_path: Path) -> None:
    missing = [name for name, command in SHELLS.items() if shutil.which(command[0]) is None]
    if missing:
        pytest.skip(f'judge missing: {missing[0]}')
    writers = [Writer(seed * SCRIPTS + number) for number in range(SCRIPTS)]
    scripts = [(writer.script(), writer.unknown) for writer in writers]
    walks = [walk(text) for text, _ in scripts]
    answers = {name: runs(name, scripts, tmp_path) for name in SHELLS}
    wrongs = [
        f'{name}: {text}\n    {said} where {sorted(run.failing)} fail'
        for name, found in answers.items()
        for (text, _), walked, own in zip(scripts, walks, found)
        for run in own
        if (said := wrong(walked, run))
    ]
    assert not wrongs, f'{len(wrongs)}:\n' + '\n'.join(sorted(wrongs, key=len)[:8])
    for name in SHELLS:
        tally(name, len(scripts))
    fatal = [_fatal([run for own in answers.values() for run in own[at]]) for at in range(len(scripts))]
    unsaid = [
        f'{text}\n    {sorted(found - walked.fatal)}'
        for (text, _), walked, found in zip(scripts, walks, fatal)
        if found - walked.fatal and walked.followed
    ]
    if os.environ.get('ERREXIT_UNSAID'):
        print('\n'.join(sorted(unsaid, key=len)[:15]))
    missed, all_of = sum(len(found - walked.fatal) for found, walked in zip(fatal, walks)), sum(map(len, fatal))
    assert missed < all_of * 0.2, f'{missed} of {all_of}:\n' + '\n'.join(sorted(unsaid, key=len)[:8])


def _fatal(found: Sequence[Run]) -> frozenset[int]:
    """The commands whose failure no shell survives, where scripts pass that run them."""
    passing = [run for run in found if run.status == 0]
    ran = frozenset().union(*(run.ran for run in passing))
    return frozenset(number for number in ran if not any(number in run.failing & run.ran for run in passing))

"""RUN's shell text beside real shells: what words expand to, what scripts run, and which of them are scripts at all.

Structure is judged by execution: random scripts of `t` (true), `f` (false) and `log N` run in the shell, a small
interpreter walks our tree of them, and both have to log the same and end with the same status.
"""

from __future__ import annotations

import fnmatch
import os
import random
import shutil
import subprocess
from typing import TYPE_CHECKING, NamedTuple

import pytest

from hooks.shell import expand, expand_value, parse, tree
from tests.judges._tally import tally

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SHELLS = {'dash': ['dash'], 'busybox': ['busybox', 'sh'], 'bash': ['bash']}
SEEDS = range(3)


def shell(name: str) -> list[str]:
    if shutil.which(SHELLS[name][0]) is None:
        pytest.skip(f'judge missing: {name}')
    return SHELLS[name]


def run(command: list[str], script: str, folder: Path) -> tuple[bytes, int]:
    environ = {'PATH': os.environ['PATH'], 'LC_ALL': 'C'}
    path = folder / 'script'
    path.write_bytes(script.encode('utf-8', 'surrogateescape'))
    done = subprocess.run([*command, str(path)], capture_output=True, cwd=folder, env=environ, check=False, timeout=60)
    return done.stdout, done.returncode


# --- Words

VALUES = {'A': 'a', 'B': 'b c', 'S': ' x  y ', 'E': '', 'N': '1\n2\t3', 'V': 'v1.2.3', 'Q': 'a"b\'c$A', 'P': 'a:b'}
ENV: dict[str, str | None] = {**VALUES, 'unknown': None}
ATOMS = (
    'a', 'go.mod', './cmd', '-o', '=', '/', ':', '{', '}', '{a}', ',', '#', '%', '!', '@', '+', '[', ']', '*', '?',
    '^', '~', '\\ ', '\\a', '\\$', '\\"', "\\'", '\\\\', '\\\n', '\\#', '$', '$.', "''", '""', "'a b'", "'$A'",
    "'\\'", "'\"'", "'*'", '$A', '$B', '$S', '$E', '$N', '$V', '$Q', '$U', '${A}', '${B}', '${S}', '${E}', '${U}',
    '$Ab', '${A}b', '\\\n',
)  # fmt: skip
QUOTED_ATOMS = (
    'a', ' ', '  b', '\n', '\t', "'", '\\"', '\\a', '\\$', '\\`', '\\\\', '\\\n', '*', '~', '#', ';', '&', '(', ')',
    '{a,b}', '$', '$.', "$'", '$A', '$B', '$S', '$E', '$N', '$V', '$Q', '$U', '${A}', '${S}', '${U}b',
)  # fmt: skip
OPERATORS = ('-', ':-', '+', ':+', '=', ':=', '?', ':?', '#', '##', '%', '%%')
INSIDE = ('a', ' ', 'b c', ' d', 'v', '.3', '"e f"', "'g h'", '\\}', '\\ ', '""', ' x', 'y ', '$A', '"$S"', '$U', '1')


def word(choose: random.Random, depth: int = 0) -> str:
    return ''.join(part(choose, depth) for _ in range(choose.randint(1, 4)))


def part(choose: random.Random, depth: int) -> str:
    kind = choose.random()
    if kind < 0.5:
        return choose.choice(ATOMS)
    if kind < 0.75:
        inside = [choose.choice(QUOTED_ATOMS) for _ in range(choose.randint(0, 3))]
        return '"' + ''.join(inside) + (parameter(choose, depth + 1) if choose.random() < 0.3 else '') + '"'
    return parameter(choose, depth + 1)


def parameter(choose: random.Random, depth: int) -> str:
    name = choose.choice((*VALUES, 'U', 'W'))
    if choose.random() < 0.1:
        return f'${{#{name}}}'
    inside = ''.join(choose.choice(INSIDE) for _ in range(choose.randint(0, 2)))
    if depth < 3 and choose.random() < 0.2:
        inside += parameter(choose, depth + 1)
    return f'${{{name}{choose.choice(OPERATORS)}{inside}}}'


def quote(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


@pytest.mark.parametrize('name', SHELLS)
@pytest.mark.parametrize('seed', SEEDS)
def test_fields(name: str, seed: int, tmp_path: Path) -> None:
    command = shell(name)
    choose = random.Random(seed)
    words = [one for one in (word(choose) for _ in range(1200)) if not one.startswith(('#', '\\\n'))]
    known = [(one, fields) for one in words if (fields := expand(one, ENV)) is not None]
    assert len(known) > len(words) / 3
    script = [
        'set -f',
        *(f'{key}={quote(value)}' for key, value in VALUES.items()),
        'p() { printf \'%s\\0\' $# "$@"; }',
    ]
    script += [f'(p {one}\n) 2>/dev/null; printf "|\\0"' for one, _ in known]
    out, _ = run(command, '\n'.join(script), tmp_path)
    answers = out.decode().split('|\0')
    assert len(answers) == len(known) + 1
    tally(name, len(known))
    for (one, fields), answer in zip(known, answers):
        assert (one, '\0'.join((str(len(fields)), *fields, ''))) == (one, answer)


@pytest.mark.parametrize('name', SHELLS)
@pytest.mark.parametrize('seed', SEEDS)
def test_values(name: str, seed: int, tmp_path: Path) -> None:
    command = shell(name)
    choose = random.Random(seed + 100)
    words = [word(choose) for _ in range(1200)]
    known = [(one, value) for one in words if (value := expand_value(one, ENV)) is not None]
    assert len(known) > len(words) / 3
    script = [f'{key}={quote(value)}' for key, value in VALUES.items()]
    script += [f'(v={one}\nprintf "%s" "$v") 2>/dev/null; printf "|\\0"' for one, _ in known]
    out, _ = run(command, '\n'.join(script), tmp_path)
    answers = out.decode().split('|\0')
    assert len(answers) == len(known) + 1
    tally(name, len(known))
    for (one, value), answer in zip(known, answers):
        assert (one, value) == (one, answer)


# --- Structure

PRELUDE = """exec 3>&1 >/dev/null 2>&1 </dev/null
t() { return 0; }; f() { return 1; }; log() { printf '%s ' "$1" >&3; }
tick() { n=$((n-1)); [ "$n" -ge 0 ]; }
"""
NOISE = (
    'a', 'if', 'done', '{', '}', 'esac', '!', '"a;b"', "'#'", 'a#b', '\\;', '\\#', '"&&"', "'\n'", '"\n"', 'a\\\nb',
    '\\)', '"$(printf ")")"', "$(printf ')')", '`t`', '"`t "x"`"', '${x:-a b}', '"${x:-"}"}"', "${x#'}'}",
    '"${x:-\'\'}"', '$((1+(2)))', '$(case a in a) t;; (b) t; esac)', '"\\""', "'\\'", '$(t # )\n)', '${#x}', '$#',
    '"$@"', '$(cat <<E\n)\nE\n)', '=', 'a=b', '$(t; (t) )', '`echo \\`t\\``', '"$(echo "$(echo "a b")")"', '[', ']',
    '~', '\\\n', 'time', "''",
)  # fmt: skip
REDIRECTS = (
    ' >/dev/null',
    ' 2>&1',
    ' </dev/null',
    '>/dev/null',
    ' 1>&2',
    ' >&2',
    ' 2>>/dev/null',
    ' <&-',
    ' >|/dev/null',
)
HEREDOCS = (
    ('<<E', 'log 9\nfi\n)\n\'"\n', 'E'), ("<<'E'", '$(\n`\n\\\n', 'E'), ('<<-E', '\tE \n}\n', '\t\tE'), ('<<\\E', '',
    'E'),
)  # fmt: skip


class Writer:
    """Random scripts; every `log` of a script has a number of its own."""

    def __init__(self, seed: int) -> None:
        self.choose, self.logs, self.functions, self.bodies = random.Random(seed), 0, list[str](), ''

    def one_of(self, *choices: str) -> str:
        return self.choose.choice(choices)

    def often(self, share: float) -> bool:
        return self.choose.random() < share

    def newline(self) -> str:
        """A newline, behind which the open here-documents stand."""
        bodies, self.bodies = self.bodies, ''
        return self.one_of('\n', ' \n', ' # ) done "\n', '\n\n' if not bodies else '\n') + bodies

    def end(self) -> str:
        return self.one_of(';', ' ; ') if self.often(0.5) else self.newline()

    def gap(self) -> str:
        return self.one_of(' ', ' ', '  ', '\t', ' \\\n ' if not self.bodies else ' ')

    def redirect(self) -> str:
        if self.often(0.15):
            operator, body, delimiter = self.choose.choice(HEREDOCS)
            self.bodies += f'{body}{delimiter}\n'
            return ' ' + operator
        return self.choose.choice(REDIRECTS) if self.often(0.25) else ''

    def noise(self) -> str:
        found = ''
        while self.often(0.3):
            choices = [one for one in NOISE if not self.bodies or '\n' not in one]
            found += self.gap() + self.choose.choice(choices)
        return found

    def simple(self) -> str:
        kind = self.choose.random()
        if kind < 0.5:
            self.logs += 1
            return self.one_of('', 'a=b ') + f'log{self.gap()}"{self.logs}"{self.redirect()}'
        if kind < 0.6:
            return self.one_of('x="a b"', 'x=', 'log "$x"', 'log $x')
        if kind < 0.7 and self.functions:
            return self.choose.choice(self.functions)
        command = self.one_of('t', 'f', "'t'", '\\f', '"f"')
        return self.one_of('', '</dev/null ') + command + self.noise() + self.redirect()

    def sequence(self, depth: int) -> str:
        found = self.and_or(depth)
        while self.often(0.4):
            found += ' & wait ' if self.often(0.05) else ''
            found += self.end() + self.and_or(depth)
        return found + self.end()

    def and_or(self, depth: int) -> str:
        found = self.pipeline(depth)
        while self.often(0.3):
            operator = self.one_of(' && ', ' || ', '&&', '||')
            found += operator + (self.newline() if self.often(0.2) else '') + self.pipeline(depth)
        return found

    def pipeline(self, depth: int) -> str:
        found = '! ' if self.often(0.1) else ''
        if self.often(0.1):
            # What runs side by side must not log.
            found += self.one_of('t | ', 'f |', 'printf a|', '(t) | ', '{ f; } |')
        return found + self.command(depth)

    def command(self, depth: int) -> str:
        if depth > 2 or self.often(0.55 + depth / 7):
            return self.simple()
        kinds = (self.group, self.subshell, self.conditional, self.loop, self.counted, self.case, self.function)
        return self.choose.choice(kinds)(depth + 1)

    def group(self, depth: int) -> str:
        return '{' + self.one_of(' ', '\n' if not self.bodies else ' ') + self.sequence(depth) + '}' + self.redirect()

    def subshell(self, depth: int) -> str:
        return '( ' + self.sequence(depth).removesuffix(';') + ')' + self.redirect()

    def conditional(self, depth: int) -> str:
        found = f'if {self.sequence(depth)}then {self.sequence(depth)}'
        while self.often(0.3):
            found += f'elif {self.sequence(depth)}then {self.sequence(depth)}'
        if self.often(0.5):
            found += f'else {self.sequence(depth)}'
        return found + 'fi' + self.redirect()

    def loop(self, depth: int) -> str:
        words = self.one_of('', ' a', ' a "b c"', ' a $U b', ' "" $x', ' ! in')
        # dash reads no here-document behind the words of a `for`.
        end = self.one_of(';', ' ; ') if self.bodies else self.end()
        return f'for x in{words}{end}do {self.sequence(depth)}done' + self.redirect()

    def counted(self, depth: int) -> str:
        # Whatever stands inside leaves n negative, so that these loops end.
        count = f'n={self.choose.randint(0, 2)};'
        head = self.one_of(
            f'{count}while tick', f'{count}until ! tick', f'{count}while tick && t', 'while f', 'until t'
        )
        return f'{head}{self.end()}do {self.sequence(depth)}done' + self.redirect()

    def case(self, depth: int) -> str:
        word = self.one_of('$x', 'a', 'done', '"$x"')
        found = f'case {word} in' + (self.newline() if self.often(0.5) else ' ')
        for _ in range(self.choose.randint(0, 3)):
            pattern = self.one_of('a)', '(a|b)', "'a b' | c )", '*)', 'a*)', 'done|if)', '"$x")', '?)')
            found += pattern + (self.sequence(depth) if self.often(0.8) else '')
            found = found.removesuffix(';') + ';;' + (self.newline() if self.often(0.5) else ' ')
        return found + 'esac' + self.redirect()

    def function(self, depth: int) -> str:
        name = f'g{self.choose.randint(0, 10**9)}'
        callable_before = list(self.functions)
        body = self.one_of('{ ', '( ')
        found = f'{name}{self.one_of("()", " ( )", "() ")}{body}{self.sequence(depth)}{"}" if body == "{ " else ")"}'
        self.functions = [*callable_before, name]
        return found

    def script(self) -> str:
        found = self.sequence(0)
        return found + (self.newline() if self.bodies else '')


class State(NamedTuple):
    """`log` is shared by all, the rest is a subshell's own."""

    log: list[str]
    env: dict[str, str | None]
    functions: dict[str, tree.Node]

    def own(self) -> State:
        return State(self.log, dict(self.env), dict(self.functions))


def interpret(node: tree.Node | None, state: State) -> int:
    """The exit status of a tree."""
    match node:
        case tree.Simple():
            return simple(node, state)
        case tree.And():
            return interpret(node.left, state) or interpret(node.right, state)
        case tree.Or():
            return interpret(node.left, state) and interpret(node.right, state)
        case tree.Not():
            return int(not interpret(node.body, state))
        case tree.Group():
            return interpret(node.body, state)
        case tree.Subshell() | tree.Background():
            status = interpret(node.body, state.own())
            return status if isinstance(node, tree.Subshell) else 0
        case tree.Seq():
            return ([0] + [interpret(part, state) for part in node.parts])[-1]
        case tree.Pipe():
            return [interpret(part, state.own()) for part in node.parts][-1]
        case tree.If():
            for condition, body in node.branches:
                if not interpret(condition, state):
                    return interpret(body, state)
            return interpret(node.orelse, state) if node.orelse else 0
        case tree.Loop():
            return loop(node, state)
        case tree.Case():
            value = ' '.join(expand(node.word, state.env) or ())
            for patterns, body in node.branches:
                if any(fnmatch.fnmatchcase(value, ' '.join(expand(one, state.env) or ())) for one in patterns):
                    return interpret(body, state)
            return 0
        case tree.Function():
            state.functions[node.name] = node.body
            return 0
    raise AssertionError(node)


def loop(node: tree.Loop, state: State) -> int:
    status = 0
    for field in [field for one in node.words for field in expand(one, state.env) or ()]:
        state.env[node.name] = field
        status = interpret(node.body, state)
    while node.condition and (not interpret(node.condition, state)) == (node.kind == 'while'):
        status = interpret(node.body, state)
    return status


def simple(node: tree.Simple, state: State) -> int:
    if not node.words:
        state.env.update((key, expand_value(value, state.env)) for key, value in node.assigns)
        return 0
    name = (expand(node.words[0], state.env) or ('',))[0]
    if name == 'tick':
        count = int(state.env.get('n') or 0) - 1
        state.env['n'] = str(count)
        return int(count < 0)
    if name == 'log':
        fields = expand(node.words[1], state.env) or ('',)
        state.log.append(fields[0])
    if name in state.functions:
        return interpret(state.functions[name], state)
    return {'t': 0, 'f': 1, 'log': 0, 'wait': 0, 'printf': 0}.get(name, 127)


@pytest.mark.parametrize('name', SHELLS)
@pytest.mark.parametrize('seed', SEEDS)
def test_structure(name: str, seed: int, tmp_path: Path) -> None:
    command = shell(name)
    for number in range(120):
        script = Writer(seed * 1000 + number).script()
        node = parse(script)
        assert node is not None, script
        state = State([], {}, {})
        status = interpret(node, state)
        out, real_status = run(command, PRELUDE + script, tmp_path)
        tally(name)
        assert (script, ''.join(one + ' ' for one in state.log), status) == (script, out.decode(), real_status)


# --- Acceptance

TOKENS = (
    ';', '&&', '||', '|', '&', '(', ')', '{', '}', 'if', 'then', 'fi', 'else', 'elif', 'for', 'in', 'do', 'done',
    'case', 'esac', ';;', '!', '\n', "'", '"', '`', '$(', '${', '$((', '))', '((', '[[', ']]', '#', '>', '<', '<<E',
    '<<<', '\\', '$', 'function', 'x()', 'time', '&>', '<(', 'a=(', '2>', '>&', ';&', ' ', 'while', '$x',
)  # fmt: skip


def damaged(seed: int) -> str:
    """A script with a few random edits."""
    writer = Writer(seed)
    script, choose = writer.script(), writer.choose
    for _ in range(choose.randint(1, 2)):
        at = choose.randrange(len(script))
        cut = choose.choice((0, 0, 1, 2))
        space = choose.choice(('', ' '))
        script = script[:at] + space + choose.choice(('', *TOKENS)) + space + script[at + cut :]
    return script


@pytest.mark.parametrize('seed', SEEDS)
def test_what_no_shell_accepts_is_none(seed: int, tmp_path: Path) -> None:
    commands: list[Callable[[], list[str]]] = [lambda name=name: [*shell(name), '-n'] for name in SHELLS]  # type: ignore[misc]
    accepted = 0
    for number in range(400):
        script = damaged(seed * 1000 + number)
        if parse(script) is None:
            continue
        accepted += 1
        assert any(run(command(), script, tmp_path)[1] == 0 for command in commands), script
        tally('dash, busybox or bash')
    assert accepted > 100

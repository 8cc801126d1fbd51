"""What bake files build: our reading beside that of `docker buildx bake`, on made-up files."""

from __future__ import annotations

import functools
import json
import os
import random
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from hooks.builds.bakefile import FIELDS, Bake, Target
from hooks.hcl import NotUnderstood
from tests.judges._tally import tally

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'bake')
MANY = 400
SEEDS = range(2)

EXPRESSIONS = (
    '"."', '"a"', '"./a/"', '"a/${TAG}"', '"${TAG}"', 'TAG', '"${SUB}/x"', 'SUB', '"a-b"', '"é\\u00e9\\t\\"q\\""',
    '"$${A}"', '"%%{x}"', '"100%"', '"$"', '"a$b"', 'TAG == "1" ? "a" : "b"', 'SUB != "" ? SUB : "none"',
    'FLAG ? "a" : "b"', '(TAG)', '("x")', 'upper("a${TAG}")', 'lower(SUB)', 'trimprefix(TAG, "v")',
    'trimsuffix(TAG, "1")', 'trimspace(" a ")', 'replace(TAG, ".", "-")', 'join("-", ["a", TAG])',
    'split("/", "a/b")[1]', 'LIST[0]', 'MAP.one', 'MAP["two"]', 'coalesce("", "b")', 'coalesce(null, "b")',
    'equal(TAG, "1") ? "y" : "n"', 'notequal("", SUB) ? "y" : "n"', 'and(FLAG, true) ? "y" : "n"',
    'or(FLAG, false) ? "y" : "n"', 'not(FLAG) ? "y" : "n"', 'NUMBER', '1.20', '21', '-3', 'true', 'null',
    'twice("b")', 'pair(TAG, "z")', 'TYPED', 'EMPTY', '"${NUMBER}"', '"${FLAG}-${NUMBER}"', 'TAG == 1 ? "n" : "s"',
    '!FLAG ? "a" : "b"', 'FLAG && TAG == "1" || false ? "a" : "b"', 'NONE', '"${TAG == "1" ? "in" : "out"}"',
    'GLOBAL', 'LIST[5]', 'MISSING', '"${~ TAG ~}"', '"%{ if FLAG }a%{ else }b%{ endif }"', '1 + 2',
    'NUMBER > 1 ? "g" : "l"', 'target.base.context', 'nosuch(TAG)', '[for x in LIST : x][0]',
    'formatlist("%s", LIST)[0]', '{a = "b"}.a', '-"a"', 'twice', '<<EOT\nheredoc\nEOT\n', '"${upper("x")}${"y"}"',
    'LIST.0', 'LIST[*][0]', 'concat(LIST, ["z"])[1]',
)  # fmt: skip
EVALUATED = EXPRESSIONS.index('GLOBAL')
HEAD = """
variable "TAG" { default = %s }
variable "SUB" {
  default = %s # why
}
variable "FLAG" { default = %s }
variable "NUMBER" { default = 2 }
variable "LIST" { default = ["l0", "l1"] }
variable "MAP" {
  default = { one = "m1", "two" : "m2" }
}
variable "TYPED" {
  type = string
  default = 12
}
variable "EMPTY" {}
variable "NONE" { type = string }
GLOBAL = "g"
function "twice" {
  params = [x]
  result = "${x}${x}"
}
function "pair" {
  params = [left, right]
  result = join("+", [left, right])
}
/* a comment
   of two lines */
"""
NAMES = ('base', 'api', 'web-app', 'job_1', 'lib')


@functools.cache
def judge() -> str:
    binary = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(SOURCE))), '.cache', 'bake-judge')
    if shutil.which('go') is None:
        pytest.skip('judge missing: bake: needs Go')
    os.makedirs(os.path.dirname(binary), exist_ok=True)
    environ = {**os.environ, 'GOFLAGS': '-mod=readonly', 'CGO_ENABLED': '0'}
    built = subprocess.run(['go', 'build', '-o', binary, '.'], cwd=SOURCE, env=environ)
    if built.returncode:
        pytest.skip('judge missing: bake: does not build')
    return binary


def expression(choose: random.Random) -> str:
    # Few of what is not evaluated, or a mistake: most files are to load.
    return choose.choice(EXPRESSIONS if choose.random() < 0.03 else EXPRESSIONS[:EVALUATED])


def attributes(choose: random.Random, inherits: list[str]) -> list[str]:
    lines: list[str] = []
    for key in (*FIELDS, 'dockerfile'):
        if choose.random() < 0.4 and not any(line.startswith(f'{key} ') for line in lines):
            lines.append(f'{key} = {expression(choose)}')
    if choose.random() < 0.6:
        pairs = [
            f'{choose.choice(("A", "B", "GO_VERSION"))}{choose.choice((" = ", ": "))}{expression(choose)}'
            for _ in range(choose.randrange(3))
        ]
        pairs = list({pair.split('=')[0].split(':')[0].strip(): pair for pair in pairs}.values())
        inside = choose.choice((', ', '\n    ', ',\n    ')).join(pairs)
        lines.append(f'args = {{\n    {inside}\n  }}' if choose.random() < 0.5 else f'args = {{ {", ".join(pairs)} }}')
    if choose.random() < 0.2:
        lines.append(f'contexts = {{ lib = {expression(choose)}, "x/y" = "docker-image://z" }}')
    if choose.random() < 0.3:
        lines.append('platforms = ["linux/amd64", "linux/arm64"]')
    if choose.random() < 0.1:
        lines.append('dockerfile-inline = <<EOT\nFROM scratch\nRUN echo "${TAG}" }\nEOT')
    if choose.random() < 0.2:
        lines.append('tags = [for x in LIST : "a:${x}"]')
    if choose.random() < 0.4 and inherits:
        lines.append(f'inherits = {json.dumps(choose.sample(inherits, choose.randrange(1, len(inherits) + 1)))}')
    choose.shuffle(lines)
    return lines


def hcl(choose: random.Random) -> str:
    quoted = ('""', '"1"', '"v1.2"')
    text = HEAD % (choose.choice(quoted), choose.choice(quoted), choose.choice(('true', 'false')))
    before: list[str] = []
    for name in NAMES[: choose.randrange(1, 6)]:
        lines = attributes(choose, before)
        if choose.random() < 0.25:
            axes = choose.choice(
                (
                    '{ item = ["a", "b"] }',
                    '{ item = LIST, other = ["x"] }',
                    '{ item = [{n = "a", d = "p"}, {n = "b", d = "q"}] }',
                )
            )
            of = 'item.n' if 'n =' in axes else 'item'
            lines += [f'matrix = {axes}', f'name = "{name}-${{{of}}}"']
            lines = [line.replace('"a"', of) for line in lines[:-2]] + lines[-2:]
            before += [f'{name}-{each}' for each in (('l0', 'l1') if 'LIST' in axes else ('a', 'b'))]
        else:
            before.append(name)
        text += f'target "{name}" {{\n  ' + '\n  '.join(lines) + '\n}\n'
    return text + f'group "default" {{ targets = ["{before[0]}"] }}\n'


def as_json(choose: random.Random) -> str:
    strings = ('.', 'a', '${TAG}', 'a/${SUB}', '$${X}', '${upper(TAG)}', 'q"b\\', '100%', '${TAG == "1" ? "a" : "b"}')
    targets: dict[str, Any] = {}
    for name in NAMES[: choose.randrange(1, 4)]:
        targets[name] = {key: choose.choice(strings) for key in FIELDS if choose.random() < 0.5}
        targets[name]['args'] = {'A': choose.choice((*strings, 1, True, None)), 'B${TAG}': 'x'}
        if len(targets) > 1 and choose.random() < 0.5:
            targets[name]['inherits'] = [NAMES[0]]
    found = {'variable': {'TAG': {'default': choose.choice(('1', 'v'))}, 'SUB': {}}, 'target': targets}
    return json.dumps(found, indent=choose.choice((None, 2)))


def differences(target: Target, judged: dict[str, Any]) -> list[str]:
    """Where a known value of ours is not the judge's; what we say is not known may be anything."""
    defaults = {'context': '.', 'dockerfile': 'Dockerfile', 'target': ''}
    if target.inline or 'dockerfile-inline' in judged:
        return [] if target.inline == ('dockerfile-inline' in judged) or target.open else ['inline']
    # What is empty is not set.
    fields = {key: defaults[key] if target.fields.get(key, '') == '' else target.fields[key] for key in FIELDS}
    pairs: list[tuple[str, object, object]] = [(key, fields[key], judged.get(key) or defaults[key]) for key in FIELDS]
    args, contexts = judged.get('args') or {}, judged.get('contexts') or {}
    # What the judge prints can be read again.
    args = {name: value.replace('$${', '${').replace('%%{', '%{') for name, value in args.items()}
    pairs += [(f'args.{name}', value, args.get(name)) for name, value in target.args.items()]
    pairs += [(f'contexts.{name}', value, contexts.get(name)) for name, value in target.contexts.items()]
    if not target.open:
        pairs += [(f'args.{name}', 'absent', value) for name, value in args.items() if name not in target.args]
    if target.platforms:
        pairs.append(('platforms', target.platforms, tuple(judged.get('platforms', ()))))
    return [f'{key}: {mine!r}, not {his!r}' for key, mine, his in pairs if mine is not None and mine != his]


@pytest.mark.parametrize('seed', SEEDS)
def test_targets_are_those_of_bake(seed: int, tmp_path: Path) -> None:
    choose, binary = random.Random(seed), judge()
    asked: list[list[tuple[str, str]]] = []
    for at in range(MANY):
        makers = [(hcl, 'hcl')] * 4 + [(as_json, 'json')]
        chosen = choose.choices(makers, k=choose.choice((1, 1, 1, 2)))
        files = [(f'{at}-{number}.{ending}', make(choose)) for number, (make, ending) in enumerate(chosen)]
        for path, text in files:
            (tmp_path / path).write_text(text, encoding='utf-8')
        asked.append(files)
    lines = ''.join('\t'.join(str(tmp_path / path) for path, _ in files) + '\n' for files in asked)
    done = subprocess.run([binary], input=lines, stdout=subprocess.PIPE, text=True, check=True)
    answers, loaded, known, wrong = done.stdout.split('\n')[:-1], 0, 0, list[str]()
    assert len(answers) == MANY
    for files, line in zip(asked, answers):
        judged = json.loads(line)
        if isinstance(judged.get('error'), str):
            continue
        loaded += 1
        try:
            bake = Bake(files, lambda name: False)
        except NotUnderstood:
            wrong.append(f'{files[0][0]}: not understood')
            continue
        if judged.keys() != bake.targets.keys():
            wrong.append(f'{files[0][0]}: {sorted(bake.targets)}, not {sorted(judged)}')
        for name in judged.keys() & bake.targets.keys():
            target = bake.resolved(name)
            known += not target.open and None not in target.fields.values()
            wrong += [f'{files[0][0]} {name}: {it}' for it in differences(target, judged[name])]
    tally('bake', loaded)
    assert not wrong
    assert loaded > MANY / 3
    assert known > loaded / 2

"""What a compose file builds: our reading beside compose-go's, which docker compose loads its files with."""

from __future__ import annotations

import functools
import json
import os
import random
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from hooks.builds import compose, composefile
from hooks.builds.composefile import Build, Reader
from hooks.builds.declarations import TOP, join
from hooks.context.index import Repository
from tests.judges._tally import tally

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'compose')
PROJECTS = 300
SEEDS = range(2)

ENV = 'A=a\nEMPTY=\nB=${A}b\nexport C="c d" # why\nD=\'$A\'\nE=e#f # g\nF=$UNSET\n'
PATHS = ('.', './a', 'a/', 'a/../b', './${A}', '${X:-a}', '${EMPTY:-b}/c', '$B', 'https://e.org/x.git', '${PWD}/a')
VALUES = (
    '1', '1.20', '"1.20"', 'true', 'yes', '010', '1e3', '0x1F', '1:30', '1_000', '-0', '.5', '12.', '1000000.5', '~',
    '"$$A"', '"${A}-$C"', '"${X:-${EMPTY:-deep}}"', '"${A:+set}"', '"${EMPTY+set}"', '"${EMPTY:+set}"', '"a$"', '"$1"',
    '', '"${D}"', '"${E}"', '"${A:?x}"', '"${X-}"', '"${A:-{x}}"', '"${X:-a}}"', '2020-01-01', 'off', 'a b', "'#'",
    '"${F}"',
)  # fmt: skip


@functools.cache
def judge() -> str:
    binary = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(SOURCE))), '.cache', 'compose-judge')
    if shutil.which('go') is None:
        pytest.skip('judge missing: compose-go: needs Go')
    os.makedirs(os.path.dirname(binary), exist_ok=True)
    built = subprocess.run(
        ['go', 'build', '-o', binary, '.'], cwd=SOURCE, env={**os.environ, 'GOFLAGS': '-mod=readonly'}
    )
    if built.returncode:
        pytest.skip('judge missing: compose-go: does not build')
    return binary


def mapping(choose: random.Random, depth: int = 0) -> str:
    """A `build` section in flow style, or its short form."""
    if choose.random() < 0.15:
        return f'"{choose.choice(PATHS)}"'
    keys = []
    if choose.random() < 0.7:
        keys.append(f'context: "{choose.choice(PATHS)}"')
    if choose.random() < 0.5:
        keys.append(f'dockerfile: "{choose.choice(("D", "../D", "x/D.${A}", "${X:-D}", ""))}"')
    if choose.random() < 0.3:
        keys.append(f'target: "{choose.choice(("t", "${A}", "${X:-t}", ""))}"')
    if choose.random() < 0.5:
        named = {f'N{choose.randrange(4)}': choose.choice(VALUES) for _ in range(3)}
        keys.append(f'args: {{{", ".join(f"{name}: {value}" for name, value in named.items())}}}')
    elif choose.random() < 0.5:
        words = dict.fromkeys(choose.choice(('N0=1', 'N1', 'A', 'N2=${A}', 'N3=x=y', 'N0=')) for _ in range(3))
        keys.append(f'args: [{", ".join(json.dumps(word) for word in words)}]')
    if choose.random() < 0.3:
        keys.append(f'additional_contexts: {{n: "{choose.choice((*PATHS, "docker-image://x"))}", m{depth}: ./m}}')
    if choose.random() < 0.2:
        keys.append('<<: [*one , *two ]')
    return f'{{{", ".join(keys or ["context: ."])}}}'


def services(choose: random.Random, names: str, extends: tuple[str, ...], overriding: bool = False) -> str:
    lines = ['x-one: &one {context: ./one, target: one, args: {N1: one}}', 'x-two: &two {target: two, dockerfile: Two}']
    lines.append('services:')
    for name in names:
        lines.append(f'  {name}:\n    image: i')
        if choose.random() < 0.8:
            tag = choose.choice(('!override ', '!reset ')) if overriding and choose.random() < 0.2 else ''
            lines.append(f'    build: {tag}{mapping(choose)}')
        if extends and choose.random() < 0.4:
            lines.append(f'    extends: {choose.choice(extends)}')
    return '\n'.join(lines) + '\n'


def project(choose: random.Random) -> tuple[dict[str, str], list[str]]:
    """The files of a made-up repository, and those that docker compose is given."""
    parts = ('{file: parts/p.yml, service: p}', '{file: parts/p.yml, service: q}', '{service: z}', 'z')
    files = {
        'compose.yaml': services(choose, 'abz', parts[: choose.choice((2, 4))]),
        'parts/p.yml': services(choose, 'pq', ('{file: ../more/m.yml, service: m}',)),
        'more/m.yml': services(choose, 'mn', ()),
        '.env': ENV,
    }
    if choose.random() < 0.4:
        place = choose.choice(('', ', project_directory: ./elsewhere'))
        files['compose.yaml'] = f'include: [{{path: [inc/i.yml, inc/j.yml]{place}}}]\n' + files['compose.yaml']
        files.update({'inc/i.yml': services(choose, 'bi', ()), 'inc/j.yml': services(choose, 'i', (), overriding=True)})
        files.update({'inc/.env': 'X=inc\nA=other\n', 'elsewhere/.env': 'X=else\n'})
    if choose.random() < 0.5:
        return {**files, 'o.yml': services(choose, 'ab', ('b',), overriding=True)}, ['compose.yaml', 'o.yml']
    return files, ['compose.yaml']


def found_project(choose: random.Random) -> tuple[dict[str, str], list[str]]:
    """The files of a made-up folder in which docker compose is told nothing, and finds its files by itself."""
    names = ('compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml')
    overrides = ('compose.override.yml', 'compose.override.yaml', 'docker-compose.override.yml')
    chosen = [
        *choose.sample(names, choose.choice((1, 1, 2, 3))),
        *choose.sample(overrides, choose.choice((0, 1, 1, 2))),
    ]
    files = {name: services(choose, 'ab', (), overriding='override' in name) for name in chosen}
    files['extra.yml'] = services(choose, 'bc', (), overriding=True)
    env = choose.choice(('', '', f'COMPOSE_FILE={chosen[-1]}:extra.yml\n', 'COMPOSE_FILE=extra.yml\n'))
    comma = f'COMPOSE_PATH_SEPARATOR=,\nCOMPOSE_FILE={chosen[0]},extra.yml\n'
    return {**files, '.env': ENV + choose.choice((env, env, comma))}, []


class InMemory(Repository):
    def __init__(self, texts: dict[str, str]) -> None:
        super().__init__('/nowhere', '', dict.fromkeys(texts, '100644'), git=False)
        self.texts = texts

    def read(self, path: str) -> str | None:
        return self.texts.get(path)


def ours(files: dict[str, str], paths: list[str]) -> dict[str, Build]:
    reader = Reader(InMemory(files), [], {}, set(), {}, set())
    paths = paths or compose.project(reader, '', list(files))
    builds = composefile.load_all(reader, paths)
    assert not reader.problems
    return {name: composefile.rooted(build, '') for name, build in builds.items() if not build.gone}


def relative(top: str, path: str) -> str | None:
    if '://' in path:
        return None
    path = os.path.relpath(path, top).replace(os.sep, '/') if os.path.isabs(path) else path
    return '' if path == '.' else path


def differences(top: str, build: Build, judged: dict[str, Any]) -> list[str]:
    """Where a known value of ours is not the judge's; what we say is not known may be anything."""
    fields = build.fields
    context, dockerfile = fields['context'], fields.get('dockerfile', '')
    dockerfile = join('', dockerfile) if dockerfile and TOP in dockerfile else dockerfile
    args, contexts = judged['args'] or {}, judged['contexts'] or {}
    pairs: list[tuple[str, object, object]] = [
        ('context', context, relative(top, judged['context'])),
        (
            'dockerfile',
            None if dockerfile is None else dockerfile or 'Dockerfile',
            judged['dockerfile'] or 'Dockerfile',
        ),
        ('target', fields.get('target', ''), judged['target']),
        *((f'args.{name}', value, args.get(name)) for name, value in (build.args or {}).items()),
        *((f'contexts.{name}', path, relative(top, contexts[name])) for name, path in (build.contexts or {}).items()),
    ]
    if build.args is not None:
        pairs += [(f'args.{name}', 'absent', value) for name, value in args.items() if name not in build.args]
    return [f'{key}: {mine!r}, not {his!r}' for key, mine, his in pairs if mine is not None and mine != his]


@pytest.mark.parametrize('seed', SEEDS)
@pytest.mark.parametrize('made', [project, found_project])
def test_builds_are_those_of_compose(
    made: Callable[[random.Random], tuple[dict[str, str], list[str]]], seed: int, tmp_path: Path
) -> None:
    choose = random.Random(seed)
    binary = judge()
    projects = [made(choose) for _ in range(PROJECTS)]
    lines = []
    for at, (files, paths) in enumerate(projects):
        for path, text in files.items():
            file = tmp_path / str(at) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding='utf-8')
        top = str(tmp_path / str(at))
        lines.append('\t'.join([top, *(os.path.join(top, path) for path in paths)]) + '\n')
    done = subprocess.run([binary], input=''.join(lines), stdout=subprocess.PIPE, text=True, check=True)
    wrong, loaded, answers = [], 0, done.stdout.split('\n')[:-1]
    assert len(answers) == PROJECTS
    for at, ((files, paths), line) in enumerate(zip(projects, answers)):
        judged, found = json.loads(line), ours(files, paths)
        if not isinstance(judged.get('error'), str):
            loaded += 1
            if judged.keys() != found.keys():
                wrong.append(f'{at}: {sorted(found)}, not {sorted(judged)}')
            for name in judged.keys() & found.keys():
                wrong += [
                    f'{at} {name}: {it}' for it in differences(str(tmp_path / str(at)), found[name], judged[name])
                ]
    tally('compose-go', loaded)
    assert not wrong
    assert loaded > PROJECTS / 4

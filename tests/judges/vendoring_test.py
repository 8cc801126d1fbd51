"""vendor/modules.txt against go.mod, checked by us and by `go list -m -mod=vendor`, which compares them and no more.

Pairs are made consistent, as `go mod vendor` leaves them, and then changed in a few places. Where go fails for another
reason there is nothing to compare.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from hooks.golang import gomod, vendoring

if TYPE_CHECKING:
    from pathlib import Path

GO = shutil.which('go')
PAIRS = 400
MAIN = 'example.com/app'
PATHS = ('example.com/a', 'example.com/a/b', 'example.com/b/v2', 'gopkg.in/yaml.v3', 'example.com/C~', 'example.com/d')
VERSIONS = ('v1.0.0', 'v1.2.0', 'v1.2.0-rc.1', 'v0.0.0-20200101000000-abcdefabcdef')
GO_LINES = ('go 1.21', 'go 1.21', 'go 1.17', 'go 1.16', 'go 1.14', 'go 1.13', '')
TARGETS = ('./x', '../y', '/z', 'example.com/fork v1.0.0', 'example.com/fork v1.1.0')
ODD_LINES = (
    '# example.com/a', '# example.com/a v1', '# example.com/a v1.0', '# example.com/a master', '# example.com/a =>',
    '# example.com/a => ./with space', '# example.com/a v1.0.0 => ./x y z', '# example.com/a v01.0.0', '#', '##', '# ',
    '# example.com/x v1.0.0-01', '# example.com/x v1.0.0+meta', '# example.com/a v1.2.0 => example.com/fork v1',
    '## explicit', '## go 1.16;explicit', '##explicit', '## Explicit', '## workspace', '## explicit;', ' ## explicit',
    'example.com/a/p', 'a b', 'example.com/con/x', 'example.com/a~1', 'example.com/a.', '-x', 'x//y', 'x/', '.',
    'é', 'x~1.y', ' example.com/a ', 'COM1.x/y', 'a/aux.b', 'a/~~1', 'a/x~y~2', 'a/1~', '',
)  # fmt: skip


def version(choose: random.Random, path: str) -> str:
    found = choose.choice(VERSIONS)
    major = {'example.com/b/v2': 'v2', 'gopkg.in/yaml.v3': 'v3'}.get(path)
    return found if major is None else major + found[2:] if not found.startswith('v0') else major + '.0.0'


class Pair:
    """go.mod and vendor/modules.txt as lists of lines."""

    def __init__(self, choose: random.Random) -> None:
        self.choose = choose
        modules = {path: version(choose, path) for path in choose.sample(PATHS, choose.randint(0, 4))}
        replaces = {
            (path, choose.choice(('', modules.get(path) or version(choose, path)))): choose.choice(TARGETS)
            for path in choose.sample(PATHS, choose.choice((0, 0, 1, 2)))
        }
        self.mod = [f'module {MAIN}', choose.choice(GO_LINES)]
        self.mod += [f'require {path} {number}' for path, number in modules.items()]
        self.mod += [f'replace {" ".join(old).strip()} => {new}' for old, new in replaces.items()]
        self.txt: list[str] = []
        for path, number in modules.items():
            new = replaces.get((path, number)) or replaces.get((path, ''))
            self.txt += [f'# {path} {number}' + (f' => {new}' if new else '')]
            self.txt += [choose.choice(('## explicit', '## explicit; go 1.17'))]
            self.txt += [path + end for end in choose.choice(((), ('',), ('', '/p')))]
        self.txt += [
            f'# {" ".join(old).strip()} => {new}'
            for old, new in replaces.items()
            if not old[1] or modules.get(old[0]) != old[1]
        ]

    def change(self) -> None:
        """One change that a hand, a merge or another version of Go makes."""
        choose = self.choose
        lines = choose.choice((self.mod, self.txt, self.txt))
        at = choose.randrange(len(lines)) if lines else 0
        kind = choose.choice(('drop', 'double', 'version', 'target', 'mark', 'odd', 'require', 'replace', 'move'))
        if kind == 'odd':
            self.txt.insert(choose.randint(0, len(self.txt)), choose.choice(ODD_LINES))
        elif kind == 'require':
            path = choose.choice(PATHS)
            self.mod.append(f'require {path} {version(choose, path)}')
        elif kind == 'replace':
            path = choose.choice((*PATHS, MAIN))
            self.mod.append(f'replace {path} => {choose.choice(TARGETS)}')
        elif lines and lines[at].startswith(('#', 'require', 'replace', 'example')):
            self._edit(kind, lines, at)

    def _edit(self, kind: str, lines: list[str], at: int) -> None:
        choose, line = self.choose, lines[at]
        if kind == 'drop':
            del lines[at]
        elif kind == 'double':
            lines.insert(choose.randint(at, len(lines)), line)
        elif kind == 'move':
            lines.insert(choose.randint(0, len(lines) - 1), lines.pop(at))
        elif kind == 'mark' and lines is self.txt:
            lines[at] = '' if line.startswith('##') else line + '\n## explicit'
        elif kind == 'version':
            lines[at] = line.replace('v1.0.0', 'v1.1.0').replace('v1.2.0', 'v1.0.0')
        elif kind == 'target' and '=>' in line:
            lines[at] = line.partition('=>')[0] + '=> ' + choose.choice(TARGETS)


def said(folder: Path, mod: str, text: str | None) -> tuple[str, ...] | None:
    """The lines that go prints of an inconsistent vendor/, () when it passes, None when it fails otherwise."""
    if GO is None:
        pytest.skip('judge missing: go list -mod=vendor')
    (folder / 'go.mod').write_bytes(mod.encode())
    (folder / 'vendor').mkdir(exist_ok=True)
    listed = folder / 'vendor' / 'modules.txt'
    listed.unlink(missing_ok=True)
    if text is not None:
        listed.write_bytes(text.encode())
    environ = {**os.environ, 'GOTOOLCHAIN': 'local', 'GOWORK': 'off', 'GOFLAGS': '', 'GOPROXY': 'off'}
    done = subprocess.run(
        [GO, 'list', '-m', '-mod=vendor'], cwd=folder, capture_output=True, text=True, env=environ, check=False
    )
    _, found, lines = done.stderr.partition('inconsistent vendoring in ')
    if found:
        return tuple(line.strip() for line in lines.partition('\n\n')[0].split('\n')[1:])
    return () if done.returncode == 0 else None


def test_what_go_calls_inconsistent(tmp_path: Path) -> None:
    choose = random.Random(3)
    compared = different = 0
    for _ in range(PAIRS):
        pair = Pair(choose)
        for _ in range(choose.choice((0, 1, 1, 2, 4))):
            pair.change()
        newline = choose.choice(('\n', '\n', '\n', '\r\n'))
        mod = '\n'.join(pair.mod) + '\n'
        text = None if choose.random() < 0.05 else newline.join(pair.txt) + newline
        theirs = said(tmp_path, mod, text)
        if theirs is not None:
            ours = vendoring.inconsistencies(gomod.parse_mod(mod), text)
            assert tuple(dict.fromkeys(theirs)) == ours, f'{mod}\n---\n{text}'
            compared += 1
            different += bool(theirs)
    assert compared > 300
    assert min(different, compared - different) > 60

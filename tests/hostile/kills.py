"""Kill a hook that writes, again and again: each file is what it was or what it becomes, and nothing else is left.

`python -m tests.hostile.kills COUNT` says what was seen.
"""

from __future__ import annotations

import collections
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SERVICES = 20
DOCKERFILE = 'FROM golang:1.21\nWORKDIR /app\nCOPY go.mod go.sum ./\nRUN go build .\n'
FILES: Mapping[str, str] = {
    'canonical': '.git\n*.md\n',
    **{f's{at}/Dockerfile': DOCKERFILE for at in range(SERVICES)},
    **{f's{at}/go.mod': 'module x\n\ngo 1.21\n\nrequire golang.org/x/net v1.20.0\n' for at in range(SERVICES)},
    **{f's{at}/.dockerignore': f'# own\r\ntmp{at}\r\n' for at in range(SERVICES) if at % 2},
    'compose.yaml': 'services:\n' + ''.join(f'  s{at}:\n    build: s{at}\n' for at in range(SERVICES)),
}
RUNS = (('sync_dockerignore', '--source', 'canonical', '--target', '*'), ('check_x_versions', '--fix'))


def start(top: str, hook: str, *options: str) -> subprocess.Popen[bytes]:
    code = f'import sys; from hooks.{hook} import main; sys.exit(main())'
    names = [path for path in FILES if path.endswith(('go.mod', 'canonical'))]
    return subprocess.Popen(
        (sys.executable, '-c', code, *options, *names), cwd=top, env={**os.environ, 'PYTHONPATH': TOP},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def write(top: str) -> None:
    for path, text in FILES.items():
        os.makedirs(os.path.dirname(os.path.join(top, path)), exist_ok=True)
        with open(os.path.join(top, path), 'w', encoding='utf-8', newline='') as file:
            file.write(text)
    for at in range(0, SERVICES, 2):
        if os.path.lexists(target := os.path.join(top, f's{at}', '.dockerignore')):
            os.unlink(target)


def tree(top: str) -> dict[str, bytes]:
    found = {}
    for folder, folders, names in os.walk(top):
        folders[:] = [name for name in folders if name != '.git']
        for name in names:
            with open(os.path.join(folder, name), 'rb') as file:
                found[os.path.relpath(os.path.join(folder, name), top)] = file.read()
    return found


def kills(top: str, count: int, choose: random.Random) -> collections.Counter[str]:
    """What was seen after so many kills, each at a random moment of a run."""
    seen: collections.Counter[str] = collections.Counter()
    subprocess.run(('git', 'init', '--quiet', top), check=True)
    write(top)
    subprocess.run(('git', '-C', top, 'add', '--all'), check=True)
    for run in RUNS:
        write(top)
        before, began = tree(top), time.monotonic()
        start(top, *run).wait()
        longest, after = time.monotonic() - began, tree(top)
        assert after != before
        for _ in range(count // len(RUNS)):
            write(top)
            process = start(top, *run)
            time.sleep(choose.uniform(0.2, 1.1) * longest)
            process.send_signal(signal.SIGKILL)
            process.wait()
            seen[_state(tree(top), before, after)] += 1
            left = [name for name in os.listdir(os.path.join(top, '.git')) if name.startswith('.go-docker-hooks-')]
            seen["files left in git's own folder"] += len(left)
            for name in left:
                # As old as a later run finds them.
                os.utime(os.path.join(top, '.git', name), (0, 0))
        write(top)
        start(top, *run).wait()
        assert tree(top) == after
        assert not [name for name in os.listdir(os.path.join(top, '.git')) if name.startswith('.go-docker-hooks-')]
    return seen


def _state(now: Mapping[str, bytes], before: Mapping[str, bytes], after: Mapping[str, bytes]) -> str:
    assert now.keys() <= before.keys() | after.keys(), 'a file is left'
    for path in before.keys() | after.keys():
        assert now.get(path) in (before.get(path), after.get(path)), f'{path} is half written'
    return 'nothing written' if now == before else 'all written' if now == after else 'some files written'


if __name__ == '__main__':
    with tempfile.TemporaryDirectory() as folder:
        for what, times in sorted(kills(folder, int(sys.argv[1]), random.Random()).items()):
            sys.stdout.write(f'{times:6} {what}\n')

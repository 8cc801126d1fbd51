"""What a hook opens and what it runs, as the kernel sees it: nothing outside of the repository, and no program but git."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.conftest import MakeRepository

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
STRACE = shutil.which('strace')
HOOKS = ('go_docker', 'check_x_versions', 'sync_dockerignore')
# What a name or a link in the repository may lead to; `@` is a folder outside.
LINKS: Mapping[str, str] = {
    'go.sum': '/etc/passwd',
    'svc/go.mod': '@/go.mod',
    'svc/go.sum': '/dev/zero',
    'linked': '@',
    'Dockerfile.linked': '@/Dockerfile',
    '.env': '/etc/passwd',
    'x.mk': '@/x.mk',
    'build.sh': '/etc/profile',
    '.dockerignore': '/etc/passwd',
    'Dockerfile.dockerignore': '@/Dockerfile',
    'docker-compose.yml': '@/compose.yaml',
    '.github/workflows/ci.yml': '@/compose.yaml',
    'docker-bake.hcl': '/dev/tty',
    'main_linked.go': '@/x.go',
    'vendor': '@/vendor',
    'loop': 'loop',
    'inside': 'Dockerfile',
}
FILES: Mapping[str, str] = {
    'Dockerfile': """FROM golang:1.21
WORKDIR /app
COPY go.mod go.sum ../x /etc/passwd linked/go.mod ./
COPY . .
RUN ./build.sh && . /etc/profile && make -f /etc/passwd && make -C ../outside -f @/x.mk && sh @/evil.sh
RUN --mount=type=bind,source=../outside,target=/o go build -modfile=@/go.mod -C ../../outside ./...
RUN go run evil.go && go generate ./... && python3 evil.py && ./evil.sh && make
""",
    'go.mod': 'module example.com/app\n\ngo 1.21\n\nreplace example.com/x => ../outside\n\nreplace example.com/y => @\n',
    'go.work': 'go 1.21\n\nuse .\nuse ../outside\nuse @\nuse ../../x\nuse ./linked\n',
    'main.go': 'package main\n\nimport _ "embed"\n\n//go:embed ../outside/* /etc/passwd linked/*\nvar x string\n\nfunc main() {}\n',
    'compose.yaml': """include:
  - ../outside/compose.yaml
  - @/compose.yaml
  - path: linked/compose.yaml
    env_file: [/etc/passwd, ../outside/.env, linked/.env]
services:
  a:
    build: {context: ../../.., dockerfile: /etc/passwd}
    env_file: /etc/passwd
  b:
    build: {context: /etc, dockerfile: passwd}
    extends: {file: ../outside/compose.yaml, service: a}
  c:
    build: {context: linked}
    extends: {file: /dev/zero, service: a}
  d:
    build: .
""",
    'Makefile': 'include ../outside/x.mk /etc/passwd linked/x.mk x.mk\nA := $(shell touch evil-ran)\nB != touch evil-ran\n'
    'C := $(file >evil-ran)\nall:\n\ttouch evil-ran\n\tdocker build -f /etc/passwd .\n\tdocker build -f @/Dockerfile ../outside\n'
    '\tsh @/evil.sh\n\t$(MAKE) -C ../outside\n',
    'image.sh': '#!/bin/sh\ntouch evil-ran\n. ../outside/evil.sh\n. /etc/profile\ndocker build -f /etc/passwd ../..\ndocker compose -f @/compose.yaml build\n',
    'evil.sh': '#!/bin/sh\ntouch evil-ran\n',
    'evil.py': 'open("evil-ran", "w")\n',
    'sitecustomize.py': 'open("evil-ran", "w")\n',
    'yaml.py': 'open("evil-ran", "w")\n',
    'tomlkit/__init__.py': 'open("evil-ran", "w")\n',
    '.go-docker-hooks.toml': '[contexts]\n"../outside/Dockerfile" = ["/etc", "../.."]\n"inside" = ["linked", "../outside"]\n'
    '[dockerignore]\nsource = "linked/ignore"\ntargets = ["../outside", "linked", "*"]\n',
    'skaffold.yaml': 'apiVersion: skaffold/v4beta1\nkind: Config\nrequires: [{path: /etc/passwd}]\nbuild:\n  artifacts:\n'
    '  - image: a\n    context: ../outside\n    docker: {dockerfile: /etc/passwd}\n',
    'Tiltfile': "load('@/x', 'y')\ndocker_build('a', '/etc', dockerfile='/etc/passwd')\nlocal('touch evil-ran')\n",
    'Taskfile.yml': 'version: "3"\nincludes: {x: /etc/passwd}\ntasks:\n  a:\n    dir: ../outside\n    cmds: [docker build -f /etc/passwd .]\n',
}  # fmt: skip
OUTSIDE = ('go.mod', 'Dockerfile', 'compose.yaml', 'x.mk', 'x.go', 'evil.sh', 'ignore', '.env', 'vendor/modules.txt')


@pytest.fixture
def hostile(repo: MakeRepository, tmp_path: Path) -> Path:
    """A repository every file of which leads outside."""
    outside = tmp_path / 'outside'
    for name in OUTSIDE:
        (outside / name).parent.mkdir(parents=True, exist_ok=True)
        (outside / name).write_text('services: {x: {build: .}}\n')
    top = tmp_path / 'repository'
    for name, target in LINKS.items():
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).symlink_to(target.replace('@', str(outside)))
    repo({path: text.replace('@', str(outside)) for path, text in FILES.items()})
    for name in ('pipe.sh', 'pipe/Dockerfile', 'pipe/go.mod'):
        # git tracked a file of that name, and on the disk it is a pipe.
        (top / name).parent.mkdir(exist_ok=True)
        (top / name).write_text('FROM golang\n')
        subprocess.run(('git', 'add', '--force', name), check=True)
        (top / name).unlink()
        os.mkfifo(top / name)
    return top


@pytest.mark.skipif(STRACE is None, reason='judge missing: strace')
@pytest.mark.parametrize('hook', HOOKS)
@pytest.mark.parametrize('moved', [False, True], ids=['', 'with GIT_DIR, GIT_INDEX_FILE and GIT_WORK_TREE'])
def test_nothing_outside_is_opened_and_nothing_is_run(hook: str, moved: bool, hostile: Path, tmp_path: Path) -> None:
    log = tmp_path / 'log'
    tracked = (
        subprocess.run(('git', 'ls-files', '-z'), check=True, capture_output=True).stdout.decode().split('\0')[:-1]
    )
    environment = {**os.environ, 'PYTHONPATH': TOP, 'PYTHONDONTWRITEBYTECODE': '1', 'HOME': str(tmp_path / 'home')}
    if moved:
        shutil.copy('.git/index', tmp_path / 'repository' / '.git' / 'other-index')
        environment.update(GIT_DIR='.git', GIT_INDEX_FILE='.git/other-index', GIT_WORK_TREE='.')
    if hook == 'sync_dockerignore':
        # With a config that is wrong it does nothing.
        (hostile / '.go-docker-hooks.toml').unlink()
    options = ['--fix'] if hook == 'go_docker' else ['--source', 'linked/ignore', '--target', '*'] * (hook[0] == 's')
    start = f'import sys; sys.path.remove(""); from hooks.{hook} import main; sys.exit(main())'
    command = (str(STRACE), '-f', '-y', '-e', 'trace=open,openat,openat2,execve,creat', '-s', '500', '-o', str(log))
    done = subprocess.run(
        (*command, sys.executable, '-c', start, *options, *tracked, '/etc/passwd', '../outside/Dockerfile'),
        env=environment, capture_output=True, timeout=120,
    )  # fmt: skip
    if not done.stdout and b'ptrace' in done.stderr:
        pytest.skip('judge missing: strace, which may not trace here')
    assert b'Traceback' not in done.stderr, done.stderr.decode()
    assert done.returncode in (0, 1, 2)
    text = log.read_text(errors='replace')
    opened = set(re.findall(r' = \d+<(/[^>]*)>$', text, re.MULTILINE))
    assert any(path.endswith('repository/Dockerfile') for path in opened)
    assert {path for path in opened if not _may_be_opened(path, hostile)} == set()
    programs = set(re.findall(r'execve\("[^"]*?([^/"]*)".* = 0$', text, re.MULTILINE))
    assert programs <= {os.path.basename(sys.executable), 'git', os.path.basename(os.path.realpath(sys.executable))}
    assert not (hostile / 'evil-ran').exists()
    assert {path.name for path in (tmp_path / 'outside').rglob('*') if path.is_file()} == {
        name.rpartition('/')[2] for name in OUTSIDE
    }


def _may_be_opened(path: str, top: Path) -> bool:
    """The repository's own files; those of Python, of git and of the system's libraries."""
    own = (
        sys.prefix,
        sys.base_prefix,
        sys.exec_prefix,
        TOP,
        '/usr/',
        '/lib',
        '/proc/',
        '/sys/',
        '/dev/null',
        '/dev/urandom',
    )
    libraries = ('/etc/ld.so', '/etc/locale', '/etc/localtime', '/etc/ssl/')
    inside = path == str(top) or path.startswith(f'{top}/')
    # git asks who the user is.
    return inside or path.startswith((*own, *libraries)) or path in ('/', '/etc/gitconfig', os.path.dirname(str(top)))

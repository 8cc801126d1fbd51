"""What a hook writes: a file is what it was or what it becomes, whatever happens in the middle."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from hooks import check_x_versions, sync_dockerignore
from tests.hostile import kills

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeRepository, RunHook

pytestmark = pytest.mark.skipif(os.name == 'nt', reason='there are no such signals, modes and limits')
SYNC = ('--source', 'canonical', '--target', '*')
REPOSITORY = {
    'canonical': '.git\n*.md\n',
    's/Dockerfile': 'FROM golang:1.21\nCOPY go.mod ./\nRUN go mod download\n',
    's/go.mod': 'module x\n\nrequire golang.org/x/net v1.20.0\n',
    's/.dockerignore': '# own\ntmp\n',
    'compose.yaml': 'services:\n  s:\n    build: s\n',
}


def test_a_killed_run_leaves_no_half_file(tmp_path: Path) -> None:
    seen = kills.kills(str(tmp_path), 16, random.Random(1))
    assert sum(seen[state] for state in ('nothing written', 'some files written', 'all written')) == 16


@pytest.mark.parametrize('run', kills.RUNS, ids=lambda run: run[0])
def test_two_at_once_write_what_one_writes(run: tuple[str, ...], tmp_path: Path) -> None:
    top = str(tmp_path)
    subprocess.run(('git', 'init', '--quiet', top), check=True)
    kills.write(top)
    subprocess.run(('git', '-C', top, 'add', '--all'), check=True)
    kills.start(top, *run).wait()
    after = kills.tree(top)
    for _ in range(3):
        kills.write(top)
        both = [kills.start(top, *run) for _ in range(2)]
        assert {process.wait() for process in both} <= {0, 1}
        assert kills.tree(top) == after


@pytest.mark.parametrize('run', kills.RUNS, ids=lambda run: run[0])
def test_where_no_space_is_left_nothing_is_written(run: tuple[str, ...], tmp_path: Path) -> None:
    top = str(tmp_path)
    subprocess.run(('git', 'init', '--quiet', top), check=True)
    kills.write(top)
    subprocess.run(('git', '-C', top, 'add', '--all'), check=True)
    before = kills.tree(top)
    hook, *options = run
    code = (
        'import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (40, 40));'
        f'from hooks.{hook} import main; sys.exit(main())'
    )
    command = (sys.executable, '-B', '-c', code, *options, 'canonical', 's1/go.mod')
    done = subprocess.run(command, cwd=top, env={**os.environ, 'PYTHONPATH': kills.TOP}, capture_output=True)
    assert (done.returncode, done.stderr) == (1, b'')
    assert b'nothing is written, since a file cannot be (File too large)' in done.stdout
    assert kills.tree(top) == before
    assert not [name for name in os.listdir(tmp_path / '.git') if name.startswith('.go-docker-hooks-')]


def test_what_git_tracks_and_the_disk_lacks_is_not_written_anew(repo: MakeRepository, run: RunHook) -> None:
    """In a sparse checkout, or after `rm`, the file's own lines are in git alone."""
    repo(REPOSITORY)
    os.unlink('s/.dockerignore')
    outcome = run(sync_dockerignore.main, *SYNC, 'canonical')
    assert outcome.code == 1
    assert 's/.dockerignore:1: git tracks this file, and it is not on this disk' in outcome.out
    assert not os.path.lexists('s/.dockerignore')


def test_the_mode_stays_and_so_does_a_hard_link(repo: MakeRepository, run: RunHook) -> None:
    repo(REPOSITORY)
    os.chmod('s/.dockerignore', 0o640)
    os.link('s/.dockerignore', 'other')
    assert run(sync_dockerignore.main, *SYNC, 'canonical').out == 'Rewriting s/.dockerignore\n'
    assert os.stat('s/.dockerignore').st_mode & 0o7777 == 0o640
    with open('other', encoding='utf-8') as file:
        assert file.read() == REPOSITORY['s/.dockerignore']


@pytest.mark.skipif(os.name == 'nt' or os.getuid() != 0, reason='only root gives a file away')
def test_so_does_its_owner(repo: MakeRepository, run: RunHook) -> None:
    repo(REPOSITORY)
    os.chown('s/go.mod', 1234, 1234)
    assert run(check_x_versions.main, '--fix', 's/go.mod').out == 'Rewriting s/go.mod\n'
    assert (os.stat('s/go.mod').st_uid, os.stat('s/go.mod').st_gid) == (1234, 1234)


def test_nothing_is_left_beside_a_file_of_a_work_tree(repo: MakeRepository, run: RunHook, tmp_path: Path) -> None:
    """Its `.git` is a file; a run that was killed has left something where that leads to, which the next one removes."""
    top = repo(REPOSITORY)
    subprocess.run(('git', 'commit', '--quiet', '--message', 'x'), check=True)
    subprocess.run(('git', 'worktree', 'add', '--quiet', str(tmp_path / 'other')), check=True)
    own = os.path.join(top, '.git', 'worktrees', 'other')
    for name, age in (('.go-docker-hooks-old', 0), ('.go-docker-hooks-new', None)):
        with open(os.path.join(own, name), 'w', encoding='utf-8'):
            pass
        if age is not None:
            os.utime(os.path.join(own, name), (age, age))
    os.chdir(tmp_path / 'other')
    assert run(sync_dockerignore.main, *SYNC, 'canonical').out == 'Rewriting s/.dockerignore\n'
    assert sorted(os.listdir('s')) == ['.dockerignore', 'Dockerfile', 'go.mod']
    assert [name for name in os.listdir(own) if name.startswith('.go-docker')] == ['.go-docker-hooks-new']


@pytest.mark.parametrize('mark', ['', '\ufeff'])
@pytest.mark.parametrize('end', ['\n', '\r\n'])
def test_a_fix_keeps_every_other_byte(mark: str, end: str, repo: MakeRepository, run: RunHook) -> None:
    text = end.join((f'{mark}module x', '', 'require golang.org/x/net v1.20.0 // \u2028\xa0\x0c', '// caf\udce9'))
    repo({**REPOSITORY, 's/go.mod': text})
    assert run(check_x_versions.main, '--fix', 's/go.mod').code == 1
    with open('s/go.mod', 'rb') as file:
        written = file.read()
    assert written == text.replace('v1.20.0', 'v0.20.0').encode('utf-8', 'surrogateescape')
    assert run(check_x_versions.main, '--fix', 's/go.mod').out == ''

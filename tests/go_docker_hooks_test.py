"""The console scripts start our hooks, whatever else is called `hooks`."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import go_docker_hooks
from hooks.lean.version import VERSION

if TYPE_CHECKING:
    from pathlib import Path

TOP = os.path.dirname(os.path.abspath(go_docker_hooks.__file__))


def test_a_name_is_the_command_of_a_hook(tmp_path: Path) -> None:
    (tmp_path / 'go.mod').write_text('module example.com/app\n\ngo 1.24\n\nrequire golang.org/x/text v1.20.0\n')
    code = 'import sys; from go_docker_hooks import check_x_versions as main; sys.argv = ["x", "go.mod"]; main()'
    environment = {**os.environ, 'PYTHONPATH': TOP}
    subprocess.run(('git', 'init', '--quiet'), cwd=tmp_path, check=True)
    subprocess.run(('git', 'add', '--all'), cwd=tmp_path, check=True)
    done = subprocess.run((sys.executable, '-c', code), cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stdout.partition(' ')[0], done.stderr) == (1, 'go.mod:5:', '')
    with pytest.raises(AttributeError):
        go_docker_hooks.__wrapped__  # noqa: B018


@pytest.mark.parametrize('user', ['raise SystemExit("the user\'s own")\n', ''])
def test_a_users_own_hooks_on_the_path_are_left_alone(tmp_path: Path, user: str) -> None:
    (tmp_path / 'hooks').mkdir()
    (tmp_path / 'hooks' / '__init__.py').write_text(user)
    (tmp_path / 'hooks' / 'check_x_versions.py').write_text('raise SystemExit("the user\'s own")\n')
    start = 'import sys; before = sys.path[:]; from go_docker_hooks import check_x_versions as main; '
    code = start + 'assert sys.path == before; sys.argv = ["x", "--version"]; main()'
    environment = {**os.environ, 'PYTHONPATH': os.pathsep.join((str(tmp_path), TOP))}
    done = subprocess.run((sys.executable, '-c', code), cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, f'check-x-versions {VERSION}\n', '')

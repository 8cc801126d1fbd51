"""What a command line names: files, folders, nothing, and what is not there."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from hooks import check_go_sum_copy as hook
from hooks.cli import named
from hooks.context import index

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeRepository, RunHook

FILES = {'a/Dockerfile': '', 'a/b/go.mod': '', 'c/Dockerfile': '', 'compose.yaml': ''}


@pytest.mark.parametrize(
    ('cwd', 'names', 'expected'),
    [
        ('.', (), ['a/Dockerfile', 'a/b/go.mod', 'c/Dockerfile', 'compose.yaml']),
        ('.', ('.',), ['a/Dockerfile', 'a/b/go.mod', 'c/Dockerfile', 'compose.yaml']),
        ('.', ('a/',), ['a/Dockerfile', 'a/b/go.mod']),
        ('a', (), ['a/Dockerfile', 'a/b/go.mod']),
        ('a', ('..',), ['a/Dockerfile', 'a/b/go.mod', 'c/Dockerfile', 'compose.yaml']),
        ('a', ('../c', 'Dockerfile'), ['c/Dockerfile', 'a/Dockerfile']),
        ('.', ('c/Dockerfile', 'c'), ['c/Dockerfile']),
        ('.', ('c/.dockerignore',), ['c/.dockerignore']),
        ('.', ('a/mine',), ['a/mine']),
    ],
)
def test_files_and_folders(repo: MakeRepository, cwd: str, names: tuple[str, ...], expected: list[str]) -> None:
    repo(FILES, untracked={'a/mine': ''})
    os.chdir(cwd)
    assert named.paths(index.find(), names) == (expected, [])


@pytest.mark.parametrize('name', ['gone', 'gone/Dockerfile', '../x', 'gone/.dockerignore', 'a/Dockerfile/x'])
def test_what_is_not_there_is_said_and_the_rest_is_checked(repo: MakeRepository, run: RunHook, name: str) -> None:
    repo({'Dockerfile': 'FROM golang:1.23\nCOPY go.mod go.sum ./\n', 'go.mod': 'module example.com/app\n'})
    outcome = run(hook.main, name, 'Dockerfile')
    assert outcome.code == 2
    assert outcome.out.startswith('Dockerfile:2: ')
    assert outcome.err == f'check-go-sum-copy: {name}: no such file in this repository\n'


def test_a_tracked_file_that_is_deleted_is_no_mistake(repo: MakeRepository, run: RunHook) -> None:
    repo({'main.go': '', 'go.mod': ''})
    os.unlink('go.mod')
    assert run(hook.main, 'go.mod') == (0, '', '')


@pytest.fixture
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder in no git repository."""
    (tmp_path / 'api').mkdir()
    (tmp_path / 'api' / 'Dockerfile').write_text('FROM golang:1.23\nCOPY go.mod go.sum ./\n')
    (tmp_path / 'api' / 'go.mod').write_text('module example.com/app\n')
    monkeypatch.setenv('GIT_CEILING_DIRECTORIES', str(tmp_path.parent))
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures('outside')
def test_without_git_it_is_said_that_every_file_counts(run: RunHook) -> None:
    outcome = run(hook.main)
    assert (outcome.code, outcome.out.partition(': ')[0]) == (1, 'api/Dockerfile:2')
    assert (
        outcome.err
        == 'check-go-sum-copy: there is no git repository here, so every file below this folder counts as tracked: '
        'start it in one\n'
    )


@pytest.mark.usefixtures('outside')
def test_a_home_is_no_project(run: RunHook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, 'MOST', 1)
    outcome = run(hook.main, 'api/Dockerfile')
    assert (outcome.code, outcome.out) == (2, '')
    assert outcome.err.endswith(', and more than 1 files are below this folder: start it in one\n')


IGNORED = 'and what it does not track is in no build: correct that line, then `git add` it'
NOTHING = 'git tracks nothing {}, and what it does not track is in no build: `git add` it first'


@pytest.mark.parametrize(
    ('names', 'said'),
    [
        (('new/Dockerfile',), [NOTHING.format('in new')]),
        (('new',), [NOTHING.format('in new')]),
        (('new/go.mod', 'new/Dockerfile', 'new/x'), [NOTHING.format('in new')]),
        (('a/Dockerfile.new',), []),
        (('a',), ['a/Dockerfile.new is not in git, and left out: `git add a/Dockerfile.new`']),
        ((), ['3 Dockerfiles are not in git, and left out (a/Dockerfile.new and others): `git add` them']),
        (('c', 'built', 'gone'), []),
    ],
)  # fmt: skip
def test_what_is_not_in_git_is_said_by_hand(
    repo: MakeRepository, run: RunHook, monkeypatch: pytest.MonkeyPatch, names: tuple[str, ...], said: list[str]
) -> None:
    new = {'new/Dockerfile': '', 'new/go.mod': '', 'new/x/api.DOCKERFILE': '', 'a/Dockerfile.new': '', 'a/mine': ''}
    repo({**FILES, '.gitignore': '/built\n'}, untracked={**new, 'built/Dockerfile': '', 'new/vendor/Dockerfile': ''})
    lost = [f'{name}: no such file in this repository' for name in names if name == 'gone']
    outcome = run(hook.main, *names)
    if 'built' in names:
        said = [f'git tracks nothing in built, since .gitignore:1 (`/built`) keeps it out of git, {IGNORED}']
    assert outcome.err.splitlines() == [f'check-go-sum-copy: {each}' for each in (*lost, *said)]
    monkeypatch.setenv('PRE_COMMIT', '1')
    assert run(hook.main, *names).err.splitlines() == [f'check-go-sum-copy: {each}' for each in lost]


def test_a_repository_in_which_nothing_is_tracked(repo: MakeRepository, run: RunHook) -> None:
    repo({}, untracked={'Dockerfile': ''})
    said = f'check-go-sum-copy: {NOTHING.format("at the top of the repository")}\n'
    assert run(hook.main) == (0, '', said)

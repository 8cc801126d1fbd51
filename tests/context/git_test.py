"""git as a process: its output is whole, whichever way it comes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from hooks.context import git

if TYPE_CHECKING:
    from tests.conftest import MakeRepository

WAYS = ('memfd_create', 'posix_spawnp')


@pytest.fixture(params=[0, 1, 2], ids=['a file in memory', 'a pipe', 'subprocess'])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of the ways in which systems have it."""
    for name in WAYS[: request.param]:
        monkeypatch.delattr(os, name, raising=False)


@pytest.mark.usefixtures('way')
def test_more_than_a_pipe_holds(repo: MakeRepository) -> None:
    names = [f'{"x" * 200}{at:03}' for at in range(1_000)]
    top = repo(dict.fromkeys(names, ''))
    listed = git.listing(top)
    assert listed() == ''.join(f'{name}\0' for name in names).encode()


@pytest.mark.usefixtures('way')
def test_git_that_fails_says_nothing(repo: MakeRepository, monkeypatch: pytest.MonkeyPatch) -> None:
    top = repo({'a': ''})
    assert git.run(top, 'ls-files', '--no-such-option') is None
    monkeypatch.setenv('PATH', '')
    assert git.run(top, 'ls-files') is None

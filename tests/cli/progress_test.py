"""Progress: only for somebody who looks on, only of a long run, and gone when done."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest

from hooks import check_go_sum_copy
from hooks.cli import progress

if TYPE_CHECKING:
    from tests.conftest import MakeRepository, RunHook


class Terminal(io.StringIO):
    encoding = 'ascii'

    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    for name in ('PRE_COMMIT', 'TERM'):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv('COLUMNS', '24')
    return Terminal()


def test_a_short_run_says_nothing(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, 'stderr', terminal)
    assert list(progress.shown(['a', 'b'], 2)) == ['a', 'b']
    assert terminal.getvalue() == ''


def test_a_long_run_says_where_it_is(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, 'stderr', terminal)
    monkeypatch.setattr(progress, 'PATIENCE', -1)
    monkeypatch.setattr(progress, 'PAUSE', -1)
    assert list(progress.shown(['a', 'é\n', 'long/path/to/Dockerfile'], 6)) == ['a', 'é\n', 'long/path/to/Dockerfile']
    clear = progress.CLEAR
    assert terminal.getvalue() == f'{clear}1 of 6: a{clear}3 of 6: ??{clear}5 of 6: long/path/to/Do{clear}'


@pytest.mark.parametrize('variable', ['PRE_COMMIT=1', 'TERM=dumb'])
def test_nobody_looks_on(terminal: Terminal, monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    monkeypatch.setattr(sys, 'stderr', terminal)
    assert progress.looked_on()
    monkeypatch.setenv(*variable.split('='))
    assert not progress.looked_on()


def test_a_run_over_several_dockerfiles_is_watched(
    repo: MakeRepository, run: RunHook, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, 'PATIENCE', -1)
    monkeypatch.setattr(sys, 'stderr', terminal)
    repo({'a/Dockerfile': 'FROM golang:1.24\n', 'b/Dockerfile': 'FROM golang:1.24\n'})
    assert run(check_go_sum_copy.main, '.')[:2] == (0, '')
    assert '1 of 2: a/Dockerfile' in terminal.getvalue()
    assert terminal.getvalue().endswith(progress.CLEAR)

"""Colours: where they are shown, and that they are all that differs."""

from __future__ import annotations

import io
import re
import sys

import pytest

from hooks.report import colours, printing
from hooks.report.finding import Finding

FINDING = Finding('a/Dockerfile', 3, 'x', '"/go.sum" not found', 'run `go mod tidy`', ', since', ' (declared by c)')


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ('NO_COLOR', 'FORCE_COLOR', 'TERM'):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv('WT_SESSION', '1')


def shown(monkeypatch: pytest.MonkeyPatch, out: io.StringIO, finding: Finding = FINDING) -> str:
    with monkeypatch.context() as patch:
        patch.setattr(sys, 'stdout', out)
        printing.show([finding], 'check-x')
    return out.getvalue()


@pytest.mark.parametrize('hook', ['', 'check-go-sum-copy'])
def test_a_terminal_shows_the_same_text_in_colours(monkeypatch: pytest.MonkeyPatch, hook: str) -> None:
    finding = FINDING._replace(hook=hook)
    out = shown(monkeypatch, Terminal(), finding)
    assert re.sub(r'\033\[\d*m', '', out) == f'{finding}\n'
    assert out.startswith(
        '\033[1ma/Dockerfile:3:\033[0m \033[31m"/go.sum" not found\033[0m (declared by c), since: \033[32m'
    )


def test_anything_else_is_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(monkeypatch, io.StringIO()) == f'{FINDING}\n'


@pytest.mark.parametrize(
    ('terminal', 'variables', 'expected'),
    [
        (True, {'NO_COLOR': '1'}, False),
        (True, {'NO_COLOR': ''}, True),
        (True, {'TERM': 'dumb'}, False),
        (True, {'TERM': 'xterm'}, True),
        (True, {'FORCE_COLOR': '0'}, True),
        (False, {'FORCE_COLOR': '1'}, True),
        (False, {'FORCE_COLOR': '0'}, False),
        (False, {'FORCE_COLOR': ''}, False),
        (False, {'FORCE_COLOR': '1', 'NO_COLOR': '1'}, False),
    ],
)
def test_who_wants_colours(
    monkeypatch: pytest.MonkeyPatch, terminal: bool, variables: dict[str, str], expected: bool
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with monkeypatch.context() as patch:
        patch.setattr(sys, 'stdout', Terminal() if terminal else io.StringIO())
        assert colours.wanted() is expected

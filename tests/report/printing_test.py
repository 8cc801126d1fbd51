"""Findings: how they are ordered, ignored and printed."""

from __future__ import annotations

import io
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from hooks.report import printing
from hooks.report.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Callable

HOOK = 'check-go-sum-copy'


def finding(path: str, line: int, fact: str) -> Finding:
    return Finding(path, line, 'a-rule', fact, 'do it')


def show(findings: list[Finding], read: Callable[[str], str | None]) -> int:
    kept = printing.kept(findings, read, HOOK)
    printing.show(kept, HOOK)
    return len(kept)


def test_findings_are_sorted_and_printed_once(capfd: pytest.CaptureFixture[str]) -> None:
    found = [finding('b', 1, 'x'), finding('a', 10, 'y'), finding('a', 2, 'z'), finding('b', 1, 'x')]
    assert show(found, lambda path: '') == 3
    assert capfd.readouterr() == ('a:2: z: do it\na:10: y: do it\nb:1: x: do it\n', '')


def test_an_ignored_finding_is_none(capfd: pytest.CaptureFixture[str]) -> None:
    texts = {'a': '# check-go-sum-copy: ignore\nCOPY\n'}
    assert show([finding('a', 2, 'x'), finding('gone', 2, 'y')], texts.get) == 1
    assert capfd.readouterr().out == 'gone:2: y: do it\n'


def test_nothing_is_printed_when_there_is_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    assert show([], lambda path: '') == 0
    assert capfd.readouterr() == ('', '')


def test_a_name_that_is_not_utf_8_is_printed_as_its_bytes(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    show([finding('caf\udce9/Dockerfile', 1, 'é')], lambda path: '')
    assert capfdbinary.readouterr().out == b'caf\xe9/Dockerfile:1: \xc3\xa9: do it\n'


@pytest.mark.parametrize('encoding', ['ascii', 'latin-1', 'utf-8'])
def test_any_encoding_of_the_output_will_do(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, 'stdout', io.TextIOWrapper(raw, encoding=encoding))
    printing.write('é\u2028caf\udce9\n', HOOK)
    assert raw.getvalue() == 'é\u2028caf'.encode() + b'\xe9\n'


def test_an_output_of_text_alone_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    monkeypatch.setattr(sys, 'stdout', out)
    printing.write('x\n', HOOK)
    assert out.getvalue() == 'x\n'


def test_a_warning_is_one_line_on_standard_error(capfd: pytest.CaptureFixture[str]) -> None:
    printing.warn(HOOK, 'caf\udce9 is gone')
    out, err = capfd.readouterr()
    assert (out, err.count('\n'), err.startswith('check-go-sum-copy: caf')) == ('', 1, True)


def test_ten_thousand_findings_in_one_file_take_no_time(capfd: pytest.CaptureFixture[str]) -> None:
    text = 'COPY go.sum ./\n' * 10_000
    assert show([finding('a', line, 'x') for line in range(1, 10_001)], lambda path: text) == 10_000
    assert len(capfd.readouterr().out) > 10_000


def test_a_reader_that_goes_away_is_no_traceback() -> None:
    script = "from hooks.report import printing; printing.write('x' * 1_000_000, 'x'); printing.write('y', 'x')"
    with subprocess.Popen((sys.executable, '-c', script), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b''
        assert process.wait() == 0

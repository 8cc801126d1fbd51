"""Findings: how they are ordered, ignored and printed."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest

from hooks.report import printing
from hooks.report.printing import Finding

HOOK = 'check-go-sum-copy'


@pytest.mark.parametrize(
    ('text', 'line', 'ignored'),
    [
        pytest.param('# check-go-sum-copy: ignore\nCOPY\n', 2, True, id='right above'),
        pytest.param('# check-go-sum-copy: ignore, it is generated\nCOPY\n', 2, True, id='with a reason'),
        pytest.param('#check-go-sum-copy:ignore\nCOPY\n', 2, True, id='without blanks'),
        pytest.param('  # check-go-sum-copy: ignore\n\tCOPY\n', 2, True, id='indented'),
        pytest.param('# check-go-sum-copy: ignore\n# why\nCOPY\n', 2 + 1, True, id='above another comment'),
        pytest.param('# a # check-go-sum-copy: ignore\nCOPY\n', 2, True, id='behind a comment'),
        pytest.param('# check-go-sum-copy: ignore\r\nCOPY\r\n', 2, True, id='with CRLF'),
        pytest.param('# check-go-sum-copy: ignore\n\nCOPY\n', 3, False, id='above an empty line'),
        pytest.param('# check-go-sum-copy: ignore\nRUN\nCOPY\n', 3, False, id='above another instruction'),
        pytest.param('COPY\n# check-go-sum-copy: ignore\n', 1, False, id='below'),
        pytest.param('COPY # check-go-sum-copy: ignore\n', 1, False, id='at the end of a line of a Dockerfile'),
        pytest.param('require x v1 // check-go-sum-copy: ignore\n', 1, True, id='at the end of a line of go.mod'),
        pytest.param('// check-go-sum-copy: ignore\nrequire x v1\n', 2, True, id='above a line of go.mod'),
        pytest.param('# check-tidy-order: ignore\nCOPY\n', 2, False, id='of another hook'),
        pytest.param('# check-go-sum-copy: ignored\nCOPY\n', 2, False, id='another word'),
        pytest.param('# check-go-sum-copy\nCOPY\n', 2, False, id='the name alone'),
        pytest.param('# xcheck-go-sum-copy: ignore\nCOPY\n', 2, False, id='a name that ends alike'),
        pytest.param('', 1, False, id='an empty file'),
        pytest.param('COPY\n', 9, False, id='a line that is not there'),
    ],
)
def test_is_ignored(text: str, line: int, ignored: bool) -> None:
    assert printing.is_ignored(text, line, HOOK) is ignored


def test_findings_are_sorted_and_printed_once(capfd: pytest.CaptureFixture[str]) -> None:
    found = [Finding('b', 1, 'x'), Finding('a', 10, 'y'), Finding('a', 2, 'z'), Finding('b', 1, 'x')]
    assert printing.show(found, lambda path: '', HOOK) == 3
    assert capfd.readouterr() == ('a:2: z\na:10: y\nb:1: x\n', '')


def test_an_ignored_finding_is_none(capfd: pytest.CaptureFixture[str]) -> None:
    texts = {'a': '# check-go-sum-copy: ignore\nCOPY\n'}
    assert printing.show([Finding('a', 2, 'x'), Finding('gone', 2, 'y')], texts.get, HOOK) == 1
    assert capfd.readouterr().out == 'gone:2: y\n'


def test_nothing_is_printed_when_there_is_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    assert printing.show([], lambda path: '', HOOK) == 0
    assert capfd.readouterr() == ('', '')


def test_a_name_that_is_not_utf_8_is_printed_as_its_bytes(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    printing.show([Finding('caf\udce9/Dockerfile', 1, 'é')], lambda path: '', HOOK)
    assert capfdbinary.readouterr().out == b'caf\xe9/Dockerfile:1: \xc3\xa9\n'


@pytest.mark.parametrize('encoding', ['ascii', 'latin-1', 'utf-8'])
def test_any_encoding_of_the_output_will_do(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, 'stdout', io.TextIOWrapper(raw, encoding=encoding))
    printing.write('é\u2028caf\udce9\n')
    assert raw.getvalue() == 'é\u2028caf'.encode() + b'\xe9\n'


def test_an_output_of_text_alone_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    monkeypatch.setattr(sys, 'stdout', out)
    printing.write('x\n')
    assert out.getvalue() == 'x\n'


def test_a_warning_is_one_line_on_standard_error(capfd: pytest.CaptureFixture[str]) -> None:
    printing.warn(HOOK, 'caf\udce9 is gone')
    out, err = capfd.readouterr()
    assert (out, err.count('\n'), err.startswith('check-go-sum-copy: caf')) == ('', 1, True)


def test_ten_thousand_findings_in_one_file_take_no_time(capfd: pytest.CaptureFixture[str]) -> None:
    text = 'COPY go.sum ./\n' * 10_000
    assert printing.show([Finding('a', line, 'x') for line in range(1, 10_001)], lambda path: text, HOOK) == 10_000
    assert len(capfd.readouterr().out) > 10_000


def test_a_reader_that_goes_away_is_no_traceback() -> None:
    script = "from hooks.report import printing; printing.write('x' * 1_000_000); printing.write('y')"
    with subprocess.Popen((sys.executable, '-c', script), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b''
        assert process.wait() == 0

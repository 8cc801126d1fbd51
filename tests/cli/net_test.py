"""A hook that fails: one line that names the file, the other files are checked all the same, and exit code 1."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from hooks import check_go_sum_copy, check_tidy_order, check_x_versions, go_docker
from hooks.cli import net
from hooks.rules import command_fails, missing_go_sum_entry, no_such_x_version, source_not_in_context

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from hooks.facts.places import At
    from hooks.report.finding import Finding
    from tests.conftest import MakeRepository, RunHook

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
DOCKERFILE = 'FROM golang:1.21\nWORKDIR /app\nCOPY go.mod go.sum ./\nRUN go mod download\n'
FILES: Mapping[str, str] = {
    f'{folder}/{name}': text
    for folder in ('a', 'b')
    for name, text in {'Dockerfile': DOCKERFILE, 'go.mod': 'module x\n\nrequire golang.org/x/net v1.20.0\n'}.items()
}


@pytest.fixture
def netted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(net, 'CAUGHT', (Exception,))


def failing(path: str, find: Callable[..., Iterator[Finding]]) -> Callable[..., Iterator[Finding]]:
    """A rule that raises in one of the files."""

    def finds(at: At, *more: str) -> Iterator[Finding]:
        if path in (more[0] if more else at.build.dockerfile):
            raise IndexError('list index\nout of range')
        return find(at, *more)

    return finds


@pytest.mark.usefixtures('netted')
def test_the_other_files_are_checked(repo: MakeRepository, run: RunHook, monkeypatch: pytest.MonkeyPatch) -> None:
    repo(FILES)
    monkeypatch.setattr(source_not_in_context, 'find', failing('a/', source_not_in_context.find))
    outcome = run(check_go_sum_copy.main, 'a/Dockerfile', 'b/Dockerfile')
    assert (outcome.code, outcome.out.startswith('b/Dockerfile:3: '), outcome.out.count('\n')) == (1, True, 1)
    assert outcome.err.startswith(
        'check-go-sum-copy: a/Dockerfile: this hook failed (IndexError: list index\\nout of range at '
    )
    assert outcome.err.endswith('): please report it, with the file\n')
    assert outcome.err.count('\n') == 1


@pytest.mark.usefixtures('netted')
def test_the_other_hooks_of_the_file_are_asked(
    repo: MakeRepository, run: RunHook, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo(FILES)
    monkeypatch.setattr(source_not_in_context, 'find', failing('a/', source_not_in_context.find))
    outcome = run(go_docker.main, 'a/Dockerfile')
    assert (outcome.code, outcome.out, outcome.err.startswith('check-go-sum-copy: a/Dockerfile: ')) == (1, '', True)


@pytest.mark.usefixtures('netted')
def test_so_are_those_in_front(repo: MakeRepository, run: RunHook, monkeypatch: pytest.MonkeyPatch) -> None:
    repo(FILES)
    monkeypatch.setattr(command_fails, 'find', failing('a/', command_fails.find))
    outcome = run(go_docker.main, 'a/Dockerfile')
    assert '[check-go-sum-copy/source-not-in-context]' in outcome.out
    assert outcome.err.startswith('check-tidy-order: a/Dockerfile: this hook failed (IndexError: ')


@pytest.mark.usefixtures('netted')
def test_so_are_the_other_modules(repo: MakeRepository, run: RunHook, monkeypatch: pytest.MonkeyPatch) -> None:
    repo(FILES)
    monkeypatch.setattr(no_such_x_version, 'in_module', failing('a/', no_such_x_version.in_module))
    outcome = run(check_x_versions.main, 'a/go.mod', 'b/go.mod')
    assert (outcome.code, outcome.out.startswith('b/go.mod:3: '), outcome.err.count('a/go.mod: ')) == (1, True, 1)


@pytest.mark.usefixtures('netted')
def test_the_table_of_explain_is_shown_for_the_others(
    repo: MakeRepository, run: RunHook, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo(FILES)
    monkeypatch.setattr(missing_go_sum_entry, 'find', failing('a/', missing_go_sum_entry.find))
    monkeypatch.setattr(check_tidy_order, 'MUST_PASS', (missing_go_sum_entry,))
    outcome = run(check_tidy_order.main, '--explain', 'a/Dockerfile', 'b/Dockerfile')
    assert outcome.code == 1
    assert 'b/Dockerfile, built from' in outcome.out


@pytest.mark.usefixtures('netted')
def test_a_reader_that_fails_ends_the_run_in_one_line(
    repo: MakeRepository, run: RunHook, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hooks.builds import composefile

    def fails(path: str) -> None:
        raise RecursionError

    monkeypatch.setattr(composefile, 'load', lambda reader, source, including=(): fails(source.path))
    repo({**FILES, 'compose.yaml': 'services:\n  a:\n    build: a\n'})
    outcome = run(check_tidy_order.main, 'a/Dockerfile')
    assert (outcome.code, outcome.out) == (1, '')
    assert outcome.err.startswith('check-tidy-order: compose.yaml: this hook failed (RecursionError at ')


@pytest.mark.skipif(os.name == 'nt', reason='there is no such signal')
def test_an_interrupt_is_no_traceback(repo: MakeRepository) -> None:
    repo(FILES)
    script = (
        # What runs the tests in the background may have it ignored.
        'import signal, sys, time; signal.signal(signal.SIGINT, signal.default_int_handler)\n'
        'from hooks import check_tidy_order as hook; from hooks.context import index\n'
        'def slow(): print("!", flush=True); time.sleep(60)\n'
        'index.sought = slow\n'
        'sys.exit(hook.main(["a/Dockerfile"]))'
    )
    environment = {**os.environ, 'PYTHONPATH': TOP}
    with subprocess.Popen(
        (sys.executable, '-c', script), env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == b'!\n'
        time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        assert (process.communicate()[1], process.returncode) == (b'', 130)

"""What every test stands on: a git that nobody's settings reach, throw-away repositories, and a hook's outcome."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING, NamedTuple, Protocol

import pytest

from hooks.cli import net

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping
    from pathlib import Path

Content = str | bytes
REQUIRED = os.environ.get('GO_DOCKER_HOOKS_JUDGES') == 'required'


class MakeRepository(Protocol):
    def __call__(self, files: Mapping[str, Content], *, untracked: Mapping[str, Content] | None = None) -> str: ...


class Outcome(NamedTuple):
    code: int
    out: str
    err: str


class RunHook(Protocol):
    def __call__(self, main: Callable[[list[str]], int], *argv: str) -> Outcome: ...


@pytest.fixture(autouse=True)
def plain_git(monkeypatch: pytest.MonkeyPatch) -> None:
    """No GIT_* of a caller (a hook's run sets GIT_DIR), no settings of the machine or the user."""
    for name in [name for name in os.environ if name.startswith('GIT_')]:
        monkeypatch.delenv(name)
    monkeypatch.setenv('GIT_CONFIG_GLOBAL', os.devnull)
    monkeypatch.setenv('GIT_CONFIG_NOSYSTEM', '1')
    for role in ('AUTHOR', 'COMMITTER'):
        monkeypatch.setenv(f'GIT_{role}_NAME', 'A Developer')
        monkeypatch.setenv(f'GIT_{role}_EMAIL', 'developer@example.com')


@pytest.fixture(autouse=True)
def no_net(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a rule raises is to end the test."""
    monkeypatch.setattr(net, 'CAUGHT', ())


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MakeRepository:
    """`repo({path: text})` makes a git repository that tracks these files, enters it and returns its folder.

    Paths are relative to the repository, with `/`. A tracked file is tracked even where a `.gitignore` names it.
    `untracked` files are on the disk only. Nothing is committed: the index is what hooks read. Called again in the
    same test, it adds to the repository.
    """
    top = tmp_path / 'repository'

    def make(files: Mapping[str, Content], *, untracked: Mapping[str, Content] | None = None) -> str:
        _write(str(top), files)
        monkeypatch.chdir(top)
        for command in (('init', '--quiet', '--initial-branch=main'), ('add', '--all', '--force')):
            subprocess.run(('git', *command), check=True)
        _write(str(top), untracked or {})
        return str(top)

    return make


def _write(top: str, files: Mapping[str, Content]) -> None:
    os.makedirs(top, exist_ok=True)
    for path, content in files.items():
        os.makedirs(os.path.dirname(os.path.join(top, path)), exist_ok=True)
        with open(os.path.join(top, path), 'wb') as file:
            file.write(content.encode('utf-8', 'surrogateescape') if isinstance(content, str) else content)


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> RunHook:
    """`run(main, *argv)` is a hook's outcome: exit code, standard output, standard error."""

    def outcome(main: Callable[[list[str]], int], *argv: str) -> Outcome:
        capfd.readouterr()
        try:
            code = main(list(argv))
        except SystemExit as end:  # argparse's way out: --help and wrong usage
            code = end.code if isinstance(end.code, int) else 1
        return Outcome(code, *capfd.readouterr())

    return outcome


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where judges are required, a test that skips for the lack of one fails; see tests/judges for those of builds."""
    report = yield
    if REQUIRED and report.skipped and 'judge missing' in str(report.longrepr):
        report.outcome = 'failed'
    return report

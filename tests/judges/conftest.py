"""Judges are named at the end, with what they judged; with GO_DOCKER_HOOKS_JUDGES=required a missing one is a failure.

A test says that its judge is missing by skipping with `judge missing: NAME`, and `: REASON` or `(REASON)` after it;
`judge unreached: NAME` where only the network is.
"""

from __future__ import annotations

import os
import re
import time
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from tests.cases import Case
from tests.judges import _images, _proxy, _tally
from tests.judges._builders import BUILDERS, Builder, Result
from tests.judges._trees import write

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

REQUIRED = os.environ.get('GO_DOCKER_HOOKS_JUDGES') == 'required'
WORKERS = 2
MISSING = re.compile(r'judge (?P<how>missing|unreached): [^:(]+')


class Judge:
    """A builder's verdicts: all the cases of the session are queued at the first question, two are built at a time."""

    def __init__(self, builder: Builder, cases: list[Case]) -> None:
        self.builder = builder
        self.pool = ThreadPoolExecutor(WORKERS)
        self.futures: dict[str, Future[Result]] = {case.name: self.pool.submit(self._build, case) for case in cases}

    def verdict(self, case: Case) -> Result:
        """What became of the case's build, on a clean checkout."""
        _tally.tally(self.builder.name)
        return self.futures[case.name].result()

    def builds(
        self,
        files: dict[str, str],
        dockerfile: str = 'Dockerfile',
        context: str = '',
        target: str = '',
        args: tuple[tuple[str, str], ...] = (),
    ) -> Result:
        """Build any tree now, such as what a fixer left behind."""
        _tally.tally(self.builder.name)
        with TemporaryDirectory() as top:
            write(top, files)
            return self.builder.build(top, dockerfile, context, target, dict(args))

    def _build(self, case: Case) -> Result:
        with TemporaryDirectory() as top:
            write(top, case.files, case.untracked)
            return self.builder.build(top, case.dockerfile, case.context, case.target, dict(case.args))

    def stop(self) -> None:
        """Drop what is queued, then stop the builder."""
        self.pool.shutdown(cancel_futures=True)
        self.builder.stop()


def _wanted(session: pytest.Session, name: str) -> list[Case]:
    """The cases of the selected tests that ask this builder."""
    functions = [item for item in session.items if isinstance(item, pytest.Function) and hasattr(item, 'callspec')]
    asked = [function.callspec.params for function in functions if function.callspec.params.get('builder') == name]
    cases: list[Case] = [params['case'] for params in asked if 'case' in params]  # type: ignore[misc]
    return cases


def _judge(session: pytest.Session, kind: type[Builder]) -> Iterator[Judge]:
    lacks = kind.missing()
    if lacks:
        pytest.skip(f'judge missing: {kind.name}: {lacks}')
    judge = Judge(kind(_images.images()), _wanted(session, kind.name))
    try:
        yield judge
    finally:
        judge.stop()


@pytest.fixture(scope='session')
def buildkit(request: pytest.FixtureRequest) -> Iterator[Judge]:
    """BuildKit's verdicts."""
    yield from _judge(request.session, BUILDERS[0])


@pytest.fixture(scope='session')
def classic(request: pytest.FixtureRequest) -> Iterator[Judge]:
    """The verdicts of Docker's classic builder."""
    yield from _judge(request.session, BUILDERS[1])


@pytest.fixture(scope='session')
def buildah(request: pytest.FixtureRequest) -> Iterator[Judge]:
    """Buildah's verdicts."""
    yield from _judge(request.session, BUILDERS[2])


@pytest.fixture(scope='session')
def proxy() -> None:
    """The real module proxy answers."""
    missing = _proxy.missing()
    if missing:
        pytest.skip(missing)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None, object, object]:
    """Time a test, with the start of the judge that it waits for, and give the time to the judges that it asked."""
    before, start = _tally.CASES.copy(), time.perf_counter()
    result = yield
    for name in _tally.CASES - before:
        times = item.config.stash.setdefault(TIMES, {})
        times[name] = times.get(name, 0) + time.perf_counter() - start
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Count a missing judge; where judges are required, fail instead of skipping, but for the lack of a network."""
    report = yield
    if not report.skipped:
        return report
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    named = MISSING.search(reason)
    if named:
        item.config.stash.setdefault(ABSENT, Counter())[named[0].strip()] += 1
    if REQUIRED and not (named and named['how'] == 'unreached'):
        report.outcome = 'failed'
        report.longrepr = reason
    return report


TIMES = pytest.StashKey[dict[str, float]]()
ABSENT = pytest.StashKey['Counter[str]']()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """A line for each judge: what it judged, or that it was missing, so that a run without it does not look like one.

    A test that asks two judges counts its time for both.
    """
    times = config.stash.get(TIMES, {})
    for name, cases in sorted(_tally.CASES.items()):
        terminalreporter.write_line(f'judge: {name}: {cases:,} cases in {times[name]:.0f} s')
    for name, tests in sorted(config.stash.get(ABSENT, Counter()).items()):
        failed = REQUIRED and name.startswith('judge missing')
        terminalreporter.write_line(f'{name}: {tests} tests {"failed" if failed else "skipped"}', yellow=True)

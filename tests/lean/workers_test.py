"""Work that several processes share: what comes back is what one would have found."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from hooks.lean import workers
from hooks.report.finding import Finding, Related

if TYPE_CHECKING:
    from collections.abc import Sequence


PATHS = [f'{number}/Dockerfile' for number in range(1000)]


def work(paths: Sequence[str]) -> list[Finding]:
    related = (Related('go.mod', 3, 'requires go >= 1.25'),)
    return [Finding(path, os.getpid(), 'a-rule', 'a fact', 'a cure', related=related) for path in paths]


@pytest.mark.skipif(not hasattr(os, 'fork'), reason='no process forks there')
def test_findings_come_back_whole_from_other_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, 'cpu_count', lambda: 4)
    found = workers.spread(work, PATHS)
    assert sorted(each.path for each in found) == sorted(PATHS)
    assert len({each.line for each in found}) == 4
    assert all(type(each) is Finding and type(each.related[0]) is Related for each in found)


def test_work_that_fails_in_another_process_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, 'cpu_count', lambda: 2)
    own = os.getpid()

    def fails_elsewhere(paths: Sequence[str]) -> list[Finding]:
        if os.getpid() != own:
            os._exit(3)
        return work(paths)

    found = workers.spread(fails_elsewhere, PATHS)
    assert {each.line for each in found} == {own}
    assert len(found) == len(PATHS)

"""The cases that hold on any Go: what the hooks say of them where the image has a newer one."""

from __future__ import annotations

import pytest

from tests._verdicts import comparable, finds
from tests.cases import ON_ANY_GO


@pytest.mark.parametrize('go', ['1.22', '1.23', '1.25', '1.27'])
def test_a_finding_means_that_the_build_fails(go: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = [case.on(go) for case in ON_ANY_GO if comparable(case)]
    assert len(cases) > 50
    wrong = [case.name for case in cases if finds(case, monkeypatch) != bool(case.builds)]
    assert wrong == []


def test_what_changed_is_in_the_table() -> None:
    """Each of these is another verdict, or another reason, on another Go."""
    changed = [case for case in ON_ANY_GO if case.newer]
    assert {since for case in changed for since, _ in case.newer} == {'1.22', '1.25'}
    assert all(case.on('1.21').builds == case.builds != case.on('1.27').builds for case in changed)

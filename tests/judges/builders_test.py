"""Every case of the table, built by the real builders; what go says of it, also by newer Go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cases import CASES, ON_ANY_GO, Case
from tests.judges._builders import BUILDERS
from tests.judges._images import TOOLCHAINS

if TYPE_CHECKING:
    from tests.judges.conftest import Judge

# A builder that is known not to be asked is no test at all, so that skips are missing judges and nothing else.
ASKED = [
    pytest.param(kind.name, case, id=f'{kind.name}: {case.name}')
    for kind in BUILDERS
    for case in CASES
    if not getattr(case, 'builds' if kind.name == 'buildkit' else kind.name).startswith('skip: ')
]
OLDEST, MIDDLE, NEWEST = TOOLCHAINS
# The middle one is asked a sample, and whatever changed.
SAMPLE = [case for at, case in enumerate(ON_ANY_GO) if case.newer or at % 7 == 0]
ASKED += [
    pytest.param('buildkit', case.on(go), id=f'buildkit: {case.name}, Go {go}')
    for go, cases in ((MIDDLE, SAMPLE), (NEWEST, ON_ANY_GO))
    for case in cases
]


@pytest.mark.parametrize(('builder', 'case'), ASKED)
def test_the_build_ends_as_the_case_says(builder: str, case: Case, request: pytest.FixtureRequest) -> None:
    judge: Judge = request.getfixturevalue(builder)
    expected = case.builds if builder == 'buildkit' else getattr(case, builder)
    result = judge.verdict(case)
    assert result.ok == (not expected), result.error[-3000:]
    assert expected in result.error

"""The hooks as a user tries them: the real `pre-commit try-repo`, on the services of the demo, broken and cured."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from demo import precommit
from demo.services import CASES

if TYPE_CHECKING:
    from tests.conftest import MakeRepository

HOOK = 'check-go-sum-copy'


@pytest.fixture(scope='module')
def source(tmp_path_factory: pytest.TempPathFactory) -> str:
    return precommit.source(str(tmp_path_factory.mktemp('hooks') / 'source'))


@pytest.mark.parametrize('name', [name for name, case in CASES.items() if case.cure])
def test_broken_services_are_named_and_cured_ones_silent(source: str, repo: MakeRepository, name: str) -> None:
    top = repo(CASES[name].files)
    broken = precommit.try_repo(top, source, HOOK)
    assert (broken.code, broken.lines) == (1, CASES[name].findings)

    precommit.lay_out(top, CASES[name].cure)
    cured = precommit.try_repo(top, source, HOOK)
    assert (cured.code, cured.lines) == (0, ())

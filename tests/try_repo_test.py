"""The hooks as a user tries them: the real pre-commit, on the services of the demo, broken and cured."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from demo import precommit
from demo.run import fixing
from demo.services import CASES, HOOKS

if TYPE_CHECKING:
    from tests.conftest import MakeRepository


@pytest.fixture(scope='module')
def source(tmp_path_factory: pytest.TempPathFactory) -> str:
    return precommit.source(str(tmp_path_factory.mktemp('hooks') / 'source'))


@pytest.fixture(scope='module')
def home(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where pre-commit keeps what it builds."""
    return str(tmp_path_factory.mktemp('pre-commit'))


def run(top: str, source: str, arguments: dict[str, tuple[str, ...]]) -> precommit.Ran:
    return precommit.run(top, source, {hook: arguments.get(hook, ()) for hook in HOOKS})


@pytest.mark.parametrize('name', CASES)
def test_broken_services_are_named_and_cured_ones_silent(
    source: str, home: str, repo: MakeRepository, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv('PRE_COMMIT_HOME', home)
    case = CASES[name]
    top = repo({})
    precommit.lay_out(top, case.files)
    broken = run(top, source, {})
    assert (broken.code, broken.lines) == (1, case.findings)
    precommit.lay_out(top, case.cure)
    if case.rewritten:
        fixed = run(top, source, fixing(case))
        assert (fixed.code, fixed.lines) == (1, case.rewritten)
        precommit.lay_out(top, {})
    cured = run(top, source, {})
    assert (cured.code, cured.lines) == (0, {})


def test_try_repo_runs_every_hook_of_the_manifest(source: str, repo: MakeRepository) -> None:
    case = CASES['gateway']
    broken = precommit.try_repo(repo(case.files), source)
    alone = {hook: lines for hook, lines in broken.lines.items() if hook != 'go-docker'}
    assert (broken.code, alone) == (1, case.findings)
    checks = [line for hook, lines in alone.items() if hook.startswith('check-') for line in lines]
    # Without the rule at the end of each.
    assert sorted(line.rpartition(' [')[0] for line in broken.lines['go-docker']) == sorted(checks)
    assert sorted(line.split('.')[0] for line in precommit.STATUS.findall(broken.text)) == sorted([*HOOKS, 'go-docker'])

"""The table of cases is of one mind with itself."""

from __future__ import annotations

from collections import Counter

from tests.cases import CASES, Case


def test_every_case_has_a_name_of_its_own() -> None:
    assert [name for name, times in Counter(case.name for case in CASES).items() if times > 1] == []


def test_a_finding_means_that_the_build_fails_and_an_exception_says_why() -> None:
    judged = [case for case in CASES if not case.builds.startswith('skip: ')]
    assert [case.name for case in judged if _agrees(case) == bool(case.why)] == []


def test_a_finding_stands_at_a_line_that_exists() -> None:
    assert [case.name for case in CASES if not all(_exists(case, finding) for finding in _findings(case))] == []


def test_a_piece_of_an_error_is_not_in_the_steps_that_builders_print() -> None:
    pieces = [(case, piece) for case in CASES for piece in (case.builds, case.classic, case.buildah) if piece]
    assert [(case.name, piece) for case, piece in pieces if piece in case.files[case.dockerfile]] == []


def test_untracked_files_are_files() -> None:
    assert [case.name for case in CASES if not set(case.untracked) <= set(case.files)] == []


def _agrees(case: Case) -> bool:
    return bool(case.finds or case.other) == bool(case.builds)


def _findings(case: Case) -> list[str]:
    return [*case.finds, *case.strict, *(finding for _, finding in case.other)]


def _exists(case: Case, finding: str) -> bool:
    path, line = finding.rsplit(':', 1)
    return bool(case.files[path].split('\n')[int(line) - 1].strip())

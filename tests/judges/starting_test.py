"""Containers that really start: BuildKit runs the ENTRYPOINT, CMD or HEALTHCHECK of a case as a last step."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.cases import static_binary

if TYPE_CHECKING:
    from tests.cases import Case
    from tests.judges.conftest import Judge

START = re.compile(r'^(?:ENTRYPOINT|CMD|HEALTHCHECK (?:--\S+ )*CMD) ', re.MULTILINE)
CASES = [case for case in static_binary.CASES if not case.builds]
# What runc and the shell say of a program that is not there, is none, or may not be executed.
SAYS = re.compile(
    r'no such file or directory|not found|permission denied|is a directory|no matching entries', re.IGNORECASE
)


@pytest.mark.parametrize('case', CASES, ids=[case.name for case in CASES])
def test_it_starts_where_the_hook_is_silent(case: Case, buildkit: Judge) -> None:
    # Behind an ENTRYPOINT a CMD is no command of its own.
    text = case.files[case.dockerfile]
    text = re.sub(r'^CMD .*$', '', text, flags=re.MULTILINE) if 'ENTRYPOINT' in text else text
    result = buildkit.builds({**case.files, case.dockerfile: START.sub('RUN ', text)})
    found = bool(case.findings(static_binary.HOOK))
    assert result.ok is not found, result.error
    assert not found or SAYS.search(result.error), result.error

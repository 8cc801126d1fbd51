"""Containers that really start: BuildKit runs the ENTRYPOINT, CMD or HEALTHCHECK of a case as a last step.

A volume of a compose file is a bind mount of that step.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from hooks.check_static_binary import main
from tests.cases import static_binary

if TYPE_CHECKING:
    from tests.cases import Case
    from tests.conftest import MakeRepository, RunHook
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


MODULE = {'go.mod': 'module example.com/app\n\ngo 1.21\n', 'main.go': 'package main\n\nfunc main() {}\n'}
SERVICE = 'services:\n  web:\n    build: .\n    volumes:\n      - {}:{}\n'


@pytest.mark.parametrize(
    ('output', 'start', 'source', 'target', 'hides'),
    [
        pytest.param('app', '["./app"]', '.', '/app', True, id='over the program'),
        pytest.param('app', './app', '.', '/app', True, id='over the program of a shell'),
        pytest.param('bin/app', '["bin/app"]', './conf', '/app/bin', True, id='over the folder of the program'),
        pytest.param('/bin/app', '["app"]', '.', '/app', False, id='the program elsewhere'),
        pytest.param('app', '["./app"]', './conf', '/app/conf', False, id='beside the program'),
        pytest.param('conf/app', '["conf/app"]', './conf', '/conf', False, id='the same name elsewhere'),
    ],
)
def test_a_volume_hides_what_lies_below_it(
    output: str, start: str, source: str, target: str, hides: bool, buildkit: Judge, repo: MakeRepository, run: RunHook
) -> None:
    steps = f'FROM golang:1.21\nWORKDIR /app\nCOPY . .\nRUN CGO_ENABLED=0 go build -o {output} .\n'
    files = {**MODULE, 'conf/x': '', 'compose.yaml': SERVICE.format(source, target)}
    mount = f'--mount=type=bind,source={source},target={target}'
    started = buildkit.builds({**files, 'Dockerfile': f'{steps}RUN {mount} {start}\n'})
    repo({**files, 'Dockerfile': f'{steps}CMD {start}\n'})
    said = run(main, 'compose.yaml').out
    assert (started.ok, 'this volume hides' in said) == (not hides, hides), (started.error[-500:], said)
    assert not hides or SAYS.search(started.error), started.error

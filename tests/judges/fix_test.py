"""What cures a build really cures it: `--fix`, and the cures of the demo's services."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from demo.services import CASES as SERVICES
from demo.services import PROTOC
from hooks import check_go_sum_copy, check_x_versions, sync_dockerignore
from hooks.builds import subjects
from hooks.check_go_sum_copy import findings
from hooks.fixes.optional_sum import fixed
from tests._verdicts import OnDisk
from tests.cases import CASES, SUM, Case
from tests.cases._case import MAIN, MISSING, MOD, NOT_FOUND
from tests.judges._trees import write

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from demo.services import Case as Services
    from tests.judges.conftest import Judge

COPIED = [case for case in CASES if case.finds and not case.untracked]
# The judges have few images, which bring a proxy with a few modules, and no package manager or users.
STAND_INS = {'main.go': MAIN, 'go.sum': SUM}
SPELLED = {
    f'go install {PROTOC}@v1.36.6': 'true',
    f'go install {PROTOC}@v1.36.5': 'true',
    'golang:1.21-alpine': 'golang:1.21',
    'alpine:3.19': 'alpine',
    'apk add --no-cache git ca-certificates && adduser -D -u 1001 chorus': 'true',
    'chorus:chorus': '1001:1001',
}
FIXERS = {
    'check-go-sum-copy': (check_go_sum_copy.main, '--fix'),
    'check-x-versions': (check_x_versions.main, '--fix'),
    'sync-dockerignore': (sync_dockerignore.main, '--'),
}


def test_fix_writes() -> None:
    """Else nothing would be built below."""
    found = [subjects.Builds(OnDisk(case)).subject(case.dockerfile) for case in COPIED]
    written = [each for each in found if each and fixed(each, findings(each)) != each.text]
    assert len(written) > 40


@pytest.mark.parametrize('case', COPIED, ids=[case.name for case in COPIED])
def test_what_fix_writes_builds(
    case: Case, buildkit: Judge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    written = _fixed(case.files, case.dockerfile, tmp_path, monkeypatch)
    if written == case.files[case.dockerfile]:
        return
    assert 'Rewriting' in capsys.readouterr().out
    files = {**case.files, case.dockerfile: written}
    result = buildkit.builds(files, case.dockerfile, case.context, case.target, case.args)
    assert result.ok, result.error[-3000:]


def _fixed(files: Mapping[str, str], dockerfile: str, top: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    write(str(top), files)
    for command in (('init', '--quiet'), ('add', '--all', '--force')):
        subprocess.run(('git', *command), cwd=top, check=True)
    monkeypatch.chdir(top)
    check_go_sum_copy.main(['--fix', dockerfile])
    return (top / dockerfile).read_bytes().decode('utf-8', 'surrogateescape')


def _broken(name: str) -> list[str]:
    """The folders of a demo's services without a go.sum."""
    files = SERVICES[name].files
    return [os.path.dirname(path) for path in files if path.endswith('go.mod') and f'{path[:-3]}sum' not in files]


@pytest.mark.parametrize(('name', 'folder'), [(name, folder) for name in SERVICES for folder in _broken(name)])
def test_a_service_of_the_demo_fails_and_its_cure_builds(
    name: str, folder: str, buildkit: Judge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = SERVICES[name]
    broken = _stand_ins(case.files)
    own = f'{folder}/Dockerfile'
    dockerfile = own if own in broken else 'infrastructure/docker/base-go.dockerfile'
    result = buildkit.builds(broken, dockerfile, folder)
    copied = any(finding.startswith(f'{dockerfile}:') for finding in case.findings['check-go-sum-copy'])
    assert (NOT_FOUND if copied else MISSING) in result.error
    result = buildkit.builds(_stand_ins(_cured(case, tmp_path, monkeypatch)), dockerfile, folder)
    assert result.ok, result.error[-3000:]


def test_versions_that_never_existed_are_not_cured_by_hand(buildkit: Judge) -> None:
    case = SERVICES['gateway']
    files = _stand_ins({**case.files, **case.cure})
    result = buildkit.builds(files, 'app/gateway/Dockerfile', 'app/gateway')
    assert 'golang.org/x/net@v1.20.0' in result.error


def _cured(case: Services, top: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The files of a demo's case, mended by hand and by the fixers."""
    write(str(top), {**case.files, **case.cure})
    for command in (('init', '--quiet'), ('add', '--all')):
        subprocess.run(('git', *command), cwd=top, check=True)
    monkeypatch.chdir(top)
    for hook in case.rewritten:
        main, option = FIXERS[hook]
        main([option, *case.files])
    paths = [path for path in top.rglob('*') if path.is_file() and '.git' not in path.relative_to(top).parts]
    return {path.relative_to(top).as_posix(): path.read_text('utf-8') for path in paths}


def _stand_ins(files: Mapping[str, str]) -> dict[str, str]:
    texts = {path: STAND_INS.get(os.path.basename(path), text) for path, text in files.items()}
    for path, text in files.items():
        if path.endswith('go.mod'):
            # Of golang.org/x the judges' proxy has net.
            texts[path] = MOD + ''.join(line + '\n' for line in text.split('\n') if 'golang.org/x/net' in line)
    for written, stand_in in SPELLED.items():
        texts = {path: text.replace(written, stand_in) for path, text in texts.items()}
    return texts

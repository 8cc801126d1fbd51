"""prek, which runs the hooks of pre-commit's configs, runs these."""

from __future__ import annotations

import os
import shutil
import subprocess
import sysconfig
from typing import TYPE_CHECKING

import pytest

from demo import precommit
from demo.services import CASES

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeRepository

CASE = CASES['gateway']
# It is installed beside the interpreter, whose folder need not be on PATH.
BESIDE = sysconfig.get_path('scripts')
PREK = shutil.which('prek', path=BESIDE) or ''


@pytest.mark.skipif(not PREK, reason='judge missing: prek')
def test_prek_runs_the_hooks(repo: MakeRepository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv('PREK_HOME', str(tmp_path / 'prek'))
    # It takes uv from the pip of the first python3, and Debian's own has none.
    monkeypatch.setenv('PATH', BESIDE, prepend=os.pathsep)
    source = precommit.source(str(tmp_path / 'source'))
    top = repo(CASE.files)
    config = os.path.join(top, '.git', 'prek.yaml')
    with open(config, 'w', encoding='utf-8') as file:
        file.write(precommit.CONFIG.format(source=source) + precommit.HOOK.format(hook='go-docker', arguments=''))
    done = subprocess.run(
        (PREK, 'run', '--all-files', '--config', config), cwd=top, capture_output=True, encoding='utf-8'
    )
    # Without the rule at the end of each.
    printed = [line.strip().rpartition(' [')[0] for line in done.stdout.split('\n') if line.endswith(']')]
    checks = [line for hook, lines in CASE.findings.items() if hook.startswith('check-') for line in lines]
    assert (done.returncode, sorted(printed)) == (1, sorted(checks)), done.stdout + done.stderr

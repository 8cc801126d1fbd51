"""adduser and addgroup of Debian, asked by a user who may add nobody: what they say of an option comes first."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from hooks.replay import accounts
from tests.judges._tally import tally

COMMANDS = (
    'addgroup -g 1001 app',
    'addgroup -S app',
    'addgroup --system app',
    'addgroup --gid 1001 app',
    'adduser -S app',
    'adduser -D app',
    'adduser -D -u 1001 -G app app',
    'adduser -S -D -H app',
    'adduser -h /srv -s /bin/sh app',
    'adduser -s /bin/sh app',
    'adduser -u 1001 app',
    'adduser --system --no-create-home --ingroup nogroup app',
    'adduser --disabled-password --shell /bin/sh app',
    'adduser app users',
)


@pytest.mark.parametrize('command', COMMANDS)
def test_what_is_refused(command: str) -> None:
    words = command.split()
    if os.geteuid() or not shutil.which('dpkg') or not shutil.which(words[0]):
        pytest.skip('judge missing: adduser of Debian, and root to be nobody')
    done = subprocess.run(words, user='nobody', stdin=subprocess.DEVNULL, capture_output=True, text=True)
    tally('adduser')
    refused = done.returncode != 0 and 'ambiguous' in done.stderr
    said = accounts.refused(words)
    assert bool(said) == refused, done.stderr
    assert said in done.stderr

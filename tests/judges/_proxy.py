"""The real go command, on modules of the real module proxy."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from typing import NamedTuple

import pytest

from tests.judges._tally import tally

GO = shutil.which('go')
# What go says where the network is missing, and not the module.
UNREACHED = re.compile(
    r'dial (?:tcp|udp)|no such host|network is unreachable|connection refused|i/o timeout|proxyconnect'
)


class Result(NamedTuple):
    ok: bool
    out: str
    error: str


def go(*arguments: str, mod: str = '-mod=mod', cache: str = '') -> Result:
    """The go command in the current folder; a network that goes away meanwhile is no answer of the proxy's."""
    result = asked(*arguments, mod=mod, cache=cache)
    tally('module proxy')
    if UNREACHED.search(result.error):
        pytest.skip(f'judge unreached: module proxy: {result.error.strip()}')
    return result


def asked(*arguments: str, mod: str = '-mod=mod', cache: str = '') -> Result:
    """The go command; nothing that the machine says of modules counts, save its proxy.

    `mod` is its GOFLAGS, `cache` a module cache of its own.
    """
    assert GO, 'ask missing() first'
    settings = {'GOFLAGS': mod, 'GOWORK': 'off', 'GOTOOLCHAIN': 'local', 'GOSUMDB': 'off', 'GO111MODULE': 'on'}
    setting = subprocess.run((GO, 'env', 'GOPROXY'), capture_output=True, text=True, check=True).stdout
    # Not `direct`, which asks the repositories.
    environ = {**os.environ, **settings, 'GOPROXY': setting.strip().partition(',')[0]}
    environ |= {'GOMODCACHE': cache} if cache else {}
    done = subprocess.run([GO, *arguments], env=environ, capture_output=True, text=True, check=False)
    return Result(done.returncode == 0, done.stdout, done.stderr)


def missing() -> str:
    """Why the proxy cannot be asked, as a test's reason to skip; '' when it answers. No cache answers this question."""
    if GO is None:
        return 'judge missing: module proxy: needs Go'
    reached = asked('list', '-m', '-versions', 'golang.org/x/net')
    if reached.ok:
        return ''
    why = reached.error.strip()
    return f'judge {"unreached" if UNREACHED.search(why) else "missing"}: module proxy: {why}'

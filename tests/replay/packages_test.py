from __future__ import annotations

import pytest

from hooks.context.tree import ABSENT, UNKNOWN
from hooks.replay import bases, packages
from hooks.replay.shell import Shell, View

ALPINE = 'golang:1.26-alpine3.23'


def _after(base: str, words: str) -> str:
    shell = Shell(View(bases.start(base).image), '/go', {})
    return packages.installed(shell, words.split()).view.look(packages.GCC).kind


@pytest.mark.parametrize(
    'words',
    [
        'apk add git',
        'apk add --no-cache --virtual .deps ca-certificates=2024 musl-dev',
        'apk -U add make',
        'apk update',
        'apk del gcc',
    ],
)
def test_no_compiler_comes_with(words: str) -> None:
    assert _after(ALPINE, words) == ABSENT


@pytest.mark.parametrize(
    'words',
    [
        'apk add gcc',
        'apk add -t .deps build-base',
        'apk add git vips-dev',
        'apt-get install -y gcc',
        './setup.sh',
        'apk',
    ],
)
def test_a_compiler_may_come_with(words: str) -> None:
    assert _after(ALPINE, words) == UNKNOWN


@pytest.mark.parametrize('base', ['golang:1.26', 'registry.example.com/golang:1.26-alpine', 'example/go:alpine'])
def test_of_other_images_nobody_knows(base: str) -> None:
    assert _after(base, 'apk add git') == UNKNOWN

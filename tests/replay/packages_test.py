from __future__ import annotations

import pytest

from hooks.context.tree import ABSENT, FILE, UNKNOWN
from hooks.replay import bases, packages
from hooks.replay.shell import Shell, View
from hooks.replay.systems import GCC, LOADERS

ALPINE = 'golang:1.26-alpine3.23'


def _loaders(base: str, words: str) -> set[str]:
    view = packages.installed(Shell(View(bases.start(base).image), '/', {}), words.split()).view
    return {name for name, paths in LOADERS.items() if all(view.look(path).kind == ABSENT for path in paths)}


def _after(base: str, words: str) -> str:
    shell = Shell(View(bases.start(base).image), '/go', {})
    return packages.installed(shell, words.split()).view.look(GCC).kind


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
    assert _after(base, 'apk add git') == (FILE if base == 'golang:1.26' else UNKNOWN)


@pytest.mark.parametrize(
    'words',
    ['apk add gcc', 'apk add -t .deps build-base', 'apk add --virtual .deps build-base git', 'apk add g++ vips-dev'],
)
def test_a_compiler_comes_with(words: str) -> None:
    assert _after(ALPINE, words) == FILE


def test_a_compiler_may_be_removed() -> None:
    assert _after('golang:1.26', 'apt-get install -y git') == FILE
    assert _after('golang:1.26', 'apt-get purge -y gcc') == UNKNOWN


@pytest.mark.parametrize(
    ('base', 'words', 'lacking'),
    [
        pytest.param(
            'alpine:3.21', 'apk add --no-cache ca-certificates tzdata', {'glibc'}, id='alpine has none of glibc'
        ),
        pytest.param('alpine', 'apk add gcompat', set(), id='unless something stands in for it'),
        pytest.param('alpine', 'apk add aws-cli', set(), id='of other packages nobody knows'),
        pytest.param('alpine', 'apk update', {'glibc'}, id='an update brings none'),
        pytest.param('alpine', './install.sh', set(), id='a script may bring one'),
        pytest.param('alpine', 'wget https://example.com/x.tar.gz', {'glibc'}, id='a download brings none'),
        pytest.param('alpine', 'wget -O /lib/x https://example.com/x', set(), id='unless it goes there'),
        pytest.param('golang:1.26-alpine', 'apk add gcc musl-dev', {'glibc'}, id='a compiler brings none'),
        pytest.param('debian:bookworm-slim', 'apt-get install -y curl', {'musl'}, id='debian has none of musl'),
        pytest.param('debian', 'apt-get install -y musl', set(), id='unless it is asked for'),
        pytest.param('busybox:musl', 'apk update', {'glibc'}, id='busybox with musl'),
        pytest.param('busybox:1.37-uclibc', 'apk update', {'glibc', 'musl'}, id='busybox with neither'),
        pytest.param('busybox', 'apk update', set(), id='any busybox'),
        pytest.param('fedora', 'apk update', set(), id='another distribution'),
    ],
)
def test_the_loaders_that_an_image_lacks(base: str, words: str, lacking: set[str]) -> None:
    assert _loaders(base, words) == lacking

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


@pytest.mark.parametrize(
    ('base', 'words', 'program', 'lacks'),
    [
        pytest.param('golang:1.26-alpine', 'apk update', 'make', True, id='alpine has no make'),
        pytest.param('golang:1.26-alpine', 'apk add make', 'make', False, id='unless it is installed'),
        pytest.param('golang:1.26-alpine', 'apk add -t .deps build-base', 'make', False, id='or what brings it'),
        pytest.param(
            'golang:1.26-alpine', 'apk add --virtual deps git', 'make', True, id='a virtual package is a name'
        ),
        pytest.param('golang:1.26-alpine', 'apk add some-tool', 'make', False, id='of other packages nobody knows'),
        pytest.param('golang:1.26-alpine', 'apk add git', '/bin/bash', True, id='by its path'),
        pytest.param('golang:1.26-alpine', 'apk add git', '/opt/bin/bash', False, id='elsewhere it is another'),
        pytest.param('golang:1.26-alpine', 'apk update', 'go', False, id='an image of go has go'),
        pytest.param('golang:1.26', 'apt-get update', 'make', False, id='debian with go has make'),
        pytest.param('golang:1.26', 'apt-get install -y jq', 'unzip', True, id='and no unzip'),
        pytest.param('golang:1.26', 'apt-get -qq install -o A::B=1 zip', 'unzip', False, id='which zip recommends'),
        pytest.param('golang@sha256:0', 'apt-get update', 'unzip', False, id='of a digest nobody knows'),
        pytest.param('debian:12-slim', 'apt-get install -y git=1', 'curl', True, id='git brings no curl'),
        pytest.param('debian:12-slim', 'apt-get install -y ./x.deb', 'curl', False, id='a package of its own'),
        pytest.param('ubuntu:24.04', 'apt-get clean', 'go', True, id='ubuntu has no go'),
        pytest.param('ubuntu:14.04', 'apt-get clean', 'go', False, id='of an old one nobody knows'),
        pytest.param('fedora', 'dnf install -y git', 'make', False, id='of others nobody knows'),
    ],
)
def test_the_programs_that_an_image_lacks(base: str, words: str, program: str, lacks: bool) -> None:
    start = bases.start(base)
    shell = packages.installed(Shell(View(start.image), '/', {'PATH': bases.PATH, **start.env}), words.split())
    path = {'PATH': bases.PATH} if shell.env['PATH'] is None else {}
    assert packages.lacks(shell._replace(env={**shell.env, **path}), program) is lacks

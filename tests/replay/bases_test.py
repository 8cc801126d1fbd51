"""Which Go an image brings, by its name alone."""

from __future__ import annotations

import pytest

from hooks.context.tree import ABSENT, UNKNOWN
from hooks.replay import bases
from hooks.replay.image import GO, go_entry

DIGEST = '@sha256:' + '0' * 64


@pytest.mark.parametrize(
    ('reference', 'go'),
    [
        pytest.param('golang', 'latest', id='no tag'),
        pytest.param('golang:latest', 'latest', id='latest'),
        pytest.param('golang:1', 'latest', id='a major version floats'),
        pytest.param('golang:1-alpine', 'latest', id='so it does with a variant'),
        pytest.param('golang:alpine', 'latest', id='a distribution floats'),
        pytest.param('golang:alpine3.20', 'latest', id='so does one with a version of its own'),
        pytest.param('golang:bookworm', 'latest', id='and a codename'),
        pytest.param('golang:tip', None, id='tip is of no version'),
        pytest.param('golang:1.21', '1.21', id='a minor'),
        pytest.param('golang:1.21-bullseye', '1.21', id='a minor on a distribution'),
        pytest.param('golang:1.21.5-alpine3.19', '1.21.5', id='a patch on a distribution'),
        pytest.param('golang:1.22rc1', '1.22rc1', id='a release candidate'),
        pytest.param('golang:1.22-rc-bookworm', '1.22', id='any release candidate'),
        pytest.param('golang:1.18.5b7', '1.18.5', id='with BoringCrypto'),
        pytest.param('golang:1.23.4-windowsservercore-ltsc2022', '1.23.4', id='on Windows'),
        pytest.param('golang:v1.21', None, id='no tag of golang'),
        pytest.param('golang:1.x', None, id='no version'),
        pytest.param('golang:1.21' + DIGEST, '1.21', id='a tag and a digest'),
        pytest.param('golang' + DIGEST, None, id='a digest alone'),
        pytest.param('docker.io/library/golang:1.21', '1.21', id='the full name'),
        pytest.param('localhost:5000/golang', 'latest', id='a port is no tag'),
        pytest.param('mirror.example.com:5000/hub/golang:1.22.3', '1.22.3', id='a mirror with port and path'),
        pytest.param('arm64v8/golang:1.20', '1.20', id='an architecture'),
        pytest.param('mcr.microsoft.com/oss/go/microsoft/golang:1.24.6-1-azurelinux3.0', '1.24.6', id="Microsoft's"),
        pytest.param('registry.suse.com/bci/golang:oldstable', None, id='the older of two'),
        pytest.param('cimg/go:1.20.4', '1.20.4', id="CircleCI's"),
        pytest.param('quay.io/projectquay/golang:1.21', None, id='golang in name only'),
        pytest.param('golangci/golangci-lint:v1.55', None, id="a linter's version is not Go's"),
        pytest.param('example.com/team/go:1.21', None, id="a team's own image"),
        pytest.param('alpine:3.20', None, id='a distribution'),
        pytest.param('scratch', '', id='scratch has none'),
        pytest.param(None, None, id='an unknown name'),
    ],
)
def test_go(reference: str | None, go: str | None) -> None:
    assert bases.start(reference).go == go


@pytest.mark.parametrize(
    ('reference', 'value'),
    [
        ('golang:1.24', 'local'),
        ('mcr.microsoft.com/oss/go/microsoft/golang:1.24', 'local'),
        ('registry.suse.com/bci/golang:1.24', 'local'),
        ('bitnami/golang:1.24', ''),
        ('docker.io/bitnamilegacy/golang:1.24', ''),
        ('cimg/go:1.24', ''),
        ('arm64v8/golang:1.24', 'local'),
        ('docker.io/library/golang:1.24', 'local'),
        ('localhost/golang:1.24', 'local'),
        ('mirror.example.com/hub/golang:1.24', 'local'),
        ('team/golang:1.24', None),
        ('docker.io/team/golang:1.24', None),
        ('alpine', ''),
        ('example.com/team/builder', None),
    ],
)
def test_gotoolchain(reference: str, value: str | None) -> None:
    assert bases.start(reference).env.get('GOTOOLCHAIN', '') == value


@pytest.mark.parametrize('reference', ['golang:1.24', 'cimg/go:1.24'])
def test_the_image_holds_its_go(reference: str) -> None:
    assert bases.start(reference).image.look(GO) == go_entry('1.24')


def test_an_image_of_windows_is_known_for_its_go_only() -> None:
    image = bases.start('golang:1.24-windowsservercore').image
    assert image.look(GO) == go_entry('1.24')
    assert image.look('/app/go.mod').kind == UNKNOWN


@pytest.mark.parametrize('reference', ['alpine:3.21', 'debian:12', 'golang:1.24', 'gcr.io/distroless/static'])
def test_a_folder_of_the_system_is_known_by_its_whole_name(reference: str) -> None:
    image = bases.start(reference).image
    assert {image.look(path).kind for path in ('/run/x', '/etc/x', '/lib64/x', '/run', '/etc')} == {UNKNOWN}
    assert {image.look(path).kind for path in ('/run.sh', '/etcd/x', '/library', '/binary')} == {ABSENT}


def test_another_image_may_hold_one() -> None:
    assert bases.start('fedora').image.look(GO).kind == UNKNOWN
    assert bases.start('alpine').image.look(GO).kind == ABSENT
    assert bases.start('scratch').image.look(GO).kind == ABSENT


@pytest.mark.parametrize(
    ('version', 'minor'),
    [('1.21', 21), ('1.21.3', 21), ('1.22rc1', 22), ('1.22beta2', 22), ('', None), (None, None)],
)
def test_minor(version: str | None, minor: int | None) -> None:
    assert bases.minor(version) == minor


def test_a_floating_version_is_newer_than_any() -> None:
    newest = bases.minor('latest')
    assert newest is not None
    assert newest > 1000


@pytest.mark.parametrize(
    ('reference', 'go', 'toolchain'),
    [
        ('mcr.microsoft.com/devcontainers/go:1-1.23-bookworm', '1.23', 'local'),
        ('mcr.microsoft.com/devcontainers/go:1.24', '1.24', 'local'),
        ('mcr.microsoft.com/devcontainers/go', 'latest', 'local'),
        ('mcr.microsoft.com/vscode/devcontainers/go:0-1.19', '1.19', 'local'),
        ('registry.ci.openshift.org/ocp/builder:rhel-9-golang-1.24-openshift-4.21', '1.24', 'local'),
        ('registry.ci.openshift.org/openshift/release:golang-1.20', '1.20', 'local'),
        ('registry.access.redhat.com/ubi9/go-toolset:1.22.7-1733160835', '1.22.7', None),
        ('registry.redhat.io/ubi8/go-toolset:1.20', '1.20', None),
        ('registry.redhat.io/rhel8/go-toolset:1.19.13-4', '1.19.13', None),
        ('registry.access.redhat.com/ubi9/go-toolset:9.8-1786522985', None, None),
    ],
)
def test_images_of_go_by_other_names(reference: str, go: str | None, toolchain: str | None) -> None:
    start = bases.start(reference)
    assert (start.go, start.env.get('GOTOOLCHAIN')) == (go, toolchain)
    assert start.image.look('/app/go.mod').kind == ABSENT

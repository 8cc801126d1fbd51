from __future__ import annotations

import sys

import pytest

from hooks.facts import images

NEVER = '1.23-alpine3.17'


@pytest.mark.parametrize(
    'name',
    [
        'golang',
        'library/golang',
        'docker.io/golang',
        'docker.io/library/golang',
        'public.ecr.aws/docker/library/golang',
    ],
)
def test_the_official_image_never_had_a_tag(name: str) -> None:
    assert images.never(f'{name}:{NEVER}')


@pytest.mark.parametrize(
    'name', ['registry.example.com/golang', 'example/golang', 'docker.io/example/golang', 'localhost:5000/golang']
)
def test_a_mirror_may_have_tags_of_its_own(name: str) -> None:
    assert not images.never(f'{name}:{NEVER}')


def test_a_digest_says_which_image_it_is() -> None:
    assert not images.never(f'golang:{NEVER}@sha256:{"0" * 64}')
    assert not images.stands(f'golang:1.24-alpine3.20@sha256:{"0" * 64}')


@pytest.mark.parametrize('reference', ['', 'golang', 'golang:1.22', 'golang:1.22-alpine', 'golang:alpine', 'golang:1'])
def test_what_floats_needs_no_table(reference: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, 'hooks.golang.image_tags', None)
    assert not images.never(reference)


@pytest.mark.parametrize(
    ('reference', 'wanted', 'existing'),
    [
        ('golang:1.25-bullseye', '1.25.0', 'golang:1.25'),
        ('golang:1.24-bullseye', '1.24.7', 'golang:1.24'),
        ('golang:1.24-bullseye', '1.24.6', 'golang:1.24-bullseye'),
        ('golang:1.25.3-alpine3.20', '1.25.3', 'golang:1.25.3-alpine'),
        ('golang:1.99-bookworm', '1.99', 'golang:1.99-bookworm'),
    ],
)
def test_what_is_proposed_exists(reference: str, wanted: str, existing: str) -> None:
    assert images.existing(reference, wanted) == existing


@pytest.mark.parametrize(
    ('tag', 'meant'),
    [
        ('alpine-1.24', '1.24-alpine'),
        ('1.19alpine3.15', '1.19-alpine3.15'),
        ('1.24alpine', '1.24-alpine'),
        ('latest-alpine', 'alpine'),
        ('alpine-3.22', 'alpine3.22'),
        ('alpine-latest', 'alpine'),
        ('alpine-gp', ''),
        ('bookworm-1.24-slim', '1.24-bookworm-slim'),
        ('1.24-alpine', ''),
        ('1.24rc1', ''),
        ('1.24', ''),
        ('alpine3.99', ''),
        ('alpine', ''),
        ('latest', ''),
        ('', ''),
        ('tip-alpine', ''),
        ('1-alpine', ''),
        ('1.18.5b7', ''),
        ('onbuild-1.3', ''),
    ],
)
def test_a_form_that_no_tag_has(tag: str, meant: str) -> None:
    reference = f'golang:{tag}' if tag else 'golang'
    assert images.mended(reference) == meant
    assert images.never(reference) is bool(meant)

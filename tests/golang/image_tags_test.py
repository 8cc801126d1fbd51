from __future__ import annotations

import pytest

from hooks.golang import image_tags
from hooks.golang.image_tags import Tag
from tools import image_tags as maker


def _tag(text: str) -> Tag:
    tag = image_tags.parse(text)
    assert tag
    return tag


# Each as the image's own history has it; the minors are ones of which Go releases nothing any more.
@pytest.mark.parametrize(
    'tag',
    [
        '1.21',
        '1.21.13',
        '1.22.3-alpine3.20',
        '1.22-alpine3.20',
        '1.22.12-bookworm',
        '1.20.0-alpine3.17',
        '1.15-stretch',
        '1.19rc2-bullseye',
        '1.24.6-trixie',
        '1.8-onbuild',
    ],
)
def test_a_tag_that_there_was(tag: str) -> None:
    assert not image_tags.never(_tag(tag))


@pytest.mark.parametrize(
    ('tag', 'meant'),
    [
        ('1.23-alpine3.17', '1.23-alpine'),
        ('1.22.0-alpine3.20', '1.22.0-alpine'),
        ('1.22.13', '1.22'),
        ('1.22.13-bookworm', '1.22-bookworm'),
        ('1.22.13-alpine3.20', '1.22-alpine3.20'),
        ('1.22-slim', '1.22'),
        ('1.22.3-slim-bookworm', '1.22.3'),
        ('1.21-stretch', '1.21'),
        ('1.24.5-trixie', '1.24.5'),
        # Of a minor that Go still released: that Alpine was dropped before it came.
        ('1.27-alpine3.20', '1.27-alpine'),
        ('1.27.0-bullseye', '1.27.0'),
    ],
)
def test_a_tag_that_never_was(tag: str, meant: str) -> None:
    assert image_tags.never(_tag(tag))
    assert image_tags.meant(_tag(tag)) == meant


@pytest.mark.parametrize(
    'tag', ['1.99', '1.99.1-alpine3.3', '1.22-rc', '1.22-windowsservercore-1803', '1.2', '1.18.5b7', 'tip', '1', '1.x']
)
def test_what_the_table_says_nothing_of(tag: str) -> None:
    assert image_tags.parse(tag) is None


@pytest.mark.parametrize('tag', ['1.27.99', '1.27.99-alpine3.20', '1.27-alpine3.99', '1.27-forky'])
def test_what_may_have_come_after_the_table(tag: str) -> None:
    assert not image_tags.never(_tag(tag))


@pytest.mark.parametrize(
    ('tag', 'last'),
    [
        ('1.24-alpine3.20', '1.24.3'),
        ('1.24-bullseye', '1.24.6'),
        ('1.24-alpine3.23', '1.24.13'),
        ('1.24', '1.24.13'),
        ('1.24.3-alpine3.20', ''),
        ('1.26-alpine3.22', '1.26.4'),
        # It may move on after the table.
        ('1.27-alpine3.24', ''),
        # There is none.
        ('1.24-alpine3.17', ''),
    ],
)
def test_where_a_floating_tag_stands_still(tag: str, last: str) -> None:
    assert image_tags.stands(_tag(tag)) == last


def test_a_tag_holds_what_came_with_it() -> None:
    assert image_tags.holds(_tag('1.24-alpine3.20'), '1.24.3')
    assert not image_tags.holds(_tag('1.24-alpine3.20'), '1.24.4')
    assert not image_tags.holds(_tag('1.25-bullseye'), '1.25.0')


def test_the_table_is_made_from_what_the_file_named() -> None:
    new = 'Tags: 1.22.1-bookworm, 1.22-bookworm\nSharedTags: 1.22.1, latest\nTags: 1.22.2-bookworm, 1.22.1-nanoserver\n'
    old = '1.4rc1: git://example.com/golang@0 1.4\n'
    table = maker.table([*maker.named(new), *maker.named(old)])
    assert maker.written('2024-01-02', table) == (maker.HEADER + '2024-01-02\n. 1.4rc1 1.22.1\nbookworm 1.22.1-2\n')


def test_the_table_is_as_it_is_written() -> None:
    """What is read is written again, byte by byte."""
    with open(maker.PATH, encoding='utf-8') as file:
        text = file.read()
    table = {variant: set(full) for variant, full in image_tags._table().items()}
    assert maker.written(image_tags.date(), table) == text

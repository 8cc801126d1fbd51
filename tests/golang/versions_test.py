"""Versions compare as Go compares them."""

from __future__ import annotations

import pytest

from hooks.golang import versions

# In Go's own order.
ORDER = (
    '1.9', '1.20beta1', '1.20rc1', '1.20', '1.20.14', '1.21', '1.21beta1', '1.21rc2', '1.21rc10', '1.21.0', '1.21.1',
    '1.21.13', '1.22', '1.22.0', '1.25.7', '1.99', '2.0',
)  # fmt: skip


def test_versions_stand_in_the_order_of_go() -> None:
    backwards = ORDER[::-1]
    assert sorted(backwards, key=versions.key) == list(ORDER)
    assert len({versions.key(version) for version in ORDER}) == len(ORDER)


@pytest.mark.parametrize(
    ('one', 'other'),
    [
        pytest.param('1', '1.0', id='a major version alone is its first release'),
        pytest.param('1.20', '1.20.0', id='before 1.21 a missing patch is the first'),
        pytest.param('x', '', id='what is no version is like any other that is none'),
        pytest.param('1.021', '01.21', id='a leading zero makes it no version'),
        pytest.param('1.23.0-rc1', '1.21.1rc1', id='a pre-release of a patch is no version'),
    ],
)
def test_the_same(one: str, other: str) -> None:
    assert versions.key(one) == versions.key(other)


@pytest.mark.parametrize(
    'version', ['', '1.', 'v1.21', '1.21.', '1.21-rc1', 'go1.21', '1.21.0.0', '١.٢', '1.' + '9' * 5000]
)
def test_no_version_is_older_than_any(version: str) -> None:
    assert not versions.is_valid(version)
    assert versions.key(version) < versions.key('1')


@pytest.mark.parametrize(
    ('line', 'new', 'old'),
    [
        ('1.21', True, True),
        ('1.21.0', True, False),
        ('1.22rc1', True, False),
        ('1', False, False),
        ('1.23.0-rc1', False, False),
        ('1.99.1rc1', True, False),
        ('1.99beta', False, False),
        ('1.021', False, False),
    ],
)
def test_what_a_go_line_may_say(line: str, new: bool, old: bool) -> None:
    assert (versions.is_line(line), versions.is_line(line, old=True)) == (new, old)


SEMVER = ('x', 'v0.1.0', 'v1.0.0-alpha', 'v1.0.0-alpha.1', 'v1.0.0-rc.2', 'v1.0.0-rc.10', 'v1.0.0', 'v1.2.0', 'v1.10.0')


def test_module_versions_stand_in_semantic_order() -> None:
    backwards = SEMVER[::-1]
    assert sorted(backwards, key=versions.semver) == list(SEMVER)


def test_build_metadata_does_not_count() -> None:
    assert versions.semver('v2.0.0+incompatible') == versions.semver('v2.0.0')

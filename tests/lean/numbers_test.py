"""Numbers of any length."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hooks.lean.numbers import HUGE, number


@given(st.integers(0, 10**30), st.integers(0, 30))
def test_a_number_is_what_it_is_up_to_the_greatest(value: int, zeros: int) -> None:
    assert number('0' * zeros + str(value)) == min(value, HUGE)


@pytest.mark.parametrize('digits', ['9' * 5000, '1' + '0' * 18, '9' * 10_000_000])
def test_what_is_greater_is_all_the_same(digits: str) -> None:
    assert number(digits) == HUGE


def test_zeros_are_none() -> None:
    assert number('0' * 5000) == 0

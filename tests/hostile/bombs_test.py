"""No input takes for ever, or all memory: each at three sizes, so that growth shows."""

from __future__ import annotations

import os
import sys

import pytest

from tests.hostile.bombs import BOMBS, MAX_MEGABYTES, MAX_SECONDS, measured

# A machine may be as many times slower than the one that the bound is for, and busy.
SLOWER = 10
# From one size to the next it is twice or four times as much: a quadratic reader would take 16 times as long.
GROWTH = 12


@pytest.mark.skipif(not os.environ.get('CI'), reason='it takes minutes: make bombs')
@pytest.mark.skipif(sys.platform == 'win32', reason='it does not say how much memory a process took')
@pytest.mark.parametrize('name', BOMBS)
def test_it_is_bounded(name: str) -> None:
    first, second, third = measured(name, 600)
    assert third.megabytes < MAX_MEGABYTES
    assert max(first.seconds, second.seconds, third.seconds) < MAX_SECONDS * SLOWER
    for one, next in ((first, second), (second, third)):
        assert next.seconds < max(one.seconds, 0.1) * GROWTH, (first, second, third)

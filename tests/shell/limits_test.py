"""However odd the text: no reader of it raises, and none takes long."""

from __future__ import annotations

import random
import time

import pytest

from hooks.shell import expand, expand_value, has_glob, parse
from hooks.shell.tree import Node

UNITS = (
    '(', '( ', '((', '(( ', '((a) ;', '((a)', '{ ', '$(', '"$(', '`', '"', "'", '\\', '${a', '${a:-', '"${a#', '$((',
    '<(', '[[ ', 'a;', 'a&&', 'a|', '! ', '>a ', 'f()', 'if a; then ', 'case a in ', 'cat <<E\nE\n', 'cat <<E ',
    'a=(', 'a[1]=', '{a,', '[', '$a', '${a}', '"$a"', '#', '\n', '\\\n', ' ', 'a', 'é', '\0', 'time ', 'for x in ',
    '$(a)', 'a $(b;',
)  # fmt: skip


@pytest.mark.parametrize('unit', UNITS)
def test_repetition_is_read_in_linear_time(unit: str) -> None:
    """A hundred thousand characters take a second at most; quadratic time would be minutes."""
    text = unit * (100_000 // len(unit))
    start = time.process_time()
    parse(text)
    expand(text, {'a': 'b c'})
    expand_value(text, {'a': 'b c'})
    has_glob(text)
    assert time.process_time() - start < 10


def test_what_the_kernel_would_not_take_is_none() -> None:
    assert parse('a' * 131_071) is not None
    assert parse('a' * 131_072) is None


@pytest.mark.parametrize(
    ('opening', 'closing'),
    [
        ('( ', ')'), ('{ ', '; }'), ('if a; then ', '; fi'), ('while a; do ', '; done'), ('f() { ', '; }'), ('a $(',
        ')'), ('a "$(', ')"'), ('a ${b-', '}'), ('case a in a) ', ' ;; esac'),
    ],
)  # fmt: skip
def test_deep_nesting_is_none(opening: str, closing: str) -> None:
    assert parse(opening * 12 + 'a' + closing * 12) is not None
    assert parse(opening * 5000 + 'a' + closing * 5000) is None


def test_a_chain_that_is_too_long_to_walk_is_none() -> None:
    assert parse(' && '.join(['a'] * 150)) is not None
    assert parse(' && '.join(['a'] * 5000)) is None
    assert parse('; '.join(['a'] * 5000)) is not None


PIECES = (
    *UNITS,
    '}',
    ')',
    '))',
    'fi',
    'done',
    'do',
    'esac',
    ';;',
    ' in ',
    'a',
    '-',
    ':-',
    '*',
    '~',
    ',',
    '..',
    '&',
    '\ud800',
    '\udcff',
)


@pytest.mark.parametrize('seed', range(20))
def test_no_text_raises(seed: int) -> None:
    choose = random.Random(seed)
    for _ in range(300):
        text = ''.join(choose.choice(PIECES) for _ in range(choose.randint(1, 12)))
        node = parse(text)
        assert node is None or isinstance(node, Node)
        for environment in ({}, {'A': 'a', 'B': 'b c', 'G': '*.go', 'N': None}):
            expand(text, environment)
            expand_value(text, environment)
        assert has_glob(text) in (True, False)

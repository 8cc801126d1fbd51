from __future__ import annotations

import pytest

from hooks.golang import literals


@pytest.mark.parametrize(
    ('literal', 'value'),
    [
        ('"a b"', 'a b'),
        ('""', ''),
        ('`a\\n"`', 'a\\n"'),
        ('`a\r\nb`', 'a\nb'),
        (r'"\a\b\f\n\r\t\v\\\""', '\a\b\f\n\r\t\v\\"'),
        (r'"\x41\101\u00e9\U0001F600"', 'AAé😀'),
        (r'"\xc3\xa9"', 'é'),
        (r'"\xff"', '\udcff'),
        ('"é\udcff"', 'é\udcff'),
        (r'"\377"', '\udcff'),
    ],
)
def test_literals(literal: str, value: str) -> None:
    assert literals.unquote(literal) == value


@pytest.mark.parametrize(
    'literal',
    ['', 'a', '"', '`', '"a', 'a"', "'a'", '"a"b"', '`a`b`', r'"\q"', r'"\'"', r'"\x4"', r'"\400"', r'"\ud800"',
     r'"\U00110000"', '"a\nb"', '"\\'],
)  # fmt: skip
def test_what_is_no_literal(literal: str) -> None:
    assert literals.unquote(literal) is None

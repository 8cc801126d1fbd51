"""Patterns with stars match what they did before, however many there are, and in no time."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hooks.context import ignore
from hooks.lean.stars import starred

PIECES = ('', '', 'a', 'b', 'ab', '[ab]', '/')
# Only what a star matches may match anything, or one place is not as good as another.
STARS = st.one_of(
    st.tuples(st.lists(st.sampled_from((*PIECES, '.', '[^a]')), min_size=1, max_size=6), st.just('.*')),
    st.tuples(st.lists(st.sampled_from((*PIECES, '[^/]')), min_size=1, max_size=6), st.just('[^/]*')),
)
TEXTS = st.text('ab/.', max_size=12)


@given(STARS, TEXTS, st.booleans())
def test_a_pattern_finds_what_the_plain_one_does(starry: tuple[list[str], str], text: str, lazy: bool) -> None:
    pieces, star = starry
    plain = re.compile((star + '?' * lazy).join(pieces), re.DOTALL)
    quick = re.compile(starred(pieces, star, lazy), re.DOTALL)
    for ours, theirs in ((quick.match(text), plain.match(text)), (quick.search(text), plain.search(text))):
        assert (ours and ours.span()) == (theirs and theirs.span())
    assert bool(quick.fullmatch(text)) == bool(plain.fullmatch(text))


IGNORED = st.lists(st.sampled_from(('*', '*', 'a', 'b', '?', '[ab]', '[^a]', '/', '**/', '/**/')), max_size=9).map(
    ''.join
)


@given(IGNORED, st.lists(TEXTS.filter(lambda path: path.strip('/.') != ''), max_size=5))
def test_so_does_one_of_an_ignore_file(line: str, paths: list[str]) -> None:
    parsed = ignore.parse(line)
    if not parsed or parsed[0].kind != 'regex':
        return
    pattern = parsed[0]
    source = ignore._python(ignore._compile(pattern.path)[1])
    assert source
    for path in paths:
        assert bool(re.match(pattern.operand, path)) == bool(re.match(source, path)), (pattern.operand, source)


@pytest.mark.parametrize('star', ['.*', '[^/]*'])
def test_it_takes_no_time(star: str) -> None:
    start = time.process_time()
    assert not re.compile(starred(['', *['a'] * 20, 'b'], star)).fullmatch('a' * 4000)
    assert time.process_time() - start < 1

"""The tracked files as git lists them: asked by bisection, and once they are split, with the same answers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hooks.context import listing
from hooks.context.listing import LINK, REGULAR, SUBMODULE, Listing

NAMES = st.sampled_from(
    ['a', 'b', 'a-b', 'a.b', 'a0', 'go.mod', 'Dockerfile', 'x.DOCKERFILE', 'é', '\udcff', '\U0001f600']
)
MODES = st.sampled_from([REGULAR, LINK, SUBMODULE])


@st.composite
def trees(draw: st.DrawFn) -> dict[str, str]:
    """Paths with their modes; none lies below another."""
    paths = draw(st.sets(st.lists(NAMES, min_size=1, max_size=4).map('/'.join), max_size=12))
    return {p: draw(MODES) for p in sorted(paths) if not any(o.startswith(f'{p}/') for o in paths)}


def both(tree: dict[str, str]) -> tuple[Listing, Listing]:
    """A listing that is never split by a question, and one that is split."""
    lazy, eager = Listing.of(tree), Listing.of(tree)
    lazy._patience = 10**9
    eager._split()
    return lazy, eager


@given(trees(), st.lists(NAMES, max_size=4).map('/'.join))
def test_every_question_has_one_answer(tree: dict[str, str], path: str) -> None:
    folders = {path.rpartition('/')[0] for path in tree} | {path}
    for found in both(tree):
        for each in (*tree, path):
            assert found.get(each) == tree.get(each)
        for folder in folders:
            prefix = folder and folder + '/'
            below = [each for each in tree if each.startswith(prefix)]
            assert found.under(folder) == sorted(below)
            assert found.names(folder) == sorted({each[len(prefix) :].partition('/')[0] for each in below})
            assert found.has_folder(folder) is (not folder or bool(below))
        assert found.odd() == {each: mode for each, mode in tree.items() if mode != REGULAR}


@given(trees())
def test_a_search_finds_what_a_look_at_every_path_finds(tree: dict[str, str]) -> None:
    found, paths = Listing.of(tree), sorted(tree)
    assert found.ending('go.mod') == [path for path in paths if path.endswith('go.mod')]
    assert found.mentioning('dockerfile') == [path for path in paths if 'dockerfile' in path.lower()]
    for name in ('a', 'a-b', 'go.mod', 'none', '1'):
        assert found.has_name(name) is any(name in path.split('/') for path in paths)
        wholes = {'/'.join(path.split('/')[: at + 1]) for path in paths for at in range(path.count('/') + 1)}
        assert found.named(name) == sorted(each for each in wholes if each.rpartition('/')[2] == name)


def test_the_last_names_of_a_path_are_a_name_too() -> None:
    found = Listing.of(dict.fromkeys(('a/b/c', 'b/c/d', 'b/cd', 'x/b/c/b/c'), REGULAR))
    assert found.named('b/c') == ['a/b/c', 'b/c', 'x/b/c', 'x/b/c/b/c']


def test_what_stands_in_front_of_a_path_is_none_of_it() -> None:
    found = Listing(b'100644 abcdef0123 0\tx\0' + b'100755 abcdef4567 0\ty\0')
    assert found.mentioning('abcdef') == found.mentioning('100644') == []
    assert [found.executable(path) for path in ('x', 'y', 'z')] == [False, True, False]
    assert found.get('y') == REGULAR


def test_many_questions_split_the_listing() -> None:
    found = Listing.of({f'{at:05}': REGULAR for at in range(1_000)})
    for at in range(1_000):
        assert found.get(f'{at:05}') == REGULAR
    assert found._modes is not None


def test_few_questions_among_many_paths_do_not() -> None:
    found = Listing.of({f'folder/{at:06}/go.mod': REGULAR for at in range(20_000)})
    assert found.names('folder/000007') == ['go.mod']
    assert 'folder/000009/go.mod' in found
    assert found._modes is None
    assert listing.decoded(listing.encoded('\udcff')) == '\udcff'

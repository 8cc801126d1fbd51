"""The tracked files as git lists them: asked by bisection, and once they are split, with the same answers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hooks.context import listing
from hooks.context.listing import Listing

NAMES = st.sampled_from(
    ['a', 'b', 'a-b', 'a.b', 'a0', 'go.mod', 'Dockerfile', 'x.DOCKERFILE', 'é', '\udcff', '\U0001f600']
)


@st.composite
def trees(draw: st.DrawFn) -> list[str]:
    """Paths, of which none lies below another."""
    paths = draw(st.sets(st.lists(NAMES, min_size=1, max_size=4).map('/'.join), max_size=12))
    return [p for p in sorted(paths) if not any(o.startswith(f'{p}/') for o in paths)]


def both(tree: list[str]) -> tuple[Listing, Listing]:
    """A listing that is never split by a question, and one that is split."""
    lazy, eager = Listing.of(tree), Listing.of(tree)
    lazy._patience = 10**9
    eager._split()
    return lazy, eager


@given(trees(), st.lists(NAMES, max_size=4).map('/'.join))
def test_every_question_has_one_answer(tree: list[str], path: str) -> None:
    folders = {path.rpartition('/')[0] for path in tree} | {path}
    for found in both(tree):
        for each in (*tree, path):
            assert (each in found) is (each in tree)
        for folder in folders:
            prefix = folder and folder + '/'
            below = [each for each in tree if each.startswith(prefix)]
            assert found.under(folder) == sorted(below)
            assert found.names(folder) == sorted({each[len(prefix) :].partition('/')[0] for each in below})
            assert found.has_folder(folder) is (not folder or bool(below))
        assert found.paths == tree


@given(trees())
def test_a_search_finds_what_a_look_at_every_path_finds(paths: list[str]) -> None:
    found = Listing.of(paths)
    assert found.ending('go.mod') == [path for path in paths if path.endswith('go.mod')]
    assert found.mentioning('dockerfile') == [path for path in paths if 'dockerfile' in path.lower()]
    for name in ('a', 'a-b', 'go.mod', 'none', '1'):
        assert found.has_name(name) is any(name in path.split('/') for path in paths)
        wholes = {'/'.join(path.split('/')[: at + 1]) for path in paths for at in range(path.count('/') + 1)}
        assert found.named(name) == sorted(each for each in wholes if each.rpartition('/')[2] == name)


def test_the_last_names_of_a_path_are_a_name_too() -> None:
    found = Listing.of(('a/b/c', 'b/c/d', 'b/cd', 'x/b/c/b/c'))
    assert found.named('b/c') == ['a/b/c', 'b/c', 'x/b/c', 'x/b/c/b/c']


def test_a_path_that_is_not_merged_is_one() -> None:
    found = Listing(b'a/x\0a/x\0a/x\0b\0')
    assert found.under('a') == found.ending('x') == ['a/x']
    assert found.paths == ['a/x', 'b']


def test_many_questions_split_the_listing() -> None:
    found = Listing.of(f'{at:05}' for at in range(1_000))
    for at in range(1_000):
        assert f'{at:05}' in found
    assert found._tracked is not None


def test_few_questions_among_many_paths_do_not() -> None:
    found = Listing.of(f'folder/{at:06}/go.mod' for at in range(20_000))
    assert found.names('folder/000007') == ['go.mod']
    assert 'folder/000009/go.mod' in found
    assert found._tracked is None
    assert listing.decoded(listing.encoded('\udcff')) == '\udcff'

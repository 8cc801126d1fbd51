"""A journal says of any path what its layers would say one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hooks.context.tree import IS_FOLDER, REMOVED, WRITTEN, Context
from hooks.replay import image as images
from hooks.replay.image import Base, Copied, Image, Unknown, Wrote, either
from tests._memory import Memory

if TYPE_CHECKING:
    from collections.abc import Callable

MODULE = Context(Memory({'go.mod': 'm', 'a/b': 'x'}), '')
PLAIN = Context(Memory({'a': 'x', 'b/a': 'x'}), '')
PATHS = st.lists(st.sampled_from(('a', 'b', 'go.mod', 'go.sum')), max_size=2).map(
    lambda names: ''.join(f'/{n}' for n in names)
)
# One step: what it does to the image, and how far below the top the image is that it stands on.
STEPS = st.one_of(
    st.tuples(st.just('wrote'), PATHS.filter(bool), st.sampled_from((WRITTEN, REMOVED, IS_FOLDER)), st.booleans()),
    st.tuples(st.just('copied'), PATHS, st.sampled_from((MODULE, PLAIN)), st.sampled_from(('', '/a', '/b'))),
    st.tuples(st.just('unknown'), PATHS, st.none(), st.none()),
    st.tuples(st.just('back'), st.none(), st.integers(1, 4), st.none()),
    st.tuples(st.just('either'), st.none(), st.integers(1, 4), st.none()),
)


def build(steps: list[tuple[str, str, object, object]]) -> list[Image]:
    # It gives way to the modules that the layers above copy.
    made: list[Image] = [Unknown(None, base=True)]
    for kind, path, what, how in steps:
        top = made[-1]
        if kind == 'wrote':
            made.append(Wrote(top, path, what, bool(how)))  # type: ignore[arg-type]
        elif kind == 'copied':
            made.append(Copied(top, path, what, how))  # type: ignore[arg-type]
        elif kind == 'unknown':
            made.append(Unknown(top, (path,)))
        elif kind == 'back':
            made.append(Wrote(made[max(0, len(made) - 1 - what)], '/b/back', WRITTEN))  # type: ignore[operator]
        else:
            made.append(either(made[max(0, len(made) - 1 - what)], top, Wrote(top, '/a', REMOVED)))  # type: ignore[operator]
    return made


def answers(made: list[Image], asked: list[str]) -> list[object]:
    return [
        (image.look(path), image.names(path), image.down_to(made[at // 2], path, ()))
        for at, image in enumerate(made)
        for path in asked
    ]


@given(st.lists(STEPS, max_size=14), st.lists(PATHS, min_size=1, max_size=4))
def test_a_journal_says_what_its_layers_say_one_by_one(
    steps: list[tuple[str, str, object, object]], asked: list[str]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(images, 'LONG', 10**9)
        walked = answers(build(steps), asked)
        patch.setattr(images, 'LONG', 2)
        assert answers(build(steps), asked) == walked


@pytest.mark.parametrize(
    'layer',
    [
        pytest.param(lambda below, at: Wrote(below, f'/app/f{at}', WRITTEN), id='files'),
        pytest.param(lambda below, at: Copied(below, f'/app/d{at}', PLAIN, ''), id='folders'),
    ],
)
def test_a_look_asks_few_of_a_thousand_layers(
    layer: Callable[[Image, int], Image], monkeypatch: pytest.MonkeyPatch
) -> None:
    image: Image = Base()
    for at in range(1_000):
        image = layer(image, at)
    asked: list[str] = []
    for kind in (Wrote, Copied):

        def counted(self: Image, path: str, modules: tuple[str, ...], own: Callable[..., object] = kind.own) -> object:
            asked.append(path)
            return own(self, path, modules)

        monkeypatch.setattr(kind, 'own', counted)
    image.look('/usr/bin/touch')
    image.look('/app/f500/x')
    assert len(asked) < 10

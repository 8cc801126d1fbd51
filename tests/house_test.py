"""The storeys of the house: every package stands in the contract, and the picture shows the imports that there are."""

from __future__ import annotations

import glob
import os

import pytest

from tools import house

PACKAGES = sorted(
    os.path.basename(os.path.dirname(path)) for path in glob.glob(os.path.join(house.TOP, 'hooks', '*', '__init__.py'))
)


def test_every_package_stands_on_one_storey() -> None:
    assert sorted(name for names in house.storeys() for name in names) == sorted([*PACKAGES, house.HOOKS])


def test_no_import_goes_upwards_or_sideways() -> None:
    storey = {name: row for row, names in enumerate(house.storeys()) for name in names}
    arrows = [(upper, lower) for upper, lowers in house.imports().items() for lower in lowers]
    assert arrows
    assert [arrow for arrow in arrows if storey[arrow[0]] >= storey[arrow[1]]] == []


def test_the_picture_is_what_the_script_draws() -> None:
    with open(house.PATH, encoding='utf-8', newline='') as file:
        assert file.read() == house.picture()


@pytest.mark.parametrize(
    ('source', 'modules'),
    [
        ('import hooks.lean.lazy', ['hooks.lean.lazy']),
        ('import os, hooks.sync as sync', ['hooks.sync']),
        ('from hooks import shell, sync', ['hooks.shell', 'hooks.sync']),
        ('def late():\n    from hooks.golang.gomod import parse', ['hooks.golang.gomod']),
        ('import hookshot\nfrom os import path\nfrom . import near', []),
    ],
)
def test_imports_are_found_anywhere_in_a_module(source: str, modules: list[str]) -> None:
    assert list(house.imported(source)) == modules


def test_an_arrow_that_follows_from_others_is_not_drawn() -> None:
    assert house.arrows({'a': {'b', 'c', 'd'}, 'b': {'c'}, 'd': set()}) == [('a', 'b'), ('a', 'd'), ('b', 'c')]

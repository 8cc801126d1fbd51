"""What a go.mod or a go.work asks for, and what it only mentions."""

from __future__ import annotations

import pytest

from hooks.context.index import Repository
from hooks.module import requirements


def repository(files: dict[str, str]) -> Repository:
    """One that lies nowhere: its files are remembered, none is on the disk."""
    found = Repository('/nowhere', '', files, git=False)
    found._texts.update(files)
    return found


def asked(files: dict[str, str], path: str) -> list[str]:
    """'path@version:line', with `=>` before the right side of a replacement; what a workspace replaces is left out."""
    where = repository(files)
    found = list(requirements.asked(where, path, files[path]))
    kept = [each for each in found if not requirements.is_replaced(where, path, each)]
    return [f'{"=>" if each.replaces else ""}{each.path}@{each.version}:{each.line}' for each in kept]


@pytest.mark.parametrize(
    ('text', 'expected'),
    [
        pytest.param('require a v1.0.0\nrequire b v1.0.0', ['a@v1.0.0:1', 'b@v1.0.0:2'], id='requirements'),
        pytest.param('require a v1.9.0\nrequire a v1.10.0', ['a@v1.10.0:2'], id='the highest of a module, as versions'),
        pytest.param('require a v1.0.0\nexclude a v1.0.0', [], id='not an excluded one'),
        pytest.param('require a v1.0.0\nexclude a v1.1.0', ['a@v1.0.0:1'], id='another version excluded'),
        pytest.param('require a v1.0.0\nreplace a => ./a', [], id='not one that a folder replaces'),
        pytest.param('require a v1.0.0\nreplace a v1.0.0 => b v1.1.0', ['=>b@v1.1.0:2'], id='the right side instead'),
        pytest.param('require a v1.0.0\nreplace a v1.1.0 => b v1.1.0', ['a@v1.0.0:1'], id='another version replaced'),
        pytest.param('replace a => b v1.1.0', [], id='no replacement of what is not required'),
        pytest.param('module a\nexclude b v1.0.0\nretract v1.0.0\ntool c', [], id='nothing'),
    ],
)
def test_a_go_mod(text: str, expected: list[str]) -> None:
    assert asked({'go.mod': text}, 'go.mod') == expected


MEMBERS = {'svc/a/go.mod': 'require a v1.0.0\n', 'b/go.mod': 'require a v1.1.0\n'}


@pytest.mark.parametrize(
    ('path', 'work', 'expected'),
    [
        pytest.param('go.work', 'use ./svc/a\nreplace a => ./x', [], id='a member, replaced by a folder'),
        pytest.param('go.work', 'use svc/a\nreplace a => b v1.0.0', [], id='a member, replaced by a version'),
        pytest.param('go.work', 'use ./svc/a\nreplace a v1.0.0 => b v1.0.0', [], id='a member, this version replaced'),
        pytest.param('go.work', 'use ./svc/a\nreplace a v1.1.0 => b v1.0.0', ['a@v1.0.0:1'], id='another version'),
        pytest.param('go.work', 'use ./b\nreplace a => b v1.0.0', ['a@v1.0.0:1'], id='another member'),
        pytest.param('svc/go.work', 'use ./a\nreplace a => ../x', [], id='a workspace between the module and the top'),
        pytest.param('svc/a/go.work', 'use .\nreplace a => ../x', [], id='a workspace beside the module'),
        pytest.param('b/go.work', 'use ../svc/a\nreplace a => ../x', ['a@v1.0.0:1'], id='a workspace elsewhere'),
    ],
)
def test_a_workspace_over_a_go_mod(path: str, work: str, expected: list[str]) -> None:
    assert asked({**MEMBERS, path: work}, 'svc/a/go.mod') == expected


@pytest.mark.parametrize(
    ('work', 'expected'),
    [
        pytest.param('use ./b\nreplace a => c v1.0.0', ['=>c@v1.0.0:2'], id='what a member requires'),
        pytest.param('use ./b\nuse ./svc/a\nreplace a v1.1.0 => c v1.0.0', ['=>c@v1.0.0:3'], id='the highest version'),
        pytest.param('use ./b\nuse ./svc/a\nreplace a v1.0.0 => c v1.0.0', [], id='not a lower one'),
        pytest.param('use ./b\nreplace d => c v1.0.0', [], id='what no member requires'),
        pytest.param('use ./gone\nreplace a => c v1.0.0', [], id='a member that is not there'),
        pytest.param('use ../out\nreplace a => c v1.0.0', [], id='a member outside the repository'),
    ],
)
def test_a_go_work(work: str, expected: list[str]) -> None:
    assert asked({**MEMBERS, 'go.work': work}, 'go.work') == expected

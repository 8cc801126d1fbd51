"""Why a file or a folder is not in the image: the reason, and the cure that fits it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hooks.context import index
from hooks.context.tree import Context, Tree
from hooks.facts import absence
from hooks.replay.build import Build
from tests._memory import Memory

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from tests.conftest import MakeRepository


@pytest.mark.parametrize(
    ('names', 'expected'),
    [
        (['a'], 'a'),
        (['a', 'b'], 'a and b'),
        (['a', 'b', 'c'], 'a, b and c'),
        (['a', 'b', 'a'], 'a and b'),
        (['a', 'a'], 'a'),
        (['a', 'b', 'c', 'd'], 'a, b, c and d'),
        (['a', 'b', 'c', 'd', 'e'], 'a, b and 3 more'),
        (['a', 'b', 'c', 'd', 'a'], 'a, b, c and d'),
    ],
)
def test_listed(names: list[str], expected: str) -> None:
    assert absence.listed(names) == expected


@pytest.mark.parametrize(
    ('folder', 'name', 'expected'),
    [
        pytest.param('svc', './lib', 'svc/lib', id='below'),
        pytest.param('svc', '../lib', 'lib', id='beside'),
        pytest.param('svc', '..', '', id='the top'),
        pytest.param('svc', '../..', None, id='out of the repository'),
        pytest.param('', '../lib', None, id='out of it, from the top'),
        pytest.param('', '.', '', id='the top itself'),
        pytest.param('a/b', '../../c/./d//e/', 'c/d/e', id='a long way'),
        pytest.param('a', '..\\lib', 'lib', id='as Windows writes it'),
        pytest.param('a', '', 'a', id='nothing'),
    ],
)
def test_joined(folder: str, name: str, expected: str | None) -> None:
    assert absence.joined(folder, name) == expected


def build(files: Mapping[str, str], context: str | None = 'svc', opaque: Collection[str] = ()) -> Build:
    repository = Memory(files, opaque)
    ignore = f'{context}/.dockerignore'.lstrip('/')
    tree = Tree() if context is None else Context(repository, context, ignore if ignore in files else '')
    return Build(repository, 'Dockerfile', tree)


def of_folders(of: Build, *names: str, mod: bool = False) -> list[str]:
    """`names: why: cure` of each group."""
    found = absence.of_folders(of, 'svc/go.mod', names, mod)
    return [f'{", ".join(named)}: {cause.why[2:]}: {cause.cure.replace("{}", cause.item)}' for cause, named in found]


@pytest.mark.parametrize(
    ('files', 'name', 'expected'),
    [
        pytest.param(
            {'svc/lib/go.mod': ''},
            './lib',
            ['./lib: since no step before copies it: copy lib first'],
            id='in the context',
        ),
        pytest.param(
            {'svc/lib/go.mod': '', 'svc/.dockerignore': '# no\nlib/\n'},
            './lib',
            ['./lib: since svc/.dockerignore:2 (`lib/`) hides it: add `!lib/**` at the end of svc/.dockerignore'],
            id='hidden',
        ),
        pytest.param(
            {'lib/go.mod': ''},
            '../lib',
            [
                '../lib: since it lies outside the build context svc: make the top of the repository the context, and '
                'copy lib too'
            ],
            id='outside the context',
        ),
        pytest.param(
            {'go.mod': ''},
            '..',
            [
                '..: since it lies outside the build context svc: make the top of the repository the context, and copy '
                'it too'
            ],
            id='the folder above the context',
        ),
        pytest.param(
            {'svc/lib/go.mod': ''}, '/libs/lib', ['/libs/lib: : copy /libs/lib there first'], id='a folder of the image'
        ),
        pytest.param(
            {},
            '../../lib',
            ['../../lib: since it lies outside the repository: require a version, or commit ../../lib and copy it'],
            id='outside the repository',
        ),
        pytest.param(
            {'svc/lib/lib.go': ''},
            './lib',
            ['./lib: since there is no svc/lib/go.mod in git: correct the path, or commit it'],
            id='no module',
        ),
        pytest.param(
            {'svc/lib': ''},
            './lib',
            ['./lib: since there is no svc/lib/go.mod in git: correct the path, or commit it'],
            id='a file',
        ),
    ],
)
def test_a_folder(files: Mapping[str, str], name: str, expected: list[str]) -> None:
    assert of_folders(build({'svc/go.mod': '', **files}), name) == expected


def test_of_a_folder_go_mod_may_be_all_that_is_needed() -> None:
    found = of_folders(build({'svc/lib/go.mod': ''}), './lib', mod=True)
    assert found == ['./lib: since no step before copies it: copy lib/go.mod first']


def test_the_context_itself_as_a_folder() -> None:
    found = of_folders(build({'svc/go.mod': ''}), '.')
    assert found == ['.: since no step before copies it: copy it first']


def test_folders_with_one_reason_are_one() -> None:
    of = build({'svc/a/go.mod': '', 'svc/b/go.mod': '', 'lib/go.mod': ''})
    assert of_folders(of, './a', '../lib', './b', './a') == [
        './a, ./b: since no step before copies them: copy a and b first',
        '../lib: since it lies outside the build context svc: make the top of the repository the context, and '
        'copy lib too',
    ]


def test_a_context_that_nobody_knows() -> None:
    (found,) = absence.of_folders(build({}, None), 'svc/go.mod', ['./lib'], False)
    assert (found[0].why, found[0].cure, found[0].item) == ('', 'copy {} there first', './lib')


def test_a_folder_that_may_be_there_has_no_reason() -> None:
    assert of_folders(build({'svc/go.mod': ''}, opaque=['svc/lib']), './lib') == []


# What git knows


def on_disk(context: str = '') -> Build:
    repository = index.find()
    return Build(repository, 'Dockerfile', Context(repository, context))


@pytest.mark.parametrize(
    ('ignored', 'untracked', 'expected'),
    [
        pytest.param(
            '/lib/go.mod',
            True,
            './lib: since .gitignore:1 (`/lib/go.mod`) keeps it out of git: '
            'remove that line, then `git add lib/go.mod`',
            id='git ignores it by its name',
        ),
        pytest.param(
            '/lib/go.mod',
            False,
            './lib: since .gitignore:1 (`/lib/go.mod`) keeps it out of git: remove that line, then commit lib/go.mod',
            id='git would ignore it',
        ),
        pytest.param(
            '#',
            True,
            './lib: since lib/go.mod is on this disk but not in git, so a clean checkout lacks it: '
            '`git add lib/go.mod`',
            id='it is not in git',
        ),
        pytest.param('lib/', True, None, id='its folder is made before the build'),
        pytest.param('lib/', False, None, id='which is not yet on the disk'),
    ],
)
def test_a_folder_that_is_not_in_git(ignored: str, untracked: bool, expected: str | None, repo: MakeRepository) -> None:
    # A folder of which nothing is tracked is made before the build, if git ignores what lies in it.
    tracked = {'go.mod': '', '.gitignore': f'{ignored}\n', **({'lib/lib.go': ''} if expected else {})}
    repo(tracked, untracked={'lib/go.mod': ''} if untracked else {})
    found = absence.of_folders(on_disk(), 'go.mod', ['./lib'], False)
    told = [f'{", ".join(names)}: {cause.why[2:]}: {cause.cure}' for cause, names in found]
    assert told == ([expected] if expected else [])


@pytest.mark.parametrize(
    ('files', 'untracked', 'expected'),
    [
        pytest.param(
            {'go.mod': '', 'go.sum': ''},
            {},
            (', since no step before copies it', 'copy it beside go.mod, as `COPY go.mod go.sum ./` does'),
            id='it is there to copy',
        ),
        pytest.param(
            {'go.mod': '', '.gitignore': '*.sum\n'},
            {'go.sum': ''},
            (', since .gitignore:1 (`*.sum`) keeps it out of git', 'remove that line, then `git add go.sum`'),
            id='git ignores it',
        ),
        pytest.param(
            {'go.mod': '', '.gitignore': '*.sum\n'},
            {},
            (
                ', since .gitignore:1 (`*.sum`) keeps it out of git',
                'remove that line, then run `go mod tidy` and commit go.sum',
            ),
            id='git would ignore it',
        ),
        pytest.param(
            {'go.mod': ''},
            {'go.sum': ''},
            (', since go.sum is on this disk but not in git, so a clean checkout lacks it', '`git add go.sum`'),
            id='it is not in git',
        ),
        pytest.param({'go.mod': ''}, {}, None, id='there is none'),
    ],
)
def test_a_go_sum(
    files: Mapping[str, str], untracked: Mapping[str, str], expected: tuple[str, str] | None, repo: MakeRepository
) -> None:
    repo(files, untracked=untracked)
    cause = absence.of_sum(on_disk(), 'go.sum')
    assert (cause and (cause.why, cause.cure)) == expected


def test_a_go_sum_outside_the_context_or_made_before_the_build(repo: MakeRepository) -> None:
    repo({'svc/x': '', 'go.sum': '', '.gitignore': 'gen/\n'}, untracked={'gen/go.sum': ''})
    assert absence.of_sum(on_disk('svc'), 'go.sum') is None
    assert absence.of_sum(on_disk(), 'gen/go.sum') is None
    assert absence.of_sum(build({'go.sum': ''}, None), 'go.sum') is None


def test_a_go_sum_that_is_hidden() -> None:
    cause = absence.of_sum(build({'svc/go.sum': '', 'svc/.dockerignore': '*.sum\n'}), 'svc/go.sum')
    assert cause
    assert cause.why == ', since svc/.dockerignore:1 (`*.sum`) hides it'
    assert cause.related == (('svc/.dockerignore', 1, '`*.sum` hides it'),)
    assert cause.cure.replace('{}', cause.item) == 'add `!go.sum` at the end of svc/.dockerignore'

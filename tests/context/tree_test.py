"""A build context: what a builder is sent, and what hides the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hooks.context.tree import ABSENT, FILE, FOLDER, UNKNOWN, Context, Hiding, ignore_file
from tests._memory import Memory

if TYPE_CHECKING:
    from collections.abc import Collection

FILES = {'svc/go.mod': 'm', 'svc/go.sum': 's', 'svc/cmd/main.go': 'c', 'svc/docs/a.md': 'd', 'lib/go.mod': 'l'}


def context(ignore: str | None = None, opaque: Collection[str] = ()) -> Context:
    texts = FILES if ignore is None else {**FILES, 'svc/.dockerignore': ignore}
    repository = Memory(texts, opaque)
    return Context(repository, 'svc', ignore_file(repository, 'svc/Dockerfile', 'svc'))


@pytest.mark.parametrize(
    ('ignore', 'path', 'kind'),
    [
        pytest.param(None, '/go.mod', FILE, id='a tracked file'),
        pytest.param(None, '/cmd', FOLDER, id='a folder with a tracked file'),
        pytest.param(None, '', FOLDER, id='the root'),
        pytest.param(None, '/lib/go.mod', ABSENT, id='what lies outside'),
        pytest.param(None, '/main.go', ABSENT, id='what is not tracked'),
        pytest.param(None, '/GO.MOD', ABSENT, id='another case is another file'),
        pytest.param('go.sum\n', '/go.sum', ABSENT, id='a hidden file'),
        pytest.param('go.sum\n', '/go.mod', FILE, id='a file that the patterns leave alone'),
        pytest.param('docs\n', '/docs', ABSENT, id='a hidden folder'),
        pytest.param('docs\n!docs/a.md\n', '/docs', FOLDER, id='a hidden folder from which one file is taken'),
        pytest.param('docs\n!docs/b.md\n', '/docs', ABSENT, id='a hidden folder from which nothing is taken'),
        pytest.param('docs/*\n', '/docs', FOLDER, id='a folder whose files are hidden stays'),
        pytest.param('*\n', '', FOLDER, id='the root stays when all is hidden'),
        pytest.param('[\n', '/go.mod', UNKNOWN, id='patterns that no builder reads'),
        pytest.param('', '/go.sum', FILE, id='an empty ignore file'),
    ],
)
def test_look(ignore: str | None, path: str, kind: str) -> None:
    assert context(ignore).look(path).kind == kind


@pytest.mark.parametrize(
    ('ignore', 'folder', 'kind'),
    [
        pytest.param(None, '', UNKNOWN, id='sent with the rest'),
        pytest.param('*.md', '', UNKNOWN, id='not ignored'),
        pytest.param('.git', '', ABSENT, id='ignored'),
        pytest.param('*', '', ABSENT, id='with all'),
        pytest.param(None, 'svc', ABSENT, id='in no other folder'),
    ],
)
def test_the_folder_of_git_itself(ignore: str | None, folder: str, kind: str) -> None:
    files = {'a.go': 'package a', 'svc/b.go': 'package b'} | ({} if ignore is None else {'.dockerignore': ignore})
    context = Context(Memory(files), folder, '' if ignore is None else '.dockerignore')
    assert [context.look('/.git').kind, context.look('/.git/HEAD').kind] == [kind, kind]


def test_a_file_says_where_its_text_lies() -> None:
    assert context().look('/cmd/main.go').origin == 'svc/cmd/main.go'


def test_links_and_submodules_are_unknown() -> None:
    linked = context(opaque=['svc/link', 'svc/sub'])
    assert [linked.look(path).kind for path in ('/link', '/link/x', '/sub', '/sub/go.mod')] == [UNKNOWN] * 4
    assert linked.names('/sub') is None


def test_names_leave_out_what_is_hidden() -> None:
    assert context().names('') == ['cmd', 'docs', 'go.mod', 'go.sum']
    assert context('*.sum\ndocs\n.dockerignore\n').names('') == ['cmd', 'go.mod']
    assert context('[\n').names('') is None
    assert context().names('/nowhere') == []


def test_hidden_names_the_line_whether_or_not_the_file_is_there() -> None:
    assert context('# sums\n*.sum\n').hidden('/go.sum') == Hiding('svc/.dockerignore', 2, '*.sum')
    assert context('*.sum\n').hidden('/deep/other.sum') is None
    assert context('*.sum\n').hidden('/other.sum') == Hiding('svc/.dockerignore', 1, '*.sum')
    assert context().hidden('/go.sum') is None


@pytest.mark.parametrize(
    ('files', 'dockerfile', 'folder', 'expected'),
    [
        pytest.param('.dockerignore', 'Dockerfile', '', '.dockerignore', id="the context's own"),
        pytest.param('svc/.dockerignore', 'Dockerfile', 'svc', 'svc/.dockerignore', id="a folder's own"),
        pytest.param('.dockerignore', 'svc/Dockerfile', 'svc', '', id='not that of the top'),
        pytest.param('docker/.dockerignore', 'docker/Dockerfile', '', '', id='not that beside the Dockerfile'),
        pytest.param(
            'a/api.Dockerfile.dockerignore .dockerignore',
            'a/api.Dockerfile',
            '',
            'a/api.Dockerfile.dockerignore',
            id='the one named after the Dockerfile goes first',
        ),
        pytest.param('Dockerfile.dockerignore', 'a/Dockerfile', '', '', id='only beside its Dockerfile'),
        pytest.param('x', 'Dockerfile', '', '', id='none'),
    ],
)
def test_which_ignore_file_a_build_reads(files: str, dockerfile: str, folder: str, expected: str) -> None:
    assert ignore_file(Memory(dict.fromkeys(files.split(), '')), dockerfile, folder) == expected

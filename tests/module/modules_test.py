"""The module that a command works in: its go.mod, its vendor folder, its workspace, its Go files."""

from __future__ import annotations

import pytest

from hooks.context.tree import Context
from hooks.golang import gomod
from hooks.module import modules
from hooks.module.modules import Module
from tests._memory import GO_MOD, Memory

BARE = 'module example.com/app\n\ngo 1.21\n'


def test_the_nearest_go_mod_is_the_main_modules() -> None:
    repository = Memory({'go.mod': BARE, 'sub/go.mod': GO_MOD, 'sub/cmd/x.go': '', 'other/x.go': ''})
    found = [modules.main_module(repository, Context(repository, ''), folder) for folder in ('/sub/cmd', '/other', '')]
    assert [(module.folder, module.origin) for module in found if module] == [
        ('/sub', 'sub/go.mod'), ('', 'go.mod'), ('', 'go.mod'),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ('files', 'expected'),
    [
        pytest.param({'x.go': ''}, True, id='in the folder'),
        pytest.param({'a/b/x.go': ''}, True, id='below it'),
        pytest.param({'x.txt': ''}, False, id='none'),
        pytest.param({'sub/go.mod': '', 'sub/x.go': ''}, False, id="another module's"),
        pytest.param(
            {'vendor/x/x.go': '', 'testdata/x.go': '', '_x/x.go': '', '.x/x.go': ''},
            False,
            id='in folders that go skips',
        ),
    ],
)
def test_has_go_files(files: dict[str, str], expected: bool) -> None:
    assert modules.has_go_files(Context(Memory({'go.mod': '', **files}), ''), '') is expected


@pytest.mark.parametrize(
    ('go', 'vendored', 'pruned'),
    [
        pytest.param('', False, False, id='no go line'),
        pytest.param('go 1\n', False, False, id='Go 1'),
        pytest.param('go 1.13\n', False, False, id='before vendor/ was used by itself'),
        pytest.param('go 1.14\n', True, False, id='the first that uses it'),
        pytest.param('go 1.16\n', True, False, id='before pruning'),
        pytest.param('go 1.17\n', True, True, id='the first that prunes'),
        pytest.param('go 1.21.3\n', True, True, id='a patch'),
        pytest.param('go 1.22rc1\n', True, True, id='a release candidate'),
        pytest.param('go 1.x\n', False, False, id='no version'),
    ],
)
def test_what_the_go_line_decides(go: str, vendored: bool, pruned: bool) -> None:
    tree = Context(Memory({'vendor/modules.txt': ''}), '')
    module = Module('', gomod.parse_mod('module example.com/app\n' + go), 'go.mod')
    assert (modules.vendored(tree, module, {}), module.pruned) == (vendored, pruned)


@pytest.mark.parametrize(
    ('flags', 'files', 'expected'),
    [
        pytest.param({}, {}, False, id='no vendor folder'),
        pytest.param({'mod': 'vendor'}, {}, True, id='-mod=vendor'),
        pytest.param({'mod': 'mod'}, {'vendor/modules.txt': ''}, False, id='-mod=mod'),
        pytest.param({'mod': 'readonly'}, {'vendor/modules.txt': ''}, False, id='-mod=readonly'),
        pytest.param({'mod': None}, {'vendor/modules.txt': ''}, None, id='-mod of what nobody knows'),
        pytest.param({}, {'vendor': ''}, False, id='a file of that name'),
        pytest.param({}, {'vendor/x.txt': ''}, True, id='a folder with anything'),
    ],
)
def test_vendored(flags: dict[str, str | None], files: dict[str, str], expected: bool | None) -> None:
    module = Module('', gomod.parse_mod(BARE), 'go.mod')
    assert modules.vendored(Context(Memory(files), ''), module, flags) is expected


def test_a_vendor_folder_that_is_a_link_is_unknown() -> None:
    module = Module('', gomod.parse_mod(BARE), 'go.mod')
    assert modules.vendored(Context(Memory({}, ['vendor']), ''), module, {}) is None


@pytest.mark.parametrize(
    ('gowork', 'folder', 'kind', 'in_force'),
    [
        pytest.param('', '/a', 'file', True, id='in the folder'),
        pytest.param('', '/a/b', 'file', True, id='in a parent'),
        pytest.param('', '/c', 'absent', False, id='in none'),
        pytest.param('off', '/a', 'absent', False, id='off'),
        pytest.param(None, '/a', 'unknown', None, id='GOWORK of what nobody knows'),
        pytest.param('/a/go.work', '/c', 'file', True, id='named'),
        pytest.param('/x/go.work', '/a', 'absent', True, id='named, and not there'),
        pytest.param('go.work', '/a', 'unknown', True, id='a relative path, which go refuses'),
    ],
)
def test_the_workspace(gowork: str | None, folder: str, kind: str, in_force: bool | None) -> None:
    tree = Context(Memory({'a/go.work': '', 'a/b/x': '', 'c/x': ''}), '')
    assert modules.work_file(tree, folder, {'GOWORK': gowork})[1].kind == kind
    assert modules.workspace(tree, folder, {'GOWORK': gowork}) is in_force


def test_a_go_work_that_is_a_link_may_be_in_force() -> None:
    assert modules.workspace(Context(Memory({'a/x': ''}, ['go.work']), ''), '/a', {}) is None


@pytest.mark.parametrize(
    ('version', 'replaced'),
    [
        pytest.param('', True, id='any version'),
        pytest.param(' v1.0.0', True, id='the required version'),
        pytest.param(' v1.0.1', False, id='another version'),
    ],
)
def test_the_replacement_of_a_requirement(version: str, replaced: bool) -> None:
    text = f'{GO_MOD}replace example.com/dep{version} => ./dep\nreplace example.com/other => ./other\n'
    module = Module('', gomod.parse_mod(text), 'go.mod')
    assert (module.replaced('example.com/dep') is not None) is replaced
    assert module.replaced('example.com/leaf') is None


def test_a_module_whose_go_mod_nobody_has_read() -> None:
    module = Module('/app', None, '')
    assert (module.replaced('example.com/dep'), module.pruned) == (None, False)
    assert modules.vendored(Context(Memory({}), ''), module, {}) is False

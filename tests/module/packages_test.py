"""The packages that a go command loads: which files, what they import, and what is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hooks.context.tree import Context
from hooks.golang import commands, gofiles
from hooks.module.packages import Modules, Packages
from tests._memory import HELLO, Memory

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


def imports(*paths: str, package: str = 'p') -> str:
    return f'package {package}\n' + ''.join(f'import _ "{path}"\n' for path in paths)


def load(
    command: str,
    files: Mapping[str, str],
    target: gofiles.Target | None = None,
    modules: Modules | None = None,
    opaque: Collection[str] = (),
) -> Packages:
    """What a command loads in the top of a tree, which is the module example.com/app unless `modules` says more."""
    repository = Memory(files, opaque)
    parsed = commands.parse([None if word == '?' else word for word in command.split()], '')
    assert parsed
    found = Packages(
        repository, Context(repository, ''), modules or Modules({'example.com/app': ''}), target or gofiles.Target()
    )
    found.load(parsed, '', '')
    return found


TREE = {
    'main.go': imports('fmt', 'example.com/app/a', 'x.y/one'),
    'main_test.go': imports('x.y/test'),
    'a/a.go': imports('x.y/a'),
    'a/a_test.go': imports('x.y/atest'),
    'b/b.go': imports('x.y/b'),
    'b/sub/s.go': imports('x.y/sub'),
    'nested/go.mod': '',
    'nested/n.go': imports('x.y/nested'),
    'testdata/t.go': imports('x.y/testdata'),
    '_x/x.go': imports('x.y/underscore'),
    '.x/x.go': imports('x.y/dot'),
    'vendor/v.go': imports('x.y/vendor'),
    'a/_y.go': imports('x.y/underscorefile'),
    'a/.y.go': imports('x.y/dotfile'),
    'a/x_windows.go': imports('x.y/windows'),
    'a/gen.go': '//go:build ignore\n\n' + imports('x.y/ignore'),
    'a/tool.go': '//go:build tools\n\n' + imports('x.y/tools'),
}


@pytest.mark.parametrize(
    ('command', 'expected'),
    [
        pytest.param('build', 'one a', id='the folder, and what it imports'),
        pytest.param('build .', 'one a', id='by a dot'),
        pytest.param('build ./...', 'one a b sub', id='all packages'),
        pytest.param('build ...', 'one a b sub', id='all, by dots alone'),
        pytest.param('build ./b/...', 'b sub', id='all below'),
        pytest.param('build ./b', 'b', id='one'),
        pytest.param('build ./b ./a', 'b a', id='two'),
        pytest.param('run ./b ./a', 'b', id='run takes one, and arguments'),
        pytest.param('build example.com/app/b', 'b', id='by its import path'),
        pytest.param('build example.com/app/b/...', 'b sub', id='all below an import path'),
        pytest.param('build b/b.go', 'b', id='a file'),
        pytest.param('build main.go a/gen.go', 'one a ignore', id='files, whatever their constraint'),
        pytest.param('run main.go x', 'one a', id='run of a file, and arguments'),
        pytest.param('build x.y/other', 'other', id='a package of another module'),
        pytest.param('test', 'one a test', id='a test loads the tests of what it names'),
        pytest.param('vet ./a', 'a atest', id='a vet does'),
        pytest.param('test ./...', 'one a b sub test atest', id='of all'),
        pytest.param(
            'mod tidy', 'one a b sub test atest windows tools', id='a tidy looks at every system and every tag'
        ),
        pytest.param('mod vendor', 'one a b sub test atest windows tools', id='a vendor does'),
    ],
)
def test_what_is_imported_of_other_modules(command: str, expected: str) -> None:
    found = load(command, TREE)
    names = {path.removeprefix('x.y/') for path in found.imports if path.startswith('x.y/')}
    assert names == set(expected.split())
    assert found.whole


@pytest.mark.parametrize(
    'command', ['build ?', 'build all', 'build std', 'build ./cmd/*', 'build ./[ab]', 'build x.y/z/...', 'build tool']
)
def test_what_is_built_may_be_more(command: str) -> None:
    assert not load(command, TREE).whole


@pytest.mark.parametrize(
    ('files', 'target', 'sure'),
    [
        pytest.param({'x.go': imports('x.y/z')}, {}, True, id='no constraint'),
        pytest.param({'x_linux.go': imports('x.y/z')}, {}, True, id='its system'),
        pytest.param({'x_windows.go': imports('x.y/z')}, {}, None, id='another system'),
        pytest.param({'x_windows.go': imports('x.y/z')}, {'system': 'windows'}, True, id='a build for that'),
        pytest.param({'x_arm64.go': imports('x.y/z')}, {}, False, id='a machine that it may be'),
        pytest.param({'x_s390x.go': imports('x.y/z')}, {}, None, id='a machine that it is not'),
        pytest.param({'x.go': '//go:build a\n\n' + imports('x.y/z')}, {}, None, id='a tag that is not set'),
        pytest.param({'x.go': '//go:build a\n\n' + imports('x.y/z')}, {'tags': frozenset('a')}, True, id='that is'),
        pytest.param({'x.go': '//go:build a\n\n' + imports('x.y/z')}, {'tags': None}, False, id='that may be'),
        pytest.param({'x.go': imports('C', 'x.y/z')}, {'cgo': False}, None, id='cgo is off'),
        pytest.param({'x.go': imports('C', 'x.y/z')}, {'cgo': True}, True, id='cgo is on'),
        pytest.param({'x.go': imports('C', 'x.y/z')}, {}, False, id='cgo may be on'),
        pytest.param(
            {'x_arm64.go': imports('x.y/z'), 'y.go': imports('x.y/z')}, {}, True, id='one sure file is enough'
        ),
        pytest.param(
            {'a.go': imports('x.y/z'), 'y_arm64.go': imports('x.y/z')}, {}, True, id='also where it comes first'
        ),
        pytest.param(
            {'x_arm64.go': imports('example.com/app/a'), 'a/a.go': imports('x.y/z')},
            {},
            False,
            id='what an unsure file imports imports it',
        ),
        pytest.param(
            {
                'w_arm64.go': imports('example.com/app/a'),
                'x.go': imports('example.com/app/a'),
                'a/a.go': imports('x.y/z'),
            },
            {},
            True,
            id='and what a sure one does',
        ),
    ],
)
def test_how_sure_an_import_is(files: Mapping[str, str], target: dict[str, object], sure: bool | None) -> None:
    found = load('build', {'main.go': HELLO, **files}, gofiles.Target(**target))  # type: ignore[arg-type]
    known = found.imports.get('x.y/z')
    assert (None if known is None else known.sure) is sure


def test_an_import_names_a_file() -> None:
    found = load('build', TREE).imports['x.y/a']
    assert (found.path, found.file, found.sure) == ('x.y/a', '/a/a.go', True)


@pytest.mark.parametrize(
    ('files', 'lost', 'whole'),
    [
        pytest.param({}, ['example.com/app/a'], False, id='no folder'),
        pytest.param({'a/x.txt': ''}, ['example.com/app/a'], False, id='a folder without Go files'),
        pytest.param({'a/b/x.go': HELLO}, ['example.com/app/a'], False, id='Go files only below it'),
        pytest.param({'a/_x.go': HELLO}, ['example.com/app/a'], False, id='a file that go skips'),
        pytest.param({'a/x.go': 'package a'}, [], True, id='a Go file'),
        pytest.param({'a/x_windows.go': 'package a'}, [], True, id='of another system, which fails otherwise'),
        pytest.param({'a/x.go': 'no Go'}, [], False, id='what is no Go'),
    ],
)
def test_a_package_of_the_module_that_is_lost(files: Mapping[str, str], lost: list[str], whole: bool) -> None:
    found = load('build', {'main.go': imports('example.com/app/a'), **files})
    assert (list(found.lost), found.whole) == (lost, whole)


def test_what_is_named_on_the_command_line_is_not_lost() -> None:
    assert load('build ./none', {'main.go': HELLO}).lost == {}
    assert load('build ./none/...', {'main.go': HELLO}).lost == {}


def test_a_folder_behind_a_link_is_not_lost() -> None:
    found = load('build', {'main.go': imports('example.com/app/a')}, opaque=['a'])
    assert (found.lost, found.whole) == ({}, False)


def test_a_file_that_cannot_be_read_may_import_anything() -> None:
    assert not load('build', {'main.go': HELLO}, opaque=['x.go']).whole


def test_a_ring_of_imports_ends() -> None:
    files = {'main.go': imports('example.com/app/a'), 'a/a.go': imports('example.com/app/b')}
    found = load('build', {**files, 'b/b.go': imports('example.com/app/a', 'example.com/app', 'x.y/z')})
    assert (list(found.imports), found.whole) == (['x.y/z'], True)


# Modules


@pytest.mark.parametrize(
    ('path', 'expected'),
    [
        ('example.com/app', '/app'),
        ('example.com/app/x', '/app/x'),
        ('example.com/apps', None),
        ('example.com/app/dep/x', '/dep/x'),
        ('example.com/app/far/x', None),
        ('example.com/app/fart', '/app/fart'),
        ('fmt', None),
        ('x.y/z', '/app/vendor/x.y/z'),
        ('x.y/none', None),
    ],
)
def test_where_a_package_lies(path: str, expected: str | None) -> None:
    owners = {'example.com/app': '/app', 'example.com/app/dep': '/dep'}
    modules = Modules(owners, ('example.com/app/far',), '/app/vendor')
    tree = Context(Memory({'app/vendor/x.y/z/z.go': ''}), '')
    assert modules.folder(tree, path) == expected


def test_packages_of_local_replacements_and_of_vendor_are_followed() -> None:
    modules = Modules({'example.com/app': '', 'example.com/dep': '/dep'}, vendor='/vendor')
    files = {
        'main.go': imports('example.com/dep/x', 'x.y/vendored'),
        'dep/x/x.go': imports('x.y/one'),
        'vendor/x.y/vendored/v.go': imports('x.y/two'),
    }
    assert sorted(load('build', files, modules=modules).imports) == ['x.y/one', 'x.y/two']

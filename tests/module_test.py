"""What a go command sees of its module: which packages it loads, and whether one of them is another module's."""

from __future__ import annotations

import pytest

from hooks import _gocommand, _module, _needs
from hooks._context import Context
from tests._memory import GO_MOD, HELLO, MAIN, Memory

BARE = 'module example.com/app\n\ngo 1.21\n'
DEP = 'import _ "example.com/dep"\n'


def needs(
    command: str, files: dict[str, str], env: dict[str, str | None] | None = None, folder: str = ''
) -> bool | None:
    repository = Memory(files)
    env = env or {}
    parsed = _gocommand.parse([None if word == '?' else word for word in command.split()], env.get('GOFLAGS', ''))
    assert parsed
    return _needs.needs_sum(repository, Context(repository, ''), folder, parsed, env)


def tree(mod: str = GO_MOD, **files: str) -> dict[str, str]:
    """A module of these files; `cmd__x__main` is cmd/x/main.go."""
    return {'go.mod': mod, **{name.replace('__', '/') + '.go': text for name, text in files.items()}}


EXTERNAL, PLAIN = tree(main=MAIN), tree(main=HELLO)
MIXED = tree(main=HELLO, cmd__a__main=HELLO, cmd__b__main=MAIN)


@pytest.mark.parametrize(
    ('command', 'files', 'expected'),
    [
        pytest.param('build', EXTERNAL, True, id='the package of the folder imports another module'),
        pytest.param('build', PLAIN, False, id='it imports nothing'),
        pytest.param('build', tree(main='package main\nimport "fmt"\n'), False, id='it imports the standard library'),
        pytest.param('build .', EXTERNAL, True, id='named by a dot'),
        pytest.param('build ./cmd/a', MIXED, False, id='another package imports it'),
        pytest.param('build ./cmd/b', MIXED, True, id='this one does'),
        pytest.param('build ./cmd/a ./cmd/b', MIXED, True, id='one of two'),
        pytest.param('build ./...', MIXED, True, id='one of all'),
        pytest.param('build ./cmd/a/...', MIXED, False, id='none of those below'),
        pytest.param('build -o /bin/a ./cmd/a', MIXED, False, id='behind a flag with a value'),
        pytest.param('build example.com/app/cmd/b', MIXED, True, id='by its import path'),
        pytest.param('build cmd/b/main.go', MIXED, True, id='by a file'),
        pytest.param('build main.go', MIXED, False, id='by another file'),
        pytest.param('run ./cmd/a ./cmd/b', MIXED, False, id='run takes one package'),
        pytest.param('run main.go x.go', tree(main=HELLO, x='package main\n' + DEP), True, id='or several files'),
        pytest.param('build ./cmd/none', MIXED, None, id='a package that is not there'),
        pytest.param('build ?', MIXED, None, id='a package that nobody knows'),
        pytest.param('build ./cmd/*', MIXED, None, id='a glob'),
        pytest.param('build ? ./cmd/b', MIXED, True, id='one that is known is enough'),
        pytest.param('build all', MIXED, None, id='all'),
        pytest.param(
            'build',
            tree(main='package main\nimport _ "example.com/app/lib"\n', lib__x='package lib\n' + DEP),
            True,
            id='through a package of the module',
        ),
        pytest.param(
            'build',
            tree(main='package main\nimport _ "example.com/app/lib"\n', lib__x='package lib\n'),
            False,
            id='which imports nothing',
        ),
        pytest.param(
            'build', tree(main='package main\nimport _ "example.com/app/lib"\n'), None, id='which is not there'
        ),
        pytest.param(
            'build', tree(main='package main\nimport _ "example.com/unknown"\n'), None, id='what no requirement covers'
        ),
        pytest.param('build', tree(main=HELLO, x_test='package main\n' + DEP), False, id='a test is not built'),
        pytest.param('test', tree(main=HELLO, x_test='package main\n' + DEP), True, id='but by go test'),
        pytest.param('vet', tree(main=HELLO, x_test='package main\n' + DEP), True, id='and by go vet'),
        pytest.param('mod vendor', tree(main=HELLO, x_test='package main\n' + DEP), True, id='and counts for vendor'),
        pytest.param('build', tree(main=HELLO, x='//go:build tools\n\npackage main\n' + DEP), False, id='another tag'),
        pytest.param(
            'build -tags tools', tree(main=HELLO, x='//go:build tools\n\npackage main\n' + DEP), True, id='the tag'
        ),
        pytest.param(
            'build -tags ?', tree(main=HELLO, x='//go:build tools\n\npackage main\n' + DEP), None, id='any tag'
        ),
        pytest.param('build', tree(main=HELLO, x_windows='package main\n' + DEP), False, id='another system'),
        pytest.param('build', tree(main=HELLO, x_arm64='package main\n' + DEP), None, id='a machine that it may be'),
        pytest.param(
            'build ./...',
            {**PLAIN, 'sub/go.mod': BARE, 'sub/x.go': 'package sub\n' + DEP},
            False,
            id='a module below is another',
        ),
        pytest.param(
            'build ./...',
            tree(main=HELLO, testdata__x='package x\n' + DEP, _x__y='package y\n' + DEP),
            False,
            id='folders that go skips',
        ),
        pytest.param('build', tree(main='package main\nimport "C"\n' + DEP), None, id='cgo, which may be off'),
        pytest.param('build', tree(main='package main\n/* ' + DEP + '*/'), False, id='a comment'),
        pytest.param('build', tree(main='no Go at all'), None, id='what is no Go'),
        pytest.param('install example.com/tool@v1', EXTERNAL, False, id='a tool of a version'),
        pytest.param('run example.com/tool@latest', EXTERNAL, False, id='a tool that runs'),
        pytest.param('install ?', EXTERNAL, False, id='a tool that nobody knows'),
        pytest.param('mod download', EXTERNAL, False, id='a download'),
        pytest.param('mod tidy', EXTERNAL, False, id='a tidy'),
        pytest.param('mod tidy -diff', EXTERNAL, True, id='a tidy that only looks'),
        pytest.param('list ./...', EXTERNAL, False, id='a list'),
        pytest.param('list -m all', EXTERNAL, True, id='a list of all modules'),
        pytest.param('env', EXTERNAL, False, id='a command that loads nothing'),
        pytest.param('build -mod=mod', EXTERNAL, False, id='-mod=mod writes what it lacks'),
        pytest.param('build -mod mod', EXTERNAL, False, id='also in two words'),
        pytest.param('build -mod=vendor', EXTERNAL, False, id='-mod=vendor looks at vendor/'),
        pytest.param('build -modfile=x.mod', EXTERNAL, None, id='another go.mod'),
        pytest.param('build', {**EXTERNAL, 'vendor/modules.txt': ''}, False, id='vendor/ is there'),
        pytest.param('build -mod=readonly', {**EXTERNAL, 'vendor/modules.txt': ''}, True, id='and is not to be used'),
        pytest.param('build', {**EXTERNAL, 'go.work': ''}, None, id='a workspace'),
        pytest.param('build', {'main.go': MAIN}, None, id='no go.mod'),
    ],
)
def test_needs_sum(command: str, files: dict[str, str], expected: bool | None) -> None:
    assert needs(command, files) is expected


@pytest.mark.parametrize(
    ('env', 'expected'),
    [
        pytest.param({'GOFLAGS': '-mod=mod'}, False, id='GOFLAGS=-mod=mod'),
        pytest.param({'GOFLAGS': '-mod=vendor'}, False, id='GOFLAGS=-mod=vendor'),
        pytest.param({'GOFLAGS': '-v -trimpath'}, True, id='GOFLAGS of other things'),
        pytest.param({'GOFLAGS': None}, None, id='GOFLAGS that nobody knows'),
        pytest.param({'GO111MODULE': 'off'}, None, id='no modules'),
        pytest.param({'GO111MODULE': 'on'}, True, id='modules'),
        pytest.param({'GOWORK': '/x/go.work'}, None, id='a workspace elsewhere'),
        pytest.param({'GOWORK': None}, None, id='perhaps a workspace'),
        pytest.param({'GOWORK': 'off'}, True, id='no workspace'),
        pytest.param({'GOOS': 'windows'}, True, id='another system'),
        pytest.param({'GOPRIVATE': '*', 'GONOSUMDB': '*', 'GOPROXY': 'direct'}, True, id='no checksum database'),
    ],
)
def test_what_the_environment_changes(env: dict[str, str | None], expected: bool | None) -> None:
    assert needs('build', EXTERNAL, env) is expected


def test_a_workspace_that_is_off_is_none() -> None:
    assert needs('build', {**EXTERNAL, 'go.work': ''}, {'GOWORK': 'off'}) is True


REPLACED = BARE + 'require example.com/dep v1.0.0\n\nreplace example.com/dep{} => {}\n'


@pytest.mark.parametrize(
    ('version', 'target', 'expected'),
    [
        pytest.param('', './dep', False, id='by a folder'),
        pytest.param(' v1.0.0', './dep', False, id='this version'),
        pytest.param(' v1.0.1', './dep', True, id='another version'),
        pytest.param('', 'example.com/fork v1.0.0', True, id='by another module'),
        pytest.param('', './other', True, id='by a folder that imports another module'),
        pytest.param('', '../outside', None, id='by a folder that is not there'),
    ],
)
def test_a_requirement_that_is_replaced(version: str, target: str, expected: bool | None) -> None:
    mod = REPLACED.format(version, target) + 'require example.com/leaf v1.0.0\n'
    files = tree(mod, main=MAIN, dep__x='package dep\n', other__x='package dep\nimport _ "example.com/leaf"\n')
    assert needs('build', files) is expected


def test_a_module_whose_name_looks_like_the_standard_librarys() -> None:
    files = tree(
        'module app\n\nrequire example.com/dep v1.0.0\n',
        main='package main\nimport _ "app/lib"\n',
        lib__x='package x\n',
    )
    assert needs('build', files) is False
    assert needs('build', {**files, 'lib/x.go': 'package lib\n' + DEP}) is True


def test_an_import_chain_that_is_too_long_is_unknown_or_known() -> None:
    chain = {f'p{i}/x.go': f'package p\nimport _ "example.com/app/p{i + 1}"\n' for i in range(3000)}
    assert needs('build', {**chain, 'go.mod': GO_MOD, 'main.go': 'package main\nimport _ "example.com/app/p0"\n'}) in (
        None,
        False,
    )


def test_the_nearest_go_mod_is_the_main_modules() -> None:
    repository = Memory({'go.mod': BARE, 'sub/go.mod': GO_MOD, 'sub/cmd/x.go': '', 'other/x.go': ''})
    found = [_module.main_module(repository, Context(repository, ''), folder) for folder in ('/sub/cmd', '/other', '')]
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
    assert _module.has_go_files(Context(Memory({'go.mod': '', **files}), ''), '') is expected

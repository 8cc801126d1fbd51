"""What a go command needs: go.mod, the folders of replacements, a go.sum and which of its lines."""

from __future__ import annotations

import pytest

from hooks.context.tree import Context
from hooks.golang import commands, gomod
from hooks.module import modules, needed, packages
from hooks.module.invocation import Invocation
from tests._memory import GO_MOD, HELLO, MAIN, Memory

BARE = 'module example.com/app\n\ngo 1.21\n'
DEP = 'import _ "example.com/dep"\n'


def needs(
    command: str, files: dict[str, str], env: dict[str, str | None] | None = None, folder: str = ''
) -> bool | None:
    repository = Memory(files)
    env = env or {}
    parsed = commands.parse([None if word == '?' else word for word in command.split()], env.get('GOFLAGS', ''))
    assert parsed
    return needed.needs_sum(Invocation(repository, Context(repository, ''), folder, parsed, env))


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
        'module app\n\ngo 1.21\n\nrequire example.com/dep v1.0.0\n',
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


# go.mod


@pytest.mark.parametrize(
    ('command', 'expected'),
    [
        pytest.param('build', True, id='a build'),
        pytest.param('build .', True, id='of the folder'),
        pytest.param('build ./...', True, id='of all'),
        pytest.param('run example.com/x', True, id='of a package'),
        pytest.param('install /src/x', True, id='of another folder'),
        pytest.param('build main.go', False, id='of a file that imports nothing'),
        pytest.param('build ext.go', True, id='of a file that imports another module'),
        pytest.param('run -mod=mod ext.go', False, id='which -mod=mod fetches'),
        pytest.param('fmt ext.go', False, id='or which is formatted'),
        pytest.param('build net', False, id='of the standard library'),
        pytest.param('build std', False, id='of all of it'),
        pytest.param('install cmd/gofmt', False, id="of Go's own tools"),
        pytest.param('build ?', None, id='of what nobody knows'),
        pytest.param('list', True, id='a list'),
        pytest.param('list std', False, id='of the standard library'),
        pytest.param('list -m', False, id='of the module'),
        pytest.param('list -m all', True, id='of all modules'),
        pytest.param('list -m example.com/dep@v1.0.0', False, id='of a module by its version'),
        pytest.param('list -m ?', None, id='of a module that nobody knows'),
        pytest.param('list -e ./...', False, id='with errors left out'),
        pytest.param('mod download', True, id='a download'),
        pytest.param('mod download all', True, id='of all'),
        pytest.param('mod download example.com/dep@v1.0.0', False, id='of a version'),
        pytest.param('mod download ?', None, id='of what may be a version'),
        pytest.param('mod tidy', True, id='a tidy'),
        pytest.param('mod vendor', True, id='a vendor'),
        pytest.param('mod verify', True, id='a verify'),
        pytest.param('mod graph', True, id='a graph'),
        pytest.param('mod why example.com/dep', True, id='a why'),
        pytest.param('mod edit -go=1.21', True, id='an edit'),
        pytest.param('mod edit -go=1.21 other.mod', False, id='of a file'),
        pytest.param('mod init example.com/app', False, id='an init'),
        pytest.param('get ./...', True, id='a get'),
        pytest.param('get example.com/dep@v1.0.0', True, id='of a version'),
        pytest.param('fmt ./...', True, id='a fmt'),
        pytest.param('install example.com/tool@v1.2.3', False, id='a tool of a version'),
        pytest.param('install example.com/tool', True, id='a tool without one'),
        pytest.param('generate ./...', False, id='a generate'),
        pytest.param('clean', False, id='a clean'),
        pytest.param('env', False, id='env'),
        pytest.param('version', False, id='version'),
        pytest.param('work init', False, id='work init'),
        pytest.param('nonsense', False, id='a command that is none'),
    ],
)
def test_needs_module(command: str, expected: bool | None) -> None:
    repository = Memory({'main.go': 'package main\nimport "fmt"\n', 'ext.go': MAIN})
    parsed = commands.parse([None if word == '?' else word for word in command.split()], '')
    assert parsed
    assert needed.needs_module(Invocation(repository, Context(repository, ''), '', parsed, {}), 21) is expected
    if command.startswith('get'):
        assert needed.needs_module(Invocation(repository, Context(repository, ''), '', parsed, {}), 17) is False


# Replacements

LOCAL = (
    'module example.com/app\n\ngo {}\n\n'
    'require (\n\texample.com/dep v1.0.0\n\texample.com/dep/sub v1.0.0\n\texample.com/leaf v1.0.0\n)\n'
    'replace (\n\texample.com/dep => ./dep\n\texample.com/leaf => example.com/fork v1.0.0\n'
    '\texample.com/none => ./none\n)\n'
)
LEAF = 'package main\nimport _ "example.com/leaf"\n'


@pytest.mark.parametrize(
    ('command', 'main', 'pruned', 'unpruned'),
    [
        pytest.param('build', MAIN, True, True, id='a build that imports it'),
        pytest.param('build', LEAF, False, True, id='one that imports another module'),
        pytest.param('build', 'package main\nimport _ "example.com/dep/x"\n', True, True, id='a package of it'),
        pytest.param('build', 'package main\nimport _ "example.com/dep/sub"\n', False, True, id='a module below it'),
        pytest.param('build', 'package main\nimport _ "example.com/depth"\n', False, True, id='a name like it'),
        pytest.param('list ./...', HELLO, False, True, id='a list'),
        pytest.param('list -m', HELLO, False, False, id='a list of the module'),
        pytest.param('list -m all', HELLO, True, True, id='a list of all modules'),
        pytest.param('mod download', HELLO, True, True, id='a download'),
        pytest.param('mod download example.com/leaf@v1.0.0', HELLO, False, False, id='a download of another'),
        pytest.param('mod verify', HELLO, True, True, id='a verify'),
        pytest.param('mod graph', HELLO, True, True, id='a graph'),
        pytest.param('mod why example.com/leaf', HELLO, False, True, id='a why'),
        pytest.param('mod edit -go=1.21', HELLO, False, False, id='an edit'),
        pytest.param('mod tidy', HELLO, False, True, id='a tidy that does not import it'),
        pytest.param('mod tidy', MAIN, True, True, id='a tidy that does'),
        pytest.param('mod tidy -diff', HELLO, True, True, id='a tidy that only looks'),
        pytest.param('mod vendor', MAIN, True, True, id='a vendor'),
        pytest.param('get example.com/x@v1.0.0', HELLO, True, True, id='a get'),
        pytest.param('generate ./...', HELLO, False, True, id='a generate'),
        pytest.param('fmt ./...', HELLO, False, True, id='a fmt'),
        pytest.param('install example.com/tool@v1.0.0', MAIN, False, False, id='a tool of a version'),
        pytest.param('env', MAIN, False, False, id='env'),
    ],
)
def test_the_folder_of_a_replacement_is_lost(command: str, main: str, pruned: bool, unpruned: bool) -> None:
    parsed = commands.parse(command.split(), '')
    assert parsed
    for go, expected in (('1.21', pruned), ('1.16', unpruned)):
        repository = Memory({'go.mod': LOCAL.format(go), 'main.go': main})
        lost = needed.lost_replacements(Invocation(repository, Context(repository, ''), '', parsed, {}))
        assert [each.path for each in lost] == ['example.com/dep'] * expected


@pytest.mark.parametrize(
    ('files', 'download', 'build'),
    [
        pytest.param({'dep/go.mod': '', 'dep/dep.go': 'package dep\n'}, False, False, id='all is there'),
        pytest.param({'dep/go.mod': ''}, False, False, id='go.mod alone'),
        pytest.param({'dep/dep.go': 'package dep\n'}, True, True, id='no go.mod'),
        pytest.param({}, True, True, id='nothing'),
    ],
)
def test_what_of_a_replacement_is_there(files: dict[str, str], download: bool, build: bool) -> None:
    for command, expected in (('mod download', download), ('build', build)):
        repository = Memory({'go.mod': LOCAL.format('1.21'), 'main.go': MAIN, **files})
        parsed = commands.parse(command.split(), '')
        assert parsed
        assert (
            bool(needed.lost_replacements(Invocation(repository, Context(repository, ''), '', parsed, {}))) is expected
        )


def test_a_replacement_that_is_a_link_may_be_there() -> None:
    repository = Memory({'go.mod': LOCAL.format('1.21'), 'main.go': MAIN}, {'dep': '120000'})
    for command in ('mod download', 'build'):
        parsed = commands.parse(command.split(), '')
        assert parsed
        assert needed.lost_replacements(Invocation(repository, Context(repository, ''), '', parsed, {})) == ()


# go.sum

H1 = 'h1:' + 'A' * 43 + '='


@pytest.mark.parametrize(
    ('mod', 'sums', 'expected'),
    [
        pytest.param('', 'dep v1.0.0', {}, id='its line is there'),
        pytest.param('', '', {'dep': 'dep v1.0.0'}, id='an empty go.sum'),
        pytest.param('', 'dep v1.0.0/go.mod', {'dep': 'dep v1.0.0'}, id="the go.mod's line alone"),
        pytest.param('', 'dep v1.1.0', {'dep': 'dep v1.0.0'}, id='another version'),
        pytest.param('go 1.16\n', 'dep v1.1.0', {}, id='which another module may ask for, without pruning'),
        pytest.param('go 1.16\n', 'dep v1.1.0/go.mod', {'dep': 'dep v1.0.0'}, id='but not of the go.mod alone'),
        pytest.param('go 1.16\n', 'other v1.0.0', {'dep': 'dep v1.0.0'}, id='nor of another module'),
        pytest.param('replace example.com/dep => example.com/fork v1.2.0\n', 'fork v1.2.0', {}, id='the fork has one'),
        pytest.param(
            'replace example.com/dep => example.com/fork v1.2.0\n',
            'dep v1.0.0',
            {'dep': 'fork v1.2.0'},
            id='the fork has none',
        ),
        pytest.param(
            'replace example.com/dep v0.9.0 => example.com/fork v1.2.0\n', 'dep v1.0.0', {}, id='a replace of another'
        ),
        pytest.param('replace example.com/dep => ./dep\n', '', {}, id='a folder has no hash'),
        pytest.param('replace example.com/dep => example.com/fork main\n', '', {}, id='a branch is no version'),
        pytest.param('exclude example.com/dep v1.0.0\n', '', {}, id='an excluded version is not used'),
        pytest.param('exclude example.com/dep v0.9.0\n', '', {'dep': 'dep v1.0.0'}, id='but another is'),
    ],
)
def test_which_lines_go_sum_lacks(mod: str, sums: str, expected: dict[str, str]) -> None:
    go = '' if mod.startswith('go ') else 'go 1.21\n'
    text = f'module example.com/app\n{go}{mod}\nrequire example.com/dep v1.0.0\n'
    lines = gomod.parse_sum(f'example.com/{sums} {H1}\n' if sums else '')
    module = modules.Module('', gomod.parse_mod(text), 'go.mod')
    found = {path: ' '.join(each) for path, each in needed.lacking(module, lines).items()}
    assert found == {f'example.com/{path}': f'example.com/{each}' for path, each in expected.items()}


def test_every_module_that_may_have_a_package() -> None:
    required = ''.join(f'require example.com/{path} v1.0.0\n' for path in ('a', 'a/b', 'ab', 'a/c'))
    module = modules.Module('', gomod.parse_mod(BARE + required), 'go.mod')
    owners = needed.owners(module, packages.Import('example.com/a/b/c', 'x.go', True))
    assert [each.path for each in owners] == ['example.com/a', 'example.com/a/b']
    assert needed.owners(modules.Module('', None, ''), packages.Import('example.com/a', 'x.go', True)) == ()


@pytest.mark.parametrize(
    ('files', 'expected'),
    [
        pytest.param({'main.go': HELLO}, False, id='no import'),
        pytest.param({'main.go': 'package main\nimport "fmt"\n'}, False, id='the standard library'),
        pytest.param({'main.go': 'package main\nimport _ "example.com/app/x"\n'}, False, id='a package of its own'),
        pytest.param({'main.go': 'package main\nimport _ "example.com/application"\n'}, True, id='a name like it'),
        pytest.param({'main.go': HELLO, 'a/b/x.go': MAIN}, True, id='in a folder below'),
        pytest.param({'main.go': HELLO, 'sub/go.mod': '', 'sub/x.go': MAIN}, False, id='in another module'),
        pytest.param({'main.go': HELLO, 'vendor/x/x.go': MAIN}, False, id='in vendor/'),
        pytest.param({'main.go': 'no Go'}, False, id='what is no Go'),
    ],
)
def test_imports_other_modules(files: dict[str, str], expected: bool) -> None:
    repository = Memory({'go.mod': BARE, **files})
    assert needed.imports_other_modules(repository, Context(repository, ''), '') is expected


def test_without_a_go_mod_nobody_knows_what_other_modules_are() -> None:
    repository = Memory({'main.go': MAIN})
    assert needed.imports_other_modules(repository, Context(repository, ''), '') is None


@pytest.mark.parametrize(
    ('command', 'env', 'tags', 'cgo', 'system'),
    [
        pytest.param('build', {}, frozenset(), None, 'linux', id='as it stands'),
        pytest.param('build -tags a,b', {}, frozenset('ab'), None, 'linux', id='tags with a comma'),
        pytest.param('build', {'GOFLAGS': '-tags=a'}, frozenset('a'), None, 'linux', id='tags of GOFLAGS'),
        pytest.param('build -tags ?', {}, None, None, 'linux', id='tags that nobody knows'),
        pytest.param('build -race', {}, None, None, 'linux', id='-race, which sets some'),
        pytest.param('build', {'GOOS': 'windows', 'CGO_ENABLED': '0'}, frozenset(), False, 'windows', id='environment'),
        pytest.param('build', {'CGO_ENABLED': '1'}, frozenset(), True, 'linux', id='cgo is on'),
        pytest.param('build', {'GOOS': None, 'CGO_ENABLED': None}, None, None, 'linux', id='nobody knows it'),
    ],
)
def test_what_a_command_builds_for(
    command: str, env: dict[str, str | None], tags: frozenset[str] | None, cgo: bool | None, system: str
) -> None:
    parsed = commands.parse([None if word == '?' else word for word in command.split()], env.get('GOFLAGS', ''))
    assert parsed
    found = needed.target(parsed, env)
    assert (found.tags, found.cgo, found.system) == (tags, cgo, system)

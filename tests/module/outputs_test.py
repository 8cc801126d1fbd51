"""Which programs `go build` and `go install` write, and where; `go` itself says the same of the same files."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from hooks.context.tree import Context
from hooks.golang import commands
from hooks.module.invocation import Invocation
from hooks.module.outputs import Output, Outputs, outputs
from tests._memory import HELLO, Memory

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LIBRARY = 'package lib\n'
TREE = {
    'go.mod': 'module example.com/shop\n\ngo 1.21\n',
    'main.go': HELLO,
    'cmd/a/main.go': HELLO,
    'cmd/b/main.go': HELLO,
    'cmd/b/other.go': '//go:build ignore\n\npackage other\n',
    'lib/lib.go': LIBRARY,
    'lib/gen.go': '//go:build ignore\n\npackage main\n',
    'pkg/tool/v2/main.go': HELLO,
    'pkg/full/main.go': HELLO,
    'full/x.txt': 'x',
}


def write(
    command: str, files: Mapping[str, str] = TREE, env: Mapping[str, str | None] | None = None, folder: str = ''
) -> Outputs:
    repository = Memory(files)
    parsed = commands.parse([None if word == '?' else word for word in command.split()], '')
    assert parsed
    return outputs(Invocation(repository, Context(repository, ''), folder, parsed, env or {}))


def paths(command: str, folder: str = '', **env: str) -> list[str]:
    return [each.path for each in write(command, TREE, env, folder).files]


CASES = [
    pytest.param('build', ['/shop'], id='a program is named like its module'),
    pytest.param('build .', ['/shop'], id='a dot'),
    pytest.param('build ./cmd/a', ['/a'], id='like its folder'),
    pytest.param('build example.com/shop/cmd/a', ['/a'], id='by its import path'),
    pytest.param('build ./pkg/tool/v2', ['/tool'], id='a major version is no name'),
    pytest.param('build main.go', ['/main'], id='like its first file'),
    pytest.param('build ./lib', [], id='a library is thrown away'),
    pytest.param('build ./cmd/a ./cmd/b', [], id='several are thrown away'),
    pytest.param('build ./...', [], id='all are thrown away'),
    pytest.param('build ./cmd/a/...', ['/a'], id='a pattern that stands for one'),
    pytest.param('build -o out/server ./cmd/a', ['/out/server'], id='a file, in a folder that is made'),
    pytest.param('build -o out/x ./lib', ['/out/x'], id='an archive'),
    pytest.param('build -o out/ ./cmd/a', ['/out/a'], id='a folder by its slash'),
    pytest.param('build -o full ./cmd/a', ['/full/a'], id='a folder that is there'),
    pytest.param(
        'build -o out/ ./...', ['/out/a', '/out/b', '/out/full', '/out/shop', '/out/tool'], id='every program'
    ),
    pytest.param('build -o out/ ./cmd/... ./lib', ['/out/a', '/out/b'], id='libraries are left out'),
    pytest.param('build -o /dev/null ./cmd/a', [], id='nothing'),
    pytest.param('build -n -o x .', [], id='a dry run'),
    pytest.param('vet ./...', [], id='another command'),
]


@pytest.mark.parametrize(('command', 'expected'), CASES)
def test_what_a_build_writes(command: str, expected: list[str]) -> None:
    assert sorted(paths(command)) == expected
    assert write(command).unsure == ()


@pytest.mark.skipif(not shutil.which('go'), reason='judge missing: go')
@pytest.mark.parametrize(('command', 'expected'), CASES)
def test_go_writes_that(tmp_path: Path, command: str, expected: list[str]) -> None:
    for path, text in TREE.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    env = {**os.environ, 'GOTOOLCHAIN': 'local', 'GOFLAGS': '', 'GOWORK': 'off', 'CGO_ENABLED': '0'}
    subprocess.run(['go', *command.split()], cwd=tmp_path, env=env, check=True, capture_output=True)
    found = sorted(f'/{path.relative_to(tmp_path)}' for path in tmp_path.rglob('*') if path.is_file())
    assert [path for path in found if path[1:] not in TREE] == expected


def test_without_a_name_no_folder_is_written_to() -> None:
    # go: build output "full" already exists and is a directory
    assert write('build ./pkg/full') == Outputs()
    assert write('build -o cmd ./cmd/a') == Outputs()


def test_where_an_install_goes() -> None:
    assert paths('install ./cmd/a', GOPATH='/go') == ['/go/bin/a']
    assert paths('install ./cmd/a', GOPATH='/go', GOBIN='/usr/local/bin') == ['/usr/local/bin/a']
    assert paths('install ./cmd/...', GOPATH='/go:/more') == ['/go/bin/a', '/go/bin/b']
    assert paths('install example.com/tool/cmd/mock/v3@latest', GOPATH='/go') == ['/go/bin/mock']
    assert paths('install ./lib', GOPATH='/go') == []


def test_the_folder_of_a_command_counts() -> None:
    assert paths('build -o bin/a .', '/cmd/a') == ['/cmd/a/bin/a']
    assert paths('build', '/cmd/a') == ['/cmd/a/a']


def test_what_a_program_is_built_from() -> None:
    assert write('build -o /srv ./cmd/a').files == (Output('/srv', ('./cmd/a',)),)
    assert write('build -o /srv').files == (Output('/srv', ('.',)),)
    assert write('build -o out/ ./cmd/...').files[0] == Output('/out/a', ('/cmd/a',))


@pytest.mark.parametrize(
    ('command', 'env', 'unsure'),
    [
        pytest.param('build -o ? .', {}, '', id='a name that nobody knows'),
        pytest.param('build ?', {}, '', id='a package that nobody knows'),
        pytest.param('build -o out/ ./cmd/*', {}, '/out', id='a glob'),
        pytest.param('install ./cmd/a', {'GOBIN': None}, '', id='GOBIN'),
        pytest.param('install ./cmd/a', {}, '', id='no GOPATH, and no HOME'),
        pytest.param('install ./cmd/a', {'GOPATH': '/go', 'GOARCH': None}, '/go/bin', id='perhaps cross-compiled'),
        pytest.param('build example.com/other/cmd/x', {}, '/x', id='of another module'),
    ],
)
def test_what_is_not_known(command: str, env: dict[str, str | None], unsure: str) -> None:
    assert write(command, TREE, env) == Outputs(unsure=(unsure,))


def test_a_package_whose_files_are_not_known() -> None:
    files = {**TREE, 'pkg/odd/x.go': 'no package\n'}
    assert write('build ./pkg/odd', files) == Outputs(unsure=('/odd',))
    assert write('build -o out/ ./cmd/a ./pkg/odd', files) == Outputs((Output('/out/a', ('/cmd/a',)),), ('/out/odd',))


def test_a_workspace_without_a_module_at_its_top() -> None:
    files = {'go.work': 'go 1.21\n\nuse ./api\n', 'api/go.mod': TREE['go.mod'], 'api/cmd/server/main.go': HELLO}
    assert write('build -o api ./api/cmd/server', files).files == (Output('/api/server', ('/api/cmd/server',)),)
    assert write('build ./api/cmd/server', files).files == (Output('/server', ('/api/cmd/server',)),)

"""Builds: which files put which Dockerfiles in question, and what these are built from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hooks.builds.subjects import Builds, is_dockerfile
from hooks.context import index
from hooks.context.tree import Context
from hooks.replay.build import Build
from tests._memory import Memory

if TYPE_CHECKING:
    from tests.conftest import MakeRepository

COPIES = 'FROM golang:1.21\nWORKDIR /app\nCOPY go.mod go.sum ./\nCOPY . .\nRUN go build .\n'
WHOLE = 'FROM golang:1.21\nWORKDIR /app\nCOPY . .\nRUN go build .\n'


def contexts(path: str, files: dict[str, str]) -> list[str | None]:
    """The contexts of a Dockerfile; None for one that nobody knows."""
    subject = Builds(Memory(files)).subject(path)
    assert subject
    return [build.context.folder if isinstance(build.context, Context) else None for build in subject.builds]


def touched(names: str, files: dict[str, str]) -> list[str]:
    return [subject.path for subject in Builds(Memory(files)).touched_by(names.split())]


@pytest.mark.parametrize(
    'path',
    [
        'Dockerfile',
        'dockerfile',
        'DockerFile',
        'a/b/Dockerfile',
        'Dockerfile.api',
        'Dockerfile-api',
        'Dockerfile_api',
        'api.Dockerfile',
        'api.dockerfile',
        'Containerfile',
        'containerfile.dev',
        'x.Containerfile',
        'Dockerfile.go.alpine',
        '.dockerfile',
        'examples/Dockerfile',
        'docs/Dockerfile',
        'vendored/Dockerfile',
    ],
)
def test_is_a_dockerfile(path: str) -> None:
    assert is_dockerfile(path)


@pytest.mark.parametrize(
    'path',
    [
        'Dockerfile.dockerignore',
        'Dockerfile.md',
        'dockerfile.go',
        'Dockerfile.tmpl',
        'Dockerfile.j2',
        'Dockerfile.in',
        'Dockerfile.template',
        'Dockerfile.gotmpl',
        'MyDockerfile',
        'Dockerfiles',
        'dockerfile/x',
        'api-Dockerfile',
        'vendor/x/Dockerfile',
        'a/node_modules/x/Dockerfile',
        'a/testdata/Dockerfile',
        'go.mod',
        '',
        'Dockerfile/',
    ],
)
def test_is_no_dockerfile(path: str) -> None:
    assert not is_dockerfile(path)


SERVICES = {
    'a/Dockerfile': COPIES, 'a/go.mod': '', 'a/go.sum': '', 'a/main.go': '',
    'b/Dockerfile': COPIES, 'b/go.mod': '', 'b/go.sum': '', 'b/.dockerignore': '',
    'c/Dockerfile': 'FROM alpine\nCOPY none /\n', 'no/Dockerfile': 'no instruction', 'a/README.md': '',
}  # fmt: skip


@pytest.mark.parametrize(
    ('names', 'expected'),
    [
        pytest.param('', [], id='nothing'),
        pytest.param('a/Dockerfile', ['a/Dockerfile'], id='itself'),
        pytest.param(
            'b/Dockerfile a/Dockerfile a/Dockerfile', ['a/Dockerfile', 'b/Dockerfile'], id='in order, once each'
        ),
        pytest.param('a/go.mod', ['a/Dockerfile'], id='go.mod of its context'),
        pytest.param('b/go.sum', ['b/Dockerfile'], id='go.sum of its context'),
        pytest.param('a/deep/go.mod', ['a/Dockerfile'], id='a module below'),
        pytest.param('a/vendor/modules.txt', ['a/Dockerfile'], id='vendor/modules.txt'),
        pytest.param('go.mod', [], id='a go.mod of no context'),
        pytest.param('aa/go.mod', [], id='a folder whose name begins alike'),
        pytest.param('a/main.go', ['a/Dockerfile'], id='a Go file of its context'),
        pytest.param('main.go', [], id='a Go file of no context'),
        pytest.param('a/main_test.go', [], id='a test'),
        pytest.param('a/vendor/x/x.go', [], id='a vendored file'),
        pytest.param('a/README.md', [], id='any other file'),
        pytest.param('b/.dockerignore', ['b/Dockerfile'], id='the ignore file of its context'),
        pytest.param('.dockerignore', [], id='an ignore file that no build reads'),
        pytest.param('a/Dockerfile.dockerignore', ['a/Dockerfile'], id='the ignore file named after it'),
        pytest.param('.gitignore', ['a/Dockerfile', 'b/Dockerfile'], id='what git ignores above'),
        pytest.param('a/x/.gitignore', ['a/Dockerfile'], id='or below'),
        pytest.param('no/Dockerfile', [], id='what BuildKit would not read'),
        pytest.param('gone/Dockerfile', [], id='what is not there'),
        pytest.param('compose.yaml', [], id='a compose file that declares none'),
    ],
)
def test_which_dockerfiles_are_in_question(names: str, expected: list[str]) -> None:
    assert touched(names, SERVICES) == expected


@pytest.mark.parametrize(
    ('path', 'files', 'expected'),
    [
        pytest.param('Dockerfile', {'go.mod': ''}, [''], id='the top'),
        pytest.param('svc/Dockerfile', {'svc/go.mod': ''}, ['svc'], id='its own folder'),
        pytest.param('build/Dockerfile', {'go.mod': ''}, [''], id='a folder above'),
        pytest.param('a/b/c/Dockerfile', {'a/go.mod': ''}, ['a'], id='any folder above'),
        pytest.param('svc/Dockerfile', {'svc/go.mod': '', 'go.mod': ''}, ['svc', ''], id='both fit'),
        pytest.param('svc/Dockerfile', {'other/go.mod': ''}, [None], id='a folder beside'),
        pytest.param('svc/Dockerfile', {'svc/go.mod': '', 'svc/go.sum': ''}, ['svc'], id='go.sum says nothing'),
        pytest.param('Dockerfile', {'main.go': ''}, [None], id='a repository without any go.mod'),
    ],
)
def test_the_context_is_where_what_is_copied_exists(
    path: str, files: dict[str, str], expected: list[str | None]
) -> None:
    assert contexts(path, {**files, path: COPIES}) == expected


@pytest.mark.parametrize(
    ('steps', 'files', 'expected'),
    [
        pytest.param('COPY . .', 'svc/go.mod go.mod', ['svc', ''], id='a folder with a go.mod'),
        pytest.param('COPY . .', 'svc/main.txt', [None], id='none'),
        pytest.param('COPY . .', 'svc/main.go', ['svc'], id='its Go files, where there is no go.mod at all'),
        pytest.param('COPY . .', 'svc/main.go x/go.mod', [None], id='its Go files, where there is one'),
        pytest.param('COPY . .', 'svc/go.work', ['svc'], id='or a go.work'),
        pytest.param('COPY . .\nRUN go build ./cmd/x', 'go.mod cmd/x/main.go svc/go.mod', [''], id='with the package'),
        pytest.param('COPY . .\nRUN cd cmd && go build', 'go.mod cmd/main.go svc/go.mod', [''], id='with the folder'),
        pytest.param('COPY . .\nWORKDIR /app/cmd\nRUN go build', 'cmd/go.mod svc/go.mod', [''], id='with WORKDIR'),
        pytest.param('COPY cmd/ cmd/', 'cmd/x svc/go.mod', [''], id='with the source'),
        pytest.param('COPY pkg/*.go ./', 'pkg/x.go svc/go.mod', [''], id='with the folder of a glob'),
        pytest.param('RUN --mount=type=bind,source=cmd,target=/x go build', 'cmd/x', [''], id='with the mount'),
        pytest.param('COPY svc/go.mod ./', 'svc/go.mod', [''], id='with a go.mod of another folder'),
        pytest.param('COPY go.work ./', 'svc/go.mod', ['svc', ''], id='a go.work that is nowhere speaks for no folder'),
        pytest.param('COPY $X/go.mod ./', 'go.mod', [''], id='an ARG that is not there is empty'),
        pytest.param('ARG X\nCOPY $X ./\nCOPY go.mod ./', 'go.mod', [''], id='what nobody knows says nothing'),
        pytest.param(
            'COPY --from=x /go.mod ./\nCOPY go.sum* ./', 'svc/go.mod', ['svc'], id='another image says nothing'
        ),
    ],
)
def test_what_speaks_for_a_context(steps: str, files: str, expected: list[str | None]) -> None:
    dockerfile = f'FROM golang:1.21\nWORKDIR /app\n{steps}\n'
    assert contexts('svc/Dockerfile', {**dict.fromkeys(files.split(), ''), 'svc/Dockerfile': dockerfile}) == expected


COMPOSE = 'services:\n  api:\n    build:\n      context: {}\n      dockerfile: {}\n'


def builds(path: str, files: dict[str, str]) -> tuple[Build, ...]:
    subject = Builds(Memory(files)).subject(path)
    assert subject
    return subject.builds


def test_what_is_declared_is_not_inferred() -> None:
    files = {'compose.yaml': COMPOSE.format('b', '../a/Dockerfile'), 'a/Dockerfile': COPIES, 'a/go.mod': '', 'b/x': ''}
    assert contexts('a/Dockerfile', files) == ['b']
    assert builds('a/Dockerfile', files)[0].says() == ' (declared by compose.yaml:3)'
    assert touched('compose.yaml', files) == touched('b/go.mod', files) == ['a/Dockerfile']
    assert touched('a/go.mod', files) == []


def test_all_that_declare_the_same_are_one_build() -> None:
    files = {
        'a/Dockerfile': COPIES, 'a/x': '', 'b/x': '', 'compose.yaml': COMPOSE.format('a', 'Dockerfile'),
        'dev/compose.yaml': COMPOSE.format('../a', 'Dockerfile'),
        'x/compose.yml': COMPOSE.format('../b', '../a/Dockerfile'),
    }  # fmt: skip
    assert contexts('a/Dockerfile', files) == ['a', 'b']
    assert builds('a/Dockerfile', files)[0].says() == ' (declared by compose.yaml:3, dev/compose.yaml:3)'


@pytest.mark.parametrize(('folders', 'expected'), [('["b", "c"]', ['b', 'c']), ('[]', []), ('["?"]', ['a', 'b', 'c'])])
def test_the_config_replaces_all_other_declarations(folders: str, expected: list[str], repo: MakeRepository) -> None:
    files = {'compose.yaml': COMPOSE.format('a', 'Dockerfile'), 'a/Dockerfile': COPIES, 'a/x': '', 'b/x': '', 'c/x': ''}
    repo({**files, '.go-docker-hooks.toml': f'[contexts]\n"a/Dockerfile" = {folders}\n'})
    subject = Builds(index.find()).subject('a/Dockerfile')
    assert subject
    assert [build.context.folder for build in subject.builds if isinstance(build.context, Context)] == expected
    touched = Builds(index.find()).touched_by(['.go-docker-hooks.toml'])
    assert [subject.path for subject in touched] == (['a/Dockerfile'] if expected else [])


def test_the_top_is_a_context_like_any_other() -> None:
    files = {'compose.yaml': COMPOSE.format('.', 'a/Dockerfile'), 'a/Dockerfile': COPIES, 'a/go.mod': ''}
    assert contexts('a/Dockerfile', files) == ['']
    assert touched('go.mod', files) == touched('x/y/go.sum', files) == ['a/Dockerfile']


def test_a_compose_file_that_nobody_can_read_declares_nothing() -> None:
    files = {'compose.yaml': 'services: [', 'docker-compose.yml': '\0', 'a/Dockerfile': COPIES, 'a/go.mod': ''}
    assert contexts('a/Dockerfile', files) == ['a']


def test_a_named_context_is_read_like_any_other() -> None:
    compose = (
        COMPOSE.format('a', 'Dockerfile')
        + '      additional_contexts:\n        lib: ./lib\n        image: docker-image://x\n'
    )
    files = {'compose.yaml': compose, 'a/Dockerfile': COPIES, 'a/x': '', 'lib/go.sum': ''}
    named = builds('a/Dockerfile', files)[0].contexts
    assert named['lib'].look('/go.sum').kind == 'file'
    assert named['image'].look('/go.sum').kind == 'unknown'

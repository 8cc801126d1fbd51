"""A compose file that builds from what is not there, and all that may bring it."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from hooks import check_go_sum_copy, go_docker

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.conftest import MakeRepository, RunHook

DOCKERFILE = 'FROM golang:1.21\nWORKDIR /app\nCOPY . .\nRUN go build .\n'
TREE = {
    'api/Dockerfile': DOCKERFILE,
    'api/go.mod': 'module example.com/api\n\ngo 1.21\n',
    'api/main.go': 'package main\n',
}
CONTEXT = 'unable to prepare context: path "{}" not found'
FILE = 'failed to read dockerfile: open {}: no such file or directory'
FOLDER_CURE, FILE_CURE = 'correct the path, or commit the folder', 'correct the path, or commit the file'


def _service(build: str, more: str = '') -> str:
    return f'services:\n  a:\n    build: {build}\n{more}'


@pytest.mark.parametrize(
    ('compose', 'plus', 'expected'),
    [
        pytest.param(_service('api'), {}, '', id='there'),
        pytest.param(_service('web'), {}, f'{CONTEXT.format("web")}: {FOLDER_CURE}', id='no folder'),
        pytest.param(_service('{context: web}'), {}, f'{CONTEXT.format("web")}: {FOLDER_CURE}', id='in the long form'),
        pytest.param(
            _service('./web/'),
            {'services/web/Dockerfile': DOCKERFILE},
            f'{CONTEXT.format("web")}: write `context: services/web`',
            id='moved',
        ),
        pytest.param(_service('.'), {}, f'{FILE.format("Dockerfile")}: {FILE_CURE}', id='no Dockerfile'),
        pytest.param(
            _service('{context: api, dockerfile: api/Dockerfile}'),
            {},
            f'{FILE.format("api/api/Dockerfile")}: write `dockerfile: Dockerfile`',
            id='as if from the top',
        ),
        pytest.param(
            _service('{context: api, dockerfile: Dockerfile.dev}'),
            {},
            f'{FILE.format("api/Dockerfile.dev")}: correct the path (Dockerfile is there), or commit the file',
            id='another one is there',
        ),
        pytest.param(
            _service('{context: api, dockerfile: ../docker/api}'),
            {},
            f'{FILE.format("docker/api")}: correct the path (Dockerfile is there), or commit the file',
            id='beside',
        ),
        pytest.param(_service('"${X:-web}"'), {}, '', id='a variable with a default'),
        pytest.param(_service('{context: api, dockerfile: "$F"}'), {}, '', id='a variable'),
        pytest.param(_service('../web'), {}, '', id='outside of the repository'),
        pytest.param(_service('https://example.com/web.git'), {}, '', id='a URL'),
        pytest.param(_service('{context: web, dockerfile_inline: FROM scratch}'), {}, '', id='an inline Dockerfile'),
        pytest.param(_service('web', '    profiles: [dev]\n'), {}, '', id='a profile'),
        pytest.param(_service('web', '    image: ghcr.io/a/web\n'), {}, '', id='an image of a registry'),
        pytest.param(
            _service('web', '    image: web\n'),
            {},
            f'{CONTEXT.format("web")}: {FOLDER_CURE}',
            id='a name for the image',
        ),
        pytest.param(_service('web'), {'.gitignore': '/web/\n'}, '', id='git ignores the folder'),
        pytest.param(
            _service('{context: api, dockerfile: x.Dockerfile}'),
            {'.gitignore': '*.Dockerfile\n'},
            '',
            id='git ignores the file',
        ),
        pytest.param(_service('web'), {'README.md': 'Then `git clone https://x/web`.\n'}, '', id='a README clones it'),
        pytest.param(
            _service('web'),
            {'README.md': 'The web is slow.\n'},
            f'{CONTEXT.format("web")}: {FOLDER_CURE}',
            id='a README names it',
        ),
        pytest.param(_service('web'), {'Makefile': 'web:\n\tmkdir web\n'}, '', id='make makes it'),
        pytest.param('services:\n  a:\n    image: x\n', {}, '', id='no build'),
    ],
)
def test_what_is_said(compose: str, plus: Mapping[str, str], expected: str, repo: MakeRepository, run: RunHook) -> None:
    repo({**TREE, **plus, 'compose.yaml': compose})
    said = f'compose.yaml:3: {expected}\n' if expected else ''
    assert run(check_go_sum_copy.main, 'compose.yaml').out == said
    assert run(check_go_sum_copy.main, 'api/main.go').out == ''


def test_a_file_that_is_merged_onto_another_starts_from_there(repo: MakeRepository, run: RunHook) -> None:
    repo({**TREE, 'deploy/compose.prod.yaml': _service('./api')})
    assert run(check_go_sum_copy.main, 'deploy/compose.prod.yaml').out == ''


def test_a_build_that_an_override_corrects_is_there(repo: MakeRepository, run: RunHook) -> None:
    repo({**TREE, 'compose.yaml': _service('web'), 'compose.override.yaml': _service('api')})
    assert run(check_go_sum_copy.main, 'compose.yaml').out == ''


def test_a_submodule_brings_it(repo: MakeRepository, run: RunHook) -> None:
    repo({**TREE, 'compose.yaml': _service('web')})
    subprocess.run(('git', 'update-index', '--add', '--cacheinfo', f'160000,{"1" * 40},web'), check=True)
    assert run(check_go_sum_copy.main, 'compose.yaml').out == ''


def test_all_checks_say_it_too(repo: MakeRepository, run: RunHook) -> None:
    repo({**TREE, 'compose.yaml': _service('web')})
    said = f'compose.yaml:3: {CONTEXT.format("web")}: {FOLDER_CURE} [check-go-sum-copy]\n'
    assert run(go_docker.main, 'compose.yaml').out == said


def test_a_comment_ignores_it(repo: MakeRepository, run: RunHook) -> None:
    text = 'services:\n  a:\n    # no-such-build: ignore, it is cloned by hand\n    build: web\n'
    repo({**TREE, 'compose.yaml': text})
    assert run(check_go_sum_copy.main, 'compose.yaml').out == ''

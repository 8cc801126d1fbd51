"""A build of what is not there, and all that may bring it."""

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
CASED = ', since it is called {} (Linux tells the case apart)'
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
            _service('{context: services/web, dockerfile: web/Dockerfile}'),
            {'services/web/Dockerfile': DOCKERFILE, 'services/web/Dockerfile.dev': DOCKERFILE},
            f'{FILE.format("services/web/web/Dockerfile")}: write `dockerfile: Dockerfile`',
            id='as if from a folder above the context, which has several',
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
        pytest.param(
            _service('.'),
            {'compose.prod.yaml': _service('{dockerfile: api/Dockerfile}')},
            '',
            id='another file beside it has what the base lacks',
        ),
        pytest.param(
            _service('.'),
            {
                'x/more.yaml': _service('{context: api}'),
                'Makefile': 'up:\n\tdocker compose -f compose.yaml -f x/more.yaml up\n',
            },
            '',
            id='a file that a command merges onto it',
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
        pytest.param(
            _service('./Api'),
            {},
            f'{CONTEXT.format("Api")}{CASED.format("api")}: write `context: api`',
            id='in another case',
        ),
        pytest.param(
            _service('{context: api, dockerfile: dockerfile}'),
            {},
            f'{FILE.format("api/dockerfile")}{CASED.format("Dockerfile")}: write `dockerfile: Dockerfile`',
            id='a Dockerfile in another case',
        ),
        pytest.param(_service('web'), {'web/dockerfile': DOCKERFILE}, '', id='docker takes dockerfile for Dockerfile'),
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
    said = f'compose.yaml:3: {CONTEXT.format("web")}: {FOLDER_CURE} [check-go-sum-copy/no-such-build]\n'
    assert run(go_docker.main, 'compose.yaml').out == said


def test_a_comment_ignores_it(repo: MakeRepository, run: RunHook) -> None:
    text = 'services:\n  a:\n    # no-such-build: ignore, it is cloned by hand\n    build: web\n'
    repo({**TREE, 'compose.yaml': text})
    assert run(check_go_sum_copy.main, 'compose.yaml').out == ''


WORKFLOW = """on: push
jobs:
  image:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: docker/build-push-action@v6
        with: {context: api, file: deploy/Dockerfile}
"""
ELSEWHERE = 'correct the path (api/Dockerfile is there), or commit the file'
SAID = f'{FILE.format("deploy/Dockerfile")}: write `file: api/Dockerfile`'


def _workflow(before: str, after: str) -> str:
    assert before in WORKFLOW
    return WORKFLOW.replace(before, after)


@pytest.mark.parametrize(
    ('workflow', 'plus', 'expected'),
    [
        pytest.param(WORKFLOW, {}, SAID, id='not there'),
        pytest.param(_workflow(', file: deploy', ', file: api'), {}, '', id='there'),
        pytest.param(
            _workflow('deploy/Dockerfile', 'Dockerfile'),
            {},
            f'{FILE.format("Dockerfile")}: write `file: api/Dockerfile`',
            id='as if from the context',
        ),
        pytest.param(
            _workflow('deploy/Dockerfile', 'api/api/Dockerfile'),
            {'web/Dockerfile': DOCKERFILE, 'api/Dockerfile.dev': DOCKERFILE},
            f'{FILE.format("api/api/Dockerfile")}: write `file: api/Dockerfile`',
            id='as if from the context, where there are others',
        ),
        pytest.param(
            _workflow('deploy/Dockerfile', 'api/Dockerfile.dev'),
            {},
            f'{FILE.format("api/Dockerfile.dev")}: {ELSEWHERE}',
            id='another one is there',
        ),
        pytest.param(
            _workflow('context: api', 'context: "{{defaultContext}}:api"'),
            {},
            f'{FILE.format("api/deploy/Dockerfile")}: write `file: Dockerfile`',
            id='from a URL',
        ),
        pytest.param(
            _workflow('deploy/Dockerfile', 'api/DockerFile'),
            {},
            f'{FILE.format("api/DockerFile")}{CASED.format("api/Dockerfile")}: write `file: api/Dockerfile`',
            id='in another case',
        ),
        pytest.param(_workflow('deploy/Dockerfile', '${{ env.FILE }}'), {}, '', id='a variable'),
        pytest.param(
            _workflow('    steps:', '    strategy: {matrix: {at: [deploy]}}\n    steps:')
            .replace('file: deploy/', 'file: "${{ matrix.at }}/')
            .replace('Dockerfile}', 'Dockerfile"}'),
            {},
            f'{FILE.format("deploy/Dockerfile")}: write `file: api/Dockerfile`',
            id='of the matrix',
        ),
        pytest.param(_workflow('@v4', '@v4\n        with: {ref: other}'), {}, '', id='another commit'),
        pytest.param(_workflow('@v4', '@v4\n        with: {repository: a/b}'), {}, '', id='another repository'),
        pytest.param(_workflow('@v4', '@v4\n        with: {path: src}'), {}, '', id='in a folder'),
        pytest.param(_workflow('actions/checkout', 'x/y'), {}, '', id='no checkout'),
        pytest.param(_workflow('on: push', 'on: [push, workflow_call]'), {}, '', id='called by others'),
        pytest.param(_workflow('@v4', '@v4\n      - run: make deploy'), {}, '', id='a step before may make it'),
        pytest.param(_workflow('@v4', '@v4\n      - run: cp -r x deploy'), {}, '', id='a step before makes it'),
        pytest.param(_workflow('@v4', '@v4\n      - run: go build ./...'), {}, SAID, id='a step before does not'),
        pytest.param(_workflow('@v6', "@v6\n        if: hashFiles('deploy/*') != ''"), {}, '', id='where it is there'),
        pytest.param(_workflow('@v6', "@v6\n        if: github.ref == 'x'"), {}, SAID, id='on some branch'),
        pytest.param(_workflow('@v6', '@v6\n        if: inputs.all'), {}, '', id='where somebody wants it'),
        pytest.param(_workflow('@v6', '@v6\n        continue-on-error: true'), {}, '', id='it may fail'),
        pytest.param(WORKFLOW, {'.gitignore': 'deploy/\n'}, '', id='git ignores it'),
        pytest.param(WORKFLOW, {'README.md': '`git clone x deploy` first.\n'}, '', id='a README clones it'),
    ],
)
def test_workflows(workflow: str, plus: Mapping[str, str], expected: str, repo: MakeRepository, run: RunHook) -> None:
    path = '.github/workflows/image.yml'
    repo({**TREE, **plus, path: workflow})
    line = workflow[: workflow.index('docker/build')].count('\n') + 1
    assert run(check_go_sum_copy.main, path).out == (f'{path}:{line}: {expected}\n' if expected else '')
    assert run(check_go_sum_copy.main, 'api/main.go').out == ''


BUILDS = 'docker build -f deploy/Dockerfile api'
HERE = '#!/bin/sh\ncd "$(dirname "$0")"\n'
MAKES = 'image:\n\tdocker build .\n'
MEANT = f'{FILE.format("deploy/Dockerfile")}: write `-f api/Dockerfile`'


@pytest.mark.parametrize(
    ('path', 'text', 'line', 'expected'),
    [
        pytest.param('Makefile', f'image:\n\t{BUILDS}\n', 2, MEANT, id='a Makefile'),
        pytest.param('Makefile', f'image:\n\t-{BUILDS}\n', 2, '', id='make ignores its failure'),
        pytest.param('Makefile', f'image: deploy/Dockerfile\n\t{BUILDS}\n', 2, '', id='make does not know it'),
        pytest.param('Makefile', 'F = deploy/Dockerfile\nimage:\n\tdocker build -f $F api\n', 3, '', id='a variable'),
        pytest.param('Makefile', f'gen:\n\tx\nimage: gen\n\t{BUILDS}\n', 4, '', id='made by a target before'),
        pytest.param(
            'Makefile', 'image:\n\tdocker build web -f api/Dockerfile\n\tdocker build web\n', 2, '', id='no context'
        ),
        pytest.param('Makefile', f'# {BUILDS}\nimage:\n\t# {BUILDS}\n\tgo build\n', 1, '', id='comments'),
        pytest.param('x/Makefile', f'image:\n\t{BUILDS.replace("deploy", "api")}\n', 2, '', id='run from the top'),
        pytest.param('templates/Makefile', 'image:\n\tdocker build .\n', 2, '', id='a template'),
        pytest.param('b.sh', f'#!/bin/sh\n{BUILDS}\n', 2, '', id='a script in a folder that nobody knows'),
        pytest.param('b.sh', f'{HERE}{BUILDS}\n', 3, MEANT, id='a script'),
        pytest.param(
            'x/b.sh',
            f'#!/bin/sh\ncd "$(git rev-parse --show-toplevel)" && {BUILDS}\n',
            2,
            MEANT,
            id='a script that goes to the top',
        ),
        pytest.param('b.sh', f'{HERE}[ -d deploy ] && {BUILDS}\n', 3, '', id='where it is there'),
        pytest.param(
            'b.sh',
            f'{HERE}if [ -d deploy ]; then {BUILDS}; fi\n',
            3,
            '',
            id='if it is there',
        ),
        pytest.param('b.sh', f'{HERE}[ -d deploy ] || exit 0\n{BUILDS}\n', 4, '', id='it ends before'),
        pytest.param('b.sh', f'{HERE}{BUILDS} || true\n', 3, '', id='it may fail'),
        pytest.param('b.sh', f'{HERE}echo x >deploy/Dockerfile\n{BUILDS}\n', 4, '', id='made'),
        pytest.param(
            'b.sh',
            f'{HERE}case $1 in image) {BUILDS};; *) exit 1;; esac\n',
            3,
            MEANT,
            id='by its argument',
        ),
        pytest.param('b.sh', f'{HERE}docker build -f - api\n', 3, '', id='standard input'),
        pytest.param('b.sh', f'{HERE}docker build https://x/y.git\n', 3, '', id='a remote context'),
        pytest.param(
            'Makefile',
            'gen:\n\tenvsubst <a.in >deploy/Dockerfile\nimage:\n\t' + BUILDS + '\n',
            4,
            '',
            id='made by another target',
        ),
        pytest.param('README.md', f'```\n{BUILDS}\n```\n', 2, '', id='a README'),
    ],
)
def test_commands(path: str, text: str, line: int, expected: str, repo: MakeRepository, run: RunHook) -> None:
    repo({**TREE, path: text})
    assert run(check_go_sum_copy.main, path).out == (f'{path}:{line}: {expected}\n' if expected else '')


def test_a_dockerfile_with_nothing_in_it_is_not_the_one_that_is_meant(repo: MakeRepository, run: RunHook) -> None:
    compose = _service('{context: web, dockerfile: web/Dockerfile}')
    repo({**TREE, 'web/main.go': 'package main\n', 'web/Dockerfile': '\n', 'compose.yaml': compose, 'Makefile': MAKES})
    out = run(check_go_sum_copy.main, 'compose.yaml', 'Makefile').out
    assert f'compose.yaml:3: {FILE.format("web/web/Dockerfile")}: {FILE_CURE}\n' in out
    assert f'Makefile:2: {FILE.format("Dockerfile")}: write `-f api/Dockerfile`\n' in out


def test_a_command_that_only_some_run_where_it_is_not_there_is_left_alone(repo: MakeRepository, run: RunHook) -> None:
    makefile = f'image:\n\t{BUILDS}\nall:\n\tx >deploy/Dockerfile\n\t$(MAKE) image\n'
    repo({**TREE, 'Makefile': makefile})
    assert run(check_go_sum_copy.main, 'Makefile').out == ''


def test_a_comment_in_a_makefile_ignores_it(repo: MakeRepository, run: RunHook) -> None:
    repo({**TREE, 'Makefile': f'image:\n\t# no-such-build: ignore, made by hand\n\t{BUILDS}\n'})
    assert run(check_go_sum_copy.main, 'Makefile').out == ''

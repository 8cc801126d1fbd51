"""Bake, skaffold, GoReleaser, Tilt, Taskfiles and their like: what they declare, and what they leave unknown."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hooks.builds.declarations import MARK, Partly
from hooks.builds.subjects import Builds
from tests._memory import Memory

FILES = dict.fromkeys(('Dockerfile', 'api/Dockerfile', 'docker/api.Dockerfile'), 'FROM scratch')


def read(**files: str) -> tuple[list[tuple[object, ...]], list[Partly]]:
    """The builds, as Dockerfile, context, target, arguments and what is made before; what is partly known."""
    builds = Builds(Memory({**FILES, **files}))
    declared, partly = builds.declared(), builds.partly
    found = [each for builds_of in declared.values() for each in builds_of]
    return [(each.dockerfile, each.context, each.target, each.args, each.made) for each in found], partly


@pytest.mark.parametrize(
    ('artifact', 'expected'),
    [
        ('{context: api}', ('api/Dockerfile', 'api', '', (), ())),
        ('{docker: {dockerfile: docker/api.Dockerfile, target: t}}', ('docker/api.Dockerfile', '', 't', (), ())),
        ('{context: api, docker: {dockerfile: docker/api.Dockerfile}}', ('docker/api.Dockerfile', 'api', '', (), ())),
        ('{kaniko: {buildArgs: {A: "1", B: "{{.B}}"}}}', ('Dockerfile', '', '', (('A', '1'), ('B', None)), ())),
        ('{requires: [{image: b, alias: BASE}]}', ('Dockerfile', '', '', (('BASE', None),), ())),
        ('{hooks: {before: [{command: [make]}]}}', ('Dockerfile', '', '', (), ('',))),
    ],
)
def test_an_artifact_of_skaffold(artifact: str, expected: tuple[object, ...]) -> None:
    builds, _ = read(**{'skaffold.yaml': f'build: {{artifacts: [{artifact}]}}'})
    profile, _ = read(**{'skaffold.yaml': f'profiles: [{{build: {{artifacts: [{artifact}]}}}}]'})
    assert builds == profile == [expected]


@pytest.mark.parametrize(
    'artifact', ['{ko: {}}', '{context: nowhere}', '{context: ../x}', '{docker: {target: "{{.T}}"}}', '1']
)
def test_no_artifact_of_a_dockerfile(artifact: str) -> None:
    assert read(**{'skaffold.yaml': f'build: {{artifacts: [{artifact}]}}'}) == ([], [])


@pytest.mark.parametrize(
    ('call', 'expected'),
    [
        ("docker_build('a', 'api')", ('api/Dockerfile', 'api', '', (), ())),
        ("docker_build(ref='a', context='.', target='t')", ('Dockerfile', '', 't', (), ())),
        (
            "docker_build('a', '.', {'A': '1', 'B': b}, 'api/Dockerfile')",
            ('api/Dockerfile', '', '', (('A', '1'), ('B', None)), ()),
        ),
        ("local_resource('x', 'make')\ndocker_build_with_restart('a', '.')", ('Dockerfile', '', '', (), ('',))),
    ],
)
def test_a_call_in_a_tiltfile(call: str, expected: tuple[object, ...]) -> None:
    assert read(Tiltfile=call) == ([expected], [])


@pytest.mark.parametrize(
    ('call', 'dockerfile', 'whole'),
    [
        ("docker_build('a', '.', only=['api'])", 'Dockerfile', True),
        ("docker_build('a', '.', build_args=args())", 'Dockerfile', True),
        ("docker_build('a', folder())", MARK, False),
        ("docker_build('a', '.', **more)", 'Dockerfile', True),
        ("docker_build('a', '.'", MARK, False),
    ],
)
def test_a_call_that_is_not_wholly_known(call: str, dockerfile: str, whole: bool) -> None:
    assert read(Tiltfile=call) == ([], [Partly(dockerfile, ('*',), whole)])


def test_the_dockerfiles_that_goreleaser_builds() -> None:
    text = 'dockers: [{dockerfile: api/Dockerfile}, {ids: [a]}, {dockerfile: "{{.X}}"}]\ndockers_v2: [{}]\n'
    partly = [Partly('api/Dockerfile', ('*',), True), Partly('Dockerfile', ('*',), True), Partly(MARK, ('*',))]
    assert read(**{'.goreleaser.yml': text}) == ([], partly)


@pytest.mark.parametrize(
    ('path', 'text', 'expected'),
    [
        ('Taskfile.yml', 'tasks: {a: {dir: api, cmds: [docker build .]}}', ('api/Dockerfile', 'api', '', (), ())),
        ('Taskfile.yml', 'tasks: {a: [docker build api]}', ('api/Dockerfile', 'api', '', (), ())),
        ('Taskfile.yml', 'tasks: {a: {cmds: [{task: b}, {cmd: docker build .}]}}', ('Dockerfile', '', '', (), ('',))),
        ('Taskfile.yml', 'tasks: {a: {deps: [b], cmd: docker build .}}', ('Dockerfile', '', '', (), ('',))),
        ('package.json', '{"scripts": {"i": "docker build api"}}', ('api/Dockerfile', 'api', '', (), ())),
        ('package.json', '{"scripts": {"prei": "x", "i": "docker build ."}}', ('Dockerfile', '', '', (), ('',))),
        (
            '.gitlab-ci.yml',
            'i: {before_script: [cd api], script: docker build .}',
            ('api/Dockerfile', 'api', '', (), ('',)),
        ),
    ],
)
def test_what_tasks_run(path: str, text: str, expected: tuple[object, ...]) -> None:
    assert read(**{path: text}) == ([expected], [])


@pytest.mark.parametrize('path', ['api/.gitlab-ci.yml', 'ci/build.gitlab-ci.yaml'])
def test_a_job_of_gitlab_starts_at_the_top(path: str) -> None:
    assert read(**{path: 'i: {script: docker build api}'})[0] == [('api/Dockerfile', 'api', '', (), ('',))]


@pytest.mark.parametrize(('top', 'builds'), [('tasks: {}', 1), ('includes: {api: ./api}', 0)])
def test_an_included_taskfile_starts_where_nobody_knows(top: str, builds: int) -> None:
    files = {'Taskfile.yml': top, 'api/Taskfile.docker.yml': 'tasks: {a: [docker build .]}'}
    assert len(read(**files)[0]) == builds


def test_a_script_is_followed_from_where_it_is_run() -> None:
    files = {
        'Makefile': 'image:\n\tcp x go.sum\n\tcd api && ../b.sh 1\n',
        'b.sh': '#!/bin/sh\ndocker build --build-arg A=$1 .\n',
    }
    assert read(**files)[0] == [('api/Dockerfile', 'api', '', (('A', '1'),), ('go.sum',))]


def test_a_package_that_is_nowhere_speaks_for_no_context() -> None:
    text = 'FROM golang:1.23\nWORKDIR /app\nCOPY . .\nRUN go build ./cmd/{}\n'
    files = {'go.mod': 'module m\n\ngo 1.23\n', 'cmd/api/main.go': 'package main\n'}
    for name in ('api', 'nowhere'):
        repository = Memory({**files, 'build/Dockerfile': text.format(name)})
        subject = Builds(repository).subject('build/Dockerfile')
        assert subject is not None
        assert [getattr(build.context, 'folder', None) for build in subject.builds] == ['']


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet='{}[]()"\'=:,. \n\tabdocker_buildtargsfilecontext${', max_size=80))
def test_no_text_makes_it_raise(text: str) -> None:
    names = ('docker-bake.hcl', 'skaffold.yaml', '.goreleaser.yml', 'Tiltfile', 'Taskfile.yml', 'package.json')
    head = 'docker build artifacts dockers target docker_build\n'
    read(**dict.fromkeys(names, f'{text}\n# {head}'))
    read(**dict.fromkeys(names, text))


@pytest.mark.parametrize(
    ('script', 'made'), [('infra/user_data.sh', ()), ('cloud-init/app.sh', ('',)), ('deploy.sh', ('',))]
)
def test_what_a_new_machine_runs_first_makes_nothing_here(script: str, made: tuple[str, ...]) -> None:
    starts = '#!/bin/sh\ncurl -fsSL https://example.com/app.tar.gz | tar xz\ncd /opt/$APP\ndocker compose up -d\n'
    builds, _ = read(**{'compose.yaml': 'services:\n  api:\n    build: api\n', script: starts})
    assert builds == [('api/Dockerfile', 'api', '', (), made)]

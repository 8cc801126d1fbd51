"""Bake files: the builds that they declare, from where `bake` runs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hooks.builds.bakefile import Bake
from hooks.builds.commands import docker
from hooks.builds.commands.run import Baked
from hooks.builds.declarations import MARK, Partly
from hooks.builds.subjects import Builds
from hooks.hcl import NotUnderstood
from tests._memory import Memory

FILES = dict.fromkeys(('Dockerfile', 'api/Dockerfile', 'docker/api.Dockerfile'), 'FROM scratch')
STEP = 'jobs:\n  i:\n    steps:\n    - run: cp a api/b\n    - uses: docker/bake-action@{}\n'


def read(**files: str) -> tuple[list[tuple[object, ...]], list[Partly]]:
    """The builds, as Dockerfile, context, target and arguments; what is partly known."""
    builds = Builds(Memory({**FILES, **files}))
    declared, partly = builds.declared(), builds.partly
    found = [each for builds_of in declared.values() for each in builds_of]
    return [(each.dockerfile, each.context, each.target, each.args) for each in found], partly


@pytest.mark.parametrize(
    ('text', 'expected'),
    [
        pytest.param('target "a" {}', ('Dockerfile', '', '', ()), id='nothing said'),
        pytest.param('target "a" {\n  context = "api"\n}', ('api/Dockerfile', 'api', '', ()), id='a context'),
        pytest.param(
            'target "a" { dockerfile = "docker/api.Dockerfile" }',
            ('docker/api.Dockerfile', '', '', ()),
            id='a Dockerfile, from the context',
        ),
        pytest.param(
            'target "a" { dockerfile = "cwd://api/Dockerfile", context = "docker" }'.replace(', ', '\n'),
            ('api/Dockerfile', 'docker', '', ()),
            id='a Dockerfile, from where it runs',
        ),
        pytest.param('target "a" { target = "t" }', ('Dockerfile', '', 't', ()), id='a stage'),
        pytest.param(
            'variable "GO" { default = "1.22" }\ntarget "a" { args = { GO = GO, X = "${GO}-alpine" } }',
            ('Dockerfile', '', '', (('GO', '1.22'), ('X', '1.22-alpine'))),
            id='a variable',
        ),
        pytest.param(
            'variable "GO" {}\ntarget "a" { args = { GO = GO } }',
            ('Dockerfile', '', '', (('GO', None),)),
            id='a variable that is there to be set',
        ),
        pytest.param(
            'target "a" { args = { GO = 1.20 } }', ('Dockerfile', '', '', (('GO', '1.2'),)), id='a number is one'
        ),
        pytest.param(
            'target "_common" { args = { GO = "1.22" } }\ntarget "a" {\n  inherits = ["_common"]\n  context = "api"\n}',
            ('api/Dockerfile', 'api', '', (('GO', '1.22'),)),
            id='what is inherited is no build',
        ),
        pytest.param(
            'target "a" { inherits = ["docker-metadata-action"] }',
            ('Dockerfile', '', '', ()),
            id='what another program writes has no say',
        ),
        pytest.param(
            'target "a" {\n  name = "a-${it}"\n  matrix = { it = ["api"] }\n  context = it\n}',
            ('api/Dockerfile', 'api', '', ()),
            id='a matrix',
        ),
        pytest.param(
            'target "a" { args = { GO = nosuch("1.22"), X = "1" } }',
            ('Dockerfile', '', '', (('GO', None), ('X', '1'))),
            id='a function that nobody knows',
        ),
        pytest.param('{"target": {"a": {"context": "api"}}}', ('api/Dockerfile', 'api', '', ()), id='JSON'),
    ],
)
def test_a_target_at_the_top(text: str, expected: tuple[object, ...]) -> None:
    assert read(**{'docker-bake.json' if text.startswith('{') else 'docker-bake.hcl': text}) == ([expected], [])


@pytest.mark.parametrize(
    ('text', 'paths'),
    [
        pytest.param('target "a" { context = f("api") }', {'Dockerfile', 'api/Dockerfile'}, id='a context'),
        pytest.param(
            'target "a" {\n  context = f("a")\n  dockerfile = "api.Dockerfile"\n}',
            {'docker/api.Dockerfile'},
            id='a part of a name',
        ),
        pytest.param('target "a" { inherits = ["elsewhere"] }', {*FILES}, id='what it inherits'),
        pytest.param('target "a" { inherits = [NAME] }', {*FILES}, id='whom it inherits'),
        pytest.param('target "a" { target = f("t") }', {'Dockerfile'}, id='a stage'),
    ],
)
def test_a_target_that_is_not_wholly_known(text: str, paths: set[str]) -> None:
    found, partly = read(**{'docker-bake.hcl': text})
    assert found == []
    assert {path for path in FILES if any(each.whole and each.may_build(path) for each in partly)} == paths


@pytest.mark.parametrize(
    'text',
    ['target "a" {\n  dockerfile-inline = <<X\nFROM x\nX\n}', 'target "a" {', 'target "a" { context = "x" }', ''],
)
def test_what_builds_no_dockerfile_of_ours(text: str) -> None:
    assert read(**{'docker-bake.hcl': text}) == ([], [])


def test_where_nobody_says_where_it_runs_the_dockerfiles_are_known() -> None:
    found, partly = read(**{'api/docker-bake.hcl': 'target "a" {}'})
    assert (found, partly) == ([], [Partly(path, ('*',), True) for path in ('api/Dockerfile', 'Dockerfile')])


@pytest.mark.parametrize(
    ('files', 'made'),
    [
        ({'Makefile': 'i:\n\tcp a api/b\n\tcd api && docker buildx bake\n'}, ('api/b',)),
        ({'b.sh': '#!/bin/sh\ncd "$(dirname "$0")/api"\ndocker buildx bake --load a\n'}, ()),
        ({'.github/workflows/i.yml': STEP.format('v5') + '      with: {workdir: api}\n'}, ('api/b',)),
        ({'.github/workflows/i.yml': STEP.format('v6') + '      with: {source: ., workdir: api}\n'}, ('api/b',)),
    ],
)
def test_a_command_says_where_it_runs(files: dict[str, str], made: tuple[str, ...]) -> None:
    (found,) = Builds(Memory({**FILES, **files, 'api/docker-bake.hcl': 'target "a" {}'})).declared()['api/Dockerfile']
    assert (found.context, found.by, found.line, found.made) == ('api', 'api/docker-bake.hcl', 1, made)


def test_a_workflow_that_takes_the_repository_from_git() -> None:
    inputs = (
        '      with:\n        files: |\n          api/docker-bake.hcl\n          ${{ steps.m.outputs.bake-file }}\n'
    )
    text = 'target "a" {\n  inherits = ["docker-metadata-action"]\n}'
    files = {'.github/workflows/i.yml': STEP.format('v6') + inputs, 'api/docker-bake.hcl': text}
    (found,) = Builds(Memory({**FILES, **files})).declared()['Dockerfile']
    assert (found.context, found.remote, found.made) == ('', True, ())


@pytest.mark.parametrize(
    ('files', 'go'),
    [
        ({}, '1.22'),
        ({'Makefile': 'export GO := 1.24\ni:\n\tdocker buildx bake\n'}, None),
        ({'.github/workflows/i.yml': 'env: {GO: 1.24}\n' + STEP.format('v5')}, None),
        ({'.github/workflows/i.yml': 'env: {GO: 1.24}\njobs: {}\n'}, '1.22'),
        ({'.env.example': 'GO=1.24\n'}, None),
        ({'Makefile': 'i:\n\tdocker buildx bake --set "*.args.GO=1.24"\n'}, None),
        ({'.github/workflows/i.yml': STEP.format('v5') + '      with: {set: a.args.GO=1.24}\n'}, None),
    ],
)
def test_a_variable_that_somebody_sets_is_not_known(files: dict[str, str], go: str | None) -> None:
    text = 'variable "GO" { default = "1.22" }\ntarget "a" { args = { GO = GO } }'
    found, _ = read(**files, **{'docker-bake.hcl': text})
    assert found == [('Dockerfile', '', '', (('GO', go),))]


def test_what_a_command_sets_makes_the_build_unknown() -> None:
    found, partly = read(**{'docker-bake.hcl': 'target "a" {}', 'b.sh': 'docker buildx bake --set a.context=$X\n'})
    assert found == []
    assert [each for each in partly if each.whole] == [Partly(f'{MARK}/Dockerfile', ('*',), True)]


def test_a_service_of_that_name_has_a_say() -> None:
    files = {'docker-bake.hcl': 'target "a" {}', 'compose.yaml': 'services:\n  a:\n    image: x\n'}
    assert read(**files) == ([], [Partly('Dockerfile', ('*',), True)])


def test_an_override_is_merged() -> None:
    text = 'target "a" { args = { A = "2" } }'
    files = {'docker-bake.hcl': 'target "a" { context = "api" }', 'docker-bake.override.hcl': text}
    (found,) = Builds(Memory({**FILES, **files})).declared()['api/Dockerfile']
    assert (found.args, found.by, found.beside) == ((('A', '2'),), 'docker-bake.override.hcl', ('docker-bake.hcl',))


@pytest.mark.parametrize(
    ('command', 'expected'),
    [
        ('docker buildx bake', Baked((), None)),
        ('docker bake -f a.hcl --file b.hcl api', Baked(('a.hcl', 'b.hcl'), None)),
        ('docker buildx --builder x bake --set *.args.A=1 --push', Baked((), None, ('*.args.A',))),
        ('docker buildx bake ?', Baked((), None, open=True)),
        ('docker buildx bake https://x.org/y.git', None),
        ('docker buildx build .', None),
        ('make bake', None),
    ],
)
def test_the_words_of_bake(command: str, expected: Baked | None) -> None:
    assert docker.baked(command.replace('?', MARK).split()) == expected


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet='{}[]()"\'=:,. \n\tabtargecontxifu$%~?!&|<EOT/*#\\-10', max_size=80))
def test_no_text_makes_it_raise(text: str) -> None:
    for path in ('a.hcl', 'a.json'):
        for source in (text, f'target "a" {{\n  context = {text}\n}}', f'{{"target": {{"a": {{"args": "{text}"}}}}}}'):
            try:
                bake = Bake([(path, source)], lambda name: False)
                assert all(bake.resolved(name) for name in bake.built())
            except NotUnderstood:
                pass

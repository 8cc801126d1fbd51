"""Workflows, and the builds that their steps declare."""

from __future__ import annotations

import pytest

from hooks.builds import workflows
from hooks.builds.declarations import MARK, OWN, Partly
from hooks.context.index import Repository
from hooks.replay.build import Declared

PATH = '.github/workflows/images.yml'
DOCKERFILES = ('Dockerfile', 'api/Dockerfile', 'api/dev.Dockerfile', 'web/Dockerfile', 'docker/api.Dockerfile')


class InMemory(Repository):
    """A repository whose tracked files are these texts."""

    def __init__(self, texts: dict[str, str]) -> None:
        super().__init__('/nowhere', '', dict.fromkeys(texts, '100644'), git=False)
        self.texts = texts

    def read(self, path: str) -> str | None:
        return self.texts.get(path)


def builds(text: str, path: str = PATH) -> list[Declared]:
    found = workflows.declared(InMemory({**dict.fromkeys(DOCKERFILES, 'FROM scratch'), path: text}))
    return [each for each in found if isinstance(each, Declared)]


def job(*steps: str, matrix: str = '') -> str:
    lines = [
        'on: push',
        'jobs:',
        '  image:',
        *([f'    strategy: {{matrix: {matrix}}}'] if matrix else []),
        '    steps:',
    ]
    return '\n'.join([*lines, *(f'      - {step}' for step in steps), ''])


def step(inputs: str = '', *, uses: str = 'docker/build-push-action@v6', more: str = '') -> str:
    return f'{{uses: {uses}, with: {{{inputs}}}{more}}}'


def contexts(text: str) -> list[tuple[str, str]]:
    return [(build.dockerfile, build.context) for build in builds(text)]


@pytest.mark.parametrize(
    ('path', 'expected'),
    [
        ('.github/workflows/a.yml', True),
        ('.github/workflows/a.yaml', True),
        ('.gitea/workflows/a.yml', True),
        ('.forgejo/workflows/a.yml', True),
        ('.github/workflows/sub/a.yml', False),
        ('.github/actions/a.yml', False),
        ('sub/.github/workflows/a.yml', False),
        ('.github/workflows/README.md', False),
    ],
)
def test_which_files_are_workflows(path: str, expected: bool) -> None:
    assert workflows.is_workflow(path) is expected
    assert len(builds(job(step('context: .')), path)) == expected


@pytest.mark.parametrize(
    ('inputs', 'expected'),
    [
        pytest.param('context: .', ('Dockerfile', ''), id='the top'),
        pytest.param('context: ./api/', ('api/Dockerfile', 'api'), id='Dockerfile in the context'),
        pytest.param('context: ., file: docker/api.Dockerfile', ('docker/api.Dockerfile', ''), id='file from the top'),
        pytest.param(
            'context: api, file: docker/api.Dockerfile', ('docker/api.Dockerfile', 'api'), id='not the context'
        ),
        pytest.param('context: api, file: ', ('api/Dockerfile', 'api'), id='an empty file'),
        pytest.param("context: '${{ github.workspace }}/api'", ('api/Dockerfile', 'api'), id='the workspace'),
        pytest.param("context: ., file: '${{github.workspace}}/api/Dockerfile'", ('api/Dockerfile', ''), id='its file'),
    ],
)
def test_the_dockerfile_and_its_context(inputs: str, expected: tuple[str, str]) -> None:
    assert contexts(job(step(inputs))) == [expected]


@pytest.mark.parametrize(
    ('inputs', 'expected'),
    [
        pytest.param('', ('Dockerfile', '', True), id='no context: git’s URL of the repository'),
        pytest.param('file: api/Dockerfile', ('api/Dockerfile', '', True), id='the file is in it'),
        pytest.param("context: '{{defaultContext}}'", ('Dockerfile', '', True), id='by its name'),
        pytest.param("context: '{{ defaultContext }}:api'", ('api/Dockerfile', 'api', True), id='a folder of it'),
        pytest.param(
            "context: '{{defaultContext}}:api', file: dev.Dockerfile", ('api/dev.Dockerfile', 'api', True), id='in it'
        ),
        pytest.param('context: .', ('Dockerfile', '', False), id='a path'),
    ],
)
def test_buildkit_fetches_the_default_context(inputs: str, expected: tuple[str, str, bool]) -> None:
    (build,) = builds(job(step(inputs)))
    assert (build.dockerfile, build.context, build.remote) == expected


def test_another_checkout_in_a_folder_of_its_own_makes_that_folder() -> None:
    plain, other = '{uses: actions/checkout@v4}', '{uses: actions/checkout@v4, with: {repository: a/b, path: vendor}}'
    (build,) = builds(job(plain, other, step('context: .')))
    assert build.made == ('vendor',)


@pytest.mark.parametrize(
    'text',
    [
        pytest.param(job(step("context: '${{ inputs.context }}'")), id='a context from an expression'),
        pytest.param(job(step("context: ., file: 'x/${{ env.FILE }}'")), id='a file from an expression'),
        pytest.param(job(step("context: ., target: '${{ inputs.target }}'")), id='a target from an expression'),
        pytest.param(job(step("context: '${{ matrix.dir }}'")), id='a matrix that is not there'),
        pytest.param(job(step("context: '${{ matrix.dir || '''' }}'"), matrix='{dir: [.]}'), id='an expression on it'),
        pytest.param(job(step("context: ., build-args: '${{ inputs.args }}'")), id='arguments that could be any'),
        pytest.param(job(step("context: '{{other}}'")), id='another template'),
        pytest.param(job(step('context: https://github.com/a/b.git')), id='a URL'),
        pytest.param(job(step('context: /src')), id='an absolute path'),
        pytest.param(job(step('context: ../other')), id='outside the repository'),
        pytest.param(job(step('context: gone')), id='a folder that is not tracked'),
        pytest.param(job(step('context: ., file: gone')), id='a Dockerfile that is not tracked'),
        pytest.param(
            job('{uses: actions/checkout@v4, with: {path: src}}', step('context: .')), id='checked out elsewhere'
        ),
        pytest.param(job('{uses: actions/checkout@v4, with: {repository: a/b}}', step('context: .')), id='another one'),
        pytest.param(
            job(
                '{uses: actions/checkout@v4}',
                '{uses: actions/checkout@v4, with: {repository: a/b}}',
                step('context: .'),
            ),
            id='another one on top of it',
        ),
        pytest.param(job(step('path: api', uses='docker/build-push-action@v1')), id='version 1 has other inputs'),
        pytest.param(job(step('path: api', uses='docker/build-push-action@v1.1.0')), id='version 1.1 as well'),
        pytest.param(job(step('context: .', uses='docker/bake-action@v5')), id='another action'),
        pytest.param(job('run: docker build . # not docker/build-push-action@v6'), id='a script'),
    ],
)
def test_is_not_declared(text: str) -> None:
    assert builds(text) == []


@pytest.mark.parametrize(
    'uses',
    [
        'docker/build-push-action@v6',
        'docker/build-push-action@v10',
        'docker/build-push-action@4f58ea79222b3b9dc2c8bbdd6debcef730109a75',
        'https://github.com/docker/build-push-action@v5',
        'docker/build-push-action@master',
    ],
)
def test_versions_of_the_action(uses: str) -> None:
    assert contexts(job('uses: actions/checkout@v4', step('context: api', uses=uses))) == [('api/Dockerfile', 'api')]


def test_the_line_is_that_of_the_step() -> None:
    text = job(
        'run: make', 'name: build\n        uses: docker/build-push-action@v6\n        with: {context: ., target: t}'
    )
    assert builds(text) == [Declared('Dockerfile', '', 't', (), (), PATH, 7, made=('',))]


@pytest.mark.parametrize(
    ('lines', 'expected'),
    [
        pytest.param('A=1\nB=x=y', (('A', '1'), ('B', 'x=y')), id='a line each'),
        pytest.param('A=1,2', (('A', '1,2'),), id='a comma does not separate'),
        pytest.param('A=${{ github.sha }}\nB=v${{ env.V }}', (('A', None), ('B', None)), id='expressions'),
        pytest.param('A', (('A', None),), id='a name alone takes the runner’s value'),
        pytest.param('A=${{ matrix.go }}', (('A', '1.2'),), id='a number of the matrix loses its zero'),
        pytest.param('A=${{ github.workspace }}', (('A', None),), id='the workspace is somewhere'),
        pytest.param('"A=b c"\nB="q"', (('A', 'b c'), ('B', '"q"')), id='quotes round a line'),
        pytest.param('A=1\n\n  A=2  ', (('A', '2'),), id='the last one counts'),
    ],
)
def test_build_arguments(lines: str, expected: tuple[tuple[str, str | None], ...]) -> None:
    block = '|\n' + ''.join(f'            {line}\n' for line in lines.split('\n'))
    inputs = f'uses: docker/build-push-action@v6\n        with:\n          context: .\n          build-args: {block}'
    (build,) = builds(job(inputs, matrix='{go: [1.20]}'))
    assert build.args == expected


@pytest.mark.parametrize(
    ('value', 'folder'),
    [
        ('api', 'api'),
        ('./web/', 'web'),
        ('gone', None),
        ('docker-image://golang', None),
        ('${{ env.X }}', None),
        ('..', None),
    ],
)
def test_named_contexts(value: str, folder: str | None) -> None:
    (build,) = builds(job(step(f"context: ., build-contexts: 'x={value}'")))
    assert build.contexts == (('x', folder),)


@pytest.mark.parametrize(
    ('matrix', 'expected'),
    [
        pytest.param('{dir: [api, web]}', ['api', 'web'], id='a list'),
        pytest.param('{DIR: [api]}', ['api'], id='names in any case'),
        pytest.param('{dir: [api, web], os: [a, b]}', ['api', 'web'], id='two lists'),
        pytest.param('{dir: [api, web], exclude: [{dir: api}]}', ['web'], id='one is excluded'),
        pytest.param('{dir: [api, web], os: [a, b], exclude: [{dir: api, os: a}]}', ['api', 'web'], id='partly'),
        pytest.param('{dir: [api, web], exclude: [{dir: api}, {dir: web}]}', [], id='all are excluded'),
        pytest.param('{include: [{dir: api}, {dir: web}]}', ['api', 'web'], id='include alone'),
        pytest.param('{dir: [api], include: [{dir: web}]}', ['api', 'web'], id='include adds a combination'),
        pytest.param('{os: [a], include: [{dir: api}]}', ['api'], id='include adds a key'),
        pytest.param('{os: [a], include: [{dir: web}, {dir: api}]}', ['api'], id='the later include wins'),
        pytest.param('{os: [a, b], include: [{os: a, dir: api}, {os: c, dir: web}]}', ['', 'api', 'web'], id='to some'),
        pytest.param("{dir: '${{ fromJSON(needs.x.outputs.y) }}'}", [], id='a list from an expression'),
        pytest.param("{dir: [api, '${{ inputs.dir }}']}", ['api'], id='one value from an expression'),
        pytest.param("'${{ fromJSON(needs.x.outputs.y) }}'", [], id='all from an expression'),
        pytest.param("{dir: [api], include: '${{ fromJSON(x) }}'}", ['api'], id='include from an expression'),
        pytest.param("{os: [a], include: '${{ fromJSON(x) }}'}", [], id='where it could set the value'),
        pytest.param("{dir: [api], exclude: '${{ fromJSON(x) }}'}", [], id='exclude from an expression'),
        pytest.param("{dir: [api, web], exclude: [{dir: '${{ x }}'}]}", [], id='exclude with an expression'),
        pytest.param("{dir: [api, web], o: ['${{ x }}'], exclude: [{dir: api, o: a}]}", ['web'], id='may be excluded'),
        pytest.param("{os: ['${{ x }}'], include: [{os: a, dir: api}]}", [], id='include on an expression'),
        pytest.param('{dir: [api], other: {a: 1}}', ['api'], id='a value that is no list'),
        pytest.param(f'{{dir: [.], a: {[*range(16)]}, b: {[*range(16)]}, c: [1, 2]}}', [], id='too many'),
    ],
)  # fmt: skip
def test_a_literal_matrix(matrix: str, expected: list[str]) -> None:
    found = builds(job(step("context: './${{ matrix.dir }}'"), matrix=matrix))
    assert sorted(build.context for build in found) == expected


def test_keys_of_a_matrix_value() -> None:
    matrix = '{image: [{dir: api, file: api/dev.Dockerfile, go: {version: 1.21}}, {dir: web}]}'
    found = builds(
        job(
            step(
                "context: '${{ matrix.image.dir }}', file: '${{ matrix.image.file }}', "
                "build-args: 'GO=${{ matrix.image.go.version }}'"
            ),
            matrix=matrix,
        )
    )
    assert [(build.dockerfile, build.args) for build in found] == [
        ('api/dev.Dockerfile', (('GO', '1.21'),)),
        ('web/Dockerfile', (('GO', ''),)),
    ]


@pytest.mark.parametrize(
    ('condition', 'expected'), [("matrix.dir == 'api'", []), ("github.event_name == 'push'", ['api', 'web'])]
)
def test_a_condition_may_pick_some_combinations(condition: str, expected: list[str]) -> None:
    text = job(step("context: '${{ matrix.dir }}'", more=f', if: "{condition}"'), matrix='{dir: [api, web]}')
    assert [build.context for build in builds(text)] == expected


def test_equal_builds_of_a_file_are_declared_once() -> None:
    assert len(builds(job(step('context: .'), matrix='{arch: [amd64, arm64]}'))) == 1


@pytest.mark.parametrize(
    'text',
    [
        'build-push-action',
        '- build-push-action',
        '# build-push-action',
        'jobs: build-push-action',
        'jobs: {a: build-push-action, b: [1], c: }',
        'jobs: {a: {strategy: x, steps: [1, [2], null, {uses: [docker/build-push-action@v6]}, {uses: }]}}',
        'jobs: {a: {steps: [{uses: docker/build-push-action@v6, with: x, if: [y]}]}, a: }',
        'a: build-push-action\n---\njobs: {}',
        'jobs: &a {b: {strategy: {matrix: *a}, steps: [{uses: docker/build-push-action@v6, with: {context: gone}}]}}',
    ],
)
def test_other_documents_declare_nothing(text: str) -> None:
    assert builds(text) == []


def test_what_is_no_yaml_is_a_problem_of_that_file_alone() -> None:
    texts = {PATH: 'build-push-action: [', '.github/workflows/other.yml': job(step('context: .')), 'Dockerfile': ''}
    problems: list[tuple[str, str]] = []
    found = [each for each in workflows.declared(InMemory(texts), problems) if isinstance(each, Declared)]
    assert [build.by for build in found] == ['.github/workflows/other.yml']
    assert [path for path, _ in problems] == [PATH]


def test_yaml_is_read_only_where_images_are_built(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr('hooks.builds.yamlnodes.documents', lambda text: pytest.fail('read'))
    assert builds(job('run: go build .')) == []


def partly(*steps: str) -> list[Partly]:
    found = workflows.declared(InMemory({**dict.fromkeys(DOCKERFILES, 'FROM scratch'), PATH: job(*steps)}))
    return [each for each in found if isinstance(each, Partly)]


@pytest.mark.parametrize(
    ('inputs', 'expected'),
    [
        ('context: "${{ inputs.x }}", build-args: A=1', Partly(f'{MARK}/Dockerfile', ('A',), context=OWN)),
        ('context: ., file: "${{ inputs.x }}/Dockerfile"', Partly(f'{MARK}/Dockerfile', context='')),
        ('context: "${{ inputs.x }}", file: api/Dockerfile', Partly('api/Dockerfile', whole=True)),
        ('context: ., target: "${{ inputs.x }}"', Partly('Dockerfile', whole=True)),
        ('context: ., build-args: "${{ inputs.x }}"', Partly('Dockerfile', ('*',))),
    ],
)
def test_of_a_build_that_is_not_wholly_known_the_rest_is(inputs: str, expected: Partly) -> None:
    assert partly(step(inputs)) == [expected]


def test_what_is_nothing_of_the_repositorys_says_nothing() -> None:
    assert partly(step('context: ../x'), step('context: nowhere, build-args: A=1')) == []

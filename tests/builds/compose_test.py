"""Compose files, and the builds that they declare."""

from __future__ import annotations

import itertools

import pytest

from hooks.builds import compose
from hooks.builds.declarations import MARK, Partly
from hooks.context.index import Repository
from hooks.replay.build import Declared

DOCKERFILES = ('Dockerfile', 'api/Dockerfile', 'api/dev.Dockerfile', 'web/dockerfile', 'docker/api.Dockerfile')


class InMemory(Repository):
    """A repository whose tracked files are these texts."""

    def __init__(self, texts: dict[str, str]) -> None:
        super().__init__('/nowhere', '', dict.fromkeys(texts, '100644'), git=False)
        self.texts = texts

    def read(self, path: str) -> str | None:
        return self.texts.get(path)


def repository(**texts: str) -> InMemory:
    return InMemory({**dict.fromkeys(DOCKERFILES, 'FROM scratch'), 'lib/lib.go': 'package lib', **texts})


def builds(text: str, **texts: str) -> list[Declared]:
    found = compose.declared(repository(**{'compose.yaml': text, **texts}))
    return [each for each in found if isinstance(each, Declared)]


def contexts(text: str, **texts: str) -> list[tuple[str, str]]:
    return [(build.dockerfile, build.context) for build in builds(text, **texts)]


@pytest.mark.parametrize(
    'path',
    [
        'compose.yaml',
        'compose.yml',
        'docker-compose.yml',
        'deploy/docker-compose.yaml',
        'compose.prod.yml',
        'docker-compose-dev.yaml',
        'docker-compose.override.yml',
        'docker_compose.yml',
        'api.compose.yml',
        'local-docker-compose.yml',
        'Docker-Compose.YML',
    ],
)
def test_is_a_compose_file(path: str) -> None:
    assert compose.is_compose(path)


@pytest.mark.parametrize(
    'path',
    [
        'compose.yaml.j2',
        'docker-compose.md',
        'composer.yml',
        'kompose.yml',
        'compose/values.yaml',
        'decompose.yml',
        'yml',
    ],
)
def test_is_no_compose_file(path: str) -> None:
    assert not compose.is_compose(path)


@pytest.mark.parametrize(
    ('build', 'expected'),
    [
        pytest.param('./api', ('api/Dockerfile', 'api'), id='the short form is the context'),
        pytest.param('{context: api/}', ('api/Dockerfile', 'api'), id='the default is Dockerfile in the context'),
        pytest.param('{context: ., dockerfile: docker/api.Dockerfile}', ('docker/api.Dockerfile', ''), id='in context'),
        pytest.param(
            '{context: ./api, dockerfile: ../docker/api.Dockerfile}', ('docker/api.Dockerfile', 'api'), id='..'
        ),
        pytest.param('{dockerfile: api/Dockerfile}', ('api/Dockerfile', ''), id='the default context is the folder'),
        pytest.param('{context: "${PWD}/api"}', ('api/Dockerfile', 'api'), id='PWD is the folder'),
        pytest.param('{context: api, dockerfile: "${PWD}/Dockerfile"}', ('Dockerfile', 'api'), id='PWD in dockerfile'),
        pytest.param('{context: "./${DIR:-api}"}', ('api/Dockerfile', 'api'), id='a default stands for the variable'),
        pytest.param('{context: "${A-${B:-api}}"}', ('api/Dockerfile', 'api'), id='a default in a default'),
        pytest.param('./web', ('web/dockerfile', 'web'), id='a Dockerfile in another case'),
        pytest.param('./API', ('api/Dockerfile', 'api'), id='a folder in another case'),
    ],
)
def test_the_dockerfile_and_its_context(build: str, expected: tuple[str, str]) -> None:
    assert contexts(f'services:\n  api:\n    build: {build}\n') == [expected]


@pytest.mark.parametrize(
    'build',
    [
        pytest.param('./nothing', id='a context that is not tracked'),
        pytest.param('./lib', id='no Dockerfile there'),
        pytest.param('../api', id='a context outside the repository'),
        pytest.param('/srv/api', id='an absolute context'),
        pytest.param('~/api', id='a context in the home folder'),
        pytest.param('https://example.com/api.git#main:api', id='a URL'),
        pytest.param('git@example.com:x/api.git', id='a git address'),
        pytest.param('"./${DIR}"', id='a variable without a value'),
        pytest.param('"${DIR:?set it}"', id='a variable that has to be set'),
        pytest.param('"${DIR:+api}"', id='a variable that may be set'),
        pytest.param('"${-x}"', id='what is no variable'),
        pytest.param('{context: ., dockerfile: "${FILE}"}', id='a Dockerfile that is not known'),
        pytest.param('{context: ., target: "${STAGE}"}', id='a target that is not known'),
        pytest.param('{context: ., dockerfile: /Dockerfile}', id='an absolute Dockerfile'),
        pytest.param('{context: ., dockerfile_inline: "FROM scratch"}', id='an inline Dockerfile'),
        pytest.param('{context: ., args: ["${ALL}"]}', id='an argument whose name is not known'),
        pytest.param('{context: api, context: .}', id='a key that stands twice'),
        pytest.param('[api]', id='a list'),
        pytest.param('', id='nothing'),
    ],
)
def test_is_not_declared(build: str) -> None:
    assert builds(f'services:\n  api:\n    build: {build}\n    image: api\n') == []


def test_several_files_that_differ_in_case_are_no_fallback() -> None:
    files = {'x/DOCKERFILE': '', 'x/dockerFile': ''}
    assert builds('services: {x: {build: ./x}}', **files) == []


@pytest.mark.parametrize(
    ('args', 'expected'),
    [
        pytest.param('{GO: "1.20", B: b c}', (('GO', '1.20'), ('B', 'b c')), id='a mapping'),
        pytest.param('[GO=1.20, "B=x=y", E=]', (('GO', '1.20'), ('B', 'x=y'), ('E', '')), id='a list'),
        pytest.param(
            '{A: 1.20, B: 3, C: true, D: yes}', (('A', '1.2'), ('B', '3'), ('C', 'true'), ('D', 'yes')), id='types'
        ),
        pytest.param('{A: 010, B: 1e3, C: 2024-01-01}', (('A', None), ('B', None), ('C', None)), id='odd numbers'),
        pytest.param('{A: , B: ~}', (('A', None), ('B', None)), id='a mapping without values'),
        pytest.param('[A]', (('A', None),), id='a list without values'),
        pytest.param('{A: "${X}", B: "${X:-y}", C: "$$X"}', (('A', None), ('B', 'y'), ('C', '$X')), id='variables'),
        pytest.param('{A: "${PWD}"}', (('A', None),), id='the folder on somebody’s disk'),
        pytest.param('["A=${X}"]', (('A', None),), id='a list with a variable'),
        pytest.param('[A=1, A=2]', (('A', '2'),), id='the last one counts'),
    ],
)
def test_arguments(args: str, expected: tuple[tuple[str, str | None], ...]) -> None:
    (build,) = builds(f'services: {{api: {{build: {{context: ., args: {args}}}}}}}')
    assert build.args == expected


@pytest.mark.parametrize('form', ['{%s: "%s"}', '["%s=%s"]'])
@pytest.mark.parametrize(
    ('value', 'folder'),
    [
        ('./lib', 'lib'),
        ('.', ''),
        ('./gone', None),
        ('../lib', None),
        ('docker-image://golang', None),
        ('service:lib', None),
        ('https://example.com/x.git', None),
        ('${LIB}', None),
    ],
)
def test_named_contexts(form: str, value: str, folder: str | None) -> None:
    (build,) = builds(f'services: {{api: {{build: {{context: ./api, additional_contexts: {form % ("x", value)}}}}}}}')
    assert build.contexts == (('x', folder),)


def test_the_line_is_that_of_the_build_key() -> None:
    text = 'x-build: &build\n  context: .\nservices:\n  api:\n    build:\n      <<: *build\n      target: t\n'
    assert builds(text) == [Declared('Dockerfile', '', 't', (), (), 'compose.yaml', 5)]


def test_a_merged_build_stands_where_it_is_written() -> None:
    text = 'x-api: &api\n  image: api\n  build: ./api\nservices:\n  api:\n    <<: *api\n  other:\n    <<: [*api]\n'
    assert builds(text) == [Declared('api/Dockerfile', 'api', '', (), (), 'compose.yaml', 3)]


def test_paths_start_from_the_folder_of_the_file() -> None:
    files = {'deploy/compose.yaml': 'services:\n  api:\n    build: {context: .., dockerfile: docker/api.Dockerfile}\n'}
    assert contexts('', **files) == [('docker/api.Dockerfile', '')]


@pytest.mark.parametrize(
    ('env', 'expected'),
    [
        pytest.param('DIR=api', ['api'], id='a value'),
        pytest.param('export DIR="api" # the service', ['api'], id='quotes, export and a comment'),
        pytest.param("# DIR=web\nDIR: 'api'\r\n", ['api'], id='a colon, and CRLF'),
        pytest.param('BASE=ap\nDIR=${BASE}i', ['api'], id='a value in a value'),
        pytest.param('DIR=${UNKNOWN}', [], id='a value that is not known'),
        pytest.param('DIR="a\\u0070i"', [], id='an escape'),
        pytest.param('DIR="api', [], id='a quote that does not close'),
        pytest.param('OTHER=api', [], id='another name'),
    ],
)
def test_the_env_file_of_the_folder_gives_values(env: str, expected: list[str]) -> None:
    found = builds('services: {api: {build: "./${DIR}"}}', **{'.env': env})
    assert [build.context for build in found] == expected


def test_an_empty_value_is_unset_for_a_colon_only() -> None:
    text = 'services: {api: {build: {context: ., args: ["A=${E:-x}", "B=${E-x}", "C=${E:+x}", "D=${E+x}", G]}}}'
    (build,) = builds(text, **{'.env': 'E=\nG=g\n'})
    assert build.args == (('A', 'x'), ('B', ''), ('C', ''), ('D', 'x'), ('G', 'g'))


def test_a_service_extends_another() -> None:
    text = """\
services:
  base: {build: {context: ./api, args: [A=1, B=2]}}
  api: {extends: base, build: {dockerfile: dev.Dockerfile, args: {B: "3"}}}
  chain: {extends: {service: api}}
"""
    assert builds(text) == [
        Declared('api/Dockerfile', 'api', '', (('A', '1'), ('B', '2')), (), 'compose.yaml', 2),
        Declared('api/dev.Dockerfile', 'api', '', (('A', '1'), ('B', '3')), (), 'compose.yaml', 3),
    ]


def test_a_service_extends_one_of_another_file_with_the_paths_of_that_file() -> None:
    other = 'services: {base: {build: .}, chain: {extends: {file: ../common.yml, service: common}}}'
    file = 'file: api/parts.yml'
    text = f'services: {{a: {{extends: {{{file}, service: base}}}}, b: {{extends: {{{file}, service: chain}}}}}}'
    found = builds(text, **{'api/parts.yml': other, 'common.yml': 'services: {common: {build: .}}'})
    assert found == [
        Declared('api/Dockerfile', 'api', '', (), (), 'api/parts.yml', 1),
        Declared('Dockerfile', '', '', (), (), 'common.yml', 1),
    ]


@pytest.mark.parametrize(
    'text',
    [
        pytest.param('services: {a: {extends: a}}', id='itself'),
        pytest.param('services: {a: {extends: b}, b: {extends: a}}', id='a cycle'),
        pytest.param('services: {a: {extends: nobody}}', id='no such service'),
        pytest.param('services: {a: {extends: {file: nothing.yml, service: b}}}', id='no such file'),
        pytest.param('include: [compose.yaml, nothing.yml, "${X}", {path: compose.yaml}, 1, [x], ]', id='include'),
    ],
)
def test_what_leads_nowhere_declares_nothing(text: str) -> None:
    assert builds(text) == []


def test_included_files_have_their_own_folder() -> None:
    files = {
        'api/parts.yaml': 'services:\n  api:\n    build: .\n',
        'web/parts.yaml': 'services: {web: {build: {target: t}}}',
    }
    text = 'include:\n  - api/parts.yaml\n  - path: [web/parts.yaml]\n'
    assert sorted(contexts(text, **files)) == [('api/Dockerfile', 'api'), ('web/dockerfile', 'web')]


def test_an_included_file_is_no_project_on_its_own_where_its_paths_start_elsewhere() -> None:
    files = {'web/compose.yaml': 'services: {x: {build: .}}'}
    assert contexts('include: [{path: web/compose.yaml, project_directory: api}]', **files) == [
        ('api/Dockerfile', 'api')
    ]


def test_a_service_overrides_the_included_one() -> None:
    (own, build) = builds(
        'include: [api/compose.yaml]\nservices: {a: {build: {target: t}}}',
        **{'api/compose.yaml': 'services: {a: {build: .}}'},
    )
    assert (build.target, build.context, build.by) == ('t', 'api', 'compose.yaml')
    assert (own.target, own.context, own.by) == ('', 'api', 'api/compose.yaml')


BASE = (
    'services:\n  api:\n    build: {context: ./api, dockerfile: dev.Dockerfile, target: prod, args: {A: "1", B: "2"}}\n'
)


@pytest.mark.parametrize(
    ('override', 'expected'),
    [
        pytest.param('{target: dev, args: [B=3]}', ('dev', (('A', '1'), ('B', '3'))), id='merged'),
        pytest.param('{target: !reset null, args: !override {C: "3"}}', ('', (('C', '3'),)), id='reset and override'),
        pytest.param('{args: !reset null, target: dev}', ('dev', ()), id='arguments reset'),
    ],
)
def test_the_override_file_is_merged_onto_the_base(
    override: str, expected: tuple[str, tuple[tuple[str, str | None], ...]]
) -> None:
    (merged,) = builds(BASE, **{'docker-compose.override.yml': f'services:\n  api:\n    build: {override}\n'})
    assert (merged.by, merged.line, merged.beside) == ('docker-compose.override.yml', 3, ('compose.yaml',))
    assert (merged.dockerfile, merged.context) == ('api/dev.Dockerfile', 'api')
    assert (merged.target, merged.args) == expected


def test_a_tag_does_not_act_on_a_service_that_extends_the_tagged_one() -> None:
    override = 'services: {base: {build: !override {target: t}}, api: {extends: base}}'
    found = builds(BASE, **{'compose.override.yml': override})
    assert [(build.context, build.dockerfile, build.target) for build in found] == [
        ('api', 'api/dev.Dockerfile', 't'),
        ('', 'Dockerfile', 't'),
    ]


@pytest.mark.parametrize(
    ('build', 'expected'),
    [
        ('build: !reset null', []),
        ('build: !override {target: t}', [('', 't')]),
        ('image: api', [('api', 'prod')]),
        ('ports: []', [('api', 'prod')]),
    ],
)
def test_an_override_may_take_the_build_away(build: str, expected: list[tuple[str, str]]) -> None:
    found = builds(BASE, **{'compose.override.yml': f'services:\n  api:\n    {build}\n'})
    assert [(found.context, found.target) for found in found] == expected


def test_of_two_bases_only_the_first_is_read() -> None:
    files = {'docker-compose.yml': 'services: {web: {build: web}}', 'compose.dev.yml': 'services: {web: {build: web}}'}
    assert [build.by for build in builds(BASE, **files)] == ['compose.yaml', 'compose.dev.yml']


@pytest.mark.parametrize(
    ('env', 'expected'),
    [
        ('COMPOSE_FILE=compose.yaml:prod.yml', [('api', 'late', 'prod.yml')]),
        ('COMPOSE_FILE=compose.yaml;prod.yml\nCOMPOSE_PATH_SEPARATOR=;', [('api', 'late', 'prod.yml')]),
        ('COMPOSE_FILE=compose.yaml', [('api', 'prod', 'compose.yaml')]),
        ('COMPOSE_FILE=web.yml', [('web', '', 'web.yml')]),
        ('COMPOSE_FILE=${NOBODY_KNOWS}', []),
    ],
)
def test_the_env_file_names_the_files(env: str, expected: list[tuple[str, str, str]]) -> None:
    files = {
        '.env': env,
        'compose.override.yaml': 'services: {api: {build: {target: t}}}',
        'prod.yml': 'services: {api: {build: {target: late}}}',
        'web.yml': 'services: {web: {build: web}}',
    }
    assert [(build.context, build.target, build.by) for build in builds(BASE, **files)] == expected


def test_what_a_service_of_another_file_extends_is_not_built_by_itself() -> None:
    files = {'compose.parts.yml': 'services: {part: {build: {context: web, target: t}}, own: {build: web}}'}
    text = 'services: {a: {build: {target: u}, extends: {file: compose.parts.yml, service: part}}}'
    assert [(build.context, build.target) for build in builds(text, **files)] == [('web', 'u'), ('web', '')]


@pytest.mark.parametrize(
    ('build', 'expected'),
    [
        pytest.param('{target: dev}', [], id='neither context nor dockerfile says nothing'),
        pytest.param('{args: {A: "9"}}', [], id='arguments alone say nothing'),
        pytest.param('{dockerfile: Dockerfile}', [('api/Dockerfile', 'api')], id='the context is the base’s'),
        pytest.param('{context: .}', [('Dockerfile', '')], id='with a context it is whole'),
    ],
)
def test_another_file_beside_the_base(build: str, expected: list[tuple[str, str]]) -> None:
    files = {'compose.dev.yaml': f'services: {{api: {{build: {build}}}}}'}
    found = [build for build in builds(BASE, **files) if build.by == 'compose.dev.yaml']
    assert [(build.dockerfile, build.context) for build in found] == expected


def test_equal_builds_are_declared_once() -> None:
    text = 'services: {api: {build: .}, worker: {build: .}}'
    assert len(builds(text)) == 1


def test_documents_of_one_file_are_merged() -> None:
    text = '---\nservices: {api: {build: ./api}}\n---\nservices: {api: {build: {target: t}}}\n'
    assert [(build.context, build.target) for build in builds(text)] == [('api', 't')]


@pytest.mark.parametrize(
    'text',
    ['build: [', 'build: \udcff', 'build: \0', 'build: ' + '[' * 100_000, 'build:\n' + '- ' * 5_000],
)
def test_what_is_no_yaml_is_a_problem_of_that_file_alone(text: str) -> None:
    problems: list[tuple[str, str]] = []
    texts = {'compose.yaml': text, 'api/compose.yaml': 'services: {api: {build: .}}'}
    found = list(compose.declared(repository(**texts), problems))
    assert [build.by for build in found if isinstance(build, Declared)] == ['api/compose.yaml']
    # In the words of the reader's own release, which are not ours to promise: one line, and not an empty one.
    ((path, problem),) = problems
    assert path == 'compose.yaml'
    assert problem
    assert problem.isprintable()


@pytest.mark.parametrize(
    'text', ['', 'build', '- build', 'services: build', 'services: {a: build}', '# build\n---\n', '1: 2 build']
)
def test_other_documents_declare_nothing(text: str) -> None:
    problems: list[tuple[str, str]] = []
    assert list(compose.declared(repository(**{'compose.yaml': text}), problems)) == []
    assert problems == []


def test_a_byte_order_mark_and_crlf_do_no_harm() -> None:
    assert contexts('\ufeffservices:\r\n  a:\r\n    build: .\r\n') == [('Dockerfile', '')]


def bomb(entry: str) -> str:
    names = [f'n{at}' for at in range(40)]
    lines = [f'{name}: &{name} ' + entry.replace('@', f'*{before} ') for before, name in itertools.pairwise(names)]
    return '\n'.join(['n0: &n0 {k: v}', *lines, 'services: {a: {build: {<<: *n39 , context: .}}}'])


@pytest.mark.parametrize('entry', ['{<<: [@, @, @]}', '{x: [@, @, @], y: @}'])
def test_aliases_are_not_expanded(entry: str) -> None:
    assert contexts(bomb(entry)) == [('Dockerfile', '')]


def test_a_merge_key_that_holds_itself() -> None:
    assert contexts('services: {a: {build: &a {<<: *a , context: .}}}') == [('Dockerfile', '')]


def test_files_that_include_the_next_one_twice() -> None:
    files = {
        f'f{at}.yaml': f'include: [f{at + 1}.yaml, ./f{at + 1}.yaml]\nservices: {{s: {{build: .}}}}' for at in range(40)
    }
    assert len(builds('include: [f0.yaml]', **files)) > 0


def test_yaml_is_read_only_where_a_build_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr('hooks.builds.yamlnodes.documents', lambda text: pytest.fail('read'))
    assert builds('services: {db: {image: postgres}}') == []


@pytest.mark.parametrize(
    ('build', 'expected'),
    [
        ('{context: "${X}", args: [A=1]}', Partly(f'{MARK}/Dockerfile', ('A',))),
        (
            '{context: "${X}", dockerfile: docker/api.Dockerfile, args: [A=1]}',
            Partly('docker/api.Dockerfile', ('A',), True),
        ),
        ('{context: .., dockerfile: x/docker/api.Dockerfile}', Partly('docker/api.Dockerfile', (), True)),
        ('{context: .., dockerfile: x/api.Dockerfile, args: [A=1]}', Partly(f'{MARK}/api.Dockerfile', ('A',))),
        ('{context: ., args: ["${X}"]}', Partly(f'{MARK}/Dockerfile', ('*',))),
    ],
)
def test_of_a_build_that_is_not_wholly_known_the_arguments_are(build: str, expected: Partly) -> None:
    assert list(compose.declared(repository(**{'compose.yaml': f'services: {{a: {{build: {build}}}}}'}))) == [expected]

"""The config file."""

from __future__ import annotations

import pytest

from hooks.builds import config
from hooks.builds.config import Config, Contexts, Problem
from hooks.builds.subjects import CONFIG
from hooks.context.index import Repository
from hooks.replay.build import Declared

FILES = (
    'Dockerfile',
    'docker/base.dockerfile',
    'services/api/go.mod',
    'services/web/go.mod',
    'services/web/ui/main.go',
    'services/README.md',
    '.github/x/y',
)


class InMemory(Repository):
    """A repository whose tracked files are these texts."""

    def __init__(self, texts: dict[str, str]) -> None:
        super().__init__('/nowhere', '', dict.fromkeys(texts, '100644'), git=False)
        self.texts = texts

    def read(self, path: str) -> str | None:
        return self.texts.get(path)


def read(text: str) -> Config:
    return config.read(InMemory({**dict.fromkeys(FILES, ''), CONFIG: text}))


EXAMPLE = """\
[contexts]                      # where compose files and workflows don't say
"docker/base.dockerfile" = ["services/*"]
Dockerfile = []

[dockerignore]
source = "./docker/.dockerignore"
targets = ["services/*", "."]
"""


def test_the_whole_file() -> None:
    assert read(EXAMPLE) == Config(
        contexts=(
            Contexts('docker/base.dockerfile', ('services/api', 'services/web'), 2),
            Contexts('Dockerfile', (), 3),
        ),
        source='docker/.dockerignore',
        targets=('services/*', '.'),
        problems=(),
    )


def test_contexts_are_declared_builds() -> None:
    assert list(config.declared(read(EXAMPLE))) == [
        Declared('docker/base.dockerfile', 'services/api', '', (), (), '.go-docker-hooks.toml', 2),
        Declared('docker/base.dockerfile', 'services/web', '', (), (), '.go-docker-hooks.toml', 2),
    ]


def test_no_file() -> None:
    assert config.read(InMemory({})) == Config()


@pytest.mark.parametrize('text', ['', '# nothing\n', '\ufeff[contexts]\r\n', '[dockerignore]\n'])
def test_an_empty_file(text: str) -> None:
    assert read(text) == Config()


def test_a_dockerfile_that_is_not_tracked_is_left_out() -> None:
    assert read('[contexts]\n"gone/Dockerfile" = ["."]\n"../Dockerfile" = ["."]\n') == Config()


@pytest.mark.parametrize(
    'text',
    [
        'contexts = { Dockerfile = ["services/api"] }\n',
        'contexts.Dockerfile = ["services/api"]\n',
        "[contexts]\n'./dockerfile' = ['services/api', 'services/api/']\n",
        '["contexts"]\n"Dockerfile" = [\n  "services/api",\n]\n',
    ],
)
def test_other_ways_to_write_it(text: str) -> None:
    (entry,) = read(text).contexts
    assert entry[:2] == ('Dockerfile', ('services/api',))
    assert entry.line == (2 if text.startswith('[') else 1)


@pytest.mark.parametrize(
    ('pattern', 'expected'),
    [
        ('services/*', ('services/api', 'services/web')),
        ('services/a*', ('services/api',)),
        ('services/[aw]*', ('services/api', 'services/web')),
        ('*/web', ('services/web',)),
        ('*', ('docker', 'services')),
        ('.*', ('.github',)),
        ('services/**', ('services', 'services/api', 'services/web', 'services/web/ui')),
        ('**/ui', ('services/web/ui',)),
        ('services/api', ('services/api',)),
        ('./services/api/', ('services/api',)),
        ('.', ('',)),
        ('services/../docker', ('docker',)),
        ('gone', ()),
        ('gone/*', ()),
        ('services/README.md', ()),
        ('../x', ()),
        ('/services', ()),
        ('', ()),
    ],
)
def test_globs_over_tracked_folders(pattern: str, expected: tuple[str, ...]) -> None:
    assert config.matching(InMemory(dict.fromkeys(FILES, '')), pattern) == expected


@pytest.mark.parametrize(
    ('text', 'line', 'fact'),
    [
        pytest.param('[contexts]\na = \n', 2, 'this is no TOML', id='no TOML'),
        pytest.param(
            '[contexts]\n[contexts]\n', 2, 'this is no TOML (Key "contexts" already exists)', id='a table twice'
        ),
        pytest.param('a = ' + '[' * 10_000, 1, 'this is no TOML', id='nested without end'),
        pytest.param('\0', 1, 'this is no TOML', id='binary'),
        pytest.param('\n[context]\nDockerfile = []\n', 2, 'unknown key `context`', id='an unknown table'),
        pytest.param('\nsource = "x"\n', 2, 'unknown key `source`', id='an unknown key'),
        pytest.param(
            '[dockerignore]\nsource = "x"\ntarget = []\n', 3, 'unknown key `target` in `dockerignore`', id='in it'
        ),
        pytest.param('# contexts\ncontexts = 1\n', 2, '`contexts` is no table', id='no table'),
        pytest.param('[[dockerignore]]\n', 1, '`dockerignore` is no table', id='an array of tables'),
        pytest.param('[contexts]\n\n"a/b" = "c"\n', 3, '`contexts."a/b"` is no list of folders', id='a string'),
        pytest.param('[contexts]\na.b = ["c"]\n', 2, '`contexts."a"` is no list of folders', id='a dotted key'),
        pytest.param('[contexts]\na = [1]\n', 2, '`contexts."a"` is no list of folders', id='a list of numbers'),
        pytest.param('[contexts]\na = ["../b"]\n', 2, '`../b` in `contexts."a"` is no folder', id='outside'),
        pytest.param('[dockerignore]\nsource = []\n', 2, '`dockerignore.source` is no path', id='source is a list'),
        pytest.param('[dockerignore]\nsource = "/x"\n', 2, '`dockerignore.source` is no path', id='an absolute source'),
        pytest.param('[dockerignore]\nsource = ""\n', 2, '`dockerignore.source` is no path', id='an empty source'),
        pytest.param(
            '[dockerignore]\n\ntargets = "x"\n', 3, '`dockerignore.targets` is no list', id='targets is a string'
        ),
        pytest.param('dockerignore = { targets = 1 }\n', 1, '`dockerignore.targets` is no list', id='an inline table'),
    ],
)
def test_a_problem_is_named_with_its_line_and_cure(text: str, line: int, fact: str) -> None:
    (problem,) = read(text).problems
    assert problem.line == line
    said = f'{problem.fact}: {problem.cure}'
    assert said.startswith(fact)
    assert problem.cure
    assert said.isprintable()


def test_what_is_right_is_kept_beside_what_is_wrong() -> None:
    config = read('x = 1\n[contexts]\nDockerfile = ["."]\n[dockerignore]\nsource = 2\ntargets = ["*"]\n')
    assert config.contexts == (Contexts('Dockerfile', ('',), 3),)
    assert config.targets == ('*',)
    assert config.problems == (
        Problem(1, 'unknown key `x`', 'the keys are contexts and dockerignore'),
        Problem(5, '`dockerignore.source` is no path in this repository', 'write one relative to its top'),
    )

"""The config file."""

from __future__ import annotations

import pytest

from hooks.builds import config, globs
from hooks.builds.config import IDLE, Config, Contexts, Ignored, Problem
from hooks.builds.subjects import CONFIG
from hooks.replay.build import Declared
from tests._memory import Memory

FILES = (
    'Dockerfile',
    'docker/base.dockerfile',
    'services/api/go.mod',
    'services/web/go.mod',
    'services/web/ui/main.go',
    'services/README.md',
    '.github/x/y',
)


def read(text: str) -> Config:
    return config.read(Memory({**dict.fromkeys(FILES, ''), CONFIG: text}))


EXAMPLE = """\
[contexts]                      # where compose files and workflows don't say
"docker/base.dockerfile" = ["services/*"]
Dockerfile = []

[dockerignore]
source = "./docker/.dockerignore"
targets = ["services/*", "."]

[ignore]
"services/**" = ["tidy-before-source", "check-x-versions"]
"""


def test_both_parsers_read_the_same() -> None:
    assert config._parse(EXAMPLE) == config._parse_slowly(EXAMPLE)
    assert config._parse(EXAMPLE)[0].keys() >= {'contexts', 'dockerignore'}


def test_the_whole_file() -> None:
    assert read(EXAMPLE) == Config(
        contexts=(
            Contexts('docker/base.dockerfile', ('services/api', 'services/web'), 2),
            Contexts('Dockerfile', (), 3),
        ),
        source='docker/.dockerignore',
        targets=('services/*', '.'),
        problems=(),
        ignore=(Ignored('services/**', ('tidy-before-source', 'check-x-versions'), 10),),
        targets_line=7,
    )


def test_contexts_are_declared_builds() -> None:
    assert list(config.declared(read(EXAMPLE))) == [
        Declared('docker/base.dockerfile', 'services/api', '', (), (), '.go-docker-hooks.toml', 2),
        Declared('docker/base.dockerfile', 'services/web', '', (), (), '.go-docker-hooks.toml', 2),
    ]


def test_no_file() -> None:
    assert config.read(Memory({})) == Config()


@pytest.mark.parametrize('text', ['', '# nothing\n', '\ufeff[contexts]\r\n', '[dockerignore]\n'])
def test_an_empty_file(text: str) -> None:
    assert read(text) == Config()


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
    assert globs.matching(Memory(dict.fromkeys(FILES, '')), pattern) == expected


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
        pytest.param(
            '[contexts]\n"../Dockerfile" = ["."]\n', 2, '`../Dockerfile` in `contexts` is no path', id='a key'
        ),
        pytest.param('[ignore]\n"a" = "b"\n', 2, '`ignore."a"` is no list of rules or hooks', id='a rule alone'),
        pytest.param('[ignore]\n"a" = []\n', 2, '`ignore."a"` is no list of rules or hooks', id='no rule'),
        pytest.param('[ignore]\n"/a" = ["b"]\n', 2, '`/a` in `ignore` is no path', id='an absolute path'),
        pytest.param('ignore = 1\n', 1, '`ignore` is no table', id='ignore is no table'),
    ],
)
def test_a_problem_is_named_with_its_line_and_cure(text: str, line: int, fact: str) -> None:
    (problem,) = read(text).problems
    assert problem.line == line
    said = f'{problem.fact}: {problem.cure}'
    assert said.startswith(fact)
    assert problem.cure
    assert said.isprintable()


@pytest.mark.parametrize(
    ('text', 'fact'),
    [
        ('[contexts]\n"gone/Dockerfile" = ["."]\n', '`gone/Dockerfile` in `contexts` is no file that git tracks'),
        ('[contexts]\n"docker" = ["."]\n', '`docker` in `contexts` is no file that git tracks'),
        ('[contexts]\n"*/*.dockerfile" = ["."]\n', '`*/*.dockerfile` in `contexts` is a glob, and a key names one'),
        ('[contexts]\n"*/gone" = ["."]\n', '`*/gone` in `contexts` is no file that git tracks'),
        ('[contexts]\nDockerfile = ["services/*", "service"]\n', '`service` in `contexts."Dockerfile"` matches no'),
        ('[dockerignore]\ntargets = ["services/*", "service/*"]\n', '`service/*` in `dockerignore.targets` matches no'),
        ('[ignore]\n"service/**" = ["x"]\n', '`service/**` in `ignore` matches no file that git tracks'),
    ],
)
def test_what_matches_nothing_is_named(text: str, fact: str) -> None:
    (problem,) = read(text).problems
    assert (problem.line, problem.rule) == (2, IDLE)
    assert problem.fact.startswith(fact)
    assert problem.cure


def test_below_a_submodule_nobody_knows_what_matches() -> None:
    text = '[contexts]\n"sub/Dockerfile" = ["."]\nDockerfile = ["sub/x"]\n'
    repository = Memory({'Dockerfile': '', CONFIG: text}, ['sub'])
    assert config.read(repository).problems == ()


@pytest.mark.parametrize(
    ('pattern', 'path', 'expected'),
    [
        ('examples/**', 'examples/a/b/Dockerfile', True),
        ('examples/**', 'examples/Dockerfile', True),
        ('examples', 'examples/a/Dockerfile', True),
        ('examples', 'examples2/Dockerfile', False),
        ('*/Dockerfile', 'a/Dockerfile', True),
        ('*/Dockerfile', 'a/b/Dockerfile', False),
        ('**/Dockerfile', 'a/b/Dockerfile', True),
        ('**/Dockerfile', 'Dockerfile', True),
        ('a/**/d', 'a/b/c/d', True),
        ('a/**/d', 'a/d', True),
        ('a/**/d', 'd', False),
        ('', 'a', True),
    ],
)
def test_a_glob_names_a_path_or_a_folder_above_it(pattern: str, path: str, expected: bool) -> None:
    assert globs.names(pattern, path) is expected


def test_what_is_right_is_kept_beside_what_is_wrong() -> None:
    config = read('x = 1\n[contexts]\nDockerfile = ["."]\n[dockerignore]\nsource = 2\ntargets = ["*"]\n')
    assert config.contexts == (Contexts('Dockerfile', ('',), 3),)
    assert config.targets == ('*',)
    assert config.problems == (
        Problem(1, 'unknown key `x`', 'the keys are contexts, dockerignore and ignore'),
        Problem(5, '`dockerignore.source` is no path in this repository', 'write one relative to its top'),
    )

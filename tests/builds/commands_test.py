"""Command lines: the words of `docker build`, what commands write, Makefiles, and the walk through scripts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hooks.builds.commands import docker, make
from hooks.builds.commands.docker import Line
from hooks.builds.commands.places import resolve
from hooks.builds.commands.walk import Place, Walk, run_script
from hooks.builds.commands.writes import ANYTHING, writes
from hooks.builds.declarations import MARK, TOP, Partly
from hooks.replay.build import Declared
from tests._memory import Memory

FILES = dict.fromkeys(('Dockerfile', 'api/Dockerfile', 'web/Dockerfile', 'docker/api.Dockerfile'), 'FROM scratch')


def read(command: str) -> Line | None:
    return docker.read(command.replace('?', MARK).split())


@pytest.mark.parametrize(
    ('command', 'expected'),
    [
        ('docker build .', Line('.')),
        ('docker build -t a -f api/Dockerfile api', Line('api', 'api/Dockerfile')),
        ('docker build --file=Dockerfile --target dev .', Line('.', 'Dockerfile', 'dev')),
        ('docker build -fDockerfile -qt a .', Line('.', 'Dockerfile')),
        ('docker --context x buildx --builder b build --push .', Line('.')),
        ('docker buildx build --platform linux/amd64,a/b .', Line('.', platforms=('linux/amd64', 'a/b'))),
        ('docker image build --no-cache --pull .', Line('.')),
        ('podman build --layers .', Line('.')),
        ('buildah bud -f C .', Line('.', 'C')),
        ('/usr/bin/docker build .', Line('.')),
        ('docker build --build-arg A=1 --build-arg=B=2 .', Line('.', args=(('A', '1'), ('B', '2')))),
        ('docker build --build-arg A .', Line('.', args=(('A', None),))),
        ('docker build --build-arg A=1.?  .', Line('.', args=(('A', None),))),
        ('docker build --build-arg ? .', Line('.', open=True)),
        ('docker build ? -t a .', Line('.', open=True)),
        ('docker build --newest-flag .', Line('.', open=True)),
        ('docker build --build-context lib=../lib .', Line('.', contexts=(('lib', '../lib'),))),
        ('? build -t a .', Line('.')),
        ('docker build -f ? ?', Line(MARK, MARK)),
    ],
)  # fmt: skip
def test_the_words_of_a_build(command: str, expected: Line) -> None:
    assert read(command) == expected


@pytest.mark.parametrize(
    'command',
    [
        'docker run build .', 'docker compose build', 'docker build', 'docker build - ', 'docker build -f - .',
        'docker',
        '? build ./...',
        'docker buildx bake', 'docker builder prune', 'go build .', 'docker build a b',
        'podman build --from x .',
    ],
)  # fmt: skip
def test_what_is_no_build_of_a_folder(command: str) -> None:
    assert read(command) is None


@pytest.mark.parametrize(
    ('command', 'expected'),
    [
        ('echo x', ()),
        ('go test ./...', ()),
        ('go mod tidy', ('api/go.sum', 'go.sum')),
        ('go mod vendor', ('api/go.sum', 'api/vendor', 'go.sum', 'vendor')),
        ('go mod edit -go=1.21', ('api/go.mod', 'go.mod')),
        ('go build -o bin/x ./cmd/x', ('api/bin/x',)),
        ('go build ./cmd/x', ('api/api', 'api/app', 'api/x')),
        ('go generate ./...', ANYTHING),
        ('cp -r ../lib .lib/', ('api/.lib',)),
        ('cp -t lib a b', ANYTHING),
        ('mkdir -p a ../b', ('api/a', 'b')),
        ('tee /tmp/x', ()),
        ('touch ?', ANYTHING),
        ('touch x/?.go', ('api/x',)),
        ('sed -i s/a/b/ go.mod', ('api/s/a/b', 'api/go.mod')),
        ('sed s/a/b/ go.mod', ()),
        ('curl -fsSL https://e.org -o go.sum', ('api/go.sum',)),
        ('curl -O https://e.org/x', ANYTHING),
        ('openssl req -x509 -nodes -keyout tls/a.key -out tls/a.crt -subj /CN=a', ('api/tls/a.key', 'api/tls/a.crt')),
        ('openssl rand -hex 32', ()),
        ('git describe --tags', ()),
        ('git submodule update --init', ANYTHING),
        ('docker push a', ()),
        ('docker run a', ()),
        ('docker run -v .:/w a', ANYTHING),
        ('find . -name x', ()),
        ('find . -exec rm {} +', ANYTHING),
        ('xargs -I {} echo {}', ()),
        ('npm ci', ANYTHING),
        ('?', ANYTHING),
    ],
)
def test_what_a_command_may_write(command: str, expected: tuple[str, ...]) -> None:
    assert writes(command.replace('?', MARK).split(), 'api', 'app') == expected


def test_where_the_folder_is_not_known_anything_may_be_written() -> None:
    assert writes(['touch', 'x'], None) == ANYTHING
    assert writes(['touch', f'{TOP}/api/x'], None) == ('api/x',)


def built(walk: Walk) -> list[tuple[str, str] | tuple[str, ...]]:
    """The builds of a walk: Dockerfile and context, or the arguments of one that is not wholly known."""
    found = [resolve(walk.repository, each, 1) for each in walk.found]
    known = [each for each in found if each]
    return [(each.dockerfile, each.context) if isinstance(each, Declared) else each.args for each in known]


def followed(text: str, cwd: str | None = '', **files: str) -> Walk:
    walk = Walk(Memory({**FILES, **files}), cwd)
    walk.run(text, Place('x.sh', 1))
    return walk


API, TOP_BUILD = ('api/Dockerfile', 'api'), ('Dockerfile', '')


@pytest.mark.parametrize(
    ('text', 'expected'),
    [
        ('docker build api', [API]),
        ('cd api && docker build .', [API]),
        ('(cd api && docker build .); docker build .', [API, TOP_BUILD]),
        ('cd api; cd -; docker build .', [TOP_BUILD]),
        ('pushd web; pushd ../api; docker build .; popd; popd; docker build .', [API, TOP_BUILD]),
        ('popd; docker build .', []),
        ('cd api; if x; then cd ..; fi; docker build .', []),
        ('for s in api web; do docker build "$s"; done', [API, ('web/Dockerfile', 'web')]),
        ('for s in *; do docker build $s --build-arg A=1; done', [('A',)]),
        ('if ! docker build api; then exit 1; fi', [API]),
        ('D=api; docker build "${D}"', [API]),
        ('docker build "${D:-api}"', [()]),
        ('export D=api; docker build $D', [API]),
        ('b() { docker build -f "$1" "$2"; }; b docker/api.Dockerfile web', [('docker/api.Dockerfile', 'web')]),
        ('case $X in a) docker build api;; *) docker build .;; esac', [API, TOP_BUILD]),
        ('sudo -E env A=1 docker build api', [API]),
        ('X=$(docker build -q api)', [API]),
        ('docker build api | tee log', [API]),
        ('sh -c "docker build api"', [API]),
        ('cd "$(git rev-parse --show-toplevel)/api" && docker build .', [API]),
        ('docker build "$PWD/api"', [API]),
        ('cd /tmp && docker build .', []),
        ('docker build https://e.org/x.git', []),
        ('docker build ../elsewhere', []),
        ('echo "docker build api"', []),
        ('docker build api <<EOF\nEOF', [API]),
        ('docker build "${FLAGS[@]}" api', [('*',)]),
    ],
)
def test_the_builds_of_a_script(text: str, expected: list[tuple[str, str]]) -> None:
    assert built(followed(text)) == expected


@pytest.mark.parametrize(
    ('text', 'made'),
    [
        ('mkdir gen; docker build .', ('gen',)),
        ('docker build .; mkdir gen', ()),
        ('echo x > a/b; docker build .', ('a/b',)),
        ('echo x > /dev/null 2>&1; docker build .', ()),
        ('{ echo x; } >> a; docker build .', ('a',)),
        ('./unknown && docker build .', ('',)),
        ('docker compose run --rm gen; docker build .', ('',)),
        ('docker compose up -d db; docker build .', ()),
        ('docker exec gen make; docker build .', ('',)),
        ('./gen.sh && docker build .', ('gen/x',)),
        ('source lib.sh; say x; docker build .', ()),
        ('. ./lib.sh; note x; docker build .', ('',)),
        ('sh lib.sh; say x; docker build .', ('',)),
        ('echo x\r\n\r\ndocker build .\r\n', ()),
        ('select x in a; do y; done', ('',)),
    ],
)
def test_what_is_made_before_a_build(text: str, made: tuple[str, ...]) -> None:
    lib = 'say() { echo "$1"; }\nnote() { echo "$1" >> log; }\n'
    walk = followed(text, **{'gen.sh': '#!/bin/sh\ncd gen\ntouch x\n', 'lib.sh': lib})
    assert (walk.found[0].made if walk.found else tuple(walk.made)) == made


def test_a_script_knows_where_it_lies() -> None:
    text = 'cd "$(dirname "$0")/../api"\ndocker build .\n'
    walk = Walk(Memory({**FILES, 'ci/b.sh': text}), None)
    run_script(walk, 'ci/b.sh', text, [], 0)
    assert built(walk) == [API]


MAKEFILE = """\
DIR ?= web
include more.mk
all: gen image
image: ; docker build $(DIR)
gen:
\tmkdir gen
other: image
\t@$(MAKE) image DIR=api
\t-$(MAKE) -C api
"""


@pytest.mark.parametrize(
    ('target', 'expected', 'made'),
    [
        ('image', [('web/Dockerfile', 'web')], ()),
        ('all', [('web/Dockerfile', 'web')], ('gen',)),
        ('other', [('web/Dockerfile', 'web'), API, API], ()),
        ('more', [API], ()),
    ],
)
def test_the_builds_of_a_target(target: str, expected: list[tuple[str, str]], made: tuple[str, ...]) -> None:
    files = {'Makefile': MAKEFILE, 'more.mk': 'more:\n\tdocker build api\n', 'api/Makefile': 'x:\n\tdocker build .\n'}
    walk = followed(f'make {target}', **files)
    assert built(walk) == expected
    assert walk.found[-1].made == made


def test_a_makefile_that_is_not_there_may_do_anything() -> None:
    assert tuple(followed('make image').made) == ANYTHING


@pytest.mark.parametrize(
    ('dockerfile', 'path', 'expected'),
    [
        ('Dockerfile', 'Dockerfile', True),
        ('Dockerfile', 'api/Dockerfile', False),
        (f'{MARK}/Dockerfile', 'api/Dockerfile', True),
        (f'{MARK}/Dockerfile', 'Dockerfile', True),
        (f'{MARK}/Dockerfile', 'api.Dockerfile', False),
        (f'a/{MARK}/Dockerfile', 'a/Dockerfile', True),
        (f'docker/{MARK}.Dockerfile', 'docker/api.Dockerfile', True),
        (f'docker/{MARK}.Dockerfile', 'docker/Dockerfile', False),
    ],
)
def test_which_dockerfiles_a_build_may_mean(dockerfile: str, path: str, expected: bool) -> None:
    assert Partly(dockerfile, ()).may_build(path) is expected


WORDS = st.sampled_from(
    [
        'docker',
        'build',
        '.',
        '-f',
        '$(X)',
        '${X',
        '"',
        "'",
        '&&',
        '\n',
        '\t',
        'a:',
        '=',
        '\\',
        'make',
        'cd',
        '..',
        'x',
        MARK,
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, max_size=30))
def test_no_text_makes_it_raise(words: list[str]) -> None:
    text = ' '.join(words)
    walk = followed(text, **{'Makefile': text, 'x.sh': text})
    run_script(walk, 'x.sh', text, ['a'], 0)
    loaded = make.load(walk.repository, 'Makefile', '', {}, {})
    for target in [*loaded.reader.rules.explicit]:
        make.run_goals(walk, loaded, (target,), 0)
    for found in walk.found:
        resolve(walk.repository, found, 1)


def test_functions_that_call_each_other_end() -> None:
    text = ''.join(f'f{at}() {{ f{at + 1}; f{at + 1}; f{at + 1}; }}\n' for at in range(30)) + 'f0\n'
    assert followed(text).steps < 10_000

"""Which folders fit a Dockerfile that nothing declares."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hooks.builds import subjects
from hooks.builds.inference import outline, read_firsts
from hooks.context import index
from hooks.context.tree import Context
from hooks.dockerfile import parser

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.conftest import MakeRepository

MODULE = 'module example.com/m\n\ngo 1.21\n'
COPIES = 'FROM golang:1.21\nWORKDIR /app\nCOPY go.mod go.sum ./\nCOPY . .\n'
SOME = 'FROM golang:1.21\nWORKDIR /app\nCOPY go.mod main.go ./\nCOPY cmd/x app.toml ./\nRUN go build .\n'
GOPATH = COPIES.replace('/app', '$GOPATH/src/example.org/client') + 'RUN go build -o /x *.go\n'
SEVERAL = 'FROM golang:1.21\nCOPY lib/core/go.mod lib/api/go.mod /src/\nCOPY lib /src\nRUN cd /src && go build .\n'
ALL = 'FROM golang:1.21\nWORKDIR /app\nCOPY . .\nRUN go build {}\n'

CONTEXTS: tuple[tuple[str, Mapping[str, str], str, tuple[str | None, ...]], ...] = (
    ('its own folder', {'a/Dockerfile': COPIES, 'a/go.mod': MODULE}, 'a/Dockerfile', ('a',)),
    (
        'every folder up to the top that has what it copies',
        {'a/Dockerfile': COPIES, 'a/go.mod': MODULE, 'go.mod': MODULE},
        'a/Dockerfile',
        ('a', ''),
    ),
    ('not where a source is missing', {'a/Dockerfile': COPIES, 'go.mod': MODULE}, 'a/Dockerfile', ('',)),
    (
        'with nothing literal, only where a module is',
        {'a/b/Dockerfile': ALL.format('.'), 'a/go.mod': MODULE},
        'a/b/Dockerfile',
        ('a',),
    ),
    (
        'only where the package is',
        {'a/Dockerfile': ALL.format('./cmd/x'), 'a/go.mod': MODULE, 'go.mod': MODULE, 'cmd/x/main.go': ''},
        'a/Dockerfile',
        ('',),
    ),
    (
        'none when several modules that it copies are nowhere: it is kept for another tree',
        {'keep/copy/Dockerfile': SEVERAL, 'lib/go.mod': MODULE, 'lib/main.go': ''},
        'keep/copy/Dockerfile',
        (None,),
    ),
    (
        'the top, when one module that it copies is nowhere',
        {'keep/copy/Dockerfile': SEVERAL, 'lib/core/go.mod': MODULE, 'lib/main.go': ''},
        'keep/copy/Dockerfile',
        ('',),
    ),
    (
        'the top, when it lies there',
        {'Dockerfile': SEVERAL, 'lib/go.mod': MODULE, 'lib/main.go': ''},
        'Dockerfile',
        ('',),
    ),
    (
        'none when it works in GOPATH as another module than the one above it',
        {'kept/client/Dockerfile': GOPATH, 'kept/client/main.go': '', 'go.mod': MODULE, 'go.sum': ''},
        'kept/client/Dockerfile',
        (None,),
    ),
    (
        'the module as which it works in GOPATH',
        {'cmd/x/Dockerfile': GOPATH, 'go.mod': 'module example.org/client\n', 'go.sum': ''},
        'cmd/x/Dockerfile',
        ('',),
    ),
    (
        'its own folder, whatever its module is called now',
        {'x/Dockerfile': GOPATH, 'x/go.mod': MODULE, 'x/go.sum': ''},
        'x/Dockerfile',
        ('x',),
    ),
    ('none', {'a/Dockerfile': COPIES, 'b/go.mod': MODULE}, 'a/Dockerfile', (None,)),
    (
        'none when another folder has everything and the top only most of it',
        {'build/Dockerfile': COPIES, 'go.mod': MODULE, 'services/a/go.mod': MODULE, 'services/a/go.sum': ''},
        'build/Dockerfile',
        (None,),
    ),
    (
        'the top, when no other folder has everything',
        {'build/Dockerfile': COPIES, 'go.mod': MODULE, 'services/a/go.mod': MODULE},
        'build/Dockerfile',
        ('',),
    ),
    (
        'the one that has the rest, where a source is nowhere',
        {'a/Dockerfile': SOME, 'go.mod': MODULE, 'a/go.mod': MODULE, 'main.go': '', 'cmd/x': ''},
        'a/Dockerfile',
        ('',),
    ),
    (
        'the one that has the rest, where git ignores a source',
        {
            'a/Dockerfile': SOME,
            'go.mod': MODULE,
            'main.go': '',
            'cmd/x': '',
            'b/app.toml': '',
            '.gitignore': '/*.toml\n',
        },
        'a/Dockerfile',
        ('',),
    ),
    (
        'none where the rest is less than what is missing',
        {
            'a/Dockerfile': 'FROM golang:1.21\nCOPY main.go x.toml y.toml /\nRUN go build .\n',
            'main.go': '',
            'b/go.mod': MODULE,
        },
        'a/Dockerfile',
        (None,),
    ),
    (
        'none where another folder has a source that is missing',
        {'a/Dockerfile': SOME, 'go.mod': MODULE, 'main.go': '', 'b/app.toml': '', 'b/main.go': ''},
        'a/Dockerfile',
        (None,),
    ),
    (
        'the one that has most, where no other has more than one',
        {'a/Dockerfile': SOME, 'go.mod': MODULE, 'main.go': '', 'cmd/x': '', 'b/app.toml': '', 'c/go.mod': MODULE},
        'a/Dockerfile',
        ('',),
    ),
    (
        'none where two have some',
        {'a/Dockerfile': SOME, 'go.mod': MODULE, 'main.go': '', 'cmd/x': '', 'a/go.mod': MODULE, 'a/app.toml': ''},
        'a/Dockerfile',
        (None,),
    ),
    (
        'the top of a Dockerfile at the top that lacks a source',
        {'Dockerfile': ALL.format('.') + 'COPY app.toml /etc/\n', 'go.mod': MODULE, 'conf/app.toml': ''},
        'Dockerfile',
        ('',),
    ),
    (
        'not the top where another folder has as much',
        {'Dockerfile': SOME, 'go.mod': MODULE, 'main.go': '', 'b/go.mod': MODULE, 'b/app.toml': ''},
        'Dockerfile',
        (None,),
    ),
    (
        'not the top that has nothing of it',
        {'Dockerfile': SOME, 'b/go.mod': MODULE},
        'Dockerfile',
        (None,),
    ),
)


def contexts(path: str) -> tuple[str | None, ...]:
    subject = next(iter(subjects.Builds(index.find()).touched_by([path])))
    return tuple(build.context.folder if isinstance(build.context, Context) else None for build in subject.builds)


@pytest.mark.parametrize(
    ('files', 'path', 'expected'), [case[1:] for case in CONTEXTS], ids=[case[0] for case in CONTEXTS]
)
def test_the_folders_that_fit(
    files: Mapping[str, str], path: str, expected: tuple[str | None, ...], repo: MakeRepository
) -> None:
    repo(files)
    assert contexts(path) == expected


TREE = dict.fromkeys(
    ('go.mod', 'a/go.mod', 'a/b/go.mod', 'a/b/cmd/x/main.go', 'cmd/x/main.go', 'a/main.go', 'b/go.mod', 'a/b/src/y'),
    MODULE,
)
STEPS = (
    'COPY go.mod ./',
    'COPY go.mod go.sum ./',
    'COPY . .',
    'COPY . /src',
    'COPY a ./a',
    'COPY cmd/* ./cmd/',
    'COPY go.* ./',
    'COPY b/go.mod ./b/',
    'COPY ${DIR}/go.mod ./',
    'ARG DIR=a',
    'ARG DIR',
    'ENV DIR=b',
    'WORKDIR /src',
    'WORKDIR cmd/x',
    'WORKDIR /src/a',
    'RUN cd a && go build .',
    'RUN go build ./cmd/x',
    'RUN go build .',
    'RUN cd a/b; go test ./...',
    'COPY --from=0 /src/a ./',
    'FROM golang:1.21 AS two',
    'COPY --from=two /app /app',
    'RUN --mount=type=bind,target=. go vet .',
    'ADD main.go /src/',
    'COPY ["go.mod", "/src/"]',
    'RUN if [ -d a ]; then cd a; fi && go build ./b',
    "COPY 'go.mod' .",
)


@settings(max_examples=400, deadline=None)
@given(steps=st.lists(st.sampled_from(STEPS), max_size=7))
@example(steps=['COPY a ./a', 'COPY cmd/* ./cmd/', 'ARG DIR=a', 'ADD main.go /src/', 'COPY ${DIR}/go.mod ./'])
def test_a_look_misses_no_folder_that_fits(steps: list[str]) -> None:
    text = '\n'.join(['FROM golang:1.21 AS one', 'WORKDIR /app', *steps]) + '\n'
    dockerfile = parser.parse(text)
    assert dockerfile is not None
    repository = index.Repository('/nowhere', '', (*TREE, 'a/b/Dockerfile'), git=False)
    builds = subjects.Builds(repository)
    subject = builds._inferred('a/b/Dockerfile', text, dockerfile)
    needs, firsts = outline(dockerfile), read_firsts(text)
    for build in subject.builds:
        if isinstance(build.context, Context):
            assert builds.inference.may_take(build.context.folder, firsts)
            assert needs is None or builds.inference.may_fit(build.context.folder, needs)


def test_a_text_that_names_nothing_of_a_folder_takes_nothing_from_it() -> None:
    paths = ('README.md', 'x/Dockerfile', 'x/go.mod', 'y/go.mod', 'y/lib/a.go')
    asked = subjects.Builds(index.Repository('/nowhere', '', paths, git=False)).inference
    for step, folders in (
        ('COPY go.mod ./', ['x', 'y']),
        ('COPY . .', ['x', 'y']),
        ('COPY x/go.mod ./', ['', 'x', 'y']),
        ('COPY ["./README.md", "/doc"]', ['', 'x', 'y']),
        ('COPY /READ*.?d ./', ['', 'x', 'y']),
        ('ADD ../README.md ./', ['', 'x', 'y']),
        ('RUN --mount=type=bind,source=x,target=/x true', ['', 'x', 'y']),
    ):
        assert [
            each for each in ('', 'x', 'y') if asked.may_take(each, read_firsts(f'FROM golang:1.21\n{step}\n'))
        ] == folders

"""The replay as a table: what its rows say, and how they are laid out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demo.services import GATEWAY, SEVEN, SHARED
from hooks.context import index
from hooks.context.tree import Context, Tree
from hooks.dockerfile import parser
from hooks.replay import replayer
from hooks.replay.build import Build, Declared
from hooks.report import explain, layout
from tests._memory import GO_MOD, HELLO, MAIN, Memory, app

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hooks.context.index import Repository
    from tests.conftest import MakeRepository

APP = {'go.mod': GO_MOD, 'go.sum': 'x', 'main.go': MAIN}
NO_MARKS: Mapping[int, Sequence[str]] = {}


def build(files: Mapping[str, str], path: str = 'Dockerfile', context: str | None = '', target: str = '') -> Build:
    repository = Memory(files)
    tree = Tree() if context is None else Context(repository, context)
    return Build(repository, path, tree, target)


def table(
    dockerfile: str, of: Build | None = None, marks: Mapping[int, Sequence[str]] = NO_MARKS, width: int = 80
) -> str:
    """A newline, and the table."""
    parsed = parser.parse(dockerfile)
    assert parsed
    return '\n' + explain.explain(of or build(APP), parsed, marks, width)


def rows(shown: str) -> list[str]:
    """The lines below the title and the header."""
    return shown.split('\n')[3:-1]


def texts(shown: str) -> list[str]:
    """The steps of the rows."""
    return [row[7:].split('  ')[0] for row in rows(shown)]


def test_the_seven_services() -> None:
    path = 'services/vms-service/Dockerfile'
    expected = """
services/vms-service/Dockerfile, built from services/vms-service
 line  step                                  in workdir  go.mod  go.sum  *.go
    1  FROM golang:1.21-alpine AS builder    /go         no      no      no
    2  WORKDIR /app                          /app        no      no      no
    3  COPY go.mod go.sum ./                 /app        yes     yes     no
       ← "/go.sum" not found; from here on as if it were there
    4  RUN go mod download                   /app        yes     yes     no
    5  COPY . .                              /app        yes     yes     yes
    6  RUN CGO_ENABLED=0 go build -o /svc .  /app        yes     yes     yes
    8  FROM alpine:3.19                      /           no      no      no
    9  COPY --from=builder /svc /svc         /           no      no      no
"""
    assert table(SEVEN.files[path], build(SEVEN.files, path, 'services/vms-service')) == expected


def test_the_cure_of_the_seven_services() -> None:
    path = 'services/vms-service/Dockerfile'
    expected = """
services/vms-service/Dockerfile, built from services/vms-service
 line  step                                  in workdir  go.mod  go.sum  *.go
    1  FROM golang:1.21-alpine AS builder    /go         no      no      no
    2  WORKDIR /app                          /app        no      no      no
    3  COPY go.mod ./                        /app        yes     no      no
    4  COPY go.sum* ./                       /app        yes     no      no
    5  COPY . .                              /app        yes     no      yes
    6  RUN go mod download && go mod tidy    /app        yes     yes     yes
    7  RUN CGO_ENABLED=0 go build -o /svc .  /app        yes     yes     yes
    9  FROM alpine:3.19                      /           no      no      no
   10  COPY --from=builder /svc /svc         /           no      no      no
"""
    assert table(SEVEN.cure[path], build(SEVEN.files, path, 'services/vms-service')) == expected


def test_the_gateway() -> None:
    path = 'app/gateway/Dockerfile'
    expected = """
app/gateway/Dockerfile, built from app/gateway
 line  step                                  in workdir  go.mod  go.sum  *.go
    1  FROM golang:1.21-alpine AS builder    /go         no      no      no
    2  WORKDIR /app                          /app        no      no      no
    3  COPY go.mod go.sum ./                 /app        yes     yes     no
       ← "/go.sum" not found; from here on as if it were there
    4  RUN go mod download                   /app        yes     yes     no
    5  COPY . .                              /app        yes     yes     yes
    6  RUN CGO_ENABLED=0 go build -o /svc .  /app        yes     yes     yes   ← fails
    8  FROM alpine:3.19                      /           no      no      no
    9  COPY --from=builder /svc /svc         /           no      no      no
"""
    assert table(GATEWAY.files[path], build(GATEWAY.files, path, 'app/gateway'), {6: ['fails']}, 90) == expected


def test_the_cure_of_the_gateway() -> None:
    path = 'app/gateway/Dockerfile'
    expected = """
app/gateway/Dockerfile, built from app/gateway
 line  step                                  in workdir  go.mod  go.sum  *.go
    1  FROM golang:1.21-alpine AS builder    /go         no      no      no
    2  WORKDIR /app                          /app        no      no      no
    3  COPY go.mod* go.sum* ./               /app        yes     no      no
    4  RUN go mod download || true           /app        yes     ?       no
    5  COPY . .                              /app        yes     ?       yes
"""
    shown = table(GATEWAY.cure[path], build(GATEWAY.files, path, 'app/gateway'))
    assert shown.startswith(expected)


def test_the_shared_dockerfile_without_the_stage_that_nothing_needs() -> None:
    path = 'infrastructure/docker/base-go.dockerfile'
    expected = """
infrastructure/docker/base-go.dockerfile, built from services/websocket-gateway
 line  step                                     in workdir  go.mod  go.sum  *.go
    1  FROM golang:1.21-alpine AS base          /go         no      no      no
    2  RUN apk add --no-cache git ca-certific…  /go         no      no      no
    3  WORKDIR /app                             /app        no      no      no
    4  COPY --chown=chorus:chorus go.mod go.s…  /app        yes     yes     no
    5  RUN go mod download && go mod verify     /app        yes     yes     no
   11  FROM base AS builder                     /app        yes     yes     no
   12  ENV CGO_ENABLED=0 GOOS=linux             /app        yes     yes     no
   14  COPY --chown=chorus:chorus . .           /app        yes     yes     yes
   16  RUN rm -f go.mod go.sum                  /app        no      no      yes
   18  COPY --from=base --chown=chorus:chorus…  /app        yes     yes     yes
   19  RUN go build -ldflags='-w -s -extldfla…  /app        yes     yes     yes
   21  FROM alpine:3.19 AS production           /           no      no      no
   22  COPY --from=builder /app/main /usr/loc…  /           no      no      no
"""
    assert table(SHARED.files[path], build(SHARED.files, path, 'services/websocket-gateway')) == expected


def test_a_mark_stands_behind_its_step_where_there_is_room() -> None:
    files = {'svc/go.mod': GO_MOD, 'svc/main.go': MAIN}
    of, marks = build(files, 'svc/Dockerfile', 'svc'), {4: ['missing go.sum entry', 'and a second thing']}
    expected = """
svc/Dockerfile, built from svc
 line  step                    in workdir  go.mod  go.sum  *.go
    1  FROM golang:1.21        /go         no      no      no
    2  WORKDIR /app            /app        no      no      no
    3  COPY go.mod main.go ./  /app        yes     no      yes
    4  RUN go build            /app        yes     no      yes   ← missing go.sum entry
                                                                 ← and a second thing
"""
    assert table(app('COPY go.mod main.go ./', 'RUN go build'), of, marks, 100) == expected


def test_a_mark_stands_below_its_step_where_there_is_no_room() -> None:
    marks = {3: ['one', 'a long word and another ' * 4], 4: ['w' * 80]}
    expected = """
Dockerfile, built from the top of the repository
 line  step                            in workdir  go.mod  go.sum  *.go
    1  FROM golang:1.21                /go         no      no      no
    2  WORKDIR /app                    /app        no      no      no
    3  COPY go.mod go.sum* main.go ./  /app        yes     yes     yes
       ← one
       ← a long word and another a long word and another a long word and another
         a long word and another
    4  RUN go build                    /app        yes     yes     yes
       ← wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww
"""
    assert table(app('COPY go.mod go.sum* main.go ./', 'RUN go build'), marks=marks) == expected


def test_a_mount_is_there_while_go_runs_and_gone_afterwards() -> None:
    mount = '--mount=type=cache,target=/root/.cache/go-build --mount=target=.'
    expected = """
Dockerfile, built from the top of the repository
 line  step                                     in workdir  go.mod  go.sum  *.go
    1  FROM golang:1.21                         /go         no      no      no
    2  WORKDIR /app                             /app        no      no      no
    3  RUN … go build -o /bin/app .             /app        yes     yes     yes
    4  RUN --mount=target=. true                /app        no      no      no
    5  RUN go vet                               /app        no      no      no
"""
    assert table(app(f'RUN {mount} go build -o /bin/app .', 'RUN --mount=target=. true', 'RUN go vet')) == expected


def test_what_a_command_writes_into_a_mount_is_there_to_the_end_of_its_step() -> None:
    files = {'go.mod': GO_MOD, 'main.go': MAIN}
    shown = table(app('RUN --mount=target=.,rw go mod tidy', 'RUN true'), build(files))
    assert [row.split()[-4:] for row in rows(shown)[2:]] == [['/app', 'yes', 'yes', 'yes'], ['/app', 'no', 'no', 'no']]


def test_what_nobody_knows() -> None:
    steps = ('ARG D', 'WORKDIR src', 'RUN cd sub && go vet', 'WORKDIR $D', 'WORKDIR /app', 'COPY . .')
    dockerfile = '\n'.join(('FROM example.com/go', *steps))
    expected = """
a/Dockerfile, built from a context that nobody knows
 line  step                  in workdir  go.mod  go.sum  *.go
    1  FROM example.com/go   ?           ?       ?       ?
    3  WORKDIR src           ?/src       ?       ?       ?
    4  RUN cd sub && go vet  ?/src/sub   ?       ?       ?
    5  WORKDIR $D            ?           ?       ?       ?
    6  WORKDIR /app          /app        ?       ?       ?
    7  COPY . .              /app        ?       ?       ?
"""
    assert table(dockerfile, build({}, 'a/Dockerfile', None)) == expected


def test_the_stages_of_a_target_that_a_file_declares() -> None:
    dockerfile = """FROM golang AS modules
COPY go.mod go.sum /m/
FROM golang AS Unused
COPY . /u
FROM modules AS Build
WORKDIR /m
COPY . .
RUN go build -o /x
FROM scratch AS final
COPY --from=build /m/main.go /main.go
FROM final
"""
    declared = (Declared('Dockerfile', '', 'final', (), (), 'compose.yml', 5),)
    expected = """
Dockerfile, built from the top of the repository, target final (declared by
  compose.yml:5)
 line  step                                   in workdir  go.mod  go.sum  *.go
    1  FROM golang AS modules                 /go         no      no      no
    2  COPY go.mod go.sum /m/                 /go         no      no      no
    5  FROM modules AS build                  /go         no      no      no
    6  WORKDIR /m                             /m          yes     yes     no
    7  COPY . .                               /m          yes     yes     yes
    8  RUN go build -o /x                     /m          yes     yes     yes
    9  FROM scratch AS final                  /           no      no      no
   10  COPY --from=build /m/main.go /main.go  /           no      no      yes
"""
    assert table(dockerfile, build(APP, target='final')._replace(declared=declared)) == expected


def test_a_workspace_and_a_vendor_folder_have_columns_of_their_own() -> None:
    steps = ('ENV GOWORK=off', 'RUN GOWORK= go build', 'ENV GOWORK=/x/go.work', 'ARG W', 'ENV GOWORK=$W')
    expected = """
Dockerfile, built from the top of the repository
 line  step                   in workdir  go.mod  go.sum  *.go  go.work  vendor
    1  FROM golang:1.21       /go         no      no      no    no       no
    2  WORKDIR /app           /app        no      no      no    no       no
    3  COPY . .               /app        yes     yes     yes   yes      yes
    4  ENV GOWORK=off         /app        yes     yes     yes   off      yes
    5  RUN GOWORK= go build   /app        yes     yes     yes   yes      yes
    6  ENV GOWORK=/x/go.work  /app        yes     yes     yes   no       yes
    8  ENV GOWORK=$W          /app        yes     yes     yes   ?        yes
"""
    assert table(app('COPY . .', *steps), build({**APP, 'go.work': '', 'vendor/modules.txt': ''})) == expected


def test_characters_that_are_wide_combine_or_cannot_be_printed() -> None:
    steps = (
        'WORKDIR /プロジェクト/é/e\u0301',
        f'RUN echo "{"漢字" * 15}"',
        'RUN echo a\tb \\',
        '  \x1b[31m \u202ec \udcff',
    )
    dockerfile = '\n'.join(('FROM golang', *steps, 'RUN echo e\u0301 \\', '   && go vet'))
    expected = """
é\\xff/Dockerfile, built from the top of the repository
 line  step                              in workdir         go.mod  go.sum  *.go
    1  FROM golang                       /go                no      no      no
    2  WORKDIR /プロジェクト/é/e\u0301         /プロジェクト/é/e\u0301  no      no      no
    3  RUN echo "漢字漢字漢字漢字漢字…   /プロジェクト/é/e\u0301  no      no      no
       ← 漢字 漢字
    4  RUN echo a b [31m c \\xff          /プロジェクト/é/e\u0301  no      no      no
    6  RUN echo e\u0301 && go vet              /プロジェクト/é/e\u0301  no      no      no
"""
    assert table(dockerfile, build(APP, 'é\udcff/Dockerfile'), {3: ['漢字\n漢字']}) == expected


def test_a_long_folder_keeps_its_end() -> None:
    workdirs = '/go/src/github.com/example/service/cmd', '/' + 'd' * 40
    dockerfile = f'FROM golang\nWORKDIR {workdirs[0]}\nRUN go -C /x build\nWORKDIR {workdirs[1]}\n'
    expected = """
Dockerfile, built from the top of the repository
 line  step                       in workdir                go.mod  go.sum  *.go
    1  FROM golang                /go                       no      no      no
    2  WORKDIR /go/src/github.c…  …/example/service/cmd     no      no      no
    3  RUN go -C /x build         /x                        no      no      no
    4  WORKDIR /ddddddddddddddd…  …ddddddddddddddddddddddd  no      no      no
"""
    assert table(dockerfile) == expected


def test_a_trigger_stands_below_the_from_that_sets_it_off() -> None:
    steps = ('WORKDIR /app', 'ONBUILD COPY go.mod ./', 'ONBUILD RUN go mod download')
    dockerfile = '\n'.join(('FROM golang AS a', *steps, 'FROM a', 'RUN go build'))
    expected = """
Dockerfile, built from the top of the repository
 line  step                 in workdir  go.mod  go.sum  *.go
    1  FROM golang AS a     /go         no      no      no
    2  WORKDIR /app         /app        no      no      no
    5  FROM a               /app        no      no      no
    5  COPY go.mod ./       /app        yes     no      no
    5  RUN go mod download  /app        yes     part    no    ← said of the last
    6  RUN go build         /app        yes     part    no
"""
    assert table(dockerfile, marks={5: ['said of the last']}) == expected


@pytest.mark.parametrize(
    ('dockerfile', 'reason'),
    [
        pytest.param(
            'FROM golang\nRUN go vet\n', '  none of its steps can be replayed', id='a target that is not there'
        ),
        pytest.param('FROM golang\n' * 101, '  none of its steps can be replayed', id='too many stages'),
    ],
)
def test_what_has_no_rows(dockerfile: str, reason: str) -> None:
    target = '' if dockerfile.count('FROM') > 1 else 'none'
    title = f'Dockerfile, built from the top of the repository{", target none" if target else ""}'
    assert table(dockerfile, build(APP, target=target)) == f'\n{title}\n{reason}\n'


def test_a_stage_without_steps() -> None:
    assert texts(table('ARG V=1\nFROM --platform=$BUILDPLATFORM golang:$V AS a\nFROM a\n')) == [
        'FROM golang:$V AS a',
        'FROM a',
    ]


@pytest.mark.parametrize(
    ('lines', 'shown'),
    [
        pytest.param(('ENV P=/x CGO_ENABLED=0 GOFLAGS="-x -v"',), ['ENV CGO_ENABLED=0 GOFLAGS="-x -v"'], id='of Go'),
        pytest.param(('ENV GOOS linux',), ['ENV GOOS=linux'], id='the old form of ENV'),
        pytest.param(('ENV PORT=80', 'ARG GOOS=x', 'LABEL a=b', 'CMD ["x"]', 'SHELL ["a"]'), [], id='none of Go'),
        pytest.param(('RUN a \\', '   b   && \\', '# c', '   d'), ['RUN a b && d'], id='a RUN of several lines'),
        pytest.param(('RUN <<EOF', '#!/bin/sh', 'set -e', '', ' a', 'b', 'EOF'), ['RUN <<EOF a'], id='a script'),
        pytest.param(('RUN <<EOF', 'a', 'go vet .', 'EOF'), ['RUN <<EOF go vet .'], id='a script with a go command'),
        pytest.param(('COPY <<EOF /x', 'a', 'EOF'), ['COPY <<EOF /x'], id='a file that stands in the Dockerfile'),
        pytest.param(('RUN ["go", "vet"]', 'ADD go.mod x'), ['RUN ["go", "vet"]', 'ADD go.mod x'], id='the exec form'),
        pytest.param(
            ('RUN apk add --no-cache ca-certificates git && go mod download && go mod verify',),
            ['RUN … go mod download && go mod verify'],
            id='the first go command, where it would be cut off',
        ),
        pytest.param(
            ('RUN go build -ldflags="-s -w" -o /usr/local/bin/service ./cmd/service',),
            ['RUN go build -ldflags="-s -w" -o /usr/…'],
            id='the start, where the go command is in it',
        ),
        pytest.param(
            ('RUN --mount=type=secret,id=token,target=/run/secrets/token make build',),
            ['RUN … make build'],
            id='what stands behind the flags',
        ),
    ],
)
def test_the_text_of_a_step(lines: tuple[str, ...], shown: list[str]) -> None:
    assert texts(table(app(*lines)))[2:] == shown


def test_a_step_with_a_mark_has_a_row_whatever_it_is() -> None:
    shown = rows(table(app('ENV PORT=80', 'EXPOSE 80', 'CMD ["a"]'), marks={3: ['one'], 5: ['two']}, width=100))
    assert [re.sub(' {2,}', '  ', row.strip()) for row in shown[2:]] == [
        '3  ENV PORT=80  /app  no  no  no  ← one',
        '5  CMD ["a"]  /app  no  no  no  ← two',
    ]


@pytest.mark.parametrize(
    ('steps', 'expected'),
    [
        pytest.param(('COPY go.mod ./', 'RUN go mod download'), 'yes part no', id='what download writes'),
        pytest.param(('COPY go.* ./', 'RUN rm go.mod'), 'no yes no', id='a go.sum without a go.mod'),
        pytest.param(('COPY . .', 'WORKDIR cmd/x'), 'yes yes yes', id='a go.mod in a parent, and its go.sum'),
        pytest.param(('COPY sub/go.mod sub/', 'COPY sub/main.go ./', 'WORKDIR sub'), 'yes no no', id='its Go files'),
        pytest.param(('COPY sub sub', 'RUN go vet'), 'no no no', id='those of no other module'),
        pytest.param(('COPY sub sub', 'RUN cd sub && go vet'), 'yes no yes', id='where the go command works'),
        pytest.param(('COPY go.mod ./', 'RUN go mod download || true'), 'yes ? no', id='a go.sum that may be there'),
        pytest.param(('RUN ./x', 'COPY . .'), 'yes yes yes', id='what is there, whatever else may be'),
        pytest.param(('COPY sub /s', 'RUN ./x', 'COPY go.mod ./'), 'yes no ?', id='what may be there'),
        pytest.param(('RUN ./x', 'COPY go.mod ./'), 'yes no no', id='what tools that are fetched do not bring'),
    ],
)
def test_what_the_image_holds(steps: tuple[str, ...], expected: str) -> None:
    files = {**APP, 'sub/go.mod': 'module s', 'sub/main.go': HELLO}
    assert rows(table(app(*steps), build(files)))[-1].split()[-3:] == expected.split()


@pytest.mark.parametrize(('name', 'expected'), [('x.go', 'yes'), ('x', '?')])
def test_a_tree_that_is_too_deep_to_walk(name: str, expected: str) -> None:
    files = {'go.mod': GO_MOD, 'd/' * 2000 + name: ''}
    assert rows(table(app('COPY . .'), build(files)))[-1].split()[-1] == expected


def test_many_steps_are_soon_explained() -> None:
    steps = [f'COPY f{at} /app/d{at}/' for at in range(300)]
    files = {**APP, **{f'f{at}': '' for at in range(300)}}
    shown = rows(table(app(*steps, 'COPY main.go d1/'), build(files)))
    assert [row.split()[-1] for row in shown[-2:]] == ['no', 'yes']


def test_a_source_that_is_not_there(repo: MakeRepository) -> None:
    ignored = {'.gitignore': 'bin/\n*.sum\n/app\n', 'bin/x': '', 'go.sum': '', 'app': ''}
    repo({'go.mod': GO_MOD, '.gitignore': ignored.pop('.gitignore')}, untracked=ignored)
    found: Repository = index.find()
    steps = ('COPY bin/x app /', 'COPY go.mod go.sum ./', 'COPY a* b/c* b /b/', 'RUN --mount=source=m go vet')
    shown = table(app(*steps), Build(found, 'Dockerfile', Context(found, '')))
    assert [row.strip() for row in rows(shown) if '←' in row] == [
        f'← "{path}" not found; from here on as if it were there' for path in ('/go.sum', '/b', '/m')
    ]


def test_a_mark_that_says_what_the_table_says_by_itself_stands_once() -> None:
    said = '"/go.sum" not found, and why'
    shown = rows(table(app('COPY go.sum ./'), build({}), {3: [said]}))
    assert shown[3:] == [f'       ← {said}; from here on as if it were there']


def test_the_trace_is_the_replay() -> None:
    dockerfile = parser.parse(SHARED.files['infrastructure/docker/base-go.dockerfile'])
    assert dockerfile
    of = build(SHARED.files, context='services/workflow-engine')
    steps = explain.trace(of, dockerfile)
    lines = [2, 3, 4, 5, 12, 14, 16, 18, 19, 22]
    assert [after.step.line for after in steps if after.step.name not in ('FROM', 'ENTRYPOINT')] == lines
    told = [(moment.step, moment.call) for after in steps for moment in after.moments]
    replayed = [(each.step, each.call) for each in replayer.replay(of, dockerfile) if not each.end]
    assert len(told) == len(replayed) > 5
    assert [step for step, _ in told] == [step for step, _ in replayed]


@pytest.mark.parametrize(
    ('text', 'expected'),
    [
        pytest.param('abc', 3, id='ASCII'),
        pytest.param('é…←', 3, id='narrow'),
        pytest.param('漢字', 4, id='wide'),
        pytest.param('ＡＢ', 4, id='full width'),
        pytest.param('ｱ', 1, id='half width'),
        pytest.param('e\u0301', 1, id='combining'),
        pytest.param('🚀', 2, id='emoji'),
    ],
)
def test_the_columns_of_a_text(text: str, expected: int) -> None:
    assert layout.columns(text) == expected


@pytest.mark.parametrize(('variable', 'expected'), [('', 80), ('60', 80), ('132', 132), ('wide', 80)])
def test_the_width(monkeypatch: pytest.MonkeyPatch, variable: str, expected: int) -> None:
    monkeypatch.setenv('COLUMNS', variable)
    assert explain.width() == expected


# Words of which some are wide, combine, or cannot be printed.
WORDS = st.text(st.sampled_from('ab/.漢ｱ字é\u0301\u200d\udcff\t🚀-_'), min_size=1, max_size=30).filter(str.strip)
STEPS = st.one_of(
    st.builds('WORKDIR /{}'.format, WORDS),
    st.builds('RUN {} {}'.format, WORDS, WORDS),
    st.builds('RUN cd {} && go mod tidy'.format, WORDS),
    st.builds('COPY --chown={} {} {}'.format, WORDS, WORDS, WORDS),
    st.builds('ENV GOFLAGS={}'.format, WORDS),
    st.sampled_from(['COPY . .', 'COPY go.mod go.sum ./', 'FROM alpine', 'RUN go build ./...']),
)


def cells(line: str) -> list[str]:
    """A line, column by column: a wide character takes two, one that combines belongs to the one before."""
    found: list[str] = []
    for char in line:
        if layout.columns(char):
            found += [char, ''][: layout.columns(char)]
        else:
            found[-1] += char
    return found


@settings(deadline=None)
@given(st.lists(STEPS, max_size=12), st.lists(WORDS, max_size=8), st.integers(60, 150), st.booleans())
def test_no_line_is_too_long_and_the_columns_line_up(
    lines: list[str], words: list[str], width: int, work: bool
) -> None:
    files = {**APP, 'go.work': '', 'vendor/a/a.go': ''} if work else APP
    parsed = parser.parse('\n'.join(('FROM golang', *lines)))
    if parsed is None:
        return
    marks = {line: [' '.join(words)] for line in range(2, len(lines)) if words}
    _, header, *others = explain.explain(build(files), parsed, marks, width).split('\n')[:-1]
    assert all(layout.columns(line) <= max(width, 80) for line in (header, *others))
    starts = [match.start() for match in re.finditer(r'\S+(?: \S+)*', header)][1:]
    for row in (cells(line) for line in others if re.match(r' {0,4}\d+  \S', line)):
        assert all(row[at - 2 : at] == [' ', ' '] and row[at] != ' ' for at in starts)

"""What a go command lacks in the image: each rule's findings, and what looks like them and passes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests._memory import app
from tests._tidy import BARE, HELLO, MAIN, MOD, SUM, TREE, said

if TYPE_CHECKING:
    from collections.abc import Mapping

BUILD = 'RUN go build .'
COPY_ALL = 'COPY . .'


def both(module: str) -> str:
    """Both lines of a module."""
    return f'{module} h1:x=\n{module}/go.mod h1:x=\n'


def tree(without: str = '', plus: Mapping[str, str] | None = None) -> dict[str, str]:
    """The module, less some files, with others."""
    kept = {path: text for path, text in TREE.items() if path not in without.split()}
    return {**kept, **(plus or {})}


def steps(go: str, *lines: str) -> str:
    """A Dockerfile of `golang:GO`, whose steps begin at line 3, in /app."""
    return app(*lines).replace('1.21', go, 1)


def lines(found: list[str]) -> list[int]:
    return [int(each.partition(':')[0]) for each in found]


# go.mod

COPY_IT = ', since no step before copies go.mod there: copy it first, as `COPY go.mod go.sum* ./` does'


@pytest.mark.parametrize(
    ('dockerfile', 'files', 'expected'),
    [
        pytest.param(
            ('COPY main.go ./', BUILD),
            TREE,
            [f'4: go.mod file not found at `go build` in /app{COPY_IT}'],
            id='it is not copied',
        ),
        pytest.param(
            ('RUN go mod download',),
            TREE,
            [f'3: no modules specified at `go mod download` in /app{COPY_IT}'],
            id='a download has words of its own',
        ),
        pytest.param(
            ('COPY . src/', BUILD),
            TREE,
            ['4: go.mod file not found at `go build` in /app, since the module lies in /app/src: run it in /app/src'],
            id='it lies below',
        ),
        pytest.param(
            ('COPY . a/b/c/', BUILD),
            TREE,
            [
                '4: go.mod file not found at `go build` in /app, since the module lies in /app/a/b/c: '
                'run it in /app/a/b/c'
            ],
            id='it lies far below',
        ),
        pytest.param(
            (COPY_ALL, BUILD),
            tree('', {'.dockerignore': '*.md\ngo.*\n'}),
            [
                '4: go.mod file not found at `go build` in /app, since .dockerignore:2 (`go.*`) hides it: '
                'add `!go.mod` at the end of .dockerignore'
            ],
            id='an ignore file hides it',
        ),
        pytest.param(
            ('COPY svc/main.go ./', BUILD),
            {f'svc/{path}': text for path, text in TREE.items()},
            ['4: go.mod file not found at `go build` in /app: copy svc/go.mod there first, or run it where that is'],
            id='it is in another folder of the context',
        ),
        pytest.param(
            ('COPY main.go ./', BUILD),
            {'main.go': HELLO},
            [
                '4: go.mod file not found at `go build` in /app, since the repository has none: '
                'run `go mod init` and commit go.mod'
            ],
            id='there is none',
        ),
        pytest.param(
            'FROM golang:1.21\nWORKDIR /\nRUN go build .\n',
            TREE,
            [f'3: go.mod file not found at `go build` in /{COPY_IT}'],
            id='in the root',
        ),
        pytest.param(
            ('RUN go install example.com/tool',),
            TREE,
            [
                "3: 'go install' requires a version when current directory is not in a module, as in /app: "
                'write `go install example.com/tool@latest`'
            ],
            id='a tool without a version',
        ),
        pytest.param(
            ('RUN go install example.com/app/cmd/x',),
            {**TREE, 'cmd/x/x.go': HELLO},
            ["3: go.mod file not found at `go install` in /app: run it where that module's go.mod is"],
            id='a program of the module itself',
        ),
        pytest.param(
            ('COPY api/x.go ./', BUILD),
            {'api/go.mod': BARE, 'api/x.go': HELLO, 'lib/go.mod': BARE, 'lib/lib.go': 'package lib\n'},
            ['4: go.mod file not found at `go build` in /app: copy api/go.mod there first, or run it where that is'],
            id='it is one of several of the context',
        ),
        pytest.param(
            steps('1.22', 'RUN go generate ./...'),
            TREE,
            [f'3: go.mod file not found at `go generate` in /app{COPY_IT}'],
            id='a generate of all, from Go 1.22 on',
        ),
        pytest.param(
            ('RUN go get -u example.com/tool@v1.2.3',),
            TREE,
            [
                "3: go.mod file not found at `go get` in /app, and 'go get' is no longer supported outside a module: "
                'write `go install example.com/tool@v1.2.3`, if that is a program, or run `go mod init` first'
            ],
            id='what may be a tool, by go get',
        ),
        pytest.param(
            ('RUN go get github.com/cosmtrek/air',),
            TREE,
            [
                "3: go.mod file not found at `go get` in /app, and 'go get' is no longer supported outside a module: "
                'write `go install github.com/air-verse/air@latest`'
            ],
            id='a tool that has moved, by go get',
        ),
        pytest.param(
            steps('1.17', 'RUN go get example.com/tool', 'RUN go install ./...'),
            TREE,
            [f'4: go.mod file not found at `go install` in /app{COPY_IT}'],
            id='which Go 1.17 still did',
        ),
        pytest.param(
            (COPY_ALL, 'RUN go build -o /bin/ ./api/cmd'),
            {'api/go.mod': BARE, 'api/cmd/x.go': HELLO, 'lib/go.mod': BARE, 'lib/lib.go': 'package lib\n'},
            ['4: go.mod file not found at `go build` in /app, since the module lies in /app/api: run it in /app/api'],
            id='several lie below, and the command names one',
        ),
        pytest.param(
            (COPY_ALL, 'RUN go test ./...'),
            {'api/go.mod': BARE, 'api/x.go': HELLO, 'lib/go.mod': BARE, 'lib/lib.go': 'package lib\n'},
            ['4: go.mod file not found at `go test` in /app, since the module lies in a folder below: run it there'],
            id='several lie below',
        ),
        pytest.param(
            ('COPY go.work ./', 'COPY lib lib', 'RUN go mod tidy'),
            {'go.work': 'go 1.21\nuse ./lib\n', 'lib/go.mod': BARE, 'lib/x.go': HELLO},
            [
                '5: go.mod file not found at `go mod tidy` in /app, since the module lies in /app/lib: '
                'run it in /app/lib'
            ],
            id='a tidy where only a workspace is',
        ),
    ],
)
def test_no_go_mod(dockerfile: str | tuple[str, ...], files: Mapping[str, str], expected: list[str]) -> None:
    assert said(dockerfile, files) == expected


@pytest.mark.parametrize(
    ('files', 'expected'),
    [
        pytest.param(
            {'go.mod': BARE, 'cmd/web/main.go': HELLO},
            ', since its go.mod lies at the top of the repository, outside the build context cmd/web: '
            'make the top of the repository the context, and copy go.mod with the source',
            id='the top',
        ),
        pytest.param(
            {'cmd/go.mod': BARE, 'cmd/web/main.go': HELLO},
            ', since its go.mod lies in cmd, outside the build context cmd/web: '
            'make cmd the context, and copy go.mod with the source',
            id='a folder between',
        ),
        pytest.param(
            {'lib/go.mod': BARE, 'cmd/web/main.go': HELLO, 'cmd/web/gen/go.mod': BARE, '.dockerignore': 'gen\n'},
            ' (taken as built from cmd/web): run `go mod init` in cmd/web and commit go.mod',
            id='no module at all',
        ),
    ],
)
def test_the_source_that_is_copied_tells_its_module(files: dict[str, str], expected: str) -> None:
    found = said(('COPY main.go ./', BUILD), files, context='cmd/web')
    assert found == [f'4: go.mod file not found at `go build` in /app{expected}']


def test_a_go_mod_that_was_removed() -> None:
    assert lines(said((COPY_ALL, 'RUN rm go.mod && go build .'))) == [4]


@pytest.mark.parametrize(
    'dockerfile',
    [
        pytest.param((COPY_ALL, BUILD, 'RUN go test ./... && go vet ./...'), id='it is there'),
        pytest.param((COPY_ALL, 'RUN mkdir -p cmd/x && cd cmd/x && go mod download'), id='above'),
        pytest.param(('COPY . svc/', 'RUN go -C svc build . && cd svc && go build .'), id='where the command goes'),
        pytest.param(('RUN go mod init example.com/app && go build ./...',), id='made by go mod init'),
        pytest.param(('RUN go install example.com/tool@latest && go run example.com/tool@v1.2.3',), id='a version'),
        pytest.param(('RUN go install cmd/gofmt && go build std && go vet fmt',), id='the standard library'),
        pytest.param(('RUN go env && go version && go clean && go help build && go work init',), id='needs none'),
        pytest.param(('RUN go mod download example.com/dep@v1.0.0',), id='a download of a version'),
        pytest.param(('RUN go build . || true', 'RUN go build . || echo failed'), id='it may fail'),
        pytest.param(('RUN if [ -n "$X" ]; then go build .; fi',), id='it may not run'),
        pytest.param(('RUN go build .; echo done',), id='another command decides'),
        pytest.param(('RUN bring', BUILD), id='a program may have brought it'),
        pytest.param(('RUN npm run sources', BUILD), id='npm may have'),
        pytest.param(('RUN git clone https://example.com/app .', BUILD), id='git may have'),
        pytest.param(('RUN curl https://example.com/app.tar.gz | tar -xz', BUILD), id='an archive may have'),
        pytest.param(('ADD https://example.com/app.tar.gz .', 'ADD app.tar.gz .', BUILD), id='an ADD may have'),
        pytest.param(('COPY --from=example.com/source / .', BUILD), id='another image may have'),
        pytest.param(('ARG D', 'WORKDIR $D', BUILD), id='a folder that nobody knows'),
        pytest.param(('RUN cd "$(go env GOPATH)" && go build .',), id='nor the folder of a cd'),
        pytest.param(
            (
                'ARG P',
                'RUN go build $P',
            ),
            id='nor a package',
        ),
        pytest.param(('ENV GO111MODULE=off', BUILD), id='GOPATH mode'),
        pytest.param(('ENV GO111MODULE=auto', BUILD), id='GOPATH mode where no go.mod is'),
        pytest.param(('ARG M', 'ENV GO111MODULE=$M', BUILD), id='a mode that nobody knows'),
        pytest.param(steps('1.15', BUILD), id='Go before 1.16'),
        pytest.param('ARG GO\nFROM golang:${GO}\nRUN go build .\n', id='a Go that nobody knows'),
        pytest.param('FROM golang@sha256:' + 'a' * 64 + '\nRUN go build .\n', id='a digest'),
        pytest.param('FROM example.com/team/builder\nRUN go build .\n', id='an image that nobody knows'),
        pytest.param('FROM alpine\nRUN apk add go && go build .\n', id="a distribution's Go"),
        pytest.param('FROM golang:1.21 AS a\nRUN go build .\nFROM alpine\n', id='a stage that nothing needs'),
        pytest.param(('RUN --mount=type=bind,target=. go build -o /bin/app .',), id='the context is mounted'),
        pytest.param(('CMD ["go", "build", "."]', 'HEALTHCHECK CMD go build .'), id='no RUN'),
    ],
)
def test_no_finding_of_a_go_mod(dockerfile: str | tuple[str, ...]) -> None:
    assert said(dockerfile) == []


def test_no_go_mod_of_a_context_that_nobody_knows() -> None:
    assert said(('COPY src .', BUILD), context=None) == []
    expected = ['3: go.mod file not found at `go build` in /app: copy go.mod there first']
    assert said((BUILD, 'COPY src .'), context=None) == expected


def test_a_go_mod_behind_a_link_may_be_there() -> None:
    assert said((COPY_ALL, BUILD), {'main.go': MAIN}, opaque=['go.mod']) == []
    assert said((COPY_ALL, 'RUN cd src && go build .'), {'main.go': MAIN}, opaque=['src']) == []


def test_a_missing_go_mod_is_told_once_for_a_folder() -> None:
    assert lines(said((BUILD, 'RUN go vet ./...', 'RUN mkdir x && cd x && go build .'))) == [3, 5]


def test_each_tool_without_a_version_is_told_once() -> None:
    tools = ('RUN go install example.com/a && go install example.com/b', 'RUN go install example.com/a')
    assert lines(said(tools)) == [3, 3]


GOPATH = 'since a go.mod lies in GOPATH (/go): copy it into a folder of its own, as behind `WORKDIR /app`'
TEMP = (
    'since go ignores a go.mod in the system temp root /tmp: copy it into a folder of its own, as behind `WORKDIR /app`'
)


@pytest.mark.parametrize(
    ('dockerfile', 'expected'),
    [
        pytest.param(
            'FROM golang:1.21\nCOPY . .\nRUN go build .\nRUN go test ./...\n',
            [f'3: $GOPATH/go.mod exists but should not at `go build`, {GOPATH}'],
            id='no WORKDIR, up to Go 1.21',
        ),
        pytest.param(
            'FROM golang:1.21\nCOPY . .\nWORKDIR src/app\nCOPY . .\nRUN go build .\n',
            [f'5: $GOPATH/go.mod exists but should not at `go build`, {GOPATH}'],
            id='also below, where there is another',
        ),
        pytest.param(
            'FROM golang:1.22\nCOPY . .\nRUN go build .\nRUN go mod verify\n',
            [f'4: go.mod file not found at `go mod verify`, {GOPATH}'],
            id='later only where a command must have one',
        ),
        pytest.param(
            'FROM golang:1.22\nCOPY . .\nRUN go mod download && go build . && go get ./...\n', [], id='and not others'
        ),
        pytest.param('FROM golang:1.21\nWORKDIR /go/src/app\nCOPY . .\nRUN go build .\n', [], id='below GOPATH'),
        pytest.param('FROM golang:1.21\nENV GOPATH=/x:/go\nCOPY . .\nRUN go build .\n', [], id='second in GOPATH'),
        pytest.param('FROM golang:1.21\nARG P\nENV GOPATH=$P\nCOPY . .\nRUN go build .\n', [], id='nobody knows it'),
        pytest.param(
            'FROM golang:1.21\nENV GOPATH=/app\nWORKDIR /app\nCOPY . .\nRUN go vet .\n',
            [f'5: $GOPATH/go.mod exists but should not at `go vet`, {GOPATH}'.replace('(/go)', '(/app)')],
            id='GOPATH is the WORKDIR',
        ),
        pytest.param('FROM golang:1.15\nCOPY . .\nRUN go build .\n', [], id='Go before 1.16'),
        pytest.param(
            'FROM golang:1.21\nWORKDIR /tmp\nCOPY . .\nRUN go build .\nRUN go test .\n',
            [f'4: go.mod file not found at `go build`, {TEMP}'],
            id='in /tmp',
        ),
        pytest.param(
            'FROM golang:1.21\nWORKDIR /tmp\nCOPY . .\nRUN mkdir x && cd x && go mod download\n',
            [f'4: go.mod file not found at `go mod download`, {TEMP}'],
            id='below it',
        ),
        pytest.param('FROM golang:1.21\nWORKDIR /tmp/app\nCOPY . .\nRUN go build .\n', [], id='a folder in /tmp'),
        pytest.param('FROM golang:1.21\nWORKDIR /tmp\nCOPY . .\nRUN go install a.b/c@v1\n', [], id='a version'),
        pytest.param('FROM golang:1.21\nENV TMPDIR=/x\nWORKDIR /tmp\nCOPY . .\nRUN go build .\n', [], id='TMPDIR'),
        pytest.param(
            'FROM golang:1.21\nENV TMPDIR=/app\nWORKDIR /app\nCOPY . .\nRUN go build .\n',
            [f'5: go.mod file not found at `go build`, {TEMP}'.replace('root /tmp', 'root /app')],
            id='TMPDIR is the WORKDIR',
        ),
        pytest.param('FROM golang:1.21\nWORKDIR /tmp\nCOPY . .\nRUN go build . || true\n', [], id='it may fail'),
    ],
)
def test_a_go_mod_where_go_does_not_want_it(dockerfile: str, expected: list[str]) -> None:
    assert said(dockerfile) == expected


# Workspaces

WORK = tree(
    '',
    {
        'go.work': 'go 1.21\n\nuse (\n\t.\n\t./lib\n)\n',
        'lib/go.mod': 'module example.com/lib\n\ngo 1.21\n',
        'lib/lib.go': 'package lib\n',
    },
)
MEMBERS = 'COPY go.work go.mod go.sum main.go ./'
OFF = ', or set `GOWORK=off`'


@pytest.mark.parametrize(
    ('dockerfile', 'plus', 'expected'),
    [
        pytest.param(
            (MEMBERS, BUILD, 'RUN go test ./...'),
            {},
            [
                '4: cannot load module ./lib listed in go.work at `go build`, since no step before copies it: '
                f'copy lib first{OFF}'
            ],
            id='it is not copied, which is told once',
        ),
        pytest.param(
            (MEMBERS, 'RUN GOWORK=off cd . && go build .'),
            {},
            [
                '4: cannot load module ./lib listed in go.work at `go build`, since `GOWORK=off` before `cd` does not '
                'reach `go build`, and no step before copies it: write `cd … && GOWORK=off go build …`'
            ],
            id='what is set for another command does not help',
        ),
        pytest.param(
            (MEMBERS, 'RUN go mod download', 'COPY . .', BUILD),
            {},
            [
                '4: cannot load module ./lib listed in go.work at `go mod download`, since no step before copies it: '
                f'copy lib/go.mod first{OFF}'
            ],
            id='of which a download needs go.mod alone',
        ),
        pytest.param(
            (MEMBERS, 'COPY lib/lib.go lib/', BUILD),
            {},
            [
                '5: cannot load module ./lib listed in go.work at `go build`, since no step before copies it: '
                f'copy lib first{OFF}'
            ],
            id='it has no go.mod',
        ),
        pytest.param(
            (MEMBERS, BUILD),
            {'go.work': 'go 1.21\nuse .\nuse ./lib\nuse ./b\nuse ./a\n', 'b/go.mod': BARE, 'a/go.mod': BARE},
            [
                '4: cannot load modules ./lib, ./b and ./a listed in go.work at `go build`, '
                f'since no step before copies them: copy lib, b and a first{OFF}'
            ],
            id='three for one reason',
        ),
        pytest.param(
            (MEMBERS, BUILD),
            {
                'go.work': 'go 1.21\nuse (\n\t.\n\t./lib\n\t./b\n\t./c\n\t../d\n)\n',
                'b/go.mod': BARE,
                '.dockerignore': 'b\n',
            },
            [
                '4: cannot load module ./lib listed in go.work at `go build`, since no step before copies it: '
                f'copy lib first{OFF}',
                '4: cannot load module ./b listed in go.work at `go build`, since .dockerignore:1 (`b`) hides it: '
                f'add `!b/**` at the end of .dockerignore{OFF}',
                '4: cannot load module ./c listed in go.work at `go build`, since there is no c/go.mod in git: '
                f'correct the path, or commit it{OFF}',
                '4: cannot load module ../d listed in go.work at `go build`, since it lies outside the repository: '
                f'require a version, or commit ../d and copy it{OFF}',
            ],
            id='four for four reasons',
        ),
        pytest.param(
            (MEMBERS, 'COPY lib /lib', BUILD),
            {},
            [
                '5: cannot load module ./lib listed in go.work at `go build`, since line 4 copies it to /lib: '
                f'copy it to /app/lib/{OFF}'
            ],
            id='copied elsewhere',
        ),
        pytest.param(
            ('COPY go.work /ws/', 'COPY go.mod go.sum main.go ./', 'ENV GOWORK=/ws/go.work', BUILD),
            {'go.work': 'go 1.21\nuse ./lib\n'},
            [
                '6: cannot load module ./lib listed in go.work at `go build`, since no step before copies it: '
                f'copy lib first{OFF}'
            ],
            id='GOWORK names a file elsewhere',
        ),
        pytest.param(
            steps('1.18', MEMBERS, BUILD),
            {},
            [
                '4: cannot load module ./lib listed in go.work at `go build`, since no step before copies it: '
                f'copy lib first{OFF}'
            ],
            id='the first Go with workspaces',
        ),
    ],
)
def test_a_workspace_member_that_is_not_there(
    dockerfile: str | tuple[str, ...], plus: Mapping[str, str], expected: list[str]
) -> None:
    assert said(dockerfile, {**WORK, **plus}) == expected


@pytest.mark.parametrize(
    ('go', 'command', 'found'),
    [
        pytest.param('1.24', 'get ./...', False, id='a get'),
        pytest.param('1.25', 'get ./...', True, id='a get, from Go 1.25 on'),
        pytest.param('1.19', 'generate', False, id='a generate'),
        pytest.param('1.21', 'generate', True, id='a generate, from Go 1.21 on'),
        pytest.param('1.17', 'build .', False, id='a build before workspaces'),
        pytest.param('1.18', 'build .', True, id='a build'),
    ],
)
def test_from_which_go_on_a_command_loads_the_workspace(go: str, command: str, found: bool) -> None:
    assert bool(said(steps(go, MEMBERS, f'RUN go {command}'), WORK)) is found


def test_a_workspace_is_vendored_as_a_whole() -> None:
    says = "'go mod vendor' cannot be run in workspace mode: run `go work vendor`, or set `GOWORK=off`"
    for copied in (COPY_ALL, MEMBERS):
        assert said(steps('1.22', copied, 'RUN go mod vendor'), WORK) == [f'4: {says}']
    assert said(steps('1.21', COPY_ALL, 'RUN go mod vendor'), WORK) == []
    assert said(steps('1.22', COPY_ALL, 'RUN GOWORK=off go mod vendor'), WORK) == []


def test_a_member_that_was_removed() -> None:
    assert lines(said((COPY_ALL, 'RUN rm -r lib && go build .'), WORK)) == [4]


@pytest.mark.parametrize(
    'command',
    'install .; run .; run main.go; test ./...; vet ./...; list ./...; list -m all; list -m; mod verify; mod graph; '
    'mod why x; mod download x@v1; generate ./...; work sync'.split('; '),
)
def test_commands_that_load_the_workspace(command: str) -> None:
    assert lines(said((MEMBERS, f'RUN go {command}'), WORK)) == [4]


@pytest.mark.parametrize(
    'dockerfile',
    [
        pytest.param((COPY_ALL, BUILD), id='it is there'),
        pytest.param((MEMBERS, 'COPY lib/go.mod lib/', 'RUN go mod download'), id='its go.mod is'),
        pytest.param((MEMBERS, 'RUN --mount=type=bind,source=lib,target=lib go build .'), id='it is mounted'),
        pytest.param((MEMBERS, 'RUN go mod tidy'), id='a tidy'),
        pytest.param((MEMBERS, 'RUN go mod edit -go=1.21 && go fmt ./... && go clean && go env'), id='needs none'),
        pytest.param((MEMBERS, 'RUN go get ./...'), id='a get, up to Go 1.24'),
        pytest.param((MEMBERS, 'RUN go install example.com/tool@v1.2.3'), id='a tool of a version'),
        pytest.param((MEMBERS, 'ENV GOWORK=off', BUILD), id='ENV GOWORK=off'),
        pytest.param((MEMBERS, 'RUN GOWORK=off go build .'), id='GOWORK=off'),
        pytest.param((MEMBERS, 'RUN export GOWORK=off && go build .'), id='export GOWORK=off'),
        pytest.param((MEMBERS, 'ARG W', 'ENV GOWORK=$W', BUILD), id='a GOWORK that nobody knows'),
        pytest.param((MEMBERS, 'RUN rm go.work && go build .'), id='go.work was removed'),
        pytest.param((MEMBERS, 'RUN rm go.work && go work init . && go build .'), id='and made again'),
        pytest.param((MEMBERS, 'RUN go work edit -dropuse=./lib && go build .'), id='go.work was edited'),
        pytest.param((MEMBERS, 'RUN go work use -r . && go build .'), id='go work use dropped it'),
        pytest.param((MEMBERS, 'RUN sed -i /lib/d go.work && go build .'), id='sed did'),
        pytest.param((MEMBERS, 'RUN bring && go build .'), id='a program may have brought it'),
        pytest.param((MEMBERS, 'RUN go build . || true'), id='it may fail'),
        pytest.param(steps('1.17', MEMBERS, BUILD), id='Go without workspaces'),
        pytest.param(steps('1.19', MEMBERS, 'RUN go generate ./...'), id='go generate, up to Go 1.20'),
        pytest.param('FROM example.com/builder\nWORKDIR /app\n' + MEMBERS + '\nRUN go build .\n', id='an unknown Go'),
    ],
)
def test_no_finding_of_a_workspace_member(dockerfile: str | tuple[str, ...]) -> None:
    assert said(dockerfile, WORK) == []


def test_a_member_behind_a_link_or_in_a_submodule_may_be_there() -> None:
    files = {path: text for path, text in WORK.items() if not path.startswith('lib/')}
    assert said((COPY_ALL, BUILD), files, opaque=['lib']) == []


@pytest.mark.parametrize(
    ('context', 'lib', 'cure'),
    [
        pytest.param(
            'svc', 'lib', 'make the top of the repository the context, and copy lib too', id='beside the context'
        ),
        pytest.param('a/svc', 'a/lib', 'make a the context, and copy a/lib too', id='deeper'),
    ],
)
def test_a_member_outside_the_context(context: str, lib: str, cure: str) -> None:
    files = {
        f'{context}/go.work': 'go 1.21\nuse .\nuse ../lib\n',
        f'{context}/go.mod': BARE,
        f'{context}/main.go': HELLO,
        f'{lib}/go.mod': BARE,
    }
    says = f'since it lies outside the build context {context}: {cure}{OFF}'
    expected = [f'4: cannot load module ../lib listed in go.work at `go build`, {says}']
    assert said((COPY_ALL, BUILD), files, context=context) == expected


@pytest.mark.parametrize('text', ['', 'use (', '\udcff\0', 'use\nuse\n', 'go 1.21\nuse "\n'])
def test_a_go_work_of_anything(text: str) -> None:
    said((MEMBERS, BUILD), {**WORK, 'go.work': text})


# Replacements

MOVED = 'there is no lib/go.mod in git, and that module is'
REPLACED = tree(
    '',
    {
        'go.mod': MOD + '\nreplace example.com/dep => ./dep\n',
        'dep/go.mod': 'module example.com/dep\n\ngo 1.21\n',
        'dep/dep.go': 'package dep\n',
    },
)
MODULES = 'COPY go.mod go.sum ./'
SOURCE = 'COPY go.mod go.sum main.go ./'
DOWNLOAD = 'RUN go mod download'
LACKS_MOD = (
    '4: reading dep/go.mod: no such file or directory at `go mod download`, since no step before copies it: '
    'copy dep/go.mod first'
)
LACKS_DEP = 'replacement directory ./dep does not exist at `go {}`, since no step before copies it: copy dep first'


@pytest.mark.parametrize(
    ('dockerfile', 'mod', 'plus', 'expected'),
    [
        pytest.param(
            (MODULES, DOWNLOAD, 'RUN go mod verify', 'COPY main.go ./', BUILD),
            '',
            {},
            [LACKS_MOD],
            id='a download, and whatever follows',
        ),
        pytest.param((SOURCE, BUILD), '', {}, [f'4: {LACKS_DEP.format("build")}'], id='a build that imports it'),
        pytest.param(
            (SOURCE, 'COPY dep/go.mod dep/', BUILD),
            '',
            {},
            [
                '5: no required module provides package example.com/dep at `go build`, since no step before copies '
                'dep: copy dep first'
            ],
            id='its go.mod alone',
        ),
        pytest.param(
            (SOURCE, DOWNLOAD),
            'replace example.com/leaf => /libs/leaf\n',
            {},
            [
                LACKS_MOD,
                '4: reading /libs/leaf/go.mod: no such file or directory at `go mod download`: '
                'copy /libs/leaf there first',
            ],
            id='a folder of the image',
        ),
        pytest.param(
            (SOURCE, 'COPY go.work ./', BUILD),
            '',
            {'go.work': 'go 1.21\nuse .\n'},
            [f'5: {LACKS_DEP.format("build")}'],
            id='in a workspace, of which it is no member',
        ),
        pytest.param(
            (SOURCE, DOWNLOAD),
            'replace example.com/leaf => ./leaf\n',
            {'leaf/go.mod': BARE},
            [
                '4: reading dep/go.mod and leaf/go.mod: no such file or directory at `go mod download`, '
                'since no step before copies them: copy dep/go.mod and leaf/go.mod first'
            ],
            id='two for one reason',
        ),
        pytest.param(
            (SOURCE, 'COPY dep /src/dep', BUILD),
            '',
            {},
            [
                '5: replacement directory ./dep does not exist at `go build`, since line 4 copies it to /src/dep: '
                'copy it to /app/dep/'
            ],
            id='copied elsewhere',
        ),
        pytest.param(
            (SOURCE, DOWNLOAD),
            'replace example.com/leaf => ../leaf\n',
            {},
            [
                LACKS_MOD,
                '4: reading ../leaf/go.mod: no such file or directory at `go mod download`, '
                'since it lies outside the repository: require a version, or commit ../leaf and copy it',
            ],
            id='two for two',
        ),
        pytest.param(
            (COPY_ALL, DOWNLOAD),
            '',
            {'.dockerignore': 'docs\ndep\n'},
            [
                '4: reading dep/go.mod: no such file or directory at `go mod download`, '
                'since .dockerignore:2 (`dep`) hides it: add `!dep/**` at the end of .dockerignore'
            ],
            id='an ignore file hides it',
        ),
        pytest.param(
            (SOURCE, DOWNLOAD),
            'replace example.com/leaf => ./leaf\n',
            {'leaf/leaf.go': 'package leaf\n'},
            [
                LACKS_MOD,
                '4: reading leaf/go.mod: no such file or directory at `go mod download`, '
                'since there is no leaf/go.mod in git: correct the path, or commit it',
            ],
            id='a folder without go.mod',
        ),
        pytest.param(
            (SOURCE, DOWNLOAD),
            'replace example.com/leaf => ./lib/leaf\n',
            {'libs/leaf/go.mod': 'module example.com/leaf\n', 'vendor/leaf/go.mod': 'module example.com/leaf\n'},
            [
                LACKS_MOD,
                '4: reading lib/leaf/go.mod: no such file or directory at `go mod download`, since there is no '
                'lib/leaf/go.mod in git, and that module is in libs/leaf: write `./libs/leaf` in go.mod:11',
            ],
            id='a folder that is called otherwise',
        ),
        pytest.param(
            (SOURCE, DOWNLOAD),
            'replace example.com/leaf => ./leaf\n',
            {'a/go.mod': 'module example.com/leaf\n', 'b/go.mod': 'module example.com/leaf\n'},
            [
                LACKS_MOD,
                '4: reading leaf/go.mod: no such file or directory at `go mod download`, '
                'since there is no leaf/go.mod in git: correct the path, or commit it',
            ],
            id='two of that module',
        ),
        pytest.param(
            (SOURCE, 'COPY sub sub', 'RUN go build .', 'RUN go mod tidy'),
            '',
            {'main.go': HELLO, 'sub/sub.go': 'package sub\n\nimport _ "example.com/dep"\n'},
            [f'6: {LACKS_DEP.format("mod tidy")}'],
            id='a tidy looks at all packages',
        ),
        pytest.param(
            (SOURCE, 'COPY main_test.go ./', 'RUN go build .', 'RUN go test .'),
            '',
            {'main.go': HELLO, 'main_test.go': MAIN},
            [f'6: {LACKS_DEP.format("test")}'],
            id='a test imports it',
        ),
        pytest.param(
            (SOURCE, 'COPY go.work ./', 'RUN go mod tidy'),
            '',
            {'go.work': 'go 1.21\nuse .\n'},
            [f'5: {LACKS_DEP.format("mod tidy")}'],
            id='a tidy looks at no workspace',
        ),
    ],
)
def test_a_replacement_that_is_not_there(
    dockerfile: tuple[str, ...], mod: str, plus: Mapping[str, str], expected: list[str]
) -> None:
    assert said(dockerfile, {**REPLACED, 'go.mod': REPLACED['go.mod'] + mod, **plus}) == expected


VENDORED_DEP = {
    'vendor/modules.txt': '# example.com/dep v1.0.0 => ./dep\n## explicit\nexample.com/dep\n'
    '# example.com/leaf v1.0.0\n## explicit\n# example.com/dep => ./dep\n',
    'vendor/example.com/dep/dep.go': 'package dep\n',
}


@pytest.mark.parametrize(
    ('dockerfile', 'plus'),
    [
        pytest.param((COPY_ALL, DOWNLOAD, BUILD), {}, id='it is there'),
        pytest.param((MODULES, 'COPY dep/go.mod dep/', DOWNLOAD, COPY_ALL, BUILD), {}, id='its go.mod is'),
        pytest.param((SOURCE, BUILD), {'main.go': HELLO}, id='nothing imports it'),
        pytest.param((SOURCE, 'RUN go list ./... && go list -m'), {}, id='a list of packages'),
        pytest.param((SOURCE, 'RUN go mod download example.com/leaf@v1.0.0'), {}, id='a download of a version'),
        pytest.param((SOURCE, 'RUN go install example.com/tool@v1.2.3 && go mod edit -go=1.21'), {}, id='needs none'),
        pytest.param(
            (SOURCE, 'RUN go mod download && go build .'),
            {'go.mod': MOD + 'replace example.com/dep v0.9.0 => ./dep\n'},
            id='a version that is not required',
        ),
        pytest.param(
            (SOURCE, 'RUN go mod download && go build .'),
            {'go.mod': MOD + 'replace example.com/other => ./dep\n'},
            id='a module that is not required',
        ),
        pytest.param((COPY_ALL, 'RUN rm -r dep && go build .'), VENDORED_DEP, id='it is vendored'),
        pytest.param((MODULES, 'RUN go mod edit -dropreplace=example.com/dep && go mod download'), {}, id='dropped'),
        pytest.param((MODULES, 'RUN go mod download || true'), {}, id='it may fail'),
        pytest.param((MODULES, 'RUN bring && go mod download'), {}, id='a program may have brought it'),
        pytest.param((MODULES, 'COPY --from=example.com/libs / .', DOWNLOAD), {}, id='an image may'),
        pytest.param((SOURCE, 'RUN --mount=type=bind,source=dep,target=dep go build .'), {}, id='it is mounted'),
        pytest.param((SOURCE, 'RUN go build -modfile=other.mod .'), {}, id='-modfile names another go.mod'),
        pytest.param((SOURCE, 'ENV GOFLAGS=-modfile=x.mod', DOWNLOAD), {}, id='GOFLAGS does'),
        pytest.param(
            (SOURCE, 'COPY go.work ./', 'COPY other other', BUILD),
            {
                'go.work': 'go 1.21\nuse (\n\t.\n\t./other\n)\n',
                'other/go.mod': 'module example.com/dep\n',
                'other/dep.go': 'package dep\n',
            },
            id='a member of the workspace is that module',
        ),
    ],
)
def test_no_finding_of_a_replacement(dockerfile: tuple[str, ...], plus: Mapping[str, str]) -> None:
    assert [each for each in said(dockerfile, {**REPLACED, **plus}) if 'replacement' in each or 'reading' in each] == []


def test_without_pruning_every_command_reads_every_replacement() -> None:
    files = {**REPLACED, 'go.mod': REPLACED['go.mod'].replace('1.21', '1.16'), 'main.go': HELLO}
    for command in ('build .', 'vet .', 'list ./...', 'generate ./...', 'fmt ./...', 'mod why x', 'mod tidy'):
        assert lines(said((SOURCE, f'RUN go {command}'), files)) == [4]


def test_a_replacement_in_a_submodule_may_be_there() -> None:
    files = {path: text for path, text in REPLACED.items() if not path.startswith('dep/')}
    assert said((COPY_ALL, DOWNLOAD, BUILD), files, opaque=['dep']) == []


@pytest.mark.parametrize(
    ('written', 'folder', 'copied'),
    [pytest.param('../dep', 'dep', 'dep to /dep/', id='beside'), pytest.param('..', '', 'it too', id='above')],
)
def test_a_replacement_outside_the_context(written: str, folder: str, copied: str) -> None:
    files = {f'svc/{path}': text for path, text in REPLACED.items() if not path.startswith('dep/')}
    files['svc/go.mod'] = files['svc/go.mod'].replace('./dep', written)
    lost = f'reading {written}/go.mod: no such file or directory'
    expected = [
        f'4: {lost} at `go mod download`, since it lies outside the build '
        f'context svc: make the top of the repository the context, and copy {copied}'
    ]
    assert said((MODULES, DOWNLOAD), {**files, f'{folder}/go.mod'.lstrip('/'): ''}, context='svc') == expected


# vendor/

MODULES_TXT = (
    '# example.com/dep v1.0.0\n## explicit; go 1.21\nexample.com/dep\n'
    '# example.com/leaf v1.0.0\n## explicit; go 1.21\nexample.com/leaf\n'
)
VENDORED = tree('', {'vendor/modules.txt': MODULES_TXT, 'vendor/example.com/dep/dep.go': 'package dep\n'})
STALE = {**VENDORED, 'vendor/modules.txt': MODULES_TXT.replace('dep v1.0.0', 'dep v0.9.0')}
MARKED = 'is explicitly required in go.mod, but not marked as explicit in vendor/modules.txt'
LACKS_VENDOR = 'inconsistent vendoring at `go build`, for lack of vendor/modules.txt in the image'
AGAIN = 'run `go mod vendor` and commit vendor'
VENDOR = 'RUN go build -mod=vendor .'


@pytest.mark.parametrize(
    ('dockerfile', 'files', 'expected'),
    [
        pytest.param(
            (COPY_ALL, VENDOR),
            {**VENDORED, '.dockerignore': '# deps\nvendor\n'},
            f'4: {LACKS_VENDOR}, since .dockerignore:2 (`vendor`) hides it: '
            'add `!vendor/**` at the end of .dockerignore',
            id='an ignore file hides it',
        ),
        pytest.param(
            (SOURCE, VENDOR),
            VENDORED,
            f'4: {LACKS_VENDOR}, since no step before copies vendor: copy it first',
            id='it is not copied',
        ),
        pytest.param(
            (SOURCE, 'COPY vendor/example.com vendor/example.com', BUILD),
            VENDORED,
            f'5: {LACKS_VENDOR}, since no step before copies vendor: copy it first',
            id='its packages alone are',
        ),
        pytest.param(
            (COPY_ALL, 'ENV GOFLAGS=-mod=vendor', BUILD), TREE, f'5: {LACKS_VENDOR}: {AGAIN}', id='there is none'
        ),
        pytest.param(
            (COPY_ALL, 'RUN cd svc && go build -mod=vendor ./...'),
            {f'svc/{path}': text for path, text in TREE.items()},
            f'4: {LACKS_VENDOR}: {AGAIN.replace("vendor` and", "vendor` in svc and")}',
            id='in another folder',
        ),
    ],
)
def test_vendoring_that_is_not_there(dockerfile: tuple[str, ...], files: Mapping[str, str], expected: str) -> None:
    assert said(dockerfile, files) == [expected]


def test_vendoring_that_disagrees_is_told_once() -> None:
    (found,) = said((COPY_ALL, BUILD, 'RUN go test ./...', 'RUN go clean'), STALE)
    assert found.startswith(f'4: inconsistent vendoring at `go build`, since example.com/dep@v1.0.0: {MARKED}')
    assert found.endswith(f': {AGAIN}')


def test_vendoring_that_disagrees_in_two_lines() -> None:
    expected = f'since example.com/dep@v1.0.0: {MARKED} (and 1 more): {AGAIN}'
    found = said((COPY_ALL, BUILD), {**VENDORED, 'vendor/modules.txt': ''})
    assert found == [f'4: inconsistent vendoring at `go build`, {expected}']


@pytest.mark.parametrize('command', ['install .', 'run .', 'test ./...', 'vet .', 'list ./...', 'fmt ./...', 'clean'])
def test_commands_that_look_at_vendor(command: str) -> None:
    assert lines(said((COPY_ALL, f'RUN go {command}'), STALE)) == [4]


@pytest.mark.parametrize(
    ('dockerfile', 'files'),
    [
        pytest.param((COPY_ALL, BUILD, VENDOR), VENDORED, id='it agrees'),
        pytest.param((COPY_ALL, BUILD), {**VENDORED, '.dockerignore': 'vendor\n'}, id='without it there are modules'),
        pytest.param((COPY_ALL, 'RUN go build -mod=mod .'), STALE, id='-mod=mod'),
        pytest.param((COPY_ALL, 'RUN go build -mod=readonly .'), STALE, id='-mod=readonly'),
        pytest.param((COPY_ALL, 'RUN go mod download && go mod verify && go mod tidy && go env'), STALE, id='no look'),
        pytest.param((COPY_ALL, 'RUN go install example.com/tool@v1.2.3'), STALE, id='a tool of a version'),
        pytest.param((COPY_ALL, 'RUN go clean -modcache && go clean -cache'), STALE, id='a clean of a cache'),
        pytest.param((COPY_ALL, 'RUN go build -modfile=other.mod .'), STALE, id='-modfile names another go.mod'),
        pytest.param((COPY_ALL, BUILD), {**STALE, 'go.mod': MOD.replace('1.21', '1.13')}, id='Go 1.13'),
        pytest.param((COPY_ALL, 'RUN go mod vendor', BUILD), STALE, id='go mod vendor in the image'),
        pytest.param((COPY_ALL, 'RUN go mod vendor', VENDOR), TREE, id='where there was none'),
        pytest.param((COPY_ALL, 'RUN go mod tidy', BUILD), STALE, id='a tidy, which changes go.mod'),
        pytest.param((COPY_ALL, 'RUN go get example.com/dep@v0.9.0', BUILD), STALE, id='a get, which does'),
        pytest.param((COPY_ALL, 'RUN go mod edit -droprequire=x.y/z', BUILD), STALE, id='an edit, which does'),
        pytest.param((COPY_ALL, 'RUN sed -i s/1/1/ vendor/modules.txt', BUILD), STALE, id='modules.txt was edited'),
        pytest.param((COPY_ALL, 'RUN bring', BUILD), STALE, id='a program may have mended it'),
        pytest.param((COPY_ALL, BUILD), {**STALE, 'go.work': 'go 1.21\nuse .\n'}, id='a workspace'),
        pytest.param((COPY_ALL, VENDOR), {'go.mod': BARE, 'main.go': HELLO}, id='a module without requirements'),
        pytest.param((COPY_ALL, 'RUN go build . || true'), STALE, id='it may fail'),
        pytest.param((COPY_ALL, 'ARG F', 'ENV GOFLAGS=$F', BUILD), STALE, id='GOFLAGS that nobody knows'),
    ],
)
def test_no_finding_of_vendoring(dockerfile: tuple[str, ...], files: Mapping[str, str]) -> None:
    assert said(dockerfile, files) == []


# go.sum

TIDY = 'run `go mod tidy` and commit go.sum'
PACKAGE = 'missing go.sum entry for module providing package example.com/dep at'
NONE = f'since there is no go.sum and no step before writes one: {TIDY}'
NO_LINE = f'since go.sum has no h1: line of example.com/dep v1.0.0: {TIDY}'
NESTED = BARE + 'require (\n\texample.com/a v1.0.0\n\texample.com/a/b v1.0.0\n)\n'
FORK = MOD + '\nreplace example.com/dep => example.com/fork v1.2.0\n'
UNPRUNED = MOD.replace('1.21', '1.16')


def short(old: str = '', new: str = '', plus: Mapping[str, str] | None = None) -> dict[str, str]:
    """The module with another text in go.sum; without arguments an empty one."""
    return {**TREE, 'go.sum': SUM.replace(old, new) if old else '', **(plus or {})}


def importing(path: str) -> str:
    return f'package main\n\nimport _ "{path}"\n\nfunc main() {{}}\n'


@pytest.mark.parametrize(
    ('dockerfile', 'plus', 'expected'),
    [
        pytest.param((COPY_ALL, BUILD, 'RUN go test .'), {}, f'4: {PACKAGE} `go build`, {NONE}', id='told once'),
        pytest.param((COPY_ALL, 'RUN go mod vendor'), {}, f'4: {PACKAGE} `go mod vendor`, {NONE}', id='vendor'),
        pytest.param(
            (COPY_ALL, 'RUN go list -m all'), {}, f'4: missing go.sum entry at `go list`, {NONE}', id='a list of all'
        ),
        pytest.param(
            steps('1.23', COPY_ALL, 'RUN go mod tidy -diff'),
            {},
            f'4: go.sum is not tidy at `go mod tidy -diff`, {NONE}',
            id='a tidy that only looks',
        ),
        pytest.param(
            (COPY_ALL, 'RUN rm go.sum', BUILD),
            {'go.sum': SUM},
            f'5: {PACKAGE} `go build`, since a step before removes go.sum: leave it there',
            id='it was removed',
        ),
        pytest.param((COPY_ALL, 'RUN touch go.sum', BUILD), {}, f'5: {PACKAGE} `go build`, {NONE}', id='an empty one'),
        pytest.param((COPY_ALL, DOWNLOAD, BUILD), {}, f'5: {PACKAGE} `go build`, {NONE}', id="a download's"),
        pytest.param(
            ('RUN --mount=type=bind,target=. go build -o /bin/app .',),
            {},
            f'3: {PACKAGE} `go build`, {NONE}',
            id='in a mount',
        ),
        pytest.param(
            (COPY_ALL, 'RUN GOWORK=off go build .'),
            {'go.work': 'go 1.21\nuse .\n'},
            f'4: {PACKAGE} `go build`, {NONE}',
            id='the workspace is off',
        ),
        pytest.param(
            'FROM golang:1.21 AS a\nWORKDIR /app\nCOPY . .\nFROM a\nRUN go build .\n',
            {},
            f'5: {PACKAGE} `go build`, {NONE}',
            id='in a stage on a stage',
        ),
        pytest.param(
            (COPY_ALL, BUILD),
            {'go.mod': NESTED, 'main.go': importing('example.com/a/b/c')},
            f'4: {PACKAGE} `go build`, {NONE}'.replace('com/dep', 'com/a/b/c'),
            id='a package of a nested module',
        ),
    ],
)
def test_no_go_sum(dockerfile: str | tuple[str, ...], plus: Mapping[str, str], expected: str) -> None:
    assert said(dockerfile, tree('go.sum', plus)) == [expected]


@pytest.mark.parametrize('go', ['go 1.16\n', ''])
def test_without_pruning_go_sum_is_needed_though_nothing_is_imported(go: str) -> None:
    files = tree('go.sum', {'go.mod': MOD.replace('go 1.21\n', go), 'main.go': HELLO})
    assert said((COPY_ALL, BUILD), files) == [f'4: missing go.sum entry at `go build`, {NONE}']


def test_no_go_sum_in_a_folder() -> None:
    files = {f'svc/{path}': text for path, text in tree('go.sum').items()}
    expected = [f'4: {PACKAGE} `go build`, {NONE.replace("tidy` and", "tidy` in svc and")}']
    assert said((COPY_ALL, 'RUN cd svc && go build .'), files) == expected


def test_no_go_sum_in_two_modules_is_told_of_each() -> None:
    files = {f'{folder}/{path}': text for path, text in tree('go.sum').items() for folder in 'ab'}
    assert lines(said((COPY_ALL, 'RUN cd a && go build .', 'RUN cd b && go build .'), files)) == [4, 5]


@pytest.mark.parametrize(
    ('files', 'package', 'lacks'),
    [
        pytest.param(short(), 'dep', 'dep v1.0.0', id='an empty go.sum'),
        pytest.param(short('dep v1.0.0 ', 'dep v1.0.1 '), 'dep', 'dep v1.0.0', id='another version'),
        pytest.param(short('dep v1.0.0 ', 'x v1.0.0 '), 'dep', 'dep v1.0.0', id="the go.mod's line alone"),
        pytest.param(
            {**TREE, 'go.sum': '\ufeff' + SUM}, 'dep', 'dep v1.0.0', id='a byte order mark is of the first path'
        ),
        pytest.param(short('h1:', 'h2:'), 'dep', 'dep v1.0.0', id='other hashes'),
        pytest.param({**TREE, 'go.mod': FORK}, 'dep', 'fork v1.2.0', id='the fork that replaces it'),
        pytest.param(
            {**TREE, 'go.mod': MOD.replace('dep v1.0.0', 'dep v1.1.0')}, 'dep', 'dep v1.1.0', id='go.mod was raised'
        ),
        pytest.param(
            {'go.mod': NESTED, 'main.go': importing('example.com/a/b/c'), 'go.sum': 'example.com/a/b v1.0.0 h1:x=\n'},
            'a/b/c',
            'a v1.0.0',
            id='the module above a nested one, which could have it too',
        ),
        pytest.param(
            {'go.mod': NESTED, 'main.go': importing('example.com/a/b/c'), 'go.sum': 'example.com/a v1.0.0 h1:x=\n'},
            'a/b/c',
            'a/b v1.0.0',
            id='the nested one',
        ),
        pytest.param(
            short('/dep', '/x', {'go.mod': UNPRUNED}), 'dep', 'dep v1.0.0', id='no version at all, without pruning'
        ),
        pytest.param(
            short('', '', {'main.go': 'package main\n\nimport _ "example.com/leaf/x"\nimport _ "example.com/dep/y"\n'}),
            'dep/y',
            'dep v1.0.0',
            id='the first of several',
        ),
    ],
)
def test_a_go_sum_that_lacks_a_line(files: Mapping[str, str], package: str, lacks: str) -> None:
    fact = f'4: missing go.sum entry for module providing package example.com/{package} at `go build`'
    expected = [f'{fact}, since go.sum has no h1: line of example.com/{lacks}: {TIDY}']
    assert said((COPY_ALL, BUILD, 'RUN go vet .'), files) == expected


@pytest.mark.parametrize('command', ['install .', 'run .', 'test .', 'vet ./...', 'mod vendor'])
def test_commands_that_read_go_sum(command: str) -> None:
    assert lines(said((COPY_ALL, f'RUN go {command}'), short())) == [4]
    assert lines(said((COPY_ALL, f'RUN go {command}'), tree('go.sum'))) == [4]


@pytest.mark.parametrize(
    ('dockerfile', 'files'),
    [
        pytest.param((COPY_ALL, BUILD), TREE, id='all is there'),
        pytest.param((COPY_ALL, BUILD), short('\n', '\r\n'), id='CRLF'),
        pytest.param((COPY_ALL, BUILD), short('\n', '\n\n'), id='empty lines'),
        pytest.param((COPY_ALL, BUILD), short('', '', {'main.go': HELLO}), id='nothing is imported'),
        pytest.param((COPY_ALL, BUILD), tree('go.sum', {'main.go': HELLO}), id='nothing is imported, no go.sum'),
        pytest.param((COPY_ALL, BUILD), {'go.mod': BARE, 'main.go': HELLO}, id='no requirements'),
        pytest.param((COPY_ALL, BUILD), short('/leaf v1.0.0 ', '/x v1.0.0 '), id='what a dependency imports'),
        pytest.param((COPY_ALL, 'RUN go mod tidy && go build .'), tree('go.sum'), id='a tidy writes it'),
        pytest.param((COPY_ALL, 'RUN go get ./...', BUILD), tree('go.sum'), id='a get does'),
        pytest.param((COPY_ALL, 'RUN go mod download all', BUILD), tree('go.sum'), id='a download of all does'),
        pytest.param((COPY_ALL, 'RUN go build -mod=mod .'), tree('go.sum'), id='-mod=mod does'),
        pytest.param((COPY_ALL, 'ENV GOFLAGS=-mod=mod', BUILD), tree('go.sum'), id='GOFLAGS=-mod=mod does'),
        pytest.param((COPY_ALL, 'ARG F', 'ENV GOFLAGS=$F', BUILD), tree('go.sum'), id='GOFLAGS may'),
        pytest.param((COPY_ALL, 'RUN go mod tidy', BUILD), short(), id='a tidy completes it'),
        pytest.param((COPY_ALL, 'RUN go get ./...', BUILD), short(), id='a get completes it'),
        pytest.param((COPY_ALL, 'RUN go mod download example.com/dep@v1.0.0', BUILD), short(), id='a download of it'),
        pytest.param((COPY_ALL, 'RUN echo x >> go.sum', BUILD), short(), id='a line was added'),
        pytest.param((COPY_ALL, 'COPY --from=example.com/x /go.sum ./', BUILD), short(), id="another image's"),
        pytest.param((COPY_ALL, 'RUN bring', BUILD), tree('go.sum'), id='a program may have written it'),
        pytest.param((COPY_ALL, 'RUN npm run deps', BUILD), tree('go.sum'), id='npm may have'),
        pytest.param(
            (COPY_ALL, 'RUN go mod edit -droprequire=example.com/dep', BUILD), short(), id='go.mod was edited'
        ),
        pytest.param((COPY_ALL, 'RUN go build -modfile=other.mod .'), short(), id='-modfile has its own'),
        pytest.param((COPY_ALL, 'RUN go build . || true'), short(), id='it may fail'),
        pytest.param((COPY_ALL, 'RUN go mod download && go mod verify && go mod graph'), short(), id='no package'),
        pytest.param((COPY_ALL, 'RUN go list ./... && go generate ./... && go fmt ./...'), short(), id='nor a list'),
        pytest.param((COPY_ALL, BUILD), {**VENDORED, 'go.sum': ''}, id='vendored'),
        pytest.param((COPY_ALL, BUILD), tree('go.sum', {'go.work': 'go 1.21\nuse .\n'}), id='a workspace'),
        pytest.param((COPY_ALL, BUILD), short('', '', {'go.work': 'go 1.21\nuse .\n'}), id='a workspace, and a line'),
        pytest.param((COPY_ALL, 'RUN go build ./cmd/...'), short('', '', {'cmd/x/x.go': HELLO}), id='another package'),
        pytest.param(
            (COPY_ALL, BUILD), {**TREE, 'go.mod': FORK, 'go.sum': both('example.com/fork v1.2.0')}, id='the fork has'
        ),
        pytest.param(
            (COPY_ALL, BUILD), short('', '', {'go.mod': MOD + 'exclude example.com/dep v1.0.0\n'}), id='excluded'
        ),
        pytest.param(
            (COPY_ALL, BUILD), short('v1.0.0', 'v1.1.0', {'go.mod': UNPRUNED}), id='another version, without pruning'
        ),
        pytest.param(
            (COPY_ALL, BUILD),
            {'go.mod': NESTED, 'main.go': importing('example.com/a/x'), 'go.sum': both('example.com/a v1.0.0')},
            id='a nested module that cannot have it',
        ),
        pytest.param(
            (COPY_ALL, BUILD),
            {
                'go.mod': BARE + 'require example.com/dep v1.0.0\n\nreplace example.com/dep => ./dep\n',
                'main.go': MAIN,
                'dep/go.mod': 'module example.com/dep\n',
                'dep/dep.go': 'package dep\n',
            },
            id='replaced by a folder',
        ),
        pytest.param(steps('1.15', COPY_ALL, BUILD), tree('go.sum'), id='Go before 1.16'),
        pytest.param(
            'FROM example.com/builder\nWORKDIR /app\nCOPY . .\nRUN go build .\n', tree('go.sum'), id='an unknown Go'
        ),
        pytest.param('FROM alpine\nWORKDIR /app\nCOPY . .\nRUN go build .\n', tree('go.sum'), id="a distribution's"),
    ],
)
def test_no_finding_of_a_go_sum(dockerfile: str | tuple[str, ...], files: Mapping[str, str]) -> None:
    assert said(dockerfile, files) == []


@pytest.mark.parametrize(
    ('dockerfile', 'files'),
    [
        pytest.param(('COPY go.mod main.go ./', BUILD), TREE, id='it is not copied'),
        pytest.param((COPY_ALL, BUILD), tree('', {'.dockerignore': 'go.sum\n'}), id='an ignore file hides it'),
        pytest.param((COPY_ALL, 'COPY go.sum ./', BUILD), tree('go.sum'), id='a COPY that fails brings it'),
    ],
)
def test_a_go_sum_that_exists_is_another_hooks(dockerfile: tuple[str, ...], files: Mapping[str, str]) -> None:
    assert said(dockerfile, files) == []


@pytest.mark.parametrize('text', ['\udcff\0', 'module', 'module (\n', '(((', 'go 1\ngo 2\n', 'require x\n' * 3])
@pytest.mark.parametrize('name', ['go.mod', 'go.sum', 'dep/go.mod', 'vendor/modules.txt', 'main.go'])
def test_a_module_of_anything(name: str, text: str) -> None:
    files = {**REPLACED, name: text}
    said((MODULES, DOWNLOAD, COPY_ALL, 'RUN go mod tidy && go mod vendor', BUILD, 'RUN go test ./...'), files)


# Packages

OWN = tree('', {'main.go': importing('example.com/app/pkg'), 'pkg/pkg.go': 'package pkg\n'})
LATER = (
    'cannot find module providing package example.com/app/pkg at `go mod tidy`, since no step before copies pkg: '
    'run it after the whole source is copied'
)
TIDIES = 'RUN go mod tidy'


@pytest.mark.parametrize(
    ('dockerfile', 'plus', 'line'),
    [
        pytest.param((SOURCE, TIDIES, TIDIES), {}, 4, id='it is copied later, which is told once'),
        pytest.param((SOURCE, 'RUN go mod tidy && go mod vendor'), {}, 4, id='and before a vendor, too'),
        pytest.param(
            (SOURCE, 'COPY pkg/x.txt pkg/', TIDIES),
            {'pkg/x.txt': ''},
            5,
            id='its folder has no Go file',
        ),
        pytest.param(
            (SOURCE, 'COPY main_test.go ./', TIDIES),
            {'main.go': HELLO, 'main_test.go': OWN['main.go']},
            5,
            id='a test imports it',
        ),
        pytest.param(
            (SOURCE, 'COPY x_windows.go ./', TIDIES),
            {'main.go': HELLO, 'x_windows.go': OWN['main.go']},
            5,
            id='a file of another system imports it',
        ),
    ],
)
def test_a_tidy_before_a_package_of_the_module(dockerfile: tuple[str, ...], plus: Mapping[str, str], line: int) -> None:
    assert said(dockerfile, {**OWN, **plus}) == [f'{line}: {LATER}']


@pytest.mark.parametrize(
    ('dockerfile', 'files'),
    [
        pytest.param((COPY_ALL, TIDIES), OWN, id='it is there'),
        pytest.param((SOURCE, 'RUN go mod tidy -e'), OWN, id='a tidy that goes on'),
        pytest.param((SOURCE, 'RUN go mod tidy || true'), OWN, id='it may fail'),
        pytest.param((SOURCE, 'RUN go mod download && go list ./...'), OWN, id='other commands'),
        pytest.param((SOURCE, 'RUN go generate && go mod tidy'), OWN, id='it may be generated'),
        pytest.param((COPY_ALL, TIDIES), {p: t for p, t in OWN.items() if 'pkg' not in p}, id='it is not in git'),
        pytest.param((COPY_ALL, TIDIES), {**OWN, 'pkg/pkg.go': 'no Go'}, id='a file that is no Go'),
        pytest.param(
            (SOURCE, 'COPY x.go ./', TIDIES),
            {**OWN, 'main.go': HELLO, 'x.go': '//go:build ignore\n\n' + OWN['main.go']},
            id='a file that go ignores imports it',
        ),
        pytest.param(
            (SOURCE, 'COPY testdata testdata', TIDIES),
            {**OWN, 'main.go': HELLO, 'testdata/x.go': OWN['main.go']},
            id='testdata imports it',
        ),
        pytest.param(
            ('COPY go.mod main.go ./', TIDIES),
            {'go.mod': 'module app\n', 'main.go': importing('app/pkg'), 'pkg/pkg.go': 'package pkg\n'},
            id='it may be one of the standard library',
        ),
        pytest.param(
            (SOURCE, TIDIES),
            {**OWN, 'pkg/go.mod': 'module example.com/app/pkg\n'},
            id='it is a module of its own, which may be published',
        ),
    ],
)
def test_no_finding_of_a_package(dockerfile: tuple[str, ...], files: Mapping[str, str]) -> None:
    assert said(dockerfile, files) == []


def test_a_vendor_before_a_package_of_the_module() -> None:
    expected = LATER.replace('cannot find module providing', 'no required module provides').replace('tidy', 'vendor')
    assert said((SOURCE, 'RUN go mod vendor'), OWN) == [f'4: {expected}']


def test_a_tidy_before_a_package_that_an_ignore_file_hides() -> None:
    expected = [
        '4: cannot find module providing package example.com/app/pkg at `go mod tidy`, '
        'since .dockerignore:1 (`pkg`) hides it: add `!pkg/**` at the end of .dockerignore'
    ]
    assert said((COPY_ALL, TIDIES), {**OWN, '.dockerignore': 'pkg\n'}) == expected


# Mounts


def test_a_tidy_that_cannot_write() -> None:
    says = (
        'updating go.sum: read-only file system at `go mod tidy`, since a bind mount cannot be written: '
        'commit go.sum, or add `,rw` to the mount'
    )
    files = tree('go.sum')
    assert said(('RUN --mount=type=bind,target=. go mod tidy && go build -o /x .',), files) == [f'3: {says}']
    assert said(('RUN --mount=target=. go mod tidy || true',), files) == []
    assert said(('RUN --mount=type=bind,target=.,rw go mod tidy && go build -o /x .',), files) == []
    assert said(('RUN --mount=type=bind,target=. go mod tidy && go build -o /x .',), TREE) == []
    assert said((COPY_ALL, 'RUN --mount=type=bind,source=main.go,target=/x.go go mod tidy'), files) == []
    assert said((COPY_ALL, 'RUN --mount=type=cache,target=/go/pkg/mod go mod tidy'), files) == []


def test_a_replacement_beside_a_module_that_lies_elsewhere_in_the_image() -> None:
    files = {
        'svc/api/go.mod': BARE + 'require example.com/dep v0.0.0\nreplace example.com/dep => ../../dep\n',
        'svc/api/main.go': MAIN,
        'dep/go.mod': 'module example.com/dep\n\ngo 1.21\n',
        'dep/dep.go': 'package dep\n',
    }
    lacks = 'replacement directory ../../dep does not exist at `go build`, since no step before copies it: copy dep '
    assert said(('COPY svc/api .', BUILD), files) == [f'4: {lacks}to /dep/ first']
    assert said(('COPY svc/api svc/api', 'RUN cd svc/api && go build .'), files) == [f'4: {lacks}first']


@pytest.mark.parametrize(
    ('plus', 'cure'),
    [
        ({}, 'there is no lib/go.mod in git: correct the path, or commit it'),
        ({'libs/a/go.mod': 'module example.com/dep\n'}, f'{MOVED} in libs/a: write `../libs/a` in svc/go.mod:10'),
        ({'go.mod': 'module example.com/dep\n'}, f'{MOVED} at the top of the repository: write `..` in svc/go.mod:10'),
    ],
)
def test_a_replacement_that_is_nowhere_is_outside_of_no_context(plus: Mapping[str, str], cure: str) -> None:
    files = {'svc/go.mod': MOD + '\nreplace example.com/dep => ../lib\n', 'svc/go.sum': '', 'svc/main.go': MAIN, **plus}
    fact = '4: replacement directory ../lib does not exist at `go build` (taken as built from svc)'
    assert said((COPY_ALL, BUILD), files, context='svc') == [f'{fact}, since {cure}']

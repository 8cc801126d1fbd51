"""When a Dockerfile tidies before the source, and the two policies: --locked and --cached."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests._memory import app
from tests._tidy import BARE, HELLO, MAIN, MOD, TREE, said

if TYPE_CHECKING:
    from collections.abc import Mapping

MODULES, SOURCE, BUILD = 'COPY go.mod go.sum ./', 'COPY . .', 'RUN go build .'
TIDY, VENDOR, DOWNLOAD = 'RUN go mod tidy', 'RUN go mod vendor', 'RUN go mod download'
PLAIN: Mapping[str, str] = {'go.mod': BARE, 'main.go': HELLO}


def lines(found: list[str]) -> list[int]:
    return [int(each.partition(':')[0]) for each in found]


# Before the source

BEFORE = '`go mod tidy` runs before any Go file of the module is in the image'
VENDORS = BEFORE.replace('tidy', 'vendor')


@pytest.mark.parametrize(
    ('steps', 'files', 'expected'),
    [
        pytest.param(
            (MODULES, TIDY, 'COPY main.go ./', BUILD),
            TREE,
            f'4: {BEFORE}, so it deletes every requirement from go.mod: run it after the source is copied',
            id='a tidy',
        ),
        pytest.param(
            (MODULES, TIDY, SOURCE, BUILD),
            TREE,
            f'4: {BEFORE}, and line 5 copies go.mod again, so it does nothing: leave it out, or run it after line 5',
            id='a tidy that a later COPY undoes',
        ),
        pytest.param(
            ('COPY go.mod ./', TIDY, 'COPY main.go ./'),
            PLAIN,
            f'4: {BEFORE}, so it does nothing: leave it out, or run it after the source is copied',
            id='a tidy of a module without requirements',
        ),
        pytest.param(
            (MODULES, VENDOR, 'COPY main.go ./'),
            TREE,
            f'4: {VENDORS}, so it vendors nothing: run it after the source is copied',
            id='a vendor',
        ),
        pytest.param(
            (MODULES, VENDOR, SOURCE),
            TREE,
            f'4: {VENDORS}, and line 5 copies go.mod again, so it vendors nothing: leave it out, '
            'or run it after line 5',
            id='a vendor, and go.mod again',
        ),
        pytest.param(
            ('COPY go.mod ./', VENDOR, 'COPY main.go ./'),
            PLAIN,
            f'4: {VENDORS}, so it does nothing: leave it out, or run it after the source is copied',
            id='a vendor of a module without requirements',
        ),
        pytest.param(
            ('COPY svc/go.mod svc/', 'RUN cd svc && go mod tidy', SOURCE),
            {f'svc/{path}': text for path, text in TREE.items()},
            f'4: {BEFORE}, and line 5 copies go.mod again, so it does nothing: leave it out, or run it after line 5',
            id='the COPY of a folder above brings go.mod again',
        ),
        pytest.param(
            (MODULES, TIDY, 'FROM golang:1.21', 'COPY --from=0 /app /app', 'WORKDIR /app', SOURCE),
            TREE,
            f'4: {BEFORE}, so it deletes every requirement from go.mod: run it after the source is copied',
            id='go.mod again in another stage',
        ),
    ],
)
def test_a_tidy_before_the_source(steps: tuple[str, ...], files: Mapping[str, str], expected: str) -> None:
    assert said(steps, files) == [expected]


@pytest.mark.parametrize(
    'steps',
    [
        pytest.param((MODULES, TIDY, TIDY, 'RUN go mod tidy && go mod vendor', SOURCE), id='told once'),
        pytest.param((MODULES, 'RUN go mod tidy || true', SOURCE), id='it may fail'),
        pytest.param((MODULES, 'RUN if ls x; then go mod tidy; fi', SOURCE), id='it may not run'),
        pytest.param((MODULES, 'RUN go mod tidy -e -v', SOURCE), id='with flags'),
        pytest.param((MODULES, 'RUN go mod download && go mod tidy', SOURCE), id='after a download'),
        pytest.param((MODULES, 'RUN --mount=type=cache,target=/go/pkg/mod go mod tidy', SOURCE), id='with a cache'),
        pytest.param((MODULES, TIDY, SOURCE, TIDY, BUILD), id='and again after the source'),
        pytest.param((MODULES, 'RUN <<EOF', 'go mod tidy', 'EOF', SOURCE), id='in a heredoc'),
    ],
)
def test_a_tidy_before_the_source_in_any_form(steps: tuple[str, ...]) -> None:
    assert lines(said(steps)) == [4]


@pytest.mark.parametrize(
    ('files', 'found'),
    [
        pytest.param({'sub/go.mod': BARE, 'sub/x.go': HELLO}, True, id='of another module'),
        pytest.param({'testdata/x.go': HELLO, '_x/x.go': HELLO, '.x/x.go': HELLO}, True, id='in folders go skips'),
        pytest.param({'vendor/x/x.go': HELLO}, True, id='in vendor/'),
        pytest.param({'_x.go': HELLO, '.x.go': HELLO}, True, id='of a name that go skips'),
        pytest.param({'x.txt': ''}, False, id='none in git, so that it comes from elsewhere'),
        pytest.param({'cmd/x/x.go': HELLO}, False, id='in a package below'),
        pytest.param({'x_test.go': MAIN}, False, id='a test'),
        pytest.param({'x_windows.go': MAIN}, False, id='of another system'),
        pytest.param({'node_modules/x/x.go': HELLO}, False, id='in node_modules'),
    ],
)
def test_which_go_file_is_one_of_the_module(files: Mapping[str, str], found: bool) -> None:
    assert bool(said((SOURCE, TIDY), {'go.mod': MOD, 'go.sum': TREE['go.sum'], **files})) is found


@pytest.mark.parametrize(
    'dockerfile',
    [
        pytest.param((SOURCE, TIDY, VENDOR), id='after the source'),
        pytest.param((MODULES, 'COPY *.go ./', TIDY), id='after the Go files'),
        pytest.param((SOURCE, TIDY, SOURCE), id='and the source again'),
        pytest.param((MODULES, 'RUN go mod tidy -diff || true'), id='one that only looks'),
        pytest.param((MODULES, 'RUN bring', TIDY), id='a program may have brought the source'),
        pytest.param((MODULES, 'RUN go generate ./...', TIDY), id='a generator may have'),
        pytest.param((MODULES, 'COPY --from=example.com/source / .', TIDY), id='another image may have'),
        pytest.param((MODULES, 'ADD https://example.com/x.go ./', TIDY), id='a URL has'),
        pytest.param((MODULES, 'RUN --mount=type=bind,target=.,rw go mod tidy'), id='the source is mounted'),
        pytest.param(('COPY --from=example.com/x /go.mod ./', 'COPY --from=example.com/x /src .', TIDY), id='an image'),
        pytest.param(('ENV GO111MODULE=auto', MODULES, TIDY), id='what may be GOPATH mode'),
        pytest.param((MODULES, 'ARG D', 'RUN cd $D && go mod tidy'), id='a folder that nobody knows'),
        pytest.param((MODULES, 'RUN go mod download && go mod verify'), id='other commands'),
        pytest.param('FROM example.com/builder\nRUN go mod tidy\n', id='an image that nobody knows'),
    ],
)
def test_no_tidy_before_the_source(dockerfile: str | tuple[str, ...]) -> None:
    assert said(dockerfile) == []


def test_a_stage_on_the_stage_may_copy_go_mod_again() -> None:
    stages = (
        'FROM golang:1.21 AS base\nWORKDIR /app\nCOPY go.mod go.sum ./\nRUN go mod tidy\n'
        'FROM Base\nCOPY . .\nRUN go build .\n'
    )
    says = ', and line 6 copies go.mod again, so it does nothing: leave it out, or run it after line 6'
    assert said(stages) == [f'4: {BEFORE}{says}']


def test_in_gopath_a_tidy_fails_before_it_deletes_anything() -> None:
    (found,) = said('FROM golang:1.21\nCOPY go.mod ./\nRUN go mod tidy\n')
    assert found.startswith('3: $GOPATH/go.mod exists but should not at `go mod tidy`')


def test_what_a_tool_line_names_counts_as_imported() -> None:
    assert said((MODULES, TIDY), {**TREE, 'go.mod': MOD + '\ntool example.com/dep\n'}) == []


def test_the_source_may_lie_in_a_submodule() -> None:
    assert said((SOURCE, TIDY), {'go.mod': MOD}, opaque=['src']) == []


def test_an_opaque_image_does_not_bring_the_source_of_a_module_that_is_copied() -> None:
    steps = 'WORKDIR /app\nCOPY go.mod ./\nRUN go mod tidy\nCOPY . .\n'
    assert lines(said('FROM example.com/builder\nENV GO111MODULE=on\n' + steps)) == [5]
    assert lines(said('FROM example.com/builder\n' + steps)) == [4]
    assert said('FROM example.com/builder\nENV GO111MODULE=off\n' + steps) == []


def test_what_follows_from_a_tidy_before_the_source_is_not_said_again() -> None:
    files = {path: text for path, text in TREE.items() if path != 'go.sum'}
    assert lines(said(('COPY go.mod ./', TIDY, SOURCE, BUILD, 'RUN go test ./...'), files)) == [4]


# --locked

CHANGES = 'changes go.mod or go.sum inside the build: run `go mod tidy` outside and commit both files'
RUN_OUTSIDE = f'{CHANGES}, and check with `go mod tidy -diff` here'
WITHOUT, GOFLAGS = f'{CHANGES}, without -mod=mod here', f'{CHANGES}, and take -mod=mod out of GOFLAGS'


@pytest.mark.parametrize(
    ('command', 'says'),
    [
        pytest.param('go mod tidy', f'`go mod tidy` {RUN_OUTSIDE}', id='a tidy'),
        pytest.param('go mod tidy -v || true', f'`go mod tidy` {RUN_OUTSIDE}', id='a tidy that may fail'),
        pytest.param('GOFLAGS=-mod=mod go mod tidy', f'`go mod tidy` {RUN_OUTSIDE}', id='a tidy, and -mod=mod'),
        pytest.param('go get ./...', f'`go get` {CHANGES}', id='a get'),
        pytest.param('go get -u example.com/x@v1', f'`go get` {CHANGES}', id='a get of a version'),
        pytest.param('go mod edit -replace=a=b', f'`go mod edit` {CHANGES}', id='an edit'),
        pytest.param('go build -mod=mod .', f'`go build -mod=mod` {WITHOUT}', id='-mod=mod'),
        pytest.param('GOFLAGS=-mod=mod go test .', f'`go test -mod=mod` {GOFLAGS}', id='GOFLAGS=-mod=mod'),
        pytest.param('go list -mod=mod ./...', f'`go list -mod=mod` {WITHOUT}', id='a list'),
    ],
)
def test_locked(command: str, says: str) -> None:
    assert said((SOURCE, f'RUN {command}'), locked=True) == [f'4: {says}']
    assert said((SOURCE, f'RUN {command}')) == []


@pytest.mark.parametrize(
    'steps',
    [
        pytest.param((SOURCE, 'RUN go mod download && go mod verify && go build . && go test ./...'), id='reads'),
        pytest.param((SOURCE, 'RUN go mod tidy -diff || true'), id='a tidy that only looks'),
        pytest.param((SOURCE, 'RUN go mod edit -json && go mod edit -print'), id='an edit that only prints'),
        pytest.param((SOURCE, 'RUN go install -mod=mod example.com/tool@v1.2.3'), id='a tool of a version'),
        pytest.param((SOURCE, 'RUN GOFLAGS=-mod=mod go mod download'), id='a download'),
        pytest.param((SOURCE, 'RUN go build -mod=readonly .', 'RUN go build -mod=vendor . || true'), id='other modes'),
        pytest.param((SOURCE, 'RUN go mod vendor'), id='a vendor, which changes neither'),
        pytest.param(
            (SOURCE, 'ENV GOFLAGS=-mod=mod', 'RUN go version && go clean && go env'),
            id='commands that load nothing',
        ),
    ],
)
def test_nothing_changes_in_a_locked_build(steps: tuple[str, ...]) -> None:
    assert said(steps, locked=True) == []


def test_a_locked_build_is_told_of_each_command() -> None:
    steps = (SOURCE, 'RUN go get -u && go mod tidy && go mod tidy', TIDY)
    assert lines(said(steps, locked=True)) == [4, 4, 5]


def test_goflags_are_one_cause_for_all_that_they_change() -> None:
    steps = (SOURCE, 'ENV GOFLAGS=-mod=mod', BUILD, 'RUN go vet ./...', TIDY)
    assert said(steps, locked=True) == [f'5: `go build -mod=mod` {GOFLAGS}', f'7: `go mod tidy` {RUN_OUTSIDE}']


def test_where_no_module_is_a_locked_build_has_nothing_to_change() -> None:
    assert said(('RUN bring', 'RUN go get example.com/x'), locked=True) == []


def test_a_locked_build_hears_of_a_tidy_once_and_of_what_else_is_wrong() -> None:
    found = said((MODULES, TIDY, 'COPY main.go ./', 'RUN go build -modfile=x.mod .'), locked=True)
    assert found == [f'4: `go mod tidy` {RUN_OUTSIDE}']


def test_a_locked_build_hears_of_a_vendor_before_the_source() -> None:
    assert lines(said((MODULES, VENDOR, SOURCE), locked=True)) == [4]


# --cached

AGAIN = (
    ', so every change of a Go file downloads them again: '
    'run `go mod download` right after `COPY go.mod go.sum ./`, before the source is copied'
)
CACHE = 'RUN --mount=type=cache,target=/go/pkg/mod'
VENDORED = {
    **TREE,
    'vendor/modules.txt': '# example.com/dep v1.0.0\n## explicit\nexample.com/dep\n'
    '# example.com/leaf v1.0.0\n## explicit\nexample.com/leaf\n',
    'vendor/example.com/dep/dep.go': 'package dep\n',
}


@pytest.mark.parametrize(
    ('steps', 'expected'),
    [
        pytest.param(
            (SOURCE, DOWNLOAD, BUILD, 'RUN go test ./...'),
            f'4: `go mod download` runs in a layer after the source{AGAIN}',
            id='a download after the source',
        ),
        pytest.param(
            (SOURCE, 'RUN go mod download example.com/dep@v1.0.0'),
            f'4: `go mod download` runs in a layer after the source{AGAIN}',
            id='of one module',
        ),
        pytest.param(
            (SOURCE, BUILD, 'RUN go test ./...'),
            f'4: `go build` downloads modules in the layer of the source{AGAIN}',
            id='no download',
        ),
        pytest.param(
            (SOURCE, 'RUN go vet . && go build .', DOWNLOAD),
            f'4: `go vet` downloads modules in the layer of the source{AGAIN}',
            id='a download too late',
        ),
        pytest.param(
            (SOURCE, TIDY, BUILD),
            f'4: `go mod tidy` downloads modules in the layer of the source{AGAIN}',
            id='a tidy is the first that downloads',
        ),
        pytest.param(
            (SOURCE, 'RUN go get ./...', DOWNLOAD, BUILD),
            f'4: `go get` downloads modules in the layer of the source{AGAIN}',
            id='a get is',
        ),
        pytest.param(
            ('RUN --mount=type=bind,target=. go build -o /bin/app .',),
            f'3: `go build` downloads modules in the layer of the source{AGAIN}',
            id='the source is mounted',
        ),
        pytest.param(
            ('RUN --mount=type=bind,target=. go mod download && go build -o /bin/app .',),
            f'3: `go mod download` runs in a layer after the source{AGAIN}',
            id='the source is mounted, a download',
        ),
        pytest.param(
            (MODULES, SOURCE, 'RUN go mod download && go build .'),
            f'5: `go mod download` runs in a layer after the source{AGAIN}',
            id='go.mod first, but no download between',
        ),
    ],
)
def test_cached(steps: tuple[str, ...], expected: str) -> None:
    assert said(steps, cached=True) == [expected]
    assert said(steps) == []


@pytest.mark.parametrize(
    ('dockerfile', 'files'),
    [
        pytest.param((MODULES, DOWNLOAD, SOURCE, BUILD), TREE, id='before the source'),
        pytest.param((MODULES, 'RUN go mod download || true', SOURCE, BUILD), TREE, id='though it may fail'),
        pytest.param(
            (
                'RUN --mount=type=bind,source=go.mod,target=go.mod --mount=type=bind,source=go.sum,target=go.sum '
                'go mod download',
                SOURCE,
                BUILD,
            ),
            TREE,
            id='go.mod is mounted',
        ),
        pytest.param((SOURCE, f'{CACHE} go build .'), TREE, id='a cache mount'),
        pytest.param((SOURCE, f'{CACHE} go mod download', f'{CACHE} go build .'), TREE, id='a cache mount, a download'),
        pytest.param((SOURCE, f'{CACHE},id=m,sharing=locked go mod tidy'), TREE, id='a cache mount, a tidy'),
        pytest.param(
            'FROM golang:1.21 AS modules\nWORKDIR /app\nCOPY go.mod go.sum ./\nRUN go mod download\n'
            'FROM golang:1.21\nCOPY --from=modules /go/pkg /go/pkg\nWORKDIR /app\nCOPY . .\nRUN go build .\n',
            TREE,
            id='in a stage whose modules are copied',
        ),
        pytest.param(
            'FROM golang:1.21 AS modules\nWORKDIR /app\nCOPY go.mod go.sum ./\nRUN go mod download\n'
            'FROM modules\nCOPY . .\nRUN go build .\n',
            TREE,
            id='in a stage below',
        ),
        pytest.param((SOURCE, BUILD), VENDORED, id='vendored'),
        pytest.param((SOURCE, 'ENV GOFLAGS=-mod=vendor', BUILD), VENDORED, id='vendored, by GOFLAGS'),
        pytest.param((SOURCE, BUILD, TIDY), PLAIN, id='a module without requirements'),
        pytest.param((SOURCE, BUILD), {**TREE, 'main.go': HELLO}, id='nothing is imported'),
        pytest.param((SOURCE, 'RUN go install example.com/tool@v1.2.3'), TREE, id='a tool of a version'),
        pytest.param((SOURCE, 'RUN go env && go version && go fmt ./...'), TREE, id='commands that download nothing'),
        pytest.param((SOURCE, 'RUN npm run deps', BUILD), {**TREE, 'main.go': 'no Go'}, id='what nobody knows'),
        pytest.param(
            'FROM example.com/builder\nWORKDIR /app\nCOPY go.mod go.sum ./\nRUN go mod download\n', TREE, id='any image'
        ),
        pytest.param(
            ('COPY go.work go.mod go.sum ./', 'COPY lib/go.mod lib/', DOWNLOAD, SOURCE, BUILD),
            {
                **TREE,
                'go.work': 'go 1.21\nuse (\n\t.\n\t./lib\n)\n',
                'lib/go.mod': 'module example.com/lib\n',
                'lib/x.go': HELLO,
            },
            id='a workspace',
        ),
        pytest.param(
            (SOURCE, BUILD),
            {
                'go.mod': BARE + 'require example.com/dep v1.0.0\n\nreplace example.com/dep => ./dep\n',
                'main.go': MAIN,
                'dep/go.mod': 'module example.com/dep\n',
                'dep/dep.go': 'package dep\n',
            },
            id='replaced by a folder',
        ),
    ],
)
def test_modules_are_cached(dockerfile: str | tuple[str, ...], files: Mapping[str, str]) -> None:
    assert said(dockerfile, files, cached=True) == []


def test_each_module_is_to_be_cached() -> None:
    files = {f'{folder}/{path}': text for path, text in TREE.items() for folder in 'ab'}
    steps = ('COPY a/go.mod a/go.sum a/', 'RUN cd a && go mod download', SOURCE, 'RUN cd a && go build .')
    assert said(steps, files, cached=True) == []
    assert lines(said((*steps, 'RUN cd b && go build .', 'RUN cd b && go test .'), files, cached=True)) == [7]


def test_both_policies() -> None:
    expected = [
        f'4: `go mod tidy` {RUN_OUTSIDE}',
        f'4: `go mod tidy` downloads modules in the layer of the source{AGAIN}',
    ]
    assert said((SOURCE, TIDY, DOWNLOAD, BUILD), locked=True, cached=True) == expected


# Any text


@pytest.mark.parametrize('mod', ['', '\udcff((', 'module\n', '\ufeff' + MOD, MOD.replace('\n', '\r\n')])
def test_a_go_mod_of_anything(mod: str) -> None:
    for locked, cached in ((False, False), (True, False), (False, True)):
        found = said(app(MODULES, TIDY, SOURCE, BUILD), {**TREE, 'go.mod': mod}, locked=locked, cached=cached)
        assert lines(found)[:1] == [4] or cached

"""COPY, ADD and bind mounts: what they take, and what they leave in the image."""

from __future__ import annotations

import pytest

from hooks.context.tree import ABSENT, FILE, FOLDER, UNKNOWN
from tests._memory import app, moments

FILES = {
    'go.mod': 'm', 'main.go': 'x', 'a.tar.gz': 't', 'cmd/api/main.go': 'x', 'cmd/api/go.mod': 'n', 'cmd/b.txt': 'b',
    'we ird.txt': '',
}  # fmt: skip


@pytest.mark.parametrize(
    ('word', 'matches', 'missing'),
    [
        pytest.param('go.mod', ('/go.mod',), '', id='a file'),
        pytest.param('./cmd/../go.mod', ('/go.mod',), '', id='dots'),
        pytest.param('../../go.mod', ('/go.mod',), '', id='.. stops at the root'),
        pytest.param('.', ('',), '', id='the root'),
        pytest.param('cmd/', ('/cmd',), '', id='a folder'),
        pytest.param('go.sum', (), '/go.sum', id='a file that is not there'),
        pytest.param('go.*', ('/go.mod',), '', id='a glob'),
        pytest.param('go.sum*', (), '', id='a glob that matches nothing'),
        pytest.param('none/go.*', (), '/none', id='a folder in front of a glob that is not there'),
        pytest.param('*/go.mod', (), '', id='* is one level'),
        pytest.param('**/go.mod', (), '', id='and so is **'),
        pytest.param('cmd/*/go.mod', ('/cmd/api/go.mod',), '', id='a glob in the middle'),
        pytest.param('go.mod/*', (), '', id='below a file is nothing'),
        pytest.param('[a-g]o.mod', ('/go.mod',), '', id='a class'),
        pytest.param('[^g]*.go', ('/main.go',), '', id='a class that is negated'),
        pytest.param('[!g]*.go', (), '', id="which `!` does not do in Go's globs"),
        pytest.param('go.mo?', ('/go.mod',), '', id='a single character'),
        pytest.param('[', None, '', id='a glob that is none'),
        pytest.param('$HOME', None, '', id='an unknown word'),
        pytest.param('https://example.com/go.sum', None, '', id='a URL'),
        pytest.param('git@example.com:a/b.git', None, '', id='a git repository'),
    ],
)
def test_what_a_source_finds(word: str, matches: tuple[str, ...] | None, missing: str) -> None:
    found = moments(app(f'ADD ["{word}", "/x/"]'), FILES)[0].copies[0]
    assert (found.word, found.matches, found.missing) == (word, matches, missing)


@pytest.mark.parametrize(
    ('steps', 'path', 'lacks'),
    [
        pytest.param('RUN go build -o /out/x', '/app/x', True, id='where go wrote elsewhere'),
        pytest.param('RUN go build -o /out/x', '/out/x', False, id='where go wrote it'),
        pytest.param('RUN go build -o x && mv x /out', '/app/x', True, id='where it was moved away'),
        pytest.param('RUN go build -o x && mv x /out', '/out', False, id='where it was moved to'),
        pytest.param('RUN go build -o x && cp x y', '/app/y', False, id='where it was copied to'),
        pytest.param('RUN go build -o x && rm x', '/app/x', True, id='where it was removed'),
        pytest.param('RUN go build -o /out/x || true', '/out/x', False, id='where it may be'),
        pytest.param('RUN go build -o x', '/app/x/x', True, id='below a file'),
        pytest.param('RUN go build -o /a/x', '/a', False, id='a folder above'),
        pytest.param('RUN cd cmd && go build -o x .', '/app/x', True, id='in another folder'),
        pytest.param('RUN go build -C cmd -o x .', '/app/cmd/x', False, id='-C'),
        pytest.param('RUN unheard-of', '/app/x', False, id='behind a program that nobody knows'),
        pytest.param('RUN unheard-of', '/app/go.sum', False, id='of Go, too'),
        pytest.param('RUN go test ./...', '/app/x', False, id='behind a test'),
        pytest.param('RUN curl -O https://x', '/app/x', False, id='behind a download, in its folder'),
        pytest.param('RUN curl -o y https://x', '/app/y', False, id='behind a download, where it is told'),
        pytest.param('RUN curl -o y https://x', '/out/x', True, id='behind a download, elsewhere'),
        pytest.param('RUN go build -o x && upx -o y x', '/app/y', False, id='what an option names'),
        pytest.param('RUN go build -o x && upx -o y x', '/out/z', True, id='what no option names'),
        pytest.param('RUN go install .', '/go/bin/cmd', True, id='in GOPATH, another name'),
        pytest.param('RUN go install .', '/go/bin/app', False, id='in GOPATH'),
        pytest.param('ENV GOBIN=/b\nRUN go install .', '/go/bin/app', True, id='in GOPATH, but GOBIN is set'),
        pytest.param('RUN go get example.com/x', '/go/bin/x', True, id='in GOPATH, where go get installs nothing'),
        pytest.param('RUN GOOS=windows go build .', '/app/app.exe', False, id='for Windows'),
        pytest.param('RUN go build -buildmode=c-shared -o x.so .', '/app/x.h', False, id='the header of a library'),
        pytest.param('RUN apt-get install x', '/usr/bin/x', False, id='a folder of the system'),
        pytest.param('RUN apt-get install x', '/opt/x', False, id='where packages may put it'),
        pytest.param('WORKDIR /opt/y\nRUN apt-get install x', '/opt/y/x', True, id='where packages put nothing'),
        pytest.param('RUN mkdir /opt/y', '/opt/y/x', True, id='in a folder that it makes'),
        pytest.param('ADD x.tar.gz .', '/app/x', False, id='what an archive may hold'),
        pytest.param('COPY --from=someone/tools /x /app/', '/app/x', False, id='of an image that nobody knows'),
        pytest.param('RUN ln -s /out x', '/app/x/y', False, id='behind a link'),
        pytest.param('RUN if true; then go build -o x; else go build -o y; fi', '/app/z', True, id='in no branch'),
        pytest.param('RUN [ -f /etc/x ] && go build -o x; :', '/app/x', False, id='in a branch'),
    ],
)
def test_what_a_stage_lacks_for_certain(steps: str, path: str, lacks: bool) -> None:
    files = {**FILES, 'x.tar.gz': '', 'main.go': 'package main\n', 'go.mod': 'module example.com/app\n'}
    text = f'FROM golang AS a\nWORKDIR /app\nCOPY . .\n{steps}\nFROM golang\nCOPY --from=a {path} /x/\n'
    assert [source.missing for source in moments(text, files)[-1].copies] == [path if lacks else '']


def test_nothing_is_certain_of_an_image_that_nobody_knows() -> None:
    text = 'FROM someone/base AS a\nWORKDIR /app\nCOPY . .\nFROM golang\nCOPY --from=a /app/x /x/\n'
    assert moments(text, FILES)[-1].copies[0].missing == ''


@pytest.mark.parametrize(
    ('step', 'path', 'kind'),
    [
        pytest.param('COPY go.mod ./', '/app/go.mod', FILE, id='into WORKDIR'),
        pytest.param('COPY go.mod .', '/app/go.mod', FILE, id='a dot is a folder'),
        pytest.param('COPY go.mod /src/', '/src/go.mod', FILE, id='into a folder that it makes'),
        pytest.param('COPY go.mod /src', '/src', FILE, id='as a file'),
        pytest.param('COPY go.mod /src', '/src/go.mod', ABSENT, id='and nothing below'),
        pytest.param('COPY go.mod /go/src', '/go/src/go.mod', FILE, id='into a folder that is there'),
        pytest.param('COPY cmd /src', '/src/b.txt', FILE, id="a folder's contents"),
        pytest.param('COPY cmd/ ./x/', '/app/x/api/go.mod', FILE, id='with its folders'),
        pytest.param('COPY cmd /src', '/src/cmd', ABSENT, id='without its own name'),
        pytest.param('COPY . .', '/app/cmd/b.txt', FILE, id='the whole context'),
        pytest.param('COPY go.* main.go ./', '/app/main.go', FILE, id='a glob and a file'),
        pytest.param('COPY go.sum* ./', '/app/go.sum', ABSENT, id='a glob that matches nothing'),
        pytest.param('COPY go.mod go.sum ./', '/app/go.sum', FILE, id='what is missing counts as there'),
        pytest.param('COPY vendor ./vendor', '/app/vendor', UNKNOWN, id='which may be a folder'),
        pytest.param('COPY --exclude=*.mod . .', '/app/go.mod', ABSENT, id='--exclude'),
        pytest.param('COPY --exclude=*.mod . .', '/app/main.go', FILE, id='--exclude of others'),
        pytest.param('COPY --parents cmd/api/go.mod ./', '/app/cmd/api/go.mod', FILE, id='--parents keeps folders'),
        pytest.param('COPY --parents cmd/*/go.mod ./', '/app/cmd/api/go.mod', FILE, id='--parents with a glob'),
        pytest.param('COPY --parents **/go.mod ./', '/app/cmd/api/go.mod', UNKNOWN, id='--parents with **'),
        pytest.param('COPY --parents=false cmd/api/go.mod ./', '/app/go.mod', FILE, id='--parents=false'),
        pytest.param('ADD a.tar.gz ./', '/app/go.sum', UNKNOWN, id='ADD unpacks an archive'),
        pytest.param('COPY a.tar.gz ./', '/app/go.sum', ABSENT, id='COPY does not'),
        pytest.param('ADD https://example.com/x ./', '/app/go.sum', UNKNOWN, id='ADD of a URL'),
        pytest.param('COPY <<go.sum ./\nx\ngo.sum', '/app/go.sum', FILE, id='a heredoc'),
        pytest.param('COPY <<EOF /x/go.sum\nx\nEOF', '/app/go.sum', ABSENT, id='a heredoc elsewhere'),
        pytest.param('COPY ["we ird.txt", "/x/"]', '/x/we ird.txt', FILE, id='a name with a blank'),
        pytest.param('COPY go.mod $HOME/', '/app/go.mod', UNKNOWN, id='a target that nobody knows'),
    ],
)
def test_what_a_copy_leaves(step: str, path: str, kind: str) -> None:
    last = moments(app(step, 'RUN go version'), FILES)[-1]
    assert last.view.look(path).kind == kind


@pytest.mark.parametrize(
    ('mount', 'path', 'kind'),
    [
        pytest.param('type=bind,target=.', '/app/go.mod', FILE, id='the whole context'),
        pytest.param('target=.', '/app/go.mod', FILE, id='a bind mount is the default'),
        pytest.param('type=bind,source=go.mod,target=go.mod', '/app/go.mod', FILE, id='one file'),
        pytest.param('type=bind,src=go.mod,dst=/x/go.mod', '/x/go.mod', FILE, id='short names'),
        pytest.param('type=bind,source=cmd,destination=/x', '/x/b.txt', FILE, id='a folder'),
        pytest.param('"type=bind","source=cmd","target=/x"', '/x/b.txt', FILE, id='quoted'),
        pytest.param('type=bind,source=go.sum,target=go.sum', '/app/go.sum', FILE, id='one that counts as there'),
        pytest.param('type=bind,from=alpine,target=/x', '/x/go.sum', ABSENT, id='an image that lacks it'),
        pytest.param('type=bind,from=example.com/x,target=/x', '/x/go.sum', UNKNOWN, id='an image nobody knows'),
        pytest.param('type=cache,target=/x', '/x/go.sum', UNKNOWN, id='a cache holds anything'),
        pytest.param('type=cache,target=/x', '/app/go.sum', ABSENT, id='in its folder'),
        pytest.param('type=tmpfs,target=/app', '/app/go.mod', ABSENT, id='a tmpfs is empty'),
        pytest.param('type=secret,id=x', '/app/go.sum', ABSENT, id='a secret has its own place'),
        pytest.param('type=secret,id=x,target=/app/go.sum', '/app/go.sum', UNKNOWN, id='or the one it is given'),
        pytest.param('type=ssh', '/app/go.sum', ABSENT, id='and so has an agent'),
    ],
)
def test_what_a_mount_shows(mount: str, path: str, kind: str) -> None:
    last = moments(app(f'RUN --mount={mount} go version', 'RUN go version'), FILES)
    call = next(moment.call for moment in last if moment.call)
    assert call.shell.view.look(path).kind == kind
    assert last[-1].view.look('/x/b.txt').kind == ABSENT


def test_the_environment_that_a_secret_sets_is_unknown() -> None:
    mounted = moments(app('RUN --mount=type=secret,id=x,env=GOFLAGS go build .'), FILES)[-1]
    assert mounted.call is not None
    assert mounted.call.shell.env['GOFLAGS'] is None


def test_what_is_written_into_a_mount_is_gone_with_it() -> None:
    mounted = moments(
        app('RUN --mount=target=/x,rw touch /x/go.sum /app/go.sum && go version', 'RUN go version'), FILES
    )
    first, second = [moment.call.shell.view for moment in mounted if moment.call]
    assert [first.look(path).kind for path in ('/x/go.sum', '/app/go.sum')] == [FILE, FILE]
    assert [second.look(path).kind for path in ('/x/go.sum', '/app/go.sum', '/app')] == [ABSENT, FILE, FOLDER]

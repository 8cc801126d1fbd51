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


def test_a_stage_lacks_for_certain_only_files_of_go() -> None:
    copied = moments('FROM golang AS a\nFROM golang\nCOPY --from=a /app/go.sum /app/server /x/\n', FILES)[-1]
    assert [source.missing for source in copied.copies] == ['/app/go.sum', '']


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

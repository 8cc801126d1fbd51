"""Other ways a Go file is not in the image: ignore files, stages, mounts, folders."""

from __future__ import annotations

from tests.cases._case import BARE, HELLO, HELLO_TREE, MAIN, MISSING, MOD, NOT_FOUND, SUM, Case, app, case, lines

COPIED = app('COPY go.mod go.sum ./', 'COPY main.go ./', 'RUN go build -o /bin/app .')
GLOB = app('COPY go.mod go.sum* ./', 'COPY main.go ./', 'RUN go build -o /bin/app .')
WHOLE = app('COPY . .', 'RUN go build -o /bin/app .')
EMBEDDING = """package main

import _ "embed"

//go:embed schema.sql
var schema string

func main() { println(schema) }
"""
BUILDER = ('FROM golang:1.21 AS builder', 'WORKDIR /app')


def _ignored(text: str, *, dockerfile: str = COPIED, name: str = '', finds: str = '', builds: str = '') -> Case:
    """A `.dockerignore` at the root of the context."""
    shown = ', '.join(text.split('\n')).strip(', ')
    return case(
        name or f'.dockerignore of {shown}', dockerfile, plus={'.dockerignore': text}, finds=finds, builds=builds
    )


IGNORED: tuple[Case, ...] = (
    _ignored('go.sum\n', finds='3', builds=NOT_FOUND),
    _ignored('*.sum\n', finds='3', builds=NOT_FOUND),
    _ignored('/go.sum\n', finds='3', builds=NOT_FOUND),
    _ignored('./go.sum\n', finds='3', builds=NOT_FOUND),
    _ignored('**/go.sum\n', finds='3', builds=NOT_FOUND),
    _ignored('**/*.sum\n', finds='3', builds=NOT_FOUND),
    _ignored('  go.sum  \n', name='.dockerignore with blanks round the pattern', finds='3', builds=NOT_FOUND),
    _ignored('go.sum/\n', finds='3', builds=NOT_FOUND),
    _ignored('# go.sum\n'),
    _ignored('*.md\nvendor\n'),
    _ignored('go.s?m\n', finds='3', builds=NOT_FOUND),
    _ignored('GO.SUM\n'),
    _ignored('go.sum\n!go.sum\n'),
    _ignored('!go.sum\ngo.sum\n', finds='3', builds=NOT_FOUND),
    _ignored('*\n', finds='3 4', builds='not found'),
    _ignored('*\n!go.mod\n!main.go\n', finds='3', builds=NOT_FOUND),
    _ignored('*\n!go.*\n!*.go\n'),
    _ignored('**\n!go.mod\n!go.sum\n!**/*.go\n'),
    _ignored('.\n', name='.dockerignore of a dot'),
    _ignored('go.sum\r\n', name='.dockerignore with CRLF', finds='3', builds=NOT_FOUND),
    _ignored('\ufeffgo.sum\n', name='.dockerignore with a byte order mark', finds='3', builds=NOT_FOUND),
    _ignored('Dockerfile\n.dockerignore\n', name='.dockerignore hides the Dockerfile itself'),
    _ignored(
        '*.sum\n',
        name='.dockerignore hides go.sum from a glob, no tidy later',
        dockerfile=GLOB,
        finds='5',
        builds=MISSING,
    )._replace(buildah='no items matching glob'),
    _ignored('*.sum\n', name='.dockerignore hides go.sum from COPY . .', dockerfile=WHOLE, finds='4', builds=MISSING),
    _ignored(
        '*.sum\n',
        name='.dockerignore hides go.sum, and go mod tidy writes one',
        dockerfile=app('COPY . .', 'RUN go mod tidy', 'RUN go build .'),
    ),
    _ignored('go.mod\n', name='.dockerignore hides go.mod', finds='3', builds='"/go.mod": not found'),
    case(
        'an ignore file beside the Dockerfile wins',
        COPIED,
        plus={'.dockerignore': 'go.sum\n', 'Dockerfile.dockerignore': '*.md\n'},
        classic='COPY failed',
    ),
    case(
        'an ignore file beside the Dockerfile hides go.sum',
        COPIED,
        plus={'Dockerfile.dockerignore': 'go.sum\n'},
        finds='3',
        builds=NOT_FOUND,
        classic='',
    ),
    case('an ignore file beside another Dockerfile is not read', COPIED, plus={'other.dockerignore': 'go.sum\n'}),
    case(
        'an ignore file of a shared Dockerfile hides go.sum of every context',
        app('COPY go.mod go.sum ./'),
        {'svc/go.mod': MOD, 'svc/go.sum': SUM, 'docker/go.dockerfile.dockerignore': '*.sum\n'},
        at='docker/go.dockerfile',
        context='svc',
        finds='3',
        builds=NOT_FOUND,
        classic='',
    ),
    case(
        'a .dockerignore beside a Dockerfile that is not in the context is not read',
        COPIED,
        {'svc/go.mod': MOD, 'svc/go.sum': SUM, 'svc/main.go': MAIN, 'docker/.dockerignore': '*.sum\n'},
        at='docker/Dockerfile',
        context='svc',
    ),
    case(
        'a .dockerignore in a folder of the context is not read',
        app('COPY svc .', 'RUN go build .'),
        {'svc/go.mod': MOD, 'svc/go.sum': SUM, 'svc/main.go': MAIN, 'svc/.dockerignore': '*.sum\n'},
        context='',
    ),
    case(
        '.dockerignore of a folder hides the go.sum in it',
        app('COPY go.mod main.go sums/go.sum ./', 'RUN go build .'),
        without='go.sum',
        plus={'sums/go.sum': SUM, '.dockerignore': 'sums\n'},
        finds='3',
        builds='"/sums/go.sum": not found',
    ),
    case(
        '.dockerignore of a folder brings back the go.sum in it',
        app('COPY go.mod main.go sums/go.sum ./', 'RUN go build .'),
        without='go.sum',
        plus={'sums/go.sum': SUM, '.dockerignore': 'sums\n!sums/go.sum\n'},
    ),
    case(
        '.dockerignore hides the go.sum of a folder that is copied as a whole',
        app('COPY svc .', 'RUN go build .'),
        {'svc/go.mod': MOD, 'svc/go.sum': SUM, 'svc/main.go': MAIN, '.dockerignore': '**/*.sum\n'},
        context='',
        finds='4',
        builds=MISSING,
    ),
    case(
        'an untracked .dockerignore is no part of a clean checkout',
        COPIED,
        plus={'.dockerignore': 'go.sum\n'},
        untracked='.dockerignore',
    ),
    case(
        '.dockerignore hides embedded files',
        WHOLE,
        HELLO_TREE,
        plus={
            '.dockerignore': '*.sql\n',
            'schema.sql': 'x\n',
            'main.go': EMBEDDING,
        },
        other='check-tidy-order 4',
        builds='pattern schema.sql: no matching files found',
    ),
)

NEVER_COPIED: tuple[Case, ...] = (
    case(
        'go.sum exists and is never copied',
        app('COPY go.mod ./', 'COPY main.go ./', 'RUN go build .'),
        finds='5',
        builds=MISSING,
    ),
    case(
        'go.sum exists, download and build without it',
        app('COPY go.mod ./', 'RUN go mod download', 'COPY main.go ./', 'RUN go build .'),
        finds='6',
        builds=MISSING,
    ),
    case(
        'go.sum comes later, with the source',
        app('COPY go.mod ./', 'RUN go mod download', 'COPY . .', 'RUN go build .'),
    ),
    case(
        'go.sum comes too late',
        app('COPY go.mod main.go ./', 'RUN go build .', 'COPY go.sum ./'),
        finds='4',
        builds=MISSING,
    ),
    case(
        'go.sum is copied into another folder',
        app('COPY go.mod main.go ./', 'COPY go.sum /other/', 'RUN go build .'),
        finds='5',
        builds=MISSING,
    ),
    case('go.sum untracked, COPY . .', WHOLE, untracked='go.sum', finds='4', builds=MISSING),
    case('go.sum untracked, a glob', GLOB, untracked='go.sum', finds='5', builds=MISSING),
    case(
        'go.sum untracked and nothing needs it',
        app('COPY . .', 'RUN go build .'),
        plus={'main.go': HELLO},
        untracked='go.sum',
    ),
    case(
        'go.sum removed in the image',
        app('COPY . .', 'RUN rm -f go.sum', 'RUN go build .'),
        other='check-tidy-order 5',
        builds=MISSING,
    ),
    case(
        'go.sum moved back before the build',
        app('COPY go.mod go.sum /save/', 'COPY main.go ./', 'RUN mv /save/go.mod /save/go.sum . && go build .'),
    ),
    case(
        'go.mod copied into a folder that is not WORKDIR, then cd',
        app('COPY go.mod go.sum main.go /src/', 'RUN cd /src && go build .'),
    ),
)

STAGED: tuple[Case, ...] = (
    case(
        'COPY --from of a go.sum that the stage lacks',
        lines(
            *BUILDER, 'COPY go.mod main.go ./', 'FROM golang:1.21', 'WORKDIR /app', 'COPY --from=builder /app/go.sum ./'
        ),
        HELLO_TREE,
        finds='6',
        builds='"/app/go.sum": not found',
    ),
    case(
        'COPY --from of a go.sum that the stage has',
        lines(
            *BUILDER,
            'COPY go.mod go.sum main.go ./',
            'FROM golang:1.21',
            'WORKDIR /app',
            'COPY --from=builder /app/ ./',
            'RUN go build .',
        ),
    ),
    case(
        'COPY --from of a go.sum that go mod tidy wrote',
        lines(
            *BUILDER,
            'COPY go.mod main.go ./',
            'RUN go mod tidy',
            'FROM golang:1.21',
            'WORKDIR /app',
            'COPY --from=builder /app/go.sum ./',
        ),
        without='go.sum',
    ),
    case(
        'COPY --from of a glob that matches nothing',
        lines(
            *BUILDER,
            'COPY go.mod main.go ./',
            'FROM golang:1.21',
            'WORKDIR /app',
            'COPY --from=builder /app/go.sum* ./',
        ),
        HELLO_TREE,
        strict='6',
        classic='no source files were specified',
        buildah='no such file or directory',
    ),
    case(
        'COPY --from of a glob beside a file',
        lines(
            *BUILDER,
            'COPY go.mod main.go ./',
            'FROM golang:1.21',
            'WORKDIR /app',
            'COPY --from=builder /app/go.mod /app/go.sum* ./',
        ),
        HELLO_TREE,
    ),
    case(
        'COPY --from by number',
        lines(
            'FROM golang:1.21',
            'WORKDIR /app',
            'COPY go.mod main.go ./',
            'FROM golang:1.21',
            'WORKDIR /app',
            'COPY --from=0 /app/go.mod /app/go.sum ./',
        ),
        HELLO_TREE,
        finds='6',
        builds='"/app/go.sum": not found',
    ),
    case(
        'COPY --from by a name in another case',
        lines(
            'FROM golang:1.21 AS Builder',
            'WORKDIR /app',
            'COPY go.mod main.go ./',
            'FROM golang:1.21',
            'WORKDIR /app',
            'COPY --from=BUILDER /app/go.sum ./',
        ),
        HELLO_TREE,
        finds='6',
        builds='"/app/go.sum": not found',
        buildah='no stage or image found with that name',
    ),
    case(
        'COPY --from of a path without a leading slash',
        lines(*BUILDER, 'COPY go.mod main.go ./', 'FROM alpine', 'COPY --from=builder app/go.sum ./'),
        HELLO_TREE,
        finds='5',
        builds='"/app/go.sum": not found',
    ),
    case(
        'COPY --from of an image is unknown',
        app('COPY --from=registry.example/team/go:1.21 /app/go.sum ./', 'COPY . .', 'RUN go build .'),
        builds='not found',
        why='what another image holds is unknown',
    ),
    case(
        'COPY --from of plain alpine lacks it',
        app('COPY --from=alpine /app/go.sum ./', 'COPY . .', 'RUN go build .'),
        finds='3',
        builds='not found',
    ),
    case(
        'a stage that nothing needs',
        lines(
            'FROM golang:1.21 AS unused',
            'COPY go.sum ./',
            'FROM golang:1.21',
            'WORKDIR /app',
            'COPY . .',
            'RUN go build .',
        ),
        HELLO_TREE,
        classic='COPY failed',
        buildah='',
    ),
    case(
        'a stage after the target',
        lines(
            'FROM golang:1.21 AS app',
            'WORKDIR /app',
            'COPY . .',
            'RUN go build .',
            'FROM app AS late',
            'COPY go.sum ./',
        ),
        HELLO_TREE,
        target='app',
    ),
    case(
        'a target that needs the failing stage',
        lines(
            'FROM golang:1.21 AS deps',
            'WORKDIR /app',
            'COPY go.mod go.sum ./',
            'FROM deps AS app',
            'COPY . .',
            'RUN go build .',
            'FROM alpine',
        ),
        HELLO_TREE,
        target='app',
        finds='3',
        builds=NOT_FOUND,
    ),
    case(
        'a stage that stands on a stage has its files',
        lines(
            'FROM golang:1.21 AS deps',
            'WORKDIR /app',
            'COPY go.mod go.sum ./',
            'FROM deps',
            'COPY main.go ./',
            'RUN go build .',
        ),
    ),
    case(
        'a stage that stands on a stage keeps its WORKDIR and ENV',
        lines(
            'FROM golang:1.21 AS deps',
            'WORKDIR /app',
            'ENV D=svc',
            'FROM deps',
            'COPY $D/go.mod $D/main.go ./',
            'RUN go build .',
        ),
        {'svc/go.mod': BARE, 'svc/main.go': HELLO},
    ),
    case(
        'a stage does not know the ARG of another',
        lines('FROM golang:1.21 AS deps', 'ARG F=go.mod', 'FROM golang:1.21', 'WORKDIR /app', 'COPY ${F:-go.sum} ./'),
        HELLO_TREE,
        finds='5',
        builds=NOT_FOUND,
    ),
    case(
        'FROM of an ARG',
        'ARG GO=1.21\nFROM golang:${GO}\nWORKDIR /app\nCOPY go.mod go.sum ./\n',
        HELLO_TREE,
        finds='4',
        builds=NOT_FOUND,
    ),
    case(
        'FROM --platform',
        lines('FROM --platform=$BUILDPLATFORM golang:1.21', 'WORKDIR /app', 'COPY go.mod go.sum ./'),
        HELLO_TREE,
        finds='3',
        builds=NOT_FOUND,
        classic='skip: it knows no BUILDPLATFORM',
        buildah='skip: it knows no BUILDPLATFORM',
    ),
    case('COPY into scratch', lines('FROM scratch', 'COPY go.mod go.sum /'), HELLO_TREE, finds='2', builds=NOT_FOUND),
    # An OCI image, which Buildah makes, has no ONBUILD.
    case(
        'an ONBUILD COPY fails the stage that stands on it',
        lines(
            'FROM golang:1.21 AS base',
            'WORKDIR /app',
            'ONBUILD COPY go.mod go.sum ./',
            'FROM base',
            'COPY . .',
            'RUN go build .',
        ),
        HELLO_TREE,
        finds='4',
        builds=NOT_FOUND,
        buildah='',
    ),
    case(
        'an ONBUILD COPY copies into the stage that stands on it',
        lines('FROM golang:1.21 AS base', 'WORKDIR /app', 'ONBUILD COPY . .', 'FROM base', 'RUN go build .'),
        buildah='go.mod file not found',
    ),
    case(
        'an ONBUILD COPY that nothing stands on',
        lines('FROM golang:1.21', 'WORKDIR /app', 'ONBUILD COPY go.mod go.sum ./', 'COPY . .', 'RUN go build .'),
        HELLO_TREE,
    ),
    case(
        'WORKDIR chains',
        lines('FROM golang:1.21', 'WORKDIR /a', 'WORKDIR b', 'WORKDIR ../c', 'COPY . .', 'RUN cd /a/c && go build .'),
    ),
    case(
        'WORKDIR starts from that of the image',
        lines('FROM golang:1.21', 'WORKDIR src/app', 'COPY . .', 'RUN cd /go/src/app && go build .'),
    ),
    case(
        'without WORKDIR in golang it is /go, which is GOPATH',
        lines('FROM golang:1.21', 'COPY . .', 'RUN go build .'),
        other='check-tidy-order 3',
        builds='$GOPATH/go.mod exists but should not',
    ),
    case(
        'WORKDIR in alpine starts from /',
        lines('FROM alpine', 'WORKDIR app', 'COPY go.mod go.sum ./'),
        HELLO_TREE,
        finds='3',
        builds=NOT_FOUND,
    ),
    case(
        'WORKDIR from ENV',
        lines(
            'FROM golang:1.21',
            'ENV HOME_OF_APP=/srv/app',
            'WORKDIR $HOME_OF_APP',
            'COPY . .',
            'RUN cd /srv/app && go build .',
        ),
    ),
)

MOUNTED: tuple[Case, ...] = (
    case(
        'bind mounts of go.mod and go.sum',
        app(
            'COPY main.go ./',
            'RUN --mount=type=bind,source=go.mod,target=go.mod --mount=type=bind,source=go.sum,target=go.sum \\\n'
            'go build -o /bin/app .',
        ),
    ),
    case(
        'a bind mount of a go.sum that is absent',
        app('COPY . .', 'RUN --mount=type=bind,source=go.sum,target=go.sum go build -o /bin/app .'),
        HELLO_TREE,
        finds='4',
        builds=NOT_FOUND,
    ),
    case(
        'a bind mount of a go.sum that is untracked',
        app('COPY . .', 'RUN --mount=type=bind,src=go.sum,dst=go.sum go build -o /bin/app .'),
        untracked='go.sum',
        finds='4',
        builds=NOT_FOUND,
    ),
    case(
        'a bind mount, its source written ./go.sum',
        app('COPY . .', 'RUN --mount=type=bind,source=./go.sum,target=/app/go.sum go build -o /bin/app .'),
        HELLO_TREE,
        finds='4',
        builds=NOT_FOUND,
    ),
    case(
        'a bind mount, its source from an ARG',
        app('COPY . .', 'ARG F=go.sum', 'RUN --mount=type=bind,source=$F,target=$F go build -o /bin/app .'),
        HELLO_TREE,
        finds='5',
        builds='not found',
    ),
    case(
        'a bind mount of a hidden go.sum',
        app('COPY go.mod main.go ./', 'RUN --mount=type=bind,source=go.sum,target=go.sum go build -o /bin/app .'),
        plus={'.dockerignore': '*.sum\n'},
        finds='4',
        builds=NOT_FOUND,
    ),
    case(
        'a bind mount from a stage that lacks it',
        lines(
            'FROM golang:1.21 AS deps',
            'WORKDIR /app',
            'COPY go.mod ./',
            'FROM golang:1.21',
            'WORKDIR /app',
            'COPY . .',
            'RUN --mount=type=bind,from=deps,source=/app/go.sum,target=go.sum go build -o /bin/app .',
        ),
        HELLO_TREE,
        finds='7',
        builds='"/app/go.sum": not found',
    ),
    case(
        'a bind mount from a stage that has it',
        lines(
            'FROM golang:1.21 AS deps',
            'WORKDIR /app',
            'COPY go.mod go.sum ./',
            'FROM golang:1.21',
            'WORKDIR /app',
            'COPY go.mod main.go ./',
            'RUN --mount=type=bind,from=deps,source=/app/go.sum,target=go.sum go build -o /bin/app .',
        ),
    ),
    case('the whole context is mounted', app('RUN --mount=type=bind,target=. go build -o /bin/app .'), context=''),
    case('a mount without a type is a bind mount', app('RUN --mount=target=. go build -o /bin/app .'), context=''),
    case(
        'source=. is the whole context',
        app('RUN --mount=type=bind,source=.,target=/app go build -o /bin/app .'),
        context='',
    ),
    case(
        'the whole context is mounted, and go.sum is not in it',
        app('RUN --mount=type=bind,target=. go build -o /bin/app .'),
        context='',
        untracked='go.sum',
        finds='3',
        builds=MISSING,
    ),
    case(
        'a mount lasts one instruction',
        app(
            'COPY main.go ./',
            'RUN --mount=type=bind,source=go.mod,target=go.mod go mod download',
            'RUN go build -o /bin/app .',
        ),
        HELLO_TREE,
        other='check-tidy-order 5',
        builds='go.mod file not found',
    ),
    case(
        'go mod tidy in a read-only mount without go.sum',
        app('RUN --mount=type=bind,target=. go mod tidy'),
        without='go.sum',
        context='',
        builds='read-only file system',
        other='check-tidy-order 3',
    ),
    case(
        'go build in a read-only mount',
        app('RUN --mount=type=bind,target=. go build .'),
        HELLO_TREE,
        builds='open app: read-only file system',
        other='check-tidy-order 3',
    ),
    case(
        'go build into a folder of one',
        app('RUN --mount=type=bind,source=.,target=/src cd /src && go build -o bin/app .'),
        HELLO_TREE,
        context='',
        builds='mkdir bin/: read-only file system',
        other='check-tidy-order 3',
    ),
    case(
        'go build in one, out of it',
        app('RUN --mount=type=bind,target=. go vet . && go build -o /bin/app . && go build -o /dev/null . && go list'),
        HELLO_TREE,
    ),
    case(
        'go build in one, into a cache in it',
        app('RUN --mount=type=bind,target=. --mount=type=cache,target=/app/bin go build -o bin/app .'),
        HELLO_TREE,
        plus={'bin/.keep': ''},
    ),
    case(
        'go build in one that may fail',
        app('RUN --mount=type=bind,target=. go build . || go build -o /bin/app .'),
        HELLO_TREE,
    ),
    case(
        'go mod tidy in a writable mount',
        app('RUN --mount=type=bind,target=.,rw go mod tidy && go build -o /bin/app .'),
        without='go.sum',
        context='',
    ),
    case(
        'what is written into a mount is gone after it',
        app('COPY go.mod main.go ./', 'RUN --mount=type=bind,target=.,rw go mod tidy', 'RUN go build -o /bin/app .'),
        without='go.sum',
        other='check-tidy-order 5',
        builds=MISSING,
    ),
    case(
        'a cache mount changes nothing',
        app(
            'COPY go.mod go.sum ./',
            'RUN --mount=type=cache,target=/go/pkg/mod go mod download',
            'COPY . .',
            'RUN --mount=type=cache,target=/go/pkg/mod go build .',
        ),
    ),
    case(
        'a cache mount does not stand in for go.sum',
        app('COPY go.mod main.go ./', 'RUN --mount=type=cache,target=/go/pkg/mod go build .'),
        finds='4',
        builds=MISSING,
    ),
    case(
        'a secret mount that nobody requires',
        app('COPY . .', 'RUN --mount=type=secret,id=netrc,target=/root/.netrc go build .'),
        buildah='skip: its mounts differ',
    ),
    case(
        'a secret mount that is required',
        app('COPY . .', 'RUN --mount=type=secret,id=netrc,required go build .'),
        builds='secret netrc: not found',
        why='secrets are no Go files',
        buildah='skip: its mounts differ',
    ),
    case(
        'a cache mount over WORKDIR hides the files',
        app('COPY . .', 'RUN --mount=type=cache,target=/app go build .'),
        other='check-tidy-order 4',
        builds='go.mod file not found',
        buildah='skip: its mounts differ',
    ),
    case(
        'a tmpfs over WORKDIR hides the files',
        app('COPY . .', 'RUN --mount=type=tmpfs,target=/app go build .'),
        other='check-tidy-order 4',
        builds='go.mod file not found',
        buildah='skip: its mounts differ',
    ),
)
_TIDIED = ('FROM golang:1.21 AS tidied', 'WORKDIR /t', 'COPY . .', 'RUN go mod tidy', 'FROM golang:1.21')
TIDIED: tuple[Case, ...] = (
    case(
        'a tidy of a module that requires no other writes no go.sum',
        lines(*_TIDIED, 'COPY --from=tidied /t/go.mod /t/go.sum /app/'),
        HELLO_TREE,
        finds='6',
        builds='"/t/go.sum": not found',
    ),
    case(
        'but one of a module whose source imports another does',
        lines(*_TIDIED, 'COPY --from=tidied /t/go.mod /t/go.sum /app/'),
        {**HELLO_TREE, 'main.go': MAIN},
    ),
)

CASES: tuple[Case, ...] = (*IGNORED, *NEVER_COPIED, *STAGED, *MOUNTED, *TIDIED)

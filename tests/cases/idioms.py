"""Idioms of real Dockerfiles: each must be understood, or met with silence."""

from __future__ import annotations

from tests.cases._case import BARE, HELLO, HELLO_TREE, MAIN, MOD, NOT_FOUND, SUM, Case, app, case
from tests.cases.go_commands import DEP, LEAF_SUM, REPLACED, WORK, vendored

SVC = {'svc/go.mod': MOD, 'svc/go.sum': SUM, 'svc/main.go': MAIN}
CMD = {'go.mod': BARE, 'cmd/server/main.go': HELLO}
LIB = {'lib/go.mod': 'module example.com/lib\n\ngo 1.21\n', 'lib/lib.go': 'package lib\n'}

CASES: tuple[Case, ...] = (
    case('go.* and a download', app('COPY go.* ./', 'RUN go mod download', 'COPY . .', 'RUN go build .')),
    case(
        'go.* of a folder',
        app('COPY svc/go.* ./svc/', 'RUN cd svc && go mod download', 'COPY svc svc', 'RUN cd svc && go build .'),
        SVC,
    ),
    case(
        'a download that may fail',
        app('COPY go.mod go.sum* ./', 'RUN go mod download 2>/dev/null || true', 'COPY . .', 'RUN go build .'),
        HELLO_TREE,
    ),
    case(
        'no COPY at all, the source mounted',
        app('RUN --mount=type=bind,source=.,target=. --mount=type=cache,target=/root/.cache go build -o /bin/app .'),
        context='',
    ),
    case(
        'the source mounted and GOFLAGS=-mod=vendor',
        app('ENV GOFLAGS=-mod=vendor', 'RUN --mount=type=bind,target=. go build -o /bin/app .'),
        vendored(),
        context='',
    ),
    case(
        'a stage of modules',
        """
         FROM golang:1.21 AS modules
         COPY go.mod go.sum /modules/
         WORKDIR /modules
         RUN go mod download

         FROM golang:1.21 AS builder
         COPY --from=modules /go/pkg /go/pkg
         COPY . /app
         WORKDIR /app
         RUN CGO_ENABLED=0 go build -o /bin/app .

         FROM scratch
         COPY --from=builder /bin/app /bin/app
         ENTRYPOINT ["/bin/app"]
         """,
    ),
    case(
        'a binary that the builder stage wrote',
        """
         FROM golang:1.21-alpine AS builder
         RUN apk add --no-cache git || true
         WORKDIR /src
         COPY go.mod go.sum ./
         RUN --mount=type=cache,target=/go/pkg/mod go mod download
         COPY . .
         RUN go build -o /out/app .
         FROM alpine
         COPY --from=builder /out/app /app
         USER nobody
         CMD ["/app"]
         """,
    ),
    case(
        'a folder from an ARG default, go.mod and go.sum',
        app(
            'ARG SOURCE_DIR=svc',
            'COPY ${SOURCE_DIR}/go.mod ${SOURCE_DIR}/go.sum ./',
            'RUN go mod download',
            'COPY ${SOURCE_DIR} .',
            'RUN go build .',
        ),
        SVC,
    ),
    case(
        'a folder from an ARG default that lacks go.sum',
        app(
            'ARG SOURCE_DIR=svc',
            'COPY ${SOURCE_DIR}/go.mod ${SOURCE_DIR}/go.sum ./',
            'COPY ${SOURCE_DIR} .',
            'RUN go build .',
        ),
        {'svc/go.mod': BARE, 'svc/main.go': HELLO},
        finds='4',
        builds='"/svc/go.sum": not found',
    ),
    case(
        'a package from an ARG before FROM that the stage does not declare',
        'ARG APP=server\nFROM golang:1.21\nWORKDIR /app\nCOPY . .\nRUN go build -o /bin/app ./cmd/$APP\n',
        CMD,
        other='check-tidy-order 5',
        builds='no Go files in /app/cmd',
    ),
    case(
        'a package from an ARG before FROM that the stage declares',
        'ARG APP=server\nFROM golang:1.21\nARG APP\nWORKDIR /app\nCOPY . .\nRUN go build -o /bin/app ./cmd/$APP\n',
        CMD,
    ),
    case(
        'a package from an ARG before FROM that the stage below declares',
        'ARG APP=server\nFROM golang:1.21 AS base\nARG APP\nFROM base\nWORKDIR /app\nCOPY . .\n'
        'RUN go build -o /bin/app ./cmd/$APP\n',
        CMD,
        classic='no Go files in /app/cmd',
        buildah='no Go files in /app/cmd',
    ),
    case(
        'an ARG that is named again keeps its default',
        app('ARG DIR=svc', 'ARG DIR', 'COPY ${DIR}/go.mod ${DIR}/go.sum ./', 'COPY ${DIR} .', 'RUN go build .'),
        {'svc/go.mod': BARE, 'svc/main.go': HELLO},
        finds='5',
        builds='"/svc/go.sum": not found',
    ),
    case('ADD of all at once', app('ADD go.mod go.sum main.go ./', 'RUN go build .')),
    case(
        'COPY with --link, --chown, --chmod',
        app('COPY --link --chown=0:0 --chmod=644 go.mod go.sum ./', 'COPY --link . .', 'RUN go build .'),
    ),
    case(
        'an ignore file beside a Dockerfile of another name',
        app('COPY . .', 'RUN go build .'),
        at='api.dockerfile',
        plus={'api.dockerfile.dockerignore': '*\n!go.*\n!*.go\n'},
    ),
    case(
        'COPY . ./ and go mod tidy -diff',
        app('COPY . ./', 'RUN go mod tidy -diff', 'RUN go build .', base='golang:1.23'),
    ),
    case(
        'only go.work.sum copied, then go work init',
        app('COPY go.work.sum ./', 'COPY a a', 'COPY b b', 'RUN go work init ./a ./b && cd a && go build .'),
        {
            'go.work.sum': SUM,
            'a/go.mod': MOD,
            'a/main.go': MAIN,
            'b/go.mod': 'module example.com/b\n\ngo 1.21\n',
            'b/b.go': 'package b\n',
        },
    ),
    case('rm -f go.work && go work init', app('COPY . .', 'RUN rm -f go.work && go work init . && go build .'), WORK),
    case(
        'go.work and the go.mod of each member, then go work sync',
        app(
            'COPY go.work go.mod go.sum ./', 'COPY lib/go.mod ./lib/', 'RUN go work sync', 'COPY . .', 'RUN go build .'
        ),
        WORK,
    ),
    case(
        'GOWORK=off go mod download',
        app('COPY go.work go.mod go.sum ./', 'RUN GOWORK=off go mod download', 'COPY . .', 'RUN go build .'),
        WORK,
    ),
    case(
        'go mod edit -replace in the image',
        app(
            'COPY dep /dep',
            'COPY go.mod go.sum main.go ./',
            'RUN go mod edit -replace example.com/dep=/dep',
            'RUN go build .',
        ),
        plus=DEP,
    ),
    case(
        'go mod edit -replace of a folder that is not there',
        app('COPY go.mod go.sum main.go ./', 'RUN go mod edit -replace example.com/dep=/dep', 'RUN go build .'),
        builds='replacement directory /dep does not exist',
        why='what `go mod edit` writes is not read',
    ),
    case(
        'go mod edit -dropreplace in the image',
        app('COPY go.mod go.sum main.go ./', 'RUN go mod edit -dropreplace example.com/dep', 'RUN go build .'),
        REPLACED,
        plus={'go.sum': SUM},
    ),
    case(
        "echo 'replace …' >> go.mod",
        app(
            'COPY dep /dep',
            'COPY go.mod go.sum main.go ./',
            "RUN echo 'replace example.com/dep => /dep' >> go.mod",
            'RUN go build .',
        ),
        plus=DEP,
    ),
    case(
        'sed -i go.mod',
        app('COPY go.mod go.sum main.go ./', 'RUN sed -i /replace/d go.mod && go build .'),
        REPLACED,
        plus={'go.sum': SUM},
    ),
    case(
        'module files saved aside and put back',
        app(
            'COPY go.mod ./',
            'COPY main.go ./',
            'RUN go mod tidy && mkdir /save && cp go.mod go.sum /save/',
            'COPY . .',
            'RUN cp /save/go.* ./ && go build .',
        ),
        without='go.sum',
    ),
    case(
        'go mod vendor in the image, vendor/ git-ignored',
        app('COPY . .', 'RUN go mod vendor && go build -mod=vendor .'),
        vendored(),
        plus={'.gitignore': 'vendor/\n'},
        untracked='vendor/modules.txt vendor/example.com/dep/dep.go vendor/example.com/leaf/leaf.go',
    ),
    case(
        '-mod=vendor and vendor/ git-ignored',
        app('COPY . .', 'RUN go build -mod=vendor .'),
        vendored(),
        plus={'.gitignore': 'vendor/\n'},
        untracked='vendor/modules.txt vendor/example.com/dep/dep.go vendor/example.com/leaf/leaf.go',
        builds='inconsistent vendoring',
        why='what lies in a folder that git ignores as a whole may be made before the build',
    ),
    case(
        '.. clipped at the root of the context',
        app('COPY ../../lib /lib', 'COPY go.mod main.go ./', 'RUN go build . && ls /lib/go.mod'),
        HELLO_TREE,
        plus=LIB,
        strict='3',
        classic='forbidden path outside the build context',
    ),
    case(
        'the files of two modules copied over each other',
        app('COPY lib/go.mod ./', 'COPY go.mod go.sum ./', 'COPY main.go ./', 'RUN go build .'),
        plus=LIB,
    ),
    case(
        'go.mod copied into a folder that is not WORKDIR',
        app('COPY go.mod go.sum /build/', 'COPY main.go /build/', 'WORKDIR /build', 'RUN go build .'),
    ),
    case(
        'a COPY of generated files that git ignores',
        app('COPY gen/go.mod ./', 'COPY main.go ./', 'RUN go build .'),
        HELLO_TREE,
        plus={'gen/go.mod': BARE, '.gitignore': 'gen/\n'},
        untracked='gen/go.mod',
        builds='not found',
        why='what lies in a folder that git ignores as a whole may be made before the build',
    ),
    case(
        "a team's own base sets GOFLAGS=-mod=mod",
        'FROM registry.example/team/go:1.21\nCOPY . .\nRUN go build -o /bin/app .\n',
        without='go.sum',
    ),
    case(
        "a team's own base and a literal go.sum",
        'FROM registry.example/team/go:1.21\nCOPY go.mod go.sum ./\nCOPY . .\nRUN go build -o /bin/app .\n',
        HELLO_TREE,
        finds='2',
        builds=NOT_FOUND,
    ),
    case(
        'make build',
        app('COPY . .', 'RUN make build'),
        HELLO_TREE,
        plus={'Makefile': 'build:\n\tgo mod tidy && go build .\n'},
    ),
    case(
        'a script that writes go.sum',
        app('COPY . .', 'RUN ./prepare.sh && go build .'),
        without='go.sum',
        plus={'prepare.sh': '#!/bin/sh\ngo mod tidy\n'},
        other='check-tidy-order 4',
        builds='Permission denied',
        classic='returned a non-zero code',
        buildah='exit status',
    ),
    case(
        'a script that sh runs writes go.sum',
        app('COPY . .', 'RUN sh prepare.sh && go build .'),
        without='go.sum',
        plus={'prepare.sh': '#!/bin/sh\ngo mod tidy\n'},
    ),
    case(
        'a version from an ARG in FROM',
        'ARG GO_VERSION=1.21\nFROM golang:${GO_VERSION}-alpine AS build\nWORKDIR /app\nCOPY . .\nRUN go build .\n',
    ),
    case(
        'a version from an ARG in FROM that is too old',
        'ARG GO_VERSION=1.21\nFROM golang:${GO_VERSION} AS build\nWORKDIR /app\nCOPY . .\nRUN go build .\n',
        plus={'go.mod': MOD.replace('go 1.21', 'go 1.23')},
        other='check-go-version 2',
        builds='requires go >= 1.23',
    ),
    case(
        'a version from an ARG in FROM that a build argument mends',
        'ARG GO_VERSION=1.21\nFROM golang:${GO_VERSION} AS build\nWORKDIR /app\nCOPY . .\nRUN go build .\n',
        plus={'go.mod': MOD.replace('go 1.21', 'go 1.23')},
        args={'GO_VERSION': '1.23'},
    ),
    case(
        'a byte order mark in go.mod',
        app('COPY . .', 'RUN go build .'),
        HELLO_TREE,
        plus={'go.mod': '\ufeff' + BARE},
        other='check-tidy-order 4',
        builds='unexpected input character',
    ),
    case(
        'CRLF in go.mod and go.sum',
        app('COPY . .', 'RUN go build .'),
        plus={'go.mod': MOD.replace('\n', '\r\n'), 'go.sum': SUM.replace('\n', '\r\n')},
    ),
    case(
        'go mod init in the image',
        app('COPY main.go ./', 'RUN go mod init app && go mod tidy', 'RUN go build .'),
        {'main.go': MAIN},
    ),
    case(
        'a Dockerfile in lower case',
        app('COPY go.mod go.sum ./'),
        HELLO_TREE,
        at='dockerfile',
        finds='3',
        builds=NOT_FOUND,
    ),
    case(
        'a Dockerfile with a suffix',
        app('COPY go.mod go.sum ./'),
        HELLO_TREE,
        at='Dockerfile.api',
        finds='3',
        builds=NOT_FOUND,
    ),
    case('a Containerfile', app('COPY go.mod go.sum ./'), HELLO_TREE, at='Containerfile', finds='3', builds=NOT_FOUND),
    case(
        'go.sum comes from a heredoc',
        app('COPY go.mod main.go ./', 'COPY <<go.sum ./', *SUM.split('\n')[:-1], 'go.sum', 'RUN go build .'),
        without='go.sum',
    ),
    case(
        'go.mod comes from a heredoc',
        app('COPY main.go ./', 'COPY <<go.mod ./', *BARE.split('\n')[:-1], 'go.mod', 'RUN go build .'),
        {'main.go': HELLO},
    ),
    case(
        'two services, one without go.sum',
        app('COPY a/go.mod a/go.sum a/', 'COPY b/go.mod b/go.sum b/', 'RUN cd a && go mod download'),
        {'a/go.mod': MOD, 'a/go.sum': SUM, 'b/go.mod': BARE},
        finds='4',
        builds='"/b/go.sum": not found',
    ),
    case(
        'two causes, two findings',
        app('COPY a/go.mod a/go.sum a/', 'COPY b/go.mod b/go.sum b/', 'RUN cd a && go mod download'),
        {'a/go.mod': BARE, 'b/go.mod': BARE, 'x.go': 'package x\n'},
        finds='3 4',
        builds='go.sum": not found',
    ),
    case(
        'one cause, one finding',
        app('COPY go.mod go.sum ./', 'RUN go mod download', 'COPY go.sum ./', 'COPY . .', 'RUN go build .'),
        without='go.sum',
        finds='3 5',
        builds=NOT_FOUND,
    ),
    case(
        'a nested module is not part of COPY . . and ./...',
        app('COPY . .', 'RUN go build ./...'),
        HELLO_TREE,
        plus={'tools/go.mod': MOD.replace('/app', '/tools'), 'tools/main.go': MAIN},
    ),
    case(
        'a package in testdata and one below an underscore do not count',
        app('COPY . .', 'RUN go build ./...'),
        HELLO_TREE,
        plus={'testdata/main.go': MAIN, '_x/main.go': MAIN},
        without='',
    ),
    case(
        'an import comment and a raw string are no imports',
        app('COPY . .', 'RUN go build .'),
        without='go.sum',
        plus={
            'main.go': 'package main\n\n// import "example.com/dep"\n\nfunc main() { println(`import "x.org/y"`) }\n'
        },
    ),
    case(
        'sums of a replacement by another module',
        app('COPY . .', 'RUN go build .'),
        plus={
            'go.mod': BARE + '\nrequire example.com/old v1.0.0\n\nreplace example.com/old => example.com/leaf v1.0.0\n',
            'go.sum': LEAF_SUM,
            'main.go': 'package main\n\nimport leaf "example.com/old"\n\nfunc main() { println(leaf.Name()) }\n',
        },
    ),
)

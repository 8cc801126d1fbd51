"""Steps in an order that looks wrong and is not, or looks right and is not, as people write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cases._case import (
    BARE,
    HELLO,
    HELLO_TREE,
    INCONSISTENT,
    MAIN,
    MISSING,
    MOD,
    MODULES,
    NO_MOD,
    SUM,
    TREE,
    Case,
    app,
    case,
    lines,
    sums,
)
from tests.cases.go_commands import DEP_GONE, LEAF_SUM, NO_MAIN, REPLACED, SAME, vendored

if TYPE_CHECKING:
    from collections.abc import Mapping

NOTHING = 'the tidy does nothing: a later copy restores go.mod'
IMPORT_DEP = 'package main\n\nimport _ "example.com/dep"\n'
# go.sum lacks dep, which main.go does not import; a second file may.
SHORT: Mapping[str, str] = {'go.mod': MOD, 'go.sum': LEAF_SUM, 'main.go': HELLO}
# go.mod asks for a folder; docker.mod, which -modfile names, does not.
MODFILE: Mapping[str, str] = {**REPLACED, 'docker.mod': MOD, 'docker.sum': SUM}
MONO: Mapping[str, str] = {
    'go.work': 'go 1.21\n\nuse (\n\t./services/api\n\t./services/web\n\t./libs/log\n)\n',
    'services/api/go.mod': 'module example.com/api\n\ngo 1.21\n\nrequire example.com/log v0.0.0\n\n'
    'replace example.com/log => ../../libs/log\n',
    'services/api/main.go': 'package main\n\nimport "example.com/log"\n\nfunc main() { log.P() }\n',
    'services/web/go.mod': 'module example.com/web\n\ngo 1.21\n',
    'services/web/main.go': HELLO,
    'libs/log/go.mod': 'module example.com/log\n\ngo 1.21\n',
    'libs/log/log.go': 'package log\n\nfunc P() { println("log") }\n',
}
LOG_GONE = 'libs/log/go.mod: no such file or directory'
WEB_GONE = 'cannot load module services/web listed in go.work'
TOOLS: Mapping[str, str] = {
    'go.mod': BARE + '\nrequire example.com/tool v1.2.3\n',
    'go.sum': sums('example.com/tool@v1.2.3'),
    'tools.go': '//go:build tools\n\npackage tools\n\nimport _ "example.com/tool"\n',
}


def _order(
    name: str,
    dockerfile: str,
    tree: Mapping[str, str] = TREE,
    *,
    without: str = '',
    at: str = 'Dockerfile',
    context: str | None = None,
    declared: bool = True,
    other: str = '',
    builds: str = '',
    why: str = '',
) -> Case:
    """A case that only BuildKit is asked."""
    made = case(
        name,
        dockerfile,
        tree,
        without=without,
        at=at,
        context=context,
        declared=declared,
        other=other,
        builds=builds,
        why=why,
    )
    return made._replace(classic=SAME, buildah=SAME)


def _short(name: str, file: str, text: str, command: str, builds: str = '') -> Case:
    """A module whose go.sum lacks what one file imports."""
    return _order(
        f'a go.sum short of a line: {name}',
        app('COPY . .', f'RUN {command}'),
        {**SHORT, file: text},
        other='check-tidy-order 4' if builds else '',
        builds=builds,
    )


# A tidy, a get or an init before the source

TIDIES: tuple[Case, ...] = (
    _order(
        'go mod init and go mod tidy before the source',
        app('RUN go mod init example.com/app && go mod tidy', 'COPY . .', 'RUN go build .'),
        {'main.go': HELLO},
        other='check-tidy-order 3',
        why=NOTHING,
    ),
    _order(
        'a tidy before the source, which a later stage on it copies',
        app('COPY go.mod ./', 'RUN go mod tidy', 'FROM base', 'COPY . .', 'RUN go build .', base='golang:1.21 AS base'),
        other='check-tidy-order 4',
        why=NOTHING,
    ),
    _order(
        'a tidy before the source, go.mod saved aside and put back',
        app(
            'COPY go.mod go.sum ./',
            'RUN cp go.mod go.sum /tmp/ && go mod tidy && cp /tmp/go.mod /tmp/go.sum ./',
            'COPY main.go ./',
            'RUN go build .',
        ),
        other='check-tidy-order 4',
        why='the tidy does nothing: go.mod is put back',
    ),
    _order(
        'a tidy after a script has written what is imported',
        app('COPY . .', 'RUN sh generate.sh && go mod tidy', 'RUN go build .'),
        {
            'go.mod': BARE,
            'main.go': 'package main\n\nimport _ "example.com/app/docs"\n\nfunc main() {}\n',
            'generate.sh': 'mkdir -p docs && echo package docs > docs/docs.go\n',
        },
    ),
    _order(
        'a tidy before a nested module that the proxy has, too',
        app('COPY go.mod main.go ./', 'RUN go mod tidy', 'COPY . .', 'RUN go build -mod=mod .'),
        {
            'go.mod': 'module example.com\n\ngo 1.21\n',
            'main.go': 'package main\n\nimport "example.com/leaf"\n\nfunc main() { println(leaf.Name()) }\n',
            **{f'leaf/{name}': text for name, text in MODULES['example.com/leaf', 'v1.0.0'].items()},
        },
    ),
    _order(
        'go get ./... before the source',
        app('COPY go.mod ./', 'RUN go get -d ./...', 'COPY . .', 'RUN go build .'),
        without='go.sum',
        other='check-tidy-order 6',
        builds=MISSING,
    ),
    _order(
        'go mod download of every module by name',
        app('COPY go.mod main.go ./', 'RUN go mod download example.com/dep example.com/leaf && go build .'),
        without='go.sum',
    ),
    _order(
        'a tidy in a mount that is gone when the next step builds',
        app('COPY . .', 'RUN --mount=target=.,rw go mod tidy', 'RUN go build .'),
        without='go.sum',
        other='check-tidy-order 5',
        builds=MISSING,
    ),
    _order(
        'go.sum comes from a stage that downloads all',
        lines(
            'FROM golang:1.21 AS modules',
            'WORKDIR /m',
            'COPY go.mod ./',
            'RUN go mod download all',
            'FROM golang:1.21',
            'WORKDIR /app',
            'COPY . .',
            'COPY --from=modules /m/go.sum ./',
            'RUN go build .',
        ),
        without='go.sum',
    ),
    _order(
        'only the module cache comes from a stage that downloads all',
        lines(
            'FROM golang:1.21 AS modules',
            'WORKDIR /m',
            'COPY go.mod ./',
            'RUN go mod download all',
            'FROM golang:1.21',
            'COPY --from=modules /go/pkg /go/pkg',
            'WORKDIR /app',
            'COPY . .',
            'RUN go build .',
        ),
        without='go.sum',
        other='check-tidy-order 9',
        builds=MISSING,
    ),
)

# Flags and variables that change which file counts

FLAGS: tuple[Case, ...] = (
    _order(
        '-modfile without the replacement that go.mod has',
        app('COPY go.mod docker.mod docker.sum main.go ./', 'RUN go build -modfile=docker.mod .'),
        MODFILE,
    ),
    _order(
        'GOFLAGS=-modfile without the replacement that go.mod has',
        app(
            'ENV GOFLAGS=-modfile=docker.mod',
            'COPY go.mod docker.mod docker.sum main.go ./',
            'RUN go mod download',
            'RUN go build .',
        ),
        MODFILE,
    ),
    _order(
        '-modfile agrees with vendor/, go.mod does not',
        app('COPY . .', 'RUN go build -modfile=docker.mod .'),
        {**vendored(), 'go.mod': MOD.replace('dep v1.0.0', 'dep v0.9.0'), 'docker.mod': MOD, 'docker.sum': SUM},
    ),
    _order(
        'an analyzer of go vet is a switch',
        app('COPY . .', 'RUN go vet -copylocks ./cmd/x'),
        {**TREE, 'cmd/x/main.go': HELLO},
        without='go.sum',
    ),
    _order(
        'an empty GOFLAGS leaves what go env -w has set',
        app('RUN go env -w GOFLAGS=-mod=mod', 'COPY . .', 'RUN GOFLAGS= go build .'),
        without='go.sum',
    ),
    _order(
        'an empty GOFLAGS hides what ENV has set',
        app('ENV GOFLAGS=-mod=mod', 'COPY . .', 'RUN GOFLAGS= go build .'),
        without='go.sum',
        other='check-tidy-order 5',
        builds=MISSING,
    ),
    _order(
        'an ARG before FROM is no variable of the stage',
        'ARG GOFLAGS=-mod=mod\n' + app('COPY . .', 'RUN go build .'),
        without='go.sum',
        other='check-tidy-order 5',
        builds=MISSING,
    ),
    _order(
        'variables from a file',
        app('COPY . .', 'RUN export $(cat env) && go build .'),
        {**TREE, 'env': 'GOFLAGS=-mod=mod\n'},
        without='go.sum',
    ),
    _order(
        'a program of the repository that is called go',
        app('COPY . .', 'RUN chmod +x tools/go && ./tools/go build .'),
        {**TREE, 'tools/go': '#!/bin/sh\ntrue\n'},
        without='go.sum',
    ),
    _order('an ARG of the stage is', app('ARG GOFLAGS=-mod=mod', 'COPY . .', 'RUN go build .'), without='go.sum'),
)

# vendor/

VENDOR: tuple[Case, ...] = (
    _order(
        'go clean -modcache reads no vendor/',
        app('COPY . .', 'RUN go clean -modcache && go mod vendor && go build .'),
        vendored('v0.9.0'),
    ),
    _order('COPY --exclude=vendor', app('COPY --exclude=vendor . .', 'RUN go build .'), vendored('v0.9.0')),
    _order('vendor/ moved away', app('COPY . .', 'RUN mv vendor /tmp/ && go build .'), vendored('v0.9.0')),
    _order(
        'a vendor/ of another language',
        app('COPY . .', 'RUN go build .'),
        {**TREE, 'vendor/autoload.php': '<?php\n'},
        other='check-tidy-order 4',
        builds=INCONSISTENT,
    ),
    _order(
        'a vendor/ of another language, and a module without requirements',
        app('COPY . .', 'RUN go build .'),
        {**HELLO_TREE, 'vendor/autoload.php': '<?php\n'},
    ),
    _order(
        'vendor/ whose modules.txt a pattern of .dockerignore hides',
        app('COPY . .', 'RUN go build .'),
        {**vendored(), '.dockerignore': '**/*.txt\n'},
        other='check-tidy-order 4',
        builds=INCONSISTENT,
    ),
    _order(
        'vendor/* hidden, and !vendor, which is no match for it',
        app('COPY . .', 'RUN go build -mod=vendor .'),
        {**vendored(), '.dockerignore': 'vendor/*\n!vendor\n'},
        other='check-tidy-order 4',
        builds=INCONSISTENT,
    ),
    _order(
        'vendor/* hidden, and !vendor/**',
        app('COPY . .', 'RUN go build -mod=vendor .'),
        {**vendored(), '.dockerignore': 'vendor/*\n!vendor/**\n'},
    ),
)

# Build constraints, and files that come and go

SUMS: tuple[Case, ...] = (
    _short('a file of another tag', 'dev.go', '//go:build dev\n\n' + IMPORT_DEP, 'go build .'),
    _short('a file of the given tag', 'dev.go', '//go:build dev\n\n' + IMPORT_DEP, 'go build -tags dev .', MISSING),
    _short('a file of the given system', 'x_windows.go', IMPORT_DEP, 'GOOS=windows go build .', MISSING),
    _short('a file of a newer Go', 'x.go', '//go:build go1.99\n\n' + IMPORT_DEP, 'go build .'),
    _short('a package that nobody builds', 'sub/x.go', IMPORT_DEP, 'go build .'),
    _short('a file that is named', 'dev.go', IMPORT_DEP, 'go run main.go dev.go', MISSING),
    _short('a file that is not named', 'dev.go', IMPORT_DEP, 'go build main.go'),
    _short('a file that is removed', 'dev.go', IMPORT_DEP, 'rm dev.go && go build .'),
    _short(
        'a file that an overlay takes away',
        'dev.go',
        IMPORT_DEP,
        """echo '{"Replace":{"/app/dev.go":""}}' > /overlay.json && go build -overlay=/overlay.json .""",
    ),
    _order(
        'a go.sum short of a line: a file that .dockerignore hides',
        app('COPY . .', 'RUN go build .'),
        {**SHORT, 'dev.go': IMPORT_DEP, '.dockerignore': 'dev.go\n'},
    ),
    _order(
        'a go.sum short of a line: the replacement has one',
        app('COPY . .', 'RUN go build .'),
        {
            'go.mod': MOD.replace('example.com/dep v1.0.0', 'example.com/old v0.5.0')
            + '\nreplace example.com/old => example.com/dep v1.0.0\n',
            'go.sum': SUM,
            'main.go': MAIN.replace('example.com/dep', 'example.com/old'),
        },
    ),
    _order(
        'a byte order mark in go.sum hides its first line',
        app('COPY . .', 'RUN go build .'),
        {**TREE, 'go.sum': '\ufeff' + SUM},
        other='check-tidy-order 4',
        builds=MISSING,
    ),
    _order('a tool that tools.go imports', app('COPY . .', 'RUN go install example.com/tool'), TOOLS),
    _order(
        'a tool that go.mod requires, and no go.sum',
        app('COPY go.mod ./', 'RUN go install example.com/tool'),
        TOOLS,
        without='go.sum',
        other='check-tidy-order 4',
        builds=MISSING,
    ),
)

# Local replacements

REPLACEMENTS: tuple[Case, ...] = (
    _order(
        'a replacement in a mount that is gone when the next step builds',
        app(
            'COPY go.mod go.sum main.go ./',
            'RUN --mount=type=bind,source=dep,target=dep go mod download && go build .',
            'RUN go build .',
        ),
        REPLACED,
        other='check-tidy-order 5',
        builds=DEP_GONE,
    ),
    _order(
        'a replacement that a link leads to',
        app('COPY dep /src/dep', 'RUN ln -s /src/dep dep', 'COPY go.mod go.sum main.go ./', 'RUN go build .'),
        REPLACED,
    ),
    _order(
        'a replacement that a stage brings',
        lines(
            'FROM alpine AS libraries',
            'COPY dep /dep',
            'FROM golang:1.21',
            'WORKDIR /app',
            'COPY --from=libraries /dep ./dep',
            'COPY go.mod go.sum main.go ./',
            'RUN go mod download && go build .',
        ),
        REPLACED,
    ),
    _order(
        'a replacement of another version',
        app('COPY go.mod go.sum main.go ./', 'RUN go mod download && go build .'),
        {**TREE, 'go.mod': MOD + '\nreplace example.com/dep v0.9.0 => ./dep\n'},
    ),
    _order(
        'a replacement beside, at a depth where the image has it',
        app('COPY libs /libs', 'COPY services/api ./', 'RUN go mod download && go build .'),
        MONO,
        at='services/api/Dockerfile',
        context='',
    ),
    _order(
        'a replacement beside, not copied',
        app('COPY services/api ./', 'RUN go mod download'),
        MONO,
        at='services/api/Dockerfile',
        context='',
        other='check-tidy-order 4',
        builds=LOG_GONE,
    ),
)

# Workspaces and monorepos

WORKSPACES: tuple[Case, ...] = (
    _order(
        'a workspace of which one service is copied',
        app('COPY go.work ./', 'COPY services/api services/api', 'COPY libs libs', 'RUN go build ./services/api'),
        MONO,
        other='check-tidy-order 6',
        builds=WEB_GONE,
    ),
    _order(
        'a workspace of which one service is copied, the other dropped',
        app(
            'COPY go.work ./',
            'RUN go work edit -dropuse=./services/web',
            'COPY services/api services/api',
            'COPY libs libs',
            'RUN go build ./services/api',
        ),
        MONO,
    ),
    _order(
        'a workspace made anew of what is copied',
        app(
            'COPY go.work ./',
            'COPY services/api services/api',
            'COPY libs libs',
            'RUN rm go.work && go work init && go work use -r . && go build ./services/api',
        ),
        MONO,
    ),
    _order(
        'a member that .dockerignore hides',
        app('COPY . .', 'RUN go build ./services/api'),
        {**MONO, '.dockerignore': 'services/web\n'},
        other='check-tidy-order 4',
        builds=WEB_GONE,
    ),
    _order(
        'a member of which .dockerignore leaves go.mod',
        app('COPY . .', 'RUN go build ./services/api'),
        {**MONO, '.dockerignore': 'services/web/*\n!services/web/go.mod\n'},
    ),
    _order(
        'a member as an absolute path',
        app('COPY . .', 'RUN go build ./a'),
        {'go.work': 'go 1.21\n\nuse /app/a\n', 'a/go.mod': BARE, 'a/main.go': HELLO},
    ),
    _order(
        'each service in a loop',
        app('COPY . .', 'RUN for s in api web; do (cd services/$s && go build .) || exit 1; done'),
        MONO,
    ),
    _order(
        'go build above several modules',
        app('COPY . .', 'RUN go build ./services/web'),
        MONO,
        without='go.work',
        context='',
        other='check-tidy-order 4',
        builds=NO_MOD,
    ),
)

# Where the module lies

FOLDERS: tuple[Case, ...] = (
    _order(
        'go.mod in GOPATH, by ENV GOPATH',
        app('ENV GOPATH=/app', 'COPY . .', 'RUN go build .'),
        other='check-tidy-order 5',
        builds='$GOPATH/go.mod exists but should not',
    ),
    _order(
        'go.mod in GOPATH, a later Go',
        lines('FROM golang:1.23', 'COPY . .', 'RUN go build -o /bin/app .'),
    ),
    _order(
        'go.mod in GOPATH, a later Go, go mod tidy',
        lines('FROM golang:1.23', 'COPY . .', 'RUN go mod tidy'),
        other='check-tidy-order 3',
        builds=NO_MOD,
    ),
    _order(
        'go.mod in what would be GOPATH',
        lines('FROM golang:1.21', 'COPY . .', 'RUN GOPATH=/other go build -o /bin/app .'),
    ),
    _order(
        'go.mod in the temp folder',
        lines('FROM golang:1.21', 'WORKDIR /tmp', 'COPY . .', 'RUN go build .'),
        other='check-tidy-order 4',
        builds=NO_MOD,
    ),
    _order(
        'the module of GOPATH/src by its path',
        lines('FROM golang:1.21', 'COPY . /go/src/example.com/app', 'RUN go install example.com/app'),
        other='check-tidy-order 3',
        builds='requires a version',
    ),
    _order('GO111MODULE=off', app('ENV GO111MODULE=off', 'COPY main.go ./', 'RUN go build .'), HELLO_TREE),
    _order(
        'a tool by go get, as before Go 1.18',
        lines('FROM golang:1.21', 'RUN GO111MODULE=on go get example.com/tool@v1.2.3', 'WORKDIR /app', 'COPY . .'),
        other='check-tidy-order 2',
        builds="'go get' is no longer supported outside a module",
    ),
    _order(
        'ONBUILD steps that copy no go.mod',
        lines(
            'FROM golang:1.21 AS base',
            'ONBUILD WORKDIR /app',
            'ONBUILD COPY main.go ./',
            'ONBUILD RUN go build ./...',
            'FROM base',
        ),
        other='check-tidy-order 5',
        builds=NO_MAIN,
    ),
    _order(
        'a cache as the working folder, filled from a mount',
        app('RUN --mount=type=cache,id=own,target=/app --mount=target=/src cp /src/*.* . && go build -o /bin/app .'),
        context='',
    ),
    _order(
        'another file becomes go.mod',
        app('COPY build/go.mod.docker ./go.mod', 'COPY main.go ./', 'RUN go build .'),
        {'go.mod': MOD, 'build/go.mod.docker': BARE, 'main.go': HELLO},
    ),
    _order(
        'a Dockerfile in a folder of its own, which nothing declares',
        app('COPY go.mod ./', 'RUN go mod download', 'COPY . .', 'RUN go build .'),
        without='go.sum',
        at='build/docker/Dockerfile',
        other='check-tidy-order 6',
        builds=MISSING,
    ),
    _order(
        'a Dockerfile that two folders fit, in one of which it fails',
        app('COPY . .', 'RUN go build .'),
        {'go.mod': MOD, 'main.go': MAIN, 'tool/go.mod': BARE, 'tool/main.go': HELLO},
        at='tool/Dockerfile',
        context='tool',
        declared=False,
    ),
    _order(
        'lines that end as on Windows',
        'FROM golang:1.21\r\nWORKDIR /app\r\nCOPY main.go ./\r\nRUN go version && \\\r\n    go build .\r\n',
        other='check-tidy-order 4',
        builds=NO_MOD,
    ),
)

CASES: tuple[Case, ...] = (*TIDIES, *FLAGS, *VENDOR, *SUMS, *REPLACEMENTS, *WORKSPACES, *FOLDERS)

"""Repositories of Go services whose image builds fail, what each hook says of them, and what cures them.

Each is a way in which real teams met `"/go.sum": not found` and what comes after it. The demo walks through them, a
test holds them against pre-commit, and the judges build them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

GO_SUM = """\
github.com/google/uuid v1.6.0 h1:NIvaJDMOsjHA8n1jAhLSgzrAzy1Hgr+hNrb57e+94F0=
github.com/google/uuid v1.6.0/go.mod h1:TIyPZe4MgqvfeYDBFedMoGGpEw/LqOeaOT+nhxU+yHo=
"""

GO_MOD = """\
module example.com/{name}

go 1.21

require github.com/google/uuid v1.6.0
"""

MAIN = """\
package main

import (
	"fmt"

	"github.com/google/uuid"
)

func main() {{
	fmt.Println("{name}", uuid.NewString())
}}
"""

DOCKERFILE = """\
FROM golang:1.21-alpine AS builder
WORKDIR /app
{modules}
RUN CGO_ENABLED=0 go build -o /svc .

FROM alpine:3.19
COPY --from=builder /svc /svc
ENTRYPOINT ["/svc"]
"""

# All hooks, in the manifest's order.
COPY, VERSION, STATIC, TIDY, X, SYNC = HOOKS = (
    'check-go-sum-copy',
    'check-go-version',
    'check-static-binary',
    'check-tidy-order',
    'check-x-versions',
    'sync-dockerignore',
)

NEVER_GENERATED = (
    '"/go.sum" not found in the build context {folder} (declared by {by}), since no go.sum was ever generated in '
    '{folder}: run `go mod tidy` in {folder} and commit go.sum'
)
OR_A_GLOB = ', or write `go.sum*`, as a later step writes go.sum'
NO_SUM = (
    'missing go.sum entry for module providing package github.com/google/uuid at `go build` (declared by {by}), since '
    'there is no go.sum and no step before writes one: run `go mod tidy` in {folder} and commit go.sum'
)
TOO_EARLY = (
    '`go mod tidy` runs before any Go file of the module is in the image (declared by {by}), and line 5 copies go.mod '
    'again, so it does nothing: leave it out, or run it after line 5'
)
TOO_NEW = (
    'google.golang.org/protobuf/cmd/protoc-gen-go@v1.36.6 requires go >= 1.22 (running go 1.21; GOTOOLCHAIN=local) in '
    'the build declared by {by}: build from `golang:1.22-alpine` in line 1, or install '
    '`google.golang.org/protobuf/cmd/protoc-gen-go@v1.36.5`'
)


class Case(NamedTuple):
    """A repository, `path: text`, whose builds fail; `findings` are each hook's whole output, in its order.

    `cure` are the files, `path: text`, that somebody mends by hand. `rewritten` is what the fixers then print:
    sync-dockerignore, and the hooks that know `--fix`.
    """

    title: str
    files: Mapping[str, str]
    findings: Mapping[str, tuple[str, ...]]
    cure: Mapping[str, str]
    rewritten: Mapping[str, tuple[str, ...]] = {}


def module(folder: str) -> Iterator[tuple[str, str]]:
    """A Go module that imports what it requires; there is no go.sum."""
    name = folder.rpartition('/')[2]
    yield f'{folder}/go.mod', GO_MOD.format(name=name)
    yield f'{folder}/main.go', MAIN.format(name=name)


def compose(folders: tuple[str, ...]) -> str:
    """A compose file that builds every folder."""
    services = (f'  {folder.rpartition("/")[2]}:\n    build: ./{folder}\n' for folder in folders)
    return 'services:\n' + ''.join(services)


def dockerfiles(folders: tuple[str, ...], modules: str) -> dict[str, str]:
    """A Dockerfile of its own for every folder."""
    return {f'{folder}/Dockerfile': DOCKERFILE.format(modules=modules) for folder in folders}


def messages(
    folders: tuple[str, ...], line: int, message: str, declared: tuple[str, ...] | None = None
) -> tuple[str, ...]:
    """A finding for every folder; a compose file declares each of `declared` in two lines below `services:`."""
    lines = {folder: 3 + 2 * at for at, folder in enumerate(declared or folders)}
    return tuple(
        f'{folder}/Dockerfile:{line}: ' + message.format(folder=folder, by=f'docker-compose.yml:{lines[folder]}')
        for folder in sorted(folders)
    )


def repository(folders: tuple[str, ...]) -> dict[str, str]:
    """Modules without a go.sum, and the compose file that builds them."""
    modules = (pair for folder in folders for pair in module(folder))
    return {**dict(modules), 'docker-compose.yml': compose(folders)}


COPIES_BOTH = 'COPY go.mod go.sum ./\nRUN go mod download\nCOPY . .'
COPIES_ONE = COPIES_BOTH.replace(' go.sum', '')

SERVICES = tuple(
    f'services/{name}'
    for name in (
        'vms-service',
        'storage-service',
        'recording-service',
        'metadata-service',
        'playback-service',
        'stream-counter',
        'go-api',
    )
)
SEVEN = Case(
    'Seven services. Nobody committed a go.sum; every Dockerfile copies one.',
    {**repository(SERVICES), **dockerfiles(SERVICES, COPIES_BOTH)},
    {COPY: messages(SERVICES, 3, NEVER_GENERATED)},
    dockerfiles(SERVICES, 'COPY go.mod ./\nCOPY go.sum* ./\nCOPY . .\nRUN go mod download && go mod tidy'),
)

LLM, ANALYTICS, THE_GATEWAY = 'app/services/llm-gateway-service', 'app/services/analytics-service', 'app/gateway'
APP = (
    'app/services/user-auth-service',
    'app/services/billing-service',
    ANALYTICS,
    'app/services/notifications-service',
    'app/services/feature-flags-service',
    LLM,
    THE_GATEWAY,
)
TIDIES = 'COPY go.mod* go.sum* ./\nRUN go mod download || true\nCOPY . .\nRUN go mod tidy'
PROTOC = 'google.golang.org/protobuf/cmd/protoc-gen-go'
GATEWAY = Case(
    'A gateway and its services. No go.sum, a tidy too early, a tool too new, versions that never existed.',
    {
        **repository(APP),
        f'{THE_GATEWAY}/go.mod': GO_MOD.format(name='gateway')
        + 'require golang.org/x/net v1.20.0\nrequire golang.org/x/sys v1.16.0\nrequire golang.org/x/text v1.14.0\n',
        **dockerfiles(APP, COPIES_ONE),
        **dockerfiles((LLM,), 'COPY go.mod ./\nRUN go mod tidy\nCOPY . .'),
        **dockerfiles((ANALYTICS,), f'RUN go install {PROTOC}@v1.36.6\n{COPIES_ONE}'),
        **dockerfiles((THE_GATEWAY,), COPIES_BOTH),
    },
    {
        COPY: messages((THE_GATEWAY,), 3, NEVER_GENERATED, APP),
        TIDY: tuple(
            sorted(
                messages(APP[:2] + APP[3:5], 6, NO_SUM, APP)
                + messages((ANALYTICS,), 7, NO_SUM, APP)
                + messages((LLM,), 4, TOO_EARLY, APP)
            )
        ),
        VERSION: messages((ANALYTICS,), 3, TOO_NEW, APP),
        X: tuple(
            f'{THE_GATEWAY}/go.mod:{line}: golang.org/x/{name}@v1.{minor}.0: invalid version: unknown revision '
            f'v1.{minor}.0, since golang.org/x/{name} never left v0: write `v0.{minor}.0`'
            for line, name, minor in ((6, 'net', 20), (7, 'sys', 16), (8, 'text', 14))
        ),
    },
    {
        **dockerfiles(APP, TIDIES),
        **dockerfiles((ANALYTICS,), f'RUN go install {PROTOC}@v1.36.5\n{TIDIES}'),
    },
    {X: (f'Rewriting {THE_GATEWAY}/go.mod',)},
)

SHARED_DOCKERFILE = """\
FROM golang:1.21-alpine AS base
RUN apk add --no-cache git ca-certificates && adduser -D -u 1001 chorus
WORKDIR /app
COPY --chown=chorus:chorus go.mod go.sum ./
RUN go mod download && go mod verify

FROM base AS development
COPY --chown=chorus:chorus . .
CMD ["go", "run", "."]

FROM base AS builder
ENV CGO_ENABLED=0 GOOS=linux
# Copy all source code
COPY --chown=chorus:chorus . .
# Remove go.mod/go.sum to prevent overwriting resolved dependencies
RUN rm -f go.mod go.sum
# Restore resolved dependencies from base layer
COPY --from=base --chown=chorus:chorus /app/go.mod /app/go.sum ./
RUN go build -ldflags='-w -s -extldflags "-static"' -a -installsuffix cgo -tags netgo -o main .

FROM alpine:3.19 AS production
COPY --from=builder /app/main /usr/local/bin/main
ENTRYPOINT ["main"]
"""

CONFIG = """\
[contexts]
"infrastructure/docker/base-go.dockerfile" = ["services/*"]

[dockerignore]
source = "infrastructure/docker/.dockerignore"
targets = ["services/*"]
"""

DOCKERIGNORE = """\
.git
**/*.md
**/*_test.go
.env*
"""

THREE = ('services/presence-service', 'services/websocket-gateway', 'services/workflow-engine')
WITHOUT = (THREE[0], THREE[2])
SHARED = Case(
    'One Dockerfile for three services, and a .dockerignore that was to be copied into each. Two have no go.sum.',
    {
        'infrastructure/docker/base-go.dockerfile': SHARED_DOCKERFILE,
        'infrastructure/docker/.dockerignore': DOCKERIGNORE,
        '.go-docker-hooks.toml': CONFIG,
        '.gitignore': '.env\n.dockerignore\n',
        **dict(pair for folder in THREE for pair in module(folder)),
        'services/websocket-gateway/go.sum': GO_SUM,
    },
    {
        COPY: tuple(
            'infrastructure/docker/base-go.dockerfile:4: '
            + NEVER_GENERATED.format(folder=folder, by='.go-docker-hooks.toml:2')
            for folder in WITHOUT
        ),
        SYNC: (
            'infrastructure/docker/.dockerignore:1: git ignores the canonical ignore file by .gitignore:2 '
            '(`.dockerignore`): remove that line, then `git add infrastructure/docker/.dockerignore`',
        ),
    },
    {'.gitignore': '.env\n', **{f'{folder}/go.sum': GO_SUM for folder in WITHOUT}},
    {SYNC: tuple(f'Writing {folder}/.dockerignore' for folder in THREE)},
)

JOBS = ('jobs/importer', 'jobs/exporter')
WRITTEN_LATER = Case(
    'Two services whose build writes go.sum by itself, after the COPY. `--fix` is the whole cure.',
    {**repository(JOBS), **dockerfiles(JOBS, 'COPY go.mod go.sum ./\nCOPY . .\nRUN go mod tidy')},
    {COPY: messages(JOBS, 3, NEVER_GENERATED + OR_A_GLOB)},
    {},
    {COPY: tuple(f'Rewriting {folder}/Dockerfile' for folder in sorted(JOBS))},
)

CASES = {'seven': SEVEN, 'gateway': GATEWAY, 'shared': SHARED, 'written-later': WRITTEN_LATER}

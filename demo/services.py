"""Repositories of Go services whose image builds fail, where they fail, and what cures them.

Each is a way in which real teams met `"/go.sum": not found`. The demo walks through them, and a test holds them against
pre-commit.
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

NEVER_GENERATED = (
    '"/go.sum" not found in the build context {folder} (declared by {by}), since no go.sum was ever generated in '
    '{folder}: run `go mod tidy` in {folder} and commit go.sum'
)
OR_A_GLOB = ', or write `go.sum*`, as a later step writes go.sum'


def never_generated(folder: str, folders: tuple[str, ...]) -> str:
    """The message, where a compose file declares each folder in two lines below `services:`."""
    by = f'docker-compose.yml:{folders.index(folder) * 2 + 3}'
    return NEVER_GENERATED.format(folder=folder, by=by)


class Case(NamedTuple):
    """A repository, `path: text`, whose builds fail; `findings` are the whole output of the hook, in its order.

    `cure` are the files, `path: text`, that make it pass. Without any, `--fix` is the cure.
    """

    title: str
    files: Mapping[str, str]
    findings: tuple[str, ...]
    cure: Mapping[str, str]


def module(folder: str) -> Iterator[tuple[str, str]]:
    """A Go module that imports what it requires; there is no go.sum."""
    name = folder.rpartition('/')[2]
    yield f'{folder}/go.mod', GO_MOD.format(name=name)
    yield f'{folder}/main.go', MAIN.format(name=name)


def compose(folders: tuple[str, ...]) -> str:
    """A compose file that builds every folder."""
    services = (f'  {folder.rpartition("/")[2]}:\n    build: ./{folder}\n' for folder in folders)
    return 'services:\n' + ''.join(services)


def each_its_own(title: str, folders: tuple[str, ...], modules: str, cure: str, more: str = '') -> Case:
    """Services with a Dockerfile of their own, a compose file, and no go.sum; `more` ends each message."""
    files = dict(pair for folder in folders for pair in module(folder))
    broken = {f'{folder}/Dockerfile': DOCKERFILE.format(modules=modules) for folder in folders}
    findings = tuple(f'{folder}/Dockerfile:3: {never_generated(folder, folders)}{more}' for folder in sorted(folders))
    cured = {path: DOCKERFILE.format(modules=cure) for path in broken} if cure else {}
    return Case(title, {**files, **broken, 'docker-compose.yml': compose(folders)}, findings, cured)


SEVEN = each_its_own(
    'Seven services. Nobody committed a go.sum; every Dockerfile copies one.',
    (
        'services/vms-service',
        'services/storage-service',
        'services/recording-service',
        'services/metadata-service',
        'services/playback-service',
        'services/stream-counter',
        'services/go-api',
    ),
    'COPY go.mod go.sum ./\nRUN go mod download\nCOPY . .',
    'COPY go.mod ./\nCOPY go.sum* ./\nCOPY . .\nRUN go mod download && go mod tidy',
)

GATEWAY = each_its_own(
    'A gateway and its services. The cure copies what is there and lets `go mod tidy` write go.sum in the image.',
    (
        'app/services/user-auth-service',
        'app/services/billing-service',
        'app/services/analytics-service',
        'app/services/notifications-service',
        'app/services/feature-flags-service',
        'app/services/llm-gateway-service',
        'app/gateway',
    ),
    'COPY go.mod go.sum ./\nRUN go mod download\nCOPY . .',
    'COPY go.mod* go.sum* ./\nRUN go mod download || true\nCOPY . .\nRUN go mod tidy',
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
"""

SHARED = Case(
    'One Dockerfile for three services. Two of them have no go.sum; the cure is to commit them.',
    {
        'infrastructure/docker/base-go.dockerfile': SHARED_DOCKERFILE,
        '.go-docker-hooks.toml': CONFIG,
        **dict(module('services/presence-service')),
        **dict(module('services/websocket-gateway')),
        **dict(module('services/workflow-engine')),
        'services/websocket-gateway/go.sum': GO_SUM,
    },
    (
        'infrastructure/docker/base-go.dockerfile:4: '
        + NEVER_GENERATED.format(folder='services/presence-service', by='.go-docker-hooks.toml:2'),
        'infrastructure/docker/base-go.dockerfile:4: '
        + NEVER_GENERATED.format(folder='services/workflow-engine', by='.go-docker-hooks.toml:2'),
    ),
    {'services/presence-service/go.sum': GO_SUM, 'services/workflow-engine/go.sum': GO_SUM},
)

WRITTEN_LATER = each_its_own(
    'Two services whose build writes go.sum by itself, after the COPY. `--fix` is the whole cure.',
    ('jobs/importer', 'jobs/exporter'),
    'COPY go.mod go.sum ./\nCOPY . .\nRUN go mod tidy',
    '',
    OR_A_GLOB,
)

CASES = {'seven': SEVEN, 'gateway': GATEWAY, 'shared': SHARED, 'written-later': WRITTEN_LATER}

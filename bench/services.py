"""A repository of many Go services, each with a Dockerfile, a go.mod and a main.go, no two alike.

Names, depths, versions, requirements and the way in which a Dockerfile copies its modules differ, as they do where
teams of several years share a repository; every fifth service copies a go.sum that is not there.
"""

from __future__ import annotations

import os
import subprocess

TEAMS = ('billing', 'catalog', 'delivery', 'identity', 'media', 'metrics', 'notify', 'search')
MODULES = (
    'github.com/google/uuid v1.{0}.0',
    'github.com/gorilla/mux v1.8.{0}',
    'github.com/redis/go-redis/v9 v9.{0}.1',
    'github.com/jackc/pgx/v5 v5.{0}.3',
    'go.uber.org/zap v1.2{0}.0',
    'golang.org/x/sync v0.{0}.0',
)
# One of which nothing is wrong.
GOOD = range(2, 3)
COPIES = (
    'COPY go.mod go.sum ./\nRUN go mod download\nCOPY . .',
    'COPY go.mod go.sum* ./\nRUN go mod download\nCOPY . .\nRUN go mod tidy',
    'COPY go.* ./\nCOPY cmd ./cmd\nCOPY . .\nRUN go mod tidy && go vet ./...',
    'COPY . .\nRUN --mount=type=cache,target=/root/.cache/go-build go mod tidy',
    'ARG SOURCE=.\nCOPY ${SOURCE}/go.mod ./\nCOPY --chown=1001:1001 . .\nRUN go get ./...',
)


def write(top: str, numbers: range) -> tuple[list[str], list[str]]:
    """Makes `top` a git repository with services in its index; their Dockerfiles and their go.mod files."""
    folders = [folder(number) for number in numbers]
    for number, path in zip(numbers, folders, strict=True):
        here = os.path.join(top, path)
        for name, text in service(number, os.path.basename(path)):
            os.makedirs(os.path.dirname(os.path.join(here, name)), exist_ok=True)
            with open(os.path.join(here, name), 'w', encoding='utf-8') as file:
                file.write(text)
    for arguments in (('init', '--quiet'), ('add', '--all')):
        subprocess.run(('git', *arguments), cwd=top, check=True)
    return [f'{path}/Dockerfile' for path in folders], [f'{path}/go.mod' for path in folders]


def folder(number: int) -> str:
    team = TEAMS[number % len(TEAMS)]
    return f'services/{team}/{team}-{number:05d}' if number % 3 else f'{team}/apps/v{number % 4}/worker-{number:05d}'


def service(number: int, name: str) -> tuple[tuple[str, str], ...]:
    required = [MODULES[(number + step) % len(MODULES)].format(number % 7 + step) for step in range(number % 3 + 1)]
    return (
        ('Dockerfile', dockerfile(number, name)),
        ('go.mod', go_mod(number, name, required)),
        ('main.go', main(required)),
        *((('cmd/admin/main.go', main([])),) if 'COPY cmd ' in dockerfile(number, name) else ()),
    )


def dockerfile(number: int, name: str) -> str:
    return f"""\
# syntax=docker/dockerfile:1
FROM golang:1.{21 + number % 5}-alpine AS build
RUN apk add --no-cache git ca-certificates
WORKDIR /src/{name}
ENV CGO_ENABLED=0 \\
    GOOS=linux
{COPIES[number % len(COPIES)]}
RUN go build -trimpath -ldflags "-s -w -X main.version={number}" -o /out/{name} .

FROM alpine:3.{15 + number % 6}
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /out/{name} /usr/local/bin/{name}
USER 1001
EXPOSE {8000 + number % 1000}
ENTRYPOINT ["/usr/local/bin/{name}"]
"""


def go_mod(number: int, name: str, required: list[str]) -> str:
    lines = ''.join(f'\t{requirement}\n' for requirement in required)
    return f'module example.com/{name}\n\ngo 1.{18 + number % 4}\n\nrequire (\n{lines})\n'


def main(required: list[str]) -> str:
    imports = ''.join(f'\t_ "{requirement.partition(" ")[0]}"\n' for requirement in required)
    return (
        f'package main\n\nimport (\n{imports})\n\nfunc main() {{}}\n' if imports else 'package main\n\nfunc main() {}\n'
    )

"""Who says how a Dockerfile is built, in Makefiles, scripts, workflows and their like, and what is made before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cases._case import INCONSISTENT, NOT_FOUND, TREE, Case, app, case, lines
from tests.cases.versions import hello

if TYPE_CHECKING:
    from collections.abc import Mapping

NEW = hello('1.23')
TOO_OLD = 'check-go-version 2'
GO = lines('ARG GO=1.21', 'FROM golang:${GO}', 'WORKDIR /app', 'COPY . .', 'RUN go build .')
COPIES = app('COPY go.mod go.sum ./', 'RUN go mod download', 'COPY . .', 'RUN go build .')
VENDORED = app('COPY . .', 'RUN go build -mod=vendor .')
STAGES = lines(
    'FROM golang:1.21 AS good',
    'WORKDIR /app',
    'COPY . .',
    'RUN go build .',
    'FROM good',
    'RUN rm go.sum',
    'RUN go build .',
)
# The module lies in svc, and its Dockerfile in docker/.
SVC: Mapping[str, str] = {f'svc/{name}': text for name, text in TREE.items()}
NEWER_TOP = {**SVC, **NEW}
# Of two files BuildKit names either.
LACKS = '": not found'
CI = '.github/workflows/ci.yml'
PREPARED = 'a step before the build makes it'


def workflow(*steps: str, before: str = '') -> dict[str, str]:
    """A workflow with one job of these steps."""
    head = ('on: push', 'jobs:', *([before] if before else []), '  image:', '    runs-on: ubuntu-latest', '    steps:')
    return {CI: lines(*head, '      - uses: actions/checkout@v4', *(f'      - {step}' for step in steps))}


def build(inputs: str = 'context: .') -> str:
    return f'{{uses: docker/build-push-action@v6, with: {{{inputs}}}}}'


def passes(name: str, plus: Mapping[str, str], dockerfile: str = GO, go: str = '1.23') -> Case:
    """A build whose argument decides which Go it has, and which its declaration passes."""
    return case(name, dockerfile, NEW, plus=plus, args={'GO': go}, declared=False)


def ignored(name: str, plus: Mapping[str, str]) -> Case:
    """A declaration that says nothing of this Dockerfile, which has too old a Go."""
    return case(name, GO, NEW, plus=plus, other=TOO_OLD, builds='requires go >= 1.23')


def sibling(name: str, plus: Mapping[str, str]) -> Case:
    """A Dockerfile that fits the top, where it would fail, and is built from svc."""
    return case(name, COPIES, NEWER_TOP, plus=plus, at='docker/svc.Dockerfile', context='svc', declared=False)


def wrong(name: str, plus: Mapping[str, str], *, to: str = '') -> Case:
    """A Dockerfile that fits its own folder, and is built from another."""
    return case(name, COPIES, SVC, plus=plus, at='svc/Dockerfile', context=to, declared=False, finds='3', builds=LACKS)


def prepared(
    name: str, *steps: str, dockerfile: str = COPIES, builds: str = NOT_FOUND, without: str = 'go.sum'
) -> Case:
    """A build that fails in a clean checkout, and not behind the steps of its workflow."""
    files = workflow(*steps, build())
    return case(name, dockerfile, plus=files, without=without, declared=False, builds=builds, why=PREPARED)


def unprepared(name: str, *steps: str, before: str = '') -> Case:
    files = workflow(*steps, before=before)
    return case(name, COPIES, plus=files, without='go.sum', declared=False, finds='3', builds=NOT_FOUND)


def make(*recipe: str, head: tuple[str, ...] = (), target: str = 'image:') -> dict[str, str]:
    return {'Makefile': lines(*head, target, *(f'\t{line}' for line in recipe))}


def script(*commands: str, at: str = 'scripts/image.sh') -> dict[str, str]:
    return {at: lines('#!/usr/bin/env bash', 'set -euo pipefail', *commands)}


ARGUMENTS = (
    passes('a Makefile passes the argument', make('docker build --build-arg GO=1.23 -t app .')),
    passes('from a variable', make('docker build --build-arg GO=$(GO) .', head=('GO ?= 1.23',))),
    passes(
        'that make asks a shell for',
        make(
            '@docker build \\', '\t--build-arg GO=$(GO) \\', '\t-t app:$(TAG) .', head=('GO := $(shell ./go-version)',)
        ),
    ),
    passes(
        'on the command line of make',
        {'Makefile': 'all:\n\t$(MAKE) image GO=1.23\nimage:\n\tdocker build --build-arg GO=$(GO) .\n'},
    ),
    passes('with flags that nobody knows', make('docker build $(FLAGS) -t app .')),
    passes('of a target that nobody knows', make('$(CONTAINER_TOOL) build -t app --build-arg GO=$(GO) $(DIR)')),
    passes('a script passes it', script('docker buildx build --push --build-arg "GO=${GO:-1.23}" .')),
    passes('a function of a script', script('image() { docker build --build-arg GO="$1" .; }', 'image 1.23')),
    passes('an array that we do not follow', script('flags=(--build-arg GO=1.23)', 'docker build "${flags[@]}" .')),
    passes('a step of a workflow', workflow('run: docker build --build-arg GO=1.23 .')),
    passes('with a variable of the step', workflow('{run: "docker build --build-arg GO=$GO .", env: {GO: "1.23"}}')),
    passes(
        'of a workflow that runs make',
        workflow('run: make image GO=1.23') | make('docker build --build-arg GO=$(GO) .'),
    ),
    passes('a task', {'Taskfile.yml': 'tasks: {image: {cmds: [docker build --build-arg GO=1.23 .]}}\n'}),
    passes('its template', {'Taskfile.yml': 'tasks: {i: {cmds: ["docker build --build-arg GO={{.GO}} ."]}}\n'}),
    passes('a script of npm', {'package.json': '{"scripts": {"image": "docker build --build-arg GO=1.23 ."}}\n'}),
    passes('a job of GitLab', {'.gitlab-ci.yml': 'image: {script: [docker build --build-arg GO=1.23 .]}\n'}),
    passes(
        'a step of a context that nobody knows', workflow(build('context: "${{ inputs.folder }}", build-args: GO=1.23'))
    ),
    passes(
        'a service of a context that nobody knows',
        {'compose.yaml': 'services: {a: {build: {context: $X, args: {GO: "1.23"}}}}\n'},
    ),
    passes('a recipe of just', {'justfile': 'image:\n    docker build --build-arg GO=1.23 .\n'}),
    passes(
        'a call of make',
        make('$(call image,app)', head=('define image', 'docker build --build-arg GO=1.23 .', 'endef')),
    ),
    passes('a script that nobody follows', script('docker build --build-arg GO=1.23 .', 'select x in a; do y; done')),
    passes(
        'a composite action',
        {'.github/actions/image/action.yml': 'runs: {steps: [{with: {\n  build-args:\n    GO=1.23}}]}\n'},
    ),
    passes('a dev container', {'.devcontainer/devcontainer.json': '{"build": {"args": {"GO": "1.23"}}}\n'}),
    passes('Cloud Build', {'cloudbuild.yaml': "steps: [{args: ['build', '--build-arg', 'GO=1.23', '.']}]\n"}),
    passes('bake passes it', {'docker-bake.hcl': 'target "default" {\n  args = { GO = "1.23" }\n}\n'}),
    passes('bake inherits it, from a variable', {'docker-bake.hcl': lines(
        'variable "GO" {', '  default = "1.23"', '}', 'target "_common" {', '  args = { GO = GO }', '}',
        'target "app" {', '  inherits = ["_common"]', '}',
    )}),
    passes(
        'bake with a variable that its caller sets',
        {'docker-bake.hcl': 'variable "GO" { default = "1.21" }\ntarget "app" {\n  args = { GO = GO }\n}\n'}
        | make('GO=1.23 docker buildx bake'),
    ),
    passes('bake passes it in JSON', {'docker-bake.json': '{"target": {"default": {"args": {"GO": "1.23"}}}}\n'}),
    passes(
        'skaffold passes it',
        {'skaffold.yaml': 'build: {artifacts: [{image: a, docker: {buildArgs: {GO: "1.23"}}}]}\n'},
    ),
    passes('Tilt passes it', {'Tiltfile': "docker_build('app', '.', build_args={'GO': '1.23'})\n"}),
    passes('a command of Tilt passes it', {
        'Tiltfile': "custom_build('app', 'docker build --build-arg GO=1.23 -t $EXPECTED_REF .', ['.'])\n",
    }),
    passes('a command of Tilt may pass it', {
        'Tiltfile': "line = 'docker build --build-arg GO=1.23 .'\ncustom_build('app', line, ['.'])\n",
    }),
    passes('a file that a command merges onto another', {
        'compose.yaml': 'services: {a: {build: .}}\n',
        'compose.prod.yaml': 'services: {a: {build: {args: {GO: "1.23"}}}}\n',
        **make('docker compose -f compose.yaml -f compose.prod.yaml up --build'),
    }),
    ignored('which another command builds alone', {
        'compose.yaml': 'services: {a: {build: .}}\n',
        'compose.prod.yaml': 'services: {a: {build: {args: {GO: "1.23"}}}}\n',
        **make('docker compose -f compose.yaml -f compose.prod.yaml build', 'docker compose build'),
    }),
    passes('the override of a compose file', {
        'compose.yaml': 'services: {a: {build: {context: ., args: {GO: "1.21"}}}}\n',
        'compose.override.yaml': 'services: {a: {build: {args: {GO: "1.23"}}}}\n',
    }),
    ignored('an argument of another name', make('docker build --build-arg GOLANG=1.23 .')),
    ignored('a build of another Dockerfile', make('docker build --build-arg GO=1.23 -f Dockerfile.ci .')),
    ignored('a comment in a Makefile', make('echo built', head=('# docker build --build-arg GO=1.23 .',))),
    case(
        'bake passes one that is too old', GO.replace('1.21', '1.23'), NEW, args={'GO': '1.21'}, declared=False,
        plus={'docker-bake.hcl': 'target "default" {\n  args = { GO = "1.21" }\n}\n'}, other=TOO_OLD,
        builds='requires go >= 1.23',
    ),
    case(
        'a declared argument that is too old', GO.replace('1.21', '1.23'), NEW, args={'GO': '1.21'}, declared=False,
        plus=make('docker build --build-arg GO=1.21 .'), other=TOO_OLD, builds='requires go >= 1.23',
    ),
)  # fmt: skip
CONTEXTS = (
    sibling('a Makefile names a context', make('docker build -f docker/svc.Dockerfile svc')),
    sibling('from a folder of its own', {'docker/Makefile': 'image:\n\tdocker build -f svc.Dockerfile ../svc\n'}),
    sibling('behind a cd', make('cd svc && docker build -f ../docker/svc.Dockerfile .')),
    sibling('a script in a folder', script('cd "$(dirname "$0")/.."', 'docker build svc -f docker/svc.Dockerfile')),
    sibling(
        'from where it lies itself',
        script(
            'ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"',
            'docker build -f "$ROOT/docker/svc.Dockerfile" "${ROOT}/svc"',
        ),
    ),
    sibling('in a loop', script('for s in svc; do', '  docker build -t $s -f "docker/$s.Dockerfile" "$s"', 'done')),
    sibling('a step in svc', workflow('{run: docker build -f ../docker/svc.Dockerfile ., working-directory: svc}')),
    sibling('from a folder that nobody knows', make('docker build -f docker/svc.Dockerfile $(FOLDER)')),
    sibling('from a folder outside', make('docker build -f docker/svc.Dockerfile ..')),
    sibling(
        'a service of a folder outside, where the repository is a folder',
        {'compose.yaml': 'services: {a: {build: {context: .., dockerfile: repository/docker/svc.Dockerfile}}}\n'},
    ),
    sibling('in a loop that nobody knows', script('for s in *; do docker build -f docker/$s.Dockerfile svc; done')),
    sibling(
        'a step for files that nobody knows',
        workflow(build('context: svc, file: "docker/${{ inputs.name }}.Dockerfile"')),
    ),
    wrong('a Makefile builds from the top', make('docker build -f svc/Dockerfile .')),
    wrong('a Makefile elsewhere', {'svc/Makefile': 'image:\n\tcd .. && docker build -f svc/Dockerfile .\n'}),
    wrong('a script builds from the top', script('docker build -f svc/Dockerfile -t app .')),
    wrong('a task builds from the top', {'Taskfile.yml': 'tasks: {i: {cmds: [docker build -f svc/Dockerfile .]}}\n'}),
    wrong('npm builds from the top', {'package.json': '{"scripts": {"i": "docker build -f svc/Dockerfile ."}}\n'}),
    wrong('a step builds from the top', workflow('run: docker build -f svc/Dockerfile .')),
    sibling(
        'a target of bake names a context',
        {'docker-bake.hcl': 'target "svc" {\n  context = "svc"\n  dockerfile = "../docker/svc.Dockerfile"\n}\n'},
    ),
    wrong(
        'bake builds from the top',
        {'docker-bake.hcl': lines(
            'target "a" {', '  name = it', '  matrix = { it = ["svc"] }', '  dockerfile = "${it}/Dockerfile"', '}',
        )},
    ),
    wrong(
        'bake builds from where it runs',
        {'svc/docker-bake.hcl': 'target "default" {\n  dockerfile = "svc/Dockerfile"\n}\n'}
        | make('docker buildx bake -f svc/docker-bake.hcl'),
    ),
    wrong(
        'skaffold names a context',
        {'skaffold.yaml': 'build: {artifacts: [{image: a, docker: {dockerfile: svc/Dockerfile}}]}\n'},
    ),
    wrong('a Tiltfile', {'Tiltfile': "docker_build('app', '.', dockerfile='svc/Dockerfile')\n"}),
    wrong('a command of a Tiltfile', {
        'Tiltfile': "custom_build('app', command='docker build -f svc/Dockerfile .', deps=['svc'])\n",
    }),
    case(
        'goreleaser makes the context of its images', COPIES, without='go.sum', builds=NOT_FOUND,
        plus={'.goreleaser.yaml': 'dockers: [{image_templates: [app]}]\n'}, why='GoReleaser builds it elsewhere',
    ),
    case(
        'a compose file names a target that is no stage', STAGES, target='best', finds='compose.yaml:3',
        builds='target stage "best" could not be found', classic='failed to reach build target best in Dockerfile',
        buildah='target "best" was not found',
    ),
    case(
        'a Makefile names a target that nobody knows', STAGES, target='good', declared=False,
        plus=make('docker build --target $(STAGE) .'),
    ),
    case(
        'a Makefile names the target', STAGES, target='good', declared=False,
        plus=make('docker build --target good .'),
    ),
    case(
        'the override of a compose file names it', STAGES, target='good', declared=False,
        plus={
            'compose.yaml': 'services: {a: {build: .}}\n',
            'compose.override.yaml': 'services: {a: {build: {target: good}}}\n',
        },
    ),
    case(
        'the second compose file is not read', COPIES, SVC, at='svc/Dockerfile', context='svc', declared=False,
        plus={
            'compose.yaml': 'services: {a: {build: svc}}\n',
            'docker-compose.yml': 'services: {a: {build: {context: ., dockerfile: svc/Dockerfile}}}\n',
        },
    ),
    case(
        'an override that replaces the build', COPIES, SVC, at='svc/Dockerfile', context='svc', declared=False,
        plus={
            'compose.yaml': 'services: {a: {build: {context: ., dockerfile: svc/Dockerfile}}}\n',
            'compose.override.yaml': 'services: {a: {build: !override {context: svc}}}\n',
        },
    ),
)  # fmt: skip
STEPS = (
    prepared('a step generates go.sum', 'run: go mod tidy'),
    prepared('a step downloads it', 'run: go mod download'),
    prepared('a step writes it', 'run: echo > go.sum'),
    prepared('a step copies it', 'run: cp ../x/go.sum .'),
    prepared('a step that nobody knows', 'run: ./prepare'),
    prepared('an artifact brings it', '{uses: actions/download-artifact@v4, with: {name: sums}}'),
    prepared('a cache brings it', '{uses: actions/cache@v4, with: {path: go.sum, key: k}}'),
    prepared('an action that nobody knows', 'uses: somebody/something@v1'),
    prepared('a step runs make', 'run: make sums'),
    prepared(
        'a step vendors', 'run: go mod vendor', dockerfile=VENDORED, builds=INCONSISTENT, without=''
    ),
    case(
        'what a target needs makes it', COPIES, without='go.sum', declared=False, builds=NOT_FOUND, why=PREPARED,
        plus={'Makefile': 'image: sums\n\tdocker build .\nsums:\n\tgo mod tidy\n'},
    ),
    case(
        'a target without a recipe says what is made before', COPIES, without='go.sum', declared=False,
        builds=NOT_FOUND, why=PREPARED,
        plus={'Makefile': 'all: sums image\nimage:\n\tdocker build .\nsums:\n\tgo mod tidy\n'},
    ),
    case(
        'a recipe makes it', COPIES, without='go.sum', declared=False, builds=NOT_FOUND, why=PREPARED,
        plus=make('cp ../go.sum .', 'docker build .'),
    ),
    case(
        'a script makes it, and its caller builds', COPIES, without='go.sum', declared=False, builds=NOT_FOUND,
        why=PREPARED,
        plus=workflow('run: bash scripts/sums.sh && docker build .') | script('go mod tidy', at='scripts/sums.sh'),
    ),
    case(
        'a target makes it before compose builds', COPIES, without='go.sum', declared=False, builds=NOT_FOUND,
        why=PREPARED,
        plus={
            'compose.yaml': 'services: {a: {build: .}}\n',
            'Makefile': 'up: sums\n\tdocker compose up -d --build\nsums:\n\tgo mod tidy\n',
        },
    ),
    case(
        'a target that makes nothing before', COPIES, without='go.sum', declared=False, builds=NOT_FOUND, finds='3',
        plus={
            'compose.yaml': 'services: {a: {build: .}}\n',
            **make('docker-compose -f compose.yaml build', 'go mod tidy'),
        },
    ),
    unprepared('a step behind the build', build(), 'run: go mod tidy'),
    unprepared('steps that only read', 'run: go vet ./... && go test ./...', 'uses: actions/setup-go@v5', build()),
    unprepared('a step that writes elsewhere', 'run: mkdir -p out && echo x > out/sums', build()),
    unprepared('a step that writes a variable', 'run: echo "TAG=$(git describe)" >> "$GITHUB_OUTPUT"', build()),
    unprepared(
        'another job', build(), before='  tidy: {runs-on: ubuntu-latest, steps: [{run: go mod tidy}]}'
    ),
    case(
        'an ignore file hides what a step makes', COPIES, declared=False, finds='3', builds=NOT_FOUND, without='go.sum',
        plus={'.dockerignore': 'go.sum\n', **workflow('run: go mod tidy', build())},
    ),
    case(
        'a step lowers no go line', app('COPY . .', 'RUN go build .'), NEW, other='check-go-version 1',
        plus=workflow('run: ./prepare', build()), builds='requires go >= 1.23', declared=False,
    ),
)  # fmt: skip
BARE = ('FROM golang:1.21', 'COPY . /app', 'WORKDIR /app/cmd', 'RUN go build .')
EMPTY = (
    case(
        'a context that holds no source', lines(*BARE), TREE, at='docker/Dockerfile', context='docker', declared=False,
        plus=workflow('run: docker build docker'), other='check-tidy-order docker/Dockerfile:4',
        builds='go.mod file not found',
    ),
    case(
        'a context to which a step brings it', lines(*BARE), TREE, at='docker/Dockerfile', context='docker',
        plus=workflow('run: cp -r *.go go.* docker', 'run: docker build docker'), declared=False,
        builds='go.mod file not found', why=PREPARED,
    ),
    case(
        'the context of one that is meant', lines(*BARE).replace('/cmd', ''), TREE, at='docker/Dockerfile',
        declared=False, plus=workflow('run: docker build -f docker/Dockerfile .'),
    ),
)  # fmt: skip
CASES: tuple[Case, ...] = (*EMPTY, *ARGUMENTS, *CONTEXTS, *STEPS)

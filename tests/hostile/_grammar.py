"""Files as people write them, and as nobody would: a strategy for what each reader reads, and for repositories."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Mapping

Texts = st.SearchStrategy[str]
# Every word of the grammar.
VOCABULARY: set[str] = set()

# What has broken readers before: no text is without a chance of some.
ODD = st.sampled_from(
    (
        '\0', '\r', '\x0b', '\x0c', '\x1b[2J', '\x85', '\u2028', '\u202e', '\xa0', '\ufeff', '\ud800', '\udcff', '\x7f',
        '9' * 5000, '0' * 5000, '(' * 300, '{' * 300, '[' * 300, '$(' * 200, '${a:-' * 200, '`', '"', "'", '\\', '\\\n',
        '*' * 40, '*a' * 12, '**/' * 30, '{a,b}' * 30, '../' * 60, '<<A' * 50, '&' * 300, '::error::x', '##[error]', '!',
        'é', 'x' * 70_000, '${a//?/$a$a}', '%s{}{0}', '-', '--', '=', ':', '#', '\t', ' ', '',
    )
)  # fmt: skip


def _words(text: str, *more: str) -> Texts:
    """A word of these, now and then an odd one, or one with something odd in it."""
    known = (*text.split(), *more)
    VOCABULARY.update(known)
    # Most texts hold none that is odd, or no reader would come to the second line.
    return st.integers(0, 99).flatmap(
        lambda rare: ODD if rare == 99 else _joined(known) if rare == 98 else st.sampled_from(known)
    )


def _joined(known: tuple[str, ...]) -> Texts:
    words = st.sampled_from(known)
    return st.tuples(words, ODD, words).map(''.join)


def _lines(words: Texts, first: Texts | None = None, longest: int = 10, most: int = 14, indent: bool = False) -> Texts:
    line = st.lists(words, max_size=longest).map(' '.join)
    line = st.tuples(first, st.just(' '), line).map(''.join) if first is not None else line
    if indent:
        line = st.tuples(st.integers(0, 5).map(lambda depth: '  ' * depth), line).map(''.join)
    return st.lists(line, max_size=most).map(lambda lines: '\n'.join([*lines, '']))


SHELL = (
    'cd set -e -x export GOFLAGS=-mod=mod GOWORK=off CGO_ENABLED=1 GOOS=linux go build test install mod tidy download vendor get ./... '
    '-o -C -mod=vendor -tags=x -ldflags /app /out ./cmd/x a.b/c@v1.2.3 golang.org/x/tools/cmd/goimports@latest && || ; | ( ) { } '
    'if then else elif fi for x in do done while case esac $X ${X:-y} ${X%.*} ${X//a/b} "$X" $(cat a) `pwd` [ -f go.sum ] [[ ! '
    'rm -rf cp -r mv mkdir -p touch ln -s echo printf > >> < <<EOF EOF & sh -c bash make ./build.sh . source eval exit 1 true false '
    'read shift 2>&1 * ? {a,b} ~ # f() local return trap xargs env nice sudo time timeout test tar curl wget apk add git'
)
DOCKERFILE = _lines(
    _words(
        'golang:1.21 golang:1.22-alpine golang alpine:3.19 scratch gcr.io/distroless/static AS as build b 0 --from=build --from=0 '
        '--from=golang:1.21 --mount=type=bind,target=. --mount=type=cache,target=/x --mount=type=bind,source=go.sum,target=go.sum '
        '--parents --exclude=*.sum --link --chmod=755 --platform=$BUILDPLATFORM --network=none go.mod go.sum go.* go.sum* *.go . ./ / '
        '../x /app /src/app cmd [ "go" ] , ["go","build"] ["/app"] GO=1.21 X X=y ${X} $TARGETARCH ${GO:-1.20} https://a.b/c.tar.gz '
        + SHELL
    ),
    first=st.sampled_from(
        'FROM FROM COPY COPY COPY ADD RUN RUN RUN RUN ENV ARG WORKDIR ENTRYPOINT CMD ONBUILD SHELL USER EXPOSE HEALTHCHECK '
        'LABEL STOPSIGNAL VOLUME # #escape=` #syntax=x'.split()
    ),
).map(lambda text: 'FROM golang:1.21\nWORKDIR /app\n' + text)  # fmt: skip
MODULES = (
    'module example.com/app go 1.21 1.22.0 1.99 toolchain go1.22.3 require ( ) example.com/dep v1.0.0 v0.0.0-20200101000000-abcdefabcdef '
    'golang.org/x/net v1.20.0 golang.org/x/tools v0.1.0 replace => ./dep ../dep ../../x exclude retract tool godebug default=go1.21 '
    'use . ./svc // indirect " ` [v1.0.0,v1.1.0] ignore'
)
GO_MOD = _lines(_words(MODULES), longest=6, most=20).map(lambda text: 'module example.com/app\n' + text)
GO_WORK = _lines(_words(MODULES), longest=4, most=12).map(lambda text: 'go 1.21\n' + text)
GO_SUM = _lines(
    _words('example.com/dep golang.org/x/net v1.0.0 v1.0.0/go.mod h1: h1:' + 'A' * 43 + '= h2:x'), longest=4
)
MODULES_TXT = _lines(_words('# ## explicit; go 1.21 example.com/dep v1.0.0 => ./dep example.com/dep/x'), longest=4)
GO_FILE = _lines(
    _words(
        'package main import "fmt" "C" "embed" _ . x ( ) "example.com/dep" "example.com/app/internal/x" func main() {} { } var const '
        'type struct //go:build //go:embed *.html static/* linux && ! || ignore // /* */ ` \' "time.LoadLocation" return :='
    ),
    longest=8,
).map(lambda text: 'package main\n' + text)  # fmt: skip
IGNORE = _lines(
    _words('go.sum go.mod * ** !go.mod !*.go **/x x/** /vendor vendor/ *.go a?b [a-z] [^a] \\! # .git ../x x//y ./a'),
    longest=2,
)
COMPOSE = _lines(
    _words(
        'services: app: web: build: . ./svc ../.. context: dockerfile: Dockerfile target: args: GO: 1.21 - X=y extends: service: '
        'file: compose.yaml include: path: env_file: .env additional_contexts: profiles: [a] {a: &a *a <<: !reset !override ${X:-y} '
        '$X ${X?} "a" | > image: platforms: linux/arm64 null'
    ),
    longest=4, most=24, indent=True,
).map(lambda text: 'services:\n  app:\n    build:\n' + text)  # fmt: skip
WORKFLOW = _lines(
    _words(
        'on: push jobs: image: runs-on: ubuntu-latest steps: - uses: actions/checkout@v4 docker/build-push-action@v6 '
        'docker/bake-action@v5 with: context: . ./svc file: svc/Dockerfile target: build-args: | X=y matrix: strategy: include: exclude: '
        'svc: [a,b] {a:1} ${{matrix.svc}} ${{env.X}} ${{ run: if: working-directory: env: make image docker build -f '
        'Dockerfile --build-arg docker-compose.yml fromJSON('
    ),
    longest=6, most=30, indent=True,
).map(lambda text: 'on: push\njobs:\n  a:\n    steps:\n' + text)  # fmt: skip
MAKEFILE = _lines(
    _words(
        '\tgo \t@docker build: all: %.o: a b c := = ?= += != $(A) ${B} $(shell ls) $(patsubst %.go,%.o,$(A)) $(foreach x,a,$(x)) '
        '$(call f,1) $(eval A=b) $(wildcard *.go) $@ $< $^ ifeq (a,b) ifdef A else endif include x.mk -include define endef export '
        'override .PHONY: .ONESHELL: | ; $$ \\ \tcd \tdocker build -t x -f Dockerfile . ' + SHELL
    ),
    longest=8, most=20,
)  # fmt: skip
SCRIPT = _lines(
    _words(SHELL + ' docker buildx build -f Dockerfile --build-arg X=y -t a . compose podman "$@" $1 $#'), longest=12
).map(lambda text: '#!/bin/sh\n' + text)
CONFIG = _lines(
    _words(
        '[contexts] [dockerignore] source targets = "Dockerfile" ["."] ["svc"] ["**/**/x"] "x" [ ] { } , . "svc/*" '
        '""" \'\'\' [[a]] a.b 1979-05-27 true 1_0'
    ),
    longest=6,
)
BAKE = _lines(
    _words(
        'target "app" { } group default targets = [ ] context dockerfile args variable X inherits matrix <<EOT EOT ${X} "." ,'
    ),
    longest=8,
)
SKAFFOLD = _lines(
    _words('apiVersion: build: artifacts: - image: a context: . docker: dockerfile: Dockerfile buildArgs: target: {{.X}} x: [a]'),
    longest=4, indent=True,
)  # fmt: skip
TILT = _lines(
    _words("docker_build( 'a' , '.' dockerfile= 'Dockerfile' target= ) build_args={ } custom_build( def f(): load("),
    longest=8,
)
TASKS = _lines(
    _words('version: "3" tasks: build: cmds: - docker build . {{.X}} vars: dir: svc "scripts": { } , "build": "docker" script: image:'),
    longest=6, indent=True,
)  # fmt: skip
ENV_FILE = _lines(_words('X=y Y=$X Z=${Y}${Y} COMPOSE_FILE=compose.yaml:b.yml "a export # ${X:-${Y'), longest=3)

# Path → what may stand there.
FILES: Mapping[str, Texts] = {
    'Dockerfile': DOCKERFILE,
    'svc/Dockerfile': DOCKERFILE,
    'svc/Dockerfile.dockerignore': IGNORE,
    'go.mod': GO_MOD,
    'svc/go.mod': GO_MOD,
    'dep/go.mod': GO_MOD,
    'go.sum': GO_SUM,
    'svc/go.sum': GO_SUM,
    'go.work': GO_WORK,
    'go.work.sum': GO_SUM,
    'vendor/modules.txt': MODULES_TXT,
    'main.go': GO_FILE,
    'svc/main.go': GO_FILE,
    'internal/x/x.go': GO_FILE,
    '.dockerignore': IGNORE,
    'svc/.dockerignore': IGNORE,
    '.dockerignore.canonical': IGNORE,
    '.gitignore': IGNORE,
    'compose.yaml': COMPOSE,
    'compose.override.yaml': COMPOSE,
    'svc/docker-compose.yml': COMPOSE,
    '.env': ENV_FILE,
    '.github/workflows/ci.yml': WORKFLOW,
    'Makefile': MAKEFILE,
    'x.mk': MAKEFILE,
    'build.sh': SCRIPT,
    'scripts/image.sh': SCRIPT,
    '.go-docker-hooks.toml': CONFIG,
    'docker-bake.hcl': BAKE,
    'skaffold.yaml': SKAFFOLD,
    'Tiltfile': TILT,
    'Taskfile.yml': TASKS,
    'package.json': TASKS,
    '.gitlab-ci.yml': TASKS,
    '.goreleaser.yaml': SKAFFOLD,
}
# Names that no tool expects.
_NAMES = st.sampled_from(
    (
        '--fix',
        '{}',
        '{0}',
        'a b',
        "a'b",
        '$x',
        '`x`',
        '::error::x',
        '\x1b[31m',
        'é',
        '\udcff',
        '\u202e',
        '-x',
        'a\nb',
        '*',
    )
)


@st.composite
def repositories(draw: st.DrawFn) -> dict[str, str]:
    """Path → text: a Dockerfile and some others, now and then in a folder with an odd name."""
    others = draw(st.lists(st.sampled_from(sorted(set(FILES) - {'Dockerfile'})), max_size=7, unique=True))
    files = {path: draw(FILES[path]) for path in ('Dockerfile', *others)}
    if draw(st.integers(0, 5)) == 0:
        name = draw(_NAMES)
        files = {f'{name}/{path}' if draw(st.booleans()) else path: text for path, text in files.items()}
    return files

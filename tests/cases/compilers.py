"""cgo and the compiler that it wants, and git, which fetches modules; of the judges' images none has either."""

from __future__ import annotations

from tests.cases._case import BARE, HELLO, HELLO_TREE, TREE, Case, app, case

FOUND = 'check-go-version 4'
EXCLUDED = 'build constraints exclude all Go files'
RACE = '-race requires cgo'
C_TREE = {'go.mod': BARE, 'main.go': 'package main\n\nimport "C"\n\nfunc main() {}\n'}
# A package of C's, and one that has a file without.
INNER = {'go.mod': BARE, 'main.go': HELLO.replace('\n\n', '\n\nimport _ "example.com/app/in"\n\n', 1)}
IN_C = {**INNER, 'in/in.go': 'package in\n\nimport "C"\n'}
IN_BOTH = {**IN_C, 'in/plain.go': 'package in\n'}
ALPINE = 'golang:1.21-alpine'


def _build(run: str, base: str = 'golang:1.21') -> str:
    return app('COPY . .', f'RUN {run}', base=base)


# A module whose host is known to speak git.
HOSTED = {
    'go.mod': BARE + '\nrequire github.com/acme/lib v1.0.0\n',
    'go.sum': 'github.com/acme/lib v1.0.0 h1:gK/Kv2otX8gz+wn7Rmb3vT96ZwuoxnQlY+HlJVj7Qug=\n'
    'github.com/acme/lib v1.0.0/go.mod h1:D4IsuqiFMhST5bX19pQ9ikHC2GsaKyk/oF+pn3ducp4=\n',
    'main.go': HELLO.replace('\n\n', '\n\nimport _ "github.com/acme/lib"\n\n', 1),
}


def _of_c(
    name: str, run: str, module: str, package: str, use: str, found: bool = True, base: str = 'golang:1.21'
) -> Case:
    """A program of a module that is C's."""
    version = 'v2.0.0' if module.endswith('/v2') else 'v1.0.0'
    lines = [f'{module} {version}{end} h1:gK/Kv2otX8gz+wn7Rmb3vT96ZwuoxnQlY+HlJVj7Qug=\n' for end in ('', '/go.mod')]
    tree = {
        'go.mod': f'{BARE}\nrequire {module} {version}\n',
        'go.sum': ''.join(lines),
        'main.go': f'package main\n\nimport "{package}"\n\nfunc main() {{ {use} }}\n',
    }
    return case(name, _build(run), tree, other=FOUND if found else '', builds='skip: no such module is here')


GENERATES = HELLO.replace('\n\n', '\n\n//go:generate protoc --go_out=. x.proto\n\n', 1)
NO_PROTOC = 'exec: "protoc": executable file not found in $PATH'
BRINGS = "echo '#!/bin/sh' > /bin/protoc && chmod +x /bin/protoc && go generate ./..."


def _generated(name: str, text: str, builds: str = '', at: str = 'main.go', run: str = 'go generate ./...') -> Case:
    """A `go generate` that starts protoc, which is not there."""
    found = 'check-go-version 4' if builds else ''
    tree = {'go.mod': BARE, 'main.go': HELLO, at: text}
    return case(name, app('COPY . .', f'RUN {run}'), tree, other=found, builds=builds)


GENERATED = (
    _generated('a generator that is not there', GENERATES, NO_PROTOC),
    _generated('in a package below', GENERATES, NO_PROTOC, 'gen/gen.go'),
    _generated('in a package that is not named', GENERATES, '', 'gen/gen.go', 'go generate .'),
    _generated('in a file that is not built', f'//go:build windows\n\n{GENERATES}'),
    _generated('in a folder that is left out', GENERATES, '', 'testdata/gen.go'),
    _generated('a generator that may fail', GENERATES, run='go generate ./... || true'),
    _generated('a generator that a step brings', GENERATES, run=BRINGS),
)
OF_GO = 'google.golang.org/protobuf/cmd/protoc-gen-go'
PROTOC = 'RUN apt-get update && apt-get install -y protobuf-compiler'
TO_GO = 'protoc --go_out=. --go_opt=paths=source_relative x.proto'


def _planned(name: str, run: str, before: str = PROTOC, found: str = '') -> Case:
    """A protoc that is there, and whose plugin is not."""
    steps = (before, 'COPY . .', f'RUN {run}')
    return case(name, app(*steps), HELLO_TREE, other=found, builds='skip: it installs from the network')


PLUGINS = (
    _planned('a plugin of protoc that is not there', TO_GO, found='check-go-version 5'),
    _planned('a plugin of protoc that go installs', TO_GO, f'{PROTOC} && go install {OF_GO}@v1.34.2'),
    _planned('a plugin of protoc by its path', f'{TO_GO} --plugin=protoc-gen-go=/opt/gen'),
    _planned(
        'a plugin of protoc that may come with it', TO_GO, 'RUN curl -L https://example.com/x | tar -xzC /usr/local'
    ),
    _planned('a protoc that may fail', f'{TO_GO} || true'),
    _planned('a protoc without a plugin', 'protoc --cpp_out=. x.proto'),
)
DEBIAN = 'FROM golang:1.21 AS b\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\nFROM {}\n{}\nCOPY --from=b /app /app\n'


def _installed(name: str, base: str, steps: str, line: int = 0) -> Case:
    """A stage that installs by apt."""
    found = f'check-go-version {line}' if line else ''
    return case(name, DEBIAN.format(base, steps), HELLO_TREE, other=found, builds='skip: it installs from the network')


INSTALLED = (
    _installed('apt without lists', 'debian:12-slim', 'RUN apt-get install -y --no-install-recommends curl', 6),
    _installed('apt without lists, on Ubuntu', 'ubuntu:24.04', 'RUN mkdir /x && apt install -y ca-certificates', 6),
    _installed('apt behind an update', 'debian:12-slim', 'RUN apt-get update\nRUN apt-get install -y curl'),
    _installed('apt behind a script', 'debian:12-slim', 'RUN sh /x.sh\nRUN apt-get install -y curl'),
    _installed('what is installed already', 'golang:1.21', 'RUN apt-get install -y git ca-certificates'),
    _installed('apt that may fail', 'debian:12-slim', 'RUN apt-get install -y curl || true'),
    _installed('apt of an image of somebody', 'registry.example/debian', 'RUN apt-get install -y curl'),
)
KAFKA = 'github.com/confluentinc/confluent-kafka-go/v2'
BIMG = 'github.com/h2non/bimg'
OF_C = (
    _of_c('a module of C, and cgo is off', 'CGO_ENABLED=0 go build .', BIMG, BIMG, 'bimg.NewImage(nil)'),
    _of_c('a module of C, and cgo is on', 'go build .', BIMG, BIMG, 'bimg.NewImage(nil)', found=False),
    _of_c('what a module lacks then', 'CGO_ENABLED=0 go build .', KAFKA, f'{KAFKA}/kafka', 'kafka.NewProducer(nil)'),
    _of_c('what it has', 'CGO_ENABLED=0 go build .', KAFKA, f'{KAFKA}/kafka', 'kafka.NewError()', found=False),
    _of_c('a package of it that is none', 'CGO_ENABLED=0 go build .', KAFKA, f'{KAFKA}/x', 'x.X()', found=False),
)
NO_GIT = 'exec: "git": executable file not found in $PATH'


def _fetched(name: str, run: str, builds: str = '', tree: dict[str, str] = HOSTED, base: str = ALPINE) -> Case:
    """A command that fetches a module by git, where the image has none."""
    found = 'check-go-version 4' if builds else ''
    return case(name, app('COPY . .', f'RUN {run}', base=base), tree, other=found, builds=builds)


FETCHED = (
    _fetched('a private module without git', 'GOPRIVATE=github.com/acme/* go mod download', NO_GIT),
    _fetched('by another variable', 'GONOPROXY=*.org,github.com/acme go build .', NO_GIT),
    _fetched('no proxy at all', 'GOPROXY=direct go build .', NO_GIT),
    _fetched('one that nothing imports', 'GOPRIVATE=github.com go build .', '', {**HOSTED, 'main.go': HELLO}),
    _fetched('a private module of others', 'GOPRIVATE=github.com/acme go mod download', '', dict(TREE)),
    _fetched(
        'a private module that is replaced',
        'GOPRIVATE=github.com/acme go build .',
        '',
        {
            **HOSTED,
            'go.mod': HOSTED['go.mod'] + '\nreplace github.com/acme/lib => ./lib\n',
            'lib/go.mod': 'module github.com/acme/lib\n\ngo 1.21\n',
            'lib/lib.go': 'package lib\n',
        },
    ),
)
CASES: tuple[Case, ...] = (
    case(
        'cgo is off, and the program imports C',
        _build('CGO_ENABLED=0 go build .'),
        C_TREE,
        other=FOUND,
        builds=EXCLUDED,
    ),
    case(
        'cgo is off, and a package of its own imports C',
        _build('CGO_ENABLED=0 go build .'),
        IN_C,
        other=FOUND,
        builds=EXCLUDED,
    ),
    case('cgo is off, and a package has a file without C', _build('CGO_ENABLED=0 go build .'), IN_BOTH),
    case('no compiler turns cgo off', _build('go build .', ALPINE), C_TREE, other=FOUND, builds=EXCLUDED),
    case('no compiler, and nothing of C', _build('go build .', ALPINE), HELLO_TREE),
    case('cgo is off, and a pattern leaves out what has no file', _build('CGO_ENABLED=0 go build ./...'), IN_BOTH),
    case('race without cgo', _build('CGO_ENABLED=0 go build -race .'), HELLO_TREE, other=FOUND, builds=RACE),
    case('race without a compiler', _build('go build -race .', ALPINE), HELLO_TREE, other=FOUND, builds=RACE),
    case('race that is turned off', _build('CGO_ENABLED=0 go build -race=false .'), HELLO_TREE),
    case(
        'c-shared without cgo',
        _build('CGO_ENABLED=0 go build -buildmode=c-shared -o app.so .'),
        HELLO_TREE,
        other=FOUND,
        builds='skip: the Go of the judges has no runtime/cgo',
    ),
    case('race without cgo, which may fail', _build('CGO_ENABLED=0 go build -race . || true'), HELLO_TREE),
    case(
        'a compiler is installed',
        app('RUN apk add --no-cache build-base', 'COPY . .', 'RUN go build -race .', base=ALPINE),
        HELLO_TREE,
        builds='skip: it installs from the network',
    ),
    case(
        'a compiler is installed as a virtual package',
        app('RUN apk add --virtual .deps git gcc musl-dev', 'COPY . .', 'RUN go build .', base=ALPINE),
        C_TREE,
        builds='skip: it installs from the network',
    ),
    case(
        'what is installed is no compiler',
        app('RUN apk add --no-cache git ca-certificates', 'COPY . .', 'RUN CGO_ENABLED=1 go build .', base=ALPINE),
        C_TREE,
        other='check-go-version 5',
        builds='skip: it installs from the network',
    ),
    case(
        'a compiler comes without headers',
        app('RUN apk add --virtual .deps git gcc', 'COPY . .', 'RUN go build .', base=ALPINE),
        C_TREE,
        other='check-go-version 5',
        builds='skip: it installs from the network',
    ),
    case(
        'a package that nobody knows may bring headers',
        app('RUN apk add --no-cache gcc vips-dev', 'COPY . .', 'RUN go build .', base=ALPINE),
        C_TREE,
        builds='skip: it installs from the network',
    ),
    case(
        'no pkg-config, which a file asks for',
        app('RUN apk add --no-cache gcc musl-dev', 'COPY . .', 'RUN go build .', base=ALPINE),
        {'go.mod': BARE, 'main.go': C_TREE['main.go'].replace('import', '// #cgo pkg-config: libpng\nimport')},
        other='check-go-version 5',
        builds='skip: it installs from the network',
    ),
    case(
        'a library brings its pkg-config',
        app('RUN apk add --no-cache gcc musl-dev libpng-dev', 'COPY . .', 'RUN go build .', base=ALPINE),
        {'go.mod': BARE, 'main.go': C_TREE['main.go'].replace('import', '// #cgo pkg-config: libpng\nimport')},
        builds='skip: it installs from the network',
    ),
    case(
        'a tag makes net plain Go',
        _build('CGO_ENABLED=1 go build -tags netgo .', ALPINE),
        {'go.mod': BARE, 'main.go': HELLO.replace('\n\n', '\n\nimport _ "net/http"\n\n', 1)},
        builds='skip: the Go of the judges has no net',
    ),
    case(
        'but not os/user',
        _build('CGO_ENABLED=1 go build -tags netgo .', ALPINE),
        {'go.mod': BARE, 'main.go': HELLO.replace('\n\n', '\n\nimport _ "os/user"\n\n', 1)},
        other=FOUND,
        builds='skip: the Go of the judges has no runtime/cgo',
    ),
    case(
        'a script may install a compiler',
        app('COPY . .', 'RUN sh setup.sh', 'RUN go build .', base=ALPINE),
        {**C_TREE, 'setup.sh': '#!/bin/sh\napk add gcc musl-dev\n'},
        builds='skip: it installs from the network',
    ),
    case(
        'another compiler is named',
        app('COPY . .', 'RUN CC=/opt/cc/gcc go build .', base=ALPINE),
        C_TREE,
        builds='skip: there is no such compiler',
    ),
    *FETCHED,
    *OF_C,
    *INSTALLED,
    *GENERATED,
    *PLUGINS,
)

"""The image's Go against the go lines of what it builds; `golang:1.21` is 1.21.13 here, 1.23 1.23.9, 1.27 1.27.3."""

from __future__ import annotations

from tests.cases._case import BARE, HELLO, HELLO_TREE, MISSING, MODULES, TREE, Case, app, case

HOOK = 'check-go-version'
TOO_NEW = 'requires go >= 1.23'
NO_IMAGE = 'skip: it has no image of the judges for --from'
OFFLINE = 'skip: go downloads a toolchain'
DEP = {f'dep/{name}': text for name, text in MODULES['example.com/dep', 'v1.0.0'].items()}
LEAF = {f'leaf/{name}': text for name, text in MODULES['example.com/leaf', 'v1.0.0'].items()}


def go_mod(go: str, *more: str) -> str:
    """A go.mod without requirements that says `go GO`."""
    return '\n\n'.join(['module example.com/app', f'go {go}', *more]) + '\n'


def hello(go: str, *more: str) -> dict[str, str]:
    """A program of the standard library alone, under a go line."""
    return {'go.mod': go_mod(go, *more), 'main.go': HELLO}


BUILD = app('COPY . .', 'RUN go build -o /bin/app .')
WORK = {
    **HELLO_TREE,
    'go.work': 'go 1.21\n\nuse (\n\t.\n\t./lib\n)\n',
    'lib/go.mod': 'module example.com/lib\n\ngo 1.21\n',
    'lib/lib.go': 'package lib\n',
}
# dep replaces the required module, and main.go imports it; it asks for more than go.mod does.
REPLACED = {
    'go.mod': go_mod(
        '1.21',
        'require example.com/dep v1.0.0',
        'require example.com/leaf v1.0.0 // indirect',
        'replace example.com/dep => ./dep',
        'replace example.com/leaf => ./leaf',
    ),
    'main.go': TREE['main.go'],
    **LEAF,
    **DEP,
    'dep/go.mod': DEP['dep/go.mod'].replace('go 1.21', 'go 1.23'),
}

CASES: tuple[Case, ...] = (
    case('the image is older than the go line', BUILD, hello('1.23'), other=f'{HOOK} 1', builds=TOO_NEW),
    case('the image is as new as the go line', BUILD, hello('1.21')),
    case('the image is newer than the go line', app('COPY . .', 'RUN go build .', base='golang:1.23'), hello('1.21')),
    case(
        'a floating minor holds a patch of it', app('COPY . .', 'RUN go build .', base='golang:1.23'), hello('1.23.4')
    ),
    case(
        'a release candidate of a newer Go', BUILD, hello('1.22rc1'), other=f'{HOOK} 1', builds='requires go >= 1.22rc1'
    ),
    case(
        'download and tidy refuse it too',
        app('COPY go.mod main.go ./', 'RUN go mod download', 'RUN go mod tidy'),
        hello('1.23'),
        other=f'{HOOK} 1',
        builds=TOO_NEW,
    ),
    case('an unused go.mod binds nobody', app('COPY . .', 'RUN go version'), hello('1.23')),
    case('go mod edit reads any go line', app('COPY . .', 'RUN go mod edit -go=1.21', 'RUN go build .'), hello('1.23')),
    case('a failure that is let pass', app('COPY . .', 'RUN go build . || true'), hello('1.23')),
    case(
        'a tool line, before Go reads them',
        BUILD,
        hello('1.21', 'tool example.com/app'),
        other=f'{HOOK} 1',
        builds='unknown directive: tool',
    ),
    case(
        'an ignore line, before Go reads them',
        app('COPY . .', 'RUN go build .', base='golang:1.23'),
        hello('1.23', 'ignore ./web'),
        other=f'{HOOK} 1',
        builds='unknown directive: ignore',
    ),
    case(
        'the newest Go reads tool and ignore lines',
        app('COPY . .', 'RUN go build .', base='golang:1.27'),
        hello('1.25', 'tool example.com/app', 'ignore ./web', 'toolchain go1.27.4'),
    ),
    case(
        'a go line that is newer than the newest Go',
        app('COPY . .', 'RUN go build .', base='golang:1.27'),
        hello('1.28'),
        other=f'{HOOK} 1',
        builds='requires go >= 1.28',
    ),
    case(
        'GOTOOLCHAIN=auto in ENV',
        app('ENV GOTOOLCHAIN=auto', 'COPY . .', 'RUN go build .'),
        hello('1.23'),
        builds=OFFLINE,
    ),
    case(
        'GOTOOLCHAIN=auto in ARG',
        app('ARG GOTOOLCHAIN=auto', 'COPY . .', 'RUN go build .'),
        hello('1.23'),
        builds=OFFLINE,
    ),
    case(
        'an ARG behind an ENV of its name',
        app('ENV GO111MODULE=on', 'ARG GO111MODULE=off', 'COPY . .', 'RUN go build -o /bin/app main.go'),
        hello('1.23'),
        classic=TOO_NEW,
        buildah=TOO_NEW,
    ),
    case(
        'a given ARG behind an ENV of its name',
        app('ENV GO111MODULE=on', 'ARG GO111MODULE', 'COPY . .', 'RUN go build -o /bin/app main.go'),
        hello('1.23'),
        args={'GO111MODULE': 'off'},
        classic=TOO_NEW,
        buildah=TOO_NEW,
    ),
    case(
        'an ARG without a value behind an ENV of its name',
        app('ENV GO111MODULE=on', 'ARG GO111MODULE', 'COPY . .', 'RUN go build -o /bin/app main.go'),
        hello('1.23'),
        other=f'{HOOK} 1',
        builds=TOO_NEW,
    ),
    case(
        'an ENV behind an ARG of its name',
        app('ARG GO111MODULE=off', 'ENV GO111MODULE=on', 'COPY . .', 'RUN go build -o /bin/app main.go'),
        hello('1.23'),
        other=f'{HOOK} 1',
        builds=TOO_NEW,
    ),
    case(
        'GOTOOLCHAIN=auto for one command',
        app('COPY . .', 'RUN GOTOOLCHAIN=auto go build .'),
        hello('1.23'),
        builds=OFFLINE,
    ),
    case(
        'GOTOOLCHAIN=local again',
        app('ENV GOTOOLCHAIN=auto', 'COPY . .', 'RUN GOTOOLCHAIN=local go build .'),
        hello('1.23'),
        other=f'{HOOK} 1',
        builds=TOO_NEW,
    ),
    case(
        'GOTOOLCHAIN names a Go that is too old',
        app('ENV GOTOOLCHAIN=go1.21.13', 'COPY . .', 'RUN go build .'),
        hello('1.23'),
        other=f'{HOOK} 1',
        builds=TOO_NEW,
    ),
    case(
        'GOTOOLCHAIN names one that is new enough',
        app('ENV GOTOOLCHAIN=go1.23.4', 'COPY . .', 'RUN go build .'),
        hello('1.23'),
        builds=OFFLINE,
    ),
    case(
        'no modules at all', app('ENV GO111MODULE=off', 'COPY . .', 'RUN go build -o /bin/app main.go'), hello('1.23')
    ),
    case(
        'stages on stages',
        """
        FROM golang:1.21 AS base
        WORKDIR /app
        FROM base AS modules
        COPY go.mod ./
        FROM modules
        COPY . .
        RUN go build .
        """,
        hello('1.23'),
        other=f'{HOOK} 1',
        builds=TOO_NEW,
    ),
    case(
        'a stage that is not built',
        """
        FROM golang:1.21 AS old
        WORKDIR /app
        COPY . .
        RUN go build .
        FROM golang:1.23
        WORKDIR /app
        COPY . .
        RUN go build .
        """,
        hello('1.23'),
        classic=TOO_NEW,
        buildah='',
    ),
    case(
        'the version comes from an ARG',
        """
        ARG GO_VERSION=1.21
        FROM golang:${GO_VERSION}-alpine
        WORKDIR /app
        COPY . .
        RUN go build .
        """,
        hello('1.23'),
        other=f'{HOOK} 2',
        builds=TOO_NEW,
    ),
    case(
        'a build argument brings a newer Go',
        """
        ARG GO_VERSION=1.21
        FROM golang:${GO_VERSION:-1.20}-alpine
        WORKDIR /app
        COPY . .
        RUN go build .
        """,
        hello('1.23'),
        args={'GO_VERSION': '1.23'},
    ),
    case(
        "another image's Go takes the place of the image's own",
        """
        FROM golang:1.21
        COPY --from=golang:1.23 /usr/local/go /usr/local/go
        WORKDIR /app
        COPY . .
        RUN go build .
        """,
        hello('1.23'),
        builds='skip: the older builders know no image in --from',
    ),
    case(
        "another image's older Go takes the place of the image's own",
        """
        FROM golang:1.23
        COPY --from=golang:1.21 /usr/local/go /usr/local/go
        WORKDIR /app
        COPY . .
        RUN go build .
        """,
        hello('1.23'),
        other=f'{HOOK} 2',
        builds=TOO_NEW,
        classic=NO_IMAGE,
        buildah=NO_IMAGE,
    ),
    case(
        'no go.sum for a Go that is copied into an image without one',
        """
        FROM golang:1.21 AS go
        FROM alpine
        ENV PATH=$PATH:/usr/local/go/bin
        COPY --from=go /usr/local/go /usr/local/go
        WORKDIR /app
        COPY . .
        RUN go build .
        """,
        without='go.sum',
        other='check-tidy-order 7',
        builds=MISSING,
    ),
    case(
        'a Go that is unpacked from its archive, and stays',
        """
        FROM golang:1.21 AS go
        RUN tar -C /usr/local -cf /go1.21.13.linux-amd64.tar.gz go
        FROM alpine
        ENV GOTOOLCHAIN=local PATH=$PATH:/usr/local/go/bin
        COPY --from=go /go1.21.13.linux-amd64.tar.gz /tmp/
        RUN cat /tmp/go1.21.13.linux-amd64.tar.gz > go.tgz && tar xfv go.tgz && mv go /usr/local && rm go.tgz
        WORKDIR /app
        COPY . .
        RUN go build .
        """,
        hello('1.23'),
        other=f'{HOOK} 6',
        builds=TOO_NEW,
    ),
    case(
        'a Go that is unpacked, and new enough, where PATH does not lead',
        """
        FROM golang:1.21 AS go
        RUN tar -C /usr/local -cf /go1.21.13.linux-amd64.tar.gz go
        FROM alpine
        ENV GOTOOLCHAIN=local PATH=/usr/bin:/bin
        COPY --from=go /go1.21.13.linux-amd64.tar.gz /tmp/
        RUN cat /tmp/go1.21.13.linux-amd64.tar.gz | tar -C /usr/local -x && export PATH=$PATH:/usr/local/go/bin
        WORKDIR /app
        COPY . .
        RUN /usr/local/go/bin/go build . && go build .
        """,
        hello('1.21'),
        other=f'{HOOK} 9',
        builds='go: not found',
    ),
    case(
        'a Go that is copied from a stage, and stays',
        """
        FROM golang:1.21 AS go
        FROM alpine
        ENV GOTOOLCHAIN=local PATH=$PATH:/usr/local/go/bin
        COPY --from=go /usr/local/go /usr/local/go
        WORKDIR /app
        COPY . .
        RUN go build .
        """,
        hello('1.23'),
        other=f'{HOOK} 1',
        builds=TOO_NEW,
    ),
    case(
        'go.work is newer than the image',
        BUILD,
        WORK,
        plus={'go.work': 'go 1.23\n\nuse .\n'},
        other=f'{HOOK} 1',
        builds='go.work requires go >= 1.23',
    ),
    case(
        'a member of the workspace is newer than the image',
        BUILD,
        WORK,
        plus={'go.work': 'go 1.23\n\nuse (\n\t.\n\t./lib\n)\n', 'lib/go.mod': 'module example.com/lib\n\ngo 1.23\n'},
        other=f'{HOOK} 1',
        builds=TOO_NEW,
    ),
    case(
        'a workspace that is switched off',
        app('ENV GOWORK=off', 'COPY . .', 'RUN go build .'),
        WORK,
        plus={'go.work': 'go 1.23\n\nuse .\n'},
    ),
    case(
        'go mod tidy looks at no go.work',
        app('COPY . .', 'RUN go mod tidy'),
        WORK,
        plus={'go.work': 'go 1.23\n\nuse .\n'},
    ),
    case('a folder that replaces an imported module is newer', BUILD, REPLACED, other=f'{HOOK} 1', builds=TOO_NEW),
    case(
        'download reads the folder of any replacement',
        app('COPY . .', 'RUN go mod download'),
        REPLACED,
        plus={'main.go': HELLO},
        other=f'{HOOK} 1',
        builds=TOO_NEW,
    ),
    case('a folder that replaces a module which nobody imports', BUILD, REPLACED, plus={'main.go': HELLO}),
    case(
        'an ARG that no build gives leaves the default of FROM',
        'ARG GO\nFROM golang:${GO:-1.21}\nWORKDIR /app\nCOPY . .\nRUN go build .\n',
        {**HELLO_TREE, 'go.mod': BARE.replace('1.21', '1.23')},
        other=f'{HOOK} 2',
        builds=TOO_NEW,
    ),
    case(
        'one that a build gives does not',
        'ARG GO\nFROM golang:${GO:-1.21}\nWORKDIR /app\nCOPY . .\nRUN go build .\n',
        {**HELLO_TREE, 'go.mod': BARE.replace('1.21', '1.23')},
        args={'GO': '1.23'},
    ),
    case(
        'a module inside that is not built',
        app('COPY . .', 'RUN go build .'),
        {**HELLO_TREE, 'go.mod': BARE, 'tools/go.mod': 'module example.com/tools\n\ngo 1.23\n'},
    ),
)

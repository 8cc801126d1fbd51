"""Programs that an image comes without; the judges' images hold busybox, make and Go, and no git, curl or bash."""

from __future__ import annotations

from tests.cases._case import BARE, HELLO, HELLO_TREE, Case, app, case

ALPINE = 'golang:1.21-alpine'
FOUND = 'check-go-version 4'
BASH = '#!/bin/bash\ngo build .\n'
NETWORK = 'skip: it installs from the network'
NO_GIT = "skip: the judges' images have no git; owner_test.py brings one"
GOIMPORTS = 'golang.org/x/tools/cmd/goimports@v0.20.0'
MAKE = 'RUN apk add --no-cache make'


def _run(run: str, *before: str, base: str = ALPINE) -> str:
    return app('COPY . .', *before, f'RUN {run}', base=base)


CASES: tuple[Case, ...] = (
    case('git is not there', _run('git describe && go build .'), HELLO_TREE, other=FOUND, builds='git: not found'),
    case('git is not there, and may not be', _run('git describe || go build .'), HELLO_TREE),
    case('git is not there, in a condition', _run('if git describe; then :; fi; go build .'), HELLO_TREE),
    case('git is asked for first', _run('command -v git && git describe || go build .'), HELLO_TREE),
    case('git is not there, behind other commands', _run('git describe; go build .'), HELLO_TREE),
    case('git is not there, at the head of a pipe', _run('git describe | cat'), HELLO_TREE),
    case(
        'git is not there, at the head of a pipe with pipefail',
        _run('set -o pipefail; git describe | cat'),
        HELLO_TREE,
        other=FOUND,
        builds='git: not found',
    ),
    case('git is not there, in an argument', _run('go build -ldflags "-X main.v=$(git describe)" .'), HELLO_TREE),
    case(
        'git is not there, in an assignment',
        _run('V=$(git describe) && go build -ldflags "-X main.v=$V" .'),
        HELLO_TREE,
        other=FOUND,
        builds='git: not found',
    ),
    case(
        'a program of go is got, and not installed',
        _run('goimports', f'RUN go get {GOIMPORTS}'),
        HELLO_TREE,
        other='check-go-version 5',
        builds='goimports: not found',
    ),
    case(
        'a program of go is got, and copied to a stage',
        _run('true', f'RUN go get {GOIMPORTS}') + f'FROM {ALPINE}\nCOPY --from=0 /go/bin/goimports /bin/\n',
        HELLO_TREE,
        finds='7',
        builds='"/go/bin/goimports": not found',
    ),
    case('a program of go is installed', _run('goimports', f'RUN go install {GOIMPORTS}'), HELLO_TREE),
    case(
        'a program of go is got and installed',
        _run('goimports', f'RUN go get {GOIMPORTS} && go install golang.org/x/tools/cmd/goimports'),
        HELLO_TREE,
    ),
    case(
        'a program of go is got by a Go that installs it',
        _run('goimports', f'RUN go get {GOIMPORTS}', base='golang:1.17-alpine'),
        HELLO_TREE,
        builds='skip: there is no Go that old here',
    ),
    case(
        'a program of go is written by a step',
        _run('goimports', r"RUN printf '#!/bin/sh\n' >/go/bin/goimports && chmod +x /go/bin/goimports"),
        HELLO_TREE,
    ),
    case('a program of go is nowhere', _run('goimports'), HELLO_TREE, other=FOUND, builds='goimports: not found'),
    case('a program of go may fail', _run('goimports || true', f'RUN go get {GOIMPORTS}'), HELLO_TREE),
    case('nothing to unpack', _run('curl -sSL x | tar -xz'), HELLO_TREE, other=FOUND, builds='curl: not found'),
    case('nothing to run', _run('curl -sSL x | sh'), HELLO_TREE),
    case(
        'a script for bash',
        _run('chmod +x build.sh && ./build.sh'),
        {**HELLO_TREE, 'build.sh': BASH},
        other=FOUND,
        builds='./build.sh: not found',
    ),
    case(
        'a script that bash is to run',
        _run('bash build.sh'),
        {**HELLO_TREE, 'build.sh': BASH},
        other=FOUND,
        builds='bash: not found',
    ),
    case('a script for bash that sh runs', _run('sh build.sh'), {**HELLO_TREE, 'build.sh': BASH}),
    case(
        'bash in exec form',
        _run('["bash", "-c", "go build ."]'),
        HELLO_TREE,
        other=FOUND,
        builds='"bash": executable file not found in $PATH',
        buildah='executable file not found in $PATH',
    ),
    case(
        'SHELL is a shell that is not there',
        _run('go build .', 'SHELL ["/bin/bash", "-c"]'),
        HELLO_TREE,
        other='check-go-version 5',
        builds='"/bin/bash": stat /bin/bash: no such file or directory',
        buildah='skip: it knows SHELL in images of its own format alone',
    ),
    case(
        'the SHELL of a Makefile is not there',
        _run('make build', MAKE),
        {**HELLO_TREE, 'Makefile': 'SHELL := /bin/bash\n\nbuild:\n\tgo build . && true\n'},
        other='check-go-version 5',
        builds=NETWORK,
    ),
    case(
        'a Makefile that runs git',
        _run('make build', MAKE),
        {**HELLO_TREE, 'Makefile': 'build:\n\tgit describe > version && go build .\n'},
        other='check-go-version 5',
        builds=NETWORK,
    ),
    case(
        'a Makefile that asks git',
        _run('make build', MAKE),
        {**HELLO_TREE, 'Makefile': 'V := $(shell git describe)\nbuild:\n\tgo build -ldflags "-X main.v=$(V)" .\n'},
        builds=NETWORK,
    ),
    case(
        'make is not there',
        _run('make build'),
        {**HELLO_TREE, 'Makefile': 'build:\n\tgo build .\n'},
        other=FOUND,
        builds="skip: the judges' images have make",
    ),
    case(
        'a step brings the program',
        _run('chmod +x /usr/bin/git && git describe', 'COPY git /usr/bin/'),
        {**HELLO_TREE, 'git': '#!/bin/sh\n'},
    ),
    case(
        'a step brings a program of that name elsewhere',
        _run('chmod +x git && git describe', 'ENV PATH=/app:$PATH'),
        {**HELLO_TREE, 'git': '#!/bin/sh\n'},
    ),
    case(
        'a link of that name',
        _run('bash -c "go build ."', 'RUN ln -s sh /bin/bash'),
        HELLO_TREE,
        builds='applet not found',
        why='busybox does not answer to that name, and another program might',
    ),
    case('a function of that name', _run('git() { true; }; git describe && go build .'), HELLO_TREE),
    case(
        'a stage brings the program',
        'FROM alpine AS tools\nRUN printf "#!/bin/sh" > /usr/bin/git && chmod +x /usr/bin/git\n'
        f'FROM {ALPINE}\nCOPY --from=tools /usr/bin/git /usr/bin/git\nWORKDIR /app\nCOPY . .\n'
        'RUN git describe && go build .\n',
        HELLO_TREE,
    ),
    case('apt-get on alpine', _run('apt-get update'), HELLO_TREE, other=FOUND, builds='apt-get: not found'),
    case(
        'go is not there',
        app('COPY . .', 'RUN go build .', base='alpine'),
        HELLO_TREE,
        other=FOUND,
        builds='go: not found',
    ),
    case(
        'go of another image, and PATH',
        'FROM alpine\nCOPY --from=golang:1.21 /usr/local/go /usr/local/go\nENV PATH=$PATH:/usr/local/go/bin\n'
        'WORKDIR /app\nCOPY . .\nRUN go build .\n',
        HELLO_TREE,
        builds="skip: a Go of the judges' images wants what lies beside it",
    ),
    case(
        'the repository is of somebody else',
        app('COPY --chown=1000 . .', 'RUN go build .'),
        HELLO_TREE,
        other=FOUND,
        builds=NO_GIT,
    ),
    case(
        'somebody else runs go',
        app('COPY . .', 'USER nobody', 'RUN go build -o /tmp/app .'),
        HELLO_TREE,
        other='check-go-version 5',
        builds=NO_GIT,
    ),
    case('the repository is of root, by its number', app('COPY --chown=0:0 . .', 'RUN go build .'), HELLO_TREE),
    case(
        'the repository is of who runs go',
        app('COPY --chown=1 . .', 'USER 1', 'RUN go build .'),
        HELLO_TREE,
        builds=NO_GIT,
    ),
    case(
        'the repository is of somebody else, and go is told not to ask',
        app('COPY --chown=1000 . .', 'RUN go build -buildvcs=false .'),
        HELLO_TREE,
    ),
    case(
        'the repository is of somebody else, and git is told not to mind',
        app('COPY --chown=1000 . .', "RUN git config --global --add safe.directory '*'", 'RUN go build .'),
        HELLO_TREE,
        builds=NO_GIT,
    ),
    case(
        'the repository is hidden',
        app('COPY --chown=1000 . .', 'RUN go build .'),
        {**HELLO_TREE, '.dockerignore': '.git\n'},
    ),
    case('a test asks no git', app('COPY --chown=1000 . .', 'RUN go test .'), HELLO_TREE),
    case('a run asks no git', app('COPY --chown=1000 . .', 'RUN go run .'), HELLO_TREE),
    case('a file asks no git', app('COPY --chown=1000 . .', 'RUN go build main.go'), HELLO_TREE),
    case(
        'a package brings it',
        _run('make', 'RUN apk add --no-cache build-base'),
        {**HELLO_TREE, 'Makefile': 'all:\n\tgo build .\n'},
        builds=NETWORK,
    ),
    case(
        'a package may bring it',
        _run('git describe', 'RUN apk add --no-cache some-tool'),
        HELLO_TREE,
        builds=NETWORK,
    ),
    case(
        'a package brings another',
        app('RUN apk add --no-cache git ca-certificates', 'COPY . .', 'RUN curl -O x', base=ALPINE),
        {'go.mod': BARE, 'main.go': HELLO},
        other='check-go-version 5',
        builds=NETWORK,
    ),
)

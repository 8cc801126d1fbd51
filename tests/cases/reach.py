"""How far a program reaches: what it writes, by which options, through which names, in whose settings.

The base image is busybox and a Go toolchain; a tool that is no applet of busybox is a script of the context here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cases._case import BARE, HELLO, MAIN, MISSING, MOD, SUM, TREE, Case, app, case, lines

if TYPE_CHECKING:
    from collections.abc import Mapping

REPLACED = MOD.replace('require example.com/leaf v1.0.0 // indirect\n', 'replace example.com/dep => ../dep\n')
DEP: Mapping[str, str] = {
    'dep/go.mod': 'module example.com/dep\n\ngo 1.21\n',
    'dep/dep.go': 'package dep\n\nfunc Name() string { return "dep" }\n',
}
SHOP: Mapping[str, str] = {'shop/go.mod': MOD, 'shop/main.go': MAIN, 'sums/go.sum': SUM}
ADDED = SUM.splitlines()
PATCH = lines('--- /dev/null', '+++ go.sum', f'@@ -0,0 +1,{len(ADDED)} @@', *('+' + line for line in ADDED))
PROFILE = 'RUN echo "export GOFLAGS=-mod=mod PATH=$PATH" > /etc/profile'
BUILD = 'WORKDIR /shop\nRUN go build .'
FLAGS: Mapping[str, str] = {**TREE, 'go.sum': '', 'settings': 'GOFLAGS=-mod=mod\n'}


def _writes(name: str, step: str, plus: Mapping[str, str] | None = None, then: str = BUILD) -> Case:
    """A step in /src that brings the go.sum of /shop; the sums lie in /src/sums."""
    text = lines(
        'FROM golang:1.21', 'COPY shop /shop', 'WORKDIR /src', 'COPY . .', *step.split('\n'), *then.split('\n')
    )
    return case(name, text, SHOP, plus=plus)


def _leaves(name: str, step: str, plus: Mapping[str, str] | None = None) -> Case:
    """A step in /src that surely does not."""
    text = lines('FROM golang:1.21', 'COPY shop /shop', 'WORKDIR /src', 'COPY . .', step, *BUILD.split('\n'))
    return case(name, text, SHOP, plus=plus, other='check-tidy-order 7', builds=MISSING)


def _settles(name: str, *steps: str) -> Case:
    """Steps by which go itself completes an empty go.sum."""
    ignored = any(step.startswith('SHELL') for step in steps)
    buildah = 'skip: it ignores SHELL in OCI images' if ignored else None
    return case(name, app('COPY . .', *steps, 'RUN go build .'), FLAGS, buildah=buildah)


def _program(*commands: str) -> str:
    """A program of the project's own, in Go, that runs these commands of a shell."""
    script = '; '.join(commands)
    return f'package main\n\nimport "os/exec"\n\nfunc main() {{ exec.Command("sh", "-c", "{script}").Run() }}\n'


SCRIPT = '#!/bin/sh\ncp /src/sums/go.sum "$1"\n'
PROGRAMS = (
    _writes('a script is told where to write', 'RUN sh bring.sh /shop', {'bring.sh': SCRIPT}),
    _writes('or knows it', 'RUN sh bring.sh', {'bring.sh': 'cp sums/go.sum /shop\n'}),
    _writes('a script by its absolute path', 'RUN sh /src/bring.sh /shop', {'bring.sh': SCRIPT}),
    _writes('one on PATH', 'RUN chmod +x bring.sh && cp bring.sh /bin/bring && bring /shop', {'bring.sh': SCRIPT}),
    _writes(
        'one by the name of a program that is known',
        'RUN cp bring.sh /bin/jq && chmod +x /bin/jq && jq /shop',
        {'bring.sh': SCRIPT},
    ),
    _writes(
        'one by the name of go, first on PATH',
        'RUN mkdir /first && cp go.sh /first/go && chmod +x /first/go\nENV PATH=/first:$PATH',
        {'go.sh': '#!/bin/sh\nexit 0\n'},
    ),
    _writes(
        'the tests of another module',
        'RUN cd gen && go test ./...',
        {
            'gen/go.mod': 'module example.com/gen\n\ngo 1.21\n',
            'gen/gen_test.go': _program('cp /src/sums/go.sum /shop')
            .replace('package main', 'package gen')
            .replace('"os/exec"', '(\n\t"os/exec"\n\t"testing"\n)')
            .replace('main()', 'TestGen(*testing.T)'),
        },
    ),
    _writes('xargs runs a shell', "RUN echo /shop | xargs -n 1 sh -c 'cp sums/go.sum $0'"),
    _writes('find runs one', "RUN find sums -name go.sum -exec sh -c 'cp $0 /shop' {} ';'"),
    _writes('awk runs commands', """RUN awk 'BEGIN { system("cp sums/go.sum /shop") }'"""),
    _writes(
        'go run of another module writes where it likes',
        'RUN cd gen && go run .',
        {'gen/go.mod': 'module example.com/gen\n\ngo 1.21\n', 'gen/main.go': _program('cp /src/sums/go.sum /shop')},
    ),
    _writes(
        'go generate does',
        'RUN cd gen && go generate',
        {'gen/go.mod': BARE, 'gen/main.go': f'{HELLO}\n//go:generate cp /src/sums/go.sum /shop\n'},
    ),
    case(
        'a generator writes a replacement beside its module',
        app('COPY . .', 'RUN cd gen && go run .', 'RUN cd shop && go build .'),
        {
            'shop/go.mod': REPLACED,
            'shop/main.go': MAIN,
            'gen/go.mod': 'module example.com/gen\n\ngo 1.21\n',
            'gen/main.go': _program('mkdir ../dep', 'cd ../parts', 'cp dep.go ../dep', 'cp dep.mod ../dep/go.mod'),
            'parts/dep.mod': DEP['dep/go.mod'],
            'parts/dep.go': DEP['dep/dep.go'],
        },
        context='',
    ),
    case(
        'a program before anything is copied brings no part of the module',
        app('RUN cal', 'COPY go.mod main.go ./', 'RUN go build .'),
        without='go.sum',
        other='check-tidy-order 5',
        builds=MISSING,
    ),
    case(
        'nor a go.work above it',
        app('RUN cal', 'COPY go.mod main.go svc/', 'RUN cd svc && go build .'),
        without='go.sum',
        other='check-tidy-order 5',
        builds=MISSING,
    ),
    case(
        'a script of the project may bring its sources',
        app('COPY init.sh /', 'RUN sh /init.sh', 'COPY go.mod main.go ./', 'RUN go build .'),
        without='go.sum',
        plus={'init.sh': 'trap "touch /ready" EXIT\n'},
        builds=MISSING,
        why='what it wrote beside main.go is not known',
    ),
)  # fmt: skip
OPTIONS = (
    _writes('dd by a name', 'RUN dd if=sums/go.sum of=/shop/go.sum'),
    _writes('tar by a flag', 'RUN tar cf - -C sums go.sum | tar xf - -C /shop'),
    _writes('glued to it', 'RUN tar cf x.tar -C sums go.sum && tar xf x.tar -C/shop'),
    _writes('cp --parents', 'RUN cd sums && cp --parents go.sum /shop'),
    _writes('cp of a glob', 'RUN cp sums/* /shop'),
    _writes('mv of a folder', 'RUN mv /shop /old && mkdir /shop && cp -r /old/. /shop && mv sums/go.sum /shop'),
    _writes('patch', 'RUN cd /shop && patch -p0 -i /src/sums.diff', {'sums.diff': PATCH}),
    _writes('tee', 'RUN cat sums/go.sum | tee /shop/go.sum > /dev/null'),
    _writes('sed writes a file by its own command', "RUN sed -n 'w /shop/go.sum' sums/go.sum"),
    _writes('sed by a flag', "RUN sed -n 's/^/&/w /shop/go.sum' sums/go.sum"),
    _writes('sort -o', 'RUN sort -o /shop/go.sum sums/go.sum'),
    _writes('uniq by its second operand', 'RUN uniq sums/go.sum /shop/go.sum'),
    _writes('env runs it elsewhere', "RUN env -u X sh -c 'cp sums/go.sum /shop'"),
    _writes('a name that nobody knows', 'RUN cp sums/go.sum "$(echo /shop)"'),
    _writes('a folder made by a name that nobody knows', 'RUN mkdir "$(echo /shop/x)" && cp sums/go.sum /shop'),
    _leaves('mkdir, touch and rm elsewhere', 'RUN mkdir x && touch x/y && rm -rf x'),
    _leaves('what only looks', "RUN find . -name '*.go' | xargs cat && tar cf x.tar sums"),
    _leaves('tar that is told where, from here', 'RUN tar cf /x.tar sums && mkdir /x && tar xf /x.tar -C /x'),
    _leaves('tar in a folder of its own', 'RUN tar cf x.tar sums && mkdir x && tar xf x.tar -C x'),
)  # fmt: skip
LINKS = (
    case(
        'a COPY goes through a linked folder',
        lines('FROM golang:1.21', 'RUN mkdir /real && ln -s /real /app', 'COPY . /app/', 'RUN cd /real && go build .'),
    ),
    case(
        'what is written by one name is there by the other',
        app('RUN mkdir /real && ln -s /real /link', 'COPY . /real/', 'WORKDIR /link', 'RUN go build .'),
    ),
    case(
        'a linked go.sum',
        app('COPY go.mod main.go ./', 'COPY go.sum /sums/', 'RUN ln -s /sums/go.sum', 'RUN go build .'),
    ),
    case(
        'a folder linked into another',
        lines('FROM golang:1.21', 'WORKDIR /src', 'COPY . .', 'RUN ln -s "$PWD" /link', 'RUN cd /link && go build .'),
    ),
)  # fmt: skip
SETTINGS = (
    _settles('GOENV names a file of the context', 'ENV GOENV=/app/settings'),
    _settles('a file where go keeps its settings', 'COPY settings /root/.config/go/env'),
    _settles(
        'one that a shell writes', 'RUN mkdir -p /root/.config/go && echo GOFLAGS=-mod=mod > /root/.config/go/env'
    ),
    _settles('go env -w', 'RUN go env -w GOFLAGS=-mod=mod'),
    _settles('where another variable looks', 'ENV XDG_CONFIG_HOME=/x', 'RUN go env -w GOFLAGS=-mod=mod'),
    _settles("the Go's own", 'RUN cat settings >> /usr/local/go/go.env'),
    case(
        'the settings of another stage',
        'FROM golang:1.21 AS set\nRUN go env -w GOFLAGS=-mod=mod\n'
        + app('COPY --from=set /root/.config /root/.config', 'COPY . .', 'RUN go build .'),
        FLAGS,
    ),
    case(
        'a stage that took none of them',
        'FROM golang:1.21 AS set\nRUN go env -w GOFLAGS=-mod=mod && touch /done\n'
        + app('COPY --from=set /done /', 'COPY . .', 'RUN go build .'),
        FLAGS,
        other='check-tidy-order 7',
        builds=MISSING,
    ),
    _settles('GOENV is read from where go runs', 'ENV GOENV=settings'),
    _settles("a line that sed adds to the Go's own", "RUN sed -i '$aGOFLAGS=-mod=mod' /usr/local/go/go.env"),
    case(
        'GOENV=off forgets them',
        app('COPY . .', 'RUN go env -w GOFLAGS=-mod=mod', 'ENV GOENV=off', 'RUN go build .'),
        FLAGS,
        other='check-tidy-order 6',
        builds=MISSING,
    ),
    case(
        'go env -u does',
        app('COPY . .', 'RUN go env -w GOFLAGS=-mod=mod', 'RUN go env -u GOFLAGS', 'RUN go build .'),
        FLAGS,
        other='check-tidy-order 6',
        builds=MISSING,
    ),
)
WORDS = (
    _settles('a field of GOFLAGS in quotes', """ENV GOFLAGS="'-ldflags=-s -w' -mod=mod\""""),
    _settles('a flag of GOFLAGS takes no other', 'ENV GOFLAGS="-buildvcs -mod=mod"'),
    _settles('a flag without a value takes none', 'RUN go build -buildvcs -mod=mod .'),
    _settles('nor does one of the tests', 'RUN go test -test.short -mod=mod .'),
    _settles('nor one that go test hands on', 'RUN go test -mine -mod=mod . || go mod tidy'),
    _settles('xargs puts a word into a flag', 'RUN echo mod | xargs -I% go build -mod=% .'),
    _settles('xargs puts a flag in place of a word', 'RUN echo -mod=mod | xargs -I% go build % .'),
    _settles('a name that is exported before it is set', 'RUN export GOFLAGS; GOFLAGS=-mod=mod; go build .'),
)
AGAIN = (
    case(
        'go list -m completes go.sum, too',
        app('COPY go.mod main.go ./', 'RUN go list -m -mod=mod all && [ -f go.sum ] || exit 1'),
        without='go.sum',
    ),
    case(
        'go work vendor writes beside go.work',
        app('COPY . .', 'RUN go work init . && go work vendor && cd vendor', base='golang:1.23'),
    ),
    case(
        'a script vendors a module that is copied again',
        app('COPY go.mod go.sum main.go bring.sh ./', 'RUN sh bring.sh', 'COPY . .', 'RUN go build -mod=vendor .'),
        plus={'bring.sh': 'go mod vendor\n'},
    ),
    case(
        'a script writes the go.sum of one',
        app('COPY go.mod main.go bring.sh ./', 'RUN sh bring.sh', 'COPY go.mod main.go ./', 'RUN go build .'),
        without='go.sum',
        plus={'bring.sh': 'go mod tidy\n'},
    ),
)
SHELLS = (
    _settles('a shell that exports all', 'SHELL ["/bin/sh", "-ac"]', 'RUN GOFLAGS=-mod=mod; go build .'),
    _settles('by an option of its own', "RUN sh -ac 'GOFLAGS=-mod=mod; go build .' && go mod tidy"),
    _settles('a script in SHELL', 'SHELL ["/bin/sh", "-c", "export GOFLAGS=-mod=mod; eval \\"$0\\""]'),
    _settles('a shell that runs nothing', 'SHELL ["/bin/sh", "-nc"]'),
    _settles('a script that runs nothing any more', 'RUN set -n; go build .', 'RUN go mod tidy'),
    _settles('a shell that a step brought', "RUN printf '#!/bin/busybox sh\\n' > /s && chmod +x /s && mv /s /bin/sh"),
    _settles(
        'a name that makes a login shell', 'ENV ENV=', PROFILE, "RUN exec -a -sh sh -c 'go build .'", 'RUN go mod tidy'
    ),
)
MOUNTED = (
    case(
        'a bind mount that a truth opens',
        app('RUN --mount=target=.,ro=false go mod tidy && go build -o /x .'),
        without='go.sum',
    ),
    case(
        'one that is closed',
        app('RUN --mount=target=.,readonly go mod tidy && go build -o /x .'),
        without='go.sum',
        other='check-tidy-order 3',
        builds='read-only file system',
    ),
)
CACHED = (
    case(
        'a replacement in the module cache',
        app('RUN go mod download example.com/dep@v1.0.0', 'COPY . .', 'RUN go build .'),
        plus={'go.mod': f'{MOD}\nreplace example.com/dep => /go/pkg/mod/example.com/dep@v1.0.0\n'},
    ),
    case(
        'a folder of the module cache to work in',
        app('RUN go mod download example.com/tool@v1.2.3', 'RUN cd /go/pkg/mod/example.com/tool@v1.2.3 && go vet .'),
    ),
    case(
        'a copy of it',
        'FROM golang:1.21 AS mods\nRUN go mod download example.com/dep@v1.0.0\nFROM golang:1.21\n'
        'COPY --from=mods /go/pkg/mod/example.com/dep@v1.0.0/go.mod /\n',
    ),
    case(
        'a cache elsewhere',
        'FROM golang:1.21 AS mods\nENV GOMODCACHE=/c\nRUN go mod download example.com/dep@v1.0.0\nFROM golang:1.21\n'
        'COPY --from=mods /c/example.com/dep@v1.0.0/go.mod /\n',
    ),
)  # fmt: skip
CASES = (*PROGRAMS, *OPTIONS, *LINKS, *SETTINGS, *WORDS, *AGAIN, *SHELLS, *MOUNTED, *CACHED)

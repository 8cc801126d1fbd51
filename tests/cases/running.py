"""What a RUN runs: the targets of a Makefile, and scripts of the image."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cases._case import HELLO_TREE, MISSING, NO_MOD, TREE, Case, app, case

if TYPE_CHECKING:
    from collections.abc import Mapping

COPY = 'COPY . .'
BUILD = 'build:\n\tgo build -o /bin/app .\n'
TIDY = 'tidy:\n\tgo mod tidy\n'
CLASSIC, BUILDAH = 'returned a non-zero code', 'exit status'


def _made(name: str, makefile: str, run: str, builds: str = '', tree: Mapping[str, str] = TREE, **more: str) -> Case:
    """A Makefile in /app, where go.sum is not there, and what becomes of a step that runs make."""
    other = 'check-tidy-order 4' if builds else ''
    return case(
        name,
        app(COPY, f'RUN {run}'),
        tree,
        without='go.sum' if tree is TREE else '',
        plus={'Makefile': makefile, **more},
        other=other,
        builds=builds,
    )


def _run(name: str, script: str, run: str, builds: str = '', tree: Mapping[str, str] = TREE) -> Case:
    """The same for a script."""
    other = 'check-tidy-order 4' if builds else ''
    without = 'go.sum' if tree is TREE else ''
    return case(name, app(COPY, f'RUN {run}'), tree, without=without, plus={'x.sh': script}, other=other, builds=builds)


def _old(name: str, *steps: str, go: str = '1.23', builds: str = 'go.mod requires go >= 1.23', **more: str) -> Case:
    """A module whose go line the image's Go is too old for, unless `builds` is ''."""
    return case(
        name,
        app(*steps),
        {**HELLO_TREE, 'go.mod': f'module example.com/app\n\ngo {go}\n'},
        plus=more,
        other='check-go-version 1' if builds else '',
        builds=builds,
    )


def _no_rule(name: str, run: str, says: str, **files: str) -> Case:
    """make fails by itself: the classic builder and Buildah do not show its words."""
    return case(
        name,
        app(COPY, f'RUN {run}'),
        HELLO_TREE,
        plus=files,
        other='check-tidy-order 4',
        builds=says,
        classic=CLASSIC,
        buildah=BUILDAH,
    )


MAKE = (
    _made('make builds without go.sum', BUILD, 'make', MISSING),
    _made('a goal', 'all: ; false\n' + BUILD, 'make build', MISSING),
    _made('what a goal needs writes it', 'all: tidy build\n' + BUILD + TIDY, 'make'),
    _made('in the other order', 'all: build tidy\n' + BUILD + TIDY, 'make', MISSING),
    _made('flags that the Makefile exports', 'export GOFLAGS = -mod=mod\n' + BUILD, 'make'),
    _made('flags that it does not', 'GOFLAGS = -mod=mod\n' + BUILD, 'make', MISSING),
    _made('flags of the environment that it sets anew', 'GOFLAGS = -mod=mod\n' + BUILD, 'GOFLAGS=-v make'),
    _made('flags on its command line', BUILD, 'make GOFLAGS=-mod=mod'),
    _made('a version there that a program prints', BUILD, 'make V=$(date +%s) build', MISSING),
    _made('as many at a time as a program says', BUILD, 'make -j $(nproc) build', MISSING),
    _made('a rule for all words that are no targets', BUILD + '%:\n\t@:\n', 'make build', MISSING),
    # make tells by its time whether it was made: within one tick of the clock it was not.
    _made('by which the Makefile is made', BUILD + '%: phony\n\t@sleep 1; echo "build:;:" >$@\nphony:\n', 'make build'),
    _made('which a make inside gets, too', 'all:\n\t$(MAKE) build\n' + BUILD, 'make GOFLAGS=-mod=mod'),
    _made('a failure that make ignores', 'all:\n\t-go build .\n', 'make'),
    _made('and one that it does not', 'all:\n\t@go build .\n', 'make', MISSING),
    _made('a line whose last command counts', 'all:\n\tgo build .; true\n', 'make'),
    _made('a shell for each line', 'all:\n\tcd svc\n\tgo build .\n', 'make', '', HELLO_TREE, **{'svc/x': ''}),
    _made('a folder for one', 'all:\n\tcd / && go build .\n', 'make', NO_MOD, HELLO_TREE),
    _made('a shell with options', '.SHELLFLAGS = -ec\nall:\n\tgo build .; true\n', 'make', MISSING),
    _made('a target that is there already', 'svc:\n\tgo build .\n', 'make svc', '', TREE, **{'svc/x': ''}),
    _made('unless it is phony', '.PHONY: svc\nsvc:\n\tgo build .\n', 'make svc', MISSING, TREE, **{'svc/x': ''}),
    _made('a condition', 'ifeq ($(OS),)\nF = -mod=mod\nendif\nall:\n\tgo build $(F) .\n', 'make'),
    _made('one that nobody knows', 'V := $(shell cat v)\nall:\nifeq ($(V),x)\n\techo\nendif\n\tgo build .\n', 'make',
          MISSING),
    _made('and what may cure it', 'V := $(shell cat v)\nall:\nifeq ($(V),x)\n\tgo mod tidy\nendif\n\tgo build .\n',
          'make', '', TREE, v='x\n'),
    _made('another one', 'ifdef OS\nF = -mod=mod\nendif\nall:\n\tgo build $(F) .\n', 'make', MISSING),
    _made('a folder of its own', 'all:\n\t$(MAKE) -C svc\n', 'make', NO_MOD, HELLO_TREE,
          **{'svc/Makefile': 'all:\n\tcd ../.. && go build .\n'}),
    _made('a value that a program prints', 'V := $(shell date)\nall:\n\tgo build -ldflags "-X main.v=$(V)" .\n', 'make',
          MISSING),
    _made('flags that a program prints', 'F := $(shell cat flags)\nall:\n\tgo build $(F) .\n', 'make', '', TREE,
          flags='-mod=mod\n'),
    _made('a pattern', 'bin/%: main.go\n\tgo build -o $@ .\n', 'make bin/app', MISSING),
    _made('one file is another Makefile', 'include build.mk\n', 'make', MISSING, TREE, **{'build.mk': BUILD}),
    _made('a Makefile that make makes', 'include build.mk\nbuild.mk:\n\techo "build: ; go build -mod=mod ." > $@\n',
          'make build'),
    _made('one shell for a recipe', '.ONESHELL:\nall:\n\texport GOFLAGS=-mod=mod\n\tgo build .\n', 'make'),
    _made('lines in a variable', 'define all\ngo mod tidy\ngo build .\nendef\nall:\n\t$(all)\n', 'make'),
    _made('a rule that eval makes', '$(foreach t,a b,$(eval $(t): ; go build .))\n', 'make b', MISSING),
    _no_rule('no Makefile', 'make', 'No targets specified and no makefile found'),
    _no_rule('no Makefile, and a goal', 'make build', "No rule to make target 'build'"),
    _no_rule('a goal that nobody makes', 'make bulid', "No rule to make target 'bulid'", Makefile=BUILD),
    case('a goal that is a file', app(COPY, 'RUN make main.go'), HELLO_TREE, plus={'Makefile': BUILD}),
)  # fmt: skip
SCRIPTS = (
    _run('a script builds without go.sum', 'go build .\n', 'sh x.sh', MISSING),
    _run('a script whose last command counts', 'go build .\necho\n', 'sh x.sh'),
    _run('under -e each does', 'go build .\necho\n', 'sh -e x.sh', MISSING),
    _run('a script that sets it', '#!/bin/sh\nset -e\ngo build .\necho\n', 'chmod +x x.sh && ./x.sh', MISSING),
    _run('options in the shebang', '#!/bin/sh -e\ngo build .\necho\n', 'chmod +x x.sh && ./x.sh', MISSING),
    _run('which sh does not read', '#!/bin/sh -e\ngo build .\necho\n', 'sh x.sh'),
    _run('arguments', 'go build "$@" .\n', 'sh x.sh -mod=mod'),
    _run('a folder that it is told', 'cd "$1" && go build .\n', 'sh x.sh /', NO_MOD, HELLO_TREE),
    _run('its own folder', 'cd "$(dirname "$0")" && go build .\n', 'cd / && sh /app/x.sh', MISSING),
    _run('a folder that ends with it', 'cd /\n', 'sh x.sh && go build .', '', HELLO_TREE),
    _run('but not where it is sourced', 'cd /\n', '. ./x.sh && go build .', NO_MOD, HELLO_TREE),
    _run('variables that a sourced one exports', 'export GOFLAGS=-mod=mod\n', '. ./x.sh && go build .'),
    _run('which another one does not', 'export GOFLAGS=-mod=mod\n', 'sh x.sh && go build .', MISSING),
    _run('a script that may fail', 'go build .\n', 'sh x.sh || true'),
    _run('a script that is not followed', 'trap "go mod tidy" EXIT\n', 'sh x.sh; go build .'),
    _run('a script that makes', 'make -f - <<E\nall: ; go mod tidy\nE\n', 'sh x.sh && go build .'),
)
WINDOWS = '#!/bin/sh\r\ngo version\r\n'
LINE_ENDS = (
    case(
        'a script whose first line ends in CRLF',
        app(COPY, 'RUN chmod +x x.sh && ./x.sh'),
        HELLO_TREE,
        plus={'x.sh': WINDOWS},
        other='check-tidy-order 4',
        builds='./x.sh: not found',
        classic=CLASSIC,
        buildah=BUILDAH,
    ),
    case(
        'env finds no program of that name either',
        app(COPY, 'RUN chmod +x x.sh && ./x.sh'),
        HELLO_TREE,
        plus={'x.sh': WINDOWS.replace('/bin/sh', '/usr/bin/env sh')},
        other='check-tidy-order 4',
        builds='No such file or directory',
        classic=CLASSIC,
        buildah=BUILDAH,
    ),
    case(
        'a script that a step writes anew',
        app(COPY, "RUN sed -i 's/\\r$//' x.sh && chmod +x x.sh && ./x.sh"),
        HELLO_TREE,
        plus={'x.sh': WINDOWS},
    ),
    case('a shell that looks at no first line', app(COPY, 'RUN sh x.sh || true'), HELLO_TREE, plus={'x.sh': WINDOWS}),
)
PLAIN = '#!/bin/sh\ngo version\n'
RIGHTS = (
    case(
        'a script that nobody may execute',
        app(COPY, 'RUN ./x.sh'),
        HELLO_TREE,
        plus={'x.sh': PLAIN},
        other='check-tidy-order 4',
        builds='./x.sh: Permission denied',
        classic=CLASSIC,
        buildah=BUILDAH,
    ),
    case(
        'nor by a recipe',
        app(COPY, 'RUN make'),
        HELLO_TREE,
        plus={'x.sh': PLAIN, 'Makefile': 'all:\n\t./x.sh && go build .\n'},
        other='check-tidy-order 4',
        builds='Permission denied',
        classic=CLASSIC,
        buildah=BUILDAH,
    ),
    case('where it may fail', app(COPY, 'RUN ./x.sh || true'), HELLO_TREE, plus={'x.sh': PLAIN}),
    case('a shell that reads it', app(COPY, 'RUN sh ./x.sh'), HELLO_TREE, plus={'x.sh': PLAIN}),
    case('COPY --chmod', app('COPY --chmod=755 . .', 'RUN ./x.sh'), HELLO_TREE, plus={'x.sh': PLAIN}),
    case(
        'a recipe that makes it executable',
        app(COPY, 'RUN make', 'RUN ./x.sh'),
        HELLO_TREE,
        plus={'x.sh': PLAIN, 'Makefile': 'all: ; chmod +x x.sh\n'},
    ),
)
GO_LINES = (
    _old('make on a Go that is too old', COPY, 'RUN make', Makefile=BUILD),
    _old('a script on a Go that is too old', COPY, 'RUN sh x.sh', **{'x.sh': 'go build .\n'}),
    _old('a program in front that nobody knows', COPY, 'RUN ./x || true', 'RUN go build .'),
    _old('one that is piped in', COPY, 'RUN echo true | sh', 'RUN go build .'),
    _old('one that lowers the go line', COPY, 'RUN awk "{sub(/1.23/, 1.21)} 1" go.mod > x && mv x go.mod',
         'RUN go build .', builds=''),
    _old('a script that does', COPY, 'RUN sh x.sh; go build .', builds='',
         **{'x.sh': 'trap "sed -i s/1.23/1.21/ go.mod" EXIT\n'}),
    _old('a recipe that does', COPY, 'RUN make && go build .', builds='',
         Makefile='all: ; sed -i s/1.23/1.21/ go.mod\n'),
    _old('a module that a program makes', 'COPY . /src', 'RUN mkdir sub && cd sub && sh /src/x.sh && go build .',
         builds='', **{'x.sh': 'trap "printf \'module x\\ngo 1.21\\n\' > go.mod; cp /src/main.go ." EXIT\n'}),
)  # fmt: skip
FETCHES = 'skip: it fetches from the network'
DOWNLOADS = 'https://go.dev/dl/go1.{}.tar.gz'


def _fetched(name: str, run: str, there: bool = False) -> Case:
    """A step that fetches the archive of a Go; `there`: there is one of that name."""
    text = app('RUN apt-get update && apt-get install -y curl wget', f'RUN {run}', 'COPY . .', base='debian:bookworm')
    dockerfile = f'{text}RUN /usr/local/go/bin/go build .\n'
    return case(name, dockerfile, HELLO_TREE, other='' if there else 'check-tidy-order 4', builds=FETCHES)


UNPACK = ' | tar -C /usr/local -xz'
ARCHIVES = (
    _fetched('an archive without a patch', f'curl -sL {DOWNLOADS.format("22.linux-amd64")}{UNPACK}'),
    _fetched('an archive of a first release', f'curl -sL {DOWNLOADS.format("22.0.linux-amd64")}{UNPACK}', there=True),
    _fetched('an archive from before that', f'curl -sL {DOWNLOADS.format("20.linux-amd64")}{UNPACK}', there=True),
    _fetched('an archive for x86_64', f'wget -q {DOWNLOADS.format("22.1.linux-x86_64")}'),
    _fetched(
        'an archive or else another',
        f'wget {DOWNLOADS.format("22.linux-amd64")} || wget -O - {DOWNLOADS.format("22.0.linux-amd64")}{UNPACK}',
        there=True,
    ),
    _fetched(
        'an archive of that name elsewhere',
        f'curl -L https://example.com/go1.22.linux-amd64.tar.gz{UNPACK}',
        there=True,
    ),
)
NO_ADDUSER = 'skip: the images of the judges have no adduser, which a judge of its own asks'


def _added(name: str, run: str, base: str = 'golang:1.21', there: bool = True) -> Case:
    """A step that adds a user or a group; `there`: it passes."""
    return case(
        name,
        app('COPY . .', f'RUN {run}', base=base),
        HELLO_TREE,
        other='' if there else 'check-tidy-order 4',
        builds=NO_ADDUSER,
    )


ACCOUNTS: tuple[Case, ...] = (
    _added('a group with options of Alpine for one architecture', 'addgroup -S app', 'amd64/golang:1.21', there=False),
    _added('a group with options of Alpine', 'addgroup -g 1001 -S app', there=False),
    _added('a user with options of Alpine', 'go build . && adduser -D -u 1001 app', there=False),
    _added('a user with options of Alpine on Alpine', 'addgroup -S app && adduser -S -G app app', 'golang:1.21-alpine'),
    _added('a user with options of Debian', 'addgroup --system app && adduser --system --ingroup app app'),
    _added('a user with options of Alpine that asks for help', 'adduser -S -D -H app'),
    _added('a user with options of Alpine, or else of Debian', 'adduser -S app || useradd --system app'),
    _added('a user with an option that nobody knows', 'adduser $(cat options) app'),
)
BUILT = ' && go build -ldflags "-X main.v=$V" .'
NO_GIT = 'skip: the images of the judges have no git'


def _asked(name: str, run: str, copy: str = 'COPY . .', ignored: str = '.git\n', there: bool = False) -> Case:
    """A step that asks git for a version; `there`: it passes."""
    found = '' if there else 'check-tidy-order 4'
    files = {**HELLO_TREE, '.dockerignore': ignored}
    return case(name, app(copy, f'RUN {run}'), files, other=found, builds=NO_GIT)


REPOSITORIES = (
    _asked('a repository that is hidden', f'V=$(git rev-parse --short HEAD){BUILT}'),
    _asked('a repository that is not copied', f'V="$(git describe)"{BUILT}', 'COPY go.mod main.go ./', ''),
    _asked('a repository that is copied', f'V="$(git describe)"{BUILT}', ignored='x\n', there=True),
    _asked('or else a word', f'V="$(git describe || echo dev)"{BUILT}', there=True),
    _asked('what a word of a command asks', 'go build -ldflags "-X main.v=$(git rev-parse HEAD)" .', there=True),
    _asked('a repository that a step makes', f'git init && V=$(git status){BUILT}', there=True),
)
CASES = (*ACCOUNTS, *REPOSITORIES, *ARCHIVES, *MAKE, *SCRIPTS, *LINE_ENDS, *RIGHTS, *GO_LINES)

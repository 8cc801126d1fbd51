"""Go commands in the image: which of them need what, and what they leave behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tests.cases._case import (
    BARE,
    HELLO,
    HELLO_TREE,
    INCONSISTENT,
    MAIN,
    MISSING,
    MOD,
    MODULES,
    NO_MOD,
    SUM,
    TREE,
    Case,
    app,
    case,
    sums,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

DEP = {f'dep/{name}': text for name, text in MODULES['example.com/dep', 'v1.0.0'].items()}
LEAF_SUM = sums('example.com/leaf@v1.0.0')
REPLACED = {'go.mod': MOD + '\nreplace example.com/dep => ./dep\n', 'go.sum': LEAF_SUM, 'main.go': MAIN, **DEP}
WORK = {
    **TREE,
    'go.work': 'go 1.21\n\nuse (\n\t.\n\t./lib\n)\n',
    'lib/go.mod': 'module example.com/lib\n\ngo 1.21\n',
    'lib/lib.go': 'package lib\n',
}


def vendored(version: str = 'v1.0.0') -> dict[str, str]:
    """A vendor folder of both modules; another version disagrees with go.mod."""
    files = {
        f'vendor/{path}/{name}': text
        for (path, _), tree in list(MODULES.items())[:2]
        for name, text in tree.items()
        if name.endswith('.go')
    }
    listed = [
        '# example.com/dep ' + version,
        '## explicit; go 1.21',
        'example.com/dep',
        '# example.com/leaf v1.0.0',
        '## explicit; go 1.21',
        'example.com/leaf',
    ]
    return {**TREE, **files, 'vendor/modules.txt': '\n'.join(listed) + '\n'}


class Needs(NamedTuple):
    """What a go command of Go 1.21 says where something is missing: '' when it passes."""

    command: str
    mod: str = ''  # no go.mod here or above
    sum: str = ''  # no go.sum, though external packages are imported
    replace: str = ''  # the folder that replaces a required and imported module is missing
    work: str = ''  # a member of the workspace is missing
    vendor: str = ''  # vendor/modules.txt disagrees with go.mod


NO_MAIN = 'does not contain main module or its selected dependencies'
DEP_GONE = './dep'
LIB_GONE = 'cannot load module lib listed in go.work'
NONE = 'no modules'
# 150 builds less: a row of the table copies files and runs one command, which has been the same in all three builders.
SAME = 'skip: what go says does not hang on the builder'
COMMANDS = (
    Needs('mod download', NONE, '', DEP_GONE, LIB_GONE),
    Needs('mod download example.com/dep@v1.0.0', '', '', '', LIB_GONE),
    Needs('mod tidy', NO_MOD, '', DEP_GONE),
    Needs('mod verify', NO_MOD, '', DEP_GONE, LIB_GONE),
    Needs('mod graph', NO_MOD, '', DEP_GONE, LIB_GONE),
    Needs('mod vendor', NO_MOD, MISSING, DEP_GONE),
    Needs('mod edit -go=1.21', NO_MOD),
    Needs('mod why example.com/dep', NO_MOD, '', '', LIB_GONE),
    Needs('get ./...', NO_MOD, '', DEP_GONE),
    Needs('get example.com/dep@v1.0.0', NO_MOD, '', DEP_GONE),
    Needs('build .', NO_MOD, MISSING, DEP_GONE, LIB_GONE, INCONSISTENT),
    Needs('build ./...', NO_MAIN, MISSING, DEP_GONE, LIB_GONE, INCONSISTENT),
    Needs(
        'build -o /bin/app main.go', 'no required module provides package', MISSING, DEP_GONE, LIB_GONE, INCONSISTENT
    ),
    Needs('install .', NO_MOD, MISSING, DEP_GONE, LIB_GONE, INCONSISTENT),
    Needs('run .', NO_MOD, MISSING, DEP_GONE, LIB_GONE, INCONSISTENT),
    Needs('test ./...', NO_MAIN, MISSING, DEP_GONE, LIB_GONE, INCONSISTENT),
    Needs('vet ./...', NO_MAIN, MISSING, DEP_GONE, LIB_GONE, INCONSISTENT),
    Needs('generate ./...', '', '', '', LIB_GONE, INCONSISTENT),
    Needs('list ./...', NO_MAIN, '', '', LIB_GONE, INCONSISTENT),
    Needs('list -m all', NO_MOD, 'missing go.sum', DEP_GONE, LIB_GONE, INCONSISTENT),
    Needs('fmt ./...', NO_MAIN, '', '', '', INCONSISTENT),
    Needs('clean', '', '', '', '', INCONSISTENT),
    Needs('install example.com/tool@v1.2.3'),
    Needs('run example.com/tool@v1.2.3'),
    Needs('env'),
    Needs('version'),
    Needs('help build'),
)

WORKSPACE_MODE = "'go mod vendor' cannot be run in workspace mode"
# Where a newer Go says something else: from which one on, and what.
NEWER = {
    ('mod vendor', 'a member of go.work is missing'): (('1.22', WORKSPACE_MODE),),
    ('get ./...', 'a member of go.work is missing'): (('1.25', LIB_GONE),),
    ('get example.com/dep@v1.0.0', 'a member of go.work is missing'): (('1.25', LIB_GONE),),
    ('generate ./...', 'no go.mod here or above'): (('1.22', NO_MAIN),),
}


def _needs(
    command: str,
    situation: str,
    step: str,
    tree: dict[str, str],
    error: str,
    *,
    hook: str = 'check-tidy-order',
    without: str = '',
) -> Case:
    finds = '4' if error and hook == 'check-go-sum-copy' else ''
    other = f'{hook} 4' if error and not finds else ''
    return case(
        f'go {command}, {situation}',
        app(step, f'RUN go {command}'),
        tree,
        without=without,
        finds=finds,
        other=other,
        builds=error,
        classic=SAME,
        buildah=SAME,
        newer=NEWER.get((command, situation), ()),
    )


def _table() -> tuple[Case, ...]:
    cases = []
    for command, mod, sum_, replace, work, vendor in COMMANDS:
        cases += [
            _needs(command, 'no go.mod here or above', 'COPY main.go ./', dict(TREE), mod),
            _needs(command, 'no go.sum anywhere', 'COPY go.mod main.go ./', dict(TREE), sum_, without='go.sum'),
            _needs(command, 'the folder of a replace is missing', 'COPY go.mod go.sum main.go ./', REPLACED, replace),
            _needs(command, 'a member of go.work is missing', 'COPY go.work go.mod go.sum main.go ./', WORK, work),
            _needs(command, 'vendor/modules.txt disagrees with go.mod', 'COPY . .', vendored('v0.9.0'), vendor),
        ]
        if sum_:
            cases.append(
                _needs(
                    command,
                    'go.sum exists and is not copied',
                    'COPY go.mod main.go ./',
                    dict(TREE),
                    sum_,
                    hook='check-go-sum-copy',
                )
            )
    return tuple(cases)


def _no_sum(
    *steps: str, builds: str = '', other: str = '', name: str = '', tree: dict[str, str] | None = None, why: str = ''
) -> Case:
    """Steps after `COPY . .` where the repository has no go.sum."""
    said = name or ', '.join(steps)
    return case(
        f'no go.sum: {said}',
        app('COPY . .', *steps),
        tree or TREE,
        without='go.sum',
        builds=builds,
        other=other,
        why=why,
    )


NO_SUM: tuple[Case, ...] = (
    _no_sum('RUN go build .', builds=MISSING, other='check-tidy-order 4'),
    _no_sum('RUN go mod download && go build .', builds=MISSING, other='check-tidy-order 4'),
    _no_sum('RUN go mod download', 'RUN go build .', builds=MISSING, other='check-tidy-order 5'),
    _no_sum('RUN go mod download all && go build .'),
    _no_sum('RUN go mod download all', 'RUN go build .'),
    _no_sum(
        'RUN go mod download example.com/dep@v1.0.0 && go build .',
        builds=MISSING,
        why='whether what a go mod download names is all that a build imports is not known without the modules',
    ),
    _no_sum('RUN go mod tidy && go build .'),
    _no_sum('RUN go mod download && go mod tidy', 'RUN go build .'),
    _no_sum('RUN go mod tidy', 'RUN go mod download', 'RUN go build .'),
    _no_sum('RUN go get ./... && go build .'),
    _no_sum('RUN go get -d ./...', 'RUN go build .'),
    _no_sum('RUN go get . && go build .'),
    _no_sum('RUN go get -v -t ./... && go build .'),
    _no_sum('RUN go get example.com/dep@v1.0.0 && go build .'),
    _no_sum(
        'RUN go get example.com/leaf@v1.0.0 && go build .',
        builds=MISSING,
        why='whether what a go get brings is what a build imports is not known without the modules',
    ),
    _no_sum('RUN go build -mod=mod .'),
    _no_sum('RUN go build -mod mod .', 'RUN go build .'),
    _no_sum('ENV GOFLAGS=-mod=mod', 'RUN go build .'),
    _no_sum('RUN GOFLAGS=-mod=mod go build .'),
    _no_sum('RUN export GOFLAGS=-mod=mod && go build .'),
    _no_sum('RUN go env -w GOFLAGS=-mod=mod && go build .'),
    _no_sum('ENV GOFLAGS=-mod=readonly', 'RUN go build .', builds=MISSING, other='check-tidy-order 5'),
    _no_sum('RUN touch go.sum && go mod download && go build .', builds=MISSING, other='check-tidy-order 4'),
    _no_sum('RUN touch go.sum', 'RUN go build .', builds=MISSING, other='check-tidy-order 5'),
    _no_sum('RUN go mod tidy && go mod vendor && go build .'),
    _no_sum('RUN go mod vendor', builds=MISSING, other='check-tidy-order 4'),
    _no_sum('RUN go mod verify'),
    _no_sum('RUN go mod tidy || true', 'RUN go build .'),
    _no_sum('RUN go build . || true'),
    _no_sum('RUN go build . || exit 1', builds=MISSING, other='check-tidy-order 4'),
    _no_sum('RUN go build . || (echo failed; exit 1)', builds=MISSING, other='check-tidy-order 4'),
    _no_sum('RUN go build . || echo failed'),
    _no_sum('RUN go build .; echo done'),
    _no_sum('RUN echo start; go build .', builds=MISSING, other='check-tidy-order 4'),
    _no_sum('RUN set -e; go build .; echo done', builds=MISSING, other='check-tidy-order 4'),
    _no_sum('RUN set -ex && go build . && echo done', builds=MISSING, other='check-tidy-order 4'),
    _no_sum('RUN go build . | cat'),
    _no_sum('RUN set -o pipefail; go build . | cat', builds=MISSING, other='check-tidy-order 4'),
    _no_sum('RUN go build . 2>&1 | tee log'),
    _no_sum('RUN if true; then go build .; fi', builds=MISSING, other='check-tidy-order 4'),
    _no_sum('RUN if false; then go build .; fi'),
    _no_sum('RUN if [ -f go.sum ]; then go build .; fi'),
    _no_sum('RUN if [ ! -f go.sum ]; then go mod tidy; fi && go build .'),
    _no_sum('RUN test -f go.sum || go mod tidy', 'RUN go build .'),
    _no_sum('RUN ! go build .'),
    _no_sum('RUN (cd /app && go build .)', builds=MISSING, other='check-tidy-order 4'),
    _no_sum('RUN { go build .; }', builds=MISSING, other='check-tidy-order 4'),
    _no_sum('RUN for d in . ; do go build $d; done', builds=MISSING, other='check-tidy-order 4'),
    _no_sum('RUN go build . &'),
    _no_sum('RUN sh -c "go build ."', builds=MISSING, other='check-tidy-order 4'),
    _no_sum('RUN ["go", "build", "."]', builds=MISSING, other='check-tidy-order 4'),
    _no_sum('RUN ["sh", "-c", "go build ."]', builds=MISSING, other='check-tidy-order 4'),
    _no_sum('RUN CGO_ENABLED=0 GOOS=linux go build -o /bin/app .', builds=MISSING, other='check-tidy-order 4'),
    _no_sum('RUN env CGO_ENABLED=0 go build .', builds=MISSING, other='check-tidy-order 4'),
    _no_sum('RUN time go build .', builds=MISSING, other='check-tidy-order 4'),
    _no_sum('RUN /usr/local/go/bin/go build .', builds=MISSING, other='check-tidy-order 4'),
    _no_sum('RUN out=$(go build .)', builds=MISSING, other='check-tidy-order 4'),
    _no_sum('RUN echo $(go build .)'),
    # An OCI image, which Buildah makes, has no SHELL.
    _no_sum(
        'SHELL ["/bin/sh", "-ec"]', 'RUN go build .; echo done', builds=MISSING, other='check-tidy-order 5'
    )._replace(buildah=''),
    _no_sum('CMD go build .', 'ENTRYPOINT go run .', 'HEALTHCHECK CMD go version'),
    _no_sum(
        'RUN <<EOF\ngo build .\nEOF',
        builds=MISSING,
        other='check-tidy-order 4',
        name='a heredoc whose last command fails',
    ),
    _no_sum('RUN <<EOF\ngo build .\necho done\nEOF', name='a heredoc whose last command passes'),
    _no_sum(
        'RUN <<EOF\nset -e\ngo build .\necho done\nEOF',
        builds=MISSING,
        other='check-tidy-order 4',
        name='a heredoc with set -e',
    ),
    _no_sum('RUN <<EOF\nset -eux\ngo mod tidy\ngo build .\nEOF', name='a heredoc with set -e that tidies first'),
    _no_sum(
        'RUN sh -e <<EOF\ngo build .\necho done\nEOF',
        builds=MISSING,
        other='check-tidy-order 4',
        name='a heredoc fed to sh -e',
    ),
    _no_sum(
        'RUN <<EOF\n#!/bin/sh -e\ngo build .\necho done\nEOF',
        builds=MISSING,
        other='check-tidy-order 4',
        name='a heredoc with #!/bin/sh -e',
    ),
    _no_sum(
        'RUN go build \\\n    -o /bin/app \\\n    .',
        builds=MISSING,
        other='check-tidy-order 4',
        name='a continued go build',
    ),
    _no_sum(
        'RUN go build ./cmd/x', name='a package that imports nothing external', tree={**TREE, 'cmd/x/main.go': HELLO}
    ),
    _no_sum(
        'RUN go build ./cmd/...', name='packages that import nothing external', tree={**TREE, 'cmd/x/main.go': HELLO}
    ),
    _no_sum(
        'RUN go build ./...',
        name='all packages, one of them imports',
        tree={**TREE, 'main.go': HELLO, 'cmd/x/main.go': MAIN},
        builds=MISSING,
        other='check-tidy-order 4',
    ),
    _no_sum('RUN go build .', name='nothing imports what go.mod requires', tree={**TREE, 'main.go': HELLO}),
    _no_sum(
        'RUN go build ./cmd/x',
        name='a package of the module that imports',
        tree={
            **TREE,
            'cmd/x/main.go': 'package main\n\nimport "example.com/app/lib"\n\nfunc main() { lib.F() }\n',
            'lib/lib.go': 'package lib\n\nimport "example.com/dep"\n\nfunc F() { println(dep.Name()) }\n',
        },
        builds=MISSING,
        other='check-tidy-order 4',
    ),
    _no_sum(
        'RUN go build .',
        name='only a test imports, build',
        tree={**TREE, 'main.go': HELLO, 'main_test.go': 'package main\n\nimport _ "example.com/dep"\n'},
    ),
    _no_sum(
        'RUN go vet .',
        name='only a test imports, vet',
        tree={**TREE, 'main.go': HELLO, 'main_test.go': 'package main\n\nimport _ "example.com/dep"\n'},
        builds=MISSING,
        other='check-tidy-order 4',
    ),
    _no_sum(
        'RUN go build .',
        name='only a file of another system imports',
        tree={**TREE, 'main.go': HELLO, 'x_windows.go': 'package main\n\nimport _ "example.com/dep"\n'},
    ),
    _no_sum(
        'RUN go build .',
        name='only an ignored file imports',
        tree={**TREE, 'main.go': HELLO, 'gen.go': '//go:build ignore\n\npackage main\n\nimport _ "example.com/dep"\n'},
    ),
    _no_sum('RUN go build .', name='complete vendor/', tree=vendored()),
    _no_sum('RUN go build -mod=mod .', name='complete vendor/, but -mod=mod', tree=vendored()),
    _no_sum(
        'RUN go build -mod=readonly .',
        name='complete vendor/, but -mod=readonly',
        tree=vendored(),
        builds=MISSING,
        other='check-tidy-order 4',
    ),
    _no_sum(
        'RUN go build .',
        name='the only requirement is replaced by a folder in the image',
        tree={
            'go.mod': BARE + '\nrequire example.com/leaf v1.0.0\n\nreplace example.com/leaf => ./leaf\n',
            'main.go': 'package main\n\nimport "example.com/leaf"\n\nfunc main() { println(leaf.Name()) }\n',
            **{f'leaf/{name}': text for name, text in MODULES['example.com/leaf', 'v1.0.0'].items()},
        },
    ),
    _no_sum('RUN go build .', name='a module without requirements', tree=dict(HELLO_TREE)),
)

ORDER: tuple[Case, ...] = (
    case(
        'go mod tidy before the source, go.sum in the context',
        app('COPY go.mod go.sum ./', 'RUN go mod tidy', 'COPY . .', 'RUN go build .'),
        other='check-tidy-order 4',
        why='the tidy does nothing: the later COPY restores both files',
    ),
    case(
        'go mod tidy before the source, go.sum in no context',
        app('COPY go.mod ./', 'RUN go mod tidy', 'COPY . .', 'RUN go build .'),
        without='go.sum',
        other='check-tidy-order 4',
        builds=MISSING,
    ),
    case(
        'go mod tidy before the source, which is then copied without go.mod',
        app('COPY go.mod go.sum ./', 'RUN go mod tidy', 'COPY main.go ./', 'RUN go build .'),
        other='check-tidy-order 4',
        builds='no required module provides package',
    ),
    case(
        'go mod tidy before the source, in a branch',
        app('COPY go.mod go.sum ./', 'RUN if [ -f go.mod ]; then go mod tidy; fi', 'COPY . .', 'RUN go build .'),
        other='check-tidy-order 4',
        why='the tidy does nothing: the later COPY restores both files',
    ),
    case(
        'go mod vendor before the source',
        app('COPY go.mod go.sum ./', 'RUN go mod vendor', 'COPY . .', 'RUN go build .'),
        other='check-tidy-order 4',
        builds='import lookup disabled by -mod=vendor',
    ),
    case(
        'go mod tidy of a module without requirements before the source',
        app('COPY go.mod ./', 'RUN go mod tidy', 'COPY . .', 'RUN go build .'),
        HELLO_TREE,
        other='check-tidy-order 4',
        why='the tidy does nothing',
    ),
    case(
        'go mod tidy, then the source again',
        app('COPY . .', 'RUN go mod tidy', 'COPY . .', 'RUN go build .'),
        without='go.sum',
    ),
    case(
        'go mod tidy, then go.mod again',
        app('COPY . .', 'RUN go mod tidy', 'COPY go.mod ./', 'RUN go build .'),
        without='go.sum',
    ),
    case(
        'go mod tidy before a package of the module arrives',
        app('COPY go.mod main.go ./', 'RUN go mod tidy', 'COPY . .', 'RUN go build .'),
        plus={
            'main.go': 'package main\n\nimport "example.com/app/pkg"\n\nfunc main() { pkg.F() }\n',
            'pkg/pkg.go': 'package pkg\n\nfunc F() {}\n',
        },
        without='go.sum',
        other='check-tidy-order 4',
        builds='example.com/app/pkg',
    ),
    case(
        'an untidy go.mod with a full go.sum',
        app('COPY . .', 'RUN go build .'),
        plus={'go.mod': 'module example.com/app\n\ngo 1.21\n\nrequire example.com/dep v1.0.0\n'},
        builds='updates to go.mod needed',
        why='which indirect requirements are lacking is not known without the modules',
    ),
    case(
        'a go.sum without the line of an imported module',
        app('COPY . .', 'RUN go build .'),
        plus={'go.sum': LEAF_SUM},
        other='check-tidy-order 4',
        builds=MISSING,
    ),
    case(
        'a go.sum with the go.mod lines alone',
        app('COPY . .', 'RUN go build .'),
        plus={'go.sum': ''.join(line + '\n' for line in SUM.split('\n') if '/go.mod' in line)},
        other='check-tidy-order 4',
        builds=MISSING,
    ),
    case(
        'a go.sum of another version',
        app('COPY . .', 'RUN go build .'),
        plus={'go.sum': SUM.replace('dep v1.0.0', 'dep v0.9.0')},
        other='check-tidy-order 4',
        builds=MISSING,
    ),
    case(
        'a go.sum with a wrong hash',
        app('COPY . .', 'RUN go build .'),
        plus={'go.sum': SUM.replace('h1:', 'h1:AAAA', 1)},
        builds='checksum mismatch',
        why='no hook knows the right hash',
    ),
    case(
        'go mod init',
        app('COPY main.go ./', 'RUN go mod init example.com/app && go mod tidy && go build .'),
        {'main.go': MAIN},
    ),
    case(
        'go mod init where go.mod is',
        app('COPY . .', 'RUN go mod init example.com/app'),
        other='check-tidy-order 4',
        builds='already exists',
    ),
    case(
        'rm go.mod, go mod init',
        app('COPY . .', 'RUN rm -f go.mod go.sum && go mod init example.com/app && go mod tidy && go build .'),
    ),
    case('rm go.mod', app('COPY . .', 'RUN rm -f go.mod && go build .'), other='check-tidy-order 4', builds=NO_MOD),
    case('a wrong WORKDIR', app('COPY . /src/', 'RUN go build .'), other='check-tidy-order 4', builds=NO_MOD),
    case(
        'go build ./svc above a nested module',
        app('COPY svc/ svc/', 'RUN go build ./svc'),
        {'svc/go.mod': BARE, 'svc/main.go': HELLO},
        other='check-tidy-order 4',
        builds=NO_MOD,
    ),
    case(
        'cd svc && go build',
        app('COPY svc/ svc/', 'RUN cd svc && go build'),
        {'svc/go.mod': BARE, 'svc/main.go': HELLO},
    ),
    case('go -C svc build', app('COPY svc/ svc/', 'RUN go -C svc build'), {'svc/go.mod': BARE, 'svc/main.go': HELLO}),
    case('go build -C svc', app('COPY svc/ svc/', 'RUN go build -C svc'), {'svc/go.mod': BARE, 'svc/main.go': HELLO}),
    case(
        'go build in a folder below go.mod',
        app('COPY . .', 'RUN cd cmd/x && go build .'),
        plus={'cmd/x/main.go': HELLO},
    ),
    case(
        'go install without a version outside a module',
        app('RUN go install example.com/tool'),
        context='',
        other='check-tidy-order 3',
        builds="'go install' requires a version when current directory is not in a module",
    ),
    case('go install with a version outside a module', app('RUN go install example.com/tool@v1.2.3'), context=''),
    case('go install of latest outside a module', app('RUN go install example.com/tool@latest'), context=''),
    case('go run with a version outside a module', app('RUN go run example.com/tool@v1.2.3'), context=''),
    case(
        'go mod download before any COPY',
        app('RUN go mod download', 'COPY . .', 'RUN go build .'),
        context='',
        other='check-tidy-order 3',
        builds='no modules',
    ),
    case('go mod download or true', app('RUN go mod download || true', 'COPY . .', 'RUN go build .'), context=''),
    case(
        'a replace that leads out of the context',
        app('COPY . .', 'RUN go mod download'),
        {
            'svc/go.mod': MOD + '\nreplace example.com/dep => ../dep\n',
            'svc/go.sum': LEAF_SUM,
            'svc/main.go': MAIN,
            **DEP,
        },
        at='svc/Dockerfile',
        context='svc',
        other='check-tidy-order 4',
        builds='(replaced by ../dep): reading /dep/go.mod',
    ),
    case(
        'a replace that arrives after the download',
        app('COPY go.mod go.sum ./', 'RUN go mod download', 'COPY . .', 'RUN go build .'),
        REPLACED,
        other='check-tidy-order 4',
        builds='(replaced by ./dep): reading dep/go.mod',
    ),
    case(
        'a replace whose go.mod is copied before the download',
        app('COPY go.mod go.sum ./', 'COPY dep/go.mod dep/', 'RUN go mod download', 'COPY . .', 'RUN go build .'),
        REPLACED,
    ),
    case('a replace that is in the image', app('COPY . .', 'RUN go mod download', 'RUN go build .'), REPLACED),
    case(
        'a replace of a module that nothing requires',
        app('COPY go.mod go.sum main.go ./', 'RUN go mod download && go build .'),
        plus={'go.mod': MOD + '\nreplace example.com/other => ./other\n'},
    ),
    case(
        'a replace beside, in a monorepo',
        app('COPY dep dep', 'COPY svc svc', 'RUN cd svc && go build .'),
        {
            'svc/go.mod': MOD + '\nreplace example.com/dep => ../dep\n',
            'svc/go.sum': LEAF_SUM,
            'svc/main.go': MAIN,
            **DEP,
        },
        context='',
    ),
    case('a member of go.work that is in the image', app('COPY . .', 'RUN go build .'), WORK),
    case(
        'a missing member and ENV GOWORK=off',
        app('COPY go.work go.mod go.sum main.go ./', 'ENV GOWORK=off', 'RUN go build .'),
        WORK,
    ),
    case(
        'a missing member and GOWORK=off before the command',
        app('COPY go.work go.mod go.sum main.go ./', 'RUN GOWORK=off go build .'),
        WORK,
    ),
    case(
        'go.work members come as go.mod files, then go work sync',
        app(
            'COPY go.work go.mod go.sum ./', 'COPY lib/go.mod lib/', 'RUN go mod download', 'COPY . .', 'RUN go build .'
        ),
        WORK,
    ),
    case(
        'all sums in go.work.sum', app('COPY . .', 'RUN go build .'), WORK, without='go.sum', plus={'go.work.sum': SUM}
    ),
    case(
        'all sums in go.work.sum, which is git-ignored',
        app('COPY . .', 'RUN go build .'),
        WORK,
        without='go.sum',
        plus={'go.work.sum': SUM},
        untracked='go.work.sum',
    ),
    case('a workspace without any sums: go build', app('COPY . .', 'RUN go build .'), WORK, without='go.sum'),
    case('a workspace without any sums: go test', app('COPY . .', 'RUN go test ./...'), WORK, without='go.sum'),
    case(
        'a workspace without any sums: go build, Go 1.23',
        app('COPY . .', 'RUN go build .', base='golang:1.23'),
        WORK,
        without='go.sum',
    ),
    case(
        'a workspace without any sums: -mod=readonly',
        app('COPY . .', 'RUN go build -mod=readonly .'),
        WORK,
        without='go.sum',
    ),
    case(
        'a workspace without any sums: go vet and go list',
        app('COPY . .', 'RUN go vet . && go list -m all && go run . && go install .'),
        WORK,
        without='go.sum',
    ),
    case(
        'a workspace without any sums: go mod vendor',
        app('COPY . .', 'RUN go mod vendor'),
        WORK,
        without='go.sum',
        builds=MISSING,
        other='check-tidy-order 4',
        newer=(('1.22', WORKSPACE_MODE),),
    ),
    case(
        'a workspace of one module without any sums',
        app('COPY . .', 'RUN go build .'),
        without='go.sum',
        plus={'go.work': 'go 1.21\n\nuse .\n'},
    ),
    case('a workspace whose go.sum lacks a line', app('COPY . .', 'RUN go build .'), WORK, plus={'go.sum': LEAF_SUM}),
    case(
        'a workspace without any sums, read-only',
        app('RUN --mount=type=bind,target=. go build -o /bin/app .'),
        WORK,
        without='go.sum',
        context='',
        builds='read-only file system',
        why='no hook looks for read-only files',
    ),
    case(
        'all sums in go.work.sum, the workspace is off',
        app('COPY . .', 'RUN GOWORK=off go build .'),
        WORK,
        without='go.sum',
        plus={'go.work.sum': SUM},
        other='check-tidy-order 4',
        builds=MISSING,
    ),
    case('go work init in the image', app('COPY . .', 'RUN rm -f go.work && go work init . ./lib && go build .'), WORK),
    case('vendor/ in order', app('COPY . .', 'RUN go build .'), vendored()),
    case('vendor/ in order and -mod=vendor', app('COPY . .', 'RUN go build -mod=vendor .'), vendored()),
    case(
        'vendor/ hidden by .dockerignore and -mod=vendor',
        app('COPY . .', 'RUN go build -mod=vendor .'),
        vendored(),
        plus={'.dockerignore': 'vendor\n'},
        other='check-tidy-order 4',
        builds=INCONSISTENT,
    ),
    case(
        'vendor/ hidden by .dockerignore',
        app('COPY . .', 'RUN go build .'),
        vendored(),
        plus={'.dockerignore': 'vendor\n'},
    ),
    case(
        'GOFLAGS=-mod=vendor and no vendor/',
        app('COPY . .', 'ENV GOFLAGS=-mod=vendor', 'RUN go build .'),
        other='check-tidy-order 5',
        builds=INCONSISTENT,
    ),
    case('go mod vendor in the image', app('COPY . .', 'RUN go mod vendor', 'RUN go build -mod=vendor .')),
    case(
        'go.mod changed after go mod vendor',
        app('COPY . .', 'RUN go mod vendor', 'RUN go mod edit -require=golang.org/x/net@v0.20.0', 'RUN go build .'),
        builds=INCONSISTENT,
        why='what `go mod edit` and `go mod vendor` write is not read',
    ),
)

VERSIONS: tuple[Case, ...] = (
    case(
        'go.mod wants a newer Go, download',
        app('COPY go.mod go.sum ./', 'RUN go mod download'),
        plus={'go.mod': MOD.replace('go 1.21', 'go 1.23')},
        other='check-go-version 1',
        builds='go.mod requires go >= 1.23 (running go 1.21.13; GOTOOLCHAIN=local)',
    ),
    case(
        'go.mod wants a newer Go, tidy',
        app('COPY . .', 'RUN go mod tidy'),
        plus={'go.mod': MOD.replace('go 1.21', 'go 1.23')},
        other='check-go-version 1',
        builds='go.mod requires go >= 1.23',
    ),
    case(
        'go.mod wants a newer Go, build',
        app('COPY . .', 'RUN go build .'),
        plus={'go.mod': MOD.replace('go 1.21', 'go 1.23')},
        other='check-go-version 1',
        builds='go.mod requires go >= 1.23',
    ),
    case(
        'go.mod wants a newer Go and the image has it',
        app('COPY . .', 'RUN go build .', base='golang:1.23'),
        plus={'go.mod': MOD.replace('go 1.21', 'go 1.23')},
    ),
    case(
        'go.work wants a newer Go',
        app('COPY . .', 'RUN go build .'),
        WORK,
        plus={'go.work': WORK['go.work'].replace('1.21', '1.23')},
        other='check-go-version 1',
        builds='go.work requires go >= 1.23',
    ),
    case(
        'the toolchain line does not bind',
        app('COPY . .', 'RUN go build .'),
        plus={'go.mod': MOD.replace('go 1.21\n', 'go 1.21\n\ntoolchain go1.23.4\n')},
    ),
    case(
        'a patch that no image of that minor has yet',
        app('COPY . .', 'RUN go build .'),
        plus={'go.mod': MOD.replace('go 1.21', 'go 1.21.14')},
        builds='requires go >= 1.21.14',
        why='a floating minor passes: a newer image may have it',
    ),
    case(
        'GOTOOLCHAIN=auto downloads a toolchain',
        app('ENV GOTOOLCHAIN=auto', 'COPY . .', 'RUN go build .'),
        plus={'go.mod': MOD.replace('go 1.21', 'go 1.23')},
        builds='skip: the proxy of the judges serves no toolchains',
    ),
    case(
        'go 1.23rc1 on Go 1.23',
        app('COPY . .', 'RUN go build .', base='golang:1.23'),
        plus={'go.mod': MOD.replace('go 1.21', 'go 1.23rc1')},
    ),
    case(
        'go 1 on Go 1.23',
        app('COPY . .', 'RUN go build .', base='golang:1.23'),
        plus={'go.mod': MOD.replace('go 1.21', 'go 1')},
        other='check-go-version 4',
        builds="invalid go version '1'",
    ),
    case('go mod tidy -diff of a tidy module', app('COPY . .', 'RUN go mod tidy -diff', base='golang:1.23')),
    case(
        'go mod tidy -diff without go.sum',
        app('COPY . .', 'RUN go mod tidy -diff', base='golang:1.23'),
        without='go.sum',
        other='check-tidy-order 4',
        builds='exit code: 1',
        classic='returned a non-zero code: 1',
        buildah='exit status 1',
    ),
    case(
        'a golang.org/x version that never existed',
        app('COPY go.mod ./', 'RUN go mod download'),
        {'go.mod': BARE + '\nrequire golang.org/x/net v1.20.0\n', 'main.go': HELLO},
        other='check-x-versions go.mod:5',
        builds='go: golang.org/x/net@v1.20.0: ',
    ),
    case(
        'a golang.org/x version that exists',
        app('COPY go.mod ./', 'RUN go mod download'),
        {'go.mod': BARE + '\nrequire golang.org/x/net v0.20.0\n', 'main.go': HELLO},
    ),
    case(
        'a golang.org/x tool of a version that never existed',
        app('RUN go install golang.org/x/tools/cmd/goimports@v1.20.0'),
        context='',
        other='check-x-versions 3',
        builds='go: golang.org/x/tools/cmd/goimports@v1.20.0: ',
    ),
    case(
        'a list in brackets that is meant for a shell',
        app('COPY . .', 'RUN ["go", "build", "-o", "/app/run", ".", "&&", "/app/run"]'),
        HELLO_TREE,
        other='check-tidy-order 4',
        builds='malformed import path "&&": invalid char',
    ),
    case(
        'modules are off for a download',
        app('ENV GO111MODULE=off', 'COPY . .', 'RUN go mod download'),
        other='check-tidy-order 5',
        builds='modules disabled by GO111MODULE=off',
    ),
    case(
        'modules are off for a tool',
        app('RUN GO111MODULE=off go install example.com/tool@v1.2.3'),
        context='',
        other='check-tidy-order 3',
        builds='modules disabled by GO111MODULE=off',
    ),
    case('modules are off for a build', app('ENV GO111MODULE=off', 'COPY . .', 'RUN go build .'), HELLO_TREE),
    case(
        'a tool that its module has dropped',
        app('RUN go install golang.org/x/tools/cmd/guru@v0.20.0'),
        context='',
        other='check-go-version 3',
        builds='but does not contain package golang.org/x/tools/cmd/guru',
    ),
    case(
        'a golang.org/x tool of a version that exists',
        app('RUN go install golang.org/x/tools/cmd/goimports@v0.20.0'),
        context='',
    ),
)

OFF = 'ENV GOPROXY=off'
LOCAL = {
    **REPLACED,
    'go.mod': REPLACED['go.mod'] + 'replace example.com/leaf => ./leaf\n',
    **{f'leaf/{name}': text for name, text in MODULES['example.com/leaf', 'v1.0.0'].items()},
}


def _off(name: str, *steps: str, at: str = '', tree: Mapping[str, str] = TREE) -> Case:
    """A build that is forbidden to ask a proxy; `at` is the line where it has to."""
    other = f'check-tidy-order {at}' if at else ''
    builds = 'module lookup disabled by GOPROXY=off' if at else ''
    return case(f'GOPROXY=off: {name}', app(*steps), tree, other=other, builds=builds)


NO_PROXY = (
    _off('a build', OFF, 'COPY . .', 'RUN go build .', at='5'),
    _off('a download', OFF, 'COPY . .', 'RUN go mod download', at='5'),
    _off('a tidy', OFF, 'COPY . .', 'RUN go mod tidy', at='5'),
    _off('a tool', 'RUN GOPROXY=off go install example.com/tool@v1.2.3', at='3', tree={'go.mod': BARE}),
    _off('by go env -w', 'COPY . .', 'RUN go env -w GOPROXY=off && go vet .', at='4'),
    _off('first of a list', 'COPY . .', 'RUN GOPROXY=off,direct go test .', at='4'),
    _off('last of a list', 'COPY . .', 'RUN GOPROXY=file:///proxy,off go build .'),
    _off('behind a download', 'COPY . .', 'RUN go mod download', OFF, 'RUN go build .'),
    _off(
        'behind a script',
        'COPY . .',
        'RUN sh get.sh',
        OFF,
        'RUN go build .',
        tree={**TREE, 'get.sh': 'go mod download\n'},
    ),
    _off(
        'behind a download that was off, too', 'COPY . .', OFF, 'RUN go mod download || true', 'RUN go build .', at='6'
    ),
    _off(
        'a cache from another stage',
        'COPY . .',
        'RUN go mod download',
        'FROM golang:1.21',
        'COPY --from=0 /app /app',
        'COPY --from=0 /go/pkg /go/pkg',
        'WORKDIR /app',
        OFF,
        'RUN go build .',
    ),
    _off(
        'another stage, and no cache',
        'COPY . .',
        'RUN go mod download',
        'FROM golang:1.21',
        'COPY --from=0 /app /app',
        'WORKDIR /app',
        OFF,
        'RUN go build .',
        at='9',
    ),
    _off('a vendor folder', OFF, 'COPY . .', 'RUN go build .', tree=vendored()),
    _off(
        'a vendor folder, and a download', OFF, 'COPY . .', 'RUN go mod download && go build .', at='5', tree=vendored()
    ),
    _off('replaced by folders', OFF, 'COPY . .', 'RUN go mod download && go build .', tree=LOCAL),
    _off('nothing is imported', OFF, 'COPY . .', 'RUN go build .', tree={**TREE, 'main.go': HELLO}),
    _off('nothing is required', OFF, 'COPY . .', 'RUN go mod tidy && go build .', tree=HELLO_TREE),
    _off('unset again', OFF, 'COPY . .', 'RUN unset GOPROXY; go build .'),
    _off('not exported', 'COPY . .', 'RUN GOPROXY=off; go build .'),
)

ALT: Mapping[str, str] = {'go.mod': BARE, 'main.go': MAIN, 'ci.mod': MOD}


def _modfile(name: str, *steps: str, at: str = '', plus: Mapping[str, str] | None = None) -> Case:
    """A build by another go.mod, whose sums lie beside that."""
    other = f'check-tidy-order {at}' if at else ''
    return case(f'-modfile: {name}', app(*steps), {**ALT, **(plus or {})}, other=other, builds=MISSING * bool(at))


ALONE = 'RUN go build -modfile=ci.mod .'
MODFILES = (
    _modfile('no sums', 'COPY . .', ALONE, at='4'),
    _modfile('the sums of go.mod', 'COPY . .', ALONE, at='4', plus={'go.sum': SUM}),
    _modfile('by GOFLAGS', 'ENV GOFLAGS=-modfile=ci.mod', 'COPY . .', 'RUN go vet .', at='5'),
    _modfile('its sums', 'COPY . .', ALONE, plus={'ci.sum': SUM}),
    _modfile('its sums are not copied', 'COPY go.mod ci.mod main.go ./', ALONE, at='4', plus={'ci.sum': SUM}),
    _modfile('a tidy writes them', 'COPY . .', 'RUN go mod tidy -modfile=ci.mod', ALONE),
    _modfile('-mod=mod writes them', 'COPY . .', 'RUN go build -mod=mod -modfile=ci.mod .'),
    _modfile('nothing is imported', 'COPY . .', ALONE, plus={'main.go': HELLO}),
)

GOIMPORTS, TOOL = 'golang.org/x/tools/cmd/goimports@v0.20.0', 'example.com/tool@v1.2.3'
ONE_MODULE = 'same module'


def _installs(name: str, run: str, found: bool = True) -> Case:
    other = 'check-tidy-order 3' if found else ''
    return case(f'several tools: {name}', app(f'RUN {run}'), {'go.mod': BARE}, other=other, builds=ONE_MODULE * found)


SEVERAL = (
    _installs('of several versions', f'go install {GOIMPORTS} {TOOL}'),
    _installs(
        'of several modules', 'go install golang.org/x/net/html@v0.20.0 golang.org/x/tools/cmd/goimports@v0.20.0'
    ),
    _installs('one without a version', f'go install {GOIMPORTS} golang.org/x/tools/cmd/goimports'),
    _installs('the same twice', f'go install {GOIMPORTS} {GOIMPORTS}', found=False),
    _installs('one command for each', f'go install {GOIMPORTS} && go install {TOOL}', found=False),
    _installs('a download', f'go mod download golang.org/x/tools@v0.20.0 {TOOL}', found=False),
    _installs('arguments of a program', f'go run {TOOL} example.com/leaf@v1.0.0', found=False),
)

# What does not hang on which Go it is: a newer one has to say the same, but for what is marked.
ON_ANY_GO: tuple[Case, ...] = (*_table(), *NO_SUM, *ORDER)
CASES: tuple[Case, ...] = (*ON_ANY_GO, *VERSIONS, *NO_PROXY, *MODFILES, *SEVERAL)

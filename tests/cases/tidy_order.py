"""Corners of what go commands need, and look-alikes that need nothing: a section each, as they were measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cases._case import BARE, HELLO, HELLO_TREE, INCONSISTENT, MAIN, MISSING, MOD, NO_MOD, SUM, TREE, app, sums
from tests.cases._case import case as plain
from tests.cases.go_commands import DEP, LEAF_SUM, LIB_GONE, REPLACED, SAME, WORK, vendored

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.cases._case import Case

HOOK = 'check-tidy-order'
NOTHING = 'the tidy does nothing: the later COPY restores both files'
FLAG = 'a command or a flag is wrong, nothing is missing in the image'
PACKAGE = 'no required module provides package'
NOT_THERE = 'replacement directory ./dep does not exist'
NO_DEP_MOD = 'reading dep/go.mod'
MADE_BEFORE = 'what lies in a folder that git ignores as a whole may be made before the build'


def case(
    name: str,
    *steps: str,
    tree: Mapping[str, str] = TREE,
    at: str = '',
    builds: str = '',
    why: str = '',
    base: str = 'golang:1.21',
    without: str = '',
    plus: Mapping[str, str] | None = None,
    context: str | None = None,
    dockerfile: str = '',
) -> Case:
    """A case of BuildKit alone: `at` is where check-tidy-order finds something; the steps begin at line 3, in /app."""
    return plain(
        name,
        dockerfile or app(*steps, base=base),
        tree,
        without=without,
        plus=plus,
        context=context,
        other=f'{HOOK} {at}' if at else '',
        builds=builds,
        classic=SAME,
        buildah=SAME,
        why=why,
    )


def lacking(text: str, *lines: str) -> str:
    """A go.sum without the lines that begin so."""
    return ''.join(line + '\n' for line in text.split('\n') if line and not line.startswith(lines))


def replacing(go: str, *modules: str, requires: str = '') -> str:
    """A go.mod that requires modules v0.0.0, each replaced by a folder of its last name."""
    text = f'module example.com/app\n\ngo {go}\n'
    listed = [f'example.com/{name} v0.0.0' for name in requires.split() or modules]
    text += ''.join(f'\nrequire {module}\n' for module in listed)
    return text + ''.join(f'\nreplace example.com/{name} => ./{name}\n' for name in modules)


def module(name: str, *imports: str, go: str = '1.21') -> dict[str, str]:
    """A local module that imports others, each v0.0.0."""
    mod = f'module example.com/{name}\n\ngo {go}\n' + ''.join(f'\nrequire example.com/{n} v0.0.0\n' for n in imports)
    source = f'package {name}\n' + ''.join(f'\nimport _ "example.com/{n}"\n' for n in imports)
    return {f'{name}/go.mod': mod, f'{name}/{name}.go': source}


def importing(path: str, package: str = 'main', head: str = '') -> str:
    return f'{head}package {package}\n\nimport _ "{path}"\n' + ('\nfunc main() {}\n' if package == 'main' else '')


IGNORE = '//go:build ignore\n\n'
DEP_TEST = {'main_test.go': importing('example.com/dep').replace('\nfunc main() {}\n', '')}
DEP_WINDOWS = {'x_windows.go': DEP_TEST['main_test.go']}
DEP_IGNORED = {'gen.go': IGNORE + DEP_TEST['main_test.go']}
COPY_MODULE = 'COPY go.mod go.sum main.go ./'
GO_FILES = 'COPY go.* *.go ./'
NOT_IMPORTED = {**REPLACED, 'main.go': HELLO}
INDIRECT = {**NOT_IMPORTED, 'go.mod': REPLACED['go.mod'].replace('dep v1.0.0\n', 'dep v1.0.0 // indirect\n')}
SUB = {**NOT_IMPORTED, 'sub/sub.go': importing('example.com/dep', 'sub')}
CHAIN = {'main.go': importing('example.com/a'), **module('a', 'b'), **module('b')}
LISTED = {**CHAIN, 'go.mod': replacing('1.21', 'a', 'b')}
UNLISTED = {**CHAIN, 'go.mod': replacing('1.21', 'a', 'b', requires='a')}
GO_1_16 = {'go.mod': replacing('1.16', 'a'), 'main.go': HELLO, **module('a', go='1.16')}
GO_1_17 = {'go.mod': replacing('1.17', 'a'), 'main.go': HELLO, **module('a', go='1.17')}
VENDORED_DEP = {
    **vendored(),
    **REPLACED,
    'vendor/modules.txt': vendored()['vendor/modules.txt'].replace('dep v1.0.0', 'dep v1.0.0 => ./dep')
    + '# example.com/dep => ./dep\n',
}
WRITES_DEP = """mkdir dep
printf 'module example.com/dep\\n\\ngo 1.21\\n' > dep/go.mod
printf 'package dep\\n\\nfunc Name() string { return "" }\\n' > dep/dep.go
"""
BESIDE_DEP = {
    'svc/go.mod': MOD + '\nreplace example.com/dep => ../dep\n',
    'svc/go.sum': LEAF_SUM,
    'svc/main.go': MAIN,
    **DEP,
}


def replaced(
    name: str, *steps: str, tree: Mapping[str, str] = REPLACED, at: str = '', builds: str = '', why: str = ''
) -> Case:
    return case(f'a replacement: {name}', *steps, tree=tree, at=at, builds=builds, why=why)


REPLACEMENTS: tuple[Case, ...] = (
    replaced('no go.mod, go build', COPY_MODULE, 'COPY dep/dep.go dep/', 'RUN go build .', at='5', builds=NO_DEP_MOD),
    replaced('no go.mod, go test', COPY_MODULE, 'COPY dep/dep.go dep/', 'RUN go test ./...', at='5', builds=NO_DEP_MOD),
    replaced(
        'no go.mod, download', COPY_MODULE, 'COPY dep/dep.go dep/', 'RUN go mod download', at='5', builds=NO_DEP_MOD
    ),
    replaced('no go.mod, tidy', COPY_MODULE, 'COPY dep/dep.go dep/', 'RUN go mod tidy', at='5', builds=NO_DEP_MOD),
    replaced('no go.mod, not imported', COPY_MODULE, 'COPY dep/dep.go dep/', 'RUN go build .', tree=NOT_IMPORTED),
    replaced(
        'go.mod alone, tidy',
        COPY_MODULE,
        'COPY dep/go.mod dep/',
        'RUN go mod tidy',
        at='5',
        builds='does not contain package example.com/dep',
    ),
    replaced('go.mod alone, go build', COPY_MODULE, 'COPY dep/go.mod dep/', 'RUN go build .', builds=PACKAGE, at='5'),
    replaced(
        'go.mod alone, nothing imported',
        COPY_MODULE,
        'COPY dep/go.mod dep/',
        'RUN go mod download && go vet . && go list -m all && go generate ./... && go mod tidy',
        tree=NOT_IMPORTED,
    ),
    replaced(
        'of another version than the required one',
        COPY_MODULE,
        'RUN go mod download && go build .',
        tree={**TREE, 'go.mod': MOD + '\nreplace example.com/dep v1.1.0 => ./dep\n'},
    ),
    replaced(
        'of the required version',
        COPY_MODULE,
        'RUN go mod download',
        tree={**REPLACED, 'go.mod': MOD + '\nreplace example.com/dep v1.0.0 => ./dep\n'},
        at='4',
        builds=NO_DEP_MOD,
    ),
    replaced(
        'that of the version wins over that of all versions',
        COPY_MODULE,
        'COPY dep dep',
        'RUN go mod download && go build .',
        tree={
            **REPLACED,
            'go.mod': MOD + '\nreplace example.com/dep => ./other\n\nreplace example.com/dep v1.0.0 => ./dep\n',
        },
    ),
    replaced('of an indirect requirement, go build', COPY_MODULE, 'RUN go build . && go mod tidy', tree=INDIRECT),
    replaced(
        'of an indirect requirement, download',
        COPY_MODULE,
        'RUN go mod download',
        tree=INDIRECT,
        at='4',
        builds=NO_DEP_MOD,
    ),
    replaced(
        'of a replacement’s requirement, imported',
        'COPY go.mod main.go ./',
        'COPY a a',
        'RUN go mod download',
        'RUN go build .',
        tree=UNLISTED,
        at='6',
        builds='replacement directory ./b does not exist',
    ),
    replaced(
        'of a replacement’s requirement, in go.mod',
        'COPY go.mod main.go ./',
        'COPY a a',
        'RUN go mod download',
        tree=LISTED,
        at='5',
        builds='reading b/go.mod',
    ),
    replaced(
        'of a replacement’s requirement, not imported',
        'COPY go.mod main.go ./',
        'COPY a a',
        'RUN go mod download && go build . && go test ./... && go mod tidy',
        tree={**UNLISTED, 'a/a.go': 'package a\n'},
    ),
    replaced(
        'a chain that is all there',
        'COPY go.mod main.go ./',
        'COPY a a',
        'COPY b b',
        'RUN go mod download && go build .',
        tree=LISTED,
    ),
    *(
        replaced(
            f'go 1.16 reads each, {command}',
            'COPY go.mod main.go ./',
            f'RUN {command}',
            tree=GO_1_16,
            at='4',
            builds='reading a/go.mod',
        )
        for command in ('go build .', 'go list ./...', 'go vet .', 'go mod tidy', 'go fmt ./...')
    ),
    replaced(
        'go 1.17 reads what is imported',
        'COPY go.mod main.go ./',
        'RUN go build . && go list ./... && go vet . && go mod tidy && go fmt ./...',
        tree=GO_1_17,
    ),
    replaced(
        'go 1.16, the go.mod is enough', 'COPY go.mod main.go ./', 'COPY a/go.mod a/', 'RUN go build .', tree=GO_1_16
    ),
    replaced('only a test imports it, go build', GO_FILES, 'RUN go build .', tree={**NOT_IMPORTED, **DEP_TEST}),
    replaced(
        'only a test imports it, go test',
        GO_FILES,
        'RUN go test ./...',
        tree={**NOT_IMPORTED, **DEP_TEST},
        at='4',
        builds=NOT_THERE,
    ),
    replaced(
        'only a test imports it, tidy',
        GO_FILES,
        'RUN go mod tidy',
        tree={**NOT_IMPORTED, **DEP_TEST},
        at='4',
        builds=NOT_THERE,
    ),
    replaced(
        'only another system imports it, go vet',
        GO_FILES,
        'RUN go vet . && go build .',
        tree={**NOT_IMPORTED, **DEP_WINDOWS},
    ),
    replaced(
        'and git ignores vendor/, which may be made before the build',
        GO_FILES,
        'RUN go build .',
        tree={**REPLACED, '.gitignore': 'vendor/\n'},
        builds=NOT_THERE,
        why=MADE_BEFORE,
    ),
    replaced(
        'and git ignores vendor/, but modules are downloaded',
        GO_FILES,
        'RUN go mod download || true',
        'RUN go build .',
        tree={**REPLACED, '.gitignore': 'vendor/\n'},
        at='5',
        builds=NOT_THERE,
    ),
    replaced(
        'only another system imports it, tidy',
        GO_FILES,
        'RUN go mod tidy',
        tree={**NOT_IMPORTED, **DEP_WINDOWS},
        at='4',
        builds=NOT_THERE,
    ),
    replaced(
        'only an ignored file imports it, tidy', GO_FILES, 'RUN go mod tidy', tree={**NOT_IMPORTED, **DEP_IGNORED}
    ),
    replaced(
        'only an ignored file imports it, download',
        GO_FILES,
        'RUN go mod download',
        tree={**NOT_IMPORTED, **DEP_IGNORED},
        at='4',
        builds=NO_DEP_MOD,
    ),
    replaced('another package imports it, go build .', GO_FILES, 'COPY sub sub', 'RUN go build .', tree=SUB),
    replaced(
        'another package imports it, go build ./...',
        GO_FILES,
        'COPY sub sub',
        'RUN go build ./...',
        tree=SUB,
        at='5',
        builds=NOT_THERE,
    ),
    replaced(
        'mounted for the build',
        COPY_MODULE,
        'RUN --mount=type=bind,source=dep,target=dep go mod download && go build .',
    ),
    replaced(
        'mounted for the download alone',
        COPY_MODULE,
        'RUN --mount=type=bind,source=dep,target=dep go mod download',
        'RUN go build .',
        at='5',
        builds=NOT_THERE,
    ),
    replaced(
        'at an absolute path',
        COPY_MODULE,
        'COPY dep /deps/dep',
        'RUN go mod download && go build .',
        tree={**REPLACED, 'go.mod': MOD + '\nreplace example.com/dep => /deps/dep\n'},
    ),
    replaced(
        'at an absolute path that is not there',
        'COPY . .',
        'RUN go mod download',
        tree={**REPLACED, 'go.mod': MOD + '\nreplace example.com/dep => /deps/dep\n'},
        at='4',
        builds='go.mod: open /deps/dep/go.mod',
    ),
    case(
        'a replacement: beside, in another order of folders',
        'COPY dep dep',
        'COPY svc .',
        'RUN go build .',
        tree=BESIDE_DEP,
        context='',
        at='5',
        builds='replacement directory ../dep does not exist',
    ),
    case(
        'a replacement: beside, in the right place',
        'COPY dep /dep',
        'COPY svc .',
        'RUN go build .',
        tree=BESIDE_DEP,
        context='',
    ),
    replaced(
        'hidden by .dockerignore',
        'COPY . .',
        'RUN go build .',
        tree={**REPLACED, '.dockerignore': 'dep\n'},
        at='4',
        builds=NOT_THERE,
    ),
    case(
        'a replacement: from another stage',
        dockerfile=app(
            'COPY dep dep',
            'FROM golang:1.21',
            'WORKDIR /src',
            COPY_MODULE,
            'COPY --from=0 /app/dep dep',
            'RUN go build .',
        ),
        tree=REPLACED,
    ),
    replaced(
        'written by a script',
        COPY_MODULE,
        'COPY make-dep.sh /',
        'RUN sh /make-dep.sh && go build .',
        tree={**REPLACED, 'make-dep.sh': WRITES_DEP},
    ),
    replaced(
        'dropped before the download',
        'COPY go.mod main.go ./',
        'RUN go mod edit -dropreplace=example.com/dep && go mod tidy && go build .',
    ),
    replaced(
        'a download that may fail', 'COPY go.mod go.sum ./', 'RUN go mod download || true', 'COPY . .', 'RUN go build .'
    ),
    replaced('the download of another module', COPY_MODULE, 'RUN go mod download example.com/leaf@v1.0.0'),
    replaced(
        'two that are missing, one finding',
        'COPY go.mod main.go ./',
        'RUN go mod download',
        'COPY . .',
        'RUN go build .',
        tree=LISTED,
        at='4',
        builds='reading a/go.mod',
    ),
    replaced(
        'vendored, go build',
        COPY_MODULE,
        'COPY vendor vendor',
        'RUN go build . && go vet . && go list ./...',
        tree=VENDORED_DEP,
    ),
    replaced(
        'vendored, download',
        COPY_MODULE,
        'COPY vendor vendor',
        'RUN go mod download',
        tree=VENDORED_DEP,
        at='5',
        builds=NO_DEP_MOD,
    ),
)

COPY_WORK = 'COPY go.work go.mod go.sum main.go ./'
NESTED = {'go.work': 'go 1.21\n\nuse ./svc\n', 'svc/go.mod': MOD, 'svc/go.sum': SUM, 'svc/main.go': MAIN}
UP = {'up.work': 'go 1.21\n\nuse (\n\t./app\n\t./lib\n)\n'}


def member(name: str, *steps: str, tree: Mapping[str, str] = WORK, at: str = '', builds: str = LIB_GONE) -> Case:
    """A workspace where ./lib is missing; it builds where nothing is found."""
    return case(f'a missing member of go.work: {name}', *steps, tree=tree, at=at, builds=builds if at else '')


WORKSPACES: tuple[Case, ...] = (
    member('its go.mod alone is missing', COPY_WORK, 'COPY lib/lib.go lib/', 'RUN go build .', at='5'),
    member('its go.mod alone is there', COPY_WORK, 'COPY lib/go.mod lib/', 'RUN go build .'),
    member('go work sync', COPY_WORK, 'RUN go work sync', at='4'),
    member('a package of the standard library', COPY_WORK, 'RUN go build fmt', at='4'),
    member('go run FILE.go', COPY_WORK, 'RUN go run main.go', at='4'),
    member('a go work sync that may fail', COPY_WORK, 'RUN go work sync || true', 'RUN go build .', at='5'),
    member('go list -m', COPY_WORK, 'RUN go list -m', at='4'),
    member('go work use -r drops it', COPY_WORK, 'RUN go work use -r . && go build .'),
    member('go work edit drops it', COPY_WORK, 'RUN go work edit -dropuse=./lib && go build .'),
    member('go.work is removed', COPY_WORK, 'RUN rm go.work', 'RUN go build .'),
    member('a download that may fail', COPY_WORK, 'RUN go mod download || true', 'COPY . .', 'RUN go build .'),
    member('GOWORK=off for one command', COPY_WORK, 'RUN GOWORK=off go mod download', 'RUN go build .', at='5'),
    member('export GOWORK=off', COPY_WORK, 'RUN export GOWORK=off && go mod download && go build .'),
    member('commands that do not look', COPY_WORK, 'RUN go mod tidy && go mod edit -go=1.21 && go fmt ./...'),
    member('.dockerignore', 'COPY . .', 'RUN go build .', tree={**WORK, '.dockerignore': 'lib\n'}, at='4'),
    member(
        '.dockerignore of go.work too', 'COPY . .', 'RUN go build .', tree={**WORK, '.dockerignore': 'lib\ngo.work\n'}
    ),
    member(
        'outside the context',
        'COPY . .',
        'RUN go build .',
        tree={**TREE, 'go.work': 'go 1.21\n\nuse (\n\t.\n\t../lib\n)\n'},
        at='4',
        builds='listed in go.work',
    ),
    member(
        'two of them, one finding',
        COPY_WORK,
        'RUN go mod download',
        'RUN go build .',
        tree={
            **WORK,
            'go.work': 'go 1.21\n\nuse (\n\t.\n\t./lib\n\t./more\n)\n',
            'more/go.mod': 'module example.com/more\n',
        },
        at='4',
    ),
    member(
        'go.work in the parent folder',
        COPY_MODULE,
        'COPY up.work /go.work',
        'RUN go build .',
        tree={**TREE, **UP},
        at='5',
        builds='listed in go.work',
    ),
    member(
        'GOWORK names the file',
        COPY_MODULE,
        'COPY up.work /go.work.x',
        'ENV GOWORK=/go.work.x',
        'RUN go build .',
        tree={**TREE, **UP},
        at='6',
        builds='listed in go.work',
    ),
    case('a missing member of go.work: go get, Go 1.23', COPY_WORK, 'RUN go get ./...', tree=WORK, base='golang:1.23'),
    case(
        'a workspace: go.work in the parent folder, every member there',
        COPY_MODULE,
        'COPY lib /lib',
        'COPY up.work /go.work',
        'RUN go build .',
        tree={**WORK, **UP},
        without='go.work',
    ),
    case(
        'a workspace: GOWORK names a file that is not there',
        'COPY . .',
        'ENV GOWORK=/ws/go.work',
        'RUN go build .',
        builds='reading go.work',
        why='no hook looks for the file that GOWORK names',
    ),
    case(
        'a workspace: the module is no member',
        'COPY . .',
        'RUN go build .',
        tree={**WORK, 'go.work': 'go 1.21\n\nuse ./lib\n'},
        at='4',
        builds='not one of the workspace modules listed in go.work',
    ),
    case(
        'a workspace: the module is no member, and has no Go file',
        'COPY go.mod go.work ./',
        'COPY lib lib',
        'RUN go build .',
        tree={**WORK, 'go.work': 'go 1.21\n\nuse ./lib\n'},
        at='5',
        builds='no Go files in /app',
    ),
    case(
        'a workspace: the module is no member, and replaces what is not there',
        'COPY go.mod go.work ./',
        'COPY lib lib',
        'RUN go mod download && go build ./lib',
        tree={**WORK, **REPLACED, 'go.work': 'go 1.21\n\nuse ./lib\n'},
    ),
    case(
        'a workspace: no go.mod beside go.work, packages of a member',
        'COPY . .',
        'RUN go mod download && go build ./svc && go list -m all && go vet ./svc/...',
        tree=NESTED,
    ),
    case(
        'a workspace: no go.mod beside go.work, tidy', 'COPY . .', 'RUN go mod tidy', tree=NESTED, at='4', builds=NO_MOD
    ),
    case(
        'a workspace: no go.mod beside go.work, tidy in the member',
        'COPY . .',
        'RUN cd svc && go mod tidy && go build .',
        tree=NESTED,
    ),
    case(
        'a workspace: no go.mod beside go.work, ./... above the members',
        'COPY . .',
        'RUN go build ./...',
        tree=NESTED,
        at='4',
        builds='does not contain modules listed in go.work',
    ),
    case(
        'a workspace: go.work replaces an imported module by what is not there',
        'COPY . .',
        'RUN go build .',
        plus={'go.work': 'go 1.21\n\nuse .\n\nreplace example.com/dep => ./dep\n'},
        builds=NO_DEP_MOD,
        why='the replacements of a go.work are not followed',
    ),
    case(
        'a workspace: a member replaces an imported module by what is not there',
        COPY_WORK,
        'RUN go build .',
        tree={**REPLACED, 'go.work': 'go 1.21\n\nuse .\n'},
        at='4',
        builds='reading dep/go.mod',
    ),
    case(
        'a workspace: a member is a replacement too',
        'COPY . .',
        'RUN go mod download && go build .',
        tree={**REPLACED, 'go.work': 'go 1.21\n\nuse (\n\t.\n\t./dep\n)\n'},
    ),
    case(
        'a workspace: go env -w GOWORK',
        'COPY . .',
        'RUN go env -w GOWORK=off',
        tree=WORK,
        builds='GOWORK cannot be modified',
        why=FLAG,
    ),
    case(
        'a workspace: GOFLAGS=-mod=mod',
        'COPY . .',
        'ENV GOFLAGS=-mod=mod',
        'RUN go build .',
        tree=WORK,
        builds='-mod may only be set to readonly',
        at='5',
    ),
    case(
        'a workspace: go mod vendor, Go 1.23',
        'COPY . .',
        'RUN go mod vendor',
        tree=WORK,
        base='golang:1.23',
        builds='cannot be run in workspace mode',
        at='4',
    ),
)

OWN = {
    'go.mod': BARE,
    'main.go': 'package main\n\nimport "example.com/app/pkg"\n\nfunc main() { pkg.F() }\n',
    'pkg/pkg.go': 'package pkg\n\nfunc F() {}\n',
}
SVC = {'svc/go.mod': BARE, 'svc/main.go': HELLO}
FMT = 'package main\n\nimport "fmt"\n\nfunc main() { fmt.Println() }\n'
SOURCE = ('COPY . .', 'RUN go build .')


def nowhere(
    name: str,
    *steps: str,
    tree: Mapping[str, str] = HELLO_TREE,
    at: str = '',
    builds: str = NO_MOD,
    base: str = 'golang:1.21',
) -> Case:
    """Steps without a go.mod; they pass where nothing is found."""
    return case(f'no go.mod: {name}', *steps, tree=tree, at=at, builds=builds if at else '', base=base, context='')


NO_GO_MOD: tuple[Case, ...] = (
    nowhere(
        'a file that imports the standard library alone',
        'COPY main.go ./',
        'RUN go build -o /bin/app main.go && go run main.go && go vet main.go && go list main.go && go fmt main.go',
        tree={'main.go': FMT},
    ),
    nowhere(
        'a file that imports a package of its module',
        'COPY main.go ./',
        'COPY pkg pkg',
        'RUN go build main.go',
        tree=OWN,
        at='5',
        builds='no required module provides package example.com/app/pkg: go.mod file not found',
    ),
    nowhere('packages of the standard library', 'RUN go build fmt && go vet errors && go list -m'),
    nowhere('go mod init and go work init', 'RUN go mod init example.com/x && go work init .'),
    nowhere('the folder of a file', 'COPY main.go ./', 'RUN go build', at='4'),
    nowhere('go generate ./..., Go 1.21', 'COPY main.go ./', 'RUN go generate ./...'),
    nowhere(
        'go generate ./..., Go 1.23',
        'COPY main.go ./',
        'RUN go generate ./...',
        base='golang:1.23',
        at='4',
        builds='does not contain main module',
    ),
    nowhere('go generate FILE.go', 'COPY main.go ./', 'RUN go generate main.go', base='golang:1.23'),
    nowhere(
        'go get of a tool', 'RUN go get example.com/tool@v1.2.3', at='3', builds='no longer supported outside a module'
    ),
    nowhere('the download of a module', 'RUN go mod download example.com/dep@v1.0.0'),
    nowhere(
        'the download of a module without a version',
        'RUN go mod download example.com/dep',
        at='3',
        builds='go.mod file not found',
    ),
    nowhere('GO111MODULE=off', 'COPY main.go ./', 'ENV GO111MODULE=off', 'RUN go build .'),
    nowhere('GO111MODULE=auto', 'COPY main.go ./', 'RUN GO111MODULE=auto go build .'),
    nowhere('if asks for it', 'RUN if [ -f go.mod ]; then go mod download; fi', *SOURCE),
    nowhere('test asks for it', 'RUN test ! -e go.mod || go mod download', *SOURCE),
    nowhere('[ and && ask for it', 'RUN [ -e go.mod ] && go mod download || echo none', *SOURCE),
    nowhere('a semicolon and true', 'RUN go mod download; true', *SOURCE),
    nowhere('commands that only print', 'RUN go version && go env GOMOD', *SOURCE),
    nowhere('cp brings it', 'COPY go.mod /saved/', 'COPY main.go ./', 'RUN cp /saved/* . && go build .'),
    nowhere('printf writes it', 'COPY main.go ./', "RUN printf 'module x\\n' > go.mod && go build ."),
    nowhere('.dockerignore', *SOURCE, tree={**HELLO_TREE, '.dockerignore': '*.mod\n'}, at='4'),
    nowhere('a folder above a nested module', 'COPY svc svc', 'RUN go vet ./svc', tree=SVC, at='4'),
    nowhere('cd lasts one RUN', 'COPY svc svc', 'RUN cd svc && go mod download', 'RUN go build .', tree=SVC, at='5'),
    nowhere('cd in a subshell', 'COPY svc svc', 'RUN (cd svc && go mod download) && go build .', tree=SVC, at='4'),
    nowhere('cd and a semicolon', 'COPY svc svc', 'RUN cd svc; go build .', tree=SVC),
    nowhere('a relative WORKDIR', 'COPY svc svc', 'WORKDIR svc', 'RUN go build .', tree=SVC),
    nowhere(
        'a WORKDIR from ENV', 'ENV DIR=/srv', 'WORKDIR $DIR/app', 'COPY . .', 'RUN cd / && cd $DIR/app && go build .'
    ),
    nowhere(
        'a loop over folders, each with one',
        'COPY . .',
        'RUN set -e; for d in a b; do (cd $d && go build .); done',
        tree={'a/go.mod': BARE, 'a/main.go': HELLO, 'b/go.mod': BARE, 'b/main.go': HELLO},
    ),
    nowhere(
        'a loop over folders, one without',
        'COPY . .',
        'RUN set -e; for d in a b; do (cd $d && go build .); done',
        tree={'a/go.mod': BARE, 'a/main.go': HELLO, 'b/main.go': HELLO},
        at='4',
    ),
    case('go.mod in the root of the image', 'WORKDIR /', 'COPY . .', 'RUN go build -o /bin/app .'),
    case('go.mod in a folder below /tmp', 'WORKDIR /tmp/app', *SOURCE),
    case(
        'go.mod in /tmp itself, where go ignores it',
        'WORKDIR /tmp',
        *SOURCE,
        builds=NO_MOD,
        at='5',
    ),
    case('go.mod in /go, which is GOPATH, Go 1.23', 'WORKDIR /go', *SOURCE, base='golang:1.23'),
    case(
        'go.mod in /go, which is GOPATH, Go 1.23: go mod tidy',
        'WORKDIR /go',
        'COPY . .',
        'RUN go mod tidy',
        base='golang:1.23',
        builds=NO_MOD,
        at='5',
    ),
    case('go.mod below /go/src', 'WORKDIR /go/src/example.com/app', 'COPY . .', 'RUN go mod download && go build .'),
    case(
        'a wrong WORKDIR on a base that nobody knows',
        dockerfile='FROM registry.example/team/go:1.21\nWORKDIR /app\nCOPY . /src/\nRUN go build .\n',
        builds=NO_MOD,
        why='the base may hold a go.mod',
    ),
    case(
        'the tree of another stage, a wrong folder',
        dockerfile=app('COPY . .', 'FROM golang:1.21', 'COPY --from=0 /app /src', 'WORKDIR /app', 'RUN go build .'),
        at='7',
        builds=NO_MOD,
    ),
    case(
        'the tree of another stage, the right folder',
        dockerfile=app('COPY . .', 'FROM golang:1.21', 'COPY --from=0 /app /src', 'WORKDIR /src', 'RUN go build .'),
    ),
)

DEPS = 'COPY go.mod go.sum ./'
MOUNTS = '--mount=type=bind,source=go.mod,target=go.mod{0} --mount=type=bind,source=go.sum,target=go.sum{0}'
STUB = "RUN printf 'package main\\n\\nfunc main() {}\\n' > main.go && go mod tidy"
ONLY_OWN_TEST = {**OWN, 'main.go': HELLO, 'main_test.go': importing('example.com/app/pkg').replace('main()', 'other()')}


def early(
    name: str,
    *steps: str,
    tree: Mapping[str, str] = TREE,
    at: str = '4',
    builds: str = '',
    why: str = NOTHING,
    base: str = '',
) -> Case:
    """Steps that tidy before the source, which then comes as a whole."""
    steps = (DEPS, *steps, *SOURCE)
    return case(
        f'before the source: {name}', *steps, tree=tree, at=at, builds=builds, why=why, base=base or 'golang:1.21'
    )


def late(name: str, *steps: str, tree: Mapping[str, str] = TREE) -> Case:
    """Steps that tidy when some source is there."""
    return case(f'not before the source: {name}', DEPS, *steps, *SOURCE, tree=tree)


TIDY: tuple[Case, ...] = (
    early('tidy || true', 'RUN go mod tidy || true'),
    early('tidy -e', 'RUN go mod tidy -e'),
    early('tidy -v -compat', 'RUN go mod tidy -v -compat=1.21'),
    early('tidy -go', 'RUN go mod tidy -go=1.21'),
    early('tidy, download, verify', 'RUN go mod tidy && go mod download && go mod verify'),
    early('download, tidy', 'RUN go mod download && go mod tidy'),
    early('tidy by sh -c', "RUN sh -c 'go mod tidy'"),
    early('tidy in the exec form', 'RUN ["go", "mod", "tidy"]'),
    early('tidy with a cache mount', 'RUN --mount=type=cache,target=/go/pkg/mod go mod tidy'),
    early('tidy in a heredoc', 'RUN <<EOF\ngo mod tidy\ngo mod download\nEOF'),
    early('tidy in another folder by -C', 'WORKDIR /', 'RUN go -C app mod tidy', 'WORKDIR /app', at='5'),
    early('tidy where go.sum is', 'RUN if [ -f go.sum ]; then go mod tidy; fi'),
    early('tidy by an argument', 'ARG TIDY=1', 'RUN if [ "$TIDY" = 1 ]; then go mod tidy; fi', at='5'),
    early('tidy, vendor', 'RUN go mod tidy && go mod vendor'),
    early('tidy -diff', 'RUN go mod tidy -diff', base='golang:1.23', why='', builds='exit code: 1'),
    early('tidy in writable mounts of both files', f'RUN {MOUNTS.format(",rw")} go mod tidy'),
    early(
        'tidy in mounts of both files', f'RUN {MOUNTS.format("")} go mod tidy', why='', builds='read-only file system'
    ),
    early(
        'tidy and testdata', 'COPY testdata testdata', 'RUN go mod tidy', tree={**TREE, 'testdata/x.go': MAIN}, at='5'
    ),
    early('tidy and _x', 'COPY _x _x', 'RUN go mod tidy', tree={**TREE, '_x/x.go': MAIN}, at='5'),
    early(
        'tidy and a nested module',
        'COPY sub sub',
        'RUN go mod tidy',
        tree={**TREE, 'sub/go.mod': BARE.replace('app', 'sub'), 'sub/sub.go': 'package sub\n'},
        at='5',
    ),
    early('tidy and vendor/', 'COPY vendor vendor', 'RUN go mod tidy', tree=vendored(), at='5'),
    early(
        'vendor, nothing imported',
        'RUN go mod vendor',
        tree={**TREE, 'main.go': HELLO},
        why='no package of vendor/ is needed',
    ),
    early('vendor, and once more', 'RUN go mod vendor', 'COPY . .', 'RUN go mod vendor', why='the second one does it'),
    case(
        'before the source: vendor of a module without requirements',
        'COPY go.mod ./',
        'RUN go mod vendor',
        *SOURCE,
        tree=HELLO_TREE,
        at='4',
        why='there is nothing to vendor',
    ),
    case(
        'before the source: tidy in a base stage',
        dockerfile='FROM golang:1.21 AS base\nWORKDIR /app\nCOPY go.mod go.sum ./\nRUN go mod tidy\n'
        'FROM base\nCOPY . .\nRUN go build .\n',
        at='4',
        why=NOTHING,
    ),
    case(
        'before the source: tidy in a stage of modules',
        dockerfile=app(DEPS, 'RUN go mod tidy', 'FROM golang:1.21', 'COPY --from=0 /go /go', 'WORKDIR /src', *SOURCE),
        at='4',
        why='the tidy does nothing: only the modules of that stage are used',
    ),
    case(
        'before the source: tidy in a stage that hands its module files on',
        dockerfile=app(
            DEPS,
            'RUN go mod tidy',
            'FROM golang:1.21',
            'WORKDIR /src',
            'COPY main.go ./',
            'COPY --from=0 /app/go.mod /app/go.sum ./',
            'RUN go build .',
        ),
        at='4',
        builds=PACKAGE,
    ),
    case(
        'before the source: tidy in a stage that nobody uses',
        dockerfile=app(DEPS, 'RUN go mod tidy', 'FROM golang:1.21', 'WORKDIR /src', *SOURCE),
    ),
    case(
        'before the source: tidy, then the Go files and tidy',
        DEPS,
        'RUN go mod tidy',
        'COPY *.go ./',
        'RUN go mod tidy && go build .',
        at='4',
        why='the second tidy finds again what the first dropped',
    ),
    case(
        'before the source: go mod init and tidy',
        'RUN go mod init example.com/app && go mod tidy',
        'COPY main.go ./',
        'RUN go build .',
        tree=HELLO_TREE,
        at='3',
        why='the tidy does nothing',
    ),
    case(
        'before the source: go mod init and tidy, then what imports',
        'RUN go mod init example.com/app && go mod tidy',
        'COPY main.go ./',
        'RUN go build .',
        at='3',
        builds=PACKAGE,
    ),
    late('tidy where go.sum is not', 'RUN if [ ! -f go.sum ]; then go mod tidy; fi'),
    late('one Go file', 'COPY main.go ./', 'RUN go mod tidy'),
    late('a glob of Go files', 'COPY *.go ./', 'RUN go mod tidy'),
    late(
        'one package',
        'COPY sub sub',
        'RUN go mod tidy',
        tree={**TREE, 'sub/sub.go': importing('example.com/dep', 'sub')},
    ),
    late('a Go file that the image writes', STUB),
    late('a Go file from a heredoc', 'COPY <<EOF main.go\npackage main\nEOF', 'RUN go mod tidy'),
    late('test files', 'COPY main_test.go ./', 'RUN go mod tidy', tree={**TREE, **DEP_TEST}),
    late('a file of another system', 'COPY x_windows.go ./', 'RUN go mod tidy', tree={**TREE, **DEP_WINDOWS}),
    late('go mod vendor and one Go file', 'COPY main.go ./', 'RUN go mod vendor'),
    late(
        'a script that writes Go',
        'COPY gen.sh /',
        'RUN sh /gen.sh && go mod tidy',
        tree={**TREE, 'gen.sh': 'echo package main > x.go\n'},
    ),
    late('the sources mounted', 'RUN --mount=type=bind,source=main.go,target=main.go go mod tidy'),
    late('a download alone', 'RUN go mod download && go mod verify && go mod graph'),
    case('not before the source: ADD', 'ADD . ./', 'RUN go mod tidy && go build .', without='go.sum'),
    case(
        'not before the source: of another stage',
        dockerfile=app(
            'COPY . .',
            'FROM golang:1.21',
            'WORKDIR /src',
            'COPY --from=0 /app/main.go ./',
            DEPS,
            'RUN go mod tidy && go build .',
        ),
    ),
    case(
        'not before the source: a writable mount',
        'RUN --mount=type=bind,target=.,rw go mod tidy && go build -o /bin/app .',
        context='',
    ),
    case(
        'not before the source: a read-only mount of a tidy module, which tidy opens to write',
        'RUN --mount=type=bind,target=. go mod tidy',
        tree=HELLO_TREE,
        context='',
        builds='updating go.mod: open /app/go.mod: read-only file system',
        why='no hook looks for read-only files',
    ),
    case(
        'a download in a read-only mount without go.sum',
        'RUN --mount=type=bind,target=. go mod download',
        without='go.sum',
        context='',
        builds='read-only file system',
        why='no hook looks for read-only files',
    ),
    case('a download in a read-only mount with go.sum', 'RUN --mount=type=bind,target=. go mod download', context=''),
    case('not before the source: in CMD', DEPS, *SOURCE, 'CMD go mod tidy && ./app'),
    case(
        'not before the source: make',
        DEPS,
        'COPY Makefile ./',
        'RUN make generate && go mod tidy',
        *SOURCE,
        plus={'Makefile': 'generate:\n\techo package main > gen.go\n'},
    ),
    case(
        'not before the source: git clone',
        'RUN git clone https://example.com/app.git . && go mod tidy && go build .',
        context='',
        builds='skip: the image has no git',
    ),
    case(
        'not before the source: a Go file that go never builds',
        DEPS,
        'COPY gen.go ./',
        'RUN go mod tidy',
        *SOURCE,
        plus=DEP_IGNORED,
    ),
    case(
        'tidy and a package of the module that only a test imports',
        'COPY go.mod *.go ./',
        'RUN go mod tidy',
        tree=ONLY_OWN_TEST,
        at='4',
        builds='example.com/app/pkg',
    ),
    case(
        'tidy and a package of the module that only another system imports',
        'COPY go.mod *.go ./',
        'RUN go mod tidy',
        tree={**OWN, 'main.go': HELLO, 'x_windows.go': ONLY_OWN_TEST['main_test.go']},
        at='4',
        builds='example.com/app/pkg',
    ),
    case(
        'tidy and a package of the module that only an ignored file imports',
        'COPY go.mod *.go ./',
        'RUN go mod tidy && go build .',
        tree={**OWN, 'main.go': HELLO, 'gen.go': IGNORE + OWN['main.go']},
    ),
    case(
        'tidy -e and a missing package of the module', 'COPY go.mod main.go ./', 'RUN go mod tidy -e', *SOURCE, tree=OWN
    ),
    case(
        'tidy and a package of the module whose folder has no Go file',
        'COPY go.mod main.go ./',
        'COPY pkg/README ./pkg/',
        'RUN go mod tidy',
        tree={**OWN, 'pkg/README': ''},
        at='5',
        builds='example.com/app/pkg',
    ),
    case(
        'tidy and a package of the module that go generate writes',
        'COPY go.mod main.go gen.sh ./',
        'RUN go generate ./... && go mod tidy && go build .',
        tree={
            **OWN,
            'main.go': '//go:generate sh gen.sh\n' + OWN['main.go'],
            'gen.sh': "mkdir -p pkg\nprintf 'package pkg\\n\\nfunc F() {}\\n' > pkg/pkg.go\n",
        },
    ),
    case(
        'tidy and a missing package of a module whose path has no dot',
        'COPY go.mod main.go ./',
        'RUN go mod tidy',
        *SOURCE,
        tree={name: text.replace('example.com/app', 'app') for name, text in OWN.items()},
    ),
    case(
        'a build and a missing package of the module',
        'COPY go.mod main.go ./',
        'RUN go build .',
        tree=OWN,
        at='4',
        builds=PACKAGE,
    ),
)

LISTED_TXT = vendored()['vendor/modules.txt']
X_TXT = '# example.com/x v1.0.0\n## explicit\n'
OTHER = vendored('v0.9.0')


def vendoring(
    name: str, *steps: str, tree: Mapping[str, str] = OTHER, txt: str = '', at: str = '', builds: str = INCONSISTENT
) -> Case:
    """Steps after `COPY . .` where vendor/ is there; they pass where nothing is found."""
    files = {**tree, 'vendor/modules.txt': txt} if txt else tree
    return case(
        f'vendor/: {name}', 'COPY . .', *(steps or ('RUN go build .',)), tree=files, at=at, builds=builds if at else ''
    )


VENDORING: tuple[Case, ...] = (
    vendoring('an empty folder', 'RUN mkdir vendor', 'RUN go build .', tree=TREE, at='5'),
    vendoring('an empty folder and no requirements', 'RUN mkdir vendor && go build .', tree=HELLO_TREE),
    vendoring('none, -mod=vendor and no requirements', 'RUN go build -mod=vendor .', tree=HELLO_TREE),
    vendoring('no modules.txt', tree={**vendored(), '.dockerignore': 'vendor/modules.txt\n'}, at='4'),
    # The folder itself is sent, empty.
    vendoring('its contents hidden', tree={**vendored(), '.dockerignore': 'vendor/*\n'}, at='4'),
    vendoring('its contents hidden by two stars', tree={**vendored(), '.dockerignore': 'vendor/**\n'}, at='4'),
    vendoring('its contents and itself hidden', tree={**vendored(), '.dockerignore': '**/vendor\n'}),
    vendoring('another version, go list -m', 'RUN go list -m', at='4'),
    vendoring('another version, go fmt', 'RUN go fmt ./...', at='4'),
    vendoring(
        'another version, a folder below',
        'WORKDIR cmd/x',
        'RUN go build .',
        tree={**OTHER, 'cmd/x/main.go': HELLO},
        at='5',
    ),
    vendoring('another version, -mod=mod', 'RUN go build -mod=mod .'),
    vendoring('another version, -mod=readonly', 'RUN go build -mod=readonly .'),
    vendoring('another version, GOFLAGS=-mod=mod', 'ENV GOFLAGS=-mod=mod', 'RUN go build .'),
    vendoring('another version, go mod vendor mends it', 'RUN go mod vendor && go build .'),
    vendoring('another version, removed', 'RUN rm -rf vendor && go build .'),
    vendoring(
        'another version, commands that do not look',
        'RUN go mod download && go mod tidy && go mod verify && go env && go install example.com/tool@v1.2.3',
    ),
    vendoring('another version, in a workspace', tree={**OTHER, 'go.work': 'go 1.21\n\nuse .\n'}),
    vendoring(
        'a replacement it does not know', tree={**vendored(), **REPLACED}, at='4', builds='not marked as replaced'
    ),
    vendoring(
        'the replacement of what nothing requires',
        tree={**vendored(), 'go.mod': MOD + '\nreplace example.com/x => ./x\n'},
        at='4',
        builds='not marked as replaced',
    ),
    vendoring(
        'a replacement of its own',
        txt=LISTED_TXT + '# example.com/x => ./x\n',
        tree=vendored(),
        at='4',
        builds='is marked as replaced',
    ),
    vendoring(
        'a module of its own',
        txt=LISTED_TXT + X_TXT + 'example.com/x\n',
        tree=vendored(),
        at='4',
        builds='is marked as explicit',
    ),
    vendoring('a module of its own without packages', txt=LISTED_TXT + X_TXT, tree=vendored()),
    vendoring(
        'a mark is lost',
        txt=LISTED_TXT.replace('## explicit; ', '## ', 1),
        tree=vendored(),
        at='4',
        builds='not marked as explicit',
    ),
    vendoring('an exclusion', tree={**vendored(), 'go.mod': MOD + '\nexclude example.com/dep v0.9.0\n'}),
    vendoring('CRLF in modules.txt', txt=LISTED_TXT.replace('\n', '\r\n'), tree=vendored()),
    vendoring(
        'GOFLAGS=-mod=vendor and a download',
        'ENV GOFLAGS=-mod=vendor',
        'RUN go mod download && go build .',
        tree=vendored(),
    ),
    case(
        'vendor/: copied by itself',
        DEPS,
        'COPY vendor vendor',
        'COPY *.go ./',
        'RUN go build -mod=vendor .',
        tree=vendored(),
    ),
    case(
        'vendor/: not copied, -mod=vendor',
        COPY_MODULE,
        'RUN go build -mod=vendor .',
        tree=vendored(),
        at='4',
        builds=INCONSISTENT,
    ),
    case(
        'vendor/: modules.txt alone',
        COPY_MODULE,
        'COPY vendor/modules.txt vendor/',
        'RUN go build .',
        tree=vendored(),
        at='5',
        builds='import lookup disabled by -mod=vendor',
    ),
    case(
        'vendor/: from another stage',
        dockerfile=app(
            'COPY . .',
            'RUN go mod vendor',
            'FROM golang:1.21',
            'WORKDIR /src',
            'COPY . .',
            'COPY --from=0 /app/vendor vendor',
            'RUN go build -mod=vendor .',
        ),
    ),
    case(
        'vendor/: another version and a base that nobody knows',
        dockerfile='FROM registry.example/team/go:1.21\nWORKDIR /app\nCOPY . .\nRUN go build .\n',
        tree=OTHER,
    ),
    case(
        'vendor/: GOFLAGS=-mod=vendor and go install of a version',
        'ENV GOFLAGS=-mod=vendor',
        'RUN go install example.com/tool@v1.2.3',
        context='',
        at='4',
        builds='cannot query module due to -mod=vendor',
    ),
    case(
        'vendor/: go get before the build',
        'COPY . .',
        'RUN go get golang.org/x/net@v0.20.0',
        'RUN go build .',
        tree=vendored(),
        builds=INCONSISTENT,
        why='what go get writes into go.mod is unknown',
    ),
)

LEAF_HASH = 'example.com/leaf v1.0.0 '
NO_HASH = {**TREE, 'go.sum': lacking(SUM, 'example.com/dep v1.0.0 ')}
NO_MOD_LINE = {**TREE, 'go.sum': lacking(SUM, 'example.com/dep v1.0.0/go.mod')}
HELLO_NO_HASH = {**NO_HASH, 'main.go': HELLO}
DEP_TAG = {'x.go': '//go:build x\n\n' + DEP_TEST['main_test.go']}
FIRST_LINE = SUM.partition('\n')[0]
TWO = {
    'go.mod': BARE
    + '\nrequire example.com/x v1.0.0\n\nrequire example.com/x/y v1.0.0\n'
    + '\nreplace example.com/x => example.com/tool v1.2.3\n\nreplace example.com/x/y => example.com/leaf v1.0.0\n',
    'main.go': importing('example.com/x/y'),
    'go.sum': sums('example.com/leaf@v1.0.0', 'example.com/tool@v1.2.3'),
}
RENAMED = {
    'go.mod': BARE + '\nrequire example.com/dep v1.0.0\n\nreplace example.com/dep => example.com/leaf v1.0.0\n',
    'main.go': importing('example.com/dep'),
}
NET_1_16 = {'go.mod': BARE.replace('1.21', '1.16') + '\nrequire golang.org/x/net v0.20.0\n', 'main.go': HELLO}
NET_1_17 = {**NET_1_16, 'go.mod': NET_1_16['go.mod'].replace('1.16', '1.17')}


def summed(
    name: str,
    command: str = 'go build .',
    tree: Mapping[str, str] = NO_HASH,
    *,
    fails: bool = True,
    why: str = '',
    builds: str = MISSING,
) -> Case:
    """A command after `COPY . .`; go.sum lacks the hash of an imported module unless a tree is given."""
    at = '4' if fails and not why else ''
    return case(
        f'go.sum: {name}', 'COPY . .', f'RUN {command}', tree=tree, at=at, builds=builds if fails else '', why=why
    )


SUMS: tuple[Case, ...] = (
    *(
        summed(f'no hash, {command}', command)
        for command in (
            'go vet .',
            'go run .',
            'go install .',
            'go mod vendor',
            'go mod download && go build .',
            'go mod verify && go build .',
            'GOSUMDB=off GONOSUMDB=* GONOSUMCHECK=1 go build .',
            'GOPRIVATE=* GOINSECURE=* go build .',
        )
    ),
    *(
        summed(f'no hash, {command}', command, fails=False)
        for command in (
            'go list ./... && go list -m all && go mod graph && go mod verify && go fmt ./...',
            'go mod tidy && go build .',
            'go get ./... && go build .',
            'go mod download all && go build .',
            'go mod download example.com/dep@v1.0.0 && go build .',
            'go build -mod=mod .',
            'GOFLAGS=-mod=mod go build .',
            'go build . || true',
            f"echo '{FIRST_LINE}' >> go.sum && go build .",
        )
    ),
    summed('no hash, vendor/', tree={**vendored(), 'go.sum': NO_HASH['go.sum']}, fails=False),
    summed('no hash, a workspace', tree={**NO_HASH, 'go.work': 'go 1.21\n\nuse .\n'}, fails=False),
    summed('no hash, another package', 'go build ./cmd/x', {**NO_HASH, 'cmd/x/main.go': HELLO}, fails=False),
    summed('no hash, nothing imported', 'go build . && go test ./...', HELLO_NO_HASH, fails=False),
    summed('no line of the module', tree={**TREE, 'go.sum': LEAF_SUM}),
    summed(
        'no go.mod line',
        tree=NO_MOD_LINE,
        builds='missing go.sum entry for go.mod file',
    ),
    summed('no go.mod line, which a download writes', 'go mod download && go build .', NO_MOD_LINE, fails=False),
    summed(
        'no hash of what a dependency imports',
        tree={**TREE, 'go.sum': lacking(SUM, LEAF_HASH)},
        why='what a module of others imports is unknown',
    ),
    summed(
        'no hash of what a replacement in the image imports', tree={**REPLACED, 'go.sum': lacking(LEAF_SUM, LEAF_HASH)}
    ),
    summed('only a test imports it, go build', tree={**HELLO_NO_HASH, **DEP_TEST}, fails=False),
    summed('only a test imports it, go test', 'go test ./...', {**HELLO_NO_HASH, **DEP_TEST}),
    summed('only a test imports it, go vet', 'go vet .', {**HELLO_NO_HASH, **DEP_TEST}),
    summed('only another system imports it', 'go test ./...', {**HELLO_NO_HASH, **DEP_WINDOWS}, fails=False),
    summed('only another system imports it, GOOS', 'GOOS=windows go build .', {**HELLO_NO_HASH, **DEP_WINDOWS}),
    summed('only another system imports it, go mod vendor', 'go mod vendor', {**HELLO_NO_HASH, **DEP_WINDOWS}),
    summed('only a tag imports it', tree={**HELLO_NO_HASH, **DEP_TAG}, fails=False),
    summed('only a tag imports it, -tags', 'go build -tags x .', {**HELLO_NO_HASH, **DEP_TAG}),
    summed('the hash of the replaced module alone', tree={**RENAMED, 'go.sum': lacking(SUM, LEAF_HASH)}),
    summed('the hash of the other module alone', tree={**RENAMED, 'go.sum': LEAF_SUM}, fails=False),
    summed('two modules could hold a package, both hashes', tree=TWO, fails=False),
    summed(
        'two modules could hold a package, no hash of the one that does',
        tree={**TWO, 'go.sum': lacking(TWO['go.sum'], LEAF_HASH)},
    ),
    summed(
        'two modules could hold a package, no hash of the other',
        tree={**TWO, 'go.sum': lacking(TWO['go.sum'], 'example.com/tool v1.2.3 ')},
        builds='is provided by exactly one module',
    ),
    summed('the marks of a merge', tree={**TREE, 'go.sum': '<<<<<<< HEAD\n' + SUM}),
    summed('the marks of a merge behind all that counts', tree={**TREE, 'go.sum': SUM + '>>>>>>> x\n'}, fails=False),
    summed(
        'tabs, blank lines, lines twice',
        tree={**TREE, 'go.sum': '\n' + SUM.replace(' ', '\t') + '\n' + SUM},
        fails=False,
    ),
    summed('no hash, and git ignores vendor/', tree={**NO_HASH, '.gitignore': '/vendor/\n'}, why=MADE_BEFORE),
    summed('none, go 1.16, nothing imported: go build', tree=NET_1_16),
    summed(
        'none, go 1.16, nothing imported: go list',
        'go list ./...',
        NET_1_16,
        why='a go list is looked at only where it lists all modules',
    ),
    summed(
        'none, go 1.16, nothing imported: go mod download && go build',
        'go mod download && go build .',
        NET_1_16,
        fails=False,
    ),
    summed('none, go 1.17, nothing imported', 'go build . && go list ./...', NET_1_17, fails=False),
    case(
        'go.sum: no hash, a base that sets GOFLAGS=-mod=mod',
        dockerfile='FROM registry.example/team/go:1.21\nCOPY . .\nRUN go build .\n',
        tree=NO_HASH,
    ),
    case('go.sum: no hash, Go 1.23', *SOURCE, tree=NO_HASH, base='golang:1.23', at='4', builds=MISSING),
    case(
        'go.sum: the marks of a merge, Go 1.23',
        *SOURCE,
        tree={**TREE, 'go.sum': '<<<<<<< HEAD\n' + SUM},
        base='golang:1.23',
        at='4',
        builds='malformed go.sum',
    ),
)

CASES: tuple[Case, ...] = (*REPLACEMENTS, *WORKSPACES, *NO_GO_MOD, *TIDY, *VENDORING, *SUMS)

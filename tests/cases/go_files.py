"""go.mod, go.sum and go.work that go refuses, and what they lack; modules in odd shapes that build."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cases._case import BARE, HELLO, HELLO_TREE, MAIN, MISSING, MOD, SUM, TREE, Case, app, case, sums

if TYPE_CHECKING:
    from collections.abc import Mapping

SKIP = 'skip: what go says does not hang on the builder'
PARSING = 'errors parsing go.mod'
MEMBER = 'module example.com/{}\n\ngo 1.21\n'
WORK: Mapping[str, str] = {
    'go.work': 'go 1.21\n\nuse (\n\t./svc\n\t./lib\n)\n',
    'svc/go.mod': MEMBER.format('svc'),
    'svc/main.go': 'package main\n\nimport "example.com/lib"\n\nfunc main() { println(lib.L()) }\n',
    'lib/go.mod': MEMBER.format('lib'),
    'lib/lib.go': 'package lib\n\nfunc L() int { return 1 }\n',
    'tool/go.mod': MEMBER.format('tool'),
    'tool/main.go': HELLO,
}
DEP_LINES = SUM.splitlines(keepends=True)


def _case(
    name: str, run: str, tree: Mapping[str, str], builds: str = '', hook: str = 'tidy-order', go: str = ''
) -> Case:
    """A go command behind a COPY of all: with `builds`, it fails so and the hook says it there."""
    other = f'check-{hook} 4' if builds else ''
    text = app('COPY . .', f'RUN {run}', base=f'golang:{go or "1.21"}')
    return case(name, text, tree, other=other, builds=builds, classic=SKIP, buildah=SKIP)


def _mod(name: str, mod: str, builds: str = '', hook: str = 'tidy-order') -> Case:
    return _case(f'go.mod: {name}', 'go build .', {**HELLO_TREE, 'go.mod': mod}, builds and PARSING, hook)


PARSED = (
    _mod('a word that is no directive', BARE + 'need example.com/dep v1.0.0\n', PARSING),
    _mod('the marks of a merge', f'<<<<<<< ours\n{BARE}=======\n>>>>>>> theirs\n', PARSING),
    _mod('the marks of a merge in a block', BARE + 'require (\n=======\n)\n', PARSING),
    _mod('a comment of another language', BARE + '# tools\n', PARSING),
    _mod('a block that does not end', BARE + 'require (\n\texample.com/dep v1.0.0\n', PARSING),
    _mod('a replacement without a dot', BARE + 'replace example.com/dep => dep\n', PARSING),
    _mod('a folder with a version', BARE + 'replace example.com/dep => ./dep v1.0.0\n', PARSING),
    _mod('v2 without /v2', BARE + 'require example.com/dep v2.1.0\n', PARSING),
    _mod('two go lines', BARE + 'go 1.21\n', PARSING),
    _mod('a toolchain without go', BARE + 'toolchain 1.21.4\n', PARSING),
    _mod('a go line with a dash', BARE.replace('1.21', '1.21.0-rc1'), PARSING, 'go-version'),
    _mod('a go line with a v', BARE.replace('1.21', 'v1.21'), PARSING, 'go-version'),
    _mod(
        'retract, exclude, deprecated',
        '// Deprecated: no\n' + BARE + 'retract [v0.1.0, v0.2.0] // bad\nexclude example.com/dep v0.9.0\n',
    ),
    _mod('empty blocks', BARE + 'require ()\nreplace (\n)\nexclude ( )\n'),
    _mod('tabs, CRLF, comments', BARE.replace('\n', ' // x\r\n').replace('go 1', 'go\t1')),
    _mod('quoted', BARE.replace('example.com/app', '"example.com/app"')),
    _mod(
        '+incompatible and gopkg.in',
        BARE + 'require example.com/dep v2.0.0+incompatible\nrequire gopkg.in/yaml.v2 v2.4.0\n',
    ),
    _case('no module line', 'go build .', {**HELLO_TREE, 'go.mod': 'go 1.21\n'}, 'module declaration'),
    _case(
        'what is required twice, otherwise',
        'go build .',
        {**TREE, 'go.mod': MOD + 'require example.com/dep v0.9.0\n'},
        'updates to go.mod needed',
    ),
    _case('what is required twice, alike', 'go build .', {**TREE, 'go.mod': MOD + 'require example.com/dep v1.0.0\n'}),
    _case('go mod init again', 'go mod init example.com/app', HELLO_TREE, 'go.mod already exists'),
)
SUMMED = (
    _case(
        'go.sum: marks at its end', 'go build .', {**TREE, 'go.sum': SUM + '=======\n'}, 'malformed go.sum', go='1.23'
    ),
    _case('go.sum: marks at its end, nothing imported', 'go build .', {**HELLO_TREE, 'go.sum': '=======\n'}, go='1.23'),
    _case('go.sum: marks at its end, a tidy', 'go mod tidy', {**TREE, 'go.sum': SUM + '=======\n'}, go='1.23'),
    _case('go.sum: no line of a go.mod', 'go vet .', {**TREE, 'go.sum': ''.join(DEP_LINES[::2])}, MISSING),
    _case('go.sum: CRLF, no last line end', 'go build .', {**TREE, 'go.sum': SUM.replace('\n', '\r\n').rstrip()}),
)
REQUIRED = (
    _case(
        'an import that nothing requires', 'go build .', {**HELLO_TREE, 'main.go': MAIN}, 'no required module provides'
    ),
    _case(
        'an import of another module',
        'go build .',
        {
            **HELLO_TREE,
            'main.go': MAIN,
            'go.mod': BARE + 'require example.com/tool v1.2.3\n',
            'go.sum': sums('example.com/tool@v1.2.3'),
        },
        'no required module provides',
    ),
    _case('an import for another system', 'go build .', {**HELLO_TREE, 'x_windows.go': MAIN.replace('main()', 'x()')}),
    _case(
        'an import behind a tag',
        'go build .',
        {**HELLO_TREE, 'x.go': '//go:build x\n\n' + MAIN.replace('main()', 'x()')},
    ),
    _case('an import of a test', 'go build .', {**HELLO_TREE, 'x_test.go': MAIN.replace('main()', 'x()')}),
    _case(
        'an import that a get brings', 'go get example.com/dep@v1.0.0 && go build .', {**HELLO_TREE, 'main.go': MAIN}
    ),
    _case(
        'a member of a workspace that is off', 'cd svc && GOWORK=off go build .', WORK, 'no required module provides'
    ),
)
WORKSPACES = (
    _case('a workspace', 'go build -o /x ./svc && cd svc && go vet ./...', WORK),
    _case(
        'a module that go.work does not use',
        'cd tool && go build .',
        WORK,
        'is contained in a module that is not one of',
    ),
    _case('its folder, from the top', 'go vet ./svc ./tool', WORK, 'is contained in a module that is not one of'),
    _case('its packages', 'cd tool && go test ./...', WORK, 'does not contain modules listed in go.work'),
    _case('its files by name', 'cd tool && go build main.go && go mod tidy && go mod download', WORK),
    _case('with GOWORK=off', 'cd tool && GOWORK=off go build .', WORK),
    _case('-mod=mod in a workspace', 'go build -mod=mod -o /x ./svc', WORK, '-mod may only be set to readonly'),
    _case('GOFLAGS=-mod=mod and a tidy', 'cd svc && GOFLAGS=-mod=mod go mod tidy -e', WORK),
    _case(
        'a folder twice',
        'go vet ./svc',
        {**WORK, 'go.work': 'go 1.21\n\nuse ./svc\nuse ./lib\nuse svc\n'},
        'appears multiple times in workspace',
    ),
    _case(
        'a module twice',
        'go vet ./svc',
        {**WORK, 'lib/go.mod': MEMBER.format('svc')},
        'appears multiple times in workspace',
    ),
    _case(
        'go.work below its members',
        'go vet ./svc',
        {**WORK, 'svc/go.mod': MEMBER.format('svc').replace('21', '21.3')},
        'but go.work lists go 1.21',
        'go-version',
    ),
    _case(
        'go.work below its members, a tidy',
        'cd lib && go mod tidy',
        {**WORK, 'svc/go.mod': MEMBER.format('svc').replace('21', '21.3')},
    ),
    _case('go.work above its members', 'go vet ./svc', {**WORK, 'go.work': WORK['go.work'].replace('1.21', '1.21.3')}),
)
TOOL = 'module example.com/app\n\ngo 1.24\n\ntool example.com/tool\n\nrequire example.com/tool v1.2.3\n'
TOOLS: Mapping[str, str] = {'go.mod': TOOL, 'go.sum': '', 'main.go': HELLO}
TOOLED: Mapping[str, str] = {**TOOLS, 'go.sum': sums('example.com/tool@v1.2.3')}
OTHERS = (
    _case(
        'a release tag of the Go that runs',
        'go build .',
        {**HELLO_TREE, 'x.go': '//go:build !go1.22\n\n' + MAIN.replace('main()', 'x()')},
        'no required module provides',
    ),
    _case(
        'a release tag of a newer Go',
        'go build .',
        {**HELLO_TREE, 'x.go': '//go:build go1.22\n\n' + MAIN.replace('main()', 'x()')},
    ),
    _case(
        'go list -mod=mod -m all, and a build', 'go list -mod=mod -m all && go build .', {**TREE, 'go.sum': ''}, MISSING
    ),
)
TOOL_LINES = (
    _case('go tool without a sum', 'go tool tool', TOOLS, MISSING, go='1.27'),
    _case('go install tool without a sum', 'go install tool', TOOLS, MISSING, go='1.27'),
    _case('go build without the sum of a tool', 'go build . && go tool vet -V=full && go get tool', TOOLS, go='1.27'),
    _case('go tool', 'go tool tool && go install tool && go vet ./...', TOOLED, go='1.27'),
)
HEREDOC = 'COPY <<EOF go.mod\nmodule example.com/app\ngo $V\nEOF'
WRITTEN = (
    case(
        'a go.mod that is a heredoc',
        app('ARG V=1.23', HEREDOC, 'COPY main.go ./', 'RUN go build .'),
        HELLO_TREE,
        other='check-go-version 1',
        builds='go.mod requires go >= 1.23',
        classic=SKIP,
        buildah=SKIP,
    ),
    case(
        'a go.mod that is a heredoc, of this Go',
        app('ARG V=1.21', HEREDOC, 'COPY main.go ./', 'RUN go build .'),
        HELLO_TREE,
        classic=SKIP,
        buildah=SKIP,
    ),
    _case(
        'go mod edit -go', 'go mod edit -go=1.21 && go build .', {**HELLO_TREE, 'go.mod': BARE.replace('1.21', '1.20')}
    ),
    case(
        'go mod edit -go of a newer one',
        app('COPY . .', 'RUN go mod edit -go=1.23 && go build .'),
        HELLO_TREE,
        other='check-go-version 1',
        builds='go.mod requires go >= 1.23',
        classic=SKIP,
        buildah=SKIP,
    ),
    _case(
        'go mod edit -require',
        'go mod edit -require=example.com/dep@v1.0.0 && go build .',
        {**HELLO_TREE, 'main.go': MAIN},
        MISSING,
    ),
    _case(
        'go mod edit -replace',
        'go mod edit -replace=example.com/lib=./lib && go build .',
        {
            **HELLO_TREE,
            'go.mod': BARE + 'require example.com/lib v0.0.0\n',
            'main.go': WORK['svc/main.go'],
            'lib/go.mod': WORK['lib/go.mod'],
            'lib/lib.go': WORK['lib/lib.go'],
        },
    ),
    _case(
        'a replacement without a go.mod',
        'go build .',
        {
            **HELLO_TREE,
            'go.mod': BARE + 'require example.com/lib v0.0.0\nreplace example.com/lib => ./lib\n',
            'main.go': WORK['svc/main.go'],
            'lib/lib.go': WORK['lib/lib.go'],
        },
        'reading lib/go.mod',
    ),
)
VENDORED_MEMBER: Mapping[str, str] = {
    'go.work': 'go 1.22\n\nuse ./svc\n',
    'svc/go.mod': MOD,
    'svc/go.sum': SUM,
    'svc/main.go': MAIN,
    'svc/vendor/modules.txt': '# example.com/dep v1.0.0\n## explicit; go 1.21\nexample.com/dep\n'
    '# example.com/leaf v1.0.0\n## explicit; go 1.21\nexample.com/leaf\n',
    'svc/vendor/example.com/dep/dep.go': 'package dep\n\nfunc Name() string { return "dep" }\n',
    'svc/vendor/example.com/leaf/leaf.go': 'package leaf\n',
}
VENDORED = (
    _case(
        'the vendor/ of a member is not that of its workspace',
        'cd svc && go build -mod=vendor .',
        VENDORED_MEMBER,
        'inconsistent vendoring in /app',
        go='1.23',
    ),
    _case('without the workspace it is', 'cd svc && GOWORK=off go build -mod=vendor .', VENDORED_MEMBER, go='1.23'),
    _case('a workspace without vendor/ takes modules', 'cd svc && go build .', VENDORED_MEMBER, go='1.23'),
    _case(
        'a member that requires none needs no vendor/',
        'cd svc && go build -mod=vendor .',
        {**VENDORED_MEMBER, 'svc/go.mod': BARE, 'svc/main.go': HELLO, 'svc/vendor/modules.txt': ''},
        go='1.23',
    ),
)
LOOKED_UP = 'import lookup disabled by -mod=vendor'
VENDORED_APP: Mapping[str, str] = {
    'go.mod': MOD,
    'main.go': MAIN,
    **{path.removeprefix('svc/'): text for path, text in VENDORED_MEMBER.items() if '/vendor/' in path},
}
OLD: Mapping[str, str] = {'go.mod': MOD.replace('go 1.21', 'go 1.13'), 'main.go': MAIN}
DEPENDING = 'package dep\n\nimport _ "example.com/leaf"\n'
UNVENDORED = (
    _case('vendor/ has all that is imported', 'go build .', VENDORED_APP),
    _case(
        'an ignore file hides a vendored package',
        'go build .',
        {**VENDORED_APP, '.dockerignore': '**/dep\n'},
        LOOKED_UP,
    ),
    _case(
        'an ignore file hides a vendored package that another vendored one imports',
        'go build .',
        {**VENDORED_APP, 'vendor/example.com/dep/dep.go': DEPENDING, '.dockerignore': '**/leaf\n'},
        LOOKED_UP,
    ),
    _case(
        'an ignore file hides a vendored package that nothing imports',
        'go build .',
        {**VENDORED_APP, '.dockerignore': '**/leaf\n'},
    ),
    _case(
        'an ignore file hides a vendored package of a program that is not built',
        'go build ./cmd/x',
        {**VENDORED_APP, 'cmd/x/main.go': HELLO, '.dockerignore': '**/dep\n'},
    ),
    _case('no vendor/ and go 1.13', 'go build -mod=vendor .', OLD, LOOKED_UP),
    _case(
        'no vendor/ and no go line', 'go vet -mod=vendor .', {**OLD, 'go.mod': MOD.replace('go 1.21', '')}, LOOKED_UP
    ),
    _case('no vendor/, go 1.13, and nothing of another', 'go build -mod=vendor .', {**OLD, 'main.go': HELLO}),
    _case(
        'a tool by its version under -mod=vendor',
        'GOFLAGS=-mod=vendor go install example.com/tool@v1.2.3',
        VENDORED_APP,
        'cannot query module due to -mod=vendor',
    ),
    _case(
        'a tool that runs by its version under -mod=vendor',
        'go run -mod=vendor example.com/tool@latest',
        VENDORED_APP,
        'cannot query module due to -mod=vendor',
    ),
    _case('a tool by its version where vendor/ is', 'go install example.com/tool@v1.2.3', VENDORED_APP),
)
UNVOUCHED = 'missing go.sum entry for go.mod file'
OF_DEP: Mapping[str, str] = {
    'go.mod': MOD,
    'main.go': MAIN,
    'go.sum': ''.join(f'{line}\n' for line in SUM.splitlines() if line.startswith('example.com/dep')),
}
LISTED = (
    _case('a list of all modules without one of the sums', 'go list -m all', OF_DEP, UNVOUCHED),
    _case('a list of all modules in JSON without one of the sums', 'go list -m -json all >x', OF_DEP, UNVOUCHED),
    _case('a list of all modules that goes on without one of the sums', 'go list -m -e all', OF_DEP),
    _case('a list of all modules without any sum that goes on', 'go list -e -m all', {'go.mod': MOD, 'main.go': MAIN}),
    _case('a list of one module without its sum', 'go list -m example.com/leaf', OF_DEP),
    _case('a list of packages without one of the sums', 'go list ./...', OF_DEP),
)
NO_CLAUSE = "expected 'package', found 'EOF'"


def _empty(name: str, run: str, builds: str = '', path: str = 'x.go', text: str = '') -> Case:
    """A program of two files, of which one is empty."""
    return _case(f'an empty Go file: {name}', run, {**HELLO_TREE, path: text}, builds)


EMPTY = (
    _empty('of the program', 'go build .', NO_CLAUSE),
    _empty('comments', 'go build ./...', NO_CLAUSE, text='// x\n/* y\n*/'),
    _empty('white space', 'go vet .', NO_CLAUSE, text='\r\n\t '),
    _empty('that is named', 'go run x/main.go', NO_CLAUSE, path='x/main.go'),
    _empty('of another package', 'go build .', path='x/x.go'),
    _empty('that is not named', 'go build main.go'),
    _empty('of another system', 'go build .', path='x_windows.go'),
    _empty('that go leaves out', 'go build .', path='_x.go'),
    _empty('that a step writes', 'echo package main >x.go && go build .'),
    _empty('that a step removes', 'rm x.go && go build .'),
    _empty('of which nothing is built', 'go mod tidy'),
    _empty('that may fail', 'go build . || true'),
)
LOST = 'package x\n\nimport _ "example.com/app/nope"\n'
NOPE = 'no required module provides package example.com/app/nope'


def _ignores(name: str, path: str, builds: str = '', run: str = 'go build ./...', line: str = './web') -> Case:
    """A go.mod that ignores a folder, and a file that imports what is not there."""
    mod = f'module example.com/app\n\ngo 1.25\n\nignore {line}\n'
    tree = {'go.mod': mod, 'main.go': HELLO, path: LOST}
    return _case(f'go.mod ignores a folder: {name}', run, tree, builds, go='1.27')


IGNORED = (
    _ignores('at the top', 'web/x.go'),
    _ignores('at the top, in a workspace', 'web/x.go', run='go work init . && go vet ./...'),
    _ignores('of that name, in another', 's/web/x.go', NOPE),
    _ignores('of that name, wherever', 's/web/x.go', line='web'),
    _ignores('of that path, wherever', 's/web/gen/x.go', line='web/gen'),
    _ignores('which is built by its name', 'web/x.go', NOPE, run='go build ./web'),
    _ignores('which is tidied', 'web/x.go', run='go mod tidy && go build .'),
)
EXCLUDED = 'build constraints exclude all Go files in /app'


def _excluded(name: str, run: str, file: str, constraint: str = '', builds: str = '') -> Case:
    """A program of one file that is not for every build."""
    text = f'//go:build {constraint}\n\n{HELLO}' if constraint else HELLO
    return _case(f'build constraints: {name}', run, {'go.mod': BARE, file: text}, builds)


CONSTRAINTS = (
    _excluded('another system', 'go build .', 'main_windows.go', builds=EXCLUDED),
    _excluded('a tag', 'go install .', 'main.go', 'prod', EXCLUDED),
    _excluded('a tag that is set', 'go build -tags prod .', 'main.go', 'prod'),
    _excluded('a tag that GOFLAGS sets', 'GOFLAGS=-tags=prod go vet .', 'main.go', 'prod'),
    _excluded('a tag that a variable may set', 'TAGS=prod; go build -tags "$TAGS" .', 'main.go', 'prod'),
    _excluded('a newer Go', 'go build .', 'main.go', 'go1.99', EXCLUDED),
    _excluded('an older Go', 'go build .', 'main.go', 'go1.18'),
    _excluded('a file that is named itself', 'go run main.go', 'main.go', 'ignore'),
    _excluded('a pattern', 'go build ./...', 'main.go', 'ignore'),
)
CASES = (
    *EMPTY,
    *CONSTRAINTS,
    *IGNORED,
    *LISTED,
    *UNVENDORED,
    *VENDORED,
    *WRITTEN,
    *TOOL_LINES,
    *OTHERS,
    *PARSED,
    *SUMMED,
    *REQUIRED,
    *WORKSPACES,
)

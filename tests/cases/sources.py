"""What go is told to build, the packages and embedded files that it takes: there, or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cases._case import BARE, HELLO, Case, app, case

if TYPE_CHECKING:
    from collections.abc import Mapping

SKIP = 'skip: what go says does not hang on the builder'
NO_FOLDER = 'directory not found'
NO_FILES = 'no Go files in'
NOTHING_TO_GET = 'no package to get in current directory'
NOT_STD = 'is not in std'
NOT_PROVIDED = 'no required module provides package'
PROGRAMS: Mapping[str, str] = {
    'go.mod': BARE,
    'cmd/web/main.go': HELLO,
    'cmd/job/main.go': HELLO,
    'lib/lib.go': 'package lib\n',
    'lib/sys_windows.go': 'package lib\n',
    'check/check_test.go': 'package check\n',
    'docs/text.md': '# Text\n',
}


def _case(
    name: str,
    run: str,
    builds: str = '',
    tree: Mapping[str, str] = PROGRAMS,
    copy: str = '. .',
    go: str = '1.21',
    other: str = '',
) -> Case:
    """A go command behind a COPY: with `builds`, it fails so and check-tidy-order says it there."""
    text = app(f'COPY {copy}', f'RUN {run}', base=f'golang:{go}')
    other = other or 'check-tidy-order 4' * bool(builds)
    return case(name, text, tree, context='', other=other, builds=builds, classic=SKIP, buildah=SKIP)


TARGETS = (
    _case('a folder to build that is not there', 'go build -o /x ./cmd/server', NO_FOLDER),
    _case('one by an absolute path', 'go build -o /x /app/cmd/server', NO_FOLDER),
    _case('one of two', 'go install ./cmd/web ./cmd/server', NO_FOLDER),
    _case('a folder that go runs', 'go run ./cmd/server serve', NO_FOLDER),
    _case('a folder that is not copied', 'go build -o /x ./cmd/web', NO_FOLDER, copy='go.mod lib* ./'),
    _case(
        'a folder that an ignore file hides', 'go vet ./cmd/web', NO_FOLDER, {**PROGRAMS, '.dockerignore': '**/web\n'}
    ),
    _case('a pattern below a folder that is not there', 'go build ./server/...', 'no such file or directory'),
    _case('a pattern below a folder without packages', 'go build ./docs/...'),
    _case('no Go file at the top', 'go build -o /x', NO_FILES),
    _case('no Go file in a folder', 'go build -o /x ./cmd', NO_FILES),
    _case('no Go file where WORKDIR makes the folder', 'mkdir -p cmd/new && cd cmd/new && go build .', NO_FILES),
    _case('no package to get', 'go get && go build -o /x ./cmd/web', NOTHING_TO_GET),
    _case('no package to get in this folder', 'go get -v . && go build -o /x ./cmd/web', f'.: {NOTHING_TO_GET}'),
    _case('packages to get', 'go get ./... && go build -o /x ./cmd/web'),
    _case('tests alone to get', 'cd check && go get && go build -o /x ../cmd/web'),
    _case('no Go file at the top, behind a get', 'go get ./... && go build -o /x .', NO_FILES),
    _case('tests alone', 'go build ./check', 'no non-test Go files in'),
    _case('tests alone, vetted', 'go vet ./check && go build -o /x ./cmd/web'),
    _case('main.go that moved', 'go build -o /x main.go', NOT_PROVIDED),
    _case('./main.go that moved', 'go build -o /x ./main.go', NO_FOLDER),
    _case('main.go that moved, in a folder', 'go build -o /x cmd/server/main.go', NOT_STD),
    _case('main.go that moved, to run', 'go run main.go serve', 'stat main.go: no such file or directory'),
    _case('the second file', 'go build cmd/web/main.go cmd/web/more.go', 'stat cmd/web/more.go'),
    _case('no ./ in front', 'go build -o /x cmd/web', NOT_STD),
    _case('no ./ in front, of what is nowhere', 'go install server', NOT_STD),
    _case('no ./ in front of a file', 'go build -o /x cmd/web/main.go'),
    _case('by import paths', 'go build -o /x example.com/app/cmd/web && go vet strings example.com/app/...'),
    _case('by an import path that is not there', 'go build example.com/app/cmd/server', NOT_PROVIDED),
    _case('in a module without a dot', 'go vet shop/lib', tree={**PROGRAMS, 'go.mod': 'module shop\n\ngo 1.21\n'}),
    _case(
        'a module below',
        'go vet ./sub',
        'does not contain package',
        {**PROGRAMS, 'sub/go.mod': BARE + '\n', 'sub/s.go': HELLO},
    ),
    _case(
        'a module below that replaces another',
        'go vet ./sub',
        'does not contain package',
        {
            **PROGRAMS,
            'go.mod': BARE + 'require example.com/sub v0.0.0\nreplace example.com/sub => ./sub\n',
            'sub/go.mod': 'module example.com/sub\n\ngo 1.21\n',
            'sub/s.go': 'package sub\n',
        },
    ),
    _case('-buildvcs takes no word', 'go build -buildvcs ./cmd/web'),
    _case('what a step moves there', 'mkdir server && cp cmd/web/main.go server/ && go vet ./server'),
    _case('what may fail', 'go vet ./cmd/server || go vet ./cmd/web'),
)
OWN: Mapping[str, str] = {
    'go.mod': BARE,
    'cmd/web/main.go': 'package main\n\nimport _ "example.com/app/internal/store"\n\nfunc main() {}\n',
    'cmd/job/main.go': HELLO,
    'internal/store/store.go': 'package store\n\nimport _ "example.com/app/pkg/money"\n',
    'internal/store/store_test.go': 'package store\n\nimport _ "example.com/app/pkg/fixture"\n',
    'pkg/money/money.go': 'package money\n',
    'pkg/fixture/fixture.go': 'package fixture\n',
}
IGNORED = (
    case(
        'a .gitignore line for the binary hides the folder of the program',
        app('COPY . .', 'RUN go build -o /x ./cmd/web'),
        {**PROGRAMS, '.gitignore': 'web\n'},
        untracked='cmd/web/main.go',
        context='',
        other='check-tidy-order 4',
        builds=NO_FOLDER,
        classic=SKIP,
        buildah=SKIP,
    ),
    case(
        'a .gitignore line for what go leaves hides packages',
        app('COPY . .', 'RUN go vet ./cmd/web'),
        {**OWN, '.gitignore': 'bin/\n**/pkg/\n'},
        untracked='pkg/money/money.go pkg/fixture/fixture.go',
        context='',
        other='check-tidy-order 4',
        builds=NOT_PROVIDED,
        classic=SKIP,
        buildah=SKIP,
    ),
    case(
        'a folder that git ignores as a whole',
        app('COPY . .', 'RUN go vet ./gen'),
        {**PROGRAMS, '.gitignore': '/gen/\n'},
        context='',
        builds=NO_FOLDER,
        classic=SKIP,
        buildah=SKIP,
        why='it may be made before the build',
    ),
)
SOME = 'cmd cmd\nCOPY internal internal\nCOPY go.mod ./'


def _own(name: str, run: str, builds: str = '', copy: str = SOME, **plus: str) -> Case:
    """A go command behind the COPY of some folders, in line 6, or of all, in line 4."""
    line = 4 + copy.count('\n')
    files = {**OWN, **{path.replace('__', '/').replace('_go', '.go'): text for path, text in plus.items()}}
    return _case(name, run, builds, files, copy, other=f'check-tidy-order {line}' * bool(builds))


def _ignoring(pattern: str) -> Mapping[str, str]:
    return {**OWN, '.dockerignore': pattern}


NO_DOT: Mapping[str, str] = {path: text.replace('example.com/app', 'shop') for path, text in OWN.items()}
MEMBERS: Mapping[str, str] = {
    'go.work': 'go 1.21\n\nuse (\n\t./svc\n\t./lib\n)\n',
    'svc/go.mod': 'module example.com/svc\n\ngo 1.21\n',
    'svc/main.go': 'package main\n\nimport _ "example.com/lib/deep"\n\nfunc main() {}\n',
    'lib/go.mod': 'module example.com/lib\n\ngo 1.21\n',
    'lib/lib.go': 'package lib\n',
    'lib/deep/deep.go': 'package deep\n',
}
PACKAGES = (
    _own('a package of the module that no step copies', 'go build -o /x ./cmd/web', NOT_PROVIDED),
    _own('another program does not import it', 'go build -o /x ./cmd/job'),
    _own('its tests do not count for a build', 'go vet ./internal/... || go build ./cmd/job'),
    _own('the tests of a package', 'go test ./internal/store', NOT_PROVIDED, SOME + '\nCOPY pkg/money pkg/money'),
    _own('what is in folders, not the folders', 'go build -o /x ./web', NOT_PROVIDED, 'go.mod cmd internal ./'),
    _own('all programs', 'go install ./...', NOT_PROVIDED),
    _own('a run', 'go run ./cmd/web', NOT_PROVIDED),
    _own(
        'a package behind a tag', 'go build -o /x ./cmd/job', cmd__job__x_go='//go:build x\n\n' + OWN['cmd/web/main.go']
    ),
    _own(
        'an import behind a tag that is on',
        'go build -tags x -o /x ./cmd/job',
        NOT_PROVIDED,
        cmd__job__x_go='//go:build x\n\npackage main\n\nimport _ "example.com/app/pkg/money"\n',
    ),
    _own(
        'an import of another system',
        'go build -o /x ./cmd/job',
        cmd__job__x_windows_go='package main\n\nimport _ "example.com/app/no"\n',
    ),
    _case('an ignore file hides a package', 'go vet ./cmd/web', NOT_PROVIDED, _ignoring('pkg\n')),
    _case(
        'an ignore file hides the Go files of a package', 'go vet ./cmd/web', NOT_PROVIDED, _ignoring('**/money/*.go\n')
    ),
    _case('an ignore file hides its tests', 'go vet ./cmd/web', tree=_ignoring('**/*_test.go\npkg/fixture\n')),
    _case(
        'a package that a program makes',
        'mkdir -p pkg/money && cp cmd/job/main.go pkg/money/ && go vet ./cmd/job',
        tree=_ignoring('pkg\n'),
    ),
    _case('a package of a module without a dot', 'go vet ./cmd/web', NOT_STD, {**NO_DOT, '.dockerignore': 'pkg\n'}),
    _case(
        'under -mod=vendor',
        'go vet -mod=vendor ./cmd/web',
        'cannot find module providing package',
        {**_ignoring('pkg\n'), 'vendor/modules.txt': ''},
    ),
    _case(
        'a package that is nowhere',
        'go vet ./cmd/web',
        NOT_PROVIDED,
        {path: text for path, text in OWN.items() if 'money' not in path},
    ),
    _case(
        'a package that is named as generated code is',
        'go vet ./cmd/job || go vet ./svc',
        tree={**OWN, 'svc/s.go': 'package svc\n\nimport _ "example.com/app/pb/v1"\n'},
    ),
    _case(
        'a package of a member of the workspace',
        'go vet ./svc',
        NOT_PROVIDED,
        {**MEMBERS, '.dockerignore': 'lib/deep\n'},
    ),
    _case('a member of the workspace that is whole', 'go vet ./svc', tree=MEMBERS),
)
EMBEDDER = """package main

import "embed"

//go:embed {}
var files embed.FS

func main() {{ _ = files }}
"""
NO_MATCH = 'no matching files found'
EMPTY = 'contains no embeddable files'
WEB: Mapping[str, str] = {'web/page.html': '<p>', 'web/sub/a.css': '', 'schema.sql': 'SELECT 1;'}


def _embed(
    name: str,
    pattern: str,
    builds: str = '',
    ignore: str = '',
    copy: str = '. .',
    plus: Mapping[str, str] = WEB,
    untracked: str = '',
    run: str = 'go build -o /x .',
) -> Case:
    files = {'go.mod': BARE, 'main.go': EMBEDDER.format(pattern), **plus}
    files = {**files, '.dockerignore': ignore + '\n'} if ignore else files
    text, other = app(f'COPY {copy}', f'RUN {run}'), 'check-tidy-order 4' * bool(builds)
    return case(
        name, text, files, context='', untracked=untracked, other=other, builds=builds, classic=SKIP, buildah=SKIP
    )


EMBEDS = (
    _embed('an embedded file', 'schema.sql'),
    _embed('an embedded file that is not copied', 'schema.sql', NO_MATCH, copy='go.mod main.go ./'),
    _embed('an embedded file that is hidden', 'schema.sql', NO_MATCH, '*.sql'),
    _embed('all but Go files is hidden', 'schema.sql web', NO_MATCH, '**\n!**/*.go\n!go.mod'),
    _embed('an embedded folder', 'web'),
    _embed('an embedded folder that is hidden', 'web', NO_MATCH, 'web'),
    _embed('an embedded folder that is hidden but for some', 'web', '', 'web\n!web/sub'),
    _embed(
        'an embedded folder whose files are hidden', 'web', EMPTY, 'web/*\n!web/.keep', plus={**WEB, 'web/.keep': ''}
    ),
    _embed('an embedded glob', 'web/*.html'),
    _embed('an embedded glob whose files are hidden', 'web/*.html', NO_MATCH, '**/*.html'),
    _embed('an embedded glob of folders', 'w*/sub/*'),
    _embed('an embedded folder of files in hiding', 'web', EMPTY, plus={'web/.keep': '', 'web/_x': ''}),
    _embed('an embedded folder of files in hiding, all of it', 'all:web', plus={'web/.keep': '', 'web/_x': ''}),
    _embed('an embedded file that is on the disk alone', 'schema.sql', NO_MATCH, untracked='schema.sql'),
    _embed(
        'an embedded file that git ignores by chance',
        'schema.sql',
        NO_MATCH,
        plus={**WEB, '.gitignore': '*.sql\n'},
        untracked='schema.sql',
    ),
    _embed('an embedded file that a step makes', 'schema.sql', '', '*.sql', run='touch schema.sql && go build -o /x .'),
    _embed(
        'an embedded file of a test',
        'schema.sql',
        NO_MATCH,
        '*.sql',
        plus={**WEB, 'main.go': HELLO, 'x_test.go': EMBEDDER.format('schema.sql').replace('main()', 'x()')},
        run='go vet .',
    ),
    _embed(
        'an embedded file of a test that is not built',
        'schema.sql',
        '',
        '*.sql',
        plus={**WEB, 'main.go': HELLO, 'x_test.go': EMBEDDER.format('schema.sql').replace('main()', 'x()')},
    ),
)
UNDEFINED = 'flag provided but not defined: -'
DASH = 'leading dash'


def _flag(name: str, run: str, builds: str = '', go: str = '1.21') -> Case:
    return _case(name, run, builds, {'go.mod': BARE, 'main.go': HELLO}, go=go)


FLAGS = (
    _flag('a flag of the linker', 'go build -X main.v=1 -o /x .', UNDEFINED + 'X'),
    _flag('a flag of the linker, with two dashes', 'go install -v --s .', UNDEFINED + 's'),
    _flag('a flag of the linker in its place', "go build -v -ldflags '-s -w -X main.v=1' -o /x ."),
    _flag('a flag that is misspelt', 'go build -tag x -o /x .', UNDEFINED + 'tag'),
    _flag('a flag of old', 'go build -i -o /x .', UNDEFINED + 'i'),
    _flag('a flag of a newer Go', 'go build -json .', UNDEFINED + 'json'),
    _flag('a flag of this Go', 'go build -json .', go='1.27'),
    _flag('-mod for a download', 'go mod download -mod=mod', UNDEFINED + 'mod'),
    _flag('-v for a download', 'go mod download -v', UNDEFINED + 'v'),
    _flag('-v for a tidy', 'go mod tidy -v && go mod verify && go mod download -x'),
    _flag('a flag behind the package', 'go build . -o /x', DASH),
    _flag('a flag behind all packages', 'go vet ./... -v', DASH),
    _flag('a flag behind a file', 'go build main.go -v', 'named files must be .go files: -v'),
    _flag('a flag of the program', 'go run . -X && go run main.go -X'),
    _flag('a flag of the tests', 'go test . -v -X || go test . -v'),
    _flag('-C behind another flag', 'go build -o /x -C /app .', '-C flag must be first flag'),
    _flag('-C in front', 'go -C /app build -o /x . && go build -C /app -o /x .'),
    _flag('every flag', 'go build -a -p 2 -trimpath -buildvcs=false -mod mod -tags x,y -gcflags all=-l -pgo=off .'),
    _flag('a flag that nobody knows', 'X=$(cat go.mod | grep nothing); go build $X -o /x .'),
)
SERVED: Mapping[str, str] = {
    'go.mod': BARE,
    'main.go': 'package main\n\nfunc main() { serve(load(), other(0).load()) }\n',
    'serve.go': 'package main\n\ntype other int\n\nfunc (other) load() int { return 1 }\n\nfunc serve(a, b int) {}\n',
    'load.go': 'package main\n\nfunc load() int { return 1 }\n',
}
NOT_DEFINED = 'undefined: '
UNNAMED = (
    _case('one file of a package', 'go build -o /x main.go', NOT_DEFINED + 'serve', SERVED),
    _case('two files of three', 'go vet main.go serve.go', NOT_DEFINED + 'load', SERVED),
    _case('one file of a package, to run', 'go run main.go', NOT_DEFINED + 'load', SERVED),
    _case('all files of a package', 'go build -o /x main.go serve.go load.go && go build -o /x *.go', tree=SERVED),
    _case('one file that calls nothing of the others', 'go vet load.go && go vet serve.go', tree=SERVED),
    _case('the folder', 'go build -o /x .', tree=SERVED),
    _case('one file of a package is copied', 'go build -o /x .', NOT_DEFINED, SERVED, 'go.mod main.go ./'),
    _case(
        'two files of a package are copied',
        'go build -o /x .',
        NOT_DEFINED + 'load',
        SERVED,
        'go.mod main.go serve.go ./',
    ),
    _case('a file of a package is hidden', 'go vet .', NOT_DEFINED + 'load', {**SERVED, '.dockerignore': 'load*\n'}),
    _case(
        'a file of a package is hidden that is not needed',
        'go vet ./lib',
        tree={
            **SERVED,
            'lib/a.go': 'package lib\n',
            'lib/b.go': 'package lib\n\nfunc B() {}\n',
            '.dockerignore': '**/b.go\n',
        },
    ),
    _case(
        'a name that the file itself declares',
        'go vet main.go',
        tree={
            **SERVED,
            'main.go': 'package main\n\ntype t interface {\n\tserve() int\n}\n\n'
            'func main() {\n\tload := func() int { return 1 }\n\tload()\n\tprintln(min(1, 2))\n}\n',
            'more.go': 'package main\n\nfunc min(a, b int) int { return a }\n',
        },
        go='1.21',
    ),
)
TEMPL: Mapping[str, str] = {
    'go.mod': BARE,
    '.gitignore': '*_templ.go\n',
    'main.go': 'package main\n\nfunc main() { print(page()) }\n',
    'page.templ': 'package main\n\ntempl page() {\n\t<p>hi</p>\n}\n',
}
GENERATED = 'package main\n\nfunc page() string { return "hi" }\n'
TEMPLATES = (
    _case('a component that no step generates', 'go build -o /x .', NOT_DEFINED + 'page', TEMPL),
    _case(
        'a component that a step generates',
        'cp page.txt page_templ.go && go build -o /x .',
        tree={**TEMPL, 'page.txt': GENERATED},
    ),
    _case('a component that is in git', 'go build -o /x .', tree={**TEMPL, 'page_templ.go': GENERATED}),
)
SEVERAL = 'cannot write multiple packages to non-directory /x'
IN_THE_WAY = 'already exists and is'
UNWRITTEN = (
    _case('one file for several packages', 'go build -o /x ./...', SEVERAL),
    _case('one file for two packages, of which one is no program', 'go build -o /x ./cmd/web ./lib', SEVERAL),
    _case('one file for a pattern that only one package matches', 'go build -o /x ./lib/...'),
    _case('a folder for several packages', 'go build -o /x/ ./... && mkdir y && go build -o y ./...'),
    _case('nothing for several packages', 'go build -o /dev/null ./...'),
    _case('a folder for a package that is no program', 'mkdir y && go build -o y ./lib', 'no main packages to build'),
    _case('a folder for packages of which one is a program', 'go build -o y/ ./lib ./cmd/web && test -x y/web'),
    _case(
        'a file of a package that this system does not build',
        'go build -o /x ./only/...',
        tree={**PROGRAMS, 'only/a/a.go': 'package a\n', 'only/b/b_windows.go': 'package b\n'},
    ),
    _case('a program with the name of a folder', 'go build ./cmd/web', IN_THE_WAY, {**PROGRAMS, 'web/a.css': ''}),
    _case(
        'a program with the name of a folder of another place',
        'cd lib && go build ../cmd/web',
        tree={**PROGRAMS, 'web/a.css': ''},
    ),
    _case(
        'two programs, one with the name of a folder',
        'go build ./cmd/...',
        tree={**PROGRAMS, 'cmd/job/main.go': HELLO, 'web/a.css': ''},
    ),
    _case('a program over a text', 'go build -o web.txt ./cmd/web', tree={**PROGRAMS, 'web.txt': 'text'}),
    _case('a program over an empty file', 'go build -o web.txt ./cmd/web', tree={**PROGRAMS, 'web.txt': ''}),
    _case('a program over a program', 'go build -o web ./cmd/web && touch lib/x && go build -o web ./cmd/web'),
)
NO_MODULE = (
    case(
        'no go.mod in the whole repository',
        app('ADD . .', 'RUN go build -o /x'),
        {'hello/main.go': HELLO, 'docs/text.md': ''},
        at='hello/Dockerfile',
        context='hello',
        declared=False,
        other='check-tidy-order hello/Dockerfile:4',
        builds='go.mod file not found in current directory or any parent directory',
        classic=SKIP,
        buildah=SKIP,
    ),
    case(
        'no go.mod in the whole repository, and a step that makes one',
        app('ADD . .', 'RUN go mod init example.com/app && go build -o /x'),
        {'hello/main.go': HELLO, 'docs/text.md': ''},
        at='hello/Dockerfile',
        context='hello',
        declared=False,
        classic=SKIP,
        buildah=SKIP,
    ),
    case(
        'a step that makes a go.mod, in a repository that has one at the top',
        app('COPY . .', 'RUN go mod init example.com/hello && go build -o /x'),
        {'go.mod': BARE, 'lib.go': 'package lib\n', 'cmd/hello/main.go': HELLO},
        at='cmd/hello/Dockerfile',
        context='cmd/hello',
        declared=False,
    ),
    case(
        'a step that makes a go.mod beside the Dockerfile, which has one',
        app('COPY . .', 'RUN go mod init example.com/hello && go build -o /x'),
        {'go.mod': BARE, 'cmd/hello/go.mod': BARE, 'cmd/hello/main.go': HELLO},
        at='cmd/hello/Dockerfile',
        context='cmd/hello',
        declared=False,
        other='check-tidy-order cmd/hello/Dockerfile:4',
        builds='already exists',
    ),
)
CASES = (*NO_MODULE, *TARGETS, *IGNORED, *PACKAGES, *EMBEDS, *FLAGS, *UNNAMED, *TEMPLATES, *UNWRITTEN)

"""What go is told to build, the packages and embedded files that it takes: there, or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cases._case import BARE, HELLO, Case, app, case

if TYPE_CHECKING:
    from collections.abc import Mapping

SKIP = 'skip: what go says does not hang on the builder'
NO_FOLDER = 'directory not found'
NO_FILES = 'no Go files in'
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
CASES = (*TARGETS, *IGNORED)

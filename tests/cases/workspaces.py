"""Workspaces that the build makes by `go work`, and patterns of packages in a workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cases._case import HELLO, Case, app, case

if TYPE_CHECKING:
    from collections.abc import Mapping


def _module(name: str, file: str, text: str) -> dict[str, str]:
    return {f'{name}/go.mod': f'module example.com/{name}\n\ngo 1.21\n', f'{name}/{file}': text}


TREE: Mapping[str, str] = {
    **_module('api', 'main.go', HELLO),
    **_module('lib', 'lib.go', 'package lib\n'),
    'doc/notes.txt': 'nothing for go\n',
}
LISTED: Mapping[str, str] = {**TREE, 'go.work': 'go 1.21\n\nuse (\n\t./api\n\t./lib\n)\n'}
BUILD = 'RUN go build -o /bin/api ./api'
NO_WORK, NO_MEMBER, NO_MODULES = 'no go.work file found', 'not one of the workspace modules', 'no modules were found'
LOST = 'cannot load module lib listed in go.work'
PREFIX = 'does not contain modules listed in go.work'


def _made(name: str, *steps: str, at: str = '', builds: str = '', tree: Mapping[str, str] = TREE) -> Case:
    """A workspace made by the build; `at` is the line of a finding."""
    other = f'check-tidy-order {at}' if at else ''
    return case(f'go work: {name}', app(*steps), tree, other=other, builds=builds)


MADE = (
    _made('init of all members', 'COPY . .', 'RUN go work init ./api ./lib', BUILD, 'RUN go vet ./lib'),
    _made('a folder that comes later', 'COPY api api', 'RUN go work init ./api', 'COPY lib lib', BUILD),
    _made(
        'a module that comes later is built',
        'COPY lib lib',
        'RUN go work init ./lib',
        'COPY api api',
        BUILD,
        at='6',
        builds=NO_MEMBER,
    ),
    _made(
        'and is used before',
        'COPY lib lib',
        'RUN go work init ./lib',
        'COPY api api',
        f'{BUILD[:4]}go work use ./api && {BUILD[4:]}',
    ),
    _made(
        'a member that is removed',
        'COPY . .',
        'RUN go work init ./api ./lib',
        'RUN rm -r lib',
        BUILD,
        at='6',
        builds=LOST,
    ),
    _made(
        'a member that is removed, and dropped',
        'COPY . .',
        'RUN go work init ./api ./lib',
        'RUN rm -r lib && go work edit -dropuse=./lib',
        BUILD,
    ),
    _made(
        'a stage that takes go.work, and not all members',
        'COPY . .',
        'RUN go work init ./api ./lib',
        'FROM golang:1.21',
        'COPY --from=0 /app/go.work /ws/',
        'COPY api /ws/api',
        'RUN cd /ws && go build -o /bin/api ./api',
        at='8',
        builds=LOST,
    ),
    _made(
        'a member of which go.mod is gone',
        'COPY . .',
        'RUN go work init ./lib',
        'RUN rm lib/go.mod && go work use ./lib ./api',
        BUILD,
    ),
    _made(
        'edit drops what is built',
        'COPY . .',
        'RUN go work init ./api && go work edit -dropuse=./api',
        BUILD,
        at='5',
        builds=NO_MODULES,
    ),
    _made('edit takes a folder without a dot', 'COPY . .', 'RUN go work init && go work edit -use=api', BUILD),
    _made(
        'edit takes a folder that is not there',
        'COPY api api',
        'RUN go work init ./api && go work edit -use=./lib',
        BUILD,
        at='5',
        builds=LOST,
    ),
    _made('init of nothing', 'COPY . .', 'RUN go work init', BUILD, at='5', builds=NO_MODULES),
    _made('init of nothing, then -r', 'COPY . .', 'RUN go work init && go work use -r .', BUILD),
    _made(
        '-r of another folder', 'COPY . .', 'RUN go work init && go work use -r lib', BUILD, at='5', builds=NO_MEMBER
    ),
    _made(
        'init from below', 'COPY . .', 'RUN cd api && go work init . ../lib && go build -o /bin/api . && go vet ../lib'
    ),
    _made(
        'init below another',
        'COPY . .',
        'RUN go work init ./api',
        'RUN cd api && go work init .',
        at='5',
        builds='already exists',
    ),
    _made(
        'init below another that is off',
        'COPY . .',
        'RUN go work init ./api',
        'RUN cd api && GOWORK=off go work init .',
        'RUN cd api && go build .',
    ),
    _made(
        'init where GOWORK says',
        'COPY . .',
        'RUN mkdir /ws && GOWORK=/ws/go.work go work init ./api && cat /ws/go.work',
        'RUN cd lib && go vet .',
    ),
    _made(
        'init of a folder that is not there',
        'COPY api api',
        'RUN go work init ./api ./lib',
        at='4',
        builds='directory lib does not exist',
    ),
    _made(
        'use of a folder that is not there',
        'COPY api api',
        'RUN go work init ./api && go work use ./lib',
        at='4',
        builds='directory lib does not exist',
    ),
    _made('use of a folder that is no module', 'COPY . .', 'RUN go work init ./api ./doc && go work use ./doc', BUILD),
    _made('use without one', 'COPY . .', 'RUN go work use ./api', at='4', builds=NO_WORK),
    _made(
        'use where it is off', 'COPY . .', 'RUN go work init && GOWORK=off go work use ./api', at='4', builds=NO_WORK
    ),
    _made('use where it is', 'COPY . .', 'RUN go work use ./api', BUILD, tree=LISTED),
    _made(
        'sync without one',
        'COPY . .',
        'RUN go work sync && go -C api build .',
        at='4',
        builds=NO_WORK,
        tree={**TREE, 'go.mod': 'module example.com/top\n'},
    ),
    _made(
        'two modules of the same name',
        'COPY . .',
        'RUN go work init ./api ./lab',
        BUILD,
        at='5',
        builds='appears multiple times in workspace',
        tree={**TREE, **{path.replace('api/', 'lab/'): text for path, text in TREE.items()}},
    ),
    _made(
        '-mod=mod',
        'COPY . .',
        'RUN go work init ./api',
        'RUN go build -mod=mod -o /bin/api ./api',
        at='5',
        builds='-mod may only be set to',
    ),
    _made(
        '-mod=mod, and GOWORK=off', 'COPY . .', 'RUN go work init ./api', 'RUN cd api && GOWORK=off go build -mod=mod .'
    ),
)


def _pattern(name: str, command: str, wrong: bool = False) -> Case:
    """A pattern of packages at the top of a workspace whose members lie below."""
    at = 'check-tidy-order 4' if wrong else ''
    return case(f'a workspace: {name}', app('COPY . .', f'RUN {command}'), LISTED, other=at, builds=PREFIX * wrong)


PATTERNS = (
    _pattern('`./...` at its top, which is no member', 'go build ./...', wrong=True),
    _pattern('the same of go test', 'go test ./...', wrong=True),
    _pattern('the same of go list', 'go list ./...', wrong=True),
    _pattern('which -e forgives', 'go list -e ./...'),
    _pattern('and Go 1.21 at go generate', 'go generate ./...'),
    _pattern('a folder that is no member', 'go vet ./doc/...', wrong=True),
    _pattern('the members', 'go vet ./api/... ./lib/...'),
    _pattern('all', 'go vet all'),
    _pattern('a member by its path', 'go vet example.com/api/...'),
)

CASES: tuple[Case, ...] = (*MADE, *PATTERNS)

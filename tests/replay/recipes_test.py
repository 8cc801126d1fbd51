"""make and scripts in a RUN: which go commands they run, where, with what, and whether for sure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests._memory import GO_MOD, MAIN, app, calls, moments

if TYPE_CHECKING:
    from hooks.replay.shell import Call

TREE = {'go.mod': GO_MOD, 'go.sum': 'x', 'main.go': MAIN, 'sub/x': '', 'cmd/api/main.go': MAIN, 'cmd/job/main.go': MAIN}


def made(makefile: str, run: str = 'make', files: dict[str, str] | None = None) -> list[Call]:
    """The go commands of a RUN, where a Makefile and files like a module's are in /app."""
    text = makefile.replace('    ', '\t') + '\n'
    return calls(app('COPY . .', f'RUN {run}'), {**TREE, 'Makefile': text, **(files or {})})


def told(call: Call) -> str:
    """The command in its folder, '!' in front of one that must pass."""
    sure = '!' if call.fatal and call.shell.sure else ''
    words = [word or '?' for word in call.command.words]
    return f'{sure}{call.shell.cwd}: {" ".join(words)}'


@pytest.mark.parametrize(
    ('makefile', 'run', 'expected'),
    [
        pytest.param('a:\n    go build .', 'make', ['!/app: build .'], id='the first target'),
        pytest.param('.x:\na:\n    go vet\nb:\n    go build', 'make b', ['!/app: build'], id='a target'),
        pytest.param('.DEFAULT_GOAL := b\na:\n    go vet\nb:\n    go build', 'make', ['!/app: build'], id='a goal'),
        pytest.param('a: b\n    go build\nb:\n    go vet', 'make', ['!/app: vet', '!/app: build'], id='what it needs'),
        pytest.param('a:\n    cd sub\n    go build', 'make', ['!/app: build'], id='a shell for each line'),
        pytest.param('a:\n    cd sub && \\\n    go build', 'make', ['!/app/sub: build'], id='over two lines'),
        pytest.param('G ?= go\na:\n    $(G) build $(A)', 'make A=-x', ['!/app: build -x'], id='variables'),
        pytest.param('a:\n    go build $${X} $(X)', 'X=1 make', ['!/app: build 1 1'], id='the environment'),
        pytest.param('a:\n    -go vet\n    @go build', 'make', ['/app: vet', '!/app: build'], id='a failure ignored'),
        pytest.param('a:\n    go build', 'make -i', ['/app: build'], id='make -i'),
        pytest.param('a:\n    go build', 'make || true', ['/app: build'], id='make that may fail'),
        pytest.param('a:\n    go build', 'make -j4 -s --no-print-directory', ['!/app: build'], id='options'),
        pytest.param('a:\n    go build -ldflags "-X main.v=$(V)" .', 'make V=$(git describe) a',
                     ['!/app: build -ldflags -X main.v=\ufffd .'], id='what git says'),
        pytest.param('a:\n    go build', 'make -j $(nproc) a', ['!/app: build'], id='how many at a time'),
        pytest.param('a:\n    go build\n%:\n    @:', 'make a', ['!/app: build'], id='a rule for all that has none'),
        pytest.param('a:\n    $(MAKE) b X=2\nb:\n    go build $(X)', 'make', ['!/app: build 2'], id='make in make'),
        pytest.param('a:\n    $(MAKE) b\nb:\n    go build $(X)', 'make X=2', ['!/app: build 2'], id='what it hands on'),
        pytest.param('ifeq ($(OS),Windows_NT)\nE=.exe\nendif\na:\n    go build -o x$(E)', 'make',
                     ['!/app: build -o x'], id='a condition'),
        pytest.param('G := $(shell cat os)\na:\nifeq ($(G),windows)\n    go vet\nendif\n    go build', 'make',
                     ['/app: vet', '!/app: build'], id='a condition that nobody knows'),
        pytest.param('a:\nifdef V\n    go vet\nelse\n    go build\nendif', 'make', ['!/app: build'],
                     id='a condition in a recipe'),
        pytest.param('V := $(shell git describe)\na:\n    go build -ldflags "-X main.v=$(V)" .', 'make',
                     ['!/app: build -ldflags -X main.v=\ufffd .'], id='a value that git knows'),
        pytest.param("V := $(shell git describe)\na:\n    go build -ldflags '-X main.v=$(V)' .", 'make',
                     ['!/app: build -ldflags -X main.v=\ufffd .'], id='in single quotes'),
        pytest.param('S := $(shell find . -name "*.go")\nbin/a: $(S)\n    go build -o $@', 'make',
                     ['!/app: build -o bin/a'], id='files that a program finds'),
        pytest.param('C := $(notdir $(wildcard cmd/*))\na: $(addprefix b-,$(C))\nb-%:\n    go build ./cmd/$*\n', 'make',
                     ['!/app: build ./cmd/api', '!/app: build ./cmd/job'], id='a pattern rule'),
        pytest.param('C := $(notdir $(wildcard cmd/*))\na: $(C)\n$(C):\n    go build ./cmd/$@\n', 'make',
                     ['!/app: build ./cmd/api', '!/app: build ./cmd/job'], id='a folder each'),
        pytest.param('C = api job\na:\n    $(foreach c,$(C),go build ./cmd/$(c) &&) true', 'make',
                     ['!/app: build ./cmd/api', '!/app: build ./cmd/job'], id='foreach'),
        pytest.param('a: export X = 1\na:\n    go build $$X', 'make', ['!/app: build 1'], id='a variable of its own'),
        pytest.param('export GOFLAGS := -mod=mod\na:\n    go build', 'make', ['!/app: build'], id='export'),
        pytest.param('sub:\n    go build', 'make sub', [], id='a target that is there'),
        pytest.param('.PHONY: sub\nsub:\n    go build', 'make sub', ['!/app: build'], id='that is no file'),
        pytest.param('main.go: go.mod\n    go generate', 'make main.go', ['/app: generate'], id='a file that is there'),
        pytest.param('include more.mk\na: b', 'make', ['!/app: vet'], id='include'),
        pytest.param('V := $(shell ./unknown)\ninclude more.mk\na: b', 'make', ['/app: vet'], id='behind a program'),
        pytest.param('a:\n    go build\n$(shell ./list):\n    x', 'make', ['/app: build'], id='it names targets'),
        pytest.param('-include nowhere.mk\na:\n    go build', 'make', ['!/app: build'], id='-include'),
        pytest.param('SHELL := /bin/bash\n.SHELLFLAGS := -eu -o pipefail -c\na:\n    go build; ls', 'make',
                     ['!/app: build'], id='a shell with options'),
        pytest.param('a:\n    go build; ls', 'make', ['/app: build'], id='a line whose end counts'),
        pytest.param('define go\n@go vet\ngo build $(1)\nendef\na:\n    $(call go,-x)', 'make',
                     ['!/app: vet', '!/app: build -x'], id='lines in a variable'),
    ],
)  # fmt: skip
def test_what_make_runs(makefile: str, run: str, expected: list[str]) -> None:
    files = {'more.mk': 'b:\n\tgo vet\n'}
    assert [told(call) for call in made(makefile, run, files)] == expected


def test_a_recipe_has_the_variables_that_the_makefile_exports() -> None:
    (call,) = made('export GOFLAGS := -mod=mod\nCGO_ENABLED := 0\na:\n    go build', 'make')
    assert call.command.flags['mod'] == 'mod'
    assert call.shell.env.get('CGO_ENABLED', '') == ''
    (call,) = made('CGO_ENABLED := 0\na:\n    go build', 'CGO_ENABLED=1 make')
    assert call.shell.env['CGO_ENABLED'] == '0'


@pytest.mark.parametrize(
    'makefile',
    [
        pytest.param('.ONESHELL:\na:\n    cd sub\n    go build', id='.ONESHELL'),
        pytest.param('a: $(shell cat list)\n    go build', id='needs that nobody knows'),
        pytest.param('ifeq ($(shell git branch),x)\na:\n    go vet\nelse\na:\n    go build\nendif', id='a condition'),
        pytest.param('include $(shell cat list)\na:\n    go build', id='an include'),
        pytest.param('a:\n    go build\n%: x\n    @:', id='a rule by which the Makefile is made'),
        pytest.param('vpath %.go src\na:\n    go build', id='vpath'),
        pytest.param('a:\n    $(error stop)\n    go build', id='an error'),
        pytest.param('a:\n    go build\noops', id='no Makefile at all'),
        pytest.param('a: b\n    go build\n$(shell cat list): c', id='a rule without a name that is known'),
    ],
)
def test_what_is_not_understood_may_do_anything(makefile: str) -> None:
    assert made(makefile) == []
    (call,) = made(makefile, 'make; go test')
    assert call.shell.view.look('/app/other/go.mod').kind == 'unknown'


def test_one_recipe_that_is_not_understood_leaves_the_others() -> None:
    text = '.PHONY: build\na: gen build\ngen: %.pb: %.proto\nbuild:\n    go build'
    assert [told(call) for call in made(text)] == ['!/app: build']


def test_a_command_stands_in_its_line() -> None:
    (call,) = made('all: build\n\nbuild:\n    @echo build\n    cd sub && \\\n      go build', 'make all')
    assert call.by == ('make all', 'Makefile', 6)


def test_make_in_another_folder() -> None:
    files = {**TREE, 'sub/Makefile': 'a:\n\tgo build\n', 'build.mk': 'b:\n\tgo vet\n'}
    dockerfile = app('COPY . .', 'RUN make -C sub', 'RUN make -f build.mk', 'RUN cd sub && make')
    found = calls(dockerfile, files)
    assert [told(call) for call in found] == ['!/app/sub: build', '!/app: vet', '!/app/sub: build']
    assert [call.by and call.by.path for call in found] == ['sub/Makefile', 'build.mk', 'sub/Makefile']


@pytest.mark.parametrize(
    ('run', 'says'),
    [
        ('make', 'No targets specified and no makefile found'),
        ('make build', "No rule to make target 'build'"),
        ('make -s build', "No rule to make target 'build'"),
        ('make || true', ''),
        ('make sub', ''),
        ('make -f other.mk', ''),
    ],
)
def test_without_a_makefile_make_fails(run: str, says: str) -> None:
    found = [moment.failure for moment in moments(app('COPY . .', f'RUN {run}'), TREE) if moment.failure]
    assert [each.says for each in found] == ([says] if says else [])


def test_a_goal_without_a_rule_fails() -> None:
    files = {**TREE, 'Makefile': 'build:\n\tgo build\n'}
    found = [moment.failure for moment in moments(app('COPY . .', 'RUN make bulid'), files) if moment.failure]
    assert [each.says for each in found] == ["No rule to make target 'bulid'"]


# Scripts


def run(text: str, command: str = './x.sh', path: str = 'x.sh') -> list[Call]:
    """The go commands of a RUN, where a script is in /app."""
    return calls(app('COPY . .', f'RUN {command}'), {**TREE, path: f'{text}\n'})


@pytest.mark.parametrize(
    ('text', 'command', 'expected'),
    [
        pytest.param('#!/bin/sh\ngo build', './x.sh', ['!/app: build'], id='by its path'),
        pytest.param('go build', './x.sh', ['!/app: build'], id='without a shebang'),
        pytest.param('#!/bin/sh\ngo build\necho', './x.sh', ['/app: build'], id='whose last command counts'),
        pytest.param('#!/bin/sh -e\ngo build\necho', './x.sh', ['!/app: build'], id='with -e'),
        pytest.param('#!/usr/bin/env bash\nset -euo pipefail\ngo build | cat', './x.sh', ['!/app: build'], id='env'),
        pytest.param('#!/usr/bin/env -S bash -e\ngo build\necho', './x.sh', ['!/app: build'], id='env -S'),
        pytest.param('#!/bin/sh\ngo build', './x.sh || true', ['/app: build'], id='that may fail'),
        pytest.param('go build "$1" $2', 'sh x.sh -v ./cmd/api', ['!/app: build -v ./cmd/api'], id='arguments'),
        pytest.param('go build "$@"', 'bash -e x.sh -v .', ['!/app: build -v .'], id='all of them'),
        pytest.param('cd "$1"\ngo build', 'sh x.sh sub', ['!/app/sub: build'], id='a folder'),
        pytest.param('cd "$(dirname "$0")"\ngo build', 'cd sub && sh ../x.sh', ['!/app: build'], id='its own'),
        pytest.param('cd $(dirname $0)/sub && go build', '/app/x.sh', ['!/app/sub: build'], id='unquoted'),
        pytest.param('cd `dirname $0` && go build', '/app/x.sh', ['!/app: build'], id='in backquotes'),
        pytest.param('cd "${0%/*}/cmd" && go build', './x.sh', ['!/app/cmd: build'], id='cut off'),
        pytest.param('HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)\ncd "$HERE/sub"; go build', 'bash ./x.sh',
                     ['!/app/sub: build'], id='bash'),
        pytest.param('export GOFLAGS=-x\ngo build', '. ./x.sh; go vet', ['/app: build', '!/app: vet'], id='sourced'),
        pytest.param('cd sub\nreturn', '. ./x.sh && go vet', ['!/app/sub: vet'], id='that returns'),
        pytest.param('#!/bin/sh\ncd sub', './x.sh && go vet', ['!/app: vet'], id='whose folder ends with it'),
        pytest.param('#!/usr/bin/python3\ngo build', './x.sh; go vet', ['!/app: vet'], id='another program'),
        pytest.param('go build', 'bash -n x.sh; go vet', ['!/app: vet'], id='that does not run'),
        pytest.param('trap "rm -f x" EXIT\ngo build', './x.sh; go vet', ['!/app: vet'], id='not understood'),
        pytest.param('#!/bin/sh\n./x.sh', './x.sh; go vet', ['!/app: vet'], id='that runs itself'),
    ],
)  # fmt: skip
def test_what_a_script_runs(text: str, command: str, expected: list[str]) -> None:
    assert [told(call) for call in run(text, command)] == expected


def test_a_command_of_a_script_stands_in_its_line() -> None:
    (call,) = run('#!/bin/sh\n# go build\nset -e\ngo build \\\n  ./cmd/api\n', 'sh x.sh a')
    assert call.by == ('sh x.sh a', 'x.sh', 4)


def test_a_script_that_is_not_understood_may_do_anything() -> None:
    call = run('#!/bin/sh\ntrap "go build" EXIT', './x.sh; go vet')[-1]
    assert call.shell.view.look('/app/other/go.mod').kind == 'unknown'


def test_a_program_that_nobody_knows_writes_no_makefile_and_no_script() -> None:
    files = {**TREE, 'Makefile': '.PHONY: a\na:\n\tgo build\n', 'x.sh': 'go vet\n'}
    found = calls(app('COPY . .', 'RUN npm ci', 'RUN make', 'RUN sh ./x.sh', 'RUN tar xf x', 'RUN make'), files)
    assert [told(call) for call in found] == ['!/app: build', '!/app: vet']


def test_make_and_scripts_run_each_other() -> None:
    files = {**TREE, 'Makefile': 'a:\n\t./x.sh $(V)\n', 'x.sh': '#!/bin/sh\nmake b V=$1\n', 'makefile.mk': ''}
    files['Makefile'] += 'b:\n\tgo build $(V)\n'
    (call,) = calls(app('COPY . .', 'RUN make V=-x'), files)
    assert told(call) == '!/app: build -x'
    assert call.by == ('make V=-x', 'Makefile', 4)

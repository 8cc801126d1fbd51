"""What a RUN's script makes of a failure: errexit and where it is ignored, exits, variables, wrappers, shells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cases._case import BARE, HELLO, HELLO_TREE, INCONSISTENT, MISSING, NO_MOD, TREE, Case, app, case

if TYPE_CHECKING:
    from collections.abc import Mapping

COPY = 'COPY . .'
BELOW: Mapping[str, str] = {'svc/go.mod': BARE, 'svc/main.go': HELLO}
WHOLE: Mapping[str, str] = {**TREE}
PROFILE = 'RUN echo "export GOFLAGS=-mod=mod PATH=$PATH" > /etc/profile'
FLAGS: Mapping[str, str] = {**TREE, 'flags': '-mod=mod\n', 'go.sum': ''}
EXIT, NOT_FOUND = 'did not complete successfully', 'g: not found'
# How a step that fails without a word of its own ends in the other builders.
CLASSIC, BUILDAH = 'returned a non-zero code', 'exit status'


def _passes(name: str, script: str, tree: Mapping[str, str] = TREE, *steps: str) -> Case:
    """A build that passes although go.sum is not there, or although it looks so."""
    context = '' if tree is BELOW else None
    text = app(*steps, COPY, f'RUN {script}')
    return case(name, text, tree, without='go.sum' if tree is TREE else '', context=context)


def _fails(name: str, script: str, builds: str = MISSING, tree: Mapping[str, str] = TREE, *steps: str) -> Case:
    line, context = 4 + len(steps), '' if tree is BELOW else None
    without = 'go.sum' if tree is TREE else ''
    text = app(*steps, COPY, f'RUN {script}')
    other, wordless = f'check-tidy-order {line}', builds in (EXIT, NOT_FOUND)
    classic, buildah = (CLASSIC, BUILDAH) if wordless else (None, None)
    return case(
        name, text, tree, without=without, context=context, other=other, builds=builds, classic=classic, buildah=buildah
    )


IGNORED = (
    _passes('set -e does not see the left of && in a branch', 'set -e; if true; then go build . && ls; fi; ls'),
    _passes('nor in the other branch', 'set -e; if [ -d vendor ]; then ls; else go build . && ls; fi; ls'),
    _passes('nor what runs in a group on the left of &&', 'set -e; { go build .; ls; } && ls'),
    _passes('nor a group that ends in an && list', 'set -e; { go build . && ls; }; ls'),
    _passes('nor a loop on the left of &&', 'set -e; for i in 1; do go build .; ls; done && ls'),
    _passes('nor a subshell on the left of &&', 'set -e; ( go build .; ls ) && ls'),
    _passes('nor a function that is called there', 'set -e; f() { go build .; ls; }; f && ls'),
    _passes('nor what stands under !', 'set -e; ! { go build .; ls; }; ls'),
    _passes('nor a condition', 'set -e; while go build .; do ls; break; done; ls'),
    _passes('set +e takes it back', 'set -e; set +e; go build .; ls'),
    _passes('a script that leaves before', 'if [ ! -f go.sum ]; then exit 0; fi; go build .'),
    _passes('an exit of a subshell is no exit', '( go build . || exit 1 ); ls'),
    _passes('a loop that is left', 'for d in a b; do break; go build .; done'),
    _passes('a function that returns before', 'f() { return 0; go build .; }; f'),
    _fails('a subshell that ends in an && list counts', 'set -e; ( go build . && ls ); ls'),
    _fails('and a function', 'set -e; f() { go build . && ls; }; f; ls'),
    _fails('and a loop behind a pipe', 'set -e; echo | { go build . && ls; }; ls'),
    _fails('a shell of its own begins anew', "sh -ec 'go build .; ls' && ls"),
    _fails('a branch that is taken', 'set -e; if [ -f go.mod ]; then go build .; ls; fi; ls'),
    _fails('a condition whose other branch exits', 'if go build .; then ls; else exit 1; fi; ls'),
    _fails('what fails is turned into an exit', 'if ! go build .; then echo failed; exit 1; fi; ls'),
    _fails('by a function', 'die() { echo "$1"; exit 1; }; go build . || die failed; ls'),
    _fails('exit hands on the status', 'go build . || exit; ls'),
    _fails('eval of a known text', 'eval "go build ."'),
)
CERTAIN = (
    _fails('a folder that is not there', 'cd cmd && go build .', "can't cd to cmd", HELLO_TREE),
    _fails('a file in its place', 'cd main.go && go build .', "can't cd to main.go", HELLO_TREE),
    _fails('a test for go.sum, or exit', '[ -f go.sum ] || exit 1', EXIT),
    _fails('an if that exits', 'if [ ! -f go.sum ]; then echo "no go.sum" >&2; exit 1; fi', EXIT),
    _fails('a test as the status of the step', '[ -f go.sum ] && go mod download', EXIT),
    _fails('|| and && bind alike', 'go build . || echo failed && exit 1', EXIT, HELLO_TREE),
    _fails('a substitution that fails is the status of an assignment', 'V=$(false) && go build .', EXIT, HELLO_TREE),
    _passes('but not that of an export', 'export V=$(false) && go build .', HELLO_TREE),
    _passes('nor that of a command', 'echo $(false) && go build .', HELLO_TREE),
    _fails('rm of a go.sum that is not there', 'rm go.sum && go mod tidy && go build .', 'No such file', TREE),
    _fails('mv of one', 'mv go.sum /tmp/ && go mod tidy', 'No such file', TREE),
    _fails('cp of a go.work', 'cp go.work /tmp/ && go build .', 'No such file', HELLO_TREE),
    _fails('cp into a folder that is not there', 'cp main.go out/main.go && go build .', 'No such file', HELLO_TREE),
    _fails('mv into one', 'cp main.go x.txt; mv x.txt out/sub/ && go build .', 'o such file', HELLO_TREE),
    _passes('cp to a new folder', 'cp -r . /out && cp main.go /out/copy.txt', HELLO_TREE),
    _passes('into one that is made', 'mkdir -p out && cp main.go out/main.txt', HELLO_TREE),
    _passes('into one that go writes', 'go build -o out/app . && cp main.go out/main.txt', HELLO_TREE),
    _passes('into a folder of the system', 'cp main.go /usr/local/bin/x', HELLO_TREE),
    _passes('into one that is mounted', '--mount=type=cache,target=/app/out cp main.go out/x', HELLO_TREE)._replace(
        classic='skip: it knows no mounts'
    ),
    _passes('into one that may not be there', 'cp main.go out/main.txt || true', HELLO_TREE),
    _passes('rm -f of one', 'rm -f go.sum && go mod tidy && go build .'),
    _passes('rm of one that may fail', 'rm go.sum; go mod tidy && go build .'),
    _passes('rm of one that is there', 'go mod tidy && rm go.sum && go mod tidy && go build .'),
    _passes('a folder that a step makes', 'mkdir cmd && cd cmd && go version', HELLO_TREE),
    _passes('a folder that go build may have made', 'go build -o bin/app . && cd bin && ls', HELLO_TREE),
    _passes('a folder that may not be there', 'cd cmd || cd .; go build .', HELLO_TREE),
    _passes('a test that may fail', '[ -f go.sum ] || go mod tidy; go build .'),
    _passes('a test of what go has built', 'go build -o app . && [ -f app ]', HELLO_TREE),
    _fails('an alias on its own line', 'alias g=go; g build .', NOT_FOUND, HELLO_TREE),
)
RUNS: Mapping[str, str] = {**HELLO_TREE, 'ci/run.sh': 'go version\n'}
HIDDEN: Mapping[str, str] = {**RUNS, '.dockerignore': 'ci\n'}
NO_SCRIPT = './ci/lint.sh: not found'
FILES = (
    _fails('a script that is nowhere', './ci/lint.sh && go build .', NO_SCRIPT, RUNS),
    _fails('in a script of its own', 'set -e; ( ./ci/lint.sh ); go build .', NO_SCRIPT, RUNS),
    _fails('one that a shell is to run', 'sh -e ci/lint.sh && go build .', "can't open 'ci/lint.sh'", RUNS),
    _fails('one that this shell is to run', '. ./ci/env.sh && go build .', "can't open './ci/env.sh'", RUNS),
    _fails('one that an ignore file hides', 'sh ci/run.sh', "can't open 'ci/run.sh'", HIDDEN),
    _passes('a script that is there', 'sh ci/run.sh && . ./ci/run.sh && go build .', RUNS),
    _passes('one that a command writes', 'echo "go version" > ci/lint.sh && sh ci/lint.sh', RUNS),
    _passes('one that is copied there', 'cp -r ci tools && sh tools/run.sh && ln -s tools t && sh t/run.sh', RUNS),
    _passes('one that may not be there', '[ -x ci/lint.sh ] && ./ci/lint.sh; ./ci/lint.sh || go build .', RUNS),
    _passes('one that go has built', 'go build -o ci/lint . && ./ci/lint', RUNS),
)
TESTS = (
    _fails('two tests at once', 'if [ -f go.mod -a -f main.go ]; then go build .; fi'),
    _fails('one of two tests', 'if [ -d vendor -o ! -f go.sum ]; then go build .; fi'),
    _fails('numbers', 'if [ 2 -gt 1 ] && [ 1 -le 1 ]; then go build .; fi'),
    _passes('two tests of which one fails', 'if [ -f go.mod -a ! -f main.go ]; then go build .; fi'),
    _passes('neither of two', 'if [ -d vendor -o -f go.sum ]; then go build .; fi'),
    _passes('other numbers', 'if [ 2 -lt 1 ] || [ 1 -ne 1 ]; then go build .; fi'),
    _passes('a number that nobody knows', 'if [ "$(ls | wc -l)" -eq 0 ]; then go build .; fi'),
    _fails('exit with the last status', 'for d in . ci; do (cd $d && go build .) || exit $?; done'),
    _passes('which is 0 behind what passes', 'go build . || ls; exit $?'),
    _passes('and that of another command behind one', 'go build . || { ls; exit $?; }'),
)


def _lacks(name: str, dockerfile: str, builds: str) -> Case:
    """A RUN in line 4 asks for what the image comes without."""
    return case(name, dockerfile, BELOW, context='', other='check-go-version 4', builds=builds)


ALPINE = 'golang:1.21-alpine'
SHELLS = (
    _lacks('what bash alone knows', app(COPY, 'RUN pushd svc && go build . && popd'), 'pushd: not found'),
    _lacks('in a script for sh', app(COPY, 'RUN sh -ec "pushd svc; go build .; popd"'), 'pushd: not found'),
    _lacks('and an option of bash', app(COPY, 'RUN shopt -s globstar && cd svc && go vet .'), 'shopt: not found'),
    _passes('a function called pushd', 'pushd() { cd "$1"; }; pushd svc && go build .', BELOW),
    _passes('a pushd that may fail', 'pushd svc || cd svc; go build .', BELOW),
    _lacks(
        'a heredoc for bash, where there is none',
        app(COPY, 'RUN <<EOF', '#!/bin/bash', 'cd svc && go build .', 'EOF', base=ALPINE),
        '/dev/pipes/EOF: not found',
    ),
    _lacks(
        'and one that env is to find',
        app(COPY, 'RUN <<EOF', '#!/usr/bin/env bash', 'cd svc && go build .', 'EOF', base=ALPINE),
        "can't execute 'bash'",
    ),
    case(
        'a heredoc for sh, and one that holds a script for bash',
        app(
            *(COPY, 'RUN <<EOF', '#!/bin/sh -e', 'cd svc', 'go build .', 'EOF'),
            *('RUN cat > x.sh <<EOF', '#!/bin/bash', 'EOF'),
            base=ALPINE,
        ),
        BELOW,
        context='',
    ),
)
VARIABLES = (
    _passes('an assignment does not reach go', 'GOFLAGS=-mod=vendor; go build .', HELLO_TREE),
    _passes('a default that is assigned', ': ${F:=-mod=mod}; go build $F .'),
    _passes('and exported', ': "${GOFLAGS:=-mod=mod}"; export GOFLAGS; go build .'),
    _passes('flags that a file says', 'go build $(cat flags) .', FLAGS),
    _passes('in backquotes', 'go build `cat flags` .', FLAGS),
    _passes('read by the shell', 'read f < flags; go build $f .', FLAGS),
    _passes('the arguments of a function', 'f() { go build "$@" .; }; f -mod=mod'),
    _passes('unset', 'unset GOFLAGS; go build .', HELLO_TREE, 'ENV GOFLAGS=-mod=vendor'),
    _passes('a folder that is an argument', 'f() { cd "$1" && go build .; }; f svc', BELOW),
    _passes('there and back', 'cd svc && cd - && cd svc && go build .', BELOW),
    _passes(
        'a folder that a loop reads',
        'ls -d s* | while read d; do cd "$d"; done; cd svc && go build .',
        BELOW,
    ),
    _fails('an exported one reaches go', 'export GOFLAGS=-mod=vendor; go build .', INCONSISTENT, WHOLE),
    _fails('one of ENV stays exported', 'GOFLAGS=-mod=vendor; go build .', INCONSISTENT, WHOLE, 'ENV GOFLAGS='),
    _fails('back where go.mod is not', 'cd svc && cd - && go build .', NO_MOD, BELOW),
)
WRAPPERS = (
    _passes('env -u', 'env -u GOFLAGS go build .', HELLO_TREE, 'ENV GOFLAGS=-mod=vendor'),
    _passes('env -uNAME', 'env -uGOFLAGS go build .', HELLO_TREE, 'ENV GOFLAGS=-mod=vendor'),
    _passes('xargs, elsewhere', 'echo /app | xargs -I{} sh -c "cd {} && go mod tidy"; go build .'),
    _fails('env -u of what helped', 'env -u GOFLAGS go build .', MISSING, TREE, 'ENV GOFLAGS=-mod=mod'),
    _fails('command', 'command go build .'),
    _fails('timeout with options', 'timeout -s INT 600 go build .'),
    _fails('exec', 'exec go build .; true'),
    _passes('a profile that a login shell reads', 'sh -lc "go build ."', TREE, PROFILE),
)  # fmt: skip
CASES = (*IGNORED, *CERTAIN, *FILES, *TESTS, *SHELLS, *VARIABLES, *WRAPPERS)

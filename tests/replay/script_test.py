"""A RUN's script: which go commands run, whether for sure, and whose failure is the step's."""

from __future__ import annotations

import pytest

from hooks.context.tree import ABSENT, FILE, IS_FOLDER, UNKNOWN, WRITTEN
from hooks.replay.image import SCRATCH, Base, Wrote
from hooks.replay.script import Script
from hooks.replay.shell import Shell, View
from tests._memory import Memory


def walked(text: str, env: dict[str, str | None] | None = None, errexit: bool = False) -> Script:
    """A script, run in /app, which holds go.mod and sub/."""
    image = Wrote(Wrote(Base(), '/app/go.mod', WRITTEN), '/app/sub', IS_FOLDER)
    script = Script(Shell(View(image), '/app', env or {}, errexit), Memory({}))
    script.run(text)
    return script


def build(text: str, errexit: bool = False) -> tuple[bool, bool]:
    """Whether the failure of the one `go build` is the step's, and whether it runs for sure."""
    calls = [call for call in walked(text, errexit=errexit).calls if call.command.name == 'build']
    assert len(calls) == 1
    return calls[0].fatal, calls[0].shell.sure


@pytest.mark.parametrize(
    'text',
    [
        pytest.param('go build', id='alone'),
        pytest.param('go build && ls', id='on the left of &&'),
        pytest.param('ls && go build', id='on the right of &&'),
        pytest.param('ls; go build', id='last in a list'),
        pytest.param('ls\ngo build\n', id='last in lines'),
        pytest.param('go build || exit 1; ls', id='|| exit 1'),
        pytest.param('go build || { echo failed; exit 1; }; ls', id='|| a group that exits'),
        pytest.param('go build || (echo failed; exit 1)', id='|| a subshell that exits, at the end'),
        pytest.param('go build || (echo failed && false) && ls', id='|| false, in front of &&'),
        pytest.param('(go build)', id='a subshell'),
        pytest.param('{ go build; }', id='a group'),
        pytest.param('ls | go build', id='last in a pipe'),
        pytest.param('set -o pipefail; go build | cat', id='first in a pipe, with pipefail'),
        pytest.param('set -e; go build; ls', id='set -e'),
        pytest.param('set -eux; go build; ls', id='set -eux'),
        pytest.param('set -euo pipefail; go build; ls', id='set -euo pipefail'),
        pytest.param('set -o errexit; go build; ls', id='set -o errexit'),
        pytest.param('set -e; cd sub && go build; ls', id='last in a list, with set -e'),
        pytest.param('set -e; (go build; ls); ls', id='in a subshell, with set -e'),
        pytest.param('set -e; { go build; ls; }; ls', id='in a group, with set -e'),
        pytest.param('set -e; for i in a; do go build; ls; done', id='in a loop, with set -e'),
        pytest.param('for i in a; do go build; done', id='last round of a loop'),
        pytest.param('f() { go build; }; f', id='a function'),
        pytest.param('sh -c "go build"', id='sh -c'),
        pytest.param("bash -ec 'go build; ls'", id='bash -ec'),
        pytest.param('/bin/sh -xc "go build"', id='a shell by its path'),
        pytest.param('CGO_ENABLED=0 GOOS=linux go build', id='behind assignments'),
        pytest.param('env CGO_ENABLED=0 go build', id='behind env'),
        pytest.param('time sudo -E go build', id='behind wrappers'),
        pytest.param('exec go build', id='behind exec'),
        pytest.param('/usr/local/go/bin/go build', id='by its path'),
        pytest.param('eval "go build"', id='in eval'),
        pytest.param('xx-go build', id='by a cross compiler'),
        pytest.param('cd sub && go build', id='in a folder that is there'),
        pytest.param('if true; then go build; fi', id='in a branch that is taken'),
        pytest.param('if false; then ls; else go build; fi', id='in the other branch'),
        pytest.param('if [ -f go.mod ]; then go build; fi', id='where a file is there'),
        pytest.param('[ ! -f go.sum ] && go build', id='where a file is not there'),
        pytest.param('go \\\n  build', id='over two lines'),
        pytest.param('ls # go test\ngo build', id='beside a comment'),
        pytest.param('command -v go && go build', id='after it was looked for'),
        pytest.param('X=$(git describe) && go build', id='after a substitution'),
        pytest.param('cat <<EOF > x && go build\ngo test\nEOF', id='beside a heredoc'),
        pytest.param('X=`go build`', id='in an assignment'),
        pytest.param('X=$(ls; go build)', id='last in an assignment'),
        pytest.param('X=$(ls)$(go build)', id='in an assignment, behind another'),
        pytest.param('sh <<EOF\nls\ngo build\nEOF', id='last in a here-document'),
        pytest.param("bash -e <<'EOF'\ngo build\nls\nEOF", id='in a here-document, with set -e'),
    ],
)
def test_a_failure_that_is_the_steps(text: str) -> None:
    assert build(text) == (True, True)


@pytest.mark.parametrize(
    'text',
    [
        pytest.param('go build || true', id='|| true'),
        pytest.param('go build || echo failed', id='|| echo'),
        pytest.param('go build; ls', id='in front of ;'),
        pytest.param('go build\nls', id='in front of another line'),
        pytest.param('go build | cat', id='in front of a pipe'),
        pytest.param('go build & wait', id='in the background'),
        pytest.param('! go build', id='turned round'),
        pytest.param('if go build; then ls; fi', id='a condition'),
        pytest.param('if go build; then exit 1; fi', id='a condition whose body fails'),
        pytest.param('while go build; do ls; done', id="a loop's condition"),
        pytest.param('(go build; ls) || true', id='a subshell on the left of ||'),
        pytest.param('set -e; (go build; ls) || true', id='the same, where set -e is not in force'),
        pytest.param('set -e; { go build; ls; } || true', id='and in a group'),
        pytest.param('set -e; if { go build; ls; }; then ls; fi', id='and in a condition'),
        pytest.param('set -e; for i in a; do go build; ls; done || true', id='and in a loop'),
        pytest.param('set -e; go build && ls; ls', id='set -e, on the left of &&'),
        pytest.param('set -e; ! go build; ls', id='set -e, turned round'),
        pytest.param('set -e; set +e; go build; ls', id='set +e'),
        pytest.param('go build || (exit 1); ls', id='|| a subshell that exits, in front of ;'),
        pytest.param('go build || false; ls', id='|| false, in front of ;'),
        pytest.param('(go build || exit 1); ls', id='|| exit 1, of a subshell'),
        pytest.param('{ go build || exit 1; } | cat', id='|| exit 1, in a pipe'),
        pytest.param("sh -c 'go build || exit 1' || true", id='|| exit 1, of another shell'),
        pytest.param('f() { go build || return 1; }; f; ls', id='|| return 1'),
        pytest.param('go build || exit 0', id='|| exit 0'),
        pytest.param('echo $(go build)', id='in a substitution'),
        pytest.param('X=`go build` ls', id='in backquotes, before a command'),
        pytest.param('X=$(go build); ls', id='in an assignment, in front of ;'),
        pytest.param('X=$(go build)$(ls)', id='in an assignment, in front of another'),
        pytest.param('export X=$(go build)', id='in an export'),
        pytest.param('sh <<EOF\ngo build\nls\nEOF', id='in a here-document, in front of another line'),
        pytest.param('for i in a b; do ls; done; go build; ls', id='after a loop'),
    ],
)
def test_a_failure_that_is_not_the_steps(text: str) -> None:
    assert build(text)[0] is False


@pytest.mark.parametrize(
    'text',
    [
        pytest.param('if ls; then go build; fi', id='in a branch'),
        pytest.param('if ls; then ls; else go build; fi', id='in the other'),
        pytest.param('ls || go build', id='on the right of ||'),
        pytest.param('ls; ls x && go build; ls', id='on the right of && whose left side may fail'),
        pytest.param('case $HOME in a) go build ;; esac', id='in a case'),
        pytest.param('while ls; do go build; done', id='in a loop'),
        pytest.param('for d in */; do go build; done', id='in a loop over a glob'),
        pytest.param('for d in $(ls); do go build; done', id='in a loop over a substitution'),
        pytest.param('if [ -f "$(ls)" ]; then go build; fi', id='after a test of nobody knows what'),
        pytest.param('if [ -s go.mod ]; then go build; fi', id='after a test of a size'),
        pytest.param('set -e; ls && go build; ls', id='on the right of && with set -e'),
    ],
)
def test_a_command_that_may_not_run(text: str) -> None:
    assert build(text)[1] is False


@pytest.mark.parametrize(
    'text',
    [
        pytest.param('false && go build', id='after false'),
        pytest.param('true || go build', id='after true'),
        pytest.param('[ -f go.sum ] && go build', id='where a file is not there'),
        pytest.param('exit 0; go build', id='after the end'),
        pytest.param('eval "$(cat x)" "go build"', id='in eval of nobody knows what'),
        pytest.param('. ./script', id='in a script'),
        pytest.param("echo 'go build'", id='in quotes'),
        pytest.param('f() { go build; }', id='in a function that nobody calls'),
        pytest.param('sh ./go build', id='as a file'),
        pytest.param('for i in; do go build; done', id='in no round'),
        pytest.param('cat <<EOF\ngo build\nEOF', id='in a heredoc'),
    ],
)
def test_no_command_at_all(text: str) -> None:
    assert walked(text).calls == []


@pytest.mark.parametrize(
    ('text', 'cwd'),
    [
        pytest.param('cd sub && go build', '/app/sub', id='cd'),
        pytest.param('cd /srv; go build', '/srv', id='an absolute path'),
        pytest.param('cd ..; go build', '', id='up'),
        pytest.param('cd sub; cd ..; go build', '/app', id='down and up'),
        pytest.param('(cd sub && ls); go build', '/app', id='a subshell comes back'),
        pytest.param('{ cd sub && ls; }; go build', '/app/sub', id='a group does not'),
        pytest.param('cd sub | ls; go build', '/app', id='a pipe comes back'),
        pytest.param('sh -c "cd sub"; go build', '/app', id='another shell comes back'),
        pytest.param('cd sub & go build', '/app', id='the background comes back'),
        pytest.param('pushd sub; go build', '/app/sub', id='pushd'),
        pytest.param('cd $X && go build', None, id='nobody knows where to'),
        pytest.param('cd "$(ls)" && go build', None, id='what a command prints'),
        pytest.param('cd s* && go build', None, id='a glob'),
        pytest.param('cd - && go build', None, id='back'),
        pytest.param('cd && go build', None, id='home'),
        pytest.param('if ls; then cd sub; fi; go build', None, id='perhaps'),
        pytest.param('if ls; then cd sub; else cd sub; fi; go build', '/app/sub', id='in both branches'),
        pytest.param('go -C sub build', '/app/sub', id='-C in front'),
        pytest.param('go build -C sub', '/app/sub', id='-C behind'),
        pytest.param('go build -C=sub', '/app/sub', id='-C='),
        pytest.param('go build -C $X', None, id='-C nobody knows where to'),
        pytest.param('D=sub; cd $D && go build', '/app/sub', id='a variable'),
        pytest.param('for d in sub; do (cd $d && go build); done', '/app/sub', id="a loop's variable"),
        pytest.param('f() { cd $1; }; f sub; go build', '/app/sub', id="a function's argument"),
    ],
)
def test_the_folder_in_which_a_command_runs(text: str, cwd: str | None) -> None:
    assert walked(text, {'X': None}).calls[-1].shell.cwd == cwd


@pytest.mark.parametrize(
    ('text', 'value'),
    [
        pytest.param('V=a go build', 'a', id='for one command'),
        pytest.param('V=a ls; go build', 'old', id='for another command'),
        pytest.param('export V=a; go build', 'a', id='export'),
        pytest.param('export V=a W=$V; go build', 'a', id='export of several'),
        pytest.param('V=a; go build', 'a', id='an assignment'),
        pytest.param('unset V; go build', '', id='unset'),
        pytest.param('(export V=a); go build', 'old', id='in a subshell'),
        pytest.param('export V=$(ls); go build', None, id='what a command prints'),
        pytest.param('export $(cat .env); go build', None, id='whatever a file says'),
        pytest.param('if ls; then export V=a; fi; go build', None, id='perhaps'),
        pytest.param('if ls; then export V=a; else export V=a; fi; go build', 'a', id='in both branches'),
        pytest.param('env V=a go build', 'a', id='env'),
        pytest.param('env V=a ls; go build', 'old', id='env, for another command'),
        pytest.param('go env -w V=a; go build', 'old', id='go env -w does not go before the environment'),
    ],
)
def test_the_environment_of_a_command(text: str, value: str | None) -> None:
    assert walked(text, {'V': 'old'}).calls[-1].shell.env.get('V', '') == value


@pytest.mark.parametrize(
    ('text', 'kind'),
    [
        pytest.param('ls', ABSENT, id='nothing'),
        pytest.param('echo > go.sum', FILE, id='a redirect'),
        pytest.param('{ ls; } >> go.sum', FILE, id='a redirect of a group'),
        pytest.param('ls 2> go.sum', FILE, id='a redirect of errors'),
        pytest.param('ls > /dev/null 2>&1', ABSENT, id='to nowhere'),
        pytest.param('> go.sum', FILE, id='without a command'),
        pytest.param('ls < go.sum', ABSENT, id='a redirect of input'),
        pytest.param('cat <<EOF > go.sum\nx\nEOF', FILE, id='a heredoc'),
        pytest.param('ls > $X', UNKNOWN, id='to nobody knows where'),
        pytest.param('cd $X && ls > go.sum', UNKNOWN, id='from nobody knows where'),
        pytest.param('cd $X && ls > /app/go.sum', FILE, id='to an absolute path'),
        pytest.param('touch go.sum', FILE, id='touch'),
        pytest.param('touch go.sum || true', FILE, id='a program that may fail is taken to pass'),
        pytest.param('ls && touch go.sum', FILE, id='after &&'),
        pytest.param('ls || touch go.sum', UNKNOWN, id='after ||'),
        pytest.param('if ls; then touch go.sum; fi', UNKNOWN, id='in a branch'),
        pytest.param('if ls; then touch go.sum; else touch go.sum; fi', FILE, id='in both branches'),
        pytest.param('case $X in a) touch go.sum ;; esac', UNKNOWN, id='in a case'),
        pytest.param('while ls; do touch go.sum; done', UNKNOWN, id='in a loop'),
        pytest.param('for i in a b; do touch go.sum; done', FILE, id='in every round'),
        pytest.param('f() { touch go.sum; }; f', FILE, id='in a function'),
        pytest.param('(cd sub && touch ../go.sum)', FILE, id='in a subshell'),
        pytest.param('touch go.sum | ls', FILE, id='in a pipe'),
        pytest.param('touch go.sum &', UNKNOWN, id='in the background'),
        pytest.param('sh -c "touch go.sum"', FILE, id='in another shell'),
        pytest.param('sh script.sh', UNKNOWN, id='in a script'),
        pytest.param('./script.sh', UNKNOWN, id='in a script of its own'),
        pytest.param('eval x', UNKNOWN, id='in eval'),
        pytest.param('echo "$(touch go.sum)"', FILE, id='in a substitution'),
        pytest.param('X=`touch go.sum`', FILE, id='in backquotes'),
        pytest.param('echo $(( 1 + 1 ))', ABSENT, id='arithmetic'),
        pytest.param("echo '$(touch go.sum)'", ABSENT, id='no substitution'),
        pytest.param('make', UNKNOWN, id='make'),
        pytest.param('$X', UNKNOWN, id='nobody knows what'),
        pytest.param('if x', UNKNOWN, id='what is no script'),
        pytest.param('f() { f; }; f', UNKNOWN, id='without end'),
        pytest.param(
            '; '.join(f'f{i}() {{ f{i - 1}; f{i - 1}; }}' for i in range(1, 40)) + '; f39', UNKNOWN, id='2^39 calls'
        ),
        pytest.param('for i in 1 2 3 4 5 6 7 8 9; do ' * 9 + 'ls; ' + 'done; ' * 9, UNKNOWN, id='9^9 rounds'),
    ],
)
def test_what_a_script_leaves(text: str, kind: str) -> None:
    assert walked(text, {'X': None}).shell.view.look('/app/go.sum').kind == kind


@pytest.mark.parametrize(
    ('words', 'expected'),
    [
        pytest.param(['go', 'build'], ['go build'], id='go'),
        pytest.param(['sh', '-c', 'go build; go test'], ['go build', 'go test'], id='a shell'),
        pytest.param(['/bin/bash', '-o', 'pipefail', '-c', 'go build'], ['go build'], id='a shell with options'),
        pytest.param(['/bin/bash', '--rcfile', 'x', '-c', 'go build'], [], id='a shell with options of its own'),
        pytest.param(['go build'], [], id='one word is one program'),
        pytest.param([''], [], id='an empty word'),
        pytest.param([], [], id='no word'),
    ],
)
def test_the_exec_form(words: list[str], expected: list[str]) -> None:
    script = Script(Shell(View(SCRATCH), '/app', {}), Memory({}))
    script.execute(words)
    assert [str(call.command) for call in script.calls] == expected


def test_a_view_shows_the_mount_that_lies_uppermost() -> None:
    inner, outer = Wrote(SCRATCH, '/m/x', WRITTEN), Wrote(SCRATCH, '/m/sub/y', WRITTEN)
    view = View(Wrote(SCRATCH, '/z', WRITTEN), (('/m', inner), ('/m/sub', outer)))
    assert [view.look(path).kind for path in ('/z', '/m/x', '/m/sub/y', '/m/z', '/mx')] == [
        FILE,
        FILE,
        FILE,
        ABSENT,
        ABSENT,
    ]
    assert view.names('/m') == ['sub', 'x']
    assert view.names('') == ['m', 'z']

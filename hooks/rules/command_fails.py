"""A command of a RUN fails whatever happens, and the step with it.

The shell says: `can't cd to cmd: No such file or directory`, `cd: cmd: No such file or directory`; a test, an `exit 1`
and a `false` say nothing, and Docker adds `did not complete successfully: exit code: 1`. A script's status is that of
its last command, of an `exit` on the way, or under `set -e` of the first command that fails; where every way through
the script comes to such a command, the step cannot pass. It is a folder that no step before copies or makes, `rm`, `mv`
or `cp` of a go.mod, go.sum or go.work that is not there, `cp` or `mv` into a folder that is not, a test for a file that
the image lacks (`[ -f go.sum ] || exit 1`, `[ -f go.sum ] && go mod download` as the last command), or a slip in the
script itself: `go build || echo failed && exit 1` reads as `(go build || echo failed) && exit 1`.

What a Makefile or a script of the image runs counts like the step's own commands. make says `No rule to make target
'build'` where the Makefile has no such goal, and `No targets specified and no makefile found` where there is none. A
script that no step copies is `not found`, and so is one whose first line ends in CRLF; one that git keeps without the executable bit gets `Permission
denied`. Of an archive that Go's server never had (`go1.22.linux-amd64.tar.gz`: the first is 1.22.0 since Go 1.21; or one
for `x86_64`, which is called amd64 there) wget and `curl -f` say `404 Not Found`, and tar `not in gzip format`.
git says `fatal: not a git repository` of a folder to which no step copies .git, be it that an ignore file hides it:
`VERSION=$(git describe) && go build …` ends there. adduser and addgroup of Debian say of the options that they have on
Alpine: `Option s is ambiguous`.

Cure: copy what is missing before the step, or correct the script.

Bad:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN cd cmd && go build .
    -- go.mod --
    module example.com/app

    go 1.23
    -- main.go --
    package main

    func main() {}
    -- says --
    Dockerfile:4: can't cd to cmd: No such file or directory: copy it there first, or correct the path

Good:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go build .
    -- go.mod --
    module example.com/app

    go 1.23
    -- main.go --
    package main

    func main() {}

Silent: where a branch that nobody can foresee leads around the command, for folders of the system and of other
programs, and behind a go command that may itself have written what is looked for.
"""

from __future__ import annotations

from hooks.context.paths import typed
from hooks.facts.absence import Cause
from hooks.golang.commands import BUILDS
from hooks.replay import accounts, bases
from hooks.replay.commands import NO_ARCHIVE
from hooks.replay.files import NO_FOLDER
from hooks.replay.image import GO_FILES
from hooks.replay.programs import NO_REPOSITORY
from hooks.replay.scripts import DENIED, NOT_THERE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import At
    from hooks.replay.shell import Failure
    from hooks.report.finding import Finding

ID = 'command-fails'
_TESTS = ('[', 'test', '[[')
# They write files that the replay does not follow: programs, profiles, whatever is generated.
_WRITES = BUILDS | {'generate', 'tool', 'mod vendor'}


def find(at: At) -> Iterator[Finding]:
    failure = at.moment.failure
    if failure is None or not failure.words or (_looks(failure) and _may_be_written(at)):
        return
    # Which files a chmod, or a COPY --chmod, of another step makes executable is not followed.
    if failure.says.startswith(DENIED) and 'chmod' in (at.build.repository.read(at.build.dockerfile) or 'chmod'):
        return
    fact, cause = _of_accounts(at, failure) if failure.says.startswith(accounts.REFUSED) else _said(failure)
    yield at.finding(ID, fact, cause)


def _looks(failure: Failure) -> bool:
    """Whether it fails for lack of a file or folder that a go command may write."""
    if failure.says.startswith(NO_FOLDER):
        return True
    looked = failure.words[0] in ('cd', 'pushd', *_TESTS) or failure.says.startswith(NOT_THERE)
    return looked and not any(f'/{word}'.endswith(GO_FILES) for word in failure.words)


def _may_be_written(at: At) -> bool:
    calls = (moment.call for moment in at.moments[: at.at])
    return any(call and call.command.name in _WRITES for call in calls)


def _of_archive(failure: Failure, name: str) -> tuple[str, Cause]:
    """An archive of Go that never was, and its page that is unpacked."""
    words = f'{failure.words[0]}: 404 Not Found'
    if failure.words[0] not in ('curl', 'wget'):
        words = f'{failure.words[0]}: not in gzip format'
    version, _, rest = name.removeprefix('go').partition('.linux-')
    machine = rest.removesuffix('.tar.gz')
    if version.count('.') == 1 and 'rc' not in version and 'beta' not in version and int(version[2:][:4]) >= 21:
        why = f', since there is no {name}, and the first release of Go {version} is {version}.0'
        return words, Cause(why, f'write `go{version}.0.linux-{machine}.tar.gz`')
    named = {'aarch64': 'arm64', 'armv7l': 'armv6l', 'armhf': 'armv6l', 'arm': 'armv6l', 'x86': '386', 'i386': '386'}
    right = named.get(machine, '386' if machine == 'i686' else 'amd64')
    return words, Cause(f', since there is no {name}', f'write `go{version}.linux-{right}.tar.gz`')


def _of_accounts(at: At, failure: Failure) -> tuple[str, Cause]:
    """An adduser or addgroup as of Alpine, in an image of Debian."""
    path, tag = bases.split(at.moment.base.reference)
    there = accounts.has_them(path.rpartition('/')[2], tag)
    fact = f'`{" ".join(failure.words)}`: {failure.says}' if there else f'{failure.words[0]}: not found'
    cure = accounts.portable(failure.words)
    why = f", since these are the options of Alpine's {failure.words[0]}"
    return fact, Cause(why if there else '', f'write `{cure}`' if cure else 'use groupadd and useradd')


def _said(failure: Failure) -> tuple[str, Cause]:
    command = ' '.join(failure.words)
    if failure.words[0] in ('cd', 'pushd'):
        fact = f"can't cd to {failure.words[-1]}: {failure.says or 'No such file or directory'}"
        return fact, Cause('', 'copy it there first, or correct the path')
    if failure.words[0] in _TESTS:
        return f'`{command}` fails here, and the step with it', Cause('', 'copy first what it looks for, or correct it')
    if failure.says.startswith(('No rule', 'No targets')):
        return failure.says, Cause('', 'correct the goal, or copy the Makefile that has it first')
    if failure.says.startswith(DENIED):
        path = failure.says.removeprefix(DENIED)
        why = ', since git keeps it as a file that nobody may execute'
        return f'{failure.words[0]}: Permission denied', Cause(why, f'run `git update-index --chmod=+x {typed(path)}`')
    if failure.says.startswith(NOT_THERE):
        name = failure.says.removeprefix(NOT_THERE)
        fact = f'{name}: not found' if name == failure.words[0] else f"{failure.words[0]}: can't open '{name}'"
        return fact, Cause('', 'copy it there first, which no ignore file may hide, or correct the path')
    if failure.says.startswith(NO_ARCHIVE):
        return _of_archive(failure, failure.says.removeprefix(NO_ARCHIVE))
    if failure.says.endswith('\r'):
        why = f', since the first line of {failure.words[0]} ends in CRLF, and no program has such a name'
        return failure.says[:-1], Cause(why, 'write its lines with LF (`eol=lf` in .gitattributes)')
    if failure.says == NO_REPOSITORY:
        cure = 'copy .git there, which no ignore file may hide, or pass the value as a build argument'
        return f'`{command}`: {failure.says}', Cause('', cure)
    if failure.says.startswith(NO_FOLDER):
        folder = failure.says.removeprefix(NO_FOLDER)
        why = f', since nothing makes the folder {folder}'
        return f'`{command}`: No such file or directory', Cause(why, f'run `mkdir -p {typed(folder)}` before it')
    if failure.says and failure.says != 'not found':
        return f'`{command}`: {failure.says}', Cause('', 'copy it there first, or leave the command out')
    if failure.says == 'not found':
        why = ', since an alias holds from the next line on, and not in every shell'
        return f'{failure.words[0]}: not found', Cause(why, 'write the command itself')
    return f'`{command}` ends the step with an error, whatever happens before', Cause('', 'correct the script')

"""The programs that a go command leaves in the image."""

from __future__ import annotations

from hooks.context.paths import normal, parent
from hooks.context.tree import WRITTEN, Program
from hooks.module.invocation import Invocation
from hooks.module.outputs import outputs
from hooks.replay import bases
from hooks.replay.image import GO, which_go
from hooks.replay.writing import perhaps, written

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hooks.context.index import Repository
    from hooks.replay.shell import Call, Shell


def linked(shell: Shell, call: Call, repository: Repository, by_go: bool) -> Shell:
    """The shell after a command: its programs are there, and where else it may have written one is noted.

    For which platform `xx-go` links them, nobody knows.
    """
    command, cwd = call.command, call.shell.cwd
    if command.name == 'test' or (cwd is None and command.name in ('build', 'install')):
        # A test does whatever it likes.
        return perhaps(shell, ('',))
    if command.name == 'get':
        return shell if _only_gets(call.shell) else perhaps(shell, (_folder(call.shell.env),))
    if command.name not in ('build', 'install') or cwd is None:
        return shell
    found = outputs(Invocation(repository, call.shell.view, cwd, command, call.shell.env))
    for output in found.files:
        entry = WRITTEN._replace(program=Program(call, output.args)) if by_go else WRITTEN
        shell = written(shell, output.path, entry)
    return perhaps(shell, (*found.unsure, *_beside(call, [output.path for output in found.files])))


def _only_gets(shell: Shell) -> bool:
    """Whether a `go get` installs nothing, as since Go 1.18 where modules are on."""
    return (bases.minor(which_go(shell.view.look(GO))[0]) or 0) >= 18 and shell.env.get('GO111MODULE', '') in ('', 'on')


def _folder(env: Mapping[str, str | None]) -> str:
    """The folder of the programs that go installs; '' where it is not known."""
    gobin, gopath = env.get('GOBIN', ''), env.get('GOPATH', '')
    return normal(gobin if gobin else f'{gopath.partition(":")[0]}/bin' if gopath and gobin == '' else '')


def _beside(call: Call, paths: Sequence[str]) -> set[str]:
    """Where there may be more than that: a program for Windows has an ending, and a library has a header."""
    mode, system = call.command.flags.get('buildmode', ''), call.shell.env.get('GOOS', '')
    return {parent(path) for path in paths} if mode or system is None or system == 'windows' else set()

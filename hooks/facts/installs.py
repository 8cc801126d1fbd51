"""Tools that a go command installs, runs or gets at a version."""

from __future__ import annotations

from hooks.facts.toolchain import OLDEST, STRICT, counts, of
from hooks.golang import tools, versions
from hooks.lean.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import At
    from hooks.facts.toolchain import Toolchain


class Installed(Record):
    """A tool that a go command installs, runs or gets (`verb`), at a version that the table knows."""

    verb: str
    tool: tools.Tool
    go: Toolchain | None


def installed(at: At) -> Iterator[Installed]:
    """The tools of a command that runs for certain; `go` is the image's Go, None where nobody knows."""
    call = at.moment.call
    if call is None or not counts(call):
        return
    command = call.command
    if command.name not in ('install', 'run', 'get') or 'modfile' in command.flags:
        return
    go = of(at.moment, call.shell)
    for argument in command.args[:1] if command.name == 'run' else command.args:
        tool = tools.find(argument) if argument and '@' in argument else None
        if tool:
            yield Installed(command.name, tool, go)


def refused(at: At) -> Iterator[tuple[Installed, str, str]]:
    """Those that the image's Go refuses: the tool, what is said of it, and the version that it wants."""
    for each in installed(at):
        go = each.go
        if go and go.minor >= OLDEST and not each.tool.run.moved:
            yield from ((each, says, wanted) for says, wanted in _needs(each.verb, each.tool, go))


def _needs(verb: str, tool: tools.Tool, go: Toolchain) -> Iterator[tuple[str, str]]:
    run = tool.run
    if go.minor >= STRICT and go.lacks(run.go):
        yield f'requires go >= {run.go}', run.go
        return
    refused = '' if verb == 'get' else tools.refused(run, go.minor)
    if refused:
        needs = [f'1.{versions.DIRECTIVES[name]}' for name in run.directives]
        yield f'says {refused}', max([run.go, f'1.{STRICT}', *needs], key=versions.key)


def named(tool: tools.Tool) -> str:
    """PACKAGE@QUERY, with the version that a query comes to."""
    newer = '' if tool.query == tool.version else f' ({tool.version} or newer)'
    return f'{tool.package}@{tool.query}{newer}'


def limit(go: Toolchain) -> str:
    """The newest version that this Go may be."""
    major, minor, patch, kind, _ = go.newest
    return go.version if kind else f'{major}.{minor}.{max(patch, 0)}'

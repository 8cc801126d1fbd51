"""`go tool NAME` and the pattern `tool`: the packages of a go.mod's tool lines that a command means.

Source: cmd/go/internal/tool (a tool of the distribution goes before) and cmd/go/internal/load (DefaultExecName).
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.golang.commands import GoCommand
    from hooks.golang.gomod import GoMod

_DISTRIBUTED = frozenset(
    'addr2line api asm buildid callgraph cgo compile covdata cover dist distpack doc fix link nm objdump pack pprof '
    'preprofile test2json trace vet'.split()
)


def named(command: GoCommand, mod: GoMod) -> GoCommand:
    """The command with the tools that it means as its packages."""
    if command.name == 'tool':
        name = command.args[0] if command.args else None
        return command._replace(
            args=tuple(p for p, _ in mod.tool if name and name not in _DISTRIBUTED and _is(p, name))
        )
    if 'tool' not in command.args:
        return command
    args = tuple(path for arg in command.args for path in ([p for p, _ in mod.tool] if arg == 'tool' else [arg]))
    return command._replace(args=args)


def _is(path: str, name: str) -> bool:
    """Whether a tool is meant by its path, or by the name that its binary has."""
    *_, last = elements = path.split('/')
    if len(elements) > 1 and last[:1] == 'v' and last[1:].isdecimal():
        last = elements[-2]
    return name in (path, last)

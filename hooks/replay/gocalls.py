"""The go commands of a script: what they are told, in which shell, and what they leave."""

from __future__ import annotations

from hooks.context.paths import normal, parent
from hooks.golang import commands
from hooks.lean.memo import memo
from hooks.replay import programs
from hooks.replay.shell import MAYBE, UNKNOWN_OPTION, Call, merge, setting
from hooks.replay.walker import Walker

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from hooks.golang.commands import GoCommand

# What `go env -w` has set GOFLAGS to: it holds where the variable is empty.
SET_GOFLAGS = 'go env -w GOFLAGS'
# The Dockerfiles of a repository share most of their commands.
_parse = memo(commands.parse)


class GoCalls(Walker):
    """Collects the go commands, and follows what they write."""

    def go(self, program: str, words: Sequence[str | None], fatal: bool) -> str:
        env = self.shell.exported
        # To go an empty variable is an unset one.
        goflags = env.get('GOFLAGS', '')
        command = _parse(tuple(words), env.get(SET_GOFLAGS, '') if goflags == '' else goflags)
        if command is None:
            self.shell = programs.opaque(self.shell)
            return MAYBE
        if command.name == 'env':
            self._configure(command, fatal)
            return MAYBE
        before, folder = self.shell, command.folder
        cwd = None if folder is None or before.cwd is None else normal(folder, before.cwd)
        if '/' in program:
            # As if PATH led to it and to no other.
            env = setting(env, 'PATH', parent(program))
        here = before._replace(cwd=cwd, env=env, local=frozenset())
        self.calls.append(Call(command, here, fatal))
        after = self.effects.go(here, command)
        if UNKNOWN_OPTION.strip('-') in command.flags:
            # -o, -mod=mod, -C, whatever.
            after = programs.opaque(after, None if before.cwd is not None else ('',))
        # Nobody knows what a command that may fail has written, unless its failure ends the step.
        after = after if fatal else merge(here, here, after)
        self.shell = before._replace(view=after.view)
        return MAYBE

    def _configure(self, command: GoCommand, fatal: bool) -> None:
        """`go env -w NAME=VALUE` holds where the environment does not say otherwise."""
        for word in command.args if 'w' in command.flags or 'u' in command.flags else ():
            name, _, value = (word or '').partition('=')
            env = self.shell.env
            known = fatal and self.shell.sure and 'w' in command.flags and env.get(name, '') == ''
            if name == 'GOFLAGS':
                self.settings[SET_GOFLAGS] = value if known else None
                env = setting(env, SET_GOFLAGS, self.settings[SET_GOFLAGS])
            if not env.get(name, ''):
                self.settings[name] = value if known else None
                env = setting(env, name, self.settings[name])
            self.shell = self.shell._replace(env=env)

"""The go commands of a script: what they are told, in which shell, and what they leave."""

from __future__ import annotations

from hooks.context.paths import normal, parent
from hooks.context.tree import FILE, WRITTEN, Program
from hooks.golang import commands
from hooks.lean.memo import memo
from hooks.module.invocation import Invocation
from hooks.module.outputs import outputs
from hooks.replay import goenv, gowrites
from hooks.replay.image import GO, something
from hooks.replay.shell import MAYBE, UNKNOWN_OPTION, Call, merge, setting
from hooks.replay.walker import Walker
from hooks.replay.writing import opaque, written

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from hooks.replay.shell import Shell

# The Dockerfiles of a repository share most of their commands.
_parse = memo(commands.parse)


class GoCalls(Walker):
    """Collects the go commands, and follows what they write."""

    def go(self, program: str, words: Sequence[str | None], fatal: bool) -> str:
        if program == 'go' and self._is_another():
            self.shell = opaque(self.shell)
            return MAYBE
        env = goenv.settled(self.shell, self.repository)
        command = _parse(tuple(words), env.get('GOFLAGS', ''))
        if command is None:
            self.shell = opaque(self.shell)
            return MAYBE
        before, folder = self.shell, command.folder
        if command.name == 'env':
            if 'w' in command.flags or 'u' in command.flags:
                self.shell = goenv.wrote(before, command.args, self.repository, fatal)
            return MAYBE
        cwd = None if folder is None or before.cwd is None else normal(folder, before.cwd)
        if '/' in program:
            # As if PATH led to it and to no other.
            env = setting(env, 'PATH', parent(program))
        here = before._replace(cwd=cwd, env=env, local=frozenset())
        self.calls.append(call := Call(command, here, fatal, self.place()))
        after = self._link(gowrites.left(here, command, self.repository), call, by_go=not program.endswith('xx-go'))
        if UNKNOWN_OPTION.strip('-') in command.flags:
            # -o, -mod=mod, -C, whatever.
            after = opaque(after)
        # Nobody knows what a command that may fail has written, unless its failure ends the step.
        after = after if fatal else merge(here, here, after)
        self.shell = before._replace(view=after.view)
        return MAYBE

    def _is_another(self) -> bool:
        """Whether a step put a program named go where PATH finds it before the image's."""
        folders = (self.shell.env.get('PATH') or parent(GO)).split(':')
        before = folders[: folders.index(parent(GO))] if parent(GO) in folders else folders
        return any(folder and self.shell.view.look(f'{folder}/go').kind == FILE for folder in before)

    def _link(self, shell: Shell, call: Call, by_go: bool) -> Shell:
        """The programs that a go command writes; for which platform `xx-go` links them, nobody knows."""
        command, cwd = call.command, call.shell.cwd
        if command.name not in ('build', 'install') or cwd is None:
            return shell
        found = outputs(Invocation(self.repository, call.shell.view, cwd, command, call.shell.env))
        for output in found.files:
            entry = WRITTEN._replace(program=Program(call, output.args)) if by_go else WRITTEN
            shell = written(shell, output.path, entry)
        # Where else it wrote is of no matter to go itself: it is noted, and hides nothing.
        return shell._replace(view=shell.view.everywhere(something)) if found.unsure else shell

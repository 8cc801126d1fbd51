"""The go commands of a script: what they are told, in which shell, and what they leave."""

from __future__ import annotations

from hooks.context.paths import normal, parent
from hooks.context.tree import FILE
from hooks.golang import commands
from hooks.lean.memo import memo
from hooks.replay import goenv, gowrites
from hooks.replay.image import GO, which_go
from hooks.replay.linking import linked
from hooks.replay.shell import MAYBE, UNKNOWN_OPTION, Call, merge, setting
from hooks.replay.walker import Walker
from hooks.replay.writing import opaque

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


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
        by_go = not program.endswith('xx-go')
        after = linked(gowrites.left(here, command, self.repository), call, self.repository, by_go)
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
        found = (self.shell.view.look(f'{folder}/go') for folder in before if folder)
        return any(entry.kind == FILE and not which_go(entry)[0] for entry in found)

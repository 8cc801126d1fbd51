"""The commands of a script: variables and redirections, wrappers, other shells, go, and the programs."""

from __future__ import annotations

from functools import lru_cache

from hooks.context.paths import normal, parent
from hooks.golang import commands
from hooks.replay import programs
from hooks.replay.image import GO
from hooks.replay.shell import FAILS, MAYBE, OK, Call, Shell, merge, setting
from hooks.shell import expand, expand_value, literal, parse, substitutions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hooks.shell.tree import Node, Redirect, Simple

# What `go env -w` has set GOFLAGS to: it holds where the variable is empty.
SET_GOFLAGS = 'go env -w GOFLAGS'
_EXPORTS = (('export',), ('readonly',))

# The Dockerfiles of a repository share most of their commands.
_brings_go = lru_cache(maxsize=4096)(programs.brings_go)
_go_command = lru_cache(maxsize=4096)(commands.parse)


class Unfollowable(Exception):
    """The script does what cannot be followed: what it could have changed becomes unknown."""


class Commands:
    """Runs one command after the other; `calls` collects those of go in the order in which they run."""

    def __init__(self, shell: Shell, effects: programs.Effects) -> None:
        self.shell, self.effects = shell, effects
        self.calls: list[Call] = []
        # What `go env -w` leaves for the steps that follow.
        self.settings: dict[str, str | None] = {}
        self.functions: dict[str, Node] = {}
        # Whether `exit 1` fails the step: in a subshell it fails no more than that.
        self.exits = True

    def _walk(self, node: Node, fatal: bool) -> str:
        raise NotImplementedError

    def _inside(self, node: Node, fatal: bool) -> str:
        """A subshell: its folder and its variables end with it."""
        before, exits = self.shell, self.exits
        self.exits = exits and fatal
        status = self._walk(node, fatal)
        self.shell, self.exits = before._replace(view=self.shell.view), exits
        return status

    def _redirected(self, redirects: Sequence[Redirect], run: Callable[[], str]) -> str:
        status = run()
        for redirect in redirects:
            self._redirect(redirect)
        return status

    def _redirect(self, redirect: Redirect) -> None:
        if '>' not in redirect.op or redirect.op in ('>&', '<&'):
            return
        target = expand(redirect.target, self.shell.env)
        if target is None or len(target) != 1 or (self.shell.cwd is None and not target[0].startswith('/')):
            raise Unfollowable
        path = normal(target[0], self.shell.cwd or '')
        if not path.startswith('/dev/'):
            self.shell = programs.written(self.shell, path)

    def _simple(self, node: Simple, fatal: bool) -> str:
        # Most commands set nothing and take nothing from the environment.
        words = () if node.assigns or node.words[:1] in _EXPORTS else literal(node.words)
        if not words:
            return self._expanded(node, fatal)
        kept = self.shell.env
        status = self._redirected(node.redirects, lambda: self._call(list(words), fatal, _fed(node.redirects)))
        if words[0] in ('env', 'sudo'):
            self.shell = self.shell._replace(env=kept)
        return status

    def _expanded(self, node: Simple, fatal: bool) -> str:
        # Without a command, the status is that of the last `$(…)`.
        status = self._substitute([*(raw for _, raw in node.assigns), *node.words], fatal and not node.words)
        env = self.shell.env
        for name, raw in node.assigns:
            env = setting(env, name, expand_value(raw, env))
        if not node.words:
            self.shell = self.shell._replace(env=env)
            return self._redirected(node.redirects, lambda: status)
        raws, exported = _exported(node.words)
        words = [word for raw in raws for word in self._fields(raw)]
        for name, raw in exported:
            env = setting(env, name, expand_value(raw, env))
        kept = self.shell.env
        self.shell = self.shell._replace(env=env)
        wraps = words[:1] in (['env'], ['sudo'])
        status = self._redirected(node.redirects, lambda: self._call(words, fatal, _fed(node.redirects)))
        if wraps or (node.assigns and not exported and self.shell.env == env):
            self.shell = self.shell._replace(env=kept)
        return status

    def _substitute(self, raws: Sequence[str], fatal: bool) -> str:
        """What `$(…)` in words runs, and how the last of them ends; only that one's failure can matter."""
        scripts = [script for raw in raws if '$(' in raw or '`' in raw for script in substitutions(raw)]
        status = OK
        for at, script in enumerate(scripts, 1):
            node = parse(script)
            if node is None:
                raise Unfollowable
            status = self._inside(node, fatal and at == len(scripts))
        return status

    def _fields(self, raw: str) -> Sequence[str | None]:
        fields = expand(raw, self.shell.env)
        if fields is not None:
            return fields
        # `-ldflags="$(…)"`: the flag is known, its value does not matter.
        flag, equals, _ = raw.partition('=')
        return (flag + equals if equals and flag.startswith('-') and flag.strip('-').isalnum() else None,)

    def _call(self, words: list[str | None], fatal: bool, script: str | None = None) -> str:
        """Run a command; `script` is the here-document on its standard input."""
        words = self._unwrapped(words)
        if not words:
            return MAYBE
        name = words[0]
        if _brings_go(tuple(words)):
            self.shell = programs.opaque(self.shell, (parent(GO),))
        if name in self.functions:
            return self._walk(self.functions[name], fatal)
        if name is not None and name.rpartition('/')[2] in programs.SHELLS:
            return self._nested(words, fatal, script)
        # By a path that is not absolute it is a program of the project's own.
        if name is not None and name.rpartition('/')[2] in ('go', 'xx-go') and (name[0] == '/' or '/' not in name):
            return self._go(name, words[1:], fatal)
        if name in ('exit', 'return') and words[1:] != ['0']:
            if self.shell.sure or not words[1:]:
                raise Unfollowable
            return FAILS
        if name in ('exit', 'return', 'eval', '.', 'source', 'break', 'continue', 'trap', 'exec'):
            raise Unfollowable
        self.shell, status = self.effects.run(self.shell, words)
        return status

    def _unwrapped(self, words: list[str | None]) -> list[str | None]:
        """The command behind `time`, `env X=Y`, `sudo` and their like."""
        while words and words[0] in programs.WRAPPERS and words[:2] not in (['command', '-v'], ['command', '-V']):
            if words[:2] in (['env', '-'], ['env', '-i'], ['env', '--ignore-environment']):
                self.shell = self.shell._replace(env=type(self.shell.env)())
            wrapper, words = words[0], words[1:]
            while words and words[0] is not None and (words[0].startswith('-') or '=' in words[0]):
                name, equals, value = words.pop(0).partition('=')  # type: ignore[union-attr]
                if equals and not name.startswith('-'):
                    self.shell = self.shell._replace(env=setting(self.shell.env, name, value))
            # Its first operand is a duration.
            words = words[1:] if wrapper == 'timeout' else words
        return words

    def _nested(self, words: list[str | None], fatal: bool, script: str | None) -> str:
        """`sh -c SCRIPT`, `sh <<EOF`; a script file is opaque."""
        flags = [word for word in words[1:] if word is not None and word.startswith('-')]
        letters = ''.join(flag.lstrip('-') for flag in flags)
        scripts = words[1 + len(flags) :]
        if 'c' in letters or scripts:
            script = scripts[0] if 'c' in letters and scripts else None
        node = parse(script) if script is not None else None
        if node is None or words[1 : 1 + len(flags)] != flags:
            self.shell = programs.opaque(self.shell)
            return MAYBE
        before = self.shell
        self.shell = before._replace(errexit='e' in letters)
        status = self._inside(node, fatal)
        self.shell = self.shell._replace(errexit=before.errexit)
        return status

    def _go(self, program: str, words: Sequence[str | None], fatal: bool) -> str:
        # To go an empty variable is an unset one.
        goflags = self.shell.env.get('GOFLAGS', '')
        command = _go_command(tuple(words), self.shell.env.get(SET_GOFLAGS, '') if goflags == '' else goflags)
        if command is None:
            self.shell = programs.opaque(self.shell)
            return MAYBE
        folder = command.folder
        cwd = None if folder is None or self.shell.cwd is None else normal(folder, self.shell.cwd)
        if command.name == 'env':
            self._configure(command, fatal)
            return MAYBE
        here = self.shell if cwd == self.shell.cwd else self.shell._replace(cwd=cwd)
        if '/' in program:
            # As if PATH led to it and to no other.
            here = here._replace(env=setting(here.env, 'PATH', parent(program)))
        self.calls.append(Call(command, here, fatal))
        after = self.effects.go(here, command)
        # Nobody knows what a command that may fail has written, unless its failure ends the step.
        after = after if fatal else merge(here, here, after)
        self.shell = after if after.cwd == self.shell.cwd else after._replace(cwd=self.shell.cwd)
        return MAYBE

    def _configure(self, command: commands.GoCommand, fatal: bool) -> None:
        """`go env -w NAME=VALUE` holds where the environment does not say otherwise."""
        for word in command.args if 'w' in command.flags or 'u' in command.flags else ():
            name, _, value = (word or '').partition('=')
            known = fatal and self.shell.sure and 'w' in command.flags and self.shell.env.get(name, '') == ''
            if name == 'GOFLAGS':
                self.settings[SET_GOFLAGS] = value if known else None
                self.shell = self.shell._replace(env=setting(self.shell.env, SET_GOFLAGS, self.settings[SET_GOFLAGS]))
            if not self.shell.env.get(name, ''):
                self.settings[name] = value if known else None
                self.shell = self.shell._replace(env=setting(self.shell.env, name, self.settings[name]))


def _fed(redirects: Sequence[Redirect]) -> str | None:
    """The here-document on standard input, where the shell hands it over as it is written."""
    documents = [each for each in redirects if each.op == '<<' and each.fd in (None, 0)]
    document = documents[-1] if documents else None
    expanded = document is None or any(sign in document.target for sign in ('\\', '`', '$('))
    return document.target if document and (document.literal or not expanded) else None


def _exported(words: tuple[str, ...]) -> tuple[list[str], list[tuple[str, str]]]:
    """`export NAME=VALUE`: the words without the assignments, and these, of which one may have an unknown value."""
    pairs = [word.partition('=') for word in words if words[:1] in _EXPORTS]
    found = [(name, raw) for name, equals, raw in pairs if equals and name.isidentifier()]
    taken = {f'{name}={raw}' for name, raw in found}
    return [word for word in words if word not in taken], found

"""A RUN's script, walked as a shell would run it on an image of which only part is known.

The question is always: does the failure of this command fail the step? Where a branch may not run, known is what both
ways agree on; what cannot be followed makes unknown what it could have changed, and no more.
"""

from __future__ import annotations

from functools import lru_cache

from hooks.context.paths import normal, parent, within
from hooks.context.tree import Tree
from hooks.golang import commands
from hooks.lean.record import Record
from hooks.replay import programs
from hooks.replay.image import GO, Image, either
from hooks.shell import syntax

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hooks.context.tree import Entry

# How a command ends: it cannot fail, it always does, or that is not known.
OK, FAILS, MAYBE = 'ok', 'fails', 'maybe'
ROUNDS = 50
NESTING = 100
# What `go env -w` has set GOFLAGS to: it holds where the variable is empty.
SET_GOFLAGS = 'go env -w GOFLAGS'
# Loops in loops, and functions that call functions, grow without end.
STEPS = 20_000
# What is longer is no path and no flag.
LONGEST_VALUE = 10_000
_EXPORTS = (('export',), ('readonly',))

# The Dockerfiles of a repository share most of their commands.
_brings_go = lru_cache(maxsize=4096)(programs.brings_go)
_go_command = lru_cache(maxsize=4096)(commands.parse)


class Unfollowable(Exception):
    """The script does what cannot be followed: what it could have changed becomes unknown."""


class View(Tree):
    """What a command sees: the image, and the step's mounts on it."""

    def __init__(self, image: Image, mounts: tuple[tuple[str, Image], ...] = ()) -> None:
        self.image, self.mounts = image, mounts

    def at(self, path: str) -> int:
        """The index of the mount that a path lies in, -1 for the image."""
        for index in reversed(range(len(self.mounts))):
            if within(path, self.mounts[index][0]):
                return index
        return -1

    def look(self, path: str) -> Entry:
        return self._layer(self.at(path)).look(path)

    def names(self, folder: str, leaving: frozenset[str] = frozenset()) -> list[str] | None:
        names = self._layer(self.at(folder)).names(folder, leaving)
        inner = {path[len(folder) + 1 :].split('/')[0] for path, _ in self.mounts if path.startswith(folder + '/')}
        return None if names is None else sorted(inner.union(names))

    def some_names(self, folder: str) -> list[str]:
        # One that is not known, as a link is not, does not hide the others.
        return sorted(self._layer(self.at(folder)).names_down_to(None, folder, ()) or ())

    def change(self, path: str, change: Callable[[Image], Image]) -> View:
        """The view after a change at a path: a write to a mount is gone when the step ends."""
        index = self.at(path)
        if index < 0:
            return View(change(self.image), self.mounts)
        folder, image = self.mounts[index]
        return View(self.image, (*self.mounts[:index], (folder, change(image)), *self.mounts[index + 1 :]))

    def _layer(self, index: int) -> Image:
        return self.image if index < 0 else self.mounts[index][1]


class Shell(Record):
    """What one command leaves for the next. `cwd` is None, and a variable's value, when nobody knows it."""

    view: View
    cwd: str | None
    env: dict[str, str | None]
    errexit: bool = False
    pipefail: bool = False
    sure: bool = True


class Call(Record):
    """A go command, the shell in which it runs, and whether its failure is the step's."""

    command: commands.GoCommand
    shell: Shell
    fatal: bool


def merge(before: Shell, *after: Shell) -> Shell:
    """The shell when any one of several ways may have been taken since `before`."""
    first = after[0]
    if all(shell is first for shell in after):
        return first
    image = either(before.view.image, *(shell.view.image for shell in after))
    mounts = tuple(
        (folder, either(image_before, *(shell.view.mounts[i][1] for shell in after)))
        for i, (folder, image_before) in enumerate(before.view.mounts)
    )
    cwd = first.cwd if all(shell.cwd == first.cwd for shell in after) else None
    names = {name for shell in after for name in shell.env}
    env = {n: first.env.get(n, '') if len({s.env.get(n, '') for s in after}) == 1 else None for n in names}
    env_before = type(before.env)(env)
    return before._replace(view=View(image, mounts), cwd=cwd, env=env_before, sure=all(s.sure for s in after))


class Script:
    """Walks one script; `calls` collects its go commands in the order in which they run."""

    def __init__(self, shell: Shell, effects: programs.Effects) -> None:
        self.shell, self.effects = shell, effects
        self.calls: list[Call] = []
        # What `go env -w` leaves for the steps that follow.
        self.settings: dict[str, str | None] = {}
        self.functions: dict[str, syntax.Node] = {}
        self.depth = self.steps = 0
        # Whether `exit 1` fails the step: in a subshell it fails no more than that.
        self.exits = True

    def run(self, text: str) -> None:
        """Walk a whole script, whose exit status is the step's."""
        node = syntax.parse(text)
        before = self.shell
        try:
            if node is None:
                raise Unfollowable
            self._walk(node, fatal=True)
        except (Unfollowable, RecursionError):
            self.shell = programs.opaque(before)._replace(cwd=None)

    def execute(self, words: Sequence[str | None]) -> None:
        """The exec form: one command, no shell."""
        try:
            self._call(list(words), fatal=True)
        except (Unfollowable, RecursionError):
            self.shell = programs.opaque(self.shell)._replace(cwd=None)

    def _walk(self, node: syntax.Node, fatal: bool) -> str:
        self.depth += 1
        self.steps += 1
        try:
            if self.depth > NESTING or self.steps > STEPS:
                raise Unfollowable
            return self._node(node, fatal)
        finally:
            self.depth -= 1

    def _node(self, node: syntax.Node, fatal: bool) -> str:
        match node:
            case syntax.Simple():
                return self._simple(node, fatal)
            case syntax.Seq(parts):
                return self._sequence(parts, fatal)
            case syntax.And(left, right):
                return self._and(left, right, fatal)
            case syntax.Or(left, right):
                return self._or(left, right, fatal)
            case syntax.Not(body):
                return {OK: FAILS, FAILS: OK, MAYBE: MAYBE}[self._walk(body, fatal=False)]
            case syntax.Pipe(parts):
                return self._pipe(parts, fatal)
            case syntax.Background(body):
                return self._maybe(lambda: self._inside(body, fatal=False), OK)
            case syntax.Subshell(body, redirects):
                return self._redirected(redirects, lambda: self._inside(body, fatal))
            case syntax.Group(body, redirects):
                return self._redirected(redirects, lambda: self._walk(body, fatal))
            case syntax.If(branches, orelse, redirects):
                return self._redirected(redirects, lambda: self._if(branches, orelse, fatal))
            case syntax.Loop():
                return self._redirected(node.redirects, lambda: self._loop(node, fatal))
            case syntax.Case(_, cases, redirects):
                return self._redirected(redirects, lambda: self._case(cases, fatal))
            case syntax.Function(name, body):
                self.functions[name] = body
                return OK
        raise Unfollowable

    # Lists: whose failure ends the script?

    def _sequence(self, parts: Sequence[syntax.Node], fatal: bool) -> str:
        status = OK
        for part in parts:
            last = part is parts[-1]
            # Under `set -e` the left side of && and || still fails without ending the script.
            # Where the whole list's failure does not matter, as on the left of ||, `set -e` is not in force.
            errexit = self.shell.errexit and fatal
            listed = isinstance(part, (syntax.And, syntax.Or, syntax.Not)) and not last
            status = self._listed(part) if errexit and listed else self._walk(part, fatal if last else errexit)
        return status

    def _listed(self, node: syntax.Node) -> str:
        """A list under `set -e`: only its last command ends the script."""
        if isinstance(node, syntax.And):
            return self._then(self._listed_left(node.left), node.right, fatal=True)
        return self._walk(node, fatal=False)

    def _listed_left(self, node: syntax.Node) -> str:
        if isinstance(node, syntax.And):
            return self._then(self._listed_left(node.left), node.right, fatal=False)
        return self._walk(node, fatal=False)

    def _and(self, left: syntax.Node, right: syntax.Node, fatal: bool) -> str:
        status = self._walk(left, fatal)
        if fatal and status != FAILS:
            return self._worse(status, self._walk(right, fatal))
        return self._then(status, right, fatal)

    def _then(self, status: str, right: syntax.Node, fatal: bool) -> str:
        """The right side of &&, which runs when the left side passed."""
        if status == FAILS:
            return FAILS
        if status == OK:
            return self._walk(right, fatal)
        return self._worse(status, self._maybe(lambda: self._walk(right, fatal), MAYBE))

    def _or(self, left: syntax.Node, right: syntax.Node, fatal: bool) -> str:
        ending = self._gives_up(right)
        if ending and (fatal or (ending == 'exit' and self.exits)):
            return self._walk(left, fatal=True)
        status = self._walk(left, fatal=False)
        if status == OK:
            return OK
        if status == FAILS:
            return self._walk(right, fatal)
        return OK if self._maybe(lambda: self._walk(right, fatal), MAYBE) == OK else MAYBE

    def _gives_up(self, node: syntax.Node) -> str:
        """'exit' for `exit 1`, 'fails' for `false`, `return 1` or `(exit 1)`; a list may end in it. Otherwise ''."""
        match node:
            case syntax.Simple(_, words):
                exits = words[:1] in (('exit',), ('return',)) and words[1:] not in ((), ('0',))
                return 'exit' if exits and words[0] == 'exit' else 'fails' if exits or words == ('false',) else ''
            case syntax.Group(body):
                return self._gives_up(body)
            case syntax.Subshell(body):
                return self._gives_up(body) and 'fails'
            case syntax.Seq(parts):
                return self._gives_up(parts[-1]) if parts else ''
            case syntax.And(_, right):
                return self._gives_up(right) and 'fails'
        return ''

    @staticmethod
    def _worse(*statuses: str) -> str:
        return FAILS if FAILS in statuses else MAYBE if MAYBE in statuses else OK

    def _pipe(self, parts: Sequence[syntax.Node], fatal: bool) -> str:
        for part in parts[:-1]:
            self._inside(part, fatal and self.shell.pipefail)
        status = self._inside(parts[-1], fatal)
        return MAYBE if self.shell.pipefail else status

    # Branches: what may not run changes the image only perhaps.

    def _maybe(self, run: Callable[[], str], status: str) -> str:
        before = self.shell
        self.shell = before._replace(sure=False)
        ended = run()
        self.shell = merge(before, before, self.shell._replace(sure=before.sure))
        return ended if ended == status else MAYBE

    def _inside(self, node: syntax.Node, fatal: bool) -> str:
        """A subshell: its folder and its variables end with it."""
        before, exits = self.shell, self.exits
        self.exits = exits and fatal
        status = self._walk(node, fatal)
        self.shell, self.exits = before._replace(view=self.shell.view), exits
        return status

    def _branches(self, bodies: Sequence[Callable[[], str]]) -> str:
        """Exactly one of several bodies runs."""
        before, ends, statuses = self.shell, [], []
        for body in bodies:
            self.shell = before._replace(sure=False)
            statuses.append(body())
            ends.append(self.shell._replace(sure=before.sure))
        self.shell = merge(before, *ends)
        return statuses[0] if len(set(statuses)) == 1 else MAYBE

    def _if(self, branches: Sequence[tuple[syntax.Node, syntax.Node]], orelse: syntax.Node | None, fatal: bool) -> str:
        if not branches:
            return self._walk(orelse, fatal) if orelse else OK
        condition, body = branches[0]
        status = self._walk(condition, fatal=False)
        if status == OK:
            return self._walk(body, fatal)
        if status == FAILS:
            return self._if(branches[1:], orelse, fatal)
        return self._branches([lambda: self._walk(body, fatal), lambda: self._if(branches[1:], orelse, fatal)])

    def _case(self, cases: Sequence[tuple[tuple[str, ...], syntax.Node]], fatal: bool) -> str:
        bodies = [lambda body=body: self._walk(body, fatal) for _, body in cases]
        return self._branches([*bodies, lambda: OK])

    def _loop(self, loop: syntax.Loop, fatal: bool) -> str:
        fields = [syntax.expand(word, self.shell.env) for word in loop.words]
        globs = any(syntax.has_glob(word) for word in loop.words)
        if loop.kind != 'for' or globs or None in fields:
            return self._rounds_unknown(loop)
        values = [value for words in fields for value in words or ()]
        if len(values) > ROUNDS:
            raise Unfollowable
        for value in values:
            self.shell = self.shell._replace(env=_with(self.shell.env, loop.name, value))
            # Only the last round's status is the loop's.
            self._walk(loop.body, fatal and (self.shell.errexit or value is values[-1]))
        return MAYBE

    def _rounds_unknown(self, loop: syntax.Loop) -> str:
        if loop.name:
            self.shell = self.shell._replace(env=_with(self.shell.env, loop.name, None))
        if loop.condition:
            self._walk(loop.condition, fatal=False)
        return self._maybe(lambda: self._walk(loop.body, fatal=False), OK)

    # Simple commands

    def _redirected(self, redirects: Sequence[syntax.Redirect], run: Callable[[], str]) -> str:
        status = run()
        for redirect in redirects:
            self._redirect(redirect)
        return status

    def _redirect(self, redirect: syntax.Redirect) -> None:
        if '>' not in redirect.op or redirect.op in ('>&', '<&'):
            return
        target = syntax.expand(redirect.target, self.shell.env)
        if target is None or len(target) != 1 or (self.shell.cwd is None and not target[0].startswith('/')):
            raise Unfollowable
        path = normal(target[0], self.shell.cwd or '')
        if not path.startswith('/dev/'):
            self.shell = programs.written(self.shell, path)

    def _simple(self, node: syntax.Simple, fatal: bool) -> str:
        # Most commands set nothing and take nothing from the environment.
        words = () if node.assigns or node.words[:1] in _EXPORTS else syntax.literal(node.words)
        if not words:
            return self._expanded(node, fatal)
        kept = self.shell.env
        status = self._redirected(node.redirects, lambda: self._call(list(words), fatal, _fed(node.redirects)))
        if words[0] in ('env', 'sudo'):
            self.shell = self.shell._replace(env=kept)
        return status

    def _expanded(self, node: syntax.Simple, fatal: bool) -> str:
        # Without a command, the status is that of the last `$(…)`.
        status = self._substitute([*(raw for _, raw in node.assigns), *node.words], fatal and not node.words)
        env = self.shell.env
        for name, raw in node.assigns:
            env = _with(env, name, syntax.expand_value(raw, env))
        if not node.words:
            self.shell = self.shell._replace(env=env)
            return self._redirected(node.redirects, lambda: status)
        raws, exported = _exported(node.words)
        words = [word for raw in raws for word in self._fields(raw)]
        for name, raw in exported:
            env = _with(env, name, syntax.expand_value(raw, env))
        kept = self.shell.env
        self.shell = self.shell._replace(env=env)
        wraps = words[:1] in (['env'], ['sudo'])
        status = self._redirected(node.redirects, lambda: self._call(words, fatal, _fed(node.redirects)))
        if wraps or (node.assigns and not exported and self.shell.env == env):
            self.shell = self.shell._replace(env=kept)
        return status

    def _substitute(self, raws: Sequence[str], fatal: bool) -> str:
        """What `$(…)` in words runs, and how the last of them ends; only that one's failure can matter."""
        scripts = [script for raw in raws if '$(' in raw or '`' in raw for script in syntax.substitutions(raw)]
        status = OK
        for at, script in enumerate(scripts, 1):
            node = syntax.parse(script)
            if node is None:
                raise Unfollowable
            status = self._inside(node, fatal and at == len(scripts))
        return status

    def _fields(self, raw: str) -> Sequence[str | None]:
        fields = syntax.expand(raw, self.shell.env)
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
                    self.shell = self.shell._replace(env=_with(self.shell.env, name, value))
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
        node = syntax.parse(script) if script is not None else None
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
            here = here._replace(env=_with(here.env, 'PATH', parent(program)))
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
                self.shell = self.shell._replace(env=_with(self.shell.env, SET_GOFLAGS, self.settings[SET_GOFLAGS]))
            if not self.shell.env.get(name, ''):
                self.settings[name] = value if known else None
                self.shell = self.shell._replace(env=_with(self.shell.env, name, self.settings[name]))


def _with(env: dict[str, str | None], name: str, value: str | None) -> dict[str, str | None]:
    copy = env.copy()
    copy[name] = None if value is not None and len(value) > LONGEST_VALUE else value
    return copy


def _fed(redirects: Sequence[syntax.Redirect]) -> str | None:
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

"""A RUN's script, walked as a shell would run it on an image of which only part is known.

The question is always: does the failure of this command fail the step? Where a branch may not run, known is what both
ways agree on; what cannot be followed makes unknown what it could have changed, and no more.
"""

from __future__ import annotations

from hooks.replay import programs
from hooks.replay.commands import Commands, Unfollowable
from hooks.replay.shell import FAILS, MAYBE, OK, Call, Shell, View, merge, setting
from hooks.shell import expand, has_glob, parse, tree

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ('Call', 'Script', 'Shell', 'View')
ROUNDS = 50
NESTING = 100
# Loops in loops, and functions that call functions, grow without end.
STEPS = 20_000


class Script(Commands):
    """Walks one script."""

    depth = steps = 0

    def run(self, text: str) -> None:
        """Walk a whole script, whose exit status is the step's."""
        node = parse(text)
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

    def _walk(self, node: tree.Node, fatal: bool) -> str:
        self.depth += 1
        self.steps += 1
        try:
            if self.depth > NESTING or self.steps > STEPS:
                raise Unfollowable
            return self._node(node, fatal)
        finally:
            self.depth -= 1

    def _node(self, node: tree.Node, fatal: bool) -> str:
        match node:
            case tree.Simple():
                return self._simple(node, fatal)
            case tree.Seq(parts):
                return self._sequence(parts, fatal)
            case tree.And(left, right):
                return self._and(left, right, fatal)
            case tree.Or(left, right):
                return self._or(left, right, fatal)
            case tree.Not(body):
                return {OK: FAILS, FAILS: OK, MAYBE: MAYBE}[self._walk(body, fatal=False)]
            case tree.Pipe(parts):
                return self._pipe(parts, fatal)
            case tree.Background(body):
                return self._maybe(lambda: self._inside(body, fatal=False), OK)
            case tree.Subshell(body, redirects):
                return self._redirected(redirects, lambda: self._inside(body, fatal))
            case tree.Group(body, redirects):
                return self._redirected(redirects, lambda: self._walk(body, fatal))
            case tree.If(branches, orelse, redirects):
                return self._redirected(redirects, lambda: self._if(branches, orelse, fatal))
            case tree.Loop():
                return self._redirected(node.redirects, lambda: self._loop(node, fatal))
            case tree.Case(_, cases, redirects):
                return self._redirected(redirects, lambda: self._case(cases, fatal))
            case tree.Function(name, body):
                self.functions[name] = body
                return OK
        raise Unfollowable

    # Lists: whose failure ends the script?

    def _sequence(self, parts: Sequence[tree.Node], fatal: bool) -> str:
        status = OK
        for part in parts:
            last = part is parts[-1]
            # Under `set -e` the left side of && and || still fails without ending the script.
            # Where the whole list's failure does not matter, as on the left of ||, `set -e` is not in force.
            errexit = self.shell.errexit and fatal
            listed = isinstance(part, (tree.And, tree.Or, tree.Not)) and not last
            status = self._listed(part) if errexit and listed else self._walk(part, fatal if last else errexit)
        return status

    def _listed(self, node: tree.Node) -> str:
        """A list under `set -e`: only its last command ends the script."""
        if isinstance(node, tree.And):
            return self._then(self._listed_left(node.left), node.right, fatal=True)
        return self._walk(node, fatal=False)

    def _listed_left(self, node: tree.Node) -> str:
        if isinstance(node, tree.And):
            return self._then(self._listed_left(node.left), node.right, fatal=False)
        return self._walk(node, fatal=False)

    def _and(self, left: tree.Node, right: tree.Node, fatal: bool) -> str:
        status = self._walk(left, fatal)
        if fatal and status != FAILS:
            return self._worse(status, self._walk(right, fatal))
        return self._then(status, right, fatal)

    def _then(self, status: str, right: tree.Node, fatal: bool) -> str:
        """The right side of &&, which runs when the left side passed."""
        if status == FAILS:
            return FAILS
        if status == OK:
            return self._walk(right, fatal)
        return self._worse(status, self._maybe(lambda: self._walk(right, fatal), MAYBE))

    def _or(self, left: tree.Node, right: tree.Node, fatal: bool) -> str:
        ending = self._gives_up(right)
        if ending and (fatal or (ending == 'exit' and self.exits)):
            return self._walk(left, fatal=True)
        status = self._walk(left, fatal=False)
        if status == OK:
            return OK
        if status == FAILS:
            return self._walk(right, fatal)
        return OK if self._maybe(lambda: self._walk(right, fatal), MAYBE) == OK else MAYBE

    def _gives_up(self, node: tree.Node) -> str:
        """'exit' for `exit 1`, 'fails' for `false`, `return 1` or `(exit 1)`; a list may end in it. Otherwise ''."""
        match node:
            case tree.Simple(_, words):
                exits = words[:1] in (('exit',), ('return',)) and words[1:] not in ((), ('0',))
                return 'exit' if exits and words[0] == 'exit' else 'fails' if exits or words == ('false',) else ''
            case tree.Group(body):
                return self._gives_up(body)
            case tree.Subshell(body):
                return self._gives_up(body) and 'fails'
            case tree.Seq(parts):
                return self._gives_up(parts[-1]) if parts else ''
            case tree.And(_, right):
                return self._gives_up(right) and 'fails'
        return ''

    @staticmethod
    def _worse(*statuses: str) -> str:
        return FAILS if FAILS in statuses else MAYBE if MAYBE in statuses else OK

    def _pipe(self, parts: Sequence[tree.Node], fatal: bool) -> str:
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

    def _branches(self, bodies: Sequence[Callable[[], str]]) -> str:
        """Exactly one of several bodies runs."""
        before, ends, statuses = self.shell, [], []
        for body in bodies:
            self.shell = before._replace(sure=False)
            statuses.append(body())
            ends.append(self.shell._replace(sure=before.sure))
        self.shell = merge(before, *ends)
        return statuses[0] if len(set(statuses)) == 1 else MAYBE

    def _if(self, branches: Sequence[tuple[tree.Node, tree.Node]], orelse: tree.Node | None, fatal: bool) -> str:
        if not branches:
            return self._walk(orelse, fatal) if orelse else OK
        condition, body = branches[0]
        status = self._walk(condition, fatal=False)
        if status == OK:
            return self._walk(body, fatal)
        if status == FAILS:
            return self._if(branches[1:], orelse, fatal)
        return self._branches([lambda: self._walk(body, fatal), lambda: self._if(branches[1:], orelse, fatal)])

    def _case(self, cases: Sequence[tuple[tuple[str, ...], tree.Node]], fatal: bool) -> str:
        bodies = [lambda body=body: self._walk(body, fatal) for _, body in cases]
        return self._branches([*bodies, lambda: OK])

    def _loop(self, loop: tree.Loop, fatal: bool) -> str:
        fields = [expand(word, self.shell.env) for word in loop.words]
        globs = any(has_glob(word) for word in loop.words)
        if loop.kind != 'for' or globs or None in fields:
            return self._rounds_unknown(loop)
        values = [value for words in fields for value in words or ()]
        if len(values) > ROUNDS:
            raise Unfollowable
        for value in values:
            self.shell = self.shell._replace(env=setting(self.shell.env, loop.name, value))
            # Only the last round's status is the loop's.
            self._walk(loop.body, fatal and (self.shell.errexit or value is values[-1]))
        return MAYBE

    def _rounds_unknown(self, loop: tree.Loop) -> str:
        if loop.name:
            self.shell = self.shell._replace(env=setting(self.shell.env, loop.name, None))
        if loop.condition:
            self._walk(loop.condition, fatal=False)
        return self._maybe(lambda: self._walk(loop.body, fatal=False), OK)

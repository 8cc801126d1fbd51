"""A RUN's script, walked as a shell would run it on an image of which only part is known.

The question is always: does the failure of this command fail the step? Where a branch may not run, known is what both
ways agree on; what cannot be followed makes unknown what it could have changed, and no more.
"""

from __future__ import annotations

from hooks.replay.recipes import Recipes
from hooks.replay.shell import FAILS, MAYBE, OK, merge
from hooks.replay.walker import NOWHERE, TOP, Context, Gone, Unfollowable
from hooks.replay.writing import opaque_in
from hooks.shell import expand, has_glob, parse, tree

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROUNDS = 50
NESTING = 100
# Loops in loops, and functions that call functions, grow without end.
STEPS = 20_000
# So often a loop over unknown words is walked until its variables are what they were a round before.
SETTLING = 4
_QUOTES = frozenset('"\'\\[')


class Script(Recipes):
    """Walks one script."""

    def run(self, text: str) -> None:
        """Walk a whole script, whose exit status is the step's."""
        node = parse(text)
        self.one_line = '\n' not in text.replace('\\\n', '')
        self._top(lambda: self.walk(node, TOP) if node is not None else self._lost())

    def execute(self, words: Sequence[str | None]) -> None:
        """The exec form: one command, no shell."""
        self._top(lambda: self.command(tuple(words), TOP))

    def _top(self, run: Callable[[], str]) -> None:
        try:
            self.arrive(('exit',), run)
            self.failure = self.missing
        except Gone:
            # What follows does not run at all.
            self.gone = True
            self.shell = opaque_in(self.shell, ('',))._replace(cwd=None)
        except (Unfollowable, RecursionError):
            self.failure = None
            self.absent.clear()
            self.shell = opaque_in(self.shell, ('',))._replace(cwd=None)

    def _lost(self) -> str:
        raise Unfollowable

    def walk(self, node: tree.Node, context: Context) -> str:
        self.depth += 1
        self.steps += 1
        try:
            if self.depth > NESTING or self.steps > STEPS:
                raise Unfollowable
            self.last = self.settled(self._node(node, context), context)
            return self.last
        finally:
            self.depth -= 1

    def _node(self, node: tree.Node, context: Context) -> str:
        match node:
            case tree.Simple():
                return self.simple(node, context)
            case tree.Seq(parts):
                return self._sequence(parts, context)
            case tree.And(left, right):
                return self._and(left, right, context)
            case tree.Or(left, right):
                return self._or(left, right, context)
            case tree.Not(body):
                return self._not(body, context)
            case tree.Pipe(parts):
                return self._pipe(parts, context)
            case tree.Background(body):
                return self._background(body, context)
            case tree.Subshell(body, redirects):
                return self.redirected(redirects, lambda: self._subshell(body, context))
            case tree.Group(body, redirects):
                return self.redirected(redirects, lambda: self.walk(body, context))
            case tree.If(branches, orelse, redirects):
                return self.redirected(redirects, lambda: self._if(branches, orelse, context))
            case tree.Loop():
                return self.redirected(node.redirects, lambda: self._loop(node, context))
            case tree.Case(word, cases, redirects):
                return self.redirected(redirects, lambda: self._case(word, cases, context))
            case tree.Function(name, body):
                self.shell = self.shell._replace(functions={**self.shell.functions, name: body})
                return self.ended(OK, context)
        raise Unfollowable

    # Lists

    def _sequence(self, parts: Sequence[tree.Node], context: Context) -> str:
        status = OK
        for at, part in enumerate(parts, 1):
            status = self.walk(part, context if at == len(parts) else context.dropped())
        return status

    def _and(self, left: tree.Node, right: tree.Node, context: Context) -> str:
        status = self.walk(left, context.tested(context.failing)._replace(revives=context.revives))
        if status == MAYBE:
            return self.branches([lambda: self.walk(right, context), lambda: FAILS])
        return self.walk(right, context) if status == OK else FAILS

    def _or(self, left: tree.Node, right: tree.Node, context: Context) -> str:
        gives_up = self.dies(lambda: self.walk(right, context), FAILS, left)
        status = self.walk(left, context.tested(gives_up, context.passing))
        if status == MAYBE:
            return self.branches([lambda: OK, lambda: self.walk(right, context)])
        return OK if status == OK else self.walk(right, context)

    def _not(self, body: tree.Node, context: Context) -> str:
        self.turning += 1
        try:
            turned = context.tested(context.passing, context.failing)._replace(turned=True)
            return {OK: FAILS, FAILS: OK, MAYBE: MAYBE}[self.walk(body, turned)]
        finally:
            self.turning -= 1

    # Shells of their own

    def _own(self, context: Context) -> Context:
        """That of a subshell, whose status counts as that of a command."""
        fatal = self.fatal(context)
        return Context(fatal, context.passing, context.counts, context.revives, fatal)

    def _subshell(self, body: tree.Node, context: Context) -> str:
        own = self._own(context)
        if isinstance(body, tree.Not) and not isinstance(body.body, tree.Simple) and self.shell.errexit is not False:
            # In bash errexit is in force in `( ! { …; } )`.
            return self.ended(
                self.branches([lambda: self.inside(lambda: self.walk(body, own)), lambda: MAYBE]), context
            )
        return self.ended(self.inside(lambda: self.walk(body, own)), context)

    def _background(self, body: tree.Node, context: Context) -> str:
        self.branches([lambda: self.inside(lambda: self.walk(body, NOWHERE)), lambda: OK])
        return OK

    def _pipe(self, parts: Sequence[tree.Node], context: Context) -> str:
        own, self.stream = self._own(context), ''
        quiet = own._replace(failing=False, passing=False, revives=False, exits=False)
        first = own._replace(passing=False) if self.shell.pipefail or _is_unpacked(parts) else quiet
        statuses = [self.inside(lambda part=part: self.walk(part, first)) for part in parts[:-1]]  # type: ignore[misc]
        last = self.inside(lambda: self.walk(parts[-1], own))
        if self.shell.pipefail is not False:
            statuses = [last, *statuses]
            last = OK if set(statuses) == {OK} else FAILS if FAILS in statuses and self.shell.pipefail else MAYBE
        return self.ended(last, context)

    # Branches

    def _if(self, branches: Sequence[tuple[tree.Node, tree.Node]], orelse: tree.Node | None, context: Context) -> str:
        if not branches:
            return self.walk(orelse, context) if orelse else OK
        condition, body = branches[0]

        def otherwise() -> str:
            return self.settled(self._if(branches[1:], orelse, context), context)

        passing = self.dies(lambda: self.walk(body, context), OK, condition)
        failing = bool(orelse or branches[1:]) and self.dies(otherwise, FAILS, condition)
        status = self.walk(condition, context.tested(failing, passing))
        if status == MAYBE:
            return self.branches([lambda: self.walk(body, context), otherwise])
        return self.walk(body, context) if status == OK else otherwise()

    def _case(self, word: str, cases: Sequence[tuple[tuple[str, ...], tree.Node]], context: Context) -> str:
        found = expand(word, self.shell.env)
        value = ' '.join(found) if found is not None else None
        bodies: list[Callable[[], str]] = []
        for patterns, body in cases:
            holds = _matches(value, patterns, self.shell.env)
            if holds is not False:
                bodies.append(lambda body=body: self.walk(body, context))  # type: ignore[misc]
            if holds:
                break
        else:
            bodies.append(lambda: OK)
        return bodies[0]() if len(bodies) == 1 else self.branches(bodies)

    # Loops

    def _loop(self, loop: tree.Loop, context: Context) -> str:
        raws = [field for raw in loop.words for field in self._fields(raw, '')]
        globs = any(has_glob(word) for word in loop.words)
        if loop.kind != 'for' or globs or None in raws:
            return self.arrive(('break',), lambda: self._unknown_rounds(loop, context))
        if len(raws) > ROUNDS:
            raise Unfollowable
        return self.arrive(('break',), lambda: self._rounds(loop, raws, context))

    def _rounds(self, loop: tree.Loop, values: Sequence[str | None], context: Context) -> str:
        status = OK
        for at, value in enumerate(values, 1):
            self.shell = self.shell.assign(loop.name, value)
            own = context if at == len(values) else context.dropped()
            status = self.arrive(('continue',), lambda own=own: self.walk(loop.body, own))  # type: ignore[misc]
        return status

    def _unknown_rounds(self, loop: tree.Loop, context: Context) -> str:
        """Any number of rounds: what a round finds may be what another one left."""
        own = context.dropped()

        def round_() -> str:
            if loop.name:
                self.shell = self.shell.assign(loop.name, None)
            if loop.condition:
                self.walk(loop.condition, own.tested(False))
            return self.branches([lambda: self.arrive(('continue',), lambda: self.walk(loop.body, own)), lambda: OK])

        before = self.shell
        for _ in range(SETTLING):
            calls, left, failure = (
                list(self.calls),
                {kind: list(ways) for kind, ways in self.left.items()},
                self.failure,
            )
            start = self.shell
            round_()
            met = merge(start, start, self.shell)._replace(sure=before.sure)
            settled = (met.env, met.cwd, met.local) == (start.env, start.cwd, start.local)
            if settled and met.view.image is start.view.image:
                return MAYBE
            if settled and start is not before:
                self.shell = met
                return MAYBE
            self.shell, self.calls[:], self.failure = met, calls, failure
            for kind, ways in left.items():
                self.left[kind][:] = ways
        raise Unfollowable


def _is_unpacked(parts: Sequence[tree.Node]) -> bool:
    """Whether a pipe ends in a tar that unpacks it: of nothing at all tar says that it is no archive."""
    last = parts[-1]
    if len(parts) != 2 or not isinstance(last, tree.Simple) or last.words[:1] != ('tar',) or last.redirects:
        return False
    options = [word.lstrip('-') for word in last.words[1:2]]
    return options != [] and 'x' in options[0] and options[0].isalpha() and ('f' not in options[0] or '-' in last.words)


def _matches(value: str | None, patterns: Sequence[str], env: dict[str, str | None]) -> bool | None:
    """Whether a `case` takes a branch; None when that is not known."""
    if '*' in patterns:
        return True
    from fnmatch import fnmatchcase

    found: set[bool | None] = set()
    for raw in patterns:
        pattern = expand(raw, env)
        plain = (
            pattern is not None and len(pattern) == 1 and not ('"' in raw or "'" in raw or '\\' in raw or '[' in raw)
        )
        found.add(fnmatchcase(value, pattern[0]) if plain and pattern and value is not None else None)
    return True if True in found else None if None in found else False

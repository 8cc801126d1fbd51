"""What every part of a script's walk shares: what a status means where it arises, and where the script goes on.

The rules of errexit are POSIX.1-2017's (2.8.1 and `set`), as dash, busybox and bash all keep them: a command's failure
is ignored on the left of && and ||, in a condition, under `!`, and in all that runs inside of these. Such a failure may
still become the status of a list, of a group, of a branch; there errexit passes it over. As the status of a subshell,
of a pipeline or of a function it counts again. Where the shells disagree, nothing is known.
"""

from __future__ import annotations

from hooks.lean.record import Record
from hooks.replay.bases import UnknownEnvironment
from hooks.replay.image import Unknown
from hooks.replay.shell import FAILS, MAYBE, OK, Failure, Shell, View, merge
from hooks.shell.tree import Function, Simple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hooks.context.index import Repository
    from hooks.replay.scripts import Source
    from hooks.replay.shell import By, Call
    from hooks.shell.tree import Node


class Context(Record):
    """What the status of a node means for the step.

    `failing`: a status that is not 0 fails the step, errexit aside. `passing`: a status of 0 does. `counts`: errexit is
    not ignored here. `revives`: it is, but the status becomes a function's whose failure counts. `exits`: leaving this
    shell with a status that is not 0 fails the step. `turned`: the node stands under `!`.
    """

    failing: bool = False
    passing: bool = False
    counts: bool = True
    revives: bool = False
    exits: bool = True
    turned: bool = False

    def tested(self, failing: bool, passing: bool = False) -> Context:
        """That of a command whose failure errexit ignores."""
        return self._replace(failing=failing, passing=passing, counts=False, revives=False)

    def dropped(self) -> Context:
        """That of a command whose status is nobody's."""
        return self._replace(failing=False, passing=False, revives=False)


TOP = Context(failing=True)
# Where a command's end is of no matter, errexit included.
NOWHERE = Context(counts=False, exits=False)


class Unfollowable(Exception):
    """The script does what cannot be followed: what it could have changed becomes unknown."""


class Gone(Exception):
    """The script does not go on here: it has left a loop, a function, a shell, or the step has failed."""


class Walker:
    """A shell on its way through a script; `calls` collects the go commands in the order in which they run."""

    # How deep the walk is, and how long.
    depth = steps = 0

    def __init__(self, shell: Shell, repository: Repository) -> None:
        self.shell, self.repository = shell, repository
        self.calls: list[Call] = []
        self.aliases: dict[str, str | None] = {}
        # With which statuses, and as what, the script left its shells, functions and loops.
        self.left: dict[str, list[tuple[str, Shell]]] = {'exit': []}
        # Whether all of the script is one line, in which no alias holds yet.
        self.one_line = True
        # The shell before `local` hid a variable of the running function.
        self.shadowed: dict[str, Shell] = {}
        # What the status of the running function means.
        self.function = TOP
        # Whether the step fails for sure, and at which command.
        self.gone = False
        self.failure: Failure | None = None
        # A folder that is not there, where the walk goes on as if it were.
        self.missing: Failure | None = None
        # Programs that the image comes without, where the walk goes on as if they were there.
        self.absent: list[Failure] = []
        # The Go whose archive the last command printed, and the one that a command unpacked.
        self.stream = self.unpacked = ''
        # The archive that a command fetched last, where there never was one of that name.
        self.lost = ''
        # The status of the last command, for an `exit` that names none.
        self.last = OK
        # How many `!` the walk is under.
        self.turning = 0
        # The file whose commands run, how many such files run each other, and the last command's words.
        self.source: Source | None = None
        self.files = 0
        self.words: tuple[str, ...] = ()
        # A trial: what would follow if a command failed.
        self.trying = False

    def place(self) -> By | None:
        """Where the command stands that runs now; None for the RUN itself."""
        return self.source.by(self.words) if self.source else None

    def walk(self, node: Node, context: Context) -> str:
        raise NotImplementedError

    def fatal(self, context: Context) -> bool:
        """Whether a command that fails now fails the step."""
        counts = context.counts or context.revives
        return context.failing or (counts and context.exits and self.shell.errexit is True)

    def ended(self, status: str, context: Context, words: Sequence[str | None] = (), says: str = '') -> str:
        """The status of a command from which the walk goes on: as if what fails the step had not happened."""
        fatal = self.fatal(context)
        if (status == FAILS and fatal) or (status == OK and context.passing) or (fatal and context.passing):
            self.failure = Failure(tuple([word or '…' for word in words]), says, by=self.place())
            raise Gone
        if fatal and status == MAYBE:
            return OK
        if context.passing and status == MAYBE:
            status = FAILS
        if status != OK and not fatal and self.shell.errexit is not False and (context.counts or context.revives):
            # A subshell ends here, or may end.
            self.left['exit'].append((status, self.shell))
            if status == FAILS and self.shell.errexit and context.counts:
                raise Gone
            self.shell = self.shell._replace(sure=False)
        return status

    @staticmethod
    def settled(status: str, context: Context) -> str:
        """The status of a list or a compound command, likewise."""
        if (status == FAILS and context.failing) or (status == OK and context.passing):
            raise Gone
        if status == MAYBE and context.failing:
            return OK
        return FAILS if status == MAYBE and context.passing else status

    # Ways that part and meet

    def arrive(self, kinds: Sequence[str], run: Callable[[], str]) -> str:
        """Run what `exit`, `return`, `break` or `continue` leaves: here the ways of leaving it meet its end."""
        outer, before = self.left, self.shell
        self.left = {**outer, **{kind: [] for kind in kinds}}
        elsewhere = sum(len(ways) for kind, ways in self.left.items() if kind not in kinds)
        ways: list[tuple[str, Shell]] = []
        try:
            ways.append((run(), self.shell))
        except Gone:
            pass
        finally:
            own, self.left = self.left, outer
        ways += [way for kind in kinds for way in own[kind]]
        if not ways:
            raise Gone
        others = sum(len(found) for kind, found in own.items() if kind not in kinds) - elsewhere
        self.shell = merge(before, *(shell for _, shell in ways))._replace(sure=before.sure and not others)
        return _common([status for status, _ in ways])

    def inside(self, run: Callable[[], str]) -> str:
        """A shell of its own: its folder, its variables and its options end with it."""
        before, function, last = self.shell, self.function, self.last
        self.function = TOP
        outer, self.left = self.left, {}
        try:
            status = self.arrive(('exit',), run)
        finally:
            self.function, self.left, self.last = function, outer, last
            self.shell = before._replace(view=self.shell.view)
        return status

    def leave(self, kind: str, status: str, fatal: bool, words: Sequence[str | None]) -> str:
        """`exit`, `return`, `break`, `continue`."""
        if kind not in self.left:
            raise Unfollowable
        if status != OK and fatal:
            if status == FAILS:
                self.failure = Failure(tuple([word or '…' for word in words]), '', by=self.place())
                raise Gone
            status = OK
        self.left[kind].append((status, self.shell))
        raise Gone

    def branches(self, bodies: Sequence[Callable[[], str]]) -> str:
        """Exactly one of several bodies runs."""
        before, last, ways = self.shell, self.last, list[tuple[str, Shell]]()
        count = self._count()
        for body in bodies:
            self.shell, self.last = before._replace(sure=False), last
            try:
                ways.append((body(), self.shell))
            except Gone:
                continue
        if not ways:
            raise Gone
        # Whoever left is not here any more.
        sure = before.sure and self._count() == count
        self.shell = merge(before, *(shell for _, shell in ways))._replace(sure=sure)
        return _common([status for status, _ in ways])

    def _count(self) -> int:
        return sum(len(ways) for ways in self.left.values())

    def dies(self, run: Callable[[], str], last: str, behind: Node) -> bool:
        """Whether what would run behind a node fails the step for sure, whatever the image and the variables hold."""
        if self.trying or self._redefines(behind):
            return False
        kept = dict(self.__dict__)
        env = UnknownEnvironment(dict.fromkeys(self.shell.env))
        self.shell = self.shell._replace(view=View(Unknown(None)), cwd=None, env=env, sure=False)
        self.calls, self.trying = [], True
        self.aliases, self.shadowed, self.last = {**self.aliases}, {**self.shadowed}, last
        self.left = {kind: [] for kind in self.left}
        try:
            run()
        except Gone:
            return not self._count()
        except (Unfollowable, RecursionError):
            return False
        finally:
            self.__dict__.update(kept, steps=self.steps)
        return False

    def _redefines(self, node: object) -> bool:
        """Whether a node may change options or functions."""
        if isinstance(node, Simple):
            return bool(node.words) and (node.words[0] in ('set', 'eval') or node.words[0] in self.shell.functions)
        return isinstance(node, Function) or (isinstance(node, tuple) and any(map(self._redefines, node)))


def _common(statuses: Sequence[str]) -> str:
    return statuses[0] if len(set(statuses)) == 1 else MAYBE

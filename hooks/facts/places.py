"""What rules are asked of: a moment of a build, and a go command where it runs."""

from __future__ import annotations

from hooks.lean.record import Record
from hooks.module import modules
from hooks.replay import bases

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from hooks.context.index import Repository
    from hooks.facts.absence import Cause
    from hooks.golang.commands import GoCommand
    from hooks.module.invocation import Invocation
    from hooks.module.modules import Module
    from hooks.replay.build import Build
    from hooks.replay.copying import Source
    from hooks.replay.replayer import Moment
    from hooks.replay.shell import By, Call, View
    from hooks.report.finding import Finding

# Real builds are made with Go 1.21 and newer.
FIRST_MEASURED = 21


class At(Record):
    """A moment of a build: an instruction, or a go command of it, and the image just before."""

    build: Build
    moments: Sequence[Moment]
    at: int

    @property
    def moment(self) -> Moment:
        return self.moments[self.at]

    @property
    def line(self) -> int:
        return self.moment.step.line

    @property
    def missing(self) -> list[Source]:
        """The sources that the step takes and that are not there."""
        return [source for source in self.moment.copies if source.missing]

    def finding(self, rule: str, fact: str, cause: Cause, *causes: tuple[str, ...], says: bool = True) -> Finding:
        """A finding at the instruction; `says`: it names who declares the build."""
        return found(self.build, self.line, rule, fact, cause, *causes, says=says, by=self._by)

    @property
    def _by(self) -> By | None:
        what = self.moment.call or self.moment.failure or self.moment.absent
        return what.by if what else None


class Place(Record):
    """A go command in `cwd` (a path in the image), which is the moment number `at` of a build's.

    `module` is the main module, None where there is none or nobody knows.
    """

    build: Build
    moments: Sequence[Moment]
    at: int
    call: Call
    cwd: str
    module: Module | None

    @property
    def command(self) -> GoCommand:
        return self.call.command

    @property
    def view(self) -> View:
        return self.call.shell.view

    @property
    def repository(self) -> Repository:
        return self.build.repository

    @property
    def line(self) -> int:
        return self.moments[self.at].step.line

    @property
    def minor(self) -> int:
        """The minor number of the Go that runs, 0 when it is not known."""
        go, shell = self.moments[self.at].go, self.call.shell
        if go is not None and shell.env.get('GOTOOLCHAIN', '') == 'local':
            return bases.minor(go) or 0
        # Imported late: most images bring their Go, and it stays.
        from hooks.facts import toolchain

        return toolchain.minor(go, shell, self.module)

    @property
    def gopath(self) -> str:
        """The first folder of GOPATH; '' when it is not known."""
        return (self.call.shell.env.get('GOPATH', '') or '').partition(':')[0].rstrip('/')

    @property
    def vendored(self) -> bool | None:
        """Whether packages come from vendor/; None also where the module is not known."""
        return modules.vendored(self.view, self.module, self.command.flags) if self.module else None

    @property
    def may_be_vendored(self) -> bool:
        """Whether a vendor/ that git ignores may be made before the build: where modules are downloaded, it is not."""
        # Imported late, here and below: where all is well, nobody asks.
        from hooks.module.needed import GRAPH, ONE_MODULE

        module, command = self.module, self.command
        if module is None or 'mod' in command.flags or command.name in ONE_MODULE | GRAPH:
            return False
        calls = (moment.call for moment in self.moments)
        if any(call and call.command.name == 'mod download' for call in calls):
            return False
        return self.repository.generated(f'{module.origin.removesuffix("go.mod")}vendor/modules.txt')

    @property
    def workspace(self) -> bool | None:
        """Whether a go.work is in force."""
        return modules.workspace(self.view, self.cwd, self.call.shell.env)

    @property
    def invocation(self) -> Invocation:
        """What `module.needed` is asked of."""
        from hooks.facts import toolchain
        from hooks.module.invocation import Invocation

        go = toolchain.of(self.moments[self.at], self.call.shell)
        return Invocation(
            self.repository, self.view, self.cwd, self.command, self.call.shell.env, go.minor if go else None
        )

    @property
    def reads_graph(self) -> bool:
        """Whether a go.mod is all that the command reads of the folder of a module."""
        from hooks.module.needed import GRAPH

        return self.command.name in GRAPH or self.command.name == 'list'

    @property
    def must_pass(self) -> bool:
        """Whether the command runs for certain, and its failure is the build's."""
        return self.call.fatal and self.call.shell.sure

    def finding(self, rule: str, fact: str, cause: Cause, *causes: tuple[str, ...]) -> Finding:
        """A finding at the instruction of the command."""
        return found(self.build, self.line, rule, fact, cause, *causes, by=self.call.by)


def place(at: At) -> Place | None:
    """The go command of a moment, where it runs in module mode, on a go.mod of that name, in a folder that is known."""
    call = at.moment.call
    if call is None or call.shell.cwd is None or not {'modfile', 'overlay'}.isdisjoint(call.command.flags):
        return None
    # Of what a base image may have set, nearly all leave this alone.
    if dict.get(call.shell.env, 'GO111MODULE', '') not in ('', 'on'):
        return None
    module = modules.main_module(at.build.repository, call.shell.view, call.shell.cwd)
    if module and not module.origin:
        # A step wrote it: there is no place in the repository to speak of.
        module = module._replace(mod=None)
    return Place(at.build, at.moments, at.at, call, call.shell.cwd, module)


def is_moot(place: Place) -> bool:
    """Whether what a command lacks only follows: from a flag that is none, or from what a step before lacks."""
    from hooks.golang import flags

    here = place.moments[place.at].stage
    missing = (s.missing for m in place.moments[: place.at] if m.stage is here for s in m.copies if s.missing)
    folders = any('.' not in path.rpartition('/')[2] or path.endswith(('/go.mod', '/go.work')) for path in missing)
    return folders or flags.undefined(place.command, place.minor)[0] != ''


def is_settable(place: Place, word: str) -> bool:
    """Whether a word may hang on a build argument that nobody is known to pass, but somebody may.

    A word that is known hangs on none without a value.
    """
    if place.build.declared:
        return False
    steps = (step for step in place.moments[place.at].stage.steps if step.name == 'ARG')
    names = (arg.partition('=')[0] for step in steps for arg in step.args)
    values = (place.call.shell.env.get(name, '') for name in names)
    return any(value and value in word for value in values)


def found(
    build: Build,
    line: int,
    rule: str,
    fact: str,
    cause: Cause,
    *causes: tuple[str, ...],
    says: bool = True,
    by: By | None = None,
) -> Finding:
    """A finding in the Dockerfile of a build; `by`: what runs the command stands in another file."""
    from hooks.report.finding import Finding, Related

    related = [Related(*each) for each in cause.related]
    related += [Related(by.path, by.line, f'`{by.command}` runs it')] if by else []
    where = f'{" at" if " at `" not in fact else ", run by"} `{by.command}` ({by.path}:{by.line})' if by else ''
    related += [Related(each.by, each.line, 'declares the build') for each in build.declared if says]
    named = 'build context' in fact or 'build context' in cause.why
    whole = fact + where
    supposed = build.says(whole) or ('' if named else build.supposed(whole)) if says else ''
    return Finding(
        build.dockerfile,
        line,
        rule,
        fact,
        cause.whole,
        cause.why,
        where + supposed,
        tuple(related),
        causes,
    )

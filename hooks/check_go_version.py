"""The Go of the image is new enough for the go.mod files it builds and for the tools it installs.

It follows ARG, build arguments, stages on stages and GOTOOLCHAIN, and names the tag to write.
"""

from __future__ import annotations

import sys

from hooks.builds import subjects
from hooks.cli import runner
from hooks.context import index
from hooks.context.paths import normal
from hooks.context.tree import FILE
from hooks.facts import toolchain
from hooks.facts.toolchain import STRICT
from hooks.golang import gomod, tools, versions
from hooks.golang.commands import BUILDS
from hooks.lean.record import Record
from hooks.module import modules
from hooks.report import printing
from hooks.report.printing import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hooks.builds.subjects import Subject
    from hooks.context.index import Repository
    from hooks.context.tree import Entry
    from hooks.facts.toolchain import Toolchain
    from hooks.replay.build import Build
    from hooks.replay.replayer import Moment
    from hooks.replay.script import Call

HOOK = 'check-go-version'
# Before Go 1.16 there is no `go install PKG@VERSION`, and what its go.mod may say was never measured.
OLDEST = 16
# What go.mod of the main module is read by, and refused; what go.work and its members are.
PACKAGES = frozenset(('build', 'install', 'run', 'test', 'vet', 'list'))
GRAPH = frozenset(('mod download', 'mod verify', 'mod graph'))
LOADS_MOD = PACKAGES | GRAPH | {'mod tidy', 'mod vendor', 'mod why', 'get', 'generate', 'fmt', 'fix'}
LOADS_MEMBERS = PACKAGES | GRAPH | {'mod why'}
LOADS_WORK = LOADS_MEMBERS | {'work sync'}
FIRST_WORKSPACE = 18


class Demand(Record):
    """What a go.mod or go.work (a repository path) asks of Go: the line, the version, and in go's words what it is."""

    path: str
    line: int
    wanted: str
    says: str


class Problem(Record):
    """A finding of a Dockerfile; `says` is who declares the build."""

    line: int
    fact: str
    says: str
    cure: str

    @property
    def message(self) -> str:
        return f'{self.fact}{self.says}: {self.cure}'


def check(build: Build, moments: Sequence[Moment]) -> Iterator[Problem]:
    """The go.mod files that are too new for an image, once for each, and the tools."""
    told: set[tuple[int, str]] = set()
    for moment in moments:
        call = moment.call
        if call is None or not _counts(call):
            continue
        go = toolchain.of(moment, call.shell)
        yield from (tool._replace(says=build.says()) for tool in _installed(moment, call, go))
        demand = _hardest(go, _demands(build.repository, call, go)) if go and go.minor >= OLDEST else None
        if go and demand and (go.base.line, demand.path) not in told:
            told.add((go.base.line, demand.path))
            fact = f'{demand.path}:{demand.line} {demand.says} {go.running()}'
            yield Problem(go.base.line, fact, build.says(), go.cure(demand.wanted))


def _counts(call: Call) -> bool:
    """Whether the command runs, in module mode, and its failure is the build's."""
    return call.fatal and call.shell.sure and call.shell.env.get('GO111MODULE', '') not in ('off', None)


# What go.mod and go.work ask for


def _hardest(go: Toolchain, demands: Iterator[Demand]) -> Demand | None:
    """One bump of the image cures them all, so the one that asks for most is named."""
    return max(demands, key=lambda demand: versions.key(demand.wanted), default=None)


def _demands(repository: Repository, call: Call, go: Toolchain) -> Iterator[Demand]:
    """What the command's go.mod, go.work, members and local replacements ask for that this Go refuses."""
    command, cwd, view = call.command, call.shell.cwd, call.shell.view
    if cwd is None or command.versioned or 'modfile' in command.flags or command.flags.get('mod', '') is None:
        return
    off = go.minor < FIRST_WORKSPACE
    workspace = False if off else modules.workspace(view, cwd, call.shell.env)
    if workspace:
        yield from _workspace(repository, call, go)
    module = modules.main_module(repository, view, cwd)
    if module is None or module.mod is None or command.name not in LOADS_MOD or workspace is None:
        return
    if not workspace or command.name in ('mod tidy', 'mod vendor', 'fmt', 'fix'):
        yield from _refused(go, module.mod, module.origin)
    if workspace is False and go.minor >= STRICT:
        yield from _replacements(repository, call, go, module)
        yield from _tool_lines(go, module) if command.name in GRAPH or command.name == 'mod tidy' else ()


def _workspace(repository: Repository, call: Call, go: Toolchain) -> Iterator[Demand]:
    value, view = call.shell.env.get('GOWORK', ''), call.shell.view
    cwd, name = call.shell.cwd or '', call.command.name
    folder = normal(value, cwd).rpartition('/')[0] if value else modules.find_up(view, cwd, 'go.work')[0]
    entry = view.look(normal(value, cwd) if value else f'{folder}/go.work')
    text = _text(repository, entry)
    if text is None or name not in LOADS_WORK:
        return
    work = gomod.parse_work(text)
    yield from _refused(go, work, entry.origin)
    for path, _ in work.use if name in LOADS_MEMBERS else ():
        member = view.look(f'{normal(path, folder)}/go.mod')
        inner = _text(repository, member)
        if inner is not None:
            yield from _refused(go, gomod.parse_mod(inner), member.origin)


def _replacements(repository: Repository, call: Call, go: Toolchain, module: modules.Module) -> Iterator[Demand]:
    """The go.mod of folders that replace a required module: read with the graph, or when a package of it is built."""
    command, view = call.command, call.shell.view
    assert module.mod
    seen: frozenset[str] | None = None
    for requirement in module.mod.require:
        replacement = module.replaced(requirement.path)
        if replacement is None or replacement.new_version:
            continue
        folder = normal(replacement.new_path, module.folder)
        entry = view.look(folder + '/go.mod')
        mod = gomod.parse_mod(text) if (text := _text(repository, entry)) is not None else None
        if mod is None or not versions.is_line(mod.go) or not go.lacks(mod.go):
            continue
        if command.name not in GRAPH:
            seen = _imported(repository, call, module) if seen is None else seen
        if command.name in GRAPH or any(each == folder or each.startswith(folder + '/') for each in seen or ()):
            yield Demand(entry.origin, mod.go_line, mod.go, f'requires go >= {mod.go}')


def _tool_lines(go: Toolchain, module: modules.Module) -> Iterator[Demand]:
    """The required versions of the tools that go.mod names, as far as they are known ones."""
    assert module.mod
    for package, _ in module.mod.tool:
        within = (r for r in module.mod.require if f'{package}/'.startswith(f'{r.path}/'))
        owners = [requirement for requirement in within if not module.replaced(requirement.path)]
        owner = max(owners, key=lambda requirement: len(requirement.path), default=None)
        tool = tools.find(f'{package}@{owner.version}') if owner else None
        if owner and tool and tool.module == owner.path and go.lacks(tool.run.go):
            says = f'requires {owner.path}@{owner.version}, which requires go >= {tool.run.go}'
            yield Demand(module.origin, owner.line, tool.run.go, says)


def _imported(repository: Repository, call: Call, module: modules.Module) -> frozenset[str]:
    """The folders of the packages that a command builds, as far as they are known."""
    # Imported late: most images build no such module.
    from hooks.module import needed

    command, shell = call.command, call.shell
    vendored = command.name not in needed.ONE_MODULE and modules.vendored(shell.view, module, command.flags)
    if command.name not in BUILDS | needed.ONE_MODULE or vendored is not False:
        return frozenset()
    return frozenset(needed.packages(repository, shell.view, shell.cwd or '', command, shell.env).folders)


def _refused(go: Toolchain, file: gomod.GoMod | gomod.GoWork, path: str) -> Iterator[Demand]:
    """What this Go refuses to read, or to build: nothing that every Go refuses."""
    if file.go and versions.is_line(file.go):
        if go.minor >= STRICT and go.lacks(file.go):
            yield Demand(path, file.go_line, file.go, f'requires go >= {file.go}')
        elif go.minor < STRICT and not versions.is_line(file.go, old=True):
            newest = max(file.go, '1.21', key=versions.key)
            yield Demand(path, file.go_line, newest, f"says go {file.go}: invalid go version '{file.go}'")
    lines = {'toolchain': file.toolchain_line}
    if isinstance(file, gomod.GoMod):
        lines.update({name: one[0][1] for name, one in (('tool', file.tool), ('ignore', file.ignore)) if one})
    for name, line in lines.items():
        first = versions.DIRECTIVES[name]
        if line and go.minor < first:
            wanted = max(f'1.{first}', file.go, key=versions.key)
            yield Demand(path, line, wanted, f'has a {name} line: unknown directive: {name}')


def _text(repository: Repository, entry: Entry) -> str | None:
    return repository.read(entry.origin) if entry.kind == FILE and entry.origin else None


# Tools


def _installed(moment: Moment, call: Call, go: Toolchain | None) -> Iterator[Problem]:
    """The tools that a command installs, runs or gets at a version which it refuses."""
    command = call.command
    if command.name not in ('install', 'run', 'get') or 'modfile' in command.flags:
        return
    for argument in command.args[:1] if command.name == 'run' else command.args:
        tool = tools.find(argument) if argument and '@' in argument else None
        if tool is None:
            continue
        if tool.run.moved:
            yield from _moved(moment, call, go, tool)
        elif go and go.minor >= OLDEST:
            yield from _too_new(moment, command.name, go, tool)


def _too_new(moment: Moment, verb: str, go: Toolchain, tool: tools.Tool) -> Iterator[Problem]:
    run = tool.run
    refused = '' if verb == 'get' else tools.refused(run, go.minor)
    if go.minor >= STRICT and go.lacks(run.go):
        says, wanted = f'requires go >= {run.go}', run.go
    elif refused:
        needs = [f'1.{versions.DIRECTIVES[name]}' for name in run.directives]
        says, wanted = f'says {refused}', max([run.go, f'1.{STRICT}', *needs], key=versions.key)
    else:
        return
    fits = tools.fitting(tool, _limit(go), go.minor)
    cure = go.cure(wanted) + f' in line {go.base.line}' * (not go.fixed) + (f', or {verb} `{fits}`' if fits else '')
    yield Problem(moment.step.line, f'{_named(tool)} {says} {go.running()}', '', cure)


def _moved(moment: Moment, call: Call, go: Toolchain | None, tool: tools.Tool) -> Iterator[Problem]:
    """A module that declares another path can be installed by no Go."""
    if moment.go == '' or (go and go.minor < OLDEST):
        return
    package = f'{tool.run.moved}{tool.package[len(tool.module) :]}'
    fits = tools.fitting(tool, _limit(go), go.minor) if go else ''
    fact = f'{_named(tool)} declares its path as {tool.run.moved}, and was required as {tool.module}'
    yield Problem(moment.step.line, fact, '', f'{call.command.name} `{fits or package + "@latest"}`')


def _named(tool: tools.Tool) -> str:
    newer = '' if tool.query == tool.version else f' ({tool.version} or newer)'
    return f'{tool.package}@{tool.query}{newer}'


def _limit(go: Toolchain) -> str:
    """The newest version that this Go may be."""
    major, minor, patch, kind, _ = go.newest
    return go.version if kind else f'{major}.{minor}.{max(patch, 0)}'


# The command


def problems(subject: Subject) -> list[Problem]:
    """The problems of a Dockerfile: of each declared build, or those that all fitting contexts share."""
    found = [list(check(build, moments)) for build, moments in subject.replays()]
    if found and subject.builds[0].declared:
        return runner.agreed(found, True, lambda problem: problem._replace(says=''))
    return runner.agreed(found, False, lambda problem: problem.line)


def main(argv: Sequence[str] | None = None) -> int:
    options = runner.arguments(HOOK, __doc__, argv, lambda parser: None, {})
    repository = index.find()
    builds = subjects.Builds(repository)

    def find(subject: Subject) -> list[Finding]:
        return [Finding(subject.path, problem.line, problem.message) for problem in problems(subject)]

    findings = runner.findings(builds, options.names, HOOK, find)
    return 1 if printing.show([*runner.config_findings(builds), *findings], repository.read, HOOK) else 0


if __name__ == '__main__':
    sys.exit(main())

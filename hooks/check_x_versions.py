"""Every golang.org/x version that a go.mod or a Dockerfile names exists.

It reads require and replace in go.mod and go.work, and `go install`, `go run`, `go get` and `go mod download` of
PACKAGE@VERSION in a RUN, and knows the versions from a table.
"""

from __future__ import annotations

import sys

from hooks.cli import runner
from hooks.context import index
from hooks.golang import x_versions
from hooks.lean.lazy import regex
from hooks.lean.record import Record
from hooks.module import requirements
from hooks.report import printing
from hooks.report.printing import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Iterable, Iterator, Sequence

    from hooks.builds.subjects import Builds, Subject
    from hooks.context.index import Repository
    from hooks.replay.build import Build
    from hooks.replay.replayer import Moment
    from hooks.replay.script import Call

HOOK = 'check-x-versions'
MODULES = ('go.mod', 'go.work')
# A go.mod below these is a dependency's, or a test's.
NO_SUBJECTS = frozenset(('vendor', 'node_modules', 'testdata'))
# What may declare a build, and its arguments.
DECLARING = ('.yml', '.yaml', '.toml')
COMMANDS = ('install', 'run', 'get', 'mod download')
FLOATING = frozenset(('latest', 'upgrade', 'patch', 'master', 'main', 'HEAD', 'trunk', 'tip', 'develop', 'dev', 'next'))
PREFIX = regex(r'v\d+(?:\.\d+)?|[<>]=?v.*')


class Problem(Record):
    """A version that is not there, or that floats. `old` is what stands in the file, `new` what --fix writes for it."""

    line: int
    message: str
    old: str = ''
    new: str = ''

    @property
    def subject(self) -> str:
        """MODULE@VERSION, or PACKAGE@VERSION."""
        return self.message.partition(':')[0]


# go.mod and go.work


def check_module(repository: Repository, path: str, text: str) -> Iterator[Problem]:
    """The versions of a go.mod, or of a go.work, that never existed. `path` is relative to the repository's top."""
    lines = text.split('\n')
    for each in requirements.asked(repository, path, text):
        module = x_versions.module(each.path)
        # A version that stands there in another way (`v0.3`) is a query, which Go resolves.
        if module is None or each.version not in lines[each.line - 1]:
            continue
        lack = x_versions.lack((module,), each.version)
        if lack and not requirements.is_replaced(repository, path, each):
            yield Problem(each.line, f'{each.path}@{each.version}: {lack.why}: {lack.cure}', each.version, lack.meant)


def sums(repository: Repository, path: str, problems: Iterable[Problem]) -> dict[str, int]:
    """MODULE@VERSION → the line of the go.sum beside a go.mod that holds a hash of it."""
    wanted = {problem.subject for problem in problems}
    text = repository.read(path.removesuffix('go.mod') + 'go.sum') if path.endswith('go.mod') and wanted else None
    found: dict[str, int] = {}
    for number, line in enumerate((text or '').split('\n'), 1):
        name, _, rest = line.partition(' ')
        key = f'{name}@{rest.partition(" ")[0].removesuffix("/go.mod")}'
        if key in wanted:
            found.setdefault(key, number)
    return found


# Dockerfiles


def check(build: Build, moments: Iterable[Moment], pinned: bool = False) -> Iterator[Problem]:
    """What a build installs, runs or gets at a version that never existed; with `pinned`, also at one that floats."""
    for moment in moments:
        call = moment.call
        if call is None or call.command.name not in COMMANDS:
            continue
        for arg in call.command.args[:1] if call.command.name == 'run' else call.command.args:
            package, at, version = (arg or '').partition('@')
            if at and not package.startswith(('.', '/')):
                problem = _missing(build, call, moment.step.line, package, version)
                problem = problem or (_floats(moment, package, version) if pinned else None)
                if problem:
                    yield problem._replace(message=problem.message.replace(': ', f'{build.says()}: ', 1))


def _missing(build: Build, call: Call, line: int, package: str, version: str) -> Problem | None:
    lack = x_versions.lack(x_versions.owners(package), version)
    if lack is None or not call.fatal or not call.shell.sure or _may_be_replaced(build, call, package):
        return None
    new = f'{package}@{lack.meant}' if lack.meant else ''
    return Problem(line, f'{package}@{version}: {lack.why}: {lack.cure}', f'{package}@{version}', new)


def _may_be_replaced(build: Build, call: Call, package: str) -> bool:
    """Whether the module that a `go get` works in replaces what it gets, or could; the others look at no go.mod."""
    if call.command.name in ('install', 'run'):
        return False
    from hooks.context import tree
    from hooks.module import modules

    cwd, view = call.shell.cwd, call.shell.view
    if cwd is None:
        return True
    kind = modules.find_up(view, cwd, 'go.mod')[1].kind
    module = modules.main_module(build.repository, view, cwd)
    if module is None or module.mod is None:
        return kind != tree.ABSENT
    return any(package == each.path or package.startswith(each.path + '/') for each in module.mod.replace)


def _floats(moment: Moment, package: str, version: str) -> Problem | None:
    if version not in FLOATING and not PREFIX.fullmatch(version):
        return None
    go, owners = _image_go(moment), x_versions.owners(package)
    known = _newest(package, owners, go)
    if known:
        builds = f' that Go {go} builds' if go and known != _newest(package, owners, '') else ''
        cure = f'write `{known}`, the newest known{builds}'
    elif owners:
        cure = f'write what `go list -m {owners[0].path}@latest` prints'
    else:
        cure = 'write the release that you tested, as in `@v1.2.3`'
    return Problem(moment.step.line, f'{package}@{version} names another version tomorrow: {cure}')


def _newest(package: str, owners: Sequence[x_versions.Module], go: str) -> str:
    """PACKAGE@VERSION of the newest known release, and where Go is known, that it builds; '' where none is known."""
    if owners:
        # What became a module of its own, only to be abandoned, is not in its parent any more.
        newest = x_versions.newest(owners[0], go)
        return newest and f'{package}@{newest}'
    from hooks.golang import tools, versions

    tool = tools.find(f'{package}@latest')
    if tool is None:
        return ''
    fitting = tools.fitting(tool, f'{go}.9999' if go.count('.') == 1 else go, versions.minor(go)) if go else ''
    return fitting or tools.fitting(tool, '1.9999', 9999)


def _image_go(moment: Moment) -> str:
    """The Go that a command has to do with, as in '1.21' or '1.21.3'; '' where it floats or may fetch another."""
    toolchain = moment.call.shell.env.get('GOTOOLCHAIN', 'local') if moment.call else None
    return moment.go if moment.go and moment.go[0].isdigit() and toolchain == 'local' else ''


def problems(subject: Subject, pinned: bool) -> list[Problem]:
    """The problems of a Dockerfile: of each declared build, or those that all fitting contexts share."""
    found = [list(check(build, moments, pinned)) for build, moments in subject.replays()]
    agreed: list[Problem] = runner.agreed(found, bool(subject.builds and subject.builds[0].declared), lambda each: each)
    return agreed


# Fixing


def fixed_module(text: str, found: Iterable[Problem]) -> str:
    """A go.mod or go.work with the versions that were meant; byte for byte the same elsewhere."""
    lines = text.split('\n')
    for each in found:
        if each.new:
            code, comment, rest = lines[each.line - 1].partition('//')
            left, arrow, right = code.rpartition('=>')
            if right.count(each.old) == 1:
                lines[each.line - 1] = left + arrow + right.replace(each.old, each.new) + comment + rest
    return '\n'.join(lines)


def fixed(subject: Subject, found: Iterable[Problem]) -> str:
    """A Dockerfile with the versions that were meant, where they stand in the instruction itself."""
    import re

    lines = subject.text.split('\n')
    last = {step.line: step.last for stage in subject.dockerfile.stages for step in stage.steps}
    for each in found:
        word = re.compile(rf'(?<![\w./~-]){re.escape(each.old)}(?![\w.+-])')
        for at in range(each.line - 1, last.get(each.line, 0)) if each.new else ():
            if not lines[at].lstrip().startswith('#'):
                lines[at] = word.sub(each.new, lines[at])
    return '\n'.join(lines)


# The command


def main(argv: Sequence[str] | None = None) -> int:
    options = runner.arguments(HOOK, __doc__, argv, _options, {'fix': False, 'pinned': False})
    run = _Run(index.find(), options.fix, options.pinned)
    modules, others = run.sorted(options.names)
    for path in modules:
        run.module(path)
    if others:
        run.dockerfiles(others)
    shown = printing.show(run.findings, run.repository.read, HOOK)
    return 1 if shown or run.rewritten else 0


def _options(parser: ArgumentParser) -> None:
    parser.add_argument('--fix', action='store_true', help='write `v0.N.P` for `v1.N.P` where there is such a release')
    parser.add_argument('--pinned', action='store_true', help='also report `@latest`, `@master` and their like')


def _may_be_dockerfile(name: str) -> bool:
    """A look that needs no import; `builds.subjects` knows."""
    return 'dockerfile' in name.lower() or 'containerfile' in name.lower()


class _Run:
    """One run of the command: what it finds and whether it wrote anything."""

    def __init__(self, repository: Repository, fix: bool, pinned: bool) -> None:
        self.repository, self.fix, self.pinned = repository, fix, pinned
        self.findings: list[Finding] = []
        self.rewritten = False

    def sorted(self, names: Iterable[str]) -> tuple[list[str], list[str]]:
        """The paths of the go.mod and go.work files that are subjects, and of what may name a version otherwise."""
        modules, others = set(), set()
        for name in names:
            path = self.repository.name(name)
            base = (path or '').rpartition('/')[2]
            if path is None or (base in MODULES and self.repository.read(path) is None):
                self._unreadable(name)
            elif base in MODULES:
                modules.update([path] if NO_SUBJECTS.isdisjoint(path.split('/')) else [])
            elif base.endswith(DECLARING) or (_may_be_dockerfile(base) and self._may_name_one(path)):
                others.add(path)
        return sorted(modules), sorted(others)

    def _may_name_one(self, path: str) -> bool:
        text = self.repository.read(path)
        return text is None or self.pinned or x_versions.ROOT in text

    def _unreadable(self, name: str) -> None:
        printing.warn(HOOK, f'{name} is no file of this repository that can be read: it is left out')

    def module(self, path: str) -> None:
        text = self.repository.read(path) or ''
        if x_versions.ROOT not in text:
            return
        found = list(check_module(self.repository, path, text))
        hashes = sums(self.repository, path, found)
        if self.fix and self._rewrite(path, text, fixed_module(text, self._heeded(path, text, found))):
            left = list(check_module(self.repository, path, self.repository.read(path) or ''))
            stay = {each.subject for each in left}
            self._report_sums(path, {key: line for key, line in hashes.items() if key not in stay})
            found = left
        for each in found:
            line = hashes.get(each.subject)
            tidy = f', and run `go mod tidy`, since {_go_sum(path)}:{line} holds a hash of it' if line else ''
            self.findings.append(Finding(path, each.line, each.message + tidy))

    def _report_sums(self, path: str, hashes: dict[str, int]) -> None:
        folder = path.rpartition('/')[0] or '.'
        for key, line in hashes.items():
            message = f'a hash of {key}, which never existed: run `go mod tidy` in {folder}'
            self.findings.append(Finding(_go_sum(path), line, message))

    def dockerfiles(self, paths: Iterable[str]) -> None:
        """The Dockerfiles among these, and those that the compose files, workflows and config among them declare."""
        from hooks.builds import subjects

        named = set(paths)
        builds = subjects.Builds(self.repository)
        self.findings += runner.config_findings(builds)
        found = {path for path in named if subjects.is_dockerfile(path)}
        for path in sorted(path for path in found if self.repository.read(path) is None):
            self._unreadable(path)
        if any(path.endswith(DECLARING) for path in named):
            found.update(d for d, declared in builds.declared().items() if any(each.by in named for each in declared))
        for path in sorted(found):
            subject = builds.subject(path) if self._may_name_one(path) else None
            if subject:
                self._dockerfile(builds, subject)

    def _dockerfile(self, builds: Builds, subject: Subject) -> None:
        found = problems(subject, self.pinned)
        heeded = self._heeded(subject.path, subject.text, found)
        if self.fix and self._rewrite(subject.path, subject.text, fixed(subject, heeded)):
            found = problems(builds.subject(subject.path) or subject, self.pinned)
        self.findings += [Finding(subject.path, each.line, each.message) for each in found]

    def _heeded(self, path: str, text: str, found: Iterable[Problem]) -> list[Problem]:
        return [each for each in found if not printing.is_ignored(text, each.line, HOOK)]

    def _rewrite(self, path: str, before: str, after: str) -> bool:
        if before == after:
            return False
        self.repository.rewrite(path, after)
        printing.write(f'Rewriting {path}\n')
        self.rewritten = True
        return True


def _go_sum(path: str) -> str:
    return path.removesuffix('go.mod') + 'go.sum'


if __name__ == '__main__':
    sys.exit(main())

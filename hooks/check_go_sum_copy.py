"""Every go.mod, go.sum, go.work and go.work.sum that a Dockerfile copies is in the build context that a clean checkout
sends, and go.sum is copied where go needs it.

It reads COPY, ADD, COPY --from and bind mounts, and says why the file is not there.
"""

from __future__ import annotations

import sys

from hooks.builds import subjects
from hooks.cli import runner
from hooks.context import index, paths
from hooks.context.tree import ABSENT, FILE, FOLDER, REMOVED, Context
from hooks.dockerfile import parser
from hooks.facts import absence
from hooks.facts.absence import Cause
from hooks.lean.record import Record
from hooks.module import modules
from hooks.replay import bases, copying, replayer
from hooks.replay.image import Image
from hooks.report import printing
from hooks.report.printing import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Iterator, Sequence

    from hooks.builds.subjects import Subject
    from hooks.dockerfile.parser import Step
    from hooks.replay.build import Build
    from hooks.replay.copying import Source
    from hooks.replay.replayer import Moment
    from hooks.replay.script import Call

HOOK = 'check-go-sum-copy'
NAMES = ('go.mod', 'go.sum', 'go.work', 'go.work.sum')
# Before Go 1.16 a build wrote the go.sum that it lacked.
FIRST_STRICT_GO = 16


class Problem(Record):
    """A finding of a Dockerfile: `says` is who declares the build. --fix may make the go.sum of `optional` so."""

    line: int
    fact: str
    says: str
    why: str
    cure: str
    optional: Source | None = None

    @property
    def message(self) -> str:
        return f'{self.fact}{self.says}{self.why}: {self.cure}'


def check(build: Build, moments: Sequence[Moment], builder: str = 'buildkit') -> Iterator[Problem]:
    """What is not where a build takes it from, and the go commands that lack a go.sum which exists."""
    told: set[str] = set()
    for moment in moments:
        missing = [(s, c) for s in moment.copies if s.missing and (c := _cause(build, s))]
        misplaced = [(source, cause) for source, cause in missing if cause.elsewhere]
        yield from _missing(build, moment.step, misplaced or missing)
        if misplaced:
            # The context is wrong: whatever else is not in it follows from that.
            return
        told.update(source.tree.path(source.missing) for source, _ in missing if isinstance(source.tree, Context))
        if builder == 'any' and _nothing(moment):
            yield Problem(moment.step.line, *_only_buildkit(moment))
        if moment.call and (uncopied := _uncopied(build, moment, moment.call, told)):
            yield uncopied


def _missing(build: Build, step: Step, missing: Sequence[tuple[Source, Cause]]) -> Iterator[Problem]:
    """One problem for each cause of an instruction."""
    for kind in dict.fromkeys((cause.why, cause.cure) for _, cause in missing):
        same = [(source, cause) for source, cause in missing if (cause.why, cause.cure) == kind]
        names = ' and '.join(dict.fromkeys(f'"{source.missing}"' for source, _ in same))
        tree = same[0][0].tree
        origin = dict(step.flags).get('from')
        where = (
            f'the build context {tree.folder or "."}' if isinstance(tree, Context) else f'stage {origin or ""}'.rstrip()
        )
        cure = kind[1].replace('{}', ' and '.join(dict.fromkeys(cause.item for _, cause in same)))
        says = build.says() if tree is build.context else ''
        yield Problem(
            step.line, f'{names} not found in {where}', says, kind[0], cure, same[0][0] if same[0][1].never else None
        )


def _only_buildkit(moment: Moment) -> tuple[str, str, str, str]:
    globs = ' and '.join(f'`{source.word}`' for source in moment.copies)
    matches = 'matches' if len(moment.copies) == 1 else 'match'
    cure = 'name a file that is there in the same instruction, as `COPY go.mod go.sum* ./` does'
    return (
        'no source files were specified',
        '',
        f', since {globs} {matches} nothing and only BuildKit accepts that',
        cure,
    )


def _nothing(moment: Moment) -> bool:
    """An instruction whose every source is a glob that matches nothing."""
    copied = moment.step.name != 'RUN' and moment.copies
    return bool(copied) and all(s.glob and not s.missing and s.matches == () for s in moment.copies)


# Sources that are not there


def _cause(build: Build, source: Source) -> Cause | None:
    """Why a source is missing; None where that is not this hook's to say, or nobody knows."""
    ours = _is_ours(source)
    if isinstance(source.tree, Context):
        return _not_in_context(build, source.tree, source) if ours else _misplaced(build, source.tree, source)
    if ours and isinstance(source.tree, Image) and not source.glob:
        name = source.missing.rpartition('/')[2]
        return Cause(', where no step copies or writes it', 'copy {} there first, or drop it here', name)
    return None


def _is_ours(source: Source) -> bool:
    name = (source.path or '').rpartition('/')[2]
    return any(copying.matches_name(name, each) for each in NAMES) if source.glob else name in NAMES


def _not_in_context(build: Build, context: Context, source: Source) -> Cause | None:
    repository, path = build.repository, context.path(source.missing)
    if path in repository.files:
        hiding = context.hidden(source.missing)
        return absence.hidden(hiding, source.missing[1:]) if hiding else None
    if repository.generated(path):
        return None
    return absence.out_of_git(repository, path) or _misplaced(build, context, source) or _never(build, context, source)


def _misplaced(build: Build, context: Context, source: Source) -> Cause | None:
    """The source is tracked in another folder, which could be the context that the author thought of."""
    repository, path = build.repository, context.path(source.missing)
    if source.glob or not build.declared or context is not build.context or repository.kind(path) != ABSENT:
        return None
    if source.missing.endswith('/go.sum') and context.look(source.missing[: -len('sum')] + 'mod').kind != ABSENT:
        return None
    folders = dict.fromkeys((*paths.upwards(build.dockerfile), *paths.upwards(context.folder)))
    found = next((f for f in folders if repository.kind(f'{f}{source.missing}'.lstrip('/')) in (FILE, FOLDER)), None)
    # What git ignores may be made before the build.
    if found is None or (not _is_ours(source) and (repository.generated(path) or repository.ignored(path))):
        return None
    cure = f'make {found or "."} the context, or copy from where it is'
    return Cause(f', but in {found or "."}', cure, elsewhere=True)


def _never(build: Build, context: Context, source: Source) -> Cause:
    folder, _, name = source.missing.rpartition('/')
    shown = context.path(folder) or '.'
    if source.glob:
        return Cause('', 'remove that source, or correct its folder')
    if name != 'go.sum' or context.look(folder + '/go.mod').kind != FILE:
        return Cause('', 'commit {}, or remove it from the instruction', context.path(source.missing))
    module = modules.main_module(build.repository, context, folder)
    bare = module is not None and module.mod is not None and not module.mod.require
    # Imported late, here and below: where all is well, nobody looks at imports.
    from hooks.module import needed

    if bare and needed.imports_other_modules(build.repository, context, folder) is False:
        why = f', since the module in {shown} requires no other, so go never writes a go.sum for it'
        return Cause(why, f'write `{source.word}*`, or leave it out', never=True)
    why, cure = f', since no go.sum was ever generated in {shown}', f'run `go mod tidy` in {shown} and commit go.sum'
    return Cause(why, cure, never=True)


# Go commands


def _uncopied(build: Build, moment: Moment, call: Call, told: set[str]) -> Problem | None:
    """A command that needs a go.sum which exists and is not in the image; `told` are the sums that are reported."""
    minor, cwd, view = bases.minor(moment.go), call.shell.cwd, call.shell.view
    if not call.fatal or not call.shell.sure or cwd is None or minor is None or minor < FIRST_STRICT_GO:
        return None
    folder, mod = modules.find_up(view, cwd, 'go.mod')
    there = view.look(folder + '/go.sum')
    path = mod.origin.removesuffix('go.mod') + 'go.sum'
    if not mod.origin or path in told or there == REMOVED or not (there.kind == ABSENT or there.partial):
        return None
    cause = absence.of_sum(build, path)
    if cause is None:
        return None
    from hooks.module import needed

    if not needed.needs_sum(build.repository, view, cwd, call.command, call.shell.env):
        return None
    told.add(path)
    fact = f'missing go.sum entry at `{call.command}`, for lack of {path} in the image'
    return Problem(moment.step.line, fact, build.says(), cause.why, cause.cure.replace('{}', cause.item))


# Fixing


def fixed(subject: Subject, problems: Sequence[Problem]) -> str:
    """The Dockerfile with `go.sum*` for `go.sum`, where that is the whole cure in every build."""
    candidates = [subject.text]
    for problem in problems:
        candidates.append(_optional(candidates[-1], subject, problem))
    candidates += [_optional(subject.text, subject, problem) for problem in problems]
    candidates = list(dict.fromkeys(candidates[len(problems) :]))
    # A module without requirements has no go.sum to write; any other must get its from the build.
    bare = all(problem.cure.startswith('write ') for problem in problems if problem.optional)
    safe = (text for text in candidates if all(_cures(build, text, bare) for build in subject.builds))
    return next(safe, subject.text)


def _optional(text: str, subject: Subject, problem: Problem) -> str:
    """The text with the source of one problem made optional; unchanged where that is not safe."""
    steps = [s for stage in subject.dockerfile.stages for s in stage.steps if s.line == problem.line]
    if not (problem.optional and steps and steps[0].name in ('COPY', 'ADD')):
        return text
    word, step = problem.optional.word, steps[0]
    # BuildKit is sent only the folders in which something matches.
    folder = word.rpartition('/')[0]
    others = [w for w in step.args[:-1] if w != word and (folder in ('', '.') or w.rpartition('/')[0] == folder)]
    lines = text.split('\n')
    block = '\n'.join(lines[step.line - 1 : step.last])
    parts = _replaced(block, word, step.exec)
    if not others or parts is None:
        return text
    return '\n'.join([*lines[: step.line - 1], parts, *lines[step.last :]])


def _replaced(block: str, word: str, exec_form: bool) -> str | None:
    """One word of an instruction with a `*` behind it; None where it does not stand there just once."""
    import re

    quote = '"' if exec_form else ''
    pattern = re.compile(rf'(?<!\S){re.escape(word)}(?!\S)' if not exec_form else re.escape(f'{quote}{word}{quote}'))
    found = pattern.findall(block)
    return pattern.sub(lambda match: f'{quote}{word}*{quote}', block) if len(found) == 1 else None


def _cures(build: Build, text: str, bare: bool) -> bool:
    """Whether a build passes with this text: nothing is missing, and go.sum is there wherever go needs it.

    Unless the module is `bare`, a step of the build has to write go.sum.
    """
    dockerfile = parser.parse(text)
    moments = replayer.replay(build, dockerfile) if dockerfile else []
    if not moments or any(source.missing and _is_ours(source) for moment in moments for source in moment.copies):
        return False
    calls = [moment.call for moment in moments if moment.call]
    return (bare or any(map(_writes_sum, calls))) and all(_has_what_it_needs(build, call) for call in calls)


def _has_what_it_needs(build: Build, call: Call) -> bool:
    cwd, view = call.shell.cwd, call.shell.view
    if cwd is None:
        return False
    module = modules.main_module(build.repository, view, cwd)
    entry = view.look(f'{module.folder}/go.sum') if module else None
    there = entry is not None and entry.kind == FILE and not entry.partial
    from hooks.module import needed

    if there or needed.needs_sum(build.repository, view, cwd, call.command, call.shell.env) is False:
        return not (call.command.name == 'mod tidy' and module and not modules.has_go_files(view, module.folder))
    return False


# The command


def problems(subject: Subject, builder: str) -> list[Problem]:
    """The problems of a Dockerfile: of each declared build, or those that all fitting contexts share."""
    replays = list(subject.replays())
    found = [list(check(build, moments, builder)) for build, moments in replays]
    if subject.builds and subject.builds[0].declared:
        kept = runner.agreed(found, True, lambda problem: problem._replace(says='', optional=None))
    else:
        kept = runner.agreed(found, False, lambda problem: problem.line)
    # Without a command that could write go.sum there is no need to try.
    writes = any(_writes_sum(moment.call) for _, moments in replays for moment in moments if moment.call)
    return [_with_glob(subject, problem) for problem in kept] if writes else kept


def _writes_sum(call: Call) -> bool:
    return call.command.name in ('mod tidy', 'get') or call.command.flags.get('mod') == 'mod'


def _with_glob(subject: Subject, problem: Problem) -> Problem:
    """A go.sum that a later step writes may be left out as well: the other cure."""
    if problem.optional is None or '*`' in problem.cure or fixed(subject, [problem]) == subject.text:
        return problem
    return problem._replace(cure=f'{problem.cure}, or write `{problem.optional.word}*`, as a later step writes go.sum')


def main(argv: Sequence[str] | None = None) -> int:
    options = runner.arguments(HOOK, __doc__, argv, _options, {'fix': False, 'builder': 'buildkit'})
    repository = index.find()
    builds = subjects.Builds(repository)
    rewritten = False

    def find(subject: Subject) -> list[Finding]:
        nonlocal rewritten
        found = problems(subject, options.builder)
        fixable = [problem for problem in found if not printing.is_ignored(subject.text, problem.line, HOOK)]
        if options.fix and (text := fixed(subject, fixable)) != subject.text:
            repository.rewrite(subject.path, text)
            printing.write(f'Rewriting {subject.path}\n')
            rewritten, subject = True, builds.subject(subject.path) or subject
            found = problems(subject, options.builder)
        return [Finding(subject.path, problem.line, problem.message) for problem in found]

    findings = runner.findings(builds, options.names, HOOK, find, alone=options.fix)
    shown = printing.show([*runner.config_findings(builds), *findings], repository.read, HOOK)
    return 1 if shown or rewritten else 0


def _options(parser: ArgumentParser) -> None:
    parser.add_argument('--fix', action='store_true', help='write `go.sum*` for `go.sum` where that is the whole cure')
    parser.add_argument('--builder', choices=('buildkit', 'any'), help='any: also report what only BuildKit accepts')


if __name__ == '__main__':
    sys.exit(main())

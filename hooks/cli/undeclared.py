"""Findings that follow from an ARG before the first FROM which a stage uses and does not declare again.

There it is empty; BuildKit's own check has no word for it. Whether a finding follows from that is tried: the build is
replayed with the ARG declared again. Imported only where there are findings, and such an ARG.
"""

from __future__ import annotations

from hooks.cli import checking
from hooks.dockerfile import parser
from hooks.facts.absence import listed
from hooks.lean.lazy import regex
from hooks.replay import replayer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hooks.builds.subjects import Subject
    from hooks.cli.checking import Rules
    from hooks.dockerfile.parser import Dockerfile, Stage, Step
    from hooks.replay.build import Build
    from hooks.report.finding import Finding

_USED = regex(r'\$\{?(\w+)')


def cured(rules: Rules, build: Build, subject: Subject, found: Sequence[Finding]) -> Iterator[Finding]:
    """The findings of a build, with the cure of those that are gone when the ARG is declared again."""
    dockerfile = subject.dockerfile
    lines = {arg.partition('=')[0]: step.line for step in dockerfile.args for arg in step.args}
    missing = [_missing(dockerfile, stage, lines) for stage in dockerfile.stages]
    if not any(missing):
        yield from found
        return
    stages = tuple(_declaring(stage, names) for stage, names in zip(dockerfile.stages, missing))
    again = subject._replace(dockerfile=dockerfile._replace(stages=stages))
    left = checking.asked(rules, build, replayer.replay(build, again.dockerfile), again)
    kept = {(each.path, each.rule, each.line) for each in left}
    for each in found:
        at = next((at for at in range(len(stages) - 1, -1, -1) if stages[at].line <= each.line), 0)
        names = _meant(build, dockerfile, stages[at], missing[at], each.line)
        gone = names and each.path == subject.path and (each.path, each.rule, each.line) not in kept
        yield _told(each, names, lines, stages[at].line) if gone else each


def _missing(dockerfile: Dockerfile, stage: Stage, names: dict[str, int]) -> list[str]:
    """Of some names, those that a stage uses, and neither it nor the stages that it stands on declares."""
    used = {name for step in stage.steps for name in _used(step)}
    declared = set(_declared(dockerfile, stage))
    return [name for name in names if name in used and name not in declared]


def _used(step: Step) -> list[str]:
    return _USED.findall(' '.join((step.text, *(doc.content for doc in step.heredocs))))


def _declared(dockerfile: Dockerfile, stage: Stage) -> Iterator[str]:
    for step in stage.steps:
        if step.name in ('ARG', 'ENV'):
            yield from (arg.partition('=')[0] for arg in step.args)
    earlier = [each for each in dockerfile.stages if each.line < stage.line and each.name == stage.base.lower()]
    if earlier:
        yield from _declared(dockerfile, earlier[0])


def _declaring(stage: Stage, names: Sequence[str]) -> Stage:
    added = parser.parse('FROM scratch\n' + ''.join(f'ARG {name}\n' for name in names))
    assert added
    steps = (step._replace(line=stage.line, last=stage.line) for step in added.stages[0].steps)
    return stage._replace(steps=(*steps, *stage.steps))


def _meant(build: Build, dockerfile: Dockerfile, stage: Stage, names: Sequence[str], line: int) -> list[str]:
    """Those that a finding may follow from: one without a value would silence whatever comes behind it."""
    given = {name for name, value in build.args if value is not None}
    defaulted = {arg.partition('=')[0] for step in dockerfile.args for arg in step.args if '=' in arg}
    here = {name for step in stage.steps if step.line == line for name in _used(step)}
    return [name for name in names if name in here or name in given | defaulted]


def _told(finding: Finding, names: Sequence[str], lines: dict[str, int], stage: int) -> Finding:
    where = listed([f'ARG {name} in line {lines[name]}' for name in names])
    why = f', since {where} {"holds" if len(names) == 1 else "hold"} for FROM alone'
    cure = f'write {listed([f"`ARG {name}`" for name in names])} below line {stage}, too'
    return finding._replace(why=why, cure=cure, related=(), edit=('', ''))

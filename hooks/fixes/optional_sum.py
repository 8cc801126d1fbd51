"""A go.sum that may be missing: `go.sum*` for `go.sum` in a COPY or ADD."""

from __future__ import annotations

from hooks.context.tree import FILE
from hooks.dockerfile import parser
from hooks.facts.sources import is_ours
from hooks.module import modules
from hooks.replay import replayer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from hooks.builds.subjects import Subject
    from hooks.replay.build import Build
    from hooks.replay.shell import Call
    from hooks.report.finding import Finding


def offered(subject: Subject, found: list[Finding]) -> list[Finding]:
    """The findings, with the glob as another cure where a later step of the build writes go.sum."""
    # Without a command that could write it there is no need to try.
    writes = any(_writes_sum(m.call) for _, moments in subject.replays() for m in moments if m.call)
    return [_with_glob(subject, finding) for finding in found] if writes else found


def _with_glob(subject: Subject, finding: Finding) -> Finding:
    word, glob = finding.edit
    if not word or '*`' in finding.cure or fixed(subject, [finding]) == subject.text:
        return finding
    return finding._replace(cure=f'{finding.cure}, or write `{glob}`, as a later step writes go.sum')


def _writes_sum(call: Call) -> bool:
    return call.command.name in ('mod tidy', 'get') or call.command.flags.get('mod') == 'mod'


def fixed(subject: Subject, findings: Sequence[Finding]) -> str:
    """The Dockerfile with `go.sum*` for `go.sum`, where that is the whole cure in every build."""
    candidates = [subject.text]
    for finding in findings:
        candidates.append(_optional(candidates[-1], subject, finding))
    candidates += [_optional(subject.text, subject, finding) for finding in findings]
    candidates = list(dict.fromkeys(candidates[len(findings) :]))
    # A module without requirements has no go.sum to write; any other must get its from the build.
    bare = all(finding.cure.startswith('write ') for finding in findings if finding.edit[0])
    safe = (text for text in candidates if all(_cures(build, text, bare) for build in subject.builds))
    return next(safe, subject.text)


def _optional(text: str, subject: Subject, finding: Finding) -> str:
    """The text with the source of one finding made optional; unchanged where that is not safe."""
    steps = [s for stage in subject.dockerfile.stages for s in stage.steps if s.line == finding.line]
    if not (finding.edit[0] and steps and steps[0].name in ('COPY', 'ADD')):
        return text
    word, step = finding.edit[0], steps[0]
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
    if not moments or any(source.missing and is_ours(source) for moment in moments for source in moment.copies):
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
    from hooks.module.invocation import Invocation

    here = Invocation(build.repository, view, cwd, call.command, call.shell.env)
    if there or needed.needs_sum(here) is False:
        return not (call.command.name == 'mod tidy' and module and not modules.has_go_files(view, module.folder))
    return False

"""The golang.org/x version that was meant, in the place of one that never existed."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from hooks.builds.subjects import Subject
    from hooks.report.finding import Finding


def in_module(text: str, found: Iterable[Finding]) -> str:
    """A go.mod or go.work with the versions that were meant; byte for byte the same elsewhere."""
    lines = text.split('\n')
    for each in found:
        if each.edit[1]:
            code, comment, rest = lines[each.line - 1].partition('//')
            left, arrow, right = code.rpartition('=>')
            if right.count(each.edit[0]) == 1:
                lines[each.line - 1] = left + arrow + right.replace(each.edit[0], each.edit[1]) + comment + rest
    return '\n'.join(lines)


def in_dockerfile(subject: Subject, found: Iterable[Finding]) -> str:
    """A Dockerfile with the versions that were meant, where they stand in the instruction itself."""
    import re

    lines = subject.text.split('\n')
    last = {step.line: step.last for stage in subject.dockerfile.stages for step in stage.steps}
    for each in found:
        word = re.compile(rf'(?<![\w./~-]){re.escape(each.edit[0])}(?![\w.+-])')
        for at in range(each.line - 1, last.get(each.line, 0)) if each.edit[1] else ():
            if not lines[at].lstrip().startswith('#'):
                lines[at] = word.sub(each.edit[1], lines[at])
    return '\n'.join(lines)

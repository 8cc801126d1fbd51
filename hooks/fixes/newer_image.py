"""The tag that is proposed, in the FROM or in the ARG that names the image."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hooks.builds.subjects import Subject
    from hooks.report.finding import Finding


def fixed(subject: Subject, found: Sequence[Finding], ask: Callable[[Subject], list[Finding]]) -> str:
    """A Dockerfile with the tags that are proposed, byte for byte the same elsewhere.

    Each is written only where it is the whole cure: it is gone then, and whatever is found (by `ask`) was found before.
    """
    known = {_same(each) for each in found}
    for each in found:
        after = _with_text(subject, _written(subject, each)) if each.edit[0] else None
        if after is None:
            continue
        left = {_same(one) for one in ask(after)}
        if _same(each) not in left and left < known:
            subject, known = after, left
    return subject.text


def _same(finding: Finding) -> tuple[str, str]:
    return finding.rule, finding.fact


def _with_text(subject: Subject, text: str) -> Subject | None:
    from hooks.dockerfile import parser

    dockerfile = parser.parse(text) if text != subject.text else None
    return subject._replace(text=text, dockerfile=dockerfile, replayed=()) if dockerfile else None


def _written(subject: Subject, finding: Finding) -> str:
    """The text with one word of the FROM or of its ARG changed; unchanged where it does not stand there just once."""
    import re

    text, (old, new) = subject.text, finding.edit
    name, equals, value = old.partition('=')
    args = [step.line for step in subject.dockerfile.args if any(arg.partition('=')[0] == name for arg in step.args)]
    at = finding.line if not equals else args[-1] if args else 0
    lines = text.split('\n')
    if not 0 < at <= len(lines):
        return text
    if equals:
        word = re.compile(rf'(?<!\S){re.escape(name)}=(["\']?){re.escape(value)}\1(?!\S)')
        after = rf'{name}=\g<1>{new.partition("=")[2]}\g<1>'
    else:
        word, after = re.compile(rf'(?<!\S){re.escape(old)}(?!\S)'), new
    line, count = word.subn(after, lines[at - 1])
    return '\n'.join([*lines[: at - 1], line, *lines[at:]]) if count == 1 else text

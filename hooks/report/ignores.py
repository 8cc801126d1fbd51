"""Ignore comments: `# NAME: ignore, REASON` above an instruction, or `// NAME: ignore` at the end of a line.

NAME is a hook's, or a rule's id. A comment that seems to mean one, and is none, is found: nobody else says so.
"""

from __future__ import annotations

from hooks.lean.lazy import re
from hooks.lean.memo import memo

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from hooks.report.finding import Finding

ID = 'unused-ignore'


@memo
def _lines(text: str) -> list[str]:
    return text.split('\n')


@memo
def _comment(names: tuple[str, ...]) -> re.Pattern[str]:
    # A rule's with its hook in front, as go-docker prints it, is one name too many, and meant all the same.
    return re.compile(rf'(?:#|//)\s*(?:[\w-]+/)?({"|".join(map(re.escape, filter(None, names)))}):\s*ignore\b(?!=)')


def ignored_by(text: str, line: int, *names: str) -> int:
    """The line of the comment that ignores what one of these names finds at a line; 0 when none does."""
    if 'ignore' not in text:
        return 0
    comment, lines = _comment(names), _lines(text)
    if line > len(lines):
        return 0
    if '//' in lines[line - 1] and comment.search(lines[line - 1]):
        return line
    above = line - 1
    while above > 0 and lines[above - 1].lstrip().startswith(('#', '//')):
        if comment.search(lines[above - 1]):
            return above
        above -= 1
    return 0


def unused(texts: Iterable[tuple[str, str]], findings: Iterable[Finding], names: Sequence[str]) -> Iterator[Finding]:
    """The ignore comments with one of these names, in some files (path, text), that ignore none of the findings.

    The names are those of a hook, which is the first, of other hooks that it runs, and of rules.
    """
    from hooks.report.finding import Finding

    at: dict[str, list[Finding]] = {}
    for finding in findings:
        at.setdefault(finding.path, []).append(finding)
    comment = _comment(tuple(names))
    for path, text in texts:
        used = {ignored_by(text, each.line, names[0], each.hook, each.rule) for each in at.get(path, ())}
        for number, line in enumerate(_lines(text), 1):
            match = comment.search(line)
            if match and number not in used:
                yield Finding(path, number, ID, f'`{match[1]}: ignore` ignores nothing', 'remove that comment')


def misplaced(texts: Iterable[tuple[str, str]], findings: Sequence[Finding], hook: str) -> Iterator[Finding]:
    """The comments in some files (path, text) that ignore nothing, and name the rule of a finding that stays there.

    One by a hook's name may be meant for what an option of it finds.
    """
    from hooks.report.finding import Finding

    for path, text in texts:
        at = {each: ignored_by(text, each.line, hook, each.hook, each.rule) for each in findings if each.path == path}
        lines: dict[str, int] = {}
        for finding in sorted((each for each, by in at.items() if not by), key=lambda each: each.line):
            lines.setdefault(finding.rule, finding.line)
        comment, used = _comment(tuple(lines)) if lines else None, set(at.values())
        for number, line in enumerate(_lines(text), 1):
            match = comment.search(line) if comment else None
            if match and number not in used:
                cure = f'put it right above line {lines[match[1]]}'
                yield Finding(path, number, ID, f'`{match[1]}: ignore` ignores nothing here', cure)


def mistaken(texts: Iterable[tuple[str, str]], names: Sequence[str], known: Collection[str]) -> Iterator[Finding]:
    """The comments in some files (path, text) that are ignore comments but for a slip in a name or in their form.

    Only those that mean one of `names`, of all that are `known`: many tools have comments of the kind.
    """
    from hooks.report.finding import Finding

    like = re.compile(r'(?:#|//)\s*(([\w-]+)(:\s*|\s+)ignore(?:\s*[=:]\s*([\w-]+)|\b))')
    for path, text in texts:
        for number, line in enumerate(_lines(text), 1):
            for comment, name, between, behind in like.findall(line) if 'ignore' in line else ():
                meant = nearest(behind, known) or nearest(name, known)
                if meant in names and not (name == meant and ':' in between):
                    yield Finding(path, number, ID, f'`{comment}` ignores nothing', f'write `{meant}: ignore`')


def nearest(name: str, known: Collection[str]) -> str:
    """The known name that a name is, but for a slip; '' when it is like none."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(name.lower(), known, n=1, cutoff=0.82)), '')


def heeded(findings: Iterable[Finding], read: Callable[[str], str | None], *hooks: str) -> list[Finding]:
    """The findings of some hooks that no comment ignores."""
    return [each for each in findings if not ignored_by(read(each.path) or '', each.line, *hooks, each.hook, each.rule)]

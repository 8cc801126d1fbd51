"""A baseline: the findings that a repository had when it began to use a hook, which are none from then on.

A finding is known by its file, its rule and the text of its line, so that it may move, and that a later version may say
it in other words. Where a file has one several times, as many are known as were written.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from hooks.report.finding import Finding

    # Path, rule, text of the line.
    Key = tuple[str, str, str]

VERSION = 1


def read(text: str) -> dict[Key, int] | None:
    """Which findings are known, and how often; None for what is no baseline."""
    import json

    try:
        entries = json.loads(text)['findings']
        return {(each['path'], each['rule'], each['text']): int(each['count']) for each in entries}
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def written(known: Mapping[Key, int]) -> str:
    """The text of a baseline: an entry a line, sorted, so that git merges it well."""
    import json

    lines = (
        json.dumps({'path': path, 'rule': rule, 'text': text, 'count': count})
        for (path, rule, text), count in sorted(known.items())
    )
    return f'{{"version": {VERSION}, "findings": [\n' + ',\n'.join(lines) + '\n]}\n'


def counted(findings: Iterable[Finding], read: Callable[[str], str | None]) -> dict[Key, int]:
    """The findings as a baseline."""
    found: dict[Key, int] = {}
    for finding in findings:
        key = _key(finding, read)
        found[key] = found.get(key, 0) + 1
    return found


def kept(known: Mapping[Key, int], rules: Collection[str]) -> dict[Key, int]:
    """What a baseline says of other hooks' rules."""
    return {key: count for key, count in known.items() if key[1] not in rules}


def new(
    findings: Iterable[Finding], known: Mapping[Key, int], read: Callable[[str], str | None]
) -> tuple[list[Finding], list[Key]]:
    """The findings, sorted, that a baseline does not know; and what it knows and is there no more."""
    left, found = dict(known), []
    for finding in findings:
        key = _key(finding, read)
        if left.get(key, 0) > 0:
            left[key] -= 1
        else:
            found.append(finding)
    return found, [key for key, count in left.items() if count > 0]


def _key(finding: Finding, read: Callable[[str], str | None]) -> Key:
    lines = (read(finding.path) or '').split('\n')
    text = lines[finding.line - 1] if 0 < finding.line <= len(lines) else ''
    # JSON takes lone surrogates, and gives them back.
    return finding.path, finding.rule, ' '.join(text.split())

"""A source is tracked in another folder, which could be the context that was meant."""

from __future__ import annotations

from hooks.facts import sources

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import At
    from hooks.report.finding import Finding

ID = 'wrong-context'


def find(at: At) -> Iterator[Finding]:
    misplaced = [lack for lack in sources.lacks(at) if lack.cause.elsewhere]
    # Whatever else is not in that context follows from it.
    yield from (finding._replace(last=True) for finding in sources.findings(at, ID, misplaced))

"""A source is not in the build context that a clean checkout sends."""

from __future__ import annotations

from hooks.context.tree import Context
from hooks.facts import sources

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import At
    from hooks.report.finding import Finding

ID = 'source-not-in-context'


def find(at: At) -> Iterator[Finding]:
    missing = [lack for lack in sources.lacks(at) if isinstance(lack.source.tree, Context)]
    yield from sources.findings(at, ID, missing)

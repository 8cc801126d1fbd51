"""A source of `COPY --from` is not in the stage."""

from __future__ import annotations

from hooks.context.tree import Context
from hooks.facts import sources

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import At
    from hooks.report.finding import Finding

ID = 'source-not-in-stage'


def find(at: At) -> Iterator[Finding]:
    yield from sources.findings(
        at, ID, [lack for lack in sources.lacks(at) if not isinstance(lack.source.tree, Context)]
    )

"""Every source of an instruction is a glob that matches nothing, which BuildKit alone accepts."""

from __future__ import annotations

from hooks.facts.absence import Cause

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import At
    from hooks.report.finding import Finding

ID = 'glob-matches-nothing'
CURE = 'name a file that is there in the same instruction, as `COPY go.mod go.sum* ./` does'


def find(at: At) -> Iterator[Finding]:
    taken = at.moment.copies if at.moment.step.name != 'RUN' else ()
    if taken and all(source.glob and not source.missing and source.matches == () for source in taken):
        globs = ' and '.join(f'`{source.word}`' for source in taken)
        matches = 'matches' if len(taken) == 1 else 'match'
        cause = Cause(f', since {globs} {matches} nothing and only BuildKit accepts that', CURE)
        yield at.finding(ID, 'no source files were specified', cause, says=False)

"""The Go of the image is older than the go.mod, go.work or a local replacement wants that a go command reads."""

from __future__ import annotations

from hooks.facts import demands, toolchain
from hooks.facts.absence import Cause

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import At
    from hooks.report.finding import Finding

ID = 'go-too-old'


def find(at: At) -> Iterator[Finding]:
    call = at.moment.call
    go = toolchain.of(at.moment, call.shell) if call and toolchain.counts(call) else None
    if call is None or go is None or go.minor < toolchain.OLDEST:
        return
    demand = demands.hardest(go, demands.demands(at.build.repository, call, go))
    if demand:
        fact = f'{demand.path}:{demand.line} {demand.says} {go.running()}'
        found = at.finding(ID, fact, Cause('', go.cure(demand.wanted)), ('go', str(go.base.line), demand.path))
        from hooks.report.finding import Related

        # The image is what the user edits.
        yield found._replace(line=go.base.line, related=(Related(demand.path, demand.line, demand.says),))

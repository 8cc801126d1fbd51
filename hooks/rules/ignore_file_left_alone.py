"""An ignore file that is out of step and cannot be written."""

from __future__ import annotations

from hooks.report.finding import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.sync.syncing import Left

ID = 'ignore-file-left-alone'


def find(left: Left) -> Iterator[Finding]:
    yield Finding(left.path, left.line, ID, left.fact, left.cure)

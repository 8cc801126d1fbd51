"""The canonical ignore file cannot be what others are kept in step with."""

from __future__ import annotations

from hooks.report.finding import Finding
from hooks.sync import syncing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.context.index import Repository

ID = 'canonical-file-unusable'


def find(repository: Repository, path: str) -> Iterator[Finding]:
    left = syncing.unusable(repository, path)
    if left:
        yield Finding(path, left.line, ID, left.fact, left.cure)

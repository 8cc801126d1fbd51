"""An ignore file does not hold the canonical patterns (`--check`)."""

from __future__ import annotations

from hooks.report.finding import Finding
from hooks.sync import blocks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hooks.sync.syncing import Canonical, Target

ID = 'ignore-file-out-of-step'


def find(target: Target, canonical: Canonical) -> Iterator[Finding]:
    cure = f'run `{blocks.HOOK}{canonical.option} {target.path}`'
    if target.old is None:
        yield Finding(target.path, 1, ID, f'missing, while {canonical.path} is to be in step everywhere', cure)
        return
    block, lines = blocks.find(target.old), target.old.split('\n')
    own = '\n'.join(lines[block.begin + 1 : block.end]) if isinstance(block, blocks.Block) else target.old
    has, wanted = blocks.patterns(own), blocks.patterns(canonical.text)
    lacks = [pattern for pattern in wanted if pattern not in has]
    extra = [pattern for pattern in has if pattern not in wanted] if block else []
    if lacks:
        what = f'lacks {_few(lacks)}'
    else:
        what = f'has {_few(extra)} in its block' if extra else 'has the patterns in another order'
    line = block.begin + 1 if isinstance(block, blocks.Block) else 1
    yield Finding(target.path, line, ID, f'not in step with {canonical.path}, {what}', cure)


def _few(patterns: Sequence[str]) -> str:
    shown = ', '.join(f'`{pattern}`' for pattern in patterns[:3])
    return shown if len(patterns) < 4 else f'{shown} and {len(patterns) - 3} more'

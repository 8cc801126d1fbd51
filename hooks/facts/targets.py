"""A build as a whole: the stages of its Dockerfile, and those of them that it needs."""

from __future__ import annotations

from hooks.lean.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from hooks.dockerfile.parser import Dockerfile
    from hooks.replay.build import Build
    from hooks.replay.replayer import Moment


class Built(Record):
    """A build, the Dockerfile as BuildKit reads it, and the moments of the stages that it needs."""

    build: Build
    dockerfile: Dockerfile
    moments: Sequence[Moment]

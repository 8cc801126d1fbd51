"""What a build is told to build: one stage of its Dockerfile."""

from __future__ import annotations

from hooks.lean.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.dockerfile.parser import Dockerfile
    from hooks.replay.build import Build


class Built(Record):
    """A build, and the Dockerfile as BuildKit reads it."""

    build: Build
    dockerfile: Dockerfile

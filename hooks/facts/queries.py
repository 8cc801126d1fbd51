"""PACKAGE@VERSION as a go command of a Dockerfile names it."""

from __future__ import annotations

from hooks.lean.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import At
    from hooks.replay.shell import Call

COMMANDS = ('install', 'run', 'get', 'mod download')


class Query(Record):
    """A package at a version, or at what go resolves to one (`latest`)."""

    call: Call
    package: str
    version: str

    def __str__(self) -> str:
        return f'{self.package}@{self.version}'


def queries(at: At) -> Iterator[Query]:
    """Those of a go command; a package by its path on the disk has no version."""
    call = at.moment.call
    if call is None or call.command.name not in COMMANDS:
        return
    for arg in call.command.args[:1] if call.command.name == 'run' else call.command.args:
        package, sign, version = (arg or '').partition('@')
        if sign and not package.startswith(('.', '/')):
            yield Query(call, package, version)

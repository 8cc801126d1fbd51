"""What go commands before another one may have changed."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.facts.places import Place

_MODULES = frozenset(('get', 'mod tidy', 'mod edit', 'mod init', 'mod vendor', 'work sync'))


def of_go_mod(place: Place) -> bool:
    """Whether a command before may have changed a go.mod."""
    calls = (moment.call for moment in place.moments[: place.at])
    return any(c and (c.command.name in _MODULES or c.command.flags.get('mod', '') in ('mod', None)) for c in calls)


def of_sums(place: Place) -> bool:
    """Whether a command before may have added to a go.sum, as a download does."""
    calls = (moment.call for moment in place.moments[: place.at])
    added = ('mod download', 'mod graph', 'mod verify', 'mod why', 'list')
    return of_go_mod(place) or any(call and call.command.name in added for call in calls)

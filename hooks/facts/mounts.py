"""Where the mounts of a step let nothing be written."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.facts.places import Place


def is_closed(place: Place, path: str) -> bool:
    """Whether a path of the image lies in a bind mount of the step, which does not say that it can be written."""
    values = [value for name, value in place.moments[place.at].step.flags if name == 'mount']
    at = place.view.at(path)
    if at < 0 or len(values) != len(place.view.mounts):
        return False
    options = values[at].split(',')
    bound = not any(option.startswith('type=') and option != 'type=bind' for option in options)
    return bound and not any(map(_opens, options))


def _opens(option: str) -> bool:
    """Whether an option of a bind mount may make it writable: `rw`, or a value that is read as a truth (`ro=0`)."""
    name, equals, _ = option.lower().partition('=')
    return name in ('rw', 'readwrite') or (name in ('ro', 'readonly') and bool(equals))

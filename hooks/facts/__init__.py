"""What rules share, found once: where a command runs, why a file is not there, which Go an image has."""

from hooks.lean import face

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.facts.absence import Cause as Cause
    from hooks.facts.places import At as At
    from hooks.facts.places import Place as Place

__getattr__ = face(__name__, absence='Cause', places='At Place')

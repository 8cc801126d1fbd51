"""Text → the stages and steps of a Dockerfile."""

from hooks.lean import face

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.dockerfile.parser import Dockerfile as Dockerfile
    from hooks.dockerfile.parser import Stage as Stage
    from hooks.dockerfile.parser import Step as Step
    from hooks.dockerfile.parser import parse as parse

__getattr__ = face(__name__, parser='Dockerfile Stage Step parse')

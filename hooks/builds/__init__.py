"""Who builds what from where: compose files, workflows, the config; where nobody says, inference."""

from hooks.lean import face

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.builds.subjects import Builds as Builds
    from hooks.builds.subjects import Subject as Subject
    from hooks.builds.subjects import is_dockerfile as is_dockerfile

__getattr__ = face(__name__, subjects='Builds Subject is_dockerfile')

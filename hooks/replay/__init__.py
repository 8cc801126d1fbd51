"""A build in memory: images as layers, base images, COPY and RUN; a build → its moments."""

from hooks.lean import face

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.replay.build import Build as Build
    from hooks.replay.build import Declared as Declared
    from hooks.replay.image import Image as Image
    from hooks.replay.replayer import Moment as Moment
    from hooks.replay.replayer import replay as replay
    from hooks.replay.shell import Call as Call

__getattr__ = face(__name__, build='Build Declared', image='Image', replayer='Moment replay', shell='Call')

"""The questions that go asks of a tree: which module, which packages, what a command needs."""

from hooks.lean import face

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.module.modules import Module as Module
    from hooks.module.modules import main_module as main_module
    from hooks.module.modules import vendored as vendored
    from hooks.module.modules import workspace as workspace
    from hooks.module.packages import Packages as Packages

__getattr__ = face(__name__, modules='Module main_module vendored workspace', packages='Packages')

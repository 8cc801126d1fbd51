"""From a finding to the line on the screen; the table of --explain; writing files."""

from hooks.lean import face

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.report.finding import Finding as Finding
    from hooks.report.finding import Related as Related
    from hooks.report.printing import show as show

__getattr__ = face(__name__, finding='Finding Related', printing='show')

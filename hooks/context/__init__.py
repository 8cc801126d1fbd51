"""What a builder is sent: git's index, ignore files, and the trees that both make."""

from hooks.lean import face

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.context.index import Repository as Repository
    from hooks.context.index import find as find
    from hooks.context.tree import Context as Context
    from hooks.context.tree import Entry as Entry
    from hooks.context.tree import Tree as Tree

__getattr__ = face(__name__, index='Repository find', tree='Context Entry Tree')

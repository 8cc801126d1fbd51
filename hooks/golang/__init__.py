"""Text → what go.mod, go.sum, go.work and Go files say; versions, go commands, and the tables of what is published."""

from hooks.lean import face

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.golang.commands import GoCommand as GoCommand
    from hooks.golang.gofiles import GoFile as GoFile
    from hooks.golang.gomod import GoMod as GoMod
    from hooks.golang.gomod import GoWork as GoWork
    from hooks.golang.gomod import parse_mod as parse_mod
    from hooks.golang.gomod import parse_sum as parse_sum

__getattr__ = face(
    __name__, commands='GoCommand', gofiles='GoFile', gomod='GoMod GoWork parse_mod parse_sum parse_work'
)

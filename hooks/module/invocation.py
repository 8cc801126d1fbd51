"""A go command where it runs: what every question about its module is asked of."""

from __future__ import annotations

from hooks.lean.record import Record
from hooks.module import modules

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from hooks.context.index import Repository
    from hooks.context.tree import Tree
    from hooks.golang.commands import GoCommand
    from hooks.module.modules import Module


class Invocation(Record):
    """A go command in `folder`, a path in `tree`, with the environment's variables (None: of an unknown value).

    `minor` is that of the Go that runs it, None where it floats or is not known.
    """

    repository: Repository
    tree: Tree
    folder: str
    command: GoCommand
    env: Mapping[str, str | None]
    minor: int | None = None

    @property
    def module(self) -> Module | None:
        """The main module; None where there is none or nobody knows."""
        return modules.main_module(self.repository, self.tree, self.folder)

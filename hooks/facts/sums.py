"""What a go command takes of the modules that go.mod requires."""

from __future__ import annotations

from hooks.module import needed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.facts.places import Place
    from hooks.module.modules import Module


def imported(place: Place, owners: set[str]) -> dict[str, str]:
    """The packages of some required modules that the command surely loads, sorted: import path → module."""
    module = place.module
    assert module
    if place.command.name not in needed.TAKES | needed.ONE_MODULE:
        return {}
    found = needed.packages(place.invocation).imports.values()
    pairs = ((each.path, r.path) for each in found if each.sure for r in needed.owners(module, each))
    return dict(sorted(pair for pair in pairs if pair[1] in owners))


def required(module: Module) -> set[str]:
    return {requirement.path for requirement in module.mod.require} if module.mod else set()


def writes_sum(place: Place) -> bool:
    """Whether a command writes the go.sum that is not there."""
    return place.command.name == 'mod tidy' and 'diff' not in place.command.flags

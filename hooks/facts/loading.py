"""The packages that a go command loads of the modules that are its own: the main one, or the members of a workspace."""

from __future__ import annotations

from hooks.golang.commands import BUILDS
from hooks.lean.record import Record
from hooks.module import needed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from hooks.facts.places import Place
    from hooks.module.packages import Packages
    from hooks.replay.shell import Call

# Before Go 1.16 a build asked the network for what it lacked.
FIRST_STRICT = 16
# Under the others, too.
_MODES = ('', 'readonly', 'vendor')


class Loaded(Record):
    """What a command loads, and the modules that are its own: path → folder."""

    packages: Packages
    owners: Mapping[str, str]

    def owner(self, path: str) -> str:
        """The module of its own that a package belongs to; '' for none."""
        having = (own for own in self.owners if path == own or path.startswith(own + '/'))
        return max(having, key=len, default='')


# The last command that was asked about: rule after rule asks about the same.
_last: list[tuple[Call, Loaded | None]] = []


def loaded(place: Place) -> Loaded | None:
    """What a command that builds loads; None where it builds nothing, or nobody knows of what modules."""
    if not _last or _last[0][0] is not place.call:
        _last[:] = [(place.call, _loaded(place) if _counts(place) else None)]
    return _last[0][1]


def _counts(place: Place) -> bool:
    command = place.command
    builds = command.name in BUILDS - needed.ONE_MODULE and not command.versioned
    return builds and command.flags.get('mod', '') in _MODES and not 0 < place.minor < FIRST_STRICT


def _loaded(place: Place) -> Loaded | None:
    module, workspace = place.module, place.workspace
    if workspace is False:
        if module is None or module.mod is None:
            return None
        return Loaded(needed.packages(place.invocation), {module.mod.module: module.folder})
    # Imported late: few builds have a workspace.
    from hooks.facts import reading
    from hooks.module.modules import Module
    from hooks.module.packages import Modules, Packages

    work = reading.workspace(place) if workspace else None
    mods = [(member.mod, member.folder) for member in work.members if member.mod] if work else []
    if work is None or len(mods) < len(work.members):
        return None
    owners = {mod.module: folder for mod, folder in mods}
    others = frozenset(each.path for mod, _ in mods for each in mod.require if each.path not in owners)
    mains = tuple([Module(folder, mod, '') for mod, folder in mods])
    run = place.invocation
    target = needed.target(run.command, run.env, run.minor)
    found = Packages(run.repository, run.tree, Modules(owners, others, mains=mains), target)
    found.load(run.command, run.folder, work.folder)
    return Loaded(found, owners)

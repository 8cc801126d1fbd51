"""Which folder a Dockerfile is built from, where nothing declares it and no folder has all that it takes by name.

The build fails there for what that folder lacks, so the folder has to be beyond doubt. One of these is enough:

- it has the rest: what it lacks is in no folder of the repository, or git ignores it;
- it has most, at least three, and no other folder of the repository has more than one of them;
- it is the top, the Dockerfile lies there, and no other folder has as much.

Tried on the declared Dockerfiles of public repositories with each of their sources removed, or moved, in turn: this
named the declared context or none in every case.
"""

from __future__ import annotations

from hooks.builds.inference import MOST
from hooks.context.tree import ABSENT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.builds.inference import Inference, Needs


def contexts(inference: Inference, folders: list[str], needs: Needs) -> list[str]:
    """The folders (of those from the Dockerfile's own upwards) from which it is built for sure, whatever they lack."""
    if needs.modules and inference.is_nowhere('go.mod'):
        # Without any module the Dockerfile is meant for other repositories.
        return []
    found = [folder for folder in folders if _has_the_rest(inference, folder, folders, needs)]
    if not found and folders == ['']:
        return folders if _is_best(inference, needs) else []
    return found or [folder for folder in folders if _stands_out(inference, folder, folders, needs)]


def _has_the_rest(inference: Inference, folder: str, folders: list[str], needs: Needs) -> bool:
    repository, prefix = inference.repository, folder and folder + '/'
    lacking = [path for path in needs.sources if repository.kind(prefix + path) == ABSENT]
    if not all(_speaks_for_none(inference, path, folders) for path in lacking):
        return False
    rest = needs._replace(sources=tuple(path for path in needs.sources if path not in lacking))
    has = len(_held(inference, folder, _all(rest))) + inference.has_module(folder, rest)
    return len(lacking) <= has and inference.fits(folder, rest)


def _speaks_for_none(inference: Inference, path: str, folders: list[str]) -> bool:
    if path.partition('/')[0] == '.git' or inference.is_nowhere(path):
        return True
    repository = inference.repository
    paths = [f'{folder}/{path}'.lstrip('/') for folder in folders]
    return all(repository.kind(each) == ABSENT for each in paths) and repository.ignored(paths[-1]) is not None


def _stands_out(inference: Inference, folder: str, folders: list[str], needs: Needs) -> bool:
    named = (*needs.sources, *needs.modules, *needs.globbed)
    own, others = _held(inference, folder, named), _others(inference, folder, named)
    most = max(MOST, len(named) - len(own) + 1)
    return len(own) >= most and all(len(_held(inference, each, named)) < 2 for each in others.union(folders) - {folder})


def _is_best(inference: Inference, needs: Needs) -> bool:
    """Whether the top has more of it than any other folder, be it little; the module of go counts as well."""
    everything = _all(needs)
    own, others = len(_held(inference, '', everything)), _others(inference, '', everything)
    if inference.has_module('', needs):
        # Where go has no module to work in, no build of it is.
        return all(
            len(_held(inference, each, everything)) < own for each in others if inference.has_module(each, needs)
        )
    return own > 0 and all(
        len(_held(inference, each, everything)) + inference.has_module(each, needs) < own for each in others
    )


def _others(inference: Inference, folder: str, paths: tuple[str, ...]) -> set[str]:
    """The folders that have something of what a folder lacks."""
    lacking = set(paths).difference(_held(inference, folder, paths))
    return {each[: -len(path)].rstrip('/') for path in lacking for each in inference.repository.files.named(path)}


def _held(inference: Inference, folder: str, paths: tuple[str, ...]) -> list[str]:
    """What a folder has of some paths."""
    prefix = folder and folder + '/'
    return [path for path in paths if path and inference.repository.kind(prefix + path) != ABSENT]


def _all(needs: Needs) -> tuple[str, ...]:
    return (*needs.sources, *needs.modules, *needs.globbed, *needs.folders, *needs.packages)

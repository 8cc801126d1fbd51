"""All that declares builds in a repository: compose files, workflows, Makefiles, scripts; each read where it is."""

from __future__ import annotations

from hooks.builds.declarations import Partly
from hooks.lean.lazy import regex
from hooks.replay.build import Declared

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hooks.builds.absent import Absent
    from hooks.builds.commands.sources import Files
    from hooks.builds.commands.walk import Walk
    from hooks.builds.compose import Run
    from hooks.context.index import Repository

    Found = tuple[dict[str, list[Declared]], list[Partly], list[Absent], list[Run]]

# At the top; below it only what runs them names them.
_BAKES = ('docker-bake.json', 'docker-bake.override.json')
# A new machine runs it, which has no checkout.
_FIRST_START = regex(r'(?i)(?<!build-)(?<!build_)user[-_]?data\.(?:ba)?sh$|cloud[-_]?init[^/]*$')
_TASKS = ('taskfile', 'package.json', '.gitlab-ci.y')


def read(repository: Repository, named: Sequence[str], problems: list[tuple[str, str]]) -> Found:
    """Dockerfile → its declared builds; what is known of builds that are not wholly known; what is not there; what runs
    of compose merge.

    `named` are the tracked files whose names say that they may declare some.
    """
    found: dict[Declared, tuple[str, ...]] = {}
    partly: dict[Partly, None] = {}
    absent: dict[Absent, None] = {}
    walks: list[Walk] = []
    for each in _all(repository, named, problems, walks):
        if isinstance(each, Declared):
            # One command line is followed from several places: each may make something before it.
            key = each._replace(made=())
            found[key] = (*found.get(key, ()), *each.made)
        elif isinstance(each, Partly):
            partly[each] = None
        else:
            absent[each] = None
    dockerfiles: dict[str, list[Declared]] = {}
    before = _before_compose(walks)
    for build, made in found.items():
        files = (build.by, *build.beside) if before and 'compose' in build.by.lower() else ()
        for place in {None, *files, *(file.rpartition('/')[0] for file in files)} if files else ():
            made = (*made, *before.get(place, ()))
        dockerfiles.setdefault(build.dockerfile, []).append(build._replace(made=_shortest(made)))
    return dockerfiles, list(partly), list(absent), _composed(walks)


def _composed(walks: list[Walk]) -> list[Run]:
    """The files of each run of compose, or the folder in which it finds them."""
    return [files for walk in walks for files, _ in walk.composed]


def _before_compose(walks: list[Walk]) -> dict[str | None, dict[str, None]]:
    """Compose file, or the folder that `docker compose` finds it in → what may be made before; None: in any."""
    found: dict[str | None, dict[str, None]] = {}
    for files, made in (each for walk in walks for each in walk.composed if each[1]):
        for file in files:
            found.setdefault(file, {}).update(dict.fromkeys(made))
    return found


def _shortest(made: Iterable[str]) -> tuple[str, ...]:
    """Paths, less those below another."""
    paths = sorted(set(made))
    return ('',) if '' in paths else tuple(paths)


def _all(
    repository: Repository, named: Sequence[str], problems: list[tuple[str, str]], walks: list[Walk]
) -> Iterator[Declared | Partly | Absent]:
    about = _commands(repository, named)
    yamls = [path for path in named if path.endswith(('.yml', '.yaml'))]
    if yamls:
        from hooks.builds import workflows

        yield from workflows.declared(repository, problems, walks, about.may_be_run if about else None)
    tasks = [path for path in (*yamls, 'package.json') if any(name in path.lower() for name in _TASKS)]
    tasks = [path for path in tasks if path in repository.files]
    if tasks:
        from hooks.builds.commands import tasks as running

        walks += running.walks(repository, tasks, problems)
    tilted = [path for path in named if path.endswith('Tiltfile')]
    if tilted:
        from hooks.builds import tilt

        walks += tilt.walks(repository, tilted)
    if walks or about:
        from hooks.builds.commands import roots

        yield from roots.builds(repository, about, walks)
    if yamls:
        from hooks.builds import compose

        yield from compose.declared(repository, problems, _composed(walks))
    yield from _others(repository, named, problems, walks)


def _commands(repository: Repository, named: Sequence[str]) -> Files | None:
    """The Makefiles and scripts that build images; None where there are none."""
    makefiles = [path for path in named if path.endswith('akefile')]
    scripts = [path for path in named if path.endswith(('.sh', '.bash')) and not _FIRST_START.search(path)]
    if not makefiles and not scripts:
        return None
    from hooks.builds.commands.sources import Files

    about = Files.of(repository, makefiles, scripts)
    return about if any(about) else None


def _others(
    repository: Repository, named: Sequence[str], problems: list[tuple[str, str]], walks: list[Walk]
) -> Iterator[Declared | Partly]:
    """What only few repositories have."""
    runs = [run for walk in walks for run in walk.baked]
    baked = [path for path in named if path.endswith('.hcl')]
    deployed, released, tilted = (
        [path for path in named if word in path.rpartition('/')[2]] for word in ('skaffold', 'goreleaser', 'Tiltfile')
    )
    if baked or runs or any(path in repository.files for path in _BAKES):
        from hooks.builds import bake

        yield from bake.declared(repository, named, baked, runs)
    if deployed:
        from hooks.builds import skaffold

        yield from skaffold.declared(repository, deployed, problems)
    if released:
        from hooks.builds import goreleaser

        yield from goreleaser.partly(repository, released, problems)
    if tilted:
        from hooks.builds import tilt

        yield from tilt.declared(repository, tilted)

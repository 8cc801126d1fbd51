"""The compose files of a repository → the builds that they declare.

A build whose context, Dockerfile or target is not known (a variable without a value, a URL, a folder outside the
repository or without tracked files) is not declared.
"""

from __future__ import annotations

import posixpath

from hooks.builds.declarations import EVERY, MARK, TOP, Partly, join, named_contexts, tracked_file, tracked_folder
from hooks.lean.lazy import regex
from hooks.replay.build import Declared

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from hooks.builds.composefile import Build, Reader
    from hooks.context.index import Repository

    Section = tuple[str, str, Build]
    Run = tuple[str | None, ...]

_NAME = regex(r'(?is)(?:docker[-_]?)?compose(?:[._-].*)?\.ya?ml|.+[._-](?:docker[-_]?)?compose\.ya?ml')
# In the order in which compose looks for them; it takes one of each.
_BASES = ('compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml')
_OVERRIDES = (
    'compose.override.yml',
    'compose.override.yaml',
    'docker-compose.override.yml',
    'docker-compose.override.yaml',
)


def is_compose(path: str) -> bool:
    """Whether a file is a compose file by its name: `compose.yaml`, `docker-compose.prod.yml`, `api.compose.yml`."""
    return _NAME.fullmatch(path.rpartition('/')[2]) is not None


def is_base(path: str) -> bool:
    """Whether a file is one that others are merged onto, by its name."""
    return path.rpartition('/')[2] in _BASES


def declared(
    repository: Repository, problems: list[tuple[str, str]] | None = None, runs: Sequence[Run] = ()
) -> Iterator[Declared | Partly]:
    """Every build of every tracked compose file, each once.

    A file that is no YAML declares nothing; `problems` collects its path and what is wrong with it.
    """
    found = sections(repository, [] if problems is None else problems, runs)
    values = (_declare(repository, build) for _, _, build in found)
    yield from dict.fromkeys(value for value in values if value)


def sections(repository: Repository, problems: list[tuple[str, str]], runs: Sequence[Run]) -> list[Section]:
    """The `build` sections of all services, merged, each with the file that it was loaded for and its service.

    `runs` are the files that command lines name: what they merge is no project on its own, unless another one says so.
    """
    folders: dict[str, list[str]] = {}
    for path in repository.files.mentioning('compose', '.env'):
        folder, name = posixpath.split(path)
        if is_compose(path):
            folders.setdefault(folder, []).append(name)
        elif name == '.env' and 'COMPOSE_FILE' in (repository.read(path) or ''):
            # It may name files of any name.
            folders.setdefault(folder, [])
    if not folders:
        return []
    from hooks.builds import composefile

    reader = composefile.Reader(repository, problems, {}, set(), {}, set())
    found = [entry for folder, names in folders.items() for entry in _folder(reader, folder, names)]
    # Only now is it known which files are no projects on their own.
    found = [each for each in found if each[0] not in reader.moved and each[:2] not in reader.extended]
    merged = dict.fromkeys(run for run in runs if len(run) > 1)
    if not merged:
        return found
    alone = {file for run in runs if len(run) == 1 for file in run}
    parts = {file for run in merged for file in run if not alone & {file, posixpath.dirname(file or '')}}
    return [each for each in found if each[0] not in parts] + [each for run in merged for each in _run(reader, run)]


def _run(reader: Reader, run: Run) -> Iterator[Section]:
    """The builds of files that a command line merges."""
    from hooks.builds import composefile

    paths = [path for path in run if path is not None and path in reader.repository.files]
    for service, build in composefile.load_all(reader, paths).items() if len(paths) == len(run) else ():
        if not build.gone:
            yield paths[0], service, composefile.rooted(build, posixpath.dirname(paths[0]))


def _folder(reader: Reader, folder: str, names: list[str]) -> Iterator[Section]:
    """The builds of the compose files of one folder.

    `docker compose` takes one base with one override, or the files that COMPOSE_FILE names in `.env`: neither of them
    is a project on its own, and another base is not read. Any other file stands alone.
    """
    from hooks.builds import composefile

    paths = project(reader, folder, names)
    known = composefile.load_all(reader, paths)
    found = [(paths[0], known)] if paths else []
    for name in sorted(names):
        path = posixpath.join(folder, name)
        if name not in _BASES and name not in _OVERRIDES and path not in paths:
            builds = composefile.load_all(reader, [path])
            found.append((path, _variants(known, builds)))
    for path, builds in found:
        for service, build in builds.items():
            if not build.gone:
                yield path, service, composefile.rooted(build, folder)


def project(reader: Reader, folder: str, names: list[str]) -> list[str]:
    """The files that `docker compose` merges when it is run in a folder and told nothing."""
    from hooks.builds import composefile

    named = composefile.named_in_env(reader, folder)
    if named is not None:
        return named
    first = [next((name for name in each if name in names), None) for each in (_BASES, _OVERRIDES)]
    return [posixpath.join(folder, name) for name in first if name] if first[0] else []


def _variants(known: Mapping[str, Build], builds: Mapping[str, Build]) -> dict[str, Build]:
    """The builds of a file that may be a project on its own, or meant to be merged onto the base.

    With a context a build is whole; with a Dockerfile alone, its context is the base's; with neither it says nothing.
    """
    from hooks.builds.composefile import merge

    return {
        name: build if 'context' in build.fields else merge(known.get(name), build)
        for name, build in builds.items()
        if {'context', 'dockerfile'} & {*build.fields}
    }


def _declare(repository: Repository, build: Build) -> Declared | Partly | None:
    """A whole `build` section as a build of this repository; None when it is none, or not known to be one."""
    fields = build.fields
    target = fields.get('target', '')
    if None in fields.values() or 'dockerfile_inline' in fields or build.args is None or build.contexts is None:
        return _partly(repository, build)
    context = tracked_folder(repository, fields['context'] or '')
    path = None if context is None else join(context, fields.get('dockerfile') or 'Dockerfile')
    dockerfile = None if path is None else tracked_file(repository, path)
    if context is None or dockerfile is None or target is None:
        return None
    args = tuple((name, None if value and TOP in value else value) for name, value in build.args.items())
    contexts, beside = named_contexts(repository, build.contexts), tuple(sorted(build.beside - {build.by}))
    platforms = tuple(dict.fromkeys(build.platforms or (build.platform,)))
    platforms = () if '' in platforms else platforms
    return Declared(
        dockerfile,
        context,
        target,
        args,
        contexts,
        build.by,
        build.line,
        beside=beside,
        platforms=platforms,
        check=build.check,
        mounts=build.mounts,
    )


def _partly(repository: Repository, build: Build) -> Partly | None:
    """What is known of a build of which not all is: the arguments that it passes, to a Dockerfile of some folder."""
    if 'dockerfile_inline' in build.fields:
        return None
    names = (EVERY,) if build.args is None else tuple(build.args)
    file = build.fields.get('dockerfile', 'Dockerfile') or MARK
    if build.fields['context'] is None and '/' in file:
        # From a folder that is not known, perhaps one in which the repository itself is a folder.
        path = next((path for path in _ends(posixpath.normpath(file)) if path in repository.files), None)
        if path is not None:
            return Partly(path, names, whole=True)
    return Partly(f'{MARK}/{posixpath.basename(file)}', names) if names else None


def _ends(path: str) -> Iterator[str]:
    """A path, and what is left of it without its first folders."""
    names = path.split('/')
    return ('/'.join(names[at:]) for at in range(len(names)))

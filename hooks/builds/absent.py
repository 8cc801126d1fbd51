"""What compose files build from that is not in the repository: a context folder, or a Dockerfile."""

from __future__ import annotations

import posixpath

from hooks.builds.compose import sections
from hooks.builds.declarations import TOP, join, tracked_file, tracked_folder
from hooks.builds.triggers import is_dockerfile
from hooks.context.paths import upwards
from hooks.context.tree import ABSENT, FILE
from hooks.lean.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hooks.builds.composefile import Build
    from hooks.context.index import Repository


class Absent(Record):
    """A `build` section, where it stands, and what of it is not there: its folder, or in that folder its Dockerfile.

    `path` is what is not there, `meant` what may be meant instead ('' when nothing is alike), as it would be written.
    """

    by: str
    line: int
    context: str
    path: str
    meant: str = ''

    @property
    def is_folder(self) -> bool:
        return self.path == self.context


def absent(repository: Repository, named: Iterable[str]) -> Iterator[Absent]:
    """Those of the named compose files."""
    wanted = set(named)
    found = (_absent(repository, build) for build in sections(repository, []) if wanted & {build.by, *build.beside})
    yield from dict.fromkeys(each for each in found if each)


def _absent(repository: Repository, build: Build) -> Absent | None:
    context, file = build.fields.get('context'), build.fields.get('dockerfile', 'Dockerfile')
    if (
        build.open
        or None in build.fields.values()
        or 'dockerfile_inline' in build.fields
        or context is None
        or not file
    ):
        return None
    if _of_others(build.by) or TOP in file or any(_fits(repository, build, context, file)):
        return None
    if repository.kind(context) == ABSENT and tracked_folder(repository, context) is None:
        return Absent(build.by, build.line, context, context, _folder(repository, build, context))
    path = join(context, file)
    if repository.kind(context) == FILE or path is None or repository.kind(path) != ABSENT:
        return None
    if tracked_file(repository, path) is not None:
        return None
    return Absent(build.by, build.line, context, path, _dockerfile(repository, context, file))


def _of_others(by: str) -> bool:
    return not {'vendor', 'node_modules', 'testdata'}.isdisjoint(by.split('/'))


def _fits(repository: Repository, build: Build, context: str, file: str) -> Iterator[bool]:
    """Whether it is there from a folder above: files that are merged onto another one start from that one's folder."""
    folder = posixpath.dirname(build.by)
    relative = posixpath.relpath(context or '.', folder or '.')
    for above in (*upwards(folder), *(posixpath.dirname(each) for each in build.beside)):
        other = join(above, relative) if relative != '.' else above
        if other is not None and other != context:
            yield repository.kind(join(other, file) or other) == FILE


def _folder(repository: Repository, build: Build, context: str) -> str:
    """The only other folder of that name that holds a Dockerfile."""
    name = posixpath.basename(context)
    found = [each for each in repository.files.named(name) if any(map(is_dockerfile, _files(repository, each)))]
    return posixpath.relpath(found[0], posixpath.dirname(build.by) or '.') if len(found) == 1 and name else ''


def _dockerfile(repository: Repository, context: str, file: str) -> str:
    """The Dockerfile that is meant: the one of that path from the top, or the only one in the context."""
    from_top = join('', file)
    if from_top and from_top in repository.files:
        return posixpath.relpath(from_top, context or '.')
    found = [each for each in _files(repository, context) if is_dockerfile(each)]
    return posixpath.relpath(found[0], context or '.') if len(found) == 1 else ''


def _files(repository: Repository, folder: str) -> list[str]:
    return [posixpath.join(folder, name) for name in repository.names(folder)] if repository.has_folder(folder) else []

"""What is built from that is not in the repository: the context folder of a compose file's section, or a Dockerfile."""

from __future__ import annotations

import posixpath

from hooks.builds.compose import is_base, sections
from hooks.builds.declarations import TOP, join, tracked_file, tracked_folder
from hooks.builds.triggers import is_dockerfile
from hooks.context.paths import upwards
from hooks.context.tree import ABSENT, FILE
from hooks.lean.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hooks.builds.compose import Run
    from hooks.builds.composefile import Build
    from hooks.context.index import Repository

# What lies in them is run somewhere else.
_NOT_RUN_HERE = frozenset(
    'vendor node_modules testdata third_party template templates skeleton scaffold boilerplate cookiecutter example'
    ' examples _examples sample samples docs fixtures'.split()
)


class Absent(Record):
    """A declared build, where it stands, and what of it is not there: its folder, or its Dockerfile.

    `path` is what is not there, `meant` what may be meant instead ('' when nothing is alike), as it would be written
    behind `key`. With `cased` it is there in another case, which is enough on macOS and Windows.
    """

    by: str
    line: int
    context: str
    path: str
    meant: str = ''
    key: str = 'dockerfile: '
    cased: bool = False

    @property
    def is_folder(self) -> bool:
        return self.path == self.context


def absent(repository: Repository, named: Iterable[str], runs: Sequence[Run] = ()) -> Iterator[Absent]:
    """Those of the named compose files; `runs` are the files that command lines merge."""
    wanted = set(named)
    all_of = sections(repository, [], runs)
    # What a base lacks, a file beside it may give its service.
    given = {(posixpath.dirname(path), service) for path, service, _ in all_of if not is_base(path)}
    found = (
        _absent(repository, build)
        for path, service, build in all_of
        if wanted & {build.by, *build.beside} and not (is_base(path) and (posixpath.dirname(path), service) in given)
    )
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
    if repository.kind(context) == ABSENT:
        cased = tracked_folder(repository, context)
        meant = posixpath.relpath(cased, posixpath.dirname(build.by) or '.') if cased else ''
        meant = meant or _folder(repository, build, context)
        return Absent(build.by, build.line, context, context, meant, cased=cased is not None)
    path = join(context, file)
    if repository.kind(context) == FILE or path is None or repository.kind(path) != ABSENT:
        return None
    cased = tracked_file(repository, path)
    if cased is not None and _is_taken(path, cased):
        return None
    meant = posixpath.relpath(cased, context or '.') if cased else _dockerfile(repository, context, file)
    return Absent(build.by, build.line, context, path, meant, cased=cased is not None)


def _is_taken(path: str, cased: str) -> bool:
    """Whether a file in another case is taken on Linux, too: for `Dockerfile` docker takes `dockerfile`."""
    folder, _, name = path.rpartition('/')
    return name == 'Dockerfile' and cased == posixpath.join(folder, 'dockerfile')


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
    """The Dockerfile that is meant: of that path from the top; in the context, the one of that name or the only one."""
    from_top, alike = join('', file), posixpath.join(context, posixpath.basename(file))
    if from_top and from_top in repository.files and _is_written(repository, from_top):
        return posixpath.relpath(from_top, context or '.')
    found = [each for each in _files(repository, context) if _builds(repository, each)]
    meant = alike if alike in found else found[0] if len(found) == 1 else ''
    return posixpath.relpath(meant, context or '.') if meant else ''


def _builds(repository: Repository, path: str) -> bool:
    return is_dockerfile(path) and _is_written(repository, path)


def _is_written(repository: Repository, path: str) -> bool:
    """Whether there is something in a file: an empty Dockerfile is not the one that is meant."""
    return bool((repository.read(path) or '').strip())


def _files(repository: Repository, folder: str) -> list[str]:
    return [posixpath.join(folder, name) for name in repository.names(folder)] if repository.has_folder(folder) else []


def dockerfile(repository: Repository, by: str, cwd: str, context: str, file: str, key: str) -> Absent | None:
    """A build in a folder `cwd`, by a command or an action, if its Dockerfile `file` is not there; else None.

    `context` and `cwd` are relative to the top; `file` is as it is written, '' where it is the context's own. Its line
    is for the caller to fill in.
    """
    if not _NOT_RUN_HERE.isdisjoint(by.lower().split('/')[:-1]):
        return None
    path = join(cwd, file) if file else join(context, 'Dockerfile')
    if path is None or TOP in file or repository.kind(path) != ABSENT or not repository.has_folder(context):
        return None
    cased = tracked_file(repository, path)
    if not repository.has_folder(cwd) or (cased is not None and _is_taken(path, cased)):
        return None
    meant = cased or _meant(repository, context, file, path)
    # What runs in a folder above finds it there.
    relative = file or posixpath.relpath(path, cwd or '.')
    if any((join(start, relative) or '') in repository.files for start in {*upwards(cwd), *upwards(by)}):
        return None
    meant = posixpath.relpath(meant, cwd or '.') if meant else ''
    return Absent(by, 0, context, path, meant, key, cased=cased is not None)


def _meant(repository: Repository, context: str, file: str, path: str) -> str:
    """The Dockerfile that is meant: of that path or name in the context, or the only one of that name or folder."""
    folder, name = posixpath.split(path)
    for inside in (join(context, file), posixpath.join(context, name)):
        if inside and inside in repository.files and _is_written(repository, inside):
            return inside
    alike = [each for each in repository.files.named(name) if _builds(repository, each)]
    beside = [each for each in _files(repository, folder) if _builds(repository, each)]
    return alike[0] if len(alike) == 1 else beside[0] if len(beside) == 1 else ''

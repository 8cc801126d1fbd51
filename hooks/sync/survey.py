"""What a repository shows of its shared Dockerfiles and of its canonical ignore file, for a first config file.

Folders and files are relative to the repository's top, `.` for the top itself.
"""

from __future__ import annotations

from hooks.context.tree import Context
from hooks.golang import gofiles
from hooks.lean.record import Record
from hooks.sync import blocks
from hooks.sync.ignorefiles import IgnoreFiles, is_go, names_module, path_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hooks.builds.subjects import Builds, Subject
    from hooks.context.index import Repository

# Two ignore files that share half of their patterns were one once.
ALIKE = 0.5
_NO_MODULES = frozenset(('vendor', 'node_modules', 'testdata'))


class Shared(Record):
    """A Dockerfile that is built from folders which do not show by themselves; `folders` may be globs."""

    dockerfile: str
    folders: tuple[str, ...]
    why: str


class Survey(Record):
    """`source` is the likely canonical ignore file, '' when there is none; `targets` are globs."""

    contexts: tuple[Shared, ...]
    source: str
    why: str
    targets: tuple[str, ...]


def survey(builds: Builds) -> Survey:
    """What the Dockerfiles, modules and ignore files of a repository show."""
    repository, ignore_files = builds.repository, IgnoreFiles(builds)
    subjects = [subject for subject in ignore_files.subjects() if is_go(subject)]
    modules = [folder for folder in _modules(repository) if _has_program(repository, folder)]
    floating = [subject for subject in subjects if _floats(subject)]
    fitting = {s.path: [f for f in modules if builds.fits(s, f)] for s in floating if names_module(s)}
    shared = {path: folders for path, folders in fitting.items() if folders}
    contexts = {folder for subject in subjects if subject not in floating for folder in _contexts(subject)}
    contexts.update(folder for fits in shared.values() for folder in fits)
    source, why, near = _source(repository, sorted(contexts), list(shared))
    around = {folder.rpartition('/')[0] for folder in near}
    targets = sorted(f for f in contexts if f and path_in(f) != source and (not near or f.rpartition('/')[0] in around))
    found = tuple(
        Shared(path, tuple(_globs(repository, fits, whole=True)), _why(path, fits)) for path, fits in shared.items()
    )
    named = [each for each in found if _is_text(each.dockerfile, *each.folders)]
    if not targets or not _is_text(source):
        source = ''
    return Survey(tuple(named), source, why, tuple(filter(_is_text, _globs(repository, targets, whole=False))))


def _is_text(*paths: str) -> bool:
    """TOML is UTF-8; a path that is not cannot be named in it."""
    return not any('\ud800' <= char <= '\udfff' for path in paths for char in path)


def _floats(subject: Subject) -> bool:
    """A Dockerfile of which nobody says, and nothing above it shows, where its context is."""
    return not all(isinstance(build.context, Context) for build in subject.builds)


def _contexts(subject: Subject) -> Iterator[str]:
    """The declared contexts, or the nearest that fits."""
    contexts = [build.context for build in subject.builds if isinstance(build.context, Context)]
    for context in contexts if subject.builds and subject.builds[0].declared else contexts[:1]:
        yield context.folder


def _modules(repository: Repository) -> Iterator[str]:
    for path in repository.paths:
        folder, _, name = path.rpartition('/')
        if name == 'go.mod' and _NO_MODULES.isdisjoint(folder.split('/')):
            yield folder


def _has_program(repository: Repository, folder: str) -> bool:
    """Whether a module has a package main, and so something to make an image of."""
    prefix = folder and folder + '/'
    inner = tuple(f'{each}/' for each in _modules(repository) if each.startswith(prefix) and each != folder)
    for path in repository.under(folder):
        if path.endswith('.go') and not path.endswith('_test.go') and not (inner and path.startswith(inner)):
            source = gofiles.parse(repository.read(path) or '')
            if source and source.package == 'main':
                return True
    return False


def _why(dockerfile: str, folders: Sequence[str]) -> str:
    has = 'the folder of one Go program has' if len(folders) == 1 else f'the folders of {len(folders)} Go programs have'
    return f'No folder above {dockerfile} has what it copies; {has}.'


def _globs(repository: Repository, folders: Iterable[str], whole: bool) -> Iterator[str]:
    """Folders with one glob for several in the same folder; where `whole`, only if no other folder matches it."""
    by_parent: dict[str, list[str]] = {}
    for folder in folders:
        by_parent.setdefault(folder.rpartition('/')[0] if folder else '.', []).append(folder)
    for parent, below in sorted(by_parent.items()):
        inside = parent and parent + '/'
        others = {
            f'{inside}{name}' for name in repository.names(parent) if repository.has_folder(f'{inside}{name}')
        }.difference(below)
        if len(below) > 1 and not (whole and any(not each.rpartition('/')[2].startswith('.') for each in others)):
            yield f'{inside}*'
        else:
            yield from (folder or '.' for folder in below)


# The canonical ignore file


def _source(repository: Repository, contexts: Sequence[str], shared: Sequence[str]) -> tuple[str, str, Sequence[str]]:
    """The likely canonical ignore file, why, and the contexts that have one like it; '' when none is likely."""
    for dockerfile in shared:
        path = path_in(dockerfile.rpartition('/')[0])
        if repository.on_disk(path):
            return path, f'It stands beside {dockerfile}, which is built from folders below other ones.', ()
    texts = {
        folder: repository.read(path_in(folder))
        for folder in contexts
        if folder and path_in(folder) in repository.files
    }
    sets = {folder: frozenset(blocks.patterns(text)) for folder, text in texts.items() if text}
    sets = {folder: patterns for folder, patterns in sets.items() if patterns}
    if len(sets) < 2:
        return '', '', ()
    best = min(sets, key=lambda own: (-sum(_likeness(sets[own], sets[each]) for each in sets), len(own), own))
    alike = [folder for folder in sets if _likeness(sets[best], sets[folder]) >= ALIKE]
    if len(alike) < 2 or len(alike) <= len(sets) / 2:
        return '', '', ()
    why = f'{len(alike)} of the {len(sets)} ignore files of build contexts are alike; this is the likest to the others.'
    return path_in(best), why, alike


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)

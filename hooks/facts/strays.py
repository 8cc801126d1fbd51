"""Sources of COPY that are none of Go's own files, and why a build context lacks them for certain.

Certain is what an ignore file hides; what git ignores by its name, beside files that it tracks; and what no tracked
file or folder is, as long as nothing could make it before the build (see `makers`).
"""

from __future__ import annotations

from hooks.builds.declarations import tracked_file, tracked_folder
from hooks.context.paths import in_folder, in_words
from hooks.context.tree import ABSENT, Context
from hooks.facts import absence, makers
from hooks.facts.absence import Cause

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.context.index import Repository
    from hooks.facts.places import At
    from hooks.replay.copying import Source

_OPERATORS = frozenset(('||', '&&', '|', ';', '&'))
# Of folders in folders no one is asked for without end.
_DEEPEST = 100
_NOT_MEANT = frozenset(('vendor', 'node_modules', 'testdata', 'third_party', 'examples', 'docs'))


def why(at: At, context: Context, source: Source) -> Cause | None:
    """Why a literal source, or the literal folder in front of a glob, is not there; None when that is not certain."""
    repository, path = at.build.repository, context.path(source.missing)
    if not builds_go(at) or not path or path.count('/') > _DEEPEST:
        return None
    if source.word in _OPERATORS or source.word.lstrip('&12').startswith('>'):
        return Cause(', since no shell reads the instruction', 'leave out {}', f'`{source.word}`')
    hiding = context.hidden(source.missing)
    if hiding and _stays_hidden(repository, hiding.file, path):
        return absence.hidden(hiding, source.missing[1:])
    # Every checkout has its .git.
    if repository.kind(path) != ABSENT or path.partition('/')[0] == '.git':
        return None
    ignored = repository.ignored(path)
    if repository.generated(path) or _is_made(repository, path, bool(ignored)):
        return absence.unmade(at.build, path, ignored or repository.ignored(f'{path}/x'))
    cause = out_of_git(repository, path)
    if cause:
        return cause._replace(cure=f'{cause.cure}, or leave it out of the instruction')
    return elsewhere(repository, context, path) or Cause(
        ', since nothing of that name is in git', 'commit {}, or leave it out of the instruction', path
    )


def builds_go(at: At) -> bool:
    """Whether the build runs go, or stands on an image of Go: what other images copy is not ours to judge."""
    return any(moment.call or moment.go for moment in at.moments)


def _stays_hidden(repository: Repository, ignore_file: str, path: str) -> bool:
    """Whether what is hidden is so whatever the build makes of it: a `!` may show what is not there yet."""
    if repository.kind(path) != ABSENT:
        return True
    lines = (repository.read(ignore_file) or '').split('\n')
    return not any(line.lstrip().startswith('!') for line in lines) and not makers.names(repository, ignore_file)


def _is_made(repository: Repository, path: str, ignored: bool) -> bool:
    folder, _, name = path.rpartition('/')
    if makers.is_product(repository, path) and (ignored or makers.generates(repository, path) is not False):
        return True
    # Of a name without an ending that git ignores, it is a binary or a folder that is made; and so may be a folder of
    # which git tracks nothing.
    if ignored and ('.' not in name or not repository.has_folder(folder)):
        return True
    # A pattern that ends in a slash ignores a folder of that name.
    if not ignored and repository.ignored(f'{path}/x'):
        return True
    while not repository.has_folder(folder):
        if makers.names(repository, folder):
            return True
        folder = folder.rpartition('/')[0]
    return makers.names(repository, path)


def out_of_git(repository: Repository, path: str) -> Cause | None:
    """It is not in git; where a sample of it is, that is what the cure begins with. Secrets are not for git."""
    cause, sample = absence.out_of_git(repository, path), _sample(repository, path)
    if cause and sample:
        return cause._replace(cure=f'make it from {sample} before the build')
    return cause._replace(cure='make it before the build') if cause and makers.is_private(path) else cause


def _sample(repository: Repository, path: str) -> str:
    """The tracked file beside it that is meant to be copied; '' where there is none."""
    folder, slash, name = path.rpartition('/')
    stem, dot, end = name.rpartition('.')
    for word in ('example', 'sample', 'template', 'dist', 'default'):
        behind = (f'{name}{sign}{word}' for sign in '.-_')
        before = (f'{word}{sign}{name.removeprefix(".")}' for sign in '.-_')
        inside = (f'{stem}{sign}{word}{dot}{end}' for sign in '.-_')
        found = [each for each in (*behind, *before, *inside) if folder + slash + each in repository.files]
        if found:
            return folder + slash + found[0]
    return ''


def elsewhere(repository: Repository, context: Context, path: str) -> Cause | None:
    """A source has its name in another case, or lies in another folder: the one with as many of its folders as any."""
    cased = tracked_file(repository, path) or tracked_folder(repository, path)
    if cased and context.holds(cased):
        name = cased[len(context.folder) + bool(context.folder) :]
        return Cause(f', since it is called {name} (Linux tells the case apart)', 'write {}', f'`{name}`')
    name = path
    while not (found := [each for each in repository.files.named(name) if _is_meant(each)]):
        _, slash, name = name.partition('/')
        if not slash:
            return None
    folders = [each[: -len(name)].rstrip('/') for each in found]
    where = f', but {"in" if any(folders) else "at"} {absence.listed([*map(in_words, folders)])}'
    if len(found) > 1:
        return Cause(where, 'correct the path, or commit it')
    if context.holds(found[0]):
        return Cause(where, 'write {}', f'`{found[0][len(context.folder) + bool(context.folder) :]}`')
    shared = in_words(absence.shared(found[0], context.folder))
    return Cause(where, f'commit it{in_folder(context.folder) or " at the top"}, or make {shared} the context')


def _is_meant(path: str) -> bool:
    folders = path.split('/')[:-1]
    return _NOT_MEANT.isdisjoint(folders) and not any(folder.startswith('.') for folder in folders)

"""Sources of COPY, ADD and bind mounts that are not where the build takes them from, and why."""

from __future__ import annotations

from hooks.context.paths import called, in_folder, in_words, located, upwards
from hooks.context.tree import ABSENT, FILE, FOLDER, Context
from hooks.facts import absence
from hooks.facts.absence import Cause
from hooks.lean.record import Record
from hooks.module import modules
from hooks.replay import copying
from hooks.replay.image import Image

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hooks.facts.places import At
    from hooks.replay.build import Build
    from hooks.replay.copying import Source
    from hooks.report.finding import Finding

NAMES = ('go.mod', 'go.sum', 'go.work', 'go.work.sum')
_ANY = 'x.y'


class Lack(Record):
    """A source that is not there, and why."""

    source: Source
    cause: Cause


def lacks(at: At) -> list[Lack]:
    """The sources that a step takes and that are not there; left out are those of which nobody knows."""
    return [Lack(source, cause) for source in at.missing if (cause := _cause(at, source))]


def misplaced(at: At) -> list[Lack]:
    """The sources that lie in a folder which could be the context that the author thought of."""
    return [lack for lack in lacks(at) if lack.cause.elsewhere]


def findings(at: At, rule: str, missing: Sequence[Lack]) -> Iterator[Finding]:
    """One finding for each cause of an instruction."""
    for kind in dict.fromkeys((cause.why, cause.cure, source.glob) for source, cause in missing):
        same = [(source, cause) for source, cause in missing if (cause.why, cause.cure, source.glob) == kind]
        names = absence.listed([source.missing if source.glob else f'"{source.missing}"' for source, _ in same])
        item = absence.listed([cause.item for _, cause in same])
        first, cause = same[0]
        paths = [('sum', s.tree.path(s.missing)) for s, _ in same if isinstance(s.tree, Context)]
        # Each instruction says it for itself; a go command that lacks the same file does not say it again.
        causes = ('copy', str(at.line), names), *paths
        # BuildKit lists the folder of a glob, and takes a sum over any other source.
        says = f'lstat {names}: no such file or directory' if first.glob else f'{names} not found'
        fact, own = f'{says} in {_where(at, first)}', first.tree is at.build.context
        found = at.finding(rule, fact, cause._replace(item=item), *causes, says=own)
        yield found._replace(edit=(first.word, f'{first.word}*')) if cause.never else found


def _where(at: At, source: Source) -> str:
    if isinstance(source.tree, Context):
        return f'the build context{called(source.tree.folder)}'
    return f'stage {dict(at.moment.step.flags).get("from") or ""}'.rstrip()


def _cause(at: At, source: Source) -> Cause | None:
    """Why a source is missing; None where that is not this hook's to say, or nobody knows."""
    ours = is_ours(source)
    if isinstance(source.tree, Context) and ours:
        return _not_in_context(at, source.tree, source)
    if isinstance(source.tree, Context):
        # Imported late, here and below: where all is well, nobody asks.
        from hooks.facts import strays

        return _misplaced(at, source.tree, source) or strays.why(at, source.tree, source)
    if ours and isinstance(source.tree, Image) and not source.glob:
        name = source.missing.rpartition('/')[2]
        return Cause(', where no step copies or writes it', 'copy {} there first, or leave it out here', name)
    if isinstance(source.tree, Image) and not source.glob:
        from hooks.facts import stages

        return stages.why(at, source.tree, source)
    return None


def is_ours(source: Source) -> bool:
    """Whether it names one of Go's own files; a glob that takes whatever there is does not."""
    name = (source.path or '').rpartition('/')[2]
    if not source.glob:
        return name in NAMES
    return any(copying.matches_name(name, each) for each in NAMES) and not copying.matches_name(name, _ANY)


def _not_in_context(at: At, context: Context, source: Source) -> Cause | None:
    build, repository, path = at.build, at.build.repository, context.path(source.missing)
    if path in repository.files:
        hiding = context.hidden(source.missing)
        return absence.hidden(hiding, source.missing[1:]) if hiding else None
    if repository.generated(path):
        return absence.unmade(build, path, repository.ignored(path))
    return absence.out_of_git(repository, path) or _misplaced(at, context, source) or _never(at, context, source)


def _misplaced(at: At, context: Context, source: Source) -> Cause | None:
    """The source is tracked in another folder, which could be the context that the author thought of."""
    build, repository, path = at.build, at.build.repository, context.path(source.missing)
    if source.glob or not build.declared or context is not build.context or repository.kind(path) != ABSENT:
        return None
    if source.missing.endswith('/go.sum') and context.look(source.missing[: -len('sum')] + 'mod').kind != ABSENT:
        return None
    folders = dict.fromkeys((*upwards(build.dockerfile), *upwards(context.folder)))
    found = next((f for f in folders if repository.kind(f'{f}{source.missing}'.lstrip('/')) in (FILE, FOLDER)), None)
    # What git ignores may be made before the build.
    if found is None or (not is_ours(source) and (repository.generated(path) or repository.ignored(path))):
        return None
    cure, item = _set(build, context, found), ''
    if context.holds(found):
        start = len(context.folder) + bool(context.folder)
        item = f'`{(found + source.missing)[start:].lstrip("/")}`'
        cure = 'copy {}' if _takes_more(at, context, found) else f'{cure}, or copy {{}}'
    return Cause(f', but {located(found)}', cure, item, elsewhere=True)


def _takes_more(at: At, context: Context, folder: str) -> bool:
    """Whether the build takes something from its context by name that a folder of that has not."""
    sources = (source for moment in at.moments for source in moment.copies if source.tree is context and source.path)
    there = {path for source in sources for path in source.matches or () if not source.glob and path}
    return any(at.build.repository.kind(f'{folder}{path}'.lstrip('/')) == ABSENT for path in there)


def _set(build: Build, context: Context, folder: str) -> str:
    """What to write where the build is declared, for `folder` to be the context."""
    import posixpath

    by, line = build.declared[0].by, build.declared[0].line
    name, start = by.rpartition('/')[2].lower(), posixpath.dirname(by)
    if '/workflows/' in by:
        return f'in {by}:{line} set `context: {folder or "."}` and `file: {build.dockerfile}`'
    if 'compose' in name and name.endswith(('.yml', '.yaml')):
        file = posixpath.relpath(build.dockerfile, folder or '.')
        also = (
            f' and `dockerfile: {file}`' if file != posixpath.relpath(build.dockerfile, context.folder or '.') else ''
        )
        return f'in {by}:{line} set `context: {posixpath.relpath(folder or ".", start or ".")}`{also}'
    return f'make {in_words(folder)} the context'


def _part_of(build: Build, context: Context, folder: str, name: str) -> Cause | None:
    """A folder has no go.mod of its own, since it belongs to the module of a folder above it."""
    repository, shown = build.repository, context.path(folder)
    if name not in ('go.mod', 'go.sum') or not folder or not repository.has_folder(shown):
        return None
    if repository.files.has_name(f'{folder.rpartition("/")[2]}/{name}'):
        return None
    above = next((each for each in upwards(folder) if context.look(f'{each}/go.mod').kind == FILE), None)
    why = f', since {shown} is part of the module{in_folder(context.path(above or "")) or " at the top"}'
    return None if above is None else Cause(why, 'leave {} out of the instruction', name)


def _never(at: At, context: Context, source: Source) -> Cause:
    build, (folder, _, name) = at.build, source.missing.rpartition('/')
    shown = context.path(folder) or ''
    # A mount takes no pattern.
    mount = at.moment.step.name == 'RUN'
    without = 'leave that mount out' if mount else f'write `{source.word}*`, or leave it out'
    if source.glob:
        return Cause('', 'correct its folder, or remove that source')
    if name != 'go.sum' or context.look(folder + '/go.mod').kind != FILE:
        from hooks.facts import strays

        lacking = Cause('', 'commit {}, or remove it from the instruction', context.path(source.missing))
        part = _part_of(build, context, folder, name)
        if part:
            return part
        return strays.elsewhere(build.repository, context, context.path(source.missing)) or lacking
    module = modules.main_module(build.repository, context, folder)
    if module is not None and modules.has_go_files(Context(build.repository, context.folder), folder) is False:
        why = f', since the module{in_folder(shown)} has no Go file, so that a tidy writes no go.sum for it'
        return Cause(why, without)
    bare = module is not None and module.mod is not None and not module.mod.require
    # Imported late, here and below: where all is well, nobody looks at imports.
    from hooks.module import needed

    if bare and needed.imports_other_modules(build.repository, context, folder) is False:
        why = f', since the module{in_folder(shown)} requires no other, so go never writes a go.sum for it'
        return Cause(why, without, never=not mount)
    here = in_folder(shown)
    why, cure = f', since no go.sum was ever generated{here}', f'run `go mod tidy`{here} and commit go.sum'
    return Cause(why, cure, never=not mount)

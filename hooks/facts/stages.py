"""Why a stage lacks what `COPY --from` takes of it, and what it has instead."""

from __future__ import annotations

from hooks.context.paths import within
from hooks.context.tree import FILE, FOLDER
from hooks.facts import absence, makers, strays
from hooks.facts.absence import Cause
from hooks.lean.record import Record
from hooks.replay import lacking
from hooks.replay.image import Copied, Image, Wrote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.context.tree import Context
    from hooks.facts.places import At
    from hooks.replay.copying import Source

# What programs are called that are called by no name of their own.
_COMMON = frozenset('app bin main run server'.split())
_SAMPLES = ('.sample', '.example', '.template', '.dist', '.tmpl', '.default')


class Written(Record):
    """A program that a go command of a stage wrote: where it lies, that command's line, what COPY calls the stage."""

    path: str
    line: int
    stage: str = ''


def left(at: At) -> Iterator[Written]:
    """The programs that the last stage does not copy from another one, where it stands on an image of its own."""
    own = at.moment.base.line == at.moment.stage.line
    steps = [moment for moment in at.moments if own and moment.stage is at.moment.stage and moment.copies]
    taken = [match for moment in steps for source in moment.copies for match in source.matches or ()]
    for moment in steps:
        for tree in (source.tree for source in moment.copies):
            stage = dict(moment.step.flags).get('from', '')
            for each in _programs(at, tree) if stage and isinstance(tree, Image) else ():
                if not any(within(each.path, match) for match in taken):
                    yield each._replace(stage=stage)


def uncopied(program: Written, path: str) -> Cause:
    """It is started at a path of another stage than that in which it is."""
    where = f', since no step copies {program.path}, which line {program.line} writes in stage {program.stage}'
    return Cause(where, f'write `COPY --from={program.stage} {program.path} {path}` before it')


def why(at: At, image: Image, source: Source) -> Cause | None:
    """Why it is not there; None where something may have brought it that git does not know of."""
    path, programs = source.missing, list(_programs(at, image))
    alike = [each for each in programs if _name(each.path) == _name(path)]
    meant = alike or (programs if _is_program(at, path) else [])
    # A file that becomes one of another name, or goes into a folder, may be a program by any name.
    target = _name(at.moment.step.args[-1].rstrip('/'))
    like = meant or (programs if '.' not in _name(path) and target != _name(path) else [])
    places = lacking.ask(image, path).contexts
    if not alike and not all(_is_certain(at, context.path(inner), bool(meant)) for context, inner in places):
        return None
    below = next((each for each in programs if within(path, each.path)), None)
    if below:
        where = f', where line {below.line} writes the file {below.path}'
        return Cause(where, 'write {}', _command(at, below.path))
    sample = next((path + end for end in _SAMPLES if image.look(path + end).kind == FILE), '')
    if sample:
        cure = f'commit {_name(path)}, or copy the sample'
        return Cause(f', where no step copies or writes it (but {sample})', cure)
    plain = Cause(', where no step copies or writes it', 'copy {} there first, or leave it out here', _name(path))
    instead = _instead(at, meant) or _in_folder(at, image, path) or _instead(at, like)
    return _out_of_context(at, places) or instead or plain


def _is_program(at: At, path: str) -> bool:
    """Whether a path is called like a program of the project, or like any."""
    name = _name(path)
    return '.' not in name and (name in _COMMON or name in makers.programs(at.build.repository))


def _is_certain(at: At, path: str, program: bool) -> bool:
    """Whether what a clean checkout lacks is made before the build by nobody: not a program that the build makes."""
    repository = at.build.repository
    if at.build.clean:
        return True
    if repository.generated(path) or repository.ignored(f'{path}/x'):
        return bool(repository.ignored(path)) and '.' in _name(path) and not makers.names(repository, path)
    return program or not (makers.is_product(repository, path) or makers.names(repository, path))


def _out_of_context(at: At, places: tuple[tuple[Context, str], ...]) -> Cause | None:
    """It would have come from the context, but for a line of an ignore file or of git's."""
    for context, inner in places:
        path, hiding = context.path(inner), context.hidden(inner)
        if hiding and path in at.build.repository.files:
            return absence.hidden(hiding, inner[1:])
        ignored = at.build.repository.ignored(path) or at.build.repository.ignored(f'{path}/x')
        made = at.build.repository.generated(path) or '.' not in _name(path)
        if ignored and made and (unmade := absence.unmade(at.build, path, ignored)):
            return unmade
        if at.build.repository.ignored(path):
            return strays.out_of_git(at.build.repository, path)
    return None


def _instead(at: At, meant: list[Written]) -> Cause | None:
    """The programs that are there."""
    if len(meant) == 1:
        where = f', where line {meant[0].line} writes {meant[0].path}'
        return Cause(where, 'write {}', _command(at, meant[0].path))
    listed = absence.listed([f'{each.path} (line {each.line})' for each in meant]) if meant else ''
    return Cause(f', where go writes {listed}', 'copy what is there') if meant else None


def _in_folder(at: At, image: Image, path: str) -> Cause | None:
    """A file or folder of that name in another folder that the stage has made."""
    places = (f'{folder}/{_name(path)}' for folder in _folders(image))
    place = next((each for each in places if each != path and image.look(each).kind in (FILE, FOLDER)), '')
    return Cause(f', but {place} is', 'write {}', _command(at, place)) if place else None


def _command(at: At, path: str) -> str:
    step = at.moment.step
    origin = dict(step.flags).get('from')
    return f'`{step.name} --from={origin} {path} …`' if origin else f'`{path}`'


def _programs(at: At, image: Image) -> Iterator[Written]:
    """The programs of this build that are in an image."""
    lines = {id(moment.call): moment.step.line for moment in at.moments if moment.call}
    layer: Image | None = image
    while layer is not None:
        if isinstance(layer, Wrote) and layer.entry.program and image.look(layer.path) == layer.entry:
            line = lines.get(id(layer.entry.program.call))
            if line:
                yield Written(layer.path, line)
        layer = layer.below


def _folders(image: Image) -> Iterator[str]:
    """Where a build context was copied to."""
    layer: Image | None = image
    while layer is not None:
        if isinstance(layer, Copied):
            yield layer.folder
        elif isinstance(layer, Wrote) and layer.entry.kind == FOLDER:
            yield layer.path
        layer = layer.below


def _name(path: str) -> str:
    return path.rpartition('/')[2]

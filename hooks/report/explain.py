"""The replay of a build, to be read: a row a step, and what the image holds when it has run.

It is for a user who does not believe a finding; nothing of it is imported by a run that does not ask for it.
"""

from __future__ import annotations

from hooks.context.paths import in_words, normal
from hooks.context.tree import FILE, FOLDER, LACKS, UNKNOWN, Context, Tree
from hooks.dockerfile import parser
from hooks.lean.record import Record
from hooks.module import modules
from hooks.replay.image import GO_FILES, UNKNOWN_FOLDER, Wrote
from hooks.replay.replayer import Replayer
from hooks.replay.shell import View
from hooks.report.layout import NARROWEST, Row, plain, table, wrapped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from hooks.context.index import Repository
    from hooks.context.tree import Entry
    from hooks.dockerfile.parser import Dockerfile, Stage, Step
    from hooks.replay.build import Build
    from hooks.replay.image import Image
    from hooks.replay.replayer import Moment, State

YES, NO, PART, OFF, NOBODY_KNOWS = 'yes', 'no', 'part', 'off', '?'
COLUMNS = ('go.mod', 'go.sum', '*.go')
# Behind what a step lacks.
_GOES_ON = 'from here on as if it were there'
# Only where the build has one.
MORE_COLUMNS = ('go.work', 'vendor')


class After(Record):
    """A step (a FROM is one, too), and what is there when it has run.

    `view` is the image; after a RUN with go commands the step's mounts are still on it, since that is what go sees.
    `before` is the image in front of the step. `workdir`, and a variable's value, is None when nobody knows it.
    `moments` are the step's own.
    """

    step: Step
    before: Image
    workdir: str | None
    view: View
    variables: Mapping[str, str | None]
    moments: tuple[Moment, ...] = ()


def trace(build: Build, dockerfile: Dockerfile) -> list[After]:
    """What is there after each step of every stage that the build's target needs, in the order of their lines."""
    tracer = _Tracer(build, dockerfile)
    return sorted(tracer.trail, key=lambda after: after.step.line) if tracer.run() else []


class _Tracer(Replayer):
    """The same walk, which also keeps what each step leaves."""

    def __init__(self, build: Build, dockerfile: Dockerfile) -> None:
        super().__init__(build, dockerfile)
        self.trail: list[After] = []

    def _start(self, stage: Stage, index: int) -> State:
        state = super()._start(stage, index)
        text = f'{stage.base} AS {stage.name}' if stage.name else stage.base
        step = parser.Step(stage.line, stage.line, 'FROM', (), (), False, (), text)
        self.trail.append(After(step, state.image, state.workdir, View(state.image), state.variables))
        return state

    def _step(self, step: Step, stage: Stage, index: int, state: State) -> State:
        first, before = len(self.moments), state.image
        state = super()._step(step, stage, index, state)
        # Those of a stage that the step needs stand among its own.
        moments = tuple(moment for moment in self.moments[first:] if moment.step is step)
        view = self.left if any(moment.call for moment in moments) else View(state.image)
        self.trail.append(After(step, before, state.workdir, view, state.variables, moments))
        return state


def explain(
    build: Build, dockerfile: Dockerfile, marks: Mapping[int, Sequence[str]], width: int = NARROWEST, note: str = ''
) -> str:
    """The table of one build, with its title and a note behind that; every line ends in a newline.

    `marks` maps a line of the Dockerfile to what there is to say of its step: short facts. No line is longer than
    `width` columns (at least 80), unless a word alone is.
    """
    width = max(width, NARROWEST)
    rows = list(_rows(build, dockerfile, marks))
    every = (*COLUMNS, *MORE_COLUMNS)
    kept = [at for at, name in enumerate(every) if name in COLUMNS or any(row.cells[at] in (YES, OFF) for row in rows)]
    shown = [row._replace(cells=tuple(row.cells[at] for at in kept)) for row in rows]
    lines = table([every[at] for at in kept], shown, width) if rows else ('  none of its steps can be replayed',)
    return ''.join(f'{line}\n' for line in (*wrapped(plain(_title(build) + note), '', '  ', width), *lines))


def width() -> int:
    """The columns of the terminal, or those that the variable COLUMNS promises; at least 80."""
    import shutil

    return max(NARROWEST, shutil.get_terminal_size((NARROWEST, 24)).columns)


def _title(build: Build) -> str:
    context = build.context
    folder = in_words(context.folder) if isinstance(context, Context) else 'a context that nobody knows'
    target = f', target {build.target}' if build.target else ''
    return f'{build.dockerfile}, built from {folder}{target}{build.says()}'


# What the rows say


def _rows(build: Build, dockerfile: Dockerfile, marks: Mapping[int, Sequence[str]]) -> Iterator[Row]:
    steps = [after for after in trace(build, dockerfile) if _concerns_go(after.step) or after.step.line in marks]
    bare: set[tuple[Image, str]] = set()
    for after, following in zip(steps, (*steps[1:], None)):
        line = after.step.line
        # What ONBUILD runs has the line of its FROM; the message is about the last of them.
        own = marks.get(line, ()) if following is None or following.step.line != line else ()
        said = dict.fromkeys(_said(_missing(build, after), own))
        text = plain(_text(after))
        folder, holds = _holds(build.repository, after, bare)
        yield Row(line, text, _telling(after, text), plain(folder), holds, tuple(plain(mark) for mark in said))


def _concerns_go(step: Step) -> bool:
    return step.name in ('FROM', 'WORKDIR', 'COPY', 'ADD', 'RUN') or (step.name == 'ENV' and bool(_go_variables(step)))


def _go_variables(step: Step) -> list[str]:
    return [pair for pair in step.args if pair.startswith(('GO', 'CGO_'))]


def _text(after: After) -> str:
    step = after.step
    if step.name == 'ENV':
        return ' '.join(('ENV', *(_go_variables(step) or step.args)))
    return ' '.join((step.name, step.text, *(_script_line(after) if step.name == 'RUN' else ())))


def _script_line(after: After) -> list[str]:
    """Of the script in a heredoc, the line of the first go command, or else the first that does something."""
    lines = [line.strip() for doc in after.step.heredocs for line in doc.content.split('\n')]
    telling = [line for line in lines if line and not line.startswith(('#', 'set -'))]
    return sorted(telling, key=lambda line: _go_command(after) not in line)[:1]


def _go_command(after: After) -> str:
    """The first go command, as it is written where no flags stand in front of its name; '' when there is none."""
    return next((str(moment.call.command) for moment in after.moments if moment.call), '')


def _telling(after: After, text: str) -> str:
    """The end of a RUN's text, from what its reader must see; '' where the text has it in front."""
    if after.step.name != 'RUN' or after.step.exec:
        return ''
    command = _go_command(after)
    at = text.find(f' {command}') if command else -1
    if at < 0 and after.step.flags:
        at = text.find(f' {plain(" ".join(after.step.args))}')
    return text[at + 1 :] if at >= 0 else ''


def _said(missing: Iterator[str], own: Sequence[str]) -> Iterator[str]:
    """What there is to say of a step, and of what it lacks how the replay goes on."""
    lacking = list(missing)
    told = [any(mark.startswith(fact) for mark in own) for fact in lacking]
    yield from (f'{fact}; {_GOES_ON}' for fact, known in zip(lacking, told) if not known)
    for mark in own:
        yield f'{mark}; {_GOES_ON}' if mark.startswith(tuple(lacking)) else mark


def _missing(build: Build, after: After) -> Iterator[str]:
    """The sources that are not there; the replay goes on as if they were."""
    for source in (source for moment in after.moments for source in moment.copies if source.missing):
        if isinstance(source.tree, Context):
            path, ours = source.tree.path(source.missing), source.missing.endswith(GO_FILES)
            # What git ignores may be made before the build.
            if build.repository.generated(path) or (not ours and build.repository.ignored(path)):
                continue
        yield f'"{source.missing}" not found'


def _holds(repository: Repository, after: After, bare: set[tuple[Image, str]]) -> tuple[str, tuple[str, ...]]:
    """The folder in which go works, and what of each column it finds there.

    `bare` are the folders, in an image, that are known to be without Go files; it grows.
    """
    call = next((moment.call for moment in reversed(after.moments) if moment.call), None)
    folder = call.shell.cwd if call else after.workdir
    if folder is None:
        return NOBODY_KNOWS, (NOBODY_KNOWS,) * (len(COLUMNS) + len(MORE_COLUMNS))
    found, mod = modules.find_up(after.view, folder, 'go.mod')
    home = found if mod.kind in (FILE, UNKNOWN) else folder
    total = after.view.look(f'{home}/go.sum')
    cells = (
        _cell(mod),
        PART if total.kind == FILE and total.partial else _cell(total),
        _go_files(repository, after, home, mod, bare),
        _workspace(after.view, folder, (call.shell.env if call else after.variables).get('GOWORK', '')),
        _cell(after.view.look(f'{home}/vendor'), FOLDER),
    )
    return folder.replace(UNKNOWN_FOLDER, NOBODY_KNOWS, 1) or '/', cells


def _cell(entry: Entry, kind: str = FILE) -> str:
    return NOBODY_KNOWS if entry.kind == UNKNOWN else YES if entry.kind == kind else NO


def _go_files(repository: Repository, after: After, folder: str, mod: Entry, bare: set[tuple[Image, str]]) -> str:
    """Whether the module in a folder, whose go.mod that is, has any Go file."""
    view = after.view
    # To walk a whole image after each of many steps would take the third power of their number.
    if not view.mounts and (after.before, folder) in bare and _walk(_Added(view.image, after.before), folder) is False:
        known: bool | None = False
    elif mod.origin and any(view.look(folder + path).kind == FILE for path in _sources(repository, mod.origin)):
        known = True
    else:
        path = f'{folder}/go.sum'
        # One that may be there says nothing of Go files.
        known = _walk(view.change(path, lambda image: Wrote(image, path, LACKS)), folder)
    if known is False and not view.mounts:
        bare.add((view.image, folder))
    return NOBODY_KNOWS if known is None else YES if known else NO


def _walk(tree: Tree, folder: str) -> bool | None:
    try:
        return modules.has_go_files(tree, folder)
    except RecursionError:
        return None


class _Added(Tree):
    """What the layers of an image on top of another add to it."""

    def __init__(self, image: Image, before: Image) -> None:
        self.image, self.before = image, before

    def look(self, path: str) -> Entry:
        return self.image.down_to(self.before, path, ()) or LACKS

    def names(self, folder: str, leaving: frozenset[str] = frozenset()) -> list[str] | None:
        names = self.image.names_down_to(self.before, folder, ())
        known = names is not None and all(self.look(f'{folder}/{name}').kind != UNKNOWN for name in names - leaving)
        return sorted(names) if names is not None and known else None


def _sources(repository: Repository, mod: str) -> Iterator[str]:
    """The Go files of a module of the repository, from its folder on; `mod` is the path of its go.mod."""
    top = mod.rpartition('/')[0]
    below = [f'/{path[len(top) :].lstrip("/")}' for path in repository.under(top)]
    nested = tuple(path.removesuffix('go.mod') for path in below if path.endswith('/go.mod') and path != '/go.mod')
    return (path for path in below if path.endswith('.go') and not path.startswith(nested))


def _workspace(view: View, folder: str, named: str | None) -> str:
    """Whether there is a go.work for go to find; `named` is GOWORK."""
    if named is None:
        return NOBODY_KNOWS
    if named not in ('', 'off'):
        return _cell(view.look(normal(named, folder)))
    cell = _cell(modules.find_up(view, folder, 'go.work')[1])
    return OFF if named and cell == YES else cell

"""Bake files → the builds that they declare.

What a target names starts from the folder in which `bake` runs. That is known where a command line or a workflow runs
it, and of the files at the top that it finds by itself. Of others it is known which Dockerfiles they may build.
"""

from __future__ import annotations

from hooks.builds.bakefile import Bake
from hooks.builds.commands.docker import Line
from hooks.builds.commands.places import partly
from hooks.builds.commands.run import FOUND, Baked
from hooks.builds.declarations import EVERY, MARK, TOP, Partly, join, named_contexts, tracked_file, tracked_folder
from hooks.hcl import NotUnderstood
from hooks.lean.lazy import re, regex
from hooks.replay.build import Declared

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hooks.builds.bakefile import Target
    from hooks.context.index import Repository

_NAME = regex(r'(?i)[^/]*bake[^/]*\.(?:hcl|json)')
# What it reads beside its own files; their services are targets.
_COMPOSE = ('compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml')
# Attributes that have no say in what a Dockerfile is built from; `args` have one each.
_ASIDE = frozenset(
    'annotations attest cache-from cache-to call entitlements labels load network no-cache no-cache-filter output'
    ' platform provenance pull push sbom secrets secret shm-size ssh tags ulimits args'.split()
)


def declared(
    repository: Repository, named: Sequence[str], paths: Iterable[str], runs: Iterable[Baked]
) -> Iterator[Declared | Partly]:
    """The builds of bake files, and what is known of builds that are not wholly known.

    `named` are the files that may set variables; `paths` are those among which bake files are, by their names, besides
    those of the runs.
    """
    variables, told = _Variables(repository, named), [*runs]
    # What one of them sets is not known of any.
    sets = tuple({name for run in told for name in run.sets})
    told = [*_alike(repository, told)]
    read = {file for run in told for file in run.files}
    rest = [path for path in dict.fromkeys((*FOUND, *paths)) if _NAME.fullmatch(path.rpartition('/')[2])]
    rest = [path for path in rest if path in repository.files and path not in read]
    found = tuple(path for path in FOUND if path in rest)
    told += [Baked(found, '')] if found else []
    for path in rest:
        if path not in found:
            told += [Baked((path,), start, open=True) for start in dict.fromkeys((path.rpartition('/')[0], ''))]
    for run in told:
        yield from _builds(repository, run._replace(sets=sets), variables)


def _alike(repository: Repository, runs: Iterable[Baked]) -> Iterator[Baked]:
    """The runs, those of the same files in the same folder as one."""
    found: dict[object, Baked] = {}
    for run in runs:
        files = tuple(run.found(repository))
        key = files, run.cwd, run.remote
        before = found.get(key, run)
        is_open = before.open or run.open or MARK in files
        found[key] = run._replace(files=files, made=(*before.made, *run.made), open=is_open)
    yield from (run for run in found.values() if run.files)


class _Variables:
    """Which variables somebody may set: what runs `bake`, or what runs that, and names them."""

    def __init__(self, repository: Repository, named: Sequence[str]) -> None:
        self.repository, self.named = repository, named
        self.texts: list[str] | None = None

    def are_set(self, name: str) -> bool:
        if self.texts is None:
            read = self.repository.read
            texts = (read(path) for path in self.named if not _NAME.fullmatch(path.rpartition('/')[2]))
            files = (read(path) for path in self.repository.names('') if path.startswith('.env'))
            self.texts = [text for text in texts if text and 'bake' in text] + [text for text in files if text]
        pattern = re.compile(rf'\b{re.escape(name)}\b["\']?\s*[?:+!]{{0,2}}[=:]|\bexport\s[^\n]*\b{re.escape(name)}\b')
        return any(pattern.search(text) for text in self.texts)


def _builds(repository: Repository, run: Baked, variables: _Variables) -> Iterator[Declared | Partly]:
    texts = [(path, repository.read(path) or '') for path in run.files if path.endswith(('.hcl', '.json'))]
    try:
        bake = Bake(texts, variables.are_set)
        names = bake.built()
    except NotUnderstood:
        # `bake` would not read it, either.
        return
    services = '' if run.open else _services(repository, run)
    for name in names:
        target = bake.resolved(name)
        path, block, _ = bake.targets[name][-1]
        if target.inline:
            continue
        # A service of that name is what the target is merged onto.
        is_open = run.open or len(texts) < len(run.files) or re.search(rf'(?m)^\s+{re.escape(name)}\s*:', services)
        found = None if is_open or target.open else _declared(repository, run, target)
        if found:
            beside = tuple(sorted({file for file in run.files if file != path}))
            yield found._replace(by=path, line=block.line, beside=beside)
        else:
            yield from _partly(repository, run, target)


def _services(repository: Repository, run: Baked) -> str:
    """The text of the compose files that `bake` finds beside its own."""
    if not set(run.files) <= {join(run.cwd or '', name) for name in FOUND}:
        return ''
    paths = (f'{run.cwd}/{name}'.lstrip('/') for name in _COMPOSE)
    return '\n'.join(repository.read(path) or '' for path in paths if path in repository.files)


def _attributes(run: Baked) -> set[str]:
    """The attributes that a run sets, of whichever target."""
    return {each.partition('.')[2].partition('.')[0] for each in run.sets}


def _declared(repository: Repository, run: Baked, target: Target) -> Declared | None:
    """A target as a build of this repository, for `by` and `line` to be filled in; None where not all is known."""
    attributes, fields = _attributes(run), target.fields
    if run.cwd is None or None in fields.values() or not attributes <= _ASIDE:
        return None
    written = join(run.cwd, (fields.get('context') or '.').removeprefix('cwd://') or '.')
    file = fields.get('dockerfile') or 'Dockerfile'
    folder = None if written is None else tracked_folder(repository, written)
    path = None if written is None else join(run.cwd, file[6:]) if file[:6] == 'cwd://' else join(written, file)
    dockerfile = None if path is None else tracked_file(repository, path)
    if folder is None or dockerfile is None:
        return None
    args = {name: None if value and TOP in value else value for name, value in target.args.items()}
    args.update((each.partition('.args.')[2], None) for each in run.sets if '.args.' in each)
    paths = {name: None if value is None else join(run.cwd, value) for name, value in target.contexts.items()}
    known = target.platforms if 'platform' not in attributes and 'local' not in target.platforms else ()
    return Declared(
        dockerfile,
        folder,
        fields.get('target') or '',
        tuple(args.items()),
        named_contexts(repository, paths),
        '',
        0,
        run.remote,
        platforms=known,
        made=() if run.remote else run.made,
    )


def _partly(repository: Repository, run: Baked, target: Target) -> Iterator[Partly]:
    """What is known of a target of which not all is."""
    fields = {'context': '.', 'dockerfile': 'Dockerfile', **target.fields, **dict.fromkeys(_attributes(run))}
    context, file = fields['context'], fields['dockerfile']
    line = Line(context or MARK, f'{context or MARK}/{file or MARK}', open=True)
    found = partly(repository, line, run.cwd)
    if found is not None:
        yield found._replace(args=(EVERY,), whole=True)

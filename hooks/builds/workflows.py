"""The workflows of a repository → the builds of their `docker/build-push-action` steps.

Read are literal values and literal matrices; what any other `${{ }}` decides is not known, and a build whose context,
Dockerfile or target is not known is not declared. What the steps before it may make is unknown.
"""

from __future__ import annotations

from hooks.builds import yamlnodes
from hooks.builds.commands.sources import builds_images
from hooks.builds.declarations import MARK, TOP, join, named_contexts, tracked_file, tracked_folder
from hooks.builds.matrix import UNKNOWN, Matrix, combinations, value
from hooks.lean.lazy import re, regex
from hooks.lean.record import Record
from hooks.replay.build import Declared

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from hooks.builds.absent import Absent
    from hooks.builds.commands.run import Baked
    from hooks.builds.commands.walk import Walk
    from hooks.builds.declarations import Partly
    from hooks.builds.yamlnodes import Node
    from hooks.context.index import Repository

_FOLDERS = ('.github/workflows', '.gitea/workflows', '.forgejo/workflows')
# Version 1 of the action had other inputs.
_ACTION = regex(r'(?:https://[^/]+/)?docker/build-push-action@(?!v1(?:\.|$)).+')
_BAKE = regex(r'(?:https://[^/]+/)?docker/bake-action@(.+)')
# These take the repository from git by themselves where they are not told otherwise.
_REMOTE = regex(r'v(?:[6-9]|[1-9][0-9])(?:\..*)?')
_METADATA = regex(r'(?:cwd://)?\$\{\{\s*steps\.[\w-]+\.outputs\.bake-file(?:-[a-z]+)?\s*\}\}')
_CHECKOUT = regex(r'(?:https://[^/]+/)?actions/checkout@.+')
# Files that hand on what a step found out; they lie outside the repository.
_OUTSIDE = dict.fromkeys(('GITHUB_ENV', 'GITHUB_OUTPUT', 'GITHUB_PATH', 'GITHUB_STEP_SUMMARY'), '/dev/null')
# Conditions on nothing but what happened, and in whose repository.
_OF_THE_EVENT = regex(
    r"""(?:\$\{\{|\}\}|[\s!&|=()<>,]|'[^']*'|github\.[\w.]+|(?:startsWith|endsWith|contains|success|always|cancelled)(?=\())*"""
)
# Expressions of one text, each of which is looked for the end of.
_MOST = 100
# A job of more is nobody's.
_MOST_STEPS = 1_000
_EXPRESSION = regex(r'(?s)\$\{\{(.*?)\}\}')
_DEFAULT_CONTEXT = regex(r'\{\{\s*defaultContext\s*\}\}(?::(.*))?')


def is_workflow(path: str) -> bool:
    """Whether a file is a workflow by its path: `.github/workflows/*.yml`, and Gitea's and Forgejo's likewise."""
    folder, _, name = path.rpartition('/')
    return folder in _FOLDERS and name.endswith(('.yml', '.yaml'))


def declared(
    repository: Repository,
    problems: list[tuple[str, str]] | None = None,
    walks: list[Walk] | None = None,
    calls: Callable[[str], bool] | None = None,
) -> Iterator[Declared | Partly | Absent]:
    """Every build of a `docker/build-push-action` step of every tracked workflow, each once.

    A file that is no YAML declares nothing; `problems` collects its path and what is wrong with it, `walks` what the
    scripts of its jobs run. `calls` says whether a script may run a Makefile or a script that builds images.
    """
    walks = [] if walks is None else walks
    folders = [folder for folder in _FOLDERS if repository.has_folder(folder)]
    paths = [f'{folder}/{name}' for folder in folders for name in repository.names(folder)]
    for path in paths:
        text = repository.read(path) if is_workflow(path) and path in repository.files else None
        if text and (
            'build-push-action' in text or 'bake-action' in text or builds_images(text) or (calls and calls(text))
        ):
            roots, problem = yamlnodes.documents(text)
            if problem and problems is not None:
                problems.append((path, problem))
            top = yamlnodes.mapping(roots[0]) if len(roots) == 1 else {}
            for node in yamlnodes.mapping(top.get('jobs')).values():
                job = Job(repository, path, top, yamlnodes.mapping(node))
                yield from dict.fromkeys(_builds(job, walks, calls))


class Job(Record):
    """A job of a workflow: its own keys, and those round it."""

    repository: Repository
    path: str
    top: Mapping[str, Node]
    keys: Mapping[str, Node]


def _builds(job: Job, walks: list[Walk], calls: Callable[[str], bool] | None) -> Iterator[Declared | Partly | Absent]:
    """The builds of one job; none where a checkout puts the repository, or another one, somewhere else."""
    steps = [yamlnodes.entries(step) for step in yamlnodes.items(job.keys.get('steps'))]
    if len(steps) > _MOST_STEPS:
        return
    last = max((at for at, step in enumerate(steps) if _may_build(step, calls)), default=-1)
    checkouts = [{*_inputs(step)} & {'path', 'repository'} for step in steps if _CHECKOUT.fullmatch(_action(step))]
    # Another one in a folder of its own is what a step makes.
    if any(checkouts) and not (set() in checkouts and all('path' in inputs for inputs in checkouts if inputs)):
        return
    sure = _is_sure(job, [_inputs(step) for step in steps if _CHECKOUT.fullmatch(_action(step))])
    for matrix in combinations(yamlnodes.mapping(job.keys.get('strategy')).get('matrix')) if last >= 0 else ():
        from hooks.builds.commands.walk import Walk

        walks.append(Walk(job.repository, ''))
        for step in steps[: last + 1]:
            # A condition on the matrix picks some of its combinations.
            chosen = 'if' in step and 'matrix' in (yamlnodes.scalar(step['if'][1]) or '')
            walks[-1].sure, walks[-1].over = sure and _is_plain({name: node for name, (_, node) in step.items()}), False
            walks[-1].clean = walks[-1].sure
            yield from _step(job, step, UNKNOWN if chosen else matrix, walks[-1])


def _may_build(step: Mapping[str, tuple[int, Node]], calls: Callable[[str], bool] | None) -> bool:
    script = (yamlnodes.scalar(step['run'][1]) or '') if 'run' in step else ''
    builds = _ACTION.fullmatch(_action(step)) or _BAKE.fullmatch(_action(step))
    return bool(builds) or builds_images(script) or bool(calls and calls(script))


def _step(
    job: Job, step: Mapping[str, tuple[int, Node]], matrix: Matrix, walk: Walk
) -> Iterator[Declared | Partly | Absent]:
    """The build of a step, or what it leaves for the steps behind it."""
    action = _action(step)
    if _ACTION.fullmatch(action):
        line, found = step['uses'][0], _build(job.repository, _inputs(step), matrix)
        if found:
            made = () if found.remote else tuple(walk.made)
            yield found._replace(by=job.path, line=line, made=made, clean=walk.clean and not made)
        if walk.sure and (missing := _absent(job, _inputs(step), matrix, walk)):
            yield missing._replace(line=line)
        if not found and (partly := _partly(job.repository, _inputs(step), matrix)):
            yield partly
    elif action:
        from hooks.builds.commands.actions import written

        if _BAKE.fullmatch(action):
            walk.baked.append(_baked(action, _inputs(step), matrix)._replace(made=tuple(walk.made)))
        walk.writes(written(action, _expanded(_inputs(step).get('path'), matrix)))
    elif 'run' in step:
        _run(job, step, matrix, walk)


def _run(job: Job, step: Mapping[str, tuple[int, Node]], matrix: Matrix, walk: Walk) -> None:
    """Follow the script of a step."""
    from hooks.builds.commands.walk import Env, Place
    from hooks.builds.commands.writes import ANYTHING

    own = {name: node for name, (_, node) in step.items()}
    around = (yamlnodes.mapping(keys.get('defaults')).get('run') for keys in (job.top, job.keys))
    defaults = {name: node for each in around for name, node in yamlnodes.mapping(each).items()}
    folder, shell = (_expanded({**defaults, **own}.get(name), matrix) for name in ('working-directory', 'shell'))
    text = yamlnodes.scalar(own['run'])
    if text is None or shell is None or not (shell or 'bash').startswith(('bash', 'sh')):
        walk.writes(ANYTHING)
        return
    nodes = (yamlnodes.mapping(keys.get('env')) for keys in (job.top, job.keys, own))
    env = {**_OUTSIDE, **{name: _expanded(node, matrix) for each in nodes for name, node in each.items()}}
    walk.cwd, walk.env, walk.functions = None if folder is None else join('', folder or '.'), Env(env), {}
    walk.run(_marked(own['run'], matrix), Place(job.path, step['run'][0]))


def _action(step: Mapping[str, tuple[int, Node]]) -> str:
    return (yamlnodes.scalar(step['uses'][1]) or '?') if 'uses' in step else ''


def _inputs(step: Mapping[str, tuple[int, Node]]) -> dict[str, Node]:
    return yamlnodes.mapping(step['with'][1]) if 'with' in step else {}


def _build(repository: Repository, inputs: Mapping[str, Node], matrix: Matrix) -> Declared | None:
    """The build of one step in one combination of the matrix, for `by` and `line` to be filled in.

    Without a context the action builds from git's URL of the repository: its Dockerfile is then relative to that
    context, and elsewhere to the top.
    """
    context, file, target = (_expanded(inputs.get(name), matrix) for name in ('context', 'file', 'target'))
    args, contexts = (_pairs(inputs.get(name), matrix) for name in ('build-args', 'build-contexts'))
    if context is None or file is None or target is None or args is None or contexts is None:
        return None
    by_url = _DEFAULT_CONTEXT.fullmatch(context or '{{defaultContext}}')
    written = join('', (by_url[1] or '.') if by_url else context)
    folder = None if written is None else tracked_folder(repository, written)
    path = None if folder is None else join(folder if by_url or not file else '', file or 'Dockerfile')
    dockerfile = None if path is None else tracked_file(repository, path)
    if folder is None or dockerfile is None:
        return None
    known = tuple((name, None if value and TOP in value else value) for name, value in args.items())
    paths = {name: None if value is None else join('', value) for name, value in contexts.items()}
    named, platforms = named_contexts(repository, paths), _expanded(inputs.get('platforms'), matrix) or ''
    for_all = tuple(platforms.replace(',', ' ').split())
    return Declared(dockerfile, folder, target, known, named, '', 0, bool(by_url), platforms=for_all)


def _is_sure(job: Job, checkouts: list[dict[str, Node]]) -> bool:
    """Whether a job runs on what the repository has in this commit: its own, not that of whoever calls it."""
    top = job.top.get('on')
    events = {*yamlnodes.mapping(top), *map(yamlnodes.scalar, yamlnodes.items(top)), yamlnodes.scalar(top)}
    checked_out = any('ref' not in inputs and 'repository' not in inputs for inputs in checkouts)
    return checked_out and 'workflow_call' not in events and _is_plain(job.keys)


def _is_plain(keys: Mapping[str, Node]) -> bool:
    """Whether a step, or a job, runs whatever files there are, and has to pass."""
    if 'continue-on-error' in keys:
        return False
    condition = (yamlnodes.scalar(keys['if']) or MARK) if 'if' in keys else ''
    return _OF_THE_EVENT.fullmatch(condition) is not None


def _absent(job: Job, inputs: Mapping[str, Node], matrix: Matrix, walk: Walk) -> Absent | None:
    """The build of a step whose Dockerfile is surely not there; its line is for the caller to fill in."""
    from hooks.builds import absent
    from hooks.builds.commands.places import may_be_made

    context, file = (_expanded(inputs.get(name), matrix) for name in ('context', 'file'))
    by_url = _DEFAULT_CONTEXT.fullmatch(context or '{{defaultContext}}') if context is not None else None
    written = None if context is None else join('', (by_url[1] or '.') if by_url else context)
    if written is None or file is None:
        return None
    missing = absent.dockerfile(job.repository, job.path, written if by_url else '', written, file, 'file: ')
    return missing if missing and (by_url or not may_be_made(walk.made, missing.path)) else None


def _baked(action: str, inputs: Mapping[str, Node], matrix: Matrix) -> Baked:
    """The run of `docker/bake-action`. What docker/metadata-action writes for it has nothing that we read."""
    from hooks.builds.commands.run import Baked

    source, workdir = (_expanded(inputs.get(name), matrix) for name in ('source', 'workdir'))
    version = _BAKE.fullmatch(action)
    remote = source == '' and bool(version and _REMOTE.fullmatch(version[1]))
    cwd = None if workdir is None or source not in ('', '.', './') else join('', workdir or '.')
    cwd = '' if remote else cwd
    named = '' if yamlnodes.null(inputs.get('files')) else yamlnodes.scalar(inputs['files']) or MARK
    words = re.split(r'[\s,]+', _filled(_METADATA.sub('', named), matrix))
    files = tuple(MARK if MARK in word else join(cwd or '', word) or MARK for word in words if word)
    lines = _marked(inputs.get('set'), matrix).split('\n')
    sets = tuple(name for name in (line.partition('=')[0].strip().rstrip('+') for line in lines) if name)
    return Baked(files, cwd, sets, open=MARK in ''.join((*files, *sets)), remote=remote)


def _partly(repository: Repository, inputs: Mapping[str, Node], matrix: Matrix) -> Partly | None:
    """What is known of a build of which not all is."""
    from hooks.builds.commands import places
    from hooks.builds.commands.docker import Line

    context, file, target = (_marked(inputs.get(name), matrix) for name in ('context', 'file', 'target'))
    args = _pairs(inputs.get('build-args'), matrix)
    line = Line(context or '.', file, target, tuple((args or {}).items()), (), args is None)
    return places.partly(repository, line, '')


def _pairs(node: Node | None, matrix: Matrix) -> dict[str, str | None] | None:
    """A list of `NAME=value` lines. A value of None is not known; None instead of the list: a name is not known."""
    found: dict[str, str | None] = {}
    text = '' if node is None else yamlnodes.scalar(node)
    for line in (None,) if text is None else map(str.strip, text.split('\n')):
        quoted = line is not None and re.fullmatch('"([^"]*)"', line)
        name, equals, value = ((quoted[1] if quoted else line) or '').partition('=')
        known = _text(name, matrix)
        if line is None or known is None or known.startswith('"'):
            return None
        if known:
            found[known] = _text(value, matrix) if equals else None
    return found


def _expanded(node: Node | None, matrix: Matrix) -> str | None:
    """An input of a step: '' where it is not given, None where its value is not known."""
    if yamlnodes.null(node):
        return ''
    text = yamlnodes.scalar(node)
    text = None if text is None else _text(text, matrix)
    return None if text is None else text.strip()


def _marked(node: Node | None, matrix: Matrix) -> str:
    """An input of a step, with MARK for what is not known."""
    text = '' if yamlnodes.null(node) else yamlnodes.scalar(node)
    return _filled(MARK if text is None else text, matrix)


def _filled(text: str, matrix: Matrix) -> str:
    """A text, with MARK for each expression that is not known."""
    parts = enumerate(_split(text))
    known = (value(part.strip(), matrix) if at % 2 else part for at, part in parts)
    return ''.join(MARK if part is None else part for part in known).strip()


def _split(text: str) -> list[str]:
    """What stands between expressions, and in them, in turn."""
    return [text] if text.count('${{') > _MOST else _EXPRESSION.split(text)


def _text(text: str, matrix: Matrix) -> str | None:
    out = ''
    for at, part in enumerate(_split(text)):
        known = value(part.strip(), matrix) if at % 2 else part
        if known is None or '${{' in known:
            return None
        out += known
    return out

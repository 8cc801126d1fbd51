"""Taskfiles, npm's scripts and GitLab's jobs: YAML whose texts a shell runs.

Templates (`{{.GO}}`) are not known. What runs before a task, or brings files to a job, may make anything.
"""

from __future__ import annotations

from hooks.builds import yamlnodes
from hooks.builds.commands.sources import builds_images
from hooks.builds.commands.walk import Place, Walk
from hooks.builds.commands.writes import ANYTHING
from hooks.builds.declarations import MARK, join
from hooks.lean.lazy import re, regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from hooks.builds.yamlnodes import Node
    from hooks.context.index import Repository

_NAME = regex(r'(?i)taskfile(?:\.[\w-]+)?\.ya?ml|package\.json|.*\.gitlab-ci\.ya?ml')
_TEMPLATE = regex(r'\{\{.*?\}\}')


def walks(repository: Repository, paths: Iterable[str], problems: list[tuple[str, str]]) -> Iterator[Walk]:
    """A walk through each task, script or job of those files among some paths that build images."""
    texts = {path: repository.read(path) or '' for path in paths if _NAME.fullmatch(path.rpartition('/')[2])}
    # A Taskfile that another one includes runs in that one's folder.
    included = any('includes:' in text for text in texts.values())
    for path, text in texts.items():
        if 'node_modules' in path or not builds_images(text):
            continue
        name = path.rpartition('/')[2]
        folder = _folder(path, included)
        roots, problem = yamlnodes.documents(text)
        if problem:
            problems.append((path, problem))
        for root in roots:
            top = yamlnodes.mapping(root)
            if name == 'package.json':
                yield from _scripts(repository, path, folder, yamlnodes.entries(top.get('scripts')))
            else:
                jobs = top if 'gitlab' in name else yamlnodes.mapping(top.get('tasks'))
                for node in jobs.values():
                    yield _task(repository, path, folder, node)


def _folder(path: str, included: bool) -> str | None:
    """Where the commands of a file start, None where that is not known: GitLab's start from the top."""
    folder, _, name = path.rpartition('/')
    if 'gitlab' in name:
        return ''
    return None if included and folder and name != 'package.json' else folder


def _scripts(
    repository: Repository, path: str, folder: str | None, scripts: Mapping[str, tuple[int, Node]]
) -> Iterator[Walk]:
    for name, (line, node) in scripts.items():
        walk = Walk(repository, folder)
        if f'pre{name}' in scripts:
            walk.writes(ANYTHING)
        walk.run(yamlnodes.scalar(node) or '', Place(path, line, script=False))
        yield walk


def _task(repository: Repository, path: str, folder: str | None, node: Node) -> Walk:
    """The commands of a task or a job, one behind the other."""
    keys = yamlnodes.mapping(node)
    own = yamlnodes.scalar(keys['dir']) if 'dir' in keys else '.'
    walk = Walk(repository, None if folder is None else join(folder, _TEMPLATE.sub(MARK, own or MARK)))
    if 'deps' in keys or 'script' in keys:
        walk.writes(ANYTHING)
    found = [keys[key] for key in ('before_script', 'cmds', 'cmd', 'script') if key in keys] or [node]
    for each in (item for part in found for item in yamlnodes.items(part) or [part]):
        long = yamlnodes.mapping(each)
        text = yamlnodes.scalar(long.get('cmd', each))
        if text is None:
            # Another task, or a loop over something.
            walk.writes(ANYTHING if long else ())
            continue
        cwd = walk.cwd
        walk.run(re.sub(_TEMPLATE.pattern, MARK, text), Place(path, each.start_mark.line + 1))
        walk.cwd = cwd if 'cmds' in keys else walk.cwd
    return walk

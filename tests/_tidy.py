"""check-tidy-order on a repository without a disk, and the module that most of its tests build."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hooks import check_tidy_order as hook
from hooks.cli import checking
from hooks.context.tree import Context, Tree
from hooks.dockerfile import parser
from hooks.replay import replayer
from hooks.replay.build import Build, Declared
from tests._memory import Memory, app

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

BARE = 'module example.com/app\n\ngo 1.21\n'
MOD = BARE + '\nrequire (\n\texample.com/dep v1.0.0\n\texample.com/leaf v1.0.0 // indirect\n)\n'
SUM = ''.join(
    f'example.com/{name} v1.0.0{part} h1:{"A" * 43}=\n' for name in ('dep', 'leaf') for part in ('', '/go.mod')
)
MAIN = 'package main\n\nimport _ "example.com/dep"\n\nfunc main() {}\n'
HELLO = 'package main\n\nfunc main() {}\n'
TREE: Mapping[str, str] = {'go.mod': MOD, 'go.sum': SUM, 'main.go': MAIN}


def said(
    dockerfile: str | tuple[str, ...],
    files: Mapping[str, str] = TREE,
    *,
    context: str | None = '',
    locked: bool = False,
    cached: bool = False,
    opaque: Collection[str] = (),
    declared: bool = False,
    **more: Tree,
) -> list[str]:
    """The findings, `line: message`, of a Dockerfile (or of steps from line 3 on, in /app) built from a folder."""
    repository = Memory(files, opaque)
    tree = Tree() if context is None else Context(repository, context, '.dockerignore' * ('.dockerignore' in files))
    by = (Declared('Dockerfile', context or '', '', (), (), 'compose.yaml', 1),) if declared else ()
    build = Build(repository, 'Dockerfile', tree, contexts=more, declared=by)
    parsed = parser.parse(dockerfile if isinstance(dockerfile, str) else app(*dockerfile))
    assert parsed
    found = checking.check(hook.rules(locked, cached), build, replayer.replay(build, parsed))
    return [f'{finding.line}: {finding.message}' for finding in found]

"""A repository without a disk, and a Dockerfile replayed on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hooks.context.index import Repository
from hooks.context.tree import Context
from hooks.dockerfile import parser
from hooks.replay import replayer
from hooks.replay.build import Build

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from hooks.replay.replayer import Moment
    from hooks.replay.shell import Call

GO_MOD = 'module example.com/app\n\ngo 1.21\n\nrequire example.com/dep v1.0.0\n'
MAIN = 'package main\n\nimport _ "example.com/dep"\n\nfunc main() {}\n'
HELLO = 'package main\n\nfunc main() {}\n'


class Memory(Repository):
    """A repository whose tracked files are these texts, and links or submodules."""

    def __init__(self, texts: Mapping[str, str], opaque: Collection[str] = ()) -> None:
        super().__init__('/nowhere', '', {*texts, *opaque}, git=False)
        self.texts, self.opaque = texts, opaque

    def is_opaque(self, path: str) -> bool:
        return path in self.opaque

    def read(self, path: str) -> str | None:
        return self.texts.get(path)


def app(*steps: str) -> str:
    """A Dockerfile whose steps begin at line 3, in /app."""
    return ''.join(f'{line}\n' for line in ('FROM golang:1.21', 'WORKDIR /app', *steps))


def moments(
    dockerfile: str,
    files: Mapping[str, str] | None = None,
    target: str = '',
    args: tuple[tuple[str, str | None], ...] = (),
) -> list[Moment]:
    """A Dockerfile, replayed on a context of these files."""
    repository = Memory({'go.mod': GO_MOD, 'go.sum': 'x', 'main.go': MAIN} if files is None else files)
    build = Build(repository, 'Dockerfile', Context(repository, ''), target, args)
    parsed = parser.parse(dockerfile)
    assert parsed is not None
    return replayer.replay(build, parsed)


def calls(dockerfile: str, files: Mapping[str, str] | None = None) -> list[Call]:
    """The go commands of a Dockerfile."""
    return [moment.call for moment in moments(dockerfile, files) if moment.call]

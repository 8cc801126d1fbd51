"""Files of a context that steps before the build may have made."""

from __future__ import annotations

import pytest

from hooks.context.prepared import Prepared
from hooks.context.tree import ABSENT, FILE, UNKNOWN
from tests._memory import Memory

FILES = {
    'svc/go.mod': 'module m\n',
    'svc/main.go': 'package main\n',
    '.dockerignore': '',
    'svc/.dockerignore': '*.log\n',
}


@pytest.mark.parametrize(
    ('made', 'path', 'kind', 'known'),
    [
        ((), 'gen.go', ABSENT, False),
        (('',), 'gen.go', UNKNOWN, False),
        (('svc/gen.go',), 'gen.go', UNKNOWN, False),
        (('web',), 'gen.go', ABSENT, False),
        (('',), 'a.log', ABSENT, False),
        (('',), 'go.mod', FILE, True),
        (('svc/go.mod',), 'go.mod', FILE, False),
        # What stands beside it in one COPY is there for sure.
        (('',), 'go.sum', FILE, False),
        (('svc/go.sum',), 'go.sum', FILE, False),
        (('web/go.sum',), 'go.sum', ABSENT, False),
        (('',), 'go.work', ABSENT, False),
    ],
)
def test_what_may_be_made(made: tuple[str, ...], path: str, kind: str, known: bool) -> None:
    repository = Memory(FILES)
    entry = Prepared(repository, 'svc', 'svc/.dockerignore', made).look(f'/{path}')
    assert (entry.kind, entry.kind == FILE and entry.read(repository) is not None) == (kind, known)

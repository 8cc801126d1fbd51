"""A whole repository, made up, through every hook with the net off: nothing raises, drives a terminal or takes long."""

from __future__ import annotations

import contextlib
import io
import time
from typing import TYPE_CHECKING
from unittest import mock

from hooks import check_tidy_order, check_x_versions, go_docker, sync_dockerignore
from hooks.cli import net
from hooks.context import index
from hooks.context.index import LARGEST, LONGEST, Ignored
from hooks.report import printing, writing
from tests._memory import Memory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Main = 'Callable[[list[str]], int]'
# A run of a made-up repository takes milliseconds; ten thousand times as long is a finding, on any machine.
PATIENCE = 20.0
_ALL = ('--builder', 'any', '--locked', '--cached', '--pinned', '--unused-ignores')
RUNS: tuple[tuple[Callable[[list[str]], int], tuple[str, ...]], ...] = (
    (go_docker.main, ('--',)),
    (go_docker.main, (*_ALL, '--format', 'sarif', '--')),
    (go_docker.main, (*_ALL, '--fix', '--')),
    (go_docker.main, (*_ALL, '--explain', '--')),
    (check_tidy_order.main, ('--explain', '--')),
    (check_x_versions.main, ('--fix', '--pinned', '--format', 'github', '--')),
    (sync_dockerignore.main, ('--init', '--')),
    (sync_dockerignore.main, ('--source', '.dockerignore.canonical', '--target', '*', '--target', '**/x', '--')),
    (sync_dockerignore.main, ('--check', '--')),
)
# What may stand on a terminal: text, and the bytes of a name that is no UTF-8.
_HARMLESS = frozenset('\n')


class Fuzzed(Memory):
    """Its files are on the disk; git ignores what a line of the top's `.gitignore` names."""

    def on_disk(self, path: str) -> bool:
        return path in self.texts

    def read(self, path: str) -> str | None:
        text = self.texts.get(path)
        large = text is not None and (len(text) > LARGEST or text.count('\n') > LONGEST)
        return None if large else text

    def ignored(self, path: str) -> Ignored | None:
        lines = (self.texts.get('.gitignore') or '').split('\n')
        name = path.rpartition('/')[2]
        return next((Ignored('.gitignore', at, line) for at, line in enumerate(lines, 1) if line in (name, path)), None)


def try_all(files: Mapping[str, str], runs: tuple[int, ...] = tuple(range(len(RUNS)))) -> None:
    """Some of the runs, one after the other, as a user would start them; a fixer's second run changes nothing."""
    texts = dict(files)
    for at in runs:
        main, options = RUNS[at]
        before = dict(texts)
        _try(main, [*options, *sorted(texts)], texts)
        if texts != before and '--init' not in options:
            before = dict(texts)
            _try(main, [*options, *sorted(texts)], texts)
            assert texts == before, f'a second run of {main.__module__} {options} changes more'


def _try(main: Callable[[list[str]], int], argv: list[str], texts: dict[str, str]) -> None:
    start, out = time.process_time(), io.StringIO()
    with in_memory(texts), contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        code = main(argv)
    spent = time.process_time() - start
    assert code in (0, 1, 2), code
    assert spent < PATIENCE, f'{spent:.0f} s of {main.__module__} {argv[:3]}'
    shown = [char for char in out.getvalue() if not char.isprintable() and not '\udca0' <= char <= '\udcff']
    assert set(shown) <= _HARMLESS, f'{main.__module__} {argv[:3]} prints {set(shown)}'


@contextlib.contextmanager
def in_memory(texts: dict[str, str]) -> Iterator[None]:
    repository = Fuzzed(texts)
    with (
        mock.patch.object(net, 'CAUGHT', ()),
        mock.patch.object(index, 'sought', return_value=lambda: repository),
        mock.patch.object(writing, 'write_all', lambda top, new: texts.update(new)),
        mock.patch.object(printing, 'warn'),
    ):
        yield


# A repository in one text, as Go's txtar: `-- path --`, and the lines of the file.


def unpacked(archive: str) -> dict[str, str]:
    """path → text; what git could not track is left out."""
    files: dict[str, str] = {}
    path = ''
    for line in archive.split('\n'):
        if line.startswith('-- ') and line.endswith(' --') and len(line) > 6:
            path = line[3:-3]
            files[path] = ''
        elif path:
            files[path] += line + '\n'
    return {path: text for path, text in files.items() if _trackable(path, files)}


def packed(files: Mapping[str, str]) -> str:
    return ''.join(f'-- {path} --\n{text}' + '\n' * (not text.endswith('\n')) for path, text in files.items())


def _trackable(path: str, files: Mapping[str, str]) -> bool:
    names = path.split('/')
    inside = any('/'.join(names[:at]) in files for at in range(1, len(names)))
    return '\0' not in path and not inside and not {'', '.', '..', '.git'}.intersection(names)

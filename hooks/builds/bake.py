"""Bake files: the Dockerfiles that they name are built with what nobody here knows.

Bake's language is HCL with functions and inheritance. What it passes is not worth a parser of that (one repository in
fifty has such a file), so that a Dockerfile that nothing else declares is judged without a context and arguments.
"""

from __future__ import annotations

from hooks.builds.declarations import EVERY, MARK, Partly, join
from hooks.lean.lazy import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hooks.context.index import Repository

_NAME = regex(r'(?i)[^/]*bake[^/]*\.(?:hcl|json)')
_STRING = regex(r'"?\b(context|dockerfile)"?\s*[=:]\s*(?:"((?:[^"\\\n]|\\.)*)"|[^\s"])')
_VARIABLE = regex(r'\$\{[^}]*\}')


def partly(repository: Repository, paths: Iterable[str]) -> Iterator[Partly]:
    """The Dockerfiles that bake files may build, from the folder of the file or the top."""
    for path in paths:
        folder, _, name = path.rpartition('/')
        text = repository.read(path) if _NAME.fullmatch(name) else None
        if text and 'target' in text:
            for start in dict.fromkeys((folder, '')):
                yield from dict.fromkeys(_named(text, start))


def _named(text: str, start: str) -> Iterator[Partly]:
    """Every context with every Dockerfile: which target has which is not asked."""
    found: dict[str, dict[str, None]] = {'context': {'.': None}, 'dockerfile': {'Dockerfile': None}}
    for key, value in _STRING.findall(text)[:200]:
        found[key][_VARIABLE.sub(MARK, value) if value else MARK] = None
    for context in found['context']:
        for dockerfile in found['dockerfile']:
            if MARK in context + dockerfile:
                yield Partly(f'{MARK}/{dockerfile.rpartition("/")[2]}', (EVERY,), whole=True)
            elif (folder := join(start, context)) is not None and (path := join(folder, dockerfile)):
                yield Partly(path, (EVERY,), whole=True)

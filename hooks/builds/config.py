"""The config file `.go-docker-hooks.toml` at the top of the repository."""

from __future__ import annotations

from hooks.builds.declarations import join, tracked_file
from hooks.lean.lazy import re
from hooks.lean.record import Record
from hooks.replay.build import Declared

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hooks.context.index import Repository


PATH = '.go-docker-hooks.toml'
KEYS = {'': ('contexts', 'dockerignore'), 'dockerignore': ('source', 'targets')}


class Contexts(Record):
    """An entry of `[contexts]`: the folders that a Dockerfile is built from. They replace all that others declare."""

    dockerfile: str
    folders: tuple[str, ...]
    line: int


class Problem(Record):
    """A line that cannot be understood."""

    line: int
    fact: str
    cure: str


class Config(Record):
    """What the file says, as far as it can be understood. Paths are relative to the top; `targets` may have globs."""

    contexts: tuple[Contexts, ...] = ()
    source: str = ''
    targets: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def read(repository: Repository) -> Config:
    """The config; an empty one where there is no file. An entry for a Dockerfile that is not tracked is left out."""
    text = repository.read(PATH)
    if text is None:
        return Config()
    tables, problem = _parse(text.removeprefix('\ufeff'))
    if problem:
        return Config(problems=(problem,))
    return _config(repository, text, tables)


def declared(config: Config) -> Iterator[Declared]:
    """The builds of `[contexts]`."""
    for dockerfile, folders, line in config.contexts:
        for folder in folders:
            yield Declared(dockerfile, folder, '', (), (), PATH, line)


def matching(repository: Repository, pattern: str) -> tuple[str, ...]:
    """The folders that hold tracked files and match a glob, sorted; `**` stands for any number of folders.

    As in a shell, a wildcard does not match the dot of a hidden folder. A pattern that leaves the top matches nothing.
    """
    path = join('', pattern)
    if path is None:
        return ()
    found = {''}
    for part in path.split('/') if path else ():
        found = {below for folder in found for below in _step(repository, folder, part)}
    return tuple(sorted(found))


def _step(repository: Repository, folder: str, part: str) -> Iterator[str]:
    if part == '**':
        yield folder
        for below in _step(repository, folder, '*'):
            yield from _step(repository, below, part)
        return
    from fnmatch import fnmatchcase

    for name in repository.names(folder):
        hidden = name.startswith('.') and not part.startswith('.')
        below = f'{folder}/{name}'.lstrip('/')
        if not hidden and fnmatchcase(name, part) and repository.has_folder(below):
            yield below


def _parse(text: str) -> tuple[Mapping[str, object], Problem | None]:
    import tomlkit
    from tomlkit.exceptions import ParseError

    cure = 'see docs/config.md for the form'
    try:
        return tomlkit.parse(text).unwrap(), None
    except ParseError as error:
        fact = str(error).rpartition(' at line ')[0] or str(error)
        fact = ' '.join(fact.split()).rstrip(':.').encode('unicode_escape').decode()
        return {}, Problem(min(error.line, text.count('\n') + 1), f'this is no TOML ({fact})', cure)
    except Exception:  # tomlkit lets other errors through, from tables that are redefined to deep nesting
        return {}, Problem(1, 'this is no TOML', cure)


def _config(repository: Repository, text: str, tables: Mapping[str, object]) -> Config:
    problems = list(_unknown(text, '', tables))
    contexts: list[Contexts] = []
    for name, value in _table(text, tables, 'contexts', problems).items():
        line = _line(text, 'contexts', name)
        patterns = _strings(value, line, f'contexts."{name}"', problems)
        dockerfile = tracked_file(repository, join('', name) or '')
        if patterns is not None and dockerfile is not None:
            folders = {folder: None for pattern in patterns for folder in matching(repository, pattern)}
            contexts.append(Contexts(dockerfile, tuple(folders), line))
    table = _table(text, tables, 'dockerignore', problems)
    problems += _unknown(text, 'dockerignore', table)
    source = table.get('source', '')
    if not isinstance(source, str) or ('source' in table and not join('', source)):
        fact = '`dockerignore.source` is no path in this repository'
        problems.append(Problem(_line(text, 'dockerignore', 'source'), fact, 'write one relative to its top'))
        source = ''
    line = _line(text, 'dockerignore', 'targets')
    targets = _strings(table.get('targets', []), line, 'dockerignore.targets', problems) or ()
    return Config(tuple(contexts), join('', source) or '', targets, tuple(sorted(problems)))


def _unknown(text: str, table: str, keys: Mapping[str, object]) -> Iterator[Problem]:
    known = KEYS[table]
    for key in keys:
        if key not in known:
            where = f' in `{table}`' if table else ''
            yield Problem(_line(text, table, key), f'unknown key `{key}`{where}', f'the keys are {" and ".join(known)}')


def _table(text: str, tables: Mapping[str, object], name: str, problems: list[Problem]) -> Mapping[str, object]:
    value = tables.get(name, {})
    if isinstance(value, dict):
        return value
    problems.append(Problem(_line(text, '', name), f'`{name}` is no table', f'write `[{name}]` on a line of its own'))
    return {}


def _strings(value: object, line: int, name: str, problems: list[Problem]) -> tuple[str, ...] | None:
    """A list of folders or globs; None, and a problem, for anything else."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        outside = [item for item in value if join('', item) is None]
        if not outside:
            return tuple(value)
        fact, cure = f'`{outside[0]}` in `{name}` is no folder of this repository', 'write one relative to its top'
    else:
        fact, cure = f'`{name}` is no list of folders', 'write `["services/*"]`'
    problems.append(Problem(line, fact, cure))
    return None


def _line(text: str, table: str, key: str) -> int:
    """The line of a key, or of its table where the key is written in a form that needs more than a look."""
    lines = text.split('\n')
    header = next((at for at, line in enumerate(lines) if re.match(rf'\s*\[\s*{_key(table)}\s*\]', line)), 0)
    if table:
        start, pattern = header, rf'\s*(?:{_key(table)}\s*[.=][\s{{]*)?{_key(key)}\s*[.=]'
    else:
        start, pattern = 0, rf'\s*\[{{0,2}}\s*{_key(key)}\s*[\].=]'
    return next((at for at in range(start, len(lines)) if re.match(pattern, lines[at])), header) + 1


def _key(name: str) -> str:
    return rf"""(?:{re.escape(name)}|"{re.escape(name)}"|'{re.escape(name)}')"""

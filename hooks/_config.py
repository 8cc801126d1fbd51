"""The config file `.go-docker-hooks.toml` at the top of the repository."""

from __future__ import annotations

import re

from hooks._builds import CONFIG as PATH
from hooks._declared import Declared, join, tracked_file
from hooks._record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from hooks._repository import Repository
    from hooks._survey import Survey


_KEYS = {'': ('contexts', 'dockerignore'), 'dockerignore': ('source', 'targets')}


class Contexts(Record):
    """An entry of `[contexts]`: the folders that a Dockerfile is built from. They replace all that others declare."""

    dockerfile: str
    folders: tuple[str, ...]
    line: int


class Problem(Record):
    """A line that cannot be understood; `message` is the fact and the cure."""

    line: int
    message: str


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

    cure = 'see the config section of the README for the form'
    try:
        return tomlkit.parse(text).unwrap(), None
    except ParseError as error:
        fact = str(error).rpartition(' at line ')[0] or str(error)
        fact = ' '.join(fact.split()).rstrip(':.').encode('unicode_escape').decode()
        return {}, Problem(min(error.line, text.count('\n') + 1), f'this is no TOML ({fact}): {cure}')
    except Exception:  # tomlkit lets other errors through, from tables that are redefined to deep nesting
        return {}, Problem(1, f'this is no TOML: {cure}')


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
        message = '`dockerignore.source` is no path in this repository: write one relative to its top'
        problems.append(Problem(_line(text, 'dockerignore', 'source'), message))
        source = ''
    line = _line(text, 'dockerignore', 'targets')
    targets = _strings(table.get('targets', []), line, 'dockerignore.targets', problems) or ()
    return Config(tuple(contexts), join('', source) or '', targets, tuple(sorted(problems)))


def _unknown(text: str, table: str, keys: Mapping[str, object]) -> Iterator[Problem]:
    known = _KEYS[table]
    for key in keys:
        if key not in known:
            where = f' in `{table}`' if table else ''
            yield Problem(_line(text, table, key), f'unknown key `{key}`{where}: the keys are {" and ".join(known)}')


def _table(text: str, tables: Mapping[str, object], name: str, problems: list[Problem]) -> Mapping[str, object]:
    value = tables.get(name, {})
    if isinstance(value, dict):
        return value
    problems.append(Problem(_line(text, '', name), f'`{name}` is no table: write `[{name}]` on a line of its own'))
    return {}


def _strings(value: object, line: int, name: str, problems: list[Problem]) -> tuple[str, ...] | None:
    """A list of folders or globs; None, and a problem, for anything else."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        outside = [item for item in value if join('', item) is None]
        if not outside:
            return tuple(value)
        message = f'`{outside[0]}` in `{name}` is no folder of this repository: write one relative to its top'
    else:
        message = f'`{name}` is no list of folders: write `["services/*"]`'
    problems.append(Problem(line, message))
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


# Writing it


def initial(text: str, found: Survey) -> str:
    """The config with what a survey found and it does not say yet; everything else stays as it is.

    Where the file is no TOML, or has a form to which nothing can be added, it is returned as it is.
    """
    import tomlkit
    from tomlkit.exceptions import ParseError

    mark = '\ufeff' if text.startswith('\ufeff') else ''
    body = text.removeprefix(mark)
    lines = body.replace('\r\n', '\n')
    start = lines if not lines or lines.endswith('\n') else lines + '\n'
    try:
        document = tomlkit.parse(start or _HEADER)
    except ParseError:
        return text
    if not all(isinstance(document.get(name, {}), dict) for name in _KEYS['']):
        return text
    contexts = [each for each in found.contexts if each.dockerfile not in document.get('contexts', {})]
    if contexts:
        _add(document, 'contexts', _CONTEXTS, [(each.dockerfile, list(each.folders), each.why) for each in contexts])
    if found.source and not document.get('dockerignore'):
        entries = [('source', found.source, found.why), ('targets', list(found.targets), _TARGETS)]
        _add(document, 'dockerignore', _DOCKERIGNORE, entries)
    written = tomlkit.dumps(document)
    if written in (start, _HEADER) or not _says(written, document.unwrap()):
        return text
    return mark + (written.replace('\n', '\r\n') if '\r\n' in body else written)


_HEADER = """\
# What go-docker-hooks cannot see by itself. `sync-dockerignore --init` adds what it finds, and changes nothing else.
"""
_CONTEXTS = 'where compose files and workflows do not say it: Dockerfile = the folders it is built from'
_DOCKERIGNORE = 'one canonical ignore file, and the folders whose .dockerignore is kept in step with it'
_TARGETS = 'The build contexts of Go Dockerfiles; a folder that matches and is none is left alone.'


def _add(document: Any, table: str, about: str, entries: Sequence[tuple[str, object, str]]) -> None:
    """Add entries to a table, each below a comment that explains it."""
    import tomlkit
    from tomlkit.items import InlineTable

    new = table not in document
    place = tomlkit.table() if new else document[table]
    for key, value, why in entries:
        if not isinstance(place, InlineTable):
            place.add(tomlkit.comment(why))
        place.add(key, value)
    if new:
        place.comment(about)
        document.add(table, place)


def _says(text: str, tables: Mapping[str, object]) -> bool:
    """Whether a text can be read, and says this: tomlkit's additions to unusual forms are not taken on trust."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        return tomlkit.parse(text).unwrap() == tables
    except TOMLKitError:
        return False

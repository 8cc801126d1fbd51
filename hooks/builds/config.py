"""The config file `.go-docker-hooks.toml` at the top of the repository."""

from __future__ import annotations

import sys

from hooks.builds.declarations import join, tracked_file
from hooks.builds.globs import files, matching
from hooks.context.paths import typed
from hooks.lean.lazy import re
from hooks.lean.record import Record
from hooks.replay.build import Declared

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hooks.context.index import Repository


PATH = '.go-docker-hooks.toml'
KEYS = {'': ('contexts', 'dockerignore', 'ignore'), 'dockerignore': ('source', 'targets')}
# The rules of what cannot be understood, and of what is understood and has no effect.
UNCLEAR, IDLE = 'config-not-understood', 'config-matches-nothing'
# Lines among which a key is looked for.
_LONGEST = 1000


class Contexts(Record):
    """An entry of `[contexts]`: the folders that a Dockerfile is built from. They replace all that others declare."""

    dockerfile: str
    folders: tuple[str, ...]
    line: int


class Ignored(Record):
    """An entry of `[ignore]`: a glob of paths, and the hooks and rules whose findings there are none."""

    pattern: str
    names: tuple[str, ...]
    line: int


class Problem(Record):
    """A line that cannot be understood, or that matches nothing."""

    line: int
    fact: str
    cure: str
    rule: str = UNCLEAR


class Config(Record):
    """What the file says, as far as it can be understood. Paths are relative to the top; `targets` may have globs."""

    contexts: tuple[Contexts, ...] = ()
    source: str = ''
    targets: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    ignore: tuple[Ignored, ...] = ()
    targets_line: int = 0


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


def _parse(text: str) -> tuple[Mapping[str, object], Problem | None]:
    if sys.version_info >= (3, 11):
        # It is imported in half of the time; of what is wrong it says less.
        import tomllib

        try:
            return tomllib.loads(text), None
        except (ValueError, RecursionError):
            pass
    return _parse_slowly(text)


def _parse_slowly(text: str) -> tuple[Mapping[str, object], Problem | None]:
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
    contexts = tuple(_contexts(repository, text, _table(text, tables, 'contexts', problems), problems))
    source, targets, line = _dockerignore(repository, text, _table(text, tables, 'dockerignore', problems), problems)
    ignore = tuple(_ignore(repository, text, _table(text, tables, 'ignore', problems), problems))
    return Config(contexts, source, targets, tuple(sorted(problems)), ignore, line)


def _contexts(
    repository: Repository, text: str, table: Mapping[str, object], problems: list[Problem]
) -> Iterator[Contexts]:
    for name, value in table.items():
        line, where = _line(text, 'contexts', name), f'contexts."{name}"'
        patterns = _strings(value, line, where, problems)
        path = join('', name)
        dockerfile = tracked_file(repository, path or '')
        if patterns is None:
            continue
        if dockerfile is None:
            problems += _no_dockerfile(repository, name, path, line)
            continue
        folders = {pattern: matching(repository, pattern) for pattern in patterns}
        problems += _idle(repository, folders, where, line)
        yield Contexts(dockerfile, tuple({each: None for found in folders.values() for each in found}), line)


def _no_dockerfile(repository: Repository, name: str, path: str | None, line: int) -> Iterator[Problem]:
    if path is None:
        yield Problem(line, f'`{name}` in `contexts` is no path in this repository', 'write one relative to its top')
    elif matched := files(repository, path) if _is_glob(path) else []:
        fact = f'`{name}` in `contexts` is a glob, and a key names one Dockerfile'
        yield Problem(line, fact, f'write an entry for each, as `"{matched[0]}"`', IDLE)
    elif repository.kind(path) != 'unknown':
        fact = f'`{name}` in `contexts` is no file that git tracks'
        on_disk = repository.on_disk(path) and not repository.has_folder(path)
        yield Problem(line, fact, f'`git add {typed(path)}`' if on_disk else 'correct it, or remove it', IDLE)


def _idle(repository: Repository, matched: Mapping[str, tuple[str, ...]], where: str, line: int) -> Iterator[Problem]:
    """What is wrong with globs of folders that match none; below a submodule nobody knows."""
    for pattern, folders in matched.items():
        if not folders and repository.kind(join('', pattern) or '') != 'unknown':
            fact = f'`{pattern}` in `{where}` matches no folder with files that git tracks'
            yield Problem(line, fact, 'correct it, or remove it', IDLE)


def _is_glob(path: str) -> bool:
    return any(sign in path for sign in '*?[')


def _dockerignore(
    repository: Repository, text: str, table: Mapping[str, object], problems: list[Problem]
) -> tuple[str, tuple[str, ...], int]:
    problems += _unknown(text, 'dockerignore', table)
    source = table.get('source', '')
    if not isinstance(source, str) or ('source' in table and not join('', source)):
        fact = '`dockerignore.source` is no path in this repository'
        problems.append(Problem(_line(text, 'dockerignore', 'source'), fact, 'write one relative to its top'))
        source = ''
    line = _line(text, 'dockerignore', 'targets')
    targets = _strings(table.get('targets', []), line, 'dockerignore.targets', problems) or ()
    matched = {pattern: matching(repository, pattern) for pattern in targets}
    problems += _idle(repository, matched, 'dockerignore.targets', line)
    return join('', source) or '', targets, line if targets else 0


def _ignore(
    repository: Repository, text: str, table: Mapping[str, object], problems: list[Problem]
) -> Iterator[Ignored]:
    for pattern, names in table.items():
        line = _line(text, 'ignore', pattern)
        if not (isinstance(names, list) and names and all(isinstance(name, str) for name in names)):
            fact = f'`ignore."{pattern}"` is no list of rules or hooks'
            problems.append(Problem(line, fact, 'write `["tidy-before-source"]`'))
        elif (path := join('', pattern)) is None:
            fact = f'`{pattern}` in `ignore` is no path in this repository'
            problems.append(Problem(line, fact, 'write one relative to its top'))
        else:
            if not files(repository, path):
                fact = f'`{pattern}` in `ignore` matches no file that git tracks'
                problems.append(Problem(line, fact, 'correct it, or remove it', IDLE))
            yield Ignored(path, tuple(names), line)


def _unknown(text: str, table: str, keys: Mapping[str, object]) -> Iterator[Problem]:
    known = KEYS[table]
    for key in keys:
        if key not in known:
            where = f' in `{table}`' if table else ''
            yield Problem(
                _line(text, table, key),
                f'unknown key `{key}`{where}',
                f'the keys are {", ".join(known[:-1])} and {known[-1]}',
            )


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
    if text.count('\n') >= _LONGEST:
        return 1
    lines = text.split('\n')
    header = next((at for at, line in enumerate(lines) if re.match(rf'\s*\[\s*{_key(table)}\s*\]', line)), 0)
    if table:
        start, pattern = header, rf'\s*(?:{_key(table)}\s*[.=][\s{{]*)?{_key(key)}\s*[.=]'
    else:
        start, pattern = 0, rf'\s*\[{{0,2}}\s*{_key(key)}\s*[\].=]'
    return next((at for at in range(start, len(lines)) if re.match(pattern, lines[at])), header) + 1


def _key(name: str) -> str:
    return rf"""(?:{re.escape(name)}|"{re.escape(name)}"|'{re.escape(name)}')"""

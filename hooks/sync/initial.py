"""The first config file: what a survey found, added to what the file says already."""

from __future__ import annotations

from hooks.builds.config import KEYS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from hooks.sync.survey import Survey


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
    if not all(isinstance(document.get(name, {}), dict) for name in KEYS['']):
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

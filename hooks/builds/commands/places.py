"""Builds on command lines → the builds of this repository, or what is known of those that are not wholly known."""

from __future__ import annotations

from hooks.builds.declarations import EVERY, MARK, OWN, TOP, Partly, join, named_contexts, tracked_file, tracked_folder
from hooks.context.paths import within
from hooks.replay.build import Declared

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from hooks.builds.absent import Absent
    from hooks.builds.commands.docker import Line
    from hooks.builds.commands.walk import Found
    from hooks.context.index import Repository


def resolve(repository: Repository, found: Found, at: int) -> Declared | Partly | None:
    """What a command line at a line of its file builds; None where that is nothing of this repository's."""
    known = None if found.line.open else _declared(repository, found, at)
    return known or partly(repository, found.line, found.cwd)


def absent(repository: Repository, found: Found, at: int) -> Absent | None:
    """A build by a command line at a line of its file, if its Dockerfile is surely not there."""
    line, cwd = found.line, found.cwd
    if not found.sure or cwd is None or MARK in line.context + line.file:
        return None
    context = join(cwd, line.context)
    path = None if context is None else join(cwd, line.file) if line.file else join(context, 'Dockerfile')
    if context is None or path is None or path in repository.files:
        return None
    # Imported late: where all is well, nothing is absent.
    from hooks.builds import absent

    missing = absent.dockerfile(repository, found.by, cwd, context, line.file, '-f ')
    # What a variable says may be said anew by whoever runs it.
    text = continued((repository.read(found.by) or '').split('\n')[at - 1 :])
    literal = all(word.removeprefix(TOP).lstrip('/') in text for word in (line.context, line.file))
    return missing if missing and literal and not may_be_made(found.made, missing.path) else None


def continued(lines: list[str]) -> str:
    """The first of some lines, with those that continue it."""
    end = next((at for at, line in enumerate(lines) if not line.endswith('\\')), len(lines))
    return '\n'.join(lines[: end + 1])


def may_be_made(made: Iterable[str], path: str) -> bool:
    """Whether a path is one of those that steps before a build may make, or lies below one."""
    return any(within(path, each) for each in made)


def partly(repository: Repository, line: Line, cwd: str | None) -> Partly | None:
    """What is known of a build of which not all is."""
    names = tuple(name for name, _ in line.args) + ((EVERY,) if line.open else ())
    pattern = _pattern(line, cwd)
    if MARK not in pattern:
        # It is known which Dockerfile it is, and not whence (that may be outside of the repository) and which stage.
        outside = cwd is not None and join(cwd, line.context) is None
        whole = MARK in line.context + line.target or outside
        return Partly(pattern, names, whole) if (names or whole) and pattern in repository.files else None
    context = _context(repository, line, cwd) if pattern.strip(f'{MARK}/') else None
    return Partly(pattern, names, context=context) if names or context is not None else None


def _context(repository: Repository, line: Line, cwd: str | None) -> str | None:
    """The folder that some Dockerfiles are built from, as far as it is known."""
    if cwd is None or MARK in line.context:
        return None if cwd is None or line.file else OWN
    context = join(cwd, line.context)
    return None if context is None else tracked_folder(repository, context)


def _declared(repository: Repository, found: Found, at: int) -> Declared | None:
    line, cwd = found.line, found.cwd
    words = (line.context, line.file, line.target, *(name for name, _ in line.contexts))
    if cwd is None or any(MARK in word for word in words):
        return None
    context = join(cwd, line.context)
    folder = None if context is None else tracked_folder(repository, context)
    path = None if folder is None else join(cwd, line.file) if line.file else join(folder, 'Dockerfile')
    dockerfile = None if path is None else tracked_file(repository, path)
    if folder is None or dockerfile is None:
        return None
    named = {name: None if MARK in value else join(cwd, value) for name, value in line.contexts}
    args = tuple((name, None if value and TOP in value else value) for name, value in line.args)
    build = Declared(dockerfile, folder, line.target, args, named_contexts(repository, named), found.by, at)
    return build._replace(platforms=line.platforms, made=found.made, clean=found.clean)


def _pattern(line: Line, cwd: str | None) -> str:
    """The path of the Dockerfile, with MARK for what is not known of it."""
    word = line.file or f'{line.context}/Dockerfile'
    if word.startswith(TOP):
        cwd, word = '', word[1:].lstrip('/')
    parts = (cwd.split('/') if cwd else []) if cwd is not None else [MARK]
    for part in word.split('/'):
        if part == '..':
            parts = [MARK] if not parts or MARK in parts[-1] else parts[:-1]
        elif part not in ('', '.'):
            parts.append(part)
    return '/'.join(parts)

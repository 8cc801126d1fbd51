"""The templates that a program reads from a folder beside it, and that its image has not.

Source: html/template and text/template of Go 1.21 to 1.27, helper.go: ParseFiles opens what it is given, and ParseGlob
fails where nothing matches. gin's LoadHTMLGlob and LoadHTMLFiles are the same two.
"""

from __future__ import annotations

from hooks.context.paths import normal
from hooks.context.tree import ABSENT
from hooks.facts import contents, own_source
from hooks.facts.starting import mounted
from hooks.lean.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.context.tree import Program
    from hooks.facts.own_source import Literal
    from hooks.facts.places import At, Place

_PACKAGES = ('html/template', 'text/template')
_GIN = 'github.com/gin-gonic/gin'
_CALLS = (
    *((package, call) for package in _PACKAGES for call in ('.ParseGlob("', 'template.ParseFiles("', ').ParseFiles("')),
    *((_GIN, call) for call in ('.LoadHTMLGlob("', '.LoadHTMLFiles("')),
)
# What stands in a program that may look elsewhere, or first asks whether a file is there.
_OTHERWISE = ('go:embed', 'os.Chdir', '.Chdir(', 'os.Stat(', 'os.Lstat(', 'os.IsNotExist', 'fs.ErrNotExist')
# How a line begins that leads to others, or around them.
_BRANCHES = ('if', '}', 'else', 'switch', 'select', 'case', 'default:', 'for')
_WILD = '*?['


class Unread(Record):
    """What a program is told to read, where it lies in the repository and where it is looked for in the image."""

    literal: Literal
    package: str
    source: str
    target: str

    @property
    def says(self) -> str:
        """What Go says of it."""
        value = self.literal.value
        if any(sign in value for sign in _WILD):
            return f'{self.package}: pattern matches no files: `{value}`'
        return f'open {value}: no such file or directory'


def unread(at: At, place: Place, program: Program) -> Unread | None:
    """The first template that the program's own packages read, and that is not there; None where nobody knows."""
    source, module, end = own_source.source(place, program), place.module, at.moment.end
    if source is None or module is None or end is None or end.workdir is None or _elsewhere(at, end.workdir):
        return None
    if any(word in text for text in source.texts() for word in _OTHERWISE):
        return None
    folder = module.origin.removesuffix('go.mod')
    for package, call in _CALLS:
        for literal in source.literals(package, call):
            path = _literal_path(literal.value)
            found, target = normal(path, f'/{folder}').lstrip('/'), normal(path, end.workdir)
            there = path and place.repository.kind(found) != ABSENT and _is_plain(place, literal)
            if there and contents.lacks(at, target) and not mounted(at, target):
                return Unread(literal, package if package != _GIN else _PACKAGES[0], found, target)
    return None


def _elsewhere(at: At, workdir: str) -> bool:
    """Whether who starts the container may choose its working directory, or has to fill it."""
    if any(step.name == 'VOLUME' for step in at.moment.stage.steps) or not at.moment.view.some_names(workdir):
        return True
    texts = (at.build.repository.read(each.by) or '' for each in at.build.declared)
    return any('working_dir' in text for text in texts)


def _literal_path(value: str) -> str:
    """The file of a path, or the folder in front of the first name of a pattern; '' for one that is not relative."""
    end = min((value.find(sign) for sign in _WILD if sign in value), default=-1)
    path = value if end < 0 else value[:end].rpartition('/')[0]
    return '' if path.startswith('/') or '..' in path or '\\' in path else path


def _is_plain(place: Place, literal: Literal) -> bool:
    """Whether no branch leads around a line, as its indentation shows."""
    lines = (place.repository.read(literal.file) or '').split('\n')[: literal.line]
    depth = _depth(lines[-1])
    for line in reversed(lines):
        if line.strip() and _depth(line) < depth:
            depth = _depth(line)
            if line.split()[0] in _BRANCHES:
                return False
    return True


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())

"""What the source of a program that an image starts says: the calls with a literal argument in its own packages."""

from __future__ import annotations

from hooks.facts import linking
from hooks.lean.record import Record
from hooks.module import needed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.context.tree import Program
    from hooks.facts.places import Place
    from hooks.module.packages import Packages


class Literal(Record):
    """A string that a call is given, where that stands in the repository, and the text behind it."""

    value: str
    file: str
    line: int
    rest: str


class Source(Record):
    """The go command that links the program, and what it loads."""

    place: Place
    found: Packages

    def texts(self) -> Iterator[str]:
        """The texts of its own files, also of those that may not be built."""
        entries = (self.place.view.look(path) for path in self.found.files)
        return (entry.read(self.place.repository) or '' for entry in entries)

    def literals(self, package: str, call: str) -> Iterator[Literal]:
        """The strings with which files that import a package begin to call something: `time.LoadLocation("X")`."""
        for path in sorted(self.found.built):
            file, entry = self.found.files[path], self.place.view.look(path)
            text = entry.read(self.place.repository) or ''
            if file and package in file.imports and entry.origin and call in text:
                yield from _literals(entry.origin, text, call)


def source(place: Place, program: Program) -> Source | None:
    """The source of a program that a go command links; None where not all of its own packages are known."""
    found = needed.packages(linking.of_package(place, program.args))
    return Source(place, found) if found.whole else None


def _literals(file: str, text: str, call: str) -> Iterator[Literal]:
    at = text.find(call)
    while at >= 0:
        start = at + len(call)
        end = text.find('"', start)
        if end < 0:
            return
        if _is_code(text, at):
            value = text[start:end]
            yield Literal(value, file, text.count('\n', 0, at) + 1, text[end + 1 : end + 500])
        at = text.find(call, start)


def _is_code(text: str, at: int) -> bool:
    """Whether it stands in no comment, and in no string; unsure is False."""
    line = text[text.rfind('\n', 0, at) + 1 : at]
    inside = text.rfind('/*', 0, at) > text.rfind('*/', 0, at)
    return not inside and '//' not in line and line.count('"') % 2 == 0 and text.count('`', 0, at) % 2 == 0

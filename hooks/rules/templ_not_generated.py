"""A component of a .templ file is used, and no step generates the Go file that declares it.

go says: `undefined: page`, or, of a folder with .templ files alone, `no required module provides package …`. The
generated files, `*_templ.go`, are not in git: there they are on the laptop that generated them alone.

Cure: generate them in a step before, or commit them.

Bad:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go build -o /web .
    -- .gitignore --
    *_templ.go
    -- go.mod --
    module example.com/app

    go 1.23
    -- main.go --
    package main

    func main() { print(page("hi")) }
    -- page.templ --
    package main

    templ page(text string) {
        <p>{ text }</p>
    }
    -- says --
    Dockerfile:4: undefined: page at `go build`, since page_templ.go is generated from page.templ, .gitignore:1 (`*_templ.go`) keeps it out of git and no step before generates it: run `go run github.com/a-h/templ/cmd/templ@latest generate` first

Good:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go run github.com/a-h/templ/cmd/templ@latest generate && go build -o /web .
    -- .gitignore --
    *_templ.go
    -- go.mod --
    module example.com/app

    go 1.23
    -- main.go --
    package main

    func main() { print(page("hi")) }
    -- page.templ --
    package main

    templ page(text string) {
        <p>{ text }</p>
    }

Silent: where a program that may be the generator runs before, in the Dockerfile or, in a declared build, in front of it;
and of components that nothing calls.
"""

from __future__ import annotations

from hooks.context.paths import parent
from hooks.context.tree import ABSENT, FILE
from hooks.facts import loading
from hooks.facts.absence import Cause
from hooks.facts.places import is_moot
from hooks.lean.memo import memo
from hooks.lean.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hooks.context.index import Repository
    from hooks.facts.loading import Loaded
    from hooks.facts.places import Place
    from hooks.report.finding import Finding


ID = 'templ-not-generated'
_END, _MADE = '.templ', '_templ.go'
# So many names are in a message.
_FEW = 3


class Source(Record):
    """A .templ file of a folder of the image, without the Go file that is generated from it; `text` is what it says."""

    folder: str
    name: str
    origin: str
    text: str

    @property
    def package(self) -> str:
        return next((line.split()[1] for line in self.text.split('\n') if line.startswith('package ')), '')


def find(place: Place) -> Iterator[Finding]:
    if not _has_any(place.repository):
        return
    found = loading.loaded(place)
    said: dict[str, tuple[str, Source]] = {}
    for folder, sure in sorted(found.packages.folders.items()) if found else ():
        sources = _sources(place, folder) if sure else []
        words = _said(place, found, sources) if found and sources and not is_moot(place) else ''
        if words:
            said[folder] = words, sources[0]
    if said:
        # All that the generator would have made is one cause.
        words, source = next(iter(said.values()))
        more = f' (and {len(said) - 1} packages more)' * (len(said) > 1)
        causes = [('templ', folder) for folder in said]
        yield place.finding(ID, f'{words}{more} at `{place.command}`', _cause(place, source), *causes)


@memo
def _has_any(repository: Repository) -> bool:
    return bool(repository.files.ending(_END))


def _sources(place: Place, folder: str) -> list[Source]:
    sources = []
    for name in place.view.some_names(folder):
        entry = place.view.look(f'{folder}/{name}')
        if name.endswith(_END) and entry.kind == FILE and entry.origin:
            made = f'{name.removesuffix(_END)}{_MADE}'
            text = entry.read(place.repository)
            tracked = f'{parent(entry.origin)}/{made}'.lstrip('/') in place.repository.files
            if text is not None and not tracked and place.view.look(f'{folder}/{made}').kind == ABSENT:
                sources.append(Source(folder, name, entry.origin, text))
    return sources


def _said(place: Place, found: Loaded, sources: list[Source]) -> str:
    """What go says for lack of what is generated; '' for nothing."""
    # Imported late: few modules have such files.
    from hooks.golang import names

    folder, components = sources[0].folder, {name for each in sources for name in names.components(each.text)}
    path = next((path for path, by in found.packages.lost.items() if by.sure and _folder(found, path) == folder), '')
    if path:
        return f'no required module provides package {path}'
    texts = _texts(place, found)
    used = names.called([text for file, text in texts.items() if parent(file) == folder], components)
    for file, text in texts.items() if not used else ():
        source = found.packages.files.get(file)
        if source and any(_folder(found, each) == folder for each in source.imports):
            used = [f'{sources[0].package}.{name}' for name in names.called_of(text, sources[0].package, components)]
            if used:
                break
    more = f' and {len(used) - _FEW} more' * (len(used) > _FEW)
    return f'undefined: {", ".join(used[:_FEW])}{more}' if used else ''


def _texts(place: Place, found: Loaded) -> Mapping[str, str]:
    texts = {file: place.view.look(file).read(place.repository) for file in sorted(found.packages.built)}
    return {file: text for file, text in texts.items() if text is not None}


def _folder(found: Loaded, path: str) -> str | None:
    own = found.owner(path)
    return found.owners[own] + path[len(own) :] if own else None


def _cause(place: Place, source: Source) -> Cause:
    made = source.origin.removesuffix(_END) + _MADE
    ignored = place.repository.ignored(made)
    git = f'{ignored.file}:{ignored.line} (`{ignored.pattern}`) keeps it out of git' if ignored else 'it is not in git'
    why = f', since {made} is generated from {source.origin}, {git} and no step before generates it'
    return Cause(why, 'run `go run github.com/a-h/templ/cmd/templ@latest generate` first')

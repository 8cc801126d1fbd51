"""The image starts a program by a path, or a name, at which there is none.

The build passes; the container does not start: `exec: "/app/server": stat /app/server: no such file or directory`, or,
where the path is that of a folder, `exec: "/app": permission denied`. A `COPY --from=build /src/server /app` makes a file of
that name, unless there is a folder; `go build -o server` writes into a folder of that name; a program without -o is
named like the folder of its package; and `go build -o /server` writes beside the folder that is copied. Of a name that no
folder of PATH has it is `exec: "air": executable file not found in $PATH`: since Go 1.18 `go get` installs nothing, and
an image without Go has no `go run`. A list in other quotes than `"` is no list, but a shell form: `['./app']: not found`.

Cure: start it where it is, or copy it there; install a tool with `go install`.

Bad:

    -- Dockerfile --
    FROM golang:1.26 AS build
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build -o /out/server ./cmd/server

    FROM alpine:3.23
    WORKDIR /app
    COPY --from=build /out/server .
    ENTRYPOINT ["/server"]
    -- go.mod --
    module example.com/app

    go 1.26
    -- cmd/server/main.go --
    package main

    func main() {}
    -- says --
    Dockerfile:9: exec: "/server": stat /server: no such file or directory when the container starts, since the program is at /app/server: write `/app/server`

Good:

    -- Dockerfile --
    FROM golang:1.26 AS build
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build -o /out/server ./cmd/server

    FROM alpine:3.23
    WORKDIR /app
    COPY --from=build /out/server .
    ENTRYPOINT ["/app/server"]
    -- go.mod --
    module example.com/app

    go 1.26
    -- cmd/server/main.go --
    package main

    func main() {}

Silent: where no stage that the image is made from links a program, behind a program that may have written another, for
names of which an image may have one, for a path that a compose file mounts, and where git ignores a file of that name,
which may be made before the build.
"""

from __future__ import annotations

from hooks.context.tree import FOLDER
from hooks.facts import contents
from hooks.facts.absence import Cause
from hooks.facts.starting import mounted, searched, started
from hooks.replay.replayer import SHELL_FORM

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import At
    from hooks.facts.starting import Started
    from hooks.report.finding import Finding

ID = 'program-not-in-image'
# What a list of words is made of that is none, what stands between its words, and what the shell takes away.
_LIST = frozenset('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-=:, []"\'\u2018\u2019\u201c\u201d')
_SIGNS = str.maketrans(dict.fromkeys('"\',\u2018\u2019\u201c\u201d', ' '))
_UNQUOTED = str.maketrans('', '', '"\'')


def find(at: At) -> Iterator[Finding]:
    start = started(at)
    if start is None:
        said = _no_list(at)
    elif start.entry.program:
        return
    elif not start.path:
        said = _by_name(at, start)
    else:
        said = _by_path(at, start)
    if said:
        fact, cause = said
        yield at.finding(ID, f'{fact} when the container starts', cause, ('start', str(at.line)))


def _no_list(at: At) -> tuple[str, Cause] | None:
    """A shell form that was meant as a list: what the shell takes for its first word."""
    order = at.moment.end.starts.first if at.moment.end else None
    text = order.words[0].strip() if order and order.words and not order.step.exec else ''
    # `[ -f x ]` is a test, and `[[` is one of bash.
    if (
        not order
        or order.shell != SHELL_FORM
        or text[:1] != '['
        or text[1:2] in ('', '[', ' ', '\t')
        or text[-1] != ']'
    ):
        return None
    if contents.lacks(at, SHELL_FORM[0]) or not _LIST.issuperset(text):
        return None
    words = [word for word in text[1:-1].translate(_SIGNS).split() if word]
    listed = ', '.join(f'"{word}"' for word in words)
    word = text.split()[0].translate(_UNQUOTED)
    why = ', since only double quotes and commas make a list, and this is a shell form'
    return f'{word}: not found', Cause(why, f'write `{order.step.name} [{listed}]`')


def _by_name(at: At, start: Started) -> tuple[str, Cause] | None:
    """A name that is in no folder of PATH, for certain."""
    paths = searched(at, start.word)
    if not any(moment.call or moment.go for moment in at.moments) or any(mounted(at, path) for path in paths):
        return None
    if not all(contents.lacks(at, path) for path in paths):
        return None
    fact = f'exec: "{start.word}": executable file not found in $PATH' if start.order.step.exec else ''
    there = next((path for path in contents.programs(at) if path.endswith(f'/{start.word}')), '')
    if there:
        return fact or f'{start.word}: not found', Cause(f', since {there} is in no folder of PATH', f'write `{there}`')
    # Imported late: nearly all images start what they hold.
    from hooks.facts import packaged

    base = at.moment.base.reference
    cure = packaged.brought(start.word, base, at.moment.go)
    got = packaged.got(at, start.word)
    why = f', since no step before brings {start.word} to {base}'
    return fact or f'{start.word}: not found', got or Cause(why, cure)


def _by_path(at: At, start: Started) -> tuple[str, Cause] | None:
    fact = _fact(at, start)
    cause = _cause(at, start) if fact and not mounted(at, start.path) else None
    return (fact, cause) if cause else None


def _cause(at: At, start: Started) -> Cause | None:
    """What there is instead: a file of that name, a program, or one in a stage that is copied from."""
    from hooks.facts import stages

    name = start.path.rpartition('/')[2]
    folder = f'{start.path} is a folder, and ' * (start.entry.kind == FOLDER)
    programs, alike = contents.programs(at), contents.named(at, name)
    if alike and alike[0] not in programs:
        return Cause(f', since {folder}{name} is at {alike[0]}', f'write `{alike[0]}`')
    if programs:
        there = [path for path in programs if path in alike] or programs
        return Cause(f', since {folder}the program is at {" and ".join(there)}', f'write `{there[0]}`')
    if folder:
        return None
    left = sorted(stages.left(at), key=lambda each: not each.path.endswith(f'/{name}'))
    return stages.uncopied(left[0], start.path) if left else None


def _fact(at: At, start: Started) -> str:
    """What is said of the path where there is no file; '' where there may be one."""
    is_folder = start.entry.kind == FOLDER
    if not is_folder and not contents.lacks(at, start.path):
        return ''
    if not start.order.step.exec:
        return f'{start.word}: {"Permission denied" if is_folder else "not found"}'
    says = 'permission denied' if is_folder else f'stat {start.word}: no such file or directory'
    return f'exec: "{start.word}": {says}'

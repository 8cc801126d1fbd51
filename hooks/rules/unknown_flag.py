"""A flag that go does not have, or that stands where go takes it for something else.

go says: `flag provided but not defined: -X`, of one behind the packages `malformed import path "-o": leading dash`, and
of -C behind another flag `-C flag must be first flag on command line`. -X, -s and -w are flags of the linker.

Cure: write the linker's flags inside of -ldflags, and all flags in front of the packages.

Bad:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go build -X main.version=1.0 -o /server .
    -- go.mod --
    module example.com/app

    go 1.23
    -- main.go --
    package main

    var version string

    func main() { print(version) }
    -- says --
    Dockerfile:4: flag provided but not defined: -X at `go build`: write `-ldflags="-X main.version=…"`

Good:

    -- Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go build -ldflags="-X main.version=1.0" -o /server .
    -- go.mod --
    module example.com/app

    go 1.23
    -- main.go --
    package main

    var version string

    func main() { print(version) }

Silent: behind words that nobody knows, and for `go test` and `go vet`, which hand flags on.
"""

from __future__ import annotations

from hooks.facts.absence import Cause

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import Place
    from hooks.report.finding import Finding


ID = 'unknown-flag'
# Flags of the linker; and what is meant by some that go never had.
_LINKER = frozenset(('s', 'w', 'X', 'extldflags', 'linkmode', 'buildid', 'static'))
_PACKAGED = frozenset(('build', 'install', 'vet'))
_GONE = {'i': 'Go 1.20 dropped it'}


def find(place: Place) -> Iterator[Finding]:
    command = place.command
    if not any((word or '').startswith('-') for word in command.words):
        return
    # Imported late: many commands have no flag.
    from hooks.golang import flags

    name, value = flags.undefined(command, place.minor)
    if name:
        fact, cause = f'flag provided but not defined: -{name}', _cause(place, name, value)
    else:
        fact, cause = _misplaced(place)
    if fact:
        yield place.finding(ID, f'{fact} at `{command}`', cause, ('flag', str(place.line), fact))


def _cause(place: Place, name: str, value: str) -> Cause:
    if name == 'X' and '=' in value:
        return Cause('', f'write `-ldflags="-X {value.partition("=")[0]}=…"`')
    if name in _LINKER:
        return Cause('', f'write `-ldflags="-{name}{" …" * (name not in "sw")}"`')
    why = f', since {_GONE[name]}' if name in _GONE else ''
    from difflib import get_close_matches

    from hooks.golang import flags

    first = flags.FIRST.get((place.command.name, name))
    if first:
        return Cause(f', since Go 1.{first} brought it', f'leave it out, or build with Go 1.{first} or newer')
    alike = get_close_matches(name, flags.NAMES, n=1) if len(name) > 1 else []
    return Cause(why, f'write `-{alike[0]}`' if alike else 'leave it out')


def _misplaced(place: Place) -> tuple[str, Cause]:
    command = place.command
    if 'C' in command.flags and command.name in _PACKAGED:
        value = command.flags['C'] or 'DIR'
        cure = Cause('', f'write `go -C {value} {command.name}`')
        return f'invalid value "{value}" for flag -C: -C flag must be first flag on command line', cure
    known = command.args[: command.args.index(None)] if None in command.args else command.args
    flag = next((arg for arg in known if arg and arg.startswith('-')), '') if command.name in _PACKAGED else ''
    if not flag:
        return '', Cause('', '')
    words = f'malformed import path "{flag}": leading dash'
    if command.versioned:
        words = f'{flag}: all arguments must refer to packages in the same module at the same version'
    elif (known[0] or '').endswith('.go'):
        words = f'named files must be .go files: {flag}'
    return words, Cause('', 'write the flags in front of the packages')

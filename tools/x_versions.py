"""Make hooks/x-versions.txt: every known version of the golang.org/x modules, as check-x-versions reads it.

Asked is the module proxy (`go list -m -versions`); a version that it knew once stays, since what was published is never
taken back. It lists no version that nobody asked it for: hooks/_x_versions.py says what a hole means. The date is that
of the last change: made again from the same answers, it is the same file.

    python -m tools.x_versions
"""

from __future__ import annotations

import argparse
import datetime
import functools
import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

from hooks import _gomod

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

PATH = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'hooks', 'x-versions.txt')
ROOT = 'golang.org/x/'
# The repositories below golang.org/x, each with the folders that hold, or once held, a module of their own.
MODULES: dict[str, tuple[str, ...]] = {
    'arch': (),
    'benchmarks': (),
    'blog': (),
    'build': ('maintner/cmd/maintserve',),
    'crypto': ('x509roots/fallback',),
    'debug': (),
    'dl': (),
    'example': (
        'hello',
        'helloserver',
        'outyet',
        'ragserver/ragserver',
        'ragserver/ragserver-genkit',
        'ragserver/ragserver-langchaingo',
    ),
    'exp': (
        'cmd/govulncheck',
        'container',
        'errors',
        'eval',
        'event',
        'jsonrpc2',
        'notary',
        'protoveneer',
        'shiny',
        'slog/benchmarks/zap_benchmarks',
        'slog/benchmarks/zerolog_benchmarks',
        'sumdb',
        'typeparams',
        'vulncheck',
        'vulndb',
        'winfsnotify',
        'xerrors',
    ),
    'image': (),
    'lint': (),
    'mobile': ('example/ivy',),
    'mod': (),
    'net': (),
    'oauth2': (),
    'oscar': ('internal/devtools', 'internal/gaby', 'internal/gcp', 'internal/syncdb'),
    'perf': ('influx',),
    'pkgsite': (),
    'pkgsite-metrics': (),
    'playground': (),
    'review': (),
    'scratch': (),
    'sync': (),
    'sys': (),
    'talks': (),
    'telemetry': ('config', 'godev'),
    'term': (),
    'text': (),
    'time': (),
    'tools': (
        'cmd/auth',
        'cmd/cover',
        'cmd/getgo',
        'cmd/godoc',
        'cmd/gorename',
        'cmd/guru',
        'expect',
        'go/expect',
        'go/packages/packagestest',
        'go/pointer',
        'go/vcs',
        'godoc',
        'gopls',
    ),
    'tour': (),
    'vgo': (),
    'vuln': ('srv',),
    'vulndb': (),
    'website': ('blog', 'go.dev', 'tour'),
    'xerrors': (),
}
# Those with commands that people install: the Go that a version needs is worth knowing.
COMMANDS = frozenset(('mod', 'pkgsite', 'review', 'text', 'tools', 'tools/gopls', 'vuln', 'website/tour'))
HEADER = '# Every known version of the golang.org/x modules; made by `make tables`, last changed on '
UNKNOWN_GO = 'go?'
VERSION = re.compile(r'v(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?')
PSEUDO = re.compile(r'-(?:.*\.)?\d{14}-[0-9a-f]{12}$')

Table = dict[str, dict[str, str]]
"""Module path below golang.org/x/ → version → the go line of its go.mod, as `go1.18` ('' where nobody asks)."""


class Answer(NamedTuple):
    """What a program printed; `known` is false where it has nothing to say of the module."""

    known: bool
    lines: tuple[str, ...]


def modules() -> Iterator[str]:
    """Every module's path below golang.org/x/."""
    for repository, nested in MODULES.items():
        yield repository
        yield from (f'{repository}/{folder}' for folder in nested)


def order(version: str) -> tuple[object, ...]:
    """A sort key, in the order of semantic versions; one that is no version comes first."""
    match = VERSION.fullmatch(version)
    if match is None:
        return (-1,)
    parts = (match[4] or '').split('.')
    release = tuple((0, int(part), '') if part.isdigit() else (1, 0, part) for part in parts)
    return int(match[1]), int(match[2]), int(match[3]), match[4] is None, release


def read(text: str) -> tuple[str, Table]:
    """The date and the table of a file that `written` made; an empty text is an empty table."""
    date, table = '', {}
    for line in text.split('\n'):
        if line.startswith(HEADER):
            date = line.removeprefix(HEADER)
        elif line and not line.startswith('#'):
            module, *words = line.split(' ')
            table[module] = dict(_versions(words))
    return date, table


def _versions(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    go = ''
    for word in words:
        if word.startswith('go'):
            go = word
        else:
            yield word, '' if '-' in word else go


def written(date: str, table: Table) -> str:
    """The file: a module a line, its versions in order, a go line before the first release that has it."""
    lines = [HEADER + date]
    for module in sorted(table):
        words, go = [module], ''
        for version in sorted(table[module], key=order):
            need = table[module][version]
            if need and need != go:
                words.append(need)
                go = need
            words.append(version)
        lines.append(' '.join(words))
    return '\n'.join(lines) + '\n'


# Questions


@functools.cache
def _proxy() -> str:
    """The module proxy that go asks first."""
    setting = subprocess.run(('go', 'env', 'GOPROXY'), cwd='/', capture_output=True, text=True, check=True)
    return setting.stdout.strip().partition(',')[0]


def run(*command: str) -> Answer:
    """Ask a program; what it says on its way out of an error is not wanted."""
    environ = {**os.environ, 'GOFLAGS': '', 'GOWORK': 'off', 'GOTOOLCHAIN': 'local', 'GOSUMDB': 'off'}
    # Not `direct`, which asks the repositories.
    environ['GOPROXY'] = _proxy()
    # A folder without go.mod, so that nothing but the question counts.
    done = subprocess.run(command, cwd='/', env=environ, capture_output=True, text=True, check=False)
    return Answer(done.returncode == 0, tuple(done.stdout.strip('\n').split('\n')))


def listed(module: str) -> set[str] | None:
    """The versions that the proxy lists; None for a module that it does not know."""
    answer = run('go', 'list', '-m', '-versions', '-retracted', ROOT + module)
    return {word for line in answer.lines for word in line.split()[1:]} if answer.known else None


def go_lines(module: str, versions: Sequence[str]) -> dict[str, str]:
    """Version → `go` and the go line of its go.mod, for those that the proxy serves."""
    answer = run(
        'go', 'list', '-e', '-m', '-json=Version,GoMod', *(f'{ROOT}{module}@{version}' for version in versions)
    )
    found, text, decoder = {}, '\n'.join(answer.lines), json.JSONDecoder()
    while text := text.lstrip():
        entry, end = decoder.raw_decode(text)
        text = text[end:]
        # Not its GoVersion: that is left out for what is too new for this Go.
        if 'GoMod' in entry:
            with open(entry['GoMod'], encoding='utf-8') as file:
                need = _gomod.parse_mod(file.read()).go
            found[entry['Version']] = f'go{need}' if need else UNKNOWN_GO
    return found


def asked(old: Table) -> Table:
    """The table as the proxy has it now, with all that it held before."""
    table: Table = {}
    for module in modules():
        versions = listed(module)
        if versions is None and module not in old:
            print(f'{ROOT}{module}: the proxy does not know it: left out', file=sys.stderr)
            continue
        known = {*(versions or ()), *old.get(module, ())}
        real = {version for version in known if VERSION.fullmatch(version) and not PSEUDO.search(version)}
        table[module] = _with_go(module, real, old.get(module, {}))
    return table


def _with_go(module: str, versions: set[str], old: Mapping[str, str]) -> dict[str, str]:
    table = dict.fromkeys(versions, '')
    if module in COMMANDS:
        releases = [version for version in sorted(versions, key=order) if '-' not in version]
        new = [version for version in releases if old.get(version, UNKNOWN_GO) == UNKNOWN_GO]
        found = go_lines(module, new) if new else {}
        table.update({version: found.get(version) or old.get(version) or UNKNOWN_GO for version in releases})
    return table


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser('x_versions', description=(__doc__ or '').partition('\n\n')[0])
    parser.parse_args(argv)
    text = ''
    if os.path.exists(PATH):
        with open(PATH, encoding='utf-8') as file:
            text = file.read()
    date, old = read(text)
    table = asked(old)
    if table != old:
        date = datetime.datetime.now(datetime.timezone.utc).date().isoformat()
    with open(PATH, 'w', encoding='utf-8', newline='\n') as file:
        file.write(written(date, table))
    print(f'{len(table)} modules, {sum(map(len, table.values()))} versions, last changed on {date}')
    return 0


if __name__ == '__main__':
    sys.exit(main())

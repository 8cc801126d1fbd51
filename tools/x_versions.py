"""Make hooks/golang/x-versions.txt: every known version of the golang.org/x modules, as check-x-versions reads it.

Asked is the module proxy, for its lists (`go list -m -versions`), and by name for the few versions that a list goes
past. A version that it knew once stays, since what was published is never taken back. A module some of whose releases
are on no list is marked `?`: hooks/golang/x_versions.py says what that means. The date is that of the last change:
made again from the same answers, it is the same file.

    python -m tools.x_versions
"""

from __future__ import annotations

import argparse
import datetime
import os
import re
import sys
from typing import TYPE_CHECKING, NamedTuple

from hooks.golang import gomod
from tools import _proxy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

PATH = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'hooks', 'golang', 'x-versions.txt')
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
PARTIAL = '?'
# Where a list goes past more, most were never tagged, and nobody asks.
MOST_SKIPPED = 30
VERSION = re.compile(r'v(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?')
PSEUDO = re.compile(r'-(?:.*\.)?\d{14}-[0-9a-f]{12}$')

Versions = dict[str, str]
"""Version → the go line of its go.mod, as `go1.18` ('' where nobody asks)."""


class Table(NamedTuple):
    """Module path below golang.org/x/ → its versions; `partial` are those with a release that the proxy lists not."""

    modules: dict[str, Versions]
    partial: frozenset[str] = frozenset()


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
    date, found, partial = '', {}, set()
    for line in text.split('\n'):
        if line.startswith(HEADER):
            date = line.removeprefix(HEADER)
        elif line and not line.startswith('#'):
            module, *words = line.split(' ')
            if words[:1] == [PARTIAL]:
                words.pop(0)
                partial.add(module)
            found[module] = dict(_versions(words))
    return date, Table(found, frozenset(partial))


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
    for module, versions in sorted(table.modules.items()):
        words, go = [module, *([PARTIAL] if module in table.partial else [])], ''
        for version in sorted(versions, key=order):
            need = versions[version]
            if need and need != go:
                words.append(need)
                go = need
            words.append(version)
        lines.append(' '.join(words))
    return '\n'.join(lines) + '\n'


# Questions


def asked(old: Table) -> Table:
    """The table as the proxy has it now, with all that it held before."""
    found: dict[str, Versions] = {}
    partial: set[str] = set()
    for module in modules():
        listed, before = _proxy.listed(ROOT + module), old.modules.get(module)
        if listed is None and before is None:
            print(f'{ROOT}{module}: the proxy does not know it: left out', file=sys.stderr)
            continue
        real = {v for v in {*(listed or ()), *(before or ())} if VERSION.fullmatch(v) and not PSEUDO.search(v)}
        real |= _unlisted(module, real)
        found[module] = _with_go(module, real, before or {})
        if _is_partial(real, listed, module in old.partial):
            partial.add(module)
    return Table(found, frozenset(partial))


def _unlisted(module: str, versions: Set[str]) -> set[str]:
    """The versions that a list goes past and the proxy serves."""
    skipped = _proxy.skipped(versions)
    if len(skipped) > MOST_SKIPPED:
        print(f'{ROOT}{module}: {len(skipped)} versions skipped: not asked for', file=sys.stderr)
        return set()
    return {str(entry['Version']) for entry in _proxy.served(ROOT + module, skipped)}


def _is_partial(versions: Iterable[str], listed: Set[str] | None, before: bool) -> bool:
    return before if listed is None else any('-' not in version and version not in listed for version in versions)


def _with_go(module: str, versions: Iterable[str], old: Mapping[str, str]) -> Versions:
    table = dict.fromkeys(versions, '')
    if module in COMMANDS:
        releases = [version for version in sorted(table, key=order) if '-' not in version]
        new = [version for version in releases if old.get(version, UNKNOWN_GO) == UNKNOWN_GO]
        found = go_lines(module, new)
        table.update({version: found.get(version) or old.get(version) or UNKNOWN_GO for version in releases})
    return table


def go_lines(module: str, versions: Sequence[str]) -> Versions:
    """Version → `go` and the go line of its go.mod, for those that the proxy serves."""
    # Not the GoVersion of the answer: that is left out for what is too new for this Go.
    needs = {str(e['Version']): gomod.parse_mod(_proxy.go_mod(e)).go for e in _proxy.served(ROOT + module, versions)}
    return {version: f'go{need}' if need else UNKNOWN_GO for version, need in needs.items()}


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
    versions = sum(map(len, table.modules.values()))
    print(f'{len(table.modules)} modules, {versions} versions, last changed on {date}')
    return 0


if __name__ == '__main__':
    sys.exit(main())

"""Commands that a module had once, or is thought to have, and that its newer versions do not contain.

Source: the modules as proxy.golang.org has them, each release asked whether the folder is there, as of 2026-11-30.
"""

from __future__ import annotations

from hooks.golang import versions
from hooks.lean.record import Record


class Dropped(Record):
    """The module, its last release with the command ('' for none), and what is there instead."""

    module: str
    last: str
    instead: str = ''


_TOOLS, _LINTERS = 'golang.org/x/tools', 'honnef.co/go/tools'
_STATICCHECK = f'install `{_LINTERS}/cmd/staticcheck@latest`'
DROPPED = {
    'github.com/golang-migrate/migrate/cmd/migrate': Dropped(
        'github.com/golang-migrate/migrate', '', 'install `github.com/golang-migrate/migrate/v4/cmd/migrate@latest`'
    ),
    f'{_TOOLS}/cmd/getgo': Dropped(_TOOLS, 'v0.18.0'),
    f'{_TOOLS}/cmd/godoc': Dropped(_TOOLS, 'v0.36.0', 'install `golang.org/x/pkgsite/cmd/pkgsite@latest`'),
    f'{_TOOLS}/cmd/gorename': Dropped(_TOOLS, 'v0.25.1', 'use `gopls rename`'),
    f'{_TOOLS}/cmd/guru': Dropped(_TOOLS, 'v0.19.0', 'use `gopls`'),
    f'{_TOOLS}/cmd/vet': Dropped(_TOOLS, '', 'use `go vet`'),
    'google.golang.org/grpc/cmd/protoc-gen-go': Dropped(
        'google.golang.org/grpc', '', 'install `google.golang.org/protobuf/cmd/protoc-gen-go@latest`'
    ),
    f'{_LINTERS}/cmd/keyify': Dropped(_LINTERS, 'v0.4.7'),
    f'{_LINTERS}/cmd/megacheck': Dropped(_LINTERS, 'v0.1.0', _STATICCHECK),
    f'{_LINTERS}/cmd/unused': Dropped(_LINTERS, 'v0.1.0', _STATICCHECK),
}


def find(package: str, query: str) -> Dropped | None:
    """The command that `PACKAGE@QUERY` asks for in vain; None where that version may have it."""
    found = DROPPED.get(package)
    if found is None or query in ('latest', 'upgrade'):
        return found
    release = query.count('.') == 2 and '-' not in query and '+' not in query and query[:1] == 'v'
    if not release or not query[1:].replace('.', '').isdecimal():
        return None
    return found if not found.last or versions.semver(query) > versions.semver(found.last) else None

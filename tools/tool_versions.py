"""Write hooks/golang/tool_table.py: what each version of a tool's module needs of Go, as the module proxy has it.

    python -m tools.tool_versions [--until YYYY-MM-DD] [--also FILE]

Needs Go and the network. Versions published after the date (today's, unless given) are left out, so that the same
date gives the same file. A version that is in the table stays, also where the proxy lists it no longer; of a few tools
what the list skips is asked for by name; `--also` names a file of further `MODULE VERSION` lines, such as a project's
tags that the proxy has and does not list.
"""

from __future__ import annotations

import argparse
import datetime
import os
import re
import sys
from typing import NamedTuple

from hooks.golang import gomod, versions
from tools import _proxy

TABLE = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'hooks', 'golang', 'tool_table.py')
# Module → its commands, as folders below it ('' is the module itself).
TOOLS: dict[str, str] = {
    'github.com/99designs/gqlgen': '.',
    'github.com/a-h/templ': 'cmd/templ',
    'github.com/air-verse/air': '.',
    'github.com/bufbuild/buf': 'cmd/buf cmd/protoc-gen-buf-breaking cmd/protoc-gen-buf-lint',
    'github.com/cosmtrek/air': '.',
    'github.com/deepmap/oapi-codegen': 'cmd/oapi-codegen',
    'github.com/deepmap/oapi-codegen/v2': 'cmd/oapi-codegen',
    'github.com/go-delve/delve': 'cmd/dlv',
    'github.com/go-task/task/v3': 'cmd/task',
    'github.com/golang-migrate/migrate/v4': 'cmd/migrate',
    'github.com/golang/mock': 'mockgen',
    'github.com/golangci/golangci-lint': 'cmd/golangci-lint',
    'github.com/golangci/golangci-lint/v2': 'cmd/golangci-lint',
    'github.com/google/ko': '.',
    'github.com/google/wire': 'cmd/wire',
    'github.com/goreleaser/goreleaser': '.',
    'github.com/goreleaser/goreleaser/v2': '.',
    'github.com/grpc-ecosystem/grpc-gateway': 'protoc-gen-grpc-gateway protoc-gen-swagger',
    'github.com/grpc-ecosystem/grpc-gateway/v2': 'protoc-gen-grpc-gateway protoc-gen-openapiv2',
    'github.com/kyleconroy/sqlc': 'cmd/sqlc',
    'github.com/magefile/mage': '.',
    'github.com/oapi-codegen/oapi-codegen/v2': 'cmd/oapi-codegen',
    'github.com/onsi/ginkgo': 'ginkgo',
    'github.com/onsi/ginkgo/v2': 'ginkgo',
    'github.com/pressly/goose/v3': 'cmd/goose',
    'github.com/sqlc-dev/sqlc': 'cmd/sqlc',
    'github.com/swaggo/swag': 'cmd/swag',
    'github.com/swaggo/swag/v2': 'cmd/swag',
    'github.com/vektra/mockery/v2': '.',
    'github.com/vektra/mockery/v3': '.',
    'go.uber.org/mock': 'mockgen',
    'golang.org/x/tools':
        'cmd/goimports cmd/stringer cmd/deadcode go/analysis/passes/fieldalignment/cmd/fieldalignment',
    'golang.org/x/tools/gopls': '.',
    'golang.org/x/vuln': 'cmd/govulncheck',
    'google.golang.org/grpc/cmd/protoc-gen-go-grpc': '.',
    'google.golang.org/protobuf': 'cmd/protoc-gen-go',
    'entgo.io/ent': 'cmd/ent cmd/entc',
    'gotest.tools/gotestsum': '.',
    'honnef.co/go/tools': 'cmd/staticcheck',
    'mvdan.cc/gofumpt': '.',
    'sigs.k8s.io/controller-tools': 'cmd/controller-gen',
    'sigs.k8s.io/kustomize/kustomize/v4': '.',
    'sigs.k8s.io/kustomize/kustomize/v5': '.',
}  # fmt: skip
# A repository's old name → its new one. The host redirects, so what declares the new path is a version of the old one.
MOVED = {
    'github.com/cosmtrek/air': 'github.com/air-verse/air',
    'github.com/deepmap/oapi-codegen/v2': 'github.com/oapi-codegen/oapi-codegen/v2',
    'github.com/kyleconroy/sqlc': 'github.com/sqlc-dev/sqlc',
}
# Those of which the proxy lists so few that most of what is installed lies between.
SPARSE = frozenset(('entgo.io/ent', 'github.com/google/ko'))


class Version(NamedTuple):
    """A version of a module: what its go.mod says."""

    name: str
    time: str
    need: str


def listed(module: str) -> set[str]:
    """Every version that the proxy lists, and the newest one."""
    latest = re.search(r'"Version": "([^"]+)"', _proxy.go('list', '-m', '-json', f'{module}@latest').out)
    return {*(_proxy.listed(module) or ()), *([latest[1]] if latest else [])}


def released(module: str, names: list[str], until: str) -> list[Version]:
    """What the go.mod of each version says; what is retracted, or not to be had, is left out."""
    return [
        Version(str(each['Version']), str(each.get('Time', '')), need(module, _proxy.go_mod(each)))
        for each in _proxy.served(module, names)
        if 'Retracted' not in each and str(each.get('Time', ''))[:10] <= until
    ]


def ordered(found: list[Version]) -> list[Version]:
    """In semantic order."""
    return sorted(found, key=lambda version: versions.semver(version.name))


def names(module: str, more: dict[str, list[str]]) -> list[str]:
    """The versions to ask for: those listed, those known from elsewhere, and of a sparse list those that it skips."""
    found = {*listed(module), *(word for word in more.get(module, ()) if re.fullmatch(r'v\d\S*', word))}
    return sorted({*found, *(_proxy.skipped(found) if module in SPARSE else ())})


def moved(every: dict[str, list[Version]], module: str) -> list[Version]:
    """The versions that a module got at its new home, of which the old one has no go.mod of its own."""
    new = MOVED.get(module, '')
    own = {version.name for version in every[module]}
    return [v._replace(need=f'={new}') for v in every.get(new, ()) if v.name not in own and not v.need.startswith('=')]


def need(module: str, text: str) -> str:
    """The Go that a go.mod asks for, and what it says that an older Go does not read; `=PATH` for a moved module."""
    mod = gomod.parse_mod(text)
    if mod.module != module:
        return f'={mod.module}'
    newer = [name for name in versions.DIRECTIVES if re.search(rf'^\s*{name}\b', text, re.MULTILINE)]
    return '+'.join([mod.go or '1.16', *newer])


def runs(found: list[Version]) -> str:
    """Versions that need the same, together: `NEED FIRST LAST`, a line each, in semantic order."""
    lines: list[list[str]] = []
    for version in found:
        if lines and lines[-1][0] == version.need:
            lines[-1][2] = version.name
        else:
            lines.append([version.need, version.name, version.name])
    return ''.join(f'{wanted} {first} {last}\n' for wanted, first, last in lines)


def known() -> dict[str, list[str]]:
    """The versions that the table has now."""
    try:
        from hooks.golang import tool_table
    except ImportError:
        return {}
    return {module: text.split() for module, (_, text) in tool_table.TOOLS.items()}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or '').partition('\n')[0])
    parser.add_argument('--until', default=datetime.date.today().isoformat(), metavar='YYYY-MM-DD')
    parser.add_argument('--also', metavar='FILE')
    options = parser.parse_args()
    more = known()
    if options.also:
        with open(options.also, encoding='utf-8') as file:
            for line in file:
                module, version = line.split()
                more.setdefault(module, []).append(version)
    every = {module: released(module, names(module, more), options.until) for module in TOOLS}
    out = [HEAD.format(options.until)]
    for module, commands in sorted(TOOLS.items()):
        found = every[module] + moved(every, module)
        print(f'{module}: {len(found)} versions', file=sys.stderr)
        out.append(f"    {module!r}: (\n        {commands!r},\n        '''\\\n{runs(ordered(found))}''',\n    ),\n")
    with open(TABLE, 'w', encoding='utf-8') as file:
        file.write(''.join(out) + '}  # fmt: skip\n')
    return 0


HEAD = '''\
"""What each version of a tool's module needs of Go. Written by tools/tool_versions.py: run it, don't edit this.

Module → its commands (folders below it, `.` the module itself), and a line `NEED FIRST LAST` for each run of versions,
in semantic order, that need the same: the go line, then `+DIRECTIVE` for what an older Go does not read; `=PATH` where
go.mod declares another path, as that of a module which has moved does.
"""

DATE = '{}'
TOOLS: dict[str, tuple[str, str]] = {{
'''

if __name__ == '__main__':
    sys.exit(main())

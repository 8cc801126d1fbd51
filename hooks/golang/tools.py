"""What a version of a well-known tool needs of Go, from the table in `golang.tool_table`.

A version is asked for as go does it: `v1.2.3`, `v1.2` and `v1` (the newest of them), `latest`. Where the table cannot
say which version that is, or what lies behind its end, nothing is said; nor of one that never existed: it needs no Go.
"""

from __future__ import annotations

from hooks.golang import versions
from hooks.lean.lazy import regex
from hooks.lean.record import Record

_QUERY = regex(r'v[0-9]+(\.[0-9]+){0,2}(-[0-9A-Za-z.-]+)?|latest|upgrade')
_PSEUDO = regex(r'-(?:[0-9A-Za-z.]+\.)?[0-9]{14}-[0-9a-f]{12}$')


class Run(Record):
    """Versions of a module, in semantic order, whose go.mod says the same.

    `go` is its go line; `directives` are those that an older Go does not read; `moved` is the path that it declares
    where that is another module's.
    """

    go: str
    directives: tuple[str, ...]
    moved: str
    first: str
    last: str

    def newest(self, prefix: str) -> str:
        """The newest version with a prefix, '' when it is not known to have one."""
        return next((v for v in (self.last, self.first) if f'{v}.'.startswith(prefix) and '-' not in v), '')


class Tool(Record):
    """A command that was asked for: the module that has it, and which of that module's versions it is.

    `query` is what was asked for: where it is not the version itself, a newer one may be meant by now, which needs no
    less.
    """

    package: str
    query: str
    module: str
    version: str
    run: Run


def find(argument: str) -> Tool | None:
    """`PACKAGE@QUERY` → the tool; None where the table does not know it, or there is no such version."""
    package, _, query = argument.partition('@')
    module = _module(package)
    if not module or not _QUERY.fullmatch(query) or _PSEUDO.search(query):
        return None
    runs = table(module)
    if query.count('.') < 2:
        prefix = 'v' if query in ('latest', 'upgrade') else f'{query}.'
        found = next(((run, v) for run in reversed(runs) if (v := run.newest(prefix))), None)
        return Tool(package, query, module, found[1], found[0]) if found else None
    wanted = versions.semver(query)
    run = next((run for run in runs if versions.semver(run.first) <= wanted <= versions.semver(run.last)), None)
    return Tool(package, query, module, query, run) if run and not _never_existed(package, query) else None


def home(package: str, query: str) -> str:
    """`PACKAGE@QUERY`, of a tool that has moved the newest at its new home."""
    tool = find(f'{package}@{query}')
    moved = tool.run.moved if tool else ''
    return f'{moved}{package[len(tool.module) :]}@latest' if tool and moved else f'{package}@{query}'


def knows(package: str) -> bool:
    """Whether the table knows a package as that of a tool."""
    return bool(_module(package))


def table(module: str) -> list[Run]:
    """The runs of a module's versions, oldest first."""
    from hooks.golang.tool_table import TOOLS

    return [_run(*line.split()) for line in TOOLS[module][1].split('\n') if line] if module in TOOLS else []


def fitting(tool: Tool, go: str, read: int) -> str:
    """The newest version of a tool that a Go is new enough for and can read, as `PACKAGE@VERSION`; '' for none.

    `read` is the minor whose directives it reads. That of a moved module is looked for at its new home, and where none
    of these fits at its old one.
    """
    limit = versions.key(go)
    for module in dict.fromkeys((tool.run.moved or tool.module, tool.module, *_former(tool.module))):
        runs = [run for run in table(module) if not run.moved and '-' not in run.last]
        fits = [run for run in runs if not refused(run, read) and versions.key(run.go) <= limit]
        if fits:
            return f'{module}{tool.package[len(tool.module) :]}@{fits[-1].last}'
    return ''


def _former(module: str) -> list[str]:
    """The paths that a module had before."""
    from hooks.golang.tool_table import TOOLS

    return [path for path, (_, runs) in TOOLS.items() if f'={module} ' in runs]


def refused(run: Run, minor: int) -> str:
    """What a Go of that minor says of a go.mod that it cannot read; '' when it can."""
    if minor < 21 and not versions.is_line(run.go, old=True):
        return f"invalid go version '{run.go}'"
    return next((f'unknown directive: {name}' for name in run.directives if minor < versions.DIRECTIVES[name]), '')


def _never_existed(package: str, version: str) -> bool:
    # Imported late: few tools are of golang.org/x.
    if not package.startswith('golang.org/x/'):
        return False
    from hooks.golang import x_versions

    return x_versions.lack(x_versions.owners(package), version) is not None


def _module(package: str) -> str:
    from hooks.golang.tool_table import TOOLS

    path = package
    while path and path not in TOOLS:
        path = path.rpartition('/')[0]
    command = package[len(path) + 1 :] or '.'
    return path if path and command in TOOLS[path][0].split() else ''


def _run(need: str, first: str, last: str) -> Run:
    go, *directives = need.split('+')
    return Run('', (), need[1:], first, last) if need.startswith('=') else Run(go, tuple(directives), '', first, last)

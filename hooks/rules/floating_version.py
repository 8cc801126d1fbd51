"""A go command names a version that is another one tomorrow (`--pinned`).

go says nothing: `@latest`, `@master` and their like build today, and something else tomorrow.

Option: `--pinned`

Cure: write the version; the message names the newest known one that the image's Go builds.

Bad:

    -- Dockerfile --
    FROM golang:1.23
    RUN go install example.com/cmd/tool@latest
    -- says --
    Dockerfile:2: example.com/cmd/tool@latest names another version tomorrow: write the release that you tested, as in `@v1.2.3`

Good:

    -- Dockerfile --
    FROM golang:1.23
    RUN go install example.com/cmd/tool@v1.2.3

Silent: without the option.
"""

from __future__ import annotations

from hooks.facts.absence import Cause
from hooks.facts.queries import queries
from hooks.golang import x_versions
from hooks.lean.lazy import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hooks.facts.places import At
    from hooks.replay.replayer import Moment
    from hooks.report.finding import Finding

ID = 'floating-version'
FLOATING = frozenset(('latest', 'upgrade', 'patch', 'master', 'main', 'HEAD', 'trunk', 'tip', 'develop', 'dev', 'next'))
PREFIX = regex(r'v\d+(?:\.\d+)?|[<>]=?v.*')


def find(at: At) -> Iterator[Finding]:
    for query in queries(at):
        if query.version in FLOATING or PREFIX.fullmatch(query.version):
            fact, cause = f'{query} names another version tomorrow', Cause('', _cure(at.moment, query.package))
            yield at.finding(ID, fact, cause, ('x', str(at.line), str(query)))


def _cure(moment: Moment, package: str) -> str:
    go, owners = _image_go(moment), x_versions.owners(package)
    known = _newest(package, owners, go)
    if known:
        builds = f' that Go {go} builds' if go and known != _newest(package, owners, '') else ''
        return f'write `{known}`, the newest known{builds}'
    if owners:
        return f'write what `go list -m {owners[0].path}@latest` prints'
    return 'write the release that you tested, as in `@v1.2.3`'


def _newest(package: str, owners: Sequence[x_versions.Module], go: str) -> str:
    """PACKAGE@VERSION of the newest known release, and where Go is known, that it builds; '' where none is known."""
    if owners:
        # What became a module of its own, only to be abandoned, is not in its parent any more.
        newest = x_versions.newest(owners[0], go)
        return newest and f'{package}@{newest}'
    from hooks.golang import tools, versions

    tool = tools.find(f'{package}@latest')
    if tool is None:
        return ''
    fitting = tools.fitting(tool, f'{go}.9999' if go.count('.') == 1 else go, versions.minor(go)) if go else ''
    return fitting or tools.fitting(tool, '1.9999', 9999)


def _image_go(moment: Moment) -> str:
    """The Go that a command has to do with, as in '1.21' or '1.21.3'; '' where it floats or may fetch another."""
    toolchain = moment.call.shell.env.get('GOTOOLCHAIN', 'local') if moment.call else None
    return moment.go if moment.go and moment.go[0].isdigit() and toolchain == 'local' else ''

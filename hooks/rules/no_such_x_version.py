"""A golang.org/x version that never existed.

go says: `invalid version: unknown revision v1.20.0`. The modules of golang.org/x are tagged v0.N.P, all but two of
them; a table knows every version. A version between two known ones that is none never existed; one above the newest
known is never reported.

Cure: write the version that was meant; `--fix` does where that one is known.

Bad:

    -- go.mod --
    module example.com/app

    go 1.23

    require golang.org/x/net v1.20.0
    -- says --
    go.mod:5: golang.org/x/net@v1.20.0: invalid version: unknown revision v1.20.0, since golang.org/x/net never left v0: write `v0.20.0`

Good:

    -- go.mod --
    module example.com/app

    go 1.23

    require golang.org/x/net v0.20.0

Silent: of what `exclude` names, and of what is replaced.
"""

from __future__ import annotations

from hooks.context.paths import in_folder, parent
from hooks.facts.absence import Cause
from hooks.facts.queries import queries
from hooks.golang import x_versions
from hooks.module import requirements
from hooks.report.finding import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hooks.context.index import Repository
    from hooks.facts.places import At
    from hooks.replay.build import Build
    from hooks.replay.shell import Call

ID = 'no-such-x-version'


def find(at: At) -> Iterator[Finding]:
    """In a Dockerfile: what is installed, run or got."""
    for query in queries(at):
        call = query.call
        lack = x_versions.lack(x_versions.owners(query.package), query.version)
        if lack and call.fatal and call.shell.sure and not _may_be_replaced(at.build, call, query.package):
            edit = (str(query), f'{query.package}@{lack.meant}' if lack.meant else '')
            found = at.finding(ID, str(query), Cause(f': {lack.why}', lack.cure), ('x', str(at.line), str(query)))
            yield found._replace(edit=edit)


def in_module(repository: Repository, path: str, text: str) -> Iterator[Finding]:
    """In a go.mod, or in a go.work; `path` is relative to the repository's top."""
    lines, hashes = text.split('\n'), None
    for each in requirements.asked(repository, path, text):
        module = x_versions.module(each.path)
        # A version that stands there in another way (`v0.3`) is a query, which Go resolves.
        if module is None or each.version not in lines[each.line - 1]:
            continue
        lack = x_versions.lack((module,), each.version)
        if lack and not requirements.is_replaced(repository, path, each):
            fact, edit = f'{each.path}@{each.version}', (each.version, lack.meant)
            hashes = _hashes(repository, path) if hashes is None else hashes
            line = hashes.get(fact)
            tidy = f', and run `go mod tidy`, since {go_sum(path)}:{line} holds a hash of it' if line else ''
            yield Finding(path, each.line, ID, fact, lack.cure + tidy, f': {lack.why}', edit=edit)


def left_hashes(repository: Repository, path: str, found: Iterable[Finding]) -> Iterator[Finding]:
    """The hashes that go.sum keeps of versions which a fix has taken out of go.mod."""
    hashes, cure = _hashes(repository, path), f'run `go mod tidy`{in_folder(parent(path))}'
    for fact in dict.fromkeys(finding.fact for finding in found):
        if fact in hashes:
            yield Finding(go_sum(path), hashes[fact], ID, f'a hash of {fact}, which never existed', cure)


def _hashes(repository: Repository, path: str) -> dict[str, int]:
    """MODULE@VERSION → the first line of the go.sum beside a go.mod that holds a hash of it."""
    text = repository.read(go_sum(path)) if path.endswith('go.mod') else None
    found: dict[str, int] = {}
    for number, line in enumerate((text or '').split('\n'), 1):
        name, _, rest = line.partition(' ')
        found.setdefault(f'{name}@{rest.partition(" ")[0].removesuffix("/go.mod")}', number)
    return found


def go_sum(path: str) -> str:
    """The go.sum beside a go.mod."""
    return path.removesuffix('go.mod') + 'go.sum'


def _may_be_replaced(build: Build, call: Call, package: str) -> bool:
    """Whether the module that a `go get` works in replaces what it gets, or could; the others look at no go.mod."""
    if call.command.name in ('install', 'run'):
        return False
    from hooks.context import tree
    from hooks.module import modules

    cwd, view = call.shell.cwd, call.shell.view
    if cwd is None:
        return True
    kind = modules.find_up(view, cwd, 'go.mod')[1].kind
    module = modules.main_module(build.repository, view, cwd)
    if module is None or module.mod is None:
        return kind != tree.ABSENT
    return any(package == each.path or package.startswith(each.path + '/') for each in module.mod.replace)

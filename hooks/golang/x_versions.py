"""Which versions of the golang.org/x modules exist, and what is wrong with one that does not.

The table is x-versions.txt: a module a line, its path below golang.org/x/ first, `?` where the proxy served releases
that it does not list, then the versions in order, each run of them behind the go line of its go.mod (`go1.18`; `go?`
where that is not known; nothing where nobody asked). What Go says of a version is in cmd/go/internal/modfetch
(coderepo.go), what a pseudo-version is in golang.org/x/mod/module.

The table has holes. A proxy need not list all that it serves, nor serve all that was tagged, and what it says of a
version that it does not have is what it says of one that never was. Unsure is silent: a version above the newest known
one or below the oldest, a minor that is not there, any gap of a module whose minors have a hole or whose list is known
to skip releases, a pre-release of v0, and a module that is not in the table.
"""

from __future__ import annotations

import os

from hooks.lean.lazy import regex
from hooks.lean.memo import memo
from hooks.lean.numbers import number
from hooks.lean.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = 'golang.org/x/'
_TABLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'x-versions.txt')
_QUERY = regex(r'v(0|[1-9]\d*)(?:\.(?:0|[1-9]\d*))?')
_RELEASE = regex(r'v(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?')
_PSEUDO = regex(
    r'(?P<start>v(?P<major>\d+)\.(?P<minor>\d+)\.(?P<patch>\d+))-(?:(?P<pre>[^+]*)\.0\.|(?P<next>0\.)|)'
    r'(?P<time>\d{14})-(?P<revision>[0-9A-Za-z]+)(?:\+[0-9A-Za-z.-]+)?'
)
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_REVISION = 12
# They have tags of v1, of which the proxy has a part: no v1 is ever missing, whatever the table holds.
_HAVE_V1 = frozenset((ROOT + 'review', ROOT + 'vuln'))
# Modules of which the proxy has nothing, some of them abandoned: what is below them is not their parent's.
_UNLISTED = frozenset(
    ROOT + name
    for name in (
        'exp/sumdb', 'telemetry/config', 'tools/cmd/auth', 'tools/cmd/getgo', 'tools/cmd/godoc',
        'tools/cmd/gorename', 'tools/cmd/guru', 'tools/expect', 'tools/go/pointer',
    )
)  # fmt: skip


class Module(Record):
    """A module of the table: its whole path, its versions in order, and the go line of each ('' not known).

    `partial` says that the proxy's list is known to skip releases.
    """

    path: str
    versions: tuple[str, ...]
    go: tuple[str, ...]
    partial: bool = False

    @property
    def releases(self) -> tuple[str, ...]:
        """The versions that are no pre-releases, in order."""
        return tuple(version for version in self.versions if '-' not in version)


class Lack(Record):
    """Why there is no such version, in Go's words, and the cure. `meant` is what --fix writes, '' for nothing."""

    why: str
    cure: str
    meant: str = ''


@memo
def _text() -> str:
    with open(_TABLE, encoding='utf-8') as file:
        return file.read()


def date() -> str:
    """The day on which the table was made, as in 2026-11-21."""
    return _text().partition('\n')[0][-10:]


@memo
def module(path: str) -> Module | None:
    """The module of a path; None for one that is not in the table."""
    if not path.startswith(ROOT):
        return None
    text, name = _text(), path[len(ROOT) :]
    start = text.find(f'\n{name} ')
    if start < 0:
        start = text.find(f'\n{name}\n')
    if not name or start < 0:
        return None
    versions, lines, go = [], [], ''
    words = text[start + 1 : text.index('\n', start + 1)].split(' ')[1:]
    partial = words[:1] == ['?']
    for word in words[partial:]:
        if word.startswith('go'):
            go = word[2:].removeprefix('?')
        else:
            versions.append(word)
            lines.append(go)
    return Module(path, tuple(versions), tuple(lines), partial)


def owners(package: str) -> tuple[Module, ...]:
    """The modules that may hold a package, longest path first: Go takes the first that has the version."""
    names = package.removesuffix('/...').split('/')
    paths = ['/'.join(names[:end]) for end in range(len(names), 2, -1)]
    if not _UNLISTED.isdisjoint(paths):
        return ()
    return tuple(found for path in paths if (found := module(path)))


def lack(candidates: Iterable[Module], version: str) -> Lack | None:
    """What is wrong with a version that none of these modules has; None where one may have it."""
    found = [(each, _lack(each, version)) for each in candidates]
    if not found or not all(missing for _, missing in found):
        return None
    # A folder that became a module of its own, only to be abandoned, has no releases: its parent has.
    return next((missing for each, missing in found if each.releases), found[0][1])


def _lack(module: Module, version: str) -> Lack | None:
    if version in module.versions:
        return None
    if pseudo := _PSEUDO.fullmatch(version):
        return _pseudo(module, pseudo.groupdict())
    if query := _QUERY.fullmatch(version):
        known = any(each.startswith(version + '.') for each in module.versions)
        return None if known or not _no_such_major(module, number(query[1])) else _never(module, version, 'no matching')
    match = _RELEASE.fullmatch(version)
    if match is None:
        return None
    # +incompatible makes another version; any other +word says nothing.
    plain = version.partition('+')[0]
    if '+' in version and not version.endswith('+incompatible'):
        return _lack(module, plain)
    if _no_such_major(module, number(match[1])):
        return _never(module, version, 'major' if number(match[1]) > 1 and plain == version else 'revision')
    if match[4] or ((module.versions or module.path in _HAVE_V1) and not _is_gap(module, match[1], number(match[2]))):
        return None
    return _never(module, version, 'revision')


def _no_such_major(module: Module, major: int) -> bool:
    """v1 and above, of a module that never left v0."""
    return major > 0 and module.path not in _HAVE_V1 and not any(each.startswith('v1.') for each in module.versions)


def _is_gap(module: Module, major: str, minor: int) -> bool:
    """Whether a version of this minor that is not known is none: the minor is known, and so is a later one."""
    return major == '0' and _is_whole(module) and minor < _minor(module.releases[-1]) and minor in _minors(module)


def _is_whole(module: Module) -> bool:
    """Whether its minors are known from the lowest to the highest, without a hole, and its list skips nothing known."""
    minors = _minors(module)
    unbroken = len(minors) > 1 and len(minors) == max(minors) - min(minors) + 1
    return unbroken and not module.partial and all(each.startswith('v0.') for each in module.releases)


def _minors(module: Module) -> set[int]:
    return {_minor(version) for version in module.releases}


def _minor(version: str) -> int:
    return number(version.split('.')[1])


def _never(module: Module, version: str, kind: str) -> Lack:
    """A version that was never tagged."""
    numbers = version[1:].partition('-')[0].partition('+')[0].split('.')
    says = {
        'no matching': f'no matching versions for query "{version}"',
        'major': f'version "{version}" invalid: should be v0 or v1, not v{numbers[0]}',
        'revision': f'invalid version: unknown revision {version}',
    }[kind]
    name = module.path
    if not module.releases:
        return Lack(
            f'{says}, since {name} had no releases by {date()}', f'write what `go list -m {name}@latest` prints'
        )
    if not _no_such_major(module, number(numbers[0])):
        why = f'{says}, which was no release by {date()}, when {module.versions[-1]} was out'
        return Lack(why, f'write {_nearest(module, version)}')
    # Above v1 the numbers mean nothing: no version, and the newest release.
    near = f'v0.{numbers[1]}.{numbers[2]}' if numbers[0] == '1' and len(numbers) == 3 else ''
    meant = near if near in module.releases and version[1:] == f'1.{near[3:]}' else ''
    return Lack(f'{says}, since {name} never left v0', f'write {_nearest(module, near)}', meant)


def _nearest(module: Module, version: str) -> str:
    """The releases on both sides of a version; the newest for what is above it or no version."""
    if version in module.releases:
        return f'`{version}`'
    key = _key(version)
    below = [each for each in module.releases if _key(each) < key]
    above = [each for each in module.releases if _key(each) > key]
    if not above or not _is_whole(module) or not _RELEASE.fullmatch(version):
        return f'`{module.releases[-1]}`, the newest known'
    return ' or '.join(f'`{each}`' for each in (*below[-1:], above[0]))


def _key(version: str) -> tuple[tuple[int, int, int], int, tuple[tuple[int, int, str], ...]]:
    # Imported late: most versions exist.
    from hooks.golang.versions import semver

    return semver(version)


def _pseudo(module: Module, parts: dict[str, str]) -> Lack | None:
    """What can be seen of a pseudo-version without its repository: its form, and the tag before it."""
    why = _malformed(parts) or _unfounded(module, parts)
    if why is None:
        return None
    revision = parts['revision'][:_REVISION]
    query = revision if len(revision) >= 7 and _is_hexadecimal(revision) else 'latest'
    return Lack(why, f'write what `go list -m {module.path}@{query}` prints')


def _malformed(parts: dict[str, str]) -> str | None:
    time, revision = parts['time'], parts['revision']
    month, day, hour, minute, second = (int(time[at : at + 2]) for at in range(4, 14, 2))
    if not (1 <= month <= 12 and 1 <= day <= _DAYS[month - 1] and hour < 24 and minute < 60 and second < 60):
        return f'invalid pseudo-version: malformed time "{time}"'
    if number(parts['major']) > 1:
        return f'invalid version: should be v0 or v1, not v{parts["major"]}'
    if len(revision) != _REVISION and _is_hexadecimal(revision):
        than = 'shorter' if len(revision) < _REVISION else 'longer'
        return f'invalid pseudo-version: revision is {than} than canonical'
    return None if _is_hexadecimal(revision) else f'invalid version: unknown revision {revision}'


def _is_hexadecimal(revision: str) -> bool:
    return all(char in '0123456789abcdef' for char in revision)


def _unfounded(module: Module, parts: dict[str, str]) -> str | None:
    """A pseudo-version follows a tag, or is v0.0.0."""
    base, patch = parts['start'], number(parts['patch'])
    if parts['pre']:
        base = f'{base}-{parts["pre"]}'
    elif parts['next']:
        if not patch:
            return 'invalid pseudo-version: version before it would have negative patch number'
        base = f'v{parts["major"]}.{parts["minor"]}.{patch - 1}'
    elif parts['major'] == '1' and base == 'v1.0.0':
        return 'invalid pseudo-version: major version without preceding tag must be v0, not v1'
    elif base == 'v0.0.0':
        return None
    else:
        # Not the form of a pseudo-version: a pre-release, however it looks.
        return None
    return f'invalid pseudo-version: preceding tag ({base}) not found' if _lack(module, base) else None


def newest(module: Module, go: str) -> str:
    """The newest known release, and where Go is known ('1.21', '1.21.3'), the newest whose go line it satisfies.

    '' where none is known for sure.
    """
    from hooks.golang.versions import key

    releases = module.releases
    limit = key(go if go.count('.') > 1 else f'{go}.9999') if go else None
    fit = [v for v, need in zip(module.versions, module.go) if '-' not in v and need and limit and key(need) <= limit]
    found = fit[-1] if fit else releases[-1] if releases else ''
    # In a list with holes the newest that fits may be one that is not listed.
    return found if not go or found in releases[-1:] or _is_whole(module) else ''

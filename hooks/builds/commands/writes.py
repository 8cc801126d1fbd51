"""What a command may make or change in the repository before an image is built."""

from __future__ import annotations

from hooks.builds.declarations import MARK, TOP, join

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# What `writes` says of a command that may write anything.
ANYTHING = ('',)

_NOTHING = frozenset(
    ': [ [[ (( alias apk apt apt-get awk aws az base64 basename break brew cat chmod chown clear cmp command continue'
    ' cosign cut date deactivate declare df diff dig dirname docker-compose doctl du echo exit export expr false file'
    ' flyctl free gcloud gh gofmt goimports golangci-lint govulncheck grep grype hadolint head helm hostname id jobs'
    ' journalctl jq kill kind kubectl let local ls lsof md5sum minikube mktemp nc nproc nslookup open pgrep ping popd'
    ' printf ps psql pwd read readlink readonly realpath return rm rmdir seq set sha256sum shellcheck shift shopt'
    ' sleep sort ss ssh ssh-keyscan stat staticcheck sysctl systemctl tail test tput tr trap trivy true type typeset'
    ' ufw uname uniq unset uuidgen wait wc which whoami xdg-open xxd yq'.split()
)
# The last operand is what they write to, or each is.
_TO_LAST = frozenset(('cp', 'install', 'ln', 'mv', 'rsync', 'scp'))
_EACH = frozenset(('mkdir', 'tee', 'touch', 'truncate'))
# Options of `openssl` whose value is a file that it writes, or one beside which it does.
_OPENSSL = frozenset(('-out', '-keyout', '-CA', '-CAserial', '-writerand'))
_GO_READS = frozenset('clean env fix fmt help install list telemetry test version vet'.split())
# What `go mod` and its likes write, next to go.mod; they lower no go line.
_GO_WRITES = {
    'mod download': ('go.sum',),
    'mod edit': ('go.mod',),
    'mod init': ('go.mod',),
    'mod tidy': ('go.sum',),
    'mod vendor': ('go.sum', 'vendor'),
    'get': ('go.sum',),
    'work': ('go.work', 'go.work.sum', 'vendor'),
}
_GIT_READS = frozenset(
    'add branch config commit describe diff fetch log ls-files remote rev-list rev-parse show status tag push'.split()
)
_DOCKER_READS = frozenset(
    'build buildx compose container context create image images info inspect load login logout logs manifest'
    ' network ps pull push rm rmi save scout start stop system tag version volume'.split()
)


def writes(words: list[str], cwd: str | None, module: str = '') -> tuple[str, ...]:
    """The paths of the repository that a command may make or change, they and all below them.

    `words` has MARK for what is not known. `module` is the last element of the main module's path.
    """
    name, args = words[0].rpartition('/')[2], words[1:]
    operands = [arg for arg in args if not arg.startswith('-')]
    if name in _NOTHING or (name in ('docker', 'podman') and _is_apart(args, operands)):
        return ()
    if name == 'find':
        return ANYTHING if any(arg.startswith(('-exec', '-ok', '-f')) for arg in args) else ()
    if name == 'xargs':
        rest = _behind_options(args)
        return writes([*rest, MARK], cwd, module) if rest else ()
    if name == 'git':
        return () if _reads(operands, _GIT_READS) else ANYTHING
    if name == 'go':
        return _go(args, operands, cwd, module)
    if name in _TO_LAST and not any(arg.startswith(('-t', '--target')) for arg in args):
        return _paths(operands[-1:], cwd)
    if name in _EACH:
        return _paths(operands, cwd)
    if name == 'sed':
        return _paths(operands, cwd) if any(arg.startswith(('-i', '--in-place', '-ni')) for arg in args) else ()
    if name in ('curl', 'wget'):
        return _downloads(args, cwd, name)
    if name == 'openssl':
        return _paths((args[at] for at, arg in enumerate(args[:-1], 1) if arg in _OPENSSL), cwd)
    # A line that ends in CRLF ends in a word of its own.
    return () if name == '\r' else ANYTHING


def _is_apart(args: list[str], operands: list[str]) -> bool:
    """Whether a command of docker leaves the folders of the machine alone."""
    mounts = any(arg.startswith(('-v', '--volume', '--mount')) for arg in args)
    return _reads(operands, _DOCKER_READS) or (operands[:1] == ['run'] and not mounts)


def _behind_options(args: list[str]) -> list[str]:
    """The command of `xargs`."""
    at = 0
    while at < len(args) and args[at].startswith('-'):
        at += 2 if args[at] in ('-I', '-n', '-P', '-d', '-L', '-a', '-s') else 1
    return args[at:]


def _reads(operands: list[str], reading: frozenset[str]) -> bool:
    return bool(operands) and operands[0] in reading


def _go(args: list[str], operands: list[str], cwd: str | None, module: str) -> tuple[str, ...]:
    if any(arg.startswith('-C') for arg in args) or not operands:
        return ANYTHING
    verb = operands[0]
    if verb == 'build':
        completes = any(arg.lstrip('-').startswith('mod=') and arg.endswith('=mod') for arg in args)
        return (*_binary(args[1:], cwd, module), *(_beside(('go.sum',), cwd) if completes else ()))
    if verb in _GO_READS:
        return ()
    if verb == 'mod' and operands[1:2] in (['verify'], ['graph'], ['why']):
        return ()
    # Anything may be generated or run.
    names = _GO_WRITES.get(verb) or _GO_WRITES.get(' '.join(operands[:2]))
    return _beside(names, cwd) if names else ANYTHING


def _beside(names: Iterable[str], cwd: str | None) -> tuple[str, ...]:
    """Files beside go.mod: the module may be one of a folder above."""
    return _paths((f'{up}{name}' for up in ('', '../', '../../') for name in names), cwd)


def _binary(args: list[str], cwd: str | None, module: str) -> tuple[str, ...]:
    """What `go build` writes: the file of `-o`, else one that is called like a package, its folder or the module."""
    for at, arg in enumerate(args):
        if arg.lstrip('-') == 'o':
            return _paths(args[at + 1 : at + 2], cwd)
        if arg.startswith(('-o=', '--o=')):
            return _paths([arg.partition('=')[2]], cwd)
    names = {arg.rstrip('/').rpartition('/')[2].removesuffix('.go') for arg in args} | {module}
    names.add((cwd or '').rpartition('/')[2])
    return _paths(sorted(name for name in names if name.strip('.')), cwd)


def _downloads(args: list[str], cwd: str | None, name: str) -> tuple[str, ...]:
    found, waiting = [], iter(args)
    for arg in waiting:
        if arg in ('-o', '--output', '-O' if name == 'wget' else '-o', '--output-document'):
            found.append(next(waiting, MARK))
        elif arg.startswith(('-o', '--output=', '-O', '--remote-name', '--output-d')) or (
            name == 'wget' and arg[:1] != '-'
        ):
            return ANYTHING
    return _paths(found, cwd)


def redirected(targets: Iterable[str], cwd: str | None) -> tuple[str, ...]:
    """What redirections write to; the files in which a workflow hands on variables lie elsewhere."""
    return _paths((target for target in targets if not target.startswith('/dev/')), cwd)


def _paths(words: Iterable[str], cwd: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_each(words, cwd)))


def _each(words: Iterable[str], cwd: str | None) -> Iterator[str]:
    for word in words:
        known = word.partition(MARK)[0]
        if known != word or '*' in word or '?' in word or '[' in word:
            # The folder in front of what is not known.
            known = known.partition('*')[0].partition('?')[0].partition('[')[0]
            known = known.rpartition('/')[0] + '/' if '/' in known else '.'
            if word.startswith(MARK):
                yield ''
                return
        if cwd is None and not known.startswith(('/', TOP)):
            yield ''
            return
        path = join(cwd or '', known)
        if path is not None:
            yield path

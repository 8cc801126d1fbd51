"""Base images: which of them are known to hold nothing of a project, and the Go that they bring.

Sources: the Dockerfiles of the official images `golang` (ENV, WORKDIR; GOTOOLCHAIN=local since
docker-library/golang#472) and of the distributions; microsoft/go-images and SUSE/BCI-dockerfile-generator, which set
the same; bitnami/containers and CircleCI-Public/cimg-go, which leave GOTOOLCHAIN to Go's own default, `auto`;
devcontainers/images, whose image of Go stands on the official one. OpenShift's builders (openshift-eng/ocp-build-data)
keep to their own Go; of Red Hat's go-toolset it is not known whether it does.
"""

from __future__ import annotations

from hooks.lean.lazy import regex
from hooks.lean.memo import memo
from hooks.lean.numbers import number
from hooks.lean.record import Record
from hooks.replay import systems
from hooks.replay.image import GO, SCRATCH, UNKNOWN_FOLDER, Base, Unknown, Wrote, go_entry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.replay.image import Image

DISTRIBUTIONS = frozenset(
    'alpine debian ubuntu busybox fedora centos rockylinux almalinux oraclelinux amazonlinux archlinux '
    'buildpack-deps'.split()
)
# Go with BoringCrypto had tags like 1.18.5b7.
_TAG = regex(r'(1\.[0-9]{1,9}(?:\.[0-9]{1,9})?(?:(?:rc|beta)[0-9]{1,9})?)(?:b[0-9]+)?')
# Images named golang that are nobody's mirror of the official ones, and of which no more is known.
_OTHERS = frozenset(('projectquay',))
PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
GO_ENV: dict[str, str | None] = {
    'GOPATH': '/go',
    'GOTOOLCHAIN': 'local',
    'GOLANG_VERSION': None,
    'PATH': f'/go/bin:/usr/local/go/bin:{PATH}',
}


_DEVCONTAINERS = ('mcr.microsoft.com/devcontainers/go', 'mcr.microsoft.com/vscode/devcontainers/go')
_OPENSHIFT = ('registry.ci.openshift.org/ocp/builder', 'registry.ci.openshift.org/openshift/release')
_RED_HAT = tuple(
    [
        f'registry.{host}/{system}'
        for host in ('access.redhat.com', 'redhat.io')
        for system in 'ubi7 ubi8 ubi9 rhel8 rhel9'.split()
    ]
)
HUB = ('docker.io', 'index.docker.io', 'registry-1.docker.io')
# Who publishes the official images on Docker Hub: for each architecture, and for all.
OFFICIAL = frozenset(
    'library amd64 arm32v5 arm32v6 arm32v7 arm64v8 i386 mips64le ppc64le riscv64 s390x winamd64'.split()
)
# Where the official images are, and copies of them.
_PLACES = ('', 'library/', 'public.ecr.aws/docker/library/', 'mirror.gcr.io/library/')
# The same systems, for one architecture.
_OF_ONE = frozenset(('amd64/golang', 'arm64v8/golang'))
WINDOWS = ('windowsservercore', 'nanoserver')


class Environment(dict[str, 'str | None']):
    """Variables: those that are not in it are unset."""

    def copy(self) -> Environment:
        return type(self)(self)


class UnknownEnvironment(Environment):
    """Variables on top of those of a base image that nobody knows: what is not in it has an unknown value."""

    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> None:
        return None

    def get(self, name: str, default: object = None) -> str | None:
        return self[name]


class Start(Record):
    """What a stage starts with. `go` is the image's Go, None when that is not known, '' when there is none.

    `plain`: the image is known to have no ENTRYPOINT.
    """

    image: Image
    workdir: str
    env: Environment
    go: str | None
    plain: bool = False


@memo
def start(reference: str | None) -> Start:
    """What FROM gives a stage; `reference` is None when it is not known."""
    if reference == 'scratch':
        return Start(SCRATCH, '', Environment(), '', plain=True)
    path, tag = split(reference or '')
    *registry, name = path.split('/')
    # A shell sets these; a Dockerfile's own instructions do not see them.
    shell: dict[str, str | None] = {'HOME': None, 'PATH': None, 'PWD': None, 'HOSTNAME': None}
    owner, go = registry[-1] if registry else '', go_version(tag)
    if name == 'golang' and owner not in _OTHERS:
        env = Environment({**shell, **_go_env(registry)})
        if any(part in tag for part in WINDOWS):
            # Of its folders nothing is known but that Go is there.
            return Start(Wrote(Unknown(None, base=True), GO, go_entry(go or '')), UNKNOWN_FOLDER, env, go)
        lacks, has, without = _system(path, tag)
        return Start(Base(go or '', lacks, has, without), '/go', env, go, is_official(path))
    if (owner, name) == ('cimg', 'go'):
        env = Environment({**shell, 'GOPATH': '/home/circleci/go', 'GO_VER': None})
        return Start(Base(go or ''), '/home/circleci/project', env, go)
    if (own := _another(path, tag)) is not None:
        return own
    plain = not registry or registry[-1] == 'library' or (len(registry) == 1 and '.' in registry[0])
    if name in DISTRIBUTIONS and plain:
        official = is_official(path, name)
        if not official:
            return Start(Base(''), '', Environment(shell), None)
        shell['PATH'] = PATH
        version, stays = systems.packaged_go(name, tag)
        package = go_entry(version, stays) if version else None
        base = Base('', systems.lacks(name, tag), without=systems.without(name, tag), package=package)
        return Start(base, '', Environment(shell), None, plain=True)
    bare = systems.distroless(path, tag)
    if bare is not None:
        home = '/home/nonroot' if 'nonroot' in tag else ''
        return Start(Base('', bare), home, Environment({**shell, 'SSL_CERT_FILE': None}), None, plain=True)
    return Start(Unknown(None, base=True), UNKNOWN_FOLDER, UnknownEnvironment(), None)


def _another(path: str, tag: str) -> Start | None:
    """Images of Go by other names, which hold nothing of a project, and set none of these but where it is said."""
    workdir, env = UNKNOWN_FOLDER, UnknownEnvironment({'GO111MODULE': '', 'GOFLAGS': '', 'GOWORK': ''})
    if path in _DEVCONTAINERS:
        # Behind the image's own version: `1-1.23-bookworm`.
        first, _, rest = tag.partition('-')
        go = go_version(rest if first.isdecimal() and rest[:2] == '1.' else tag)
        workdir = '/go'
        # Older ones say GO111MODULE=auto.
        env.update({**GO_ENV, 'PATH': None, 'GO111MODULE': 'auto'})
    elif path in _OPENSHIFT and 'golang-1.' in tag:
        go = go_version(tag.partition('golang-')[2])
        env.update({'GOTOOLCHAIN': 'local', 'GOFLAGS': '-mod=vendor' if path.endswith('/builder') else None})
    elif path.startswith(_RED_HAT) and path.endswith('/go-toolset'):
        go = go_version(tag)
        workdir = '/opt/app-root/src'
    else:
        return None
    return Start(Base(go or ''), workdir, env, go)


def is_official(path: str, name: str = 'golang') -> bool:
    """Whether it is the official image of a name, or a copy of it with its own tags."""
    registry, _, rest = path.partition('/')
    return (rest if registry in HUB else path) in (f'{place}{name}' for place in _PLACES)


def _system(path: str, tag: str) -> tuple[frozenset[str], ...]:
    """What an image of Go lacks, what it has, and the programs that it is without, as far as that is known."""
    each = (systems.lacks, systems.has, systems.without)
    known = is_official(path) or path in _OF_ONE
    return tuple([of('golang', tag) if known else frozenset() for of in each])


def _go_env(registry: list[str]) -> dict[str, str | None]:
    """What an image named golang sets; of somebody's own on Docker Hub, which is no mirror, not all is known."""
    owner = registry[-1] if registry else ''
    if owner.startswith('bitnami'):
        return {'GOPATH': '/go'}
    hub = registry[1:] if registry[:1] and registry[0] in HUB else registry
    own = (
        len(hub) == 1 and hub[0] not in OFFICIAL and not any(char in hub[0] for char in '.:') and hub[0] != 'localhost'
    )
    return {**GO_ENV, 'GOTOOLCHAIN': None} if own else GO_ENV


def split(reference: str) -> tuple[str, str]:
    """An image reference → its path with the registry, and its tag ('' when there is none)."""
    name, at, _ = reference.partition('@')
    head, slash, last = name.rpartition('/')
    last, _, tag = last.partition(':')
    return head + slash + last, tag if tag or not at else 'digest'


def go_version(tag: str) -> str | None:
    """The Go that a tag of `golang` names: '1.21', '1.21.3'; 'latest' where it floats, None when nobody knows."""
    version = tag.partition('-')[0]
    if tag in ('', 'latest') or version == '1' or version.startswith('alpine'):
        return 'latest'
    if version.isalpha():
        return None if version in ('digest', 'tip', 'oldstable') else 'latest'
    numbers = version.split('.')
    if numbers[0] == '1' and 1 < len(numbers) < 4 and all(map(_is_number, numbers)):
        return version
    match = _TAG.fullmatch(version) if version.startswith('1.') else None
    return match[1] if match else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


@memo
def minor(version: str | None) -> int | None:
    """The minor number of a Go version; a floating one counts as newer than any."""
    if version == 'latest':
        return 9999
    digits = (version or '').split('.')[1:2]
    line = digits[0].partition('rc')[0].partition('beta')[0] if digits else ''
    return number(line) if line.isdecimal() else None

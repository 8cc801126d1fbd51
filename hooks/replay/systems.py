"""What base images hold of a system, and what they come without: C libraries, a shell, programs, time zones.

Sources: the Dockerfiles of the official images `golang` (the Alpine variant installs ca-certificates and nothing else;
Debian's stands on buildpack-deps:scm, and brings git, make, gcc, curl and wget) and `busybox` (one variant for each C
library, and the default has changed); the packages of GoogleContainerTools/distroless, none of which is a shell or, in
static, a C library. Debian's own images hold the packages that are essential or required, and apt; Alpine's busybox,
apk and libraries.
"""

from __future__ import annotations

# The loaders that a program asks for which is linked to a C library, on amd64 and on arm64.
LOADERS = {
    'glibc': ('/lib64/ld-linux-x86-64.so.2', '/lib/ld-linux-aarch64.so.1'),
    'musl': ('/lib/ld-musl-x86_64.so.1', '/lib/ld-musl-aarch64.so.1'),
}
GCC = '/usr/bin/gcc'
# Where programs are looked for.
FOLDERS = ('/bin', '/usr/bin', '/usr/local/bin')


def _everywhere(*names: str) -> frozenset[str]:
    return frozenset(f'{folder}/{name}' for folder in FOLDERS for name in names)


SHELLS = _everywhere('sh', 'bash', 'ash', 'dash')
# What checks the health of a container, and no image brings: what most images lack.
PROBES = frozenset(('grpc_health_probe', 'grpc-health-probe'))
TOOLS = _everywhere('curl', 'wget', *PROBES)
# Where go looks for time zones, besides ZONEINFO.
ZONES = frozenset(
    f'/{path}' for path in 'usr/share/zoneinfo usr/share/lib/zoneinfo usr/lib/locale/TZ etc/zoneinfo'.split()
)
GOROOT_ZONES = '/usr/local/go/lib/time/zoneinfo.zip'
# Programs that nobody finds in an image of Debian or Alpine, whatever the release, without installing them.
_NOWHERE = frozenset('clang cmake dnf jq microdnf node npm protoc rsync sudo upx yum zip'.split())
# Nor does any image of these bring what is written in Go and installed by go: its name, and the package that it is.
GO_TOOLS = {
    path.removesuffix('/v2').removesuffix('/v4').rpartition('/')[2]: path
    for path in (
        'connectrpc.com/connect/cmd/protoc-gen-connect-go github.com/99designs/gqlgen github.com/a-h/templ/cmd/templ '
        'github.com/air-verse/air github.com/bufbuild/buf/cmd/buf github.com/cespare/reflex '
        'github.com/githubnemo/CompileDaemon github.com/go-delve/delve/cmd/dlv '
        'github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen github.com/go-bindata/go-bindata/v3/go-bindata '
        'github.com/go-swagger/go-swagger/cmd/swagger github.com/gobuffalo/packr/v2/packr2 '
        'github.com/jstemmer/go-junit-report/v2 github.com/mailru/easyjson/easyjson '
        'github.com/markbates/pkger/cmd/pkger github.com/mitchellh/gox github.com/rakyll/statik '
        'github.com/volatiletech/sqlboiler/v4 mvdan.cc/gofumpt '
        'github.com/go-task/task/v3/cmd/task github.com/golang-migrate/migrate/v4/cmd/migrate '
        'github.com/golangci/golangci-lint/v2/cmd/golangci-lint github.com/google/wire/cmd/wire '
        'github.com/goreleaser/goreleaser/v2 github.com/magefile/mage github.com/onsi/ginkgo/v2/ginkgo '
        'github.com/pilu/fresh github.com/pressly/goose/v3/cmd/goose github.com/sqlc-dev/sqlc/cmd/sqlc '
        'github.com/swaggo/swag/cmd/swag github.com/vektra/mockery/v2 go.uber.org/mock/mockgen '
        'golang.org/x/lint/golint golang.org/x/tools/cmd/goimports golang.org/x/tools/cmd/stringer '
        'google.golang.org/grpc/cmd/protoc-gen-go-grpc google.golang.org/protobuf/cmd/protoc-gen-go '
        'gotest.tools/gotestsum honnef.co/go/tools/cmd/staticcheck sigs.k8s.io/controller-tools/cmd/controller-gen'
    ).split()
}
_TOOLS = frozenset(GO_TOOLS)
# What bash does itself, and neither dash nor busybox does; nor is there a program of that name.
OF_BASH = frozenset('pushd popd shopt'.split())
_NOWHERE |= OF_BASH
_BARE = _NOWHERE | _TOOLS | frozenset('cc curl g++ gcc git go make ssh'.split())
_OF_DEBIAN = _NOWHERE | _TOOLS | {'apk', 'unzip'}
_OF_ALPINE = frozenset('apt apt-get bash gpg groupadd perl pip pip3 pkg-config python python3 useradd usermod'.split())
# All of these.
WATCHED = _BARE | _OF_DEBIAN | _OF_ALPINE | {'wget'}
# Before Go 1.21 a Go fetches no other; from then on Alpine's is set to GOTOOLCHAIN=local, and Debian's, which is
# Ubuntu's, is not: go.env in its golang-1.22-go, golang-1.23-go and golang-1.24-go says `auto`.
_PACKAGED_GO = {
    **{f'alpine:3.{release}': f'1.{release + 2}' for release in range(14, 24)},
    **dict.fromkeys(('debian:12', 'debian:bookworm'), '1.19'),
    **dict.fromkeys(('debian:13', 'debian:trixie'), '1.24'),
    **dict.fromkeys(('ubuntu:22.04', 'ubuntu:jammy'), '1.18'),
    **dict.fromkeys(('ubuntu:24.04', 'ubuntu:noble'), '1.22'),
}
_UBUNTU = frozenset(('', 'latest', 'bionic', 'focal', 'jammy', 'noble', 'rolling', 'devel'))
_GLIBC, _MUSL = frozenset(LOADERS['glibc']), frozenset(LOADERS['musl'])
_DEBIAN = frozenset(('debian', 'ubuntu', 'buildpack-deps'))
_DISTROLESS = 'gcr.io/distroless/'
_RELEASES = ('', '-debian10', '-debian11', '-debian12', '-debian13')


def libc(name: str, tag: str) -> str:
    """The C library of the image of a distribution, or of Go on top of one; '' where it is not known."""
    if name == 'busybox':
        return next((each for each in ('glibc', 'musl', 'uclibc') if each in tag), '')
    if name == 'alpine' or (name == 'golang' and 'alpine' in tag):
        return 'musl'
    return 'glibc' if name in _DEBIAN or (name == 'golang' and 'windows' not in tag and 'nanoserver' not in tag) else ''


def lacks(name: str, tag: str) -> frozenset[str]:
    """What such an image comes without."""
    own = libc(name, tag)
    foreign = frozenset().union(*(LOADERS[each] for each in LOADERS if each != own)) if own else frozenset()
    zones = ZONES if own == 'musl' or name == 'busybox' else frozenset()
    goroot = frozenset((GOROOT_ZONES,)) if zones and name != 'golang' else frozenset()
    return foreign | zones | goroot


def without(name: str, tag: str) -> frozenset[str]:
    """The programs, by name, that the official image of a distribution, or of Go on top of one, comes without."""
    if name == 'alpine' or (name == 'golang' and 'alpine' in tag):
        return (_BARE | _OF_ALPINE | PROBES) - ({'go'} if name == 'golang' else set())
    if name == 'golang':
        return _OF_DEBIAN | PROBES if tag != 'digest' else frozenset()
    if name == 'debian' or (name == 'ubuntu' and _is_known_ubuntu(tag)):
        return _BARE | _OF_DEBIAN | PROBES | {'wget'}
    return PROBES | {'curl'} if name == 'busybox' else frozenset()


def packaged_go(name: str, tag: str) -> tuple[str, bool]:
    """The Go among a release's packages, and whether it is set to fetch no newer one; '' where that is not known."""
    release = tag.partition('-')[0]
    if name == 'alpine':
        release = '.'.join(release.split('.')[:2])
    elif name == 'debian':
        release = release.partition('.')[0]
    version = _PACKAGED_GO.get(f'{name}:{release}', '')
    return version, name == 'alpine'


def _is_known_ubuntu(tag: str) -> bool:
    """Whether it is a release of which that is known: older ones brought more."""
    return tag.partition('-')[0] in _UBUNTU or (tag[:2].isdecimal() and int(tag[:2]) >= 18)


def has(name: str, tag: str) -> frozenset[str]:
    """The compiler that it comes with."""
    return frozenset((GCC,)) if name == 'golang' and libc(name, tag) == 'glibc' else frozenset()


def distroless(path: str, tag: str) -> frozenset[str] | None:
    """What a distroless image comes without; None for another image, and for those with more in them."""
    kind, dash, release = path.removeprefix(_DISTROLESS).partition('-debian')
    if not path.startswith(_DISTROLESS) or f'{dash}{release}' not in _RELEASES or 'debug' in tag:
        return None
    if kind == 'static':
        return SHELLS | TOOLS | _GLIBC | _MUSL
    return SHELLS | TOOLS | _MUSL if kind in ('base', 'base-nossl', 'cc') else None


# The glibc of a release: of Debian, by name and by number; of Ubuntu, and of Red Hat's and what is made of it.
_GLIBCS = {
    'debian': {
        **dict.fromkeys(('stretch', '9'), 24), **dict.fromkeys(('buster', '10'), 28),
        **dict.fromkeys(('bullseye', '11'), 31), **dict.fromkeys(('bookworm', '12'), 36),
        **dict.fromkeys(('trixie', '13'), 41),
    },
    'ubuntu': {
        **dict.fromkeys(('xenial', '16.04'), 23), **dict.fromkeys(('bionic', '18.04'), 27),
        **dict.fromkeys(('focal', '20.04'), 31), **dict.fromkeys(('jammy', '22.04'), 35),
        **dict.fromkeys(('noble', '24.04'), 39),
    },
    'amazonlinux': {'2': 26},
    **{name: {'7': 17, '8': 28} for name in ('centos', 'oraclelinux', 'rockylinux', 'almalinux')},
}  # fmt: skip
# From Go 1.21 on the image of Go stands on Debian 12 or newer, where its tag names no other.
_SINCE_BOOKWORM = 21


def glibc(name: str, tag: str, minor: int = 0) -> int:
    """The minor number of the glibc of such an image, or the least that it is; 0 where it is not known.

    `minor` is the Go of an image of Go.
    """
    release, *rest = tag.split('-')
    if name == 'golang':
        named = next((_GLIBCS['debian'][each] for each in rest if each in _GLIBCS['debian']), 0)
        return named or (36 if minor >= _SINCE_BOOKWORM and not rest else 0)
    versions = _GLIBCS.get(name, {})
    short = release if name == 'ubuntu' else release.partition('.')[0]
    return versions.get(short, 0)


def distroless_glibc(path: str, tag: str) -> int:
    """The same for a distroless image with a C library."""
    kind, _, release = path.removeprefix(_DISTROLESS).partition('-debian')
    return _GLIBCS['debian'].get(release, 0) if distroless(path, tag) and kind != 'static' else 0

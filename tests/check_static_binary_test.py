"""The whole hook, on small repositories: what it says, word for word, and what it is silent about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest

from hooks.check_static_binary import NAMES, main, rules
from tests.cases import CASES, Case, Link

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.conftest import MakeRepository, RunHook

MOD = 'module example.com/app\n\ngo 1.21\n'
NET = 'package main\n\nimport _ "net/http"\n\nfunc main() {}\n'
FMT = NET.replace('net/http', 'fmt')
TREE = {'go.mod': MOD, 'main.go': NET, 'cmd/api/main.go': NET, 'lib/lib.go': 'package lib\n'}
STATIC = 'CGO_ENABLED=0 go build -o app .'
COMPOSE_ZONES = """services:
  app:
    build: .
    volumes:
    - /usr/share/zoneinfo:/usr/share/zoneinfo:ro
"""
COPY = 'COPY --from=build /src/app /app\n'
START = f'{COPY}CMD ["/app"]\n'


def build(run: str = 'go build -o app .', base: str = 'golang:1.26', before: str = '') -> str:
    """A stage whose last line, the fourth and more, is a RUN."""
    return f'FROM {base} AS build\nWORKDIR /src\nCOPY . .\n{before}RUN {run}\n'


class Say(Protocol):
    """What is said of a Dockerfile, line by line."""

    def __call__(self, dockerfile: str, files: Mapping[str, str] = TREE) -> list[str]: ...


@pytest.fixture
def said(repo: MakeRepository, run: RunHook) -> Say:
    def said(dockerfile: str, files: Mapping[str, str] = TREE) -> list[str]:
        repo({**files, 'Dockerfile': dockerfile})
        return run(main, 'Dockerfile').out.splitlines()

    return said


@pytest.mark.parametrize('case', CASES, ids=[case.name for case in CASES])
def test_the_table_of_cases(case: Case, repo: MakeRepository, run: RunHook) -> None:
    repo({path: text for path, text in case.files.items() if not isinstance(text, Link) and path not in case.untracked})
    outcome = run(main, case.dockerfile)
    found = sorted(':'.join(line.split(':')[:2]) for line in outcome.out.splitlines())
    assert found == sorted(case.findings('check-static-binary'))


ROOTFS = 'FROM alpine AS root\nRUN mkdir /rootfs && {}\nFROM scratch\nCOPY --from=root /rootfs /\nCMD sleep 9\n'


def test_a_shell_in_another_root(said: Say) -> None:
    assert said(ROOTFS.format('apk --root /rootfs --initdb add busybox')) == []
    assert said(ROOTFS.format('apk add -p /rootfs busybox')) == []
    assert [line[:13] for line in said(ROOTFS.format('apk add git'))] == ['Dockerfile:5:']


# A loader

SAYS = 'exec /app: no such file or directory when the container starts, since line 4 links it to'
NET_3 = 'main.go:3 imports net/http'


@pytest.mark.parametrize(
    ('dockerfile', 'line', 'message'),
    [
        pytest.param(
            build() + 'FROM alpine:3.21\n' + START,
            6,
            f'glibc (golang:1.26 has cgo on, {NET_3}) and alpine:3.21 has another C library: set `CGO_ENABLED=0` for '
            'line 4, or build from `golang:1.26-alpine`',
            id='alpine',
        ),
        pytest.param(
            build(base='golang:1.22-bookworm') + 'FROM scratch\n' + START,
            6,
            f'glibc (golang:1.22-bookworm has cgo on, {NET_3}) and scratch has no C library: set `CGO_ENABLED=0` for '
            'line 4',
            id='scratch',
        ),
        pytest.param(
            build('apk add build-base && CGO_ENABLED=1 go build -o app .', 'golang:1.26-alpine')
            + 'FROM debian:bookworm-slim\n'
            + START,
            6,
            f'musl (golang:1.26-alpine has cgo on, {NET_3}) and debian:bookworm-slim has another C library: set '
            '`CGO_ENABLED=0` for line 4, or build from `golang:1.26`',
            id='musl on debian',
        ),
        pytest.param(
            build('apk add gcc musl-dev && go build -o app .', 'golang:alpine') + 'FROM scratch\n' + START,
            6,
            f'musl (golang:alpine has cgo on, {NET_3}) and scratch has no C library: set `CGO_ENABLED=0` for line 4',
            id='a compiler on alpine turns cgo on',
        ),
        pytest.param(
            build('go build -buildmode=pie -o app ./cmd/api') + 'FROM gcr.io/distroless/static:nonroot\n' + START,
            6,
            'glibc (golang:1.26 has cgo on, cmd/api/main.go:3 imports net/http) and gcr.io/distroless/static:nonroot '
            'has no C library: set `CGO_ENABLED=0` for line 4',
            id='distroless/static',
        ),
        pytest.param(
            build() + 'FROM busybox:musl\nCOPY main.go /\n' + COPY + 'ENTRYPOINT ./../app --port 80\n',
            7,
            f'glibc (golang:1.26 has cgo on, {NET_3}) and busybox:musl has another C library: set `CGO_ENABLED=0` for '
            'line 4, or build from `golang:1.26-alpine`',
            id='in shell form, behind another COPY',
        ),
        pytest.param(
            build() + 'FROM alpine\nRUN apk add tini\n' + COPY + 'ENTRYPOINT ["tini", "--"]\nCMD ["/app"]\n',
            7,
            f'glibc (golang:1.26 has cgo on, {NET_3}) and alpine has another C library: set `CGO_ENABLED=0` for line '
            '4, or build from `golang:1.26-alpine`',
            id='behind an init',
        ),
        pytest.param(
            build(
                'go build -ldflags "-s -w -X main.version=${VERSION} -X \'main.at=$(date)\'" -o app .',
                before='ARG VERSION\n',
            )
            + 'FROM scratch\n'
            + START,
            7,
            f'glibc (golang:1.26 has cgo on, {NET_3}) and scratch has no C library: set `CGO_ENABLED=0` for line 5',
            id='a version that nobody knows',
        ),
    ],
)
def test_a_loader_that_the_image_lacks(said: Say, dockerfile: str, line: int, message: str) -> None:
    says = SAYS if line != 7 or 'line 5' not in message else SAYS.replace('line 4', 'line 5')
    says = (
        says.replace('exec /app: no such file or directory', './../app: not found') if './../' in dockerfile else says
    )
    assert said(dockerfile) == [f'Dockerfile:{line}: {says} {message}']


OF_DEBIAN = (
    'FROM golang:{}\nWORKDIR /src\nCOPY . .\nRUN {}go build -o /server .\nFROM {}\nCOPY --from=0 /server /server\n{}'
)


@pytest.mark.parametrize(
    ('golang', 'base', 'cure'),
    [
        pytest.param('1.24', 'debian:bullseye-slim', 'start from `debian:bookworm-slim`', id='Debian by name'),
        pytest.param('latest', 'debian:11.6', 'start from `debian:bookworm`', id='Debian by number'),
        pytest.param('1.23.4-bookworm', 'ubuntu:20.04', 'start from `ubuntu:22.04`', id='Ubuntu'),
        pytest.param('1.25-trixie', 'gcr.io/distroless/base-debian11:nonroot',
                     'start from `gcr.io/distroless/base-debian12:nonroot`', id='distroless'),
        pytest.param('1.22', 'rockylinux:8', 'start from a newer image', id="one that is made of Red Hat's"),
    ],
)  # fmt: skip
def test_an_older_glibc(said: Say, golang: str, base: str, cure: str) -> None:
    text = OF_DEBIAN.format(golang, '', base, 'ENTRYPOINT ["/server"]\n')
    line, *more = said(text)
    assert line.startswith(
        'Dockerfile:6: GLIBC_2.34 not found (required by /server) when the container starts, since line 4'
    )
    assert not more
    assert cure in line


@pytest.mark.parametrize(
    ('golang', 'env', 'base', 'steps'),
    [
        pytest.param('1.24-bullseye', '', 'debian:bullseye-slim', '', id='the same'),
        pytest.param('1.20', '', 'debian:bullseye', '', id='a Go that came with either'),
        pytest.param('1.24-bookworm', '', 'ubuntu:22.04', '', id='new enough'),
        pytest.param('1.24', '', 'debian:stable', '', id='a name that moves'),
        pytest.param('1.24', 'CGO_ENABLED=0 ', 'debian:11', '', id='without cgo'),
        pytest.param('1.24', '', 'debian:11', 'COPY --from=0 /lib /lib\n', id='a library is copied'),
        pytest.param('1.24', '', 'debian:11', 'ENV LD_LIBRARY_PATH=/glibc\n', id='one in another folder'),
        pytest.param('1.24', '', 'registry.example/debian:11', '', id='an image of somebody'),
    ],
)
def test_a_glibc_that_is_new_enough(said: Say, golang: str, env: str, base: str, steps: str) -> None:
    assert said(OF_DEBIAN.format(golang, env, base, f'{steps}ENTRYPOINT ["/server"]\n')) == []


def test_a_program_that_is_c_itself(said: Say) -> None:
    files = {**TREE, 'main.go': 'package main\n\nimport "C"\n\nfunc main() {}\n'}
    static = 'link it statically (`-ldflags \'-linkmode external -extldflags "-static"\'`), or'
    assert said(build() + 'FROM alpine\n' + START, files)[0].endswith(f'{static} build from `golang:1.26-alpine`')
    assert said(build() + 'FROM scratch\n' + START, files)[0].endswith(f'{static} start from an image with glibc')


@pytest.mark.parametrize(
    ('module', 'named'),
    [('github.com/gin-gonic/gin', True), ('github.com/mattn/go-sqlite3', True), ('example.com/dep', False)],
)
def test_a_module_whose_imports_are_known(said: Say, module: str, named: bool) -> None:
    files = {'go.mod': f'{MOD}\nrequire {module} v1.0.0\n', 'main.go': FMT.replace('"fmt"', f'"{module}"')}
    assert [f'main.go:3 imports {module}' in line for line in said(build() + 'FROM scratch\n' + START, files)] == (
        [True] if named else []
    )


@pytest.mark.parametrize(
    'dockerfile',
    [
        pytest.param(build('CGO_ENABLED=0 go build -o app .') + 'FROM scratch\n' + START, id='cgo is off'),
        pytest.param(build(before='ENV CGO_ENABLED=0\n') + 'FROM scratch\n' + START, id='by ENV'),
        pytest.param(build(before='ARG CGO_ENABLED\n') + 'FROM scratch\n' + START, id='by an ARG without a value'),
        pytest.param(build(base='golang:1.26-alpine') + 'FROM scratch\n' + START, id='no compiler on alpine'),
        pytest.param(
            build('CGO_ENABLED=1 go build -o app .', 'golang:1.26-alpine') + 'FROM scratch\n' + START,
            id='cgo without a compiler, which fails',
        ),
        pytest.param(build(base='example.com/golang:1.26') + 'FROM scratch\n' + START, id="a team's own golang"),
        pytest.param(build() + 'FROM debian:bookworm-slim\n' + START, id='glibc on glibc'),
        pytest.param(build() + 'FROM gcr.io/distroless/base-debian12\n' + START, id='distroless/base has glibc'),
        pytest.param(build() + 'FROM busybox\n' + START, id='busybox of any C library'),
        pytest.param(build() + 'FROM example.com/alpine\n' + START, id='an image that nobody knows'),
        pytest.param(build() + 'FROM alpine\nRUN apk add gcompat\n' + START, id='gcompat'),
        pytest.param(build() + 'FROM alpine\nRUN apk add --no-cache libc6-compat\n' + START, id='libc6-compat'),
        pytest.param(
            build()
            + 'FROM alpine\nRUN mkdir /lib64 && ln -s /lib/libc.musl-x86_64.so.1 /lib64/ld-linux-x86-64.so.2\n'
            + START,
            id='a link in place of the loader',
        ),
        pytest.param(
            build() + 'FROM scratch\nCOPY --from=build /lib64 /lib64\nCOPY --from=build /lib /lib\n' + START,
            id='a loader is copied',
        ),
        pytest.param(
            build('go build -ldflags "$FLAGS" -o app .', before='ARG FLAGS\n') + 'FROM scratch\n' + START,
            id='flags of the linker',
        ),
        pytest.param(
            build('go build $FLAGS -o app .', before='ARG FLAGS\n') + 'FROM scratch\n' + START, id='any flags'
        ),
        pytest.param(build('CC=musl-gcc go build -o app .') + 'FROM scratch\n' + START, id='a compiler of its own'),
        pytest.param(build('GOARCH=arm64 go build -o app .') + 'FROM scratch\n' + START, id='cross-compiled'),
        pytest.param(build('GOARCH=amd64 go build -o app .') + 'FROM scratch\n' + START, id='on another machine'),
        pytest.param(
            build(before='ARG TARGETARCH\nENV GOARCH=$TARGETARCH\n') + 'FROM scratch\n' + START, id='perhaps so'
        ),
        pytest.param(build('go build -o app . || true') + 'FROM scratch\n' + START, id='a build that may fail'),
        pytest.param(build('make app') + 'FROM scratch\n' + START, id='built by make'),
        pytest.param(
            build('apt-get purge -y gcc && go build -o app .') + 'FROM scratch\n' + START, id='gcc is taken away'
        ),
        pytest.param(build() + 'FROM alpine\n' + COPY + 'CMD ["/bin/sh"]\n', id='it is not what starts'),
        pytest.param(build() + 'FROM alpine\n' + COPY + 'CMD ["sh", "-c", "sleep 9"]\n', id='a shell starts'),
    ],
)
def test_it_is_silent(said: Say, dockerfile: str) -> None:
    assert said(dockerfile) == []


def test_a_program_of_a_workspace(said: Say) -> None:
    files = {'go.work': 'go 1.21\n\nuse ./api\n', 'api/go.mod': MOD, 'api/cmd/api/main.go': NET}
    found = said(build('go build -o app ./api/cmd/api') + 'FROM scratch\n' + START, files)
    assert ['api/cmd/api/main.go:3 imports net/http' in line for line in found] == [True]


def test_a_program_without_net(said: Say) -> None:
    assert said(build() + 'FROM scratch\n' + START, {'go.mod': MOD, 'main.go': FMT}) == []


# The path

PATH = 'FROM alpine:3.21\n'


@pytest.mark.parametrize(
    ('dockerfile', 'message'),
    [
        pytest.param(
            build('CGO_ENABLED=0 go build -o app .') + 'FROM scratch\n' + COPY + 'ENTRYPOINT ["/server"]\n',
            '7: exec: "/server": stat /server: no such file or directory when the container starts, since the program '
            'is at /app: write `/app`',
            id='another name',
        ),
        pytest.param(
            build('CGO_ENABLED=0 go build -o bin/ ./cmd/...') + 'FROM alpine\nCOPY --from=build /src/bin /\nCMD /app\n',
            '7: /app: not found when the container starts, since the program is at /api: write `/api`',
            id='named like its folder, in shell form',
        ),
        pytest.param(
            build('CGO_ENABLED=0 go build -o app .')
            + 'FROM alpine\nWORKDIR /app\nCOPY --from=build /src/app .\nCMD ["/app"]\n',
            '8: exec: "/app": permission denied when the container starts, since /app is a folder, and the program is '
            'at /app/app: write `/app/app`',
            id='the folder that it is in',
        ),
        pytest.param(
            build('CGO_ENABLED=0 go build -o app .')
            + 'FROM alpine\nWORKDIR /srv\nCOPY --from=build /src/app /app\nCMD ["./app"]\n',
            '8: exec: "./app": stat ./app: no such file or directory when the container starts, since the program is '
            'at /app: write `/app`',
            id='relative to the working folder',
        ),
        pytest.param(
            'FROM golang:1.26\nWORKDIR /src\nCOPY . .\nRUN go build -o /out/app .\nCMD ["/src/app"]\n',
            '5: exec: "/src/app": stat /src/app: no such file or directory when the container starts, since the '
            'program is at /out/app: write `/out/app`',
            id='in one stage',
        ),
        pytest.param(
            build('CGO_ENABLED=0 go build -o app .')
            + 'FROM alpine\nWORKDIR /app\nCOPY --from=build /src/app .\nCOPY docker ./\nENTRYPOINT ["/run.sh"]\n',
            '9: exec: "/run.sh": stat /run.sh: no such file or directory when the container starts, since run.sh is at '
            '/app/run.sh: write `/app/run.sh`',
            id='a script',
        ),
        pytest.param(
            build('go build -o /bin/api ./cmd/api && go build -o /bin/app .')
            + 'FROM alpine\nWORKDIR /srv\nCOPY --from=build /src /srv\nCMD ["/srv/app"]\n',
            '8: exec: "/srv/app": stat /srv/app: no such file or directory when the container starts, since no '
            'step copies /bin/app, which line 4 writes in stage build: '
            'write `COPY --from=build /bin/app /srv/app` before it',
            id='left in its stage',
        ),
    ],
)
def test_a_path_at_which_nothing_is(said: Say, dockerfile: str, message: str) -> None:
    assert said(dockerfile, {**TREE, 'docker/run.sh': '#!/bin/sh\nexec /app/app\n'}) == [f'Dockerfile:{message}']


@pytest.mark.parametrize(
    ('volumes', 'named'),
    [('- .:/srv', False), ('- type: bind\n      target: "/srv/app"\n', False), ('- data:/var/data', True)],
)
def test_a_path_that_a_volume_may_bring(said: Say, volumes: str, named: bool) -> None:
    dockerfile = build('go build -o /bin/app .') + 'FROM alpine\nCOPY --from=build /src /srv\nCMD ["/srv/app"]\n'
    compose = f'services:\n  app:\n    build: .\n    volumes:\n    {volumes}\n'
    assert len(said(dockerfile, {**TREE, 'compose.yaml': compose})) == named


@pytest.mark.parametrize(
    'dockerfile',
    [
        pytest.param(
            build('./build.sh') + PATH + 'COPY --from=build /out /out\nCMD ["/out/x"]\n', id='a script writes it'
        ),
        pytest.param(
            build('make x && CGO_ENABLED=0 go build -o app .')
            + PATH
            + COPY
            + 'COPY --from=build /out/ /out/\nCMD ["/out/x"]\n',
            id='make may have written it',
        ),
        pytest.param(
            build('CGO_ENABLED=0 go build -o app . && go build -o $X ./cmd/api')
            + PATH
            + COPY
            + 'COPY --from=build /out/ /out/\nCMD ["/out/x"]\n',
            id='go may have written it',
        ),
        pytest.param(
            build('CGO_ENABLED=0 go build -o app .') + PATH + COPY + 'RUN ./get.sh\nCMD ["/server"]\n', id='a script'
        ),
        pytest.param(
            build('CGO_ENABLED=0 go build -o /out/api .')
            + PATH
            + 'COPY --from=build /out/api /app\nCOPY main.go /app\nCMD ["/api"]\n',
            id='it is copied, and written over',
        ),
        pytest.param(
            build('CGO_ENABLED=0 go build -o app .') + PATH + COPY + 'COPY bin/* /\nCMD ["/server"]\n', id='a pattern'
        ),
        pytest.param(
            build('CGO_ENABLED=0 go build -o app .') + PATH + COPY + 'CMD ["/usr/bin/server"]\n', id='of the system'
        ),
        pytest.param(build('CGO_ENABLED=0 go build -o app .') + PATH + COPY + 'CMD ["server"]\n', id='by PATH'),
        pytest.param(PATH + 'CMD ["/server"]\n', id='no program of go'),
        pytest.param(
            build('CGO_ENABLED=0 go build -o app .') + 'FROM example.com/x\n' + COPY + 'ENTRYPOINT ["/server"]\n',
            id='an image that nobody knows',
        ),
        pytest.param(
            build('CGO_ENABLED=0 go build -o app .')
            + PATH
            + 'COPY --from=build /src/app /usr/local/bin\nCMD ["app"]\n',
            id='found by PATH',
        ),
    ],
)
def test_a_path_that_is_not_known(said: Say, dockerfile: str) -> None:
    assert said(dockerfile) == []


def test_what_git_ignores_may_be_made_before(said: Say) -> None:
    dockerfile = build('CGO_ENABLED=0 go build -o app .') + PATH + COPY + 'COPY cmd /cmd\nCMD ["/cmd/server"]\n'
    assert len(said(dockerfile)) == 1
    assert said(dockerfile, {**TREE, '.gitignore': 'server\n'}) == []


# A shell


@pytest.mark.parametrize(
    ('steps', 'message'),
    [
        ('ENTRYPOINT /app --port 80', 'write `ENTRYPOINT ["/app", "--port", "80"]`'),
        ('CMD exec /app', 'write `CMD ["/app"]`'),
        ('CMD /app $PORT', 'write the exec form'),
        ('HEALTHCHECK CMD curl -f localhost || exit 1', 'let the program itself check, in exec form'),
        ('HEALTHCHECK --interval=5s CMD /app -h', 'write `HEALTHCHECK CMD ["/app", "-h"]`'),
        ('RUN /app', 'run it in a stage before, and copy what it makes'),
    ],
)
@pytest.mark.parametrize('base', ['scratch', 'gcr.io/distroless/static-debian12:nonroot', 'gcr.io/distroless/base'])
def test_a_shell_form_without_a_shell(said: Say, base: str, steps: str, message: str) -> None:
    found = said(f'{build(STATIC)}FROM {base}\n{COPY}{steps}\n')
    assert [line.startswith('Dockerfile:7: exec: "/bin/sh": stat /bin/sh: no such') for line in found] == [True]
    assert found[0].endswith(f', since {base} has no shell: {message}')


# A tool for a check

CURL = 'HEALTHCHECK --interval=5s CMD curl -f localhost || exit 1\n'


@pytest.mark.parametrize(
    ('base', 'steps', 'cure'),
    [
        ('alpine:3.23', '', 'write `wget -qO- URL`, or run `apk add --no-cache curl` before it'),
        ('alpine:3.23', 'RUN apk update && apk add --no-cache ca-certificates tzdata\n', 'write `wget -qO- URL`, or'),
        ('golang:1.26-alpine', '', 'write `wget -qO- URL`, or run `apk add --no-cache curl` before it'),
        ('debian:bookworm-slim', '', 'run `apt-get install -y curl` before it, or let the program itself check'),
        ('ubuntu:24.04', 'RUN apt-get update && apt-get install -y ca-certificates git\n', 'run `apt-get install'),
        ('debian', 'RUN apt-get -qq update && apt-get -y upgrade && apt-get clean\n', 'run `apt-get install'),
    ],
)
def test_a_check_by_curl(said: Say, base: str, steps: str, cure: str) -> None:
    found = said(f'{build(STATIC)}FROM {base}\n{steps}{COPY}{CURL}CMD ["/app"]\n')
    line = 7 + len(steps.split('\n')[:-1])
    says = f'/bin/sh: curl: not found at every check, since {base} has no curl: {cure}'
    assert [each.startswith(f'Dockerfile:{line}: {says}') for each in found] == [True]


@pytest.mark.parametrize(
    ('base', 'steps', 'check'),
    [
        pytest.param('alpine', 'RUN apk add curl\n', CURL, id='installed'),
        pytest.param('alpine', 'RUN apk add --no-cache postgresql-dev\n', CURL, id='perhaps installed'),
        pytest.param('debian', 'RUN apt-get update && apt-get install -y wget curl\n', CURL, id='installed on Debian'),
        pytest.param('debian', 'ARG PACKAGES\nRUN apt-get install -y $PACKAGES\n', CURL, id='packages of a variable'),
        pytest.param('debian', 'RUN apt-get install -y python3\n', CURL, id='perhaps installed on Debian'),
        pytest.param('alpine', 'ADD https://example.com/curl /usr/local/bin/\n', CURL, id='fetched'),
        pytest.param(
            'alpine', 'RUN wget -O /usr/bin/curl https://example.com && chmod +x /usr/bin/curl\n', CURL, id='by wget'
        ),
        pytest.param('alpine', 'COPY --from=example.com/curl / /\n', CURL, id='of another image'),
        pytest.param('alpine', 'ENV PATH=/opt/curl/bin:$PATH\n', CURL, id='a PATH'),
        pytest.param('alpine', CURL, 'HEALTHCHECK NONE\n', id='taken back'),
        pytest.param('alpine', '', 'HEALTHCHECK CMD wget -q --spider localhost\n', id='the wget of busybox'),
        pytest.param('golang:1.26', '', CURL, id="Debian's golang"),
        pytest.param('buildpack-deps:curl', '', CURL, id='buildpack-deps'),
        pytest.param('ubuntu:14.04', '', CURL, id='an old Ubuntu'),
        pytest.param(
            'golang:1.26',
            'RUN go install github.com/grpc-ecosystem/grpc-health-probe@v0.4.25\n',
            'HEALTHCHECK CMD ["grpc-health-probe"]\n',
            id='installed by go',
        ),
        pytest.param('fedora', '', CURL, id='another distribution'),
        pytest.param('example.com/alpine', '', CURL, id="somebody's own alpine"),
    ],
)
def test_a_check_by_a_tool_that_may_be_there(said: Say, base: str, steps: str, check: str) -> None:
    assert said(f'{build(STATIC)}FROM {base}\n{steps}{COPY}{check}CMD ["/app"]\n') == []


# Time zones

ZONE = 'package main\n\nimport "time"\n\nvar zone, err = time.LoadLocation("{}")\n\nfunc main() {{}}\n'
BERLIN = {**TREE, 'main.go': ZONE.format('Europe/Berlin')}


@pytest.mark.parametrize(
    ('steps', 'cure'),
    [
        ('scratch\n', 'copy /usr/share/zoneinfo'),
        ('alpine:3.23\n', 'run `apk add --no-cache tzdata`'),
        ('alpine:3.23\nRUN apk add --no-cache ca-certificates curl\n', 'run `apk add --no-cache tzdata`'),
    ],
)
def test_a_zone_that_the_image_lacks(said: Say, steps: str, cure: str) -> None:
    base, line = steps.partition('\n')[0], 5 + steps.count('\n')
    says = 'unknown time zone Europe/Berlin when the program loads it (main.go:5)'
    end = f'since {base} has no time zones: add `-tags timetzdata` in line 4, or {cure}'
    assert said(build(STATIC) + 'FROM ' + steps + START, BERLIN) == [f'Dockerfile:{line}: {says}, {end}']


@pytest.mark.parametrize(
    ('steps', 'files'),
    [
        pytest.param('alpine\nRUN apk add --no-cache tzdata\n', {}, id='installed'),
        pytest.param('alpine\nRUN apk add --no-cache postgresql\n', {}, id='perhaps installed'),
        pytest.param('scratch\nCOPY --from=build /usr/share/zoneinfo /usr/share/zoneinfo\n', {}, id='copied'),
        pytest.param(
            'scratch\nCOPY --from=build /zones/Berlin /usr/share/zoneinfo/Europe/Berlin\n', {}, id='one of them'
        ),
        pytest.param('scratch\nENV ZONEINFO=/zoneinfo.zip\n', {}, id='ZONEINFO'),
        pytest.param('gcr.io/distroless/static-debian12\n', {}, id='distroless'),
        pytest.param('debian:bookworm-slim\n', {}, id='Debian'),
        pytest.param('example.com/base\n', {}, id='an image that nobody knows'),
        pytest.param('scratch\n', {'main.go': ZONE.format('UTC')}, id='UTC'),
        pytest.param('scratch\n', {'main.go': ZONE.format('Local')}, id='Local'),
        pytest.param('scratch\n', {'main.go': ZONE.format('X').replace('"X"', 'name')}, id='no literal'),
        pytest.param('scratch\n', {'main.go': FMT + '// time.LoadLocation("Asia/Tokyo")\n'}, id='a comment'),
        pytest.param(
            'scratch\n',
            {'main.go': ZONE.format('X').replace('main() {', 'main() {\n\tzone = time.UTC\n')},
            id='else UTC',
        ),
        pytest.param(
            'scratch\n', {'main.go': ZONE.format('X').replace('"time"', '(\n"time"\n_ "time/tzdata"\n)')}, id='tzdata'
        ),
        pytest.param('scratch\n', {'zones.go': 'package main\n\nimport _ "time/tzdata"\n'}, id='in another file'),
        pytest.param('scratch\n', {'main.go': FMT, 'x_test.go': ZONE.format('X')}, id='in a test'),
        pytest.param('scratch\n', {'main.go': FMT, 'other/other.go': ZONE.format('X')}, id='in another package'),
        pytest.param(
            'scratch\n',
            {
                'x.go': 'package main\n\nimport _ "example.com/zones"\n',
                'go.mod': MOD + '\nrequire example.com/zones v1.0.0\n',
            },
            id='a module that may bring them',
        ),
        pytest.param('scratch\n', {'compose.yaml': COMPOSE_ZONES}, id='mounted'),
    ],
)
def test_a_zone_that_may_be_there(said: Say, steps: str, files: Mapping[str, str]) -> None:
    assert said(build(STATIC) + 'FROM ' + steps + START, {**BERLIN, **files}) == []


def test_a_zone_in_a_package_that_gin_serves(said: Say) -> None:
    gin = 'package zones\n\nimport _ "github.com/gin-gonic/gin"\n'
    files = {
        'go.mod': f'{MOD}\nrequire github.com/gin-gonic/gin v1.10.0\n',
        'main.go': FMT.replace('"fmt"', '"example.com/app/zones"'),
        'zones/gin.go': gin,
        'zones/zones.go': ZONE.format('Asia/Tokyo').replace('main', 'zones'),
    }
    found = said(build(STATIC) + 'FROM scratch\n' + START, files)
    assert ['unknown time zone Asia/Tokyo when the program loads it (zones/zones.go:5)' in line for line in found] == [
        True
    ]


# A volume over the program

IN_APP = f'FROM golang:1.26\nWORKDIR /app\nCOPY . .\nRUN {STATIC}\nCMD ["./app"]\n'
MOUNTS = 'services:\n  web:\n    build: .\n{}    volumes:\n      - {}\n'
MOUNTED = {**TREE, 'compose.yaml': MOUNTS.format('', '.:/app')}


@pytest.mark.parametrize(
    ('compose', 'line', 'folder'),
    [
        pytest.param(MOUNTS.format('', '.:/app'), 5, '/app', id='the whole folder'),
        pytest.param(MOUNTS.format('', '"./:/app:ro"'), 5, '/app', id='with a mode'),
        pytest.param(MOUNTS.format('', 'cache:/go/pkg/mod\n      - ./:/app/'), 6, '/app/', id='beside another'),
        pytest.param(MOUNTS.format('', '{type: bind, source: ., target: /app}'), 5, '/app', id='in many words'),
    ],
)
def test_a_volume_that_hides_the_program(said: Say, compose: str, line: int, folder: str) -> None:
    says = 'exec: "./app": stat ./app: no such file or directory when the container starts (Dockerfile:5)'
    end = f'since this volume hides {folder}, and brings no app: put the program where nothing is mounted'
    assert said(IN_APP, {**TREE, 'compose.yaml': compose}) == [
        f'compose.yaml:{line}: {says}, {end}, as in /usr/local/bin'
    ]


@pytest.mark.parametrize(
    'files',
    [
        pytest.param({'compose.yaml': MOUNTS.format('    command: go run .\n', '.:/app')}, id='something else starts'),
        pytest.param({'compose.yaml': MOUNTS.format('', '.:/app\n      - /app/app')}, id='a volume over the program'),
        pytest.param({'compose.yaml': MOUNTS.format('', './data:/app/data')}, id='a volume beside it'),
        pytest.param({'compose.yaml': MOUNTS.format('', '${SRC}:/app')}, id='a folder that nobody knows'),
        pytest.param({'compose.yaml': MOUNTS.format('', 'data:/app')}, id='a volume that is filled from the image'),
        pytest.param({'.gitignore': 'app\n'}, id='ignored by git'),
        pytest.param({'Makefile': 'build:\n\tgo build -o app .\n'}, id='built by make'),
        pytest.param(
            {'compose.override.yaml': 'services:\n  web:\n    command: air\n'}, id='another file for the service'
        ),
    ],
)
def test_a_volume_that_may_bring_the_program(said: Say, files: Mapping[str, str]) -> None:
    assert said(IN_APP, {**MOUNTED, **files}) == []


# Templates

PAGES = """package main

import (
	"html/template"
	"os"
)

var pages = template.Must({})

func main() {{ pages.Execute(os.Stdout, nil) }}
"""
GLOB, OPEN = 'template.ParseGlob("pages/*.html")', 'template.ParseFiles("pages/a.html", "pages/b.html")'
MATCHES_NO = 'html/template: pattern matches no files: `pages/*.html` when the program reads them (main.go:8)'
SITE = {**TREE, 'main.go': PAGES.format(GLOB), 'pages/a.html': '', 'pages/b.html': ''}
GIN = """package main

import "github.com/gin-gonic/gin"

func main() {
	r := gin.Default()
	r.LoadHTMLGlob("pages/**/*")
	r.Run()
}
"""
BRANCH = """package main

import (
	"html/template"
	"os"
)

func main() {
	if os.Getenv("DEV") != "" {
		template.Must(template.ParseGlob("pages/*.html"))
	}
}
"""


@pytest.mark.parametrize(
    ('steps', 'files', 'line', 'says'),
    [
        pytest.param(
            'scratch\n', {}, 6, f'{MATCHES_NO}, since /pages is not in the image: copy pages to /pages/', id='scratch'
        ),
        pytest.param(
            'alpine:3.23\nWORKDIR /srv\nCOPY pages other ./\n',
            {'other/x': ''},
            8,
            f'{MATCHES_NO}, since /srv/pages is not in the image: copy pages to /srv/pages/',
            id='the folders copied without their names',
        ),
        pytest.param(
            'alpine:3.23\nCOPY pages/b.html /pages/\n',
            {'main.go': PAGES.format(OPEN)},
            7,
            'open pages/a.html: no such file or directory when the program reads it (main.go:8), since /pages/a.html '
            'is not in the image: copy pages/a.html to /pages/a.html',
            id='a file',
        ),
        pytest.param(
            'scratch\nCOPY . /\n',
            {'.dockerignore': 'pages\n'},
            7,
            f'{MATCHES_NO}, since .dockerignore:1 (`pages`) hides it: add `!pages` at the end of .dockerignore',
            id='hidden',
        ),
        pytest.param(
            'scratch\n',
            {
                'go.mod': f'{MOD}\nrequire github.com/gin-gonic/gin v1.10.0\n',
                'go.sum': '',
                'main.go': GIN,
            },
            6,
            'html/template: pattern matches no files: `pages/**/*` when the program reads them (main.go:7), since '
            '/pages is not in the image: copy pages to /pages/',
            id='gin',
        ),
    ],
)
def test_templates_that_the_image_lacks(said: Say, steps: str, files: Mapping[str, str], line: int, says: str) -> None:
    assert said(build(STATIC) + 'FROM ' + steps + START, {**SITE, **files}) == [f'Dockerfile:{line}: {says}']


@pytest.mark.parametrize(
    ('steps', 'files'),
    [
        pytest.param('scratch\nCOPY pages /pages/\n', {}, id='copied'),
        pytest.param('scratch\nCOPY . /\n', {}, id='copied with all'),
        pytest.param('scratch\nCOPY --from=build /src/pages /pages\n', {}, id='copied from the stage'),
        pytest.param('alpine\nRUN ./make-pages\n', {}, id='perhaps made'),
        pytest.param('alpine\nVOLUME /pages\n', {}, id='a volume'),
        pytest.param('alpine\nWORKDIR /data\n', {}, id='an empty folder'),
        pytest.param('scratch\n', {'main.go': PAGES.format('template.ParseGlob(glob)')}, id='no literal'),
        pytest.param('scratch\n', {'main.go': PAGES.format(GLOB.replace('pages', '/pages'))}, id='no relative path'),
        pytest.param('scratch\n', {'main.go': PAGES.format(GLOB.replace('pages', 'made'))}, id='not in git'),
        pytest.param('scratch\n', {'main.go': BRANCH}, id='in a branch'),
        pytest.param('scratch\n', {'x.go': 'package main\n\nfunc x() { os.Chdir(dir) }\n'}, id='another folder'),
        pytest.param(
            'scratch\n',
            {'x.go': 'package main\n\nimport _ "embed"\n\n//go:embed go.mod\nvar x string\n'},
            id='embedded',
        ),
        pytest.param('scratch\n', {'main.go': FMT, 'x_test.go': PAGES.format(GLOB)}, id='in a test'),
        pytest.param(
            'scratch\n', {'compose.yaml': 'services:\n  a:\n    build: .\n    working_dir: /site\n'}, id='run elsewhere'
        ),
        pytest.param(
            'scratch\n',
            {'compose.yaml': 'services:\n  a:\n    build: .\n    volumes:\n      - ./pages:/pages\n'},
            id='mounted',
        ),
    ],
)
def test_templates_that_may_be_there(said: Say, steps: str, files: Mapping[str, str]) -> None:
    assert said(build(STATIC) + 'FROM ' + steps + START, {**SITE, **files}) == []


# The policies


class Policy(Protocol):
    """What an option finds: the rule's words, without places."""

    def __call__(self, option: str, dockerfile: str, files: Mapping[str, str] = TREE) -> list[str]: ...


@pytest.fixture
def policy(repo: MakeRepository, run: RunHook) -> Policy:
    def policy(option: str, dockerfile: str, files: Mapping[str, str] = TREE) -> list[str]:
        repo({**files, 'Dockerfile': dockerfile})
        return run(main, option, 'Dockerfile').out.splitlines()

    return policy


STRIPPED = 'CGO_ENABLED=0 go build -ldflags "-s -w" -o app .'
ROOT, BASE, SYMBOLS = 'runs as root', 'last image is built on', 'with its symbols'
DYNAMIC, VERIFIED = 'links /app to glibc', 'no step verifies'
NEEDING = {**TREE, 'go.mod': f'{MOD}\nrequire example.com/dep v1.0.0\n'}


@pytest.mark.parametrize(
    ('dockerfile', 'files', 'found'),
    [
        (build(STRIPPED) + f'FROM alpine\n{COPY}USER nobody\nCMD ["/app"]\n', TREE, []),
        (build(STRIPPED) + f'FROM scratch\n{START}', TREE, [ROOT]),
        (build(STRIPPED) + f'FROM scratch\n{COPY}USER 0:0\nCMD ["/app"]\n', TREE, [ROOT]),
        (build(STRIPPED) + f'FROM scratch\n{COPY}ARG X\nUSER $X\nCMD ["/app"]\n', TREE, []),
        (build(STRIPPED) + f'FROM scratch AS base\nUSER 1\nFROM base\n{START}', TREE, []),
        (build(STRIPPED) + f'FROM gcr.io/distroless/static:nonroot\n{START}', TREE, []),
        (build(STRIPPED) + f'FROM gcr.io/distroless/static-debian12\n{START}', TREE, [ROOT]),
        (build(STRIPPED) + f'FROM example.com/base\n{COPY}ENTRYPOINT ["/app"]\n', TREE, []),
        (build(STRIPPED) + f'FROM debian\nUSER 1\n{START}', TREE, [BASE]),
        (build(STRIPPED) + 'USER 1\nCMD ["/src/app"]\n', TREE, [BASE]),
        (build(STATIC) + f'FROM scratch\nUSER 1\n{START}', TREE, [SYMBOLS]),
        (build(STATIC.replace('build', 'build -ldflags=-w')) + f'FROM scratch\nUSER 1\n{START}', TREE, [SYMBOLS]),
        (build(STATIC.replace('build', 'build -ldflags=-s')) + f'FROM scratch\nUSER 1\n{START}', TREE, []),
        (
            build(STATIC.replace('build', 'build -ldflags "$F"'), before='ARG F\n') + f'FROM scratch\nUSER 1\n{START}',
            TREE,
            [],
        ),
        (build(f'{STATIC} && strip app') + f'FROM scratch\nUSER 1\n{START}', TREE, []),
        (build(STRIPPED.replace('CGO_ENABLED=0 ', '')) + f'FROM debian\nUSER 1\n{START}', TREE, [BASE, DYNAMIC]),
        (build(STRIPPED) + f'FROM scratch\nUSER 1\n{START}', NEEDING, [VERIFIED]),
        (build(STRIPPED, before='RUN go mod verify\n') + f'FROM scratch\nUSER 1\n{START}', NEEDING, []),
        (build('go install github.com/air-verse/air@v1.61.0') + 'CMD ["air"]\n', NEEDING, []),
        (build('go test ./...') + f'FROM scratch\nUSER 1\n{COPY}CMD ["/other"]\n', NEEDING, []),
    ],
)
def test_the_hardened_policy(policy: Policy, dockerfile: str, files: Mapping[str, str], found: list[str]) -> None:
    lines = policy('--hardened', dockerfile, files)
    assert len(lines) == len(found), lines
    assert all(any(words in line for line in lines) for words in found), lines


def test_one_cause_is_told_once(policy: Policy) -> None:
    found = policy('--hardened', build(STRIPPED.replace('CGO_ENABLED=0 ', '')) + f'FROM scratch\nUSER 1\n{START}')
    assert ['exec /app: no such file or directory' in line for line in found] == [True]


HTTPS = 'package main\n\nimport "net/http"\n\nfunc main() {{ {} }}\n'


@pytest.mark.parametrize(
    ('steps', 'call', 'found'),
    [
        ('scratch\n', 'http.Get("https://example.com/")', True),
        ('scratch\n', 'http.NewRequest(http.MethodPost, "https://example.com/", nil)', True),
        ('scratch\n', 'http.Get("http://example.com/")', False),
        ('scratch\n', 'http.Get(address)', False),
        ('scratch\n', 'print("https://example.com/")', False),
        ('scratch\n', '/* http.Get("https://example.com/") */', False),
        ('scratch\nCOPY ca.pem /etc/ssl/certs/\n', 'http.Get("https://example.com/")', False),
        ('scratch\nENV SSL_CERT_DIR=/certs\n', 'http.Get("https://example.com/")', False),
        ('scratch\n', 'http.Get("https://example.com/"); print("InsecureSkipVerify")', False),
        ('alpine\n', 'http.Get("https://example.com/")', False),
        ('gcr.io/distroless/static\n', 'http.Get("https://example.com/")', False),
    ],
)
def test_https_without_certificates(policy: Policy, steps: str, call: str, found: bool) -> None:
    files = {**TREE, 'main.go': HTTPS.format(call), 'ca.pem': ''}
    lines = policy('--certificates', build(STATIC) + 'FROM ' + steps + START, files)
    assert ['x509: certificate signed by unknown authority' in line for line in lines] == [True] * found


def test_a_module_of_certificates(policy: Policy) -> None:
    files = {
        'go.mod': f'{MOD}\nrequire golang.org/x/crypto/x509roots/fallback v0.0.0-20240101000000-000000000000\n',
        'main.go': HTTPS.format('http.Get("https://example.com/")'),
    }
    assert policy('--certificates', build(STATIC) + 'FROM scratch\n' + START, files) == []


def test_the_ids_of_the_policies_are_known() -> None:
    assert set(rules(hardened=True, certificates=True).ids) == set(NAMES) - {'check-static-binary'}


# The platform

WORKFLOW = """on: push
jobs:
  image:
    runs-on: ubuntu-latest
    steps:
    - uses: actions/checkout@v4
    - uses: docker/build-push-action@v6
      with:
        context: .
        platforms: {}
"""
BOTH = 'linux/amd64,linux/arm64'


def foreign(command: str = STATIC, stage: str = '', final: str = '', before: str = '') -> str:
    dockerfile = build(command, before=before).replace('FROM', f'FROM{stage}', 1)
    return f'{dockerfile}FROM{final} scratch\n{START}'


@pytest.mark.parametrize(
    ('dockerfile', 'platforms', 'where'),
    [
        pytest.param(foreign(f'GOARCH=amd64 {STATIC}'), BOTH, '4: linux/arm64', id='a literal, and another platform'),
        pytest.param(foreign(f'GOARCH=arm64 {STATIC}'), 'linux/amd64', '4: linux/amd64', id='one platform'),
        pytest.param(
            foreign(before='ARG TARGETARCH=amd64\nENV GOARCH=$TARGETARCH\n'), BOTH, '6: linux/arm64', id='by ARG'
        ),
        pytest.param(foreign(stage=' --platform=linux/amd64'), BOTH, '4: linux/arm64', id='by the FROM of its stage'),
        pytest.param(
            foreign(stage=' --platform=$BUILDPLATFORM'),
            BOTH,
            '4: any platform but its own',
            id='of the machine that builds',
        ),
        pytest.param(
            foreign(f'GOARCH=amd64 {STATIC}', final=' --platform=linux/arm64'), '', '4: linux/arm64', id='the last FROM'
        ),
        pytest.param(foreign(f'GOARCH=386 {STATIC}'), BOTH, '4: linux/arm64', id='386 runs on amd64 alone'),
    ],
)
def test_a_program_of_another_platform(said: Say, dockerfile: str, platforms: str, where: str) -> None:
    line, _, name = where.partition(': ')
    found = said(dockerfile, {**TREE, '.github/workflows/image.yml': WORKFLOW.format(platforms)})
    assert len(found) == 1
    assert found[0].startswith(f'Dockerfile:{line}: exec /app: exec format error when the container starts on {name}')


def test_a_default_that_goes_before_the_platform(said: Say) -> None:
    dockerfile = foreign(f'GOARCH=${{TARGETARCH}} {STATIC}', before='ARG TARGETOS TARGETARCH=amd64\n')
    (found,) = said(dockerfile, {**TREE, '.github/workflows/image.yml': WORKFLOW.format(BOTH)})
    why = 'since the default of TARGETARCH in line 4, amd64, goes before the platform: write `ARG TARGETARCH` there'
    assert why in found


@pytest.mark.parametrize(
    ('dockerfile', 'platforms'),
    [
        pytest.param(foreign(f'GOARCH=amd64 {STATIC}'), 'linux/amd64', id='the only platform'),
        pytest.param(foreign(f'GOARCH=amd64 {STATIC}'), '', id='no platform is named'),
        pytest.param(foreign(f'GOARCH=amd64 {STATIC}'), '${{ matrix.platforms }}', id='nobody knows which'),
        pytest.param(foreign(), BOTH, id='each stage on its own platform'),
        pytest.param(foreign(f'GOARCH=$ARCH {STATIC}', before='ARG ARCH\n'), BOTH, id='an ARG without a value'),
        pytest.param(
            foreign(f'GOARCH=$TARGETARCH {STATIC}', ' --platform=$BUILDPLATFORM', before='ARG TARGETARCH\n'),
            BOTH,
            id='cross-compiled',
        ),
        pytest.param(foreign(stage=' --platform=$BUILDPLATFORM'), 'linux/amd64', id='one platform, perhaps the same'),
        pytest.param(foreign(stage=' --platform=linux/$TARGETARCH'), BOTH, id='a platform that is put together'),
        pytest.param(foreign(f'GOARCH=amd64 {STATIC}', final=' --platform=linux/amd64'), BOTH, id='the last FROM'),
        pytest.param(foreign(f'GOARCH=386 {STATIC}'), 'linux/amd64', id='386 runs on amd64'),
    ],
)
def test_a_program_of_the_same_platform(said: Say, dockerfile: str, platforms: str) -> None:
    assert said(dockerfile, {**TREE, '.github/workflows/image.yml': WORKFLOW.format(platforms)}) == []


def test_the_platforms_of_a_command_line(said: Say) -> None:
    makefile = 'image:\n\tdocker buildx build --platform linux/amd64,linux/arm64 -t app .\n'
    found = said(foreign(f'GOARCH=amd64 {STATIC}'), {**TREE, 'Makefile': makefile})
    assert ['linux/arm64 (declared by Makefile:2)' in line for line in found] == [True]


COMPOSE = 'services:\n  app:\n    build:\n      context: .\n'


@pytest.mark.parametrize(
    ('compose', 'wrong'),
    [
        (COMPOSE + '      platforms: [linux/amd64, linux/arm64]\n', 'linux/arm64'),
        (COMPOSE + '    platform: linux/arm64\n', 'linux/arm64'),
        (COMPOSE + '      platforms:\n      - linux/amd64\n    platform: linux/amd64\n', ''),
        (COMPOSE + '    platform: linux/amd64\n', ''),
        (COMPOSE + '    platform: ${PLATFORM:-linux/arm64}\n', ''),
        (COMPOSE + '      platforms: [linux/amd64, "$OTHER"]\n    platform: linux/arm64\n', ''),
        (COMPOSE, ''),
    ],
)
def test_the_platforms_of_a_compose_file(said: Say, compose: str, wrong: str) -> None:
    found = said(foreign(f'GOARCH=amd64 {STATIC}'), {**TREE, 'compose.yaml': compose})
    says = f'exec format error when the container starts on {wrong} (declared by compose.yaml:3), since GOARCH is amd64'
    assert [says in line for line in found] == [True] * bool(wrong)


@pytest.mark.parametrize(
    ('command', 'base', 'found'),
    [
        (f'GOOS=darwin {STATIC}', 'scratch', True),
        (f'GOOS=windows GOARCH=amd64 {STATIC}', 'alpine', True),
        (f'GOOS=linux {STATIC}', 'scratch', False),
        (f'GOOS=$SYSTEM {STATIC}', 'scratch', False),
        (f'GOOS=js GOARCH=wasm {STATIC}', 'scratch', False),
        (f'GOOS=windows {STATIC}', 'mcr.microsoft.com/windows/nanoserver:ltsc2022', False),
    ],
)
def test_a_program_of_another_system(said: Say, command: str, base: str, found: bool) -> None:
    lines = said(build(command, before='ARG SYSTEM\n') + f'FROM {base}\n{START}')
    assert ['exec format error when the container starts, since GOOS is' in line for line in lines] == [True] * found


ALPINE = f'{build(STATIC)}FROM alpine:3.23\n{START}'


@pytest.mark.parametrize(
    ('test', 'says'),
    [
        ('["CMD", "curl", "-f", "http://localhost:8080"]', 'exec: "curl": executable file not found in $PATH at every'),
        ('["CMD-SHELL", "curl -f http://localhost:$${PORT:-80} || exit 1"]', '/bin/sh: curl: not found at every check'),
        ('curl -f http://localhost:${PORT} || exit 1', '/bin/sh: curl: not found at every check'),
        ('["CMD", "/bin/grpc_health_probe", "-addr=:80"]', 'exec: "/bin/grpc_health_probe": stat /bin/grpc_health'),
        ('["CMD", "wget", "-q", "--spider", "http://localhost:8080"]', ''),
        ('["CMD", "/app", "-check"]', ''),
        ('["NONE"]', ''),
        ('["CMD-SHELL", "curl -f localhost || wget -q localhost"]', ''),
    ],
)
def test_the_check_of_a_service(said: Say, test: str, says: str) -> None:
    found = said(ALPINE, {**TREE, 'compose.yaml': f'{COMPOSE}    healthcheck:\n      test: {test}\n'})
    assert [line.startswith(f'compose.yaml:6: {says}') for line in found] == [True] * bool(says)
    assert all(' (Dockerfile:7), since alpine:3.23 has no ' in line for line in found)


CHECK = '    healthcheck:\n      test: ["CMD", "curl", "-f", "localhost"]\n'


@pytest.mark.parametrize(
    ('compose', 'others'),
    [
        pytest.param(f'{COMPOSE}{CHECK}    volumes: ["./curl:/usr/bin/curl:ro"]\n', {}, id='mounted'),
        pytest.param(f'{COMPOSE}{CHECK}      disable: true\n'.replace('      test', '      x-test'), {}, id='disabled'),
        pytest.param(
            f'{COMPOSE}{CHECK}',
            {'compose.override.yaml': 'services:\n  app:\n    healthcheck:\n      test: ["CMD", "/app", "-check"]\n'},
            id='another check in an override',
        ),
        pytest.param(f'services:\n  app:\n    image: alpine\n{CHECK}', {}, id='an image'),
    ],
)
def test_a_check_that_may_pass(said: Say, compose: str, others: Mapping[str, str]) -> None:
    assert said(ALPINE, {**TREE, 'compose.yaml': compose, **others}) == []


def test_a_program_of_an_inner_module_that_no_go_reads(said: Say) -> None:
    inner = {'svc/go.mod': '<<<<<<< HEAD\n', 'svc/main.go': ZONE.format('Asia/Tokyo')}
    assert said(build('go build -o app ./svc') + f'FROM scratch\n{START}', {**TREE, **inner}) == []


def test_the_check_of_a_service_is_ignored_where_it_stands(said: Say) -> None:
    compose = f'{COMPOSE}{CHECK}'.replace('      test', '      # tool-not-in-image: ignore, it is mounted\n      test')
    assert said(ALPINE, {**TREE, 'compose.yaml': compose}) == []


@pytest.mark.parametrize('test', ['/app -check || exit 1', '["CMD-SHELL", "curl -f localhost"]'])
def test_the_check_of_a_service_without_a_shell(said: Say, test: str) -> None:
    found = said(
        f'{build(STATIC)}FROM scratch\n{START}',
        {**TREE, 'compose.yaml': f'{COMPOSE}    healthcheck:\n      test: {test}\n'},
    )
    says = (
        'exec: "/bin/sh": stat /bin/sh: no such file or directory at every check (Dockerfile:7), since scratch has no'
    )
    assert [line.startswith(f'compose.yaml:6: {says} shell: ') for line in found] == [True]

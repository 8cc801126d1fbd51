"""What the image starts: the build passes, and a judge runs the instruction at its end."""

from __future__ import annotations

from tests.cases._case import BARE, HELLO, HELLO_TREE, Case, case

HOOK = 'check-static-binary'
NOT_STARTED = 'the build passes, the container does not start'
NO_IMAGE = 'skip: there is no such image here'
NO_NET = 'skip: the Go of the judges has no net'
TREE = {'go.mod': BARE, 'cmd/shop/main.go': HELLO, 'lib/lib.go': 'package lib\n', 'main.go': HELLO}
NET = {'go.mod': BARE, 'main.go': 'package main\n\nimport _ "net/http"\n\nfunc main() {}\n'}
BUILD = 'FROM golang:1.21 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 '


def image(go: str, *steps: str, base: str = 'scratch') -> str:
    """A Dockerfile whose second stage begins at line 5."""
    return BUILD + '\n'.join((go, f'FROM {base}', *steps))


GOIMPORTS = 'golang.org/x/tools/cmd/goimports@v0.20.0'
TAKE = 'COPY --from=build /src/app /app'
APP = 'go build -o app .'


def broken(name: str, dockerfile: str, line: int, tree: dict[str, str] | None = None) -> Case:
    """A case whose image does not start."""
    return case(name, dockerfile, tree or TREE, other=f'{HOOK} {line}', why=NOT_STARTED)


PATHS = (
    broken('the start is of another name', image(APP, TAKE, 'ENTRYPOINT ["/server"]'), 7),
    broken('the start is the folder', image(APP, 'WORKDIR /app', TAKE + '/', 'CMD ["/app"]'), 8),
    broken(
        'a program named like its folder',
        image('go build -o out/ ./...', 'COPY --from=build /src/out /', 'CMD ["/main"]'),
        7,
    ),
    broken(
        'go build writes into a folder of that name',
        image('go build -o bin ./cmd/shop', 'COPY --from=build /src/bin /srv', 'CMD ["/srv/bin"]'),
        7,
        {**TREE, 'bin/readme.txt': ''},
    ),
    broken('relative to a WORKDIR that is another', image(APP, 'WORKDIR /srv', TAKE, 'CMD ["./app"]'), 8),
    broken('the start in shell form is not there', image(APP, TAKE, 'CMD /server --port 80', base='alpine'), 7),
    broken(
        'the program is beside what is copied',
        image('go build -o /bin/shop .', 'WORKDIR /app', 'COPY --from=build /src .', 'CMD ["./shop"]', base='alpine'),
        8,
    ),
    broken(
        'a script that lies in another folder',
        image(APP, 'WORKDIR /app', TAKE, 'COPY run.sh .', 'ENTRYPOINT ["/run.sh"]', base='alpine'),
        9,
        {**TREE, 'run.sh': '#!/bin/sh\nexec /app/app\n'},
    ),
    case(
        'the program is copied from beside the source',
        image('go build -o /bin/shop .', 'WORKDIR /app', 'COPY --from=build /bin/shop .', 'CMD ["./shop"]'),
        TREE,
    ),
    broken(
        'a program of go that is got, and not installed',
        f'{BUILD}go get {GOIMPORTS}\nCMD ["goimports", "-l"]',
        5,
    ),
    case(
        'a program of go that is installed',
        f'{BUILD}go install {GOIMPORTS}\nCMD ["goimports", "-l"]',
        TREE,
    ),
    broken('in one stage', f'{BUILD}go build -o /out/app .\nCMD ["/src/app"]', 5),
    case(
        'behind a move',
        f'{BUILD}{APP}\nRUN mkdir -p /opt/app && mv app /opt/app/server\nCMD ["/opt/app/server"]',
        TREE,
    ),
    case('the start is there', image(APP, TAKE, 'ENTRYPOINT ["/app"]'), TREE),
    case(
        'the start is there by a folder', image(APP, 'WORKDIR /srv', 'COPY --from=build /src .', 'CMD ["./app"]'), TREE
    ),
    case(
        'the start is there, named like its folder',
        image('go build -o out/ ./cmd/...', 'COPY --from=build /src/out /', 'CMD ["/shop"]'),
        TREE,
    ),
    case(
        'the start is there by PATH',
        image(APP, TAKE.replace(' /app', ' /usr/bin/'), 'CMD ["app"]', base='alpine'),
        TREE,
    ),
    case('the start is there in shell form', image(APP, TAKE, 'CMD exec /app --port 80', base='alpine'), TREE),
    case(
        'a script writes what starts',
        image(f'{APP} && sh pack.sh', 'COPY --from=build /out /out', 'CMD ["/out/server"]'),
        {**TREE, 'pack.sh': 'mkdir /out && cp /src/app /out/server\n'},
    ),
    case('installed, and found by PATH', f'{BUILD}go install ./cmd/shop\nCMD ["shop"]', TREE),
)
NAMES = (
    broken('a tool that go get does not install', f'{BUILD}{APP}\nRUN go get example.com/tool@v1.2.3\nCMD ["air"]', 6),
    broken('the same in shell form', f'{BUILD}{APP}\nENTRYPOINT air -c .air.toml', 5),
    case('a tool that a step brings', f'{BUILD}{APP}\nRUN cp app /go/bin/air\nCMD ["air", "-c", ".air.toml"]', TREE),
    case(
        'a tool that may be brought', f'{BUILD}{APP}\nRUN sh get.sh\nCMD air', {**TREE, 'get.sh': 'cp app /bin/air\n'}
    ),
    broken('go in an image without', image(APP, TAKE, 'CMD ["go", "run", "."]', base='alpine'), 7),
    broken('a program beside PATH', image(APP, TAKE.replace(' /app', ' /srv/go'), 'CMD ["go"]', base='alpine'), 7),
    case(
        'in a folder of PATH', image(APP, TAKE.replace(' /app', ' /srv/go'), 'ENV PATH=/bin:/srv', 'CMD ["go"]'), TREE
    ),
    broken('a list in single quotes', image(APP, TAKE, "CMD ['/app']", base='alpine'), 7),
    broken('a list without commas', image(APP, TAKE, 'CMD ["/app" "serve"]', base='alpine'), 7),
    case('a test is no list', image(APP, TAKE, 'CMD [ -x /app ] && /app', base='alpine'), TREE),
)
RIGHTS = (
    broken('the start is a library', image('go build -o app ./lib', TAKE, 'CMD ["/app"]'), 7),
    broken('the start is a library, in shell form', image('go build -o app ./lib', TAKE, 'CMD /app', base='alpine'), 7),
    broken(
        'a mode without the right to execute', image(APP, TAKE.replace('--', '--chmod=644 --', 1), 'CMD ["/app"]'), 7
    ),
    case(
        'a mode with the right to execute', image(APP, TAKE.replace('--', '--chmod=0755 --', 1), 'CMD ["/app"]'), TREE
    ),
    case(
        'the right is given back',
        image(APP, TAKE.replace('--', '--chmod=644 --', 1), 'RUN chmod +x /app', 'CMD ["/app"]', base='alpine'),
        TREE,
    ),
)


def _scripted(*steps: str) -> str:
    """An image that starts a script, which stands at line 9."""
    return image(APP, 'WORKDIR /srv', TAKE, *steps, 'ENTRYPOINT ["/run.sh"]', base='alpine')


def _text(first: str) -> dict[str, str]:
    return {**TREE, 'run.sh': f'{first}\nexec /app "$@"\n'}


COPIED, FOR_SH = 'COPY --chmod=755 run.sh /run.sh', '#!/bin/sh'
SCRIPTS = (
    case('a script for sh', _scripted(COPIED), _text(FOR_SH)),
    broken('a script for bash where there is none', _scripted(COPIED), 9, _text('#!/bin/bash')),
    broken('a script for bash by env', _scripted(COPIED), 9, _text('#!/usr/bin/env bash')),
    case('a script for sh by env', _scripted(COPIED), _text('#!/usr/bin/env sh')),
    broken('a script with CRLF', _scripted(COPIED), 9, _text('#!/bin/sh\r')),
    case(
        'a script with CRLF that a step mends',
        image(APP, TAKE, COPIED, "RUN sed -i 's/\\r//' /run.sh", 'ENTRYPOINT ["/run.sh"]', base='alpine'),
        _text('#!/bin/sh\r'),
    ),
    case(
        'a bash that a step brings',
        image(APP, TAKE, COPIED, 'COPY --from=build /src/app /bin/bash', 'ENTRYPOINT ["/run.sh"]', base='alpine'),
        {**TREE, 'run.sh': '#!/bin/bash\nexec /app\n'},
    ),
    broken('a script without the executable bit', _scripted('COPY run.sh /run.sh'), 9, _text(FOR_SH)),
    broken('the same by way of a stage', _scripted('COPY --from=build /src/run.sh /'), 9, _text(FOR_SH)),
    case('the bit is given', _scripted('COPY run.sh /run.sh', 'RUN chmod +x /run.sh'), _text(FOR_SH)),
    case('a shell reads it', _scripted('COPY run.sh /run.sh').replace('["', '["sh", "'), _text(FOR_SH)),
)
SHELLS = (
    broken('an ENTRYPOINT in shell form in scratch', image(APP, TAKE, 'ENTRYPOINT /app'), 7),
    broken('a CMD in shell form in scratch', image(APP, TAKE, 'CMD /app --port 80'), 7),
    broken('a HEALTHCHECK in shell form in scratch', image(APP, TAKE, 'HEALTHCHECK CMD /app -h', 'CMD ["/app"]'), 7),
    broken('a HEALTHCHECK by curl in scratch', image(APP, TAKE, 'HEALTHCHECK CMD ["curl", "-f"]', 'CMD ["/app"]'), 7),
    broken('a shell in exec form in scratch', image(APP, TAKE, 'ENTRYPOINT ["sh", "-c", "/app"]'), 7),
    broken('a shell by its path in scratch', image(APP, TAKE, 'CMD ["/bin/sh", "-c", "/app"]'), 7),
    case('a shell in exec form in alpine', image(APP, TAKE, 'CMD ["sh", "-c", "/app"]', base='alpine'), TREE),
    case(
        'a RUN in scratch',
        image(APP, TAKE, 'RUN /app', 'CMD ["/app"]'),
        TREE,
        other=f'{HOOK} 7',
        builds='stat /bin/sh: no such file or directory',
        classic='stat /bin/sh: no such file or directory',
        buildah='/bin/sh',
    ),
    case('a RUN in exec form in scratch', image(APP, TAKE, 'RUN ["/app"]', 'CMD ["/app"]'), TREE),
    case(
        'a shell is copied into scratch',
        image(APP, TAKE, 'COPY --from=build /bin/busybox /bin/sh', 'CMD /app'),
        TREE,
    ),
    case('a RUN with the shell of a mount', image(APP, 'RUN --mount=from=build,target=/bin,source=/bin true'), TREE),
    case('the shell form in alpine', image(APP, TAKE, 'HEALTHCHECK CMD /app -h', 'CMD /app', base='alpine'), TREE),
    case('arguments in shell form behind an ENTRYPOINT', image(APP, TAKE, 'ENTRYPOINT ["/app"]', 'CMD port'), TREE),
    case(
        'a shell form in distroless',
        image(APP, TAKE, 'ENTRYPOINT /app', base='gcr.io/distroless/static-debian12'),
        TREE,
        other=f'{HOOK} 7',
        builds=NO_IMAGE,
    ),
    case(
        'a shell form in distroless for debugging',
        image(APP, TAKE, 'ENTRYPOINT /app', base='gcr.io/distroless/base-debian12:debug'),
        TREE,
        builds=NO_IMAGE,
    ),
)
ADDED = "RUN echo 'app:x:7:7::/:/bin/sh' >> /etc/passwd"
USERS = (
    broken('a user whom scratch does not have', image(APP, TAKE, 'USER app', 'CMD ["/app"]'), 7),
    case('a user by number', image(APP, TAKE, 'USER 7:7', 'CMD ["/app"]'), TREE),
    broken('a user whom alpine does not have', image(APP, TAKE, 'USER app:app', 'CMD ["/app"]', base='alpine'), 7),
    broken(
        'nonroot in alpine', image(APP, 'RUN mkdir -p /srv', TAKE, 'USER nonroot', 'CMD ["/app"]', base='alpine'), 8
    ),
    case('a user who is added', image(APP, TAKE, ADDED, 'USER app', 'CMD ["/app"]', base='alpine'), TREE),
    case(
        'a user whom a stage has',
        f'{BUILD}{APP}\n{ADDED}\nFROM scratch\n{TAKE}\nCOPY --from=build /etc/passwd /etc/\nUSER app\nCMD ["/app"]',
        TREE,
    ),
    case(
        'a user for a RUN',
        f'{BUILD}{APP}\nUSER app\nRUN true\nCMD ["/src/app"]',
        TREE,
        other=f'{HOOK} 5',
        builds='unable to find user app: no matching entries in passwd file',
        classic='unable to find user app',
        buildah='unknown user error looking up user "app"',
    ),
)
CHECK = 'HEALTHCHECK --interval=5s CMD '


def checked(name: str, check: str, *before: str, base: str = 'alpine') -> Case:
    """A case whose image is checked by a command that fails."""
    return broken(name, image(APP, TAKE, *before, CHECK + check, 'CMD ["/app"]', base=base), 7 + len(before))


def passing(name: str, check: str, *before: str) -> Case:
    """A case whose check passes; `get.sh` is a script that brings a curl."""
    files = {**TREE, 'get.sh': 'cp /app /usr/bin/curl\n'}
    return case(name, image(APP, TAKE, *before, CHECK + check, 'CMD ["/app"]', base='alpine'), files)


CHECKS = (
    checked('a check by curl in alpine', 'curl -f http://localhost/ || exit 1'),
    checked('a check by curl in alpine, in exec form', '["curl", "-f", "http://localhost/"]'),
    checked('a check by curl in alpine, by its path', '["/usr/bin/curl", "-f", "http://localhost/"]'),
    checked('a check by curl in alpine, handed to a shell', '["sh", "-c", "curl -f localhost || exit 1"]'),
    checked('a check by curl in alpine, whose output is searched', 'curl -s localhost | grep -q ok || exit 1'),
    checked('a check by curl in alpine, in a list', 'test -x /app && (curl -f localhost || false)'),
    checked('a check by a probe in alpine', '["/bin/grpc_health_probe", "-addr=:80"]'),
    passing('a check by the wget of busybox', 'wget --help || exit 1'),
    passing('a check by curl, or else by wget', 'curl -f localhost || wget --help'),
    passing('a check by curl that does not count', 'curl -f localhost || exit 0'),
    passing('a check by curl that does not count, in exec form', '["sh", "-c", "curl -f localhost; true"]'),
    passing('a check that curl must fail', '! curl -f localhost'),
    passing('a check by a curl that is copied', 'curl -h', 'COPY --from=build /src/app /usr/local/bin/curl'),
    passing(
        'a check by a curl in a folder of PATH', 'curl -h', 'COPY --from=build /src/app /opt/curl', 'ENV PATH=/opt:/bin'
    ),
    passing('a check by a curl that a script brings', 'curl -h', 'COPY get.sh /', 'RUN sh /get.sh'),
)
LOADERS = (
    case(
        'a program of net, linked to glibc, in scratch',
        image(APP, TAKE, 'CMD ["/app"]').replace('CGO_ENABLED=0 ', ''),
        NET,
        other=f'{HOOK} 6',
        builds=NO_NET,
    ),
    case('a program of net without cgo in scratch', image(APP, TAKE, 'CMD ["/app"]'), NET, builds=NO_NET),
    case(
        'a program of nothing, in scratch', image(APP, TAKE, 'CMD ["/app"]').replace('CGO_ENABLED=0 ', ''), HELLO_TREE
    ),
)
CASES: tuple[Case, ...] = (*PATHS, *NAMES, *RIGHTS, *SCRIPTS, *SHELLS, *USERS, *CHECKS, *LOADERS)

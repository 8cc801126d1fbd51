"""golang.org/x versions; the judges' proxy serves golang.org/x/net v0.20.0 and golang.org/x/tools v0.20.0."""

from __future__ import annotations

from tests.cases._case import BARE, HELLO, HELLO_TREE, Case, app, case

HOOK = 'check-x-versions'
NET = 'golang.org/x/net@v1.20.0'
STRINGER = 'golang.org/x/tools/cmd/goimports@v1.20.0'
# What go says of them; the name alone stands in the step, which builders print.
NO_NET, NO_STRINGER = f'go: {NET}: ', f'go: {STRINGER}: '
DOWNLOAD = app('COPY go.mod ./', 'RUN go mod download')


def required(*lines: str) -> dict[str, str]:
    """A program whose go.mod has these lines from line 5 on."""
    return {'go.mod': BARE + '\n' + ''.join(f'{line}\n' for line in lines), 'main.go': HELLO}


GO_MOD: tuple[Case, ...] = (
    case(
        'a requirement that never existed, replaced by a folder',
        app('COPY . .', 'RUN go mod download'),
        {**required('require golang.org/x/net v1.20.0', 'replace golang.org/x/net => ./net'),
         'net/go.mod': 'module golang.org/x/net\n'},
    ),
    case(
        'a requirement that never existed, replaced by a version that exists',
        DOWNLOAD,
        required('require golang.org/x/net v1.20.0', 'replace golang.org/x/net => golang.org/x/net v0.20.0'),
    ),
    case(
        'a requirement replaced by a version that never existed',
        DOWNLOAD,
        required('require golang.org/x/net v0.20.0', 'replace golang.org/x/net => golang.org/x/net v1.20.0'),
        other=f'{HOOK} go.mod:6',
        builds=NET,
    ),
    case(
        'a replacement that nothing uses',
        DOWNLOAD,
        required('require golang.org/x/net v0.20.0', 'replace golang.org/x/text => golang.org/x/text v1.14.0'),
    ),
    case(
        'a version that never existed, excluded',
        DOWNLOAD,
        required('require golang.org/x/net v0.20.0', 'exclude golang.org/x/net v1.20.0'),
    ),
    case(
        'a version that never existed below one that exists',
        DOWNLOAD,
        required('require golang.org/x/net v0.20.0', 'require golang.org/x/net v0.1.9'),
    ),
    case(
        'a version between two releases',
        DOWNLOAD,
        required('require golang.org/x/net v0.20.1'),
        other=f'{HOOK} go.mod:5',
        builds='golang.org/x/net@v0.20.1',
    ),
    case(
        'a version of a golang.org/x module above v1',
        DOWNLOAD,
        required('require golang.org/x/net v2.0.0'),
        other=f'{HOOK} go.mod:5',
        builds='should be v0 or v1, not v2',
    ),
)  # fmt: skip

COMMANDS: tuple[Case, ...] = (
    case(
        'go run of a golang.org/x tool that never existed',
        app(f'RUN go run {STRINGER}'),
        context='',
        other=f'{HOOK} 3',
        builds=NO_STRINGER,
    ),
    case(
        'go install of a golang.org/x tool that never existed, in exec form',
        app(f'RUN ["go", "install", "{STRINGER}"]'),
        context='',
        other=f'{HOOK} 3',
        builds=NO_STRINGER,
    ),
    case(
        'go install of a golang.org/x tool that never existed, and may fail',
        app(f'RUN go install {STRINGER} || true'),
        context='',
    ),
    case(
        'go install of a golang.org/x tool that never existed, in a branch that is not taken',
        app(f'RUN if [ -e /nowhere ]; then go install {STRINGER}; fi'),
        context='',
    ),
    case(
        'go install of a golang.org/x tool whose version is the default of an argument',
        app('ARG V=v1.20.0', 'RUN go install golang.org/x/tools/cmd/goimports@$V'),
        context='',
        other=f'{HOOK} 4',
        builds=NO_STRINGER,
    ),
    case(
        'go install of a golang.org/x tool whose version a compose file corrects',
        app('ARG V=v1.20.0', 'RUN go install golang.org/x/tools/cmd/goimports@$V'),
        context='',
        args={'V': 'v0.20.0'},
    ),
    case(
        'go get of a golang.org/x version that never existed',
        app('COPY . .', 'RUN go get golang.org/x/net@v1.20.0'),
        HELLO_TREE,
        other=f'{HOOK} 4',
        builds=NO_NET,
    ),
    case(
        'go get of a golang.org/x version that never existed and that go.mod replaces',
        app('COPY . .', 'RUN go get golang.org/x/net@v1.20.0'),
        {**required('replace golang.org/x/net => ./net'), 'net/go.mod': 'module golang.org/x/net\n'},
    ),
    case(
        'go mod download of a golang.org/x version that never existed',
        app('RUN go mod download golang.org/x/net@v1.20.0'),
        context='',
        other=f'{HOOK} 3',
        builds=NO_NET,
    ),
    case(
        'go get of a golang.org/x version that exists',
        app('COPY . .', 'RUN go get golang.org/x/net@v0.20.0'),
        HELLO_TREE,
    ),
)

CASES: tuple[Case, ...] = (*GO_MOD, *COMMANDS)

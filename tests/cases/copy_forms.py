"""COPY and ADD in all their forms, with a go.sum that is absent."""

from __future__ import annotations

from tests.cases._case import (
    BARE,
    BUILDAH_COPY,
    CLASSIC_NONE,
    HELLO,
    HELLO_TREE,
    MAIN,
    MISSING,
    MOD,
    NOT_FOUND,
    SUM,
    Case,
    Link,
    app,
    case,
    lines,
)

SVC = {'svc/go.mod': BARE, 'svc/main.go': HELLO}
GO = ('COPY . .', 'RUN go build -o /bin/app .')


def _fails(*steps: str, name: str = '', error: str = NOT_FOUND) -> Case:
    return case(
        name or f'{steps[0]}, module without requirements', app(*steps, *GO), HELLO_TREE, finds='3', builds=error
    )


def _passes(*steps: str, name: str = '') -> Case:
    return case(name or f'{steps[0]}, module without requirements', app(*steps, *GO), HELLO_TREE)


def _only_buildkit(step: str) -> Case:
    """Every source is a glob that matches nothing."""
    return case(
        f'{step} alone, nothing matches',
        app(step, *GO),
        HELLO_TREE,
        strict='3',
        classic=CLASSIC_NONE,
        buildah=BUILDAH_COPY,
    )


CASES: tuple[Case, ...] = (
    # A literal that is not there fails, however it is written.
    _fails('COPY go.mod go.sum ./'),
    _fails('COPY ["go.mod", "go.sum", "./"]'),
    _fails('COPY [ "go.mod", "go.sum", "./" ]'),
    _fails('COPY ["go.mod","go.sum","/app/"]'),
    _fails('COPY ./go.mod ./go.sum ./'),
    _fails('COPY /go.mod /go.sum ./'),
    _fails('COPY go.mod /go.sum ./'),
    _fails('COPY go.mod ././go.sum ./'),
    _fails('COPY go.mod svc/../go.sum ./'),
    _fails('COPY go.mod ../go.sum ./'),
    _fails('COPY go.mod ../../go.sum ./'),
    _fails('COPY go.sum ./'),
    _fails('COPY go.sum go.mod ./'),
    _fails('COPY go.mod go.sum .'),
    _fails('COPY go.mod go.sum main.go /app/'),
    _fails('COPY go.mod go.sum /src'),
    _fails('COPY "go.mod" "go.sum" "./"'),
    _fails("COPY go.mod 'go.sum' ./"),
    _fails('COPY go.mod go.s""um ./'),
    _fails('copy go.mod go.sum ./'),
    _fails('COPY   go.mod\tgo.sum   ./'),
    _fails('COPY go.mod \\\n    go.sum ./'),
    _fails('COPY go.mod \\\n    # the sums\n\n    go.sum ./', name='COPY continued over a comment and an empty line'),
    _fails('COPY --chown=0:0 go.mod go.sum ./'),
    case(
        'COPY --chmod, module without requirements',
        app('COPY --chmod=644 go.mod go.sum ./', *GO),
        HELLO_TREE,
        finds='3',
        builds=NOT_FOUND,
        classic='skip: it knows no --chmod',
    ),
    _fails('COPY --link go.mod go.sum ./'),
    _fails('ADD go.mod go.sum ./')._replace(classic='ADD failed'),
    _fails('ADD ["go.mod", "go.sum", "./"]')._replace(classic='ADD failed'),
    _fails('ADD ./go.sum /app/')._replace(classic='ADD failed'),
    _fails('COPY go.sum go.sum* ./', name='COPY of the literal and the glob'),
    _fails('COPY go.mod go.sum* go.sum ./', name='COPY of the glob and the literal'),
    _fails('COPY go.mod go.work ./', error='"/go.work": not found'),
    _fails('COPY go.work go.work.sum go.mod ./', error='not found'),
    case(
        'a literal go.mod that is not there',
        app('COPY go.mod ./', 'COPY main.go ./', 'RUN go run main.go'),
        HELLO_TREE,
        without='go.mod',
        context='',
        finds='3',
        builds='"/go.mod": not found',
    ),
    _fails('ARG SUMS=go.sum\nCOPY go.mod ${SUMS} ./', name='a source from an ARG default')._replace(
        finds=('Dockerfile:4',)
    ),
    _fails('ARG D=.\nCOPY $D/go.mod $D/go.sum ./', name='a folder from an ARG default')._replace(
        finds=('Dockerfile:4',)
    ),
    _fails('ENV D=.\nCOPY ${D}/go.mod ${D}/go.sum ./', name='a folder from ENV')._replace(finds=('Dockerfile:4',)),
    case(
        'an ARG default that a build argument mends',
        app('ARG D=nosuch', 'COPY ${D}/go.mod ${D}/go.sum* ./', *GO),
        HELLO_TREE,
        args={'D': '.'},
    ),
    case(
        'a build argument that breaks a source',
        app('ARG F=go.mod', 'COPY go.mod ${F} ./', *GO),
        HELLO_TREE,
        args={'F': 'go.sum'},
        finds='4',
        builds=NOT_FOUND,
    ),
    case(
        'an ARG without a value is empty',
        app('ARG NOTHING', 'COPY go.mod ${NOTHING:-go.sum} ./', *GO),
        HELLO_TREE,
        builds=NOT_FOUND,
        why='an ARG without a value is unknown: any build may give one',
    ),
    case(
        'an ARG before FROM does not reach the stage',
        """
         ARG F=go.sum
         FROM golang:1.21
         WORKDIR /app
         ARG F
         COPY go.mod $F ./
         COPY . .
         RUN go build .
         """,
        HELLO_TREE,
        finds='5',
        builds=NOT_FOUND,
    ),
    # Globs may match nothing, beside a source that is there.
    _passes('COPY go.mod go.sum* ./'),
    _passes('COPY go.mod* go.sum* ./'),
    _passes('COPY go.* ./'),
    _passes('COPY go.mod go.su[m] ./'),
    _passes('COPY go.mod go.sum? ./'),
    _passes('COPY ["go.mod", "go.sum*", "./"]'),
    _passes('ADD go.mod go.sum* ./'),
    _passes('ADD ["go.mod", "go.su[m]", "./"]'),
    _passes('COPY ./go.mod ./go.sum* ./'),
    _passes('COPY go.mod *.sum ./'),
    _only_buildkit('COPY go.sum* ./'),
    _only_buildkit('COPY *.sum ./'),
    _only_buildkit('COPY go.su[m] ./'),
    _only_buildkit('ADD go.sum* ./'),
    case('COPY [g]o.mod go.sum* of a folder that has go.mod alone', app('COPY [g]o.mod go.sum* ./', *GO), HELLO_TREE),
    case(
        'a literal folder in front of a glob is absent',
        app('COPY nosuchdir/go.mod* go.mod ./', *GO),
        HELLO_TREE,
        finds='3',
        builds='/nosuchdir: no such file or directory',
        classic='',
        buildah='',
    ),
    case('a glob folder in front of a literal matches nothing', app('COPY nosuch*/go.sum go.mod ./', *GO), HELLO_TREE),
    case(
        'COPY [[]x].sum: an escaped bracket is a literal to BuildKit', app('COPY go.mod go[.]sum ./', *GO), HELLO_TREE
    ),
    # Who is to blame when it is on the disk.
    case(
        'go.sum on the disk, not in git',
        app('COPY go.mod go.sum ./', *GO),
        untracked='go.sum',
        finds='3',
        builds=NOT_FOUND,
    ),
    case(
        'go.sum on the disk, git-ignored',
        app('COPY go.mod go.sum ./', *GO),
        untracked='go.sum',
        plus={'.gitignore': '*.sum\n'},
        finds='3',
        builds=NOT_FOUND,
    ),
    case(
        'go.mod on the disk, not in git',
        app('COPY go.mod go.sum ./', *GO),
        untracked='go.mod',
        finds='3',
        builds='"/go.mod": not found',
    ),
    case('go.sum and go.mod there', app('COPY go.mod go.sum ./', 'RUN go mod download', *GO)),
    case(
        'never generated, module with requirements',
        app('COPY go.mod go.sum ./', 'RUN go mod download', *GO),
        without='go.sum',
        finds='3',
        builds=NOT_FOUND,
    ),
    case(
        'go.sum in another folder',
        app('COPY go.mod go.sum ./', *GO),
        HELLO_TREE,
        plus={'svc/go.mod': MOD, 'svc/go.sum': SUM, 'svc/main.go': HELLO},
        finds='3',
        builds=NOT_FOUND,
    ),
    case('an empty go.sum is a go.sum', app('COPY go.mod go.sum ./', *GO), HELLO_TREE, plus={'go.sum': ''}),
    case(
        'a file in another case is another file',
        app('COPY go.mod go.sum ./', *GO),
        HELLO_TREE,
        plus={'GO.SUM': ''},
        finds='3',
        builds=NOT_FOUND,
    ),
    case(
        'GO.SUM copied by its name does not help go',
        app('COPY go.mod GO.SUM main.go ./', 'RUN go build .'),
        without='go.sum',
        plus={'GO.SUM': SUM},
        other='check-tidy-order 4',
        builds=MISSING,
    ),
    # Folders and links.
    case(
        'go.sum is a folder with a file in it',
        app('COPY go.mod go.sum ./', 'COPY main.go .', 'RUN go build -o /bin/app .'),
        HELLO_TREE,
        plus={'go.sum/x.txt': 'x\n'},
    ),
    case(
        'go.sum is a folder that git cannot hold, for it is empty',
        app('COPY go.mod go.sum ./', *GO),
        HELLO_TREE,
        plus={'go.sum/x.txt': 'x\n'},
        untracked='go.sum/x.txt',
        finds='3',
        builds=NOT_FOUND,
    ),
    case(
        'a link to a file inside the context',
        app('COPY go.mod go.sum main.go ./', 'RUN go build .'),
        without='go.sum',
        plus={'go.sum': Link('other.sum'), 'other.sum': SUM},
    ),
    case(
        'a link to a file inside the context that is not in git',
        app('COPY go.mod go.sum main.go ./', 'RUN go build .'),
        without='go.sum',
        plus={'go.sum': Link('other.sum'), 'other.sum': SUM},
        untracked='other.sum',
        builds=NOT_FOUND,
        why='what a link leads to is unknown',
    ),
    case(
        'a link to a file outside the context',
        app('COPY go.mod go.sum main.go ./', 'RUN go build .'),
        {'svc/go.mod': MOD, 'svc/go.sum': Link('../go.sum'), 'svc/main.go': HELLO, 'go.sum': SUM},
        at='svc/Dockerfile',
        context='svc',
        why='what a link leads to is unknown',
        builds='too many links',
        classic='forbidden path outside the build context',
        buildah='too many levels of symbolic links',
    ),
    case(
        'a link to a file of another name outside the context',
        app('COPY go.mod go.sum main.go ./', 'RUN go build .'),
        {'svc/go.mod': MOD, 'svc/go.sum': Link('../all.sum'), 'svc/main.go': HELLO, 'all.sum': SUM},
        at='svc/Dockerfile',
        context='svc',
        why='what a link leads to is unknown',
        builds=NOT_FOUND,
    ),
    case(
        'COPY . . of a link to a file outside the context',
        app('COPY . .', 'RUN go build .'),
        {'svc/go.mod': MOD, 'svc/go.sum': Link('../all.sum'), 'svc/main.go': MAIN, 'all.sum': SUM},
        at='svc/Dockerfile',
        context='svc',
        why='what a link leads to is unknown',
        builds=MISSING,
    ),
    case(
        'COPY . . of a link to a file inside the context',
        app('COPY . .', 'RUN go build .'),
        without='go.sum',
        plus={'go.sum': Link('other.sum'), 'other.sum': SUM},
    ),
    case(
        'a link that leads nowhere',
        app('COPY go.mod go.sum ./', *GO),
        HELLO_TREE,
        plus={'go.sum': Link('nowhere')},
        builds=NOT_FOUND,
        why='what a link leads to is unknown',
    ),
    case(
        'a link to a folder',
        app('COPY cfg/ ./', 'RUN ls go.mod main.go', 'RUN go build .'),
        {'cfg': Link('real'), 'real/go.mod': BARE, 'real/main.go': HELLO},
    ),
    case(
        'one source below a link to a folder',
        app('COPY cfg/go.mod ./', 'COPY real/main.go ./', 'RUN go build .'),
        {'cfg': Link('real'), 'real/go.mod': BARE, 'real/main.go': HELLO},
    ),
    case(
        'two sources below a link to a folder: BuildKit sends the first alone',
        app('COPY cfg/go.mod cfg/main.go ./', 'RUN go build .'),
        {'cfg': Link('real'), 'real/go.mod': BARE, 'real/main.go': HELLO},
        builds='"/cfg/main.go": not found',
        classic='',
        buildah='',
        why='what a link leads to is unknown',
    ),
    case(
        'two steps with a source below a link to a folder',
        app('COPY cfg/go.mod ./', 'COPY cfg/main.go ./', 'RUN go build .'),
        {'cfg': Link('real'), 'real/go.mod': BARE, 'real/main.go': HELLO},
        builds='"/cfg/main.go": not found',
        classic='',
        buildah='',
        why='what a link leads to is unknown',
    ),
    case(
        'a glob below a link to a folder',
        app('COPY cfg/* ./', 'RUN go build .'),
        {'cfg': Link('real'), 'real/go.mod': BARE, 'real/main.go': HELLO},
        classic=CLASSIC_NONE,
    ),
    case(
        'a link to a folder as a source beside the whole',
        app('COPY cfg /cfg/', 'COPY . .', 'RUN cd cfg && go build .'),
        {'cfg': Link('real'), 'real/go.mod': BARE, 'real/main.go': HELLO},
    ),
    case(
        'an absent source below a link to a folder',
        app('COPY cfg/go.mod cfg/go.sum cfg/main.go ./', 'RUN go build .'),
        {'cfg': Link('real'), 'real/go.mod': BARE, 'real/main.go': HELLO},
        builds='not found',
        why='what a link leads to is unknown',
    ),
    # Destinations.
    case('COPY a/ copies what is in it', app('COPY svc/ ./', 'RUN go build .'), SVC),
    case('COPY a copies what is in it', app('COPY svc .', 'RUN go build .'), SVC),
    case(
        'COPY svc/go.* ./svc makes a file of a single match',
        app('COPY svc/go.* ./svc', 'COPY svc/main.go ./svc/', 'RUN cd svc && go build .'),
        SVC,
        finds='4',
        builds='not a directory',
    ),
    case(
        'COPY svc/go.* ./svc/ makes a folder',
        app('COPY svc/go.* ./svc/', 'COPY svc/main.go ./svc/', 'RUN cd svc && go build .'),
        SVC,
    ),
    case(
        'several sources and no slash at the end, the folder exists',
        app('WORKDIR /src', 'COPY go.mod main.go /src', 'RUN go build .'),
        HELLO_TREE,
        strict='4',
        classic='must be a directory and end with a /',
    ),
    case(
        'several sources and no slash at the end make a file',
        app('COPY go.mod main.go /src', 'RUN ls -l /src && cd /src && go build .'),
        HELLO_TREE,
        builds="can't cd to /src",
        strict='3',
        classic='must be a directory and end with a /',
        buildah='',
        other='check-tidy-order 4',
    ),
    case(
        'a glob of several matches and no slash at the end makes a file',
        app('COPY *.* /src', 'RUN ls -l /src && cd /src && go build .'),
        HELLO_TREE,
        builds="can't cd to /src",
        strict='3',
        classic='must be a directory and end with a /',
        other='check-tidy-order 4',
    ),
    case(
        'several sources to a dot',
        app('COPY go.mod main.go .', 'RUN go build .'),
        HELLO_TREE,
        strict='3',
        classic='must be a directory and end with a /',
    ),
    case(
        'a glob of several matches to a dot',
        app('COPY go.mod ./', 'COPY *.go .', 'RUN go build .'),
        HELLO_TREE,
        plus={'doc.go': 'package main\n'},
        strict='4',
        classic='must be a directory and end with a /',
    ),
    case(
        'a glob of one match to a dot',
        app('COPY go.mod ./', 'COPY *.go .', 'RUN go build .'),
        HELLO_TREE,
    ),
    case(
        'several sources of a stage to a dot',
        lines('FROM golang:1.21 AS a', 'WORKDIR /a', 'COPY . .')
        + app('COPY --from=a /a/go.mod /a/main.go .', 'RUN go build .'),
        HELLO_TREE,
        strict='6',
        classic='must be a directory and end with a /',
    ),
    case(
        '.. inside of the context', app('COPY x/../go.mod main.go ./', 'RUN go build .'), HELLO_TREE, plus={'x/y': ''}
    ),
    case(
        '.. behind a slash',
        app('COPY /../go.mod main.go ./', 'RUN go build .'),
        HELLO_TREE,
        strict='3',
        classic='forbidden path outside the build context',
    ),
    case(
        'a file copied under another name',
        app('COPY go.mod.tpl ./go.mod', 'COPY main.go ./', 'RUN go build .'),
        HELLO_TREE,
        without='go.mod',
        plus={'go.mod.tpl': BARE},
    ),
    case('** without --parents is one level', app('COPY **/go.mod ./', 'COPY **/main.go ./', 'RUN go build .'), SVC),
    case(
        '** without --parents does not go two levels down',
        app('COPY **/go.mod ./', 'COPY **/main.go ./', 'RUN ls && go build .'),
        {'a/svc/go.mod': BARE, 'a/svc/main.go': HELLO},
        context='',
        strict='3 4',
        other='check-tidy-order 5',
        builds='go.mod file not found',
        classic=CLASSIC_NONE,
        buildah=BUILDAH_COPY,
    ),
    case(
        '** without --parents does not reach a go.sum two levels down',
        app('COPY a/svc/go.mod a/svc/main.go ./', 'COPY **/go.sum ./', 'RUN go build .'),
        {'a/svc/go.mod': MOD, 'a/svc/go.sum': SUM, 'a/svc/main.go': MAIN},
        finds='5',
        strict='4',
        builds=MISSING,
        classic=CLASSIC_NONE,
        buildah=BUILDAH_COPY,
    ),
    case(
        'COPY --parents keeps the folders', app('COPY --parents */go.mod */main.go ./', 'RUN cd svc && go build .'), SVC
    ),
    case(
        'COPY --parents cuts at the pivot',
        app('COPY --parents ./svc/./go.mod ./svc/./main.go ./', 'RUN go build .'),
        SVC,
    ),
    case(
        'COPY --parents leaves nothing in front of the pivot',
        app('COPY --parents svc/./go.mod svc/./main.go ./', 'RUN cd svc && go build .'),
        SVC,
        other='check-tidy-order 4',
        builds="can't cd to svc",
    ),
    case(
        'COPY --parents keeps what stands behind the first pivot',
        app('COPY --parents a/./svc/./go.mod a/./svc/*.go ./', 'RUN cd svc && go build .'),
        {'a/svc/go.mod': BARE, 'a/svc/main.go': HELLO},
    ),
    case(
        'COPY --parents keeps the folder behind a dot, too',
        app('COPY --parents ./svc/go.mod ./svc/main.go ./', 'RUN cd svc && go build .'),
        SVC,
    ),
    case(
        'COPY --parents of an absent literal',
        app('COPY --parents ./svc/./go.mod ./svc/./go.sum ./', 'COPY svc .', 'RUN go build .'),
        SVC,
        finds='3',
        builds='not found',
    ),
    case(
        'COPY --parents ** goes all levels down',
        app('COPY --parents **/go.mod **/main.go ./', 'RUN cd a/svc && go build .'),
        {'a/svc/go.mod': BARE, 'a/svc/main.go': HELLO},
    ),
    case(
        'COPY --exclude leaves go.sum out',
        app('COPY --exclude=go.sum . .', 'RUN go build .'),
        finds='4',
        builds=MISSING,
    ),
    case('COPY --exclude of another file', app('COPY --exclude=*.md . .', 'RUN go build .')),
    case(
        'ADD --exclude leaves go.sum out', app('ADD --exclude=*.sum . .', 'RUN go build .'), finds='4', builds=MISSING
    ),
    case(
        'COPY --exclude does not reach a literal source',
        app('COPY --exclude=go.sum go.mod go.sum main.go ./', 'RUN go build .'),
    ),
    # Another folder is the context.
    case(
        'the context is the folder of the Dockerfile',
        app('COPY go.mod go.sum ./', *GO),
        {'svc/go.mod': MOD, 'svc/go.sum': SUM, 'svc/main.go': HELLO},
        at='svc/Dockerfile',
        context='svc',
        declared=False,
    ),
    case(
        'the context is the top, sources are named from there',
        app('COPY svc/go.mod svc/go.sum ./', 'COPY svc .', 'RUN go build .'),
        {'svc/go.mod': MOD, 'svc/go.sum': SUM, 'svc/main.go': HELLO},
        at='svc/Dockerfile',
        context='',
        declared=False,
    ),
    case(
        'the declared context is the wrong folder',
        app('COPY go.mod go.sum ./', *GO),
        {'svc/go.mod': MOD, 'svc/go.sum': SUM, 'svc/main.go': HELLO},
        at='svc/Dockerfile',
        context='',
        finds='svc/Dockerfile:3',
        builds='not found',
    ),
    case(
        'a shared Dockerfile, its context lacks go.sum',
        app('COPY go.mod go.sum ./', *GO),
        {**SVC, 'docker/x': ''},
        at='docker/Dockerfile',
        context='svc',
        finds='3',
        builds=NOT_FOUND,
    ),
    case(
        'a shared Dockerfile, its context has go.sum',
        app('COPY go.mod go.sum ./', *GO),
        {**SVC, 'svc/go.sum': ''},
        at='docker/Dockerfile',
        context='svc',
    ),
    case(
        '.. stops at the root of the context',
        app('COPY ../go.mod ../go.sum* ../main.go ./', 'RUN go build .'),
        HELLO_TREE,
        strict='3',
        classic='forbidden path outside the build context',
    ),
    # Trees that every case needs to be judged against.
    case(
        'CRLF line endings',
        'FROM golang:1.21\r\nWORKDIR /app\r\nCOPY go.mod go.sum ./\r\nCOPY . .\r\nRUN go build .\r',
        HELLO_TREE,
        finds='3',
        builds=NOT_FOUND,
    ),
    case('a byte order mark', '\ufeff' + app('COPY go.mod go.sum ./', *GO), HELLO_TREE, finds='3', builds=NOT_FOUND),
    case(
        'an escape directive',
        '# escape=`\nFROM golang:1.21\nWORKDIR /app\nCOPY go.mod `\n  go.sum ./\nCOPY . .\nRUN go build .',
        HELLO_TREE,
        finds='4',
        builds=NOT_FOUND,
    ),
    case('a comment between', app('# COPY go.sum ./', 'COPY go.mod ./', *GO), HELLO_TREE),
    case(
        'shell text inside COPY',
        app('COPY go.mod go.sum* ./ 2>/dev/null || true', *GO),
        HELLO_TREE,
        finds='3',
        builds='cannot copy to non-directory',
        classic='COPY failed',
        buildah='"/2>/dev/null": no such file or directory',
    ),
)


def _clashes(name: str, *steps: str, builds: str = '', classic: str | None = None, at: str = '7') -> Case:
    """The last image, from line 6 on, gets a program, and then something else."""
    text = lines('FROM golang:1.21 AS build', 'WORKDIR /src', 'COPY . .', 'RUN go build -o /bin/app .', 'FROM alpine')
    tree = {**HELLO_TREE, 'conf/a.yaml': ''}
    return case(
        f'what is no folder: {name}',
        text + lines(*steps),
        tree,
        finds=at if builds else '',
        builds=builds,
        classic=classic,
        buildah=classic,
    )


PROGRAM = 'COPY --from=build /bin/app /app'
NO_FOLDER = 'not a directory'
CASES = (
    *CASES,
    _clashes('a file below a program', PROGRAM, 'COPY go.mod /app/go.mod', builds=NO_FOLDER),
    _clashes('a folder below a program', PROGRAM, 'COPY conf /app/conf', builds=NO_FOLDER),
    _clashes('into a program', PROGRAM, 'COPY go.mod /app/', builds=NO_FOLDER),
    _clashes('a folder onto a program', PROGRAM, 'COPY conf /app', builds='non-directory', classic=NO_FOLDER),
    # Buildah makes it when a RUN needs it.
    _clashes('a working folder that is a program', PROGRAM, 'WORKDIR /app', builds=NO_FOLDER)._replace(buildah=''),
    _clashes('a working folder below a program', PROGRAM, 'WORKDIR /app/data', builds=NO_FOLDER),
    _clashes('a program onto a program', PROGRAM, 'COPY go.mod /app'),
    _clashes('a program into a folder', 'COPY --from=build /bin/app /app/', 'COPY conf /app/conf', 'WORKDIR /app'),
    _clashes('a program into a folder that is there', 'WORKDIR /app', PROGRAM, 'COPY conf /app/conf'),
    _clashes('a program that is moved', PROGRAM, 'RUN mv /app /bin/app', 'WORKDIR /app'),
    _clashes(
        'a file onto a folder of its name',
        'COPY conf /x/app',
        'COPY --from=build /bin/app /x/',
        builds='cannot replace to directory',
        classic='',
    ),
    _clashes('a file into a folder by its path', 'COPY conf /x/app', 'COPY --from=build /bin/app /x/app'),
)

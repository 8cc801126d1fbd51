"""A program is built for one platform, and the image for another.

The build passes; the container does not start: `exec /server: exec format error`. What `GOOS=darwin` builds starts in no
container; a `GOARCH=amd64` on the go command stays what it is when the image is built for linux/arm64; and a stage
`FROM --platform=$BUILDPLATFORM` builds for the machine that builds, unless GOARCH says otherwise. Of an
`ARG TARGETARCH=amd64` the default is taken, whatever the platform.

Cure: take the platform from the build: `ARG TARGETARCH` in the stage, and `GOARCH=$TARGETARCH` on the command.

Bad:

    -- Dockerfile --
    FROM golang:1.26 AS build
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 GOARCH=amd64 go build -o /server .

    FROM alpine:3.23
    COPY --from=build /server /server
    ENTRYPOINT ["/server"]
    -- .github/workflows/image.yml --
    on: push
    jobs:
      image:
        runs-on: ubuntu-latest
        steps:
        - uses: actions/checkout@v4
        - uses: docker/build-push-action@v6
          with:
            context: .
            platforms: linux/amd64,linux/arm64
    -- go.mod --
    module example.com/app

    go 1.26
    -- main.go --
    package main

    func main() {}
    -- says --
    Dockerfile:4: exec /server: exec format error when the container starts on linux/arm64 (declared by .github/workflows/image.yml:7), since GOARCH is amd64: write `ARG TARGETARCH` before it, and `GOARCH=$TARGETARCH`

Good:

    -- Dockerfile --
    FROM --platform=$BUILDPLATFORM golang:1.26 AS build
    ARG TARGETARCH
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 GOARCH=$TARGETARCH go build -o /server .

    FROM alpine:3.23
    COPY --from=build /server /server
    ENTRYPOINT ["/server"]
    -- .github/workflows/image.yml --
    on: push
    jobs:
      image:
        runs-on: ubuntu-latest
        steps:
        - uses: actions/checkout@v4
        - uses: docker/build-push-action@v6
          with:
            context: .
            platforms: linux/amd64,linux/arm64
    -- go.mod --
    module example.com/app

    go 1.26
    -- main.go --
    package main

    func main() {}

Silent: where no workflow, compose file or command line names the platforms, where the FROM of the last stage names one
that is not known, and for 386 on amd64 and arm on arm64, which may run.
"""

from __future__ import annotations

from hooks.facts.absence import Cause
from hooks.facts.places import found
from hooks.facts.starting import started
from hooks.replay import bases

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import At
    from hooks.replay.replayer import Moment
    from hooks.report.finding import Finding

ID = 'wrong-platform'
_BUILDER = ('$BUILDPLATFORM', '${BUILDPLATFORM}')
# Of these no container of Linux runs a program.
_SYSTEMS = ('windows', 'darwin', 'freebsd')
# Machines that may run the programs of others.
_RUNS = {'amd64': 'amd64 386', 'arm64': 'arm64 arm'}


def find(at: At) -> Iterator[Finding]:
    start = started(at)
    program = start.entry.program if start else None
    moment = next((moment for moment in at.moments if program and moment.call is program.call), None)
    if start is None or moment is None or moment.call is None:
        return
    system = moment.call.shell.env.get('GOOS', '')
    if system in _SYSTEMS and bases.start(at.moment.base.reference).plain:
        fact = f'exec {start.path}: exec format error when the container starts'
        cause = Cause(f', since GOOS is {system}', 'write `GOOS=linux`')
        yield found(at.build, moment.step.line, ID, fact, cause, ('start', str(at.line)))
        return
    wanted = _platforms(at)
    arch = _arch(moment)
    wrong = [name for name in wanted if arch and arch not in _RUNS.get(_part(name), _part(name)).split()]
    if arch == '' and moment.stage.platform in _BUILDER and len({_part(name) for name in wanted}) > 1:
        # It is built for the one machine that builds, whichever that is.
        wrong = wanted
    if not wrong:
        return
    others = ' or '.join(wrong) if arch else 'any platform but its own'
    why = (
        f', since GOARCH is {arch}' if arch else f', since line {moment.stage.line} builds for the machine that builds'
    )
    fact = f'exec {start.path}: exec format error when the container starts on {others}'
    cause = _fixed(moment) or Cause(why, 'write `ARG TARGETARCH` before it, and `GOARCH=$TARGETARCH`')
    yield found(at.build, moment.step.line, ID, fact, cause, ('start', str(at.line)))


def _fixed(moment: Moment) -> Cause | None:
    """An ARG whose default goes before the platform that BuildKit builds for."""
    steps = [step for step in moment.stage.steps if step.line <= moment.step.line]
    if not any(f'${brace}TARGETARCH' in arg for step in steps for arg in step.args for brace in ('', '{')):
        return None
    for step in (step for step in steps if step.name == 'ARG'):
        for name, equals, default in (arg.partition('=') for arg in step.args):
            if name == 'TARGETARCH' and equals:
                why = f', since the default of TARGETARCH in line {step.line}, {default}, goes before the platform'
                return Cause(why, 'write `ARG TARGETARCH` there')
    return None


def _arch(moment: Moment) -> str | None:
    """The architecture that a go command builds for; '' for that of its stage, None where nobody knows."""
    call = moment.call
    assert call
    env = call.shell.env
    if env.get('GOOS', '') not in ('', 'linux'):
        return None
    arch, stage = env.get('GOARCH', ''), moment.stage.platform
    if arch or arch is None or not stage or stage in _BUILDER:
        return arch
    return None if '$' in stage else _part(stage)


def _platforms(at: At) -> list[str]:
    """The platforms of the image: what its FROM says, or else the declarations of the build."""
    own = at.moment.stage.platform
    if own:
        return [own] if own.startswith('linux/') and '$' not in own else []
    return list(
        dict.fromkeys(name for each in at.build.declared for name in each.platforms if name.startswith('linux/'))
    )


def _part(platform: str) -> str:
    """The architecture of linux/arm64/v8."""
    return platform.split('/')[1] if '/' in platform else ''

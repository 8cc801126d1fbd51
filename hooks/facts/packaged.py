"""Which package brings a program, and how to install it on the official images of Debian and Alpine."""

from __future__ import annotations

from hooks.facts.absence import Cause
from hooks.golang import tools, versions
from hooks.replay import bases
from hooks.replay.systems import GO_TOOLS, libc

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.facts.places import At

# Programs whose package has another name.
_APK = {
    'cc': 'gcc musl-dev', 'gcc': 'gcc musl-dev', 'g++': 'g++', 'gpg': 'gnupg', 'node': 'nodejs', 'pip': 'py3-pip',
    'pip3': 'py3-pip', 'pkg-config': 'pkgconf', 'protoc': 'protobuf-dev', 'python': 'python3', 'ssh': 'openssh-client',
    **dict.fromkeys(('useradd', 'usermod', 'groupadd'), 'shadow'),
}  # fmt: skip
_APT = {
    'cc': 'gcc libc6-dev', 'gcc': 'gcc libc6-dev', 'git': 'git ca-certificates', 'curl': 'curl ca-certificates',
    'wget': 'wget ca-certificates', 'node': 'nodejs', 'protoc': 'protobuf-compiler', 'ssh': 'openssh-client',
    'upx': 'upx-ucl',
}  # fmt: skip


def is_alpine(reference: str) -> bool:
    """Whether packages are installed with apk."""
    path, _, tag = reference.partition(':')
    return libc(path.rpartition('/')[2], tag) == 'musl'


def install(program: str, reference: str, go: str | None = '') -> str:
    """The cure for a program that an image comes without; `go` is its Go."""
    if program in GO_TOOLS:
        return _tool(program, go)
    if is_alpine(reference):
        return f'put `RUN apk add --no-cache {_APK.get(program, program)}` before it'
    package = _APT.get(program, program)
    return f'put `RUN apt-get update && apt-get install -y --no-install-recommends {package}` before it'


def brought(program: str, reference: str, go: str | None) -> str:
    """The cure for a program that a container starts; `go` is the image's Go, as in `replay.bases.Start`."""
    if program == 'go':
        return 'start the program that `go build` writes, or start from an image of Go'
    if program in GO_TOOLS and not go:
        return f'copy {program} from a stage that installs it'
    return install(program, reference, go)


def got(at: At, program: str) -> Cause | None:
    """Why a tool of Go's is not there although a step before gets it, and how to install it; None where none does."""
    for moment in at.moments:
        call = moment.call if moment.stage is at.moment.stage and moment.step.line <= at.line else None
        for argument in call.command.args if call and call.command.name == 'get' else ():
            path, _, version = (argument or '').partition('@')
            if path.endswith(f'/{program}'):
                why = f', since `go get` in line {moment.step.line} installs nothing from Go 1.18 on'
                return Cause(why, f'write `go install {path}@{version or "latest"}` there')
    return None


def _tool(program: str, go: str | None) -> str:
    """A tool of Go's, at the newest version that this Go can install."""
    package = GO_TOOLS[program]
    tool, minor = tools.find(f'{package}@latest'), bases.minor(go) or 0
    limit = go or ''
    if limit.count('.') == 1 and limit[2:].isdecimal():
        limit += '.99'
    known = tool and 0 < minor < 9999 and versions.key(tool.run.go) > versions.key(limit)
    fits = tools.fitting(tool, limit, minor) if tool and known else ''
    return f'put `RUN go install {fits or package + "@latest"}` before it'

"""Which package brings a program, and how to install it on the official images of Debian and Alpine."""

from __future__ import annotations

from hooks.replay.systems import libc

# Programs whose package has another name.
_APK = {
    'cc': 'gcc musl-dev', 'gcc': 'gcc musl-dev', 'g++': 'g++', 'gpg': 'gnupg', 'node': 'nodejs', 'pip': 'py3-pip',
    'pip3': 'py3-pip', 'protoc': 'protobuf-dev', 'python': 'python3', 'ssh': 'openssh-client',
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


def install(program: str, reference: str) -> str:
    """The cure for a program that an image comes without."""
    if is_alpine(reference):
        return f'put `RUN apk add --no-cache {_APK.get(program, program)}` before it'
    package = _APT.get(program, program)
    return f'put `RUN apt-get update && apt-get install -y --no-install-recommends {package}` before it'

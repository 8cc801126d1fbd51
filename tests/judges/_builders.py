"""The real builders: BuildKit, Docker's classic builder and Buildah, each on a socket and a store of its own.

A builder is started once per session below a temporary folder, and stopped and cleaned up with it. Nothing of the
machine's own Docker is touched, and the network is not used: images come from `_images`.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from typing import TYPE_CHECKING, NamedTuple

from tests.judges._images import CACHE, Images
from tests.judges._images import missing as missing_images

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

TIMEOUT = 120
PREFIX = 'go-docker-hooks-judge-'
# A store is kept in memory where this much is free: it grows to some 4 GB.
MEMORY = 8 << 30
# What Buildah prints where it has lost the cause: one build in nine, where a COPY fails.
LOST = re.compile(
    r'^(STEP .*|go: downloading .*)\nsubprocess exited|error (encoding request for|decoding response from) copier',
    re.MULTILINE,
)
TRIES = 6


class Result(NamedTuple):
    """What became of a build; `error` is all that the builder printed."""

    ok: bool
    error: str


class Builder:
    """A builder that runs; `build` may be called from several threads."""

    name = ''
    programs: tuple[str, ...] = ()

    def __init__(self, images: Images) -> None:
        self.images = images
        sweep()
        # Not pytest's tmp_path: sockets have short names, and the store must go before pytest looks at it.
        self.home = tempfile.mkdtemp(prefix=f'{PREFIX}{os.getpid()}-')
        self.daemons: list[subprocess.Popen[bytes]] = []
        self.env = {
            **os.environ,
            'HOME': self.home,
            'TMPDIR': self.home,
            'PATH': f'{CACHE}:/usr/sbin:/usr/bin:{os.environ["PATH"]}',
        }
        try:
            if _available() > MEMORY:
                # To remove thousands of small layers from a disk takes as long as to build them.
                self.run('mount', '-t', 'tmpfs', '-o', 'mode=700', 'tmpfs', self.home)
            self.start()
        except BaseException:
            self.stop()
            raise

    @classmethod
    def missing(cls) -> str:
        """What this machine lacks for the builder, or ''."""
        if os.geteuid() != 0:
            return f'{cls.name} runs as root here'
        path = f'{CACHE}:/usr/sbin:/usr/bin:{os.environ["PATH"]}'
        absent = [program for program in cls.programs if not shutil.which(program, path=path)]
        return f'{", ".join(absent)} is not installed' if absent else missing_images()

    def start(self) -> None:
        """Start the daemon and hand it the images."""

    def command(self, top: str, dockerfile: str, context: str, target: str, args: Mapping[str, str]) -> list[str]:
        """The command line of a build; the paths are absolute."""
        raise NotImplementedError

    def build(
        self,
        top: str,
        dockerfile: str = 'Dockerfile',
        context: str = '',
        target: str = '',
        args: Mapping[str, str] | None = None,
    ) -> Result:
        """Build an image of the tree below `top`, as it lies there; the other paths are relative to it."""
        command = self.command(top, os.path.join(top, dockerfile), os.path.join(top, context), target, args or {})
        try:
            done = subprocess.run(
                command,
                cwd=top,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                timeout=TIMEOUT,
            )
        except subprocess.TimeoutExpired as late:
            return Result(False, f'{self.name}: no result after {TIMEOUT} s\n{_text(late.stdout)}')
        return Result(done.returncode == 0, _text(done.stdout))

    def daemon(self, *command: str, ready: Callable[[], bool]) -> None:
        """Start a daemon and wait until `ready`."""
        log = os.path.join(self.home, 'log')
        with open(log, 'wb') as out:
            self.daemons.append(
                subprocess.Popen(
                    # Should the tests be killed, the daemon ends with them.
                    ('setpriv', '--pdeathsig=TERM', *command),
                    env=self.env,
                    stdin=subprocess.DEVNULL,
                    stdout=out,
                    stderr=out,
                    start_new_session=True,
                )
            )
        for _ in range(300):
            if ready():
                return
            if self.daemons[-1].poll() is not None:
                break
            time.sleep(0.1)
        with open(log, encoding='utf-8', errors='replace') as text:
            raise RuntimeError(f'{self.name} does not start: {text.read()[-2000:]}')

    def run(self, *command: str) -> bool:
        """Run a command of the builder; whether it passed."""
        return (
            subprocess.run(
                command, env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            ).returncode
            == 0
        )

    def stop(self) -> None:
        """Stop what was started, and remove its mounts and data."""
        for daemon in self.daemons:
            daemon.send_signal(signal.SIGTERM)
            try:
                daemon.wait(20)
            except subprocess.TimeoutExpired:
                daemon.kill()
                daemon.wait()
        remove(self.home)


class BuildKit(Builder):
    """BuildKit's current release, the runc worker."""

    name = 'buildkit'
    programs = ('buildkitd', 'buildctl', 'runc', 'setpriv')

    def start(self) -> None:
        """Start buildkitd, and unpack every image once.

        The images are handed over with each build, as named contexts; two builds that unpack one at the same time
        disturb each other (`unsupported offset`).
        """
        self.socket = f'unix://{self.home}/socket'
        config = os.path.join(self.home, 'none.toml')
        with open(config, 'w', encoding='utf-8'):
            pass
        self.daemon(
            'buildkitd',
            '--config',
            config,
            '--root',
            f'{self.home}/root',
            '--addr',
            self.socket,
            '--oci-worker=true',
            '--containerd-worker=false',
            '--oci-worker-net=host',
            '--oci-worker-binary=runc',
            # Megabytes: some thousand builds would fill a disk.
            '--oci-worker-gc=true',
            '--oci-worker-gc-keepstorage=4000,0,8000',
            ready=lambda: self.run('buildctl', '--addr', self.socket, 'debug', 'workers'),
        )
        with tempfile.TemporaryDirectory(dir=self.home) as top:
            for name, _ in self.images.digests:
                with open(os.path.join(top, 'Dockerfile'), 'w', encoding='utf-8') as file:
                    file.write(f'FROM {name}\nRUN true\n')
                result = self.build(top)
                if not result.ok:
                    raise RuntimeError(f'{self.name} cannot unpack {name}: {result.error}')

    def command(self, top: str, dockerfile: str, context: str, target: str, args: Mapping[str, str]) -> list[str]:
        options = [
            f'filename={os.path.basename(dockerfile)}',
            *(f'build-arg:{name}={value}' for name, value in args.items()),
            *([f'target={target}'] if target else []),
            *(f'context:{name}=oci-layout://images@{digest}' for name, digest in self.images.digests),
        ]
        return [
            'buildctl',
            '--addr',
            self.socket,
            'build',
            '--progress=plain',
            '--frontend=dockerfile.v0',
            f'--local=context={context}',
            f'--local=dockerfile={os.path.dirname(dockerfile)}',
            f'--oci-layout=images={self.images.layout}',
            *(f'--opt={option}' for option in options),
        ]


class Classic(Builder):
    """The builder that Docker had before BuildKit, and has still without it."""

    name = 'classic'
    programs = ('dockerd', 'docker', 'runc', 'setpriv')

    def start(self) -> None:
        """Start dockerd and load the images."""
        self.env.update(DOCKER_HOST=f'unix://{self.home}/socket', DOCKER_BUILDKIT='0', DOCKER_CONFIG=self.home)
        config = os.path.join(self.home, 'daemon.json')
        with open(config, 'w', encoding='utf-8') as file:
            file.write('{}')
        self.daemon(
            'dockerd',
            '--config-file',
            config,
            '-H',
            self.env['DOCKER_HOST'],
            '--data-root',
            f'{self.home}/data',
            '--exec-root',
            f'{self.home}/exec',
            '-p',
            f'{self.home}/pid',
            '--iptables=false',
            '--ip6tables=false',
            '--bridge=none',
            ready=lambda: self.run('docker', 'version'),
        )
        if not self.run('docker', 'load', '-i', self.images.archive):
            raise RuntimeError('docker load fails')

    def command(self, top: str, dockerfile: str, context: str, target: str, args: Mapping[str, str]) -> list[str]:
        options = [
            *(f'--build-arg={name}={value}' for name, value in args.items()),
            *([f'--target={target}'] if target else []),
        ]
        return ['docker', 'build', '--network=none', '--force-rm', f'--file={dockerfile}', *options, context]


class Buildah(Builder):
    """Buildah, with chroot isolation."""

    name = 'buildah'
    programs = ('buildah',)

    def build(
        self,
        top: str,
        dockerfile: str = 'Dockerfile',
        context: str = '',
        target: str = '',
        args: Mapping[str, str] | None = None,
    ) -> Result:
        """Build, and again where Buildah has lost what the failing command printed, as it does on a busy machine."""
        for _ in range(TRIES):
            result = super().build(top, dockerfile, context, target, args)
            if result.ok or not LOST.search(result.error):
                break
        return result

    def start(self) -> None:
        """Load the images; where overlay cannot be had, such as in a container, into a store of plain folders."""
        self.env.update(BUILDAH_ISOLATION='chroot')
        registries = os.path.join(self.home, 'registries.conf')
        with open(registries, 'w', encoding='utf-8') as file:
            file.write('unqualified-search-registries = []\nshort-name-mode = "permissive"\n')
        policy = os.path.join(self.home, 'policy.json')
        with open(policy, 'w', encoding='utf-8') as file:
            file.write('{"default": [{"type": "insecureAcceptAnything"}]}')
        self.env.update(CONTAINERS_REGISTRIES_CONF=registries)
        self.policy = policy
        if not (self._load('overlay') or self._load('vfs')):
            raise RuntimeError('buildah pull fails')

    def _load(self, driver: str) -> bool:
        storage = os.path.join(self.home, f'{driver}.conf')
        with open(storage, 'w', encoding='utf-8') as file:
            file.write(f'[storage]\ndriver = "{driver}"\n')
            file.write(f'graphroot = "{self.home}/{driver}"\nrunroot = "{self.home}/run-{driver}"\n')
        self.env.update(CONTAINERS_STORAGE_CONF=storage)
        pull = ('buildah', 'pull', f'--signature-policy={self.policy}')
        return all(
            self.run(*pull, f'docker-archive:{self.images.archive}:{_tagged(name)}') for name, _ in self.images.digests
        )

    def command(self, top: str, dockerfile: str, context: str, target: str, args: Mapping[str, str]) -> list[str]:
        options = [
            *(f'--build-arg={name}={value}' for name, value in args.items()),
            *([f'--target={target}'] if target else []),
        ]
        return [
            'buildah',
            'bud',
            '--pull-never',
            f'--signature-policy={self.policy}',
            '--isolation=chroot',
            '--layers=false',
            f'--file={dockerfile}',
            *options,
            context,
        ]


BUILDERS: tuple[type[Builder], ...] = (BuildKit, Classic, Buildah)


def _tagged(name: str) -> str:
    return name if ':' in name else f'{name}:latest'


def _text(data: bytes | None) -> str:
    return (data or b'').decode('utf-8', 'surrogateescape')


def _available() -> int:
    """Bytes of memory that are free for use."""
    with open('/proc/meminfo', encoding='ascii') as lines:
        sizes = dict(line.split(':') for line in lines)
    return int(sizes['MemAvailable'].split()[0]) << 10


def sweep() -> None:
    """Remove the stores of tests that were killed: a store's name holds the process that made it."""
    top = tempfile.gettempdir()
    for name in os.listdir(top):
        maker = name.removeprefix(PREFIX).partition('-')[0]
        if name.startswith(PREFIX) and not os.path.exists(f'/proc/{maker}'):
            remove(os.path.join(top, name))


def remove(home: str) -> None:
    """Unmount everything at and below a folder, the innermost first, and remove it."""
    with open('/proc/self/mounts', encoding='utf-8', errors='surrogateescape') as mounts:
        points = [line.split(' ')[1] for line in mounts]
    for point in sorted(points, reverse=True):
        if point == home or point.startswith(home + '/'):
            subprocess.run(['umount', '-l', point], stderr=subprocess.DEVNULL)
    shutil.rmtree(home, ignore_errors=True)

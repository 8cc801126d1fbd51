"""Programs that go really links, really started in the images that stand for the last stage: a failure ⇔ a finding.

An image is a folder with what the real one has of that: a shell (busybox), a C library (this machine's glibc), time
zones, certificates. A start is a chroot into it. It takes root, go, and a C compiler with its libraries.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from typing import TYPE_CHECKING, NamedTuple

import pytest

from hooks.check_static_binary import main
from tests.judges._images import BUSYBOX
from tests.judges._tally import tally

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import MakeRepository, RunHook

MOD = 'module example.com/app\n\ngo 1.21\n'
SHELL, GLIBC, ZONES, BUNDLE, PAGES = 'shell', 'glibc', 'zones', 'bundle', 'pages'


class Image(NamedTuple):
    """The steps of a last stage, and what the image has after them."""

    steps: str
    has: frozenset[str] = frozenset()


def image(steps: str, *has: str) -> Image:
    return Image(f'FROM {steps}\n', frozenset(has))


IMAGES = {
    'scratch': image('scratch'),
    'static': image('gcr.io/distroless/static-debian12', ZONES, BUNDLE),
    'base': image('gcr.io/distroless/base-debian12', GLIBC, ZONES, BUNDLE),
    'alpine': image('alpine:3.23', SHELL, BUNDLE),
    'busybox': image('busybox:musl', SHELL),
    'debian': image('debian:bookworm-slim', SHELL, GLIBC, ZONES),
    'scratch with zones': image('scratch\nCOPY --from=build /usr/share/zoneinfo /usr/share/zoneinfo', ZONES),
    'alpine with zones': image('alpine:3.23\nRUN apk add --no-cache tzdata', SHELL, ZONES, BUNDLE),
    'scratch with certificates': image(
        'scratch\nCOPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/', BUNDLE
    ),
    'scratch with pages': image('scratch\nCOPY pages /pages', PAGES),
    'scratch with what is in pages': image('scratch\nCOPY pages /'),
}
# Where a program needs neither zones nor certificates, these say no more than the others.
PLAIN = ('scratch', 'static', 'base', 'alpine', 'busybox', 'debian')


class Program(NamedTuple):
    """A command that writes `app`, and the source that it builds; `silent`: the hook may be so where it fails."""

    command: str
    main: str
    images: tuple[str, ...] = PLAIN
    copy: str = 'COPY --from=build /src/app /app'
    silent: bool = False


def importing(path: str, body: str = '') -> str:
    return f'package main\n\nimport {path}\n\nfunc main() {{{body}}}\n'


def loading(zone: str) -> str:
    return importing('"time"', f'\n\tif _, err := time.LoadLocation("{zone}"); err != nil {{\n\t\tpanic(err)\n\t}}\n')


def calling(address: str) -> str:
    return importing('"net/http"', f'\n\tif _, err := http.Get("{address}"); err != nil {{\n\t\tpanic(err)\n\t}}\n')


def reading(call: str) -> str:
    template = f'template.Must(template.{call}).Execute(io.Discard, nil)'
    return importing('(\n\t"html/template"\n\t"io"\n)', f'\n\t{template}\n')


STATIC = 'CGO_ENABLED=0 go build -o app .'
DYNAMIC = 'go build -o app .'
NOTHING, NET, C = importing('_ "fmt"'), importing('_ "net/http"'), importing('"C"')
WITH_ZONES = (*PLAIN, 'scratch with zones', 'alpine with zones')
WITH_PAGES = ('scratch', 'alpine', 'scratch with pages', 'scratch with what is in pages')
SERVER = 'https://127.0.0.1:PORT/'
PROGRAMS = {
    'nothing': Program(DYNAMIC, NOTHING),
    'net without cgo': Program(STATIC, NET),
    'net': Program(DYNAMIC, NET),
    'os/user': Program(DYNAMIC, importing('_ "os/user"')),
    'C': Program(DYNAMIC, C),
    'net by a tag': Program('go build -tags netgo,osusergo -o app .', NET),
    'net, linked statically': Program(
        'go build -tags netgo -ldflags \'-s -linkmode external -extldflags "-static"\' -o app .', NET
    ),
    'a position-independent program': Program('go build -buildmode=pie -o app .', NOTHING),
    'the same without cgo': Program('CGO_ENABLED=0 go build -buildmode=pie -o app .', NOTHING, silent=True),
    'another architecture': Program('CGO_ENABLED=0 GOARCH=arm64 go build -o app .', NOTHING),
    'Windows': Program('CGO_ENABLED=0 GOOS=windows go build -o app .', NOTHING),
    'macOS': Program('CGO_ENABLED=0 GOOS=darwin go build -o app .', NOTHING),
    'a library': Program(STATIC, 'package lib\n'),
    'no right to execute': Program(STATIC, NOTHING, copy='COPY --chmod=644 --from=build /src/app /app'),
    'another path': Program(STATIC, NOTHING, copy='COPY --from=build /src/app /server'),
    'a zone': Program(STATIC, loading('Europe/Berlin'), WITH_ZONES),
    'a zone of the program': Program('CGO_ENABLED=0 go build -tags timetzdata -o app .', loading('Europe/Berlin')),
    'UTC': Program(STATIC, loading('UTC')),
    'UTC by another name': Program(STATIC, loading('Etc/UTC'), WITH_ZONES),
    'templates': Program(STATIC, reading('ParseGlob("pages/*.html")'), WITH_PAGES),
    'a template': Program(STATIC, reading('ParseFiles("pages/a.html")'), WITH_PAGES),
    'https': Program(STATIC, calling(SERVER), ('scratch', 'static', 'base', 'alpine', 'scratch with certificates')),
}
STARTS = {'exec': ('CMD ["/app"]', ['/app']), 'shell': ('CMD /app', ['/bin/sh', '-c', '/app'])}
IN_A_SHELL = ('nothing', 'net', 'a library', 'another path')
ROWS = [(program, name, 'exec') for program in PROGRAMS for name in PROGRAMS[program].images]
ROWS += [(program, name, 'shell') for program in IN_A_SHELL for name in PLAIN]
# A server with a certificate of its own, which it writes into a file; what it prints is its port.
TLS = """package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"os"
	"time"
)

func main() {
	key, _ := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	card := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{{127, 0, 0, 1}},
		IsCA: true, BasicConstraintsValid: true,
	}
	raw, _ := x509.CreateCertificate(rand.Reader, card, card, key.Public(), key)
	os.WriteFile(os.Args[1], pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: raw}), 0o644)
	pair := tls.Certificate{Certificate: [][]byte{raw}, PrivateKey: key}
	listener, _ := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{pair}})
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	http.Serve(listener, nil)
}
"""


class Workshop:
    """The programs, each built once, and the folders that stand for the images."""

    def __init__(self, top: Path) -> None:
        self.top = top
        self.programs: dict[str, Path] = {}
        self.port = 0
        self.server: subprocess.Popen[str] | None = None

    def source(self, program: str) -> dict[str, str]:
        text = PROGRAMS[program].main
        pages = {'pages/a.html': '<h1>A</h1>'} if 'pages/' in text else {}
        return {'go.mod': MOD, **pages, 'main.go': text.replace('PORT', str(self._port())) if 'PORT' in text else text}

    def build(self, program: str) -> Path:
        if program not in self.programs:
            folder = self.top / f'program {len(self.programs)}'
            self.programs[program] = _built(folder, self.source(program), PROGRAMS[program].command)
        return self.programs[program]

    def _port(self) -> int:
        if not self.port:
            server = _built(self.top / 'server', {'go.mod': MOD, 'main.go': TLS}, STATIC)
            self.server = subprocess.Popen((server, self.top / 'bundle'), stdout=subprocess.PIPE, text=True)
            assert self.server.stdout
            self.port = int(self.server.stdout.readline())
        return self.port

    def image(self, name: str) -> Path:
        """The folder of an image, without a program."""
        root, has = self.top / name, IMAGES[name].has
        if BUNDLE in has and (self.top / 'bundle').exists():
            (root / 'etc/ssl/certs').mkdir(parents=True, exist_ok=True)
            shutil.copy(self.top / 'bundle', root / 'etc/ssl/certs/ca-certificates.crt')
        if not (root / 'tmp').exists():
            (root / 'tmp').mkdir(parents=True)
            _fill(root, has)
        return root


def _fill(root: Path, has: frozenset[str]) -> None:
    if SHELL in has:
        (root / 'bin').mkdir()
        shutil.copy(BUSYBOX, root / 'bin/sh')
    if GLIBC in has:
        for path in ('/lib64/ld-linux-x86-64.so.2', *_libraries()):
            (root / path[1:]).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, root / path[1:])
    if PAGES in has:
        (root / 'pages').mkdir()
        (root / 'pages/a.html').write_text('')
    if ZONES in has:
        for zone in ('Europe/Berlin', 'Etc/UTC'):
            (root / 'usr/share/zoneinfo' / zone).parent.mkdir(parents=True)
            shutil.copy(f'/usr/share/zoneinfo/{zone}', root / 'usr/share/zoneinfo' / zone)


def _built(folder: Path, files: dict[str, str], command: str) -> Path:
    folder.mkdir()
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    unset = ('CGO_ENABLED', 'GOOS', 'GOARCH', 'CC', 'CGO_LDFLAGS')
    env = {name: value for name, value in os.environ.items() if name not in unset}
    env |= {'GOTOOLCHAIN': 'local', 'GOFLAGS': '', 'GOWORK': 'off', 'GOENV': 'off'}
    subprocess.run(['sh', '-c', command], cwd=folder, env=env, check=True)
    return folder / 'app'


def started(root: Path, words: list[str]) -> str:
    """What the kernel or the program says where it does not start, or does not end well."""

    def enter() -> None:
        os.chroot(root)
        os.chdir('/')

    try:
        done = subprocess.run(words, preexec_fn=enter, capture_output=True, text=True, errors='replace', env={})
    except OSError as error:
        return str(error)
    return done.stderr or str(done.returncode) if done.returncode else ''


def _libraries() -> list[str]:
    """The C library of this machine, as sh needs it, and what resolves names."""
    listed = subprocess.run(['ldd', shutil.which('sh') or ''], capture_output=True, text=True, check=True).stdout
    libc = next(word for word in listed.split() if word.endswith('/libc.so.6'))
    return [
        libc,
        *(
            path
            for name in ('libresolv.so.2', 'libpthread.so.0')
            if os.path.exists(path := libc.replace('libc.so.6', name))
        ),
    ]


@pytest.fixture(scope='session')
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    lacks = [name for name in ('go', 'gcc', 'ldd') if not shutil.which(name)]
    if lacks or platform.machine() != 'x86_64' or os.geteuid() or not os.path.exists(BUSYBOX):
        pytest.skip('judge missing: chroot, with go, gcc and busybox, as root on amd64')
    shop = Workshop(tmp_path_factory.mktemp('workshop'))
    yield shop
    if shop.server:
        shop.server.kill()
        shop.server.wait()


@pytest.mark.parametrize(('program', 'name', 'start'), ROWS, ids=[', '.join(row) for row in ROWS])
def test_a_failure_is_a_finding(
    program: str, name: str, start: str, workshop: Workshop, repo: MakeRepository, run: RunHook
) -> None:
    built, files, (instruction, words) = workshop.build(program), workshop.source(program), STARTS[start]
    root, copy = workshop.image(name), PROGRAMS[program].copy
    target = root / copy.rpartition('/')[2]
    shutil.copy(built, target)
    if '--chmod=644' in copy:
        target.chmod(0o644)
    error = started(root, words)
    target.unlink()
    tally('chroot')
    stages = IMAGES[name].steps.replace('FROM', 'FROM --platform=linux/amd64', 1)
    build = f'FROM golang:1.26 AS build\nWORKDIR /src\nCOPY . .\nRUN {PROGRAMS[program].command}\n'
    repo({**files, 'Dockerfile': f'{build}{stages}{copy}\n{instruction}\n'})
    said = run(main, '--certificates', 'Dockerfile').out.splitlines()
    assert bool(said) == bool(error) or (not said and PROGRAMS[program].silent), (said, error)
    # That there is no shell is a cause of its own.
    assert len([line for line in said if 'has no shell' not in line]) < 2

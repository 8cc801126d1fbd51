"""A sync, judged by builds: what it hides makes the context smaller, and what it refuses would break the build."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import pytest

from hooks.sync import blocks
from hooks.sync_dockerignore import main
from tests.cases._case import HELLO, MAIN, MOD, SUM

if TYPE_CHECKING:
    from tests.conftest import MakeRepository, RunHook
    from tests.judges._builders import Result
    from tests.judges.conftest import Judge

SOURCE = 'infrastructure/docker/.dockerignore'
SHARED = 'infrastructure/docker/base-go.dockerfile'
DOCKERFILE = """\
FROM golang:1.21 AS base
WORKDIR /app
COPY --chown=1001:1001 go.mod go.sum ./
RUN go mod download && go mod verify

FROM base AS builder
COPY --chown=1001:1001 . .
RUN rm -f go.mod go.sum
COPY --from=base --chown=1001:1001 /app/go.mod /app/go.sum ./
RUN go build -o main .

FROM alpine AS production
COPY --from=builder /app/main /main
"""
CANONICAL = '# VCS\n.git\n.gitignore\n\n# Docs\n*.md\ndocs/\n\n# Builds\nbin/\n*.log\n'
SERVICES = ('presence-service', 'websocket-gateway', 'workflow-engine')
SIZE = re.compile(r'^#\d+ transferring context: ([\d.]+)(k|M|)B', re.MULTILINE)


def layout() -> dict[str, str]:
    """One Dockerfile and one ignore file for three services."""
    service = {'go.mod': MOD, 'go.sum': SUM, 'main.go': MAIN, 'README.md': 'x' * 50_000, 'docs/a.txt': 'x' * 1_000_000}
    files = {f'services/{name}/{path}': text for name in SERVICES for path, text in service.items()}
    return {**files, SHARED: DOCKERFILE, SOURCE: CANONICAL}


def on_disk() -> dict[str, str]:
    found = {}
    for folder, folders, names in os.walk('.'):
        folders[:] = [name for name in folders if name != '.git']
        for name in names:
            path = os.path.relpath(os.path.join(folder, name), '.')
            with open(path, encoding='utf-8', newline='') as file:
                found[path] = file.read()
    return found


def size(result: Result) -> float:
    """Bytes of the context, as BuildKit reports them: the last line on it holds the whole."""
    sizes = [float(number) * {'': 1, 'k': 1e3, 'M': 1e6}[unit] for number, unit in SIZE.findall(result.error)]
    return max(sizes)


@pytest.mark.parametrize('ignored', [False, True])
def test_a_shared_dockerfile_and_three_services(
    buildkit: Judge, repo: MakeRepository, run: RunHook, ignored: bool
) -> None:
    gitignore = {'.gitignore': '*.log\n.dockerignore\n'} if ignored else {}
    untracked = {SOURCE: CANONICAL} if ignored else {}
    repo({path: text for path, text in {**layout(), **gitignore}.items() if path not in untracked}, untracked=untracked)
    before = [buildkit.builds(on_disk(), SHARED, f'services/{name}') for name in SERVICES]

    assert run(main, '--init') == (1, 'Writing .go-docker-hooks.toml\n', '')
    if ignored:
        refused = run(main, SHARED)
        assert refused.code == 1
        assert refused.out.startswith(f'{SOURCE}:1: git ignores the canonical ignore file by .gitignore:2')
        assert not any(os.path.exists(f'services/{name}/.dockerignore') for name in SERVICES)
        repo({'.gitignore': '*.log\n'})
    assert run(main, SHARED).out == ''.join(f'Writing services/{name}/.dockerignore\n' for name in SERVICES)

    after = [buildkit.builds(on_disk(), SHARED, f'services/{name}') for name in SERVICES]
    for old, new in zip(before, after):
        assert old.ok, old.error[-2000:]
        assert new.ok, new.error[-2000:]
        print(f'context: {size(old):.0f} B before, {size(new):.0f} B after')
        assert size(new) < 50_000 < 1_000_000 < size(old)


EMBEDS = 'package main\n\nimport _ "embed"\n\n//go:embed page.html\nvar page string\n\nfunc main() { println(page) }\n'
IMPORTS = 'package main\n\nimport "example.com/app/pkg"\n\nfunc main() { pkg.P() }\n'
BARE = {'go.mod': 'module example.com/app\n\ngo 1.21\n', 'main.go': HELLO}
PACKAGE = {**BARE, 'main.go': IMPORTS, 'pkg/p.go': 'package pkg\n\nfunc P() {}\n', 'pkg/p_test.go': 'package pkg\n'}
WORK = {
    'go.work': 'go 1.21\n\nuse (\n\t.\n\t./lib\n)\n',
    'go.mod': BARE['go.mod'],
    'main.go': 'package main\n\nimport "example.com/lib"\n\nfunc main() { lib.L() }\n',
    'lib/go.mod': 'module example.com/lib\n\ngo 1.21\n',
    'lib/lib.go': 'package lib\n\nfunc L() {}\n',
}
VENDOR = {
    'go.mod': 'module example.com/app\n\ngo 1.21\n\nrequire example.com/leaf v1.0.0\n',
    'main.go': 'package main\n\nimport "example.com/leaf"\n\nfunc main() { println(leaf.Name()) }\n',
    'vendor/modules.txt': '# example.com/leaf v1.0.0\n## explicit; go 1.21\nexample.com/leaf\n',
    'vendor/example.com/leaf/leaf.go': 'package leaf\n\nfunc Name() string { return "leaf" }\n',
    'vendor/example.com/leaf/README.md': '',
}
BUILD = 'FROM golang:1.21\nWORKDIR /app\nCOPY . .\nRUN go build -o /main .\n'
COPIES = 'FROM golang:1.21\nWORKDIR /app\nCOPY page.html /\nCOPY . .\nRUN go build -o /main .\n'
BINDS = 'FROM golang:1.21\nWORKDIR /app\nRUN --mount=type=bind,source=pkg,target=/pkg true\n'


@pytest.mark.parametrize(
    ('pattern', 'files', 'dockerfile', 'refused'),
    [
        pytest.param('*.html', {**BARE, 'page.html': ''}, COPIES, True, id='a literal source'),
        pytest.param('*.html', {**BARE, 'page.html': ''}, BUILD, False, id='a file that nothing takes'),
        pytest.param('*.html', {**BARE, 'main.go': EMBEDS, 'page.html': ''}, BUILD, True, id='an embedded file'),
        pytest.param('pkg', PACKAGE, BUILD, True, id='a package'),
        pytest.param('pkg', PACKAGE, BINDS, True, id='the source of a mount'),
        pytest.param('**/*_test.go', PACKAGE, BUILD, False, id='tests'),
        pytest.param('**/p.go', PACKAGE, BUILD, True, id='a Go file of a package'),
        pytest.param('go.mod', BARE, BUILD, True, id='go.mod'),
        pytest.param('lib', WORK, BUILD, True, id='a workspace member'),
        pytest.param('lib/*.go', WORK, BUILD, True, id='its Go files'),
        pytest.param('**/*.md', VENDOR, BUILD, False, id='what vendoring does not need'),
        pytest.param('vendor/example.com', VENDOR, BUILD, True, id='a vendored package'),
        pytest.param('**/modules.txt', VENDOR, BUILD, True, id='vendor/modules.txt'),
        pytest.param('go.sum', {'go.mod': MOD, 'go.sum': SUM, 'main.go': MAIN}, BUILD, True, id='go.sum'),
        pytest.param('go.sum', {**BARE, 'go.sum': ''}, BUILD, False, id='a go.sum that nothing needs'),
    ],
)
def test_what_is_refused_would_break_the_build(
    buildkit: Judge,
    repo: MakeRepository,
    run: RunHook,
    pattern: str,
    files: dict[str, str],
    dockerfile: str,
    refused: bool,
) -> None:
    canonical = f'{pattern}\n'
    repo({**files, 'Dockerfile': dockerfile, 'docker/.dockerignore': canonical})
    outcome = run(main, '--source', 'docker/.dockerignore', '--target', '.', 'Dockerfile')
    assert ('would hide' in outcome.out) is refused, outcome.out
    forced = blocks.synced('', canonical, 'docker/.dockerignore')
    assert forced is not None
    tree = {**files, 'Dockerfile': dockerfile}
    assert buildkit.builds(tree).ok
    assert buildkit.builds({**tree, '.dockerignore': forced}).ok is not refused

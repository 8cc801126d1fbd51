"""The whole hook, on small repositories: what it says, word for word, and what it is silent about."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hooks.check_go_version import main
from hooks.golang import tool_table
from tests.cases import CASES, Case, Link

if TYPE_CHECKING:
    from tests.conftest import MakeRepository, RunHook

MOD = 'module example.com/app\n\ngo {}\n'
BUILD = 'FROM {}\nWORKDIR /app\nCOPY . .\nRUN go build .\n'
TABLE = {
    'example.com/tool': (
        '. cmd/x',
        '1.20 v1.0.0 v1.2.0\n1.22 v1.3.0 v1.4.1\n1.22.1+toolchain v1.5.0-rc.1 v1.5.0-rc.1\n1.23 v1.5.0 v1.6.0\n'
        '1.23.0+toolchain+tool v2.0.0 v2.0.0\n',
    ),
    'example.com/old': ('.', '1.20 v1.0.0 v1.1.0\n=example.com/new v1.2.0 v1.4.0\n'),
    'example.com/new': ('.', '1.21 v1.2.0 v1.2.0\n1.23 v1.3.0 v1.4.0\n'),
    'example.com/plain': ('.', '1.20 v0.1.0 v0.1.0\n1.22.0+toolchain v0.2.0 v0.2.0\n'),
}


@pytest.mark.parametrize('case', CASES, ids=[case.name for case in CASES])
def test_the_table_of_cases(case: Case, repo: MakeRepository, run: RunHook) -> None:
    links = {path: text for path, text in case.files.items() if isinstance(text, Link)}
    untracked = {path: text for path, text in case.files.items() if path in case.untracked}
    repo({path: text for path, text in case.files.items() if path not in {**links, **untracked}})
    for path, target in links.items():
        os.makedirs(os.path.dirname(path) or '.', exist_ok=True)
        os.symlink(target, path)
    repo({}, untracked=untracked)
    outcome = run(main, case.dockerfile)
    found = sorted(':'.join(line.split(':')[:2]) for line in outcome.out.splitlines())
    assert found == sorted(case.findings('check-go-version'))
    assert outcome.code == bool(found)


@pytest.mark.parametrize(
    ('image', 'go', 'says'),
    [
        pytest.param(
            'golang:1.21-alpine3.19',
            '1.23',
            'go.mod:3 requires go >= 1.23 (running go 1.21; GOTOOLCHAIN=local): '
            'build from `golang:1.23-alpine`, or set `ENV GOTOOLCHAIN=auto`',
            id='a minor tag gets a minor tag, on a distribution that is there',
        ),
        pytest.param(
            'golang:1.26.3',
            '1.26.5',
            'go.mod:3 requires go >= 1.26.5 (running go 1.26.3; GOTOOLCHAIN=local): '
            'build from `golang:1.26.5`, or set `ENV GOTOOLCHAIN=auto`',
            id='a full pin below its patch',
        ),
        pytest.param(
            'golang:1.24',
            '1.25.7',
            'go.mod:3 requires go >= 1.25.7 (running go 1.24; GOTOOLCHAIN=local): '
            'build from `golang:1.25`, or set `ENV GOTOOLCHAIN=auto`',
            id='a minor tag floats to the patch',
        ),
        pytest.param(
            'golang:1.22rc1',
            '1.22.0',
            'go.mod:3 requires go >= 1.22.0 (running go 1.22rc1; GOTOOLCHAIN=local): '
            'build from `golang:1.22.0`, or set `ENV GOTOOLCHAIN=auto`',
            id='a release candidate comes before the release',
        ),
        pytest.param(
            'golang:1.20-buster',
            '1.22.0',
            "go.mod:3 says go 1.22.0: invalid go version '1.22.0' (running go 1.20): build from `golang:1.22`",
            id='Go before 1.21 does not read a patch',
        ),
        pytest.param(
            'mirror.example.com:5000/hub/library/golang:1.21.5@sha256:' + 'a' * 64,
            '1.22.1',
            'go.mod:3 requires go >= 1.22.1 (running go 1.21.5; GOTOOLCHAIN=local): '
            'build from `mirror.example.com:5000/hub/library/golang:1.22.1`, or set `ENV GOTOOLCHAIN=auto`',
            id='a mirror keeps its name, and loses the digest',
        ),
        pytest.param(
            'cimg/go:1.20-node',
            '1.21.0',
            "go.mod:3 says go 1.21.0: invalid go version '1.21.0' (running go 1.20): build from `cimg/go:1.21-node`",
            id='an image of another name',
        ),
        pytest.param(
            'goboring/golang:1.18.5b7',
            '1.24.0',
            "go.mod:3 says go 1.24.0: invalid go version '1.24.0' (running go 1.18.5): "
            'build from an image of Go 1.24.0 or newer',
            id='an image without a successor',
        ),
    ],
)
def test_messages(image: str, go: str, says: str, repo: MakeRepository, run: RunHook) -> None:
    repo({'Dockerfile': BUILD.format(image), 'go.mod': MOD.format(go)})
    assert run(main, 'go.mod') == (1, f'Dockerfile:1: {says}\n', '')


@pytest.mark.parametrize(
    ('image', 'go'),
    [
        pytest.param('golang', '1.99', id='no tag'),
        pytest.param('golang:alpine', '1.99', id='a distribution'),
        pytest.param('golang:1', '1.99', id='a major version'),
        pytest.param('golang:1.25', '1.25.7', id='a minor that may hold the patch'),
        pytest.param('golang:1.25.7', '1.25.7', id='the very patch'),
        pytest.param('golang:1.21.0', '1.21', id='a release is newer than its language version'),
        pytest.param('golang:1.20', '1.99', id='Go before 1.21 builds what it can read'),
        pytest.param('golang:1.13', '1.22.0', id='a Go of which that is not known'),
        pytest.param('bitnami/golang:1.21', '1.23', id='an image without GOTOOLCHAIN'),
        pytest.param('example.com/team/go:1.21', '1.23', id='an unknown image'),
        pytest.param('team/golang:1.21', '1.23', id="a team's own image on Docker Hub"),
        pytest.param('golang@sha256:' + 'a' * 64, '1.23', id='a digest alone'),
        pytest.param('golang:1.' + '9' * 5000, '1.23', id='a number that is too long to be one'),
        pytest.param('golang:1.21', '1.' + '9' * 5000, id='a go line that is too long to be one'),
    ],
)
def test_silence(image: str, go: str, repo: MakeRepository, run: RunHook) -> None:
    repo({'Dockerfile': BUILD.format(image), 'go.mod': MOD.format(go)})
    assert run(main, 'Dockerfile') == (0, '', '')


@pytest.mark.parametrize(
    ('steps', 'found'),
    [
        pytest.param('RUN curl -L x | tar -C /usr/local -xz\n', False, id='an archive over it'),
        pytest.param('RUN rm -rf /usr/local/go\n', False, id='it is removed'),
        pytest.param('COPY --from=golang:1.23 /usr/local/go /usr/local/go\n', False, id="another image's"),
        pytest.param('RUN tar -C /opt -xzf x\nENV PATH=/opt/go/bin:$PATH\n', False, id='one that PATH finds first'),
        pytest.param('RUN tar -C /opt -xzf x\nENV PATH=$PATH:/opt/go/bin\n', True, id='one that PATH finds later'),
        pytest.param('ENV PATH=/root/bin:$PATH\n', True, id='a folder in PATH that holds no Go'),
        pytest.param('ENV PATH=/usr/bin:/bin\n', False, id='a PATH without it'),
        pytest.param('RUN curl -L x | tar -C /opt -xz\n', True, id='an archive elsewhere'),
        pytest.param(
            'RUN curl -L x | tar --directory=/usr/local -xz\n', False, id='an archive over it, by a long flag'
        ),
        pytest.param('RUN curl -L x | tar -C/usr/local -xz\n', False, id='an archive over it, by a joined flag'),
        pytest.param(
            'RUN go1.23.4 download\nENV PATH=/root/sdk/go1.23.4/bin:$PATH\n', False, id='one of golang.org/dl'
        ),
        pytest.param('RUN mv /go/bin/go1.23.4 /go/bin/go\n', False, id='one in GOPATH/bin by the name of go'),
        pytest.param('RUN curl -L x | sh -s -- -b /go/bin\n', True, id='a tool in GOPATH/bin'),
        pytest.param('WORKDIR /tmp\nRUN sh /install-go.sh\n', False, id='a script that installs one'),
        pytest.param('WORKDIR /tmp\nRUN sh /install-golangci.sh\n', True, id='a script for a tool'),
    ],
)
def test_a_step_that_brings_another_go(steps: str, found: bool, repo: MakeRepository, run: RunHook) -> None:
    build = f'FROM golang:1.21\n{steps}WORKDIR /app\nCOPY . .\nRUN go build .\n'
    repo({'Dockerfile': build, 'go.mod': MOD.format('1.23')})
    assert bool(run(main, 'Dockerfile').out) is found


@pytest.mark.parametrize(
    ('command', 'found'),
    [
        pytest.param('/usr/local/go/bin/go build .', True, id="the image's own, by its path"),
        pytest.param('/usr/bin/go build .', False, id="the distribution's, by its path"),
        pytest.param('$HOME/sdk/go1.23.4/bin/go build .', False, id='one in a folder that is not known'),
        pytest.param('env GOOS=linux go build .', True, id='env keeps what is set'),
        pytest.param('env -i PATH=$PATH go build .', False, id='env -i drops GOTOOLCHAIN'),
        pytest.param('env -u GOTOOLCHAIN go build .', False, id='env -u does'),
        pytest.param('unset GOTOOLCHAIN; go build .', False, id='unset does'),
        pytest.param('go env -w GOTOOLCHAIN=auto; go build .', True, id='the environment wins over go env -w'),
    ],
)
def test_which_go_a_command_names(command: str, found: bool, repo: MakeRepository, run: RunHook) -> None:
    build = f'FROM golang:1.21\nWORKDIR /app\nCOPY . .\nRUN {command}\n'
    repo({'Dockerfile': build, 'go.mod': MOD.format('1.23')})
    assert bool(run(main, 'Dockerfile').out) is found


def test_a_tool_on_windows(repo: MakeRepository, run: RunHook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tool_table, 'TOOLS', TABLE)
    repo({'Dockerfile': 'FROM golang:1.22-nanoserver\nRUN go install example.com/tool@v1.6.0\n'})
    assert 'Dockerfile:2: example.com/tool@v1.6.0 requires go >= 1.23 ' in run(main, 'Dockerfile').out


def test_one_finding_for_a_go_mod_however_often_it_is_refused(repo: MakeRepository, run: RunHook) -> None:
    steps = 'COPY go.mod ./\nRUN go mod download\nCOPY . .\nRUN go vet ./...\nRUN go build .\n'
    repo({'Dockerfile': 'FROM golang:1.21\nWORKDIR /app\n' + steps, 'go.mod': MOD.format('1.23')})
    assert run(main, 'Dockerfile').out.count('\n') == 1


def test_each_go_mod_and_each_image_has_its_own(repo: MakeRepository, run: RunHook) -> None:
    image = 'FROM golang:1.21 AS one\nWORKDIR /a\nCOPY a .\nRUN go build .\nWORKDIR /b\nCOPY b .\nRUN go build .\n'
    other = 'FROM golang:1.22\nWORKDIR /a\nCOPY a .\nRUN go build .\nCOPY --from=one /a/x /x\n'
    repo({'Dockerfile': image + other, 'a/go.mod': MOD.format('1.23'), 'b/go.mod': MOD.format('1.22')})
    lines = run(main, 'Dockerfile').out.splitlines()
    assert [line.partition(' requires')[0] for line in lines] == [
        'Dockerfile:1: a/go.mod:3',
        'Dockerfile:1: b/go.mod:3',
        'Dockerfile:8: a/go.mod:3',
    ]


def test_a_declared_build_says_who_declares_it(repo: MakeRepository, run: RunHook) -> None:
    dockerfile = 'ARG GO=1.25\n' + BUILD.format('golang:${GO}-alpine')
    compose = 'services:\n  app:\n    build:\n      context: .\n      args:\n        GO: "1.21"\n'
    repo({'Dockerfile': dockerfile, 'go.mod': MOD.format('1.23'), 'compose.yaml': compose})
    assert run(main, 'compose.yaml').out == (
        'Dockerfile:2: go.mod:3 requires go >= 1.23 (running go 1.21; GOTOOLCHAIN=local) in the build declared by '
        'compose.yaml:3, '
        'since GO is 1.21 in compose.yaml:6: set it to `1.23`, or set `ENV GOTOOLCHAIN=auto`\n'
    )


def test_several_contexts_fit_and_one_of_them_is_fine(repo: MakeRepository, run: RunHook) -> None:
    files = {'svc/Dockerfile': BUILD.format('golang:1.21'), 'svc/go.mod': MOD.format('1.23')}
    repo({**files, 'go.mod': MOD.format('1.21')})
    assert run(main, 'svc/Dockerfile').out == ''
    repo({'go.mod': MOD.format('1.24')})
    assert run(main, 'svc/Dockerfile').out.startswith('svc/Dockerfile:1: svc/go.mod:3 requires go >= 1.23 ')


def test_a_comment_above_the_from_ignores_it(repo: MakeRepository, run: RunHook) -> None:
    dockerfile = '# check-go-version: ignore, built with --build-arg\n' + BUILD.format('golang:1.21')
    repo({'Dockerfile': dockerfile, 'go.mod': MOD.format('1.23')})
    assert run(main, 'Dockerfile') == (0, '', '')


# Tools


@pytest.mark.parametrize(
    ('image', 'command', 'says'),
    [
        pytest.param(
            'golang:1.21',
            'go install example.com/tool@latest',
            'example.com/tool@latest (v2.0.0 or newer) requires go >= 1.23.0 (running go 1.21; GOTOOLCHAIN=local): '
            'build from `golang:1.23` in line 1, or install `example.com/tool@v1.2.0`',
            id='latest',
        ),
        pytest.param(
            'golang:1.22.5-bookworm',
            'go install example.com/tool/cmd/x@v1.5.0',
            'example.com/tool/cmd/x@v1.5.0 requires go >= 1.23 (running go 1.22.5; GOTOOLCHAIN=local): '
            'build from `golang:1.23-bookworm` in line 1, or install `example.com/tool/cmd/x@v1.4.1`',
            id='a pin',
        ),
        pytest.param(
            'golang:1.22',
            'go install example.com/tool@v1.5',
            'example.com/tool@v1.5 (v1.5.0 or newer) requires go >= 1.23 (running go 1.22; GOTOOLCHAIN=local): '
            'build from `golang:1.23` in line 1, or install `example.com/tool@v1.4.1`',
            id='the newest of a minor version',
        ),
        pytest.param(
            'golang:1.22',
            'go run example.com/tool@v1.6.0 -x',
            'example.com/tool@v1.6.0 requires go >= 1.23 (running go 1.22; GOTOOLCHAIN=local): '
            'build from `golang:1.23` in line 1, or run `example.com/tool@v1.4.1`',
            id='go run',
        ),
        pytest.param(
            'golang:1.23',
            'go install example.com/tool@v2.0.0',
            'example.com/tool@v2.0.0 says unknown directive: tool (running go 1.23; GOTOOLCHAIN=local): '
            'build from `golang:1.24` in line 1, or install `example.com/tool@v1.6.0`',
            id='a go.mod that the Go of the image cannot read',
        ),
        pytest.param(
            'golang:1.20',
            'go install example.com/plain@latest',
            "example.com/plain@latest (v0.2.0 or newer) says invalid go version '1.22.0' (running go 1.20): "
            'build from `golang:1.22` in line 1, or install `example.com/plain@v0.1.0`',
            id='Go before 1.21',
        ),
        pytest.param(
            'golang:1.22',
            'go install example.com/old@latest',
            'example.com/old@latest (v1.4.0 or newer) declares its path as example.com/new, and was required as '
            'example.com/old: install `example.com/new@v1.2.0`',
            id='a module that has moved',
        ),
        pytest.param(
            'golang',
            'go install example.com/old@v1.3.0',
            'example.com/old@v1.3.0 declares its path as example.com/new, and was required as example.com/old: '
            'install `example.com/new@latest`',
            id='a module that has moved, on any Go',
        ),
    ],
)
def test_tools(
    image: str, command: str, says: str, repo: MakeRepository, run: RunHook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tool_table, 'TOOLS', TABLE)
    repo({'Dockerfile': f'FROM {image}\nRUN set -e; \\\n  {command}\n'})
    assert run(main, 'Dockerfile') == (1, f'Dockerfile:2: {says}\n', '')


@pytest.mark.parametrize(
    ('image', 'command'),
    [
        pytest.param('golang:1.21', 'go install example.com/tool@v9.0.0', id='a version newer than the table'),
        pytest.param('golang:1.21', 'go install example.com/tool@v1.2.5', id='a version between two that are known'),
        pytest.param('golang:1.21', 'go install example.com/tool@main', id='a branch'),
        pytest.param('golang:1.21', 'go install example.com/tool@v1.5.1-0.20250101000000-0123456789ab', id='a commit'),
        pytest.param('golang:1.21', 'go install example.com/tool/cmd/y@latest', id='no command that is known'),
        pytest.param('golang:1.21', 'go install example.com/tools@latest', id='another module'),
        pytest.param('golang:1.21', 'go install example.com/tool@v1.2.0', id='a version that still fits'),
        pytest.param('golang:1.21', 'go install example.com/tool@v1.2', id='the newest of them, too'),
        pytest.param('golang:1.21', 'GOTOOLCHAIN=auto go install example.com/tool@latest', id='another Go is fetched'),
        pytest.param('golang:1.21', 'go install example.com/tool@latest || true', id='a failure that is let pass'),
        pytest.param('golang:1.21', 'go install example.com/tool@$VERSION', id='an unset version is none'),
        pytest.param('golang', 'go install example.com/tool@latest', id='a floating image'),
        pytest.param('golang:1.20', 'go install example.com/tool@v1.6.0', id='an old Go that can read it'),
        pytest.param('golang:1.20', 'go get example.com/plain@latest', id='an old Go reads a requirement laxly'),
        pytest.param('golang:1.21', 'go install example.com/old@v1.1.0', id='a version from before the move'),
        pytest.param('golang:1.15', 'go install example.com/plain@latest', id='a Go that knows no version behind @'),
    ],
)
def test_tools_that_are_fine(
    image: str, command: str, repo: MakeRepository, run: RunHook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tool_table, 'TOOLS', TABLE)
    repo({'Dockerfile': f'FROM {image}\nRUN {command}\n'})
    assert run(main, 'Dockerfile') == (0, '', '')


def test_a_go_that_gotoolchain_names(repo: MakeRepository, run: RunHook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tool_table, 'TOOLS', TABLE)
    repo({'Dockerfile': 'FROM golang:1.24\nENV GOTOOLCHAIN=go1.22.3\nRUN go install example.com/tool@v1.6.0\n'})
    assert run(main, 'Dockerfile').out == (
        'Dockerfile:3: example.com/tool@v1.6.0 requires go >= 1.23 (running go 1.22.3; GOTOOLCHAIN=go1.22.3): '
        'set `GOTOOLCHAIN=go1.23.0` or newer, or install `example.com/tool@v1.4.1`\n'
    )


@pytest.mark.parametrize(
    ('command', 'version', 'found'),
    [
        pytest.param('mod download', 'v1.6.0', True, id='download fetches what the tool line asks for'),
        pytest.param('mod tidy', 'v1.6.0', True, id='so does tidy'),
        pytest.param('build .', 'v1.6.0', False, id='a build does not'),
        pytest.param('mod download', 'v1.4.1', False, id='a version that fits'),
        pytest.param('mod download', 'v1.9.0', False, id='a version that nobody knows'),
    ],
)
def test_tool_lines(
    command: str, version: str, found: bool, repo: MakeRepository, run: RunHook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        tool_table, 'TOOLS', {**TABLE, 'example.com/tool': ('cmd/x', '1.22 v1.0.0 v1.4.1\n1.25 v1.5.0 v1.6.0\n')}
    )
    mod = MOD.format('1.24') + f'\ntool example.com/tool/cmd/x\n\nrequire example.com/tool {version}\n'
    repo({'Dockerfile': f'FROM golang:1.24\nWORKDIR /app\nCOPY . .\nRUN go {command}\n', 'go.mod': mod})
    says = (
        'Dockerfile:1: go.mod:7 requires example.com/tool@v1.6.0, which requires go >= 1.25 (running go 1.24; '
        'GOTOOLCHAIN=local): build from `golang:1.25`, or set `ENV GOTOOLCHAIN=auto`\n'
    )
    assert run(main, 'Dockerfile').out == (says if found else '')


def test_the_real_table_is_in_order() -> None:
    from hooks.golang import tools, versions

    for module in tool_table.TOOLS:
        ends = [versions.semver(end) for run in tools.table(module) for end in (run.first, run.last)]
        assert ends == sorted(ends), module
        assert all(versions.is_line(run.go) or run.moved for run in tools.table(module)), module


@pytest.mark.parametrize(
    'argument',
    ['github.com/cosmtrek/air@latest', 'github.com/deepmap/oapi-codegen/v2/cmd/oapi-codegen@latest'],
)
def test_modules_that_have_moved(argument: str) -> None:
    from hooks.golang import tools

    tool = tools.find(argument)
    assert tool is not None
    assert tool.run.moved


@pytest.mark.parametrize(
    ('go', 'tool', 'cure'),
    [
        ('1.22', 'github.com/cosmtrek/air', 'install `github.com/air-verse/air@v1.52.3`'),
        ('1.21', 'github.com/cosmtrek/air', 'install `github.com/cosmtrek/air@v1.49.0`'),
    ],
    ids=['of its new home the newest that the image builds', 'of its old home where it builds none of the new one'],
)
def test_what_to_install_instead_of_what_has_moved(
    go: str, tool: str, cure: str, repo: MakeRepository, run: RunHook
) -> None:
    repo({'Dockerfile': f'FROM golang:{go}\nRUN go install {tool}@latest\n'})
    assert run(main, 'Dockerfile').out.endswith(f': {cure}\n')


def test_of_a_tool_that_has_moved_the_former_home_has_what_an_old_go_builds(repo: MakeRepository, run: RunHook) -> None:
    repo({'Dockerfile': 'FROM golang:1.20\nRUN go install github.com/air-verse/air@latest\n'})
    assert run(main, 'Dockerfile').out.endswith('` in line 1, or install `github.com/cosmtrek/air@v1.44.0`\n')


def test_no_go_builds_what_has_moved_but_a_newer_one(repo: MakeRepository, run: RunHook) -> None:
    repo({'Dockerfile': 'FROM golang:1.18\nRUN go install github.com/kyleconroy/sqlc/cmd/sqlc@latest\n'})
    out = run(main, 'Dockerfile').out
    assert ': build from `golang:1.' in out
    assert out.endswith('` in line 1, and install `github.com/sqlc-dev/sqlc/cmd/sqlc@latest`\n')


def test_a_named_context_in_the_place_of_an_image_is_no_tag(repo: MakeRepository, run: RunHook) -> None:
    image = 'golang:1.23-alpine3.17'
    compose = 'services:\n  app:\n    build:\n      context: .\n'
    files = {'Dockerfile': BUILD.format(image), 'go.mod': MOD.format('1.23'), 'main.go': 'package main\n'}
    repo({**files, 'compose.yaml': compose})
    assert f'Dockerfile:1: docker.io/library/{image}: not found' in run(main, 'Dockerfile').out
    named = f'      additional_contexts:\n        {image}: docker-image://example.com/go\n'
    repo({**files, 'compose.yaml': compose + named})
    assert run(main, 'Dockerfile').out == ''


def test_a_tag_that_never_existed_is_said_once(repo: MakeRepository, run: RunHook) -> None:
    repo(
        {
            'Dockerfile': BUILD.format('golang:1.23-alpine3.17'),
            'go.mod': MOD.format('1.25'),
            'main.go': 'package main\n',
        }
    )
    assert len(run(main, 'Dockerfile').out.splitlines()) == 1


@pytest.mark.parametrize(
    ('before', 'after'),
    [
        pytest.param('FROM golang:1.21', 'FROM golang:1.23', id='a FROM'),
        pytest.param('FROM golang:1.21-alpine3.17 AS b', 'FROM golang:1.23-alpine AS b', id='a distribution'),
        pytest.param('FROM golang:1.21.3', 'FROM golang:1.23', id='no release is called 1.23'),
        pytest.param('ARG GO=1.21\nFROM golang:${GO}', 'ARG GO=1.23\nFROM golang:${GO}', id='an ARG'),
        pytest.param('ARG GO="1.21"\nFROM golang:$GO', 'ARG GO="1.23"\nFROM golang:$GO', id='an ARG in quotes'),
        pytest.param('ARG A=1.21-alpine\nFROM golang:$A', 'ARG A=1.23-alpine\nFROM golang:$A', id='an ARG of a tag'),
        pytest.param('ARG I=golang:1.21\nFROM $I', 'ARG I=golang:1.23\nFROM $I', id='an ARG of an image'),
        pytest.param('ARG GO=1.21\nFROM golang:$GO-alpine3.17', '', id='the ARG alone does not cure it'),
        pytest.param('ARG B=1.21\nARG GO=$B\nFROM golang:$GO', '', id='an ARG of an ARG'),
        pytest.param('FROM golang:${GO:-1.21}', '', id='a default of its own'),
        pytest.param('FROM golang:1.21@sha256:' + 'a' * 64, '', id='a digest'),
        pytest.param('FROM registry.example/golang:1.21', '', id='a mirror with tags of its own'),
        pytest.param('FROM golang:1.21 # a comment', '', id='no FROM at all'),
    ],
)
@pytest.mark.parametrize('end', ['\n', '\r\n'], ids=['LF', 'CRLF'])
def test_fix_writes_the_tag(before: str, after: str, end: str, repo: MakeRepository, run: RunHook) -> None:
    body = '\nWORKDIR /app\nCOPY . .\nRUN go build .\n# golang:1.21\n'
    repo({'Dockerfile': (before + body).replace('\n', end), 'go.mod': MOD.format('1.23')})
    run(main, '--fix', 'Dockerfile')
    assert Path('Dockerfile').read_bytes().decode() == ((after or before) + body).replace('\n', end)
    again = run(main, '--fix', 'Dockerfile')
    assert (again.code, 'Rewriting' in again.out) == (bool(not after and ' # ' not in before), False)


def test_fix_writes_every_from(repo: MakeRepository, run: RunHook) -> None:
    stage = 'FROM golang:{} AS {}\nWORKDIR /app\nCOPY . .\nRUN go build -o /x .\n'
    text = '\ufeff' + stage.format('1.21', 'a') + stage.format('1.22-bookworm', 'b') + 'COPY --from=a /x /y\n'
    repo({'Dockerfile': text, 'go.mod': MOD.format('1.24')})
    outcome = run(main, '--fix', 'go.mod')
    assert outcome == (1, 'Rewriting Dockerfile\n', '')
    expected = text.replace('1.21', '1.24').replace('1.22-', '1.24-')
    assert Path('Dockerfile').read_text(encoding='utf-8') == expected


def test_fix_leaves_what_needs_more(repo: MakeRepository, run: RunHook) -> None:
    files = {'Dockerfile': BUILD.format('golang:1.21'), 'go.mod': MOD.format('1.99')}
    repo(files)
    assert run(main, '--fix', 'go.mod').code == 1
    assert Path('Dockerfile').read_text(encoding='utf-8') == files['Dockerfile']


def test_one_proposal_cures_all_that_runs_on_an_image(
    repo: MakeRepository, run: RunHook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tool_table, 'TOOLS', TABLE)
    dockerfile = BUILD.format('golang:1.21') + 'RUN go install example.com/tool@v1.6.0\n'
    repo({'Dockerfile': dockerfile, 'go.mod': MOD.format('1.22')})
    assert run(main, 'Dockerfile').out == (
        'Dockerfile:1: go.mod:3 requires go >= 1.22 (running go 1.21; GOTOOLCHAIN=local): '
        'build from `golang:1.23`, or set `ENV GOTOOLCHAIN=auto`\n'
        'Dockerfile:5: example.com/tool@v1.6.0 requires go >= 1.23 (running go 1.21; GOTOOLCHAIN=local): '
        'build from `golang:1.23` in line 1, or install `example.com/tool@v1.2.0`\n'
    )
    assert run(main, '--fix', 'Dockerfile').out == 'Rewriting Dockerfile\n'


COPIES = 'FROM {}\n{}\nENV PATH=$PATH:/usr/local/go/bin\nWORKDIR /app\nCOPY . .\nRUN go build .\n'
APK = 'FROM {}\nRUN apk add --no-cache {}\nWORKDIR /app\nCOPY . .\nRUN go build .\n'
APT = 'FROM {}\nRUN apt-get update && apt-get install -y {}\nWORKDIR /app\nCOPY . .\nRUN go build .\n'


@pytest.mark.parametrize(
    ('dockerfile', 'says'),
    [
        pytest.param(
            COPIES.format('alpine', 'COPY --from=golang:1.20 /usr/local/go /usr/local/go'),
            "2: go.mod:3 says go 1.25.1: invalid go version '1.25.1' (running go 1.20): copy it from `golang:1.25`",
            id='a Go that is copied from an image',
        ),
        pytest.param(
            'FROM golang:1.20-alpine AS go\n' + COPIES.format('alpine', 'COPY --from=go /usr/local/go/ /usr/local/go/'),
            "1: go.mod:3 says go 1.25.1: invalid go version '1.25.1' (running go 1.20): "
            'build from `golang:1.25-alpine`',
            id='from a stage',
        ),
        pytest.param(
            COPIES.format('alpine', 'COPY --from=golang:1.22 /usr/local/go /usr/local/go'),
            '',
            id='it fetches a newer one',
        ),
        pytest.param(
            COPIES.format('debian', 'ENV GOTOOLCHAIN=local\nCOPY --from=golang:1.22 /usr/local/go /usr/local/go'),
            '3: go.mod:3 requires go >= 1.25.1 (running go 1.22; GOTOOLCHAIN=local): copy it from `golang:1.25`, '
            'or set `ENV GOTOOLCHAIN=auto`',
            id='unless it may not',
        ),
        pytest.param(
            COPIES.format('golang:1.21', 'COPY --from=golang:1.25 /usr/local/go /usr/local/go'), '', id='a newer one'
        ),
        pytest.param(
            COPIES.format('team/base', 'COPY --from=golang:1.20 /usr/local/go /usr/local/go'),
            '',
            id='the base may have another',
        ),
        pytest.param(
            COPIES.format('alpine', 'RUN wget -qO- x | tar xz -C /usr/local\nCOPY --from=golang:1.20 /go /go'),
            '',
            id='another Go',
        ),
        pytest.param(
            APK.format('alpine:3.20', 'git go'),
            '1: go.mod:3 requires go >= 1.25.1 (running go 1.22; GOTOOLCHAIN=local): '
            'build from an image of Go 1.25.1 or newer, or set `ENV GOTOOLCHAIN=auto`',
            id="Alpine's Go",
        ),
        pytest.param(APK.format('alpine:3.23', 'go'), '', id='a new one'),
        pytest.param(APK.format('alpine', 'go'), '', id='of the newest Alpine'),
        pytest.param(APK.format('alpine:edge', 'go'), '', id='of the next Alpine'),
        pytest.param(APK.format('alpine:3.20', 'go --repository=x'), '', id='of a repository'),
        pytest.param(
            APK.format('alpine:3.20', 'go').replace('apk', 'echo x >> /etc/apk/repositories && apk', 1),
            '',
            id='of a repository that is added',
        ),
        pytest.param(
            APT.format('debian:bookworm-slim', 'golang-go git'),
            "1: go.mod:3 says go 1.25.1: invalid go version '1.25.1' (running go 1.19): "
            'build from an image of Go 1.25.1 or newer',
            id="Debian's Go",
        ),
        # /usr/lib/go-1.24/go.env of golang-1.24-go 1.24.4-1, of Debian 13, says GOTOOLCHAIN=auto.
        pytest.param(APT.format('debian:13', 'golang-go'), '', id='which fetches a newer one'),
        pytest.param(
            APT.format('debian:trixie-slim', 'golang-go git').replace('WORKDIR', 'ENV GOTOOLCHAIN=local\nWORKDIR'),
            '1: go.mod:3 requires go >= 1.25.1 (running go 1.24; GOTOOLCHAIN=local): '
            'build from an image of Go 1.25.1 or newer, or set `ENV GOTOOLCHAIN=auto`',
            id='unless it is told not to',
        ),
        pytest.param(APT.format('ubuntu:24.04', 'golang-go'), '', id="as does Ubuntu's"),
        pytest.param(
            APT.format('debian:12', 'golang-go').replace('apt', 'echo x > /etc/apt/sources.list.d/x.list && apt', 1),
            '',
            id='of backports',
        ),
        pytest.param(
            APT.format(
                'ubuntu:22.04', 'software-properties-common && add-apt-repository x && apt-get install golang-go'
            ),
            '',
            id='of an archive of its own',
        ),
    ],
)
def test_a_go_that_is_not_the_images_own(dockerfile: str, says: str, repo: MakeRepository, run: RunHook) -> None:
    repo({'Dockerfile': dockerfile, 'go.mod': MOD.format('1.25.1')})
    assert run(main, 'go.mod').out == (f'Dockerfile:{says}\n' if says else '')


@pytest.mark.parametrize(
    ('image', 'says'),
    [
        (
            'registry.ci.openshift.org/ocp/builder:rhel-9-golang-1.22-openshift-4.17',
            'requires go >= 1.25.1 (running go 1.22; GOTOOLCHAIN=local): build from an image of Go 1.25.1 or newer',
        ),
        (
            'registry.access.redhat.com/ubi8/go-toolset:1.18.9-8',
            "says go 1.25.1: invalid go version '1.25.1' (running go 1.18.9): "
            'build from an image of Go 1.25.1 or newer',
        ),
        ('registry.access.redhat.com/ubi9/go-toolset:1.22.5-1731639025', ''),
        (
            'mcr.microsoft.com/devcontainers/go:1.23',
            'requires go >= 1.25.1 (running go 1.23; GOTOOLCHAIN=local): '
            'build from `mcr.microsoft.com/devcontainers/go:1.25`, or set `ENV GOTOOLCHAIN=auto`',
        ),
        (
            'mcr.microsoft.com/devcontainers/go:1-1.23-bookworm',
            'requires go >= 1.25.1 (running go 1.23; GOTOOLCHAIN=local): '
            'build from an image of Go 1.25.1 or newer, or set `ENV GOTOOLCHAIN=auto`',
        ),
        ('mcr.microsoft.com/devcontainers/go:1', ''),
        (
            'cimg/go:1.20',
            "says go 1.25.1: invalid go version '1.25.1' (running go 1.20): build from `cimg/go:1.25`",
        ),
        ('cimg/go:1.22', ''),
    ],
)
def test_images_of_go_by_other_names(image: str, says: str, repo: MakeRepository, run: RunHook) -> None:
    repo({'Dockerfile': BUILD.format(image), 'go.mod': MOD.format('1.25.1')})
    assert run(main, 'go.mod').out == (f'Dockerfile:1: go.mod:3 {says}\n' if says else '')


SQLITE = 'github.com/mattn/go-sqlite3'


@pytest.mark.parametrize(
    ('base', 'step', 'imports', 'cure'),
    [
        pytest.param('golang:1.26', 'CGO_ENABLED=0 go build .', (SQLITE,), 'set `CGO_ENABLED=1`', id='cgo is off'),
        pytest.param(
            'golang:1.26-alpine',
            'go install .',
            (SQLITE,),
            'put `RUN apk add --no-cache gcc musl-dev` before it',
            id='no compiler',
        ),
        pytest.param(
            'golang:alpine',
            'CGO_ENABLED=0 go build .',
            ('gorm.io/driver/sqlite', 'gorm.io/gorm'),
            'put `RUN apk add --no-cache gcc musl-dev` before it, and set `CGO_ENABLED=1`',
            id='neither, through gorm',
        ),
        pytest.param('golang:1.26', 'go build .', (SQLITE,), '', id='cgo is on'),
        pytest.param('golang:1.26-alpine', 'apk add gcc musl-dev && go build .', (SQLITE,), '', id='a compiler'),
        pytest.param('golang:1.26', 'CGO_ENABLED=0 go test .', (SQLITE,), '', id='a test'),
        pytest.param('golang:1.26', 'CGO_ENABLED=0 go build .', (SQLITE, 'github.com/lib/pq'), '', id='another driver'),
        pytest.param(
            'golang:1.26', 'CGO_ENABLED=0 go build .', (SQLITE, 'modernc.org/sqlite'), '', id='another of SQLite'
        ),
        pytest.param('golang:1.26', 'CGO_ENABLED=0 go build .', (), '', id='it is not imported'),
    ],
)
def test_sqlite_without_cgo(
    base: str, step: str, imports: tuple[str, ...], cure: str, repo: MakeRepository, run: RunHook
) -> None:
    lines = ''.join(f'import _ "{path}"\n' for path in imports)
    main_go = f'package main\n\nimport "database/sql"\n{lines}\nfunc main() {{ sql.Open("sqlite3", "x.db") }}\n'
    required = ''.join(f'require {path} v1.0.0\n' for path in dict.fromkeys((SQLITE, *imports)))
    dockerfile = f'FROM {base}\nWORKDIR /app\nCOPY . .\nRUN {step}\n'
    repo({'Dockerfile': dockerfile, 'go.mod': f'{MOD.format("1.20")}\n{required}', 'main.go': main_go})
    out = run(main, 'Dockerfile').out
    assert out.startswith("Dockerfile:4: Binary was compiled with 'CGO_ENABLED=0'") is bool(cure)
    assert out.endswith(f': {cure}, or import `modernc.org/sqlite`\n') or not out


URL = 'https://go.dev/dl/go1.20.5.linux-amd64.tar.gz'
TO_ARM = URL.replace('amd64', '$(dpkg --print-architecture)')


@pytest.mark.parametrize(
    ('steps', 'line'),
    [
        pytest.param(f'ADD {URL} /x\nRUN tar -C /usr/local -xzf /x', 2, id='ADD of a URL as a file'),
        pytest.param(f'ADD {URL} /tmp/\nRUN tar xf /tmp/{URL[18:]} -C /usr/local', 3, id='into a folder'),
        pytest.param(f'ADD --unpack=true {URL} /usr/local', 2, id='which it unpacks'),
        pytest.param(
            f'ARG TARGETARCH\nADD {URL.replace("amd64", "${TARGETARCH}")} /go.tgz\nRUN tar -C /usr/local -xf /go.tgz',
            3,
            id='of the platform',
        ),
        pytest.param('ADD go1.20.5.linux-amd64.tar.gz /usr/local/', 2, id='ADD of a file'),
        pytest.param(f'RUN curl -fsSL {URL} | tar -C /usr/local -xz', 2, id='a pipe'),
        pytest.param(f'RUN set -x; curl -sL {URL} | tar xz -C /usr/local -f -; go version', 2, id='from -'),
        pytest.param(f'RUN wget -qO- "{URL}" | sudo tar --directory=/usr/local -x -z', 2, id='of wget'),
        pytest.param(f'RUN curl -sLo go.tgz {URL} && tar xfv go.tgz -C /usr/local && rm go.tgz', 2, id='curl -o'),
        pytest.param(f'RUN curl -L --output /go.tgz {URL}\nRUN tar xfC /go.tgz /usr/local', 2, id='curl --output'),
        pytest.param(f'RUN cd /tmp && curl -OL {URL} && tar -C /usr/local -xzf {URL[18:]}', 2, id='curl -O'),
        pytest.param(f'RUN curl -L {URL} > go.tgz && tar -C /usr/local -xvf go.tgz', 2, id='curl >'),
        pytest.param(
            f'RUN wget -q {URL} && rm -rf /usr/local/go && tar -C /usr/local -xzf {URL[18:]} && rm {URL[18:]}',
            2,
            id='wget',
        ),
        pytest.param(f'RUN wget -P /tmp {URL} && tar -C /usr/local -xzf /tmp/{URL[18:]}', 2, id='wget -P'),
        pytest.param(f'RUN wget {URL} --output-document=x.tgz && tar -xzf x.tgz && mv go /usr/local', 2, id='mv'),
        pytest.param(
            f'RUN wget -O go.tgz {TO_ARM} && echo "00 go.tgz" | sha256sum -c - && tar -C /usr/local -xzf go.tgz',
            2,
            id='a command names the machine',
        ),
        pytest.param(
            f'RUN mkdir -p /usr/local/go && curl {URL} | tar -xzC /usr/local/go --strip-components=1',
            2,
            id='without its folder',
        ),
        pytest.param(f'RUN curl {URL} | tar -xz -C /opt\nENV PATH=/opt/go/bin:$PATH', 2, id='elsewhere'),
        pytest.param(
            f'RUN curl {URL} | tar -xz -C /opt\nFROM alpine\nCOPY --from=0 /opt/go /opt/go\nENV PATH=/opt/go/bin:$PATH',
            2,
            id='in a stage before',
        ),
        pytest.param(f'RUN curl {URL.replace("20", "21")} | tar -C /usr/local -xz', 0, id='it fetches a newer one'),
        pytest.param(f'RUN curl {URL} | tar -C /usr/local -xz go/bin/gofmt', 0, id='not all of it'),
        pytest.param(f'RUN curl {URL} | tar -C /usr/local -tz', 0, id='a list'),
        pytest.param(f'RUN curl {URL}.asc | tar -C /usr/local -xz', 0, id='a signature'),
        pytest.param('RUN curl https://go.dev/dl/go1.20.5.src.tar.gz | tar -C /usr/local -xz', 0, id='the source'),
        pytest.param(f'RUN curl {URL} | gpg -d | tar -C /usr/local -xz', 0, id='what a program makes of it'),
        pytest.param(f'ARG DIR\nRUN curl {URL} | tar -C $DIR -xz', 0, id='nobody knows where'),
        pytest.param(f'RUN wget {URL} {URL.replace("20", "25")} && tar -C /usr/local -xzf *.gz', 0, id='one of two'),
        pytest.param(
            f'RUN if [ -e /x ]; then curl {URL} | tar -C /usr/local -xz; fi', 0, id='where it may not be unpacked'
        ),
    ],
)
def test_a_go_that_is_unpacked(steps: str, line: int, repo: MakeRepository, run: RunHook) -> None:
    base = 'FROM buildpack-deps\n'
    path = 'ENV PATH=/usr/local/go/bin:$PATH\n' if '/opt' not in steps else ''
    dockerfile = f'{base}{steps}\n{path}WORKDIR /app\nCOPY . .\nRUN go build .\n'
    repo({'Dockerfile': dockerfile, 'go.mod': MOD.format('1.25.1'), 'go1.20.5.linux-amd64.tar.gz': ''})
    says = (
        f"Dockerfile:{line}: go.mod:3 says go 1.25.1: invalid go version '1.25.1' (running go 1.20.5): "
        'unpack `go1.25.1.linux-amd64.tar.gz`\n'
    )
    assert run(main, 'go.mod').out == (says if line else '')


@pytest.mark.parametrize(
    ('step', 'found'),
    [
        pytest.param('RUN go build .', True, id='PATH does not lead to it'),
        pytest.param(
            'RUN export PATH=$PATH:/usr/local/go/bin\nRUN go build .', True, id='nor after the RUN that says so'
        ),
        pytest.param('RUN export PATH=$PATH:/usr/local/go/bin && go build .', False, id='that RUN itself'),
        pytest.param('RUN /usr/local/go/bin/go build .', False, id='by its path'),
        pytest.param('RUN ln -s /usr/local/go/bin/go /usr/bin/go && go build .', False, id='a link'),
        pytest.param(
            'RUN update-alternatives --install /usr/bin/go go /usr/local/go/bin/go 1\nRUN go build .',
            False,
            id='an alternative',
        ),
    ],
)
def test_a_go_to_which_path_does_not_lead(step: str, found: bool, repo: MakeRepository, run: RunHook) -> None:
    unpacked = f'FROM ubuntu\nADD {URL} /go.tgz\nRUN tar -C /usr/local -xzf /go.tgz'
    dockerfile = f'{unpacked}\nCOPY . /app/\nWORKDIR /app\n{step}\n'
    repo({'Dockerfile': dockerfile, 'go.mod': MOD.format('1.20'), 'main.go': 'package main\n'})
    line = 6 + step.count('\n')
    why = f'Dockerfile:{line}: go: not found, since PATH does not lead to /usr/local/go/bin: '
    assert run(main, 'go.mod').out == f'{why}put `ENV PATH=$PATH:/usr/local/go/bin` before it\n' * found


@pytest.mark.parametrize('setting', ['ARG GO_VERSION=1.22.3', 'ENV A=1 GO_VERSION="1.22.3"'])
def test_the_variable_with_the_version_of_an_archive_is_named(setting: str, repo: MakeRepository, run: RunHook) -> None:
    fetch = 'RUN curl https://dl.google.com/go/go${GO_VERSION}.linux-amd64.tar.gz | tar -C /usr/local -xz'
    steps = f'{setting}\n{fetch}\nENV GOTOOLCHAIN=local PATH=/usr/local/go/bin:$PATH'
    dockerfile = f'FROM buildpack-deps\n{steps}\nWORKDIR /app\nCOPY . .\nRUN go build .\n'
    repo({'Dockerfile': dockerfile, 'go.mod': MOD.format('1.25')})
    assert run(main, 'go.mod').out == (
        'Dockerfile:3: go.mod:3 requires go >= 1.25 (running go 1.22.3; GOTOOLCHAIN=local): '
        'set `GO_VERSION=1.25.0` in line 2, for `go1.25.0.linux-amd64.tar.gz`, or set `ENV GOTOOLCHAIN=auto`\n'
    )


def test_the_build_that_passes_the_version_of_an_archive_is_named(repo: MakeRepository, run: RunHook) -> None:
    fetch = 'RUN curl https://dl.google.com/go/go${GO}.linux-amd64.tar.gz | tar -C /usr/local -xz'
    steps = f'ARG GO=1.25.0\n{fetch}\nWORKDIR /app\nCOPY . .\nRUN /usr/local/go/bin/go build .\n'
    compose = 'services:\n  app:\n    build:\n      context: .\n      args:\n        GO: 1.20.5\n'
    files = {'Dockerfile': f'FROM buildpack-deps\n{steps}', 'compose.yaml': compose}
    repo({**files, 'go.mod': MOD.format('1.25.1')})
    assert run(main, 'go.mod').out == (
        "Dockerfile:3: go.mod:3 says go 1.25.1: invalid go version '1.25.1' (running go 1.20.5) in the build "
        'declared by compose.yaml:3, since GO is 1.20.5 in compose.yaml:6: set it to `1.25.1`\n'
    )


def test_a_tag_that_exists_and_is_new_enough_is_proposed(repo: MakeRepository, run: RunHook) -> None:
    repo({'Dockerfile': BUILD.format('golang:1.23-alpine3.17'), 'go.mod': MOD.format('1.25')})
    assert run(main, 'go.mod').out.endswith(': build from `golang:1.25-alpine`\n')


def test_the_line_of_the_arg_is_named(repo: MakeRepository, run: RunHook) -> None:
    repo({'Dockerfile': 'ARG GO=1.21\n' + BUILD.format('golang:${GO}-alpine'), 'go.mod': MOD.format('1.23')})
    assert run(main, 'go.mod').out == (
        'Dockerfile:2: go.mod:3 requires go >= 1.23 (running go 1.21; GOTOOLCHAIN=local): '
        'set `GO=1.23` in line 1, for `golang:1.23-alpine`, or set `ENV GOTOOLCHAIN=auto`\n'
    )

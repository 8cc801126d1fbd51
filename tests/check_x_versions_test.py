"""check-x-versions: what it finds in go.mod, go.work and Dockerfiles, what it leaves alone, and what --fix writes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from hooks import check_go_version
from hooks.check_x_versions import main
from hooks.golang import x_versions
from tests.cases import CASES, Case

if TYPE_CHECKING:
    from tests.conftest import MakeRepository, RunHook


def _names_one(case: Case) -> bool:
    return any('golang.org/x/' in text for text in case.files.values())


NEVER = 'invalid version: unknown revision {0}, since golang.org/x/{1} never left v0'
DATE = x_versions.date()


def newest(module: str) -> str:
    found = x_versions.module(f'golang.org/x/{module}')
    assert found is not None
    return found.releases[-1]


def above(version: str) -> str:
    """A release that may follow a known one."""
    major, minor, _ = version.split('.')
    return f'{major}.{int(minor) + 1}.0'


def mod(*lines: str) -> str:
    return 'module example.com/app\n\ngo 1.21\n\n' + ''.join(f'{line}\n' for line in lines)


def dockerfile(*lines: str) -> str:
    return 'FROM golang:1.23\n' + ''.join(f'{line}\n' for line in lines)


# go.mod


@pytest.mark.parametrize(
    ('line', 'message'),
    [
        pytest.param(
            'require golang.org/x/net v1.20.0',
            'golang.org/x/net@v1.20.0: ' + NEVER.format('v1.20.0', 'net') + ': write `v0.20.0`',
            id='v1 for v0, where v0 is a release',
        ),
        pytest.param(
            'require golang.org/x/net v1.20.0 // indirect',
            'golang.org/x/net@v1.20.0: ' + NEVER.format('v1.20.0', 'net') + ': write `v0.20.0`',
            id='an indirect requirement',
        ),
        pytest.param(
            'require "golang.org/x/net" "v1.20.0"',
            'golang.org/x/net@v1.20.0: ' + NEVER.format('v1.20.0', 'net') + ': write `v0.20.0`',
            id='quoted strings',
        ),
        pytest.param(
            'require golang.org/x/net v1.20.3',
            'golang.org/x/net@v1.20.3: ' + NEVER.format('v1.20.3', 'net') + ': write `v0.20.0` or `v0.21.0`',
            id='v1 for v0, where v0 has no such patch',
        ),
        pytest.param(
            'require golang.org/x/net v1.99.0',
            f'golang.org/x/net@v1.99.0: {NEVER.format("v1.99.0", "net")}: write `{newest("net")}`, the newest known',
            id='v1, however high',
        ),
        pytest.param(
            'require golang.org/x/net v2.3.0',
            'golang.org/x/net@v2.3.0: version "v2.3.0" invalid: should be v0 or v1, not v2, '
            f'since golang.org/x/net never left v0: write `{newest("net")}`, the newest known',
            id='v2',
        ),
        pytest.param(
            'require golang.org/x/net v1.20.0-rc.1',
            f'golang.org/x/net@v1.20.0-rc.1: {NEVER.format("v1.20.0-rc.1", "net")}: write `v0.20.0`',
            id='a pre-release of v1, which --fix does not know the meaning of',
        ),
        pytest.param(
            'require golang.org/x/net v0.20.1',
            f'golang.org/x/net@v0.20.1: invalid version: unknown revision v0.20.1, which was no release by {DATE}, '
            f'when {newest("net")} was out: write `v0.20.0` or `v0.21.0`',
            id='a gap between two releases',
        ),
        pytest.param(
            'require golang.org/x/exp v0.1.0',
            'golang.org/x/exp@v0.1.0: invalid version: unknown revision v0.1.0, since golang.org/x/exp had no '
            f'releases by {DATE}: write what `go list -m golang.org/x/exp@latest` prints',
            id='a release of a module that has none',
        ),
        pytest.param(
            'require golang.org/x/net v1.20.1-0.20240104212223-abcdef123456',
            'golang.org/x/net@v1.20.1-0.20240104212223-abcdef123456: invalid pseudo-version: preceding tag (v1.20.0) '
            'not found: write what `go list -m golang.org/x/net@abcdef123456` prints',
            id='a pseudo-version behind a tag that is none',
        ),
        pytest.param(
            'require golang.org/x/net v1.0.0-20240104212223-abcdef123456',
            'golang.org/x/net@v1.0.0-20240104212223-abcdef123456: invalid pseudo-version: major version without '
            'preceding tag must be v0, not v1: write what `go list -m golang.org/x/net@abcdef123456` prints',
            id='a pseudo-version of v1 behind no tag',
        ),
        pytest.param(
            'require golang.org/x/exp v0.0.0-20241304212223-abcdef123456',
            'golang.org/x/exp@v0.0.0-20241304212223-abcdef123456: invalid pseudo-version: malformed time '
            '"20241304212223": write what `go list -m golang.org/x/exp@abcdef123456` prints',
            id='a pseudo-version of a thirteenth month',
        ),
        pytest.param(
            'require golang.org/x/exp v0.0.0-20240104212223-abcdef1',
            'golang.org/x/exp@v0.0.0-20240104212223-abcdef1: invalid pseudo-version: revision is shorter than '
            'canonical: write what `go list -m golang.org/x/exp@abcdef1` prints',
            id='a pseudo-version with a short revision',
        ),
        pytest.param(
            'require golang.org/x/tools/gopls v1.20.0',
            f'golang.org/x/tools/gopls@v1.20.0: {NEVER.format("v1.20.0", "tools/gopls")}: write `v0.20.0`',
            id='a nested module',
        ),
    ],
)
def test_finds_in_go_mod(repo: MakeRepository, run: RunHook, line: str, message: str) -> None:
    repo({'svc/go.mod': mod(line)})
    assert run(main, 'svc/go.mod') == (1, f'svc/go.mod:5: {message}\n', '')


@pytest.mark.parametrize(
    'lines',
    [
        pytest.param(['require golang.org/x/net v0.20.0'], id='a release'),
        pytest.param([f'require golang.org/x/net {above(newest("net"))}'], id='above the newest known release'),
        pytest.param([f'require golang.org/x/vuln {above(newest("vuln"))}'], id='above the newest known v1 of vuln'),
        pytest.param(['require golang.org/x/vuln v1.0.1'], id='a real v1'),
        pytest.param(['require golang.org/x/review v1.5.0'], id='a real v1 that no proxy lists'),
        pytest.param(['require golang.org/x/tools/gopls v0.8.1'], id='a gap in a list that skips releases'),
        pytest.param(['require golang.org/x/tools/gopls v0.8.0-pre.1'], id='a pre-release that no proxy lists'),
        pytest.param(['require golang.org/x/telemetry/config v0.20.0'], id='a module that no proxy lists'),
        pytest.param(['require golang.org/x/vuln v2.0.0'], id='above the newest v1 of vuln, with another major'),
        pytest.param(['require golang.org/x/exp v0.0.0-20240104212223-abcdef123456'], id='a pseudo-version on v0.0.0'),
        pytest.param(
            ['require golang.org/x/tools v0.1.13-0.20220804200503-81c7dc4e4efa'], id='a pseudo-version behind a tag'
        ),
        pytest.param(
            ['require golang.org/x/mod v0.6.0-dev.0.20220106191415-9b9b3d81d5e3'],
            id='a pseudo-version behind the tag of a pre-release',
        ),
        pytest.param(['require golang.org/x/net v0.20.1-rc.1'], id='a pre-release of v0, which may have been'),
        pytest.param(['require golang.org/x/tools/cmd/guru v0.1.1-deprecated'], id='a module with pre-releases alone'),
        pytest.param(['require golang.org/x/net v0'], id='a version query, which go resolves'),
        pytest.param(['require golang.org/x/net master'], id='a branch, which go resolves'),
        pytest.param(['require golang.org/x/net v0.20.0+meta'], id='build metadata, which go drops'),
        pytest.param(['require golang.org/x/nosuch v1.20.0'], id='a module that the table does not know'),
        pytest.param(['require golang.org/xx/net v1.20.0'], id='another path'),
        pytest.param(['require example.com/golang.org/x/net v1.20.0'], id='a path that only ends like it'),
        pytest.param(['// require golang.org/x/net v1.20.0'], id='a comment'),
        pytest.param(['exclude golang.org/x/net v1.20.0'], id='exclude'),
        pytest.param(
            ['require golang.org/x/net v1.20.0', 'exclude golang.org/x/net v1.20.0'], id='an excluded requirement'
        ),
        pytest.param(['retract v1.20.0'], id='retract'),
        pytest.param(
            ['require golang.org/x/net v1.20.0', 'replace golang.org/x/net => ../net'], id='replaced by a folder'
        ),
        pytest.param(
            ['require golang.org/x/net v0.0.0', 'replace golang.org/x/net => github.com/fork/net v1.20.0'],
            id='replaced by another module',
        ),
        pytest.param(
            ['require golang.org/x/net v1.20.0', 'replace golang.org/x/net v1.20.0 => golang.org/x/net v0.20.0'],
            id='this version replaced by another',
        ),
        pytest.param(['replace golang.org/x/net => golang.org/x/net v1.20.0'], id='a replacement that nothing uses'),
        pytest.param(
            ['require golang.org/x/net v0.20.0', 'replace golang.org/x/net v0.19.0 => golang.org/x/net v1.20.0'],
            id='a replacement of a version that nothing uses',
        ),
        pytest.param(
            ['require golang.org/x/net v0.1.9', 'require golang.org/x/net v0.20.0'],
            id='a requirement below another of the same module',
        ),
        pytest.param(
            ['require golang.org/x/net v1.20.0 // check-x-versions: ignore, our proxy has it'],
            id='ignored at the end of the line',
        ),
        pytest.param(
            ['// check-x-versions: ignore', 'require golang.org/x/net v1.20.0'], id='ignored by the line above'
        ),
    ],
)
def test_is_silent_on_go_mod(repo: MakeRepository, run: RunHook, lines: list[str]) -> None:
    text = mod(*lines)
    repo({'go.mod': text})
    assert run(main, 'go.mod') == (0, '', '')
    assert run(main, '--fix', 'go.mod') == (0, '', '')
    with open('go.mod', encoding='utf-8') as file:
        assert file.read() == text


@pytest.mark.parametrize(
    'lines',
    [
        pytest.param(
            ['require golang.org/x/net v0.19.0', 'replace golang.org/x/net => golang.org/x/net v1.20.0'], id='all'
        ),
        pytest.param(
            ['require golang.org/x/net v0.19.0', 'replace golang.org/x/net v0.19.0 => golang.org/x/net v1.20.0'],
            id='the version that is required',
        ),
        pytest.param(
            ['require example.com/net v1.0.0', 'replace example.com/net => golang.org/x/net v1.20.0'],
            id='another module',
        ),
    ],
)
def test_finds_the_right_side_of_a_replacement_that_is_used(
    repo: MakeRepository, run: RunHook, lines: list[str]
) -> None:
    repo({'go.mod': mod(*lines)})
    code, out, _ = run(main, 'go.mod')
    assert (code, out.partition(' unknown')[0]) == (1, 'go.mod:6: golang.org/x/net@v1.20.0: invalid version:')


@pytest.mark.parametrize('folder', ['vendor/example.com/dep', 'web/node_modules/x', 'internal/testdata'])
def test_go_mod_files_of_dependencies_and_tests_are_no_subjects(
    repo: MakeRepository, run: RunHook, folder: str
) -> None:
    repo({f'{folder}/go.mod': mod('require golang.org/x/net v1.20.0')})
    assert run(main, f'{folder}/go.mod') == (0, '', '')


WORKSPACE = {
    'a/go.mod': mod('require golang.org/x/net v1.20.0'),
    'b/go.mod': mod('require golang.org/x/net v0.19.0'),
}


def test_a_workspace_replaces_what_its_members_require(repo: MakeRepository, run: RunHook) -> None:
    work = 'go 1.21\n\nuse (\n\t./a\n\tb\n)\n\nreplace golang.org/x/net => golang.org/x/net v0.20.0\n'
    repo({**WORKSPACE, 'go.work': work})
    assert run(main, 'go.work', 'a/go.mod', 'b/go.mod') == (0, '', '')


def test_a_workspace_replaces_nothing_of_other_modules(repo: MakeRepository, run: RunHook) -> None:
    work = 'go 1.21\n\nuse ./b\n\nreplace golang.org/x/net => golang.org/x/net v0.20.0\n'
    repo({**WORKSPACE, 'go.work': work})
    code, out, _ = run(main, 'go.work', 'a/go.mod', 'b/go.mod')
    assert (code, out.partition(': ')[0]) == (1, 'a/go.mod:5')


def test_finds_the_right_side_of_a_workspace_that_a_member_uses(repo: MakeRepository, run: RunHook) -> None:
    work = 'go 1.21\n\nuse ./b\n\nreplace golang.org/x/net => golang.org/x/net v1.21.0\n'
    repo({**WORKSPACE, 'go.work': work})
    code, out, _ = run(main, 'go.work')
    assert (code, out.partition(': ')[0]) == (1, 'go.work:5')
    assert run(main, '--fix', 'go.work') == (1, 'Rewriting go.work\n', '')
    assert read('go.work') == work.replace('v1.21.0', 'v0.21.0')


# Dockerfiles


@pytest.mark.parametrize(
    ('line', 'subject'),
    [
        pytest.param(
            'RUN go install golang.org/x/tools/cmd/goimports@v1.20.0', 'tools/cmd/goimports@v1.20.0', id='install'
        ),
        pytest.param('RUN go run golang.org/x/tools/cmd/stringer@v1.20.0 -h', 'tools/cmd/stringer@v1.20.0', id='run'),
        pytest.param('RUN go get golang.org/x/net@v1.20.0', 'net@v1.20.0', id='get'),
        pytest.param('RUN go get golang.org/x/net/...@v1.20.0', 'net/...@v1.20.0', id='a package pattern'),
        pytest.param('RUN go mod download golang.org/x/net@v1.20.0', 'net@v1.20.0', id='mod download'),
        pytest.param('RUN ["go", "run", "golang.org/x/tools/gopls@v1.20.0"]', 'tools/gopls@v1.20.0', id='exec form'),
        pytest.param(
            'RUN go install -v golang.org/x/tools/cmd/goimports@v0.20.1', 'tools/cmd/goimports@v0.20.1', id='a gap'
        ),
        pytest.param(
            'RUN go install golang.org/x/exp/cmd/gorelease@v0.1.0', 'exp/cmd/gorelease@v0.1.0', id='no releases'
        ),
        pytest.param(
            'RUN go install golang.org/x/tools/cmd/stringer@v1', 'tools/cmd/stringer@v1', id='a version query'
        ),
        pytest.param(
            'RUN set -e; \\\n  apk add git; \\\n  go install golang.org/x/tools/cmd/stringer@v1.20.0',
            'tools/cmd/stringer@v1.20.0',
            id='a continued RUN, at its first line',
        ),
        pytest.param(
            'ARG V=v1.20.0\nRUN go install golang.org/x/tools/cmd/stringer@${V}',
            'tools/cmd/stringer@v1.20.0',
            id='a version from an argument with a default',
        ),
    ],
)
def test_finds_in_a_dockerfile(repo: MakeRepository, run: RunHook, line: str, subject: str) -> None:
    repo({'Dockerfile': dockerfile(line)})
    code, out, err = run(main, 'Dockerfile')
    at = 3 if line.startswith('ARG') else 2
    assert (code, err) == (1, '')
    assert re.fullmatch(rf'Dockerfile:{at}: golang\.org/x/{re.escape(subject)}: [^\n]+: write [^\n]+\n', out)


@pytest.mark.parametrize(
    'lines',
    [
        pytest.param(['RUN go install golang.org/x/tools/cmd/goimports@v0.20.0'], id='a release'),
        pytest.param(
            ['RUN go install golang.org/x/tools/cmd/godoc@v0.20.0'],
            id='a package that became a module later: the version is that of the module it left',
        ),
        pytest.param(['RUN go install golang.org/x/tools/cmd/goimports@latest'], id='latest'),
        pytest.param(['RUN go install golang.org/x/tools/cmd/goimports@v0'], id='a version query with an answer'),
        pytest.param(['RUN go install golang.org/x/tools/cmd/goimports@81c7dc4e4efa'], id='a revision'),
        pytest.param(['RUN go install golang.org/x/tools/cmd/goimports'], id='no version'),
        pytest.param([f'RUN go run golang.org/x/tools/gopls@{above(newest("tools/gopls"))}'], id='above the newest'),
        pytest.param(['RUN go install golang.org/x/tools/cmd/stringer@v1.20.0 || true'], id='a failure that is caught'),
        pytest.param(
            ['RUN if [ -e /x ]; then go install golang.org/x/tools/cmd/goimports@v1.20.0; fi'],
            id='a command that may not run',
        ),
        pytest.param(
            ['RUN curl example.com || go install golang.org/x/tools/cmd/goimports@v1.20.0'],
            id='a command that runs where another fails',
        ),
        pytest.param(['ARG V', 'RUN go install golang.org/x/tools/cmd/goimports@$V'], id='an argument without a value'),
        pytest.param(['RUN echo go install golang.org/x/tools/cmd/goimports@v1.20.0'], id='words that are not run'),
        pytest.param(['# RUN go install golang.org/x/tools/cmd/goimports@v1.20.0'], id='a comment'),
        pytest.param(
            ['# check-x-versions: ignore', 'RUN go install golang.org/x/tools/cmd/goimports@v1.20.0'], id='ignored'
        ),
        pytest.param(
            ['RUN go install golang.org/x/tools/cmd/goimports@v1.20.0', 'FROM alpine', 'RUN true'],
            id='a stage that is not built',
        ),
        pytest.param(
            [
                'RUN printf "module x\\nreplace golang.org/x/net => ./net\\n" > go.mod',
                'RUN go get golang.org/x/net@v1.20.0',
            ],
            id='a get in a module that nobody knows, which may replace it',
        ),
    ],
)
def test_is_silent_on_a_dockerfile(repo: MakeRepository, run: RunHook, lines: list[str]) -> None:
    text = dockerfile(*lines)
    repo({'Dockerfile': text})
    assert run(main, 'Dockerfile') == (0, '', '')
    assert run(main, '--fix', 'Dockerfile') == (0, '', '')
    assert read('Dockerfile') == text


def test_a_get_of_what_the_module_replaces_is_no_finding(repo: MakeRepository, run: RunHook) -> None:
    lines = ('WORKDIR /app', 'COPY . .', 'RUN go get golang.org/x/net@v1.20.0')
    files = {'Dockerfile': dockerfile(*lines), 'net/go.mod': 'module golang.org/x/net\n'}
    repo({**files, 'go.mod': mod('replace golang.org/x/net => ./net')})
    assert run(main, 'Dockerfile') == (0, '', '')
    repo({**files, 'go.mod': mod('replace golang.org/x/text => ./text')})
    code, out, _ = run(main, 'Dockerfile')
    assert (code, out.partition(': ')[0]) == (1, 'Dockerfile:4')


def test_a_version_that_never_existed_is_not_too_new_as_well(repo: MakeRepository, run: RunHook) -> None:
    for version, never in (('v0.26.1', True), ('v0.26.0', False)):
        repo({'Dockerfile': f'FROM golang:1.21\nRUN go install golang.org/x/tools/cmd/stringer@{version}\n'})
        assert ('invalid version' in run(main, 'Dockerfile').out) == never
        assert ('requires go >= 1.22.0' in run(check_go_version.main, 'Dockerfile').out) == (not never)


def test_a_compose_file_that_gives_the_version_puts_the_dockerfile_in_question(
    repo: MakeRepository, run: RunHook
) -> None:
    repo(
        {
            'Dockerfile': dockerfile('ARG V=v0.20.0', 'RUN go install golang.org/x/tools/cmd/goimports@$V'),
            'compose.yaml': 'services:\n  a:\n    build:\n      context: .\n      args:\n        V: v1.20.0\n',
        }
    )
    code, out, _ = run(main, 'compose.yaml')
    assert code == 1
    assert out.startswith(
        'Dockerfile:3: golang.org/x/tools/cmd/goimports@v1.20.0 (declared by compose.yaml:3): invalid version: '
    )


@pytest.mark.parametrize('case', [pytest.param(case, id=case.name) for case in CASES if _names_one(case)])
def test_the_cases_that_the_builders_judge(repo: MakeRepository, run: RunHook, case: Case) -> None:
    repo(case.files)
    code, out, err = run(main, case.dockerfile, *(path for path in case.files if path.endswith('go.mod')))
    found = tuple(sorted(':'.join(line.split(':')[:2]) for line in out.splitlines()))
    assert (code, found, err) == (bool(found), tuple(sorted(case.findings('check-x-versions'))), '')


# --pinned


@pytest.mark.parametrize(
    ('image', 'word', 'cure'),
    [
        pytest.param(
            'golang:latest',
            'golang.org/x/tools/cmd/goimports@latest',
            f'write `golang.org/x/tools/cmd/goimports@{newest("tools")}`, the newest known',
            id='the newest known release',
        ),
        pytest.param(
            'golang:1.21',
            'golang.org/x/tools/cmd/goimports@latest',
            'write `golang.org/x/tools/cmd/goimports@v0.24.1`, the newest known that Go 1.21 builds',
            id='the newest known release that the Go of the image builds',
        ),
        pytest.param(
            'golang:1.23.0',
            'golang.org/x/tools/cmd/goimports@master',
            'write `golang.org/x/tools/cmd/goimports@v0.36.0`, the newest known that Go 1.23.0 builds',
            id='a branch, and a Go with its patch',
        ),
        pytest.param(
            'golang:1.23.0',
            'golang.org/x/tools/gopls@master',
            'write what `go list -m golang.org/x/tools/gopls@latest` prints',
            id='a module whose list skips releases',
        ),
        pytest.param(
            'golang:1.21',
            'golang.org/x/lint/golint@latest',
            'write what `go list -m golang.org/x/lint@latest` prints',
            id='a module without releases',
        ),
        pytest.param(
            'golang:1.21',
            'golang.org/x/tools/cmd/gorename@latest',
            'write the release that you tested, as in `@v1.2.3`',
            id='a nested module without releases, which its parent holds no longer',
        ),
        pytest.param(
            'golang:1.21',
            'golang.org/x/tools/cmd/goimports@v0',
            'write `golang.org/x/tools/cmd/goimports@v0.24.1`, the newest known that Go 1.21 builds',
            id='a version query',
        ),
        pytest.param(
            'golang:1.21',
            'example.com/tool@latest',
            'write the release that you tested, as in `@v1.2.3`',
            id='another module',
        ),
    ],
)
def test_pinned_reports_versions_that_float(
    repo: MakeRepository, run: RunHook, image: str, word: str, cure: str
) -> None:
    repo({'Dockerfile': f'FROM {image}\nRUN go install {word} || true\n'})
    assert run(main, 'Dockerfile') == (0, '', '')
    message = f'Dockerfile:2: {word} names another version tomorrow: {cure}\n'
    assert run(main, '--pinned', 'Dockerfile') == (1, message, '')


def test_pinned_knows_the_releases_of_other_tools(repo: MakeRepository, run: RunHook) -> None:
    repo({'Dockerfile': 'FROM golang:1.23\nRUN go install github.com/air-verse/air@latest\n'})
    code, out, _ = run(main, '--pinned', 'Dockerfile')
    assert code == 1
    assert re.search(r': write `github\.com/air-verse/air@v1\.61\.\d+`, the newest known that Go 1\.23 builds\n$', out)


def test_pinned_minds_no_limit_where_the_toolchain_is_fetched(repo: MakeRepository, run: RunHook) -> None:
    line = 'RUN go install golang.org/x/tools/cmd/goimports@latest'
    repo({'Dockerfile': f'FROM golang:1.21\nENV GOTOOLCHAIN=auto\n{line}\n'})
    _, out, _ = run(main, '--pinned', 'Dockerfile')
    assert out.endswith(f'write `golang.org/x/tools/cmd/goimports@{newest("tools")}`, the newest known\n')


@pytest.mark.parametrize(
    'command',
    [
        pytest.param('go install golang.org/x/tools/cmd/goimports@v0.20.0', id='a release'),
        pytest.param('go install golang.org/x/tools/cmd/goimports@81c7dc4e4efa', id='a revision'),
        pytest.param('go install golang.org/x/tools/cmd/goimports', id='no version'),
        pytest.param('go install example.com/tool@release-2', id='what may be a tag'),
        pytest.param('go get golang.org/x/net@none', id='a removal'),
        pytest.param('go install ./...', id='packages of the module'),
        pytest.param('apt-get install tool@latest', id='another program'),
    ],
)
def test_pinned_is_silent(repo: MakeRepository, run: RunHook, command: str) -> None:
    repo({'Dockerfile': dockerfile(f'RUN {command}')})
    assert run(main, '--pinned', 'Dockerfile') == (0, '', '')


# --fix


def read(path: str) -> str:
    with open(path, 'rb') as file:
        return file.read().decode('utf-8', 'surrogateescape')


SEED = 'require (\n\tgolang.org/x/net v1.20.0\n\tgolang.org/x/sys v1.16.0 // indirect\n\tgolang.org/x/text v1.14.0\n)'
FIXED = 'require (\n\tgolang.org/x/net v0.20.0\n\tgolang.org/x/sys v0.16.0 // indirect\n\tgolang.org/x/text v0.14.0\n)'


def test_the_three_wrong_versions_are_found_and_fixed(repo: MakeRepository, run: RunHook) -> None:
    repo({'go.mod': mod(SEED)})
    code, out, _ = run(main, 'go.mod')
    assert (code, [line.split(': ')[0] for line in out.splitlines()]) == (1, ['go.mod:6', 'go.mod:7', 'go.mod:8'])
    assert run(main, '--fix', 'go.mod') == (1, 'Rewriting go.mod\n', '')
    assert read('go.mod') == mod(FIXED)
    assert run(main, 'go.mod') == (0, '', '')
    assert run(main, '--fix', 'go.mod') == (0, '', '')


@pytest.mark.parametrize(
    ('before', 'after'),
    [
        pytest.param(mod(SEED).replace('\n', '\r\n'), mod(FIXED).replace('\n', '\r\n'), id='CR LF'),
        pytest.param('\ufeff' + mod(SEED), '\ufeff' + mod(FIXED), id='a BOM'),
        pytest.param(mod(SEED)[:-1], mod(FIXED)[:-1], id='no newline at the end'),
        pytest.param(mod(SEED) + '// \udcff \x0c\n', mod(FIXED) + '// \udcff \x0c\n', id='what is not UTF-8'),
        pytest.param(
            mod('require\tgolang.org/x/net   v1.20.0\t//  v1.20.0, golang.org/x/net v1.20.0'),
            mod('require\tgolang.org/x/net   v0.20.0\t//  v1.20.0, golang.org/x/net v1.20.0'),
            id='a comment with the same words, and odd spaces',
        ),
        pytest.param(
            mod('require golang.org/x/net v0.9.0', 'replace golang.org/x/net v0.9.0\t=>\tgolang.org/x/net\tv1.20.0'),
            mod('require golang.org/x/net v0.9.0', 'replace golang.org/x/net v0.9.0\t=>\tgolang.org/x/net\tv0.20.0'),
            id='the right side of a replacement, between tabs',
        ),
        pytest.param(
            mod('require golang.org/x/net v1.20.0', 'require example.com/net v1.20.0'),
            mod('require golang.org/x/net v0.20.0', 'require example.com/net v1.20.0'),
            id='the same version of another module',
        ),
        pytest.param(
            mod('require golang.org/x/net v1.20.0', 'require golang.org/x/sys v1.16.0 // check-x-versions: ignore'),
            mod('require golang.org/x/net v0.20.0', 'require golang.org/x/sys v1.16.0 // check-x-versions: ignore'),
            id='a line that is ignored stays',
        ),
    ],
)
def test_fix_changes_nothing_else_in_go_mod(repo: MakeRepository, run: RunHook, before: str, after: str) -> None:
    repo({'go.mod': before})
    assert run(main, '--fix', 'go.mod') == (1, 'Rewriting go.mod\n', '')
    assert read('go.mod') == after
    assert run(main, '--fix', 'go.mod') == (0, '', '')


def test_fix_leaves_what_it_cannot_know(repo: MakeRepository, run: RunHook) -> None:
    text = mod('require golang.org/x/net v1.20.3', 'require golang.org/x/exp v0.1.0', 'require golang.org/x/sys v2.1.0')
    repo({'go.mod': text})
    code, out, _ = run(main, '--fix', 'go.mod')
    assert (code, out.count('\n'), 'Rewriting' in out) == (1, 3, False)
    assert read('go.mod') == text


def test_hashes_of_a_version_that_never_existed_are_named(repo: MakeRepository, run: RunHook) -> None:
    hashes = (
        'golang.org/x/net v0.9.0/go.mod h1:a=\ngolang.org/x/net v1.20.0 h1:b=\ngolang.org/x/net v1.20.0/go.mod h1:c=\n'
    )
    repo({'svc/go.mod': mod('require golang.org/x/net v1.20.0'), 'svc/go.sum': hashes})
    _, out, _ = run(main, 'svc/go.mod')
    assert out.endswith(': write `v0.20.0`, and run `go mod tidy`, since svc/go.sum:2 holds a hash of it\n')
    assert run(main, '--fix', 'svc/go.mod') == (
        1,
        'Rewriting svc/go.mod\n'
        'svc/go.sum:2: a hash of golang.org/x/net@v1.20.0, which never existed: run `go mod tidy` in svc\n',
        '',
    )
    assert read('svc/go.sum') == hashes
    assert run(main, 'svc/go.mod', 'svc/go.sum') == (0, '', '')


@pytest.mark.parametrize(
    ('before', 'after'),
    [
        pytest.param(
            dockerfile(
                'RUN go install golang.org/x/tools/cmd/goimports@v1.20.0 golang.org/x/tools/cmd/stringer@v1.20.0'
            ),
            dockerfile(
                'RUN go install golang.org/x/tools/cmd/goimports@v0.20.0 golang.org/x/tools/cmd/stringer@v0.20.0'
            ),
            id='two in one command',
        ),
        pytest.param(
            dockerfile('RUN true && \\', '  # golang.org/x/net@v1.20.0', '  go get golang.org/x/net@v1.20.0 # x'),
            dockerfile('RUN true && \\', '  # golang.org/x/net@v1.20.0', '  go get golang.org/x/net@v0.20.0 # x'),
            id='a comment inside a continued RUN',
        ),
        pytest.param(
            dockerfile('RUN ["go", "install", "golang.org/x/tools/gopls@v1.20.0"]').replace('\n', '\r\n'),
            dockerfile('RUN ["go", "install", "golang.org/x/tools/gopls@v0.20.0"]').replace('\n', '\r\n'),
            id='exec form, CR LF',
        ),
        pytest.param(
            dockerfile('RUN <<E', 'go install "golang.org/x/tools/gopls@v1.20.0"', 'E', 'RUN true \udcff'),
            dockerfile('RUN <<E', 'go install "golang.org/x/tools/gopls@v0.20.0"', 'E', 'RUN true \udcff'),
            id='a heredoc, and what is not UTF-8',
        ),
        pytest.param(
            dockerfile('RUN go get golang.org/x/net@v1.20.0', 'RUN go get golang.org/x/net@v1.20.0 || true'),
            dockerfile('RUN go get golang.org/x/net@v0.20.0', 'RUN go get golang.org/x/net@v1.20.0 || true'),
            id='only the instruction that fails',
        ),
    ],
)
def test_fix_changes_nothing_else_in_a_dockerfile(repo: MakeRepository, run: RunHook, before: str, after: str) -> None:
    repo({'Dockerfile': before})
    assert run(main, '--fix', 'Dockerfile') == (1, 'Rewriting Dockerfile\n', '')
    assert read('Dockerfile') == after
    assert run(main, '--fix', 'Dockerfile') == (0, '', '')


def test_fix_does_not_touch_an_argument(repo: MakeRepository, run: RunHook) -> None:
    text = dockerfile('ARG V=v1.20.0', 'RUN go install golang.org/x/tools/cmd/stringer@$V')
    repo({'Dockerfile': text})
    code, out, _ = run(main, '--fix', 'Dockerfile')
    assert (code, 'Rewriting' in out) == (1, False)
    assert read('Dockerfile') == text


# Bad input


@pytest.mark.parametrize(
    'content',
    [b'', b'\xff\xfe\x00golang.org/x/net v1.20.0', b'require (\n golang.org/x/net v1.20.0 (\n', b'\x00' * 10_000],
    ids=['empty', 'not UTF-8', 'a broken block', 'binary'],
)
@pytest.mark.parametrize('name', ['go.mod', 'go.work', 'Dockerfile'])
def test_any_content_is_read(repo: MakeRepository, run: RunHook, name: str, content: bytes) -> None:
    repo({name: content})
    assert run(main, '--pinned', '--fix', name) == (0, '', '')


def test_what_cannot_be_read_is_one_line_and_the_rest_is_checked(repo: MakeRepository, run: RunHook) -> None:
    repo({'a/go.mod': mod('require golang.org/x/net v1.20.0')})
    code, out, err = run(main, 'gone/go.mod', 'Dockerfile', '../go.mod', 'a/go.mod')
    assert (code, out.partition(': ')[0]) == (2, 'a/go.mod:5')
    assert re.findall(r'^check-x-versions: (\S+): no such file in this repository', err, re.MULTILINE) == [
        'gone/go.mod',
        'Dockerfile',
        '../go.mod',
    ]


def test_no_name_is_the_whole_folder(repo: MakeRepository, run: RunHook) -> None:
    repo({'go.mod': mod('require golang.org/x/net v1.20.0')})
    assert run(main) == run(main, 'go.mod')
    assert run(main).code == 1

"""golang.org/x versions, by our table and by the real module proxy, asked by the real go command."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hooks.check_x_versions import main
from hooks.golang import x_versions
from tests.judges._proxy import go

if TYPE_CHECKING:
    from tests.conftest import MakeRepository, RunHook

TABLED = ('arch', 'crypto', 'exp', 'image', 'mobile', 'mod', 'net', 'oauth2', 'review', 'sync', 'sys', 'term', 'text',
          'time', 'tools', 'tools/gopls', 'vuln', 'xerrors')  # fmt: skip
SEED = """module example.com/app

go 1.21

require (
\tgolang.org/x/net v1.20.0
\tgolang.org/x/sys v1.16.0
\tgolang.org/x/text v1.14.0
)
"""


pytestmark = pytest.mark.usefixtures('proxy')


def lack(path: str, version: str) -> x_versions.Lack | None:
    return x_versions.lack(x_versions.owners(f'golang.org/x/{path}'), version)


def test_the_table_has_every_version_that_the_proxy_lists() -> None:
    """Or is older than it: what is above the newest known version may have been tagged since."""
    listed = go('list', '-m', '-versions', '-retracted', *(f'golang.org/x/{name}' for name in TABLED))
    assert listed.ok, listed.error
    modules = {line.split()[0]: line.split()[1:] for line in listed.out.splitlines()}
    assert set(modules) == {f'golang.org/x/{name}' for name in TABLED}
    assert sum(map(len, modules.values())) > 500
    wrong = [f'{path}@{v}' for path, versions in modules.items() for v in versions if lack(path[13:], v)]
    assert wrong == []


@pytest.mark.parametrize(
    ('path', 'version'),
    [
        ('net', 'v1.20.0'),
        ('sys', 'v1.16.0'),
        ('text', 'v1.14.0'),
        ('crypto', 'v1.0.0'),
        ('net', 'v2.3.0'),
        ('net', 'v2.3.0+incompatible'),
        ('net', 'v0.20.1'),
        ('sync', 'v0.1.99'),
        ('tools', 'v0.1.13'),
        ('text', 'v0.3.9'),
        ('exp', 'v0.1.0'),
        ('xerrors', 'v1.0.0'),
        ('mobile', 'v0.1.0'),
        ('tools/gopls', 'v1.16.1'),
        ('net', 'v1'),
        ('net', 'v1.20'),
        ('sync', 'v0.0.0-20231304212223-abcdef123456'),
        ('sync', 'v0.0.0-20230104212223-abcdef12'),
        ('sync', 'v1.0.0-20230104212223-abcdef123456'),
        ('sync', 'v0.1.99-0.20230104212223-abcdef123456'),
    ],
)
def test_what_never_existed_does_not_exist(path: str, version: str) -> None:
    # One way only: a proxy says the same of a version that it merely does not have.
    assert lack(path, version)
    assert not go('list', '-m', f'golang.org/x/{path}@{version}').ok


@pytest.mark.parametrize(
    ('path', 'version'),
    [
        ('net', 'v0.20.0'),
        ('text', 'v0.1.0'),
        ('vuln', 'v1.0.1'),
        ('vuln', 'v0.1.0'),
        ('arch', 'v0.10.0'),
        ('mod', 'v0.6.0-dev'),
        ('tools/gopls', 'v0.1.7'),
        ('tools/gopls', 'v0.8.1'),
        ('tools/gopls', 'v0.16.1'),
        ('tools/cmd/godoc', 'v0.1.0-deprecated'),
        ('tools', 'v0.1.13-0.20220804200503-81c7dc4e4efa'),
        ('exp', 'v0.0.0-20240506185415-9bf2ced13842'),
        ('net', 'v0.20'),
        ('sync', 'v0'),
    ],
)
def test_what_exists_is_no_finding(path: str, version: str) -> None:
    answer = go('list', '-m', f'golang.org/x/{path}@{version}')
    assert answer.ok, answer.error
    assert lack(path, version) is None


@pytest.mark.parametrize(
    ('lines', 'passes'),
    [
        pytest.param(['require golang.org/x/sync v0.3.0'], True, id='a release'),
        pytest.param(['require golang.org/x/sync v1.3.0'], False, id='v1 for v0'),
        pytest.param(['require golang.org/x/sync v0.1.99'], False, id='a gap'),
        pytest.param(['require golang.org/x/sync v2.3.0'], False, id='v2'),
        pytest.param(['require golang.org/x/sync v0.3'], True, id='a version query'),
        pytest.param(['require golang.org/x/sync v0.3.0+meta'], True, id='build metadata'),
        pytest.param(['require golang.org/x/sync v1.3.0+meta'], False, id='build metadata of what is not there'),
        pytest.param(
            ['require golang.org/x/sync v0.3.0', 'require golang.org/x/sync v0.1.99'],
            True,
            id='the higher of two counts',
        ),
        pytest.param(
            ['require golang.org/x/sync v0.3.0', 'require golang.org/x/sync v1.3.0'],
            False,
            id='the higher is not there',
        ),
        pytest.param(
            ['require golang.org/x/sync v1.3.0', 'replace golang.org/x/sync => golang.org/x/sync v0.3.0'],
            True,
            id='a replaced version',
        ),
        pytest.param(
            ['require golang.org/x/sync v0.3.0', 'replace golang.org/x/sync => golang.org/x/sync v1.3.0'],
            False,
            id='a replacement that is not there',
        ),
        pytest.param(
            ['require golang.org/x/sync v0.3.0', 'replace golang.org/x/sync v0.2.0 => golang.org/x/sync v1.3.0'],
            True,
            id='a replacement of another version',
        ),
        pytest.param(
            ['require golang.org/x/sync v0.3.0', 'replace golang.org/x/text => golang.org/x/text v1.3.0'],
            True,
            id='a replacement of what nothing requires',
        ),
        pytest.param(['require golang.org/x/sync v0.3.0', 'exclude golang.org/x/sync v1.3.0'], True, id='an exclusion'),
    ],
)
def test_a_finding_is_a_download_that_fails(repo: MakeRepository, run: RunHook, lines: list[str], passes: bool) -> None:
    repo({'go.mod': '\n'.join(('module example.com/app', '', 'go 1.21', '', *lines, ''))})
    assert run(main, 'go.mod').code == (0 if passes else 1)
    download = go('mod', 'download')
    assert download.ok == passes, download.error


def test_what_fix_writes_can_be_downloaded(repo: MakeRepository, run: RunHook) -> None:
    repo({'go.mod': SEED})
    before = go('mod', 'download')
    assert (before.ok, 'golang.org/x/' in before.error) == (False, True)
    code, out, _ = run(main, 'go.mod')
    assert (code, [line.split(': ')[0] for line in out.splitlines()]) == (1, ['go.mod:6', 'go.mod:7', 'go.mod:8'])
    assert run(main, '--fix', 'go.mod') == (1, 'Rewriting go.mod\n', '')
    after = go('mod', 'download')
    assert after.ok, after.error
    assert run(main, 'go.mod') == (0, '', '')


def test_what_fix_writes_in_a_dockerfile_can_be_installed(repo: MakeRepository, run: RunHook) -> None:
    repo({'Dockerfile': 'FROM golang:1.26\nRUN go mod download golang.org/x/sync@v1.3.0\n'})
    assert not go('mod', 'download', 'golang.org/x/sync@v1.3.0').ok
    assert run(main, '--fix', 'Dockerfile') == (1, 'Rewriting Dockerfile\n', '')
    with open('Dockerfile', encoding='utf-8') as file:
        command = file.read().split('\n')[1].removeprefix('RUN go ')
    after = go(*command.split())
    assert after.ok, after.error

"""The table of golang.org/x versions, and the script that makes it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from hooks.golang import x_versions as known
from tools import _proxy, x_versions

if TYPE_CHECKING:
    from pathlib import Path


def table() -> str:
    with open(x_versions.PATH, encoding='utf-8') as file:
        return file.read()


def test_the_table_is_what_the_script_writes() -> None:
    assert x_versions.written(*x_versions.read(table())) == table()


def test_the_table_has_a_date() -> None:
    date, _ = x_versions.read(table())
    assert known.date() == date
    assert [len(part) for part in date.split('-')] == [4, 2, 2]


def test_hook_and_script_read_the_same() -> None:
    found = x_versions.read(table())[1]
    for name, versions in found.modules.items():
        module = known.module(f'golang.org/x/{name}')
        assert module is not None
        assert set(module.versions) == set(versions)
        assert module.partial == (name in found.partial)
        assert list(module.versions) == sorted(versions, key=x_versions.order)
        for version, go in zip(module.versions, module.go, strict=True):
            assert '-' in version or go == versions[version].removeprefix('go').removeprefix('?')


@pytest.mark.parametrize(
    ('name', 'versions'),
    [
        pytest.param('net', ['v0.1.0', 'v0.20.0', 'v0.62.0'], id='a module of v0'),
        pytest.param('vuln', ['v1.1.4'], id='a module that left v0'),
        pytest.param('review', ['v1.21.0'], id='a module that began with v1'),
        pytest.param('tools/gopls', ['v0.1.7', 'v0.21.0'], id='a nested module'),
        pytest.param('arch', ['v0.9.0', 'v0.10.0', 'v0.11.0'], id='what the list of the proxy skips'),
        pytest.param('exp', [], id='a module without releases'),
        pytest.param('crypto/x509roots/fallback', [], id='a nested module without releases'),
    ],
)
def test_the_table_knows(name: str, versions: list[str]) -> None:
    module = known.module(f'golang.org/x/{name}')
    assert module is not None
    assert set(versions) <= set(module.versions)
    assert bool(module.versions) == bool(versions)


@pytest.mark.parametrize(
    'path', ['', 'golang.org/x', 'golang.org/x/', 'golang.org/x/ne', 'golang.org/x/net/http2', 'net']
)
def test_what_is_no_module_is_none(path: str) -> None:
    assert known.module(path) is None


@pytest.mark.parametrize(
    ('package', 'paths'),
    [
        ('golang.org/x/net', ['net']),
        ('golang.org/x/net/http2/h2i', ['net']),
        ('golang.org/x/net/...', ['net']),
        ('golang.org/x/tools/gopls', ['tools/gopls', 'tools']),
        ('golang.org/x/tools/cmd/cover', ['tools/cmd/cover', 'tools']),
        ('golang.org/x/exp/sumdb/internal/pkg', []),
        ('golang.org/x/toolsmith/cmd', []),
        ('example.com/golang.org/x/net', []),
    ],
)
def test_the_modules_that_may_hold_a_package(package: str, paths: list[str]) -> None:
    assert [module.path for module in known.owners(package)] == [f'golang.org/x/{path}' for path in paths]


def test_a_version_that_one_of_the_modules_has_is_not_missing() -> None:
    nested, parent = known.owners('golang.org/x/tools/gopls')
    assert known.lack((nested,), 'v1.16.1')
    assert known.lack((parent,), 'v0.1.13')
    assert known.lack((nested, parent), 'v0.1.13') is None


@pytest.mark.parametrize(
    ('versions', 'version', 'missing'),
    [
        pytest.param('v0.1.0 v0.2.0 v0.3.0', 'v0.2.1', True, id='a patch of a listed minor below another'),
        pytest.param('v0.1.0 v0.2.0 v0.3.0', 'v0.3.1', False, id='a patch of the last minor'),
        pytest.param('v0.2.0 v0.3.0', 'v0.1.0', False, id='below the oldest'),
        pytest.param('v0.1.0 v0.2.0 v0.4.0', 'v0.3.0', False, id='a minor that is not listed'),
        pytest.param('v0.1.0 v0.2.0 v0.4.0', 'v0.1.1', False, id='a patch, where a minor is not listed elsewhere'),
        pytest.param('v0.1.0 v0.2.0 v0.4.0', 'v1.1.0', True, id='v1, where a minor is not listed'),
        pytest.param('v0.1.0 v0.2.0 v0.4.0', 'v0.1.2-0.20230104212223-abcdef123456', False, id='a base in such a list'),
        pytest.param('v0.1.0 v0.2.0 v0.3.0', 'v0.1.2-0.20230104212223-abcdef123456', True, id='a base that is a gap'),
        pytest.param('v0.1.0 v0.2.0 v1.0.0 v1.1.0', 'v0.1.1', False, id='a module that left v0'),
        pytest.param('v0.1.0', 'v0.1.1', False, id='a single release'),
    ],
)
def test_a_hole_of_the_list_is_no_gap(versions: str, version: str, missing: bool) -> None:
    listed = tuple(versions.split())
    module = known.Module('golang.org/x/y', listed, ('',) * len(listed))
    assert (known.lack((module,), version) is not None) == missing


def test_a_list_that_is_known_to_skip_releases_is_not_whole() -> None:
    module = known.Module('golang.org/x/y', ('v0.1.0', 'v0.2.0', 'v0.3.0'), ('', '', ''), partial=True)
    assert known.lack((module,), 'v0.2.1') is None
    assert known.lack((module,), 'v1.2.0') is not None


@pytest.mark.parametrize('name', ['review', 'vuln'])
@pytest.mark.parametrize('versions', [(), ('v0.1.0', 'v0.2.0'), ('v1.0.0', 'v1.2.0')])
@pytest.mark.parametrize('version', ['v1', 'v1.0.1', 'v1.99.0', 'v1.0.2-0.20230104212223-abcdef123456'])
def test_modules_that_have_a_v1_lack_none(name: str, versions: tuple[str, ...], version: str) -> None:
    module = known.Module(f'golang.org/x/{name}', versions, ('',) * len(versions))
    assert known.lack((module,), version) is None


# The script


class Proxy:
    """A module proxy: what it lists, and what it serves besides, as `net@v0.1.0`."""

    def __init__(self, folder: Path, listed: dict[str, str], unlisted: str = '', go: str = '1.18') -> None:
        self.folder, self.listed, self.unlisted, self.go_line = folder, listed, unlisted.split(), go
        self.asked: list[str] = []

    def go(self, *words: str) -> _proxy.Answer:
        if '-versions' in words:
            name = words[-1].removeprefix(x_versions.ROOT)
            return _proxy.Answer(name in self.listed, f'{words[-1]} {self.listed.get(name, "")}\n')
        names = [word.removeprefix(x_versions.ROOT) for word in words if '@' in word]
        self.asked += names
        return _proxy.Answer(True, ''.join(self._answer(*name.split('@')) for name in names))

    def _answer(self, module: str, version: str) -> str:
        if f'{module}@{version}' not in self.unlisted and version not in self.listed.get(module, '').split():
            return json.dumps({'Version': version, 'Error': {'Err': 'not found'}}, indent='\t')
        path = self.folder / f'{version}.mod'
        path.write_text(f'module x\n\ngo {self.go_line}\n', encoding='utf-8')
        return json.dumps({'Version': version, 'GoMod': str(path)}, indent='\t')


def asked(monkeypatch: pytest.MonkeyPatch, proxy: Proxy, old: str = '') -> list[str]:
    """The lines of the table that is made of a proxy's answers and an old table."""
    monkeypatch.setattr(_proxy, 'go', proxy.go)
    return x_versions.written('2026-01-02', x_versions.asked(x_versions.read(old)[1])).split('\n')[1:-1]


def test_what_the_proxy_lists_is_added_to_what_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = {'net': 'v0.2.0 v0.3.0 v0.0.0-20240506185415-9bf2ced13842', 'tools': 'v0.1.0 v0.2.0', 'exp': ''}
    proxy = Proxy(tmp_path, listed)
    assert asked(monkeypatch, proxy, 'net v0.2.0\ntools go1.17 v0.1.0\n') == [
        'exp',
        'net v0.2.0 v0.3.0',
        'tools go1.17 v0.1.0 go1.18 v0.2.0',
    ]
    # What is in the table is not asked for again.
    assert proxy.asked == ['tools@v0.2.0']


def test_what_a_list_goes_past_is_asked_for_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    proxy = Proxy(tmp_path, {'net': 'v0.1.0 v0.3.0', 'sys': 'v0.1.0 v0.4.0 v0.4.1'}, 'net@v0.2.0 sys@v0.3.0')
    lines = ['net ? v0.1.0 v0.2.0 v0.3.0', 'sys ? v0.1.0 v0.3.0 v0.4.0 v0.4.1']
    assert asked(monkeypatch, proxy) == lines
    assert proxy.asked == ['net@v0.2.0', 'sys@v0.2.0', 'sys@v0.3.0']
    # Made again, it asks only for what is not known, and comes to the same.
    proxy.asked.clear()
    assert asked(monkeypatch, proxy, '\n'.join(lines)) == lines
    assert proxy.asked == ['sys@v0.2.0']


def test_a_list_that_has_all_that_is_known_is_not_partial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    proxy = Proxy(tmp_path, {'net': 'v0.1.0 v0.2.0 v0.3.0'})
    assert asked(monkeypatch, proxy, 'net ? v0.1.0 v0.2.0') == ['net v0.1.0 v0.2.0 v0.3.0']


def test_a_list_with_many_holes_is_not_filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    proxy = Proxy(tmp_path, {'net': 'v0.1.0 v0.99.0'}, 'net@v0.2.0')
    assert asked(monkeypatch, proxy) == ['net v0.1.0 v0.99.0']
    assert proxy.asked == []


def test_a_module_that_the_proxy_does_not_know_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = ['net v0.1.0 v0.2.0', 'tools/gopls ? go1.18 v0.5.0']
    assert asked(monkeypatch, Proxy(tmp_path, {}), '\n'.join(old)) == old


def test_made_again_it_is_the_same_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / 'table.txt'
    path.write_text(x_versions.HEADER + '2020-01-02\nnet v0.1.0\n', encoding='utf-8')
    monkeypatch.setattr(x_versions, 'PATH', str(path))
    proxy = Proxy(tmp_path, {'net': 'v0.1.0'})
    monkeypatch.setattr(_proxy, 'go', proxy.go)

    assert x_versions.main([]) == 0
    assert path.read_text(encoding='utf-8') == x_versions.HEADER + '2020-01-02\nnet v0.1.0\n'
    assert capsys.readouterr().out == '1 modules, 1 versions, last changed on 2020-01-02\n'

    proxy.listed['net'] = 'v0.1.0 v0.2.0'
    x_versions.main([])
    changed = path.read_text(encoding='utf-8')
    assert changed.endswith('\nnet v0.1.0 v0.2.0\n')
    assert '2020-01-02' not in changed
    x_versions.main([])
    assert path.read_text(encoding='utf-8') == changed


def test_versions_are_in_semantic_order() -> None:
    order = ['v0.1.0-dev', 'v0.1.0-pre.2', 'v0.1.0-pre.10', 'v0.1.0-pre1', 'v0.1.0', 'v0.2.0', 'v0.10.0', 'v1.0.0']
    assert sorted((*order[3:], *order[:3]), key=x_versions.order) == order

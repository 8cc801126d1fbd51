"""Writing several files, all of them or none."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from hooks.report.writing import write_all

if TYPE_CHECKING:
    from pathlib import Path


def tree(top: Path) -> dict[str, bytes]:
    return {path.relative_to(top).as_posix(): path.read_bytes() for path in sorted(top.rglob('*')) if path.is_file()}


def test_all_are_written(tmp_path: Path) -> None:
    (tmp_path / 'a').write_text('old')
    (tmp_path / 'c').mkdir()
    write_all(str(tmp_path), {'a': 'new\r\n\udcff', 'c/b': 'b'})
    assert tree(tmp_path) == {'a': b'new\r\n\xff', 'c/b': b'b'}


@pytest.mark.skipif(os.name == 'nt', reason='there are no such modes')
def test_the_mode_is_kept_and_a_new_file_has_the_usual_one(tmp_path: Path) -> None:
    (tmp_path / 'a').write_text('old')
    (tmp_path / 'a').chmod(0o750)
    (tmp_path / 'other').write_text('')
    write_all(str(tmp_path), {'a': 'new', 'b': 'b'})
    assert (tmp_path / 'a').stat().st_mode & 0o7777 == 0o750
    assert (tmp_path / 'b').stat().st_mode == (tmp_path / 'other').stat().st_mode


def test_where_a_file_cannot_be_prepared_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / 'a').write_text('old')
    with pytest.raises(OSError, match='gone'):
        write_all(str(tmp_path), {'a': 'new', 'gone/b': 'b'})
    assert tree(tmp_path) == {'a': b'old'}


@pytest.mark.parametrize('failing', [1, 2, 3])
def test_where_a_file_cannot_be_replaced_the_others_are_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    (tmp_path / 'a').write_text('old a')
    (tmp_path / 'c').write_text('old c')
    replace, calls = os.replace, [0]

    def fails(source: str, target: str) -> None:
        calls[0] += 1
        if calls[0] == failing:
            raise PermissionError(13, 'no')
        replace(source, target)

    monkeypatch.setattr(os, 'replace', fails)
    with pytest.raises(PermissionError):
        write_all(str(tmp_path), {'a': 'new', 'b': 'new', 'c': 'new'})
    assert tree(tmp_path) == {'a': b'old a', 'c': b'old c'}


@pytest.mark.parametrize('text', ['', 'a\r\nb', '\ufeffx\n', 'caf\udce9\n', 'x' * 100_000])
@pytest.mark.parametrize('git', [True, False])
def test_every_byte_the_mode_and_the_link_are_kept(text: str, git: bool, tmp_path: Path) -> None:
    (tmp_path / 'd').mkdir()
    if git:
        (tmp_path / '.git').mkdir()
    real = tmp_path / 'd' / 'real'
    real.write_text('old')
    real.chmod(0o755)
    (tmp_path / 'link').symlink_to('d/real')
    write_all(str(tmp_path), {'link': text})
    assert real.read_bytes() == text.encode('utf-8', 'surrogateescape')
    assert ((tmp_path / 'link').is_symlink(), real.stat().st_mode & 0o777) == (True, 0o755)
    assert [path.name for path in (tmp_path / 'd').iterdir()] == ['real']
    assert not git or not list((tmp_path / '.git').iterdir())


@pytest.mark.parametrize('link', ['file', 'folder/file'])
def test_nothing_outside_is_written(link: str, tmp_path: Path) -> None:
    top, outside = tmp_path / 'top', tmp_path / 'outside'
    for folder in (top, outside):
        folder.mkdir()
    (outside / 'file').write_text('theirs')
    (top / 'a').write_text('old')
    (top / 'folder').symlink_to(outside)
    (top / 'file').symlink_to(outside / 'file')
    with pytest.raises(OSError, match='out of the repository'):
        write_all(str(top), {'a': 'new', link: 'ours'})
    assert (outside / 'file').read_text() == 'theirs'
    assert (top / 'a').read_text() == 'old'

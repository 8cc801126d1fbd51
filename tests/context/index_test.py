"""The repository: git's index as a clean checkout has it, or the disk where there is no git."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from hooks.context import index
from hooks.context.index import Ignored

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeRepository


# What the other systems have, and Windows has not.
NO_SUCH_NAME = pytest.mark.skipif(os.name == 'nt', reason='no file has such a name there')
NO_LINKS = pytest.mark.skipif(os.name == 'nt', reason='git has links as files there')
NO_PIPES = pytest.mark.skipif(os.name == 'nt', reason='no pipe has a name in a folder there')


def git(*arguments: str) -> None:
    subprocess.run(('git', *arguments), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.mark.parametrize(
    'name',
    [
        pytest.param('é b.txt', id='an accent and a space'),
        pytest.param('a\nb', id='a newline', marks=NO_SUCH_NAME),
        pytest.param('"quoted"\tand\\', id='quotes, a tab and a backslash', marks=NO_SUCH_NAME),
        pytest.param('caf\udce9.txt', id='bytes that are not UTF-8', marks=NO_SUCH_NAME),
        pytest.param('\u2028', id='a line separator of Unicode'),
        pytest.param(' -- ', id='what looks like an option', marks=NO_SUCH_NAME),
        pytest.param(':(top)x', id="git's own magic", marks=NO_SUCH_NAME),
        pytest.param('d/é/c', id='folders'),
    ],
)
def test_a_tracked_name_is_read_as_it_is(name: str, repo: MakeRepository) -> None:
    repo({name: 'x\r\ny\x0c\n'})
    repository = index.find()
    assert list(repository.files) == [name]
    assert repository.read(name) == 'x\r\ny\x0c\n'


def test_only_what_is_tracked_is_a_file(repo: MakeRepository) -> None:
    top = repo({'a': ''}, untracked={'b': ''})
    repository = index.find()
    assert (repository.top, list(repository.files)) == (os.path.realpath(top), ['a'])
    assert [repository.kind(path) for path in ('a', 'b')] == ['file', 'absent']
    assert [repository.on_disk(path) for path in ('a', 'b', 'c')] == [True, True, False]


def test_what_is_deleted_on_disk_is_tracked_and_has_no_text(repo: MakeRepository) -> None:
    repo({'a': ''})
    os.unlink('a')
    repository = index.find()
    assert (repository.kind('a'), repository.read('a')) == ('file', None)


def test_names_are_relative_to_the_current_folder(repo: MakeRepository, monkeypatch: pytest.MonkeyPatch) -> None:
    top = repo({'a/b/Dockerfile': '', 'x': ''})
    monkeypatch.chdir('a/b')
    repository = index.find()
    assert (repository.top, repository.prefix) == (os.path.realpath(top), 'a/b')
    assert sorted(repository.files) == ['a/b/Dockerfile', 'x']
    named = (
        'Dockerfile',
        './Dockerfile',
        '../../x',
        '..//../x',
        os.path.realpath(top) + '/x',
        '../../../x',
        '/etc',
        '',
    )
    found = [repository.name(name) for name in named]
    assert found == ['a/b/Dockerfile', 'a/b/Dockerfile', 'x', 'x', 'x', None, None, None]


@pytest.mark.skipif(os.name == 'nt', reason='the paths that are put in for it are those of the other systems')
def test_a_name_in_another_case_is_another_file_where_the_system_finds_it_too(
    repo: MakeRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = repo({'Svc/Dockerfile': '', 'x': ''}, untracked={'Svc/new': ''})
    there = {path.lower() for path in (f'{top}/Svc', f'{top}/Svc/Dockerfile', f'{top}/Svc/new', f'{top}/x')}
    listed, listdir = {f'{top}/svc': f'{top}/Svc'}, os.listdir
    monkeypatch.setattr(os.path, 'lexists', lambda path: str(path).lower() in there)
    monkeypatch.setattr(os, 'listdir', lambda path: listdir(listed.get(str(path), path)))
    repository = index.Repository(str(top), '', index.find().files, git=True)
    assert [repository.on_disk(path) for path in ('Svc/new', 'svc/new', 'Svc/New', 'Svc/none')] == [
        True,
        False,
        False,
        False,
    ]
    named = ('Svc/Dockerfile', 'SVC/dockerfile', './svc', 'X', 'svc/NEW', 'svc/none')
    found = [repository.name(name) for name in named]
    assert found == ['Svc/Dockerfile', 'Svc/Dockerfile', 'Svc', 'x', 'Svc/new', 'svc/none']
    # As git and the shell spell the current folder, where that was entered in another case.
    assert index.Repository(str(top), 'SVC', repository.files, git=True).name('dockerfile') == 'Svc/Dockerfile'


@NO_LINKS
def test_links_and_submodules_are_unknown_and_so_is_what_lies_below(repo: MakeRepository) -> None:
    top = repo({'real/go.mod': '', 'sub/x': ''})
    os.symlink('real', 'link')
    git('add', 'link')
    git('rm', '-r', '-q', '--cached', 'sub')
    git('update-index', '--add', '--cacheinfo', f'160000,{"1" * 40},sub')
    repository = index.find()
    assert top
    kinds = [
        repository.kind(path)
        for path in ('link', 'link/go.mod', 'sub', 'sub/x', 'real', 'real/go.mod', 'real/go.mod/x', 'linked')
    ]
    assert kinds == ['unknown', 'unknown', 'unknown', 'unknown', 'folder', 'file', 'absent', 'absent']


@NO_LINKS
def test_windows_has_links_as_files(repo: MakeRepository, monkeypatch: pytest.MonkeyPatch) -> None:
    repo({'a': ''})
    os.symlink('a', 'link')
    git('add', 'link')
    os.remove('link')
    with open('link', 'w') as file:
        file.write('a')
    assert index.find().kind('link') == 'file'
    monkeypatch.setattr(index, 'LINKS_ARE_FILES', True)
    assert index.find().kind('link') == 'unknown'
    assert index.find().kind('a') == 'file'


def test_a_conflict_is_one_file(repo: MakeRepository) -> None:
    repo({'a': ''})
    blob = subprocess.run(('git', 'hash-object', '-w', 'a'), check=True, stdout=subprocess.PIPE).stdout.decode().strip()
    entries = ''.join(f'100644 {blob} {stage}\tgo.mod\n' for stage in (1, 2, 3))
    subprocess.run(('git', 'update-index', '--index-info'), input=entries.encode(), check=True)
    assert sorted(index.find().files) == ['a', 'go.mod']


def test_a_sparse_checkout_still_tracks_everything(repo: MakeRepository) -> None:
    repo({'a/x': '', 'b/y': ''})
    git('commit', '-q', '-m', 'x')
    git('sparse-checkout', 'set', '--cone', '--sparse-index', 'a')
    repository = index.find()
    assert sorted(repository.files) == ['a/x', 'b/y']
    assert (repository.on_disk('b/y'), repository.read('b/y')) == (False, None)


def test_a_worktree_has_its_own_index(repo: MakeRepository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo({'a': ''})
    git('commit', '-q', '-m', 'x')
    git('worktree', 'add', '-q', str(tmp_path / 'other'), '-b', 'other')
    repo({'b': ''})
    monkeypatch.chdir(tmp_path / 'other')
    repository = index.find()
    assert os.path.samefile(repository.top, tmp_path / 'other')
    assert list(repository.files) == ['a']


def _no_git(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv('PATH', '/nonexistent')


def _broken_git(monkeypatch: pytest.MonkeyPatch) -> None:
    with open('.git', 'w', encoding='ascii') as file:
        file.write('gitdir: nowhere\n')


@NO_PIPES
@pytest.mark.parametrize('breaks', [_no_git, _broken_git])
def test_without_git_the_disk_stands_in(
    breaks: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / 'a').mkdir()
    (tmp_path / 'a' / 'go.mod').write_text('module x\n')
    (tmp_path / '.gitignore').write_text('go.sum\n')
    os.mkfifo(tmp_path / 'pipe')
    os.symlink('nowhere', tmp_path / 'dangling')
    monkeypatch.chdir(tmp_path)
    assert callable(breaks)
    breaks(monkeypatch)
    repository = index.find()
    assert sorted(set(repository.files) - {'.git'}) == ['.gitignore', 'a/go.mod']
    assert repository.ignored('go.sum') is None
    assert capfd.readouterr() == ('', '')


def test_a_bare_repository_has_no_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    git('init', '-q', '--bare', 'b.git')
    monkeypatch.chdir('b.git')
    assert 'HEAD' in index.find().files


@pytest.mark.parametrize(
    ('path', 'expected'),
    [
        pytest.param('go.sum', Ignored('.gitignore', 2, '*.sum'), id='by its own name'),
        pytest.param('a/go.sum', Ignored('a/.gitignore', 1, 'go.sum'), id='the nearest file wins'),
        pytest.param('kept/go.sum', None, id='a `!` line brings it back'),
        pytest.param('gen/go.sum', Ignored('.gitignore', 4, 'gen/'), id='by its folder'),
        pytest.param('go.mod', None, id='not at all'),
        pytest.param('no/such/é.sum', Ignored('.gitignore', 2, '*.sum'), id='in a folder that is not there'),
        pytest.param('caf\udce9/go.sum', Ignored('.gitignore', 2, '*.sum'), id='in a folder whose name is not UTF-8'),
        pytest.param(
            'new\nline/go.sum', Ignored('.gitignore', 2, '*.sum'), id='in a folder with a newline in its name'
        ),
    ],
)
def test_ignored_says_which_line_hides_a_path(path: str, expected: Ignored | None, repo: MakeRepository) -> None:
    ignore = '# sums\n*.sum\n!kept/go.sum\ngen/\n'
    repo({'.gitignore': ignore, 'a/.gitignore': 'go.sum\n', 'go.mod': '', 'a/go.mod': '', 'kept/go.mod': ''})
    assert index.find().ignored(path) == expected


@pytest.mark.parametrize(
    ('path', 'expected'),
    [
        pytest.param('gen/go.mod', True, id='the folder is ignored as a whole'),
        pytest.param('gen/deep/go.mod', True, id='a folder above is'),
        pytest.param('go.sum', False, id='the file alone is'),
        pytest.param('a/go.sum', False, id='the file alone is, in a folder that is tracked'),
        pytest.param('a/main.go', False, id='nothing is'),
    ],
)
def test_generated_is_what_lies_in_an_ignored_folder(path: str, expected: bool, repo: MakeRepository) -> None:
    repo({'.gitignore': 'go.sum\ngen/\n', 'a/go.mod': ''})
    assert index.find().generated(path) is expected


def test_a_global_ignore_file_is_named_where_it_lies(
    repo: MakeRepository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / 'config').write_text(f'[core]\n\texcludesFile = {tmp_path.as_posix()}/ignore\n')
    (tmp_path / 'ignore').write_text('go.sum\n')
    monkeypatch.setenv('GIT_CONFIG_GLOBAL', str(tmp_path / 'config'))
    repo({'go.mod': ''})
    assert index.find().ignored('go.sum') == Ignored('../ignore', 1, 'go.sum')


def test_names_folders_and_what_lies_under_them(repo: MakeRepository) -> None:
    repo({'a/x': '', 'a/b/y': '', 'a-b/z': '', 'a.txt': '', 'a0': ''})
    repository = index.find()
    assert repository.names('') == ['a', 'a-b', 'a.txt', 'a0']
    assert repository.names('a') == ['b', 'x']
    assert repository.names('none') == []
    assert repository.under('a') == ['a/b/y', 'a/x']
    assert len(repository.under('')) == 5
    assert [repository.has_folder(folder) for folder in ('', 'a', 'a/b', 'a.', 'a0', 'z')] == [
        True, True, True, False, False, False,
    ]  # fmt: skip


@NO_PIPES
def test_what_is_no_regular_file_has_no_text(repo: MakeRepository) -> None:
    repo({'folder/x': ''})
    os.mkfifo('pipe')
    os.symlink('nowhere', 'dangling')
    os.symlink('loop', 'loop')
    repository = index.find()
    assert [repository.read(path) for path in ('folder', 'pipe', 'dangling', 'loop', 'gone', 'a\0b')] == [None] * 6


def test_what_was_begun_is_handed_over_once(
    repo: MakeRepository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo({'a': ''})
    index.begin()
    monkeypatch.chdir(tmp_path)
    assert index.find().paths == ['a']
    assert 'a' not in index.find().paths


@pytest.mark.skipif(os.name == 'nt', reason='no folder goes away there while somebody works in it')
def test_nothing_is_begun_in_a_folder_that_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / 'gone'
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    index.begin()
    with pytest.raises(FileNotFoundError):
        index.find()

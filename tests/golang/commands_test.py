"""A go command as it was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hooks.golang import commands


def parse(text: str, goflags: str | None = '') -> commands.GoCommand:
    command = commands.parse([None if word == '?' else word for word in text.split(' ')], goflags)
    assert command
    return command


@pytest.mark.parametrize(
    ('text', 'name', 'args'),
    [
        pytest.param('build', 'build', (), id='alone'),
        pytest.param('build .', 'build', ('.',), id='a package'),
        pytest.param('build -o /bin/x ./cmd/x', 'build', ('./cmd/x',), id='a flag with a value'),
        pytest.param('build -o=/bin/x ./cmd/x', 'build', ('./cmd/x',), id='in one word'),
        pytest.param('build --o /bin/x ./cmd/x', 'build', ('./cmd/x',), id='with two dashes'),
        pytest.param('build -v -a -trimpath -race .', 'build', ('.',), id='switches'),
        pytest.param('build -ldflags ? -tags ? .', 'build', ('.',), id='values that nobody knows'),
        pytest.param('build -installsuffix cgo -a .', 'build', ('.',), id='a flag with a value before a switch'),
        pytest.param('build -o', 'build', (), id='a flag whose value is missing'),
        pytest.param('build . -v', 'build', ('.', '-v'), id='a flag behind a package is a package'),
        pytest.param('test ./... -run X -v ./y', 'test', ('./...', './y'), id='but not of go test'),
        pytest.param('test ./x -args -y z', 'test', ('./x',), id="the test's own arguments"),
        pytest.param('run . -v x', 'run', ('.', '-v', 'x'), id="a program's own arguments"),
        pytest.param('build ? .', 'build', (None, '.'), id='a package that nobody knows'),
        pytest.param('mod download', 'mod download', (), id='a group'),
        pytest.param('mod download -x all', 'mod download', ('all',), id='with arguments'),
        pytest.param('work use ./a', 'work use', ('./a',), id='another group'),
        pytest.param('mod', 'mod', (), id='a group alone'),
        pytest.param('tool stringer', 'tool', ('stringer',), id='go tool is none'),
        pytest.param('env -w A=b C=d', 'env', ('A=b', 'C=d'), id='go env -w'),
        pytest.param('build -', 'build', ('-',), id='a dash'),
    ],
)
def test_name_and_arguments(text: str, name: str, args: tuple[str | None, ...]) -> None:
    assert (parse(text).name, parse(text).args) == (name, args)


@pytest.mark.parametrize(
    ('text', 'goflags', 'mod'),
    [
        pytest.param('build -mod=mod', '', 'mod', id='in one word'),
        pytest.param('build -mod vendor', '', 'vendor', id='in two'),
        pytest.param('build', '-mod=mod', 'mod', id='from GOFLAGS'),
        pytest.param('build', '-v -mod=mod -trimpath', 'mod', id='one of several in GOFLAGS'),
        pytest.param('build -mod=readonly', '-mod=mod', 'readonly', id='the command goes first'),
        pytest.param('build', None, None, id='GOFLAGS that nobody knows'),
        pytest.param('build -mod=mod', None, 'mod', id='the command goes first there too'),
        pytest.param('build -mod ?', '', None, id='a value that nobody knows'),
        pytest.param('build', '', 'none', id='none'),
    ],
)
def test_the_mod_flag(text: str, goflags: str | None, mod: str | None) -> None:
    assert parse(text, goflags).flags.get('mod', 'none') == mod


@pytest.mark.parametrize(
    ('text', 'folder', 'args'),
    [
        pytest.param('build .', '', ('.',), id='none'),
        pytest.param('-C x build .', 'x', ('.',), id='in front'),
        pytest.param('build -C x .', 'x', ('.',), id='behind'),
        pytest.param('build -C=x .', 'x', ('.',), id='in one word'),
        pytest.param('build -v -C x .', 'x', ('.',), id='where go refuses it, as if it did not'),
        pytest.param('mod tidy -C x', 'x', (), id="behind a group's command"),
        pytest.param('build -C ? .', None, ('.',), id='nobody knows where'),
    ],
)
def test_the_folder(text: str, folder: str | None, args: tuple[str, ...]) -> None:
    assert (parse(text).folder, parse(text).args) == (folder, args)


@pytest.mark.parametrize(
    ('text', 'expected'),
    [
        ('install a@v1', True),
        ('run a@latest', True),
        ('install a', False),
        ('install ./a', False),
        ('install ?', True),
        ('run', False),
        ('build a@v1', False),
        ('get a@v1', False),
        ('run . a@b', False),
    ],
)
def test_versioned(text: str, expected: bool) -> None:
    assert parse(text).versioned is expected


@pytest.mark.parametrize(
    ('text', 'expected'),
    [
        ('build -v .', 'go build'),
        ('mod tidy -e', 'go mod tidy'),
        ('-C x mod download', 'go mod download'),
        ('tool x', 'go tool'),
    ],
)
def test_its_name_in_a_message(text: str, expected: str) -> None:
    assert str(parse(text)) == expected


@pytest.mark.parametrize('words', [[], [None], ['-C'], ['-C', 'x'], [None, 'build']])
def test_what_is_no_command(words: list[str | None]) -> None:
    assert commands.parse(words, '') is None


@given(
    st.lists(st.one_of(st.none(), st.sampled_from(['-C', '-o', 'mod', '--', '-', '', 'test', '-args', '=']), st.text()))
)
def test_no_words_make_it_raise(words: list[str | None]) -> None:
    command = commands.parse(words, '')
    assert command is None or str(command).startswith('go')

"""Words → fields, values."""

from __future__ import annotations

import pytest

from hooks.shell import expand, expand_value, has_glob, sketch


def case(text: str, expected: object, sentence: str) -> object:
    return pytest.param(text, expected, id=sentence)


ENV = {'A': 'a', 'B': 'b c', 'S': ' s ', 'E': '', 'G': '*.go', 'V': 'v1.2', 'N': None}


@pytest.mark.parametrize(
    ('word', 'fields'),
    [
        case('go.mod', ('go.mod',), 'plain text'),
        case('\'a b\'"c d"e\\ f', ('a bc de f',), 'quotes of all kinds'),
        case('"a\\"\\$\\b\\\n"', ('a"$\\b',), 'what a backslash does in double quotes'),
        case("'\\'", ('\\',), 'what it does not do in single quotes'),
        case('""', ('',), 'empty quotes are an empty field'),
        case('$E', (), 'an empty variable is no field'),
        case('$U', (), 'an unset variable is no field'),
        case('"$U"', ('',), 'an unset variable in quotes is an empty field'),
        case('x$B', ('xb', 'c'), 'a value is split'),
        case('"x$B"', ('xb c',), 'a value in quotes is not split'),
        case('x$S"y"$S', ('x', 's', 'y', 's'), 'blanks around a value separate'),
        case('${A}b$Ab', ('ab',), 'braces end a name'),
        case('$N', None, 'an unknown value'),
        case('a$N', None, 'a word with an unknown value in it'),
        case('${N+x}', None, 'a decision about an unknown value'),
        case('${U:-d e}', ('d', 'e'), 'a default is split'),
        case('${U:-"d e"}', ('d e',), 'a quoted default is not split'),
        case('"${U:-d e}"', ('d e',), 'a default in quotes is not split'),
        case('${E-d}x${E:-d}', ('xd',), 'with and without a colon'),
        case('${A:-$N}', ('a',), 'an unknown default that is not needed'),
        case('${U:-$N}', None, 'an unknown default that is needed'),
        case('${A:+x}${U:+x}${E+y}', ('xy',), 'an alternative'),
        case('${U:=d}', ('d',), 'a default that is assigned'),
        case('${U:=d}$U', None, 'the variable behind the assignment'),
        case('${U:?e}', None, 'an error'),
        case('${A:?e}', ('a',), 'an error that does not happen'),
        case('${#A}${#U}', ('10',), 'a length'),
        case('${V#v}', ('1.2',), 'a prefix'),
        case('${V%.2}', ('v1',), 'a suffix'),
        case('${V##x}', ('v1.2',), 'a prefix that is not there'),
        case('${V%%.*}', None, 'a pattern with a glob'),
        case('${V%".2"}', ('v1',), 'a quoted pattern'),
        case('${V/1/2}', None, 'a replacement of bash'),
        case('${V:1}', None, 'a substring of bash'),
        case('${!V}', None, 'an indirection of bash'),
        case('$(a)', None, 'a command substitution'),
        case('"`a`"', None, 'backquotes'),
        case('$((1))', None, 'arithmetic'),
        case('x$1', ('x',), 'a positional parameter that is not given'),
        case('${2:-d}', ('d',), 'its default'),
        case('$#', None, 'their number'),
        case('"$@"', None, 'all of them'),
        case('$?', None, 'a status'),
        case("$'a'", None, 'a quote of bash'),
        case('$HOME', None, 'what somebody sets'),
        case('"$"', ('$',), 'a dollar in quotes'),
        case('{a,b}', None, 'a list in braces'),
        case('{1..3}', None, 'a range in braces'),
        case('"{a,b}"', ('{a,b}',), 'a list in quoted braces'),
        case('{a}', ('{a}',), 'braces without a list'),
        case('~/x', None, 'a home folder'),
        case('a~', ('a~',), 'a tilde elsewhere'),
        case('*.go', ('*.go',), 'a glob stays'),
        case('$G', None, 'a glob in a value'),
        case('"$G"', ('*.go',), 'a glob in a value in quotes'),
        case('a b', None, 'two words'),
        case('<(a)', None, 'a process substitution'),
        case('a=(b)', None, 'an array'),
        case('"a', None, 'no word'),
        case('', (), 'nothing'),
    ],
)
def test_expand(word: str, fields: tuple[str, ...] | None) -> None:
    assert expand(word, ENV) == fields


def test_a_changed_separator_is_unknown() -> None:
    assert expand('$A', {'A': 'a', 'IFS': ':'}) is None
    assert expand('"$A"', {'A': 'a', 'IFS': ':'}) == ('a',)


@pytest.mark.parametrize(
    ('word', 'value'),
    [
        case('', '', 'nothing'),
        case('x$B', 'xb c', 'a value is not split'),
        case('$G', '*.go', 'a glob in a value is text'),
        case('{a,b}', '{a,b}', 'braces are text'),
        case('${U:-d e}', 'd e', 'a default is not split'),
        case('a:~', None, 'a home folder in a list'),
        case('$(a)', None, 'a command substitution'),
        case('(a b)', None, 'an array'),
        case('${a}b', 'b', 'an addition to nothing'),
    ],
)
def test_expand_value(word: str, value: str | None) -> None:
    assert expand_value(word, ENV) == value


@pytest.mark.parametrize(
    ('word', 'answer'),
    [
        case('*.go', True, 'a star'),
        case('go.?um', True, 'a question mark'),
        case('go.su[m]', True, 'a class'),
        case('[', False, 'the command'),
        case('"*"\\?\'[a]\'', False, 'quoted characters'),
        case('"a"*', True, 'a star behind quotes'),
        case('${a:-*}$((1*2))', False, 'characters in expansions'),
        case('"*', False, 'no word'),
    ],
)
def test_has_glob(word: str, answer: bool) -> None:
    assert has_glob(word) is answer


@pytest.mark.parametrize(
    ('word', 'text'),
    [
        case('"-X main.v=$N"', '-X main.v=\ufffd', 'a value that is not known'),
        case('-ldflags="-s -X \'main.v=$(git describe)\'"', "-ldflags=-s -X 'main.v=\ufffd'", 'what a command prints'),
        case('"-X main.v=$V-${N}"', '-X main.v=v1.2-\ufffd', 'known and unknown'),
        case('-X=$N', None, 'it may be several fields'),
    ],
)
def test_sketch(word: str, text: str | None) -> None:
    assert sketch(word, ENV) == text

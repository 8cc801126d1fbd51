from __future__ import annotations

import pytest

from hooks.golang import gomod
from hooks.golang.gomod import Exclusion, Replacement, Requirement

MOD = """\
// Deprecated: use example.com/new.
module example.com/app // the app

go 1.21

toolchain go1.23.4

require example.com/one v1.0.0

require (
\texample.com/two v0.2.0 // indirect
\t// a comment of its own

\t"example.com/three" v1.2 // indirect; for a reason
\texample.com/four/v2 v2.0.0+incompatible // not indirect
)

exclude (
\texample.com/one v1.1.0
)

replace example.com/two => ../two

replace (
\texample.com/one v1.0.0 => example.com/fork v1.0.1
\texample.com/four/v2 => "./with space"
)

retract [v1.0.0, v1.9.9] // broken
godebug default=go1.21
tool example.com/one/cmd/gen
ignore ./node_modules
"""


def test_a_go_mod_is_read_with_its_lines() -> None:
    assert gomod.parse_mod(MOD) == gomod.GoMod(
        module='example.com/app',
        module_line=2,
        go='1.21',
        go_line=4,
        toolchain='go1.23.4',
        toolchain_line=6,
        require=(
            Requirement('example.com/one', 'v1.0.0', False, 8),
            Requirement('example.com/two', 'v0.2.0', True, 11),
            Requirement('example.com/three', 'v1.2.0', True, 14),
            Requirement('example.com/four/v2', 'v2.0.0+incompatible', False, 15),
        ),
        replace=(
            Replacement('example.com/two', '', '../two', '', 22),
            Replacement('example.com/one', 'v1.0.0', 'example.com/fork', 'v1.0.1', 25),
            Replacement('example.com/four/v2', '', './with space', '', 26),
        ),
        exclude=(Exclusion('example.com/one', 'v1.1.0', 19),),
        tool=(('example.com/one/cmd/gen', 31),),
        ignore=(('./node_modules', 32),),
    )


def test_crlf_and_a_byte_order_mark_change_nothing() -> None:
    assert gomod.parse_mod('\ufeff' + MOD.replace('\n', '\r\n')) == gomod.parse_mod(MOD)


def test_an_empty_go_mod_has_nothing() -> None:
    assert gomod.parse_mod('') == gomod.GoMod('', 0, '', 0, '', 0, (), (), (), (), ())


@pytest.mark.parametrize(
    ('line', 'expected'),
    [
        pytest.param('require a.b/c v1.0.0', ('a.b/c', 'v1.0.0', False), id='a plain requirement'),
        pytest.param('require `a.b/c` v1.0.0', ('a.b/c', 'v1.0.0', False), id='a raw string'),
        pytest.param(r'require "a.b/\x63" "v1.0.0"', ('a.b/c', 'v1.0.0', False), id='an escape in a string'),
        pytest.param('require a.b/c v1.0.0//indirect', ('a.b/c', 'v1.0.0', True), id='a comment without spaces'),
        pytest.param('require a.b/c v1.0.0 // indirects', ('a.b/c', 'v1.0.0', False), id='another word'),
        pytest.param('require a.b/c v1.0.0 // indirect x', ('a.b/c', 'v1.0.0', False), id='indirect in a sentence'),
        pytest.param('require a.b/c v1', ('a.b/c', 'v1.0.0', False), id='a short version'),
        pytest.param('require a.b/c v1.0.0-rc.1+x', ('a.b/c', 'v1.0.0-rc.1', False), id='a version with a build'),
        pytest.param('require a.b/c master', ('a.b/c', 'master', False), id='a branch'),
        pytest.param('require a.b/c v2.0.0', ('a.b/c', 'v2.0.0', False), id='a major version that Go refuses'),
        pytest.param('require a.b/c v1.0', ('a.b/c', 'v1.0.0', False), id='a version of two numbers'),
        pytest.param('require a.b/c v01.0.0', ('a.b/c', 'v01.0.0', False), id='a version that is none'),
    ],
)
def test_a_requirement(line: str, expected: tuple[str, str, bool]) -> None:
    assert [found[:3] for found in gomod.parse_mod(f'module x\n{line}\n').require] == [expected]


@pytest.mark.parametrize(
    'line',
    [
        pytest.param('require a.b/c', id='a requirement without a version'),
        pytest.param('require a.b/c v1.0.0 v2.0.0', id='a requirement with two versions'),
        pytest.param("require 'a.b/c' v1.0.0", id='single quotes'),
        pytest.param('require "a.b/c v1.0.0', id='an open string'),
        pytest.param(r'require "a\qb" v1.0.0', id='an unknown escape'),
        pytest.param('require a.b/c v1.0.0 /* no */', id='a comment of C'),
        pytest.param('replace a.b/c => d.e/f', id='a replacement by a module without a version'),
        pytest.param('replace a.b/c => ./f v1.0.0', id='a replacement by a folder with a version'),
        pytest.param('replace a.b/c ./f', id='a replacement without an arrow'),
        pytest.param('replace a.b/c v1.0.0 => =>', id='a replacement by an arrow'),
        pytest.param('replace a.b/c =>', id='a replacement by nothing'),
        pytest.param('Require a.b/c v1.0.0', id='a directive in capitals'),
        pytest.param('future (\n a.b/c v1.0.0\n)', id='an unknown block'),
        pytest.param('require x (\n a.b/c v1.0.0\n)', id='a block of two words'),
        pytest.param('go (\n1.21\n)', id='a go line in a block'),
        pytest.param('require ()', id='an empty block on a line'),
        pytest.param('// require a.b/c v1.0.0', id='a comment'),
    ],
)
def test_a_line_that_go_refuses_is_left_out(line: str) -> None:
    after = 'require d.e/f v1.0.0'
    lines = line.count('\n') + 2
    assert gomod.parse_mod(f'{line}\n{after}\n') == gomod.parse_mod('\n' * (lines - 1) + after)


@pytest.mark.parametrize('folder', ['.', '..', './x', '../x', '/x', r'.\x', r'C:\x'])
def test_a_folder_is_told_from_a_module(folder: str) -> None:
    assert gomod.parse_mod(f'replace a.b/c => {folder}').replace == (Replacement('a.b/c', '', folder, '', 1),)


def test_the_first_of_two_go_lines_counts() -> None:
    assert gomod.parse_mod('go 1.20\ngo 1.21\n')[2:4] == ('1.20', 1)


def test_an_unterminated_block_is_read_to_the_end() -> None:
    assert gomod.parse_mod('require (\n a.b/c v1.0.0\n').require == (Requirement('a.b/c', 'v1.0.0', False, 2),)


def test_a_go_work_is_read_with_its_lines() -> None:
    text = (
        'go 1.22.0\n\ntoolchain go1.23.0\n\nuse ./a\n\nuse (\n\t.\n\t"./b c" // two words\n)\n\nreplace x.y/z => ./z\n'
    )
    assert gomod.parse_work(text) == gomod.GoWork(
        go='1.22.0',
        go_line=1,
        toolchain='go1.23.0',
        toolchain_line=3,
        use=(('./a', 5), ('.', 8), ('./b c', 9)),
        replace=(Replacement('x.y/z', '', './z', '', 12),),
    )


def test_a_requirement_in_a_go_work_is_left_out() -> None:
    assert gomod.parse_work('require (\n./a\n)\nuse ./b\n').use == (('./b', 4),)


def test_a_go_sum_is_a_set_of_what_it_has_hashes_for() -> None:
    text = (
        'a.b/c v1.0.0 h1:x=\n'
        'a.b/c v1.0.0/go.mod h1:y=\r\n'
        '\n'
        'd.e/f v1.0.0 h2:x=\n'
        'd.e/g v1.0.0\n'
        'd.e/h v1.0.0 h1:x= more\n'
        'd.e/i v1.0.0/go.mod h1:G7mAYYxgmS0lVkHyy2hEOLQCFB0DlQFTMLWggykrydY=\n'
        'd.e/j v1.0.0 h1:z='
    )
    assert gomod.parse_sum(text) == {
        ('a.b/c', 'v1.0.0'),
        ('a.b/c', 'v1.0.0/go.mod'),
        ('d.e/j', 'v1.0.0'),
    }


def test_an_empty_go_sum_has_nothing() -> None:
    assert gomod.parse_sum('') == frozenset()

"""Makefiles: variables, rules and command lines, where all is known and where not."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hooks.makefile import FILES, MARK, Lost, options
from hooks.makefile.goals import Goals
from hooks.makefile.reader import Reader
from hooks.makefile.rules import Line
from hooks.makefile.surroundings import Surroundings
from hooks.makefile.variables import Variables

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hooks.makefile.goals import Command


class Nowhere(Surroundings):
    """A folder /app with nothing in it but `there`."""

    folder = '/app'

    def exists(self, path: str) -> bool | None:
        return path == 'there'


class Anybodys(Nowhere):
    open = True


def read(text: str, env: Mapping[str, str | None] | None = None, around: type[Nowhere] = Nowhere) -> Reader:
    reader = Reader(Variables(around(env or {}), {}))
    reader.read('Makefile', text)
    return reader


def value(text: str, env: Mapping[str, str | None] | None = None, around: type[Nowhere] = Nowhere) -> str:
    """What X is at the end."""
    return read(text, env, around).variables.value('X')


@pytest.mark.parametrize(
    ('text', 'expected'),
    [
        pytest.param('X = 1 # one', '1 ', id='a comment'),
        pytest.param('X = $(E)', 'e', id='the environment'),
        pytest.param('E ?= f\nX = $(E)', 'e', id='?= and the environment'),
        pytest.param('X = $(U)', MARK, id='which is not known'),
        pytest.param('U ?= 1\nX = $(U)', MARK, id='?= and what is not known'),
        pytest.param('X = $(shell date)', MARK, id='what a program prints'),
        pytest.param('X = v$(shell date)x', f'v{MARK}x', id='as a part'),
        pytest.param('X != date', MARK, id='!='),
        pytest.param('X = $(shell uname)', 'Linux', id='the system'),
        pytest.param('X = $(shell find . -name "*.go")', FILES, id='files that are there'),
        pytest.param('X = $(filter-out a,$(wildcard *.go))', FILES, id='some of them'),
        pytest.param('X = $(wildcard *.go:.go=.o)', FILES, id='a pattern'),
        pytest.param('S = $(shell find .)\nX = $(S:.c=.o)', MARK, id='others'),
        pytest.param('X = $(wildcard there nowhere)', 'there', id='wildcard'),
        pytest.param('X = $(if $(U),a,b)', MARK, id='if'),
        pytest.param('X = $(if v$(U),a,b)', 'a', id='if, of something at any rate'),
        pytest.param('X = $(or $(N),$(E))', 'e', id='or'),
        pytest.param('X = $(words $(U))', MARK, id='a function'),
        pytest.param('ifeq ($(U),a)\nX = 1\nelse\nX = 2\nendif', MARK, id='a condition'),
        pytest.param('ifeq ($(E),e)\nX = 1\nelse\nX = 2\nendif', '1', id='one that is known'),
        pytest.param('ifdef N\nX = 1\nelse ifdef E\nX = 2\nendif', '2', id='ifdef'),
        pytest.param('X = $(abspath $(lastword $(MAKEFILE_LIST)))', '/app/Makefile', id='the Makefile'),
        pytest.param('$(eval X = 1)', '1', id='eval'),
        pytest.param('define f\n$(1) = $(2)\nendef\n$(eval $(call f,X,2))', '2', id='call in eval'),
        pytest.param('X = $(N)', '', id='an unset variable'),
        pytest.param('X = $(CC) $(RM)', 'cc rm -f', id="make's own"),
    ],
)
def test_the_value_of_a_variable(text: str, expected: str) -> None:
    assert value(text, {'E': 'e', 'U': None}) == expected


@pytest.mark.parametrize(
    'text',
    ['X = $(X)', 'X = $(error no)', 'X = $(guile 1)', 'X = $(word 0,a)', 'X = $(subst a)', 'X = $(a',
     'X = $(eval a b)'],
)  # fmt: skip
def test_what_make_stops_at_is_lost(text: str) -> None:
    with pytest.raises(Lost):
        value(text)


@pytest.mark.parametrize(
    'text',
    ['vpath %.c src', 'VPATH = src', 'a b', 'ifeq (a', 'endif', 'ifdef A', 'define A', 'include nowhere',
     'include $(shell ls)', 'A = 1\n\techo', '.RECIPEPREFIX = >', '$(foreach a,$(shell ls),$(eval $(a) = 1))',
     'a: b\r\n', 'A = $(b # c)'],
)  # fmt: skip
def test_what_is_not_understood_is_lost(text: str) -> None:
    with pytest.raises(Lost):
        read(text)


def test_where_anybody_may_run_make_it_counts_as_far_as_it_is_understood() -> None:
    text = 'vpath %.c src\ninclude nowhere\nX = 1$(N)\nN ?= 2\nifdef M\nY = 1\nendif\nX2 = $(N)$(M)'
    found = read(text, around=Anybodys).variables
    assert [found.value(name) for name in ('X', 'X2', 'Y')] == ['12', f'2{MARK}', MARK]


def test_the_rules_of_a_makefile() -> None:
    text = '.PHONY: a\na b: c | d\n\techo 1\n\techo 2 \\\n\t  3\nc: ; echo c\na: e\nd: X = 1\n# a comment\n'
    rules = read(text).rules
    a = rules.get('a')
    assert a
    assert a.needs == ('c', '|d', 'e')
    assert a.recipe == (Line('Makefile', 3, 'echo 1'), Line('Makefile', 4, 'echo 2 \\\n  3'))
    assert rules.explicit['c'].recipe == (Line('Makefile', 6, 'echo c'),)
    assert [each.name for each in rules.explicit['d'].own] == ['X']
    assert rules.get('d') is None
    assert rules.is_special('.PHONY', 'a')
    assert not rules.is_special('.PHONY', 'b')
    assert rules.first == 'a'


def test_what_grows_without_end_is_lost() -> None:
    text = 'A0 = x\n' + ''.join(f'A{at} = $(A{at - 1})$(A{at - 1})\n' for at in range(1, 60))
    with pytest.raises(Lost):
        value(f'{text}X = $(A59)')
    with pytest.raises(Lost):
        value('f = $(if $(1),$(call f,$(1))$(call f,$(1)))\nX = $(call f,x)')


class Recorder:
    """Notes what runs, with brackets around what may not run."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def command(self, command: Command) -> None:
        self.found.append(command.text)

    def maybe(self, run: Callable[[], None]) -> None:
        self.found.append('[')
        run()
        self.found.append(']')

    def unknown(self) -> None:
        self.found.append('?')

    def missing(self, target: str) -> None:
        self.found.append(f'no {target}')


@pytest.mark.parametrize(
    ('text', 'expected'),
    [
        pytest.param('a: b c\n\ta\nb:\n\tb\nc: b\n\tc', 'b c a', id='each once'),
        pytest.param('a: there\n\ta', 'a', id='what is needed is there'),
        pytest.param('a: nowhere\n\ta', 'no nowhere a', id='it is not there'),
        pytest.param('a: there\n\ta\nthere: b\n\tt\nb:\n\tb', 'b t a', id='older than what was made'),
        pytest.param('a: there\n\ta\nthere: Makefile\n\tt', 'no Makefile [ t ] a', id='nobody knows if it is older'),
        pytest.param('a: there\n\ta\nthere:\n\tt', 'a', id='there, and needing nothing'),
        pytest.param('a: | there\n\ta\nthere: | b\n\tt\nb:\n\tb', 'b a', id='only after it'),
        pytest.param('a: $(U)\n\ta', '?', id='needs that nobody knows'),
        pytest.param('a: b\n\ta\nifdef U\nb:\n\tb\nendif', '? a', id='a rule that may not count'),
        pytest.param('a: x.b\n\ta\n%.b: there\n\techo $*', 'echo x a', id='a pattern'),
        pytest.param('a: x.b\n\ta\n%.b: %.c\n\tb', 'no x.b a', id='a pattern that does not fit'),
        pytest.param('a: x.b\n\ta\n%.b: there\n\tb\n%.b: there', 'no x.b a', id='a pattern that is taken back'),
        pytest.param('a: x.b\n\ta\n%: there\n\tb', '? a', id='a pattern for anything'),
        pytest.param('a: b\n\ta\n$(U): c', '?', id='a rule of a name that is not known'),
        pytest.param('a: b\n\ta\nb:\n\tb\n$(U): c\n\tu', 'b a', id='with a recipe of its own'),
        pytest.param('a:\n\t@-a $(U)', f'a {MARK}', id='a command'),
        pytest.param('.ONESHELL:\na:\n\ta\n\tb', '?', id='one shell'),
        pytest.param('a: a\n\ta', '? a', id='what needs itself'),
    ],
)
def test_what_runs(text: str, expected: str) -> None:
    recorder = Recorder()
    Goals(read(text, {'U': None}), recorder).goal('a')
    assert ' '.join(recorder.found) == expected


@pytest.mark.parametrize(
    ('words', 'makeflags', 'expected'),
    [
        ('a A=1 b', '', options.Called((), '', ('a', 'b'), {'A': '1'}, '')),
        ('-C x -Cy --directory=z -f m', '', options.Called(('x', 'y', 'z'), 'm', (), {}, '')),
        ('-j 4 -j4 -j a', '', options.Called((), '', ('a',), {}, '')),
        ('-sk --silent --always-make', '', options.Called((), '', (), {}, 'kB')),
        ('a', 'ks -- A=b\\ c', options.Called((), '', ('a',), {'A': 'b c'}, 'ks')),
        ('a', '-j4 --no-print-directory', options.Called((), '', ('a',), {}, '')),
        ('A=1', 'A=2', options.Called((), '', (), {'A': '1'}, '')),
        ('-f a -f b', '', None),
        ('-f -', '', None),
        ('-t', '', None),
        ('--eval=a', '', None),
        ('-W x', '', None),
        ('-C', '', None),
    ],
)
def test_the_command_line(words: str, makeflags: str, expected: options.Called | None) -> None:
    found = options.read(words.split(), makeflags)
    assert found == (expected._replace(flags=expected.flags.replace('s', '')) if expected else None)


def test_what_make_hands_on() -> None:
    called = options.read(['-k', 'A=b c', 'B=\\'], '')
    assert called
    assert options.read([], options.makeflags(called)) == called._replace(goals=())


PIECES = st.sampled_from(
    ['a', 'b', ':', '=', ':=', '\t', '\n', '$', '(', ')', '$(', '${', '}', '#', '\\', 'ifeq', 'endif', 'else', ' ',
     'define', 'endef', 'export', '%', ';', '|', 'include', '$(A)', '@', ',', '$(call a', '$(eval ', MARK, '+=']
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=30), st.sampled_from([Nowhere, Anybodys]))
def test_no_text_makes_it_raise_anything_else(pieces: list[str], around: type[Nowhere]) -> None:
    with suppress(Lost):
        reader = read(''.join(pieces), {}, around)
        for target in [*reader.rules.explicit]:
            Goals(reader, Recorder()).goal(target)


def test_what_goals_change_of_a_makefile_is_as_it_was_in_another_that_has_read_it() -> None:
    reader = Reader(Variables(Surroundings({}), {}))
    reader.read('Makefile', 'A = 1\nall: x\n\ttrue\n.PHONY: all\nexport A\n')
    other = reader.fresh()
    other.read('more', 'A = 2\nall: y\nx:\n\ttrue\n%.o: %.c\n\ttrue\n.PHONY: x\nunexport A\n$(eval B = 3)\n')
    assert (reader.variables.value('A'), reader.variables.value('B')) == ('1', '')
    assert (other.variables.value('A'), other.variables.value('B')) == ('2', '3')
    assert (list(reader.rules.explicit), list(other.rules.explicit)) == (['all'], ['all', 'x'])
    assert (reader.rules.explicit['all'].needs, reader.rules.patterns) == (('x',), [])
    assert (reader.rules.special['.PHONY'], other.rules.special['.PHONY']) == ({'all'}, {'all', 'x'})
    assert (reader.variables.exports, other.variables.exports) == ({'A': True}, {'A': False})

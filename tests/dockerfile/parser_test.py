from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hooks.dockerfile.heredoc import Heredoc
from hooks.dockerfile.parser import Dockerfile, Step, expand, onbuild, parse, refused

ANY_TEXT = st.text(st.characters(exclude_categories=()))
PIECES = [
    'FROM a\n',
    'RUN <<E\n',
    'E\n',
    'COPY ',
    '["',
    '"]',
    '\\\n',
    '# escape=`\n',
    '`\n',
    '--x=',
    '${',
    '}',
    '$',
    "'",
]


def steps(text: str) -> list[Step]:
    """The steps of a Dockerfile of one stage, which starts on line 1."""
    parsed = parse('FROM a\n' + text)
    assert parsed is not None
    assert len(parsed.stages) == 1
    return list(parsed.stages[0].steps)


def step(text: str) -> Step:
    (only,) = steps(text)
    return only


@pytest.mark.parametrize(
    ('text', 'lines'),
    [
        pytest.param('RUN a\nRUN b\n', [(2, 2, 'a'), (3, 3, 'b')], id='one line each'),
        pytest.param('RUN a', [(2, 2, 'a')], id='no newline at the end'),
        pytest.param('\n\n  RUN a\n', [(4, 4, 'a')], id='empty lines and indentation before'),
        pytest.param(
            'RUN a \\\n  b\nRUN c', [(2, 3, 'a   b'), (4, 4, 'c')], id='a continued line keeps its indentation'
        ),
        pytest.param('RUN a \\ \t\n b', [(2, 3, 'a  b')], id='blanks behind the continuation'),
        pytest.param('RUN a \\\n# c\n  # d\nb\n', [(2, 5, 'a b')], id='comments inside a continued instruction'),
        pytest.param('RUN a \\\n\n \t\nb\n', [(2, 5, 'a b')], id='empty lines inside a continued instruction'),
        pytest.param('RUN a \\\n\n# c\n', [(2, 4, 'a')], id='the end of the file ends a continued instruction'),
        pytest.param('RUN a \\', [(2, 2, 'a')], id='a continuation of nothing'),
        pytest.param('RUN a \\\\\nRUN b', [(2, 2, 'a \\\\'), (3, 3, 'b')], id='an escaped escape continues nothing'),
        pytest.param('RUN a \\x\nRUN b', [(2, 2, 'a \\x'), (3, 3, 'b')], id='an escape inside a line'),
        pytest.param('RUN a # b\n', [(2, 2, 'a # b')], id='a # behind an instruction is no comment'),
        pytest.param('\\\nRUN \\\na', [(2, 4, 'a')], id='the instruction itself is on a continued line'),
        pytest.param('RUN a \\\r\n  b\r\nRUN c\r\n', [(2, 3, 'a   b'), (4, 4, 'c')], id='CRLF'),
        pytest.param('RUN a\rb\x0bc\u2028d\n', [(2, 2, 'a\rb\x0bc\u2028d')], id='only a newline ends a line'),
        pytest.param('RUN\ta', [(2, 2, 'a')], id='a tab behind the instruction'),
        pytest.param('RUN \xa0a', [(2, 2, 'a')], id='a no-break space before the argument'),
        pytest.param('RUN caf\udce9', [(2, 2, 'caf\udce9')], id='not UTF-8'),
    ],
)
def test_lines(text: str, lines: list[tuple[int, int, str]]) -> None:
    assert [(found.line, found.last, found.args[0]) for found in steps(text)] == lines


@pytest.mark.parametrize(
    ('text', 'escape', 'last'),
    [
        pytest.param('FROM a\nRUN b \\\nc', '\\', 3, id='a backslash unless told'),
        pytest.param('# escape=`\nFROM a\nRUN b `\nc', '`', 4, id='a backtick'),
        pytest.param('#\tEscape = ` \nFROM a\nRUN b `\nc', '`', 4, id='any case, any space'),
        pytest.param(
            '# syntax=x\n# check=skip=all\n# escape=`\nFROM a\nRUN b `\nc', '`', 6, id='behind other directives'
        ),
        pytest.param('\ufeff# escape=`\nFROM a\nRUN b `\nc', '`', 4, id='behind a byte order mark'),
        pytest.param('# x\n# escape=`\nFROM a\nRUN b \\\nc', '\\', 5, id='not behind a comment'),
        pytest.param('\n# escape=`\nFROM a\nRUN b \\\nc', '\\', 5, id='not behind an empty line'),
        pytest.param('# unknown=x\n# escape=`\nFROM a\nRUN b \\\nc', '\\', 5, id='not behind an unknown directive'),
    ],
)
def test_escape_directive(text: str, escape: str, last: int) -> None:
    parsed = parse(text)
    assert parsed is not None
    assert parsed.escape == escape
    assert [found.last for found in parsed.stages[0].steps] == [last]


@pytest.mark.parametrize(
    ('text', 'name', 'args', 'exec_form'),
    [
        pytest.param('RUN a  "b" \\$c ', 'RUN', ('a  "b" \\$c',), False, id='shell form is one string'),
        pytest.param('run ["a", "b c\\u00e9\\ud83d\\ude00"]', 'RUN', ('a', 'b cé😀'), True, id='exec form, lower case'),
        pytest.param('RUN ["\\ud800"]', 'RUN', ('\ufffd',), True, id='half a surrogate pair in JSON'),
        pytest.param("RUN ['a']", 'RUN', ("['a']",), False, id='single quotes are no JSON'),
        pytest.param('RUN ["a"] b', 'RUN', ('["a"] b',), False, id='text behind the array'),
        pytest.param('RUN [NaN]', 'RUN', ('[NaN]',), False, id='what only Python reads as JSON'),
        pytest.param('RUN []', 'RUN', (), True, id='an empty array'),
        pytest.param('RUN', 'RUN', (), False, id='nothing to run'),
        pytest.param('CMD a b', 'CMD', ('a b',), False, id='CMD'),
        pytest.param('ENTRYPOINT ["a", "b"]', 'ENTRYPOINT', ('a', 'b'), True, id='ENTRYPOINT'),
        pytest.param('SHELL ["a", "-c"]', 'SHELL', ('a', '-c'), True, id='SHELL'),
        pytest.param('COPY a\tb   c/', 'COPY', ('a', 'b', 'c/'), False, id='COPY splits at blanks'),
        pytest.param('COPY "a b" c', 'COPY', ('"a', 'b"', 'c'), False, id='COPY knows no quotes'),
        pytest.param('COPY ["a b", "c"]', 'COPY', ('a b', 'c'), True, id='COPY in exec form'),
        pytest.param('COPY a\xa0b c', 'COPY', ('a\xa0b', 'c'), False, id='a no-break space splits nothing in COPY'),
        pytest.param('ADD https://example.com/x /', 'ADD', ('https://example.com/x', '/'), False, id='ADD'),
        pytest.param('ENV A b  c', 'ENV', ('A=b  c',), False, id='ENV in the old form'),
        pytest.param('ENV A=b C="d e" F=g\\ h', 'ENV', ('A=b', 'C="d e"', 'F=g\\ h'), False, id='ENV keeps quotes'),
        pytest.param('ENV A=\'b \\\' C="d \\" e"', 'ENV', ("A='b \\'", 'C="d \\" e"'), False, id='escapes in quotes'),
        pytest.param('ENV A="b c', 'ENV', ('A="b c',), False, id='an open quote'),
        pytest.param('ENV A=b C=\\\\\\', 'ENV', ('A=b', 'C=\\\\'), False, id='an escape at the end is dropped'),
        pytest.param('LABEL a=b c=d', 'LABEL', ('a=b', 'c=d'), False, id='LABEL'),
        pytest.param('ARG A', 'ARG', ('A',), False, id='ARG without a default'),
        pytest.param('ARG A=1 B="x y" C', 'ARG', ('A=1', 'B="x y"', 'C'), False, id='several ARG'),
        pytest.param('WORKDIR /a b ', 'WORKDIR', ('/a b',), False, id='WORKDIR is one string'),
        pytest.param('EXPOSE 80 81/udp', 'EXPOSE', ('80', '81/udp'), False, id='EXPOSE'),
        pytest.param('VOLUME ["/a"]', 'VOLUME', ('/a',), True, id='VOLUME'),
        pytest.param('MAINTAINER a b', 'MAINTAINER', ('a b',), False, id='the deprecated MAINTAINER'),
        pytest.param('HEALTHCHECK CMD ["a"]', 'HEALTHCHECK', ('CMD', 'a'), True, id='HEALTHCHECK'),
        pytest.param('HEALTHCHECK none', 'HEALTHCHECK', ('none',), False, id='HEALTHCHECK NONE'),
        pytest.param('ONBUILD  COPY a b', 'ONBUILD', ('COPY a b',), False, id='ONBUILD'),
    ],
)
def test_arguments(text: str, name: str, args: tuple[str, ...], exec_form: bool) -> None:
    found = step(text)
    assert (found.name, found.args, found.exec) == (name, args, exec_form)


@pytest.mark.parametrize(
    ('text', 'flags', 'args'),
    [
        pytest.param('COPY --from=x --link a b', (('from', 'x'), ('link', '')), ('a', 'b'), id='a value and a boolean'),
        pytest.param(
            'COPY --exclude=a --exclude=b . .', (('exclude', 'a'), ('exclude', 'b')), ('.', '.'), id='repeated'
        ),
        pytest.param('COPY --link=false a b', (('link', 'false'),), ('a', 'b'), id='a boolean with a value'),
        pytest.param('COPY --from= a b', (('from', ''),), ('a', 'b'), id='an empty value'),
        pytest.param('COPY --chown="a b":c\\ d a b', (('chown', 'a b:c d'),), ('a', 'b'), id='quotes and escapes'),
        pytest.param('COPY --chown=é a b', (('chown', 'Ã©'),), ('a', 'b'), id='byte by byte'),
        pytest.param('COPY -- --a b', (), ('--a', 'b'), id='an end of flags'),
        pytest.param('COPY a --link b', (), ('a', '--link', 'b'), id='a flag behind an argument is an argument'),
        pytest.param('COPY --from=x \\\n  ["a", "b"]', (('from', 'x'),), ('a', 'b'), id='before the exec form'),
        pytest.param(
            'RUN --mount=type=bind,target=. --mount=type=cache,target=/c --network=none go build',
            (('mount', 'type=bind,target=.'), ('mount', 'type=cache,target=/c'), ('network', 'none')),
            ('go build',),
            id='mounts',
        ),
        pytest.param('ARG --x A', (('x', ''),), ('A',), id='ARG ignores any flag'),
    ],
)
def test_flags(text: str, flags: tuple[tuple[str, str], ...], args: tuple[str, ...]) -> None:
    found = step(text)
    assert (found.flags, found.args) == (flags, args)


@pytest.mark.parametrize(
    ('text', 'last', 'heredocs'),
    [
        pytest.param('RUN <<EOF\na\n# b\n\nEOF\n', 6, [Heredoc('EOF', 'a\n# b\n\n', True, False, 0)], id='RUN'),
        pytest.param('RUN <<EOF\nEOF', 3, [Heredoc('EOF', '', True, False, 0)], id='empty, at the end of the file'),
        pytest.param('RUN <<-E\n\ta\n\t\tb\n\tE\n', 5, [Heredoc('E', 'a\nb\n', True, True, 0)], id='leading tabs go'),
        pytest.param("RUN <<'E'\n$a\nE\n", 4, [Heredoc('E', '$a\n', False, False, 0)], id='a quoted name'),
        pytest.param('RUN <<"E F"\nE F\n', 3, [Heredoc('E F', '', False, False, 0)], id='a space in the name'),
        pytest.param('RUN 3<< E\n E\nE\n', 4, [Heredoc('E', ' E\n', True, False, 3)], id='a descriptor and a space'),
        pytest.param('RUN <<E\r\na\r\nE\r\n', 4, [Heredoc('E', 'a\r\n', True, False, 0)], id='CRLF'),
        pytest.param(
            'COPY <<a <<-b /x/\n1\na\n\t2\n\tb\n',
            6,
            [Heredoc('a', '1\n', True, False, 0), Heredoc('b', '2\n', True, True, 0)],
            id='two for COPY',
        ),
        pytest.param('RUN a \\\n <<E \\\n && b\nE\n', 5, [Heredoc('E', '', True, False, 0)], id='on a continued line'),
        pytest.param('ADD --link <<E /x\nE\n', 3, [Heredoc('E', '', True, False, 0)], id='behind a flag'),
        pytest.param('ONBUILD RUN <<E\na\nE\n', 4, [Heredoc('E', 'a\n', True, False, 0)], id='behind ONBUILD'),
        pytest.param('RUN ["a", "<<E"]\n', 2, [], id='none in the exec form'),
        pytest.param('RUN "<<E"\n', 2, [], id='none in quotes'),
        pytest.param('RUN a <<<E\n', 2, [], id='a here-string is none'),
        pytest.param('RUN $((1<<2))\n', 2, [], id='a shift inside a word is none'),
        pytest.param("RUN it's <<E\n", 2, [], id='none on a line with an open quote'),
        pytest.param('RUN ${a^^} <<E\n', 2, [], id='none on a line with a substitution that the lexer does not know'),
        pytest.param('RUN <<E${a:-b}\n', 2, [], id="none where an operand empties the lexer's buffer"),
        pytest.param('CMD a <<E\n', 2, [], id='none for CMD'),
    ],
)
def test_heredocs(text: str, last: int, heredocs: list[Heredoc]) -> None:
    found = step(text)
    assert found.last == last
    assert list(found.heredocs) == heredocs


def test_the_instruction_behind_a_heredoc() -> None:
    assert [(found.line, found.name) for found in steps('RUN <<E\nFROM x\nE\nUSER a\n')] == [(2, 'RUN'), (5, 'USER')]


def test_heredoc_words_stay_arguments() -> None:
    assert step('COPY <<E a /x\nE\n').args == ('<<E', 'a', '/x')


def test_text_is_everything_behind_the_word() -> None:
    assert step('COPY  --from=x \\\n  a b ').text == '--from=x   a b'


def test_stages() -> None:
    text = 'ARG V=1\n\nFROM --platform=$P golang:$V AS Build\nRUN a\nfrom build\nFROM scratch as x_1.y-z\nUSER b'
    parsed = parse(text)
    assert parsed is not None
    assert [(arg.line, arg.args) for arg in parsed.args] == [(1, ('V=1',))]
    assert [stage[:4] for stage in parsed.stages] == [
        ('build', 'golang:$V', '$P', 3),
        ('', 'build', '', 5),
        ('x_1.y-z', 'scratch', '', 6),
    ]
    assert [[found.name for found in stage.steps] for stage in parsed.stages] == [['RUN'], [], ['USER']]


@pytest.mark.parametrize(
    'text',
    [
        pytest.param('', id='empty'),
        pytest.param('# a\n\n', id='comments only'),
        pytest.param('ARG A\n', id='no stage'),
        pytest.param('RUN a\nFROM a', id='an instruction before the first FROM'),
        pytest.param('FROM a b', id='FROM with two words'),
        pytest.param('FROM a as b c', id='FROM with four words'),
        pytest.param('FROM a in b', id='FROM without AS'),
        pytest.param('FROM a AS 1b', id='a stage name that starts with a digit'),
        pytest.param('FROM', id='FROM nothing'),
        pytest.param('FROM\xa0a', id='a no-break space behind FROM'),
        pytest.param('\x1cFROM a', id='a character that is space to Python alone'),
        pytest.param('\x1c# a\nFROM a', id='a comment to Python alone'),
        pytest.param('# escape=x\nFROM a', id='an escape character that does not exist'),
        pytest.param('# escape=`\n# escape=`\nFROM a', id='a directive twice'),
        pytest.param('FROM a\nRUN ' + 'a' * 65532 + '\n', id='a line that is too long'),
        pytest.param('FROM a\nRUN ' + 'a' * 65532, id='a last line that is too long'),
        pytest.param('FROM a\n{{ if x }}\nRUN a', id='a template'),
        pytest.param('FROM a\n\\\n', id='a continuation of nothing alone'),
        *[
            pytest.param(f'FROM a\n{line}\n', id=line)
            for line in (
                *('FOO a', 'RUNN', 'RUN [1]', 'RUN ["a", ["b"]]', 'RUN <<E', 'RUN <<E\n E', 'RUN --network=x a'),
                *('RUN --x a', 'RUN --mount a', 'RUN --mount=type=cache,from=$A a', "RUN --mount='a\"b' a"),
                *('COPY a', 'COPY', 'COPY ["a"]', 'COPY a <<E\nE', 'COPY --from a b', 'COPY --x=y a b', 'ADD a'),
                *('COPY --link= a b', 'COPY --link=x a b', 'COPY --from=a --from=b c d', 'ADD --from=x a b'),
                *(
                    'ENV',
                    'ENV A',
                    'ENV A=b C',
                    'ENV A\x85=b',
                    'ENV =b',
                    'ENV --x A=b',
                    'LABEL a',
                    'ARG',
                    'ARG =a',
                    'WORKDIR',
                    'USER',
                ),
                *('VOLUME', 'VOLUME ["a", " "]', 'SHELL a', 'SHELL []', 'EXPOSE', 'MAINTAINER', 'STOPSIGNAL'),
                *('HEALTHCHECK', 'HEALTHCHECK x', 'HEALTHCHECK CMD', 'HEALTHCHECK NONE a', 'HEALTHCHECK --x CMD a'),
                *(
                    'HEALTHCHECK --interval=1 CMD a',
                    'HEALTHCHECK --interval=1us CMD a',
                    'HEALTHCHECK --retries=a CMD a',
                ),
                *('ONBUILD', 'ONBUILD ONBUILD RUN a', 'ONBUILD FROM a', 'ONBUILD MAINTAINER a', 'ONBUILD ENV A'),
                *('ONBUILD RUN [1]', 'ONBUILD --x RUN a', 'ONBUILD RUN <<E'),
            )
        ],
    ],
)
def test_rejected(text: str) -> None:
    assert parse(text) is None


def test_lines_of_the_greatest_length() -> None:
    assert parse('FROM a\nRUN ' + 'a' * 65531 + '\n') is not None
    assert parse('FROM a\nRUN ' + 'a' * 65531) is not None


def test_too_deep_to_follow() -> None:
    deep = sys.getrecursionlimit() * 2
    assert parse('FROM a\nRUN ' + '[' * deep + ']' * deep) is None
    assert parse('FROM a\nRUN <<E ' + '${a:-' * deep + '}' * deep) is not None
    assert expand('${a:-' * deep + '}' * deep, {}) is None


@pytest.mark.parametrize(
    ('text', 'expected'),
    [
        pytest.param('ONBUILD COPY --from=x a b', ('COPY', (('from', 'x'),), ('a', 'b')), id='a copy'),
        pytest.param('ONBUILD run \\\n a', ('RUN', (), ('a',)), id='a continued run'),
        pytest.param('ONBUILD COPY a', None, id='what fails in the build on this image only'),
        pytest.param('ONBUILD NOTHING', None, id='an unknown instruction'),
    ],
)
def test_onbuild(text: str, expected: tuple[str, object, object] | None) -> None:
    outer = step(text)
    inner = onbuild(outer)
    assert (inner and inner[2:5]) == expected
    assert inner is None or (inner.line, inner.last) == (outer.line, outer.last)


def test_onbuild_keeps_the_heredoc() -> None:
    inner = onbuild(step('ONBUILD RUN <<E\na\nE\n'))
    assert inner is not None
    assert inner.heredocs == (Heredoc('E', 'a\n', True, False, 0),)


ENVIRONMENT = {'A': 'a b', 'E': '', 'P': '/x/y.tar.gz', 'U': None, 'N1': 'n', '0': 'zero'}


@pytest.mark.parametrize(
    ('word', 'expected'),
    [
        ('plain', 'plain'),
        ('', ''),
        ('$A', 'a b'),
        ('${A}c', 'a bc'),
        ('$Ac', ''),
        ('x$N1-$X.', 'xn-.'),
        ('$0$01', 'zero'),
        ('$', '$'),
        ('a$.b', 'a$.b'),
        ('$$A', 'A'),
        ('\\$A', '$A'),
        ("'$A'", '$A'),
        ('"$A\\"\\x"', 'a b"\\x'),
        ('\'a\'"b"\\c\\', 'abc'),
        ('"a\\\\b"', 'a\\b'),
        ('${A:-x}', 'a b'),
        ('${E:-x}', 'x'),
        ('${E-x}', ''),
        ('${X-x}', 'x'),
        ('${X:-$A}', 'a b'),
        ('${X:-${Y:-"z"}}', 'z'),
        ('${A:+x}${E:+y}${E+z}${X+w}', 'xz'),
        ('${A:?x}${E?x}', 'a b'),
        ('${X:-a\\}b}', 'a}b'),
        ('${P#*/}', 'x/y.tar.gz'),
        ('${P##*/}', 'y.tar.gz'),
        ('${P%.*}', '/x/y.tar'),
        ('${P%%.*}', '/x/y'),
        ('${P%"gz"}', '/x/y.tar.'),
        ("${P#'*'}", '/x/y.tar.gz'),
        ('${P#\\/x}', '/y.tar.gz'),
        ('${P/x/$N1}', '/n/y.tar.gz'),
        ('${P//\\//-}', '-x-y.tar.gz'),
        ('${P//?/a}', 'a' * 11),
        ('${P//*/a}', 'a'),
        ('${P//y/<$0>}', '/x/<zero>.tar.gz'),
        ('${P//y/<\\$0>}', '/x/<\\y>.tar.gz'),
        ('caf\udce9$X', 'caf\ufffd'),
    ],
)
def test_expand(word: str, expected: str) -> None:
    assert expand(word, ENVIRONMENT) == expected


@pytest.mark.parametrize(
    'word',
    [
        *('"', "'a", '${', '${A', '${}', '${:-x}', '${{A}}', '${A:-x', '${A!x}', '${A:=x}', '${A^}', '${A:#x}'),
        *('${X?}', '${X:?x}', '${E:?x}', '${P#\\a}', '${P/x}', '${P/x/y', '${P%\\a}'),
    ],
)
def test_malformed_words(word: str) -> None:
    assert expand(word, ENVIRONMENT) is None


@pytest.mark.parametrize(
    'word',
    [
        *('$U', 'a${U}b', '"$U"', '${U:-x}', '${U-x}', '${U:+x}', '${U+x}', '${U:?x}', '${U#x}', '${U/x/y}'),
        *('${X:-$U}', '${A:+$U}', '${P#$U}', '${P/$U/x}', '${P/x/$U}'),
    ],
)
def test_words_that_depend_on_an_unknown_value(word: str) -> None:
    assert expand(word, ENVIRONMENT) is None


@pytest.mark.parametrize(
    ('word', 'expected'),
    [('${A:-$U}', 'a b'), ('${X:+$U}', ''), ('${E-$U}', ''), ("'$U'", '$U'), ('\\$U', '$U')],
)
def test_words_in_which_an_unknown_value_is_not_used(word: str, expected: str) -> None:
    assert expand(word, ENVIRONMENT) == expected


def test_another_escape_character() -> None:
    assert expand('a\\b`$A"`""', ENVIRONMENT, '`') == 'a\\b$A"'


@given(ANY_TEXT, st.sampled_from('\\`'))
def test_expand_takes_any_text(word: str, escape: str) -> None:
    expand(word, ENVIRONMENT, escape)


@given(st.lists(st.one_of(st.sampled_from(PIECES), ANY_TEXT)).map(''.join))
def test_parse_takes_any_text(text: str) -> None:
    parsed = parse(text)
    assert parsed is None or isinstance(parsed, Dockerfile)


@pytest.mark.parametrize(
    ('instruction', 'word', 'says'),
    [
        pytest.param('COPY "a b" c', '"a', 'matching double-quote', id='a path with a space'),
        pytest.param("LABEL a=1 b=it's", "it's", 'matching single-quote', id='the second pair'),
        pytest.param('ENV "A=b', '"A', 'matching double-quote', id='a name'),
        pytest.param('ENV A=${B:-"c}', '${B:-"c}', "missing '}'", id='a quote in a default'),
        pytest.param('ENV A=${B/c}', '${B/c}', "missing '/' in ${}", id='a replacement'),
        pytest.param('ENV A=${:-b}', '${:-b}', 'bad substitution', id='no name'),
        pytest.param('COPY --from=${A . .', '${A', 'unsupported modifier (\ufffd)', id='a flag'),
        pytest.param('COPY <<"A" b\nA', '', '', id='a heredoc'),
        pytest.param("ENV A='b' C=\"${D:-'}'}\"", '', '', id='quotes within quotes'),
        pytest.param('ENV A=${B:?} C=${D%%/*} E=${F//a/b}', '', '', id='what hangs on a value'),
        pytest.param('ARG A${', '', '', id='the name of an ARG'),
        pytest.param('RUN echo "', '', '', id='what a shell reads'),
    ],
)
def test_a_word_that_is_refused_whatever_the_variables_are(instruction: str, word: str, says: str) -> None:
    dockerfile = parse(f'FROM a\n{instruction}\n')
    assert dockerfile is not None
    found = refused(dockerfile.stages[0].steps[0], '\\')
    assert found[0] == word
    assert says in found[1]


def test_the_escape_character_of_the_file_is_heeded() -> None:
    dockerfile = parse("# escape=`\nFROM a\nENV A=it`'s\n")
    assert dockerfile is not None
    assert refused(dockerfile.stages[0].steps[0], dockerfile.escape) == ('', '')
    assert refused(dockerfile.stages[0].steps[0], '\\') != ('', '')

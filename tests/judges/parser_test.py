"""Dockerfiles and words, side by side with BuildKit's own parser and shell lexer."""

from __future__ import annotations

import glob
import os
import re
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from hooks.dockerfile import expansion, parser
from hooks.dockerfile.expansion import SPACE
from tests.judges._oracle import MISSING, ask, buildkit_source, decode, oracle_binary
from tests.judges._tally import tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# The lines of generated Dockerfiles: each is a trap that some parser has fallen into.
LINES = r"""
FROM golang:1.21
FROM golang:1.21 AS build
from --platform=$BUILDPLATFORM golang as Build-2.x_y
FROM a b
FROM a b c
FROM a AS 1st
FROM a as b as c
FROM
FROM scratch aſ x
FROMx
FROM<NBSP>x
FROM <NBSP>x
ARG A
ARG A=1 B C="x y" D='a b' E=a\ b
ARG =x
ARG --flag A=$B
ARG
ENV A b c
ENV A=b C="d e" F='g h' I=j\ k
ENV A
ENV A=b C
ENV =b
ENV A=b \
ENV A 'b c' "d
ENV A="b \" c" D=\
ENV A="b c
LABEL a=b "c d"=e
LABEL a
COPY go.mod go.sum ./
COPY   a<TAB>b<TAB> c<SP>
COPY a
COPY
COPY --from=build --link /a /b
COPY --from build /a /b
COPY --from= a b
COPY --link=false --exclude=a --exclude=b . .
COPY --link= . .
COPY --link=maybe . .
COPY --chown=é:ü a b
COPY --from=x --from=y a b
COPY --unknown=x a b
COPY --"from"=x --chown='a b' a b
COPY --fr\om=x a b
COPY -- --a --b
COPY --
COPY --parents a/./b c
COPY ["a b", "c"]
COPY ["a", 1]
COPY ["a"]
COPY ["a", "<<EOF"]
COPY ["a", "b",]
COPY [a] b
COPY ['a', 'b']
COPY a <<EOF
COPY <<EOF /x
COPY <<-EOF <<"F G" /x
COPY << EOF /x
COPY 3<<EOF a b
ADD --keep-git-dir --checksum=x --unpack=TRUE a b
ADD ["\ud800", "\ud83d\ude00", "\u00e9"]
ADD <<'EOF' /x
RUN go build
RUN
RUN []
RUN ["a", "b"]
RUN ["a", "b"] # c
RUN [NaN]
RUN [1]
RUN [[[]]]
RUN [ "a"
RUN  <FF> ["a"]<SP>
RUN --mount=type=bind,target=. --mount=type=cache,target=/x go build
RUN --network=none --security=sandbox a
RUN --network=some a
RUN --network a
RUN --mount=type=bind,target=. \
RUN --mount=type=cache,from=$A a
RUN --mount=type=cache,from=A$,id=$B a
RUN --mount= a
RUN --mount='type=bind,"target=."' a
RUN --mount='type=bind,target="."' a
HEALTHCHECK CMD <NEL>["a"]
RUN --mount="type=bind,target=." a
RUN a && \
RUN a && \\
RUN a && \\\
RUN a && \<SP><TAB>
RUN a && \<CR>
RUN a && \ x
RUN a && `
RUN a && ``
RUN <<EOF
RUN <<EOF cat
RUN <<-EOF
RUN <<"EOF"
RUN <<E"O"F
RUN <<\EOF
RUN <<'E F'
RUN <<EOF <<-F
RUN cat <<<EOF
RUN cat << EOF
RUN cat <<EOF >x && <<EOF
RUN "a <<EOF"
RUN 'a <<EOF
RUN a${B:-c}<<EOF
RUN <<a${B:-c}
RUN <<a"${B:-c}"EOF
RUN x <<${B%c}EOF
RUN ${B:-c <<EOF}
RUN ${B:=c} <<EOF
RUN ${B%c} $(( 1 << 2 ))
RUN ${B=c} <<EOF
RUN ${B/c/d}<<EOF
RUN <<$EOF
RUN <<""
RUN <<
RUN <<é
RUN --mount=type=bind <<EOF
RUN ["a", "<<EOF"]
RUN x\<<EOF
RUN 12<<EOF 99999999999999999999999<<F
ONBUILD RUN a
ONBUILD COPY a b
ONBUILD COPY a
ONBUILD RUN <<EOF
ONBUILD ONBUILD RUN a
ONBUILD FROM a
ONBUILD
ONBUILD ENV A
ONBUILD NOTHING a
ONBUILD RUN [1]
ONBUILD --x RUN a
ONBUILD COPY --x a b
CMD a b
CMD ["a", "b"]
CMD
CMD --x a
ENTRYPOINT []
ENTRYPOINT ["a"]
EXPOSE 80 443/tcp
EXPOSE
USER a b
USER
WORKDIR /a b
WORKDIR
workdir /app
WOR<KELVIN>DIR /app
EXPOſE 80
VOLUME /a /b
VOLUME ["/a", ""]
VOLUME ["/a", " /b "]
VOLUME []
SHELL ["a", "b"]
SHELL a
SHELL []
STOPSIGNAL 9
STOPSIGNAL --x 9
MAINTAINER a b
MAINTAINER
HEALTHCHECK NONE
HEALTHCHECK none x
HEALTHCHECK --interval=5s --retries=3 CMD a b
HEALTHCHECK --interval=5 CMD a
HEALTHCHECK --interval=1.5h.5m3s CMD a
HEALTHCHECK --timeout=100us CMD a
HEALTHCHECK --timeout=-5s CMD a
HEALTHCHECK --timeout=-0 --start-period= CMD a
HEALTHCHECK --retries=-1 CMD a
HEALTHCHECK --retries=+07 CMD a
HEALTHCHECK --retries=99999999999 CMD a
HEALTHCHECK CMD ["a", "b"]
HEALTHCHECK cmd
HEALTHCHECK CMD à
HEALTHCHECK x
HEALTHCHECK
RUNN a
{{ template }}
# a comment
  # another
#
# escape=`
# escape=\
#escape = `
# escape=x
# Escape=`
# syntax=docker/dockerfile:1
# check=skip=all
# syntax
# unknown=x
\
  \
`
EOF
<TAB>EOF
EOF<SP>
<TAB><TAB>a
F
F G
é
a
$EOF
  b \
  c
<NBSP># d
<FS># e
<FS>
<NBSP>

<SP>
<TAB>
<CR>
<BOM>
<BOM>FROM a
<VT>
a<CR>b
a<LS>b
<BAD>
RUN <BAD> a
COPY --chown=<BAD> a b
COPY <BAD>a b
ENV A=<BAD>b
ENV A <BAD>b
ENV A<NEL>=b
RUN <<<BAD>
RUN <FS>a
RUN <NBSP>--mount=x a
RUN <BADSPACE>--mount=x a
RUN --mount=<NBSP>x a
COPY a<FS>b c
COPY a<NBSP>b c
ARG a<NBSP>b c<FS>d
""".split('\n')[1:-1]
CHARACTERS = {
    'NBSP': '\xa0',
    'TAB': '\t',
    'SP': ' ',
    'CR': '\r',
    'FF': '\f',
    'VT': '\v',
    'FS': '\x1c',
    'NEL': '\x85',
    'LS': '\u2028',
    'BOM': '\ufeff',
    'KELVIN': '\u212a',
    'BAD': '\udcff',
    'BADSPACE': '\udca0',
}
WORD_PIECES = [
    *'abé/.* \t\'"\\`$<{}:-+?#%=0A_',
    *'$A ${A} ${A:-b} ${A-b} ${A:+b} ${A+b} ${A:?b} ${A?b} ${N:-b} ${N-b} ${N:+b} ${N+b} ${N:?b} ${N?b}'.split(' '),
    *'${E:-b} ${E-b} ${E:+b} ${E+b} ${E:?b} ${E?b} ${P#*/} ${P##*/} ${P%/*} ${P%%/*} ${P%.*} ${P#?} ${P%a?c}'.split(),
    *'${P/a/b} ${P//a/b} ${P//*/x} ${P//\\//-} ${P/\\*/x} ${P//?/\\$0} ${P//b/$A} ${P/} ${P#\\a} ${P#\\*}'.split(),
    *'${A ${ } ${} ${{A}} ${A! ${A:=b} ${N:=b} ${A^} $1 $12a $@ $$ $é \\$A \\${A} "$A" \'$A\' ${A:- ${A# ${P%'.split(),
    *['${N:-', "${P#'*'}", '${P#"*"}', "${P#'\\'}", '${P//"/"/x}', '${P%"$A"}', '${P//', '${P%%', '\udcff', '\ufeff'],
]
ENVIRONMENT = {'A': 'a', 'E': '', 'P': '/a/b*c/a.b.c', '0': 'zero', 'é': 'accent', 'Q': 'a "b" \'c\' $A \\d'}

TRAPS = [re.sub('<([A-Z]+)>', lambda m: CHARACTERS.get(m[1], m[0]), line) for line in LINES]
NOISE = [*' \t\r\n\\`"\'$<>-=[]{}#,:é\xa0\x85\x1c\udca0\udc85\ufeff\x00', '<<EOF', 'EOF\n', '--', '\\\n']
TOPS = [
    *['FROM a\n'] * 5,
    '',
    '# escape=`\nFROM a\n',
    '# syntax=a\n# escape=`\nFROM x\n',
    '\ufeff',
    '\ufeffFROM b\n',
    '\r\n',
]
ENDS = [*['\n'] * 6, '\r\n', '', ' \n', '\\\n']
generated = pytest.mark.parametrize('seed', range(4))


def dockerfiles(random: Random, count: int) -> Iterator[str]:
    """Dockerfiles of a few traps each, most of them lines that a build accepts; every other one with noise in it."""
    accepted = [line for line in TRAPS if parser.parse(f'FROM a\n{line}\n')]
    for number in range(count):
        traps = accepted if random.random() < 0.8 else TRAPS
        body = [random.choice(traps) + random.choice(ENDS) for _ in range(random.randint(0, 9))]
        text = random.choice(TOPS) + ''.join(body)
        yield noisy(random, text) if number % 2 else text


def words(random: Random, count: int) -> Iterator[str]:
    for number in range(count):
        text = ''.join(random.choice(WORD_PIECES) for _ in range(random.randint(1, 7)))
        yield noisy(random, text) if number % 2 else text


def noisy(random: Random, text: str) -> str:
    """The text with up to four characters changed."""
    for _ in range(random.randint(1, 4)):
        at = random.randint(0, len(text))
        text = text[:at] + random.choice(['', *random.choices(NOISE, k=4)]) + text[at + random.randint(0, 1) :]
    return text


@pytest.fixture(scope='session')
def oracle() -> str:
    binary = oracle_binary()
    if binary is None:
        pytest.skip(MISSING)
    return binary


@pytest.fixture(scope='session')
def older_parser() -> Any:
    try:
        import dockerfile
    except ImportError:
        pytest.skip("judge missing: BuildKit 0.12's parser (PyPI: dockerfile)")
    return dockerfile


def to_bytes(text: str) -> bytes:
    return text.encode('utf-8', 'surrogateescape')


def expected(answer: dict[str, Any]) -> Any:
    """The oracle's answer in the shape of `seen`; None: refused."""
    if answer.get('parse_error') or answer.get('error') or not answer['stages']:
        return None
    steps = [instruction(found) for found in answer['instructions']]
    stages = [
        (decode(stage['name']), decode(stage['base']), decode(stage['platform']), stage['line'], stage['commands'])
        for stage in answer['stages']
    ]
    return answer['escape'], answer['args'], stages, [step for step in steps if step[2] != 'FROM']


def instruction(found: dict[str, Any]) -> tuple[Any, ...]:
    name = decode(found['name']).lower().upper()
    text = re.split('[\t\v\f\r ]+', decode(found['original']).strip(SPACE), maxsplit=1)[1:]
    flags = tuple((flag[2:].partition('=')[::2]) for flag in map(decode, found['flags'] or []))
    heredocs = tuple(
        (decode(doc['name']), chomped(doc), doc['expand'], doc['chomp'], doc['fd']) for doc in found['heredocs'] or []
    )
    args = arguments(name, [decode(arg) for arg in found['args'] or []], found)
    return found['start'], found['end'], name, flags, args, found['json'], heredocs, ''.join(text)


def arguments(name: str, args: list[str], found: dict[str, Any]) -> tuple[str, ...]:
    if name in ('ENV', 'LABEL'):  # name, value, separator; and so on
        return tuple(f'{key}={value}' for key, value in zip(args[::3], args[1::3]))
    if name == 'ONBUILD':
        return (decode(found['inner']['original']),)
    return tuple(args)


def chomped(doc: dict[str, Any]) -> str:
    content = decode(doc['content'])
    return re.sub('(?m)^\t+', '', content) if doc['chomp'] else content


def seen(text: str) -> Any:
    """What our parser makes of it."""
    parsed = parser.parse(text)
    if parsed is None:
        return None
    stages = [(*stage[:4], len(stage.steps)) for stage in parsed.stages]
    steps = [*parsed.args, *(step for stage in parsed.stages for step in stage.steps)]
    return parsed.escape, len(parsed.args), stages, [comparable(step) for step in steps]


def comparable(step: parser.Step) -> tuple[Any, ...]:
    heredocs = tuple(tuple(heredoc) for heredoc in step.heredocs)
    return (*step[:6], heredocs, step.text)


def agree(oracle: str, texts: Iterable[str]) -> int:
    """Compare all; how many of the texts are Dockerfiles."""
    texts = list(texts)
    answers = ask(oracle, 'dockerfile', [{'text': to_bytes(text)} for text in texts])
    accepted = 0
    for text, answer in zip(texts, answers):
        theirs = expected(answer)
        assert seen(text) == theirs, f'{text!r}: {answer.get("parse_error") or answer.get("error")}'
        accepted += theirs is not None
    tally("BuildKit's parser", len(texts))
    return accepted


def test_buildkits_own_test_files(oracle: str) -> None:
    source = buildkit_source()
    if source is None:
        pytest.skip(MISSING)
    found = glob.glob(
        os.path.join(source, 'frontend', 'dockerfile', 'parser', 'testfile*', '**', 'Dockerfile'), recursive=True
    )
    assert len(found) > 30
    texts = []
    for path in found:
        with open(path, encoding='utf-8', errors='surrogateescape', newline='') as file:
            texts.append(file.read())
    accepted = agree(oracle, texts)
    assert accepted + agree(oracle, [f'FROM a\n{text}' for text in texts]) > len(texts)


def test_each_line_alone(oracle: str) -> None:
    ends = ('', '\n', '\r\nEOF\n')
    assert agree(oracle, [f'{top}{line}{end}' for line in TRAPS for top in ('', 'FROM a\n') for end in ends]) > 100


def test_long_lines(oracle: str) -> None:
    sizes = range(65534, 65539)
    agree(
        oracle, [f'FROM a\nRUN {"é" * 99}{"x" * (size - 202)}{end}' for size in sizes for end in ('', '\n', '\nUSER a')]
    )


@generated
def test_generated_dockerfiles(oracle: str, seed: int) -> None:
    assert agree(oracle, dockerfiles(Random(seed), 5000)) > 1000


@generated
def test_generated_words(oracle: str, seed: int) -> None:
    texts, escape = list(words(Random(seed), 5000)), '\\`'[seed % 2]
    questions = [{'word': to_bytes(text), 'env': ENVIRONMENT, 'escape': escape} for text in texts]
    expanded = refused = 0
    for text, answer in zip(texts, ask(oracle, 'words', questions)):
        theirs = None if 'error' in answer else decode(answer['result'])
        expanded += theirs is not None
        assert parser.expand(text, ENVIRONMENT, escape) == theirs, f'{text!r}: {answer.get("error")}'
        # What is refused whatever the variables are is refused with these, too; a value may be refused before it.
        said, error = expansion.fault(text, escape), answer.get('error', '')
        refused += said != ''
        earlier = 'invalid pattern' in error or re.search(r'": \S+: ', error)
        assert said in error or earlier, f'{text!r}: {said}, {error}'
    tally("BuildKit's shell lexer", len(texts))
    assert expanded > 1000
    assert refused > 100


@generated
def test_an_older_parser(older_parser: Any, seed: int) -> None:
    """BuildKit 0.12 takes an array with text behind it for JSON, and other words for heredocs.

    Surrogates crash its binding.
    """
    random = Random(seed)
    traps = [line for line in TRAPS if not re.search(r'"] #|<< EOF|<<.*\$\{|[\ud800-\udfff]', line)]
    accepted = [line for line in traps if parser.parse(f'FROM a\n{line}\n')]
    compared = 0
    for _ in range(1000):
        lines = random.choices(accepted if random.random() < 0.8 else traps, k=4)
        text = 'FROM a\n' + ''.join(line + random.choice(['\n', '\r\n', ' \n']) for line in lines)
        parsed = parser.parse(text)
        if parsed is None:
            continue
        ours = [step for stage in parsed.stages for step in stage.steps]
        theirs = [found for found in older_parser.parse_string(text) if found.cmd.upper() != 'FROM']
        assert [(step.line, step.last, step.name, len(step.flags), step.exec) for step in ours] == [
            (found.start_line, found.end_line, found.cmd.lower().upper(), len(found.flags), found.json)
            for found in theirs
        ], repr(text)
        compared += 1
    tally("BuildKit 0.12's parser (PyPI: dockerfile)", compared)
    assert compared > 400

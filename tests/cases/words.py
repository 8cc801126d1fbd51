"""What no builder reads: quotes that do not match, patterns that are none, and what is mounted over the source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cases._case import HELLO_TREE, NO_MOD, Case, app, case, lines

if TYPE_CHECKING:
    from collections.abc import Mapping

DOUBLE, SINGLE = (
    f'unexpected end of statement while looking for matching {kind}-quote' for kind in ('double', 'single')
)
COPY, BUILD = 'COPY . .', 'RUN go build -o /bin/app .'


def _word(name: str, step: str, builds: str = '', older: str | None = None) -> Case:
    """An instruction in line 3, before the source is there."""
    text = app(*step.split('\n'), COPY, BUILD)
    plus = {'my files/a.txt': 'a\n'}
    return case(
        name, text, HELLO_TREE, plus=plus, finds='3' * bool(builds), builds=builds, classic=older, buildah=older
    )


def _refused(name: str, step: str, builds: str, classic: str = "missing ':' in substitution") -> Case:
    """One of which the older builders say something else."""
    made = _word(name, step, builds)
    return made._replace(classic=classic, buildah=classic[0].upper() + classic[1:])


QUOTES = (
    _word('a source with a space in quotes', 'COPY "my files" /srv/', DOUBLE),
    _word('one in an array', 'COPY ["my files", "/srv/"]'),
    _word('a target with a space in quotes', "COPY go.mod '/srv/my files/'", SINGLE),
    _word('a path in quotes', 'COPY "go.mod" \'/srv/go.mod\''),
    _word('an apostrophe in a label', "LABEL about=it's", SINGLE),
    _word('one in the old form', "LABEL about it's all of it", SINGLE),
    _word('one in double quotes', 'LABEL about="it\'s"'),
    _word('one behind a backslash', "LABEL about=it\\'s"),
    _word('a value that is never closed', 'ENV A=1 B="2', DOUBLE),
    _word('the default of an ARG', 'ARG A="two words', DOUBLE),
    _word('two words in quotes', 'ARG A="two words"'),
    _word('a WORKDIR with a space', 'WORKDIR /srv/my files\nWORKDIR /app'),
    _word('a WORKDIR with an apostrophe', "WORKDIR /it's", SINGLE),
    _word('a quote in an array', 'VOLUME ["/it\'s"]', SINGLE),
    _word('one that an array says is none', r"""VOLUME ["/it\\'s"]"""),
    _word('a double one that it says is none', r"""VOLUME ["/a\\\"b"]"""),
    _word('a double one of a text', r"""ENV A="b\"c" """),
    _word('a quote that a shell reads', 'CMD echo "x'),
    _word('a quote of a trigger', "ONBUILD LABEL a=it's"),
)
BRACES = (
    _refused('a brace that is never closed', 'ENV A=${B', 'unsupported modifier (\ufffd) in substitution'),
    _refused('a default without an end', 'ENV A=${B:-c', "missing '}'", "syntax error: missing '}'")._replace(
        buildah='looking for matching }'
    ),
    _refused('a name with a dot', 'ENV A=${b.c}', 'unsupported modifier (.) in substitution'),
    _word('a default', 'ENV A=${B:-c}'),
    _word('a dollar alone', 'ENV A=$'),
    _word('what a shell runs', 'ENV A=$(b)'),
)
STAGES = (
    case(
        'a word of a stage that nobody needs',
        lines('FROM golang:1.21 AS other', "LABEL about=it's", 'FROM golang:1.21', 'WORKDIR /app', COPY, BUILD),
        HELLO_TREE,
        classic=SINGLE,
        buildah='',
    ),
)


def _pattern(
    name: str, step: str, builds: str = '', plus: Mapping[str, str] | None = None, buildah: str | None = None
) -> Case:
    """A step in line 3 with a pattern."""
    classic = 'no source files were specified' if builds else None
    buildah = 'no such file or directory' if builds else buildah
    text, found = app(step, COPY, BUILD), '3' * bool(builds)
    return case(name, text, HELLO_TREE, plus=plus, finds=found, builds=builds, classic=classic, buildah=buildah)


SYNTAX = 'syntax error in pattern'
PATTERNS = (
    _pattern('a bracket that is never closed', 'COPY go.[ ./', SYNTAX),
    _pattern('one behind a folder', 'COPY conf/[ab ./conf/', SYNTAX, {'conf/a': ''}),
    _pattern('a class that holds nothing', 'COPY go.[]x ./', SYNTAX),
    _pattern('a range without an end', 'COPY go.[a-] ./', SYNTAX),
    _pattern('a class', 'COPY go.[lm]od ./'),
    _pattern('a bracket in a class', 'COPY [[]id].tsx ./', plus={'[id].tsx': ''}, buildah='matched nothing'),
)


def _ignore(name: str, ignore: str, builds: str = '', own: bool = False) -> Case:
    plus = {'.dockerignore': '!\n', 'Dockerfile.dockerignore': ignore} if own else {'.dockerignore': ignore}
    line = ignore.split('\n').index(next((each for each in ignore.split('\n') if each[:1] in '![\\'), '')) + 1
    found = f'.dockerignore:{line}' if builds else ''
    return case(name, app(COPY, BUILD), HELLO_TREE, plus=plus, finds=found, builds=builds)


ILLEGAL = 'illegal exclusion pattern: "!"'
IGNORED = (
    _ignore('a lone exclamation mark', '*.md\n!\n', ILLEGAL),
    _ignore('one with a space', '! \n', ILLEGAL),
    _ignore('an exception', '*.md\n!README.md\n'),
    _ignore('an ignored bracket that is never closed', '*.md\n[ab\n', SYNTAX),
    _ignore('an ignored class', '[ab]\n'),
    _ignore('a backslash alone', '\\\n', SYNTAX),
    case('no step takes anything from the context', app('RUN go version'), HELLO_TREE, plus={'.dockerignore': '!\n'},
         finds='.dockerignore:1', builds=ILLEGAL, buildah=''),
)  # fmt: skip


def _mount(name: str, options: str, *, fails: bool = False, filled: bool = False) -> Case:
    """A mount for the build of /app; `filled`: a step before writes to it, and so for every build with its id."""
    mount = f'RUN --mount={options}'
    steps = ('COPY . /src', f'{mount} cp -r /src/. .') if filled else (COPY,)
    other = 'check-tidy-order 4' * fails
    older = 'the --mount option requires BuildKit'
    return case(
        name,
        app(*steps, f'{mount} go build -o /bin/app .'),
        HELLO_TREE,
        other=other,
        builds=NO_MOD * fails,
        classic=older,
    )


MOUNTS = (
    _mount('a cache over the source', 'type=cache,target=/app', fails=True),
    _mount('one with an id', 'type=cache,id=app,dst=/app', fails=True),
    _mount('a cache below the source', 'type=cache,target=/app/node_modules'),
    _mount('the cache of go build', 'type=cache,target=/root/.cache/go-build'),
    _mount('a cache that a step has filled', 'type=cache,id=filled,target=/app', filled=True),
)
CASES = (*QUOTES, *BRACES, *STAGES, *PATTERNS, *IGNORED, *MOUNTS)

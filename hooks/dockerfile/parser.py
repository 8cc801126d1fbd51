"""Dockerfiles as BuildKit reads them: text to stages and steps.

The package dockerfile-parse tells the instructions from their arguments, wherever their spelling leaves a doubt. It has
its own opinion of what continues a line, and knows no heredocs; so the lines of each instruction are joined here, as
BuildKit joins them, and it is given one line for each. `dockerfile.instruction` reads what stands behind the
instruction word.

Reference: moby/buildkit, frontend/dockerfile/parser/parser.go and frontend/dockerfile/instructions/parse.go.
"""

from __future__ import annotations

import io

from hooks.dockerfile.expansion import SPACE, fault
from hooks.dockerfile.expansion import expand as expand
from hooks.dockerfile.instruction import BLANKS, Rejected, arguments, check, cut, split_flags
from hooks.lean.lazy import re
from hooks.lean.memo import memo
from hooks.lean.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.dockerfile.heredoc import Heredoc

    # An instruction, its lines joined: the first and the last of them, the text, and its heredocs.
    _Line = tuple[int, int, str, tuple[Heredoc, ...]]

_PAIRS = frozenset(('ARG', 'ENV', 'LABEL'))
_PROCESSED = _PAIRS | frozenset('ADD COPY EXPOSE STOPSIGNAL USER VOLUME WORKDIR'.split())
_EXPANDED_FLAGS = frozenset(('chmod', 'chown', 'from'))
_DIRECTIVES = ('syntax', 'escape', 'check')
_SPACE = '\t\n\f\r '
_LONGEST_LINE = 65536  # bytes, with the newline: bufio.MaxScanTokenSize
_END = '.'  # shown to dockerfile-parse at the end of each line, so that no line looks continued to it


class Step(Record):
    """One instruction.

    `args` are unexpanded words: of the exec form the decoded strings; of COPY and ADD the sources and the destination
    (a heredoc as it is written, `<<EOF`); of RUN, CMD and ENTRYPOINT in shell form one string; of ENV, LABEL and ARG
    `NAME=value` each (`ENV A b c` is `A=b c`, an ARG without a default `NAME`); of HEALTHCHECK the type and the
    command; of ONBUILD the instruction behind it.
    """

    line: int  # the first line, counted from 1
    last: int  # the last line, heredocs included
    name: str  # upper case
    flags: tuple[tuple[str, str], ...]  # ('from', 'x'), in order; a bare `--link` is ('link', '')
    args: tuple[str, ...]
    exec: bool  # written as a JSON array
    heredocs: tuple[Heredoc, ...]
    text: str  # everything behind the instruction word, continued lines joined


class Stage(Record):
    """A FROM and the steps behind it."""

    name: str  # lower case; '' without AS
    base: str  # the image or stage, unexpanded
    platform: str  # unexpanded; '' without
    line: int
    steps: tuple[Step, ...]


class Dockerfile(Record):
    """A whole Dockerfile: at least one stage."""

    args: tuple[Step, ...]  # the ARG instructions before the first FROM
    stages: tuple[Stage, ...]
    escape: str  # the escape character: a backslash or a backtick


@memo  # once for all Dockerfiles with the same text
def parse(text: str) -> Dockerfile | None:
    """Read a Dockerfile (decoded with `surrogateescape`, newlines as they are).

    None if no build accepts it: no stage, an unknown instruction or flag, a heredoc without an end, a template …
    """
    try:
        lines = _physical(text)
        escape = _escape(lines)
        joined = _joined(lines, escape)
        words = _words([text for _, _, text, _ in joined])
        return _dockerfile([_step(line, word, escape) for line, word in zip(joined, words)], escape)
    except (Rejected, RecursionError):
        return None


def onbuild(step: Step) -> Step | None:
    """The instruction that an ONBUILD leaves to the builds on this image; None if none accepts it.

    Such a build reads it anew, with the default escape character.
    """
    try:
        word, _ = cut(step.args[0])
        return _step((step.line, step.last, step.args[0], step.heredocs), word, '\\')
    except (Rejected, RecursionError):
        return None


def refused(step: Step, escape: str) -> tuple[str, str]:
    """The first word of an instruction that BuildKit does not process, whatever the variables are, and what it says.

    ('', '') where it may process them all. The name of an ARG is no such word, and neither is a heredoc.
    """
    if step.name not in _PROCESSED:
        return '', ''
    words = [value for name, value in step.flags if name in _EXPANDED_FLAGS]
    for arg in step.args:
        name, _, value = arg.partition('=') if step.name in _PAIRS else ('', '', arg)
        words += (value,) if step.name == 'ARG' or not name else (name, value)
    faults = ((word, fault(word, escape)) for word in words if not (step.heredocs and word.startswith('<<')))
    return next((found for found in faults if found[1]), ('', ''))


def _physical(text: str) -> list[str]:
    if not text.isascii():
        text = re.sub('[\ud800-\udc7f\udd00-\udfff]', '\ufffd', text)  # what no decoder of bytes gives
    lines = list(io.StringIO(text.removeprefix('\ufeff'), newline='\n'))
    if len(text) > _LONGEST_LINE // 4 and any(map(_too_long, lines)):
        raise Rejected
    return lines


def _too_long(line: str) -> bool:
    size = len(line.encode('utf-8', 'replace'))  # a surrogate stands for one byte
    return size > _LONGEST_LINE or (size == _LONGEST_LINE and not line.endswith('\n'))


def _escape(lines: list[str]) -> str:
    """The escape character, from the directives: comments above everything else."""
    found: dict[str, str] = {}
    for line in lines:
        comment = line.rstrip('\r\n').lstrip(SPACE)
        name, _, value = comment[1:].partition('=') if comment.startswith('#') else ('', '', '')
        name = name.lstrip(SPACE).rstrip(_SPACE).lower()
        if name not in _DIRECTIVES or not value:
            break
        if name in found:
            raise Rejected
        found[name] = value.strip(_SPACE) or value[-1]
    escape = found.get('escape', '\\')
    if escape not in ('\\', '`'):
        raise Rejected
    return escape


def _joined(lines: list[str], escape: str) -> list[_Line]:
    found: list[_Line] = []
    at = 0
    while at < len(lines):
        text = lines[at].rstrip('\r\n')
        at += 1
        if not (bare := text.lstrip(SPACE)) or bare.startswith('#'):
            continue
        first = at
        if escape in text:
            text, at = _join(lines, at - 1, escape)
        heredocs: tuple[Heredoc, ...] = ()
        if '<<' in text and _takes_heredocs(text, escape):
            from hooks.dockerfile.heredoc import bodies, operators

            heredocs, at = bodies(operators(text), lines, at) or _unterminated()
        found.append((first, at, text, heredocs))
    return found


def _unterminated() -> tuple[tuple[Heredoc, ...], int]:
    raise Rejected


def _join(lines: list[str], at: int, escape: str) -> tuple[str, int]:
    """The instruction that starts at `lines[at]`, and where the next one may start.

    Comments and empty lines do not end a continued instruction, and the end of the file does.
    """
    pieces: list[str] = []
    while at < len(lines):
        line = lines[at].rstrip('\r\n')
        at += 1
        if pieces and (not (bare := line.lstrip(SPACE)) or bare.startswith('#')):
            continue
        code = line.rstrip(' \t')
        # An escape character that is itself escaped does not continue the line.
        if not code.endswith(escape) or code.endswith(escape * 2):
            return ''.join([*pieces, line]), at
        pieces.append(code[:-1])
    return ''.join(pieces), at


def _takes_heredocs(text: str, escape: str) -> bool:
    word, rest = cut(text)
    name, rest = word.lower(), split_flags(rest, escape)[1]
    if name == 'onbuild':
        return _takes_heredocs(rest, escape)
    return name in ('add', 'copy', 'run') and not arguments(name, rest, escape)[1]


def _words(lines: list[str]) -> list[str]:
    """The instruction word of each line.

    `WORD arguments` leaves no doubt. Any other spelling is dockerfile-parse's to settle, for the whole file: importing
    it takes longer than all else that a run on one plain file does.
    """
    words = [_plain_word(line) for line in lines]
    if all(words):
        return words
    from dockerfile_parse import DockerfileParser

    listing = ''.join(f'{line} {_END}\n' for line in lines)
    found = DockerfileParser(fileobj=io.StringIO(listing, newline='\n')).structure
    if len(found) != len(lines):
        raise Rejected  # a line that only starts like an instruction, or like a comment
    return [instruction['instruction'] for instruction in found]


@memo  # the Dockerfiles of a repository share most of their lines
def _plain_word(line: str) -> str:
    """The word of `WORD arguments`; '' for any other spelling."""
    word, rest = cut(line)
    return word if word.isascii() and word.isalpha() and rest else ''


def _step(line: _Line, word: str, escape: str) -> Step:
    """A step from a line and its instruction word, in any case."""
    first, last, text, heredocs = line
    name, flags, args, exec_form, rest = _read(text, word, escape)
    return Step(first, last, name, flags, args, exec_form, heredocs, rest)


@memo
def _read(line: str, word: str, escape: str) -> tuple[str, tuple[tuple[str, str], ...], tuple[str, ...], bool, str]:
    text = line.strip(SPACE)
    name, text = text[: len(word)].lower(), text[len(word) :]
    if text and text[0] not in BLANKS:
        raise Rejected  # the word ends in a character that is space to Python and not to BuildKit
    text = text.lstrip(BLANKS)
    words, rest = split_flags(text, escape)
    args, exec_form = arguments(name, rest, escape)
    check(name, words, args, exec_form)
    flags = [flag[2:].partition('=') for flag in words]
    return name.upper(), tuple([(flag, value) for flag, _, value in flags]), args, exec_form, text


def _dockerfile(steps: list[Step], escape: str) -> Dockerfile:
    starts = [at for at, step in enumerate(steps) if step.name == 'FROM']
    if not starts or any(step.name != 'ARG' for step in steps[: starts[0]]):
        raise Rejected
    stages = []
    for start, end in zip(starts, [*starts[1:], len(steps)]):
        source = steps[start]
        name = source.args[2].lower() if len(source.args) == 3 else ''
        platform = dict(source.flags).get('platform', '')
        stages.append(Stage(name, source.args[0], platform, source.line, tuple(steps[start + 1 : end])))
    return Dockerfile(tuple(steps[: starts[0]]), tuple(stages), escape)

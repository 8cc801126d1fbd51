"""Which files an ignore file hides: our matcher beside moby/patternmatcher, on made-up files."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest

from hooks.context import ignore
from tests.judges._oracle import ask, oracle_binary
from tests.judges._tally import tally

NAMES = (
    'a', 'b', 'c', 'a.go', 'go.sum', 'go.mod', 'vendor', 'cmd', 'foo', 'foobar', 'é', '.git', 'a b', 'x-y', '[a]',
    'a*b', '^a', 'a$', '(1)+', '\u2028z', '!x', 'a\\b', '-', ']', '#c', '..a', 'Foo', '0', 'a_b', '\ufeffa', 'v7',
    '{a,b}',
)  # fmt: skip
ELEMENTS = (*NAMES, '*', '*', '**', '**', '*.go', 'a*', '*b', '?', '[a-f]*', '[^a]', '.', '..', '')
FRAGMENTS = (
    '*', '**', '?', '/', '/', '.', '..', '!', '\\', '[', '[^', ']', '-', 'a-c', '[a-z]', '[!a]', '*.go', '**/', '/**',
    '/*', ' ', '\t', '#', 'a', 'b', 'go.sum', 'go.mod', 'vendor', 'é', 'foo', '^', '$', '+', '(', '|', ')', '{', '}',
    '{2}', '\\*', '\\[', '\\b', '\\d', '\\n', '\\w', '\\S', '\\z', '\\A', '[\\]]', '[a\\-b]', '[\\d]', '[*]', '[?]',
    '[[:alpha:]]', '\ufeff', '\u2028', '\xa0', '\x1f', './', '../', '\\.', '\\Q',
)  # fmt: skip
SEEDS = range(10)
FILES = 1500
# The oracle does not skip ignored folders as the client's walk does, and it makes a difference for these.
SKIPPED = re.compile(r'!.*/\*/+(\./+)*\*\*[\s/.]*$', re.MULTILINE)


def pattern(choose: random.Random) -> str:
    if choose.random() < 0.7:
        text = '/'.join(choose.choice(ELEMENTS) for _ in range(choose.randint(1, 4)))
    else:
        text = ''.join(choose.choice(FRAGMENTS) for _ in range(choose.randint(1, 5)))
    if choose.random() < 0.35:
        text = '!' + text
    if choose.random() < 0.1:
        text = choose.choice((' ', '/', './', '//', '\t', '# ')) + text
    return text + choose.choice((' ', '/', '//', '/.', '/..')) if choose.random() < 0.1 else text


def question(choose: random.Random) -> tuple[str, list[str]]:
    newline = choose.choice(('\n', '\n', '\n', '\r\n'))
    text = newline.join(pattern(choose) for _ in range(choose.randint(1, 6)))
    paths = ('/'.join(choose.choice(NAMES) for _ in range(choose.randint(1, 5))) for _ in range(14))
    return choose.choice(('', '', '', '\ufeff')) + text, list(paths)


def answers_to(questions: list[tuple[str, list[str]]]) -> list[Any]:
    binary = oracle_binary()
    if binary is None:
        pytest.skip('judge missing: moby/patternmatcher (needs Go)')
    return ask(binary, 'ignore', [{'text': text.encode(), 'paths': paths} for text, paths in questions])


@pytest.mark.parametrize('seed', SEEDS)
def test_verdicts(seed: int) -> None:
    choose = random.Random(seed)
    questions = [one for one in (question(choose) for _ in range(FILES)) if not SKIPPED.search(one[0])]
    compared = 0
    for (text, paths), answer in zip(questions, answers_to(questions)):
        patterns = ignore.parse(text)
        if patterns is None:
            continue
        assert not answer.get('error'), (text, answer)
        hidden_by = ignore.matcher(patterns)
        hidden = [hidden_by(path) is not None for path in paths]
        assert hidden == answer['ignored'], (text, paths)
        compared += len(paths)
    tally('moby/patternmatcher', compared)
    # All seeds together: 100,000 pairs of ignore file and path.
    assert compared > 100_000 / len(SEEDS)


def test_plain_files_are_understood() -> None:
    """What our parser declares unknown is an error, or looks like a regular expression."""
    choose = random.Random(99)
    questions = [(pattern(choose), ['go.sum', 'a/b', 'vendor/a']) for _ in range(3000)]
    unknown = 0
    for (text, _), answer in zip(questions, answers_to(questions)):
        if ignore.parse(text) is None and not answer.get('error'):
            unknown += 1
            assert re.search(r'\\|\[:|\||\{2\}|\[.*[-\]]|\ufeff', text), text
    assert 0 < unknown < len(questions) / 10

"""Ignore comments: what they ignore, and those that ignore nothing."""

from __future__ import annotations

import pytest

from hooks.report import ignores
from hooks.report.finding import Finding

HOOK = 'check-go-sum-copy'


@pytest.mark.parametrize(
    ('text', 'line', 'ignored'),
    [
        pytest.param('# check-go-sum-copy: ignore\nCOPY\n', 2, True, id='right above'),
        pytest.param('# check-go-sum-copy: ignore, it is generated\nCOPY\n', 2, True, id='with a reason'),
        pytest.param('#check-go-sum-copy:ignore\nCOPY\n', 2, True, id='without blanks'),
        pytest.param('  # check-go-sum-copy: ignore\n\tCOPY\n', 2, True, id='indented'),
        pytest.param('# check-go-sum-copy: ignore\n# why\nCOPY\n', 2 + 1, True, id='above another comment'),
        pytest.param('# a # check-go-sum-copy: ignore\nCOPY\n', 2, True, id='behind a comment'),
        pytest.param('# check-go-sum-copy: ignore\r\nCOPY\r\n', 2, True, id='with CRLF'),
        pytest.param('# check-go-sum-copy: ignore\n\nCOPY\n', 3, False, id='above an empty line'),
        pytest.param('# check-go-sum-copy: ignore\nRUN\nCOPY\n', 3, False, id='above another instruction'),
        pytest.param('COPY\n# check-go-sum-copy: ignore\n', 1, False, id='below'),
        pytest.param('COPY # check-go-sum-copy: ignore\n', 1, False, id='at the end of a line of a Dockerfile'),
        pytest.param('require x v1 // check-go-sum-copy: ignore\n', 1, True, id='at the end of a line of go.mod'),
        pytest.param('// check-go-sum-copy: ignore\nrequire x v1\n', 2, True, id='above a line of go.mod'),
        pytest.param('# check-tidy-order: ignore\nCOPY\n', 2, False, id='of another hook'),
        pytest.param('# go-docker/check-go-sum-copy: ignore\nCOPY\n', 2, True, id='with another name in front'),
        pytest.param('# check-go-sum-copy: ignored\nCOPY\n', 2, False, id='another word'),
        pytest.param('# check-go-sum-copy\nCOPY\n', 2, False, id='the name alone'),
        pytest.param('# check-go-sum-copy: ignore=wrong-context\nCOPY\n', 2, False, id='of another form'),
        pytest.param('# xcheck-go-sum-copy: ignore\nCOPY\n', 2, False, id='a name that ends alike'),
        pytest.param('', 1, False, id='an empty file'),
        pytest.param('COPY\n', 9, False, id='a line that is not there'),
    ],
)
def test_a_comment_ignores(text: str, line: int, ignored: bool) -> None:
    assert bool(ignores.ignored_by(text, line, HOOK)) is ignored


def test_a_rule_is_ignored_by_its_id() -> None:
    text = '# go-too-old: ignore\nFROM golang\n'
    assert ignores.ignored_by(text, 2, 'check-go-version', 'go-too-old') == 1
    assert ignores.ignored_by(text, 2, 'check-go-version', 'tool-moved') == 0


UNUSED = """\
# check-go-sum-copy: ignore
FROM golang
# wrong-context: ignore
COPY go.sum ./
# go-too-old: ignore
# check-go-sum-copy: ignore
COPY go.mod ./
"""


def test_a_comment_that_ignores_nothing_is_found() -> None:
    found = [
        Finding('Dockerfile', 4, 'wrong-context', '', ''),
        Finding('Dockerfile', 7, 'source-not-in-context', '', ''),
    ]
    unused = ignores.unused([('Dockerfile', UNUSED)], found, (HOOK, 'wrong-context', 'source-not-in-context'))
    # That of another hook's rule is not this hook's to judge.
    assert [(each.line, each.rule) for each in unused] == [(1, 'unused-ignore')]


def test_a_comment_for_another_rule_of_the_hook_ignores_nothing() -> None:
    found = [Finding('Dockerfile', 4, 'source-not-in-context', '', '')]
    unused = ignores.unused([('Dockerfile', UNUSED)], found, (HOOK, 'wrong-context', 'source-not-in-context'))
    assert [each.line for each in unused] == [1, 3, 6]


KNOWN = (HOOK, 'wrong-context', 'source-not-in-context', 'go-too-old', 'go-docker')


@pytest.mark.parametrize(
    ('comment', 'meant'),
    [
        pytest.param('# wrong-contxt: ignore', 'wrong-context', id='a slip'),
        pytest.param('# Wrong_Context: ignore, on purpose', 'wrong-context', id='written another way'),
        pytest.param('// source-not-in-contxt: ignore', 'source-not-in-context', id='in go.mod'),
        pytest.param('# check-go-sum-copy ignore', HOOK, id='no colon'),
        pytest.param('# check-go-sum-copy ignore=wrong-context', 'wrong-context', id='as hadolint has it'),
        pytest.param('# go-docker: ignore=wrong-contxt', 'wrong-context', id='both'),
        pytest.param('# wrong-context: ignore', '', id='right'),
        pytest.param('# wrong-context: ignore: it is generated', '', id='a reason behind a colon'),
        pytest.param('# go-to-old: ignore', '', id="another hook's rule"),
        pytest.param('# hadolint ignore=DL3006', '', id="another tool's"),
        pytest.param('# docker: ignore', '', id='another name'),
        pytest.param('# dockerignore', '', id='one word'),
        pytest.param('# the wrong-contxt: ignore it', '', id='prose'),
    ],
)
def test_a_comment_that_is_mistaken(comment: str, meant: str) -> None:
    found = [
        (each.line, each.rule, each.cure)
        for each in ignores.mistaken([('Dockerfile', f'FROM golang\n{comment}\nCOPY . .\n')], KNOWN[:3], KNOWN)
    ]
    assert found == ([(2, 'unused-ignore', f'write `{meant}: ignore`')] if meant else [])

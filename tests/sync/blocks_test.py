"""The marked block."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hooks.sync import blocks

SOURCE = '# Git\n.git\n\n# Docs\n*.md\n'
BLOCK = '# >>> sync-dockerignore: docker/.dockerignore\n# Git\n.git\n\n# Docs\n*.md\n# <<< sync-dockerignore\n'


def synced(text: str, source: str = SOURCE) -> str | None:
    return blocks.synced(text, source, 'docker/.dockerignore')


@pytest.mark.parametrize(
    ('text', 'expected'),
    [
        pytest.param('', BLOCK, id='an empty file is the block'),
        pytest.param('tmp\n', BLOCK + '\ntmp\n', id='a line of its own stands below the block'),
        pytest.param('.git\ntmp\n*.md\nbin\n', BLOCK + '\ntmp\nbin\n', id='lines that the block has are dropped'),
        pytest.param(' .git \n# Git\n', BLOCK, id='white space makes no other pattern, and a comment of it is dropped'),
        pytest.param(' # Git\n', BLOCK + '\n # Git\n', id='an indented comment is a pattern, and no comment'),
        pytest.param('!*.md\n', BLOCK + '\n!*.md\n', id='an exception is kept'),
        pytest.param('a\n\n\nb\n\n', BLOCK + '\na\n\n\nb\n', id='blank lines between lines of its own are kept'),
        pytest.param('a\n\n.git\n\nb\n', BLOCK + '\na\n\nb\n', id='those around a dropped line are one'),
        pytest.param('tmp', BLOCK + '\ntmp', id='a file without a final newline stays without'),
        pytest.param('.git', BLOCK[:-1], id='also where nothing but the block is left'),
        pytest.param('tmp\r\n', BLOCK.replace('\n', '\r\n') + '\r\ntmp\r\n', id='CRLF stays CRLF'),
        pytest.param('\ufefftmp\n', '\ufeff' + BLOCK + '\ntmp\n', id='a byte order mark stays in front'),
        pytest.param('\ufeff.git\n', '\ufeff' + BLOCK, id='and is no part of the first line'),
        pytest.param('t\udcffmp\x0c\u2028\n', BLOCK + '\nt\udcffmp\x0c\u2028\n', id='what is no UTF-8 is kept'),
        pytest.param(
            'above\n# >>> sync-dockerignore: old\nold\n# <<< sync-dockerignore\nbelow',
            'above\n' + BLOCK + 'below',
            id='a block is replaced where it stands',
        ),
        pytest.param(
            BLOCK.replace('*.md\n', '') + '.git\n',
            BLOCK + '.git\n',
            id='below a block a line that the block has is the user\'s wish',
        ),
    ],
)  # fmt: skip
def test_the_block_is_written(text: str, expected: str) -> None:
    assert synced(text) == expected


@pytest.mark.parametrize(
    ('text', 'expected'),
    [
        pytest.param('.git\n*.md\n', True, id='a plain copy'),
        pytest.param(
            '\ufeff.git\r\n\r\n# mine\r\n*.md', True, id='whatever its comments, line endings and blank lines'
        ),
        pytest.param(BLOCK + 'tmp\n!README.md\n', True, id='the block, with lines below'),
        pytest.param(BLOCK.replace('# Git\n', ''), True, id='the block without its comments'),
        pytest.param('*.md\n.git\n', False, id='another order'),
        pytest.param('.git\n*.md\ntmp\n', False, id='more lines and no block'),
        pytest.param('', False, id='nothing'),
        pytest.param(BLOCK.replace('*.md', '*.txt') + '*.md\n', False, id='another block'),
        pytest.param('# <<< sync-dockerignore\n.git\n*.md\n', False, id='a marker that is left over'),
    ],
)
def test_in_step(text: str, expected: bool) -> None:
    assert blocks.in_step(text, SOURCE) is expected


@pytest.mark.parametrize(
    ('text', 'line', 'what'),
    [
        pytest.param('a\n# >>> sync-dockerignore: x\n.git\n', 2, 'no `# <<< sync-dockerignore` below', id='no end'),
        pytest.param('# <<< sync-dockerignore\n', 1, 'has no `# >>> sync-dockerignore: …` above', id='no begin'),
        pytest.param(BLOCK + BLOCK, 8, 'a second time', id='two blocks'),
        pytest.param('# >>> sync-dockerignore: x\n' + BLOCK, 1, 'no `# <<< sync-dockerignore` below', id='two begins'),
        pytest.param(BLOCK + '# <<< sync-dockerignore\n', 8, 'a second time', id='two ends'),
        pytest.param('\n  # >>> sync-dockerignore: x\n# <<< sync-dockerignore', 2, 'is indented', id='indented'),
    ],
)
def test_damaged_markers_are_named_and_nothing_is_written(text: str, line: int, what: str) -> None:
    damage = blocks.find(text)
    assert isinstance(damage, blocks.Damage)
    assert damage.line == line
    assert what in damage.what
    assert synced(text) is None


def test_a_canonical_text_with_markers_of_its_own() -> None:
    assert synced('', BLOCK) == BLOCK


LINES = st.lists(
    st.sampled_from(['.git', '*.md', '# Git', '', '!a', ' # b', 'tmp', '\ufeff', '\udcff', '\x0c', 'c d ']) | st.text()
)
TEXTS = st.builds(
    lambda mark, lines, end, final: mark + end.join(lines) + end * final,
    st.sampled_from(['', '\ufeff']),
    LINES,
    st.sampled_from(['\n', '\r\n']),
    st.booleans(),
)


@given(TEXTS, TEXTS)
def test_a_sync_is_in_step_and_does_nothing_twice(text: str, source: str) -> None:
    once = synced(text, source)
    if once is None:
        assert isinstance(blocks.find(text), blocks.Damage)
        return
    assert blocks.in_step(once, source)
    assert synced(once, source) == once


@given(TEXTS, TEXTS)
def test_what_is_not_in_the_block_is_kept_in_order(text: str, source: str) -> None:
    once = synced(text, source)
    if once is None or isinstance(blocks.find(text), blocks.Block):
        return
    block = blocks.find(once)
    assert isinstance(block, blocks.Block)
    below = once.removeprefix('\ufeff').split('\n')[block.end + 1 :]
    own = [pattern for pattern in blocks.patterns(text) if pattern not in blocks.patterns(source)]
    assert [pattern for pattern in blocks.patterns('#\n' + '\n'.join(below))] == own  # noqa: C416
    assert once.startswith('\ufeff') == text.startswith('\ufeff')
    assert once.endswith('\n') == (not text or text.endswith('\n'))


@given(TEXTS, TEXTS, TEXTS)
def test_another_canonical_text_leaves_the_rest_alone(text: str, first: str, second: str) -> None:
    once = synced(text, first)
    twice = synced(once, second) if once is not None else None
    if once is not None and twice is not None:
        assert synced(twice, first) == once

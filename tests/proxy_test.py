"""The versions that the list of a module proxy skips, and what the proxy says of them."""

from __future__ import annotations

import json

import pytest

from tools import _proxy


@pytest.mark.parametrize(
    ('versions', 'skipped'),
    [
        pytest.param('', '', id='nothing listed'),
        pytest.param('v0.1.0 v0.2.0 v0.3.0', '', id='all there'),
        pytest.param('v0.9.0 v0.11.0', 'v0.10.0', id='a minor'),
        pytest.param('v0.1.0 v0.1.3', 'v0.1.1 v0.1.2', id='patches'),
        pytest.param('v1.0.2 v1.1.0', 'v1.0.0 v1.0.1', id='patches below the lowest'),
        pytest.param('v0.3.0 v0.4.0', '', id='nothing below the lowest minor'),
        pytest.param('v0.1.0 v0.3.0-pre.1', '', id='a pre-release'),
        pytest.param('v0.1.0 v0.2.0 v1.1.0 v1.3.0', 'v1.2.0', id='each major version by itself'),
    ],
)
def test_what_a_list_goes_past(versions: str, skipped: str) -> None:
    assert _proxy.skipped(versions.split()) == skipped.split()


def test_only_what_is_served_is_told_and_many_are_asked_for_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    questions: list[list[str]] = []

    def go(*words: str) -> _proxy.Answer:
        names = [word.partition('@')[2] for word in words if '@' in word]
        questions.append(names)
        entries = ({'Version': name, **({} if name.endswith('3.0') else {'GoMod': 'a{b}'})} for name in names)
        return _proxy.Answer(False, '\n'.join(json.dumps(entry, indent='\t') for entry in entries))

    monkeypatch.setattr(_proxy, 'go', go)
    versions = [f'v0.{minor}.0' for minor in range(1, 101)]
    found = [entry['Version'] for entry in _proxy.served('example.com/m', versions)]
    assert found == [version for version in versions if not version.endswith('3.0')]
    assert len(questions) == 2
    assert [name for names in questions for name in names] == versions


def test_a_module_that_is_not_known_is_told_from_one_without_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = {'a': _proxy.Answer(True, 'a v1.0.0 v1.1.0\n'), 'b': _proxy.Answer(True, 'b\n')}
    monkeypatch.setattr(_proxy, 'go', lambda *words: answers.get(words[-1], _proxy.Answer(False, '')))
    assert [_proxy.listed(name) for name in ('a', 'b', 'c')] == [{'v1.0.0', 'v1.1.0'}, set(), None]

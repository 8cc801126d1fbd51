"""Findings for machines, read back by what reads them."""

from __future__ import annotations

import json

import pytest

from hooks import check_go_version, check_tidy_order
from hooks.report import formats
from hooks.report.finding import Finding, Related
from tests.conftest import MakeRepository, RunHook

FOUND = [
    Finding('a b/Dockerfile', 3, 'go-too-old', 'it is 100% old', 'build anew', related=(Related('go.mod', 3, 'says'),)),
    Finding('caf\udce9,x/Docker:file', 1, 'no-go-mod', 'a\nb', 'c', hook='check-tidy-order'),
]
HOOK = 'check-go-version'
OLD = {
    'Dockerfile': 'FROM golang:1.21\nWORKDIR /app\nCOPY . .\nRUN go build .\n',
    'go.mod': 'module example.com/app\n\ngo 1.24\n',
    'main.go': 'package main\n\nfunc main() {}\n',
}


def test_json_has_each_finding_with_its_hook_and_places() -> None:
    text = formats.render('json', FOUND, HOOK)
    assert json.loads(text.encode()) == {
        'version': 1,
        'findings': [
            {
                'hook': 'check-go-version',
                'rule': 'go-too-old',
                'path': 'a b/Dockerfile',
                'line': 3,
                'message': 'it is 100% old: build anew',
                'cure': 'build anew',
                'related': [{'path': 'go.mod', 'line': 3, 'note': 'says'}],
            },
            {
                'hook': 'check-tidy-order',
                'rule': 'no-go-mod',
                'path': 'caf\ufffd,x/Docker:file',
                'line': 1,
                'message': 'a\nb: c',
                'cure': 'c',
                'related': [],
            },
        ],
    }


def test_sarif_names_rules_places_and_related_places() -> None:
    log = json.loads(formats.render('sarif', FOUND, HOOK))
    (run,) = log['runs']
    first, second = run['results']
    rules = [rule['id'] for rule in run['tool']['driver']['rules']]
    assert log['version'] == '2.1.0'
    assert [rules[each['ruleIndex']] for each in run['results']] == [each['ruleId'] for each in run['results']]
    place = first['locations'][0]['physicalLocation']
    assert (place['artifactLocation']['uri'], place['region']['startLine']) == ('a%20b/Dockerfile', 3)
    assert first['relatedLocations'][0]['message'] == {'text': 'says'}
    # The bytes of a name that is no UTF-8 survive in a URI.
    assert second['locations'][0]['physicalLocation']['artifactLocation']['uri'] == 'caf%E9%2Cx/Docker%3Afile'


def test_an_annotation_is_one_line_that_github_reads_back() -> None:
    first, second = formats.render('github', FOUND, HOOK).splitlines()
    assert first == '::error file=a b/Dockerfile,line=3,title=go-too-old::it is 100%25 old: build anew'
    assert second == '::error file=caf\ufffd%2Cx/Docker%3Afile,line=1,title=no-go-mod::a%0Ab: c'


@pytest.mark.parametrize('style', ['json', 'sarif', 'github'])
def test_a_run_prints_nothing_else(repo: MakeRepository, run: RunHook, style: str) -> None:
    repo(OLD)
    outcome = run(check_go_version.main, '--format', style, 'Dockerfile')
    assert outcome.code == 1
    assert 'go-too-old' in outcome.out
    assert style == 'github' or json.loads(outcome.out)
    clean = run(check_tidy_order.main, '--format', style, 'Dockerfile')
    assert clean.code == 0
    assert clean.out == '' if style == 'github' else json.loads(clean.out)

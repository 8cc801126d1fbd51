"""Findings for machines: JSON, SARIF for code scanning, annotations for GitHub, a code-quality report for GitLab.

Imported only when one is asked for.

Every text is printable Unicode: a byte of a file name that is no UTF-8 is shown as U+FFFD.
"""

from __future__ import annotations

import json
import re

from hooks.lean.record import Record
from hooks.report.harmless import harmless

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from hooks.report.finding import Finding

# The format of `--format json`; a later one may have more members.
JSON_VERSION = 1


class About(Record):
    """What is to be known of a rule: the failure in a sentence, and its cure in general."""

    sentence: str
    cure: str


def render(name: str, findings: Sequence[Finding], hook: str, about: Callable[[str], About | None]) -> str:
    """The findings of a hook in one of the formats; `about` tells of a rule."""
    return _sarif(findings, hook, about) if name == 'sarif' else _RENDERERS[name](findings, hook)


def _github(findings: Sequence[Finding], hook: str) -> str:
    """Workflow commands: https://docs.github.com/actions/reference/workflow-commands-for-github-actions."""
    return ''.join(
        f'::error file={_property(each.path)},line={each.line},title={_property(each.rule)}::{_data(each.message)}\n'
        for each in findings
    )


def _data(text: str) -> str:
    return '%0A'.join(harmless(line).replace('%', '%25') for line in _shown(text).split('\n'))


def _property(text: str) -> str:
    return _data(text).replace(':', '%3A').replace(',', '%2C')


def _json(findings: Sequence[Finding], hook: str) -> str:
    return _dumped({'version': JSON_VERSION, 'findings': [_object(each, each.hook or hook) for each in findings]})


def _object(finding: Finding, hook: str) -> dict[str, Any]:
    related = [{'path': _shown(path), 'line': line, 'note': _shown(note)} for path, line, note in finding.related]
    return {
        'hook': hook,
        'rule': finding.rule,
        'path': _shown(finding.path),
        'line': finding.line,
        'message': _shown(finding.message),
        'cure': _shown(finding.cure),
        'related': related,
    }


def _gitlab(findings: Sequence[Finding], hook: str) -> str:
    """https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format; what is alike has a number."""
    from hashlib import sha256

    seen: dict[tuple[str, str, str], int] = {}
    report = []
    for each in findings:
        key = each.path, each.rule, each.fact
        seen[key] = seen.get(key, 0) + 1
        text = '\0'.join((*key, str(seen[key]))).encode('utf-8', 'surrogateescape')
        report.append(
            {
                'description': _shown(each.message),
                'check_name': each.rule,
                'fingerprint': sha256(text).hexdigest(),
                'severity': 'major',
                'location': {'path': _shown(each.path), 'lines': {'begin': max(each.line, 1)}},
            }
        )
    return _dumped(report)


def _sarif(findings: Sequence[Finding], hook: str, about: Callable[[str], About | None]) -> str:
    """SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html."""
    from hooks.lean.version import VERSION

    rules = sorted({each.rule for each in findings})
    driver = {
        'name': 'go-docker-hooks',
        'version': VERSION,
        'rules': [_rule(rule, about(rule)) for rule in rules],
    }
    run = {
        'tool': {'driver': driver},
        'originalUriBaseIds': {'SRCROOT': {'description': {'text': "the repository's top"}}},
        'results': [_result(each, rules.index(each.rule), each.hook or hook) for each in findings],
    }
    schema = 'https://json.schemastore.org/sarif-2.1.0.json'
    return _dumped({'$schema': schema, 'version': '2.1.0', 'runs': [run]})


def _rule(rule: str, about: About | None) -> dict[str, Any]:
    if about is None:
        return {'id': rule, 'shortDescription': {'text': rule.replace('-', ' ')}}
    return {'id': rule, 'shortDescription': {'text': about.sentence}, 'help': {'text': about.cure}}


def _result(finding: Finding, rule: int, hook: str) -> dict[str, Any]:
    return {
        'ruleId': finding.rule,
        'ruleIndex': rule,
        'level': 'error',
        'message': {'text': _shown(finding.message)},
        'locations': [_location(finding.path, finding.line)],
        'relatedLocations': [
            {**_location(path, line), 'message': {'text': _shown(note)}} for path, line, note in finding.related
        ],
        'properties': {'hook': hook},
    }


def _location(path: str, line: int) -> dict[str, Any]:
    from urllib.parse import quote

    uri = quote(path.encode('utf-8', 'surrogateescape'))
    return {
        'physicalLocation': {
            'artifactLocation': {'uri': uri, 'uriBaseId': 'SRCROOT'},
            'region': {'startLine': max(line, 1)},
        }
    }


def _dumped(value: object) -> str:
    text = json.dumps(value, indent=2, ensure_ascii=False)
    # What drives a terminal or a CI log can only stand in a string, where an escape means the same.
    text = re.sub(r'##(?=\w*\[)', r'\\u0023#', text)
    return re.sub(r'[^\n -~]', lambda match: _escaped(match[0]), text) + '\n'


def _escaped(char: str) -> str:
    return char if char.isprintable() else json.dumps(char)[1:-1]


def _shown(text: str) -> str:
    return text.encode('utf-8', 'surrogateescape').decode('utf-8', 'replace')


_RENDERERS: dict[str, Callable[[Sequence[Finding], str], str]] = {
    'github': _github,
    'gitlab': _gitlab,
    'json': _json,
}

"""What a repository accepts for now: `[ignore]` of the config, a baseline, and what is wrong with either."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from hooks import check_go_sum_copy, check_x_versions, go_docker, sync_dockerignore
from hooks.builds.subjects import CONFIG

if TYPE_CHECKING:
    from tests.conftest import MakeRepository, RunHook

BASELINE = 'known.json'
DOCKERFILE = """\
FROM golang:1.23
WORKDIR /app
COPY go.mod go.sum ./
COPY . .
RUN go build -o /api .
"""
SERVICE = {
    'Dockerfile': DOCKERFILE,
    'go.mod': 'module example.com/app\n\ngo 1.23\n\nrequire golang.org/x/net v1.20.0\n',
    'main.go': 'package main\n\nimport _ "golang.org/x/net/html"\n\nfunc main() {}\n',
}
COPY = 'source-not-in-context'


def below(folder: str) -> dict[str, str]:
    return {f'{folder}/{name}': text for name, text in SERVICE.items()}


def places(out: str) -> list[str]:
    return [':'.join(line.split(':')[:2]) for line in out.split('\n')[:-1]]


@pytest.mark.parametrize(
    ('names', 'expected'),
    [
        ((), ['examples/a/Dockerfile:3', 'examples/a/go.mod:5']),
        ((COPY,), ['examples/a/go.mod:5']),
        (('check-go-sum-copy',), ['examples/a/go.mod:5']),
        (('check-go-sum-copy', 'no-such-x-version'), []),
        (('go-docker',), []),
        (('check-tidy-order',), ['examples/a/Dockerfile:3', 'examples/a/go.mod:5']),
    ],
)
def test_the_config_ignores_hooks_and_rules_by_path(
    repo: MakeRepository, run: RunHook, names: tuple[str, ...], expected: list[str]
) -> None:
    config = f'[ignore]\n"examples/**" = {list(names)}\n' if names else ''
    repo({**below('examples/a'), **below('services/b'), CONFIG: config})
    outcome = run(go_docker.main)
    assert places(outcome.out) == [*expected, 'services/b/Dockerfile:3', 'services/b/go.mod:5']


def test_a_hook_of_its_own_heeds_the_config_too_and_so_does_a_fix(repo: MakeRepository, run: RunHook) -> None:
    repo({**SERVICE, CONFIG: '[ignore]\n"go.mod" = ["no-such-x-version"]\n'})
    assert run(check_x_versions.main, 'go.mod') == (0, '', '')
    assert run(check_x_versions.main, '--fix', 'go.mod') == (0, '', '')


@pytest.mark.parametrize(
    ('name', 'cure'),
    [('tidy-befor-source', 'write `tidy-before-source`'), ('DL3006', 'write one of those in docs/findings.md')],
)
def test_a_name_that_nothing_has_is_a_finding(repo: MakeRepository, run: RunHook, name: str, cure: str) -> None:
    repo({**SERVICE, CONFIG: f'[ignore]\n"Dockerfile" = ["{name}", "check-tidy-order", "no-go-mod"]\n'})
    outcome = run(check_x_versions.main, 'Dockerfile', CONFIG)
    assert outcome.out == f'{CONFIG}:2: `{name}` in `ignore."Dockerfile"` is no rule and no hook: {cure}\n'


def test_targets_without_a_source_are_a_finding(repo: MakeRepository, run: RunHook) -> None:
    repo({**below('a'), 'ignore': '*.md\n', CONFIG: '[dockerignore]\ntargets = ["a"]\n'})
    said = f'{CONFIG}:2: `dockerignore.targets` stands without `source`: '
    assert run(sync_dockerignore.main, '--check').out.startswith(said)
    assert run(sync_dockerignore.main, '--check', '--source', 'ignore').out.startswith('a/.dockerignore:1: missing')


# The baseline


def written(run: RunHook) -> str:
    assert run(go_docker.main, '--baseline', BASELINE, '--write-baseline') == (0, f'Writing {BASELINE}\n', '')
    with open(BASELINE, encoding='utf-8') as file:
        return file.read()


def known(run: RunHook, *argv: str) -> list[str]:
    outcome = run(go_docker.main, '--baseline', BASELINE, *argv)
    assert outcome.err == ''
    assert outcome.code == int(bool(outcome.out))
    return places(outcome.out)


def test_what_is_written_is_known_and_nothing_is_written_twice(repo: MakeRepository, run: RunHook) -> None:
    repo(SERVICE)
    found = json.loads(written(run))
    assert found['version'] == 1
    assert found['findings'] == [
        {'path': 'Dockerfile', 'rule': COPY, 'text': 'COPY go.mod go.sum ./', 'count': 1},
        {'path': 'go.mod', 'rule': 'no-such-x-version', 'text': 'require golang.org/x/net v1.20.0', 'count': 1},
    ]
    assert known(run) == []
    assert run(go_docker.main, '--baseline', BASELINE, '--write-baseline') == (0, '', '')


def test_only_what_is_new_is_reported(repo: MakeRepository, run: RunHook) -> None:
    repo(SERVICE)
    written(run)
    repo({'go.mod': SERVICE['go.mod'] + 'require golang.org/x/sys v1.20.0\n', **below('a')})
    assert known(run) == ['a/Dockerfile:3', 'a/go.mod:5', 'go.mod:6']
    assert known(run, 'a/go.mod') == ['a/Dockerfile:3', 'a/go.mod:5']


def test_a_finding_may_move(repo: MakeRepository, run: RunHook) -> None:
    repo(SERVICE)
    written(run)
    repo({'Dockerfile': '# More\n\n' + DOCKERFILE.replace('COPY go.mod', 'COPY   go.mod')})
    assert known(run) == []
    repo({'Dockerfile': DOCKERFILE.replace('./\n', '/app/\n')})
    assert known(run, 'Dockerfile') == ['Dockerfile:3']


def test_as_many_of_a_kind_are_known_as_were_written(repo: MakeRepository, run: RunHook) -> None:
    repo(SERVICE)
    written(run)
    repo({'Dockerfile': DOCKERFILE.replace('COPY . .', 'COPY go.mod go.sum ./\nCOPY . .')})
    assert known(run) == ['Dockerfile:4']


def test_what_a_comment_ignores_is_not_counted(repo: MakeRepository, run: RunHook) -> None:
    commented = DOCKERFILE.replace('COPY go.mod', f'# {COPY}: ignore\nCOPY go.mod')
    repo({**SERVICE, 'Dockerfile': commented})
    assert COPY not in written(run)
    repo(SERVICE)
    assert known(run) == ['Dockerfile:3']


def test_it_is_of_the_whole_repository_wherever_it_is_written(
    repo: MakeRepository, run: RunHook, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo({**SERVICE, **below('a'), **below('b')})
    monkeypatch.chdir('a')
    outcome = run(go_docker.main, '--baseline', f'../{BASELINE}', '--write-baseline')
    assert (outcome.code, outcome.err) == (0, '')
    monkeypatch.chdir('..')
    assert known(run) == []


def test_hooks_share_a_file(repo: MakeRepository, run: RunHook) -> None:
    repo(SERVICE)
    for hook in (check_go_sum_copy, check_x_versions, check_go_sum_copy):
        run(hook.main, '--baseline', BASELINE, '--write-baseline')
    assert known(run) == []


def test_what_is_mended_is_said_of_a_whole_run(repo: MakeRepository, run: RunHook) -> None:
    repo(SERVICE)
    written(run)
    repo({'go.mod': SERVICE['go.mod'].replace('v1.', 'v0.')})
    said = f'go-docker: {BASELINE} has findings that are mended: write it anew with `--write-baseline`\n'
    assert run(go_docker.main, '--baseline', BASELINE) == (0, '', said)
    assert run(go_docker.main, '--baseline', BASELINE, 'go.mod') == (0, '', '')


@pytest.mark.parametrize(
    'text', [None, '', '[]', '{}', '{"findings": [{"path": "a"}]}', '[' * 100_000, '{"findings": 1}']
)
def test_without_a_baseline_all_is_reported_and_it_is_said(
    repo: MakeRepository, run: RunHook, text: str | None
) -> None:
    repo({**SERVICE, **({BASELINE: text} if text is not None else {})})
    outcome = run(go_docker.main, '--baseline', BASELINE, 'Dockerfile')
    assert (outcome.code, places(outcome.out)) == (2, ['Dockerfile:3'])
    assert outcome.err.startswith(f'go-docker: {BASELINE} is no')
    assert outcome.err.endswith(' with `--write-baseline`\n')


@pytest.mark.parametrize(
    'argv', [('--write-baseline',), ('--baseline', 'x', '--write-baseline', 'Dockerfile'), ('--baseline', '../x')]
)
def test_wrong_usage(repo: MakeRepository, run: RunHook, argv: tuple[str, ...]) -> None:
    repo({'Dockerfile': ''})
    assert run(go_docker.main, *argv).code == 2
    assert not os.path.exists('../x')


def test_a_name_that_is_not_utf_8_is_known_too(repo: MakeRepository, run: RunHook) -> None:
    repo({'caf\udce9/Dockerfile': DOCKERFILE.replace('WORKDIR', '# \udce9\nWORKDIR'), 'caf\udce9/go.mod': ''})
    written(run)
    assert known(run) == []

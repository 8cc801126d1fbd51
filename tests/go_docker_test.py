"""All checks in one process: they say what each says alone, and fix what each fixes alone."""

from __future__ import annotations

import json

import pytest

from hooks import (
    check_go_sum_copy,
    check_go_version,
    check_static_binary,
    check_tidy_order,
    check_x_versions,
    go_docker,
)
from tests.cases import CASES
from tests.cases._case import Case
from tests.conftest import MakeRepository, RunHook

SINGLE = (check_go_sum_copy, check_go_version, check_static_binary, check_tidy_order, check_x_versions)
BROKEN = {
    'Dockerfile': 'FROM golang:1.21\nWORKDIR /app\nCOPY go.mod ./\nRUN go mod tidy\nCOPY . .\n',
    'go.mod': 'module example.com/app\n\ngo 1.24\n\nrequire golang.org/x/net v1.20.0\n',
    'main.go': 'package main\n\nimport _ "golang.org/x/net/html"\n\nfunc main() {}\n',
}
MODULE = {'go.mod': 'module example.com/app\n\ngo 1.24\n', 'main.go': 'package main\n\nfunc main() {}\n'}


def alone(run: RunHook, *argv: str) -> list[str]:
    """What the single hooks say, as one list."""
    found = [(hook.HOOK, json.loads(run(hook.main, '--format', 'json', *argv).out)['findings']) for hook in SINGLE]
    return sorted('{path}:{line}: {message} [{}/{rule}]'.format(hook, **each) for hook, one in found for each in one)


def test_it_says_what_each_check_says_alone(repo: MakeRepository, run: RunHook) -> None:
    repo(BROKEN)
    outcome = run(go_docker.main, *BROKEN)
    assert (outcome.code, sorted(outcome.out.splitlines()), outcome.err) == (1, alone(run, *BROKEN), '')
    assert {line.rpartition(' ')[2] for line in outcome.out.splitlines()} >= {
        '[check-go-version/go-too-old]',
        '[check-tidy-order/tidy-before-source]',
        '[check-x-versions/no-such-x-version]',
    }


@pytest.mark.parametrize('case', CASES[::25], ids=lambda case: case.name)
def test_so_it_does_in_the_table_of_cases(case: Case, repo: MakeRepository, run: RunHook) -> None:
    repo({path: text for path, text in case.files.items() if isinstance(text, str)})
    outcome = run(go_docker.main)
    assert sorted(outcome.out.splitlines()) == alone(run)


def test_it_is_sorted_by_place(repo: MakeRepository, run: RunHook) -> None:
    repo({f'{folder}/{path}': text for folder in 'ab' for path, text in BROKEN.items()})
    places = [
        (path, int(line)) for path, line, _ in (each.split(':', 2) for each in run(go_docker.main).out.splitlines())
    ]
    assert places == sorted(places)


@pytest.mark.parametrize('name', ['check-go-version', 'go-too-old'])
def test_a_comment_names_the_check_or_the_rule(repo: MakeRepository, run: RunHook, name: str) -> None:
    repo({**BROKEN, 'Dockerfile': f'# {name}: ignore, on purpose\n' + BROKEN['Dockerfile']})
    out = run(go_docker.main).out
    assert '/tidy-before-source]' in out
    assert '/go-too-old]' not in out
    assert run(go_docker.main, '--unused-ignores').out == out


def test_a_comment_names_all_checks(repo: MakeRepository, run: RunHook) -> None:
    repo(
        {
            'Dockerfile': '# go-docker: ignore, on purpose\nFROM golang:1.21\nWORKDIR /app\nCOPY . .\nRUN go build .\n',
            **MODULE,
        }
    )
    assert run(go_docker.main, '--unused-ignores').out == ''


@pytest.mark.parametrize('comment', ['go-to-old: ignore', 'go-docker ignore=go-too-old'])
def test_a_slip_in_a_comment_is_named_beside_what_it_leaves(repo: MakeRepository, run: RunHook, comment: str) -> None:
    repo({'Dockerfile': f'# {comment}\nFROM golang:1.21\nWORKDIR /app\nCOPY . .\nRUN go build .\n', **MODULE})
    slip, left = run(go_docker.main).out.splitlines()
    assert slip == f'Dockerfile:1: `{comment}` ignores nothing: write `go-too-old: ignore`'
    assert left.startswith('Dockerfile:2: go.mod:3 requires go >= 1.24')


def test_a_slip_that_leaves_nothing_is_named_where_the_user_asks(repo: MakeRepository, run: RunHook) -> None:
    repo({'Dockerfile': '# go-to-old: ignore\nFROM golang:1.24\nWORKDIR /app\nCOPY . .\nRUN go build .\n', **MODULE})
    assert run(go_docker.main).out == ''
    assert 'write `go-too-old: ignore`' in run(go_docker.main, '--unused-ignores').out


def test_a_comment_that_ignores_nothing(repo: MakeRepository, run: RunHook) -> None:
    repo({'Dockerfile': 'FROM golang:1.21\nWORKDIR /app\n# check-tidy-order: ignore\nCOPY . .\n', 'go.mod': ''})
    assert run(go_docker.main).out == ''
    assert 'ignores nothing' in run(go_docker.main, '--unused-ignores').out


def test_fix_writes_what_each_check_writes(repo: MakeRepository, run: RunHook) -> None:
    files = {
        'Dockerfile': 'FROM golang:1.21\nWORKDIR /app\nCOPY go.mod go.sum ./\nCOPY . .\nRUN go build .\n',
        'go.mod': 'module example.com/app\n\ngo 1.21\n',
        'lib/go.mod': 'module example.com/lib\n\nrequire golang.org/x/net v1.20.0\n',
        'main.go': 'package main\n\nfunc main() {}\n',
    }
    repo(files)
    first = run(go_docker.main, '--fix')
    assert first.code == 1
    assert 'Rewriting Dockerfile\n' in first.out
    assert 'Rewriting lib/go.mod\n' in first.out
    again = run(go_docker.main, '--fix')
    assert (again.code, again.out) == (0, '')


def test_behind_a_wrong_context_nothing_else_is_said(repo: MakeRepository, run: RunHook) -> None:
    """From the right one `COPY api/ .` brings a program; from the wrong one it brings the package api/api."""
    repo(
        {
            'compose.yaml': 'services:\n  api:\n    build: api\n',
            'api/Dockerfile': (
                'FROM golang:1.21 AS build\nWORKDIR /app\nCOPY api/go.mod ./\nCOPY api/ .\n'
                'RUN CGO_ENABLED=0 go build -o /bin/app .\n'
                'FROM scratch\nCOPY --from=build /bin/app /app\nENTRYPOINT ["/app"]\n'
            ),
            'api/go.mod': 'module example.com/app\n\ngo 1.21\n',
            'api/main.go': 'package main\n\nfunc main() {}\n',
            'api/api/api.go': 'package api\n',
        }
    )
    outcome = run(go_docker.main)
    assert [line.split(':')[:2] for line in outcome.out.splitlines()] == [['api/Dockerfile', '3']], outcome.out
    assert 'set `context: .`' in outcome.out


OLD = 'FROM golang:1.21\nWORKDIR /app\n{}COPY . .\nRUN go build .{}\n'
SLIP = '`go-too-old: ignore` ignores nothing here: put it right above line 1'


@pytest.mark.parametrize(
    ('above', 'behind', 'line'),
    [('# go-too-old: ignore, for now\n', '', 3), ('', ' # go-too-old: ignore', 4)],
    ids=['above another instruction', 'at the end of a line'],
)
def test_a_comment_in_the_wrong_place_is_named_beside_what_it_leaves(
    repo: MakeRepository, run: RunHook, above: str, behind: str, line: int
) -> None:
    repo({'Dockerfile': OLD.format(above, behind), **MODULE})
    assert run(go_docker.main).out.splitlines()[1:] == [f'Dockerfile:{line}: {SLIP}']
    assert 'remove that comment' in run(go_docker.main, '--unused-ignores').out


def test_a_comment_that_is_right_once_is_right(repo: MakeRepository, run: RunHook) -> None:
    more = 'FROM golang:1.22\nCOPY . /x\nRUN cd /x && go build .\nCOPY --from=0 /app /y\n'
    two = f'# go-too-old: ignore\n{OLD.format("", "")}{more}'
    repo({'Dockerfile': two, **MODULE})
    assert len(run(go_docker.main).out.splitlines()) == 1


@pytest.mark.parametrize('name', ['check-go-version', 'go-docker'])
def test_one_by_the_name_of_a_hook_may_be_for_an_option(repo: MakeRepository, run: RunHook, name: str) -> None:
    repo({'Dockerfile': OLD.format(f'# {name}: ignore\n', ''), **MODULE})
    assert len(run(go_docker.main).out.splitlines()) == 1


def test_what_the_config_ignores_needs_no_comment(repo: MakeRepository, run: RunHook) -> None:
    config = {'.go-docker-hooks.toml': '[ignore]\n"Dockerfile" = ["go-too-old"]\n'}
    repo({'Dockerfile': OLD.format('# go-too-old: ignore\n', ''), **MODULE, **config})
    assert run(go_docker.main) == (0, '', '')

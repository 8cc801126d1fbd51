"""Why a context lacks a file that is none of Go's own, word for word, and when that is not certain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hooks import check_go_sum_copy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.conftest import MakeRepository, RunHook

COMPOSE = 'services:\n  app:\n    build: .\n'
TREE = {'go.mod': 'module example.com/shop\n\ngo 1.21\n', 'main.go': 'package main\n', 'compose.yaml': COMPOSE}
LEAVE = ', or leave it out of the instruction'


@pytest.mark.parametrize(
    ('sources', 'plus', 'expected'),
    [
        pytest.param('app.toml', {}, f'since nothing of that name is in git: commit app.toml{LEAVE}', id='nowhere'),
        pytest.param(
            'app.toml', {'conf/app.toml': ''}, 'but in conf: write `conf/app.toml`', id='moved inside the context'
        ),
        pytest.param(
            'web/app.toml',
            {'old/web/app.toml': '', 'x/app.toml': ''},
            'but in old: write `old/web/app.toml`',
            id='by its folder',
        ),
        pytest.param(
            'app.toml',
            {'a/app.toml': '', 'b/app.toml': ''},
            'but in a and b: correct its path, or commit it',
            id='twice',
        ),
        pytest.param(
            'app.toml',
            {f'{folder}/app.toml': '' for folder in 'abcdef'},
            'but in a, b and 4 more: correct its path, or commit it',
            id='often',
        ),
        pytest.param(
            'app.toml',
            {'vendor/x/app.toml': '', '.idea/app.toml': ''},
            f'since nothing of that name is in git: commit app.toml{LEAVE}',
            id='elsewhere in what is not meant',
        ),
        pytest.param(
            'app.toml',
            {'.gitignore': '\n*.toml\n'},
            f'since .gitignore:2 (`*.toml`) keeps it out of git: remove that line, then commit app.toml{LEAVE}',
            id='ignored by git',
        ),
        pytest.param(
            'app.toml',
            {'.gitignore': 'app.toml\n', 'app.toml.sample': ''},
            'since .gitignore:1 (`app.toml`) keeps it out of git: make it from app.toml.sample before the build'
            + LEAVE,
            id='a sample',
        ),
        pytest.param(
            'app.toml',
            {'app.toml': '', '.dockerignore': '*.toml\n'},
            'since .dockerignore:1 (`*.toml`) hides it: add `!app.toml` at the end of .dockerignore',
            id='hidden',
        ),
        pytest.param('.git', {}, '', id='git makes it'),
        pytest.param('bin/shop', {}, '', id='a folder of products'),
        pytest.param('shop', {}, '', id='called like the module'),
        pytest.param('shop-linux-amd64', {}, '', id='called like a platform'),
        pytest.param('api/shop.pb.go', {'api/x.go': ''}, '', id='generated'),
        pytest.param(
            'assets/app.js', {'package.json': '{"scripts": {"build": "vite --out assets"}}'}, '', id='made by npm'
        ),
        pytest.param('app.toml', {'.github/workflows/x.yml': 'on: push # app.toml\n'}, '', id='named by a workflow'),
        pytest.param('app.toml', {'hack/x.sh': 'touch my-app.toml app.toml.bak\n'}, 'since', id='another name'),
        pytest.param('app.toml', {'README.md': 'Create an `app.toml` first.\n'}, '', id='a README says to make it'),
        pytest.param('app.toml', {'README.md': 'app.toml holds the settings.\n'}, 'since', id='a README names it'),
    ],
)
def test_why(sources: str, plus: Mapping[str, str], expected: str, repo: MakeRepository, run: RunHook) -> None:
    dockerfile = f'FROM golang:1.21\nWORKDIR /app\nCOPY go.mod main.go ./\nRUN go build .\nCOPY {sources} /etc/\n'
    repo({**TREE, 'Dockerfile': dockerfile, **plus})
    outcome = run(check_go_sum_copy.main, 'Dockerfile')
    said = f'Dockerfile:5: "/{sources}" not found in the build context . (declared by compose.yaml:3), {expected}'
    assert outcome.out.startswith(said if expected else '')
    assert bool(outcome.out) is bool(expected)


def test_files_of_one_reason_are_one_finding(repo: MakeRepository, run: RunHook) -> None:
    names = ' '.join(f'{name}.toml' for name in 'abcdef')
    dockerfile = f'FROM golang:1.21\nWORKDIR /app\nCOPY go.mod main.go ./\nRUN go build .\nCOPY {names} /etc/\n'
    hidden = {f'{name}.toml': '' for name in 'abcdef'}
    repo({**TREE, 'Dockerfile': dockerfile, **hidden, '.dockerignore': '*.toml\n'})
    assert run(check_go_sum_copy.main, 'Dockerfile').out == (
        'Dockerfile:5: "/a.toml", "/b.toml" and 4 more not found in the build context . (declared by compose.yaml:3), '
        'since .dockerignore:1 (`*.toml`) hides it: add `!a.toml`, `!b.toml` and 4 more at the end of .dockerignore\n'
    )


def test_a_cure_for_several_files_can_be_pasted_word_by_word(repo: MakeRepository, run: RunHook) -> None:
    dockerfile = 'FROM golang:1.21\nWORKDIR /app\nCOPY go.mod go.sum ./\nCOPY . .\nRUN go build .\n'
    module = {'gen/go.mod': TREE['go.mod'], 'gen/go.sum': '', 'gen/main.go': 'package main\n'}
    repo({'Dockerfile': dockerfile, 'Makefile': 'app:\n\tdocker build -f Dockerfile .\n', **module})
    assert run(check_go_sum_copy.main, 'Dockerfile').out.endswith(': write `gen/go.mod` and `gen/go.sum`\n')


def test_a_shell_s_words_are_no_files(repo: MakeRepository, run: RunHook) -> None:
    dockerfile = 'FROM golang:1.21\nWORKDIR /app\nCOPY go.mod ./ 2>/dev/null || true\nRUN go build .\n'
    repo({**TREE, 'Dockerfile': dockerfile})
    assert run(check_go_sum_copy.main, 'Dockerfile').out.endswith(
        ', since no shell reads the instruction: leave out `2>/dev/null` and `||`\n'
    )


def test_a_file_on_the_disk_alone_is_not_in_a_clean_checkout(repo: MakeRepository, run: RunHook) -> None:
    dockerfile = 'FROM golang:1.21\nWORKDIR /app\nCOPY go.mod main.go ./\nRUN go build .\nCOPY app.toml /etc/\n'
    repo({**TREE, 'Dockerfile': dockerfile}, untracked={'app.toml': ''})
    assert run(check_go_sum_copy.main, 'Dockerfile').out == (
        'Dockerfile:5: "/app.toml" not found in the build context . (declared by compose.yaml:3), since app.toml is on '
        f'this disk but not in git, so a clean checkout lacks it: `git add app.toml`{LEAVE}\n'
    )

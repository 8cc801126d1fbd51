"""`go-docker --explain`: the tables, and what each Dockerfile was taken as built from."""

from __future__ import annotations

import pytest

from hooks import check_tidy_order, go_docker
from tests.conftest import MakeRepository, RunHook

BUILD = 'FROM golang:1.24\nWORKDIR /app\nCOPY go.mod ./\nCOPY . .\nRUN go build -o /app/server .\n'
MOD = 'module example.com/{}\n\ngo 1.24\n'
MAIN = 'package main\n\nfunc main() {}\n'
API = {'api/Dockerfile': BUILD, 'api/go.mod': MOD.format('api'), 'api/main.go': MAIN}
TOP = {'go.mod': MOD.format('top'), 'main.go': MAIN}
COMPOSE = 'services:\n  api:\n    build: api\n'
B = {'b/go.mod': MOD.format('b'), 'b/main.go': MAIN}
CONFIG = {'.go-docker-hooks.toml': '[contexts]\n"api/Dockerfile" = ["api", "b"]\n'}
ASKED = 'The context of {} of {} Dockerfiles is not sure: name it in .go-docker-hooks.toml\n\n[contexts]\n'


def listed(out: str) -> str:
    """What stands below the tables."""
    return out.rpartition('yes\n\n')[2]


@pytest.mark.parametrize(
    ('files', 'said'),
    [
        (API, 'api/Dockerfile: taken as built from api, the only folder that fits\n'),
        (
            {**API, **TOP},
            'api/Dockerfile: built from api or the top of the repository, and nothing says which: '
            'only what fails from each is reported\n\n'
            + ASKED.format(1, 1)
            + '"api/Dockerfile" = ["api"] # or ["."]\n',
        ),
        ({**API, **TOP, 'compose.yaml': COMPOSE}, 'api/Dockerfile: built from api (declared by compose.yaml:3)\n'),
        (
            {**API, **B, 'compose.yaml': COMPOSE, **CONFIG},
            'api/Dockerfile: built from api (declared by .go-docker-hooks.toml:2)'
            ' and b (declared by .go-docker-hooks.toml:2)\n',
        ),
    ],
    ids=['one fits', 'two fit', 'declared', 'declared twice'],
)
def test_it_says_what_each_is_built_from(files: dict[str, str], said: str, repo: MakeRepository, run: RunHook) -> None:
    repo(files)
    outcome = run(go_docker.main, '--explain')
    assert (listed(outcome.out), outcome.err) == (said, '')


def test_a_context_that_nobody_knows(repo: MakeRepository, run: RunHook) -> None:
    lost = BUILD.replace('COPY go.mod', 'COPY x/cmd y/cmd go.mod')
    repo({**API, 'tools/Dockerfile': lost, 'b/x/cmd/main.go': MAIN, 'c/y/cmd/main.go': MAIN})
    outcome = run(go_docker.main, '--explain', 'tools/Dockerfile')
    assert outcome.out.startswith('tools/Dockerfile, built from a context that nobody knows\n')
    assert outcome.out.endswith(
        '\n\ntools/Dockerfile: nobody knows from where it is built, since no folder from its own up to the top has all '
        'that it copies: only what hangs on no context is reported\n\n'
        + ASKED.format(1, 1)
        + '"tools/Dockerfile" = ["FOLDER"]\n'
    )


def test_only_goreleaser_builds_it(repo: MakeRepository, run: RunHook) -> None:
    repo({**API, '.goreleaser.yaml': 'dockers:\n- dockerfile: api/Dockerfile\n'})
    assert 'since what builds it does not say: only' in run(go_docker.main, '--explain').out


def test_what_is_switched_off_or_builds_no_go_has_no_table(repo: MakeRepository, run: RunHook) -> None:
    off = {'.go-docker-hooks.toml': '[contexts]\n"api/Dockerfile" = []\n'}
    repo({**API, **off, 'web/Dockerfile': 'FROM node:22\nCOPY package.json ./\n'})
    outcome = run(go_docker.main, '--explain')
    said = 'api/Dockerfile: switched off by `[contexts]`\nweb/Dockerfile: builds no Go\n'
    assert outcome == (0, said, '')


def test_the_marks_are_those_of_all_checks(repo: MakeRepository, run: RunHook) -> None:
    old = BUILD.replace('1.24', '1.22').replace('go.mod', 'go.mod go.sum')
    pinned = f'{old}RUN go install golang.org/x/tools/cmd/goimports@v1.0.0\nCMD ["/nothing"]\n'
    repo({**API, 'api/Dockerfile': pinned})
    outcome = run(go_docker.main, '--explain')
    flat = ' '.join(outcome.out.split())
    for rule in ('check-go-version/go-too-old', 'check-x-versions/no-such-x-version'):
        assert f'[{rule}]' in flat
    missing = '"/go.sum" not found in the build context api, since the module in api requires no other, so'
    why = 'go never writes a go.sum for it'
    assert f'← {missing} {why} [check-go-sum-copy/source-not-in-context]; from here on as' in flat
    assert (outcome.code, flat.count('"/go.sum" not found')) == (1, 1)


@pytest.mark.parametrize('ignoring', ['comment', 'config'])
def test_what_is_ignored_is_not_marked(ignoring: str, repo: MakeRepository, run: RunHook) -> None:
    old = BUILD.replace('1.24', '1.22')
    if ignoring == 'comment':
        repo({**API, 'api/Dockerfile': f'# go-too-old: ignore\n{old}'})
    else:
        repo({**API, 'api/Dockerfile': old, '.go-docker-hooks.toml': '[ignore]\n"api/**" = ["check-go-version"]\n'})
    outcome = run(go_docker.main, '--explain')
    assert (outcome.code, '←' in outcome.out) == (0, False)


def test_a_table_of_one_of_several_contexts_says_so(repo: MakeRepository, run: RunHook) -> None:
    repo({**API, **TOP})
    for main in (go_docker.main, check_tidy_order.main):
        title, *_ = run(main, '--explain', 'api/Dockerfile').out.splitlines()
        assert title == 'api/Dockerfile, built from api (one of 2 folders that fit)'


def test_nothing_is_written(repo: MakeRepository, run: RunHook) -> None:
    repo({**API, 'api/Dockerfile': BUILD.replace('1.24', '1.22')})
    assert run(go_docker.main, '--explain', '--fix').code == 1
    with open('api/Dockerfile', encoding='utf-8') as file:
        assert 'golang:1.22' in file.read()


def test_nothing_is_nothing(repo: MakeRepository, run: RunHook) -> None:
    repo({**API, 'README.md': ''})
    assert run(go_docker.main, '--explain', 'README.md') == (0, '', '')


def test_of_a_folder_only_its_own_are_shown(repo: MakeRepository, run: RunHook) -> None:
    """Others, which take its files, are in question as well."""
    whole = 'FROM golang:1.24\nWORKDIR /app\nCOPY . .\nRUN cd api && go build .\n'
    declared = 'services:\n  w:\n    build: {dockerfile: whole/Dockerfile, context: .}\n'
    repo({**API, 'whole/Dockerfile': whole, 'compose.yaml': declared})
    assert listed(run(go_docker.main, '--explain', 'api').out).count(': ') == 1
    assert listed(run(go_docker.main, '--explain', 'api/go.mod').out).count('Dockerfile: ') == 2

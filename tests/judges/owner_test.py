"""Who owns .git in an image, and who runs go there: what BuildKit, go and git make of it, on the same repositories.

The image of the judges gets this machine's git, in a step that the hooks do not see: Debian's golang has one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from hooks import check_go_version
from tests.cases._case import HELLO_TREE, app

if TYPE_CHECKING:
    from tests.conftest import MakeRepository, RunHook
    from tests.judges.conftest import Judge

SAYS = 'error obtaining VCS status: exit status 128'
GIT = shutil.which('git', path='/usr/bin')
# Whoever runs go may write what it keeps.
BROUGHT = 'COPY host /\nRUN chmod -R a+rwX /gocache\n'


def _bring_git(top: str) -> None:
    """Put git and what it is linked to into a folder that the build copies to the root."""
    assert GIT
    linked = subprocess.run(('ldd', GIT), capture_output=True, text=True, check=True).stdout.split()
    for path in (GIT, *(word for word in linked if word.startswith('/'))):
        there = os.path.join(top, 'host', path[1:])
        os.makedirs(os.path.dirname(there), exist_ok=True)
        shutil.copy(path, there)


@pytest.mark.parametrize(
    ('steps', 'fails'),
    [
        pytest.param(('COPY . .', 'RUN go build -o /tmp/app .'), False, id='root copies and runs'),
        pytest.param(('COPY --chown=1000 . .', 'RUN go build -o /tmp/app .'), True, id='for somebody else'),
        pytest.param(('COPY --chown=0:0 . .', 'RUN go build -o /tmp/app .'), False, id='for root, by its number'),
        pytest.param(('COPY . .', 'USER 1000', 'RUN go build -o /tmp/app .'), True, id='somebody else runs it'),
        pytest.param(
            ('USER 1000', 'WORKDIR /home/app', 'COPY --chown=1000 . .', 'RUN go build -o /tmp/app .'),
            False,
            id='who runs it has all',
        ),
        pytest.param(
            ('COPY --chown=1000 . .', 'RUN go build -buildvcs=false -o /tmp/app .'), False, id='go is told not to ask'
        ),
        pytest.param(
            (
                'COPY --chown=1000 . .',
                "RUN HOME=/root git config --global --add safe.directory '*'",
                'RUN HOME=/root go build -o /tmp/app .',
            ),
            False,
            id='git is told not to mind',
        ),
        pytest.param(('COPY --chown=1000 . .', 'RUN go run .'), False, id='a run asks no git'),
        pytest.param(('COPY --chown=1000 . .', 'RUN go build -o /tmp/app main.go'), False, id='a file asks no git'),
    ],
)
def test_a_build_fails_where_the_hook_says_so(
    steps: tuple[str, ...], fails: bool, buildkit: Judge, repo: MakeRepository, run: RunHook
) -> None:
    if GIT is None:
        pytest.skip('judge missing: git in /usr/bin')
    top = str(repo({**HELLO_TREE, 'Dockerfile': app(*steps)}))
    author = ('-c', 'user.name=a', '-c', 'user.email=a@example.com')
    subprocess.run(('git', *author, 'commit', '--quiet', '--message=all'), check=True)
    outcome = run(check_go_version.main, 'Dockerfile')
    assert (SAYS in outcome.out) == fails, outcome.out

    _bring_git(top)
    first, rest = app(*steps).split('\n', 1)
    with open(os.path.join(top, 'Dockerfile'), 'w', encoding='utf-8') as file:
        file.write(f'{first}\n{BROUGHT}{rest}')
    result = buildkit.builder.build(top)
    assert (not result.ok, SAYS in result.error) == (fails, fails), result.error[-2000:]

"""Arguments that files pass which are not read any further."""

from __future__ import annotations

import pytest

from hooks.builds import elsewhere
from tests._memory import Memory

KANIKO = 'steps:\n- uses: aevea/action-kaniko@v1\n  with: {build_args: GO=1.23}\n'


@pytest.mark.parametrize(
    ('text', 'names'),
    [
        pytest.param('docker build --build-arg GO=1.23 .', {'GO'}, id='a command line'),
        pytest.param('["docker", "build", "--build-arg", "GO=1.23", "."]', {'GO'}, id='words of a program'),
        pytest.param('build_args: [GO=1.23, X=2]', {'GO', 'X'}, id='a list'),
        pytest.param('build-args: |\n  GO=1.23\n  X=2\n', {'GO', 'X'}, id='a block'),
        pytest.param('build_args:\n  - GO=1.23\n', {'GO'}, id='entries'),
        pytest.param('buildArgs: {GO: "1.23"}', {'GO'}, id='a mapping'),
        pytest.param('args:\n  GO: "1.23"\n', {'GO'}, id='a mapping below'),
        pytest.param('[build.args]\nGO = "1.23"\n', {'GO'}, id='a table'),
        pytest.param('set: app.args.GO=1.23', {'GO'}, id='an attribute of a bake file'),
        pytest.param('args:\n  - --verbose\n', set(), id='arguments of a program'),
        pytest.param('# docker build --build-arg GO=1.23 .', set(), id='a comment'),
        pytest.param('GO = "1.23"', set(), id='a variable'),
    ],
)
def test_the_names_that_a_text_passes(text: str, names: set[str]) -> None:
    assert elsewhere.passed(text) == names


@pytest.mark.parametrize(
    ('path', 'text', 'counts'),
    [
        pytest.param('README.md', 'docker build --build-arg GO=1.23 .', True, id='a README'),
        pytest.param('docs/x.md', 'docker build --build-arg GO=1.23 .', False, id='no other page'),
        pytest.param('hack/build', 'docker build --build-arg GO=1.23 .', True, id='a script without an ending'),
        pytest.param('hack/build.go', 'docker build --build-arg GO=1.23 .', False, id='no source'),
        pytest.param('make/docker.mk', 'docker build --build-arg GO=1.23 .', True, id='a part of a Makefile'),
        pytest.param('.github/workflows/ci.yml', KANIKO, True, id='an action that is not read'),
        pytest.param('.github/workflows/ci.yml', KANIKO.replace('kaniko', 'other'), False, id='no other action'),
    ],
)
def test_the_files_that_are_looked_into(path: str, text: str, counts: bool) -> None:
    assert [each.args for each in elsewhere.partly(Memory({path: text, 'a.go': ''}))] == [('GO',)] * counts

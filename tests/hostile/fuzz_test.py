"""A little of what `make fuzz` does: made-up repositories, those in which something was found, and each reader alone."""

from __future__ import annotations

import glob
import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hooks.builds import config, interpolation, yamlnodes
from hooks.builds.subjects import Builds
from hooks.context import ignore
from hooks.dockerfile import parser
from hooks.golang import gofiles, gomod, names, strict, vendoring
from hooks.shell import expand, parse
from tests._memory import Memory
from tests.hostile import _grammar
from tests.hostile._fuzzed import RUNS, in_memory, packed, try_all, unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

CORPUS = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'corpus')
QUICK = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize('path', sorted(glob.glob(os.path.join(CORPUS, '*'))), ids=os.path.basename)
def test_what_was_found_before(path: str) -> None:
    with open(path, 'rb') as file:
        try_all(unpacked(file.read().decode('utf-8', 'surrogateescape')))


def test_what_is_made_up_is_what_the_hooks_see() -> None:
    files = {'Dockerfile': 'FROM golang:1.21\nWORKDIR /app\nCOPY go.sum ./\nRUN go build .\n', 'go.mod': 'module x\n'}
    with in_memory(files):
        assert [main([*options, *files]) for main, options in RUNS[:1]] == [1]


@QUICK
@given(_grammar.repositories())
def test_no_repository_is_too_odd(files: Mapping[str, str]) -> None:
    try_all(files)


@pytest.mark.parametrize(
    ('texts', 'read'),
    [
        pytest.param(_grammar.DOCKERFILE, parser.parse, id='Dockerfile'),
        pytest.param(_grammar.SCRIPT, parse, id='script'),
        pytest.param(_grammar.SCRIPT, lambda text: expand(text, {'X': 'a b', 'Y': None}), id='words of a script'),
        pytest.param(_grammar.GO_MOD, gomod.parse_mod, id='go.mod'),
        pytest.param(_grammar.GO_MOD, strict.of_mod, id='go.mod as go reads it'),
        pytest.param(_grammar.GO_WORK, gomod.parse_work, id='go.work'),
        pytest.param(_grammar.GO_WORK, strict.of_work, id='go.work as go reads it'),
        pytest.param(_grammar.GO_SUM, gomod.parse_sum, id='go.sum'),
        pytest.param(_grammar.GO_SUM, strict.of_sum, id='go.sum as go reads it'),
        pytest.param(
            _grammar.MODULES_TXT, lambda text: vendoring.inconsistencies(gomod.parse_mod(text), text), id='modules.txt'
        ),
        pytest.param(_grammar.GO_FILE, gofiles.parse, id='Go file'),
        pytest.param(_grammar.GO_FILE, names.declared, id='names of a Go file'),
        pytest.param(_grammar.IGNORE, ignore.parse, id='ignore file'),
        pytest.param(_grammar.COMPOSE, yamlnodes.documents, id='YAML'),
        pytest.param(_grammar.ENV_FILE, lambda text: interpolation.env_file(text, {'X': 'y'}), id='.env'),
        pytest.param(_grammar.CONFIG, lambda text: config.read(Memory({config.PATH: text})), id='config'),
        *(
            pytest.param(texts, lambda text, path=path: Builds(Memory({'Dockerfile': 'FROM a', path: text})).declared(), id=path)
            for path, texts in sorted(_grammar.FILES.items())
            if texts in (_grammar.COMPOSE, _grammar.WORKFLOW, _grammar.MAKEFILE, _grammar.BAKE, _grammar.SKAFFOLD)
            or texts in (_grammar.TILT, _grammar.TASKS, _grammar.SCRIPT)
        ),
    ],
)  # fmt: skip
def test_no_text_is_too_odd(texts: st.SearchStrategy[str], read: Callable[[str], object]) -> None:
    @QUICK
    @given(st.one_of(texts, texts, st.text(max_size=200)))
    def reads(text: str) -> None:
        read(text)

    reads()


@given(st.dictionaries(st.sampled_from(sorted(_grammar.FILES)), _grammar.IGNORE, max_size=4))
@settings(max_examples=20, deadline=None)
def test_a_repository_is_unpacked_as_it_was_packed(files: Mapping[str, str]) -> None:
    assert unpacked(packed(files)).keys() == files.keys()

"""Our own rules, each broken on purpose: the builder's verdict has to tell the hooks from the broken ones.

Of a rule that no case of the table hangs on, nobody would notice that it is wrong.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from hooks.builds import subjects
from hooks.context import ignore
from hooks.context.tree import FOLDER
from hooks.facts import demands
from hooks.golang import x_versions
from hooks.module import requirements
from hooks.replay import copying, gowrites, replayer, script
from hooks.replay.image import Copied
from tests._verdicts import clean_checkout, comparable, finds
from tests.cases import CASES, running

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.judges.conftest import Judge

# What scripts are, and whether they may be executed, git's index says, which these repositories have not.
OF_GIT = (*running.CASES, *(case for case in CASES if case.builds == 'Permission denied'))
JUDGED = [case for case in CASES if comparable(case) and case not in OF_GIT]
# One would do; a second tells a rule that is wrong from a case that is.
ASKED = 2


class Mutation(NamedTuple):
    """A rule as it is, the one function that holds it, and what makes another function of that."""

    rule: str
    owner: Any
    name: str
    broken: Callable[[Any], Any]


def _lone_glob(read: Any) -> Any:
    def broken(*args: Any) -> Any:
        copy = read(*args)
        nothing = all(source.glob and source.matches == () for source in copy.sources)
        missing = tuple(source._replace(missing=source.missing or source.path) for source in copy.sources)
        return copy._replace(sources=missing) if nothing else copy

    return broken


def _deep_globs(glob: Any) -> Any:
    def broken(tree: Any, pattern: str) -> Any:
        before, stars, after = pattern.partition('/**/')
        if not stars:
            return glob(tree, pattern)
        found = [glob(tree, f'{before}{"/*" * depth}/{after}') for depth in range(5)]
        return None if None in found else tuple(sorted({path for paths in found for path in paths}))

    return broken


def _last_match_alone(matcher: Any) -> Any:
    def broken(patterns: Any) -> Any:
        def hidden_by(path: str) -> Any:
            last = [pattern for pattern in patterns if ignore._matches(pattern, path)][-1:]
            return last[0] if last and not last[0].exclude else None

        return hidden_by

    return broken


def _folder_itself(one: Any) -> Any:
    def broken(image: Any, copy: Any, into: bool, tree: Any, path: str, excluded: Any) -> Any:
        if path and tree.look(path).kind == FOLDER:
            return Copied(image, f'{copy.target}/{path.rpartition("/")[2]}', tree, path, excluded)
        return one(image, copy, into, tree, path, excluded)

    return broken


def _own_first(ignore_file: Any) -> Any:
    def broken(repository: Any, dockerfile: str, context: str) -> Any:
        return ignore_file(repository, '', context) or ignore_file(repository, dockerfile, context)

    return broken


def _every_stage(replay: Any) -> Any:
    def broken(build: Any, dockerfile: Any) -> Any:
        stages = [dockerfile._replace(stages=dockerfile.stages[:end]) for end in range(1, len(dockerfile.stages) + 1)]
        return [moment for part in stages for moment in replay(build._replace(target=''), part)]

    return broken


MUTATIONS = (
    Mutation('a COPY of nothing but globs may match nothing', copying, 'read', _lone_glob),
    Mutation('`**` does not cross folders without --parents', copying, 'glob', _deep_globs),
    Mutation(
        'go mod download leaves a go.sum that go build finds incomplete',
        gowrites,
        '_go_sum',
        lambda go_sum: lambda shell, folder, name, completes, repository: go_sum(shell, folder, name, True, repository),
    ),
    Mutation('what lies in an ignored folder is ignored', ignore, 'matcher', _last_match_alone),
    Mutation('COPY of a folder copies what is in it', copying, '_one', _folder_itself),
    Mutation(
        'the ignore file beside the Dockerfile goes before that of the context', subjects, 'ignore_file', _own_first
    ),
    Mutation(
        'what `|| true` follows may fail',
        script.Script,
        '_or',
        lambda _: lambda script, left, right, context: script.walk(left, context),
    ),
    Mutation('a stage that the target does not need is not built', replayer, 'replay', _every_stage),
    Mutation(
        'a literal folder in front of a glob has to be there', copying, '_literal_folder', lambda _: lambda path: ''
    ),
    Mutation(
        'the go line of a folder that replaces a module counts',
        demands,
        '_replacements',
        lambda _: lambda *args: iter(()),
    ),
    Mutation('a replaced requirement is not looked for', requirements, '_covers', lambda _: lambda *args: False),
    Mutation('most modules of golang.org/x never left v0', x_versions, '_no_such_major', lambda _: lambda *args: False),
)


def verdicts() -> dict[str, bool]:
    """Of every case of the table, whether the hooks as they are now say that its build fails."""
    with pytest.MonkeyPatch.context() as patch:
        return {case.name: finds(case, patch) for case in JUDGED}


@functools.cache
def unbroken() -> dict[str, bool]:
    return verdicts()


def test_the_hooks_say_what_the_table_says() -> None:
    assert unbroken() == {case.name: bool(case.finds or case.other) for case in JUDGED}


@pytest.mark.parametrize('mutation', [pytest.param(mutation, id=mutation.rule) for mutation in MUTATIONS])
def test_a_broken_rule_is_caught(mutation: Mutation, buildkit: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = unbroken()
    with monkeypatch.context() as patch:
        # An owner without that name raises.
        patch.setattr(mutation.owner, mutation.name, mutation.broken(getattr(mutation.owner, mutation.name)))
        broken = verdicts()
    changed = [case for case in JUDGED if ours[case.name] != broken[case.name]]
    assert changed, 'no case hangs on this rule'
    for case in changed[:ASKED]:
        result = buildkit.builds(clean_checkout(case), case.dockerfile, case.context, case.target, case.args)
        assert (not result.ok, case.builds in result.error) == (ours[case.name], True), result.error[-3000:]

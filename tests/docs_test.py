"""The documentation is in step: one sentence in four places, one version in three files, examples that are run."""

from __future__ import annotations

import configparser
import glob
import importlib
import os
import re
import shlex
from typing import TYPE_CHECKING, NamedTuple

import pytest
import yaml

from hooks.lean.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.conftest import MakeRepository, RunHook

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def read(name: str) -> str:
    with open(os.path.join(TOP, name), encoding='utf-8') as file:
        return file.read()


SETUP = configparser.ConfigParser()
SETUP.read_string(read('setup.cfg'))
README = read('README.md')
HOOKS = {hook['id']: hook for hook in yaml.safe_load(read('.pre-commit-hooks.yaml'))}


def module_of(hook: str) -> str:
    return 'hooks.' + hook.replace('-', '_')


def main_of(hook: str) -> Callable[[list[str]], int]:
    main: Callable[[list[str]], int] = importlib.import_module(module_of(hook)).main
    return main


def flat(text: str) -> str:
    return ' '.join(text.split())


@pytest.mark.parametrize('hook', HOOKS)
def test_the_sentence_is_the_same_in_the_module_the_manifest_the_readme_and_the_help(
    hook: str, run: RunHook, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentence = flat((importlib.import_module(module_of(hook)).__doc__ or '').partition('\n\n')[0])
    assert sentence.endswith('.')
    assert flat(HOOKS[hook]['description']) == sentence
    assert f'## {hook} {sentence} ' in flat(README)

    # argparse breaks lines at this width, and at hyphens.
    monkeypatch.setenv('COLUMNS', '1000')
    code, out, err = run(main_of(hook), '--help')
    assert (code, err) == (0, '')
    assert sentence in flat(out)


def test_every_hook_is_a_console_script_and_back() -> None:
    scripts = dict(line.split(' = ') for line in SETUP['options.entry_points']['console_scripts'].strip().split('\n'))
    assert scripts == {hook: f'{module_of(hook)}:main' for hook in HOOKS}
    assert {hook['entry'] for hook in HOOKS.values()} == set(HOOKS)


def test_every_module_whose_name_is_a_verb_is_a_hook() -> None:
    modules = {name.removesuffix('.py') for name in os.listdir(os.path.join(TOP, 'hooks')) if name.endswith('.py')}
    verbs = {f'hooks.{name}' for name in modules if not name.startswith('_')}
    assert verbs == {module_of(hook) for hook in HOOKS}


def test_the_version_is_the_same_in_setup_readme_and_changelog() -> None:
    version = VERSION
    assert re.findall(r'^ *rev: v(.*)$', README, re.MULTILINE) == [version]
    assert re.findall(r'^## (.*)$', read('CHANGELOG.md'), re.MULTILINE)[0] == version


class Example(NamedTuple):
    """A command of the README, the files it runs on (in txtar, the archive format of Go's own tests), its output."""

    archive: str
    command: str
    output: str


def examples(text: str) -> Iterator[Example]:
    """Every command in a `console` block, with the nearest txtar above it: a fenced block, or one that HTML hides."""
    archive = ''
    for block in re.finditer(r'^(<!-- |```)(txtar|console)\n(.*?)^(-->|```)$', text, re.MULTILINE | re.DOTALL):
        if block[2] == 'txtar':
            archive = block[3]
        for command, output in re.findall(r'^\$ (.*)\n((?:(?!\$ ).*\n)*)', block[3], re.MULTILINE):
            yield Example(archive, command, output)


def files(archive: str, *, untracked: bool) -> dict[str, str]:
    """The files of a txtar, `path: text`, that are tracked, or those marked `-- PATH (untracked) --`."""
    _, *parts = re.split(r'^-- (.*?)( \(untracked\))? --\n', archive, flags=re.MULTILINE)
    entries = zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    return {path: text for path, mark, text in entries if bool(mark) == untracked}


EXAMPLES = tuple(examples(README))


def test_every_hook_has_examples() -> None:
    assert {example.command.partition(' ')[0] for example in EXAMPLES} == set(HOOKS)


@pytest.mark.parametrize('example', EXAMPLES, ids=[example.command for example in EXAMPLES])
def test_the_example_prints_what_the_readme_shows(example: Example, repo: MakeRepository, run: RunHook) -> None:
    repo(files(example.archive, untracked=False), untracked=files(example.archive, untracked=True))
    hook, *words = shlex.split(example.command)
    argv = [path for word in words for path in (sorted(glob.glob(word)) or [word])]
    code, out, err = run(main_of(hook), *argv)
    assert (out, err) == (example.output, '')
    # The replay of a build that passes is no finding.
    assert code == ('←' in out if '--explain' in words else bool(out))

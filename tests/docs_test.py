"""The documentation is in step: one sentence in four places, one version in three files, examples that are run."""

from __future__ import annotations

import configparser
import glob
import importlib
import os
import posixpath
import re
import shlex
from typing import TYPE_CHECKING, NamedTuple

import pytest
import tomlkit
import yaml

from hooks.lean.version import VERSION
from tests.cases import CASES
from tests.judges.builders_test import ASKED
from tools import findings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.conftest import MakeRepository, RunHook

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def read(name: str) -> str:
    with open(os.path.join(TOP, name), encoding='utf-8') as file:
        return file.read()


SETUP = configparser.ConfigParser()
SETUP.read_string(read('setup.cfg'))
PAGES = (
    'README.md',
    *sorted(path.replace(os.sep, '/') for path in glob.glob('docs/*.md', root_dir=TOP)),
    'CHANGELOG.md',
    'CONTRIBUTING.md',
    'SECURITY.md',
)
DOCS = {page: read(page) for page in PAGES}
README = DOCS['README.md']
HOOKS = {hook['id']: hook for hook in yaml.safe_load(read('.pre-commit-hooks.yaml'))}


def module_of(hook: str) -> str:
    return 'hooks.' + hook.replace('-', '_')


def main_of(hook: str) -> Callable[[list[str]], int]:
    main: Callable[[list[str]], int] = importlib.import_module(module_of(hook)).main
    return main


def flat(text: str) -> str:
    return ' '.join(text.split())


@pytest.mark.parametrize('hook', HOOKS)
def test_the_sentence_is_the_same_in_the_module_the_manifest_the_page_and_the_help(
    hook: str, run: RunHook, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentence = flat((importlib.import_module(module_of(hook)).__doc__ or '').partition('\n\n')[0])
    assert sentence.endswith('.')
    assert flat(HOOKS[hook]['description']) == sentence
    assert flat(DOCS[f'docs/{hook}.md']).startswith(f'# {hook} {sentence} ')

    # argparse breaks lines at this width, and at hyphens.
    monkeypatch.setenv('COLUMNS', '1000')
    code, out, err = run(main_of(hook), '--help')
    assert (code, err) == (0, '')
    assert sentence in flat(out)


def test_every_hook_is_a_console_script_and_back() -> None:
    scripts = dict(line.split(' = ') for line in SETUP['options.entry_points']['console_scripts'].strip().split('\n'))
    assert scripts == {hook: f'go_docker_hooks:{hook.replace("-", "_")}' for hook in HOOKS}
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
    """A command of a page, the files it runs on (in txtar, the archive format of Go's own tests), its output."""

    page: str
    archive: str
    command: str
    output: str


BLOCK = re.compile(
    r'^```(txtar|diff|console)\n(.*?)^```$|\((?:docs/)?(examples/[\w-]+\.txtar)\)', re.MULTILINE | re.DOTALL
)


def examples(page: str) -> Iterator[Example]:
    """Every command in a `console` block, with the files of the nearest txtar above it, a block or a link to a file; a
    `diff` block below that has changed them.
    """
    archive = ''
    for kind, text, link in BLOCK.findall(DOCS[page]):
        if kind == 'diff':
            archive = findings.patched(archive, text)
        elif kind != 'console':
            archive = read(f'docs/{link}') if link else text
        for command, output in (
            re.findall(r'^\$ (.*)\n((?:(?!\$ ).*\n)*)', text, re.MULTILINE) if kind == 'console' else ()
        ):
            yield Example(page, archive, command, output)


def files(archive: str, *, untracked: bool) -> dict[str, str]:
    """The files of a txtar, `path: text`, that are tracked, or those marked `-- PATH (untracked) --`."""
    _, *parts = re.split(r'^-- (.*?)( \(untracked\))? --\n', archive, flags=re.MULTILINE)
    entries = zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    return {path: text for path, mark, text in entries if bool(mark) == untracked}


# The examples of the catalogue are run by a test of its own.
EXAMPLES = tuple(example for page in DOCS if page != 'docs/findings.md' for example in examples(page))


def test_every_hook_has_examples() -> None:
    assert {example.command.partition(' ')[0] for example in EXAMPLES} == set(HOOKS)


def test_every_file_of_examples_is_used() -> None:
    archives = [read(path) for path in glob.glob('docs/examples/*', root_dir=TOP)]
    assert all(any(example.archive == archive for example in EXAMPLES) for archive in archives)


@pytest.mark.parametrize('example', EXAMPLES, ids=[f'{each.page}: {each.command}' for each in EXAMPLES])
def test_the_example_prints_what_the_page_shows(example: Example, repo: MakeRepository, run: RunHook) -> None:
    repo(files(example.archive, untracked=False), untracked=files(example.archive, untracked=True))
    hook, *words = shlex.split(example.command)
    argv = [path for word in words for path in (sorted(glob.glob(word)) or [word])]
    code, out, err = run(main_of(hook), *argv)
    assert (out, err) == (example.output, '')
    # Neither the replay of a build that passes nor a baseline that is written is a finding.
    found = '←' in out if '--explain' in words else bool(out)
    assert code == (found and '--write-baseline' not in words)


def anchors(page: str) -> set[str]:
    """What `#…` may name in a page, as GitHub makes it of a heading."""
    headings = re.findall(r'^#+ (.*)$', re.sub(r'^```.*?^```$', '', DOCS[page], flags=re.M | re.S), re.MULTILINE)
    return {re.sub(r'[^\w\- ]', '', heading.lower()).replace(' ', '-') for heading in headings}


@pytest.mark.parametrize('page', PAGES)
def test_a_link_leads_to_a_file_and_a_heading_that_are_there(page: str) -> None:
    text = re.sub(r'^```.*?^```$', '', DOCS[page], flags=re.MULTILINE | re.DOTALL)
    links = [link for link in re.findall(r'\]\(([^)\s]+)\)', text) if not link.startswith('https://')]
    for path, _, anchor in (link.partition('#') for link in links):
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page
        assert os.path.exists(os.path.join(TOP, target)), target
        assert not anchor or anchor in anchors(target), f'{target}#{anchor}'


def test_blocks_of_settings_can_be_read() -> None:
    readers = {'yaml': yaml.safe_load, 'toml': tomlkit.parse}
    blocks = [block for page in DOCS for block in re.findall(r'^```(yaml|toml)\n(.*?)^```$', DOCS[page], re.M | re.S)]
    assert len(blocks) > 5
    assert all(readers[kind](text) for kind, text in blocks)


def test_every_page_can_be_reached_from_the_readme() -> None:
    todo, seen = ['README.md'], {'README.md'}
    while todo:
        page = todo.pop()
        for path in re.findall(r'\]\(([^)#\s]+\.md)', DOCS[page]):
            target = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
            todo += {target} - seen
            seen.add(target)
    assert {page for page in PAGES if page.startswith('docs/')} <= seen


@pytest.mark.parametrize(
    ('said', 'there'),
    [
        (r'More than ([\d,]+) small repositories', len(CASES)),
        (r'more than ([\d,]+) do not build', sum(not case.builds.startswith('skip') for case in CASES if case.builds)),
        (r'more than ([\d,]+) builds', len(ASKED)),
    ],
)
def test_the_numbers_of_the_readme_hold_and_are_not_old(said: str, there: int) -> None:
    (number,) = (int(found.replace(',', '')) for found in re.findall(said, flat(README)))
    assert number < there < number * 1.25


def test_the_readme_is_a_screen_and_a_half() -> None:
    assert README.count('\n') <= 130


def test_the_comparison_is_of_the_failures_that_the_readme_names() -> None:
    named, compared = (re.findall(r'findings\.md#([a-z-]+)', text) for text in (README, DOCS['docs/comparison.md']))
    assert compared == list(dict.fromkeys(named))


def test_the_readme_tells_what_the_comparison_says() -> None:
    compared = DOCS['docs/comparison.md']
    tools, *_ = re.findall(r'^\| failure \|(.*)\|$', compared, re.MULTILINE)
    totals = re.findall(r'^\| \|.*\*\*.*$', compared, re.MULTILINE)
    sums = [re.findall(r'\*\*(\d+) of \d+\*\*', line) for line in totals]
    rows = [f'| {" | ".join(row)} |' for row in zip(map(str.strip, tools.split('|')), *sums, strict=True)]
    assert '\n'.join(rows) in README

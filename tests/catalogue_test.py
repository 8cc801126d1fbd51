"""The catalogue of findings: made from the rules, complete, and each of its examples is run."""

from __future__ import annotations

import glob
import importlib
import os
import re
from typing import TYPE_CHECKING

import pytest

from tools import findings

if TYPE_CHECKING:
    from tests.conftest import MakeRepository, RunHook

PAGES = {rule: (hook, page) for hook, rule, page in findings.pages()}
RULES = glob.glob(os.path.join(findings.TOP, 'hooks', 'rules', '[!_]*.py'))


def test_the_catalogue_is_what_the_rules_say() -> None:
    for path, text in ((findings.PATH, findings.written()), (findings.MESSAGES, findings.messages())):
        with open(path, encoding='utf-8') as file:
            assert file.read() == text, 'run `make docs`'


def test_every_rule_is_in_the_list_of_one_hook_and_is_named_like_its_file() -> None:
    names = sorted(os.path.basename(path).removesuffix('.py').replace('_', '-') for path in RULES)
    listed = sorted(rule for rules in findings.RULES.values() for rule in rules)
    assert listed == names
    assert all(rule == findings.module(rule).ID and re.fullmatch(r'[a-z]+(-[a-z]+)*', rule) for rule in listed)


@pytest.mark.parametrize('rule', PAGES)
def test_a_page_is_whole(rule: str) -> None:
    page = PAGES[rule][1]
    assert all(part for name, part in page._asdict().items() if name != 'option')
    assert page.sentence.endswith('.')
    assert page.good != page.bad


@pytest.mark.parametrize('rule', PAGES)
def test_the_bad_example_is_found_word_for_word(rule: str, repo: MakeRepository, run: RunHook) -> None:
    hook, page = PAGES[rule]
    repo(findings.files(page.bad))
    assert _run(run, hook, page) == (1, page.says, '')


@pytest.mark.parametrize('rule', PAGES)
def test_the_good_example_is_silent(rule: str, repo: MakeRepository, run: RunHook) -> None:
    hook, page = PAGES[rule]
    repo(findings.files(page.good))
    assert _run(run, hook, page._replace(bad=page.good)) == (0, '', '')


def _run(run: RunHook, hook: str, page: findings.Page) -> tuple[int, str, str]:
    main = importlib.import_module(f'hooks.{hook.replace("-", "_")}').main
    return run(main, *findings.command(hook, page)[1:])

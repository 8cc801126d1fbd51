"""Findings that a repository accepts for now: by `[ignore]` of the config, and those of a baseline.

Imported only where there is one of the two.
"""

from __future__ import annotations

import os

from hooks.builds import globs
from hooks.builds.config import IDLE, PATH, UNCLEAR
from hooks.report.finding import Finding
from hooks.report.ignores import nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hooks.builds.config import Config

# What is no rule, and can be named by a comment or by the config as one.
NO_RULES = ('unused-ignore', UNCLEAR, IDLE, 'file-not-written')


def not_ignored(config: Config, findings: Iterable[Finding], hook: str) -> list[Finding]:
    """The findings of a hook that no entry of `[ignore]` is for."""
    return [each for each in findings if not any(_names(config, each, hook))]


def _names(config: Config, finding: Finding, hook: str) -> Iterator[bool]:
    called = {hook, finding.hook, finding.rule}
    for pattern, names, _ in config.ignore:
        yield not called.isdisjoint(map(_last, names)) and globs.names(pattern, finding.path)


def _last(name: str) -> str:
    """A rule's name with its hook in front, as go-docker prints it, is the rule's."""
    return name.rpartition('/')[2]


def unknown(config: Config) -> Iterator[Finding]:
    """The names in `[ignore]` that no hook and no rule has."""
    names = known() if config.ignore else set()
    for pattern, ignored, line in config.ignore:
        for name in ignored:
            if _last(name) not in names:
                fact = f'`{name}` in `ignore."{pattern}"` is no rule and no hook'
                meant = nearest(name, names)
                cure = f'write `{meant}`' if meant else 'write one of those in docs/findings.md'
                yield Finding(PATH, line, UNCLEAR, fact, cure)


def known() -> set[str]:
    """All names that a comment or the config may say."""
    return {*NO_RULES, *_modules(''), *_modules('rules')}


def _modules(folder: str) -> Iterator[str]:
    """Hooks and rules are named like their modules."""
    top = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), folder)
    names = (name[: -len('.py')].replace('_', '-') for name in os.listdir(top) if name.endswith('.py'))
    yield from (name for name in names if not name.startswith('-'))

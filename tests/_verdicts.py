"""Whether the hooks say that the build of a case fails, asked of all hooks at once and without a disk."""

from __future__ import annotations

import importlib
import os
from typing import TYPE_CHECKING

from hooks.context import index
from hooks.report import printing
from tests._memory import Memory
from tests.cases import Case, Link

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

HERE = os.path.dirname(os.path.dirname(os.path.abspath(printing.__file__)))
CHECKS = sorted(name[:-3] for name in os.listdir(HERE) if name.startswith('check_') and name.endswith('.py'))
HOOKS: dict[str, Callable[[list[str]], int]] = {
    name.replace('_', '-'): importlib.import_module(f'hooks.{name}').main for name in CHECKS
}


class OnDisk(Memory):
    """A case's repository: what is not tracked lies on the disk all the same."""

    def __init__(self, case: Case) -> None:
        texts = clean_checkout(case)
        super().__init__(texts, [path for path, text in texts.items() if isinstance(text, Link)])
        self.untracked = case.untracked

    def on_disk(self, path: str) -> bool:
        return path in self.texts or path in self.untracked


def clean_checkout(case: Case) -> dict[str, str]:
    return {path: text for path, text in case.files.items() if path not in case.untracked}


def comparable(case: Case) -> bool:
    """Whether a finding means that the build fails: the table says where not, and some hooks may not be there."""
    built = not case.builds.startswith('skip: ')
    needed = {hook for hook, _ in case.other} | ({'check-tidy-order'} if case.newer else set())
    return built and not case.why and needed <= HOOKS.keys()


def finds(case: Case, patch: pytest.MonkeyPatch) -> bool:
    """Whether any hook has a finding."""
    written: list[str] = []
    repository = OnDisk(case)
    patch.setattr(printing, 'write', lambda text, hook: written.append(text))
    patch.setattr(index, 'sought', lambda: lambda: repository)
    names = [case.dockerfile, *(path for path in repository.paths if path.endswith('go.mod'))]
    for main in HOOKS.values():
        main(names)
    return ''.join(written) != ''

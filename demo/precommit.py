"""A real pre-commit, with this work tree as its source of hooks, on throw-away git repositories."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

# What pip needs of the work tree, which may be a clone, an unpacked archive, or have uncommitted changes.
PACKAGED = ('setup.cfg', 'pyproject.toml', 'README.md', 'LICENSE')
INSTALLED = ('.pre-commit-hooks.yaml', *PACKAGED, 'go_docker_hooks.py', 'hooks')

CONFIG = """\
repos:
- repo: {source}
  rev: HEAD
  hooks:
"""
HOOK = """\
  - id: {hook}
    args: [{arguments}]
"""
# The line that pre-commit prints of each hook.
STATUS = re.compile(r'^.*\.{3,}.*(?:Passed|Failed|Skipped)$', re.MULTILINE)


class Ran(NamedTuple):
    """What pre-commit said: its exit code, its own output, and the lines of each hook that printed any."""

    code: int
    text: str
    lines: Mapping[str, tuple[str, ...]]


def git(top: str, *arguments: str) -> None:
    """Runs git in the folder `top`, out of reach of anybody's settings."""
    subprocess.run(('git', *arguments), cwd=top, env=environment(), check=True)


def environment() -> dict[str, str]:
    """The environment without a calling git's variables, and with somebody to commit as."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith('GIT_')}
    somebody = {
        f'GIT_{role}_{field}': value
        for role in ('AUTHOR', 'COMMITTER')
        for field, value in (('NAME', 'A Developer'), ('EMAIL', 'developer@example.com'))
    }
    return {**plain, **somebody, 'GIT_CONFIG_GLOBAL': os.devnull, 'GIT_CONFIG_NOSYSTEM': '1'}


def source(folder: str) -> str:
    """Makes `folder` a git repository with one commit, the hooks as they are in this work tree; returns it."""
    os.makedirs(folder)
    for name in INSTALLED:
        path = os.path.join(TOP, name)
        if os.path.isdir(path):
            shutil.copytree(path, os.path.join(folder, name), ignore=shutil.ignore_patterns('__pycache__'))
        else:
            shutil.copy(path, os.path.join(folder, name))
    git(folder, 'init', '--quiet')
    git(folder, 'add', '--all')
    git(folder, 'commit', '--quiet', '--message', 'The hooks as they are')
    return folder


def lay_out(top: str, files: Mapping[str, str]) -> None:
    """Writes files, `path: text`, below `top`, a git repository from then on, and stages all that is there."""
    for path, text in files.items():
        os.makedirs(os.path.dirname(os.path.join(top, path)), exist_ok=True)
        with open(os.path.join(top, path), 'w', encoding='utf-8') as file:
            file.write(text)
    git(top, 'init', '--quiet')
    git(top, 'add', '--all')


def try_repo(top: str, source: str) -> Ran:
    """`pre-commit try-repo` with every hook, as a user types it; each call builds the hooks' environment anew."""
    return _pre_commit(top, 'try-repo', '--all-files', source)


def run(top: str, source: str, hooks: Mapping[str, tuple[str, ...]]) -> Ran:
    """`pre-commit run --all-files` with some hooks, and their `args:`, in the config. Keeps the environment."""
    config = os.path.join(top, '.git', 'pre-commit.yaml')
    with open(config, 'w', encoding='utf-8') as file:
        file.write(CONFIG.format(source=source))
        for hook, arguments in hooks.items():
            file.write(HOOK.format(hook=hook, arguments=', '.join(arguments)))
    return _pre_commit(top, 'run', '--all-files', '--config', config)


def _pre_commit(top: str, *arguments: str) -> Ran:
    command = (sys.executable, '-m', 'pre_commit', *arguments, '--color', 'never')
    ran = subprocess.run(
        command, cwd=top, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding='utf-8'
    )
    return Ran(ran.returncode, ran.stdout, dict(_lines(ran.stdout)))


def _lines(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What the hooks printed: pre-commit sets it off by empty lines, below its own `- exit code:` and the like."""
    for section in text.split('\n- hook id: ')[1:]:
        hook, _, rest = section.partition('\n')
        printed = STATUS.split(rest)[0].partition('\n\n')[2].strip('\n')
        if printed:
            yield hook, tuple(printed.split('\n'))

"""Draw docs/commit.svg: a commit that go-docker refuses, the replay that shows why, the cure, a commit that passes.

What is shown is what git, pre-commit and the hooks print, in a throw-away repository with the files and the cure of the
README's example. Needs rich, which draws it; a network, since pre-commit installs the hooks.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tempfile
from typing import TYPE_CHECKING, NamedTuple

from demo import precommit
from tools import findings

if TYPE_CHECKING:
    from collections.abc import Iterator

PATH = os.path.join(findings.TOP, 'docs', 'commit.svg')
FILES = os.path.join(findings.TOP, 'docs', 'examples', 'go-docker.txtar')
WIDTH = 110
COMMIT = "git commit --message 'A service that folds cases'"
CONFIG = 'repos:\n- repo: {source}\n  rev: {commit}\n  hooks:\n  - id: go-docker\n'
# A window without a font from elsewhere: a page may not load one.
SVG = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: {char_height}px; line-height: {line_height}px; font-variant-east-asian: full-width; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix" xml:space="preserve">
{matrix}
</g>
</g>
</svg>
"""


class Shown(NamedTuple):
    """A command, and what it prints, with its colours."""

    command: str
    text: str


def recorded() -> Iterator[Shown]:
    """The session, from a fresh repository to the commit that passes."""
    with tempfile.TemporaryDirectory(prefix='go-docker-hooks-') as folder:
        top, source = os.path.join(folder, 'shop'), precommit.source(os.path.join(folder, 'source'))
        os.mkdir(top)
        with open(FILES, encoding='utf-8') as file:
            archive = file.read()
        precommit.lay_out(top, findings.files(archive))
        environment = _environment(folder)
        commit = _run(source, environment, 'git rev-parse HEAD').strip()
        with open(os.path.join(top, '.git', 'pre-commit.yaml'), 'w', encoding='utf-8') as file:
            file.write(CONFIG.format(source=source, commit=commit))
        _run(top, environment, 'pre-commit install --install-hooks --config .git/pre-commit.yaml')
        yield Shown(COMMIT, _run(top, environment, COMMIT))
        explain = 'check-tidy-order --explain services/api/Dockerfile'
        yield Shown(explain, _run(top, environment, f'COLUMNS={WIDTH} {explain}'))
        diff = _cure()
        precommit.lay_out(top, findings.files(findings.patched(archive, diff)))
        yield Shown('git diff', diff)
        passes = re.sub(r'^ create mode .*\n', '', _run(top, environment, COMMIT), flags=re.MULTILINE)
        yield Shown(f'git add --all && {COMMIT}', passes)


def _cure() -> str:
    with open(os.path.join(findings.TOP, 'README.md'), encoding='utf-8') as file:
        found = re.search(r'^```diff\n(.*?)^```$', file.read(), re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


def _environment(folder: str) -> dict[str, str]:
    """The hooks of this work tree as commands, and everything in colours."""
    scripts = os.path.join(folder, 'bin')
    os.mkdir(scripts)
    start = os.path.join(scripts, 'check-tidy-order')
    with open(start, 'w', encoding='utf-8') as file:
        file.write(f'#!/bin/sh\nPYTHONPATH={findings.TOP} exec {sys.executable} -m hooks.check_tidy_order "$@"\n')
    os.chmod(start, 0o755)
    path = os.pathsep.join((scripts, os.path.dirname(sys.executable), os.environ['PATH']))
    home = os.path.join(folder, 'home')
    return {**precommit.environment(), 'PATH': path, 'PRE_COMMIT_COLOR': 'always', 'PRE_COMMIT_HOME': home}


def _run(top: str, environment: dict[str, str], command: str) -> str:
    done = subprocess.run(
        ('sh', '-c', command),
        cwd=top,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding='utf-8',
    )
    return done.stdout.replace('\r\n', '\n')


def drawn(session: Iterator[Shown]) -> str:
    from rich.console import Console
    from rich.text import Text

    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system='truecolor')
    for shown in session:
        console.print(Text.assemble(('$ ', 'bold green'), (shown.command, 'bold')))
        text = Text.from_ansi(shown.text.rstrip('\n'))
        if shown.command == 'git diff':
            text.highlight_regex(r'(?m)^-(?!-).*$', 'red')
            text.highlight_regex(r'(?m)^\+.*$', 'green')
            text.highlight_regex(r'(?m)^---.*$', 'bold')
        console.print(text)
        console.print()
    return console.export_svg(title='A commit that would not build', code_format=SVG, unique_id='commit')


def main() -> int:
    with open(PATH, 'w', encoding='utf-8', newline='\n') as file:
        file.write(drawn(recorded()))
    return 0


if __name__ == '__main__':
    sys.exit(main())

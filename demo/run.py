"""Shows the main job to somebody who sees the project for the first time.

In throw-away git repositories with services whose image builds would fail, a real pre-commit runs all hooks: findings,
the cure by hand, what the fixers write, silence. What comes out is held against what `demo.services` promises: the exit
code is 0 where they agree.
"""

from __future__ import annotations

import difflib
import os
import re
import shutil
import sys
import tempfile
import textwrap
from functools import partial
from typing import TYPE_CHECKING

from demo import precommit
from demo.services import CASES, HOOKS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from demo.services import Case

    Lines = Mapping[str, tuple[str, ...]]


def main() -> int:
    with tempfile.TemporaryDirectory(prefix='go-docker-hooks-') as folder:
        os.environ['PRE_COMMIT_HOME'] = os.path.join(folder, 'pre-commit')
        print('Setting up pre-commit with the hooks of this work tree …', flush=True)
        source = precommit.source(os.path.join(folder, 'source'))
        kept = [show(case, os.path.join(folder, name), source) for name, case in CASES.items()]
    print('\nAs promised: whatever is broken is named, every cure is silent.' if all(kept) else '\nNOT as promised.')
    return 0 if all(kept) else 1


def show(case: Case, top: str, source: str) -> bool:
    """One repository: broken, found, cured, silent. True when all of it came as promised."""
    print(f'\n=== {case.title}')
    os.mkdir(top)
    precommit.lay_out(top, case.files)
    kept = [run(top, source, {}, case.findings)]
    if case.cure:
        print('\nMended by hand:', *cures(case), sep='\n  ')
        precommit.lay_out(top, case.cure)
    if case.rewritten:
        kept.append(run(top, source, fixing(case), case.rewritten))
        precommit.lay_out(top, {})
    kept.append(run(top, source, {}, {}))
    return all(kept)


def fixing(case: Case) -> dict[str, tuple[str, ...]]:
    """The `args:` of the hooks that are to fix; sync-dockerignore needs none."""
    return {hook: ('--fix',) for hook in case.rewritten if hook != 'sync-dockerignore'}


def cures(case: Case) -> Iterator[str]:
    """What somebody changes by hand: each change once, with the files that it is made in."""
    same: dict[tuple[str, ...], list[str]] = {}
    for path, after in sorted(case.cure.items()):
        before = case.files.get(path, '')
        lines = difflib.unified_diff(before.split('\n'), after.split('\n'), n=0, lineterm='')
        same.setdefault(tuple(line for line in lines if not line.startswith(('---', '+++', '@@'))), []).append(path)
    for change, paths in same.items():
        yield f'{paths[0]}{f", and the same in {len(paths) - 1} more" if paths[1:] else ""}'
        yield from (f'  {line}' for line in change if line[1:])


def wrapped(text: str) -> str:
    """Long lines, broken between words as a terminal is wide."""
    width = shutil.get_terminal_size().columns
    fill = partial(textwrap.fill, width=width, subsequent_indent='    ', break_long_words=False, break_on_hyphens=False)
    return '\n'.join(fill(line) if len(line) > width else line for line in text.split('\n'))


def run(top: str, source: str, arguments: Lines, promised: Lines) -> bool:
    """Shows a run of all hooks; whether each printed exactly what is promised, and says what differs."""
    given = ''.join(f' ({hook} with args: [{", ".join(words)}])' for hook, words in arguments.items())
    print(f'\n$ pre-commit run --all-files{given}', flush=True)
    ran = precommit.run(top, source, {hook: arguments.get(hook, ()) for hook in HOOKS})
    # All that is above the first hook's line is pre-commit setting up; what it adds to a finding is known.
    text = ran.text[max(ran.text.find(f'{HOOKS[0]}.'), 0) :]
    print(wrapped(re.sub(r'^- (hook id|exit code|duration).*\n', '', text, flags=re.MULTILINE).rstrip()))
    if (ran.code, ran.lines) == (int(bool(promised)), dict(promised)):
        return True
    print(f'!!! promised was exit code {int(bool(promised))} and:', *promised.items(), sep='\n  ', flush=True)
    return False


if __name__ == '__main__':
    sys.exit(main())

"""Shows the main job to somebody who sees the project for the first time.

In throw-away git repositories with services whose image builds would fail, a real pre-commit runs the hook: findings,
the cure, silence. What comes out is held against what `demo.services` promises: the exit code is 0 where they agree.
"""

from __future__ import annotations

import os
import sys
import tempfile
from typing import TYPE_CHECKING

from demo import precommit
from demo.services import CASES

if TYPE_CHECKING:
    from demo.services import Case

HOOK = 'check-go-sum-copy'


def main() -> int:
    with tempfile.TemporaryDirectory(prefix='go-docker-hooks-') as folder:
        os.environ['PRE_COMMIT_HOME'] = os.path.join(folder, 'pre-commit')
        print('Setting up pre-commit with the hooks of this work tree …', flush=True)
        source = precommit.source(os.path.join(folder, 'source'))
        kept = [show(case, os.path.join(folder, name), source) for name, case in CASES.items()]
    print('\nAs promised: every broken service is named, every cure is silent.' if all(kept) else '\nNOT as promised.')
    return 0 if all(kept) else 1


def show(case: Case, top: str, source: str) -> bool:
    """One repository: broken, found, cured, silent. True when all of it came as promised."""
    print(f'\n=== {case.title}')
    os.mkdir(top)
    precommit.lay_out(top, case.files)
    found = run(top, source)
    promised = expect(found, 1, case.findings)
    if case.cure:
        print('\nThe cure, written to:', *sorted(case.cure), sep='\n  ')
        precommit.lay_out(top, case.cure)
    else:
        promised &= expect(run(top, source, '--fix'), 1, rewritten(case))
        precommit.lay_out(top, {})
    return expect(run(top, source), 0, ()) and promised


def run(top: str, source: str, *arguments: str) -> precommit.Ran:
    print('\n$ pre-commit run --all-files', *(f'(with args: [{argument}])' for argument in arguments), flush=True)
    ran = precommit.run(top, source, HOOK, *arguments)
    # All that is above the hook's own line is pre-commit setting up.
    print(ran.text[max(ran.text.find(HOOK + '.'), 0) :].rstrip())
    return ran


def rewritten(case: Case) -> tuple[str, ...]:
    return tuple(f'Rewriting {finding.partition(":")[0]}' for finding in case.findings)


def expect(ran: precommit.Ran, code: int, lines: tuple[str, ...]) -> bool:
    """Whether pre-commit ended with `code` and the hook printed exactly `lines`; says what differs."""
    if (ran.code, ran.lines) == (code, lines):
        return True
    print(f'!!! promised were exit code {code} and:', *lines, sep='\n  ', flush=True)
    return False


if __name__ == '__main__':
    sys.exit(main())

"""Make docs/findings.md, a section for each rule, from its docstring; and docs/messages.md, what each of them says.

The first paragraph of a docstring is the failure in a sentence. Behind the prose stand `Option:` (what a hook is called
with), `Cure:`, `Bad:` and `Good:` (files as a txtar archive; `-- says --` is what the hook prints) and `Silent:`.
"""

from __future__ import annotations

import importlib
import os
import re
import shlex
import sys
import textwrap
from typing import TYPE_CHECKING, NamedTuple

from hooks import (
    check_go_sum_copy,
    check_go_version,
    check_static_binary,
    check_tidy_order,
    check_x_versions,
    sync_dockerignore,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PATH = os.path.join(TOP, 'docs', 'findings.md')
MESSAGES = os.path.join(TOP, 'docs', 'messages.md')
# In the order of their lists; every rule that an option adds is among them.
RULES: dict[str, tuple[str, ...]] = {
    check_go_sum_copy.HOOK: (*check_go_sum_copy.rules(any_builder=True).ids, *check_go_sum_copy.DECLARED),
    check_go_version.HOOK: check_go_version.RULES.ids,
    check_static_binary.HOOK: check_static_binary.rules(hardened=True, certificates=True).ids,
    check_tidy_order.HOOK: check_tidy_order.rules(locked=True, cached=True).ids,
    check_x_versions.HOOK: check_x_versions.RULES,
    sync_dockerignore.HOOK: tuple(rule.ID for rule in sync_dockerignore.RULES),
}
HEAD = """\
<!-- Made by `make docs` from the docstrings of hooks/rules. -->
# Findings

Every failure that a hook reports has a rule, and every rule an id. A comment `# ID: ignore, REASON` right above the
instruction ignores it (`// ID: ignore` at the end of a line of go.mod); the hook's name does so for all its rules.
`--unused-ignores` reports the comments that ignore nothing any more, as `unused-ignore`. A config that is not
understood is `config-not-understood`, a line of it that has no effect `config-matches-nothing`, a file that `--fix`
cannot write `file-not-written`.

"""


class Page(NamedTuple):
    """A docstring, in its parts. `bad` and `good` are txtar archives, `says` what is printed of the bad one."""

    sentence: str
    text: str
    option: str
    cure: str
    bad: str
    says: str
    good: str
    silent: str


def page(doc: str) -> Page:
    """The parts of a docstring; a part that it lacks is ''."""
    sentence, _, rest = doc.strip().partition('\n\n')
    parts = re.split(r'^(Option|Cure|Bad|Good|Silent):', rest, flags=re.MULTILINE)
    named = dict(zip(parts[1::2], parts[2::2]))
    archives = {name: textwrap.dedent(named.get(name, '').strip('\n') + '\n') for name in ('Bad', 'Good')}
    bad, _, says = archives['Bad'].partition('-- says --\n')
    option, cure, silent = (_flat(named.get(name, '')) for name in ('Option', 'Cure', 'Silent'))
    return Page(_flat(sentence), parts[0].strip(), option.strip('`'), cure, bad, says, archives['Good'], silent)


def _flat(text: str) -> str:
    return ' '.join(text.split())


def files(archive: str) -> dict[str, str]:
    """The files of a txtar."""
    _, *parts = re.split(r'^-- (.*) --\n', archive, flags=re.MULTILINE)
    return dict(zip(parts[::2], parts[1::2]))


def patched(archive: str, diff: str) -> str:
    """A txtar after a diff: `--- PATH`, then lines that stand there once; a file that is not there yet is made."""
    _, *parts = re.split(r'^--- (.*)\n', diff, flags=re.MULTILINE)
    for path, lines in zip(parts[::2], parts[1::2], strict=True):
        before, after = (re.sub(rf'^[{sign}].*\n', '', lines, flags=re.MULTILINE) for sign in ('+', '-'))
        before, after = (re.sub(r'^.', '', text, flags=re.MULTILINE) for text in (before, after))
        header = f'-- {path} --\n'
        head, found, tail = archive.partition(header)
        assert bool(found) == bool(before)
        assert not before or tail.count(before) == 1
        archive = head + header + (tail.replace(before, after) if before else after)
    return archive


def command(hook: str, found: Page) -> list[str]:
    """The command line that finds it: the option and every file that is a trigger."""
    return [hook, *shlex.split(found.option), *(name for name in files(found.bad) if not name.endswith('.go'))]


def module(rule: str) -> ModuleType:
    return importlib.import_module(f'hooks.rules.{rule.replace("-", "_")}')


def pages() -> Iterator[tuple[str, str, Page]]:
    """Hook, rule and page of every rule."""
    for hook, rules in RULES.items():
        for rule in rules:
            yield hook, rule, page(module(rule).__doc__ or '')


def written() -> str:
    """The whole of docs/findings.md."""
    every = list(pages())
    table = ''.join(f'| [{rule}](#{rule}) | {found.sentence} | {hook} |\n' for hook, rule, found in every)
    sections = '\n'.join(_section(hook, rule, found) for hook, rule, found in every)
    return f'{HEAD}| rule | failure | hook |\n| --- | --- | --- |\n{table}\n{sections}'


def _section(hook: str, rule: str, found: Page) -> str:
    option = f', with `{found.option}`' if found.option.startswith('--') else ''
    return f"""\
## {rule}

{found.sentence} *({hook}{option})*

{found.text}

**Cure:** {found.cure}

```txtar
{found.bad}```

```console
{found.says}```

Good:

```txtar
{found.good}```

**Silent** {found.silent}
"""


LIST = """\
<!-- Made by `make docs` from the docstrings of hooks/rules. -->
# Messages

What every rule says of its example in the [catalogue](findings.md), as one text: the same words for the same things.

- The place is the instruction that fails, not its cause; the cause is named behind "since".
- The fact is in the words of the tool that fails; `at` names the command that says it.
- "(declared by …)" names who says what the build is, "(taken as built from …)" what is supposed where nobody does;
  behind brackets they stand without.
- The cure comes last, behind a colon, and begins with a verb; backticks are round what can be typed or written.

"""


def messages() -> str:
    """The whole of docs/messages.md."""
    lines: dict[str, list[str]] = {}
    for hook, rule, found in pages():
        said = found.says.rstrip('\n').replace('\n', '\n  ')
        lines.setdefault(hook, []).append(f'- [{rule}](findings.md#{rule})\n\n  ```\n  {said}\n  ```\n')
    return LIST + '\n'.join(f'## {hook}\n\n' + '\n'.join(said) for hook, said in lines.items())


def main() -> int:
    for path, text in ((PATH, written()), (MESSAGES, messages())):
        with open(path, 'w', encoding='utf-8', newline='\n') as file:
            file.write(text)
    return 0


if __name__ == '__main__':
    sys.exit(main())

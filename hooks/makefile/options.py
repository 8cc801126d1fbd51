"""The command line of make, and the one that MAKEFLAGS hands on."""

from __future__ import annotations

from hooks.lean.record import Record
from hooks.makefile import MARK, is_known

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Letters and long names of options that change nothing of what runs, but in which order or how loud.
_QUIET = frozenset('bmsSwrRd')
_QUIET_LONG = frozenset(
    'silent quiet no-silent print-directory no-print-directory no-builtin-rules no-builtin-variables trace debug '
    'warn-undefined-variables output-sync jobs load-average max-load stop no-keep-going check-symlink-times'.split()
)
_LONG = {
    'directory': 'C', 'file': 'f', 'makefile': 'f', 'ignore-errors': 'i', 'keep-going': 'k', 'always-make': 'B',
    'just-print': 'n', 'dry-run': 'n', 'recon': 'n',
}  # fmt: skip


class Called(Record):
    """make as it is called: its folders (each from the one before), Makefile ('' by default), goals and variables.

    Of `flags` there are i, k, B and n.
    """

    folders: tuple[str, ...]
    file: str
    goals: tuple[str, ...]
    given: Mapping[str, str | None]
    flags: str


def read(words: Sequence[str | None], makeflags: str) -> Called | None:
    """The words behind `make`; None where one of them is not known, or means what is not followed."""
    if None in words:
        return None
    inherited = _inherited(makeflags)
    queue = [*inherited, *(word for word in words if word is not None)]
    folders, files, goals, flags = list[str](), list[str](), list[str](), ''
    given: dict[str, str | None] = {}
    while queue:
        word = queue.pop(0)
        name, equals, value = word.partition('=')
        if word == '--':
            goals += queue
            break
        if not word.startswith('-'):
            if equals and name.rstrip(':').isidentifier():
                # `A:=b` is expanded once, as all of them are where they hold no `$`.
                given[name.rstrip(':')] = value if is_known(value) else None
            elif equals or not word:
                return None
            else:
                goals.append(word)
            continue
        found = _option(word, queue)
        if found is None:
            return None
        for letter, text in found:
            folders += [text] if letter == 'C' else []
            files += [text] if letter == 'f' else []
            flags += letter if letter in 'ikBn' else ''
    if len(files) > 1 or files == ['-']:
        return None
    return Called(tuple(folders), ''.join(files), tuple(goals), given, flags)


def _option(word: str, queue: list[str]) -> list[tuple[str, str]] | None:
    """The options of one word, which may take the next one."""
    if word.startswith('--'):
        name, equals, value = word[2:].partition('=')
        letter = _LONG.get(name, '')
        if letter and letter in 'Cf':
            return [(letter, value if equals else queue.pop(0))] if equals or queue else None
        return [(letter, '')] if letter and not equals else [] if name in _QUIET_LONG else None
    found, letters = list[tuple[str, str]](), word[1:]
    while letters:
        letter, letters = letters[0], letters[1:]
        if letter in 'Cf':
            if not letters and not queue:
                return None
            return [*found, (letter, letters or queue.pop(0))]
        if letter in 'jlO':
            if letter in 'jl' and not letters and queue and queue[0].replace('.', '').isdigit():
                queue.pop(0)
            letters = letters.lstrip('0123456789.') if letter in 'jl' else ''
        elif letter in 'ikBn':
            found.append((letter, ''))
        elif letter not in _QUIET:
            return None
    return found


def _inherited(makeflags: str) -> list[str]:
    """The words of MAKEFLAGS: the first one has no dash where it is letters alone."""
    words, word, at = [], '', 0
    while at < len(makeflags):
        if makeflags[at] == '\\' and at + 1 < len(makeflags):
            at += 1
            word += makeflags[at]
        elif makeflags[at] == ' ':
            words.append(word)
            word = ''
        else:
            word += makeflags[at]
        at += 1
    words = [each for each in (*words, word) if each]
    if words and not words[0].startswith('-') and '=' not in words[0]:
        words[0] = f'-{words[0]}'
    return [each for each in words if each != '--']


def makeflags(called: Called) -> str:
    """What a make that is called so hands on to those that its recipes run."""
    assigned = [f'{name}={MARK if value is None else value}' for name, value in called.given.items()]
    words = [called.flags, *(['--'] if assigned else []), *(_escaped(each) for each in assigned)]
    return ' '.join(words).lstrip() if called.flags else ' '.join(words)


def _escaped(word: str) -> str:
    return word.replace('\\', '\\\\').replace(' ', '\\ ').replace('$', '$$')

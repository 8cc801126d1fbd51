"""The functions of make that turn text into text: what each makes of its arguments, all of which are known."""

from __future__ import annotations

import posixpath

from hooks.lean.numbers import number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


def matches(pattern: str, word: str) -> str | None:
    """What the `%` of a pattern stands for in a word, '' where there is none; None where it does not match."""
    before, percent, after = pattern.partition('%')
    if not percent:
        return '' if word == pattern else None
    fits = len(word) >= len(before) + len(after) and word.startswith(before) and word.endswith(after)
    return word[len(before) : len(word) - len(after)] if fits else None


def substituted(pattern: str, replacement: str, text: str) -> str:
    """`$(patsubst PATTERN,REPLACEMENT,TEXT)`."""
    words = []
    for word in text.split():
        stem = matches(pattern, word)
        words.append(word if stem is None else replacement.replace('%', stem, 1) if '%' in pattern else replacement)
    return ' '.join(words)


def reference(text: str, rule: str) -> str:
    """`$(VAR:a=b)` of a value."""
    old, _, new = rule.partition('=')
    if '%' not in old:
        old, new = f'%{old}', f'%{new}'
    return substituted(old, new, text)


def _filter(patterns: str, text: str, keeps: bool = True) -> str:
    each = patterns.split()
    return ' '.join(w for w in text.split() if any(matches(pattern, w) is not None for pattern in each) == keeps)


def _each(function: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: ' '.join(function(word) for word in text.split())


def _dir(word: str) -> str:
    return word[: word.rfind('/') + 1] or './'


def _suffix(text: str) -> str:
    return ' '.join(found for word in text.split() if (found := posixpath.splitext(word.rpartition('/')[2])[1]))


def _basename(word: str) -> str:
    folder, slash, name = word.rpartition('/')
    return folder + slash + (name[: name.rfind('.')] if '.' in name else name)


def _join(left: str, right: str) -> str:
    lefts, rights = left.split(), right.split()
    longest = max(len(lefts), len(rights))
    lefts += [''] * (longest - len(lefts))
    rights += [''] * (longest - len(rights))
    return ' '.join(map(str.__add__, lefts, rights))


def _nth(which: str, text: str) -> str | None:
    words = text.split()
    if not which.strip().isdecimal() or number(which) < 1:
        return None
    return words[number(which) - 1] if number(which) <= len(words) else ''


def _wordlist(first: str, last: str, text: str) -> str | None:
    if not (first.strip().isdecimal() and last.strip().isdecimal()) or number(first) < 1:
        return None
    return ' '.join(text.split()[number(first) - 1 : number(last)])


# Each with how many arguments it takes; None of one is that make fails.
FUNCTIONS: dict[str, tuple[int, Callable[..., str | None]]] = {
    'addprefix': (2, lambda prefix, text: ' '.join(prefix + word for word in text.split())),
    'addsuffix': (2, lambda suffix, text: ' '.join(word + suffix for word in text.split())),
    'basename': (1, _each(_basename)),
    'dir': (1, _each(_dir)),
    'filter': (2, _filter),
    'filter-out': (2, lambda patterns, text: _filter(patterns, text, keeps=False)),
    'findstring': (2, lambda sought, text: sought if sought in text else ''),
    'firstword': (1, lambda text: ' '.join(text.split()[:1])),
    'join': (2, _join),
    'lastword': (1, lambda text: ' '.join(text.split()[-1:])),
    'notdir': (1, lambda text: ' '.join(found for word in text.split() if (found := word.rpartition('/')[2]))),
    'patsubst': (3, substituted),
    'sort': (1, lambda text: ' '.join(sorted(set(text.split())))),
    'strip': (1, lambda text: ' '.join(text.split())),
    'subst': (3, lambda old, new, text: text.replace(old, new) if old else text + new),
    'suffix': (1, _suffix),
    'word': (2, _nth),
    'wordlist': (3, _wordlist),
    'words': (1, lambda text: str(len(text.split()))),
}

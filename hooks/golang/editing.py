"""`go mod edit` on a go.mod whose text is known: the text that it leaves, as far as these edits go.

Source: `go help mod edit`. What it writes is read again by go alone, so the order of lines and blanks is not kept.
"""

from __future__ import annotations

from hooks.golang import gomod, strict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


# Flags that change nothing.
_READS = ('fmt', 'json', 'print')


def edited(text: str, words: Sequence[str | None]) -> str | None:
    """The go.mod after the flags of a `go mod edit`; None where it is not known."""
    for word in words:
        name, equals, value = (word or '').lstrip('-').partition('=')
        if strict.of_mod(text) or not (word or '').startswith('-') or (name not in _READS and not equals):
            return None
        after = _after(text, name, value)
        if after is None:
            return None
        text = after
    return text


def _after(text: str, name: str, value: str) -> str | None:
    mod = gomod.parse_mod(text)
    match name:
        case 'fmt' | 'json' | 'print':
            return text
        case 'go':
            lines = text.split('\n')
            kept = lines[: mod.go_line - 1] + lines[mod.go_line :] if mod.go_line else lines
            return '\n'.join(kept) + f'\ngo {value}\n'
        case 'require':
            path, at, version = value.partition('@')
            fresh = at and all(each.path != path for each in mod.require)
            return f'{text}\nrequire {path} {version}\n' if fresh else None
        case 'replace':
            old, equals, new = value.partition('=')
            fresh = equals and all(each.path != old.partition('@')[0] for each in mod.replace)
            return f'{text}\nreplace {old.replace("@", " ")} => {new.replace("@", " ")}\n' if fresh else None
    return None

"""The `${NAME}` of compose files, and the `.env` file that gives the values.

Follows github.com/compose-spec/compose-go (packages template and dotenv).
"""

from __future__ import annotations

from hooks.lean.lazy import re, regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

_NAME = regex(r'[A-Za-z_][A-Za-z0-9_]*')
_OPERATOR = regex(r':?[-+?]')
_BRACE = regex(r'[{}]')
_LONGEST = 100_000
_DEEPEST = 20

_ASSIGNMENT = regex(
    r"""(?xs)(?:export[^\S\n]+)?(?P<name>[\w.\-\[\]]+)[^\S\n]*[=:][^\S\n]*
        (?:'(?P<single>(?:[^'\\]|\\.)*)'|"(?P<double>(?:[^"\\]|\\.)*)"|(?P<bare>[^\n]*))""",
)


def interpolate(text: str, env: Mapping[str, str | None], depth: int = 0) -> str | None:
    """`$NAME`, `${NAME}`, `${NAME:-default}` and their like, replaced; `$$` is a `$`.

    A name that is not in `env` may be set by whoever runs compose. A default stands for it; without one, like for a
    name mapped to None, the result is not known: None. None as well for what compose refuses.
    """
    out, at = '', 0
    while (dollar := text.find('$', at)) >= 0:
        out += text[at:dollar]
        name = _NAME.match(text, dollar + 1)
        value: str | None = '$'
        if text.startswith('$$', dollar):
            at = dollar + 2
        elif text.startswith('${', dollar):
            at = _closing(text, dollar + 1) + 1
            value = _braced(text[dollar + 2 : at - 1], env, depth + 1) if at else None
        elif name:
            at, value = name.end(), env.get(name[0])
        else:
            at = dollar + 1
        if value is None:
            return None
        out += value
    return out + text[at:]


def _closing(text: str, at: int) -> int:
    """Where the brace that opens at `at` closes; -1 when it does not."""
    depth = 0
    for brace in _BRACE.finditer(text, at):
        depth += 1 if brace[0] == '{' else -1
        if not depth:
            return brace.start()
    return -1


def _braced(text: str, env: Mapping[str, str | None], depth: int) -> str | None:
    """What stands between the braces of `${…}`."""
    name = _NAME.match(text)
    if not name or depth > _DEEPEST:
        return None
    value = env.get(name[0])
    operator = _OPERATOR.match(text, name.end())
    if not operator:
        return value if name.end() == len(text) else None
    unset = name[0] not in env or (value == '' and operator[0][0] == ':')
    rest = text[operator.end() :]
    if operator[0][-1] == '-':
        return interpolate(rest, env, depth) if unset else value
    if operator[0][-1] == '+' and value is not None:
        return value if unset else interpolate(rest, env, depth)
    return None if unset or operator[0][-1] == '+' else value


def env_file(text: str, env: Mapping[str, str | None]) -> dict[str, str | None]:
    """The assignments of a `.env` file; None for a value that is not known. `env` has what is set before it.

    A line that is no assignment is passed over.
    """
    values: dict[str, str | None] = {}
    text, at = text.removeprefix('\ufeff').replace('\r\n', '\n'), 0
    while at < len(text):
        found = _ASSIGNMENT.match(text, at)
        if found:
            value = _assigned(found, {**values, **env})
            # Each may double the one before.
            values[found['name']] = value if value is None or len(value) <= _LONGEST else None
            at = found.end()
        else:
            at = (text.find('\n', at) + 1 or len(text)) if not text[at].isspace() else at + 1
    return values


def _assigned(found: re.Match[str], env: Mapping[str, str | None]) -> str | None:
    if found['single'] is not None:
        return found['single'].replace("\\'", "'")
    if found['double'] is not None:
        return None if '\\' in found['double'] else interpolate(found['double'], env)
    bare = found['bare'].split(' #')[0].rstrip()
    # A quote that does not close, or one that the next lines close.
    return None if bare[:1] in ('"', "'") else interpolate(bare, env)

"""Words of a script, as far as they are known."""

from __future__ import annotations

from hooks.builds.declarations import MARK
from hooks.lean.memo import memo
from hooks.shell import expand_value
from hooks.shell.lexer import NotUnderstood
from hooks.shell.words import parts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def marked(raw: str, env: Mapping[str, str | None], substituted: Callable[[str], str]) -> str:
    """A raw word without its quotes, MARK for each part that is not known; `substituted` says what `$(…)` prints."""
    if '$' not in raw and '`' not in raw and '"' not in raw and "'" not in raw and '\\' not in raw:
        return raw
    text = ''
    try:
        for part, expands in _parts(raw):
            text += _expanded(part, env, substituted) if expands else part
    except (NotUnderstood, RecursionError):
        return MARK
    return text


@memo  # a function, or a loop, has the same words each time
def _parts(raw: str) -> tuple[tuple[str, bool], ...]:
    return tuple((part, expands) for part, _, expands in parts(raw))


def _expanded(part: str, env: Mapping[str, str | None], substituted: Callable[[str], str]) -> str:
    if part in ('$0', '${0}') or part.startswith(('$BASH_SOURCE', '${BASH_SOURCE')):
        return env.get(part) or MARK
    if part.startswith(('$(', '`')) and not part.startswith('$(('):
        return substituted(part)
    if part in ('$PWD', '${PWD}'):
        return substituted('$(pwd)')
    if part in ('$GITHUB_WORKSPACE', '${GITHUB_WORKSPACE}'):
        return substituted('$(git rev-parse --show-toplevel)')
    value = expand_value(part, env)
    return MARK if value is None else value

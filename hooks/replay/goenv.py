"""The settings of go that lie in files: what `go env -w` wrote, and the go.env of a Go's own folder.

Source: `go help environment`, and cfg.go of cmd/go: GOENV names the file, or `off`; else it is `go/env` below
XDG_CONFIG_HOME or HOME/.config. A variable of the environment goes first where it is not empty, then that file, then
GOROOT/go.env.
"""

from __future__ import annotations

from hooks.context.paths import normal
from hooks.context.tree import ABSENT, FILE, FOLDER, Entry
from hooks.replay.writing import opaque, written

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from hooks.context.index import Repository
    from hooks.replay.shell import Shell

# Those that a rule or the replay asks for.
NAMES = tuple('GOFLAGS GO111MODULE GOTOOLCHAIN GOWORK CGO_ENABLED GOOS GOARCH GOPATH GOMODCACHE GOBIN GOPROXY'.split())
ROOT = '/usr/local/go/go.env'
HOME = '/root'


def settled(shell: Shell, repository: Repository) -> dict[str, str | None]:
    """The environment of a go command, with what files set where it is empty."""
    env = shell.exported
    path = where(env, shell.cwd)
    texts = [None] if path is None else [_text(shell, path, repository), _own(shell, repository)]
    if texts == ['', '']:
        return env
    env = env.copy()
    for text in texts:
        for name, value in _read(text).items() if text is not None else dict.fromkeys(NAMES).items():
            # To go an empty variable is an unset one.
            if env.get(name, '') == '':
                env[name] = value
    return env


def where(env: dict[str, str | None], cwd: str | None) -> str | None:
    """The file that `go env -w` writes: '' for none, None where nobody knows which one it is."""
    # What a base image that nobody knows might set does not count.
    own = dict(env)
    named = own.get('GOENV', '')
    if named:
        known = named == 'off' or named.startswith('/') or cwd is not None
        return None if not known else '' if named == 'off' else normal(named, cwd or '')
    config = own.get('XDG_CONFIG_HOME') or f'{own.get("HOME") or HOME}/.config'
    return None if named is None else normal(f'{config}/go/env')


def wrote(shell: Shell, words: Sequence[str | None], repository: Repository, surely: bool) -> Shell:
    """The shell after `go env -w NAME=VALUE …` (or `-u NAME …`), the words behind the flag; it may have failed."""
    path = where(shell.exported, shell.cwd)
    if path is None:
        return opaque(shell)
    text = _text(shell, path, repository) if path else None
    if text is None or None in words:
        return written(shell, path) if path else shell
    values = _read(text)
    for word in words:
        name, equals, value = (word or '').partition('=')
        if surely and not equals:
            values.pop(name, None)
        else:
            values[name] = value if surely else None
    lines = ''.join(f'{name}\n' if value is None else f'{name}={value}\n' for name, value in values.items())
    return written(shell, path, Entry(FILE, text=lines))


def _text(shell: Shell, path: str, repository: Repository) -> str | None:
    """The text of a file of settings, '' where there is none, None where nobody knows."""
    entry = shell.view.look(path) if path else Entry(ABSENT)
    return '' if entry.kind in (ABSENT, FOLDER) else entry.read(repository)


def _own(shell: Shell, repository: Repository) -> str | None:
    """That of the image's Go holds what Go comes with, unless a step wrote it."""
    entry = shell.view.look(ROOT)
    return entry.read(repository) if entry.kind == FILE else ''


def _read(text: str) -> dict[str, str | None]:
    """Lines NAME=VALUE, all others aside; a name alone is how `wrote` says that nobody knows its value."""
    lines = [line.strip().partition('=') for line in text.split('\n')]
    return {name: value if equals else None for name, equals, value in lines if name and not name.startswith('#')}

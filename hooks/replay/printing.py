"""What a script learns of its own place: `$(dirname "$0")`, `$(cd … && pwd)` and their like."""

from __future__ import annotations

import posixpath

from hooks.context.paths import normal
from hooks.lean.lazy import regex
from hooks.shell import expand, parse, substitutions
from hooks.shell.tree import And, Seq, Simple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.replay.shell import Shell
    from hooks.shell.tree import Node

# The name of the script, as it was called.
_NAME = regex(r'\$\{BASH_SOURCE(?:\[0\])?(?::-\$(?:0|\{0\}))?\}|\$BASH_SOURCE\b|\$\{0\}|\$0(?![0-9])')
_FOLDER = regex(r'\$\{0%/\*\}|\$\{BASH_SOURCE(?:\[0\])?%/\*\}')
# What means nothing to a shell, in quotes and outside.
_PLAIN = regex(r'[A-Za-z0-9_./-]+')


def filled(raw: str, shell: Shell) -> str:
    """A raw word with what is known of the script's place in it."""
    if shell.name is not None and '$' in raw and "'" not in raw and _PLAIN.fullmatch(shell.name):
        name = shell.name
        raw = _FOLDER.sub(lambda match: posixpath.dirname(name) or name, _NAME.sub(lambda match: name, raw))
    for script in substitutions(raw) if '$(' in raw or '`' in raw else ():
        text = printed(script, shell)
        if text is not None and _PLAIN.fullmatch(text):
            for form in (f'$({script})', f'`{script}`'):
                raw = raw.replace(form, text)
    return raw


def placed(node: Simple, shell: Shell) -> Simple:
    """A command with what is known of the script's place in its words."""
    assigns = tuple([(name, filled(raw, shell)) for name, raw in node.assigns])
    return node._replace(words=tuple([filled(raw, shell) for raw in node.words]), assigns=assigns)


def printed(script: str, shell: Shell) -> str | None:
    """What `$(script)` stands for, None when that is not known."""
    tree = parse(script)
    here, text = shell.cwd, None
    for command in _chain(tree) if tree is not None else ():
        fields = [expand(filled(raw, shell), shell.env) for raw in command.words]
        words = [word for found in fields for word in found or ()]
        if None in fields or not words:
            return None
        name, operands = words[0], [word for word in words[1:] if not word.startswith('-')]
        text = None
        if name == 'cd' and len(operands) == 1 and (here is not None or operands[0].startswith('/')):
            here = normal(operands[0], here or '')
        elif name == 'pwd' and not operands and here is not None:
            text = here or '/'
        elif name == 'echo' and len(words) == 2:
            text = words[1]
        elif name in ('dirname', 'basename', 'realpath', 'readlink') and len(operands) == 1:
            text = _path(name, operands[0], here)
        else:
            return None
    return text


def _path(name: str, operand: str, here: str | None) -> str | None:
    if name == 'dirname':
        return posixpath.dirname(operand.rstrip('/')) or '.'
    if name == 'basename':
        return posixpath.basename(operand.rstrip('/'))
    return normal(operand, here) if here is not None else None


def _chain(node: Node) -> list[Simple]:
    """The commands of `a && b; c`; [] for anything else."""
    match node:
        case Simple(assigns, words):
            return [node] if words and not assigns else []
        case And(left, right):
            parts = [_chain(left), _chain(right)]
        case Seq(nodes):
            parts = [_chain(part) for part in nodes]
        case _:
            return []
    return [each for part in parts for each in part] if all(parts) else []

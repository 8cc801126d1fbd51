"""Whether the command of a health check can pass, given the tools that the image lacks.

A shell goes on behind a program that is not there: `curl … || exit 1` fails, `curl … || wget …` may pass.
"""

from __future__ import annotations

from hooks.facts import contents
from hooks.facts.places import found
from hooks.replay.systems import FOLDERS, PROBES
from hooks.report.finding import Related

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hooks.facts.absence import Cause
    from hooks.facts.places import At
    from hooks.replay.build import Check
    from hooks.report.finding import Finding
    from hooks.shell.tree import Node

TOOLS = frozenset(('curl', 'wget', *PROBES))
_SHELLS = frozenset(('sh', 'bash', 'ash', 'dash'))
# A part of a script that fails for another reason, such as `exit 1`, and one that may pass.
_FAILS, _MAY_PASS = 'fails', ''


def of_services(at: At) -> Iterator[Check]:
    """The checks that compose files give the services of this build, unless another file may give them another."""
    for check in dict.fromkeys(each.check for each in at.build.declared if each.check):
        folder, _, own = check.path.rpartition('/')
        others = (name for name in at.build.repository.names(folder) if name != own and 'compose' in name.lower())
        texts = (at.build.repository.read(f'{folder}/{name}'.lstrip('/')) or '' for name in others)
        if not any('healthcheck' in text and f'{check.service}:' in text for text in texts):
            yield check


def of_service(at: At, check: Check, rule: str, fact: str, cause: Cause) -> Finding:
    """A finding at the check of a service, in the compose file."""
    where = Related(at.build.dockerfile, at.moment.base.line, 'the image that is checked')
    finding = found(at.build, check.line, rule, fact, cause, ('check', check.path, str(check.line)), says=False)
    return finding._replace(path=check.path, says=f' ({at.build.dockerfile}:{at.line})', related=(where,))


def missing(at: At, words: Sequence[str], is_exec: bool) -> str:
    """The tool without which a check fails, as it is named there; '' where it may pass."""
    if not is_exec:
        # Without a shell no tool is asked for.
        script = words[0] if words and not contents.lacks(at, '/bin/sh') else ''
    else:
        program, *args = words or ('',)
        if program.rpartition('/')[2] not in _SHELLS:
            return program if _is_lacking(at, program) else ''
        script = args[1] if args[:1] == ['-c'] and len(args) == 2 else ''
    # Most checks name no tool.
    if not script or not any(tool in script for tool in TOOLS):
        return ''
    from hooks.shell import parse

    tree = parse(script)
    outcome = _outcome(at, tree) if tree else ''
    return outcome if outcome != _FAILS else ''


def _is_lacking(at: At, program: str) -> bool:
    folder, _, name = program.rpartition('/')
    if name not in TOOLS or (folder and folder not in FOLDERS) or _has_own_path(at):
        return False
    if name in PROBES and at.moment.go:
        # Go's own image finds what go installs.
        return False
    return all(contents.lacks(at, f'{each}/{name}') for each in FOLDERS)


def _has_own_path(at: At) -> bool:
    """Whether an instruction sets PATH: a tool may lie in any folder then."""
    stages = {moment.stage for moment in at.moments}
    steps = (step for stage in (*stages, at.moment.stage) for step in stage.steps if step.name == 'ENV')
    return any(pair.startswith('PATH=') for step in steps for pair in step.args)


def _outcome(at: At, node: Node) -> str:
    """The tool for whose lack a script fails; _FAILS for another reason, and _MAY_PASS where it may not."""
    # Imported late: few checks name a tool.
    from hooks.shell.tree import And, Group, Or, Pipe, Seq, Simple, Subshell

    match node:
        case Simple():
            return _of_command(at, node.words)
        case And():
            # What follows runs only where it passes.
            return _outcome(at, node.left) or _outcome(at, node.right)
        case Or():
            left = _outcome(at, node.left)
            right = _outcome(at, node.right) if left else _MAY_PASS
            return (left if right == _FAILS else right) if right else _MAY_PASS
        case Pipe():
            # Of nothing that comes in, grep finds nothing.
            last = node.parts[-1]
            greps = isinstance(last, Simple) and last.words[:1] == ('grep',) and '-L' not in last.words
            return _outcome(at, node.parts[0]) if len(node.parts) == 2 and greps else _MAY_PASS
        case Group() | Subshell():
            return _outcome(at, node.body)
        case Seq() if len(node.parts) == 1:
            return _outcome(at, node.parts[0])
    return _MAY_PASS


def _of_command(at: At, words: tuple[str, ...]) -> str:
    words = words[1:] if words[:1] == ('exec',) else words
    if words[:1] == ('false',) or (words[:1] == ('exit',) and words[1:] not in (('0',), ())):
        return _FAILS if words[0] == 'false' or words[1].isdecimal() else _MAY_PASS
    if words == ('exit',):
        # With the status of what failed before it.
        return _FAILS
    return words[0] if words and _is_lacking(at, words[0]) else _MAY_PASS

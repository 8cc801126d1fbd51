"""A tool whose newest version declares another path: no Go can install it under the old one."""

from __future__ import annotations

from hooks.facts import installs
from hooks.facts.absence import Cause
from hooks.facts.toolchain import OLDEST
from hooks.golang import tools

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import At
    from hooks.report.finding import Finding

ID = 'tool-moved'


def find(at: At) -> Iterator[Finding]:
    for verb, tool, go in installs.installed(at):
        if tool.run.moved and at.moment.go != '' and not (go and go.minor < OLDEST):
            package = f'{tool.run.moved}{tool.package[len(tool.module) :]}'
            fits = tools.fitting(tool, installs.limit(go), go.minor) if go else ''
            fact = f'{installs.named(tool)} declares its path as {tool.run.moved}, and was required as {tool.module}'
            yield at.finding(
                ID, fact, Cause('', f'{verb} `{fits or package + "@latest"}`'), ('tool', str(at.line), fact)
            )

"""A tool whose newest version declares another path: no Go can install it under the old one.

go says: `module declares its path as: github.com/air-verse/air but was required as: github.com/cosmtrek/air`. The
newest version of the tool lives under another path, so no Go can install it under the old one.

Cure: install it from its new home.

Bad:

    -- Dockerfile --
    FROM golang:1.23
    RUN go install github.com/cosmtrek/air@latest
    -- says --
    Dockerfile:2: github.com/cosmtrek/air@latest (v1.67.4 or newer) declares its path as github.com/air-verse/air, and was required as github.com/cosmtrek/air: install `github.com/air-verse/air@v1.61.7`

Good:

    -- Dockerfile --
    FROM golang:1.26
    RUN go install github.com/air-verse/air@latest

Silent: of a version that was published before the move.
"""

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
            cure = f'{verb} `{fits or package + "@latest"}`'
            home = tools.table(tool.run.moved)
            image = None
            if go and home and not fits:
                # Imported late: most images are new enough.
                from hooks.facts import cures

                image = cures.newer(at, go, home[-1].go)
                cure = f'{image.text}{f" in line {image.line}" * image.text.startswith("build ")}, and {cure}'
            yield at.finding(ID, fact, Cause(image.why if image else '', cure), ('tool', str(at.line), fact))

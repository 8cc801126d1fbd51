"""A finding on a terminal: the place, the fact and the cure told apart. Without the colours it is the plain line."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.report.finding import Finding

PLACE, FACT, CURE, RULE, PLAIN = '\033[1m', '\033[31m', '\033[32m', '\033[2m', '\033[0m'


def wanted() -> bool:
    """Whether standard output shows colours: see no-color.org and force-color.org."""
    if os.environ.get('NO_COLOR'):
        return False
    if os.environ.get('FORCE_COLOR', '') not in ('', '0'):
        return True
    shows = os.environ.get('TERM') != 'dumb' and (os.name != 'nt' or 'WT_SESSION' in os.environ)
    return shows and sys.stdout.isatty()


def coloured(finding: Finding) -> str:
    place, fact = f'{PLACE}{finding.path}:{finding.line}:{PLAIN}', f'{FACT}{finding.fact}{PLAIN}'
    rule = f' {RULE}[{finding.hook}/{finding.rule}]{PLAIN}' if finding.hook else ''
    return f'{place} {fact}{finding.says}{finding.why}: {CURE}{finding.cure}{PLAIN}{rule}'

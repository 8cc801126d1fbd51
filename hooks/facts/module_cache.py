"""What may have brought modules into the module cache before a go command runs."""

from __future__ import annotations

from hooks.context.paths import within
from hooks.context.tree import ABSENT
from hooks.replay import bases

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from hooks.facts.places import Place

_CACHE = '/go/pkg/mod'
# Where no image of Go has anything, and a program that nobody knows may have written all the same.
_ANYWHERE = '/go/src/?'
# Commands that bring no module.
_OFFLINE = frozenset('env version fmt clean help doc'.split()) | {'mod init', 'mod edit'}


def may_be_brought(place: Place) -> bool:
    """Whether a mount or a COPY of the stage may bring the cache, or a variable puts it elsewhere."""
    view, env = place.view, place.call.shell.env
    if any(within(_CACHE, folder) or within(folder, '/go') for folder, _ in view.mounts) or env.get('GOMODCACHE', ''):
        return True
    stage, before = place.moments[place.at].stage, place.moments[: place.at]
    targets = [source.target for moment in before if moment.stage is stage for source in moment.copies]
    away = [target for target in targets if target is None or within(target, '/go/pkg') or within('/go/pkg', target)]
    return bool(away) or place.gopath != '/go'


def is_empty(place: Place) -> bool:
    """Whether no module is there for certain: in Go's own image, before which nothing has asked a proxy for one."""
    here = place.moments[place.at]
    if not bases.is_official(bases.split(here.base.reference)[0]) or here.base.line != here.stage.line:
        return False
    calls = (moment.call for moment in place.moments[: place.at] if moment.stage is here.stage)
    asked = any(
        call
        and not call.command.name.startswith('work ')
        and call.command.name not in _OFFLINE
        and not is_off(call.shell.env)
        for call in calls
    )
    return not asked and not may_be_brought(place) and place.view.look(_ANYWHERE).kind == ABSENT


def is_off(env: Mapping[str, str | None]) -> bool:
    """Whether GOPROXY forbids to ask for a module, of whatever name."""
    proxy = (env.get('GOPROXY', '') or '').replace('|', ',').partition(',')[0]
    return proxy == 'off' and env.get('GOPRIVATE', '') == '' and env.get('GONOPROXY', '') == ''

"""Modules that go fetches from their repositories, since GOPRIVATE, GONOPROXY or GOPROXY says so.

Source: cmd/go/internal/modfetch (TryProxies, GONOPROXY), golang.org/x/mod/module.MatchPrefixPatterns, and
cmd/go/internal/vcs: of the hosts whose name says what they are each speaks git.
"""

from __future__ import annotations

from fnmatch import fnmatchcase

from hooks.context.paths import within
from hooks.facts import module_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.facts.places import Place

_GIT = ('github', 'gitlab', 'gitea', 'bitbucket', 'dev.azure.com')


def fetched(place: Place) -> tuple[str, str] | None:
    """A module that a command fetches by git, and the variable that says so; None where that is not certain."""
    module, env = place.module, place.call.shell.env
    if module is None or module.mod is None or _may_be_there(place):
        return None
    name, patterns = _patterns(place)
    replaced = {each.path for each in module.mod.replace}
    wanted = [each.path for each in module.mod.require if each.path not in replaced and _speaks_git(each.path)]
    private = [path for path in wanted if patterns == '*' or matches(patterns, path)]
    if not private or env.get('GOFLAGS', '') is None:
        return None
    if place.command.name == 'mod download':
        return private[0], name
    # Imported late: most images download first.
    from hooks.module import needed

    found = needed.packages(place.invocation)
    imported = [path for path, each in found.imports.items() if each.sure]
    return next(((path, name) for path in private if any(within(each, path) for each in imported)), None)


def _patterns(place: Place) -> tuple[str, str]:
    """The variable in force and its patterns; '*' for all modules, '' for none."""
    env = place.call.shell.env
    if env.get('GOPROXY', '') == 'direct':
        return 'GOPROXY', '*'
    if env.get('GOPROXY', '') in (None, 'off') or env.get('GONOPROXY', '') is None:
        return 'GOPROXY', ''
    name = 'GONOPROXY' if env.get('GONOPROXY', '') else 'GOPRIVATE'
    return name, env.get(name, '') or ''


def matches(patterns: str, path: str) -> bool:
    """Whether one of the patterns matches as many leading elements of a module's path as it has itself."""
    for pattern in patterns.split(','):
        elements = pattern.strip('/').split('/')
        head = path.split('/')[: len(elements)]
        if pattern and len(head) == len(elements) and all(map(fnmatchcase, head, elements)):
            return True
    return False


def _speaks_git(path: str) -> bool:
    host = path.partition('/')[0]
    return '.git/' in f'{path}/' or host.startswith('git.') or any(word in host for word in _GIT)


def _may_be_there(place: Place) -> bool:
    """Whether something else may bring the module, or git: a step that speaks of that."""
    steps = (step for step in place.moments[place.at].stage.steps if step.name == 'RUN' and step.line < place.line)
    return module_cache.may_be_brought(place) or any('git' in step.text for step in steps)

"""What to write for an image whose Go is too old: which word of which line decides it, and what it would have to be."""

from __future__ import annotations

from hooks.dockerfile import parser
from hooks.facts import demands, images, toolchain
from hooks.golang import versions
from hooks.lean.record import Record
from hooks.replay import bases

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.facts.places import At
    from hooks.facts.toolchain import Toolchain
    from hooks.replay.build import Build
    from hooks.replay.replayer import From
    from hooks.report.finding import Finding


class Edit(Record):
    """A word that decides an image, and what to write for it.

    It stands in the FROM of `line`, or is the value of the argument `name`, which an ARG of `line` sets or, where that
    is 0, the build passes.
    """

    line: int
    old: str
    new: str
    name: str = ''


def edit(base: From, proposed: str) -> Edit:
    """How a FROM comes to name another image; `old` is '' where it takes more than one word."""
    (_, tag), (_, newer) = bases.split(base.reference), bases.split(proposed)
    pairs = [(base.reference, proposed), (tag, newer), (tag.partition('-')[0], newer.partition('-')[0])]
    if base.verb == 'unpack':
        pairs = [(base.reference[2:].partition('.linux-')[0], proposed[2:].partition('.linux-')[0])]
    env = {arg.name: arg.value for arg in base.args}
    for arg in base.args:
        for old, new in pairs:
            if arg.value == old and parser.expand(base.word, {**env, arg.name: new}, '\\') == proposed:
                return Edit(arg.line, old, new, arg.name)
    return Edit(base.line, base.reference if base.word == base.reference else '', proposed)


class Cure(Record):
    """What to do, the reason that goes before it, the line of the FROM, and which word may be written for which."""

    text: str
    why: str
    line: int
    edit: tuple[str, str] = ('', '')

    def at(self, found: Finding) -> Finding:
        """The finding at that line."""
        return found._replace(line=self.line, edit=self.edit)


def image(build: Build, base: From, proposed: str) -> Cure:
    """The cure that is another image."""
    # A digest that is pinned is not taken away.
    word, known = edit(base, proposed), images.exists(proposed) and '@' not in base.reference
    if not word.name:
        written = (word.old, word.new) if word.old and known else ('', '')
        return Cure(f'{base.verb} `{proposed}`', '', base.line, written)
    if not word.line:
        where = ' and '.join(dict.fromkeys(_passed(build, word)))
        return Cure(f'set it to `{word.new}`', f', since {word.name} is {word.old} in {where}', base.line)
    cure = f'set `{word.name}={word.new}` in line {word.line}, for `{proposed}`'
    written = (f'{word.name}={word.old}', f'{word.name}={word.new}') if known else ('', '')
    return Cure(cure, '', base.line, written)


def newer(at: At, go: Toolchain, wanted: str) -> Cure:
    """How to get a Go that is new enough for a version, and for all else that the same image runs."""
    wanted = _hardest(at, go, wanted)
    if go.fixed:
        return Cure(f'set `GOTOOLCHAIN=go{versions.release(wanted)}` or newer', '', go.base.line)
    proposed = go.newer(wanted)
    if not proposed:
        return Cure(f'build from an image of Go {wanted} or newer', '', go.base.line)
    return image(at.build, go.base, proposed)


def fitting(at: At, base: From, proposed: str) -> str:
    """An image that is proposed, or where what runs on it wants a newer Go, one that has it."""
    for moment in at.moments:
        go = toolchain.of(moment, moment.call.shell) if moment.call and moment.base == base else None
        if go:
            wanted = _hardest(at, go, go.version)
            return go.newer(wanted) if go.lacks(wanted) else proposed
    return proposed


def _hardest(at: At, go: Toolchain, wanted: str) -> str:
    """The newest version that anything wants which runs on the same image."""
    # Imported late: most images are new enough.
    from hooks.facts import installs
    from hooks.facts.places import At as Place

    found = [wanted]
    for number, moment in enumerate(at.moments):
        if moment.call is None or not toolchain.counts(moment.call) or toolchain.of(moment, moment.call.shell) != go:
            continue
        each = demands.hardest(go, demands.demands(at.build.repository, moment.call, go))
        found += [each.wanted] if each else []
        found += [needs for _, _, needs in installs.refused(Place(at.build, at.moments, number))]
    return max(found, key=versions.key)


def _passed(build: Build, word: Edit) -> Iterator[str]:
    """Where the builds pass an argument: the line that names it and its value, or that of the build."""
    for each in build.declared:
        lines = (build.repository.read(each.by) or '').split('\n')
        # The build may stand in the middle of its own lines.
        order = [*range(max(each.line - 1, 0), len(lines)), *range(max(each.line - 1, 0))]
        named = (at for at in order if _names(lines[at], word.name) and word.old in lines[at])
        yield f'{each.by}:{next(named, each.line - 1) + 1}'


def _names(line: str, name: str) -> bool:
    return any(f'{name}{sign}' in line for sign in (':', '=', '"', "'"))

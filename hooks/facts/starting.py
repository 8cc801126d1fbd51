"""Which program a container of the image starts, and where in the image it is looked for."""

from __future__ import annotations

from hooks.context.paths import normal, upwards
from hooks.context.tree import FILE, LACKS
from hooks.facts import places
from hooks.lean.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from hooks.context.tree import Entry, Program
    from hooks.facts.places import At, Place
    from hooks.replay.replayer import Moment
    from hooks.replay.starts import Order

# They start what follows their options, and `--`.
_INITS = frozenset(('tini', 'tini-static', 'dumb-init', 'catatonit'))
_PLAIN = frozenset('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-+@')
# So many Go files are looked at before the packages of a program are followed.
_FEW = 200
# What may stand around a path that is mounted to, behind a colon and before the end.
_QUOTES = str.maketrans('', '', '"\'')
_ENDS = tuple(f'{slash}{end}' for slash in ('', '/') for end in '\n\r :,]}')
_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'


class Started(Record):
    """A program as an instruction names it, the path that stands for, and what lies there.

    The path is '' where a name is found in no folder of PATH.
    """

    order: Order
    word: str
    path: str
    entry: Entry

    @property
    def script(self) -> bool:
        """Whether it is a file that is as the repository has it."""
        return self.entry.kind == FILE and bool(self.entry.origin) and self.entry.text is None


def started(at: At) -> Started | None:
    """What a container starts; None where nobody knows."""
    end = at.moment.end
    order = end.starts.first if end else None
    if end is None or order is None:
        return None
    words = end.starts.words if order.step.exec else _of_shell(order)
    word = _behind_init(words)
    found = _find(at, word) if word else None
    return Started(order, word, *found) if found else None


def own(at: At) -> tuple[Started, Moment] | None:
    """A program of the repository that a container starts, and the go command that links it.

    None for a tool that go installs by its version, as a stage for development does.
    """
    start = started(at)
    program = start.entry.program if start else None
    moment = next((moment for moment in at.moments if program and moment.call is program.call), None)
    known = start and moment and moment.call and not moment.call.command.versioned
    return (start, moment) if start and moment and known else None


def searched(at: At, word: str) -> list[str]:
    """The paths at which a name is looked for."""
    path = (at.moment.end.env.get('PATH', '') if at.moment.end else '') or _PATH
    return [f'{folder}/{word}' for folder in path.split(':')]


def mounted(at: At, path: str) -> bool:
    """Whether who declares the build may mount something there, or above."""
    texts = (at.build.repository.read(each.by) or '' for each in at.build.declared)
    texts = (text.translate(_QUOTES) for text in texts if 'volume' in text or 'mount' in text or ' -v' in text)
    bare = [f'{text.replace(": ", ":")}\n' for text in texts]
    above = [f':{folder}{end}' for folder in (path, *upwards(path)) if folder for end in _ENDS] if bare else []
    return any(place in text for text in bare for place in above)


def bringing(at: At, start: Started) -> int:
    """The line that brings the program into the image: of the last COPY of its stage before which it was not there."""
    program = start.entry.program
    lines = [
        moment.step.line
        for moment in at.moments
        if moment.stage is at.moment.stage and moment.copies and moment.view.look(start.path).program is not program
    ]
    return lines[-1] if lines else at.line


def mentioning(at: At, program: Program, word: str) -> Place | None:
    """The go command that links a program, where a Go file of its module holds a word, or may: of many none is read."""
    index = next((index for index, moment in enumerate(at.moments) if moment.call is program.call), None)
    place = places.place(places.At(at.build, at.moments, index)) if index is not None else None
    module = place.module if place else None
    if place is None or module is None or module.mod is None or '?' in place.command.flags:
        return None
    folder = module.origin.removesuffix('go.mod').rstrip('/')
    files = [path for path in place.repository.under(folder) if path.endswith('.go')]
    known = len(files) > _FEW or any(word in (place.repository.read(path) or '') for path in files)
    return place if known else None


def _of_shell(order: Order) -> Sequence[str]:
    """The words of a shell form that is one plain command."""
    words = (order.words[0] if order.words else '').split()
    words = words[1:] if words[:1] == ['exec'] else words
    return words if words and _PLAIN.issuperset(words[0]) else ()


def _behind_init(words: Sequence[str]) -> str:
    if not words or words[0].rpartition('/')[2] not in _INITS:
        return words[0] if words else ''
    rest = [word for word in words[1:] if not word.startswith('-')]
    # An option of tini may take a value.
    return rest[0] if rest and '-p' not in words and '-e' not in words else ''


def _find(at: At, word: str) -> tuple[str, Entry] | None:
    end = at.moment.end
    assert end
    if '/' not in word:
        found = [(path, at.moment.view.look(path)) for path in searched(at, word)]
        return next((each for each in found if each[1].kind == FILE), ('', LACKS))
    if not word.startswith('/') and end.workdir is None:
        return None
    place = normal(word, end.workdir or '')
    return place, at.moment.view.look(place)

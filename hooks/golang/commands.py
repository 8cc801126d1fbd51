"""A go command as it was typed: its name, its flags as far as they matter, and its packages.

Source: `go help build`, `go help modules` and their like; the flags are those of Go 1.27.
"""

from __future__ import annotations

from hooks.lean.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

GROUPS = ('mod', 'work', 'tool', 'telemetry')
# Flags without a value; any other flag takes the next word, unless it holds a `=`.
SWITCHES = frozenset(
    'a n v x race msan asan cover work trimpath linkshared modcacherw json i c u d t insecure failfast short benchmem '
    'fullpath e diff m deps find export compiled test versions retracted artifacts tool fix cgo s changed r w '
    'cache testcache modcache fuzzcache buildvcs'.split()
)
# Of `go vet` all flags but these are analyzers, which are switches.
VET_VALUES = frozenset(
    'C asmflags buildmode c compiler gccgoflags gcflags installsuffix ldflags mod modfile overlay p pgo '
    'pkgdir tags toolexec vettool'.split()
)
# `go test` hands flags that it does not know to the tests.
TEST_VALUES = VET_VALUES | frozenset(
    'o run bench benchtime blockprofile blockprofilerate count covermode coverpkg coverprofile cpu cpuprofile exec '
    'fuzz fuzzminimizetime fuzztime list memprofile memprofilerate mutexprofile mutexprofilefraction outputdir '
    'parallel shuffle skip timeout trace vet'.split()
)
# What stands for words that nobody knows: each may be a flag.
ANY_FLAG = '-?'
VERSIONED = ('install', 'run')
# Commands that load packages.
BUILDS = frozenset(('build', 'install', 'run', 'test', 'vet', 'mod vendor'))


class GoCommand(Record):
    """`name` is 'build', 'mod tidy', …; `folder` is that of -C ('' when there is none, None when it is not known).

    `flags` maps each flag, without dashes, to its value ('' for a switch, None when it is not known), those of GOFLAGS
    first. `args` are the packages or files; None stands for one that is not known.
    """

    name: str
    folder: str | None
    flags: Mapping[str, str | None]
    args: tuple[str | None, ...]
    words: tuple[str | None, ...]

    @property
    def versioned(self) -> bool:
        """Whether it runs or installs PKG@VERSION, which looks at no go.mod."""
        return self.name in VERSIONED and any(arg is None or '@' in arg for arg in self.args[:1])

    def __str__(self) -> str:
        return ' '.join(['go', *self.name.split()][: 3 if self.name.split()[0] in GROUPS else 2])


def parse(words: Sequence[str | None], goflags: str | None) -> GoCommand | None:
    """The command whose words, without `go` itself, are given; None when not even its name is known.

    A word that is not known is None; `goflags` is the environment's GOFLAGS.
    """
    flags: dict[str, str | None] = {}
    folder, words = _chdir(list(words))
    if not words or words[0] is None or not words[0].strip() or words[0] == ANY_FLAG:
        return None
    name, rest = words[0], words[1:]
    if name in GROUPS and name != 'tool' and rest:
        if rest[0] is None or rest[0] == ANY_FLAG:
            return None
        name, rest = f'{name} {rest[0]}', rest[1:]
    if folder == '':
        folder, rest = _chdir(rest)
    flags.update(_goflags(goflags))
    own, args = _split(rest, name)
    flags.update(own)
    if folder == '' and 'C' in own:
        # It must be the first flag; the rest is read as if it were.
        folder = own['C']
    if ANY_FLAG.strip('-') in flags:
        # It may be -C, and -mod or -modfile.
        folder = None
    return GoCommand(name, folder, flags, tuple(args), tuple(words))


def _chdir(words: list[str | None]) -> tuple[str | None, list[str | None]]:
    """-C DIR must be the first flag."""
    first = words[0] if words else ''
    if first in ('-C', '--C'):
        return _value(words[1:])
    if first is not None and first.startswith(('-C=', '--C=')):
        return first.partition('=')[2], words[1:]
    return '', words


def _value(words: list[str | None]) -> tuple[str | None, list[str | None]]:
    """What a flag takes as its value, and the rest: words that nobody knows are one here."""
    return (None, words[2:]) if words[:2] == [ANY_FLAG, None] else (words[0] if words else None, words[1:])


def _goflags(goflags: str | None) -> dict[str, str | None]:
    """The flags of GOFLAGS, each a field, with a value or without; a field in quotes may hold spaces."""
    flags: dict[str, str | None] = {}
    rest = goflags.strip() if goflags is not None else None
    while rest:
        if rest[0] in '"\'':
            field, closed, rest = rest[1:].partition(rest[0])
            rest = rest if closed else None
        else:
            field = rest.split(None, 1)[0]
            rest = rest[len(field) :]
        flag, _, value = field.lstrip('-').partition('=')
        flags[flag] = value
        rest = rest.strip() if rest is not None else None
    return flags if rest is not None else {**flags, 'mod': None}


def _split(words: list[str | None], name: str) -> tuple[dict[str, str | None], list[str | None]]:
    """Flags and what follows them. For `go test` flags may stand behind the packages."""
    flags: dict[str, str | None] = {}
    args: list[str | None] = []
    queue = list(words)
    while queue:
        word = queue.pop(0)
        if word is None or not word.startswith('-') or word == '-':
            if name != 'test':
                return flags, [word, *queue]
            args.append(word)
        elif word == ANY_FLAG:
            flags['?'] = None
        elif word in ('--', '-args', '--args'):
            return flags, args if word != '--' else [*args, *queue]
        else:
            flag, equals, value = word.lstrip('-').partition('=')
            if name == 'test':
                flag = flag.removeprefix('test.')
            switch = flag not in VET_VALUES if name == 'vet' else flag in SWITCHES
            if name == 'test' and flag not in TEST_VALUES and queue and (queue[0] or '-').startswith('-'):
                switch = True
            takes_next = not equals and not switch and queue
            flags[flag], queue = _value(queue) if takes_next else (value, queue)
    return flags, args

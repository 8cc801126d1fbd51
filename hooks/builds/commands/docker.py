"""The words of `docker build`, `docker buildx build` and their likes → what is built from where, as they say it.

Sources: the reference of `docker buildx build`, podman-build(1), buildah-build(1).
"""

from __future__ import annotations

from hooks.builds.commands.run import Baked
from hooks.builds.declarations import MARK
from hooks.lean.record import Record

_PROGRAMS = frozenset(('docker', 'podman', 'nerdctl', 'buildah', 'finch', 'docker-buildx'))
_GLOBAL = frozenset(
    ('--config', '--context', '-c', '--host', '-H', '--log-level', '-l', '--builder', '--root', '--url')
)
_VALUED = frozenset(
    'add-host allow annotation attest build-arg build-context builder cache-from cache-to call cgroup-parent cpu-'
    ' period cpu-quota cpu-shares cpuset-cpus cpuset-mems cpus file iidfile isolation label memory memory-swap'
    ' metadata-file network no-cache-filter output platform policy progress provenance sbom secret security-opt shm-'
    ' size ssh tag target ulimit format volume arch os variant env creds authfile jobs manifest cap-add cap-drop'
    ' device set var'.split()
)
_PLAIN = frozenset(
    'check compress debug disable-content-trust force-rm load no-cache pull push quiet rm squash squash-all layers'
    ' tls-verify pull-always pull-never no-hosts'.split()
)
_LETTERS = {'f': 'file', 't': 'tag', 'o': 'output', 'm': 'memory', 'c': 'cpu-shares', 'v': 'volume'}
_COMPOSE_VALUED = frozenset(('-f', '--file', '-p', '--project-name', '--profile', '--env-file', '--project-directory'))
# Each builds what has no image yet.
_COMPOSE_BUILDS = frozenset(('build', 'create', 'run', 'up', 'watch', MARK))


class Line(Record):
    """A build as a command line has it, paths as they are written, with MARK for what is not known.

    `args` are those of `--build-arg`; a value of None is not known. `open` says that words or options are not.
    `platforms` are empty where not all are known.
    """

    context: str
    file: str = ''
    target: str = ''
    args: tuple[tuple[str, str | None], ...] = ()
    contexts: tuple[tuple[str, str], ...] = ()
    open: bool = False
    platforms: tuple[str, ...] = ()


def read(words: list[str]) -> Line | None:
    """The build that a command runs; None where it is another command, or builds from standard input."""
    rest = _after(words, ('build', 'b', 'bud'))
    if rest is None:
        return None
    options, operands, is_open = _split(rest)
    # A word that nobody knows may be flags; the only operand is the context all the same.
    contexts = operands if len(operands) == 1 else [operand for operand in operands if operand != MARK]
    is_open = is_open or len(contexts) < len(operands)
    if len(contexts) != 1 or '-' in (contexts[0], options.get('file', [''])[-1]) or 'from' in options:
        return None
    pairs = [value.partition('=') for value in options.get('build-arg', ())]
    args = {name: None if not equals or MARK in value else value for name, equals, value in pairs}
    named = (value.partition('=') for value in options.get('build-context', ()))
    platforms = ','.join(options.get('platform', ()))
    return Line(
        contexts[0],
        options.get('file', [''])[-1],
        options.get('target', [''])[-1],
        tuple((name, value) for name, value in args.items() if MARK not in name),
        tuple((name, value) for name, _, value in named),
        is_open or any(MARK in name for name in args) or any(MARK in name for name, _, _ in pairs),
        tuple(platforms.split(',')) if platforms and MARK not in platforms else (),
    )


def _after(words: list[str], commands: tuple[str, ...]) -> list[str] | None:
    """The words behind `docker build`; a program that nobody knows builds where it is given a tag or a file."""
    name = words[0].rpartition('/')[2] if words else ''
    if name not in _PROGRAMS and not (
        name == MARK and any(word.startswith(('-t', '-f', '--tag', '--file')) for word in words)
    ):
        return None
    at = 1
    while at < len(words) and (words[at].startswith('-') or words[at] in ('buildx', 'image', 'builder')):
        at += 2 if words[at] in _GLOBAL else 1
    return words[at + 1 :] if words[at : at + 1] and words[at] in commands else None


def _split(words: list[str]) -> tuple[dict[str, list[str]], list[str], bool]:
    """The values of options, the operands, and whether something is not understood."""
    options: dict[str, list[str]] = {}
    operands: list[str] = []
    is_open, waiting = False, iter(words)
    for word in waiting:
        name, equals, value = word[2:].partition('=')
        if not word.startswith('-') or word == '-':
            operands.append(word)
        elif not word.startswith('--'):
            name, value = _letter(word)
            if name:
                options.setdefault(name, []).append(value or next(waiting, MARK))
            else:
                is_open = is_open or bool(word.strip('-qD'))
        elif equals or name in _VALUED:
            options.setdefault(name, []).append(value if equals else next(waiting, MARK))
        else:
            is_open = is_open or name not in _PLAIN
    return options, operands, is_open


def _letter(word: str) -> tuple[str, str]:
    """`-ftext` and `-f=text` → the option and its value, '' where that is the next word; '' for letters without one."""
    letters = word[1:].lstrip('qD')
    name = _LETTERS.get(letters[:1], '')
    return name, letters[1:].removeprefix('=') if name else ''


def composed(words: list[str]) -> tuple[str, ...] | None:
    """The files that `docker compose` is told to build from, () where it finds them itself; None: it builds nothing."""
    name = words[0].rpartition('/')[2] if words else ''
    at = 2 if name == 'docker' and words[1:2] == ['compose'] else 1 if name == 'docker-compose' else 0
    files: list[str] = []
    while at and at < len(words) and words[at].startswith('-'):
        option, equals, value = words[at].partition('=')
        if option in ('-f', '--file'):
            files.append(value if equals else ''.join(words[at + 1 : at + 2]))
        elif option == '--project-directory':
            # All paths start there.
            files.append(MARK)
        at += 2 if option in _COMPOSE_VALUED and not equals else 1
    return tuple(files) if at and words[at : at + 1] and words[at] in _COMPOSE_BUILDS else None


def baked(words: list[str]) -> Baked | None:
    """The `bake` that a command runs, without its folder; None where it is another one, or bakes what is elsewhere."""
    rest = _after(words, ('bake', 'f'))
    if rest is None:
        return None
    options, targets, _ = _split(rest)
    if any('://' in target or target.startswith('git@') for target in targets[:1]):
        return None
    files = tuple(options.get('file', ()))
    sets = tuple(value.partition('=')[0].rstrip('+') for value in options.get('set', ()))
    return Baked(files, None, sets, open=MARK in targets or any(MARK in each for each in (*files, *sets)))

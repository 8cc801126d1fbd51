"""One run of make: what its Makefile finds in the image, and how its commands run there."""

from __future__ import annotations

from hooks.context.paths import normal
from hooks.context.tree import ABSENT, FILE, UNKNOWN
from hooks.makefile import FILES, MARK, is_known, options
from hooks.makefile.goals import Goals
from hooks.makefile.reader import Reader
from hooks.makefile.rules import BUILT_IN
from hooks.makefile.surroundings import Surroundings
from hooks.makefile.variables import DEFAULT, Variable, Variables
from hooks.replay import builtins, copying, programs, shells
from hooks.replay.belief import look
from hooks.replay.printing import printed
from hooks.replay.scripts import Source
from hooks.replay.shell import FAILS, OK
from hooks.replay.walker import NOWHERE, Unfollowable
from hooks.shell import parse
from hooks.shell.tree import Simple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from hooks.makefile.goals import Command
    from hooks.makefile.options import Called
    from hooks.replay.recipes import Recipes
    from hooks.replay.walker import Context

    Words = tuple[str | None, ...]

_MAKEFILES = ('GNUmakefile', 'makefile', 'Makefile')
# Names the part of a command that nobody knows.
_UNKNOWN = '__unknown__'
# Programs that a Makefile asks with `$(shell …)`: they print, and change nothing that a build reads.
_ASKED = frozenset('awk expr bc tput hostname lsb_release docker podman pkg-config xargs column tac rev'.split())
_ASKED_OF = {
    'go': frozenset(('env', 'list', 'version')),
    'git': programs.GIT_READS | {'symbolic-ref', 'ls-files', 'branch', 'rev-list', 'name-rev', 'cat-file'},
}


class Here(Surroundings):
    """What make finds where it runs, at that moment."""

    def __init__(self, walker: Recipes, texts: list[str]) -> None:
        super().__init__(walker.shell.env)
        self.walker, self.cwd, self.texts = walker, walker.shell.cwd or '', texts
        self.folder = self.cwd or '/'
        # The repository's paths of the Makefiles that were read.
        self.origins: dict[str, str] = {}

    def exists(self, path: str) -> bool | None:
        path = normal(path, self.cwd)
        kind = self.walker.shell.view.look(path).kind
        if kind == ABSENT:
            return False if builtins.lacks(self.walker.shell, path) else None
        return None if kind == UNKNOWN else True

    def text(self, path: str) -> str | None:
        entry = look(self.walker.shell.view, normal(path, self.cwd))
        self.origins[path] = entry.origin if entry.text is None else ''
        text = entry.read(self.walker.repository) if entry.kind == FILE else None
        self.texts.append(text or '')
        self.walker.loosen(text or '')
        return text

    def glob(self, pattern: str) -> list[str] | None:
        if pattern.startswith('/') or '..' in pattern or '[' in pattern:
            return None
        found = copying.glob(self.walker.shell.view, normal(pattern, self.cwd))
        if found is None:
            return None
        dot = './' if pattern.startswith('./') else ''
        names = [path[len(self.cwd) + 1 :] for path in found]
        return [dot + name for name in names if ('/.' not in f'/{name}') or '/.' in f'/{pattern[len(dot) :]}']

    def printed(self, script: str) -> str | None:
        walker = self.walker
        tree = parse(_quoted(script))
        if tree is not None and _asks(tree):
            return printed(script, walker.shell) if is_known(script) else None
        if tree is None or not is_known(script):
            walker.anything([script])
            return None
        walker.trial(lambda: walker.inside(lambda: walker.walk(tree, NOWHERE)), lambda: None, [script])
        return None


class Making:
    """Reads the Makefile, and runs what it says; a `Runner`."""

    def __init__(self, walker: Recipes, called: Called, words: Words, context: Context, texts: list[str]) -> None:
        self.walker, self.called, self.context = walker, called, context
        self.words = tuple([word or '…' for word in words])
        self.around = Here(walker, texts)
        self.variables = Variables(self.around, called.given)
        self.variables.values['MAKECMDGOALS'] = Variable(' '.join(called.goals), True, DEFAULT)
        # The shell that each command starts from, but for what those before it left in the image.
        self.base = walker.shell

    def run(self) -> str:
        name = self._makefile()
        if not name:
            named = self.called.goals[:1]
            says = 'No targets specified and no makefile found'
            self._fails(f"No rule to make target '{named[0]}'" if named else says)
            return FAILS
        text = self.around.text(name)
        if text is None:
            raise Unfollowable
        reader = Reader(self.variables)
        reader.read(name, text)
        if reader.remakes():
            raise Unfollowable
        goals = Goals(reader, self, self.called.flags)
        for goal in self.called.goals or (goals.default(),):
            if not goal:
                raise Unfollowable
            goals.goal(goal)
        return OK

    def _makefile(self) -> str:
        """The name of the Makefile; '' where there is none for sure."""
        names = (self.called.file,) if self.called.file else _MAKEFILES
        view, folder = self.walker.shell.view, self.around.cwd
        there = {name: look(view, normal(name, folder)).kind == FILE or self.around.exists(name) for name in names}
        for name in names:
            # What a program before may have written is not one of the others.
            if there[name]:
                return name
        goals = (self.around.exists(goal) is False for goal in self.called.goals)
        ignored = map(self.walker.repository.ignored, names)
        if self.called.file or None in there.values() or not all(goals) or any(ignored):
            raise Unfollowable
        return ''

    def _fails(self, says: str) -> None:
        """make itself fails."""
        self.walker.ended(FAILS, self.context.dropped(), self.words, says)

    # What runs

    def command(self, command: Command) -> None:
        walker, variables = self.walker, self.variables
        program, flags = variables.value('SHELL'), variables.value('.SHELLFLAGS')
        program = program.removeprefix('/usr/bin/env ')
        started = shells.read((*program.split(), *flags.split())) if is_known(program + flags) else None
        if started is None or started.name not in shells.NAMES or not started.command:
            walker.anything([command.text])
            return
        context = self.context.tested(False) if command.ignored else self.context.dropped()
        walker.sought(program, (program, *self.words), context, says=f'make: {program}: No such file or directory')
        before, source = walker.shell, walker.source
        origin = self.around.origins.get(command.line.path, '')
        said = source.said if source else ' '.join(self.words)
        walker.source = Source(origin, command.line.number, command.line.text, said) if origin else source
        walker.shell = before._replace(env=self._environment())
        words = (*program.split(), *flags.split(), _quoted(command.text))

        def finish() -> None:
            walker.source = source
            walker.shell = before._replace(view=walker.shell.view, sure=walker.shell.sure)

        status = walker.trial(lambda: walker.nested(words, context, None), finish, [command.text])
        walker.ended(status, context, self.words)

    def _environment(self) -> dict[str, str | None]:
        env = self.base.env.copy()
        env.update(self.variables.exported())
        env.update({'MAKEFLAGS': options.makeflags(self.called), 'MAKELEVEL': None, _UNKNOWN: None})
        return env

    def maybe(self, run: Callable[[], None]) -> None:
        def ran() -> str:
            run()
            return OK

        self.walker.branches([ran, lambda: OK])

    def unknown(self) -> None:
        self.walker.anything(self.around.texts)

    def missing(self, target: str) -> None:
        # Of files that are needed, a command before may have made one.
        if target in self.called.goals and not any(self.around.exists(target + end) for end in BUILT_IN):
            self._fails(f"No rule to make target '{target}'")


def _quoted(text: str) -> str:
    """A command with a variable that nobody knows for each part that nobody knows."""
    if is_known(text):
        return text
    found, quote = '', ''
    for at, sign in enumerate(text):
        if sign in (MARK, FILES):
            # In single quotes nothing is expanded.
            found += f'\'"${{{_UNKNOWN}}}"\'' if quote == "'" else f'${{{_UNKNOWN}}}'
            continue
        if sign in ('"', "'") and text[at - 1 : at] != '\\' and quote in ('', sign):
            quote = '' if quote else sign
        found += sign
    return found


def _asks(tree: object) -> bool:
    """Whether all that a script does is to print."""
    if isinstance(tree, Simple):
        name, *args = tree.words or (':',)
        writes = any('>' in each.op and each.target not in ('/dev/null', '1', '2') for each in tree.redirects)
        if name in _ASKED_OF:
            known = next((arg for arg in args if not arg.startswith('-')), '') in _ASKED_OF[name]
        elif name == 'find':
            known = {'-delete', '-exec', '-execdir', '-ok', '-fprint', '-fprintf'}.isdisjoint(args)
        elif name == 'sed':
            known = not any(arg.startswith(('-i', '--in-place')) for arg in args)
        else:
            known = name in programs.HARMLESS or name in _ASKED or name in ('cd', 'exit', 'false')
        return known and not writes and not any('$(' in word or '`' in word for word in tree.words)
    return not isinstance(tree, tuple) or all(map(_asks, tree))

"""The shell scripts that a RUN runs: those whose text the image is known to hold are followed like the RUN's own."""

from __future__ import annotations

from hooks.context.paths import normal
from hooks.context.tree import ABSENT, FILE, UNKNOWN
from hooks.lean.record import Record
from hooks.replay import builtins, programs, shells
from hooks.replay.commands import Commands
from hooks.replay.shell import FAILS, MAYBE, OK, By
from hooks.replay.walker import Context, Unfollowable
from hooks.replay.writing import written
from hooks.shell import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hooks.replay.shells import Started

    Words = tuple[str | None, ...]

# Files that run files.
DEEPEST = 6
# What a shell says of a file that nobody may execute; behind it stands which one of the repository it is.
DENIED = 'Permission denied: '
# What is said of a script that is not there; behind it stands its name.
NOT_THERE = 'no script: '
# A file of no image, that says that files may be executable that were not.
LOOSENED = '/?chmod'
# A program that may do anything, as far as the effects of programs know.
_ANYTHING = './anything'


class Source(Record):
    """A text of the repository whose commands run, from its line `first` on; `said` is the RUN's command."""

    path: str
    first: int
    text: str
    said: str

    def by(self, words: Sequence[str]) -> By:
        """The place of a command of it: where its words stand first."""
        lines = self.text.split('\n')
        for at, line in enumerate(lines):
            if words and words[0] in line:
                last = at
                while lines[last].endswith('\\') and last + 1 < len(lines):
                    last += 1
                whole = '\n'.join(lines[at : last + 1])
                if all(word in whole for word in words):
                    return By(self.said, self.path, self.first + at)
        return By(self.said, self.path, self.first)


class Scripts(Commands):
    """Runs programs that are scripts."""

    def program(self, words: Words, context: Context) -> str:
        if says := self._no_program(words[0] or ''):
            return self.ended(FAILS, context, words, says)
        if '/' in (words[0] or '') and self._is_nowhere(words[0] or ''):
            # The walk goes on as if it were there.
            self.noted(words, context, f'{NOT_THERE}{words[0]}')
        found = self._executable(words[0] or '')
        started = _shebang(found[1]) if found else None
        if found is None or started is None:
            return super().program(words, context)
        name, text, origin = found
        self.sought(started.name, words, context, name)
        if '/' in (words[0] or '') and self._is_denied(name, origin):
            # The walk goes on as if it were allowed.
            self.noted(words, context, f'{DENIED}{origin}')
        return self.ended(self._follow(started, name, text, origin, words, words[1:], context), context, words)

    def file(self, started: Started, words: Words, context: Context) -> str:
        name = started.rest[0]
        found = self._text(name) if name else None
        # -n runs nothing, -s reads what is on standard input.
        options = words[1 : len(words) - len(started.rest)]
        letters = {letter for word in options if word and word[0] == '-' != word[1:2] for letter in word}
        if name and 's' not in letters and self._is_nowhere(name):
            self.noted(words, context, f'{NOT_THERE}{name}')
        if found is None or name is None or letters & {'n', 's'}:
            return super().file(started, words, context)
        return self._follow(started, name, *found, words, started.rest[1:], context)

    def sourced(self, words: Words, context: Context) -> str:
        name = words[1] if len(words) == 2 else None
        found = self._text(name) if name and '/' in name else None
        tree = parse(found[0]) if found else None
        if name and '/' in name and self._is_nowhere(name) and self.noted(words, context, f'{NOT_THERE}{name}'):
            self.anything()
            self.shell = builtins.forget(self.shell)._replace(cwd=None, errexit=None, pipefail=None)
            return self.ended(MAYBE, context, words)
        if found is None or tree is None or self.files >= DEEPEST:
            raise Unfollowable
        named, function, self.function = self.shell.name, self.function, context._replace(turned=False)
        self.shell = self.shell._replace(name=None)
        try:
            return self._within(found, words, lambda: self.arrive(('return',), lambda: self.walk(tree, context)))
        finally:
            self.function, self.shell = function, self.shell._replace(name=named)

    def _follow(
        self, started: Started, name: str, text: str, origin: str, words: Words, args: Words, context: Context
    ) -> str:
        """A script in a shell of its own; where it cannot be followed, it may do anything."""
        tree = parse(text)
        if tree is None or self.files >= DEEPEST:
            return self.anything([text])
        before, fatal = self.shell, self.fatal(context)
        own = Context(failing=fatal, passing=context.passing, exits=fatal)
        child = builtins.positional(shells.start(started, before), args)._replace(name=name)

        def run() -> str:
            self.shell, self.last = child, OK
            return self.inside(lambda: self.walk(tree, own))

        def finish() -> None:
            self.shell = before._replace(view=self.shell.view)

        return self.trial(lambda: self._within((text, origin), words, run), finish, [text])

    def _within(self, found: tuple[str, str], words: Words, run: Callable[[], str]) -> str:
        """Run what stands in a file."""
        source, one_line = self.source, self.one_line
        said = source.said if source else ' '.join([word or '…' for word in words])
        self.source = Source(found[1], 1, found[0], said) if found[1] else source
        self.loosen(found[0])
        self.files, self.one_line = self.files + 1, False
        try:
            return run()
        finally:
            self.source, self.one_line, self.files = source, one_line, self.files - 1

    def trial(self, run: Callable[[], str], finish: Callable[[], None], texts: Sequence[str]) -> str:
        """Run what may turn out to be more than can be followed: then it may do anything, and no more is said of it.

        `texts` are those that run.
        """
        before, calls, missing, absent = self.shell, len(self.calls), self.missing, len(self.absent)
        left = {kind: len(ways) for kind, ways in self.left.items()}
        try:
            return run()
        except Unfollowable:
            self.shell, self.missing = before, missing
            del self.calls[calls:], self.absent[absent:]
            for kind, count in left.items():
                del self.left[kind][count:]
            return self.anything(texts)
        finally:
            finish()

    def anything(self, texts: Sequence[str] = ()) -> str:
        """A program runs that may do anything; `texts` are what is known of it."""
        self.shell, status = programs.run(self.shell, (_ANYTHING, *texts))
        return status

    def loosen(self, text: str) -> None:
        """A file of commands may make others executable."""
        if 'chmod' in text:
            self.shell = written(self.shell, LOOSENED)

    # Files

    def _text(self, name: str) -> tuple[str, str] | None:
        """The text of a file of the image, and where the repository has it."""
        if self.shell.cwd is None and not name.startswith('/'):
            return None
        path = normal(name, self.shell.cwd or '')
        entry = self.shell.view.look(path)
        if entry.kind == UNKNOWN and '/' in name:
            # Imported late: most images know their scripts.
            from hooks.replay.belief import look

            entry = look(self.shell.view, path)
        text = entry.read(self.repository) if entry.kind == FILE else None
        return (text, entry.origin if entry.text is None else '') if text is not None and '\r' not in text else None

    def _is_nowhere(self, name: str) -> bool:
        """Whether there is no file of that name, for certain."""
        known = self.shell.cwd is not None or name.startswith('/')
        return known and builtins.lacks(self.shell, normal(name, self.shell.cwd or ''))

    def _is_denied(self, name: str, origin: str) -> bool:
        """Whether nobody may execute a file: it is as git keeps it, and no step has changed that."""
        view = self.shell.view
        known = view.look(normal(name, self.shell.cwd or '')).kind == FILE and view.look(LOOSENED).kind == ABSENT
        return known and bool(origin) and self.repository.is_executable(origin) is False

    def _no_program(self, name: str) -> str:
        """What is said of a script whose first line names a program that is nowhere, as it ends in CRLF; '' of others.

        It ends in a `\\r` itself.
        """
        if '/' not in name or (self.shell.cwd is None and not name.startswith('/')):
            return ''
        entry = self.shell.view.look(normal(name, self.shell.cwd or ''))
        text = entry.read(self.repository) if entry.kind == FILE and entry.text is None else None
        first = text.partition('\n')[0] if text else ''
        program = first[2:].split()
        # Behind a blank it would be an argument.
        if first[:2] != '#!' or first[-1:] != '\r' or first[-2:-1].isspace():
            return ''
        by_env = len(program) == 2 and program[0] == '/usr/bin/env'
        if (len(program) != 1 and not by_env) or not self.repository.ends_lines_in_crlf(entry.origin):
            return ''
        return f"env: '{program[1]}\\r': No such file or directory\r" if by_env else f'{name}: not found\r'

    def _executable(self, name: str) -> tuple[str, str, str] | None:
        """The script that a name runs: the name that it gets, its text, and where the repository has it."""
        if '/' in name:
            found = self._text(name)
            return (name, *found) if found else None
        if not name or programs.is_known(name):
            return None
        for folder in (self.shell.env.get('PATH') or '').split(':'):
            if folder.startswith('/') and (found := self._text(f'{folder}/{name}')):
                return (f'{folder}/{name}', *found)
        return None


def _shebang(text: str) -> Started | None:
    """The shell that a script is for, None for any other program."""
    first = text.partition('\n')[0]
    words = first[2:].split() if first.startswith('#!') else ['/bin/sh']
    if words[:1] == ['/usr/bin/env']:
        words = words[2:] if words[1:2] == ['-S'] else words[1:2] if len(words) == 2 else []
    elif len(words) > 2:
        # The kernel hands them over as one.
        return None
    started = shells.read(words) if words else None
    return started if started and started.name in shells.NAMES and not started.rest else None

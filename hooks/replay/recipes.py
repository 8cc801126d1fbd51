"""make in a RUN: the Makefile that the image is known to hold, and the commands that it makes run."""

from __future__ import annotations

from hooks.context.paths import normal
from hooks.context.tree import FOLDER
from hooks.replay import programs
from hooks.replay.scripts import DEEPEST, Scripts
from hooks.replay.shell import Shell
from hooks.replay.walker import Context, Unfollowable
from hooks.shell import prefix

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.makefile.options import Called

    Words = tuple[str | None, ...]


class Recipes(Scripts):
    """Runs make."""

    def program(self, words: Words, context: Context) -> str:
        name = (words[0] or '').removeprefix('/usr/bin/')
        if name not in ('make', 'gmake') or programs.is_brought(self.shell, name):
            return super().program(words, context)
        # Imported late: few images run make.
        from hooks.makefile import Lost, options

        flags = dict.get(self.shell.exported, 'MAKEFLAGS', '')
        called = options.read(self._told(words), flags) if flags is not None else None
        if called is None or self.shell.cwd is None or self.files >= DEEPEST or 'n' in called.flags:
            return self.ended(self.anything(), context, words)
        before, texts = self.shell, list[str]()

        def run() -> str:
            try:
                return self._make(called, words, context, texts)
            except Lost:
                raise Unfollowable from None

        def finish() -> None:
            self.shell = before._replace(view=self.shell.view)

        return self.ended(self.trial(run, finish, texts), context, words)

    def _told(self, words: Words) -> Words:
        """The words behind make: of `NAME=$(…)` the name is known, and how many jobs `-j$(…)` asks for is no matter."""
        from hooks.makefile import MARK

        if None not in words or words[0] not in self.words:
            return words[1:]
        told: list[str | None] = []
        for raw in self.words[self.words.index(words[0]) + 1 :]:
            fields = self._fields(raw, 'make')
            known = prefix(raw, self.shell.env)
            name, equals, _ = known.partition('=')
            if None not in fields:
                told += fields
            elif equals and name.isidentifier():
                told.append(f'{known}{MARK}')
            elif told[-1:] != ['-j']:
                told.append(known if known.startswith(('-j', '-l')) else None)
        return tuple(told)

    def _make(self, called: Called, words: Words, context: Context, texts: list[str]) -> str:
        from hooks.replay.making import Making

        fatal, before = self.fatal(context), self.shell
        own = Context(failing=fatal, passing=context.passing, exits=fatal)
        folder = before.cwd or ''
        for each in called.folders:
            folder = normal(each, folder)
        if called.folders and before.view.look(folder).kind != FOLDER:
            raise Unfollowable
        # A recipe ends at the first command that fails.
        self.shell = Shell(before.view, folder, before.exported, errexit=True, sure=before.sure)
        self.files += 1
        try:
            making = Making(self, called, words, own, texts)
            return self.inside(making.run)
        finally:
            self.files -= 1

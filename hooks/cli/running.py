"""What every hook does around its rules: find the builds, fix, print, exit.

What reads builds, and what prints, is imported late: not every run needs it.
"""

from __future__ import annotations

import os

from hooks.cli import named, net
from hooks.context import index

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from hooks.builds.subjects import Builds, Subject
    from hooks.context.index import Repository
    from hooks.report.finding import Finding
    from hooks.report.formats import About


class Run:
    """One run of a hook: what it finds, and what it wrote. `names` are what an ignore comment may say."""

    def __init__(self, hook: str, options: Any, names: Sequence[str]) -> None:
        self.hook, self.options, self.names = hook, options, names
        self._sought = _sought(hook)
        self._repository: Repository | None = None
        self.findings: list[Finding] = []
        self.written: set[str] = set()
        self._builds: Builds | None = None
        self._paths: list[str] | None = None
        self.lost: list[str] = []
        self._unread: set[str] = set()
        self.failed = False

    @property
    def repository(self) -> Repository:
        """The repository, when git has listed its files: what is imported before somebody asks costs no time."""
        if self._repository is None:
            self._repository = _found(self._sought, self.hook)
        return self._repository

    @property
    def builds(self) -> Builds:
        """The builds of the repository; what is wrong with its config is found on the way."""
        if self._builds is None:
            from hooks.builds.subjects import Builds

            self._builds = Builds(self.repository)
            self.findings += config_findings(self._builds)
        return self._builds

    @property
    def paths(self) -> list[str]:
        """The named files, relative to the repository's top."""
        if self._paths is None:
            self._paths, self.lost = named.paths(self.repository, self._names())
            for name in self.lost:
                from hooks.report import printing

                printing.warn(self.hook, f'{name}: no such file in this repository')
            for said in named.unseen(self.repository, self._names()):
                from hooks.report import printing

                printing.warn(self.hook, said)
        return self._paths

    def _names(self) -> Sequence[str]:
        # A baseline is of the whole repository, wherever it is written.
        names: Sequence[str] = self.options.names
        return (self.repository.top,) if self.options.write_baseline else names

    def check(self, find: Callable[[Subject], Iterable[Finding]], alone: bool = False) -> None:
        """Ask all Dockerfiles that the named files put in question; a `find` that writes runs `alone`."""
        from hooks.cli import subjects

        self.add(subjects.findings(self.builds, self.readable(self.paths), self.hook, find, alone))

    def readable(self, paths: Iterable[str]) -> list[str]:
        """Some paths without the Dockerfiles that cannot be read."""
        from hooks.builds.subjects import is_dockerfile

        return [path for path in paths if not is_dockerfile(path) or self.can_read(path)]

    def can_read(self, path: str) -> bool:
        """Whether a file has a text; one that has none is named, once."""
        there = self.repository.read(path) is not None
        if not there and path not in self._unread:
            from hooks.report import printing

            self._unread.add(path)
            printing.warn(self.hook, f'{path} cannot be read: it is left out')
        return there

    def add(self, found: Iterable[Finding]) -> None:
        """Keep what was found; where a hook failed on a file, say that."""
        for each in found:
            if each.rule == net.FAILED:
                from hooks.report import printing

                printing.warn(each.hook or self.hook, f'{each.path}: {each.message}')
                self.failed = True
            else:
                self.findings.append(each)

    def heeded(self, found: Iterable[Finding], hook: str) -> list[Finding]:
        """Those of a hook that no comment ignores."""
        from hooks.report import ignores

        return self._not_ignored(ignores.heeded(found, self.repository.read, hook, self.hook), hook)

    def _not_ignored(self, found: list[Finding], hook: str) -> list[Finding]:
        """Those that the config does not ignore."""
        config = self.builds.config if found else None
        if not config or not config.ignore:
            return found
        from hooks.cli import accepting

        return accepting.not_ignored(config, found, hook)

    def rewrite(self, path: str, before: str, after: str) -> bool:
        """Write a file that a fix changes; whether it does."""
        return before != after and self.write({path: after})

    def write(self, texts: Mapping[str, str]) -> bool:
        """Write all files or none, and say so; whether they could be written."""
        from hooks.report import printing
        from hooks.report.harmless import harmless
        from hooks.report.writing import write_all

        said = {path: 'Rewriting' if self.repository.on_disk(path) else 'Writing' for path in texts}
        try:
            write_all(self.repository.top, texts)
        except OSError as error:
            self.findings.append(_unwritten(min(texts), error))
            return False
        for path, text in texts.items():
            self.repository.renew(path, text)
        if self.options.format == 'text':
            prefix = self.repository.prefix
            lines = (f'{done} {harmless(printing.place(path, prefix))}\n' for path, done in said.items())
            printing.write(''.join(lines), self.hook)
        self.written.update(texts)
        return True

    def wrote(self, path: str) -> bool:
        return path in self.written

    def end(self) -> int:
        """Print what was found, the ignore comments in the named files that ignore nothing too; the exit code."""
        options = self.options
        if not (self.findings or options.unused_ignores or options.format != 'text' or options.baseline):
            return self.code(found=False)
        from hooks.report import ignores, printing

        if options.unused_ignores:
            self.findings += list(ignores.unused(self._texts(self.paths), self.findings, self.names))
        self.findings += self._mistaken()
        # What the config ignores is asked first: what is wrong with it is a finding, too.
        left = self._not_ignored(self.findings, self.hook)
        shown = printing.kept(left, self.repository.read, self.hook)
        if options.baseline:
            from hooks.cli import known

            shown = known.new(self, shown)
        printing.show(shown, self.hook, options.format, self.repository.prefix, _about)
        return self.code(found=bool(shown))

    def _mistaken(self) -> list[Finding]:
        """What seems to be an ignore comment and is none, or in another place, where it matters: beside findings."""
        paths = {each.path for each in self.findings}.union(self.paths if self.options.unused_ignores else ())
        texts = [(path, text) for path, text in self._texts(paths) if 'ignore' in text]
        if not texts:
            return []
        from hooks.cli import accepting
        from hooks.report import ignores

        found = list(ignores.mistaken(texts, self.names, accepting.known()))
        if not (self.options.unused_ignores or self.options.baseline):
            found += ignores.misplaced(texts, self._not_ignored(self.findings, self.hook), self.hook)
        return found

    def _texts(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        for path in sorted(paths):
            text = self.repository.read(path)
            if text is not None:
                yield path, text

    def code(self, found: bool) -> int:
        """The exit code."""
        return 2 if self.lost else 1 if found or self.written or self.failed else 0


def _sought(hook: str) -> Callable[[], Repository]:
    try:
        return index.sought()
    except FileNotFoundError:
        from hooks.report import printing

        printing.warn(hook, 'the current folder is gone')
        raise SystemExit(2) from None


def _found(sought: Callable[[], Repository], hook: str) -> Repository:
    try:
        repository = sought()
    except index.TooManyError:
        from hooks.report import printing

        fact, cure = _unlisted()
        printing.warn(hook, f'{fact}, and more than {index.MOST:,} files are below this folder: {cure}')
        raise SystemExit(2) from None
    if not repository.git:
        from hooks.report import printing

        fact, cure = _unlisted()
        printing.warn(hook, f'{fact}, so every file below this folder counts as tracked: {cure}')
    return repository


def _unlisted() -> tuple[str, str]:
    """Why git lists no files here, and what to do."""
    import shutil

    if not shutil.which('git'):
        return 'there is no git on PATH', 'install it'
    folder = os.getcwd()
    while not os.path.lexists(os.path.join(folder, '.git')) and os.path.dirname(folder) != folder:
        folder = os.path.dirname(folder)
    if os.path.lexists(os.path.join(folder, '.git')) or 'GIT_DIR' in os.environ:
        return '`git ls-files` fails here', 'see what it says'
    return 'there is no git repository here', 'start it in one'


def _about(rule: str) -> About | None:
    """What the docstring of a rule says of it; None of what is no rule."""
    from hooks.report.formats import About

    try:
        doc = __import__(f'hooks.rules.{rule.replace("-", "_")}', fromlist=('ID',)).__doc__ or ''
    except ModuleNotFoundError:
        return None
    paragraphs = [' '.join(each.split()) for each in doc.split('\n\n')]
    cures = [each.removeprefix('Cure: ') for each in paragraphs if each.startswith('Cure: ')]
    return About(paragraphs[0], cures[0]) if cures else None


def _unwritten(path: str, error: OSError) -> Finding:
    from hooks.report.finding import Finding

    fact = f'nothing is written, since a file cannot be ({error.strerror})'
    return Finding(path, 1, 'file-not-written', fact, 'correct its permissions')


def config_findings(builds: Builds) -> list[Finding]:
    """What is wrong with the config."""
    if not builds.config or not (builds.config.problems or builds.config.ignore):
        return []
    from hooks.builds.config import PATH
    from hooks.cli import accepting
    from hooks.report.finding import Finding

    found = [Finding(PATH, line, rule, fact, cure) for line, fact, cure, rule in builds.config.problems]
    return [*found, *accepting.unknown(builds.config)]

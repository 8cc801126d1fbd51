"""Which builds the given files touch: a Dockerfile, the context that it is built from, and what is passed to it.

Builds are declared by compose files, workflows and the config; where none is, the context is inferred: every folder
from the Dockerfile's own up to the top in which all that the Dockerfile takes by name exists. Paths are relative to
the repository's top, `''` for the top itself.
"""

from __future__ import annotations

from hooks.builds.inference import Inference, Needs, outline, read_firsts, read_needs
from hooks.builds.triggers import AT_TOP, DECLARING, declares, is_trigger, may_hold, says, touches
from hooks.builds.triggers import is_dockerfile as is_dockerfile
from hooks.context.paths import parent, upwards
from hooks.context.tree import Context, Tree, ignore_file
from hooks.dockerfile import parser
from hooks.lean.record import Record
from hooks.replay import replayer
from hooks.replay.build import Build

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hooks.builds.absent import Absent
    from hooks.builds.compose import Run
    from hooks.builds.config import Config
    from hooks.builds.declarations import Partly
    from hooks.context.index import Repository
    from hooks.dockerfile.parser import Dockerfile
    from hooks.replay.build import Declared
    from hooks.replay.replayer import Moment

CONFIG = '.go-docker-hooks.toml'


class Subject(Record):
    """A Dockerfile in question, with its builds: all that are declared, or all whose context fits.

    `replayed` are the builds that have been replayed already, with their moments.
    """

    path: str
    text: str
    dockerfile: Dockerfile
    builds: tuple[Build, ...]
    replayed: tuple[tuple[Build, list[Moment]], ...] = ()

    def replays(self) -> Iterator[tuple[Build, list[Moment]]]:
        """Each build with its moments."""
        for build in self.builds:
            known = [moments for one, moments in self.replayed if one is build]
            yield build, known[0] if known else replayer.replay(build, self.dockerfile)

    def once(self) -> Subject:
        """Itself, with each build replayed: for those who ask more than once."""
        return self._replace(replayed=tuple(self.replays()))


def _config(repository: Repository) -> Config | None:
    if not repository.on_disk(CONFIG):
        return None
    from hooks.builds.config import read

    return read(repository)


class Builds:
    """The builds of a repository."""

    def __init__(self, repository: Repository) -> None:
        self.repository = repository
        self.config = _config(repository)
        self.problems: list[tuple[str, str]] = []
        self.inference = Inference(repository)
        self.partly: list[Partly] = []
        # Builds of what is not there.
        self.absent: list[Absent] = []
        # The files of each run of compose on a command line.
        self.composed: list[Run] = []
        # What other files pass to any Dockerfile: looked for when one has an ARG.
        self._elsewhere: list[Partly] | None = None
        self._contexts: dict[tuple[str, str, tuple[str, ...]], Context] = {}
        self._declared: dict[str, list[Declared]] | None = None
        self._needs: dict[object, Needs] = {}
        # The same, less what stands behind a command that fails.
        self._lenient: dict[object, Needs] = {}
        self._named: set[str] = set()
        self._others: list[str] = []
        # The folders above these, and those of them that hide files in the folders below as well.
        self._above: set[str] = set()
        self._hiding: list[str] = []

    def touched_by(self, names: Iterable[str]) -> Iterator[Subject]:
        """The Dockerfiles that the named files put in question, in the order of their paths."""
        return self.subjects(self.candidates(names))

    def candidates(self, names: Iterable[str]) -> list[str]:
        """The Dockerfiles that the named files may put in question, sorted."""
        named = set(names)
        beside = {name.removesuffix('.dockerignore') for name in named if name.endswith('.dockerignore')}
        self._named = {name for name in named | beside if is_dockerfile(name)}
        self._others = [name for name in named if is_trigger(name)]
        self._hiding = [name for name in self._others if name.endswith('.gitignore')]
        # What declares builds is in question by itself, and not as a file of a context.
        folders = {parent(name) for name in self._others if not declares(name)}
        self._above = {above for folder in folders for above in (folder, *upwards(folder))}
        tracked = self.repository.files.mentioning('dockerfile', 'containerfile') if self._others else ()
        return sorted({*filter(is_dockerfile, tracked), *self._named})

    def subjects(self, candidates: Iterable[str]) -> Iterator[Subject]:
        """Those of the candidates that really are in question, read."""
        for path in candidates:
            named = path in self._named
            subject = self.subject(path) if named or self._may_touch(path) else None
            if subject and (named or any(touches(b, name) for b in subject.builds for name in self._others)):
                yield subject

    def _may_touch(self, path: str) -> bool:
        """A look at a Dockerfile, cheaper than a replay: whether a context of it may hold one of the named files."""
        folders = [folder for folder in upwards(path) if self._may_hold(folder)]
        if path in self.declared():
            return bool(self._above) or any(says(each, name) for each in self.declared()[path] for name in self._others)
        if path.rpartition('/')[0] in folders:
            return True
        text = (self.repository.read(path) if folders else None) or ''
        firsts = read_firsts(text)
        folders = [folder for folder in folders if self.inference.may_take(folder, firsts)]
        dockerfile = parser.parse(text) if folders else None
        needs = outline(dockerfile) if dockerfile else None
        if needs is None:
            return dockerfile is not None
        return any(self.inference.may_fit(folder, needs) for folder in folders)

    def _may_hold(self, folder: str) -> bool:
        return folder in self._above or any(may_hold(folder, name) for name in self._hiding)

    def subject(self, path: str) -> Subject | None:
        """A Dockerfile with its builds; None where BuildKit itself would not read it."""
        text = self.repository.read(path)
        dockerfile = parser.parse(text) if text is not None else None
        if text is None or dockerfile is None:
            return None
        declared = self.declared().get(path)
        if declared is None:
            return self._inferred(path, text, dockerfile)
        same: dict[tuple[object, ...], list[Declared]] = {}
        for each in declared:
            key = each.context, each.target, each.args, each.contexts, each.remote, each.made
            same.setdefault(key, []).append(each)
        return Subject(path, text, dockerfile, tuple(self._build(path, alike) for alike in same.values()))

    def declared(self) -> dict[str, list[Declared]]:
        """Dockerfile → the builds that compose files, workflows and the config declare of it."""
        if self._declared is None:
            self._declared = self._read_declared()
        return self._declared

    def _read_declared(self) -> dict[str, list[Declared]]:
        found: dict[str, list[Declared]] = {}
        # Imported late: many repositories have none of them.
        named = self.repository.files.ending(*DECLARING)
        if named or not AT_TOP.isdisjoint(self.repository.names('')):
            from hooks.builds import declaring

            found, self.partly, self.absent, self.composed = declaring.read(self.repository, named, self.problems)
        if self.config:
            from hooks.builds.config import declared

            found.update({dockerfile: [] for dockerfile, _, _ in self.config.contexts})
            for each in declared(self.config):
                found[each.dockerfile].append(each)
        return found

    def _passed_elsewhere(self, dockerfile: Dockerfile) -> list[Partly]:
        if not dockerfile.args and not any(step.name == 'ARG' for stage in dockerfile.stages for step in stage.steps):
            return []
        if self._elsewhere is None:
            from hooks.builds import elsewhere

            self._elsewhere = [*elsewhere.partly(self.repository)]
        return self._elsewhere

    def context(self, dockerfile: str, folder: str, remote: bool = False, made: tuple[str, ...] = ()) -> Context:
        """The files that a build of a Dockerfile from a folder is sent; a remote build reads no ignore file.

        `made` are paths of the repository that steps before the build may make.
        """
        key = folder, '' if remote else ignore_file(self.repository, dockerfile, folder), made
        if key not in self._contexts:
            self._contexts[key] = _context(self.repository, *key)
        return self._contexts[key]

    def _build(self, path: str, alike: list[Declared]) -> Build:
        declared = alike[0]
        contexts = {
            name.lower(): Tree() if folder is None else self.context('', folder) for name, folder in declared.contexts
        }
        context = self.context(path, declared.context, declared.remote, declared.made)
        return Build(self.repository, path, context, declared.target, declared.args, contexts, tuple(alike))

    def _inferred(self, path: str, text: str, dockerfile: Dockerfile) -> Subject:
        """A Dockerfile that nothing declares, with every folder from its own upwards that fits."""
        folders = list(upwards(path))
        partly = [each for each in (*self.partly, *self._passed_elsewhere(dockerfile)) if each.may_build(path)]
        args = _passed(partly, dockerfile) if partly else ()
        if any(each.whole for each in partly):
            return Subject(path, text, dockerfile, (Build(self.repository, path, Tree(), args=args),))
        own = self._built_from(path, folders[0], args)
        replayed: tuple[tuple[Build, list[Moment]], ...] = ()
        key = text, args
        if key not in self._needs:
            moments = replayer.replay(own, dockerfile)
            replayed = ((own, moments),)
            self._needs[key] = read_needs(own.context, moments)
            self._lenient[key] = read_needs(own.context, _passing(moments))
        needs = self._needs[key]
        fitting = [folder for folder in folders if self.inference.fits(folder, needs)]
        lenient = self._lenient.get(key, needs)
        if not fitting and lenient != needs:
            # A `cd` into a folder that no candidate has speaks for none of them: it fails in each.
            needs = lenient
            fitting = [folder for folder in folders if self.inference.fits(folder, needs)]
        if not fitting:
            # Imported late: most Dockerfiles have all that they take.
            from hooks.builds import likely

            fitting = likely.contexts(self.inference, folders, self._needs[key])
        foreign = folders[0] and self.inference.is_foreign(needs)
        if foreign or (folders[0] not in fitting and self.inference.fits_elsewhere(folders, needs)):
            fitting = []
        fitting = [each for each in fitting if each == folders[0] or not self.inference.is_another(each, needs)]
        # What is built from elsewhere, too, has to fail there, too.
        told = [folder for each in partly if (folder := each.folder(path)) is not None] if fitting else []
        fitting = list(dict.fromkeys((*fitting, *told)))
        builds = [own if folder == folders[0] else self._built_from(path, folder, args) for folder in fitting]
        builds = builds or [Build(self.repository, path, Tree(), args=args)]
        return Subject(path, text, dockerfile, tuple(builds), replayed)

    def _built_from(self, path: str, folder: str, args: tuple[tuple[str, str | None], ...]) -> Build:
        return Build(self.repository, path, self.context(path, folder), args=args)

    def fits(self, subject: Subject, folder: str) -> bool:
        """Whether a Dockerfile could be built from a folder, which need not lie above it."""
        key = subject.text, ()
        if key not in self._needs:
            context = self.context(subject.path, folder)
            moments = replayer.replay(Build(self.repository, subject.path, context), subject.dockerfile)
            self._needs[key] = read_needs(context, moments)
        return self.inference.fits(folder, self._needs[key])


def _passed(partly: list[Partly], dockerfile: Dockerfile) -> tuple[tuple[str, str | None], ...]:
    """The arguments that builds which are not wholly known may pass: their defaults are no evidence."""
    from hooks.builds.declarations import EVERY

    names = {name for each in partly for name in each.args}
    if EVERY in names:
        stages = (step for stage in dockerfile.stages for step in stage.steps if step.name == 'ARG')
        names.update(arg.partition('=')[0] for step in (*dockerfile.args, *stages) for arg in step.args)
    return tuple((name, None) for name in sorted(names))


def _context(repository: Repository, folder: str, ignore_file: str, made: tuple[str, ...]) -> Context:
    if not made:
        return Context(repository, folder, ignore_file)
    from hooks.context.prepared import Prepared

    return Prepared(repository, folder, ignore_file, made)


def _passing(moments: list[Moment]) -> list[Moment]:
    """The moments, less the go commands of steps that fail."""
    failing = {moment.step.line for moment in moments if moment.failure}
    return [moment for moment in moments if not (moment.call and moment.step.line in failing)]

"""Which builds read the `.dockerignore` of a folder, and which ignore file goes before it.

Folders and files are relative to the repository's top. Source: the Docker reference on `.dockerignore` files (the one
beside the Dockerfile, `NAME.dockerignore`, is read instead of the context's).
"""

from __future__ import annotations

from hooks.builds.subjects import is_dockerfile
from hooks.context.paths import within
from hooks.context.tree import Context
from hooks.dockerfile import parser
from hooks.replay import bases
from hooks.replay.build import Build

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.builds.subjects import Builds, Subject
    from hooks.dockerfile.parser import Dockerfile


def path_in(folder: str) -> str:
    """The path of a folder's own ignore file."""
    return f'{folder}/.dockerignore' if folder else '.dockerignore'


class IgnoreFiles:
    """The ignore files of a repository, seen from all its builds."""

    def __init__(self, builds: Builds) -> None:
        self.builds, self.repository = builds, builds.repository
        self._subjects: dict[str, Subject] | None = None
        self._unreadable: list[str] = []
        self._floating: list[Subject] = []
        self._built: dict[str, list[Build]] = {}
        self._named: dict[str, list[Build]] = {}
        self._go: dict[str, bool] = {}

    def subjects(self) -> list[Subject]:
        """Every Dockerfile of the repository that BuildKit would read."""
        if self._subjects is None:
            self._subjects = {}
            for path in filter(is_dockerfile, self.repository.files.mentioning('dockerfile', 'containerfile')):
                subject = self.builds.subject(path)
                if subject:
                    self._subjects[path] = subject
                    self._index(subject)
                else:
                    self._unreadable.append(path)
        return list(self._subjects.values())

    def _index(self, subject: Subject) -> None:
        for build in subject.builds:
            if isinstance(build.context, Context):
                self._built.setdefault(build.context.folder, []).append(build)
            else:
                self._floating.append(subject)
            for tree in build.contexts.values():
                if isinstance(tree, Context):
                    self._named.setdefault(tree.folder, []).append(build)

    def is_go(self, path: str) -> bool:
        """Whether a Dockerfile, given by its path, builds with Go."""
        if path not in self._go:
            subject = (self._subjects or {}).get(path)
            self._go[path] = subject is not None and is_go(subject)
        return self._go[path]

    def builds_from(self, folder: str) -> list[Build]:
        """The builds whose context is a folder; those of a Dockerfile that fits nowhere else count too."""
        self.subjects()
        fitting = [subject for subject in self._floating if self.builds.fits(subject, folder) and names_module(subject)]
        guessed = [
            build._replace(context=self.builds.context(subject.path, folder))
            for subject in fitting
            for build in subject.builds
        ]
        return [*self._built.get(folder, ()), *guessed]

    def readers(self, folder: str) -> list[Build]:
        """The builds that read a folder's own ignore file, as their context's or as that of a named context."""
        built = [build for build in self.builds_from(folder) if not self.goes_before(build)]
        return [*built, *self._named.get(folder, ())]

    def beside(self, folder: str) -> list[Build]:
        """The builds of Dockerfiles in a folder whose context nobody knows, as if it were this folder."""
        self.subjects()
        unknown = [build for s in self._floating if s.path.rpartition('/')[0] == folder for build in s.builds]
        builds = [build._replace(context=self.builds.context(build.dockerfile, folder)) for build in unknown]
        return [build for build in builds if not self.goes_before(build)]

    def goes_before(self, build: Build) -> str:
        """What a build reads instead of its context's own ignore file; '' where it reads that."""
        own = f'{build.dockerfile}.dockerignore'
        return own if own in self.repository.files else 'git' if any(each.remote for each in build.declared) else ''

    def unread(self, folder: str) -> Build | None:
        """A build of a Go Dockerfile in a folder, where no build at all reads the ignore file beside it."""
        beside = [s for s in self.subjects() if s.path.rpartition('/')[0] == folder and self.is_go(s.path)]
        if not beside or any(within(path, folder) for path in self._unreadable) or self.readers(folder):
            return None
        for subject in beside:
            unknown = any(not isinstance(build.context, Context) for build in subject.builds)
            apart = f'{subject.path}.dockerignore' in self.repository.files
            if not apart and (unknown or self.builds.fits(subject, folder)):
                return None
        return next((build for subject in beside for build in subject.builds), None)


def names_module(subject: Subject) -> bool:
    """Whether a Dockerfile copies a go.mod by name: without that any folder would fit."""
    return any(
        source.tree is build.context and (source.path or '').endswith('/go.mod')
        for build, moments in subject.replays()
        for moment in moments
        for source in moment.copies
    )


def is_go(subject: Subject) -> bool:
    """Whether a Dockerfile builds with Go: it stands on the image, copies a go.mod or runs a go command."""
    if any(bases.split(stage.base)[0].rpartition('/')[2] == 'golang' for stage in subject.dockerfile.stages):
        return True
    return any(
        moment.call or moment.go or any((source.path or '').endswith('/go.mod') for source in moment.copies)
        for _, moments in subject.replays()
        for moment in moments
    )


def dockerfile_of(build: Build) -> Dockerfile | None:
    """The stages of a build's Dockerfile."""
    text = build.repository.read(build.dockerfile)
    return None if text is None else parser.parse(text)

"""A tracked ignore file beside a Go Dockerfile that no build reads.

Docker says nothing. An ignore file beside a Dockerfile is read where that folder is the build context, and not where
another folder is, nor where `NAME.dockerignore` stands beside the Dockerfile `NAME`.

Option: `--check`

Cure: write its patterns into the file that counts, and remove it.

Bad:

    -- api/Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY api ./
    RUN go build -o /server .
    -- api/go.mod --
    module example.com/app

    go 1.23
    -- api/main.go --
    package main

    func main() {}
    -- api/.dockerignore --
    *.md
    -- compose.yaml --
    services:
      api:
        build:
          context: .
          dockerfile: api/Dockerfile
    -- says --
    api/.dockerignore:1: no build reads this file, since api/Dockerfile is built from the top of the repository (declared by compose.yaml:3), which has no .dockerignore: write its patterns, relative to the top, into api/Dockerfile.dockerignore or .dockerignore, and remove this file

Good:

    -- api/Dockerfile --
    FROM golang:1.23
    WORKDIR /app
    COPY . .
    RUN go build -o /server .
    -- api/go.mod --
    module example.com/app

    go 1.23
    -- api/main.go --
    package main

    func main() {}
    -- api/.dockerignore --
    *.md
    -- compose.yaml --
    services:
      api:
        build: api

Silent: where nobody says which folder the context is, and more than one may be.
"""

from __future__ import annotations

from hooks.context.paths import in_words
from hooks.context.tree import Context
from hooks.report.finding import Finding
from hooks.sync.ignorefiles import path_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hooks.builds.subjects import Subject
    from hooks.replay.build import Build
    from hooks.sync.ignorefiles import IgnoreFiles

ID = 'ignore-file-unread'


def find(ignore_files: IgnoreFiles, names: Iterable[str], touched: Sequence[Subject]) -> Iterator[Finding]:
    """Of the ignore files among the named files, and beside the Dockerfiles in question."""
    folders = {name.rpartition('/')[0] for name in names if name.rpartition('/')[2] == '.dockerignore'}
    folders.update(subject.path.rpartition('/')[0] for subject in touched)
    # Most are read by the Dockerfile beside them: the others of the repository need no look.
    read = {_reads(build) for subject in touched for build in subject.builds}
    for folder in sorted(folders):
        path = path_in(folder)
        known = path not in ignore_files.repository.files or path in read
        build = None if known else ignore_files.unread(folder)
        if build:
            why, cure = _instead(ignore_files, build)
            yield Finding(path, 1, ID, 'no build reads this file', cure, f', since {why}')


def _reads(build: Build) -> str:
    return build.context.ignore_file if isinstance(build.context, Context) else ''


def _instead(ignore_files: IgnoreFiles, build: Build) -> tuple[str, str]:
    """Which ignore file a build reads, and the cure."""
    own = f'{build.dockerfile}.dockerignore'
    if own in ignore_files.repository.files:
        return f'{own} goes before it', 'keep the patterns there, and remove this file'
    assert isinstance(build.context, Context)
    folder, reads = build.context.folder, build.context.ignore_file
    if ignore_files.goes_before(build):
        return f'{build.dockerfile} is built from a git URL{build.says()}, where none counts', 'remove this file'
    counts = f', where {reads} counts' if reads else ', which has no .dockerignore'
    cure = f'write its patterns, relative to {folder or "the top"}, into {own} or {reads or path_in(folder)}'
    return f'{build.dockerfile} is built from {in_words(folder)}{build.says()}{counts}', f'{cure}, and remove this file'

"""GoReleaser's files: it makes the build context of its images by itself, so that nobody here knows what is in it."""

from __future__ import annotations

from hooks.builds import yamlnodes
from hooks.builds.declarations import EVERY, MARK, Partly, join
from hooks.lean.lazy import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hooks.context.index import Repository

_NAME = regex(r'\.?goreleaser[^/]*\.ya?ml')


def partly(repository: Repository, paths: Iterable[str], problems: list[tuple[str, str]]) -> Iterator[Partly]:
    """The Dockerfiles of `dockers` and `dockers_v2`, by default the one beside the file."""
    for path in paths:
        folder, _, name = path.rpartition('/')
        text = repository.read(path) if _NAME.fullmatch(name) else None
        if not text or 'dockers' not in text:
            continue
        roots, problem = yamlnodes.documents(text)
        if problem:
            problems.append((path, problem))
        for root in roots:
            top = yamlnodes.mapping(root)
            for image in (*yamlnodes.items(top.get('dockers')), *yamlnodes.items(top.get('dockers_v2'))):
                node = yamlnodes.mapping(image).get('dockerfile')
                file = 'Dockerfile' if yamlnodes.null(node) else yamlnodes.scalar(node)
                known = None if file is None or '{{' in file else join(folder, file)
                yield Partly(known or MARK, (EVERY,), whole=known is not None)

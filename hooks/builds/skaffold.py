"""The artifacts of skaffold files, as far as they are literal → the builds that they declare.

Reference: skaffold.dev, `build.artifacts`, also of profiles: `docker` and `kaniko`.
"""

from __future__ import annotations

from hooks.builds import yamlnodes
from hooks.builds.declarations import join, tracked_file, tracked_folder
from hooks.lean.lazy import regex
from hooks.replay.build import Declared

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from hooks.builds.yamlnodes import Node
    from hooks.context.index import Repository

_NAME = regex(r'skaffold[^/]*\.ya?ml')
_NOT_A_DOCKERFILE = frozenset(('bazel', 'buildpacks', 'custom', 'jib', 'ko'))


def declared(repository: Repository, paths: Iterable[str], problems: list[tuple[str, str]]) -> Iterator[Declared]:
    """The builds of the skaffold files among some paths."""
    for path in paths:
        folder, _, name = path.rpartition('/')
        text = repository.read(path) if _NAME.fullmatch(name) else None
        if not text or 'artifacts' not in text:
            continue
        roots, problem = yamlnodes.documents(text)
        if problem:
            problems.append((path, problem))
        for root in roots:
            top = yamlnodes.mapping(root)
            for each in (top, *map(yamlnodes.mapping, yamlnodes.items(top.get('profiles')))):
                for artifact in yamlnodes.items(yamlnodes.mapping(each.get('build')).get('artifacts')):
                    found = _artifact(repository, folder, artifact)
                    if found:
                        yield found._replace(by=path, line=artifact.start_mark.line + 1)


def _artifact(repository: Repository, folder: str, node: Node) -> Declared | None:
    """One artifact; None where it is built without a Dockerfile, or not all of it is known."""
    keys = yamlnodes.mapping(node)
    how = yamlnodes.mapping(keys.get('docker') or keys.get('kaniko'))
    context, file, target = (
        _text(each.get(key)) for each, key in ((keys, 'context'), (how, 'dockerfile'), (how, 'target'))
    )
    if not keys or _NOT_A_DOCKERFILE & keys.keys() or context is None or file is None or target is None:
        return None
    written = join(folder, context or '.')
    start = None if written is None else tracked_folder(repository, written)
    if start is None:
        return None
    # Relative to the context; where none is there, to where skaffold runs.
    paths = [path for path in (join(start, file or 'Dockerfile'), join(folder, file) if file else None) if path]
    dockerfile = next(filter(None, (tracked_file(repository, path) for path in paths)), None)
    made = ('',) if 'before' in yamlnodes.mapping(keys.get('hooks')) else ()
    args = tuple(_args(how, keys).items())
    return (dockerfile and Declared(dockerfile, start, target, args, (), '', 0, made=made)) or None


def _args(how: Mapping[str, Node], keys: Mapping[str, Node]) -> dict[str, str | None]:
    """What is passed: `buildArgs`, and the images of other artifacts under their aliases."""
    found = {name: _text(value) for name, value in yamlnodes.mapping(how.get('buildArgs')).items()}
    for need in yamlnodes.items(keys.get('requires')):
        names = yamlnodes.mapping(need)
        found[_text(names.get('alias')) or _text(names.get('image')) or ''] = None
    return found


def _text(node: Node | None) -> str | None:
    """'' where there is none, None where a template decides."""
    text = '' if yamlnodes.null(node) else yamlnodes.scalar(node)
    return None if text is None or '{{' in text else text

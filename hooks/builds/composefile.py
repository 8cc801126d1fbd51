"""A compose file → the `build` section of each service, merged with what the file includes and extends.

Follows github.com/compose-spec/compose-go, which docker compose loads its files with. All paths are relative to the
repository's top; what is not tracked is not read.
"""

from __future__ import annotations

import posixpath

from hooks.builds import yamlnodes
from hooks.builds.declarations import TOP, join
from hooks.builds.interpolation import env_file, interpolate
from hooks.lean.record import Record
from hooks.replay.build import Check, Mount

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from hooks.builds.yamlnodes import Node
    from hooks.context.index import Repository

    Env = Mapping[str, str | None]
    Values = dict[str, str | None]

_DEEPEST = 50
# What of a service decides what it starts, and where.
_STARTS = frozenset(('command', 'entrypoint', 'working_dir', 'extends'))
# Files included, each with other variables: what includes two that include two has no end.
_MOST = 200


class Build(Record):
    """A `build` section, as far as it is merged.

    `fields` holds context (a folder relative to the top), dockerfile, dockerfile_inline and target, as far as they are
    set; a value of None is not known. `args` and `contexts` are None when not even their names are known. `over` are
    the keys that replace what this section is merged onto, '' the section itself; `gone` says that it was `!reset`;
    `beside` are the files that it was merged from. `open` says that a variable, a profile or an image of a registry
    decides whether it is built from there at all. `platforms` are those of the section, `platform` is that of the
    service, which counts where the section names none: '' for one with a variable. `check` is the service's,
    without words where a volume may bring what it runs. `mounts` are those of a service that is merged with no other,
    and starts what its image does.
    """

    fields: Values
    args: Values | None
    contexts: Values | None
    over: frozenset[str]
    gone: bool
    by: str
    line: int
    beside: frozenset[str] = frozenset()
    open: bool = False
    platforms: tuple[str, ...] = ()
    platform: str = ''
    check: Check | None = None
    mounts: tuple[Mount, ...] = ()


class Source(Record):
    """A compose file, where it is loaded: relative paths start from `folder`."""

    path: str
    folder: str
    env: Env


class Reader(Record):
    """What has been read so far.

    `moved` are files that another one includes with paths that start elsewhere, `extended` the services, by their file
    and name, that a service of another file extends: they are not built on their own.
    """

    repository: Repository
    problems: list[tuple[str, str]]
    roots: dict[str, tuple[Node, ...]]
    moved: set[str]
    included: dict[object, dict[str, Build]]
    extended: set[tuple[str, str]]


def project(reader: Reader, path: str) -> Source:
    """A compose file as the first of a project: paths start from its folder, whose `.env` is read.

    `${PWD}` is that folder (docker compose is run there); the project's name is whatever the user's folder is called.
    """
    folder = posixpath.dirname(path)
    env = {'PWD': f'{TOP}/{folder}', 'COMPOSE_PROJECT_NAME': None}
    return Source(path, folder, _with_env_file(reader, env, posixpath.join(folder, '.env')))


def _with_env_file(reader: Reader, env: Env, path: str) -> Env:
    """What is set already wins over what the file says."""
    text = reader.repository.read(path) if path in reader.repository.files else None
    return env if text is None else {**env_file(text, env), **env}


def load_all(reader: Reader, paths: list[str]) -> dict[str, Build]:
    """The builds of several files by service, merged in their order; all paths start from the folder of the first."""
    builds: dict[str, Build] = {}
    for path in paths:
        source = project(reader, paths[0])._replace(path=path)
        builds = merged(builds, load(reader, source))
    return builds


def named_in_env(reader: Reader, folder: str) -> list[str] | None:
    """The files that COMPOSE_FILE in a folder's `.env` names; None where it is not set, [] where it is not known."""
    env = project(reader, posixpath.join(folder, '.env')).env
    if 'COMPOSE_FILE' not in env:
        return None
    named, between = env['COMPOSE_FILE'], env.get('COMPOSE_PATH_SEPARATOR', ':')
    paths = [join(folder, path) for path in named.split(between)] if named and between else []
    known = [path for path in paths if path is not None and path in reader.repository.files]
    return known if None not in paths else []


def load(reader: Reader, source: Source, including: tuple[str, ...] = ()) -> dict[str, Build]:
    """The builds of a file by service. A file that cannot be read has none; `including` are the files round it."""
    builds: dict[str, Build] = {}
    for root in _roots(reader, source.path):
        top = yamlnodes.mapping(root)
        included = _included(reader, source, top.get('include'), (*including, source.path))
        services = yamlnodes.mapping(top.get('services'))
        own = ((name, _service(reader, source, services, name, included)) for name in services)
        builds = merged(builds, {**included, **{name: build for name, build in own if build}})
    return builds


def merged(base: Mapping[str, Build], over: Mapping[str, Build]) -> dict[str, Build]:
    """The services of two files, the second merged onto the first."""
    return {**base, **{name: merge(base.get(name), build) for name, build in over.items()}}


def merge(base: Build | None, over: Build) -> Build:
    """One section merged onto another, which lends what the first does not set."""
    if base is None or base.gone or '' in over.over:
        return over
    fields = {key: value for key, value in base.fields.items() if key not in over.over}
    return over._replace(
        fields={**fields, **over.fields},
        args=over.args if 'args' in over.over else _union(base.args, over.args),
        contexts=over.contexts if 'additional_contexts' in over.over else _union(base.contexts, over.contexts),
        beside=over.beside | base.beside | {base.by},
        open=over.open or base.open,
        platforms=over.platforms if 'platforms' in over.over else (*base.platforms, *over.platforms),
        platform=over.platform or base.platform,
        check=over.check or base.check,
        mounts=(),
    )


def _union(base: Values | None, over: Values | None) -> Values | None:
    return None if base is None or over is None else {**base, **over}


def _roots(reader: Reader, path: str) -> tuple[Node, ...]:
    """The documents of a file; none when it is not tracked, not readable, or has nothing to do with builds."""
    if path not in reader.roots:
        text = (reader.repository.read(path) if path in reader.repository.files else None) or ''
        about = any(word in text for word in ('build', 'extends', 'include', '!reset'))
        roots, problem = yamlnodes.documents(text) if about else ((), '')
        if problem:
            reader.problems.append((path, problem))
        reader.roots[path] = roots if all(root.id == 'mapping' for root in roots) else ()
    return reader.roots[path]


def _included(reader: Reader, source: Source, node: Node | None, including: tuple[str, ...]) -> dict[str, Build]:
    """What `include` brings in; of two definitions the earlier one wins."""
    builds: dict[str, Build] = {}
    for item in yamlnodes.items(node):
        long = yamlnodes.mapping(item)
        path = long.get('path', item)
        paths = [_path(source, path) for path in (yamlnodes.items(path) or [path])]
        known = [path for path in paths if path is not None and path not in including]
        if len(known) < len(paths) or len(including) > _DEEPEST or len(reader.included) > _MOST:
            continue
        own = posixpath.dirname(known[0])
        folder = _path(source, long['project_directory']) if 'project_directory' in long else own
        if folder is not None:
            if folder != own:
                reader.moved.update(known)
            env = _include_env(reader, source, folder, long.get('env_file'))
            builds = merged(_include(reader, known, folder, env, including), builds)
    return builds


def _include_env(reader: Reader, source: Source, folder: str, node: Node | None) -> Env:
    if node is None:
        return _with_env_file(reader, source.env, posixpath.join(folder, '.env'))
    env = source.env
    # The last file wins over those before it, and what is set already over all of them.
    for item in reversed(yamlnodes.items(node) or [node]):
        env = _with_env_file(reader, env, _path(source, item) or '')
    return env


def _include(reader: Reader, paths: list[str], folder: str, env: Env, including: tuple[str, ...]) -> dict[str, Build]:
    key = (*paths, None, folder, frozenset(env.items()))
    if key not in reader.included:
        builds: dict[str, Build] = {}
        for path in paths:
            builds = merged(builds, load(reader, Source(path, folder, env), including))
        reader.included[key] = {name: rooted(_lent(build), folder) for name, build in builds.items() if not build.gone}
    return reader.included[key]


def rooted(build: Build, folder: str) -> Build:
    """A build without a context has the project's folder for one."""
    return build._replace(fields={'context': folder, **build.fields})


def _service(
    reader: Reader,
    source: Source,
    services: Mapping[str, Node],
    name: str,
    included: Mapping[str, Build],
    seen: tuple[tuple[str, str], ...] = (),
) -> Build | None:
    """The build of a service: its own, merged onto an included one of that name, merged onto what it extends."""
    if (source.path, name) in seen or len(seen) > _DEEPEST:
        return None
    if name not in services:
        return included.get(name)
    if services[name].tag == '!reset':
        return _gone(source, services[name].start_mark.line + 1)
    keys = yamlnodes.entries(services[name])
    own = _section(source, *keys['build']) if 'build' in keys else None
    build = merge(included.get(name), own) if own else included.get(name)
    if build and ('profiles' in keys or 'provider' in keys or '/' in _scalar(keys, 'image')):
        build = build._replace(open=True)
    if build and 'platform' in keys:
        build = build._replace(platform=_literal(keys['platform'][1]))
    mounted = 'volumes' in keys and '/bin' in _texts(keys['volumes'][1])
    if build and ('healthcheck' in keys or mounted):
        build = build._replace(check=Check(source.path, 0, name) if mounted else _check(source, name, keys))
    if build and 'volumes' in keys and not _STARTS & {*keys}:
        build = build._replace(mounts=_mounts(source, name, keys['volumes'][1]))
    if 'extends' not in keys:
        return build
    base = _extended(reader, source, services, keys['extends'][1], included, (*seen, (source.path, name)))
    base = None if base is None or base.gone else _lent(base)
    return merge(base, build) if build else base


def _check(source: Source, service: str, keys: Mapping[str, tuple[int, Node]]) -> Check:
    """The test of a health check; without words where there is none."""
    line, section = keys['healthcheck']
    line, node = yamlnodes.entries(section).get('test', (line, None))
    none, script = Check(source.path, line, service), yamlnodes.scalar(node)
    words = tuple(yamlnodes.scalar(item) or '' for item in yamlnodes.items(node))
    if words[:1] == ('CMD',):
        return none._replace(words=words[1:])
    script = words[1] if words[:1] == ('CMD-SHELL',) and len(words) == 2 else script
    return none._replace(words=(script.replace('$$', '$'),), exec=False) if script else none


def _mounts(source: Source, service: str, node: Node) -> tuple[Mount, ...]:
    """The folders of the repository among the volumes of a service; none where one of them is not known."""
    named = [(item, *_volume(source, item)) for item in yamlnodes.items(node)]
    targets = [target for _, _, target in named]
    if '' in targets:
        return ()
    return tuple(
        Mount(source.path, item.start_mark.line + 1, service, origin, target, tuple(o for o in targets if o != target))
        for item, origin, target in named
        if origin is not None
    )


def _volume(source: Source, item: Node) -> tuple[str | None, str]:
    """The folder of the repository that a volume is, None for another, and where it goes, '' where nobody knows."""
    keys = yamlnodes.mapping(item)
    if keys:
        origin, target = (_text(source, keys[key]) if key in keys else '' for key in ('source', 'target'))
    else:
        first, _, rest = (_text(source, item) or '').partition(':')
        origin, target = (first, rest.partition(':')[0]) if rest else ('', first)
    known = target and target.startswith('/') and origin is not None
    return (join(source.folder, origin) if origin and origin.startswith('.') else None), (target or '') if known else ''


def _texts(node: Node) -> str:
    """All the scalars in a list, or in the mappings of one."""
    items = yamlnodes.items(node)
    nodes = [value for item in items for value in (*yamlnodes.mapping(item).values(), item)]
    return '\n'.join(yamlnodes.scalar(each) or '' for each in nodes)


def _literal(node: Node) -> str:
    """A text without a variable; '' for another."""
    text = yamlnodes.scalar(node) or ''
    return '' if '$' in text else text


def _scalar(keys: Mapping[str, tuple[int, Node]], name: str) -> str:
    return (yamlnodes.scalar(keys[name][1]) or '') if name in keys else ''


def _lent(build: Build) -> Build:
    """A section for another service: a tag acts on the service that it is written at."""
    return build._replace(over=frozenset())


def _extended(
    reader: Reader,
    source: Source,
    services: Mapping[str, Node],
    node: Node,
    included: Mapping[str, Build],
    seen: tuple[tuple[str, str], ...],
) -> Build | None:
    """The build of the service that `extends` names, with the paths of the file that it stands in."""
    long = yamlnodes.mapping(node)
    name = _text(source, long.get('service', node))
    if name is None:
        return None
    if 'file' in long and not yamlnodes.null(long['file']):
        path = _path(source, long['file']) or ''
        if path != source.path:
            reader.extended.add((path, name))
        source, included = Source(path, posixpath.dirname(path), source.env), {}
        tables = (yamlnodes.mapping(yamlnodes.mapping(root).get('services')) for root in _roots(reader, path))
        services = {key: value for table in tables for key, value in table.items()}
    return _service(reader, source, services, name, included, seen)


def _section(source: Source, line: int, node: Node) -> Build | None:
    """A `build` key as it is written; None when there is nothing in it that compose takes."""
    if node.tag == '!reset':
        return _gone(source, line)
    over = {''} if node.tag == '!override' else set()
    if node.id == 'scalar' and not yamlnodes.null(node):
        fields = {'context': _path(source, node)}
        return Build(fields, {}, {}, frozenset(over), False, source.path, line, open='$' in (node.value or ''))
    keys = yamlnodes.mapping(node)
    over.update(key for key, value in keys.items() if value.tag in ('!reset', '!override'))
    keys = {key: value for key, value in keys.items() if value.tag != '!reset' and not yamlnodes.null(value)}
    fields = {key: _text(source, keys[key]) for key in ('dockerfile', 'dockerfile_inline', 'target') if key in keys}
    if 'context' in keys:
        fields['context'] = _path(source, keys['context'])
    args = _values(source, keys.get('args'))
    contexts = _values(source, keys.get('additional_contexts'))
    if contexts is not None:
        contexts = {name: _place(source, value) for name, value in contexts.items()}
    varies = any('$' in (yamlnodes.scalar(keys[key]) or '') for key in ('context', 'dockerfile') if key in keys)
    platforms = tuple(_literal(item) for item in yamlnodes.items(keys.get('platforms')))
    found = Build(fields, args, contexts, frozenset(over), False, source.path, line, open=varies, platforms=platforms)
    return found if keys or over else None


def _gone(source: Source, line: int) -> Build:
    return Build({}, {}, {}, frozenset(['']), True, source.path, line)


def _values(source: Source, node: Node | None) -> Values | None:
    """A mapping, or a list of `NAME=value`; None when a name is not known.

    A name without a value takes it from the environment.
    """
    if node is not None and node.id == 'mapping':
        return {
            name: source.env.get(name) if yamlnodes.null(value) else _text(source, value)
            for name, value in yamlnodes.mapping(node).items()
        }
    found: Values = {}
    for item in yamlnodes.items(node):
        word = _text(source, item)
        name, equals, value = (yamlnodes.scalar(item) or '$' if word is None else word).partition('=')
        if word is None and '$' in name:
            return None
        found[name] = None if word is None else value if equals else source.env.get(name)
    return found


def _text(source: Source, node: Node) -> str | None:
    text = yamlnodes.scalar(node)
    return None if text is None else interpolate(text, source.env)


def _place(source: Source, context: str | None) -> str | None:
    """A named context as a path; None for the image of another service, and for what `join` does not take."""
    return None if context is None or context.startswith('service:') else join(source.folder, context)


def _path(source: Source, node: Node) -> str | None:
    text = _text(source, node)
    return None if text is None else join(source.folder, text)

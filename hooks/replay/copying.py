"""COPY, ADD and RUN --mount: which sources they take from which tree, and what they leave in the image.

Sources are paths in a tree (see `context.tree`): `..` stops at its root, and a glob is matched name by name, so `**` is
just `*` unless --parents is given. Source: the Docker reference on COPY, ADD and RUN --mount; moby/buildkit,
frontend/dockerfile/dockerfile2llb and solver/llbsolver/file.
"""

from __future__ import annotations

from hooks.context.paths import is_program, normal, parent
from hooks.context.tree import ABSENT, FILE, FOLDER, IS_FOLDER, UNKNOWN, WRITTEN, Context, Entry, Tree
from hooks.dockerfile import parser
from hooks.lean.lazy import re, regex
from hooks.lean.memo import memo
from hooks.lean.record import Record
from hooks.replay.image import DEEPEST, GO_FILES, SCRATCH, Copied, Image, Unknown, Wrote, either

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hooks.dockerfile.heredoc import Heredoc
    from hooks.dockerfile.parser import Step

ARCHIVES = ('.tar', '.tar.gz', '.tgz', '.tar.bz2', '.tbz2', '.tar.xz', '.txz', '.tar.zst', '.tzst')
_CLASS = r'\[(\^?)((?:(?:\\.|[^\]\\-])(?:-(?:\\.|[^\]\\-]))?)+)\]'
REMOTE = regex(r'(?:https?://|ftp://|git@|git://|ssh://)')


class Source(Record):
    """One source of a step: the word as written, and its path (or pattern) in the tree; None when it is not known.

    `matches` are the paths that it takes, None when they are not known. `missing` is the path that is not there: the
    source itself, or the literal folder in front of a glob; '' when none is. `target` is where it goes in the image.
    """

    word: str
    tree: Tree
    path: str | None = None
    glob: bool = False
    matches: tuple[str, ...] | None = None
    missing: str = ''
    target: str | None = None

    @property
    def folder(self) -> str:
        """The folders in front of the first name with a wildcard."""
        return _literal_folder(self.path or '')


class Copy(Record):
    """A COPY or ADD. `target` is None when nobody knows it; `into` says that it is written as a folder."""

    sources: tuple[Source, ...]
    target: str | None
    into: bool
    flags: tuple[tuple[str, str], ...]
    add: bool

    def unpacks(self, path: str, tree: Tree) -> bool:
        """Whether an archive is unpacked: ADD does it with what it does not download, unless it is told."""
        told = dict(self.flags).get('unpack', 'false' if isinstance(tree, Document) else 'true')
        return self.add and path.endswith(ARCHIVES) and told != 'false'


def read(step: Step, tree: Tree, env: Mapping[str, str | None], workdir: str | None, escape: str) -> Copy:
    """A COPY or ADD step whose sources lie in `tree`."""
    *words, target = [_expanded(word, env, escape) for word in step.args]
    into = target is None or is_folder(target)
    absolute = target is not None and target.startswith('/')
    known = target is not None and (absolute or workdir is not None)
    place = normal(target or '', workdir or '') if known else None
    parents = dict(step.flags).get('parents', 'false') != 'false'
    documents = iter(step.heredocs)
    sources = tuple(
        _document(raw, next(documents, None), env, escape, place)
        if step.heredocs and raw.lstrip('0123456789').startswith('<<')
        else find(raw, word, tree, place, parents)
        for raw, word in zip(step.args, words)
    )
    return Copy(sources, place, into, step.flags, step.name == 'ADD')


def is_folder(target: str) -> bool:
    """Whether a target is written as a folder."""
    return target.rpartition('/')[2] in ('', '.', '..')


def _expanded(word: str, env: Mapping[str, str | None], escape: str) -> str | None:
    """A word; of a URL that differs from machine to machine any."""
    found = parser.expand(word, env, escape)
    if found is None and '.linux-' in word and '://' in word:
        return parser.expand(word, {**env, 'TARGETARCH': 'ARCH'}, escape)
    return found


class Document(Tree):
    """What comes from nowhere else, a heredoc or what a URL names: one file, wherever it is looked for."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry

    def look(self, path: str) -> Entry:
        return self.entry if path else IS_FOLDER


def _document(
    raw: str, heredoc: Heredoc | None, env: Mapping[str, str | None], escape: str, target: str | None
) -> Source:
    """A heredoc as a source: a file that is named as it is."""
    text: str | None = heredoc.content if heredoc else None
    if heredoc and heredoc.expand and any(sign in heredoc.content for sign in ('$', '\\')):
        # Quotes stay as they are in a heredoc, which `expand` takes away.
        quoted = any(sign in heredoc.content for sign in ('"', "'", '`', '\\'))
        text = None if quoted else parser.expand(heredoc.content, env, escape)
    if heredoc is None or text is None:
        return Source(raw, Tree(), target=target)
    return find(raw, f'/{heredoc.name}', Document(Entry(FILE, text=text)), target)


def find(raw: str, word: str | None, tree: Tree, target: str | None, parents: bool = False) -> Source:
    """What a source finds in a tree; `target` is where it goes in the image."""
    if word is None or ((':' in word or '@' in word) and REMOTE.match(word)):
        return _downloaded(raw, word or '', target)
    path = normal(word)
    if not has_wildcard(path):
        kind = tree.look(path).kind
        if kind in (ABSENT, UNKNOWN) and isinstance(tree, Image) and not path.endswith(GO_FILES):
            # What programs wrote there is known for certain of Go's own files alone.
            from hooks.replay import lacking

            kind = ABSENT if lacking.ask(tree, path).sure else UNKNOWN
        matches: tuple[str, ...] | None = None if kind == UNKNOWN else () if kind == ABSENT else (path,)
        return Source(raw, tree, path, False, matches, path if kind == ABSENT else '', target)
    folder = _literal_folder(path)
    kind = tree.look(folder).kind
    if kind == ABSENT:
        return Source(raw, tree, path, True, (), folder, target)
    matches = None if parents and '**' in path else glob(tree, path)
    return Source(raw, tree, path, True, matches, '', target)


def _downloaded(raw: str, url: str, target: str | None) -> Source:
    """What a URL names: nobody knows what, but for an archive of Go."""
    if '.linux-' in url:
        # Imported late: few images unpack anything.
        from hooks.replay import archives

        path = f'/{url.rpartition("/")[2]}'
        if go := archives.version(path):
            return Source(raw, Document(archives.entry(go)), path, False, (path,), '', target)
    return Source(raw, Tree(), target=target)


def has_wildcard(path: str) -> bool:
    """An unescaped `*`, `?` or `[`."""
    if '\\' in path:
        path = re.sub(r'\\.', '', path)
    return '*' in path or '?' in path or '[' in path


def _literal_folder(path: str) -> str:
    """The folders in front of the first name with a wildcard."""
    while has_wildcard(path):
        path = parent(path)
    return path


def glob(tree: Tree, pattern: str) -> tuple[str, ...] | None:
    """The paths that match, sorted; None when they are not known."""
    found = ['']
    for name in pattern.split('/')[1:]:
        below: list[str] = []
        for folder in found:
            names = _matching(tree, folder, name)
            if names is None:
                return None
            below += names
        found = below
    return tuple(found)


def _matching(tree: Tree, folder: str, name: str) -> list[str] | None:
    if not has_wildcard(name):
        kind = tree.look(f'{folder}/{name}').kind
        return None if kind == UNKNOWN else [f'{folder}/{name}'] if kind != ABSENT else []
    if tree.look(folder).kind == FILE:
        return []
    names, matches = tree.names(folder), _matcher(name)
    if names is None or matches is None:
        return None
    return [f'{folder}/{found}' for found in names if matches(found)]


def matches_name(pattern: str, name: str) -> bool:
    """Whether one name matches one name of a glob."""
    matches = _matcher(pattern)
    return matches is not None and matches(name)


@memo
def _matcher(pattern: str) -> Callable[[str], bool] | None:
    """What tells the names that match one name of a pattern; None where that is malformed."""
    start, star, end = pattern.partition('*')
    if star and not any(sign in start + end for sign in '*?[\\'):
        # As most are, `*.go` and `go.*`.
        return lambda name: len(name) >= len(start + end) and name.startswith(start) and name.endswith(end)
    regex = _regex(pattern)
    return None if regex is None else lambda name: regex.fullmatch(name) is not None


def _regex(pattern: str) -> re.Pattern[str] | None:
    """One name of a pattern, as Go's filepath.Match reads it."""
    parts, rest = [''], pattern
    while rest:
        if rest[0] == '[':
            match = re.match(_CLASS, rest)
            if match is None:
                return None
            inner = re.sub(r'([^-A-Za-z0-9_\\])', r'\\\1', match[2])
            parts[-1] += f'[{match[1]}{inner}]'
            rest = rest[match.end() :]
        elif rest[0] == '\\' and len(rest) > 1:
            parts[-1] += re.escape(rest[1])
            rest = rest[2:]
        else:
            if rest[0] == '*':
                parts.append('')
            else:
                parts[-1] += '.' if rest[0] == '?' else re.escape(rest[0])
            rest = rest[1:]
    from hooks.lean.stars import starred

    try:
        return re.compile(starred(parts), re.DOTALL)
    except re.error:
        return None


def apply(copy: Copy, image: Image) -> Image:
    """The image after a COPY or ADD; a source that is missing is there, as if the step had been cured."""
    if copy.target is None:
        return Unknown(image)
    # Even of several sources BuildKit makes one file after the other, unless the target is a folder or written as one.
    flags, into = dict(copy.flags), copy.into
    excluded = _excluder([value for name, value in copy.flags if name == 'exclude'])
    for source in copy.sources:
        if 'parents' in flags and flags['parents'] != 'false':
            image = _parents(image, copy.target, source)
        elif source.path is None or source.matches is None:
            image = Unknown(image, (copy.target,), base=source.path == '' and copy.target == '')
        elif source.missing and not source.glob:
            if copy.unpacks(source.path, source.tree):
                image = _unpacked(image, copy.target, source.path)
            else:
                image = _cured(image, copy.target, into, source.path, source.tree)
        else:
            for match in source.matches:
                image = _one(image, copy, into, source.tree, match, excluded)
    return image


def _one(
    image: Image, copy: Copy, into: bool, tree: Tree, path: str, excluded: Callable[[str], bool | None] | None
) -> Image:
    assert copy.target is not None
    kind = tree.look(path).kind
    if kind == FOLDER and not (isinstance(tree, Image) and tree.depth > DEEPEST):
        return Copied(image, copy.target, tree, path, excluded)
    if copy.unpacks(path, tree):
        return _unpacked(image, copy.target, path)
    return _file(image, copy.target, into, path, tree) if kind == FILE else Unknown(image, (copy.target,))


def _unpacked(image: Image, target: str, path: str) -> Image:
    """What is in an archive, in a folder: nobody knows, but of Go's."""
    from hooks.replay import archives

    go = archives.version(path)
    return archives.unpacked(image, f'{target}/go', go) if go else Unknown(image, (target,))


def _file(image: Image, target: str, into: bool, path: str, tree: Tree, cured: bool = False) -> Image:
    """One file: into the target when that is a folder, else as the target."""
    entry = WRITTEN if cured else tree.look(path)
    from_context = isinstance(tree, Context)
    inside = Wrote(image, f'{target}/{path.rpartition("/")[2]}', entry, from_context, copied=True)
    there = image.look(target).kind
    if into and there == FILE:
        # The builder fails at that, for a reason that is nobody's here.
        return Unknown(image, (target,))
    if into or there == FOLDER:
        return inside
    as_target = Wrote(image, target, entry, from_context, copied=True)
    unsure = there == UNKNOWN and not is_program(target)
    return either(image, inside, as_target) if unsure else as_target


def _cured(image: Image, target: str, into: bool, path: str, tree: Tree) -> Image:
    """A source that is not there, as if it were: by its name a file, or else perhaps a folder."""
    if '.' in path.rpartition('/')[2][1:]:
        return _file(image, target, into, path, tree, cured=True)
    return Unknown(image, (target,))


def _parents(image: Image, target: str, source: Source) -> Image:
    """--parents keeps the folders of what it copies, from the root or from the first `/./` on."""
    before, pivot, _ = source.word.partition('/./')
    unsure = pivot and ('$' in source.word or has_wildcard(before))
    if source.path is None or source.matches is None or unsure:
        return Unknown(image, (target,))
    left_out = len(normal(before)) if pivot else 0
    for path in source.matches or ((source.path,) if source.missing and not source.glob else ()):
        kind, place = source.tree.look(path).kind, target + path[left_out:]
        if kind == FOLDER:
            image = Copied(image, place, source.tree, path)
        else:
            image = _file(image, place, False, path, source.tree, cured=kind == ABSENT)
    return image


def _excluder(patterns: list[str]) -> Callable[[str], bool | None] | None:
    """Which files --exclude leaves out; None where it hangs on what the patterns are relative to."""
    if not patterns:
        return None
    from hooks.context import ignore

    parsed = ignore.parse('\n'.join(patterns)) if not any('$' in pattern for pattern in patterns) else None
    hides = ignore.matcher(parsed) if parsed else None

    def excluded(path: str) -> bool | None:
        if hides is None:
            return None
        whole, name = hides(path[1:]) is not None, hides(path.rpartition('/')[2]) is not None
        return whole if whole or not name else None

    return excluded


class Mount(Record):
    """A --mount: `origin` is '' for the build context; paths are None when nobody knows them; `env` names a secret."""

    type: str
    word: str
    source: str | None
    target: str | None
    origin: str | None
    env: str = ''


def mount(value: str, expand: Callable[[str], str | None], workdir: str | None) -> Mount:
    """`type=bind,source=go.mod,target=go.mod`."""
    options: dict[str, str] = {}
    for field in value.split(','):
        name, _, text = field.strip('"').partition('=')
        options[name.strip().lower()] = text
    word = options.get('source', options.get('src', ''))
    kind = options.get('type', 'bind')
    # A secret and an agent's socket have a place of their own.
    default = '/run/secrets' if kind in ('secret', 'ssh') else ''
    target = expand(options.get('target', options.get('dst', options.get('destination', default))))
    source = expand(word)
    known = target is not None and (target.startswith('/') or workdir is not None)
    return Mount(
        kind,
        word,
        None if source is None else normal(source),
        normal(target or '', workdir or '') if known else None,
        expand(options.get('from', '')),
        options.get('env', ''),
    )


def mounted(mount: Mount, tree: Tree) -> Source | None:
    """The source of a bind mount that names one."""
    named = mount.type == 'bind' and mount.source is not None and not has_wildcard(mount.source)
    return find(mount.word, mount.source, tree, mount.target) if named else None


def mount_image(mount: Mount, tree: Tree, empty: bool) -> Image:
    """What a mount lays over its target; a cache is `empty`, or what another step has left there."""
    assert mount.target is not None
    if mount.type == 'tmpfs' or empty:
        return Wrote(SCRATCH, mount.target, IS_FOLDER)
    if mount.type != 'bind' or mount.source is None:
        return Unknown(SCRATCH, (mount.target,))
    entry = tree.look(mount.source)
    if entry.kind == FOLDER:
        return Copied(SCRATCH, mount.target, tree, mount.source)
    if entry.kind == UNKNOWN:
        return Unknown(SCRATCH, (mount.target,))
    return Wrote(SCRATCH, mount.target, entry if entry.kind == FILE else WRITTEN, isinstance(tree, Context))

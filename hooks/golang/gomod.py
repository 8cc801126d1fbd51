"""Text of go.mod, go.work and go.sum → what they require, replace, exclude and use, and on which line.

The tokens and the blocks are those of golang.org/x/mod/modfile, the reading is laxer than `ParseLax`: a line
that Go would reject is left out, and so is every directive that is not known here. What Go accepts is read as Go
reads it; whether Go accepts the file is not this module's question, so a version (`v2.0.0` of a path without
/v2), a go line (`1.23.0-rc1`) or a path comes back as it stands even where Go refuses it.

Versions are canonical as far as they are versions: `v1.2` is `v1.2.0`, `v1.2.3+meta` is `v1.2.3`; a branch name
stays what it is.
"""

from __future__ import annotations

from hooks.golang.literals import unquote
from hooks.lean.lazy import regex
from hooks.lean.memo import memo
from hooks.lean.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    # By their verbs, in their order.
    _Directives = dict[str, list['_Line']]

_TOKEN = regex(
    r"""(?x)
    [ \t\r]+
    | (?P<comment>//.*)
    | (?P<token>
        [()\[\]{},]
        | "(?:\\.|[^"\\])*"
        | `[^`]*`
        | (?!["`])(?:(?!//|/\*)[^\s()\[\]{},])+
      )
    """,
)
# What makes more of a line than words between blanks.
_MARKS = frozenset('"`[]{},()')
_MARK = regex(r'["`\[\]{},]|\S[()]|[()]\S|/\*|[^\S \t\r]')
_VERSION = regex(r'v(0|[1-9][0-9]*)(?:\.(0|[1-9][0-9]*)(?:\.(0|[1-9][0-9]*)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?)?)?')
_PRERELEASE = frozenset('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-')
_FOLDERS = ('./', '../', '/', '.\\', '..\\', '\\')
_MOD_BLOCKS = frozenset(('module', 'require', 'exclude', 'replace', 'tool', 'ignore'))
_WORK_BLOCKS = frozenset(('use', 'replace'))
# the hash of an empty go.mod, which Go once wrote for folders that are no modules, and drops
_EMPTY_GO_MOD = 'h1:G7mAYYxgmS0lVkHyy2hEOLQCFB0DlQFTMLWggykrydY='


class Requirement(Record):
    """A module of a require directive."""

    path: str
    version: str
    indirect: bool
    """It has an `// indirect` comment."""
    line: int


class Replacement(Record):
    """A replace directive."""

    path: str
    version: str
    """'' for every version."""
    new_path: str
    """A module path, or with an empty new_version a folder, absolute or relative to the file."""
    new_version: str
    line: int


class Exclusion(Record):
    """A module version of an exclude directive."""

    path: str
    version: str
    line: int


class GoMod(Record):
    """A go.mod file. Lines are 1-based, and 0 beside a text that is '' because the directive is not there."""

    module: str
    module_line: int
    go: str
    go_line: int
    toolchain: str
    toolchain_line: int
    require: tuple[Requirement, ...]
    replace: tuple[Replacement, ...]
    exclude: tuple[Exclusion, ...]
    tool: tuple[tuple[str, int], ...]
    """Package path and line."""
    ignore: tuple[tuple[str, int], ...]
    """Folder as written, which `./...` leaves out, and line."""


class GoWork(Record):
    """A go.work file. Lines as in GoMod."""

    go: str
    go_line: int
    toolchain: str
    toolchain_line: int
    use: tuple[tuple[str, int], ...]
    """Folder as written, relative to the file, and line."""
    replace: tuple[Replacement, ...]


class _Line(Record):
    number: int
    verb: str
    args: tuple[str, ...]
    """Tokens, strings still quoted."""
    comment: str
    """From `//` on, '' for none."""


@memo
def parse_mod(text: str) -> GoMod:
    """Read the content of a go.mod file. Of a directive that may stand once the first counts."""
    lines = _by_verb(text, _MOD_BLOCKS)
    module, module_line = _single(lines, 'module')
    go, go_line = _single(lines, 'go')
    toolchain, toolchain_line = _single(lines, 'toolchain')
    return GoMod(
        module=_string(module) or '',
        module_line=module_line,
        go=go,
        go_line=go_line,
        toolchain=toolchain,
        toolchain_line=toolchain_line,
        require=tuple(
            Requirement(path, version, _is_indirect(line.comment), line.number)
            for line, path, version in _versions(lines, 'require')
        ),
        replace=tuple(_replacements(lines)),
        exclude=tuple(Exclusion(path, version, line.number) for line, path, version in _versions(lines, 'exclude')),
        tool=tuple(_paths(lines, 'tool')),
        ignore=tuple(_paths(lines, 'ignore')),
    )


def parse_work(text: str) -> GoWork:
    """Read the content of a go.work file. Of a directive that may stand once the first counts."""
    lines = _by_verb(text, _WORK_BLOCKS)
    go, go_line = _single(lines, 'go')
    toolchain, toolchain_line = _single(lines, 'toolchain')
    return GoWork(
        go=go,
        go_line=go_line,
        toolchain=toolchain,
        toolchain_line=toolchain_line,
        use=tuple(_paths(lines, 'use')),
        replace=tuple(_replacements(lines)),
    )


def parse_sum(text: str) -> frozenset[tuple[str, str]]:
    """Read the content of a go.sum or go.work.sum file: the module paths and versions that have an `h1:` hash.

    ('golang.org/x/net', 'v0.20.0') stands for the module's files, ('golang.org/x/net', 'v0.20.0/go.mod') for its
    go.mod alone. Lines that are not made of three words are left out (go itself stops at one). See
    cmd/go/internal/modfetch, readGoSum.
    """
    found = set()
    for line in text.split('\n'):
        words = line.split()
        if len(words) == 3 and words[2].startswith('h1:') and words[2] != _EMPTY_GO_MOD:
            found.add((words[0], words[1]))
    return frozenset(found)


def _by_verb(text: str, blocks: frozenset[str]) -> _Directives:
    found: _Directives = {}
    for line in _lines(text, blocks):
        found.setdefault(line.verb, []).append(line)
    return found


def _lines(text: str, blocks: frozenset[str]) -> Iterator[_Line]:
    """The directives, those in blocks with the block's verb."""
    block: str | None = None
    for number, raw in enumerate(text.removeprefix('\ufeff').split('\n'), 1):
        words, comment = tokens(raw)
        if not words:
            continue
        if block is not None:
            if words[0] == ')':
                block = None
            elif block in blocks:
                yield _Line(number, block, words, comment)
        elif words[-1] == '(' and len(words) > 1:
            # a block of several words (`require x (`) is of no known kind
            block = words[0] if len(words) == 2 else ''
        elif words[1:] != ('(', ')'):
            yield _Line(number, words[0], words[1:], comment)


@memo
def tokens(raw: str) -> tuple[tuple[str, ...], str]:
    """The tokens and the comment of a line; no tokens for one that Go cannot read."""
    code, slashes, rest = raw.partition('//')
    if _is_plain(code) or not _MARK.search(code):
        return tuple(code.split()), slashes + rest
    found: list[str] = []
    at = 0
    while match := _TOKEN.match(raw, at):
        at = match.end()
        if match['comment'] is not None:
            return tuple(found), match['comment']
        if match['token'] is not None:
            found.append(match['token'])
    return (tuple(found) if at == len(raw) else ()), ''


def _is_plain(code: str) -> bool:
    """A look that most lines pass: words between blanks, a `(` at the end or a `)` alone."""
    body = code.strip(' \t\r')
    body = '' if body == ')' else body[:-1] if body.endswith((' (', '\t(')) else body
    return body.isascii() and _MARKS.isdisjoint(body) and '/*' not in body and body.replace('\t', ' ').isprintable()


def _single(lines: _Directives, verb: str) -> tuple[str, int]:
    return next(((line.args[0], line.number) for line in lines.get(verb, ()) if len(line.args) == 1), ('', 0))


def _paths(lines: _Directives, verb: str) -> Iterator[tuple[str, int]]:
    for line in lines.get(verb, ()):
        if len(line.args) == 1 and (path := _string(line.args[0])) is not None:
            yield path, line.number


def _versions(lines: _Directives, verb: str) -> Iterator[tuple[_Line, str, str]]:
    for line in lines.get(verb, ()):
        if len(line.args) == 2:
            path, version = map(_string, line.args)
            if path is not None and version is not None:
                yield line, path, _canonical(version)


def _replacements(lines: _Directives) -> Iterator[Replacement]:
    for line in lines.get('replace', ()):
        found = _replacement(line)
        if found is not None:
            yield found


def _replacement(line: _Line) -> Replacement | None:
    arrow = 1 if line.args[1:2] == ('=>',) else 2
    old, new = line.args[:arrow], line.args[arrow + 1 :]
    if line.args[arrow : arrow + 1] != ('=>',) or len(new) not in (1, 2):
        return None
    words = [_string(word) for word in (*old, *new)]
    path, version = words[0], words[1] if arrow == 2 else ''
    new_path, new_version = words[arrow], words[arrow + 1] if len(new) == 2 else ''
    if path is None or version is None or new_path is None or new_version is None:
        return None
    # a folder has no version, everything else has one
    if is_folder(new_path) != (len(new) == 1):
        return None
    return Replacement(path, _canonical(version), new_path, _canonical(new_version), line.number)


def is_folder(path: str) -> bool:
    """Whether the right side of a replacement is a folder, and no module."""
    return (
        path in ('.', '..')
        or path.startswith(_FOLDERS)
        or (path[1:2] == ':' and path[0].isascii() and path[0].isalpha())
    )


def _string(token: str) -> str | None:
    if token[:1] in ('"', '`'):
        return unquote(token)
    return None if '"' in token or "'" in token or '`' in token else token


def _canonical(version: str) -> str:
    # Nearly all are, which is seen without a pattern.
    plain, dash, prerelease = version.removesuffix('+incompatible').partition('-')
    numbers = plain[1:].split('.')
    canonical = plain[:1] == 'v' and len(numbers) == 3 and all(map(_is_number, numbers))
    if not version or (canonical and bool(dash) == bool(prerelease) and _PRERELEASE.issuperset(prerelease)):
        return version
    match = _VERSION.fullmatch(version)
    if match is None:
        return version
    major, minor, patch, prerelease, build = match.groups()
    kept = build if build == '+incompatible' else ''
    return f'v{major}.{minor or 0}.{patch or 0}{prerelease or ""}{kept}'


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and (text == '0' or text[0] != '0')


def _is_indirect(comment: str) -> bool:
    words = comment.removeprefix('//').split()
    return words == ['indirect'] or (len(words) > 1 and words[0] == 'indirect;')

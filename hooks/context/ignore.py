"""Text of an ignore file (.dockerignore, NAME.dockerignore) → which files of a build context BuildKit uploads.

Follows github.com/moby/patternmatcher (`ignorefile.ReadAll`, `New`, `compile`, `MatchesUsingParentResults`)
and the walk of github.com/tonistiigi/fsutil (`filterFS.Walk`) that BuildKit's client sends a context with, on a
client whose path separator is `/`. That walk has three habits which a plain "last match wins" lacks:

- a pattern that matched a folder goes on to match everything below it, whatever else matched there;
- a pattern that would change nothing is not tried, and so isn't remembered for what lies below:
  `a/c` then `!a` does not bring a/c back;
- an ignored folder is not entered when no `!` pattern has a wildcard before its last element and none starts
  with that folder: `p` then `!p/*/**` does not bring p/x/y back.

An ignore file that the builder rejects (a lone `!`, an unclosed `[`, a line of 64 KiB) fails the build with its
own message; what the files are then is unknown, and `parse` gives None. None stands as well for the few
patterns whose meaning depends on the Go release that the client was built with, or that use a corner of Go's
regular expressions (`[[:alpha:]]`, `\\x41`, `\\pL`).

Dockerfile and ignore file get no special treatment: BuildKit reads them apart from the context, so patterns
that hide them (`Dockerfile*`, `**`) never break the build itself, yet keep them out of `COPY . .` and make a
`COPY Dockerfile ./` fail. (Docker's classic client uploads them all the same, and its daemon deletes them
again before the first step: for COPY the outcome is the same.)
"""

from __future__ import annotations

from hooks.lean.lazy import re, regex
from hooks.lean.record import Record
from hooks.lean.stars import starred

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Matcher = Callable[[str], 'Pattern | None']

# Go's unicode.IsSpace; str.strip() would take \x1c to \x1f too
_SPACE = '\t\n\v\f\r \x85\xa0\u1680' + ''.join(map(chr, range(0x2000, 0x200B))) + '\u2028\u2029\u202f\u205f\u3000'
# bufio.Scanner holds 64 KiB, and a line has to fit with its newline
_LONGEST = 65535
# Lines that the builder itself takes long to read.
_MOST = 50_000
# So many stars take no time, and so many of them are bearable. Any folders are the regular expression of `**/`.
_FEW_STARS, _MOST_STARS, _FOLDERS = 2, 5, '(.*/)?'
_BOM = '\ufeff'
_ELEMENT = r'(?:\\.|[^\\\]-])'
_VALID = regex(rf'(?s)(?:\\.|[^\\\[]|\[(?:\^|(?!\^))(?:{_ELEMENT}(?:-{_ELEMENT})?)+\])*')
_REPEAT = regex(r'\{[0-9]+(?:,[0-9]*)?\}')
_WILDCARDS = frozenset('*[]?^\\')
# letters that may follow a backslash in Go's regular expressions, outside and inside of [ ], in Python's words
_ESCAPES = {
    'a': r'\x07', 'f': r'\x0c', 'n': r'\n', 'r': r'\r', 't': r'\t', 'v': r'\x0b',
    'd': '[0-9]', 'D': '[^0-9]', 'w': '[0-9A-Za-z_]', 'W': '[^0-9A-Za-z_]', 's': r'[\t\n\f\r ]', 'S': r'[^\t\n\f\r ]',
    'b': r'\b', 'B': r'\B', 'A': r'\A', 'z': r'\Z',
}  # fmt: skip
_CLASS_ESCAPES = {'a': '\a', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', 'v': '\v'}


class Pattern(Record):
    """One pattern of an ignore file."""

    text: str
    """As written, without the white space around it."""
    line: int
    """1-based."""
    exclude: bool
    """A `!` pattern: what matches is in the context again."""
    path: str
    """Cleaned, relative to the context, without the `!`."""
    kind: str
    """How it matches: 'exact', 'prefix', 'suffix' or 'regex'."""
    operand: str
    """What it matches with: a path, the start or the end of one, or the source of a Python regular expression."""


class _Run(Record):
    """Neighbouring patterns of one sign. Which of them matched makes no difference to the walk."""

    exclude: bool
    patterns: tuple[Pattern, ...]
    exact: frozenset[str]
    prefixes: tuple[str, ...]
    suffixes: tuple[str, ...]
    regex: re.Pattern[str] | None


class _Folder(Record):
    """What the walk knows when it is inside of a folder."""

    matched: tuple[Pattern | None, ...]
    """A run of patterns → the one that matched this folder or one above it."""
    closed: Pattern | None
    """The pattern because of which the folder is never entered."""


def parse(text: str) -> tuple[Pattern, ...] | None:
    """Read the content of an ignore file; None when the builder would reject it or what it does is unknown."""
    patterns = []
    if text.count('\n') > _MOST:
        return None
    for number, raw in enumerate(text.removeprefix(_BOM).split('\n'), 1):
        if len(raw) > _LONGEST // 4 and len(raw.encode('utf-8', 'surrogateescape')) > _LONGEST:
            return None
        written = raw.strip(_SPACE)
        if not written or raw.startswith('#'):
            continue
        cleaned = _clean_line(written)
        if not cleaned:
            continue
        pattern = _pattern(written, number, cleaned)
        if pattern is None:
            return None
        patterns.append(pattern)
    return tuple(patterns)


def is_pattern(path: str) -> bool:
    """Whether Go's filepath.Match takes a pattern at all."""
    return _VALID.fullmatch(path) is not None


def refused(text: str) -> tuple[int, str, str] | None:
    """The first pattern that the builder rejects for certain: its line, its text, and what the builder says."""
    for number, raw in enumerate(text.removeprefix(_BOM).split('\n'), 1):
        written = raw.strip(_SPACE)
        cleaned = _clean_line(written) if written and not raw.startswith('#') else ''
        if cleaned == '!':
            return number, '!', 'illegal exclusion pattern: "!"'
        if cleaned and not is_pattern(cleaned.removeprefix('!')):
            return number, written, 'syntax error in pattern'
    return None


def matcher(patterns: Iterable[Pattern]) -> Matcher:
    """Build the question "which pattern keeps this file out of the context?" for a whole context.

    The function that comes back takes the path of a file relative to the context (`/` between elements, no `.`
    or `..`) and gives the pattern that hides the file or a folder above it, or None when the file is uploaded.
    It remembers every folder that it met, so ask one function about all files of a context.
    """
    runs = _runs(patterns)
    if not runs:
        return lambda path: None
    exceptions = tuple(pattern for run in runs if run.exclude for pattern in run.patterns)
    roots = _roots(exceptions)
    folders = {'': _Folder((None,) * len(runs), None)}

    def enter(folder: str) -> _Folder:
        found = folders.get(folder)
        if found is not None:
            return found
        found = folders['']
        end = 0
        # from the top downwards: a path may be deeper than Python's stack
        while end < len(folder):
            end = folder.find('/', end + 1)
            end = len(folder) if end < 0 else end
            name = folder[:end]
            found = folders[name] = folders.get(name) or _enter(name, found, runs, roots)
        return found

    def hidden_by(path: str) -> Pattern | None:
        above = enter(path.rpartition('/')[0])
        return above.closed or _walk(path, above.matched, runs)[0]

    return hidden_by


def _clean_line(written: str) -> str:
    """What `ReadAll` makes of a line, and `New` of that: a cleaned pattern with its `!`, '' for none."""
    invert = written.startswith('!')
    body = written[1:].strip(_SPACE) if invert else written
    if body:
        body = _clean(body)
        if len(body) > 1:
            body = body.removeprefix('/')
    # `New` trims and cleans again, with the `!` as a part of the first element
    again = ('!' * invert + body).strip(_SPACE)
    return _clean(again) if again else ''


def _clean(path: str) -> str:
    """Go's filepath.Clean."""
    rooted = path.startswith('/')
    kept: list[str] = []
    for name in path.split('/'):
        if name in ('', '.'):
            continue
        if name != '..':
            kept.append(name)
        elif kept and kept[-1] != '..':
            kept.pop()
        elif not rooted:
            kept.append(name)
    return '/' * rooted + '/'.join(kept) or '.'


def _pattern(written: str, line: int, cleaned: str) -> Pattern | None:
    exclude = cleaned.startswith('!')
    # BuildKit hands patterns on as JSON, where Go replaces bytes that are not UTF-8
    path = re.sub('[\ud800-\udfff]', '\ufffd', cleaned[exclude:])
    if not path or not is_pattern(path):
        return None
    kind, regex = _compile(path)
    operand = _operand(path, kind, regex, line)
    return None if operand is None else Pattern(written, line, exclude, path, kind, operand)


def _operand(path: str, kind: str, regex: str, line: int) -> str | None:
    if kind == 'regex':
        source = _python(regex)
        return source and _bounded(source, line)
    if kind == 'prefix':
        return path[:-2]
    if kind == 'suffix':
        return None if path.startswith(_BOM) else path[2:]
    return path


def _compile(path: str) -> tuple[str, str]:
    """Go's `Pattern.compile`: the kind of match, and the regular expression in Go's syntax."""
    # text/scanner drops a BOM in front
    body = path.removeprefix(_BOM)
    kind = 'exact'
    regex = ['^']
    at = 0
    while at < len(body):
        start = at
        char = body[at]
        at += 1
        if char == '*' and body.startswith('*', at):
            at += 2 if body.startswith('/', at + 1) else 1
            if at < len(body):
                regex.append('(.*/)?')
                kind = 'regex'
            else:
                regex.append('.*')
                kind = 'prefix' if kind == 'exact' else 'regex'
            if start == 0:
                kind = 'suffix'
            continue
        if char in '*?[]' or (char == '\\' and at < len(body)):
            kind = 'regex'
        if char == '*':
            regex.append('[^/]*')
        elif char == '?':
            regex.append('[^/]')
        elif char == '\\':
            regex.append(char + body[at : at + 1])
            at += 1
        else:
            regex.append('\\' + char if char in '.+()$' else char)
    return kind, ''.join(regex)


def _python(regex: str) -> str | None:
    """The regular expression of `_compile` in Python's syntax; None when Go rejects it or for the rare corners.

    Of Go's syntax only escapes, classes and `^` come from the user; the rest `_compile` wrote itself.
    """
    parts = []
    at = 0
    while at < len(regex):
        char = regex[at]
        if char == '\\':
            escaped = regex[at + 1]
            literal = re.escape(escaped) if escaped.isascii() and not escaped.isalnum() else _ESCAPES.get(escaped)
            if literal is None:
                return None
            parts.append(literal)
            at += 2
        elif char == '[':
            found = _class(regex, at + 1)
            if found is None:
                return None
            text, at = found
            parts.append(text)
        elif char == '|' or _REPEAT.match(regex, at):
            # patternmatcher means to escape these two, and its table of bytes is too small for it
            return None
        else:
            parts.append(char if char in '^(.*/)?' else re.escape(char))
            at += 1
    return ''.join(parts) + r'\Z'


def _bounded(source: str, line: int) -> str | None:
    """The same regular expression, in a time that many stars do not raise to a power; None where nobody knows how."""
    stars, folders = source.count('[^/]*'), source.count('.*')
    if stars + folders <= _FEW_STARS:
        return source
    while _FOLDERS * 2 in source:
        source = source.replace(_FOLDERS * 2, _FOLDERS)
    head = '^' + _FOLDERS if source.startswith('^' + _FOLDERS) else '^'
    body = source[len(head) : -len(r'\Z')]
    if '.*' in body or '[' in body.replace('[^/]', '').replace('\\[', ''):
        # Folders in the middle, or a class that may hold a slash: where they begin hangs on what stands before them.
        return source if stars + source.count('.*') <= _MOST_STARS else None
    return head + starred(body.split('[^/]*'), '[^/]*', name=f'line{line}star') + r'\Z'


def _class(regex: str, at: int) -> tuple[str, int] | None:
    """A character class from behind its `[`: in Python's syntax, and where it ends."""
    negated = regex.startswith('^', at)
    at += negated
    parts: list[str] = []
    while at < len(regex):
        if regex[at] == ']' and parts:
            return f'[{"^" * negated}{"".join(parts)}]', at + 1
        if regex.startswith('[:', at) and ':]' in regex[at + 2 :]:
            return None
        low, at = _class_char(regex, at)
        high = low
        if regex.startswith('-', at) and at + 1 < len(regex) and regex[at + 1] != ']':
            high, at = _class_char(regex, at + 1)
        if not low or not high or high < low:
            return None
        parts.append(re.escape(low) if high == low else f'{re.escape(low)}-{re.escape(high)}')
    return None


def _class_char(regex: str, at: int) -> tuple[str, int]:
    """One character of a class, '' for an escape that is none, and where the next one starts."""
    if regex[at] != '\\':
        return regex[at], at + 1
    char = regex[at + 1 : at + 2]
    if char.isascii() and not char.isalnum():
        return char, at + 2
    return _CLASS_ESCAPES.get(char, ''), at + 2


def _runs(patterns: Iterable[Pattern]) -> tuple[_Run, ...]:
    groups: list[list[Pattern]] = []
    for pattern in patterns:
        if groups and groups[-1][0].exclude == pattern.exclude:
            groups[-1].append(pattern)
        else:
            groups.append([pattern])
    return tuple(_run(tuple(group)) for group in groups)


def _run(patterns: tuple[Pattern, ...]) -> _Run:
    def operands(kind: str) -> tuple[str, ...]:
        return tuple(pattern.operand for pattern in patterns if pattern.kind == kind)

    suffixes = operands('suffix')
    # `**/foo` is also foo itself
    exact = frozenset(operands('exact')).union(suffix[1:] for suffix in suffixes if suffix.startswith('/'))
    regex = '|'.join(f'(?:{source})' for source in operands('regex'))
    return _Run(
        exclude=patterns[0].exclude,
        patterns=patterns,
        exact=exact,
        prefixes=operands('prefix'),
        suffixes=suffixes,
        regex=re.compile(regex, re.ASCII) if regex else None,
    )


def _first_match(run: _Run, path: str) -> Pattern | None:
    regex = run.regex
    if not (
        path in run.exact
        or path.startswith(run.prefixes)
        or path.endswith(run.suffixes)
        or (regex is not None and regex.match(path) is not None)
    ):
        return None
    return next((pattern for pattern in run.patterns if _matches(pattern, path)), None)


def _matches(pattern: Pattern, path: str) -> bool:
    operand = pattern.operand
    if pattern.kind == 'exact':
        return path == operand
    if pattern.kind == 'prefix':
        return path.startswith(operand)
    if pattern.kind == 'suffix':
        return path.endswith(operand) or (operand.startswith('/') and path == operand[1:])
    return re.compile(operand, re.ASCII).match(path) is not None


def _walk(
    path: str, above: tuple[Pattern | None, ...], runs: tuple[_Run, ...]
) -> tuple[Pattern | None, tuple[Pattern | None, ...]]:
    """`MatchesUsingParentResults`: the pattern that hides the path, and what matched it, a run each."""
    hidden: Pattern | None = None
    matched = list(above)
    for index, run in enumerate(runs):
        found = above[index]
        if found is None:
            if run.exclude != (hidden is not None):
                continue
            found = matched[index] = _first_match(run, path)
            if found is None:
                continue
        # a run that hides what is hidden already keeps the older reason
        hidden = None if run.exclude else hidden or found
    return hidden, tuple(matched)


def _enter(folder: str, above: _Folder, runs: tuple[_Run, ...], roots: tuple[str, ...] | None) -> _Folder:
    if above.closed is not None:
        return above
    hidden, matched = _walk(folder, above.matched, runs)
    inside = folder + '/'
    if hidden is not None and roots is not None and not any(root.startswith(inside) for root in roots):
        return _Folder(matched, hidden)
    return _Folder(matched, None)


def _roots(exceptions: tuple[Pattern, ...]) -> tuple[str, ...] | None:
    """The folders that `!` patterns lead into; None when one may match anywhere."""
    paths = tuple(pattern.path.removesuffix('/**').removesuffix('/*') for pattern in exceptions)
    if any(_WILDCARDS.intersection(path) for path in paths):
        return None
    return tuple(path + '/' for path in paths)

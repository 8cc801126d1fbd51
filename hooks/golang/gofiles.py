"""Text of a Go file → its package, its imports, what it embeds, and for which builds it is meant.

As go/build reads a file: only up to the end of the imports (the rest is looked at for `//go:embed` alone, and
only in a file that imports "embed"). No more of Go's grammar is known than that needs.

The caller has to know, or to say that it does not (see Target): the tags of `-tags`, also `race` under -race and
so on; the release of Go; whether cgo is on. Without CGO_ENABLED go turns it on when it finds a C compiler and does
not cross-compile, so that None is the honest value for an image that nobody looked into. Files whose name ends in
`_test.go` belong to `go test` and `go vet` only, which is for the caller to sort out; those among them whose
package ends in `_test` are a package of their own.
"""

from __future__ import annotations

from hooks.golang.literals import unquote
from hooks.lean.lazy import re, regex
from hooks.lean.memo import memo
from hooks.lean.numbers import number
from hooks.lean.record import Record

_SPACE = frozenset(' \t\r\n\f;')
_ESCAPED = regex(r'"(?:\\.|[^"\\\n])*"')
# what a `//go:embed` may not be read out of, and the comment itself; not compiled before a file embeds something
_COMMENT_OR_LITERAL = (
    r"""//(?P<comment>[^\n]*)|/\*[\s\S]*?(?:\*/|\Z)|"(?:\\.|[^"\\\n])*"?|`[^`]*`?|'(?:\\.|[^'\\\n])*'?"""
)
_EMBED = r'go:embed(?:\s+|\Z)(.*)'
_EMBEDDED = r'\s*(?:("(?:\\.|[^"\\])*"|`[^`]*`)(?=\s|\Z)|(?!["`])(\S+))'
# What may stand in an import path, letters and digits aside.
_SIGNS = frozenset('_./+~@-')
_PLUS_BUILD = regex(r'//\s*\+build(?:\s+(.*))?\Z')
_TERM = regex(r'[ \t]*(\(|\)|!|&&|\|\||[\w.]+)')
_TAG = regex(r'[\w.]+')
_RELEASE = regex(r'go1\.([1-9][0-9]*)')

_SYSTEMS = frozenset(
    'aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris wasip1 windows'
    ' zos'.split()
)  # fmt: skip
_UNIX = frozenset('aix android darwin dragonfly freebsd hurd illumos ios linux netbsd openbsd solaris'.split())
_ARCHITECTURES = frozenset(
    '386 amd64 amd64p32 arm armbe arm64 arm64be loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le ppc ppc64'
    ' ppc64le riscv riscv64 s390 s390x sparc sparc64 wasm'.split()
)  # fmt: skip


class GoFile(Record):
    """What a Go file says about itself before its first declaration."""

    package: str
    imports: tuple[str, ...]
    """Import paths in their order, "C" and repetitions included."""
    constraint: tuple[str, ...]
    """The `//go:build` line, or without one the `// +build` lines that count; () for none."""
    embeds: tuple[str, ...]
    """The patterns of `//go:embed`, with their `all:`."""


class Target(Record):
    """What a build is made for."""

    arches: tuple[str, ...] = ('amd64', 'arm64')
    """Every GOARCH that it could be."""
    tags: frozenset[str] | None = frozenset()
    """What `-tags` names and go adds; None when it is not known."""
    minor: int | None = None
    """21 for Go 1.21; None when it is not known."""
    cgo: bool | None = None
    """None when it is not known."""
    system: str = 'linux'
    """GOOS."""


@memo  # each go command of a build loads the same files
def parse(text: str) -> GoFile | None:
    """Read the content of a Go file; None when it cannot be read as one as far as the end of its imports."""
    text = text.removeprefix('\ufeff')
    clause = _skip(text, 0)
    name = _word(text, clause)
    if name != 'package':
        return None
    at = _skip(text, clause + len(name))
    package = _word(text, at)
    if not package:
        return None
    imports = _imports(text, at + len(package))
    if imports is None:
        return None
    constraint = _constraint(text[:clause]) if '+build' in text[:clause] or 'go:build' in text[:clause] else ()
    return GoFile(package, imports, constraint, tuple(_embeds(text)) if 'embed' in imports else ())


def is_empty(text: str) -> bool:
    """Whether the content of a Go file is white space and whole comments."""
    text = text.removeprefix('\ufeff')
    return _skip(text, 0) == len(text) and ';' not in text


def matches(name: str, file: GoFile, target: Target) -> bool | None:
    """Tell whether go takes the file of this name (without a folder) into a build; None when that is not known.

    False stands as well for what is no Go file: no `.go`, a name that starts with `_` or `.`, `package
    documentation`. True for a `_test.go` file that go would take into a test. Of unknown tags it is taken for
    granted that none of them is the name of another system or architecture.
    """
    if name[:1] in ('_', '.') or not name.endswith('.go') or file.package == 'documentation':
        return False
    verdicts = {_matches(name, file, target, arch) for arch in target.arches}
    return verdicts.pop() if len(verdicts) == 1 else None


def is_standard(path: str) -> bool:
    """Tell whether an import path is one of the standard library, as go does: by its first element without a dot.

    Modules may be named so too (`module app`, `module example/x`): ask first whether the path is the main
    module's, a workspace module's or a required one's, or lies below it. "C" and "unsafe" count as standard.
    """
    return '.' not in path.partition('/')[0]


# What every file needs is read without patterns, whose compiler takes longer to load than most files to read.


def _skip(text: str, at: int) -> int:
    """Where white space, semicolons and comments end that begin here."""
    while at < len(text):
        if text[at] in _SPACE:
            at += 1
        elif text.startswith('//', at):
            line = text.find('\n', at)
            at = line if line >= 0 else len(text)
        elif text.startswith('/*', at):
            end = text.find('*/', at + 2)
            if end < 0:
                break
            at = end + 2
        else:
            break
    return at


def _word(text: str, at: int) -> str:
    """The identifier that begins here, '' for none."""
    end = at
    while end < len(text) and (text[end] == '_' or text[end].isalnum()):
        end += 1
    return '' if text[at:end][:1].isdecimal() else text[at:end]


def _string(text: str, at: int) -> str:
    """The string literal that begins here, '' for none."""
    quote = text[at : at + 1]
    end = text.find(quote, at + 1) if quote in ('"', '`') else -1
    if end < 0:
        return ''
    literal = text[at : end + 1]
    if quote == '"' and ('\\' in literal or '\n' in literal):
        match = _ESCAPED.match(text, at)
        return match[0] if match else ''
    return literal


def _imports(text: str, at: int) -> tuple[str, ...] | None:
    found: list[str] = []
    at = _skip(text, at)
    while _word(text, at) == 'import':
        at = _skip(text, at + len('import'))
        block = text.startswith('(', at)
        at += block
        while True:
            at = _skip(text, at)
            if block and text.startswith(')', at):
                at += 1
                break
            spec = _import(text, at)
            if spec is None:
                return None
            path, at = spec
            found.append(path)
            if not block:
                break
        at = _skip(text, at)
    return tuple(found)


def _import(text: str, at: int) -> tuple[str, int] | None:
    """The path of the import at this place, and where it ends."""
    name = 1 if text.startswith('.', at) else len(_word(text, at))
    at = _skip(text, at + name)
    literal = _string(text, at)
    path = unquote(literal) if literal else None
    if not path or not all(char in _SIGNS or char.isalnum() for char in path):
        return None
    return path, at + len(literal)


def _embeds(text: str) -> list[str]:
    found: list[str] = []
    for match in re.finditer(_COMMENT_OR_LITERAL, text):
        directive = re.match(_EMBED, (match['comment'] or '').removesuffix('\r'))
        if directive:
            # go ignores a line that it cannot read: the compiler reports it
            found.extend(_embedded(directive[1].strip()) or ())
    return found


def _embedded(text: str) -> list[str] | None:
    patterns = []
    embedded = re.compile(_EMBEDDED)
    at = 0
    while at < len(text):
        match = embedded.match(text, at)
        pattern = None if match is None else match[2] or unquote(match[1])
        if match is None or pattern is None:
            return None
        patterns.append(pattern)
        at = match.end()
    return patterns


def _constraint(header: str) -> tuple[str, ...]:
    """The lines before the package clause that are build constraints. See go/build, parseFileHeader."""
    build: list[str] = []
    old: list[str] = []
    counted = 0
    closed = inside = False
    # the last line is that of the package clause
    for line in (raw.strip() for raw in header.split('\n')[:-1]):
        if not line and not closed:
            # `// +build` lines count when an empty line follows
            counted = len(old)
            continue
        closed = closed or not line.startswith('//')
        if not inside and re.match(r'//go:build(?:\s|\Z)', line):
            build.append(line)
        if not closed and _PLUS_BUILD.match(line):
            old.append(line)
        inside = _inside(line, inside)
    return tuple(build) or tuple(old[:counted])


def _inside(line: str, inside: bool) -> bool:
    """Tell whether the end of a line of comments lies inside of a `/* */` comment."""
    while line:
        if inside:
            _, end, line = line.partition('*/')
            if not end:
                return True
            inside = False
            line = line.strip()
        elif line.startswith('/*'):
            inside = True
            line = line[2:]
        else:
            return False
    return inside


def _matches(name: str, file: GoFile, target: Target, arch: str) -> bool | None:
    verdicts = [_tag(tag, target, arch) for tag in _name_tags(name)]
    if 'C' in file.imports:
        verdicts.append(target.cgo)
    if file.constraint:
        verdicts.append(_allows(file.constraint, target, arch))
    return _and(verdicts)


def _and(verdicts: list[bool | None]) -> bool | None:
    if False in verdicts:
        return False
    return None if None in verdicts else True


def _name_tags(name: str) -> list[str]:
    """The tags that a file name stands for. See go/build, goodOSArchFile."""
    words = name.partition('.')[0].split('_')[1:]
    if words[-1:] == ['test']:
        words.pop()
    if len(words) > 1 and words[-2] in _SYSTEMS and words[-1] in _ARCHITECTURES:
        return words[-2:]
    return [word for word in words[-1:] if word in _SYSTEMS or word in _ARCHITECTURES]


def _allows(constraint: tuple[str, ...], target: Target, arch: str) -> bool | None:
    if constraint[0].startswith('//go:build'):
        # two such lines are an error of the package
        return _expression(constraint[0][len('//go:build') :], target, arch) if len(constraint) == 1 else None
    return _and([_options(line, target, arch) for line in constraint])


def _options(line: str, target: Target, arch: str) -> bool | None:
    """The value of a `// +build` line: options between spaces, terms between commas."""
    match = _PLUS_BUILD.match(line)
    options = (match[1] or '').split() if match else []
    if sum(len(option.split(',')) for option in options) > 101:
        # too complex for go, which then ignores the line
        return True
    refused = [_not(_and([_term(term, target, arch) for term in option.split(',')])) for option in options]
    return _not(_and(refused)) if refused else _tag('ignore', target, arch)


def _term(term: str, target: Target, arch: str) -> bool | None:
    if term == '!' or term.startswith('!!'):
        return _tag('ignore', target, arch)
    tag = term.removeprefix('!')
    value = _tag(tag if _TAG.fullmatch(tag) else 'ignore', target, arch)
    return _not(value) if term.startswith('!') else value


def _not(value: bool | None) -> bool | None:
    return None if value is None else not value


def _expression(text: str, target: Target, arch: str) -> bool | None:
    """The value of a `//go:build` expression, None as well for one that go cannot read.

    A stack instead of recursion: the depth is the file's.
    """
    values: list[bool | None] = []
    operators: list[str] = []
    operand = True
    at = 0
    text = text.strip()
    while at < len(text):
        match = _TERM.match(text, at)
        if match is None:
            return None
        term = match[1]
        at = match.end()
        if operand != (term not in (')', '&&', '||')) or (term == '!' and operators[-1:] == ['!']):
            return None
        if term in ('(', '!'):
            operators.append(term)
            continue
        operand = term in ('&&', '||')
        if operand:
            _reduce(values, operators, ('&&',) if term == '&&' else ('&&', '||'))
            operators.append(term)
            continue
        if term != ')':
            values.append(_tag(term, target, arch))
        elif not _close(values, operators):
            return None
        _reduce(values, operators, ('!',))
    if operand:
        return None
    _reduce(values, operators, ('&&', '||'))
    return None if operators else values[0]


def _close(values: list[bool | None], operators: list[str]) -> bool:
    """Work out what stands in a pair of parentheses; False when there is no opening one."""
    _reduce(values, operators, ('&&', '||'))
    return bool(operators and operators.pop())


def _reduce(values: list[bool | None], operators: list[str], wanted: tuple[str, ...]) -> None:
    while operators and operators[-1] in wanted:
        operator = operators.pop()
        last = values.pop()
        if operator == '!':
            values.append(_not(last))
        elif operator == '&&':
            values.append(_and([values.pop(), last]))
        else:
            values.append(_not(_and([_not(values.pop()), _not(last)])))


def _tag(tag: str, target: Target, arch: str) -> bool | None:
    """The value of one build tag. See go/build, matchTag."""
    if tag in (target.system, arch, 'gc') or (target.tags is not None and tag in target.tags):
        return True
    if tag == 'unix' and target.system in _UNIX:
        return True
    if tag in _SYSTEMS or tag in _ARCHITECTURES or tag == 'gccgo':
        # an offspring's files are built with its parent's
        return tag == {'android': 'linux', 'illumos': 'solaris', 'ios': 'darwin'}.get(target.system)
    if tag == 'cgo' and target.cgo is not False:
        return target.cgo
    release = _RELEASE.fullmatch(tag)
    if release and target.minor is not None and number(release[1]) <= target.minor:
        return True
    # which experiments are on hangs on the release of Go and on GOEXPERIMENT
    unsure = tag == 'boringcrypto' or tag.startswith('goexperiment.') or (release and target.minor is None)
    return None if unsure or target.tags is None else False

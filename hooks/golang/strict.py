"""Text of go.mod, go.work or go.sum → the first line that go refuses to read, and in which words.

The directives and their order of checks are those of golang.org/x/mod/modfile (Parse, ParseWork) and of
golang.org/x/mod/module (CheckPathMajor, CheckImportPath); go.sum is cmd/go/internal/modfetch's readGoSum. Directives
that some release of Go knows are no fault here: whether the image's does is another question. Nor is a version that go
would have to ask a proxy about (`master`, `v1.2`).
"""

from __future__ import annotations

from hooks.golang import gomod, versions
from hooks.golang.literals import unquote
from hooks.lean.lazy import regex
from hooks.lean.memo import memo
from hooks.lean.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Tokens = tuple[str, ...]

# The last minor of Go whose directives are known here.
NEWEST = 27
_BLOCKS = frozenset('module godebug require exclude replace retract tool ignore'.split())
_WORK_BLOCKS = frozenset('godebug use replace'.split())
_ONCE = ('go', 'toolchain', 'module')
_CANONICAL = regex(r'v(0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)(-[0-9A-Za-z.-]+)?(\+incompatible)?')
_MAJOR = regex(r'.*/v([1-9][0-9]*)')
_GOPKG = regex(r'gopkg\.in/.*\.v(0|[1-9][0-9]*)(?:-unstable)?')
_PATH = frozenset('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~+/-')


class Fault(Record):
    """A line that go refuses (0: the file as a whole), and what go says. `directive` is one that no Go knows."""

    line: int
    says: str
    directive: str = ''

    @property
    def of_go_line(self) -> bool:
        """Whether it is the version that the go line names."""
        return self.says.startswith('invalid go version')


@memo
def of_mod(text: str) -> Fault | None:
    """The first fault of a go.mod; a template (`{{`) is none yet."""
    return None if '{{' in text else (next(_faults(text, _BLOCKS, _MOD_CHECKS), None) or _of_module(text))


@memo
def of_work(text: str) -> Fault | None:
    """The first fault of a go.work; a template is none yet."""
    return None if '{{' in text else next(_faults(text, _WORK_BLOCKS, _WORK_CHECKS), None)


@memo
def of_sum(text: str) -> Fault | None:
    """The first line of a go.sum that is not made of three words."""
    for number, line in enumerate(text.split('\n'), 1):
        words = line.split()
        if words and len(words) != 3:
            return Fault(number, f'wrong number of fields {len(words)}')
    return None


def _of_module(text: str) -> Fault | None:
    mod = gomod.parse_mod(text)
    if not mod.module_line:
        return Fault(0, 'missing module declaration')
    bad = _bad_path(mod.module)
    return Fault(mod.module_line, f'malformed module path "{mod.module}": {bad}') if bad else None


def _bad_path(path: str) -> str:
    """Why a module may not have a path; '' where it may, or where that is not known here."""
    if not path:
        return 'empty string'
    odd = next((char for char in path if char not in _PATH), '')
    if odd:
        return f'invalid char {odd!r}' if odd.isascii() else ''
    if path.endswith('/'):
        return 'trailing slash'
    elements = path.split('/')
    if '' in elements:
        return 'empty path element'
    dots = next((element for element in elements if element in ('.', '..')), '')
    return f'invalid path element "{dots}"' if dots else ''


def _faults(text: str, blocks: frozenset[str], checks: dict[str, Callable[[Tokens], str]]) -> Iterator[Fault]:
    """The lines that go refuses, first those that are no tokens: at one of them go stops."""
    if text.startswith('\ufeff'):
        yield Fault(1, "unexpected input character '\\ufeff'")
        return
    found: list[Fault] = []
    seen: set[str] = set()
    block, start = '', 0
    for number, raw in enumerate(text.split('\n'), 1):
        tokens, comment = gomod.tokens(raw)
        if not tokens:
            if not comment and (says := _unreadable(raw)):
                yield Fault(number, says)
                return
            continue
        if start and tokens[0] == ')':
            if len(tokens) > 1:
                yield Fault(number, 'syntax error (expected newline after closing paren)')
                return
            block, start = '', 0
        elif start:
            found += _checked(number, block, tokens, checks, seen) if block else ()
        elif len(tokens) > 1 and (tokens[-1] == '(' or tokens[-2:] == ('(', ')')):
            opens = tokens[-1] == '('
            header = tokens[:-1] if opens else tokens[:-2]
            known = len(header) == 1 and header[0] in blocks
            found += [] if known else [Fault(number, f'unknown block type: {" ".join(header)}', _new(header, checks))]
            if opens:
                block, start = header[0] if known else '', number
        else:
            found += _checked(number, tokens[0], tokens[1:], checks, seen)
    if start:
        yield Fault(start, 'syntax error (unterminated block)')
    yield from found


def _unreadable(raw: str) -> str:
    """What go says of a line that it cannot read; '' for an empty one, and where Python may see it otherwise."""
    code = raw.strip(' \t\r')
    if not code:
        return ''
    if '/*' in code:
        return 'mod files must use // comments (not /* */ comments)'
    if code.count('"') % 2 or code.count('`') % 2:
        return 'unexpected newline in string'
    odd = next((char for char in code if char < ' ' and char not in '\t\r'), '')
    return f'unexpected input character {odd!r}' if odd else ''


def _new(header: Tokens, checks: dict[str, Callable[[Tokens], str]]) -> str:
    """A block whose word no Go that is known here knows, and a later one may."""
    return header[0] if len(header) == 1 and header[0] not in checks and header[0].isalpha() else ''


def _checked(
    number: int, verb: str, args: Tokens, checks: dict[str, Callable[[Tokens], str]], seen: set[str]
) -> list[Fault]:
    check = checks.get(verb)
    if check is None:
        return [Fault(number, f'unknown directive: {verb}', verb if verb.isalpha() and verb.islower() else '')]
    if verb in _ONCE:
        if verb in seen:
            return [Fault(number, f'repeated {verb} statement')]
        seen.add(verb)
    says = check(args)
    return [Fault(number, says)] if says else []


# The directives, each by its arguments: what go says of them, '' for nothing.


def _go(args: Tokens) -> str:
    if len(args) != 1:
        return 'go directive expects exactly one argument'
    return '' if versions.is_line(args[0]) else f"invalid go version '{args[0]}': must match format 1.23.0"


def _toolchain(args: Tokens) -> str:
    if len(args) != 1:
        return 'toolchain directive expects exactly one argument'
    good = args[0] in ('default', 'go1') or args[0].startswith('go1.')
    return '' if good else f"invalid toolchain version '{args[0]}': must match format go1.23.0 or default"


def _module(args: Tokens) -> str:
    return _quoted(args) if len(args) == 1 else 'usage: module module/path'


def _godebug(args: Tokens) -> str:
    good = len(args) == 1 and '=' in args[0] and not set(args[0]) & set('"`\',')
    return '' if good else 'usage: godebug key=value'


def _one(verb: str) -> Callable[[Tokens], str]:
    def check(args: Tokens) -> str:
        return _quoted(args) if len(args) == 1 else f'{verb} directive expects exactly one argument'

    return check


def _use(args: Tokens) -> str:
    return _quoted(args) if len(args) == 1 else 'usage: use local/dir'


def _version(verb: str) -> Callable[[Tokens], str]:
    def check(args: Tokens) -> str:
        if len(args) != 2:
            return f'usage: {verb} module/path v1.2.3'
        return _quoted(args) or _major(verb, args[0], args[1])

    return check


def _replace(args: Tokens) -> str:
    arrow = 1 if args[1:2] == ('=>',) else 2
    old, new = args[:arrow], args[arrow + 1 :]
    if args[arrow : arrow + 1] != ('=>',) or len(new) not in (1, 2):
        return 'usage: replace module/path [v1.2.3] => other/module v1.4'
    quoted = _quoted((*old, *new))
    if quoted:
        return quoted
    major = _major('replace', *old) if arrow == 2 else ''
    return major or _replacement(*(unquote(word) or word if word[:1] in '"`' else word for word in new))


def _replacement(path: str, version: str = '') -> str:
    """The right side of a replacement: a folder, or a module and its version."""
    folder = gomod.is_folder(path)
    if version:
        says = f'replacement module directory path "{path}" cannot have version'
        return says if folder else _major('replace', path, version)
    if not folder:
        if '@' in path:
            return "replacement module must match format 'path version', not 'path@version'"
        return 'replacement module without version must be directory path (rooted or starting with . or ..)'
    return 'replacement directory appears to be Windows path (on a non-windows system)' if '\\' in path else ''


def _retract(args: Tokens) -> str:
    if args[:1] == ('[',):
        low, comma, high, close = (*args[1:5], '', '', '', '')[:4]
        if low and comma != ',':
            return "expected ',' after version"
        if low and high and close != ']':
            return "expected ']' after version"
        return f'unexpected token after version: "{args[5]}"' if len(args) > 5 else ''
    return f'unexpected token after version: "{args[1]}"' if len(args) > 1 else ''


def _quoted(args: Tokens) -> str:
    """Go wants no quote inside of a word."""
    bad = any(word[:1] != '"' and set(word) & set('"\'`') for word in args)
    return 'invalid quoted string: unquoted string cannot contain quote' if bad else ''


def _major(verb: str, path: str, version: str) -> str:
    """Whether a canonical version fits the path's major version, as `/v2` and `.v2` name it."""
    if _fits(path, version):
        return ''
    match = _CANONICAL.fullmatch(version)
    if match is None or path[:1] in '"`' or (match[2] and path.startswith('gopkg.in/')):
        return ''
    dotted = _GOPKG.fullmatch(path)
    slashed = None if path.startswith('gopkg.in/') else _MAJOR.fullmatch(path)
    if path.startswith('gopkg.in/') and dotted is None:
        return ''
    wanted = dotted[1] if dotted else slashed[1] if slashed else ''
    if (slashed and wanted == '1') or (match[3] and not wanted):
        return ''
    fits = match[1] == wanted if wanted else match[1] in ('0', '1')
    should = f'v{wanted}' if wanted else 'v0 or v1'
    return '' if fits else f'{verb} {path}: version "{version}" invalid: should be {should}, not v{match[1]}'


def _fits(path: str, version: str) -> bool:
    """A look without a pattern, that nearly all versions pass."""
    major, (_, slash, last) = version.partition('.')[0], path.rpartition('/')
    if path.startswith('gopkg.in/'):
        return last.endswith(f'.{major}')
    if slash and last[:1] == 'v' and last[1:].isdecimal():
        return last == major
    return major in ('v0', 'v1') or version.endswith('+incompatible')


_WORK_CHECKS: dict[str, Callable[[Tokens], str]] = {
    'go': _go, 'toolchain': _toolchain, 'godebug': _godebug, 'use': _use, 'replace': _replace,
}  # fmt: skip
_MOD_CHECKS: dict[str, Callable[[Tokens], str]] = {
    'go': _go, 'toolchain': _toolchain, 'module': _module, 'godebug': _godebug, 'require': _version('require'),
    'exclude': _version('exclude'), 'replace': _replace, 'retract': _retract, 'tool': _one('tool'),
    'ignore': _one('ignore'),
}  # fmt: skip

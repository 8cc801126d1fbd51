"""What stands behind an instruction word: flags and arguments, split and checked as BuildKit does by instruction.

Names of instructions are in lower case here.

Reference: moby/buildkit, frontend/dockerfile/parser (split_command.go, line_parsers.go) and
frontend/dockerfile/instructions (parse.go, bflag.go).
"""

from __future__ import annotations

from hooks.dockerfile.expansion import SPACE, valid
from hooks.lean.lazy import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

BLANKS = '\t\v\f\r '  # what separates arguments

_LETTERS = frozenset('abcdefghijklmnopqrstuvwxyz')
_IN_STAGE_NAMES = _LETTERS | frozenset('0123456789-_.')
_FLAG_MARKS = frozenset(SPACE + '"\'`\\')

_EXEC_FORM = ('add', 'cmd', 'copy', 'entrypoint', 'run', 'shell', 'volume')
_SPLIT = ('add', 'copy', 'expose', 'from', 'volume')

_ANY = 1 << 30
_COUNTS = {  # the fewest and the most arguments
    'add': (2, _ANY),
    'arg': (1, _ANY),
    'cmd': (0, _ANY),
    'copy': (2, _ANY),
    'entrypoint': (0, _ANY),
    'env': (1, _ANY),
    'expose': (1, _ANY),
    'from': (1, 3),
    'healthcheck': (1, _ANY),
    'label': (1, _ANY),
    'maintainer': (1, 1),
    'onbuild': (1, 1),
    'run': (0, _ANY),
    'shell': (1, _ANY),
    'stopsignal': (1, 1),
    'user': (1, 1),
    'volume': (1, _ANY),
    'workdir': (1, 1),
}
_ONE, _MANY, _BOOLEAN = 'one', 'many', 'boolean'
_COPY_FLAGS = {'chown': _ONE, 'chmod': _ONE, 'link': _BOOLEAN, 'exclude': _MANY}
_FLAGS = {
    'add': {**_COPY_FLAGS, 'keep-git-dir': _BOOLEAN, 'checksum': _ONE, 'unpack': _BOOLEAN},
    'copy': {**_COPY_FLAGS, 'from': _ONE, 'parents': _BOOLEAN},
    'from': {'platform': _ONE},
    'healthcheck': dict.fromkeys(('interval', 'timeout', 'start-period', 'start-interval', 'retries'), _ONE),
    'run': {'mount': _MANY, 'device': _MANY, 'network': _ONE, 'security': _ONE},
}
_MODES = {'network': ('default', 'none', 'host'), 'security': ('insecure', 'sandbox')}


class Rejected(Exception):
    """BuildKit does not accept the Dockerfile."""


def cut(line: str) -> tuple[str, str]:
    """The instruction word, as it is written, and what stands behind it."""
    word, *rest = _split(line.strip(SPACE), 1)
    return word, rest[0] if rest else ''


def _split(text: str, most: int = -1) -> list[str]:
    if text.isascii() and text.isprintable():
        return text.split(None, most) or ['']  # the usual text, and the quick way: it has no space but ' '
    return re.split(f'[{BLANKS}]+', text, maxsplit=max(most, 0))


def split_flags(text: str, escape: str) -> tuple[list[str], str]:
    """Cut the `--name=value` words off the front; the rest comes without the space around it.

    BuildKit goes byte by byte here, so that a flag's value that is not ASCII comes out as Latin-1.
    """
    if text.isascii():
        words, rest = _flag_words(text, escape) if text.startswith('--') else ([], text)
    else:
        words, rest = _flag_words(_to_bytes(text), escape)
        rest = _from_bytes(rest)
    return words, rest.strip(SPACE)


def _to_bytes(text: str) -> str:
    return text.encode('utf-8', 'surrogateescape').decode('latin-1')


def _from_bytes(text: str) -> str:
    return text.encode('latin-1').decode('utf-8', 'surrogateescape')


def _flag_words(text: str, escape: str) -> tuple[list[str], str]:
    words: list[str] = []
    text = text.lstrip(SPACE)
    while text.startswith('--'):
        word, text = _flag_word(text, escape)
        if word == '--':
            break
        words.append(word)
        text = text.lstrip(SPACE)
    return words, text


def _flag_word(text: str, escape: str) -> tuple[str, str]:
    plain, space, rest = text.partition(' ')
    if space and _FLAG_MARKS.isdisjoint(plain):
        return plain, rest
    word, quote, at = '', '', 0
    while at < len(text):
        char = text[at]
        if not quote and char in SPACE:
            break
        at += 1
        if char == quote:
            quote = ''
        elif not quote and char in ('"', "'"):
            quote = char
        elif char == escape:
            word += text[at : at + 1]
            at += 1
        else:
            word += char
    return word, text[at:]


def arguments(name: str, text: str, escape: str) -> tuple[tuple[str, ...], bool]:
    """The arguments, as `Step.args` has them, and whether they were a JSON array.

    `text` has no flags. Raises Rejected if BuildKit's parser does not accept it.
    """
    decoded = _json(text) if name in _EXEC_FORM else None
    if decoded is not None:
        return decoded, True
    if name == 'healthcheck':
        return _healthcheck(text)
    if not text:
        return (), False
    if name in _SPLIT:
        return tuple(_split(text)), False
    if name in ('env', 'label'):
        return _pairs(text, escape), False
    if name == 'arg':
        return tuple(_words(text, escape)), False
    if name == 'onbuild':
        _check_trigger(text, escape)
    return (text,), False


def _plain_array(text: str) -> tuple[str, ...]:
    """An array of strings without escapes, as most are: for it the package json need not be imported; () for others."""
    body = text.rstrip(' ')
    if not body.endswith(']') or '\\' in body or not (body.isascii() and body.isprintable()):
        return ()
    first, *pieces = body[1:-1].split('"')
    between = [piece.strip(' ') for piece in (first, *pieces[1::2])]
    whole = len(pieces) > 1 and len(pieces) % 2 == 0 and between == ['', *[','] * (len(between) - 2), '']
    return tuple(pieces[::2]) if whole else ()


def _json(text: str) -> tuple[str, ...] | None:
    """An array of strings; None where the text is no JSON array, and so the shell form."""
    text = text.lstrip(SPACE)
    if not text.startswith('['):
        return None
    plain = _plain_array(text)
    if plain:
        return plain
    import json

    try:
        decoded = json.loads(text, parse_constant=int)  # NaN and its like are no JSON: int() does not take them
    except ValueError:
        return None
    if not all(isinstance(element, str) for element in decoded):
        _reject()
    return tuple(map(valid, decoded))


def _words(text: str, escape: str) -> list[str]:
    """Words with their quotes; an escape character that ends the text is dropped."""
    if escape not in text and '"' not in text and "'" not in text:
        return text.split() if text.isascii() and text.isprintable() else re.findall(f'[^{SPACE}]+', valid(text))
    mark = re.escape(escape)
    double = f'"(?:{mark}.|[^"{mark}])*(?:"|(?P<open>{mark}?)\\Z)'
    word = f"(?:{mark}.|(?P<last>{mark})|'[^']*(?:'|\\Z)|{double}|[^{SPACE}'\"{mark}])+"
    found = re.finditer(word, valid(text), re.DOTALL)
    words = [match.group()[:-1] if match['last'] or match['open'] else match.group() for match in found]
    return [word for word in words if word]


def _pairs(text: str, escape: str) -> tuple[str, ...]:
    """`NAME=value` words; the old form `NAME value` is one of them."""
    words = _words(text, escape)
    if words and '=' not in words[0]:
        pair = _split(text, 1)
        words = ['='.join(pair)] if len(pair) == 2 else words
    if not all('=' in word for word in words):
        _reject()
    return tuple(words)


def _healthcheck(text: str) -> tuple[tuple[str, ...], bool]:
    """The type and the command, told apart byte by byte, as flags are."""
    raw = _to_bytes(text)
    end = next((at for at, char in enumerate(raw) if char in SPACE), len(raw))
    command = _from_bytes(raw[end:].lstrip(SPACE))
    decoded = _json(command)
    return tuple(filter(None, (raw[:end],))) + (decoded or tuple(filter(None, (command,)))), decoded is not None


def _check_trigger(text: str, escape: str) -> None:
    """Of the instruction behind ONBUILD only the parser's opinion counts here: it need not exist."""
    word, rest = cut(text)
    if word.strip(SPACE).upper() in ('ONBUILD', 'MAINTAINER', 'FROM'):
        _reject()
    arguments(word.lower(), split_flags(rest, escape)[1], escape)


def check(name: str, flags: list[str], args: tuple[str, ...], exec_form: bool) -> None:
    """Raise Rejected if no build accepts the instruction."""
    fewest, most = _COUNTS.get(name, (1, 0))
    if not fewest <= len(args) <= most or not _possible(name, args, exec_form):
        _reject()
    ignored = name in ('arg', 'stopsignal') or (name == 'healthcheck' and args[0].upper() == 'NONE')
    if flags and not ignored:
        _check_flags(name, flags)


def _is_stage_name(name: str) -> bool:
    return name[:1] in _LETTERS and _IN_STAGE_NAMES.issuperset(name)


def _possible(name: str, args: tuple[str, ...], exec_form: bool) -> bool:
    if name in ('add', 'copy'):
        if '<<' not in args[-1]:
            return True
        from hooks.dockerfile.heredoc import operator

        return not operator(args[-1])
    if name in ('arg', 'env', 'label'):
        return not any(pair.startswith('=') for pair in args)
    if name == 'from':
        named = len(args) == 3 and args[1].casefold() == 'as' and _is_stage_name(args[2].lower())
        return named or len(args) == 1
    if name == 'healthcheck':
        return len(args) > 1 if args[0].upper() == 'CMD' else args[0].upper() == 'NONE' and len(args) == 1
    if name == 'volume':
        return all(volume.strip(SPACE) for volume in args)
    return name != 'shell' or exec_form


def _check_flags(instruction: str, flags: list[str]) -> None:
    kinds = _FLAGS.get(instruction, {})
    seen = set()
    for flag in flags:
        name, equals, value = flag[2:].partition('=')
        kind = kinds.get(name)
        repeated = name in seen and kind != _MANY
        missing = not equals if kind != _BOOLEAN else bool(equals) and value.lower() not in ('true', 'false')
        if kind is None or repeated or missing or not _possible_value(instruction, name, value):
            _reject()
        seen.add(name)


def _possible_value(instruction: str, flag: str, value: str) -> bool:
    if flag in _MODES:
        return value in _MODES[flag]
    if flag in ('mount', 'device'):
        return _possible_fields(value, flag)
    if instruction != 'healthcheck' or not value:
        return True
    if flag == 'retries':
        return re.fullmatch(r'-0+|\+?[0-9]+', value) is not None and len(value.lstrip('+0')) < 11 and int(value) < 2**31
    return _possible_interval(value)


def _possible_fields(value: str, flag: str) -> bool:
    """One record of CSV. Of its keys only `from` is read before a build, to refuse variables in it."""
    field = '"(?:[^"]|"")*"|[^",]*'
    if not value or not re.fullmatch(f'(?:{field})(?:,(?:{field}))*', value):
        return False
    return flag != 'mount' or not re.search(r'(?:^|,)"?from=[^,]*\$[^,"]', value, re.IGNORECASE)


def _possible_interval(value: str) -> bool:
    """A duration of Go's that is zero or at least a millisecond."""
    if not re.fullmatch(r'[-+]?(?:0|(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[nuµμm]?s|m|h))+)', value):
        return False
    units = {'ns': 1.0, 'us': 1e3, 'µs': 1e3, 'μs': 1e3, 'ms': 1e6, 's': 1e9, 'm': 60e9, 'h': 3600e9}
    total = sum(float(number) * units[unit] for number, unit in re.findall(r'([0-9.]+)([a-zµμ]+)', value))
    return total < 1 or (not value.startswith('-') and 1e6 <= total < 2.0**63)


def _reject() -> NoReturn:
    raise Rejected

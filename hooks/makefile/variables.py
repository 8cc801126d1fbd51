"""The variables of a Makefile, and what a text becomes in which they stand."""

from __future__ import annotations

from hooks.lean.lazy import regex
from hooks.lean.record import Record
from hooks.makefile import FILES, MARK, Lost, functions, is_known
from hooks.makefile.lines import closing, outside

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from hooks.makefile.surroundings import Surroundings

DEFAULT, ENVIRONMENT, FILE, COMMAND_LINE = 'default', 'environment', 'file', 'command line'
OVERRIDE = 'override'
_DEEPEST = 40
_LONGEST = 20_000
_MOST = 20_000
_FUNCTION = regex(r'([a-z-]+)[ \t\n]+')
# What make has by itself, as far as Makefiles ask for it; all others of them are left out of a build of Go.
_DEFAULTS = {
    'AR': 'ar', 'AS': 'as', 'CC': 'cc', 'CPP': '$(CC) -E', 'CXX': 'g++', 'LD': 'ld', 'RM': 'rm -f',
    'SHELL': '/bin/sh', '.SHELLFLAGS': '-c', 'MAKE': '$(MAKE_COMMAND)', 'MAKE_COMMAND': 'make', 'MAKEFLAGS': MARK,
    'MFLAGS': MARK, 'MAKEOVERRIDES': MARK, 'MAKE_VERSION': MARK, 'MAKE_HOST': MARK, '.FEATURES': MARK,
    '.VARIABLES': MARK, '.INCLUDE_DIRS': MARK, 'SUFFIXES': MARK, 'MAKELEVEL': MARK, 'MAKEFILES': '', 'LEX': 'lex',
    'YACC': 'yacc', 'FC': 'f77', 'GET': 'get', 'CO': 'co', 'LINT': 'lint', 'PC': 'pc', 'TEX': 'tex',
}  # fmt: skip
# A variable of no name can be set: what the automatic ones are outside of a recipe.
AUTOMATIC = ('@', '<', '^', '?', '+', '*', '|', '%')


class Variable(Record):
    """The value as it is kept: of a `simple` one it is what stands for itself."""

    text: str
    simple: bool = False
    origin: str = FILE


class Variables:
    """The variables of a Makefile, while it is read and while its recipes run."""

    def __init__(self, around: Surroundings, given: Mapping[str, str | None]) -> None:
        self.around, self.depth, self.steps = around, 0, 0
        self.values = {name: Variable(text, False, DEFAULT) for name, text in _DEFAULTS.items()}
        self.values['CURDIR'] = Variable(around.folder, True)
        for name, value in dict(around.env).items():
            # make has a shell of its own, whatever the user's is.
            if name != 'SHELL':
                self.values[name] = Variable(MARK if value is None else value, False, ENVIRONMENT)
        for name, value in given.items():
            self.values[name] = Variable(MARK if value is None else value, False, COMMAND_LINE)
        # What is being expanded.
        self.busy: set[str] = set()
        # True for what `export` names, False for `unexport`, None where that is not known.
        self.exports: dict[str, bool | None] = {}
        self.exports_all: bool | None = False
        self._exported: tuple[object, dict[str, str | None]] | None = None
        # What `$(eval …)` is handed to.
        self.evaluate: Callable[[str], None] | None = None

    # Setting

    def find(self, name: str) -> Variable | None:
        """A variable; None where none is set, in the environment neither."""
        found = self.values.get(name)
        if found is None and name in self.around.env:
            return Variable(MARK, True, ENVIRONMENT)
        return found

    def assign(self, name: str, operator: str, text: str, override: bool = False, unsure: bool = False) -> None:
        """NAME OPERATOR= TEXT; `unsure` where nobody knows whether that line counts."""
        before = self.find(name)
        if before and before.origin in (COMMAND_LINE, OVERRIDE) and not override:
            return
        if operator == '?' and before and not unsure and is_known(before.text):
            return
        unsure = unsure or bool(operator == '?' and before)
        if operator.startswith(':') or (operator == '+' and before and before.simple):
            text = self.expand(text)
        if operator == '!':
            text = self._shell(text)
        if operator == '+' and before:
            text = f'{before.text} {text}' if before.text and text else before.text or text
        simple = operator.startswith(':') or operator == '!' or bool(operator == '+' and before and before.simple)
        if unsure:
            text = MARK
        self.values[name] = Variable(text, simple, OVERRIDE if override else FILE)

    def undefine(self, name: str) -> None:
        before = self.find(name)
        if before and before.origin not in (COMMAND_LINE, OVERRIDE) and name in self.values:
            del self.values[name]

    # Expanding

    def expand(self, text: str) -> str:
        """A text with its variables and functions replaced."""
        if '$' not in text:
            return text
        # Each text on its own may take so many: what is exported is expanded again for every command.
        self.steps = self.steps + 1 if self.depth else 1
        self.depth += 1
        try:
            if self.steps > _MOST:
                # Each of two that stand for two stands for two.
                raise Lost
            if self.depth > _DEEPEST or len(text) > _LONGEST:
                return MARK
            found = ''.join(self._pieces(text))
            return found if len(found) <= _LONGEST else MARK
        finally:
            self.depth -= 1

    def _pieces(self, text: str) -> Iterator[str]:
        at = 0
        while at < len(text):
            start = text.find('$', at)
            if start < 0 or start + 1 == len(text):
                yield text[at:] if start < 0 else text[at:start]
                return
            yield text[at:start]
            opening = text[start + 1]
            if opening in '({':
                end = closing(text, start + 1)
                if end < 0:
                    raise Lost
                yield self._inside(text[start + 2 : end], opening)
                at = end + 1
            else:
                yield '$' if opening == '$' else self.value(opening)
                at = start + 2

    def _inside(self, inner: str, opening: str) -> str:
        """What `$(inner)` stands for."""
        function = _FUNCTION.match(inner)
        if function and (function[1] in _LAZY or function[1] in functions.FUNCTIONS):
            return self._call(function[1], inner[function.end() :], opening)
        colon = outside(inner, ':')
        rule = self.expand(inner[colon + 1 :]) if colon > 0 and '=' in inner[colon:] else ''
        name = self.expand(inner[:colon] if rule else inner)
        if not is_known(name):
            return MARK
        value = self.value(name)
        if not rule:
            return value
        return functions.reference(value, rule) if is_known(value + rule) else MARK

    def value(self, name: str) -> str:
        """The value of a variable, expanded."""
        found = self.find(name)
        if found is None:
            # `$(@D)` and `$(@F)`.
            if name[1:] in ('D', 'F') and name[0] in AUTOMATIC:
                return self._part(name)
            return MARK if self.around.open else ''
        if found.simple:
            return found.text
        if name in self.busy:
            # make stops at that.
            raise Lost
        self.busy.add(name)
        try:
            return self.expand(found.text)
        finally:
            self.busy.discard(name)

    def _part(self, name: str) -> str:
        value = self.value(name[0])
        if not is_known(value):
            return MARK
        words = [word.rpartition('/') for word in value.split()]
        return ' '.join((folder or '.') if name[1] == 'D' else last for folder, _, last in words)

    def _call(self, name: str, text: str, opening: str) -> str:
        if name in _LAZY:
            most, lazy = _LAZY[name]
            return lazy(self, *_arguments(text, opening, most))
        most, function = functions.FUNCTIONS[name]
        arguments = [self.expand(each) for each in _arguments(text, opening, most)]
        if len(arguments) < most:
            raise Lost
        whole = ''.join(arguments)
        if not is_known(whole):
            names = MARK not in whole and name in ('filter', 'filter-out', 'sort', 'strip')
            return FILES if names else MARK
        found = function(*arguments)
        if found is None:
            raise Lost
        return found

    def exported(self) -> dict[str, str | None]:
        """What recipes find in their environment, besides what is there already: the same for most of them."""
        state = self.exports_all, self.exports, self.values
        if self._exported is None or self._exported[0] != state:
            self._exported = (self.exports_all, {**self.exports}, {**self.values}), self._to_export()
        return self._exported[1]

    def _to_export(self) -> dict[str, str | None]:
        env: dict[str, str | None] = {}
        for name, variable in list(self.values.items()):
            exports = self.exports.get(name, False)
            if name in self.exports and exports is False:
                env[name] = None
                continue
            everything = self.exports_all and variable.origin in (FILE, OVERRIDE, COMMAND_LINE)
            given = variable.origin == COMMAND_LINE or dict.__contains__(dict(self.around.env), name)
            if not (exports or everything or given) and not (exports is None or self.exports_all is None):
                continue
            if name.replace('_', 'a').isalnum() and variable.origin != ENVIRONMENT and name != 'SHELL':
                value = self.value(name)
                env[name] = value if is_known(value) and exports is not None and self.exports_all is not None else None
        return env

    def scoped(self, values: Mapping[str, str], run: Callable[[], str]) -> str:
        """What is expanded while some variables have these values."""
        before = {name: self.values.get(name) for name in values}
        self.values.update({name: Variable(text, True) for name, text in values.items()})
        try:
            return run()
        finally:
            for name, variable in before.items():
                if variable is None:
                    self.values.pop(name, None)
                else:
                    self.values[name] = variable

    # Functions that look at more than the text of their arguments

    def _if(self, condition: str, then: str = '', *otherwise: str) -> str:
        known = _holds(self.expand(condition.strip()))
        if known is None:
            return MARK
        return self.expand(then) if known else self.expand(','.join(otherwise))

    def _or(self, *texts: str) -> str:
        for text in texts:
            value = self.expand(text.strip())
            if _holds(value) is not False:
                return value if _holds(value) else MARK
        return ''

    def _and(self, *texts: str) -> str:
        value = ''
        for text in texts:
            value = self.expand(text.strip())
            if not _holds(value):
                return '' if _holds(value) is False else MARK
        return value

    def _foreach(self, name: str, words: str = '', text: str = '') -> str:
        name, words = self.expand(name).strip(), self.expand(words)
        if not is_known(name + words):
            # What is expanded for each of them may set variables.
            if '$(eval' in text or '$(call' in text:
                raise Lost
            return MARK
        return ' '.join([self.scoped({name: word}, lambda: self.expand(text)) for word in words.split()])

    def _user(self, name: str, *arguments: str) -> str:
        name = self.expand(name).strip()
        if not is_known(name):
            return MARK
        values = {str(at): self.expand(each) for at, each in enumerate(arguments, 1)}
        if name in functions.FUNCTIONS:
            return self._call(name, ','.join(f'$({each})' for each in values), '(') if values else ''
        values = {**{str(at): '' for at in range(1, 10)}, **values, '0': name}
        found = self.find(name)
        return self.scoped(values, lambda: self.expand(found.text) if found else '')

    def _shell(self, *text: str) -> str:
        script = self.expand(','.join(text))
        if script.strip() in ('uname', 'uname -s'):
            return 'Linux'
        if script.strip() == 'pwd':
            return self.around.folder
        found = self.around.printed(script)
        if found is not None:
            return found
        # Files that are there, one a line.
        return FILES if script.split()[:1] == ['find'] or script.split()[:2] == ['git', 'ls-files'] else MARK

    def _eval(self, *text: str) -> str:
        if self.evaluate is None:
            raise Lost
        self.evaluate(self.expand(','.join(text)))
        return ''

    def _error(self, *text: str) -> str:
        raise Lost

    def _nothing(self, *text: str) -> str:
        self.expand(','.join(text))
        return ''

    def _wildcard(self, text: str) -> str:
        found: list[str] = []
        for pattern in self.expand(text).split():
            names = self._glob(pattern)
            if names is None:
                return FILES
            found += names
        return ' '.join(found)

    def _glob(self, pattern: str) -> list[str] | None:
        if not is_known(pattern):
            return None
        if any(sign in pattern for sign in '*?['):
            return self.around.glob(pattern)
        there = self.around.exists(pattern)
        return None if there is None else [pattern] if there else []

    def _path(self, text: str) -> str:
        """`$(abspath …)`; `$(realpath …)` follows links, of which there are none."""
        import posixpath

        words = self.expand(text)
        if not is_known(words + self.around.folder):
            return MARK
        return ' '.join(posixpath.normpath(posixpath.join(self.around.folder, word)) for word in words.split())

    def _real(self, text: str) -> str:
        words = self._path(text)
        return words if is_known(words) and all(self.around.exists(word) for word in words.split()) else MARK

    def _origin(self, name: str) -> str:
        found = self.find(self.expand(name).strip())
        if found is None:
            return MARK if self.around.open else 'undefined'
        return found.origin if is_known(found.text) else MARK

    def _text(self, name: str) -> str:
        found = self.find(self.expand(name).strip())
        return found.text if found else ''


def _arguments(text: str, opening: str, most: int) -> list[str]:
    """The arguments of a function, as they are written: the commas outside of parentheses of its own kind part them."""
    ending = ')' if opening == '(' else '}'
    found, start, depth = list[str](), 0, 0
    for at, sign in enumerate(text):
        depth += (sign == opening) - (sign == ending)
        if sign == ',' and not depth and (most == 0 or len(found) + 1 < most):
            found.append(text[start:at])
            start = at + 1
    return [*found, text[start:]]


def _holds(value: str) -> bool | None:
    """Whether a text is not empty."""
    if value.replace(MARK, '').replace(FILES, ''):
        return True
    return None if value else False


# Each with how many arguments it takes at most: 0 for any number.
_LAZY: dict[str, tuple[int, Callable[..., str]]] = {
    'abspath': (1, Variables._path), 'and': (0, Variables._and), 'call': (0, Variables._user),
    'error': (0, Variables._error), 'eval': (0, Variables._eval), 'file': (0, Variables._error),
    'foreach': (3, Variables._foreach), 'guile': (0, Variables._error), 'if': (3, Variables._if),
    'info': (0, Variables._nothing), 'let': (0, Variables._error), 'or': (0, Variables._or),
    'origin': (1, Variables._origin), 'realpath': (1, Variables._real), 'shell': (0, Variables._shell),
    'value': (1, Variables._text), 'warning': (0, Variables._nothing), 'wildcard': (1, Variables._wildcard),
    'flavor': (0, Variables._error), 'intcmp': (0, Variables._error),
}  # fmt: skip
